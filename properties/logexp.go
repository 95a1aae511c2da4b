package properties

import (
	"math"
	"math/big"

	"github.com/trueweight/trueweight/properties/domain"
	"github.com/trueweight/trueweight/reference/real"
)

// LE · exp, ln and pow. Arguments and answers are 18-decimal fixed point; T is in the last place of that, 10⁻¹⁸, which is called a unit here.
// How far the operations may be off is derived in bounds.go.

var leEnc = &Property{
	ID:         "LE-ENC",
	Claim:      "powDown and powUp enclose the exact power.",
	Inequality: "powDown(x, y) ≤ T ≤ powUp(x, y)",
	T:          "xʸ, with 0⁰ = 1; the inequality is proved of every x and y in bounds.go (Theorem LE-ENC), and tested besides",
	Source:     "SPEC, exp, ln, pow: pd and pu",
	Proof:      "bounds.go, Theorem (LE-ENC)",
	Margin:     Slack,
	Kinds:      []domain.Kind{domain.KindPow},
	Needs:      []string{"PowDown", "PowUp"},
	check: func(j *Judge, s *Subject, c domain.Case) Verdict {
		p := powerIn(c.(*domain.Pow).Base, c.(*domain.Pow).Exponent)
		if !p.finite() {
			return Verdict{Outcome: Vacuous}
		}
		t := powT(p.base, p.exponent)
		return worst(
			ifAnswered(s.PowDown, p, func(got *big.Int) Verdict { return j.atMost("powDown", got, t) }),
			ifAnswered(s.PowUp, p, func(got *big.Int) Verdict { return j.atLeast("powUp", got, t) }))
	},
}

var leErr = &Property{
	ID:         "LE-ERR",
	Claim:      "exp, ln and pow are as near to the exact value as their algorithm implies for the arguments.",
	Inequality: "T − below ≤ exp(x), ln(a), pow(x, y) ≤ T + above",
	T:          "eˣ, ln a, xʸ; below and above are functions of the arguments, derived in bounds.go from SPEC's roundings, series and constants",
	Source:     "SPEC, exp, ln, pow",
	Proof:      "bounds.go, expErrorBounds, lnErrorBounds and powErrorBounds",
	Margin:     Ratio,
	Kinds:      []domain.Kind{domain.KindExp, domain.KindLn, domain.KindPow},
	Needs:      []string{"Exp", "Ln", "Pow"},
	check: func(j *Judge, s *Subject, c domain.Case) Verdict {
		switch c := c.(type) {
		case *domain.Exp:
			x := signedBig(c.X)
			got, err := s.Exp(c.X)
			if err != nil || !inExpDomain(x) {
				return vacuous(err)
			}
			below, above := expErrorBounds(x)
			return j.near("exp", got.ToBig(), expT(x), below, above)
		case *domain.Ln:
			a := signedBig(c.A)
			got, err := s.Ln(c.A)
			if err != nil {
				return vacuous(err)
			}
			if a.Sign() <= 0 {
				return violated("ln", got.Dec(), "a failure: no exact value exists")
			}
			below, above := lnErrorBounds(a)
			return j.near("ln", signedBig(got), lnT(a), below, above)
		default:
			p := powerIn(c.(*domain.Pow).Base, c.(*domain.Pow).Exponent)
			got, err := s.Pow(p.x, p.y)
			if err != nil || !p.finite() {
				return vacuous(err)
			}
			below, above := powErrorBounds(p.base, p.exponent)
			return j.near("pow", got.ToBig(), powT(p.base, p.exponent), below, above)
		}
	},
}

