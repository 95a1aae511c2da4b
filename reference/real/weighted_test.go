package real_test

import (
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/trueweight/trueweight/reference/interval"
	"github.com/trueweight/trueweight/reference/intpow"
	"github.com/trueweight/trueweight/reference/real"
)

// Whole numbers judge the formulas: for exponents p/q with p, q ≤ 6 the sign of what a formula gives less a
// whole number of wei is a comparison of integers. The numbers asked are the formula's own floor and its neighbours, so
// that one wei decides, and every third question is a tie by construction.

// An instance is one question: a formula, and the oracle's sign of the formula's value less a number of wei.
type instance struct {
	formula *real.Expr
	sign    func(wei *big.Int) int
	largest *big.Int // beyond it the oracle isn't asked; nil if there is no such number
}

func TestFormulasAgreeWithWholeNumbers(t *testing.T) {
	count := 20_000
	if testing.Short() {
		count = 1_000
	}
	for name, draw := range map[string]func(d drawer, tie bool) instance{
		"OutGivenIn":                 outGivenIn,
		"InGivenOut":                 inGivenOut,
		"Invariant":                  invariant,
		"Pow":                        pow,
		"BalanceGivenInvariantRatio": balanceGivenInvariantRatio,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := drawer{rand.New(rand.NewPCG(1, 2))}
			for i := range count {
				tie := i%3 == 0
				q := draw(d, tie)
				zeros := 0
				for _, wei := range q.questions(t) {
					got, want := signOf(t, q.formula, wei), q.sign(wei)
					if got != want {
						t.Fatalf("question %d: the formula less %v wei has the sign %d, in whole numbers %d", i, wei, got, want)
					}
					if got == 0 {
						zeros++
					}
				}
				if tie && zeros != 1 {
					t.Fatalf("question %d was made to be a tie, and %d of its numbers are", i, zeros)
				}
			}
		})
	}
}

// questions returns the whole numbers around the formula's value, from 0 to the largest one.
func (q instance) questions(t *testing.T) (list []*big.Int) {
	near := enclose(q.formula, 1024) // a swap's answer has at most 112 + 6·112 bits
	if near.Hi().IsInf() {
		t.Fatalf("the formula has no value: %v", near)
	}
	floor, _ := near.Hi().Int(nil)
	for offset := int64(-1); offset <= 1; offset++ {
		wei := new(big.Int).Add(floor, big.NewInt(offset))
		if wei.Sign() >= 0 && (q.largest == nil || wei.Cmp(q.largest) <= 0) {
			list = append(list, wei)
		}
	}
	return list
}

func TestValueGrowthIsOneExactlyWhereTheSwapIsATie(t *testing.T) {
	d := drawer{rand.New(rand.NewPCG(3, 4))}
	for i := range 2_000 {
		s := d.tiedSwap()
		for _, extra := range []int64{-1, 0, 1} {
			out := new(big.Int).Add(s.out, big.NewInt(extra))
			if out.Cmp(s.balanceOut) > 0 {
				continue
			}
			growth := real.ValueGrowth(
				[]*big.Int{whole(s.p), whole(s.q)},
				[]*big.Int{s.balanceIn, s.balanceOut},
				[]*big.Int{plus(s.balanceIn, s.in), new(big.Int).Sub(s.balanceOut, out)})
			want := intpow.SwapSign(s.balanceIn, s.in, s.balanceOut, out, s.p, s.q)
			if got := signOf(t, growth, big.NewInt(1)); got != want {
				t.Fatalf("swap %d, %d wei beyond the tie: the growth less 1 has the sign %d, in whole numbers %d", i, extra, got, want)
			}
		}
	}
}

func TestNoAmountPaysForTheWholeBalance(t *testing.T) {
	balance, weight := big.NewInt(1000), big.NewInt(0.5e18)
	for _, row := range []struct {
		out  int64
		pays bool
	}{{0, true}, {999, true}, {1000, false}, {1001, false}} {
		if got := real.InGivenOut(balance, weight, balance, weight, big.NewInt(row.out)); (got != nil) != row.pays {
			t.Errorf("some amount pays for %d wei of %v: %t, want %t", row.out, balance, got != nil, row.pays)
		}
	}
}

func TestZeroBalanceMakesTheInvariantZero(t *testing.T) {
	half := big.NewInt(0.5e18)
	v := real.Invariant([]*big.Int{big.NewInt(7), new(big.Int)}, []*big.Int{half, half})
	if equal, decided := v.Equals(new(big.Rat)); !equal || !decided {
		t.Errorf("invariant of 7 and 0 wei = 0: %t, decided %t", equal, decided)
	}
}

