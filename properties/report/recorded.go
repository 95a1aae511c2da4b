package report

import (
	"fmt"
	"strings"
)

// mutation shows which mutants the claims kill, where a run is recorded.
func (p *page) mutation() {
	m := p.Mutation
	if m == nil {
		return
	}
	p.heading("Kill matrix: which claims notice which bugs")
	p.line("Small bugs are put into the code one at a time, on its syntax tree, and every claim is asked. %s Go %s, %s, %s cases of each kind; the", p.measuredOn(m.Sources), strings.TrimPrefix(m.Go, "go"), m.Processor, count(m.Budget))
	p.line("numbers are in [mutation.json](properties/evidence/mutation.json). *Equivalent*: no input tells the mutant from the original.")
	p.line("")
	p.line("| code | mutants | killed | equivalent | survived | not built | killed by mathematics | by the specification | by the contracts |")
	p.line("|---|---:|---:|---:|---:|---:|---:|---:|---:|")
	for _, t := range m.Targets {
		row := fmt.Sprintf("| %s | %s | %s | %s | %s | %s |", t.Name, count(t.Mutants), count(t.Killed), count(t.Equivalent), count(t.Survived), count(t.NotBuilt))
		for _, oracle := range []string{"mathematics", "specification", "contracts"} {
			row += " " + ofAll(t.Oracles[oracle].Killed, t.Oracles[oracle].Of) + " |"
		}
		p.line("%s", row)
	}
	p.line("")
	for _, t := range m.Targets {
		if o, ok := t.Oracles[OfTheAlgorithm]; ok {
			p.line("Without the specification and the contracts, mathematics alone (enclosures, exact ties, exact bookkeeping, and each rounding against the exact quotient of what went into it) sees %s bugs in the algorithm of %s: all but those of impl/revert, which says what a failure is called.", ofAll(o.Killed, o.Of), t.Name)
			p.line("")
		}
	}
	p.line("![Mutants killed, by part, operator and family of claims](properties/evidence/mutation.svg)")
	p.line("")
	p.familiesAlone(m)
	for _, t := range m.Targets {
		p.without(t)
		if len(t.Survivors) == 0 {
			continue
		}
		p.line("<details><summary>The %d mutants that survive in %s, and why</summary>", len(t.Survivors), t.Name)
		p.line("")
		p.line("| mutant | why |")
		p.line("|---|---|")
		for _, s := range t.Survivors {
			p.line("| %s | %s |", cell(s.Key), cell(s.Reason))
		}
		p.line("")
		p.line("</details>")
		p.line("")
	}
}

// familiesAlone says of each family how many of the mutants that it was asked about it kills.
func (p *page) familiesAlone(m *Mutation) {
	for _, t := range m.Targets {
		var parts []string
		for _, f := range t.columns() {
			if k := t.Families[f]; k.Asked > 0 {
				parts = append(parts, fmt.Sprintf("%s %s", f, ofAll(k.Killed, k.Asked)))
			}
		}
		if len(parts) > 0 {
			p.line("Of the mutants in %s that a family of claims, or tests, are asked about, they kill: %s.", t.Name, strings.Join(parts, ", "))
			p.line("")
		}
	}
}

func ofAll(n, all uint64) string {
	if all == 0 {
		return ""
	}
	return fmt.Sprintf("%s of %s", count(n), count(all))
}

// hunt shows how close the closest cases came that were looked for, where a hunt is recorded.
func (p *page) hunt() {
	h := p.Hunt
	if h == nil {
		return
	}
	p.heading("Hunts: the closest calls")
	p.line("Cases looked for on purpose, from the closest ones to closer ones, against what random testing finds. %s Go %s, %s, seed %d; the worst cases of all are", p.measuredOn(h.Sources), strings.TrimPrefix(h.Go, "go"), h.Processor, h.Seed)
	p.line("kept in the corpus and judged in every run. ● marks margins that leave no room.")
	p.line("")
	p.line("| claim | cases hunted | tightest by random testing | tightest by hunting | found in class |")
	p.line("|---|---:|---|---|---|")
	for _, c := range h.Claims {
		class, hunted := "", c.Hunted
		if c.Kind != "" {
			class = fmt.Sprintf("%s/%s", c.Kind, c.Class)
		}
		if c.Tight {
			hunted += " ●"
		}
		p.line("| %s | %s | %s | %s | %s |", c.ID, count(c.Cases), c.Random, hunted, class)
	}
	p.line("")
	if len(h.NotHunted) > 0 {
		p.line("Not hunted, for want of a margin: %s.", strings.Join(h.NotHunted, ", "))
		p.line("")
	}
}
