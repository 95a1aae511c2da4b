package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/trueweight/trueweight/properties"
	"github.com/trueweight/trueweight/properties/domain"
	"github.com/trueweight/trueweight/properties/provenance"
)

// opening is the verdict, in one paragraph.
func (p *page) opening() {
	var judged, violated, undecided, known uint64
	tight := 0
	for _, c := range p.evidence.Claims {
		judged += c.Judged()
		violated += c.Violated
		undecided += c.Undecided
		for _, n := range c.Known {
			known += n
		}
		if c.Tightest != nil && c.Tightest.Tight {
			tight++
		}
	}
	p.line("# What trueweight verified")
	p.line("")
	p.line("<!-- Rendered by `make report` from properties/evidence. Do not edit: change the claims or the code, and render again. -->")
	p.line("")
	verdict := "**No claim is violated.**"
	if violated+undecided > 0 {
		verdict = fmt.Sprintf("**%s verdicts are violations and %s are undecided.**", count(violated), count(undecided))
	}
	p.line("%s %d claims about weighted-pool math were judged on `%s`: %s verdicts, each a proof about one case and none a",
		verdict, len(p.evidence.Claims), p.evidence.Subject, count(judged))
	p.line("comparison with a tolerance. %s verdicts fall under the %d findings below (%s): places where the deployed rules themselves break a claim,",
		count(known), len(properties.Findings()), levels())
	p.line("each with its exact condition and bound. For %d claims a case is known that leaves no room: the claim can't be sharpened.", tight)
	p.noticed()
	p.line("")
}

// noticed says how many of the bugs put into the code were noticed: what a verdict would have said of them.
func (p *page) noticed() {
	if p.Mutation == nil {
		return
	}
	for _, t := range p.Mutation.Targets {
		of := "the code under verification"
		if t.Name != "impl" {
			of = "the code that judges"
		}
		sample, alone := "", ""
		if t.Of > 0 {
			sample = fmt.Sprintf(" (a fixed sample of %s)", count(t.Of))
		}
		if n := t.Families[OwnTests].Killed; n > 0 {
			alone = fmt.Sprintf(" (%s of them by the tests of their package alone)", count(n))
		}
		p.line("Of %s bugs put into %s one at a time%s, %s are noticed%s, %s can't be told from the original by any input, and %s.",
			count(t.Mutants-t.NotBuilt), of, sample, count(t.Killed), alone, count(t.Equivalent), escape(t.Survived))
	}
}

func escape(n uint64) string {
	switch n {
	case 0:
		return "none escapes"
	case 1:
		return "one escapes"
	}
	return count(n) + " escape"
}

// levels counts the findings by severity.
func levels() string {
	var parts []string
	for _, level := range properties.Levels() {
		n := 0
		for _, f := range properties.Findings() {
			if f.Level() == level {
				n++
			}
		}
		if n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, level))
		}
	}
	return strings.Join(parts, ", ")
}

func (p *page) scope() {
	p.heading("Scope")
	p.line("The mathematics of weighted pools, V = Π Bᵢ^Wᵢ with Σ Wᵢ = 1, as Balancer V2 and V3 compute it and as InterSwap's weighted pools do: 18-decimal")
	p.line("fixed point, exp, ln and pow, the invariant, swaps given in and given out, swap fees, the V3 pool's own entry points, joins and exits,")
	p.line("protocol fees, decimals and token rates, the normalization, validation, storage and gradual change of weights, and pools over time: scripts of any")
	p.line("operations, of which each step is judged and counts as a case. The algorithms are stated step by step in [SPEC.md](reference/exact/SPEC.md).")
	p.line("")
	p.line("A claim is judged against up to three independent answers: mathematics (enclosures with outward rounding, exact ties by algebra), the specification")
	p.line("(big integers, one rounding a step), and what the deployed contracts answered (corpus/vectors). *Pool-valid* cases are those that a real pool,")
	p.line("within its limits, could meet; claims hold on all others too unless a finding says otherwise.")
	p.line("")
	p.sources()
	p.line("| kind of case | cases judged | classes |")
	p.line("|---|---:|---:|")
	for _, k := range domain.Kinds() {
		if n := p.evidence.Cases[k]; n > 0 {
			p.line("| %s | %s | %d |", k, count(n), len(domain.Classes(k)))
		}
	}
	p.line("")
}

// sources says what exactly was verified, and with what.
func (p *page) sources() {
	about := map[string]string{
		"impl": "the code under verification", "reference": "the exact answers", "properties": "claims, cases and judge", "tools": "the command, its records and this report",
		"corpus": "vectors, incidents, regressions", "modules": "go.mod and go.sum",
	}
	p.line("Verified was this code, with Go %s (go.mod) and seed %d. A hash is the SHA-256 of the list of its files, tests and evidence left out;", p.Go, p.evidence.Seed)
	p.line("the end of this report says how to see it again.")
	p.line("")
	p.line("| sources | what | SHA-256 |")
	p.line("|---|---|---|")
	for _, name := range provenance.Names() {
		p.line("| %s | %s | `%s` |", name, about[name], p.Sources[name])
	}
	p.line("")
}

// familyNames says what the claims of each family are about.
var familyNames = map[string]string{
	"BX": "each operation is the specification's, bit for bit", "FP": "fixed point: × and ÷ in 18 decimals", "LE": "exp, ln and pow",
	"IN": "the invariant", "SW": "swaps", "JE": "joins and exits", "FE": "protocol fees", "SC": "decimals and token rates", "WT": "weights",
	"ST": "pools over time", "EC": "what a protocol promises its users",
}

