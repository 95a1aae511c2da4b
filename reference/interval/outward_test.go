package interval

import (
	"math/big"
	"testing"
)

// edges are 0 and numbers of 4 bits, of both signs and of different sizes: their sums, products and quotients need more than 3 bits.
func edges() []*big.Float {
	all := []*big.Float{big.NewFloat(-13), big.NewFloat(-1.125), big.NewFloat(-0.6875), new(big.Float)}
	return append(all, big.NewFloat(0.5625), big.NewFloat(0.9375), big.NewFloat(11))
}

// between [lo, hi] of rationals and one of numbers of prec bits there is nothing tighter.
func tightest(got Interval, lo, hi *big.Rat, prec int) bool {
	minus := floorAt(new(big.Rat).Neg(hi), prec)
	return rational(got.Lo()).Cmp(floorAt(lo, prec)) == 0 && rational(got.Hi()).Cmp(minus.Neg(minus)) == 0
}

// The exact result is the hull of the results at the ends; each end is rounded once, outward.
func TestOperationsOnIntervalsRoundEachEndOnceAndOutward(t *testing.T) {
	type operation struct {
		name     string
		interval func(a Arithmetic, x, y Interval) Interval
		exact    func(z, x, y *big.Rat) *big.Rat
	}
	ends := edges()
	for _, op := range []operation{
		{"+", Arithmetic.Add, (*big.Rat).Add}, {"−", Arithmetic.Sub, (*big.Rat).Sub},
		{"·", Arithmetic.Mul, (*big.Rat).Mul}, {"/", Arithmetic.Quo, (*big.Rat).Quo},
	} {
		eachPair(ends, func(x, y Interval) {
			if x.isPoint() && y.isPoint() || op.name == "/" && y.Lo().Sign() <= 0 && y.Hi().Sign() >= 0 {
				return
			}
			lo, hi := hull(x, y, op.exact)
			for prec := 2; prec <= 3; prec++ {
				if got := op.interval(At(uint(prec)), x, y); !tightest(got, lo, hi, prec) {
					t.Fatalf("%v %s %v at %d bits = %v, exactly [%v, %v]", x, op.name, y, prec, got, lo, hi)
				}
			}
		})
	}
}

// eachPair calls f with all pairs of intervals between the ends, which grow.
func eachPair(ends []*big.Float, f func(x, y Interval)) {
	var all []Interval
	for i, lo := range ends {
		for _, hi := range ends[i:] {
			all = append(all, New(lo, hi))
		}
	}
	for _, x := range all {
		for _, y := range all {
			f(x, y)
		}
	}
}

func hull(x, y Interval, f func(z, x, y *big.Rat) *big.Rat) (lo, hi *big.Rat) {
	for _, s := range []*big.Float{x.Lo(), x.Hi()} {
		for _, t := range []*big.Float{y.Lo(), y.Hi()} {
			v := f(new(big.Rat), rational(s), rational(t))
			if lo == nil || v.Cmp(lo) < 0 {
				lo = v
			}
			if hi == nil || v.Cmp(hi) > 0 {
				hi = v
			}
		}
	}
	return lo, hi
}

func TestQuotientsOfPointsRoundOutward(t *testing.T) {
	for _, x := range edges() {
		for _, y := range edges() {
			if y.Sign() == 0 {
				continue
			}
			exact := new(big.Rat).Quo(rational(x), rational(y))
			for prec := 2; prec <= 8; prec++ {
				if got := At(uint(prec)).Quo(Point(x), Point(y)); !tightest(got, exact, exact, prec) {
					t.Errorf("%v / %v at %d bits = %v, exactly %v", x, y, prec, got, exact)
				}
			}
		}
	}
}

// Between points sums and products lose nothing up to 1024 bits, at any precision, and round from 1025 on.
func TestPointsRoundFromTheFirstBitThatIsNotPromised(t *testing.T) {
	for _, prec := range []uint{2, 64, 1000} {
		a := At(prec)
		for bits := exactBits - 2; bits <= exactBits+2; bits++ {
			want := bits <= exactBits
			if got := a.Add(Point(powerOf2(bits-1)), Point(one)); got.isPoint() != want {
				t.Errorf("a sum of %d bits at %d is a point: %v", bits, prec, got.isPoint())
			}
			if got := a.Sub(Point(powerOf2(bits)), Point(one)); got.isPoint() != want {
				t.Errorf("a difference of %d bits at %d is a point: %v", bits, prec, got.isPoint())
			}
			// (2ⁿ+1)(2ᵐ+1) has n+m+1 bits if both are at least 2
			n, m := 512, bits-513
			x, y := new(big.Float).SetPrec(600).Add(powerOf2(n), one), new(big.Float).SetPrec(600).Add(powerOf2(m), one)
			if got := a.Mul(Point(x), Point(y)); got.isPoint() != want {
				t.Errorf("a product of %d bits at %d is a point: %v", bits, prec, got.isPoint())
			}
		}
	}
	if got := At(1100).Add(Point(powerOf2(1099)), Point(one)); !got.isPoint() {
		t.Errorf("a sum of 1100 bits at a precision of 1100 is no point")
	}
}

func TestIntegersHaveThePrecisionAskedForOrTheirOwn(t *testing.T) {
	for _, row := range []struct {
		prec uint
		n    *big.Int
		want uint
	}{{2, big.NewInt(3), 2}, {2, big.NewInt(9), 4}, {256, big.NewInt(3), 256}, {64, new(big.Int).Lsh(intOne, 99), 100}, {5, new(big.Int), 5}} {
		x := At(row.prec).Int(row.n)
		if got := x.Lo().Prec(); got != row.want || !x.isPoint() {
			t.Errorf("%v at %d bits has %d bits, want %d", row.n, row.prec, got, row.want)
		}
		if n, accuracy := x.Lo().Int(nil); n.Cmp(row.n) != 0 || accuracy != big.Exact {
			t.Errorf("%v at %d bits is %v", row.n, row.prec, x)
		}
	}
}

// Only what is known to be a point is compared and computed exactly later: no operation may forget it.
func TestExactOperationsOnPointsGivePoints(t *testing.T) {
	a, x := At(4), Point(big.NewFloat(0.3))
	for name, got := range map[string]Interval{
		"−x": a.Neg(x), "−(−x)": a.Neg(a.Neg(x)), "max(0, x)": a.Max0(x), "max(0, −x)": a.Max0(a.Neg(x)), "max(0, 0)": a.Max0(Point(new(big.Float))),
		"x+x": a.Add(x, x), "x−x": a.Sub(x, x), "x·x": a.Mul(x, x), "hull of x": a.Hull(x, x), "x": New(big.NewFloat(0.3), big.NewFloat(0.3)),
		"0/x": a.Quo(Point(new(big.Float)), x), "x/x": a.Quo(x, x),
	} {
		if !got.isPoint() {
			t.Errorf("%s = %v is no point", name, got)
		}
	}
	if Entire().isPoint() || (Interval{}).isPoint() || span(0, 1).isPoint() {
		t.Errorf("an interval of more than one number is a point")
	}
}
