package interval

import (
	"math"
	"math/big"
	"testing"
)

var infinity = math.Inf(1)

// spans are all intervals between small integers.
func spans() []Interval {
	ends := []float64{-4, -2, -1, 0, 1, 2, 4}
	var all []Interval
	for i, lo := range ends {
		for _, hi := range ends[i:] {
			all = append(all, span(lo, hi))
		}
	}
	return all
}

func finite(x *big.Float) float64 { f, _ := x.Float64(); return f }

// corners is the hull of f at the four corners of x × y.
func corners(x, y Interval, f func(s, t float64) float64) Interval {
	lo, hi := infinity, -infinity
	for _, s := range []*big.Float{x.Lo(), x.Hi()} {
		for _, t := range []*big.Float{y.Lo(), y.Hi()} {
			v := f(finite(s), finite(t))
			lo, hi = min(lo, v), max(hi, v)
		}
	}
	return span(lo, hi)
}

func equal(x, y Interval) bool { return contains(x, y) && contains(y, x) }

func TestOperationsOnIntervalsAreTheHullOfTheirCorners(t *testing.T) {
	a := At(53)
	for _, x := range spans() {
		for _, y := range spans() {
			for _, op := range []struct {
				name     string
				interval func(x, y Interval) Interval
				real     func(s, t float64) float64
			}{
				{"+", a.Add, func(s, t float64) float64 { return s + t }},
				{"−", a.Sub, func(s, t float64) float64 { return s - t }},
				{"·", a.Mul, func(s, t float64) float64 { return s * t }},
				{"/", a.Quo, func(s, t float64) float64 { return s / t }},
			} {
				if op.name == "/" && y.Lo().Sign() <= 0 && y.Hi().Sign() >= 0 {
					continue
				}
				if got, want := op.interval(x, y), corners(x, y, op.real); !equal(got, want) {
					t.Errorf("%v %s %v = %v, want %v", x, op.name, y, got, want)
				}
			}
			if got := a.Hull(x, y); !contains(got, x) || !contains(got, y) ||
				got.Lo() != least(x.Lo(), y.Lo()) || got.Hi() != greatest(x.Hi(), y.Hi()) {
				t.Errorf("hull of %v and %v = %v", x, y, got)
			}
		}
	}
}

func TestMax0IsTheHullOfItsEnds(t *testing.T) {
	for _, x := range append(spans(), span(-infinity, -1), span(-infinity, 1), span(1, infinity), Entire(), Interval{}) {
		lo, hi := finite(x.Lo()), finite(x.Hi())
		want := span(max(lo, 0), max(hi, 0))
		got := At(53).Max0(x)
		if !equal(got, want) || got.isPoint() != (got.Lo().Cmp(got.Hi()) == 0) {
			t.Errorf("max(0, %v) = %v, want %v", x, got, want)
		}
	}
}

func TestUnboundedAndUndefinedOperations(t *testing.T) {
	a := At(53)
	entire := Entire()
	for _, row := range []struct {
		name      string
		got, want Interval
	}{
		{"1/0", a.Quo(span(1, 1), span(0, 0)), entire},
		{"0/0", a.Quo(span(0, 0), span(0, 0)), entire},
		{"1/[−1,1]", a.Quo(span(1, 1), span(-1, 1)), entire},
		{"[1,2]/[0,4]", a.Quo(span(1, 2), span(0, 4)), span(0.25, infinity)},
		{"[1,2]/[−4,0]", a.Quo(span(1, 2), span(-4, 0)), span(-infinity, -0.25)},
		{"[−2,−1]/[0,4]", a.Quo(span(-2, -1), span(0, 4)), span(-infinity, -0.25)},
		{"[−2,1]/[0,4]", a.Quo(span(-2, 1), span(0, 4)), entire},
		{"[0,1]/[0,4]", a.Quo(span(0, 1), span(0, 4)), span(0, infinity)},
		{"[−1,0]/[0,4]", a.Quo(span(-1, 0), span(0, 4)), span(-infinity, 0)},
		{"[1,2]/[4,∞]", a.Quo(span(1, 2), span(4, infinity)), span(0, 0.5)},
		{"[−∞,2]/[4,∞]", a.Quo(span(-infinity, 2), span(4, infinity)), span(-infinity, 0.5)},
		{"[1,∞]·[0,2]", a.Mul(span(1, infinity), span(0, 2)), span(0, infinity)},
		{"0·entire", a.Mul(span(0, 0), entire), span(0, 0)},
		{"entire·entire", a.Mul(entire, Interval{}), entire},
		{"[−∞,−1]·[2,3]", a.Mul(span(-infinity, -1), span(2, 3)), span(-infinity, -2)},
		{"[−∞,−1]·[−1,3]", a.Mul(span(-infinity, -1), span(-1, 3)), entire},
		{"entire+1", a.Add(Interval{}, span(1, 1)), entire},
		{"[1,∞]−[1,∞]", a.Sub(span(1, infinity), span(1, infinity)), entire},
		{"−[1,∞]", a.Neg(span(1, infinity)), span(-infinity, -1)},
		{"hull", a.Hull(Interval{}, span(1, 1)), entire},
	} {
		if !equal(row.got, row.want) {
			t.Errorf("%s = %v, want %v", row.name, row.got, row.want)
		}
	}
}

