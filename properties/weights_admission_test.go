package properties

import (
	"testing"

	"github.com/trueweight/trueweight/properties/domain"
	"github.com/trueweight/trueweight/reference/exact"
)

var wtAdmission = []*Property{wtStored, wtFee, wtStart, wtPair, wtStep, wtBits, wtRest}

func TestAdmissionOfWeightsHolds(t *testing.T) {
	holdOnGenerated(t, wtAdmission, 23)
}

// The specification was written without these claims, so it is a second subject that they must not accuse.
func TestAdmissionOfWeightsHoldsOfTheSpecification(t *testing.T) {
	for _, rules := range []exact.Rules{exact.V2, exact.V3} {
		j, s := NewJudge(Enclosures), Exact(rules)
		for _, p := range wtAdmission {
			for i := range uint64(1000) {
				if c := domain.At(23, p.Kinds[0], i); j.Decide(p, s, c).Outcome == Violated {
					t.Errorf("%v: %s is violated on %s", rules, p.ID, domain.MarshalJSON(c))
					break
				}
			}
		}
	}
}

// A bound is where the claim says: at each, one unit makes the difference.
func TestStorageIsJudgedToTheUnit(t *testing.T) {
	half := []num{*newNum(5e17), *newNum(5e17)}
	given := func(edit func(*domain.Gradual)) *domain.Gradual {
		c := &domain.Gradual{EndTime: *newNum(10), Now: *newNum(3), StartWeights: []num{half[0], half[1]}, EndWeights: []num{half[0], half[1]}}
		edit(c)
		return c
	}
	for _, row := range []struct {
		name                   string
		c                      *domain.Gradual
		managed, bootstrapping bool // can be stored
	}{
		{"as it is", given(func(*domain.Gradual) {}), true, true},
		{"the last second", given(func(c *domain.Gradual) { c.EndTime = *newNum(1<<32 - 1) }), true, true},
		{"a second later", given(func(c *domain.Gradual) { c.EndTime = *newNum(1 << 32) }), false, false},
		{"a start too late", given(func(c *domain.Gradual) { c.StartTime = *newNum(1 << 32) }), false, false},
		{"all of 1", given(func(c *domain.Gradual) { c.EndWeights[1] = *newNum(1e18) }), true, true},
		{"a wei above 1", given(func(c *domain.Gradual) { c.EndWeights[1] = *newNum(1e18 + 1) }), true, false},
		{"64 bits", given(func(c *domain.Gradual) { c.StartWeights[0] = *newNum(1<<64 - 1) }), true, false},
		{"65 bits", given(func(c *domain.Gradual) { c.StartWeights[0] = num{0, 1} }), false, false},
		{"four tokens", given(func(c *domain.Gradual) { c.StartWeights, c.EndWeights = cycled(half, 4), cycled(half, 4) }), true, true},
		{"five tokens", given(func(c *domain.Gradual) { c.StartWeights, c.EndWeights = cycled(half, 5), cycled(half, 5) }), true, false},
		{"an end too few", given(func(c *domain.Gradual) { c.EndWeights = half[:1] }), false, false},
		{"an end too many", given(func(c *domain.Gradual) { c.EndWeights = cycled(half, 3) }), true, true},
	} {
		for i, p := range storages(Impl()) {
			want := []bool{row.managed, row.bootstrapping}[i]
			if v := p.admits(variant{row.name, row.c}); v.Outcome != Holds || (p.fault(row.c) == "") != want {
				t.Errorf("%s, %s: %v, fault %q, want one: %v", p.name, row.name, v.Outcome, p.fault(row.c), !want)
			}
		}
	}
}

// Of pairs made whole none is refused, and of their neighbours just those at the minimum are accepted.
func TestNeighboursOfPairsAreBesideTheBounds(t *testing.T) {
	whole := pairs{*newNum(17), {}, *new(num).SetAllOne(), {}}.whole()
	for i := range whole {
		for k, d := range whole.around(i) {
			accepted := Impl().VerifyBootstrappingWeights(d[0], d[1], d[2], d[3]) == nil
			if want := k == 0 || k == 3; accepted != want {
				t.Errorf("weight %d, neighbour %d %v: accepted %v, want %v", i, k, d, accepted, want)
			}
		}
	}
}
