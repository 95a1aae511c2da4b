package properties

import (
	"math/big"
	"sync"

	"github.com/trueweight/trueweight/properties/domain"
	"github.com/trueweight/trueweight/reference/real"
)

var leStep = &Property{
	ID: "LE-STEP",
	Claim: "powUp and powDown are pow and its allowance, a part in 10¹⁴ rounded up and a unit more, and nothing else: powDown is 0 where the allowance is more than there is. " +
		"They fail exactly where pow does, and where ten thousand times the power is no word of 256 bits.",
	Inequality: "powUp = pow + e, powDown = max(0, pow − e), e = ⌈pow/10¹⁴⌉ + 1, pow the subject's own; exponents other than 1, 2 and 4",
	Source:     "SPEC, exp, ln, pow: pd and pu",
	Kinds:      onPow,
	Needs:      []string{"Pow", "PowDown", "PowUp"},
	check: func(_ *Judge, s *Subject, c domain.Case) Verdict {
		p := powerIn(c.(*domain.Pow).Base, c.(*domain.Pow).Exponent)
		if atExactForm(p.exponent) {
			return Verdict{Outcome: Vacuous} // LE-EXACT's
		}
		k := &contract{s: s}
		power := k.power(s.Pow, p.base, p.exponent)
		allowed := k.plus(k.mulUp(power, big.NewInt(10_000)), weiBig)
		least := new(big.Int)
		if power.Cmp(allowed) > 0 {
			least = k.minus(power, allowed)
		}
		up, errUp := s.PowUp(p.x, p.y)
		down, errDown := s.PowDown(p.x, p.y)
		return worst(k.judge("powUp", []num{up}, errUp, k.plus(power, allowed)), k.judge("powDown", []num{down}, errDown, least))
	},
}

var leEdge = &Property{
	ID: "LE-EDGE",
	Claim: "exp answers exactly from −41 to 130, ln exactly above 0 and below 2²⁵⁵ units, and pow of the base 1, resp. of the least exponent, exactly below its exponent's limit, resp. its base's: a unit beyond a bound fails, the bound " +
		"itself does not.",
	Inequality: "exp(x) ⟺ −41 ≤ x ≤ 130; ln(a) ⟺ 0 < a < 2²⁵⁵·10⁻¹⁸; 1ʸ = 1 ⟺ y < ⌊2²⁵⁴/10²⁰⌋·10⁻¹⁸; x^(10⁻¹⁸) ⟺ x < 2²⁵⁵·10⁻¹⁸; each judged at the case's and on both sides of a bound",
	Source:     "SPEC, exp, ln, pow",
	Kinds:      []domain.Kind{domain.KindExp, domain.KindLn, domain.KindPow},
	Needs:      []string{"Exp", "Ln", "Pow"},
	check: func(_ *Judge, s *Subject, c domain.Case) Verdict {
		switch c := c.(type) {
		case *domain.Exp:
			v := defined("exp", s.Exp, c.X, inExpDomain(signedBig(c.X)))
			for _, bound := range []int64{-41, 130} {
				beyond := productOf(big.NewInt(bound), fixedOne)
				v = worst(v, defined("exp at its bound", s.Exp, numOf(beyond), true))
				beyond.Add(beyond, big.NewInt(bound/max(bound, -bound)))
				v = worst(v, defined("exp a unit beyond its bound", s.Exp, numOf(beyond), false))
			}
			return v
		case *domain.Ln:
			top := word(new(big.Int).Lsh(weiBig, 255))
			return worst(defined("ln", s.Ln, c.A, c.A.Sign() > 0), defined("ln of 0", s.Ln, num{}, false), defined("ln of a unit", s.Ln, *newNum(1), true),
				defined("ln of 2²⁵⁵ units", s.Ln, top, false), defined("ln of a unit less than 2²⁵⁵", s.Ln, minusOne(top), true))
		}
		exponent, base := word(exponentLimit), word(new(big.Int).Lsh(weiBig, 255))
		one, err := s.Pow(fixedNum, minusOne(exponent))
		ofOne := func(y num) (num, error) { return s.Pow(fixedNum, y) }
		toLeast := func(x num) (num, error) { return s.Pow(x, *newNum(1)) }
		return worst(equalTo("1 to the last exponent", one, err, fixedOne), defined("1 beyond the last exponent", ofOne, exponent, false),
			defined("the last base", toLeast, minusOne(base), true), defined("a unit beyond the last base", toLeast, base, false))
	},
}

