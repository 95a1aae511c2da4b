package properties

import (
	"math/big"

	"github.com/trueweight/trueweight/properties/domain"
	"github.com/trueweight/trueweight/reference/real"
)

// A span holds the integers that LE-ERR lets an operation answer.
type span struct{ least, most *big.Int }

// spanAround returns ⌈T − below⌉ and ⌊T + above⌋, outwardly: T is enclosed once, by lo and hi that agree to about 128 bits, and T − below as
// well as T + above grow with T, so they are taken at lo and at hi. An answer of that length makes the enclosure shorter than 2⁻⁶⁴ units.
func (j *Judge) spanAround(t *real.Expr, answer *big.Int, errorsAt func(t *real.Expr) (below, above *real.Expr)) (span, bool) {
	lo, hi := t, t
	if _, ok := t.Rational(); !ok {
		iv := j.enclosure(t, uint(answer.BitLen()+191)/64*64)
		if iv.Lo().IsInf() || iv.Hi().IsInf() {
			return span{}, false
		}
		lo, hi = dyadic(iv.Lo()), dyadic(iv.Hi())
	}
	below, _ := errorsAt(lo)
	_, above := errorsAt(hi)
	least, _ := real.Sub(below, lo).Rational() // −least, whose floor is −⌈T − below⌉
	most, _ := real.Add(hi, above).Rational()
	return span{least: new(big.Int).Neg(floorOf(least)), most: floorOf(most)}, true
}

func floorOf(r *big.Rat) *big.Int { return new(big.Int).Div(r.Num(), r.Denom()) } // Euclidean: the floor, as denominators are positive

func dyadic(x *big.Float) *real.Expr {
	r, _ := x.Rat(nil)
	return real.Quo(real.Int(r.Num()), real.Int(r.Denom()))
}

func (j *Judge) powSpan(p powerCase, answer *big.Int) (span, bool) {
	if !p.finite() {
		return span{}, false
	}
	return j.spanAround(powT(p.base, p.exponent), answer, func(t *real.Expr) (below, above *real.Expr) { return powErrorsAt(t, p.base, p.exponent) })
}

func (j *Judge) expSpan(x, answer *big.Int) (span, bool) {
	if !inExpDomain(x) {
		return span{}, false
	}
	return j.spanAround(expT(x), answer, expErrorsAt(x))
}

// expErrorsAt is expErrorBounds with t in place of T.
func expErrorsAt(x *big.Int) func(t *real.Expr) (below, above *real.Expr) {
	return func(t *real.Expr) (below, above *real.Expr) {
		if x.Sign() == 0 {
			return expErrorBounds(x)
		}
		return powerError(t, x.Sign(), expLoss(x), big.NewInt(expGain))
	}
}

func (j *Judge) lnSpan(a, answer *big.Int) (span, bool) {
	return j.spanAround(lnT(a), answer, func(*real.Expr) (below, above *real.Expr) { return lnErrorBounds(a) })
}

var leMono = &Property{
	ID: "LE-MONO",
	Claim: "exp, ln and pow never fall by more than their errors allow as an argument grows (of a base under 1: as the exponent shrinks); " +
		"and pow never falls at all.",
	Inequality: "f(x) − f(x′) ≤ ⌊T + above⌋ − ⌈T′ − below′⌉ for x < x′, with the errors of LE-ERR; pow(x, y) ≤ pow(x′, y), and the same for y′. " +
		"x′ is x + 1 unit, or the case's other argument",
	T:      "eˣ, ln x, xʸ at both places",
	Source: "SPEC, exp, ln, pow",
	Margin: Ratio,
	Kinds:  []domain.Kind{domain.KindExp, domain.KindLn, domain.KindPow, domain.KindPowers},
	Needs:  []string{"Exp", "Ln", "Pow"},
	check: func(j *Judge, s *Subject, c domain.Case) Verdict {
		switch c := c.(type) {
		case *domain.Exp:
			return j.nextNotLower("exp falls within its errors", s.Exp, c.X, j.expSpan)
		case *domain.Ln:
			if c.A.Sign() <= 0 {
				_, err := s.Ln(c.A)
				return vacuous(err)
			}
			return j.nextNotLower("ln falls within its errors", s.Ln, c.A, j.lnSpan)
		}
		return j.powNotLower(s, risesOf(c))
	},
}

// nextNotLower judges f(x) − f(x + 1) for a signed x and signed answers.
func (j *Judge) nextNotLower(part string, f func(num) (num, error), x num, spanOf func(x, answer *big.Int) (span, bool)) Verdict {
	next := *new(num).AddUint64(&x, 1)
	here, err := f(x)
	if err != nil {
		return vacuous(err)
	}
	there, err := f(next)
	if err != nil {
		return vacuous(err)
	}
	a, b := signedBig(here), signedBig(there)
	if a.Cmp(b) <= 0 {
		return Verdict{Outcome: Holds, Margin: ratioMargin(0)}
	}
	from, ok1 := spanOf(signedBig(x), a)
	to, ok2 := spanOf(signedBig(next), b)
	if !ok1 || !ok2 {
		return undecided(part)
	}
	return j.within(part, real.Int(a.Sub(a, b)), real.Int(from.most.Sub(from.most, to.least)))
}

