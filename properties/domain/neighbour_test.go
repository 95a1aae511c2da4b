package domain

import (
	"testing"

	"github.com/holiman/uint256"
)

// A neighbour is a case like any other: its codecs read back what they wrote, which holds its lists and small numbers to their limits.
func TestANeighbourIsACaseOfItsKindAndClass(t *testing.T) {
	for _, k := range Kinds() {
		s := Stream(1, "neighbours", 0)
		c, mate := At(1, k, 0), At(1, k, 1)
		for i := range uint64(300) {
			before, mateBefore := string(Encode(c)), string(Encode(mate))
			d := Neighbour(c, mate, s)
			if string(Encode(c)) != before || string(Encode(mate)) != mateBefore {
				t.Fatalf("%s: a neighbour of %s changed it, or its mate %s", k, MarshalJSON(c), MarshalJSON(mate))
			}
			if d.Kind() != k || d.Class() != c.Class() {
				t.Fatalf("%s/%s has a neighbour %s/%s", k, c.Class(), d.Kind(), d.Class())
			}
			e, err := UnmarshalJSON(MarshalJSON(d))
			if err != nil || !Equal(d, e) {
				t.Fatalf("%s reads back as %v, %v", MarshalJSON(d), e, err)
			}
			if c, mate = d, At(1, k, i); i%20 == 19 { // walk on, now and then from elsewhere
				c = At(1, k, i+1000)
			}
		}
	}
}

func TestNeighboursAreAFunctionOfTheirSource(t *testing.T) {
	for _, k := range Kinds() {
		c, mate := At(2, k, 3), At(2, k, 4)
		s, same := Stream(5, "x", 6), Stream(5, "x", 6)
		for range 50 {
			if a, b := Neighbour(c, mate, s), Neighbour(c, mate, same); !Equal(a, b) {
				t.Fatalf("%s and %s", MarshalJSON(a), MarshalJSON(b))
			}
		}
	}
}

// Whatever is one simple change away is found: each line is one, of the fields that a swap has.
func TestNeighboursReach(t *testing.T) {
	c := &Swap{BalanceIn: u(123_456_789), WeightIn: u(3), BalanceOut: u(77), WeightOut: u(5), Amount: u(1000), Fee: u(9)}
	mate := &Swap{BalanceIn: u(31), Amount: u(8)}
	for name, reached := range map[string]func(*Swap) bool{
		"a wei more":           func(d *Swap) bool { return d.Amount == u(1001) },
		"a wei less":           func(d *Swap) bool { return d.Amount == u(999) },
		"half":                 func(d *Swap) bool { return d.Amount == u(500) },
		"twice":                func(d *Swap) bool { return d.Amount == u(2000) },
		"round down":           func(d *Swap) bool { return d.BalanceIn == u(123_000_000) },
		"round up":             func(d *Swap) bool { return d.BalanceIn == u(124_000_000) },
		"a wei below round":    func(d *Swap) bool { return d.BalanceIn == u(122_999_999) },
		"the number beside":    func(d *Swap) bool { return d.Amount == u(123_456_789) },
		"the mate's":           func(d *Swap) bool { return d.Amount == u(8) && d.BalanceIn != u(31) },
		"all of the mate's":    func(d *Swap) bool { return d.Amount == u(8) && d.BalanceIn == u(31) },
		"a boundary":           func(d *Swap) bool { return d.Amount == u(One) },
		"other decimals":       func(d *Swap) bool { return d.DecimalsIn == 18 },
		"two fields at a time": func(d *Swap) bool { return d.Amount != c.Amount && d.Fee != c.Fee && d.BalanceIn == c.BalanceIn },
		"the last of its digits": func(d *Swap) bool {
			return d.BalanceIn.Uint64()>>6 == 123_456_789>>6 && d.BalanceIn.Uint64()%64 > 32
		},
	} {
		s, found := Stream(1, "reach", 0), false
		for range 40_000 {
			if d := Neighbour(c, mate, s).(*Swap); reached(d) {
				found = true
				break
			}
		}
		if !found {
			t.Errorf("%s is not reached", name)
		}
	}
}

// Weights mean little unless they sum to ONE: most neighbours of a pool are one.
func TestMostNeighboursOfAPoolAreOne(t *testing.T) {
	c := &Invariant{Weights: []uint256.Int{u(One / 2), u(One / 4), u(One / 4)}, Balances: []uint256.Int{u(One), u(5 * One), u(7)}}
	s, valid, moved := Stream(1, "pools", 0), 0, 0
	const n = 4000
	for range n {
		d := Neighbour(c, c, s).(*Invariant)
		if d.PoolValid() {
			valid++
			if d.Weights[0] != c.Weights[0] {
				moved++
			}
		}
	}
	if valid < n*3/4 || moved < n/20 {
		t.Errorf("of %d neighbours %d are pools, want three quarters, and %d of them have other weights, want a twentieth", n, valid, moved)
	}
}
