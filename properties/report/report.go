// Package report renders evidence as REPORT.md: what was claimed, on how many
// cases it was judged, how close the closest came, what is known not to hold, and
// how to see each number again. It computes nothing of its own: every count comes from the
// recorder, every sentence about a claim from the claim.
package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/trueweight/trueweight/properties"
	"github.com/trueweight/trueweight/properties/domain"
)

// Marshal writes evidence as indented JSON: the same evidence, the same bytes.
func Marshal(e *properties.Evidence) ([]byte, error) {
	data, err := json.MarshalIndent(e, "", "  ")
	return append(data, '\n'), err
}

// Unmarshal reads what Marshal wrote, and nothing else.
func Unmarshal(data []byte) (*properties.Evidence, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	var e properties.Evidence
	if err := d.Decode(&e); err != nil {
		return nil, fmt.Errorf("not a file of evidence: %w", err)
	}
	for _, c := range e.Claims {
		if c == nil || c.PoolValid == nil {
			return nil, fmt.Errorf("not a file of evidence: a claim lacks its tally of pool-valid cases")
		}
	}
	if err := ofThisVersion(&e); err != nil {
		return nil, fmt.Errorf("evidence of another version: %w", err)
	}
	again, err := Marshal(&e)
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(again, data) { // a key given twice, text after the end, bytes that are no UTF-8: decoding forgives them all
		return nil, errors.New("not a file of evidence: it was edited, for it is not byte for byte what was written")
	}
	return &e, nil
}

// ofThisVersion checks that everything that evidence names exists.
func ofThisVersion(e *properties.Evidence) error {
	for k := range e.Cases {
		if !slices.Contains(domain.Kinds(), k) {
			return fmt.Errorf("no kind of case is called %q", k)
		}
	}
	for _, c := range e.Claims {
		if _, err := properties.ByID(c.ID); err != nil {
			return err
		}
		if t := c.Tightest; t != nil && !slices.Contains(domain.Kinds(), t.Kind) {
			return fmt.Errorf("%s: no kind of case is called %q", c.ID, t.Kind)
		}
		for id := range c.Known {
			if !slices.ContainsFunc(properties.Findings(), func(f *properties.Finding) bool { return f.ID == id }) {
				return fmt.Errorf("%s: no finding has the ID %q", c.ID, id)
			}
		}
	}
	return nil
}

// Render writes the report.
func Render(e *properties.Evidence) ([]byte, error) {
	p := &page{evidence: e}
	p.opening()
	p.scope()
	p.verdicts()
	p.claims()
	p.shares()
	p.findings()
	p.coverage()
	p.failures()
	p.limits()
	p.reproduce()
	return p.Bytes(), p.err
}

// page is a report being written.
type page struct {
	bytes.Buffer
	evidence *properties.Evidence
	err      error
}

func (p *page) line(format string, args ...any) { fmt.Fprintf(p, format+"\n", args...) }

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
	p.line("<!-- Rendered by `make report` from properties/evidence/gate.json. Do not edit: change the claims or the code, and render again. -->")
	p.line("")
	verdict := "**No claim is violated.**"
	if violated+undecided > 0 {
		verdict = fmt.Sprintf("**%s verdicts are violations and %s are undecided.**", count(violated), count(undecided))
	}
	p.line("%s %d claims about weighted-pool math were judged on `%s`: %s verdicts, each a proof about one case and none a",
		verdict, len(p.evidence.Claims), p.evidence.Subject, count(judged))
	p.line("comparison with a tolerance. %s verdicts fall under the %d findings below: places where the deployed rules themselves break a claim,", count(known), len(properties.Findings()))
	p.line("each with its exact condition and bound. For %d claims a case is known that leaves no room: the claim can't be sharpened.", tight)
	p.line("")
}

func (p *page) scope() {
	p.line("## Scope")
	p.line("")
	p.line("The mathematics of weighted pools, V = Π Bᵢ^Wᵢ with Σ Wᵢ = 1, as Balancer V2 and V3 compute it and as InterSwap's weighted pools do: 18-decimal")
	p.line("fixed point, exp, ln and pow, the invariant, swaps given in and given out, swap fees, the V3 pool's own entry points, joins and exits,")
	p.line("protocol fees, decimals and token rates, the normalization, validation, storage and gradual change of weights, and pools over time: scripts of any")
	p.line("operations, of which each step is judged and counts as a case. The algorithms are stated step by step in [SPEC.md](reference/exact/SPEC.md).")
	p.line("")
	p.line("A claim is judged against up to three independent answers: mathematics (enclosures with outward rounding, exact ties by algebra), the specification")
	p.line("(big integers, one rounding a step), and what the deployed contracts answered (corpus/vectors). *Pool-valid* cases are those that a real pool,")
	p.line("within its limits, could meet; claims hold on all others too unless a finding says otherwise.")
	p.line("")
	p.line("| kind of case | cases drawn | classes |")
	p.line("|---|---:|---|")
	for _, k := range domain.Kinds() {
		if n := p.evidence.Cases[k]; n > 0 {
			p.line("| %s | %s | %s |", k, count(n), strings.Join(domain.Classes(k), ", "))
		}
	}
	p.line("")
}