// defined judges that an operation answers, or that it fails.
func defined(part string, operation func(num) (num, error), x num, answers bool) Verdict {
	got, err := operation(x)
	switch {
	case answers && err != nil:
		return violated(part, failureLabel(err), "an answer")
	case !answers && err == nil:
		return violated(part, got.Dec(), "a failure")
	}
	return Verdict{Outcome: Holds}
}

var leConst = &Property{
	ID: "LE-CONST",
	Claim: "The powers that exp multiplies by and ln divides by are e¹²⁸, e⁶⁴, e³², … e^(1/16) to 21 significant digits, the nearest, and that of 128 cut off: at such an exponent, and beside 64, exp is their product and nothing " +
		"else, and the logarithm of such a power, rounded up to a unit, is its exponent.",
	Inequality: "exp(x) = ⌊E(x)⌋, exp(64 + x) = ⌊E(64)·E(x)⌋, ln(⌈E(x)⌉) = x, E(x) = eˣ to 21 digits, ⌊ ⌋ and ⌈ ⌉ in units; x = 128, 64, 32, … 1/4, for ln to 1/16",
	T:          "eˣ",
	Source:     "SPEC, exp, ln, pow: constants",
	Kinds:      []domain.Kind{domain.KindExp, domain.KindLn},
	Needs:      []string{"Exp", "Ln"},
	check: func(_ *Judge, s *Subject, c domain.Case) Verdict {
		table := powersOfE()
		if l, ok := c.(*domain.Ln); ok {
			e := table[l.A[0]%uint64(len(table))]
			got, err := s.Ln(word(ceilQuo(e.power, digitsBelow)))
			return equalTo("ln of a constant", got, err, e.exponent)
		}
		e, e64 := table[c.(*domain.Exp).X[0]%uint64(len(table)-2)], table[1]
		got, err := s.Exp(word(e.exponent))
		v := equalTo("exp of a constant's exponent", got, err, floorQuo(e.power, digitsBelow))
		if e.exponent.Cmp(e64.exponent) < 0 {
			got, err = s.Exp(word(new(big.Int).Add(e.exponent, e64.exponent)))
			product := productOf(e64.power, e.power)
			v = worst(v, equalTo("exp beside 64", got, err, product.Quo(product, productOf(digitsBelow, digitsBelow, fixedOne))))
		}
		return v
	},
}

// A powerOfE is eˣ to 21 significant digits, in 10⁻³⁸, and x in units.
type powerOfE struct{ exponent, power *big.Int }

// digitsBelow is how many 10⁻³⁸ a unit is.
var digitsBelow = productOf(big.NewInt(100), fixedOne)

// powersOfE are the powers for 128, 64, 32, … 1/16.
var powersOfE = sync.OnceValue(func() (table []powerOfE) {
	j, half := NewJudge(Enclosures), real.Quo(real.Int64(1), real.Int64(2))
	x := productOf(big.NewInt(128), fixedOne)
	for range 12 {
		t := real.Mul(real.Exp(real.Fixed(x)), real.Int(powerOf(big.NewInt(10), 38)))
		whole := j.mustFloor(t)
		unit := powerOf(big.NewInt(10), int64(len(whole.String())-21)) // of the 21st digit
		digits := real.Quo(t, real.Int(unit))
		if len(table) > 0 {
			digits = real.Add(digits, half)
		}
		table = append(table, powerOfE{new(big.Int).Set(x), productOf(j.mustFloor(digits), unit)})
		x.Rsh(x, 1)
	}
	return table
})

// mustFloor returns ⌊e⌋ of a number that is not whole.
func (j *Judge) mustFloor(e *real.Expr) *big.Int {
	n, ok := j.floor(e, 320)
	if !ok {
		panic(harnessFault("no enclosure tells the digits of a power of e"))
	}
	return n
}
