package interval

import (
	"fmt"
	"math/big"
	"sync"
	"testing"
)

// ratios are the logarithm's hard arguments: near 1 from both sides, near the steps of its table, of any size.
func ratios() [][2]*big.Int {
	var all [][2]*big.Int
	r := seeded()
	for _, bits := range []uint{1, 7, 8, 9, 60, 64, 128, 256, 400} {
		b := new(big.Int).Lsh(intOne, bits)
		next := new(big.Int).Add(b, intOne)
		all = append(all, [2]*big.Int{b, next}, [2]*big.Int{next, b}, [2]*big.Int{b, intOne}, [2]*big.Int{intOne, next})
	}
	for j := int64(128); j <= 256; j += 3 {
		n, d := big.NewInt(2*j+1), big.NewInt(256)
		all = append(all, [2]*big.Int{big.NewInt(j), big.NewInt(128)}, [2]*big.Int{n, d}, [2]*big.Int{d, n})
	}
	for range 40 {
		all = append(all, [2]*big.Int{randomBits(r, 1+r.IntN(300)), randomBits(r, 1+r.IntN(300))})
	}
	for range 40 { // nearly equal, one difference of any length
		n := randomBits(r, 100+r.IntN(200))
		all = append(all, [2]*big.Int{n, new(big.Int).Add(n, randomBits(r, 1+r.IntN(100)))})
	}
	return all
}

func TestLogRatioContainsTheLogarithmWithinItsPromise(t *testing.T) {
	for _, ratio := range ratios() {
		n, d := ratio[0], ratio[1]
		if n.Cmp(d) == 0 {
			continue
		}
		truth := oracleLog(n, d)
		for _, prec := range precisions {
			a := At(prec)
			promised(t, fmt.Sprintf("log(%v/%v)", n, d), a.LogRatio(a.Int(n), a.Int(d)), truth, prec)
		}
	}
}

func TestLog1pContainsTheLogarithmWithinItsPromise(t *testing.T) {
	r := seeded()
	for i := range 60 {
		n, depth := randomBits(r, 1+r.IntN(90)), uint(91+r.IntN(400)) // |x| = n·2^(−depth) < 1/2
		if i%3 == 0 {                                                 // digits beyond any precision, that no sum keeps by itself
			n.Add(n.Lsh(n, 2000), randomBits(r, 1900))
			depth += 2000
		}
		if i%2 == 0 {
			n.Neg(n)
		}
		d := new(big.Int).Lsh(intOne, depth)
		x := new(big.Float).SetInt(n)
		x.SetMantExp(x, -int(depth))
		truth := oracleLog(new(big.Int).Add(d, n), d)
		for _, prec := range precisions {
			promised(t, fmt.Sprintf("log(1 + %v)", x), At(prec).Log1p(Point(x)), truth, prec)
		}
	}
}

func TestLog1pOfIntervalsKeepsTheirDigits(t *testing.T) {
	a, fine := At(64), At(2000)
	for _, num := range []int64{1, -1} {
		for _, depth := range []uint{1, 30, 64, 200, 1000} {
			x := a.Quo(integer(num), a.Int(new(big.Int).Mul(big.NewInt(3), new(big.Int).Lsh(intOne, depth))))
			lo, hi := fine.Log1p(Point(x.Lo())), fine.Log1p(Point(x.Hi()))
			got := a.Log1p(x)
			if !contains(got, fine.Hull(lo, hi)) {
				t.Errorf("log(1 + %v) = %v does not contain its ends' logarithms", x, got)
			}
			if u := ulps(got, 64); u.Cmp(big.NewFloat(8)) > 0 { // 2 of the argument, twice that below 1/2 at worst, 2 of the logarithm, 1 of each rounding
				t.Errorf("log(1 + %v) = %v is %v ulps wide", x, got, u)
			}
		}
	}
}

func TestLog1pKeepsTheDigitsOfEitherEnd(t *testing.T) {
	a, fine := At(64), At(2000)
	for _, x := range []Interval{span(0x1p-900, 0x1p-1), span(-0x1p-1, -0x1p-900)} {
		got, lo, hi := a.Log1p(x), fine.Log1p(Point(x.Lo())), fine.Log1p(Point(x.Hi()))
		if got.Lo().Sign() != got.Hi().Sign() {
			t.Errorf("log(1 + %v) = %v has lost its sign", x, got)
		}
		for _, end := range []Interval{New(got.Lo(), lo.Lo()), New(hi.Hi(), got.Hi())} {
			if u := ulps(end, 64); u.Cmp(big.NewFloat(MaxUlps)) > 0 {
				t.Errorf("log(1 + %v) = %v, an end is %v ulps away from its logarithm", x, got, u)
			}
		}
	}
}

