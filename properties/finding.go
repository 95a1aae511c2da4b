package properties

import (
	"math/big"
	"slices"
	"strings"

	"github.com/trueweight/trueweight/properties/domain"
)

// A Finding states where the deployed rules break a claim, exactly, and by at
// most how much. A violation inside its condition and bound is Known; anything else is Violated.
type Finding struct {
	ID     string // F-nn, never reused
	Claims []string
	Part   string // the part of the claim it is about

	Title     string
	Statement string // what is true instead, in one paragraph
	Condition string // the condition in words
	BoundText string // the bound as a formula, with its unit

	// Severity is what it can cost: it begins with one of Levels. Difficulty is how hard it is for someone to meet it and
	// to gain by it: it begins with low, medium or high.
	Severity   string
	Difficulty string
	Scenario   string // who could be hurt, and how
	Advice     string

	// holds is the exact condition on a case; bound is the greatest excess it allows there.
	holds func(*Subject, domain.Case) bool
	bound func(domain.Case) *big.Int

	// The same of one operation of a script, for claims that are judged step by step.
	holdsAt func(*moment) bool
	boundAt func(*moment) *big.Int
}

// findings lists every finding in the order of its number.
var findings = slices.Concat(leFindings, inFindings, swFindings, stFindings, jeFindings, feFindings, scFindings, wtFindings, jeDustFindings)

// Findings lists every finding in the order of its number.
func Findings() []*Finding { return findings }

// findingFor returns the finding that covers a violation, or nil.
func findingFor(p *Property, s *Subject, c domain.Case, v Verdict) *Finding {
	for _, f := range findings {
		if f.covers(p, v) && f.holds != nil && f.holds(s, c) && v.Excess.Cmp(f.bound(c)) <= 0 {
			return f
		}
	}
	return nil
}

// findingAt returns the finding that covers a violation by one operation of a script, or nil.
func findingAt(p *Property, m *moment, v Verdict) *Finding {
	for _, f := range findings {
		if f.covers(p, v) && f.holdsAt != nil && f.holdsAt(m) && v.Excess.Cmp(f.boundAt(m)) <= 0 {
			return f
		}
	}
	return nil
}

// Levels lists the levels of severity, the worst first.
func Levels() []string { return []string{"critical", "high", "medium", "low", "informational"} }

// Level returns the severity in one word: the worst that the finding can be.
func (f *Finding) Level() string { return firstWord(f.Severity) }

// Hardness returns the difficulty in one word: low, medium or high.
func (f *Finding) Hardness() string { return firstWord(f.Difficulty) }

func firstWord(text string) string {
	word, _, _ := strings.Cut(text, " ")
	return strings.TrimRight(word, ":;,")
}

func (f *Finding) covers(p *Property, v Verdict) bool {
	return slices.Contains(f.Claims, p.ID) && f.Part == v.Part && v.Excess != nil
}
