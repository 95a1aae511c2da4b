package hunt

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"math/bits"
	"slices"

	"github.com/trueweight/trueweight/properties"
	"github.com/trueweight/trueweight/properties/domain"
)

// Islands is the number of populations that a hunt for one claim is divided into, whatever the number of cores.
const Islands = 64

// generation is how many cases an island asks between two exchanges. A script counts as many as it has steps.
const generation = 16

// A place says when a case was found: of equal margins the one of the least place is kept.
type place struct {
	Generation uint64 `json:"generation"`
	Island     int    `json:"island"`
	Step       uint64 `json:"step"`
}

func (a place) compare(b place) int {
	return cmp.Or(cmp.Compare(a.Generation, b.Generation), cmp.Compare(a.Island, b.Island), cmp.Compare(a.Step, b.Step))
}

// An elite is the case that came closest in its cell.
type elite struct {
	c      domain.Case
	margin properties.Margin
	at     place
}

// beats reports whether e is to be kept rather than f.
func (e *elite) beats(f *elite) bool {
	return e.margin.Closer(f.margin) || !f.margin.Closer(e.margin) && e.at.compare(f.at) < 0
}

// A cell is what one elite is kept for: a class of a kind, or, with no class, all that a real pool could meet.
type cell struct {
	kind  domain.Kind
	class string
}

var poolValid = cell{}

func (a cell) compare(b cell) int {
	return cmp.Or(cmp.Compare(a.kind, b.kind), cmp.Compare(a.class, b.class))
}

// archive holds an elite a cell, in the order of cells, so that it is a function of what it holds.
type archive []filled

type filled struct {
	cell
	*elite
}

// offer keeps e where it beats what is there.
func (a *archive) offer(e *elite) {
	a.put(cell{e.c.Kind(), e.c.Class()}, e)
	if e.c.PoolValid() {
		a.put(poolValid, e)
	}
}

func (a *archive) put(at cell, e *elite) {
	i, found := slices.BinarySearchFunc(*a, at, func(f filled, c cell) int { return f.compare(c) })
	switch {
	case !found:
		*a = slices.Insert(*a, i, filled{at, e})
	case e.beats((*a)[i].elite):
		(*a)[i].elite = e
	}
}

// A Tally counts the verdicts of a hunt. A script counts as many as it has steps.
type Tally struct {
	Holds     uint64 `json:"holds"`
	Vacuous   uint64 `json:"vacuous,omitempty"`
	Known     uint64 `json:"known,omitempty"`
	Violated  uint64 `json:"violated,omitempty"`
	Undecided uint64 `json:"undecided,omitempty"`
}

// Judged returns the number of cases on which the claim said something.
func (t Tally) Judged() uint64 { return t.Holds + t.Known + t.Violated + t.Undecided }

// asked returns the number of cases, judged or vacuous.
func (t Tally) asked() uint64 { return t.Judged() + t.Vacuous }

func (t *Tally) add(o Tally) {
	t.Holds += o.Holds
	t.Vacuous += o.Vacuous
	t.Known += o.Known
	t.Violated += o.Violated
	t.Undecided += o.Undecided
}

func (t *Tally) count(v properties.Verdict) {
	if v.Steps != nil {
		t.Holds += v.Steps.Holds
		t.Vacuous += v.Steps.Vacuous
		for _, n := range v.Steps.Known {
			t.Known += n
		}
	}
	switch {
	case v.Outcome == properties.Violated:
		t.Violated++
	case v.Outcome == properties.Undecided:
		t.Undecided++
	case v.Steps != nil && v.Steps.Holds+v.Steps.Vacuous+uint64(len(v.Steps.Known)) > 0:
	case v.Outcome == properties.Holds:
		t.Holds++
	case v.Outcome == properties.Vacuous:
		t.Vacuous++
	case v.Outcome == properties.Known:
		t.Known++
	}
}

// A failing case is the first on which a part of the claim was violated, or undecided.
type failing struct {
	c       domain.Case
	outcome properties.Outcome
	part    string
	at      place
}

// An island is a population that hunts for one claim: what it knows after a number of generations.
type island struct {
	number      int
	generations uint64
	tally       Tally
	elites      archive
	failing     []*failing
}

// live asks one generation of cases. decide judges one.
func (i *island) live(seed uint64, p *properties.Property, decide func(domain.Case) properties.Verdict) {
	key := sha256.Sum256(fmt.Appendf(nil, "hunt %s %d", p.ID, i.number))
	s := domain.Stream(seed, string(key[:16]), i.generations)
	end := i.tally.asked() + generation
	for step := uint64(0); i.tally.asked() < end; step++ {
		c := i.next(s, p)
		v := decide(c)
		i.tally.count(v)
		at := place{i.generations, i.number, step}
		switch {
		case v.Outcome == properties.Violated || v.Outcome == properties.Undecided:
			i.fail(&failing{c, v.Outcome, v.Part, at})
		case v.Outcome == properties.Holds && v.Margin != (properties.Margin{}):
			i.elites.offer(&elite{c, v.Margin, at})
		}
	}
	i.generations++
}

// next draws a case: a fresh one, or a neighbour of one that came close.
func (i *island) next(s domain.Source, p *properties.Property) domain.Case {
	if len(i.elites) == 0 || s.Choose(4) == 0 {
		return domain.Generate(p.Kinds[s.Choose(len(p.Kinds))], s)
	}
	return domain.Neighbour(i.parent(s).c, i.any(s).c, s)
}

func (i *island) any(s domain.Source) *elite { return i.elites[s.Choose(len(i.elites))].elite }

// parent chooses the closest of a few elites that is not tight: beyond those nothing is left to find but a violation. So
// the closest of all classes has the most neighbours, and the others go on.
func (i *island) parent(s domain.Source) *elite {
	if first := i.elites[0]; first.cell == poolValid && s.Choose(4) == 0 {
		return first.elite
	}
	best := i.any(s)
	for range s.Choose(8) {
		if e := i.any(s); best.margin.Tight() || !e.margin.Tight() && e.margin.Closer(best.margin) {
			best = e
		}
	}
	return best
}

// fail keeps the first failing case of each part.
func (i *island) fail(f *failing) { i.failing = keepFirst(i.failing, f) }

func keepFirst(list []*failing, f *failing) []*failing {
	for k, g := range list {
		if g.part == f.part && g.outcome == f.outcome {
			if f.at.compare(g.at) < 0 {
				list[k] = f
			}
			return list
		}
	}
	return append(list, f)
}

// exchange gives every island what another one held before: in a ring, the one 1, 2, 4, 8 … places before it, a
// distance for each generation in turn. So what one finds is everywhere after a few generations, and not at once.
func exchange(ring []*island) {
	held := make([]archive, len(ring))
	for i, from := range ring {
		held[i] = slices.Clone(from.elites)
	}
	distance := 1
	if n := uint64(bits.Len(uint(len(ring) - 1))); n > 0 {
		distance = 1 << (ring[0].generations % n)
	}
	for i, to := range ring {
		for _, f := range held[(i+len(ring)-distance)%len(ring)] {
			to.elites.offer(f.elite)
		}
	}
}