// signOf returns the sign of e − wei, decided by enclosures or, for a tie, by algebra.
func signOf(t *testing.T, e *real.Expr, wei *big.Int) int {
	t.Helper()
	target := interval.At(64).Int(wei)
	for _, prec := range []uint{128, 256, 512, 1024, 2048, 4096} {
		got := enclose(e, prec)
		switch {
		case target.Less(got) == interval.True:
			return 1
		case got.Less(target) == interval.True:
			return -1
		}
		if equal, decided := e.Equals(new(big.Rat).SetInt(wei)); equal && decided {
			return 0
		}
	}
	t.Fatalf("the sign of a formula less %v wei is undecided", wei)
	return 0
}

func enclose(e *real.Expr, prec uint) interval.Interval {
	return real.Eval(real.Arithmetic[interval.Interval](interval.At(prec)), e)
}

func outGivenIn(d drawer, tie bool) instance {
	s := d.swap(tie)
	return instance{
		real.OutGivenIn(s.balanceIn, s.weightIn(), s.balanceOut, s.weightOut(), s.in),
		// The trader who takes less than the formula gives leaves the pool something.
		func(out *big.Int) int { return intpow.SwapSign(s.balanceIn, s.in, s.balanceOut, out, s.p, s.q) },
		s.balanceOut,
	}
}

func inGivenOut(d drawer, tie bool) instance {
	s := d.swap(tie)
	return instance{
		real.InGivenOut(s.balanceIn, s.weightIn(), s.balanceOut, s.weightOut(), s.out),
		func(in *big.Int) int { return -intpow.SwapSign(s.balanceIn, in, s.balanceOut, s.out, s.p, s.q) },
		nil,
	}
}

// invariant draws two to four tokens, of weights pᵢ/Σp; Σp divides 10¹⁸. Balances cᵢ·rᵢ^Σp with the same c for all make
// a tie.
func invariant(d drawer, tie bool) instance {
	var p []uint
	total := uint(0)
	for total == 0 || 1_000_000_000_000_000_000%total != 0 {
		total, p = 0, nil
		for range 2 + d.IntN(3) {
			p = append(p, 1+d.UintN(6))
			total += p[len(p)-1]
		}
	}
	common := d.number(40)
	var balances, weights []*big.Int
	for _, n := range p {
		balance := d.number(112)
		if tie {
			balance = times(common, power(whole(1+d.UintN(50)), total))
		}
		balances = append(balances, balance)
		weights = append(weights, new(big.Int).Quo(times(big.NewInt(1e18), whole(n)), whole(total)))
	}
	return instance{
		real.Invariant(balances, weights),
		func(v *big.Int) int { return -intpow.InvariantSign(v, balances, p) },
		nil,
	}
}

// pow draws base^(p/q). A tie has the base (m/n)^q, where nᵖ and n^q divide 10¹⁸.
func pow(d drawer, tie bool) instance {
	p, q := 1+d.UintN(6), 1+d.UintN(6)
	base := d.number(70)
	if tie {
		base, _ = d.fixedPower(q)
	}
	return instance{
		real.Mul(real.Int64(1e18), real.Pow(real.Fixed(base), real.Quo(real.Int(whole(p)), real.Int(whole(q))))),
		func(v *big.Int) int { return -intpow.PowSign(v, base, p, q) },
		nil,
	}
}

// balanceGivenInvariantRatio draws a weight q/p and a ratio R. The value v is balance·R^(p/q) where
// v^q·10¹⁸ᵖ = balance^q·Rᵖ, with R in units of 10⁻¹⁸.
func balanceGivenInvariantRatio(d drawer, tie bool) instance {
	p := []uint{1, 2, 4, 5}[d.IntN(4)] // divisors of 10¹⁸
	q := 1 + d.UintN(p)
	balance, ratio := d.number(112), plus(big.NewInt(0.7e18), new(big.Int).Mod(d.number(80), big.NewInt(2.3e18)))
	if tie {
		var n uint
		ratio, n = d.fixedPower(q)
		balance = times(d.number(60), power(whole(n), p))
	}
	weight := new(big.Int).Quo(times(big.NewInt(1e18), whole(q)), whole(p))
	one := big.NewInt(1e18)
	return instance{
		real.BalanceGivenInvariantRatio(balance, weight, ratio),
		func(v *big.Int) int {
			left := times(power(ratio, p), power(balance, q))
			return left.Cmp(times(power(one, p), power(v, q)))
		},
		nil,
	}
}
