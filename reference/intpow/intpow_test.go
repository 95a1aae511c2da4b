package intpow

import (
	"math/big"
	"testing"
)

// The brute force of these tests multiplies big.Rats one factor at a time, on every input of a small domain.

func rat(numerator, denominator int64) *big.Rat { return big.NewRat(numerator, denominator) }

func repeated(x *big.Rat, n uint) *big.Rat {
	product := rat(1, 1)
	for range n {
		product.Mul(product, x)
	}
	return product
}

// tally counts the signs seen, so that a test can tell that its domain has all three.
type tally map[int]int

func (seen tally) check(t *testing.T) {
	t.Helper()
	if seen[-1] == 0 || seen[0] == 0 || seen[1] == 0 || len(seen) != 3 {
		t.Errorf("signs seen: %v, want each of −1, 0, +1", seen)
	}
}

func TestSwapSignComparesGrowthOfTheTokenInWithShrinkingOfTheTokenOut(t *testing.T) {
	seen := tally{}
	for bIn := int64(1); bIn <= 6; bIn++ {
		for in := int64(0); in <= 6; in++ {
			for bOut := int64(1); bOut <= 6; bOut++ {
				for out := int64(0); out <= bOut; out++ {
					for p := uint(1); p <= 4; p++ {
						for q := uint(1); q <= 4; q++ {
							got := SwapSign(big.NewInt(bIn), big.NewInt(in), big.NewInt(bOut), big.NewInt(out), p, q)
							growth := repeated(rat(bIn+in, bIn), p)
							growth.Mul(growth, repeated(rat(bOut-out, bOut), q))
							if want := growth.Cmp(rat(1, 1)); got != want {
								t.Fatalf("SwapSign(%d, %d, %d, %d, %d, %d) = %d, want %d", bIn, in, bOut, out, p, q, got, want)
							}
							seen[got]++
						}
					}
				}
			}
		}
	}
	seen.check(t)
}

func TestInvariantSignComparesWithTheWeightedProduct(t *testing.T) {
	seen := tally{}
	for value := int64(0); value <= 6; value++ {
		for a := int64(0); a <= 6; a++ {
			for b := int64(0); b <= 6; b++ {
				for c := int64(0); c <= 3; c++ {
					for pq := range uint(3 * 3 * 3) {
						p := []uint{1 + pq%3, pq / 3 % 3, pq / 9}
						got := InvariantSign(big.NewInt(value), []*big.Int{big.NewInt(a), big.NewInt(b), big.NewInt(c)}, p)
						product := repeated(rat(a, 1), p[0])
						product.Mul(product, repeated(rat(b, 1), p[1])).Mul(product, repeated(rat(c, 1), p[2]))
						if want := repeated(rat(value, 1), p[0]+p[1]+p[2]).Cmp(product); got != want {
							t.Fatalf("InvariantSign(%d, [%d %d %d], %v) = %d, want %d", value, a, b, c, p, got, want)
						}
						seen[got]++
					}
				}
			}
		}
	}
	seen.check(t)
}

func TestPowSignComparesWithThePower(t *testing.T) {
	seen := tally{}
	for value := int64(0); value <= 40; value++ {
		for base := int64(0); base <= 40; base++ {
			for p := uint(0); p <= 4; p++ {
				for q := uint(1); q <= 4; q++ {
					got := PowSign(big.NewInt(value*1e17), big.NewInt(base*1e17), p, q) // steps of 0.1 up to 4
					want := repeated(rat(value, 10), q).Cmp(repeated(rat(base, 10), p))
					if got != want {
						t.Fatalf("PowSign(%d/10, %d/10, %d, %d) = %d, want %d", value, base, p, q, got, want)
					}
					seen[got]++
				}
			}
		}
	}
	seen.check(t)
}

func TestOneWeiDecides(t *testing.T) {
	// 4^(1/2) = 2 exactly, and 100·100 = 125·80: a tie, and a wei to either side of it.
	for delta := int64(-1); delta <= 1; delta++ {
		if got := PowSign(big.NewInt(2e18+delta), big.NewInt(4e18), 1, 2); got != int(delta) {
			t.Errorf("PowSign at %+d wei = %d", delta, got)
		}
		if got := SwapSign(big.NewInt(100e16), big.NewInt(25e16), big.NewInt(100e16), big.NewInt(20e16-delta), 1, 1); got != int(delta) {
			t.Errorf("SwapSign at %+d wei = %d", delta, got)
		}
		if got := InvariantSign(big.NewInt(6e17+delta), []*big.Int{big.NewInt(4e17), big.NewInt(9e17)}, []uint{1, 1}); got != int(delta) {
			t.Errorf("InvariantSign at %+d wei = %d", delta, got)
		}
	}
}

func TestArgumentsAreNotChanged(t *testing.T) {
	args := []*big.Int{big.NewInt(7), big.NewInt(3), big.NewInt(9), big.NewInt(2)}
	SwapSign(args[0], args[1], args[2], args[3], 3, 2)
	InvariantSign(args[0], args[1:], []uint{1, 2, 3})
	PowSign(args[0], args[1], 3, 2)
	for i, want := range []int64{7, 3, 9, 2} {
		if !args[i].IsInt64() || args[i].Int64() != want {
			t.Errorf("argument %d became %v, want %d", i, args[i], want)
		}
	}
}
