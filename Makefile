# `make` alone lists the targets.

ARGS     =
FUZZTIME = 20000x
TARGETS  = FuzzFixedPoint FuzzLogExp FuzzInvariant FuzzSwap FuzzLiquidity FuzzScaling FuzzWeights FuzzSequence

# Drawn cases are the same on every run.
export RAPID_SEED ?= 1

trueweight  = go run ./properties/cmd/trueweight
staticcheck = go tool -modfile=.ci/tools/go.mod staticcheck

.PHONY: help test verify fuzz replay report bench lint

help:
	@echo 'make test                 every test: exits 0 when every claim holds'
	@echo 'make verify [ARGS=...]    judge every claim and print the verdicts, e.g. ARGS="-cases 100000 SW"'
	@echo 'make fuzz [FUZZTIME=...]  every fuzz target; FUZZTIME is $(FUZZTIME), executions of each'
	@echo 'make replay CASE=file     judge the one case in a file'
	@echo 'make report               compute the evidence and REPORT.md again'
	@echo 'make bench                benchmarks'
	@echo 'make lint                 gofmt, go vet and staticcheck'

test:
	go test $(ARGS) ./...

verify:
	$(trueweight) verify $(ARGS)

# Every target side by side from one build; a target that is no longer there is a fault.
fuzz:
	$(trueweight) fuzz -execs $(FUZZTIME:x=) -targets "$(TARGETS)" $(ARGS)

replay:
	@test -n "$(CASE)" || { echo 'usage: make replay CASE=file' >&2; exit 2; }
	$(trueweight) replay "$(CASE)"

report:
	$(trueweight) report

bench:
	go test -run='^$$' -bench=. -benchmem ./impl/... ./reference/... ./properties/...

lint:
	@files=$$(gofmt -l .); test -z "$$files" || { echo "not formatted:"; echo "$$files"; exit 1; } >&2
	go vet ./...
	$(staticcheck) ./...
