package interval

import (
	"math/big"
	"testing"
)

// Every pair of small numbers is reduced to the nearest step of the table, and loses nothing.
func TestLogarithmsAreReducedToTheNearestStep(t *testing.T) {
	numbers := []int64{127, 128, 129, 255, 256, 257, 509, 510, 511, 512, 513, 1021, 1022, 1023, 1024, 1025, 1 << 40, 1<<40 + 1}
	for n := int64(1); n <= 40; n++ {
		numbers = append(numbers, n)
	}
	for _, n := range numbers {
		for _, d := range numbers {
			for _, shift := range []int{0, 7, -7} {
				var upper, lower big.Int
				top, bottom := new(big.Float).SetInt64(n), new(big.Float).SetInt64(d)
				e, j := reduce(&upper, &lower, top.SetMantExp(top, shift), bottom)
				m := new(big.Rat).SetFrac(&upper, &lower)
				whole := new(big.Rat).Quo(rational(powerOf2(int(e))), big.NewRat(1, 1))
				if whole.Mul(whole, m).Cmp(new(big.Rat).Quo(rational(top), rational(bottom))) != 0 {
					t.Fatalf("%v/%v is reduced to 2^%d·%v", top, bottom, e, m)
				}
				// |128·m − j| ≤ 1/2
				off := m.Sub(m.Mul(m, big.NewRat(steps, 1)), big.NewRat(j, 1))
				if j < steps || j >= 2*steps || off.Abs(off).Cmp(big.NewRat(1, 2)) > 0 {
					t.Fatalf("%v/%v is reduced to step %d, %v away", top, bottom, j, off)
				}
			}
		}
	}
}

func TestMantissasAreTheDigits(t *testing.T) {
	for _, row := range []struct {
		x      float64
		digits int64
		size   float64
	}{{1, 1, 0.5}, {6, 3, 0.75}, {0.15625, 5, 0.625}, {1 << 60, 1, 0.5}, {1<<53 - 1, 1<<53 - 1, 1 - 0x1p-53}} {
		var z big.Int
		if size := mantissa(&z, big.NewFloat(row.x)); size != row.size || z.Cmp(big.NewInt(row.digits)) != 0 {
			t.Errorf("%v has the digits %v and the size %v", row.x, &z, size)
		}
	}
}

func TestExponentialsAreSplitAtTheirStep(t *testing.T) {
	s := &scale{bits: 10}
	for v := range int64(1 << 10) {
		var z enclosure
		if j := s.split(&z, enclose(v, 5)); int64(j) != v/8 || z.v.Int64() != v%8 || z.w != 5 {
			t.Fatalf("[%d, +5] is split into %d and [%v, +%d]", v, j, &z.v, z.w)
		}
	}
}

// 2ᵏ·z − 1 on a scale of 4 bits: exact where no digits go, and within two units where some do.
func TestOneIsTakenFromPowersWithinTwoUnits(t *testing.T) {
	s := &scale{bits: modelBits}
	model(func(v int64, w uint64) {
		for k := int64(-8); k <= 8; k++ {
			z := enclose(v, w)
			left := s.lessOne(z, k)
			got := func(n int64) *big.Rat { return times2(big.NewRat(n, 1<<modelBits), left) }
			exactly := func(n int64) *big.Rat {
				r := times2(big.NewRat(n, 1<<modelBits), k)
				return r.Sub(r, big.NewRat(1, 1))
			}
			lo, hi := got(z.v.Int64()), got(z.v.Int64()+int64(z.w))
			below, above := new(big.Rat).Sub(exactly(v), lo), new(big.Rat).Sub(hi, exactly(v+int64(w)))
			limit := times2(big.NewRat(2, 1<<modelBits), left)
			if below.Sign() < 0 || above.Sign() < 0 || below.Cmp(limit) >= 0 || above.Cmp(limit) > 0 {
				t.Fatalf("2^%d·[%d, +%d]/16 − 1 = [%v, %v]", k, v, w, lo, hi)
			}
			if k == 0 && below.Sign()+above.Sign() > 0 {
				t.Fatalf("[%d, +%d]/16 − 1 = [%v, %v]", v, w, lo, hi)
			}
			if want := max(k, 0); left != want {
				t.Fatalf("2^%d·z − 1 has the exponent %d, want %d", k, left, want)
			}
		}
	})
}

func times2(r *big.Rat, k int64) *big.Rat { return r.Mul(r, rational(powerOf2(int(k)))) }

// Up to a relative width of 2⁻²⁰ an argument's width is carried to the result by an inequality; a wider argument's ends are evaluated.
func TestWidthsAreCarriedUpToTheirLimit(t *testing.T) {
	a, fine := At(100), At(300)
	for _, row := range []struct {
		w       *big.Float
		carried bool
	}{{powerOf2(-21), true}, {powerOf2(-20), true}, {new(big.Float).Add(powerOf2(-20), powerOf2(-60)), false}, {powerOf2(-19), false}} {
		end := new(big.Float).SetPrec(100).Add(one, row.w)
		unit := integer(1)

		got, exact := a.Log(New(one, end)), a.Log(Point(end)).Hi()
		if carried := got.Hi().Cmp(row.w) == 0; carried != row.carried || !carried && got.Hi().Cmp(exact) != 0 || got.Lo().Sign() != 0 {
			t.Errorf("log [1, 1 + %v] = %v", row.w, got)
		}
		got = a.LogRatio(unit, New(one, end))
		if lo := a.LogRatio(unit, Point(end)).Lo(); got.Lo().Cmp(lo) != 0 || (got.Hi().Sign() > 0) != row.carried {
			t.Errorf("log 1/[1, 1 + %v] = %v", row.w, got)
		}
		width := Point(row.w)
		bound := fine.Add(width, fine.Mul(width, width))
		zero := new(big.Float)
		got, exact = a.Expm1(New(zero, row.w)), a.Expm1(width).Hi()
		if carried := got.Hi().Cmp(bound.Hi()) == 0; carried != row.carried || !carried && got.Hi().Cmp(exact) != 0 || got.Lo().Sign() != 0 {
			t.Errorf("expm1 [0, %v] = %v", row.w, got)
		}
		bound = fine.Add(bound, unit)
		got, exact = a.Exp(New(zero, row.w)), a.Exp(width).Hi()
		if carried := got.Hi().Cmp(bound.Hi()) == 0; carried != row.carried || !carried && got.Hi().Cmp(exact) != 0 || got.Lo().Cmp(one) != 0 {
			t.Errorf("exp [0, %v] = %v", row.w, got)
		}
	}
}

// Deeper than 2^(−16384) the sum 1 + x is rounded: at 8 bits and the precision more.
func TestLog1pOfTheDeepestRoundsWhereItSays(t *testing.T) {
	if deepest != 16384 {
		t.Fatalf("the deepest exponent is %d", -deepest)
	}
	for _, prec := range []uint{2, 53} {
		edge := -deepest - 8 - int(prec) + 1
		got := At(prec).Log1p(Point(powerOf2(-1_000_000_000)))
		if got.Lo().Sign() != 0 || got.Hi().Cmp(powerOf2(edge)) > 0 || got.Hi().Cmp(powerOf2(edge-1)) <= 0 {
			t.Errorf("log(1 + 2^(−10⁹)) at %d bits = %v, want [0, 2^%d]", prec, got, edge)
		}
		for _, depth := range []int{deepest - 1, deepest} {
			x := powerOf2(-depth)
			promised(t, "log1p", At(prec).Log1p(Point(x)), New(new(big.Float).SetPrec(20_000).Sub(x, powerOf2(-2*depth)), x), prec)
		}
	}
}