// neverFallsPart is the ideal that SPEC's pow does not reach.
const neverFallsPart = "pow never falls at all"

// powNotLower judges a list of rises: first each by LE-ERR's bounds, then the greatest fall of all against the ideal.
func (j *Judge) powNotLower(s *Subject, rises []rise) Verdict {
	parts := []Verdict{{Outcome: Vacuous}} // of the largest arguments there is none larger
	ideal := Verdict{Outcome: Holds, Margin: ratioMargin(0)}
	for _, r := range rises {
		here, err := s.Pow(r.from.x, r.from.y)
		if err != nil {
			parts = append(parts, vacuous(err))
			continue
		}
		there, err := s.Pow(r.to.x, r.to.y)
		if err != nil {
			parts = append(parts, vacuous(err))
			continue
		}
		fall := new(big.Int).Sub(here.ToBig(), there.ToBig())
		if fall.Sign() <= 0 {
			parts = append(parts, Verdict{Outcome: Holds, Margin: ratioMargin(0)})
			continue
		}
		allowed, ok := j.fallAllowance(r, here.ToBig())
		if !ok {
			parts = append(parts, undecided("pow falls within its errors"))
			continue
		}
		parts = append(parts, j.within("pow falls within its errors", real.Int(fall), real.Int(allowed)))
		if ideal.Excess == nil || fall.Cmp(ideal.Excess) > 0 {
			ideal = Verdict{Outcome: Violated, Part: neverFallsPart, Excess: fall, Got: there.Dec(), Want: "at least " + here.Dec()}
		}
	}
	if ideal.Outcome == Violated {
		parts = append(parts, ideal)
	}
	return worst(parts...)
}

// fallAllowance is by how much LE-ERR lets pow fall over a rise.
func (j *Judge) fallAllowance(r rise, answer *big.Int) (*big.Int, bool) {
	from, ok1 := j.powSpan(r.from, answer)
	to, ok2 := j.powSpan(r.to, answer)
	if !ok1 || !ok2 {
		return nil, false
	}
	return new(big.Int).Sub(from.most, to.least), true
}

// A rise is a pair of powers, the second of which is exactly as great as the first or greater.
type rise struct{ from, to powerCase }

// risesOf returns the rises that a case asks about: a unit more of base and of exponent, or from base to base and from exponent to exponent.
func risesOf(c domain.Case) []rise {
	switch c := c.(type) {
	case *domain.Pow:
		one := new(num).SetUint64(1)
		var rises []rise
		if next, over := new(num).AddOverflow(&c.Base, one); !over {
			rises = append(rises, rise{powerIn(c.Base, c.Exponent), powerIn(*next, c.Exponent)})
		}
		if next, over := new(num).AddOverflow(&c.Exponent, one); !over {
			rises = append(rises, alongExponent(c.Base, c.Exponent, *next))
		}
		return rises
	case *domain.Powers:
		return []rise{
			alongBase(c.X, c.Y, c.A), alongBase(c.X, c.Y, c.B),
			alongExponent(c.X, c.A, c.B), alongExponent(c.Y, c.A, c.B),
		}
	}
	return nil
}

func alongBase(x, y, exponent num) rise {
	if x.Gt(&y) {
		x, y = y, x
	}
	return rise{powerIn(x, exponent), powerIn(y, exponent)}
}

// alongExponent turns round under 1, where powers shrink as their exponent grows.
func alongExponent(base, a, b num) rise {
	if a.Gt(&b) != base.Lt(new(num).SetUint64(1e18)) {
		a, b = b, a
	}
	return rise{powerIn(base, a), powerIn(base, b)}
}

var leLaws = &Property{
	ID:    "LE-LAWS",
	Claim: "exp, ln and pow obey the laws of powers, within what their errors imply.",
	Inequality: "each side of ln(exp(x)) = x, exp(ln(a)) = a, exp(x)·exp(−x) = 1, xᵃ·xᵇ = xᵃ⁺ᵇ, (xᵃ)ᵇ = xᵃᵇ, xᵃ·yᵃ = (xy)ᵃ lies from the other as far as LE-ERR, " +
		"put into the law, allows",
	T:      "the law's value over the reals: x, a, 1, xᵃ⁺ᵇ, xᵃᵇ, (xy)ᵃ",
	Source: "LE-ERR",
	Margin: Ratio,
	Kinds:  []domain.Kind{domain.KindExp, domain.KindLn, domain.KindPowers},
	Needs:  []string{"Exp", "Ln", "Pow"},
	check: func(j *Judge, s *Subject, c domain.Case) Verdict {
		switch c := c.(type) {
		case *domain.Exp:
			return worst(j.logOfExp(s, c.X), j.inverseOfExp(s, c.X))
		case *domain.Ln:
			return j.expOfLog(s, c.A)
		}
		p := c.(*domain.Powers)
		return worst(j.sumOfExponents(s, p.X, p.A, p.B), j.productOfExponents(s, p.X, p.A, p.B), j.productOfBases(s, p.X, p.Y, p.A))
	},
}

