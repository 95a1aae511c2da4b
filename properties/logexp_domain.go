package properties

import (
	"math/big"

	"github.com/trueweight/trueweight/properties/domain"
	"github.com/trueweight/trueweight/reference/exact"
	"github.com/trueweight/trueweight/reference/real"
)

var leExact = &Property{
	ID:    "LE-EXACT",
	Claim: "The exponents 1, 2 and 4 take the exact forms, every product rounded in the operation's direction, and fail exactly where a product overflows.",
	Inequality: "powDown(x, 1) = powUp(x, 1) = x; powDown(x, 2) = ⌊x·x⌋ and powDown(x, 4) = ⌊⌊x·x⌋·⌊x·x⌋⌋ in units; powUp(x, 2) and powUp(x, 4) " +
		"the same with ⌈ ⌉; the base is the case's, whatever its exponent",
	T:      "none: both sides are integers",
	Source: "SPEC, exp, ln, pow: pd and pu",
	Kinds:  []domain.Kind{domain.KindPow},
	Needs:  []string{"PowDown", "PowUp"},
	check: func(_ *Judge, s *Subject, c domain.Case) Verdict {
		x := c.(*domain.Pow).Base
		parts := make([]Verdict, 0, 6)
		for _, n := range []uint64{1, 2, 4} {
			y := *new(num).Mul(new(num).SetUint64(n), new(num).SetUint64(1e18))
			parts = append(parts,
				exactlyForm(s, "powDown", s.PowDown, powerIn(x, y), floorQuo),
				exactlyForm(s, "powUp", s.PowUp, powerIn(x, y), ceilQuo))
		}
		return worst(parts...)
	},
}

// exactlyForm judges that an operation answers, and fails, as the exact form does.
func exactlyForm(s *Subject, part string, operation func(x, y num) (num, error), p powerCase, round func(a, b *big.Int) *big.Int) Verdict {
	want, fails := exactForm(p.base, p.exponent, round)
	got, err := operation(p.x, p.y)
	if fails {
		return failsAs(s, part, got, err, mulOverflow)
	}
	return equalTo(part, got, err, want)
}

// exactForm returns x for y = 1, x·x for 2 and (x·x)·(x·x) for 4, rounded to units by round; fails where a product before its division reaches 2²⁵⁶.
func exactForm(x, y *big.Int, round func(a, b *big.Int) *big.Int) (power *big.Int, fails bool) {
	power = x
	for range new(big.Int).Quo(y, fixedOne).BitLen() - 1 {
		square := productOf(power, power)
		if square.BitLen() > 256 {
			return nil, true
		}
		power = round(square, fixedOne)
	}
	return power, false
}

func floorQuo(a, b *big.Int) *big.Int { return new(big.Int).Quo(a, b) }

// A blame is a failure's name in V2 and in V3.
type blame [2]string

var (
	mulOverflow   = blame{"BAL#003", "Panic(0x11)"}
	baseRange     = blame{"BAL#006", "BaseOutOfBounds"}
	exponentRange = blame{"BAL#007", "ExponentOutOfBounds"}
	productRange  = blame{"BAL#008", "ProductOutOfBounds"}
)

// failsAs judges that an operation failed, with the right name where the subject's profile asks for names.
func failsAs(s *Subject, part string, got num, err error, want blame) Verdict {
	if err == nil {
		return violated(part, got.Dec(), want[exact.V2]+" | "+want[exact.V3])
	}
	for _, r := range s.rules() {
		if s.Profile.Failures == ByName && failureName(err, r) != want[r] {
			return violated(part, failureName(err, r), want[r])
		}
	}
	return holds()
}

// equalTo judges that an operation answered a certain integer.
func equalTo(part string, got num, err error, want *big.Int) Verdict {
	if err != nil {
		return violated(part, failureLabel(err), want.String())
	}
	distance := new(big.Int).Sub(got.ToBig(), want)
	if distance.Sign() == 0 {
		return holds()
	}
	return Verdict{Outcome: Violated, Part: part, Excess: distance.Abs(distance), Got: got.Dec(), Want: want.String()}
}

