package report

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// companions is how many of the claims that notice with another one a row names.
const companions = 3

// without says what each claim notices that others do not: what the score would lose without it, or who covers it.
func (p *page) without(t MutationTarget) {
	if len(t.Claims) == 0 {
		return
	}
	p.line("What would be missed in %s without a claim. *First*: the mutants that it is the first of its family to notice. *Alone*: those of them that no other claim notices: the score falls by them", t.Name)
	p.line("without it. *Alone in mathematics*: those that no other claim notices but for the comparison with the specification and the contracts. All others are covered, most often by the claims in the last column.")
	p.line("")
	p.line("| claim | first | alone | alone in mathematics | covered by |")
	p.line("|---|---:|---:|---:|---|")
	var covered []string
	for _, c := range t.Claims {
		if c.First == 0 {
			covered = append(covered, c.ID)
			continue
		}
		p.line("| %s | %s | %s | %s | %s |", c.ID, count(c.First), count(c.Alone), count(c.AloneInMathematics), strings.Join(c.companions(), ", "))
	}
	p.line("")
	if len(covered) > 0 {
		p.line("Never the first: %s. What these notice of the mutants, another claim of their family noticed on a case before; the bugs planted for each of them say what they are for.", strings.Join(covered, ", "))
		p.line("")
	}
}

// companions are the claims that most often notice with this one.
func (c *ClaimKills) companions() []string {
	list := slices.SortedFunc(maps.Keys(c.With), func(a, b string) int {
		return cmp.Or(cmp.Compare(c.With[b], c.With[a]), cmp.Compare(a, b))
	})
	return list[:min(len(list), companions)]
}
