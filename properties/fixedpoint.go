package properties

import (
	"math/big"
	"slices"

	"github.com/trueweight/trueweight/properties/domain"
	"github.com/trueweight/trueweight/reference/exact"
)

// FP · fixed point. What each operation must answer, and when it must fail, is written here from SPEC's
// table in words of its own: it shares nothing with the specification that BX compares with.

// A rounded operation is a quotient of integers, rounded one way to a word.
type rounded struct {
	operation string
	up        bool
	// quotient returns the dividend, which must fit a word, and the divisor, which must not be 0.
	quotient func(a, b, c *big.Int) (dividend, divisor *big.Int)
	v2, v3   []guard // in the order tested; v2 has no such operation where it has no guards
}

// A guard is a reason to fail, and how it is called.
type guard struct {
	violated func(dividend, divisor *big.Int) bool
	name     string
}

func outsideWord(dividend, _ *big.Int) bool { return dividend.Sign() < 0 || dividend.BitLen() > 256 }
func zeroDivisor(_, divisor *big.Int) bool  { return divisor.Sign() == 0 }

func timesOverOne(a, b, _ *big.Int) (*big.Int, *big.Int) {
	return new(big.Int).Mul(a, b), big.NewInt(domain.One)
}

func timesOneOver(a, b, _ *big.Int) (*big.Int, *big.Int) {
	return new(big.Int).Mul(a, big.NewInt(domain.One)), b
}

// The operations, with their guards as SPEC's table has them.
var (
	sums = []*rounded{
		{"Add", false, func(a, b, _ *big.Int) (*big.Int, *big.Int) { return new(big.Int).Add(a, b), big.NewInt(1) },
			[]guard{{outsideWord, "BAL#000"}}, []guard{{outsideWord, "Panic(0x11)"}}},
		{"Sub", false, func(a, b, _ *big.Int) (*big.Int, *big.Int) { return new(big.Int).Sub(a, b), big.NewInt(1) },
			[]guard{{outsideWord, "BAL#001"}}, []guard{{outsideWord, "Panic(0x11)"}}},
	}
	products = []*rounded{
		{"MulDown", false, timesOverOne, []guard{{outsideWord, "BAL#003"}}, []guard{{outsideWord, "Panic(0x11)"}}},
		{"MulUp", true, timesOverOne, []guard{{outsideWord, "BAL#003"}}, []guard{{outsideWord, "Panic(0x11)"}}},
	}
	quotients = []*rounded{
		{"DivDown", false, timesOneOver,
			[]guard{{zeroDivisor, "BAL#004"}, {outsideWord, "BAL#005"}}, []guard{{outsideWord, "Panic(0x11)"}, {zeroDivisor, "Panic(0x12)"}}},
		{"DivUp", true, timesOneOver,
			[]guard{{zeroDivisor, "BAL#004"}, {outsideWord, "BAL#005"}}, []guard{{zeroDivisor, "ZeroDivision"}, {outsideWord, "Panic(0x11)"}}},
	}
	rawQuotients = []*rounded{
		{"MulDivUp", true, func(a, b, c *big.Int) (*big.Int, *big.Int) { return new(big.Int).Mul(a, b), c },
			nil, []guard{{zeroDivisor, "ZeroDivision"}, {outsideWord, "Panic(0x11)"}}},
		{"DivUpRaw", true, func(a, b, _ *big.Int) (*big.Int, *big.Int) { return a, b },
			[]guard{{zeroDivisor, "BAL#004"}}, []guard{{zeroDivisor, "ZeroDivision"}}},
	}
)

var fpMul = &Property{
	ID:         "FP-MUL",
	Claim:      "A product is the exact one rounded to a wei: down by mulDown, up by mulUp.",
	Inequality: "mulDown(a, b) = ⌊T⌋, mulUp(a, b) = ⌈T⌉",
	T:          "a·b / 10¹⁸",
	Source:     "SPEC, Fixed point",
	Margin:     NoMargin,
	Kinds:      onOperands,
	Needs:      []string{"MulDown", "MulUp"},
	check:      func(_ *Judge, s *Subject, c domain.Case) Verdict { return eachRounded(products, s, c) },
}

var fpDiv = &Property{
	ID:         "FP-DIV",
	Claim:      "A quotient is the exact one rounded to a wei: down by divDown, up by divUp, mulDivUp and divUpRaw.",
	Inequality: "divDown(a, b) = ⌊T⌋, divUp(a, b) = ⌈T⌉, mulDivUp(a, b, c) = ⌈a·b / c⌉, divUpRaw(a, b) = ⌈a / b⌉",
	T:          "a·10¹⁸ / b",
	Source:     "SPEC, Fixed point",
	Margin:     NoMargin,
	Kinds:      onOperands,
	Needs:      []string{"DivDown", "DivUp"}, // the others where it has them
	check: func(_ *Judge, s *Subject, c domain.Case) Verdict {
		return eachRounded(slices.Concat(quotients, rawQuotients), s, c)
	},
}

// eachRounded judges that what the subject's operations answer is the exact value, rounded.
func eachRounded(list []*rounded, s *Subject, c domain.Case) Verdict {
	var parts []Verdict
	for _, r := range list {
		if s.Has(r.operation) {
			parts = append(parts, r.judge(s, c))
		}
	}
	return worst(parts...)
}

func (r *rounded) ask(s *Subject, c domain.Case) answer { return operationNamed(r.operation).ask(s, c) }

// exactly returns the quotient of a case, unrounded.
func (r *rounded) exactly(c domain.Case) (dividend, divisor *big.Int) {
	o := c.(*domain.Operands)
	return r.quotient(o.A.ToBig(), o.B.ToBig(), o.C.ToBig())
}