var leWidth = &Property{
	ID:    "LE-WIDTH",
	Claim: "powDown and powUp are no farther apart than the allowance implies, and where they multiply, than the roundings of the products imply.",
	Inequality: "powUp(x, y) − powDown(x, y) ≤ 2·(⌈pow(x, y)/10¹⁴⌉ + 1); " +
		"for y = 1, 2 and 4 ≤ the difference of the products rounded up and rounded down",
	T:      "none: both sides are integers",
	Source: "SPEC, exp, ln, pow: pd and pu",
	Margin: Slack,
	Kinds:  []domain.Kind{domain.KindPow},
	Needs:  []string{"Pow", "PowDown", "PowUp"},
	check: func(j *Judge, s *Subject, c domain.Case) Verdict {
		p := powerIn(c.(*domain.Pow).Base, c.(*domain.Pow).Exponent)
		up, err := s.PowUp(p.x, p.y)
		if err != nil {
			return vacuous(err)
		}
		down, err := s.PowDown(p.x, p.y)
		if err != nil {
			return vacuous(err)
		}
		allowed := new(big.Int)
		if atExactForm(p.exponent) {
			most, _ := exactForm(p.base, p.exponent, ceilQuo)
			least, _ := exactForm(p.base, p.exponent, floorQuo)
			if most == nil || least == nil {
				return Verdict{Outcome: Vacuous} // LE-EXACT says that they must fail
			}
			allowed.Sub(most, least)
		} else {
			raw, err := s.Pow(p.x, p.y)
			if err != nil {
				return vacuous(err)
			}
			allowed.Add(ceilQuo(raw.ToBig(), big.NewInt(1e14)), big.NewInt(1))
			allowed.Lsh(allowed, 1)
		}
		return noWider(new(big.Int).Sub(up.ToBig(), down.ToBig()), allowed)
	},
}

// noWider judges width ≤ allowed in integers.
func noWider(width, allowed *big.Int) Verdict {
	slack := new(big.Int).Sub(allowed, width)
	if slack.Sign() >= 0 {
		return Verdict{Outcome: Holds, Margin: slackOf(slack)}
	}
	return Verdict{Outcome: Violated, Part: "width", Margin: slackOf(slack), Excess: slack.Neg(slack), Got: width.String(), Want: "at most " + allowed.String()}
}

// near judges −below ≤ got − T ≤ above, with the used share of the side on which got lies as margin.
func (j *Judge) near(part string, got *big.Int, t, below, above *real.Expr) Verdict {
	side, ok := j.sign(t, got)
	switch {
	case !ok:
		return undecided(part)
	case side < 0:
		return j.within(part+" above T", real.Sub(real.Int(got), t), above)
	default:
		return j.within(part+" below T", real.Sub(t, real.Int(got)), below)
	}
}

// A powerCase asks for one power.
type powerCase struct {
	x, y           num
	base, exponent *big.Int // the same
}

func powerIn(x, y num) powerCase { return powerCase{x, y, x.ToBig(), y.ToBig()} }

// ifAnswered judges what an operation answers, if it does.
func ifAnswered(operation func(x, y num) (num, error), p powerCase, judge func(got *big.Int) Verdict) Verdict {
	got, err := operation(p.x, p.y)
	if err != nil {
		return vacuous(err)
	}
	return judge(got.ToBig())
}

// finite reports that |y·ln x| is not beyond all reason: SPEC answers only from −41 to 130, and its exact forms from −166 to 136. Where something else
// is answered outside, that is LE-DOM's to judge; 300 keeps T in a range that enclosures can show. The error of floating point is of no matter to it.
func (p powerCase) finite() bool {
	if p.base.Sign() == 0 || p.exponent.Sign() == 0 {
		return true
	}
	x, _ := new(big.Float).SetInt(p.base).Float64()
	y, _ := new(big.Float).SetInt(p.exponent).Float64()
	return math.Abs(y*1e-18*(math.Log(x)-18*math.Ln10)) < 300
}

// inExpDomain reports −41e18 ≤ x ≤ 130e18, where the bounds of exp speak; elsewhere it fails, says BX-EXP.
func inExpDomain(x *big.Int) bool {
	return x.Cmp(productOf(big.NewInt(-41), fixedOne)) >= 0 && x.Cmp(productOf(big.NewInt(130), fixedOne)) <= 0
}

// expT is eˣ, lnT is ln a, in units.
func expT(x *big.Int) *real.Expr { return real.Mul(real.Int(fixedOne), real.Exp(real.Fixed(x))) }
func lnT(a *big.Int) *real.Expr  { return real.Mul(real.Int(fixedOne), real.Log(real.Fixed(a))) }

// le are the claims of the family, in the order of reports.
var le = []*Property{leEnc, leErr, leWidth, leExact, leDom, leMono, leLaws, leStep, leEdge, leConst}