func (p *page) verdicts() {
	p.line("## Verdicts")
	p.line("")
	p.line("*Judged*: cases on which the claim said something. *Vacuous*: its precondition was not met, as when the operation rightly fails. *Known*: false, inside")
	p.line("a finding's condition and bound. *Margin*: how close the closest case came (slack: whole wei left; ratio: used ÷ allowed; 0 wei or a ratio of")
	p.line("0.99 leave no room, and are marked ●). Claims without a margin are equalities and failures, and are judged by the bugs planted to break them.")
	p.line("")
	p.line("| ID | claim | judged | pool-valid | vacuous | known | margin | its case | planted bugs caught |")
	p.line("|---|---|---:|---:|---:|---|---|---|---:|")
	for _, c := range p.evidence.Claims {
		claim, err := properties.ByID(c.ID)
		if err != nil {
			p.err = err
			return
		}
		margin, at := "none", ""
		if t := c.Tightest; t != nil {
			margin, at = t.Margin, fmt.Sprintf("%s %d", t.Kind, t.Index)
			if t.Tight {
				margin += " ●"
			}
		}
		p.line("| [%s](#%s) | %s | %s | %s | %s | %s | %s | %s | %d |", c.ID, strings.ToLower(c.ID), claim.Claim, count(c.Judged()),
			count(c.PoolValid.Judged()), count(c.Vacuous), known(c.Known), margin, at, plants(c.ID))
	}
	p.line("")
	if len(p.evidence.NotApplicable) > 0 {
		p.line("Not applicable to this subject: %s.", strings.Join(p.evidence.NotApplicable, ", "))
		p.line("")
	}
}

