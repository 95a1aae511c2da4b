package report

import (
	"fmt"
	"strings"

	"github.com/trueweight/trueweight/properties"
)

// findings lists where the deployed rules break a claim: a table by severity, and then each in full.
func (p *page) findings() {
	p.heading("Findings")
	p.line("Where the deployed rules break a claim. The claim keeps its wording; a violation outside a finding's condition, or beyond its bound, fails the run.")
	p.line("*Severity* is what it can cost at worst. *Difficulty* is how hard it is for someone to meet it and to gain by it: low (anyone, by ordinary means),")
	p.line("medium (a certain kind of pool, or a state that must be found or made), high (nobody gains, no pool is like that, or only an owner can).")
	p.line("")
	met := p.met()
	p.line("| severity | difficulty | finding | verdicts | pool-valid |")
	p.line("|---|---|---|---:|---:|")
	for _, level := range properties.Levels() {
		for _, f := range properties.Findings() {
			if f.Level() == level {
				p.line("| %s | %s | [%s](#%s) · %s | %s |", level, f.Hardness(), f.ID, strings.ToLower(f.ID), f.Title, met[f.ID].columns())
			}
		}
	}
	p.line("")
	kept, err := properties.KeptCases()
	if err != nil {
		p.err = err
		return
	}
	for _, f := range properties.Findings() {
		p.finding(f, met[f.ID], kept)
	}
}

// matches are the verdicts that fall under a finding.
type matches struct{ all, valid uint64 }

// columns writes the two counts; a finding that no generated case meets is shown by its kept cases.
func (m matches) columns() string {
	if m.all == 0 {
		return "kept cases | "
	}
	return count(m.all) + " | " + count(m.valid)
}

func (p *page) met() map[string]matches {
	met := map[string]matches{}
	for _, c := range p.evidence.Claims {
		for id, n := range c.Known {
			met[id] = matches{met[id].all + n, met[id].valid + c.PoolValid.Known[id]}
		}
	}
	return met
}

func (p *page) finding(f *properties.Finding, met matches, kept []properties.Kept) {
	p.line("### <a id=\"%s\"></a>%s · %s", strings.ToLower(f.ID), f.ID, f.Title)
	p.line("")
	p.line("%s", f.Statement)
	p.line("")
	p.line("- severity: %s", f.Severity)
	p.line("- difficulty: %s", f.Difficulty)
	p.line("- claims: %s (%s)", strings.Join(f.Claims, ", "), f.Part)
	p.line("- exactly when: %s", f.Condition)
	p.line("- by at most: %s", f.BoundText)
	p.line("- scenario: %s", f.Scenario)
	p.line("- recommendation: %s", f.Advice)
	p.line("- pool-valid: %s", poolValid(f, met, kept))
	for _, k := range kept {
		if k.Expect == "known:"+f.ID {
			p.line("- case %s (%s): %s", k.ID, k.Comment, readable(k.Case))
			p.line("  - replay: `%s`", replay(k))
		}
	}
	p.line("")
}

// poolValid says whether a real pool could meet a finding.
func poolValid(f *properties.Finding, met matches, kept []properties.Kept) string {
	if met.all > 0 {
		answer := "yes"
		if met.valid == 0 {
			answer = "no"
		}
		return fmt.Sprintf("%s; met on %s verdicts, %s of them on pool-valid cases", answer, count(met.all), count(met.valid))
	}
	for _, k := range kept {
		if k.Expect == "known:"+f.ID && k.Case.PoolValid() {
			return "yes; met by its kept cases alone: no generated case is so deliberate"
		}
	}
	return "no; met by its kept cases alone"
}

// replay is the command that judges a kept case.
func replay(k properties.Kept) string {
	return fmt.Sprintf("go run ./properties/cmd/trueweight replay -entry %s -claims %s", k.ID, strings.Join(k.Claims, ","))
}