// between judges lo ≤ value ≤ hi around a middle inside: the margin is value's share of the way from the middle to the end on its side. The end is compared
// with value first and alone, since the middle may be a power that algebra cannot take out of both distances.
func (j *Judge) between(part string, value, middle, lo, hi *real.Expr) Verdict {
	zero := new(big.Int)
	side, ok := j.sign(real.Sub(value, middle), zero)
	if !ok {
		return undecided(part)
	}
	end, left, word := hi, real.Sub(hi, value), "at most "
	if side < 0 {
		end, left, word = lo, real.Sub(value, lo), "at least "
	}
	switch room, ok := j.sign(left, zero); {
	case !ok:
		return undecided(part)
	case room < 0:
		excess, ok := j.ceil(real.Sub(real.Int64(0), left), 0)
		if !ok {
			excess = nil
		}
		return Verdict{Outcome: Violated, Part: part, Excess: excess, Got: j.show(value), Want: word + j.show(end)}
	case side == 0:
		return Verdict{Outcome: Holds, Margin: ratioMargin(0)}
	case room == 0:
		return Verdict{Outcome: Holds, Margin: ratioMargin(1e9)}
	}
	return Verdict{Outcome: Holds, Margin: j.marginOf(real.Sub(value, middle), real.Sub(end, middle))}
}

// marginOf is the margin used ÷ allowed, two numbers of one sign, from the upper end of one enclosure: it decides nothing, so it may be 10⁻⁹ more where
// the share is just a whole number of them.
func (j *Judge) marginOf(used, allowed *real.Expr) Margin {
	iv := j.enclosure(real.Mul(real.Quo(used, allowed), real.Int64(1e9)), 256)
	switch billionths, accuracy := iv.Hi().Uint64(); {
	case billionths >= 1e9:
		return ratioMargin(1e9)
	case accuracy == big.Exact:
		return ratioMargin(billionths)
	default:
		return ratioMargin(billionths + 1)
	}
}

// logOfExp judges ln(exp(x)) against x. exp(x) = E lies in its span, and ln(E) within its own errors of ln E, which grows with E.
func (j *Judge) logOfExp(s *Subject, arg num) Verdict {
	const law = "ln(exp(x)) = x"
	x := signedBig(arg)
	power, err := s.Exp(arg)
	if err != nil || !inExpDomain(x) {
		return vacuous(err)
	}
	log, err := s.Ln(power)
	if err != nil {
		return violated(law, failureLabel(err), x.String())
	}
	e, ok := j.expSpan(x, power.ToBig())
	if !ok {
		return undecided(law)
	}
	below, above := lnErrorBounds(power.ToBig())
	return j.between(law, real.Int(signedBig(log)), real.Int(x), real.Sub(lnT(e.least), below), real.Add(lnT(e.most), above))
}

// expOfLog judges exp(ln(a)) against a, in the same way.
func (j *Judge) expOfLog(s *Subject, arg num) Verdict {
	const law = "exp(ln(a)) = a"
	log, err := s.Ln(arg)
	if err != nil || arg.Sign() <= 0 {
		return vacuous(err)
	}
	power, err := s.Exp(log)
	x := signedBig(log)
	if err != nil || !inExpDomain(x) {
		return vacuous(err)
	}
	l, ok := j.lnSpan(arg.ToBig(), x)
	if !ok {
		return undecided(law)
	}
	return j.around(law, power.ToBig(), real.Int(arg.ToBig()), expT(l.least), expT(l.most), expErrorsAt(x))
}

// around judges an answer whose exact value lies from lo to hi, and which is off by the errors there; T − below and T + above grow with T.
func (j *Judge) around(law string, answer *big.Int, middle, lo, hi *real.Expr, errorsAt func(*real.Expr) (below, above *real.Expr)) Verdict {
	below, _ := errorsAt(lo)
	_, above := errorsAt(hi)
	return j.between(law, real.Int(answer), middle, real.Sub(lo, below), real.Add(hi, above))
}

