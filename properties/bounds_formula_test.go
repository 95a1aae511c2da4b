package properties

import (
	"math/big"
	"testing"

	"github.com/trueweight/trueweight/reference/interval"
	"github.com/trueweight/trueweight/reference/real"
)

// The bounds again, in rational numbers, as their comments derive them.

func rat(text string) *big.Rat {
	r, ok := new(big.Rat).SetString(text)
	if !ok {
		panic("not a number: " + text)
	}
	return r
}

func ratOf(n *big.Int) *big.Rat { return new(big.Rat).SetInt(n) }

func plus(list ...*big.Rat) *big.Rat {
	z := new(big.Rat)
	for _, x := range list {
		z.Add(z, x)
	}
	return z
}

func product(list ...*big.Rat) *big.Rat {
	z := rat("1")
	for _, x := range list {
		z.Mul(z, x)
	}
	return z
}

func divided(x, y *big.Rat) *big.Rat { return new(big.Rat).Quo(x, y) }

func ratPower(x *big.Rat, n int) *big.Rat {
	z := rat("1")
	for range n {
		z.Mul(z, x)
	}
	return z
}

// roundedUp returns ⌈x⌉ for x ≥ 0.
func roundedUp(x *big.Rat) *big.Rat {
	n := new(big.Int).Add(x.Num(), new(big.Int).Sub(x.Denom(), big.NewInt(1)))
	return ratOf(n.Quo(n, x.Denom()))
}

func distance(x, y *big.Rat) *big.Rat { d := new(big.Rat).Sub(x, y); return d.Abs(d) }

func TestPowersProductsAndQuotientsOfIntegers(t *testing.T) {
	for got, want := range map[*big.Int]int64{
		powerOf(big.NewInt(3), 4): 81, powerOf(big.NewInt(7), 0): 1, productOf(): 1, productOf(big.NewInt(2), big.NewInt(3), big.NewInt(5)): 30,
		ceilQuo(big.NewInt(6), big.NewInt(3)): 2, ceilQuo(big.NewInt(7), big.NewInt(3)): 3, ceilQuo(big.NewInt(0), big.NewInt(3)): 0,
	} {
		if got.Cmp(big.NewInt(want)) != 0 {
			t.Errorf("%v, want %d", got, want)
		}
	}
}

func handExpLoss(x *big.Int) *big.Rat {
	quarters := product(ratOf(x), rat("4e-18"))
	quarters.Abs(quarters)
	whole := new(big.Int).Quo(quarters.Num(), quarters.Denom())
	r := product(distance(quarters, ratOf(whole)), rat("1/4"))
	remainder := divided(ratPower(r, 13), product(rat("6227020800"), // 13!
		distance(rat("1"), product(r, rat("1/14"))), plus(rat("1"), r, product(r, r, rat("1/2")))))
	return plus(roundedUp(product(remainder, rat("1e36"))), rat("1300e14"))
}

func handLnLoss(a *big.Int) *big.Rat {
	x, one := product(ratOf(a), rat("1e-18")), rat("1")
	quotient := func(n, d *big.Int) *big.Rat { // what ⌊n/d⌋ loses
		b := new(big.Int).Quo(n, d)
		lost := distance(ratOf(n), ratOf(new(big.Int).Mul(b, d)))
		return roundedUp(divided(product(lost, rat("1e36")), product(ratOf(d), ratOf(b))))
	}
	first := rat("0")
	switch {
	case x.Cmp(rat("0.9")) > 0 && x.Cmp(rat("1.1")) < 0:
		n, m := distance(x, one), plus(x, one)
		switch {
		case n.Sign() == 0:
			return rat("0")
		case n.Cmp(product(m, rat("1e-12"))) < 0:
			return rat("3")
		}
		return plus(roundedUp(product(divided(ratPower(n, 17), product(rat("34"), ratPower(m, 15), x)), rat("1e36"))), rat("17"))
	case x.Cmp(one) < 0:
		first = quotient(integer("1000000000000000000000000000000000000"), a)
	case x.Cmp(rat("38877084059945950922200000000000000000000000000000000000")) >= 0:
		first = quotient(a, integer("38877084059945950922200000000000000000000000000000000000"))
	case x.Cmp(rat("6235149080811616882910000000")) >= 0:
		first = quotient(a, integer("6235149080811616882910000000"))
	}
	return plus(first, rat("1160e15"))
}

