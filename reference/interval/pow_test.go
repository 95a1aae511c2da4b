package interval

import (
	"fmt"
	"math/big"
	"testing"
)

func TestPowContainsPerfectPowersAndTheirRootsWithinItsPromise(t *testing.T) {
	for _, base := range []int64{2, 3, 7, 10, 1_000_003} {
		for _, n := range []int64{2, 4, 8} {
			whole := At(64).Int(new(big.Int).Exp(big.NewInt(base), big.NewInt(n), nil))
			for _, prec := range precisions {
				a := At(prec)
				promised(t, fmt.Sprintf("%d^%d", base, n), a.Pow(integer(base), integer(n)), whole, prec)
				root := Point(big.NewFloat(1 / float64(n)))
				promised(t, fmt.Sprintf("(%d^%d)^(1/%d)", base, n, n), a.Pow(whole, root), integer(base), prec)
			}
		}
	}
}

func TestPowKeepsItsPromiseOnPoints(t *testing.T) {
	r := seeded()
	for i := range 150 {
		x := new(big.Float).SetInt(randomBits(r, 1+r.IntN(200)))
		x.SetMantExp(x, -r.IntN(200))
		if i%3 == 0 { // near 1
			x.SetPrec(300).Add(one, x.SetMantExp(x, -x.MantExp(nil)-r.IntN(150)))
		}
		y := new(big.Float).SetInt(randomBits(r, 1+r.IntN(70)))
		y.SetMantExp(y, -y.MantExp(nil)+r.IntN(12)-4)
		if i%2 == 0 {
			y.Neg(y)
		}
		if y.Cmp(one) == 0 {
			continue // exactly x, whatever the precision
		}
		for _, prec := range precisions {
			fine := At(4*prec + 400)
			truth := fine.Exp(fine.Mul(Point(y), fine.Log(Point(x))))
			promised(t, fmt.Sprintf("%v^%v", x, y), At(prec).Pow(Point(x), Point(y)), truth, prec)
		}
	}
}

func TestPowOfIntervalsContainsItsCorners(t *testing.T) {
	a, fine := At(40), At(200)
	for _, x := range []Interval{span(0.25, 0.5), span(0.5, 2), span(1, 1), span(2, 3)} {
		for _, y := range []Interval{span(-2, -1), span(-1, 0), span(-1, 3), span(0, 1), span(0.5, 0.5), span(1, 2), span(2, 3)} {
			hull := fine.Pow(Point(x.Lo()), Point(y.Lo()))
			for _, s := range []*big.Float{x.Lo(), x.Hi()} {
				for _, t := range []*big.Float{y.Lo(), y.Hi()} {
					hull = fine.Hull(hull, fine.Pow(Point(s), Point(t)))
				}
			}
			got := a.Pow(x, y)
			if !contains(got, hull) || ulps(got, 40).Cmp(new(big.Float).Add(ulps(hull, 40), big.NewFloat(3))) > 0 {
				t.Errorf("%v^%v = %v, want %v", x, y, got, hull)
			}
		}
	}
}

func TestPowAtTheEdgesOfItsDomain(t *testing.T) {
	a := At(53)
	for _, row := range []struct {
		name      string
		got, want Interval
	}{
		{"0^0", a.Pow(integer(0), integer(0)), integer(1)},
		{"(−1)^0", a.Pow(integer(-1), integer(0)), integer(1)},
		{"0^2", a.Pow(integer(0), integer(2)), integer(0)},
		{"0^−2", a.Pow(integer(0), integer(-2)), Entire()},
		{"0^[0,2]", a.Pow(integer(0), span(0, 2)), span(0, 1)},
		{"[−1,0]^2", a.Pow(span(-1, 0), integer(2)), integer(0)},
		{"(−1)^2", a.Pow(integer(-1), integer(2)), Entire()},
		{"1^[−5,7]", a.Pow(integer(1), span(-5, 7)), integer(1)},
		{"[0,1]^2", a.Pow(span(0, 1), integer(2)), span(0, 1)},
		{"[0,1]^[0,2]", a.Pow(span(0, 1), span(0, 2)), span(0, 1)},
		{"[0,1]^−2", a.Pow(span(0, 1), integer(-2)), span(1, infinity)},
		{"[0,∞]^[−1,1]", a.Pow(span(0, infinity), span(-1, 1)), span(0, infinity)},
		{"[0.3,0.7]^1", a.Pow(span(0.3, 0.7), integer(1)), span(0.3, 0.7)},
		{"[0,0.7]^1", a.Pow(span(0, 0.7), integer(1)), span(0, 0.7)},
		{"2^(2^40)", At(53).Pow(integer(2), integer(1<<40)), At(53).Exp(integer(1 << 40))},
	} {
		if !equal(row.got, row.want) {
			t.Errorf("%s = %v, want %v", row.name, row.got, row.want)
		}
	}
}

// The first power, too, is that of the numbers ≥ 0 alone.
func TestPowLeavesOutTheNegativePartOfItsBase(t *testing.T) {
	for _, prec := range precisions {
		got := At(prec).Pow(span(-1, 0.75), integer(1))
		if got.Lo().Sign() != 0 {
			t.Errorf("[−1, 0.75]^1 at %d bits = %v begins at %v", prec, got, got.Lo())
		}
		promised(t, "0.75", New(big.NewFloat(0.75), got.Hi()), span(0.75, 0.75), prec)
	}
}

func BenchmarkFunctions(b *testing.B) {
	for _, prec := range []uint{128, 256, 512} {
		a := At(prec)
		n, d := integer(1_234_567_890_123_456_789), integer(1_000_000_000_000_000_000)
		x := Point(a.Quo(n, d).Lo())
		for _, f := range []struct {
			name string
			call func()
		}{
			{"log", func() { a.LogRatio(n, d) }},
			{"exp", func() { a.Exp(x) }},
			{"pow", func() { a.Pow(x, x) }},
			{"pow of an interval", func() { a.Pow(a.Quo(n, d), x) }},
		} {
			b.Run(fmt.Sprintf("%s/%d", f.name, prec), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					f.call()
				}
			})
		}
	}
}
