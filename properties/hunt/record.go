package hunt

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/trueweight/trueweight/properties"
	"github.com/trueweight/trueweight/properties/domain"
)

// A Record is what a hunt, or some of its shards, has found: of each claim the islands, as they are after their last generation.
type Record struct {
	Subject string
	Seed    uint64
	Shards  int
	Code    string   // names the code that was judged and that judged
	Alarms  []string // disagreements of the two arithmetics: faults of the harness

	claims []*claim // in the order of reports
}

// claim is what is known of one claim.
type claim struct {
	p       *properties.Property
	islands []*island // in the order of their numbers
}

// A Worst is the case that came closest to breaking a claim.
type Worst struct {
	Claim *properties.Property
	// Class is that of the case, as "kind/class", or properties.PoolValidClass for the closest case that a real pool could meet.
	Class  string
	Case   domain.Case
	Margin properties.Margin
	// Generation, Island and Step say when it was found.
	Generation uint64
	Island     int
	Step       uint64
}

// A Found is what is known of one claim.
type Found struct {
	Claim *properties.Property
	Tally Tally
	Worst []Worst // in the order of classes; none where no case had a margin
}

// Found lists what is known of each claim, in the order of reports.
func (r *Record) Found() []Found {
	list := make([]Found, len(r.claims))
	for i, c := range r.claims {
		list[i] = Found{Claim: c.p, Tally: c.tally()}
		for _, f := range c.best() {
			class := string(f.kind) + "/" + f.class
			if f.cell == poolValid {
				class = properties.PoolValidClass
			}
			list[i].Worst = append(list[i].Worst, Worst{c.p, class, f.c, f.margin, f.at.Generation, f.at.Island, f.at.Step})
		}
	}
	return list
}

// Tightest returns the worst of all classes, and the worst that is pool-valid; nil where there is none.
func (f *Found) Tightest() (all, pool *Worst) {
	for i := range f.Worst {
		switch w := &f.Worst[i]; {
		case w.Class == properties.PoolValidClass:
			pool = w
		case all == nil || w.Margin.Closer(all.Margin):
			all = w
		}
	}
	return all, pool
}

// Failures tells the stories of the failing cases that were found, each of which is judged again and simplified.
func (r *Record) Failures(s *properties.Subject) []*properties.Failure {
	var list []*properties.Failure
	j := properties.NewJudge(properties.Enclosures)
	for _, c := range r.claims {
		for _, f := range c.failing() {
			origin := fmt.Sprintf("a hunt under seed %d, %d shards: generation %d, island %d, step %d", r.Seed, r.Shards, f.at.Generation, f.at.Island, f.at.Step)
			list = append(list, j.Explain(c.p, s, f.c, j.Decide(c.p, s, f.c), origin))
		}
	}
	r.alarm(j.Alarms())
	return list
}

func (r *Record) alarm(more []string) {
	r.Alarms = slices.Concat(r.Alarms, more)
	slices.Sort(r.Alarms)
	r.Alarms = slices.Compact(r.Alarms)
}

func (r *Record) ids() []string {
	ids := make([]string, len(r.claims))
	for i, c := range r.claims {
		ids[i] = c.p.ID
	}
	return ids
}

func (c *claim) tally() (sum Tally) {
	for _, i := range c.islands {
		sum.add(i.tally)
	}
	return sum
}

// best returns the closest cases of all islands.
func (c *claim) best() (all archive) {
	for _, i := range c.islands {
		for _, f := range i.elites {
			all.put(f.cell, f.elite)
		}
	}
	return all
}

// failing returns the first failing case of each part, in the order they were found.
func (c *claim) failing() (all []*failing) {
	for _, i := range c.islands {
		for _, f := range i.failing {
			all = keepFirst(all, f)
		}
	}
	slices.SortFunc(all, func(f, g *failing) int { return f.at.compare(g.at) })
	return all
}

// comparable says why what two records know can't be put together, if it can't.
func (r *Record) comparable(o *Record) error {
	switch {
	case r.Subject != o.Subject:
		return fmt.Errorf("it is a hunt of %s, not of %s", o.Subject, r.Subject)
	case r.Seed != o.Seed:
		return fmt.Errorf("it is under seed %d, not %d", o.Seed, r.Seed)
	case r.Shards != o.Shards:
		return fmt.Errorf("it is in %d shards, not %d", o.Shards, r.Shards)
	case r.Code != o.Code:
		return fmt.Errorf("it was made by other code (%.12s…) than this (%.12s…): begin anew, or go back to that code", o.Code, r.Code)
	}
	return nil
}

// Merge puts together what two records of one hunt know: the islands of both, and of one that both hold its later generation. It is
// associative, commutative and idempotent, and changes neither.
func Merge(a, b *Record) (*Record, error) {
	if err := a.comparable(b); err != nil {
		return nil, err
	}
	r := &Record{Subject: a.Subject, Seed: a.Seed, Shards: a.Shards, Code: a.Code}
	r.alarm(slices.Concat(a.Alarms, b.Alarms))
	for _, p := range properties.All() {
		c := &claim{p: p}
		for _, from := range slices.Concat(a.claims, b.claims) {
			if from.p.ID == p.ID {
				c.islands = append(c.islands, from.islands...)
			}
		}
		if len(c.islands) > 0 {
			c.unite()
			r.claims = append(r.claims, c)
		}
	}
	return r, nil
}

// unite keeps one island of each number: that of the last generation. Two of one generation are the same.
func (c *claim) unite() {
	slices.SortStableFunc(c.islands, func(i, j *island) int {
		return cmp.Or(cmp.Compare(i.number, j.number), cmp.Compare(j.generations, i.generations))
	})
	c.islands = slices.CompactFunc(c.islands, func(i, j *island) bool { return i.number == j.number })
}