func handLnGain(a *big.Int) *big.Rat {
	if x := product(ratOf(a), rat("1e-18")); x.Cmp(rat("0.9")) > 0 && x.Cmp(rat("1.1")) < 0 {
		return rat("0")
	}
	return rat("1e16")
}

// handPowErrors returns the bounds of pow for a T that is t.
func handPowErrors(t *big.Rat, base, exponent *big.Int) (below, above *big.Rat) {
	if exponent.Sign() == 0 || base.Sign() == 0 || base.String() == "1000000000000000000" {
		return rat("0"), rat("0")
	}
	y := product(ratOf(exponent), rat("1e-18"))
	loss := plus(roundedUp(product(y, handLnLoss(base))), rat("1e18"), rat("2.04e18"))
	gain := plus(roundedUp(product(y, handLnGain(base))), rat("1.3e15"))
	return handErrors(t, base.Cmp(integer("1000000000000000000")), loss, gain)
}

// handErrors turns relative errors into those of a power t, of t > 1 or t < 1.
func handErrors(t *big.Rat, sign int, loss, gain *big.Rat) (below, above *big.Rat) {
	unit := rat("1e-36")
	if sign > 0 {
		return plus(product(t, loss, unit), rat("1")), product(t, gain, unit)
	}
	return plus(product(t, gain, unit), rat("1")), plus(product(t, loss, unit), product(t, t, unit))
}

// isRational fails the test unless an expression is a rational number, exactly.
func isRational(t *testing.T, what string, got *real.Expr, want *big.Rat) {
	t.Helper()
	if r, ok := got.Rational(); !ok || r.Cmp(want) != 0 {
		t.Errorf("%s: %v, want %v", what, enclosed(got), want.FloatString(40))
	}
}

// agrees fails the test unless two expressions are enclosed within 2⁻²⁰⁰ of each other, relative or absolute.
func agrees(t *testing.T, what string, got, want *real.Expr) {
	t.Helper()
	near := interval.Point(new(big.Float).SetMantExp(big.NewFloat(1), -200))
	d, size := boundArithmetic.Sub(enclosed(got), enclosed(want)), enclosed(want)
	limit := boundArithmetic.Mul(near, boundArithmetic.Max0(boundArithmetic.Add(size, boundArithmetic.Int(big.NewInt(1)))))
	if d.LessEq(limit) != interval.True || boundArithmetic.Neg(d).LessEq(limit) != interval.True {
		t.Errorf("%s: %v, want %v", what, enclosed(got), size)
	}
}

var boundedExponents = []string{"0", "1", "-1", "5", "124999999999999999", "249999999999999999", "250000000000000000", "250000000000000001",
	"-249999999999999999", "-250000000000000000", "-249413682106234327", "88499993337693957879", "130000000000000000000", "-41000000000000000000"}