// families sums the verdicts up, a line for each family.
func (p *page) families() {
	p.heading("Verdicts by family")
	p.line("*Judged*: cases on which a claim said something. *Vacuous*: its precondition was not met, as when the operation rightly fails. *Known*: false, inside")
	p.line("a finding's condition and bound. *Tightest margin*: how close the closest case came (slack: whole wei left; ratio: used ÷ allowed). *Planted bugs*: those put")
	p.line("into the code to show that a claim can fail; every one is caught. Each claim has a line of its own [below](#the-claims-proven-tested-or-inherited).")
	p.line("")
	p.line("| family | about | claims | judged | pool-valid | vacuous | known | tightest margin | leave no room | planted bugs caught |")
	p.line("|---|---|---:|---:|---:|---:|---:|---|---:|---:|")
	for _, family := range properties.Families() {
		s, err := p.sum(family)
		if err != nil {
			p.err = err
			return
		}
		if s.claims == 0 {
			continue
		}
		p.line("| %s | %s | %d | %s | %s | %s | %s | %s | %s | %d |", family, familyNames[family], s.claims, count(s.judged), count(s.valid),
			share(s.vacuous, s.judged+s.vacuous), count(s.known), s.tightest(), s.tight(), s.plants)
	}
	p.line("")
	if len(p.evidence.NotApplicable) > 0 {
		p.line("Not applicable to this subject: %s.", strings.Join(p.evidence.NotApplicable, ", "))
		p.line("")
	}
}

// A familySum is what was seen of the claims of a family.
type familySum struct {
	claims, plants, withMargin, withoutRoom int
	judged, valid, vacuous, known           uint64
	closest                                 map[properties.MarginKind]*properties.ClaimEvidence
}

func (p *page) sum(family string) (familySum, error) {
	s := familySum{closest: map[properties.MarginKind]*properties.ClaimEvidence{}}
	for _, c := range p.evidence.Claims {
		claim, err := properties.ByID(c.ID)
		if err != nil {
			return s, err
		}
		if claim.Family() != family {
			continue
		}
		s.claims++
		s.plants += len(plants(c.ID))
		s.judged += c.Judged()
		s.valid += c.PoolValid.Judged()
		s.vacuous += c.Vacuous
		for _, n := range c.Known {
			s.known += n
		}
		if c.Tightest == nil {
			continue
		}
		s.withMargin++
		if c.Tightest.Tight {
			s.withoutRoom++
		}
		if best := s.closest[claim.Margin]; best == nil || closer(claim.Margin, c.Tightest.Margin, best.Tightest.Margin) {
			s.closest[claim.Margin] = c
		}
	}
	return s, nil
}

// closer compares margins as they are written: whole wei of which fewer are closer, or ratios with nine decimals.
func closer(kind properties.MarginKind, a, b string) bool {
	if kind == properties.Ratio {
		return a > b
	}
	return len(a) < len(b) || len(a) == len(b) && a < b
}

func (s familySum) tightest() string {
	var parts []string
	for _, kind := range []properties.MarginKind{properties.Slack, properties.Ratio} {
		if c := s.closest[kind]; c != nil {
			parts = append(parts, fmt.Sprintf("%s (%s)", c.Tightest.Margin, c.ID))
		}
	}
	return strings.Join(parts, ", ")
}

// tight says how many of the claims with a margin leave no room.
func (s familySum) tight() string {
	if s.withMargin == 0 {
		return ""
	}
	return fmt.Sprintf("%d of %d", s.withoutRoom, s.withMargin)
}

// plants lists the bugs planted for a claim.
func plants(id string) (bugs []string) {
	for _, p := range properties.Planted() {
		if p.Claim == id {
			bugs = append(bugs, p.Bug)
		}
	}
	return bugs
}

// charts shows errors and margins.
func (p *page) charts() {
	p.heading("Errors and margins")
	p.line("How far `pow` is from the exact power over its whole domain, against what powDown and powUp allow for and against the bound that is derived for each pair of")
	p.line("arguments; the numbers are in [pow-error.json](properties/evidence/pow-error.json).")
	p.line("")
	p.line("![The error of pow over base and exponent, as a part of what it is allowed](properties/evidence/pow-error.svg)")
	p.line("")
	if slices.ContainsFunc(p.evidence.Claims, func(c *properties.ClaimEvidence) bool { return c.Margins != nil }) {
		p.line("How close all judged cases came to breaking each claim that has a margin; the numbers are in [gate.json](properties/evidence/gate.json).")
		p.line("")
		p.line("![Histograms of margins, a strip for each claim](properties/evidence/margins.svg)")
		p.line("")
	}
	p.shares()
}

// shares shows the chart of value shares, where the evidence is of a subject with pools.
func (p *page) shares() {
	if !slices.ContainsFunc(p.evidence.Claims, func(c *properties.ClaimEvidence) bool { return c.ID == "EC-SHARE" }) {
		return
	}
	p.line("Value shares go to the weights: what EC-SHARE says of every drawn market, shown on one. An arbitrageur follows prices that move three times, trade by")
	p.line("trade, on a pool without and on one with a swap fee. The numbers are in [shares.json](properties/evidence/shares.json).")
	p.line("")
	p.line("![Shares of a pool's value over the trades of an arbitrageur, against the weights](properties/evidence/shares.svg)")
	p.line("")
}
