package real_test

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/trueweight/trueweight/reference/interval"
	"github.com/trueweight/trueweight/reference/point"
	"github.com/trueweight/trueweight/reference/real"
)

// Add, Sub, Mul and Quo rewrite what they are given powers of. The value is that of the operation on the values.
func TestOperationsOnExpressionsAreOperationsOnTheirValues(t *testing.T) {
	operands := map[string]*real.Expr{
		"0": zero, "1": one, "−3": real.Int64(-3), "½": half, "√4": root, "√2": surd,
		"√2·√3":  real.Mul(surd, real.Pow(three, half)),
		"√2 − 1": real.Sub(surd, one), "1 − √2": real.Sub(one, surd), "√3 − 1": real.Sub(real.Pow(three, half), one), "e": real.Exp(one),
		"(1+2⁻⁹⁹)^⅓": real.Pow(real.Quo(real.Int(beyond(99)), real.Int(twoTo(99))), real.Quo(one, three)),
	}
	const prec = 1024 // no operand and no result exceeds 8: enclosures this fine are far shorter than 2⁻⁹⁰⁰
	a := interval.At(prec)
	operations := map[string]struct {
		build func(x, y *real.Expr) *real.Expr
		apply func(x, y interval.Interval) interval.Interval
	}{"+": {real.Add, a.Add}, "−": {real.Sub, a.Sub}, "·": {real.Mul, a.Mul}, "÷": {real.Quo, a.Quo}}
	for xName, x := range operands {
		for yName, y := range operands {
			for sign, op := range operations {
				if sign == "÷" && y == zero {
					continue // without a value
				}
				got, want := enclose(op.build(x, y), prec), op.apply(enclose(x, prec), enclose(y, prec))
				if !meet(got, want) || width(got).Cmp(big.NewFloat(0x1p-900)) > 0 {
					t.Errorf("(%s) %s (%s) = %v, on values %v", xName, sign, yName, got, want)
				}
			}
		}
	}
}

// A power 2⁻²⁰⁰ away from 1 exceeds it by 2⁻²⁰⁰ to all 128 bits: the 1 is not subtracted from a rounded power.
func TestDifferenceFromOneKeepsItsLeadingDigits(t *testing.T) {
	base := real.Quo(real.Int(beyond(200)), real.Int(twoTo(200)))
	for _, exponent := range []*real.Expr{one, half, real.Int64(-7)} {
		p := real.Pow(base, exponent)
		for name, e := range map[string]*real.Expr{
			"p − 1": real.Sub(p, one), "1 − p": real.Sub(one, p), "p·p − 1": real.Sub(real.Mul(p, p), one),
			"p÷√p − 1": real.Sub(real.Quo(p, real.Pow(base, real.Quo(exponent, two))), one),
		} {
			coarse, fine := enclose(e, 128), enclose(e, 600)
			if !meet(coarse, fine) || goodBits(coarse) < 120 {
				t.Errorf("%s of %v = %v: %d good bits, want 120", name, enclose(exponent, 64), coarse, goodBits(coarse))
			}
		}
	}
}

func TestExponentialsUndoLogarithms(t *testing.T) {
	near := real.Quo(real.Int(beyond(200)), real.Int(twoTo(200)))
	for _, row := range []struct {
		name    string
		e, want *real.Expr
	}{
		{"e^log 3", real.Exp(real.Log(three)), three},
		{"e^log 3 − 1", real.ExpM1(real.Log(three)), two},
		{"e^log(1 + 3)", real.Exp(real.Log(real.Add(one, three))), four},
		{"e^log(2 + 3)", real.Exp(real.Log(real.Add(two, three))), real.Int64(5)},
		{"e^log ½ − 1", real.ExpM1(real.Log(half)), real.Sub(zero, half)},
		{"e^log(1+2⁻²⁰⁰) − 1", real.ExpM1(real.Log(near)), real.Quo(one, real.Int(twoTo(200)))},
	} {
		if got := enclose(row.e, 128); !meet(got, enclose(row.want, 128)) || goodBits(got) < 120 {
			t.Errorf("%s = %v, want %v", row.name, got, enclose(row.want, 128))
		}
	}
}

func TestProductsDoNotShareTheirFactors(t *testing.T) {
	joined := real.Mul(real.Mul(root, root), root) // 8, of three factors: a slice with room for a fourth
	byTwo := real.Mul(joined, root)
	byThree := real.Mul(joined, real.Pow(real.Int64(9), half))
	twoBy, threeBy := real.Mul(root, joined), real.Mul(real.Pow(real.Int64(9), half), joined)
	for _, row := range []struct {
		e    *real.Expr
		want int64
	}{{joined, 8}, {byTwo, 16}, {byThree, 24}, {twoBy, 16}, {threeBy, 24}} {
		if equal, _ := row.e.Equals(big.NewRat(row.want, 1)); !equal {
			t.Errorf("%v, want %d", enclose(row.e, 64), row.want)
		}
	}
}

