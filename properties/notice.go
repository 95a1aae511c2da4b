package properties

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/trueweight/trueweight/properties/domain"
)

// A Noticed is what became of one broken subject: by family, the first claim that noticed. The vectors are a
// family of their own, BX-VEC, for they are another oracle than the specification.
type Noticed struct {
	Asked map[string]uint64 `json:"asked"` // cases whose questions reach the broken function, by family, up to the notice
	By    map[string]Notice `json:"by,omitempty"`
}

// A Notice is a claim that fails on a broken subject.
type Notice struct {
	Claim string `json:"claim"`
	Case  string `json:"case"`
	Part  string `json:"part"`  // of the claim, or what else went wrong
	After uint64 `json:"after"` // cases of the family, this one included

	// Also is another claim of the family that notices. It is looked for where no other family notices, or none of those that
	// compare with mathematics.
	Also string `json:"also,omitempty"`
}

// AnyFunction stands for a break that every question may meet; functions are numbered from 1.
const AnyFunction = 0

// Notice judges a subject that differs from the baseline's in one function, by the probe's number. A claim
// is judged on the cases where some answer that it sees is not the baseline's; on all others its verdict is the
// baseline's. Each family is asked until it notices. doing is told what comes next; nil for nobody.
func (b *Baseline) Notice(s *Subject, function int, doing func(claim string, on func() string)) *Noticed {
	n := &Noticed{Asked: map[string]uint64{}, By: map[string]Notice{}}
	j := NewJudge(Enclosures)
	b.confrontAll(n, j, s, function, doing, func(string) bool { return true })
	b.noticeAlso(n, j, s, function, doing)
	return n
}

// noticeAlso looks for a second claim where one is alone with what it noticed: what would be missed without it?
func (b *Baseline) noticeAlso(n *Noticed, j *Judge, s *Subject, function int, doing func(claim string, on func() string)) {
	alone := map[string]bool{}
	families := slices.Collect(maps.Keys(n.By))
	for _, those := range [][]string{families, slices.DeleteFunc(slices.Clone(families), func(f string) bool { return !ByMathematics(f) })} {
		if len(those) == 1 {
			alone[those[0]] = true
		}
	}
	if len(alone) == 0 {
		return
	}
	more := &Noticed{Asked: map[string]uint64{}, By: map[string]Notice{}}
	b.confrontAll(more, j, s, function, doing, func(claim string) bool {
		family := FamilyOf(claim)
		return alone[family] && n.By[family].Claim != claim
	})
	for family, by := range more.By {
		first := n.By[family]
		first.Also = by.Claim
		n.By[family] = first
	}
}

// ByMathematics reports whether a family's claims compare with mathematics, not with the specification or with the contracts.
func ByMathematics(family string) bool { return family != bxVec.Family() && family != bxVec.ID }

// confrontAll asks the claims of every trace until each family has noticed.
func (b *Baseline) confrontAll(n *Noticed, j *Judge, s *Subject, function int, doing func(claim string, on func() string), asked func(claim string) bool) {
	for _, t := range b.traces {
		if b.reaches(t.Reaches, function) {
			b.confront(n, j, s, function, t, doing, asked)
		}
	}
}

// confront asks the families that have not noticed yet about one case.
func (b *Baseline) confront(n *Noticed, j *Judge, s *Subject, function int, t *trace, doing func(claim string, on func() string), asked func(claim string) bool) {
	counted := ""
	differs := make([]int8, len(t.Questions)) // 0 unknown, 1 the same, 2 another answer
	for _, h := range t.Claims {
		family := FamilyOf(h.Claim)
		if _, done := n.By[family]; done && family != counted || !asked(h.Claim) || !b.meets(t, h, function) {
			continue
		}
		if family != counted {
			n.Asked[family]++
			counted = family
		}
		if _, done := n.By[family]; done {
			continue
		}
		if doing != nil {
			doing(h.Claim, func() string { return b.name(t) })
		}
		if !b.differ(t, h, differs, s, function) && h.Claim != fpPure.ID {
			continue
		}
		p, err := ByID(h.Claim)
		if err != nil {
			panic(harnessFault(err.Error()))
		}
		if fault := b.judge(j, p, s, t); fault != "" {
			n.By[family] = Notice{Claim: h.Claim, Case: b.name(t), Part: fault, After: n.Asked[family]}
		}
	}
}

