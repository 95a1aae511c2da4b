package interval

import (
	"fmt"
	"math/big"
	"testing"
)

// exponents are the exponential's hard arguments: at and around multiples of log 2 and of 1/128, tiny, of both signs.
func exponents() []*big.Float {
	log2 := oracleLog2().Lo()
	var all []*big.Float
	add := func(x *big.Float) { all = append(all, x, new(big.Float).Neg(x)) }
	for _, k := range []int64{1, 2, 3, 40, 100, 130} {
		for _, prec := range []uint{20, 53, 64, 128, 200} {
			for _, mode := range []big.RoundingMode{big.ToNegativeInf, big.ToPositiveInf} {
				x := directed(prec, mode)
				add(x.Mul(log2, new(big.Float).SetInt64(k)))
			}
		}
	}
	for _, e := range []int{-300, -128, -64, -30, -9, -8, -7, -6, -3, -1, 0, 2, 5} {
		add(new(big.Float).SetMantExp(big.NewFloat(1), e))
		add(new(big.Float).SetMantExp(big.NewFloat(1.9999), e))
		f := new(big.Float).SetInt(randomBits(seeded(), 250))
		add(f.SetMantExp(f, e-249))
	}
	return all
}

func oracleExpm1At(x *big.Float) Interval {
	r, _ := x.Rat(nil)
	return oracleExpm1(r.Num(), r.Denom())
}

func TestExponentialsContainTheValueWithinTheirPromise(t *testing.T) {
	for _, x := range exponents() {
		if x.MantExp(nil) > 6 { // the oracle's reach
			continue
		}
		less := oracleExpm1At(x)
		truth := At(4000).Add(integer(1), less)
		for _, prec := range precisions {
			promised(t, fmt.Sprintf("exp(%v)", x), At(prec).Exp(Point(x)), truth, prec)
			promised(t, fmt.Sprintf("expm1(%v)", x), At(prec).Expm1(Point(x)), less, prec)
		}
	}
}

// So close below a number of 42 bits lies eˣ − 1 here that twice the width the kernel needs would take the end beyond it: the scale has then no
// word to spare, and these are neighbours.
func TestExponentialsBesideANumberEndThere(t *testing.T) {
	const prec = 42
	for _, x := range []*big.Float{
		new(big.Float).SetMantExp(big.NewFloat(4_275_440), -30),
		new(big.Float).SetMantExp(big.NewFloat(8970), -20),
		new(big.Float).SetMantExp(big.NewFloat(26_683), -20),
	} {
		got, truth := At(prec).Expm1(Point(x)), oracleExpm1At(x)
		if !contains(got, truth) || ulps(got, prec).Cmp(one) != 0 {
			t.Errorf("e^%v − 1 = %v is %v ulps wide, want the neighbours of %v", x, got, ulps(got, prec), truth.Lo().Text('g', 30))
		}
	}
}

func TestLargeExponentialsKeepTheirPromise(t *testing.T) {
	for _, x := range []int64{100, 130, 1000, 1 << 20, 1<<29 + 1} {
		for _, sign := range []int64{1, -1} {
			point := integer(sign * x)
			for _, prec := range precisions {
				fine := At(4*prec + 64)
				promised(t, fmt.Sprintf("exp(%d)", sign*x), At(prec).Exp(point), fine.Exp(point), prec)
				promised(t, fmt.Sprintf("expm1(%d)", sign*x), At(prec).Expm1(point), fine.Expm1(point), prec)
				back := At(prec).Log(fine.Exp(point))
				if !contains(back, point) {
					t.Errorf("log(exp(%d)) at %d bits = %v", sign*x, prec, back)
				}
			}
		}
	}
}

func TestExponentialsOfZeroAreExact(t *testing.T) {
	for _, prec := range precisions {
		zero, a := integer(0), At(prec)
		if !equal(a.Exp(zero), integer(1)) || !equal(a.Expm1(zero), zero) {
			t.Errorf("exp 0, expm1 0 at %d bits = %v, %v", prec, a.Exp(zero), a.Expm1(zero))
		}
	}
}

