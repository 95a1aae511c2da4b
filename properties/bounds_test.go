package properties

import (
	"math"
	"math/big"
	"testing"

	"github.com/trueweight/trueweight/properties/domain"
	"github.com/trueweight/trueweight/reference/exact"
	"github.com/trueweight/trueweight/reference/interval"
	"github.com/trueweight/trueweight/reference/real"
)

// boundDraws is how many cases of each kind the bounds are held against.
const boundDraws = 20_000

// boundArithmetic has room for a power of 250 bits and 130 bits more.
var boundArithmetic = interval.At(384)

func enclosed(e *real.Expr) interval.Interval {
	return real.Eval(real.Arithmetic[interval.Interval](boundArithmetic), e)
}

// usedShare returns how much of an allowance an error uses, 0 when it is not positive. It fails the test unless error ≤ allowed is proved.
func usedShare(t *testing.T, what string, err, allowed interval.Interval) float64 {
	t.Helper()
	if err.LessEq(allowed) != interval.True {
		t.Fatalf("%s: the error %v is not proved to be at most %v", what, err, allowed)
	}
	if err.Hi().Sign() <= 0 {
		return 0
	}
	share, _ := boundArithmetic.Quo(err, allowed).Lo().Float64()
	return share
}

// A boundedCall is a computed value with its exact value and its bounds.
type boundedCall struct {
	got                 *big.Int
	t                   *real.Expr
	below, above, bound *real.Expr
}

// used returns the larger share used of below and above.
func (c boundedCall) used(t *testing.T, what string) float64 {
	t.Helper()
	over := boundArithmetic.Sub(boundArithmetic.Int(c.got), enclosed(c.t))
	under := boundArithmetic.Neg(over)
	usedShare(t, what+", over", over, enclosed(c.bound))
	usedShare(t, what+", under", under, enclosed(c.bound))
	return max(usedShare(t, what+", above", over, enclosed(c.above)), usedShare(t, what+", below", under, enclosed(c.below)))
}

func integer(s string) *big.Int {
	n, ok := new(big.Int).SetString(s, 10)
	if !ok {
		panic("not an integer: " + s)
	}
	return n
}

func expCall(x *big.Int) (c boundedCall, ok bool) {
	got, err := exact.V3.Exp(x)
	if err != nil {
		return c, false
	}
	below, above := expErrorBounds(x)
	return boundedCall{got, real.Mul(real.Int64(1e18), real.Exp(real.Fixed(x))), below, above, expErrorBound(x)}, true
}

func lnCall(a *big.Int) (c boundedCall, ok bool) {
	got, err := exact.V3.Ln(a)
	if err != nil {
		return c, false
	}
	below, above := lnErrorBounds(a)
	return boundedCall{got, real.Mul(real.Int64(1e18), real.Log(real.Fixed(a))), below, above, lnErrorBound(a)}, true
}

func powCall(base, exponent *big.Int) (c boundedCall, ok bool) {
	got, err := exact.V3.Pow(base, exponent)
	if err != nil {
		return c, false
	}
	below, above := powErrorBounds(base, exponent)
	return boundedCall{got, powT(base, exponent), below, above, powErrorBound(base, exponent)}, true
}

func TestErrorBoundsHoldOnDrawnCasesAndAreNearlyReached(t *testing.T) {
	for kind, call := range map[domain.Kind]func(domain.Case) (boundedCall, bool){
		domain.KindExp: func(c domain.Case) (boundedCall, bool) { return expCall(signedBig(c.(*domain.Exp).X)) },
		domain.KindLn:  func(c domain.Case) (boundedCall, bool) { return lnCall(signedBig(c.(*domain.Ln).A)) },
		domain.KindPow: func(c domain.Case) (boundedCall, bool) {
			return powCall(c.(*domain.Pow).Base.ToBig(), c.(*domain.Pow).Exponent.ToBig())
		},
	} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			largest, judged := 0.0, 0
			for i := uint64(0); judged < boundDraws; i++ {
				c := domain.At(1, kind, i)
				if bounded, ok := call(c); ok {
					judged++
					largest = max(largest, bounded.used(t, domain.Describe(c)))
				}
			}
			t.Logf("%d cases, largest used share %.6f", judged, largest)
			if largest < 0.99 {
				t.Errorf("no case uses 0.99 of its bound: the largest share is %.6f", largest)
			}
		})
	}
}

