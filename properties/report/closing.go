package report

import "strings"

// assumptions says what verdicts rest on that nothing here can show.
func (p *page) assumptions() {
	p.heading("Assumptions")
	p.bullets(
		"SPEC states what the deployed contracts compute. It was written from their sources, and agrees with them on every vector that was measured in an EVM (BX-VEC); between the vectors nothing shows it.",
		"The enclosures enclose. Their arithmetic rounds outward at every step, is compared with an independent library on samples and on every violation, with correctly rounded values of another origin (corpus/reference), and with powers that are exact integers; it is not proved by a machine.",
		"The formulas over the reals are the right ones: what a weighted pool should answer is V = Π Bᵢ^Wᵢ kept, and fees as stated.",
		"Go's compiler, math/big and holiman/uint256 compute what they say.",
		"Pool-valid means: within the limits on weights, numbers of tokens, balances, amounts, ratios and fees that the deployed pools enforce, as SPEC lists them. A pool that was brought out of them by other means is judged as function-only.",
		"A token moves what is asked and keeps its decimals; rates are what the provider says at that moment; no token takes a fee on transfer.",
	)
}

func (p *page) limits() {
	p.heading("Not covered")
	p.bullets(
		"Other pool kinds: stable, linear, boosted, composable, custom.",
		"Hooks, and any code of a pool's owner or of others that is called within an operation.",
		"What a vault does around the mathematics: its accounting, settlement of tokens, batch limits, deadlines and access control. A pool over time is a model (SPEC, A pool over time) whose single calls were measured; its whole was not.",
		"Reentrancy, read-only reentrancy too: operations are judged one after the other.",
		"Honesty of rate providers, and the use of a pool's prices or invariant as an oracle.",
		"Gas: whether an operation fits into a block, and whether what a finding gives away is worth its cost.",
		"Faults of a compiler or of the EVM: the vectors were measured with two compilers and one EVM, and can't be measured again from this project alone.",
		"Cases that nobody drew: a verdict is a proof about its case, not about all cases. Only what is called proven above is more.",
	)
}

// reproduce says of every number which command shows it again.
func (p *page) reproduce() {
	p.heading("How to see each number again")
	p.line("All commands run in a checkout, offline once the modules are there. They give the same bytes on any machine and number of cores: case i of a kind under seed s is a")
	p.line("function of (s, kind, i) alone. This is seed %d.", p.evidence.Seed)
	p.line("")
	p.line("| number | command |")
	p.line("|---|---|")
	const trueweight = "go run ./properties/cmd/trueweight "
	row := func(number, command string) { p.line("| %s | `%s` |", number, cell(command)) }
	row("every verdict, count, margin and histogram, as gate.json has them", trueweight+"verify -evidence gate.json")
	row("the same of one family or claim", trueweight+"verify SW-OUT")
	row("a margin's case, from its kind and number", trueweight+"replay -kind swap-in -index 7 -claims SW-OUT")
	row("a finding's kept case", trueweight+"replay -entry scaled-exact-out-01 -claims ST-RATE")
	row("what findings excuse, counted as violated", trueweight+"verify -strict SC")
	row("that every planted bug is caught", "go test ./properties -run TestEveryClaimCatchesItsPlantedBugs")
	row("the story of one of them", trueweight+"verify -subject planted:SW-OUT SW-OUT")
	row("the charts of pow's errors and of shares, with their data", "make report")
	row("this report and all of its files", "make report")
	row("that they are what the evidence and the code say", trueweight+"report -check")
	row("the hash of impl", "find impl -name '*.go' ! -name '*_test.go' | LC_ALL=C sort | xargs sha256sum | sha256sum")
	row("of reference", "find reference -name '*.go' ! -name '*_test.go' | LC_ALL=C sort | xargs sha256sum | sha256sum")
	const tools = "properties/cmd properties/mutate properties/provenance properties/report"
	row("of properties", "find properties -name '*.go' ! -name '*_test.go' ! -path '*/testdata/*' ! -path '"+strings.ReplaceAll(tools, " ", "/*' ! -path '")+"/*' | LC_ALL=C sort | xargs sha256sum | sha256sum")
	row("of tools", "find "+tools+" -name '*.go' ! -name '*_test.go' ! -path '*/testdata/*' | LC_ALL=C sort | xargs sha256sum | sha256sum")
	row("of corpus", "find corpus -name '*.json' -o -name '*.go' ! -name '*_test.go' | LC_ALL=C sort | xargs sha256sum | sha256sum")
	row("of modules", "sha256sum go.mod go.sum | sha256sum")
	if p.Mutation != nil {
		row("the kill matrix", trueweight+"mutate")
	}
	if p.Hunt != nil {
		row("a hunt, of ten million cases of a family", trueweight+"hunt -cases 10000000 -state hunt.json SW")
	}
	p.line("")
	p.line("`make test` judges the same cases, and fails if a claim is violated, a planted bug is missed, or this report or its evidence is not what comes out.")
	p.line("`make fuzz` runs every fuzz target; `go test -fuzz=FuzzSwap ./fuzz` runs one until it is stopped.")
	p.line("")
}