// However little x > 0 is, eˣ is known not to be below 1, and to be near it.
func TestExponentialsOfTinyNumbersStayOnTheirSideOfOne(t *testing.T) {
	for _, prec := range precisions {
		a, step := At(prec), powerOf2(1-int(prec))
		above := new(big.Float).SetPrec(prec+1).Add(one, step)
		below := new(big.Float).SetPrec(prec+1).Sub(one, new(big.Float).SetMantExp(step, -1))
		for _, exponent := range []int{-1000, -5000, -1_000_000} {
			x := powerOf2(exponent)
			if got := a.Exp(Point(x)); !equal(got, New(one, above)) {
				t.Errorf("exp(2^%d) at %d bits = %v", exponent, prec, got)
			}
			if got := a.Exp(Point(x.Neg(x))); !contains(got, New(below, one)) || got.Lo().Cmp(below) < 0 && prec > 2 {
				t.Errorf("exp(−2^%d) at %d bits = %v", exponent, prec, got)
			}
		}
	}
}

func TestRemoteExponentialsGiveHonestHalfLines(t *testing.T) {
	a := At(24)
	limit := new(big.Float).SetMantExp(big.NewFloat(1), reach)
	bound := new(big.Float).SetMantExp(one, 1<<reach)
	for _, x := range []*big.Float{limit, new(big.Float).SetMantExp(one, 2_000_000_000)} {
		minus := Point(new(big.Float).Neg(x))
		if got := a.Exp(Point(x)); got.Lo().Cmp(bound) > 0 || got.Lo().Sign() <= 0 || !got.Hi().IsInf() {
			t.Errorf("exp(2^reach) = %v", got)
		}
		if got := a.Expm1(Point(x)); got.Lo().Cmp(bound) > 0 || got.Lo().Sign() <= 0 || !got.Hi().IsInf() {
			t.Errorf("expm1(2^reach) = %v", got)
		}
		if got := a.Exp(minus); got.Lo().Sign() != 0 || got.Hi().MantExp(nil) != 1-1<<reach {
			t.Errorf("exp(−2^reach) = %v", got)
		}
		if got := a.Expm1(minus); !equal(got, New(big.NewFloat(-1), big.NewFloat(-1+0x1p-24))) {
			t.Errorf("expm1(−2^reach) = %v", got)
		}
	}
	fine := new(big.Float).SetPrec(100).Sub(new(big.Float).SetPrec(100).SetMantExp(one, -100), one)
	if got := At(100).Expm1(Point(new(big.Float).Neg(limit))); !equal(got, New(big.NewFloat(-1), fine)) {
		t.Errorf("expm1(−2^reach) at 100 bits = %v", got)
	}
	if got := a.Exp(Entire()); !equal(got, span(0, infinity)) {
		t.Errorf("exp of the line = %v", got)
	}
	if got := a.Expm1(Entire()); !equal(got, span(-1, infinity)) {
		t.Errorf("expm1 of the line = %v", got)
	}
	if got := a.Exp(span(-infinity, 0)); !equal(got, span(0, 1)) {
		t.Errorf("exp of (−∞, 0] = %v", got)
	}
}

func TestExponentialOfAnIntervalIsTheHullOfItsEndsButForThreeUlps(t *testing.T) {
	for _, prec := range []uint{24, 64, 128, 256} {
		a, fine := At(prec), At(1000)
		for gap := range 60 {
			for _, lo := range []float64{-50.3, -0.7, -0x1p-9, 0, 0x1p-9, 0.4, 3, 99.25} {
				d := new(big.Float).SetMantExp(one, 1-2*gap)
				x := New(big.NewFloat(lo), new(big.Float).SetPrec(300).Add(big.NewFloat(lo), d))
				ends := [2]Interval{Point(x.lo), Point(x.hi)}
				checkCarried(t, fmt.Sprintf("exp(%v)", x), a.Exp(x), fine.Hull(fine.Exp(ends[0]), fine.Exp(ends[1])), prec)
				checkCarried(t, fmt.Sprintf("expm1(%v)", x), a.Expm1(x), fine.Hull(fine.Expm1(ends[0]), fine.Expm1(ends[1])), prec)
			}
		}
	}
}