func plants(id string) (n int) {
	for _, p := range properties.Planted() {
		if p.Claim == id {
			n++
		}
	}
	return n
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

func (p *page) claims() {
	p.line("## The claims")
	p.line("")
	for _, c := range p.evidence.Claims {
		claim, err := properties.ByID(c.ID)
		if err != nil {
			p.err = err
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
		if t := c.Tightest; t != nil {
			p.line("- closest case (%s): `%s`", t.Margin, domain.MarshalJSON(domain.At(p.evidence.Seed, t.Kind, t.Index)))
		}
		var bugs []string
		for _, plant := range properties.Planted() {
			if plant.Claim == claim.ID {
				bugs = append(bugs, plant.Bug)
			}
		}
		if len(bugs) > 0 {
			p.line("- notices, when planted: %s", strings.Join(bugs, "; "))
		}
		if claim.ImpliedBy != "" {
			p.line("- follows from %s, and is planted through it", claim.ImpliedBy)
		}
		p.line("")
	}
}

// shares shows the chart of value shares, where the evidence is of a subject with pools.
func (p *page) shares() {
	if !slices.ContainsFunc(p.evidence.Claims, func(c *properties.ClaimEvidence) bool { return c.ID == "EC-SHARE" }) {
		return
	}
	p.line("## Value shares go to the weights")
	p.line("")
	p.line("What EC-SHARE says of every drawn market, shown on one: an arbitrageur follows prices that move three times, trade by trade, on a pool without")
	p.line("and on one with a swap fee. The numbers are in [shares.json](properties/evidence/shares.json).")
	p.line("")
	p.line("![Shares of a pool's value over the trades of an arbitrageur, against the weights](properties/evidence/shares.svg)")
	p.line("")
}

func (p *page) findings() {
	p.line("## Findings")
	p.line("")
	p.line("Where the deployed rules break a claim. The claim keeps its wording; a violation outside a finding's condition, or beyond its bound, fails the run.")
	p.line("")
	kept, err := properties.KeptCases()
	if err != nil {
		p.err = err
		return
	}
	for _, f := range properties.Findings() {
		var matched, valid uint64
		for _, c := range p.evidence.Claims {
			matched += c.Known[f.ID]
			valid += c.PoolValid.Known[f.ID]
		}
		p.line("### %s · %s", f.ID, f.Title)
		p.line("")
		p.line("%s", f.Statement)
		p.line("")
		p.line("- claims: %s (%s)", strings.Join(f.Claims, ", "), f.Part)
		p.line("- exactly when: %s", f.Condition)
		p.line("- by at most: %s", f.BoundText)
		p.line("- severity: %s", f.Severity)
		p.line("- scenario: %s", f.Scenario)
		p.line("- advice: %s", f.Advice)
		if matched == 0 {
			p.line("- met by its kept cases alone: no generated case is so deliberate")
		} else {
			p.line("- met on %s verdicts, %s of them on pool-valid cases", count(matched), count(valid))
		}
		for _, k := range kept {
			if k.Expect == "known:"+f.ID {
				p.line("- kept case %s (%s): %s", k.ID, k.Comment, replayable(k))
			}
		}
		p.line("")
	}
}

// replayable writes a kept case, or how to see one that is too long to read in a line.
func replayable(k properties.Kept) string {
	const most = 1000
	if line := domain.MarshalJSON(k.Case); len(line) <= most {
		return "`" + string(line) + "`"
	}
	return "`go run ./properties/cmd/trueweight replay -entry " + k.ID + "`"
}

// coverage writes a table for each kind: its classes against the claims judged on it.
func (p *page) coverage() {
	p.line("## Coverage: judged cases by class and claim")
	p.line("")
	p.line("An empty cell is a class on which the claim says nothing.")
	p.line("")
	for _, k := range domain.Kinds() {
		var claims []*properties.ClaimEvidence
		for _, c := range p.evidence.Claims {
			if claim, err := properties.ByID(c.ID); err == nil && slices.Contains(claim.Kinds, k) {
				claims = append(claims, c)
			}
		}
		if len(claims) == 0 {
			continue
		}
		p.line("### %s", k)
		p.line("")
		header, rule := "| class |", "|---|"
		for _, c := range claims {
			header += " " + c.ID + " |"
			rule += "---:|"
		}
		p.line("%s\n%s", header, rule)
		for _, class := range domain.Classes(k) {
			row := "| " + class + " |"
			for _, c := range claims {
				cell := ""
				if t := c.Classes[string(k)+"/"+class]; t != nil && t.Judged() > 0 {
					cell = count(t.Judged())
				}
				row += " " + cell + " |"
			}
			p.line("%s", row)
		}
		p.line("")
	}
}

// failures writes which failures the operations ended in, and how often.
func (p *page) failures() {
	p.line("## Failures met")
	p.line("")
	p.line("How often each operation ended in each failure of the specification (V2's name | V3's name), judged by name and order.")
	p.line("")
	p.line("| operation | failures |")
	p.line("|---|---|")
	for _, c := range p.evidence.Claims {
		if !strings.HasPrefix(c.ID, "BX-") || len(c.Failures) == 0 {
			continue
		}
		var names []string
		for name := range c.Failures {
			names = append(names, name)
		}
		slices.Sort(names)
		for i, name := range names {
			names[i] = fmt.Sprintf("%s: %s", strings.ReplaceAll(name, "|", "\\|"), count(c.Failures[name]))
		}
		p.line("| %s | %s |", c.ID, strings.Join(names, "; "))
	}
	p.line("")
}

func (p *page) limits() {
	p.line("## Not covered")
	p.line("")
	for _, s := range []string{
		"What a pool's vault does around the mathematics: a pool over time is a model (SPEC, A pool over time) whose single calls were measured, its whole was not. Token settlement, batch limits and deadlines are not part of it.",
		"Other pool kinds (stable, linear, boosted, custom), and any pool with hooks.",
		"Vault accounting, reentrancy, access control, gas, oracle use, and whether rate providers are honest.",
		"Faults of a compiler or of the EVM: the vectors were measured with two compilers and one EVM, and can't be measured again from this project alone.",
		"Cases nobody drew: a verdict is a proof about its case, not about all cases. Where a claim is proved for all inputs, its text says so.",
	} {
		p.line("- %s", s)
	}
	p.line("")
}

func (p *page) reproduce() {
	p.line("## How to see each number again")
	p.line("")
	p.line("- `make test` draws the same cases, and fails if a claim is violated or this report or its evidence is not what comes out.")
	p.line("- `make report` writes properties/evidence/gate.json and this file again, byte for byte, on any machine and number of cores: case i of a kind")
	p.line("  under seed s is a function of (s, kind, i) alone. This is seed %d.", p.evidence.Seed)
	p.line("- `go run ./properties/cmd/trueweight replay -kind KIND -index N` judges one of these cases again; with `-` in place of them it reads a case from standard input.")
	p.line("- `make fuzz` runs every fuzz target; `go test -fuzz=FuzzSwap ./fuzz` runs one until it is stopped.")
}

// count writes a number with thousands separated.
func count(n uint64) string {
	s := strconv.FormatUint(n, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