// Each case is one in which a certain part of a bound weighs most.
func TestEveryPartOfABoundIsNearlyReached(t *testing.T) {
	for _, c := range []struct {
		part  string
		share float64
		call  func() (boundedCall, bool)
	}{
		{"exp, remainder at r = ¼", 0.97, func() (boundedCall, bool) { return expCall(integer("88499993337693957879")) }},
		{"exp, inversion", 0.96, func() (boundedCall, bool) { return expCall(integer("-249413682106234327")) }},
		{"lnWide just above 1.1", 0.92, func() (boundedCall, bool) { return lnCall(integer("1100055992817020820")) }},
		{"lnWide, inversion", 0.96, func() (boundedCall, bool) { return lnCall(integer("899318540745333756")) }},
		{"lnWide, a1", 0.96, func() (boundedCall, bool) {
			return lnCall(integer("7829612988790352290322975464271280283897942549"))
		}},
		{"lnWide, a0", 0.96, func() (boundedCall, bool) {
			return lnCall(integer("40669283757256545567053804749259948989095981999440819188119448599218382138"))
		}},
		{"pow, y·lnLoss above 1.1", 0.91, func() (boundedCall, bool) {
			return powCall(integer("1100009561985968591"), integer("1363843241281919214325"))
		}},
		{"pow, y·lnLoss below 0.9", 0.94, func() (boundedCall, bool) {
			return powCall(integer("899318540745333756"), integer("14120132651992595860"))
		}},
		{"pow, exp and the cut of y·ln x", 0.97, func() (boundedCall, bool) {
			return powCall(integer("1099999999436759065"), integer("1363967635435593259165"))
		}},
		{"pow, ln36 next to 1", 0.5, func() (boundedCall, bool) {
			return powCall(integer("1000000000000000001"), integer("129999999975136188418994455517314678769"))
		}},
	} {
		bounded, ok := c.call()
		if !ok {
			t.Fatalf("%s: the call fails", c.part)
		}
		if share := bounded.used(t, c.part); share < c.share {
			t.Errorf("%s: uses %.4f of its bound, less than %v", c.part, share, c.share)
		} else {
			t.Logf("%s: %.4f", c.part, share)
		}
	}
}

// ln36InParts is SPEC's ln36.
func ln36InParts(a *big.Int) *big.Int {
	quo := func(x, y *big.Int) *big.Int { return new(big.Int).Quo(x, y) }
	x := productOf(a, fixedOne)
	z := quo(productOf(new(big.Int).Sub(x, part), part), new(big.Int).Add(x, part))
	square := quo(productOf(z, z), part)
	term, sum := z, new(big.Int).Set(z)
	for k := int64(3); k <= 15; k += 2 {
		term = quo(productOf(term, square), part)
		sum.Add(sum, quo(term, big.NewInt(k)))
	}
	return sum.Lsh(sum, 1)
}

// The truncation of ln36 shows in no 18-decimal result, but pow multiplies it by up to 1.3·10²⁰.
func TestLn36LossIsBoundedAtEveryDistanceFromOne(t *testing.T) {
	largest := map[string]float64{}
	for shift := range 57 {
		for i := int64(0); i < 64; i++ {
			d := int64(1)<<shift + i*(1<<shift)/64
			for _, a := range []int64{1e18 + d, 1e18 - d} {
				base := big.NewInt(a)
				if !nearOne(base) {
					continue
				}
				truth := enclosed(real.Mul(real.Int(part), real.Log(real.Fixed(base))))
				short := boundArithmetic.Sub(truth, boundArithmetic.Int(ln36InParts(base)))
				if a < 1e18 {
					short = boundArithmetic.Neg(short)
				}
				zone := "cuts"
				switch {
				case d > 1e16:
					zone = "remainder"
				case d <= 2e6:
					zone = "below the terms"
				}
				largest[zone] = max(largest[zone], usedShare(t, base.String(), short, boundArithmetic.Int(lnLoss(base))))
				if short.Lo().Sign() < 0 {
					t.Fatalf("ln36(%d) exceeds the logarithm in magnitude: lnGain is not 0", a)
				}
			}
		}
	}
	t.Log(largest)
	for zone, share := range map[string]float64{"remainder": 0.99, "cuts": 0.6, "below the terms": 0.6} {
		if largest[zone] < share {
			t.Errorf("%s: at most %.4f of the bound is used, less than %v", zone, largest[zone], share)
		}
	}
}

// The proof of LE-ENC needs the error of pow below 1.6·10⁻¹⁵ short and 8.1·10⁻¹⁶ over, relative, everywhere.
func TestLargestRelativeErrorOfPowIsAtElevenTenths(t *testing.T) {
	relative := func(base, exponent *big.Int) float64 { // of the bounds, the wei not counted
		below, above := powErrorsAt(real.Int64(1e18), base, exponent)
		b, _ := enclosed(below).Hi().Float64()
		a, _ := enclosed(above).Hi().Float64()
		if base.Cmp(fixedOne) > 0 {
			b--
		}
		return max(a, b) / 1e18
	}
	const largest = 1.586e-15
	if edge := relative(integer("1100000000000000000"), integer("1363967629342349105569")); edge < 1.585e-15 || edge > largest {
		t.Errorf("at x = 1.1, y·ln x = 130 the bound is %g, not 1.585e-15", edge)
	}
	if edge := relative(integer("899999999999999992"), integer("389140084822226024066")); edge < 8e-16 || edge > 8.1e-16 {
		t.Errorf("below x = 0.9, at y·ln x = −41, the bound is %g, not 8.0e-16", edge)
	}
	for i := range uint64(boundDraws) {
		c := domain.At(2, domain.KindPow, i).(*domain.Pow)
		base, exponent := c.Base.ToBig(), c.Exponent.ToBig()
		if _, err := exact.V3.Pow(base, exponent); err == nil && relative(base, exponent) > largest {
			t.Fatalf("%s: the bound is %g, above %g", domain.Describe(c), relative(base, exponent), largest)
		}
	}
}