// FamilyOf is the family that a claim's notices count for.
func FamilyOf(claim string) string {
	if claim == bxVec.ID {
		return claim
	}
	family, _, _ := strings.Cut(claim, "-")
	return family
}

// meets reports whether a question of a claim reaches a function.
func (b *Baseline) meets(t *trace, h heard, function int) bool {
	return slices.ContainsFunc(h.Questions, func(i uint16) bool { return b.reaches(t.Questions[i].Reaches, function) })
}

// differ reports whether the subject answers a question of a claim otherwise than the baseline's.
func (b *Baseline) differ(t *trace, h heard, known []int8, s *Subject, function int) bool {
	for _, i := range h.Questions {
		q := t.Questions[i]
		if !b.reaches(q.Reaches, function) {
			continue
		}
		if known[i] == 0 {
			known[i] = 2
			if q.answeredBy(s) {
				known[i] = 1
			}
		}
		if known[i] == 2 {
			return true
		}
	}
	return false
}

// reaches reports whether a set has a function; without a probe it may have any.
func (b *Baseline) reaches(set []uint16, function int) bool {
	if function == AnyFunction || !b.probed {
		return true
	}
	_, found := slices.BinarySearch(set, uint16(function))
	return found
}

// Search goes on where the baseline's drawn cases end, to the cases whose answers it keeps, until a subject answers otherwise
// and the claim that it is its specification notices. It is for what Notice leaves unnoticed.
func (b *Baseline) Search(s *Subject, function int, doing func(claim string, on func() string)) *Noticed {
	n := &Noticed{Asked: map[string]uint64{}, By: map[string]Notice{}}
	j := NewJudge(Enclosures)
	for _, k := range domain.Kinds() {
		claims := b.searchers(k, function)
		if len(claims) == 0 {
			continue
		}
		for i := b.drawn; i < b.searched(k); i++ {
			t := &trace{Kind: k, Index: i}
			c := b.caseOf(t)
			for _, p := range claims {
				if doing != nil {
					doing(p.ID, func() string { return b.name(t) })
				}
				n.Asked[p.Family()]++
				if askedBy(p, s, c) == b.answers[string(k)+" "+p.ID][i-b.drawn] {
					continue
				}
				if fault := b.judge(j, p, s, t); fault != "" {
					n.By[p.Family()] = Notice{Claim: p.ID, Case: b.name(t), Part: fault, After: n.Asked[p.Family()]}
					return n
				}
			}
		}
	}
	return n
}

// askedBy digests a subject's answers to what a claim about one operation, or about a pool, asks of it. A panic is an answer.
func askedBy(p *Property, s *Subject, c domain.Case) (sum uint32) {
	d := newDigest()
	defer func() {
		if r := recover(); r != nil {
			d.text(fmt.Sprint("panic: ", r))
			sum = uint32(d.sum() >> 32)
		}
	}()
	if script, ok := c.(*domain.Sequence); ok {
		err := replayed(s, script, func(m *moment) bool {
			d.word(movedDigest(m.moved, m.err, m.actions))
			d.word(snapshotDigest(m.after))
			return true
		})
		d.failure(err)
		return uint32(d.sum() >> 32)
	}
	a := operationNamed(p.Needs[0]).ask(s, domain.Clone(c))
	d.list(a.values)
	d.failure(a.err)
	return uint32(d.sum() >> 32)
}

// searchers are the claims on a kind that compare with the specification, and reach a function in the baseline.
func (b *Baseline) searchers(k domain.Kind, function int) []*Property {
	var list []*Property
	for _, t := range b.traces {
		if t.Kind != k || t.File != "" || !b.reaches(t.Reaches, function) {
			continue
		}
		for _, h := range t.Claims {
			if p, err := ByID(h.Claim); err == nil && p.Family() == bxVec.Family() && !slices.Contains(list, p) && b.meets(t, h, function) {
				list = append(list, p)
			}
		}
	}
	return list
}

// Add joins what a search found to what went before it.
func (n *Noticed) Add(m *Noticed) *Noticed {
	for family, asked := range m.Asked {
		n.Asked[family] += asked
	}
	for family, by := range m.By {
		by.After = n.Asked[family]
		n.By[family] = by
	}
	return n
}