// e^0.5 − 1 to 40 bits, from below and from above: at 2 bits the ends of these are 0.5 only if the sum with 1 keeps all 40.
func TestLog1pKeepsTheDigitsOfTheLongerEnd(t *testing.T) {
	edge := At(40).Expm1(Point(big.NewFloat(0.5)))
	a := At(2)
	if got := a.Log1p(New(big.NewFloat(0.125), edge.Lo())).Hi(); finite(got) != 0.5 {
		t.Errorf("log(1 + [1/8, e^0.5 − 1 less a hair]) ends at %v", got)
	}
	if got := a.Log1p(New(edge.Hi(), big.NewFloat(4))).Lo(); finite(got) != 0.5 {
		t.Errorf("log(1 + [e^0.5 − 1 and a hair, 4]) begins at %v", got)
	}
}

// From 1 on, a sum with 1 has 8 bits more than its argument. e¹³ cut to 5 bits, and 1, is rounded up beyond e¹³ at 13 bits and not at 14; e⁴⁶ cut
// to 27 bits, and 1, is rounded up beyond e⁴⁶ at 34 bits and not at 35.
func TestLog1pSumsWithEightBitsMore(t *testing.T) {
	for _, row := range []struct {
		prec, length uint
		log          int64
		want         float64
	}{{4, 5, 13, 14}, {5, 27, 46, 46}} {
		cut := At(row.length).Exp(integer(row.log)).Lo()
		if got := At(row.prec).Log1p(New(one, cut)); finite(got.Hi()) != row.want {
			t.Errorf("log(1 + [1, %v]) at %d bits ends at %v, want %v", cut, row.prec, got.Hi(), row.want)
		}
	}
}

func TestLog1pAtTheEdgesOfItsDomain(t *testing.T) {
	a := At(53)
	for _, row := range []struct {
		name      string
		got, want Interval
	}{
		{"0", a.Log1p(integer(0)), integer(0)},
		{"−1", a.Log1p(integer(-1)), Entire()},
		{"−2", a.Log1p(integer(-2)), Entire()},
		{"entire", a.Log1p(Entire()), Entire()},
		{"[−1, 0]", a.Log1p(span(-1, 0)), span(-infinity, 0)},
		{"[−5, 0]", a.Log1p(span(-5, 0)), span(-infinity, 0)},
		{"[0, ∞]", a.Log1p(span(0, infinity)), span(0, infinity)},
		{"1", a.Log1p(integer(1)), a.Log(integer(2))},
	} {
		if !equal(row.got, row.want) {
			t.Errorf("log(1 + %s) = %v, want %v", row.name, row.got, row.want)
		}
	}
	tiny := new(big.Float).SetMantExp(one, -1_000_000_000) // no sum holds all its digits
	if got := a.Log1p(Point(tiny)); got.Lo().Sign() < 0 || got.Hi().Cmp(tiny) < 0 || got.Hi().MantExp(nil) > -deepest {
		t.Errorf("log(1 + 2^(−10⁹)) = %v", got)
	}
}

func TestLogOfOneIsExactlyZero(t *testing.T) {
	b := At(64).Int(new(big.Int).Lsh(intOne, 300))
	for _, prec := range precisions {
		if got := At(prec).LogRatio(b, b); !got.isPoint() || got.Lo().Sign() != 0 {
			t.Errorf("log 1 at %d bits = %v", prec, got)
		}
	}
}

func TestLogOfRemoteNumbersKeepsItsPromise(t *testing.T) {
	for _, exponent := range []int{-2_000_000_000, -70_000, 70_000, 2_000_000_000} {
		x := Point(new(big.Float).SetMantExp(big.NewFloat(1), exponent))
		fine := At(4000)
		truth := fine.Mul(integer(int64(exponent)), oracleLog2())
		for _, prec := range precisions {
			promised(t, fmt.Sprintf("log 2^%d", exponent), At(prec).Log(x), truth, prec)
		}
	}
}