func TestPointsStayExactBeyondThePrecision(t *testing.T) {
	a := At(16)
	b := a.Int(new(big.Int).Lsh(intOne, 256))
	if got := a.Sub(a.Add(b, integer(1)), b); !got.isPoint() || got.Lo().Cmp(one) != 0 {
		t.Errorf("(b+1)−b = %v", got)
	}
	odd := a.Int(new(big.Int).Sub(new(big.Int).Lsh(intOne, 256), intOne))
	square := a.Mul(odd, odd)
	if fourth := a.Mul(square, square); !fourth.isPoint() || fourth.Lo().MinPrec() != exactBits {
		t.Errorf("(2²⁵⁶−1)⁴ has %d bits", fourth.Lo().MinPrec())
	}
	huge := randomBits(seeded(), 5000)
	if got, _ := a.Int(huge).Lo().Int(nil); got.Cmp(huge) != 0 {
		t.Errorf("Int lost digits of an integer of 5000 bits")
	}
	fifth := a.Mul(a.Mul(square, square), odd)
	promised(t, "(2²⁵⁶−1)⁵", fifth, At(2048).Mul(At(2048).Mul(square, square), odd), 16)
}

func TestPointOperationsKeepTheirWidth(t *testing.T) {
	r := seeded()
	for range 300 {
		prec := uint(2 + r.IntN(80))
		a, fine := At(prec), At(prec+2000)
		x, y := a.Int(randomBits(r, 1+r.IntN(900))), a.Neg(a.Int(randomBits(r, 1+r.IntN(900))))
		promised(t, "x/y", a.Quo(x, y), fine.Quo(x, y), prec)
		far := Point(new(big.Float).SetMantExp(one, 1200+r.IntN(300)))
		promised(t, "2ⁿ+x", a.Add(far, x), fine.Add(far, x), prec)
		promised(t, "y−2ⁿ", a.Sub(y, far), fine.Sub(y, far), prec)
	}
}

func TestPrecIsWhatAtWasGiven(t *testing.T) {
	if got := At(77).Prec(); got != 77 {
		t.Errorf("At(77) has %d bits", got)
	}
}

func TestIntervalsAreChecked(t *testing.T) {
	for name, f := range map[string]func(){
		"lo above hi":      func() { span(2, 1) },
		"point at +Inf":    func() { Point(plusInf) },
		"point at −Inf":    func() { Point(minusInf) },
		"precision of 1":   func() { At(1) },
		"series cut early": func() { (&scale{bits: 200}).atanh(new(enclosure), intOne, big.NewInt(3), 1) },
		"base of 0 in one": func() { IsOne([]Power{{new(big.Int), big.NewRat(1, 1)}}) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s did not panic", name)
				}
			}()
			f()
		}()
	}
}

func TestValuesDoNotChange(t *testing.T) {
	x := big.NewFloat(3)
	p := Point(x)
	x.SetInt64(4)
	if p.Lo().Cmp(big.NewFloat(3)) != 0 {
		t.Errorf("a point changed with its argument")
	}
}

func TestStringShowsTheDigitsThatAgree(t *testing.T) {
	a := At(40)
	third := a.Quo(integer(1), integer(3))
	for _, row := range []struct {
		x    Interval
		want string
	}{
		{integer(3), "3"},
		{third, "[0.33333333333303, 0.33333333333348]"},
		{Entire(), "[-Inf, +Inf]"},
		{span(-1, 2), "[-1, 2]"},
		{a.Exp(integer(1 << 40)), "[0x.8p+1073741825, +Inf]"},
	} {
		if got := row.x.String(); got != row.want {
			t.Errorf("String = %s, want %s", got, row.want)
		}
	}
}
