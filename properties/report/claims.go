package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/trueweight/trueweight/properties"
	"github.com/trueweight/trueweight/properties/domain"
)

// each calls show with every claim judged, and what was seen of it.
func (p *page) each(show func(*properties.Property, *properties.ClaimEvidence)) {
	for _, c := range p.evidence.Claims {
		claim, err := properties.ByID(c.ID)
		if err != nil {
			p.err = err
			return
		}
		show(claim, c)
	}
}

// ofOneOperation says of a claim that it is the same for an operation as others are for theirs: its value is the specification's.
func ofOneOperation(p *properties.Property) bool {
	return p.Family() == "BX" && p.ID != "BX-VEC" && p.ID != "BX-POOL"
}

// standings says what each claim rests on, and gives its verdicts.
func (p *page) standings() {
	p.heading("The claims: proven, tested or inherited")
	p.line("*Proven*: the inequality is derived for every input, of the specification's algorithm, in comments beside the code; that the code is that algorithm is tested, operation")
	p.line("by operation and bit for bit (BX). These are proofs on paper, and not checked by a machine. *Inherited*: the claim follows from another one, which is named.")
	p.line("*Tested*: it rests on the cases that it was judged on, of which each verdict is a proof. Proven and inherited claims are judged on cases too.")
	p.line("")
	p.each(func(claim *properties.Property, _ *properties.ClaimEvidence) {
		if claim.Proof != "" {
			p.line("- %s is proven in %s.", claim.ID, claim.Proof)
		}
	})
	p.line("")
	p.line("● marks a margin that leaves no room: 0 wei, or a ratio of at least 0.99. Claims without a margin are equalities and failures, and are judged by the bugs planted to break them.")
	p.line("")
	p.line("| ID | claim | rests on | judged | pool-valid | vacuous | known | margin | its case | planted bugs caught |")
	p.line("|---|---|---|---:|---:|---:|---|---|---|---:|")
	p.each(func(claim *properties.Property, c *properties.ClaimEvidence) {
		if ofOneOperation(claim) {
			return
		}
		margin, at := "none", ""
		if t := c.Tightest; t != nil {
			margin, at = t.Margin, fmt.Sprintf("%s %d", t.Kind, t.Index)
			if t.Tight {
				margin += " ●"
			}
		}
		p.line("| [%s](#%s) | %s | %s | %s | %s | %s | %s | %s | %s | %d |", c.ID, strings.ToLower(c.ID), claim.Claim, restsOn(claim), count(c.Judged()),
			count(c.PoolValid.Judged()), count(c.Vacuous), known(c.Known), margin, at, len(plants(c.ID)))
	})
	p.line("")
	p.operations()
}

func restsOn(claim *properties.Property) string {
	if s := claim.Standing(); s != "inherited" {
		return s
	}
	return "inherited: " + claim.ImpliedBy
}

func known(by map[string]uint64) string {
	var parts []string
	for _, f := range properties.Findings() {
		if n := by[f.ID]; n > 0 {
			parts = append(parts, fmt.Sprintf("%s: %s", f.ID, count(n)))
		}
	}
	return strings.Join(parts, ", ")
}

// operations is the table of the claims that say one thing, each of its operation.
func (p *page) operations() {
	if !slices.ContainsFunc(p.evidence.Claims, func(c *properties.ClaimEvidence) bool {
		claim, err := properties.ByID(c.ID)
		return err == nil && ofOneOperation(claim)
	}) {
		return
	}
	p.line("And one claim for each operation, all tested: it gives the value of the specification, or fails where and as it does, by the same name of the same failure: f(x) = exact.f(x).")
	p.line("")
	p.line("| ID | operation | of | judged | pool-valid | notices, when planted | failures met: v2's name \\| v3's name |")
	p.line("|---|---|---|---:|---:|---|---|")
	p.each(func(claim *properties.Property, c *properties.ClaimEvidence) {
		if !ofOneOperation(claim) {
			return
		}
		operation, _, _ := strings.Cut(claim.Claim, " ")
		p.line("| %s | %s | %s | %s | %s | %s | %s |", c.ID, operation, strings.TrimPrefix(claim.Source, "SPEC, "), count(c.Judged()), count(c.PoolValid.Judged()),
			cell(strings.Join(plants(c.ID), "; ")), cell(failures(c.Failures)))
	})
	p.line("")
}

// claims writes out every claim that the table of operations doesn't.
func (p *page) claims() {
	p.heading("Appendix: the claims in full")
	p.each(func(claim *properties.Property, c *properties.ClaimEvidence) {
		if ofOneOperation(claim) {
			return
		}
		p.line("### %s", claim.ID)
		p.line("")
		p.line("%s", claim.Claim)
		p.line("")
		p.line("- as a formula: %s", claim.Inequality)
		if claim.T != "" {
			p.line("- T, the exact value: %s", claim.T)
		}
		p.line("- source: %s", claim.Source)
		if claim.Proof != "" {
			p.line("- proven in: %s", claim.Proof)
		}
		if t := c.Tightest; t != nil {
			p.line("- closest case (%s): `%s`", t.Margin, domain.MarshalJSON(domain.At(p.evidence.Seed, t.Kind, t.Index)))
		}
		if bugs := plants(claim.ID); len(bugs) > 0 {
			p.line("- notices, when planted: %s", strings.Join(bugs, "; "))
		}
		if claim.ImpliedBy != "" {
			p.line("- follows from %s, and is planted through it", claim.ImpliedBy)
		}
		p.line("")
	})
}