func TestExpsBoundsAreTheFormulasOfTheirDerivation(t *testing.T) {
	for _, text := range boundedExponents {
		x := integer(text)
		if got := expLoss(x); ratOf(got).Cmp(handExpLoss(x)) != 0 || x.String() != text {
			t.Errorf("expLoss(%s) = %v, want %v", text, got, handExpLoss(x))
		}
		below, above := expErrorBounds(x)
		bound := expErrorBound(x)
		T := real.Mul(real.Int64(1e18), real.Exp(real.Fixed(x)))
		unit := real.Quo(real.Int64(1), real.Int(integer("1000000000000000000000000000000000000")))
		loss, gain := real.Mul(real.Mul(T, ratio(handExpLoss(x))), unit), real.Mul(real.Mul(T, real.Int64(13e14)), unit)
		one := real.Int64(1)
		switch x.Sign() {
		case 0:
			isRational(t, "below at 0", below, rat("0"))
			isRational(t, "above at 0", above, rat("0"))
			isRational(t, "bound at 0", bound, rat("0"))
		case 1:
			agrees(t, "below "+text, below, real.Add(loss, one))
			agrees(t, "above "+text, above, gain)
			agrees(t, "bound "+text, bound, real.Add(loss, one))
		default:
			agrees(t, "below "+text, below, real.Add(gain, one))
			agrees(t, "above "+text, above, real.Add(loss, real.Mul(real.Mul(T, T), unit)))
			agrees(t, "bound "+text, bound, real.Add(real.Add(loss, real.Mul(real.Mul(T, T), unit)), one))
		}
	}
}

var boundedBases = []string{"1", "2", "3", "7", "500000000000000000", "899318540745333756", "899999999999999999", "900000000000000000", "900000000000000001",
	"950000000000000000", "999999999998000000", "999999999998000001", "999999999997999999", "999999999999999999", "1000000000000000000", "1000000000000000001",
	"1000000000001999999", "1000000000002000000", "1000000000002000001", "1010000000000000000", "1099999999999999999", "1100000000000000000", "1100000000000000001", "3000000000000000000",
	"6235149080811616882909999999999999999999999999", "6235149080811616882910000000000000000000000000", "6235149080811616882910000000000000000000000001",
	"7829612988790352290322975464271280283897942549",
	"38877084059945950922199999999999999999999999999999999999999999999999999999", "38877084059945950922200000000000000000000000000000000000000000000000000000",
	"38877084059945950922200000000000000000000000000000000000000000000000000001", "40669283757256545567053804749259948989095981999440819188119448599218382138"}

func TestLnsBoundsAreTheFormulasOfTheirDerivation(t *testing.T) {
	for _, text := range boundedBases {
		a := integer(text)
		loss, gain := handLnLoss(a), handLnGain(a)
		if got := lnLoss(a); ratOf(got).Cmp(loss) != 0 || a.String() != text {
			t.Errorf("lnLoss(%s) = %v, want %v", text, got, loss)
		}
		if got := lnGain(a); ratOf(got).Cmp(gain) != 0 {
			t.Errorf("lnGain(%s) = %v, want %v", text, got, gain)
		}
		if gain.Sign() == 0 && loss.Sign() != 0 { // the cut from 36 to 18 decimals
			loss = plus(loss, rat("1e18"))
		}
		short, long := product(loss, rat("1e-18")), product(gain, rat("1e-18"))
		below, above := lnErrorBounds(a)
		if len(text) < 19 { // the logarithm of a number below 1 is negative: short of it is above
			below, above = above, below
		}
		isRational(t, text+": short", below, short)
		isRational(t, text+": long", above, long)
		isRational(t, text+": bound", lnErrorBound(a), short)
	}
}