func TestThousandsOfBitsKeepTheirPromise(t *testing.T) {
	const prec = 3000
	a, fine := At(prec), At(prec+200)
	x, y := integer(3), Point(big.NewFloat(-0.7))
	promised(t, "log 3", a.Log(x), fine.Log(x), prec)
	promised(t, "exp(−0.7)", a.Exp(y), fine.Exp(y), prec)
	promised(t, "expm1(−0.7)", a.Expm1(y), fine.Expm1(y), prec)
	promised(t, "3^−0.7", a.Pow(x, y), fine.Pow(x, y), prec)
	if back := a.Exp(fine.Log(x)); !contains(back, x) {
		t.Errorf("exp(log 3) = %v", back)
	}
}

func TestLogOfAnIntervalIsTheHullOfItsEndsButForThreeUlps(t *testing.T) {
	r := seeded()
	for _, prec := range []uint{24, 64, 128, 256} {
		a, fine := At(prec), At(1000)
		for gap := range 100 {
			n := randomBits(r, 200)
			wider := new(big.Int).Add(n, new(big.Int).Rsh(n, uint(gap)))
			x, y := Interval{a.Int(n).lo, a.Int(wider).lo}, integer(int64(1+r.IntN(1000)))
			checkCarried(t, "log", a.LogRatio(x, y), fine.Hull(fine.LogRatio(Point(x.lo), y), fine.LogRatio(Point(x.hi), y)), prec)
			checkCarried(t, "log 1/", a.LogRatio(y, x), fine.Hull(fine.LogRatio(y, Point(x.lo)), fine.LogRatio(y, Point(x.hi))), prec)
		}
	}
}

// checkCarried fails unless got contains the hull, at most 3 ulps and 2⁻¹⁹ of its width wider.
func checkCarried(t *testing.T, what string, got, hull Interval, prec uint) {
	t.Helper()
	if !contains(got, hull) {
		t.Fatalf("%s at %d bits = %v does not contain %v", what, prec, got, hull)
	}
	fine := At(1000)
	factor := fine.Add(integer(1), Point(big.NewFloat(0x1p-19)))
	size := max(got.Lo().MantExp(nil), got.Hi().MantExp(nil))
	allowed := fine.Add(fine.Mul(factor, fine.Sub(Point(hull.hi), Point(hull.lo))), Point(new(big.Float).SetMantExp(big.NewFloat(3), size-int(prec))))
	if fine.Sub(Point(got.hi), Point(got.lo)).LessEq(allowed) != True {
		t.Fatalf("%s at %d bits = %v is too wide for %v", what, prec, got, hull)
	}
}

func TestLogOutsideItsDomain(t *testing.T) {
	a := At(53)
	log2 := a.Log(integer(2))
	for _, row := range []struct {
		name      string
		got, want Interval
	}{
		{"log 0", a.Log(span(0, 0)), Entire()},
		{"log −1", a.Log(span(-1, -1)), Entire()},
		{"log [−1, 2]", a.Log(span(-1, 2)), New(minusInf, log2.Hi())},
		{"log [0, 2]", a.Log(span(0, 2)), New(minusInf, log2.Hi())},
		{"log [2, ∞]", a.Log(span(2, infinity)), New(log2.Lo(), plusInf)},
		{"log entire", a.Log(Interval{}), Entire()},
		{"log(2/[0, 1])", a.LogRatio(integer(2), span(0, 1)), New(log2.Lo(), plusInf)},
		{"log(2/[−1, 1])", a.LogRatio(integer(2), span(-1, 1)), New(log2.Lo(), plusInf)},
		{"log(2/[−1, 0])", a.LogRatio(integer(2), span(-1, 0)), Entire()},
		{"log(2/[1, ∞])", a.LogRatio(integer(2), span(1, infinity)), New(minusInf, log2.Hi())},
	} {
		if !equal(row.got, row.want) {
			t.Errorf("%s = %v, want %v", row.name, row.got, row.want)
		}
	}
}

func TestConcurrentCallsAgree(t *testing.T) {
	const prec = 330 // used by no other test: the constants are made here
	var group sync.WaitGroup
	results := make([]Interval, 8)
	for i := range results {
		group.Go(func() { results[i] = At(prec).Exp(At(prec).Log(integer(3))) })
	}
	group.Wait()
	for _, got := range results {
		if !equal(got, results[0]) {
			t.Errorf("%v and %v", got, results[0])
		}
	}
}