func (r *rounded) judge(s *Subject, c domain.Case) Verdict {
	a := r.ask(s, c)
	if a.err != nil {
		return vacuous(a.err)
	}
	dividend, divisor := r.exactly(c)
	got := a.values[0].ToBig()
	if divisor.Sign() == 0 {
		return violated(r.operation, got.String(), "a failure: no exact value exists")
	}
	want := roundedQuotient(dividend, divisor, r.up)
	if got.Cmp(want) == 0 {
		return holds()
	}
	v := violated(r.operation, got.String(), want.String())
	v.Excess = want.Abs(want.Sub(got, want))
	return v
}

// roundedQuotient returns n/d rounded down or up, for n ≥ 0, d > 0.
func roundedQuotient(n, d *big.Int, up bool) *big.Int {
	q, rest := new(big.Int).QuoRem(n, d, new(big.Int))
	if up && rest.Sign() > 0 {
		q.Add(q, big.NewInt(1))
	}
	return q
}

var fpFail = &Property{
	ID:         "FP-FAIL",
	Claim:      "Fixed-point operations fail exactly when a word overflows or the divisor is 0, by the name of what is tested first.",
	Inequality: "op fails ⇔ dividend ∉ [0, 2²⁵⁶) or divisor = 0",
	Source:     "SPEC, Fixed point",
	Margin:     NoMargin,
	Kinds:      onOperands,
	Needs:      []string{"MulDown", "MulUp", "DivDown", "DivUp"}, // the others where it has them
	check: func(_ *Judge, s *Subject, c domain.Case) Verdict {
		for _, r := range slices.Concat(sums, products, quotients, rawQuotients) {
			if !s.Has(r.operation) {
				continue
			}
			if v := r.judgeFailure(s, c); v.Outcome != Holds {
				return v
			}
		}
		return holds()
	},
}

func (r *rounded) judgeFailure(s *Subject, c domain.Case) Verdict {
	err := r.ask(s, c).err
	dividend, divisor := r.exactly(c)
	versions := s.rules()
	if r.v2 == nil {
		versions = []exact.Rules{exact.V3}
	}
	for _, rules := range versions {
		want := r.failure(rules, dividend, divisor)
		switch got := failureName(err, rules); {
		case want == "" && err != nil:
			return violated(r.operation+" fails only where it must", "failure "+got, "a value")
		case want != "" && err == nil:
			return violated(r.operation+" fails where it must", "a value", rules.String()+" failure "+want)
		case got != want && s.Profile.Failures == ByName:
			return violated(r.operation+"'s name of the failure", got, rules.String()+"'s "+want)
		}
	}
	return holds()
}

// failure returns the name of the first reason to fail, or "" for none.
func (r *rounded) failure(rules exact.Rules, dividend, divisor *big.Int) string {
	guards := r.v2
	if rules == exact.V3 {
		guards = r.v3
	}
	for _, g := range guards {
		if g.violated(dividend, divisor) {
			return g.name
		}
	}
	return ""
}

var fpGap = &Property{
	ID:         "FP-GAP",
	Claim:      "The two directions are one wei apart, and equal exactly when nothing is rounded.",
	Inequality: "mulUp − mulDown, divUp − divDown ∈ {0, 1}, 0 ⇔ the division leaves no remainder",
	Source:     "SPEC, Fixed point",
	Margin:     NoMargin,
	Kinds:      onOperands,
	Needs:      []string{"MulDown", "MulUp", "DivDown", "DivUp"},
	check: func(_ *Judge, s *Subject, c domain.Case) Verdict {
		return worst(gap("products", products, s, c), gap("quotients", quotients, s, c))
	},
}

// gap judges the distance between two directions of one quotient.
func gap(part string, directions []*rounded, s *Subject, c domain.Case) Verdict {
	down, up := directions[0], directions[1]
	lower, upper := down.ask(s, c), up.ask(s, c)
	if lower.err != nil {
		return vacuous(lower.err)
	}
	if upper.err != nil {
		return vacuous(upper.err)
	}
	dividend, divisor := down.exactly(c)
	if divisor.Sign() == 0 {
		return violated(part, "two values", "two failures: no exact value exists")
	}
	want := int64(new(big.Int).Rem(dividend, divisor).Sign())
	got := new(big.Int).Sub(upper.values[0].ToBig(), lower.values[0].ToBig())
	if got.Cmp(big.NewInt(want)) == 0 {
		return holds()
	}
	return violated(part, got.String(), big.NewInt(want).String())
}

var fpComp = &Property{
	ID:         "FP-COMP",
	Claim:      "The complement is what is missing to one, and 0 from one on; it never fails.",
	Inequality: "complement(x) = max(0, 10¹⁸ − x)",
	Source:     "SPEC, Fixed point",
	Margin:     NoMargin,
	Kinds:      onOperands,
	Needs:      []string{"Complement"},
	check: func(_ *Judge, s *Subject, c domain.Case) Verdict {
		o := c.(*domain.Operands)
		var parts []Verdict
		for _, x := range []num{o.A, o.B, o.C} {
			want := new(big.Int).Sub(big.NewInt(domain.One), x.ToBig())
			if want.Sign() < 0 {
				want.SetInt64(0)
			}
			switch got, err := s.Complement(x); {
			case err != nil:
				parts = append(parts, violated("never fails", "failure "+err.Error(), want.String()))
			case got.ToBig().Cmp(want) != 0:
				parts = append(parts, violated("value", got.Dec(), want.String()))
			default:
				parts = append(parts, holds())
			}
		}
		return worst(parts...)
	},
}

var fp = []*Property{fpMul, fpDiv, fpFail, fpGap, fpComp, fpPure}