func TestPowsBoundsAreTheFormulasOfTheirDerivation(t *testing.T) {
	exponents := []string{"0", "1", "500000000000000000", "999999999999999999", "1000000000000000000", "1000000000000000001", "2000000000000000000", "3000000000000000000",
		"4000000000000000000", "5000000000000000000", "1363967629342349105569", "4000000000000000001", "18446744073709551617000000000000000000"}
	for _, bText := range append([]string{"0"}, boundedBases...) {
		for i, yText := range exponents {
			base, exponent := integer(bText), integer(yText)
			what := bText + "^" + yText
			T := rat("123456789012345678901/7")
			at := ratio(T)
			below, above := handPowErrors(T, base, exponent)
			gotBelow, gotAbove := powErrorsAt(at, base, exponent)
			isRational(t, what+": below", gotBelow, below)
			isRational(t, what+": above", gotAbove, above)
			exact := exponent.Sign() == 0 || base.Sign() == 0 || bText == "1000000000000000000"
			if powIsExact(base, exponent) != exact {
				t.Errorf("%s is exact: %v", what, !exact)
			}
			up := plus(above, product(plus(T, above), rat("1e-14")), rat("2"))
			down := plus(below, product(T, rat("1e-14")), rat("2"))
			form := true
			switch yText {
			case "1000000000000000000":
				up, down = rat("0"), rat("0")
			case "2000000000000000000":
				up, down = rat("1"), rat("1")
			case "4000000000000000000":
				up = plus(product(rat("2e-36"), ratOf(base), ratOf(base)), rat("1"))
				down = up
			default:
				if form = false; exponent.Sign() > 0 && base.Sign() == 0 {
					up, down = rat("1"), rat("0")
				} else if exact {
					up, down = rat("10001"), rat("10001")
				}
			}
			if atExactForm(exponent) != form {
				t.Errorf("the exponent %s takes an exact form: %v", yText, !form)
			}
			isRational(t, what+": powUp's excess", powUpExcessAt(at, base, exponent), up)
			isRational(t, what+": powDown's shortfall", powDownShortfallAt(at, base, exponent), down)
			if i%2 == 1 || base.BitLen() > 80 || exponent.BitLen() > 72 {
				continue // the powers themselves, on fewer
			}
			p := powT(base, exponent)
			pBelow, pAbove := powErrorBounds(base, exponent)
			wantBelow, wantAbove := powErrorsAt(p, base, exponent)
			agrees(t, what+": below T", pBelow, wantBelow)
			agrees(t, what+": above T", pAbove, wantAbove)
			largest := pBelow // above T = 1 below is the larger; under it, below < 1 + above
			if !exact && len(bText) < 19 {
				largest = real.Add(pAbove, real.Int64(1))
			}
			agrees(t, what+": the larger", powErrorBound(base, exponent), largest)
			agrees(t, what+": powUp's excess over T", powUpExcessBound(base, exponent), powUpExcessAt(p, base, exponent))
			agrees(t, what+": powDown's shortfall of T", powDownShortfallBound(base, exponent), powDownShortfallAt(p, base, exponent))
			truth := real.Mul(real.Int64(1e18), real.Pow(real.Fixed(base), real.Fixed(exponent)))
			agrees(t, what, p, truth)
		}
	}
}

func TestPowsFallIsBoundedByBothItsEnds(t *testing.T) {
	for _, c := range []struct{ x, y, nextX, nextY string }{
		{"1100000000000000000", "3000000000000000000", "1200000000000000000", "3000000000000000001"},
		{"500000000000000000", "1000000000000000001", "600000000000000000", "700000000000000000"},
		{"1100000000000000000", "2000000000000000000", "1200000000000000000", "2000000000000000000"},
		{"1100000000000000000", "2000000000000000000", "1200000000000000000", "3000000000000000000"},
		{"1100000000000000000", "3000000000000000000", "1200000000000000000", "4000000000000000000"},
		{"1100000000000000000", "1000000000000000000", "1200000000000000000", "4000000000000000000"},
	} {
		x, y, nextX, nextY := integer(c.x), integer(c.y), integer(c.nextX), integer(c.nextY)
		T := powT(x, y)
		_, above := powErrorsAt(T, x, y)
		below, _ := powErrorsAt(T, nextX, nextY)
		fall := real.Add(above, below)
		agrees(t, c.x+"^"+c.y+" falls", powFallBound(x, y, nextX, nextY), fall)
		want := real.Add(real.Add(fall, real.Quo(fall, real.Int64(1e14))), real.Int64(1))
		exact := map[string]bool{"1000000000000000000": true, "2000000000000000000": true, "4000000000000000000": true}
		switch {
		case c.y == c.nextY && exact[c.y]:
			want = real.Int64(0)
		case exact[c.y] || exact[c.nextY]:
			want = powUpExcessAt(T, x, y)
		}
		agrees(t, c.x+"^"+c.y+" rounded up falls", powUpFallBound(x, y, nextX, nextY), want)
	}
}