// What intervals carry through a logarithm or an exponential is rounded up at every step, so it is never below the exact bound.
func TestCarriedWidthsAreNeverBelowTheExactOnes(t *testing.T) {
	exactly := func(x *big.Float) *big.Rat {
		r, _ := x.Rat(nil)
		return r
	}
	random := seeded()
	number := func() *big.Float { return new(big.Float).SetPrec(64).SetUint64(random.Uint64() | 1<<63) }
	for range 2000 {
		// lo with 64 bits, hi some of its last bits above: a width whose quotient by lo is hardly ever exact
		lo := number()
		step := new(big.Float).SetPrec(200).SetMantExp(number(), -64-random.IntN(60))
		x := New(lo, new(big.Float).SetPrec(200).Add(lo, step))

		exact := new(big.Rat).Sub(exactly(x.Hi()), exactly(x.Lo()))
		if got := exactly(width(x)); got.Cmp(exact) < 0 {
			t.Fatalf("width of %v is %v, below the exact one", x, width(x))
		}
		if got := exactly(spread(x)); got.Cmp(exact.Quo(exact, exactly(lo))) < 0 {
			t.Fatalf("spread of %v is %v, below the exact one", x, spread(x))
		}

		other := New(lo, new(big.Float).SetPrec(200).Add(lo, new(big.Float).SetMantExp(step, -7)))
		both := new(big.Rat).Add(exactly(spread(x)), exactly(spread(other)))
		if got := exactly(spreads(x, other)); got.Cmp(both) < 0 {
			t.Fatalf("spreads of %v and %v are below their sum", x, other)
		}

		y := new(big.Float).SetPrec(64).SetMantExp(number(), -64)
		d := new(big.Float).SetPrec(64).SetMantExp(number(), -65-random.IntN(40))
		for _, minusOne := range []bool{false, true} {
			grown := new(big.Rat).Add(exactly(d), new(big.Rat).Mul(exactly(d), exactly(d)))
			base := exactly(y)
			if minusOne {
				base.Add(base, big.NewRat(1, 1))
			}
			want := grown.Add(grown.Mul(grown, base), exactly(y))
			if got := exactly(At(80).carry(y, d, minusOne)); got.Cmp(want) < 0 {
				t.Fatalf("carry(%v, %v, %v) is below y + E·(d + d²)", y, d, minusOne)
			}
		}
	}
}

// Widths are carried in 64 bits: each step is rounded up to so many, and the last to the precision.
func TestCarriedWidthsAreRoundedUpToTheirBitsAtEveryStep(t *testing.T) {
	up := func(prec uint, f func(z, x, y *big.Float) *big.Float, x, y *big.Float) *big.Float {
		return f(new(big.Float).SetPrec(prec).SetMode(big.ToPositiveInf), x, y)
	}
	random := seeded()
	number := func(exponent int) *big.Float {
		n := new(big.Float).SetPrec(80).SetInt(randomBits(random, 80))
		return n.SetMantExp(n, exponent-80)
	}
	for range 300 {
		x := New(number(1), number(2))
		y := New(number(1), number(2))
		widths := [2]*big.Float{up(64, (*big.Float).Sub, x.Hi(), x.Lo()), up(64, (*big.Float).Sub, y.Hi(), y.Lo())}
		spreadOfX, spreadOfY := up(64, (*big.Float).Quo, widths[0], x.Lo()), up(64, (*big.Float).Quo, widths[1], y.Lo())
		if width(x).Cmp(widths[0]) != 0 || spread(x).Cmp(spreadOfX) != 0 || spreads(x, y).Cmp(up(64, (*big.Float).Add, spreadOfX, spreadOfY)) != 0 {
			t.Fatalf("width, spread and spreads of %v and %v are %v, %v, %v", x, y, width(x), spread(x), spreads(x, y))
		}
		d, end := number(-5), number(3)
		growth := up(64, (*big.Float).Add, d, up(64, (*big.Float).Mul, d, d))
		for minusOne, base := range map[bool]*big.Float{false: end, true: up(64, (*big.Float).Add, end, one)} {
			want := up(80, (*big.Float).Add, end, up(64, (*big.Float).Mul, base, growth))
			if got := At(80).carry(end, d, minusOne); got.Cmp(want) != 0 {
				t.Fatalf("carry(%v, %v, %v) = %v, want %v", end, d, minusOne, got, want)
			}
		}
	}
}