// Rounded sums depend on their order. That of a product's logarithm is the one in which the factors are written, whether they are joined two
// at a time or all at once, so that an enclosure is the same to the last bit wherever it is computed.
func TestFactorsKeepTheOrderInWhichTheyAreWritten(t *testing.T) {
	a, unit := interval.At(64), whole(1)
	balances := []*big.Int{whole(2), whole(3), whole(13), whole(17)}
	ones := []*big.Int{unit, unit, unit, unit}
	powers := make([]*real.Expr, len(balances))
	for i, b := range balances {
		powers[i] = real.Pow(real.Int(b), one)
	}
	inOrder := func(order ...int) interval.Interval {
		sum := a.LogRatio(a.Int(balances[order[0]]), a.Int(unit))
		for _, i := range order[1:] {
			sum = a.Add(sum, a.LogRatio(a.Int(balances[i]), a.Int(unit)))
		}
		return a.Exp(sum)
	}
	want := inOrder(0, 1, 2, 3)
	if same(want, inOrder(3, 2, 1, 0)) || same(want, inOrder(2, 3, 0, 1)) {
		t.Fatal("other orders give the same sums of these logarithms")
	}
	for name, e := range map[string]*real.Expr{
		"((2·3)·13)·17": real.Mul(real.Mul(real.Mul(powers[0], powers[1]), powers[2]), powers[3]),
		"(2·3)·(13·17)": real.Mul(real.Mul(powers[0], powers[1]), real.Mul(powers[2], powers[3])),
		"2·(3·(13·17))": real.Mul(powers[0], real.Mul(powers[1], real.Mul(powers[2], powers[3]))),
		"ValueGrowth":   real.ValueGrowth(ones, ones, balances),
	} {
		if got := enclose(e, 64); !same(got, want) {
			t.Errorf("%s = %v, want %v", name, got, want)
		}
	}
}

// Two arithmetics that share nothing agree to 2⁻⁴⁰⁰ on every formula.
func TestEnginesAgreeOnEveryFormula(t *testing.T) {
	count := 60
	if testing.Short() {
		count = 6
	}
	d := drawer{rand.New(rand.NewPCG(5, 6))}
	for i := range count {
		s := d.swap(i%3 == 0)
		if i%2 == 0 { // a trade of a few wei: a power as near 1 as it gets
			s.balanceIn, s.in = plus(s.balanceIn, twoTo(110)), d.number(4)
		}
		balances := []*big.Int{s.balanceIn, s.balanceOut}
		after := []*big.Int{plus(s.balanceIn, s.in), new(big.Int).Sub(s.balanceOut, s.out)}
		half := big.NewInt(0.5e18)
		ratio := real.Quo(real.Int(s.balanceIn), real.Int(after[0]))
		for name, e := range map[string]*real.Expr{
			"OutGivenIn":                 real.OutGivenIn(s.balanceIn, s.weightIn(), s.balanceOut, s.weightOut(), s.in),
			"InGivenOut":                 real.InGivenOut(s.balanceIn, s.weightIn(), s.balanceOut, s.weightOut(), s.out),
			"Invariant":                  real.Invariant(balances, []*big.Int{half, half}),
			"BalanceGivenInvariantRatio": real.BalanceGivenInvariantRatio(s.balanceIn, big.NewInt(1e16), plus(big.NewInt(0.7e18), s.unit)),
			"ValueGrowth":                real.ValueGrowth([]*big.Int{whole(s.p), whole(s.q)}, balances, after),
			"logarithm":                  real.Log(ratio),
			"exponential":                real.Exp(real.Fixed(plus(s.unit, big.NewInt(2e18)))),
			"exponential less 1":         real.ExpM1(real.Log(ratio)),
			"sum":                        real.Add(real.Log(two), real.Quo(real.Int(s.weightIn()), real.Int(s.weightOut()))),
		} {
			enclosure, witness := enclose(e, 512), real.Eval(real.Arithmetic[*big.Float](point.New()), e)
			if witness == nil {
				t.Fatalf("trade %d: the witness has no value of the %s, which is %v", i, name, enclosure)
			}
			if goodBits(enclosure) < 400 || !meet(enclosure, widened(witness)) {
				t.Fatalf("trade %d: the %s is %v, to the witness %s", i, name, enclosure, witness.Text('g', 150))
			}
		}
	}
}

func TestEnginesDecideNothingWhereThereIsNoValue(t *testing.T) {
	for name, e := range map[string]*real.Expr{
		"1÷0": real.Quo(one, zero), "log 0": real.Log(zero), "log −1": real.Log(real.Int64(-1)),
		"0⁻¹": real.Pow(zero, real.Int64(-1)), "1 + log 0": real.Add(one, real.Log(zero)),
	} {
		if got := enclose(e, 128); !got.Lo().IsInf() && !got.Hi().IsInf() {
			t.Errorf("%s = %v by enclosure", name, got)
		}
		if got := real.Eval(real.Arithmetic[*big.Float](point.New()), e); got != nil {
			t.Errorf("%s = %v by the witness", name, got)
		}
	}
}

// meet reports whether some number is in both.
func meet(x, y interval.Interval) bool {
	return x.Less(y) != interval.True && y.Less(x) != interval.True
}

// same reports whether two enclosures have the same ends.
func same(x, y interval.Interval) bool { return x.Lo().Cmp(y.Lo()) == 0 && x.Hi().Cmp(y.Hi()) == 0 }

// width returns hi − lo, nearly.
func width(x interval.Interval) *big.Float { return new(big.Float).SetPrec(64).Sub(x.Hi(), x.Lo()) }

// goodBits returns the largest b with hi − lo < 2⁻ᵇ·max(|lo|, |hi|), nearly: powers of 2 are compared.
func goodBits(x interval.Interval) int {
	if width(x).Sign() == 0 {
		return math.MaxInt
	}
	return max(x.Lo().MantExp(nil), x.Hi().MantExp(nil)) - width(x).MantExp(nil)
}

// widened returns the numbers within 2⁻⁴⁰⁰ of x, relatively.
func widened(x *big.Float) interval.Interval {
	margin := new(big.Float).SetMantExp(new(big.Float).Abs(x), -400)
	return interval.New(new(big.Float).Sub(x, margin), new(big.Float).Add(x, margin))
}

func twoTo(n uint) *big.Int { return new(big.Int).Lsh(big.NewInt(1), n) }

// beyond returns 2ⁿ + 1.
func beyond(n uint) *big.Int { return plus(twoTo(n), big.NewInt(1)) }