// rationalPowT is powT, and for an exact form a quotient of integers, whose enclosure is a point up to 1024 bits.
func rationalPowT(base, exponent *big.Int) *real.Expr {
	if !atExactForm(exponent) {
		return powT(base, exponent)
	}
	n := new(big.Int).Quo(exponent, fixedOne).Int64()
	return real.Quo(real.Int(powerOf(base, n)), real.Int(powerOf(fixedOne, n-1)))
}

func TestPowUpAndPowDownEncloseWithinTheirBounds(t *testing.T) {
	zero := boundArithmetic.Int(new(big.Int))
	largest := map[string]float64{}
	judged := 0
	for i := uint64(0); judged < boundDraws; i++ {
		c := domain.At(3, domain.KindPow, i).(*domain.Pow)
		base, exponent := c.Base.ToBig(), c.Exponent.ToBig()
		switch i % 8 { // the generators draw exact exponents too rarely to reach their bounds
		case 0:
			exponent = integer("2000000000000000000")
		case 1:
			exponent = integer("4000000000000000000")
		}
		up, err := exact.V3.PowUp(base, exponent)
		if err != nil {
			continue
		}
		down, err := exact.V3.PowDown(base, exponent)
		if err != nil {
			t.Fatalf("%s: powDown fails, powUp does not: %v", domain.Describe(c), err)
		}
		judged++
		form := "pow"
		if atExactForm(exponent) {
			form = exponent.String()[:1]
		}
		truth := enclosed(rationalPowT(base, exponent))
		excess := boundArithmetic.Sub(boundArithmetic.Int(up), truth)
		shortfall := boundArithmetic.Sub(truth, boundArithmetic.Int(down))
		for name, pair := range map[string][2]interval.Interval{
			form + " up":   {excess, enclosed(powUpExcessBound(base, exponent))},
			form + " down": {shortfall, enclosed(powDownShortfallBound(base, exponent))},
		} {
			if zero.LessEq(pair[0]) == interval.False {
				t.Fatalf("%s, %s: T is outside by %v", domain.Describe(c), name, pair[0])
			}
			largest[name] = max(largest[name], usedShare(t, domain.Describe(c)+", "+name, pair[0], pair[1]))
		}
	}
	t.Log(largest)
	for _, name := range []string{"pow up", "pow down", "2 up", "2 down", "4 up", "4 down"} {
		if largest[name] < 0.99 {
			t.Errorf("%s: at most %.4f of the bound is used", name, largest[name])
		}
	}
}

// fallShares judges one step from (x, y) to a T' ≥ T and returns the shares used of powFallBound and powUpFallBound.
func fallShares(t *testing.T, x, y, nextX, nextY *big.Int) (raw, up float64) {
	t.Helper()
	step := x.String() + "^" + y.String() + " → " + nextX.String() + "^" + nextY.String()
	share := func(f func(a, b *big.Int) (*big.Int, error), bound *real.Expr) float64 {
		first, err := f(x, y)
		if err != nil {
			return 0
		}
		second, err := f(nextX, nextY)
		if err != nil || first.Cmp(second) <= 0 {
			return 0
		}
		return usedShare(t, step, boundArithmetic.Int(first.Sub(first, second)), enclosed(bound))
	}
	return share(exact.V3.Pow, powFallBound(x, y, nextX, nextY)), share(exact.V3.PowUp, powUpFallBound(x, y, nextX, nextY))
}

func TestPowFallsByNoMoreThanItsBounds(t *testing.T) {
	largest := map[string]float64{}
	judge := func(kind string, x, y, nextX, nextY *big.Int) {
		raw, up := fallShares(t, x, y, nextX, nextY)
		largest[kind+", pow"] = max(largest[kind+", pow"], raw)
		largest[kind+", powUp"] = max(largest[kind+", powUp"], up)
	}
	next := func(x *big.Int) *big.Int { return new(big.Int).Add(x, big.NewInt(1)) }
	for i := range uint64(boundDraws) {
		c := domain.At(4, domain.KindPow, i).(*domain.Pow)
		x, y := c.Base.ToBig(), c.Exponent.ToBig()
		judge("base", x, y, next(x), y)
		if x.Cmp(fixedOne) >= 0 {
			judge("exponent", x, y, x, next(y))
		}
	}
	t.Log(largest)
	for kind, share := range map[string]float64{"base, pow": 0.4, "base, powUp": 0.3, "exponent, powUp": 0.99} {
		if largest[kind] < share {
			t.Errorf("%s: at most %.4f of the bound is used, less than %v", kind, largest[kind], share)
		}
	}
}

