# `make` alone lists the targets.

ARGS     =
FUZZTIME = 20000x
TARGETS  = FuzzFixedPoint FuzzLogExp FuzzInvariant FuzzSwap FuzzLiquidity FuzzScaling FuzzWeights FuzzSequence

# Drawn cases are the same on every run.
export RAPID_SEED ?= 1

trueweight  = go run ./properties/cmd/trueweight
staticcheck = go tool -modfile=.ci/tools/go.mod staticcheck

.PHONY: help test verify fuzz replay mutate report bench lint

help:
	@echo 'make test                 every test: exits 0 when every claim holds'
	@echo 'make verify [ARGS=...]    judge every claim and print the verdicts, e.g. ARGS="-cases 100000 SW"'
	@echo 'make fuzz [FUZZTIME=...]  every fuzz target in turn; FUZZTIME is $(FUZZTIME), a number of executions'
	@echo 'make replay CASE=file     judge the one case in a file'
	@echo 'make mutate [ARGS=...]    break the code in one place at a time and see who notices, e.g. ARGS="-sample 50 impl"'
	@echo 'make report               compute the evidence and REPORT.md again'
	@echo 'make bench                benchmarks'
	@echo 'make lint                 gofmt, go vet and staticcheck'

test:
	go test $(ARGS) ./...

verify:
	$(trueweight) verify $(ARGS)

# A target that does not exist is a fault: go test -fuzz alone would pass with a warning. Minimizing is bounded by
# count, for Go's default of a minute per input stalls on bytes.
fuzz:
	@for target in $(TARGETS); do \
		go test -list "^$$target\$$" ./fuzz | grep -qx $$target || { echo "./fuzz has no target $$target" >&2; exit 1; }; \
		echo "go test -run='^\$$' -fuzz='^$$target\$$' -fuzztime=$(FUZZTIME) -fuzzminimizetime=10x ./fuzz"; \
		go test -run='^$$' -fuzz="^$$target\$$" -fuzztime=$(FUZZTIME) -fuzzminimizetime=10x ./fuzz || exit 1; \
	done

replay:
	@test -n "$(CASE)" || { echo 'usage: make replay CASE=file' >&2; exit 2; }
	$(trueweight) replay "$(CASE)"

mutate:
	$(trueweight) mutate $(ARGS)

report:
	$(trueweight) report

bench:
	go test -run='^$$' -bench=. -benchmem ./impl/... ./reference/... ./properties/...

lint:
	@files=$$(gofmt -l .); test -z "$$files" || { echo "not formatted:"; echo "$$files"; exit 1; } >&2
	go vet ./...
	$(staticcheck) ./...
