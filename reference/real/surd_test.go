package real

import (
	"math/big"
	"testing"
)

// aboveOne returns 1 + 2⁻ⁿ, a number of n + 1 bits: an enclosure of fewer reaches from 1 to the next number that has so few.
func aboveOne(n uint) *Expr {
	unit := new(big.Int).Lsh(big.NewInt(1), n)
	return Quo(Int(new(big.Int).Add(unit, big.NewInt(1))), Int(unit))
}

// An enclosure finer than a number's distance from 0 tells its sign, and one that reaches 0 does not. The finest has 2¹⁵ bits.
func TestSignsAreToldWhereTheFinestEnclosureKeepsAwayFromZero(t *testing.T) {
	for _, row := range []struct {
		name string
		bits uint // of a number x > 1 that fewer do not tell from 1
		want int
	}{
		{"the coarsest precision", 128, 1},
		{"one bit beyond the coarsest", 129, 1},
		{"one bit beyond the last but one", 1<<14 + 1, 1},
		{"the finest precision", 1 << 15, 1},
		{"one bit beyond the finest", 1<<15 + 1, 0},
	} {
		x, twice := aboveOne(row.bits-1), aboveOne(row.bits-2) // 2x − 1 is twice as far from 1
		for _, e := range []struct {
			name string
			x    *Expr
			want int
		}{
			{"x − 1", Sub(x, Int64(1)), row.want},
			{"1 − x", Sub(Int64(1), x), -row.want},
			{"(2x − 1) − x", Sub(twice, x), row.want},
			{"x − (2x − 1)", Sub(x, twice), -row.want},
		} {
			if got := signOf(e.x); got != e.want {
				t.Errorf("%s: the sign of %s is %d, want %d", row.name, e.name, got, e.want)
			}
		}
	}
}