// Where ln changes algorithm, at 1.1, pow falls most. lnLoss allows lnWide(1.1) 1.16·10⁻¹⁸, of which it uses 0.14.
func TestLargestFallOfPowIsAtElevenTenths(t *testing.T) {
	x, nextX, y := integer("1099999999999999999"), integer("1100000000000000000"), integer("99000000000000000000")
	raw, up := fallShares(t, x, y, nextX, y)
	if raw < 0.11 || up < 0.11 {
		t.Errorf("pow uses %.4f and powUp %.4f of their bounds, less than 0.11", raw, up)
	}
	before, _ := exact.V3.Pow(x, y)
	after, _ := exact.V3.Pow(nextX, y)
	if fall := before.Sub(before, after); fall.Int64() != 162_831 {
		t.Errorf("pow falls by %v wei, not by 162831", fall)
	}
}

// The comments' sums over constants and over subsets of them, recomputed.
func TestErrorBudgets(t *testing.T) {
	constants := []struct {
		x, a   string // 18 and 20 decimals; a0 and a1 none
		stated float64
	}{
		{"128000000000000000000", "3887708405994595092220000000000000000000000000000000000000000000000000000000", -0.69},
		{"64000000000000000000", "623514908081161688291000000000000000000000000000", 0.13},
		{"32000000000000000000", "7896296018268069516100000000000000", 0.28},
		{"16000000000000000000", "888611052050787263676000000", -0.35},
		{"8000000000000000000", "298095798704172827474000", -1.21},
		{"4000000000000000000", "5459815003314423907810", -0.19},
		{"2000000000000000000", "738905609893065022723", -0.06},
		{"1000000000000000000", "271828182845904523536", -0.11},
		{"500000000000000000", "164872127070012814685", 0.82},
		{"250000000000000000", "128402541668774148407", -2.67},
		{"125000000000000000", "113314845306682631683", 0.88},
		{"62500000000000000", "106449445891785942956", -3.19},
	}
	sums := map[string]float64{}
	for n, c := range constants {
		relative := enclosed(real.Sub(real.Quo(real.Quo(real.Int(integer(c.a)), real.Int64(1e18)), real.Mul(real.Int64(100), real.Exp(real.Fixed(integer(c.x))))), real.Int64(1)))
		value, _ := relative.Hi().Float64()
		value *= 1e21
		if rounded := math.Copysign(math.Ceil(math.Abs(value)*100)/100, value); rounded != c.stated {
			t.Errorf("a%d is off by %g·10⁻²¹, stated %g", n, value, c.stated)
		}
		reach := map[string]bool{"ln": n >= 1, "exp": n >= 1 && n <= 9}
		for function, reached := range reach {
			if reached && value > 0 {
				sums[function+" gain of a"] += value
			} else if reached {
				sums[function+" loss of a"] -= value
			}
		}
	}
	sums["exp products"], sums["ln reductions"] = mostLost(2, 9)
	for name, stated := range map[string]float64{
		"exp gain of a": 1.22, "exp loss of a": 4.57, "ln gain of a": 2.1, "ln loss of a": 7.8, "exp products": 0.48, "ln reductions": 3.97,
	} {
		if sums[name] > stated || sums[name] < 0.98*stated {
			t.Errorf("%s: %g, stated %g", name, sums[name], stated)
		}
	}
}

// mostLost returns the largest losses over all subsets of x_first = 32, 16, …: of exp's products up to x_last, Σ e^−(taken so far) from the second on;
// of ln's reductions by two more x, Σ e^−(still to come).
func mostLost(first, last int) (exp, ln float64) {
	n := last - first + 3
	for subset := range 1 << n {
		taken, come, lostExp, lostLn := 0.0, 0.0, 0.0, 0.0
		for i := range n {
			if x := 32 * math.Exp2(-float64(i)); subset>>i&1 == 1 && i <= last-first {
				if taken += x; taken != x {
					lostExp += math.Exp(-taken)
				}
			}
			if j := n - 1 - i; subset>>j&1 == 1 {
				lostLn += math.Exp(-come)
				come += 32 * math.Exp2(-float64(j))
			}
		}
		exp, ln = max(exp, lostExp), max(ln, lostLn)
	}
	return exp, ln
}
