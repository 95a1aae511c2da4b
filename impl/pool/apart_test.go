package pool

import (
	"slices"
	"testing"

	"github.com/holiman/uint256"

	"github.com/trueweight/trueweight/impl/weighted"
)

// copied returns a snapshot that shares no memory with s.
func copied(s Snapshot) Snapshot {
	for _, list := range []*[]uint256.Int{&s.Balances, &s.SetAside, &s.Rates, &s.Weights, &s.StartWeights, &s.EndWeights} {
		*list = slices.Clone(*list)
	}
	return s
}

// moving returns a pool in the middle of a change of weights, and what changes all else of its state.
func moving(t *testing.T, rules Rules) (p *Pool, disturb func(*Pool)) {
	p = holding(t, gradual(rules, Bootstrapping), 2e18, 1e18, 1e18)
	must(p.ChangeWeights(num(1e6+10), num(1e6+110), nums(6e17, 4e17)))
	must(p.Advance(num(60)))
	return p, func(p *Pool) {
		got(p.Swap(weighted.GivenIn, 0, 1, num(1e16)))
		must(p.Advance(num(10)))
		must(p.ChangeRate(0, num(2e18)))
		must(p.ChangeWeights(num(1e6+200), num(1e6+300), nums(7e17, 3e17)))
		must(p.Advance(num(200)))
		got(p.Swap(weighted.GivenOut, 1, 0, num(1e15)))
		got(p.JoinExactToken(1, num(1e17)))
	}
}

func TestASnapshotIsOfItsMoment(t *testing.T) {
	for _, rules := range []Rules{V2, V3} {
		p, disturb := moving(t, rules)
		got(p.Swap(weighted.GivenIn, 1, 0, num(1e16)))
		s := p.Snapshot()
		want := copied(s)
		disturb(p)
		if !equal(s, want) {
			t.Errorf("rules %d: the snapshot became\n%+v, it was\n%+v", rules, s, want)
		}
	}
}

func TestACloneIsAPoolOfItsOwn(t *testing.T) {
	for _, rules := range []Rules{V2, V3} {
		p, disturb := moving(t, rules)
		c := p.Clone()
		before := copied(p.Snapshot())
		if !equal(c.Snapshot(), before) {
			t.Errorf("rules %d: cloned\n%+v\nto\n%+v", rules, before, c.Snapshot())
		}
		disturb(p)
		if !equal(c.Snapshot(), before) {
			t.Errorf("rules %d: the pool changed its clone to\n%+v, from\n%+v", rules, c.Snapshot(), before)
		}
		after := copied(p.Snapshot())
		disturb(c)
		if !equal(p.Snapshot(), after) || !equal(c.Snapshot(), after) {
			t.Errorf("rules %d: what was done to both led to\n%+v and\n%+v", rules, p.Snapshot(), c.Snapshot())
		}
	}
}
