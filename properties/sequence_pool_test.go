package properties

import (
	"testing"

	"github.com/trueweight/trueweight/properties/domain"
	"github.com/trueweight/trueweight/reference/exact"
)

// The claims about a pool's terms, schedule and books were written without the specification's pool, and hold of it.
func TestClaimsAboutAPoolHoldOfTheSpecifications(t *testing.T) {
	j := NewJudge(Enclosures)
	for _, p := range []*Property{stTerms, stSchedule, stClone, stAdmit, stBooks, stParts} {
		for i := range uint64(60) {
			c := domain.At(2, domain.KindSequence, i)
			if v := j.Decide(p, Exact(exact.V3), c); v.Outcome == Violated || v.Outcome == Undecided {
				t.Fatalf("%s, script %d: %s: %s, want %s", p.ID, i, v.Part, v.Got, v.Want)
			}
		}
	}
}

// A bound that no neighbour stands beside would be judged by chance: of every kind, some are created and some refused, for every thing that can be wrong.
func TestNeighboursStandOnBothSidesOfEveryBound(t *testing.T) {
	seen := map[[2]int]bool{}
	for i := range uint64(400) {
		config := configOf(domain.At(1, domain.KindSequence, i).(*domain.Sequence))
		if !creatable(&config) {
			continue
		}
		kind := [2]int{int(config.Rules), int(config.Kind)}
		if seen[kind] {
			continue
		}
		seen[kind] = true
		terms := termsOf(config.Rules, config.Kind)
		created, refused := map[string]bool{}, map[string]bool{}
		for _, c := range besideBounds(config) {
			side := refused
			if creatable(&c) {
				side = created
			}
			side["swap fee "+c.SwapFee.Dec()] = true
			side["protocol fee "+c.ProtocolFee.Dec()] = true
			side["tokens "+newNum(uint64(len(c.Weights))).Dec()] = true
		}
		text := func(what string, n uint64) string { return what + " " + newNum(n).Dec() }
		for _, bound := range []string{text("swap fee", terms.minFee), text("swap fee", terms.maxFee), "protocol fee 500000000000000000",
			text("tokens", uint64(terms.least)), text("tokens", uint64(terms.most))} {
			if !created[bound] {
				t.Errorf("%v: nothing is created with %s", kind, bound)
			}
		}
		for _, beyond := range []string{text("swap fee", terms.minFee-1), text("swap fee", terms.maxFee+1), "protocol fee 500000000000000001", text("tokens", uint64(terms.least-1))} {
			if !refused[beyond] || created[beyond] {
				t.Errorf("%v: nothing is refused for %s", kind, beyond)
			}
		}
	}
	if len(seen) != 7 {
		t.Errorf("%d kinds of pools were drawn, want the 7 of the table", len(seen))
	}
}