// inverseOfExp judges exp(x)·exp(−x) against 1.
func (j *Judge) inverseOfExp(s *Subject, arg num) Verdict {
	const law = "exp(x)·exp(−x) = 1"
	minus := *new(num).Neg(&arg)
	x := signedBig(arg)
	if !inExpDomain(x) || !inExpDomain(new(big.Int).Neg(x)) {
		_, err := s.Exp(arg)
		return vacuous(err)
	}
	there, err := s.Exp(arg)
	if err != nil {
		return vacuous(err)
	}
	back, err := s.Exp(minus)
	if err != nil {
		return vacuous(err)
	}
	e, ok1 := j.expSpan(x, there.ToBig())
	f, ok2 := j.expSpan(new(big.Int).Neg(x), back.ToBig())
	if !ok1 || !ok2 {
		return undecided(law)
	}
	return j.between(law, times(there.ToBig(), back.ToBig()), real.Int(fixedOne), times(e.least, f.least), times(e.most, f.most))
}

// times is the product of two numbers in units, unrounded; of the ends of spans, those below 0 count as 0.
func times(a, b *big.Int) *real.Expr {
	if a.Sign() < 0 || b.Sign() < 0 {
		return real.Int64(0)
	}
	return real.Fixed(productOf(a, b))
}

// sumOfExponents judges xᵃ·xᵇ less the answer for xᵃ⁺ᵇ against 0.
func (j *Judge) sumOfExponents(s *Subject, x, a, b num) Verdict {
	const law = "xᵃ·xᵇ = xᵃ⁺ᵇ"
	sum, over := new(num).AddOverflow(&a, &b)
	if over {
		return Verdict{Outcome: Vacuous}
	}
	p, v := j.powsWithSpans(law, s, powerIn(x, a), powerIn(x, b), powerIn(x, *sum))
	if v != nil {
		return *v
	}
	return j.between(law,
		real.Sub(times(p[0].got, p[1].got), real.Int(p[2].got)), real.Int64(0),
		real.Sub(times(p[0].least, p[1].least), real.Int(p[2].most)),
		real.Sub(times(p[0].most, p[1].most), real.Int(p[2].least)))
}

// productOfBases judges xᵃ·yᵃ against (xy)ᵃ, whose base is exact.
func (j *Judge) productOfBases(s *Subject, x, y, a num) Verdict {
	const law = "xᵃ·yᵃ = (xy)ᵃ"
	p, v := j.powsWithSpans(law, s, powerIn(x, a), powerIn(y, a))
	if v != nil {
		return *v
	}
	t := real.Mul(real.Int(fixedOne), real.Pow(real.Quo(real.Int(productOf(x.ToBig(), y.ToBig())), real.Int(part)), real.Fixed(a.ToBig())))
	return j.between(law, times(p[0].got, p[1].got), t, times(p[0].least, p[1].least), times(p[0].most, p[1].most))
}

// An answeredPower is an answer of pow and what it may be.
type answeredPower struct {
	got *big.Int
	span
}

// powsWithSpans asks for powers; where one fails, or its span cannot be told, it returns the verdict.
func (j *Judge) powsWithSpans(law string, s *Subject, powers ...powerCase) ([]answeredPower, *Verdict) {
	list := make([]answeredPower, len(powers))
	for i, p := range powers {
		got, err := s.Pow(p.x, p.y)
		if err != nil || !p.finite() {
			v := vacuous(err)
			return nil, &v
		}
		list[i].got = got.ToBig()
	}
	for i, p := range powers {
		var ok bool
		if list[i].span, ok = j.powSpan(p, list[i].got); !ok {
			v := undecided(law)
			return nil, &v
		}
	}
	return list, nil
}

// productOfExponents judges (xᵃ)ᵇ against xᵃᵇ, whose exponent is exact: pow is asked twice, and its first answer, within its span, is the base
// of the second.
func (j *Judge) productOfExponents(s *Subject, x, a, b num) Verdict {
	const law = "(xᵃ)ᵇ = xᵃᵇ"
	inner := powerIn(x, a)
	answer, err := s.Pow(x, a)
	if err != nil || !inner.finite() {
		return vacuous(err)
	}
	outer := powerIn(answer, b)
	power, err := s.Pow(answer, b)
	if err != nil || !outer.finite() {
		return vacuous(err)
	}
	base, ok := j.powSpan(inner, outer.base)
	if !ok {
		return undecided(law)
	}
	least := new(big.Int).Set(base.least)
	if least.Sign() < 0 {
		least.SetInt64(0)
	}
	t := real.Mul(real.Int(fixedOne), real.Pow(real.Fixed(inner.base), real.Mul(real.Fixed(inner.exponent), real.Fixed(outer.exponent))))
	return j.around(law, power.ToBig(), t, powT(least, outer.exponent), powT(base.most, outer.exponent),
		func(t *real.Expr) (below, above *real.Expr) { return powErrorsAt(t, outer.base, outer.exponent) })
}