var leDom = &Property{
	ID: "LE-DOM",
	Claim: "pow is exact at 0⁰ = 1, 0ʸ = 0 and x⁰ = 1, and powDown and powUp are there too; " +
		"elsewhere pow fails exactly outside its domain, tested in SPEC's order: base, exponent, product.",
	Inequality: "pow(x, 0) = 1; pow(0, y) = 0; else x ≥ 2²⁵⁵, else y ≥ ⌊2²⁵⁴/10²⁰⌋, else y·ln x outside [−41, 130] fails, and nothing else. Within " +
		"the error of SPEC's own logarithm of a limit either is right, and BX-POW decides",
	T:      "y·ln x",
	Source: "SPEC, exp, ln, pow: pow",
	Kinds:  []domain.Kind{domain.KindPow},
	Needs:  []string{"Pow", "PowDown", "PowUp"},
	check: func(j *Judge, s *Subject, c domain.Case) Verdict {
		p := powerIn(c.(*domain.Pow).Base, c.(*domain.Pow).Exponent)
		got, err := s.Pow(p.x, p.y)
		switch {
		case p.exponent.Sign() == 0:
			return worst(equalTo("pow of exponent 0", got, err, fixedOne), directedZeroExponent(s, p))
		case p.base.Sign() == 0:
			return worst(equalTo("pow of base 0", got, err, new(big.Int)), directedZeroBase(s, p))
		case p.base.BitLen() > 255:
			return failsAs(s, "base", got, err, baseRange)
		case p.exponent.Cmp(exponentLimit) >= 0:
			return failsAs(s, "exponent", got, err, exponentRange)
		}
		return j.productDomain(s, p, got, err)
	},
}

var exponentLimit = new(big.Int).Quo(new(big.Int).Lsh(big.NewInt(1), 254), productOf(big.NewInt(100), fixedOne))

// productDomain judges the last guard. With λ = y·|ln x| and l the magnitude that SPEC compares with the limit, powErrorBounds shows
// λ − y·lnLoss − 10⁻¹⁸ < l ≤ λ + y·lnGain. All is counted in 10⁻⁵⁴.
func (j *Judge) productDomain(s *Subject, p powerCase, got num, err error) Verdict {
	magnitude, limit := real.Quo(real.Int(p.base), real.Int(fixedOne)), big.NewInt(130)
	if p.base.Cmp(fixedOne) < 0 {
		magnitude, limit = real.Quo(real.Int(fixedOne), real.Int(p.base)), big.NewInt(41)
	}
	lambda := real.Mul(real.Int(productOf(p.exponent, part)), real.Log(magnitude))
	limit = productOf(limit, part, fixedOne)

	sure := new(big.Int).Sub(limit, productOf(p.exponent, lnGain(p.base)))
	side, ok := j.sign(lambda, sure)
	switch {
	case !ok:
		return undecided("product")
	case side <= 0 && err != nil:
		return violated("product", failureLabel(err), "an answer")
	case side <= 0:
		return holds()
	}
	limit.Add(limit, productOf(p.exponent, lnLoss(p.base))).Add(limit, part)
	side, ok = j.sign(lambda, limit)
	switch {
	case !ok:
		return undecided("product")
	case side < 0 && err == nil:
		return holds()
	}
	return failsAs(s, "product", got, err, productRange)
}

// The parts of LE-DOM that SPEC's powDown and powUp do not keep.
const (
	zeroBasePart     = "powDown and powUp of base 0"
	zeroExponentPart = "powDown and powUp of exponent 0"
)

func directedZeroBase(s *Subject, p powerCase) Verdict {
	return fartherOff(zeroBasePart, s, p, new(big.Int))
}

func directedZeroExponent(s *Subject, p powerCase) Verdict {
	return fartherOff(zeroExponentPart, s, p, fixedOne)
}

// fartherOff judges that powDown and powUp answer want, by the one that is farther from it.
func fartherOff(part string, s *Subject, p powerCase, want *big.Int) Verdict {
	down, err := s.PowDown(p.x, p.y)
	a := equalTo(part, down, err, want)
	up, err := s.PowUp(p.x, p.y)
	b := equalTo(part, up, err, want)
	switch {
	case a.Outcome == Holds:
		return b
	case b.Outcome == Holds, a.Excess == nil, b.Excess != nil && a.Excess.Cmp(b.Excess) >= 0:
		return a
	}
	return b
}
