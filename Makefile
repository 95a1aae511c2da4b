# `make` alone lists the targets.

ARGS     =
FUZZTIME = 20000x
CASES    = 1000000
STATE    = $(HOME)/.cache/trueweight

# Drawn cases are the same on every run.
export RAPID_SEED ?= 1

trueweight  = go run ./properties/cmd/trueweight
staticcheck = go tool -modfile=.ci/tools/go.mod staticcheck

.PHONY: help test verify fuzz hunt mutate replay shrink report release bench lint

help:
	@echo 'make test                 every test: exits 0 when every claim holds'
	@echo 'make verify [ARGS=...]    judge every claim and print the verdicts, e.g. ARGS="-cases 100000 SW"'
	@echo 'make fuzz [FUZZTIME=...]  every fuzz target; FUZZTIME is $(FUZZTIME), executions of each'
	@echo 'make hunt [CASES=...]     the cases that come closest to breaking a claim, e.g. ARGS="SW"; CASES is $(CASES) of each family'
	@echo 'make mutate [ARGS=...]    break the code and the judge in one place at a time and see who notices, e.g. ARGS="impl"'
	@echo 'make replay CASE=file     judge the one case in a file'
	@echo 'make shrink CASE=file     the simplest case that fails as the one in a file does'
	@echo 'make report               compute the evidence and REPORT.md again'
	@echo 'make release              refuse evidence that was recorded on other code'
	@echo 'make bench                benchmarks'
	@echo 'make lint                 gofmt, go vet and staticcheck'

test:
	go test $(ARGS) ./...

verify:
	$(trueweight) verify $(ARGS)

# Every target that ./fuzz has, side by side from one build.
fuzz:
	$(trueweight) fuzz -execs $(FUZZTIME:x=) $(ARGS)

# Ctrl-C and run it again: both go on where they stopped.
hunt:
	@mkdir -p $(STATE)
	$(trueweight) hunt -cases $(CASES) -state $(STATE)/hunt -keep $(ARGS)

mutate:
	@mkdir -p $(STATE)
	$(trueweight) mutate -state $(STATE)/mutate -out properties/evidence/mutation.json $(ARGS)

replay:
	@test -n "$(CASE)" || { echo 'usage: make replay CASE=file' >&2; exit 2; }
	$(trueweight) replay "$(CASE)"

shrink:
	@test -n "$(CASE)" || { echo 'usage: make shrink CASE=file' >&2; exit 2; }
	$(trueweight) shrink "$(CASE)"

report:
	$(trueweight) report

# What a release needs besides make test: no evidence that was recorded on other code.
release:
	$(trueweight) report -check -release

bench:
	go test -run='^$$' -bench=. -benchmem ./impl/... ./reference/... ./properties/...

lint:
	@files=$$(gofmt -l .); test -z "$$files" || { echo "not formatted:"; echo "$$files"; exit 1; } >&2
	go vet ./...
	$(staticcheck) ./...
