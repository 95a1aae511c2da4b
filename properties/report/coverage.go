package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/trueweight/trueweight/properties"
	"github.com/trueweight/trueweight/properties/domain"
)

// coverage writes a table for each kind: its classes, how often each was judged, and which claims say nothing of it.
func (p *page) coverage() {
	p.heading("Coverage: judged cases by class")
	p.line("Cases are drawn by class first. A line says how many claims judge cases of a class, on how many cases each does, and which claims have an *empty cell*: they are")
	p.line("judged on the kind, but never on this class, because there the operation rightly fails, or the class is not what the claim is about. What an operation")
	p.line("answers there is still judged: that it fails as the specification does, by BX. Every number is in [gate.json](properties/evidence/gate.json).")
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
		empty := 0
		for _, class := range domain.Classes(k) {
			empty += len(cellsOf(claims, string(k)+"/"+class).empty)
		}
		p.line("<details><summary>%s: %d classes, %d claims, %d of %d cells empty</summary>", k, len(domain.Classes(k)), len(claims), empty, len(domain.Classes(k))*len(claims))
		p.line("")
		p.line("| class | claims | judged by each | empty cells |")
		p.line("|---|---:|---:|---|")
		for _, class := range domain.Classes(k) {
			cells := cellsOf(claims, string(k)+"/"+class)
			p.line("| %s | %d | %s | %s |", class, cells.claims, cells.judged(), strings.Join(cells.empty, ", "))
		}
		p.line("")
		p.line("</details>")
		p.line("")
	}
}

// cells are a class's judged cases, by claim.
type cells struct {
	claims       int
	fewest, most uint64
	empty        []string // claims without any
}

func cellsOf(claims []*properties.ClaimEvidence, class string) (c cells) {
	for _, claim := range claims {
		t := claim.Classes[class]
		if t == nil || t.Judged() == 0 {
			c.empty = append(c.empty, claim.ID)
			continue
		}
		n := t.Judged()
		if c.claims == 0 {
			c.fewest = n
		}
		c.claims++
		c.fewest, c.most = min(c.fewest, n), max(c.most, n)
	}
	return c
}

func (c cells) judged() string {
	switch {
	case c.claims == 0:
		return "**none**"
	case c.fewest == c.most:
		return count(c.most)
	}
	return fmt.Sprintf("%s–%s", count(c.fewest), count(c.most))
}
