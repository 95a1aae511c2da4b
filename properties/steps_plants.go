package properties

import (
	"errors"
	"math/big"
	"slices"
)

// answeringZero plants a failure that is swallowed.
func answeringZero(operation *rounding) {
	right := *operation
	*operation = func(a, b num) (num, error) {
		z, _ := right(a, b)
		return z, nil
	}
}

var leStepPlants = []Plant{
	{"LE-STEP", "powUp's allowance is rounded down", func(s *Subject) { s.PowUp = margined(s, s.MulDown, 10_000, 1, true) }},
	{"LE-STEP", "powDown allows a unit more", func(s *Subject) { s.PowDown = margined(s, s.MulUp, 10_000, 2, false) }},
	{"LE-STEP", "powDown of what pow refuses is 0", func(s *Subject) { answeringZero(&s.PowDown) }},

	{"LE-EDGE", "exp refuses 130", func(s *Subject) { s.Exp = refusing(s.Exp, numOf(productOf(big.NewInt(130), fixedOne))) }},
	{"LE-EDGE", "exp takes a unit below −41", func(s *Subject) {
		beyond := productOf(big.NewInt(-41), fixedOne)
		s.Exp = accepting(s.Exp, numOf(beyond.Sub(beyond, weiBig)))
	}},
	{"LE-EDGE", "ln of 0 is 0", func(s *Subject) { s.Ln = accepting(s.Ln, num{}) }},
	{"LE-EDGE", "pow takes bases up to 2²⁵⁴", func(s *Subject) {
		right := s.Pow
		s.Pow = func(x, y num) (num, error) {
			if x.BitLen() > 254 && !y.IsZero() {
				return num{}, errors.New("base")
			}
			return right(x, y)
		}
	}},

	{"LE-CONST", "the last digit of e in exp", func(s *Subject) {
		s.Exp = off(s.Exp, func(x, z *big.Int) *big.Int {
			return ifBit(x, 1e18, floorQuo(z, productOf(big.NewInt(272), fixedOne)))
		})
	}},
	{"LE-CONST", "the exponent of a constant of ln is a unit short", func(s *Subject) {
		s.Ln = off(s.Ln, func(_, z *big.Int) *big.Int { return ifBit(z, 8e18, big.NewInt(-1)) })
	}},
}

// refusing fails for one argument, accepting answers 0 for one.
func refusing(f func(num) (num, error), at num) func(num) (num, error) {
	return func(x num) (num, error) {
		if x == at {
			return num{}, errors.New("out of bounds")
		}
		return f(x)
	}
}

func accepting(f func(num) (num, error), at num) func(num) (num, error) {
	return func(x num) (num, error) {
		if x == at {
			return num{}, nil
		}
		return f(x)
	}
}

// ratioBy plants the roundings of the balance at a ratio.
func ratioBy(change func(s *Subject, above, below, last *rounding)) func(*Subject) {
	return func(s *Subject) {
		above, below, last := s.DivUp, s.DivDown, s.MulUp
		change(s, &above, &below, &last)
		right := s.BalanceGivenInvariantRatio
		s.BalanceGivenInvariantRatio = func(b, w, ratio num) (num, error) {
			if z, err := right(b, w, ratio); err != nil {
				return z, err
			}
			inverse := below
			if ratio.Gt(&fixedNum) {
				inverse = above
			}
			exponent, err := inverse(fixedNum, w)
			power, err2 := s.PowUp(ratio, exponent)
			z, err3 := last(b, power)
			return z, errors.Join(err, err2, err3)
		}
	}
}

var inStepPlants = []Plant{
	{"IN-RATIO", "the exponent is rounded down above 1", ratioBy(func(s *Subject, above, _, _ *rounding) { *above = s.DivDown })},
	{"IN-RATIO", "the exponent is rounded up below 1", ratioBy(func(s *Subject, _, below, _ *rounding) { *below = s.DivUp })},
	{"IN-RATIO", "the balance is rounded down", ratioBy(func(s *Subject, _, _, last *rounding) { *last = s.MulDown })},
	{"IN-RATIO", "a token without weight keeps its balance", func(s *Subject) {
		right := s.BalanceGivenInvariantRatio
		s.BalanceGivenInvariantRatio = func(b, w, ratio num) (num, error) {
			if w.IsZero() {
				return b, nil
			}
			return right(b, w, ratio)
		}
	}},

	{"IN-POOL", "a balance at its minimum is refused", func(s *Subject) {
		right := s.PoolComputeInvariant
		s.PoolComputeInvariant = func(w, mins, b []num, up bool) (num, error) {
			for i := range mins {
				mins[i] = plusOne(mins[i])
			}
			return right(w, mins, b, up)
		}
	}},
	{"IN-POOL", "the direction is forgotten", func(s *Subject) {
		right := s.PoolComputeInvariant
		s.PoolComputeInvariant = func(w, mins, b []num, _ bool) (num, error) { return right(w, mins, b, true) }
	}},
	{"IN-POOL", "a weight of a unit below 1 % is accepted", func(s *Subject) {
		right := s.PoolComputeBalance
		s.PoolComputeBalance = func(w, mins, b []num, i int, ratio num) (num, error) {
			z, err := right(w, mins, b, i, ratio)
			if err != nil && 0 <= i && i < len(w) && w[i].Eq(newNum(1e16-1)) {
				return s.BalanceGivenInvariantRatio(b[i], w[i], ratio)
			}
			return z, err
		}
	}},
	{"IN-POOL", "the balance before is not asked about", func(s *Subject) {
		right := s.PoolComputeBalance
		s.PoolComputeBalance = func(w, mins, b []num, i int, ratio num) (num, error) {
			z, err := right(w, mins, b, i, ratio)
			if err == nil || i < 0 || i >= min(len(w), len(mins), len(b)) || !b[i].Lt(&mins[i]) {
				return z, err
			}
			z, err = s.BalanceGivenInvariantRatio(b[i], w[i], ratio)
			if err == nil && z.Lt(&mins[i]) {
				err = errors.New("below the minimum")
			}
			return z, err
		}
	}},
}

// pooled plants a change of what a v3 pool swaps with.
func pooled(change func(weights, mins, balances []num, in, out *int)) func(*Subject) {
	return func(s *Subject) {
		right := s.PoolOnSwap
		s.PoolOnSwap = func(w, mins, b []num, in, out int, amount num, givenOut bool) (num, error) {
			w, mins, b = slices.Clone(w), slices.Clone(mins), slices.Clone(b)
			change(w, mins, b, &in, &out)
			return right(w, mins, b, in, out, amount, givenOut)
		}
	}
}

var swStepPlants = []Plant{
	{"SW-STEP", "the exponent of an exact amount in is rounded up", repriced(func(s *Subject, f *steps) { f.exponentOut = s.DivUp })},
	{"SW-STEP", "the exponent of an exact amount out is rounded down", repriced(func(s *Subject, f *steps) { f.exponentIn = s.DivDown })},
	{"SW-STEP", "the base is rounded down", repriced(func(s *Subject, f *steps) { f.base = s.DivDown })},
	{"SW-STEP", "the power's margin is left out", repriced(func(s *Subject, f *steps) { f.power = s.Pow })},

	{"SW-CHARGE", "v3 asks for a wei more on top", wrong(func(s *Subject) *twoCall { return &s.AmountInPlusFeeV3 }, twoOff(unitMore))},
	{"SW-CHARGE", "v2 asks for a wei more on top", wrong(func(s *Subject) *twoCall { return &s.AmountInPlusFeeV2 }, twoOff(unitMore))},
	{"SW-CHARGE", "a fee of more than the amount leaves nothing", func(s *Subject) { answeringZero(&s.AmountInLessFee) }},

	{"SW-POOL", "the wei more of the token in is left out", pooled(func(_, _, b []num, in, _ *int) {
		if 0 <= *in && *in < len(b) && !b[*in].IsZero() {
			b[*in] = minusOne(b[*in])
		}
	})},
	{"SW-POOL", "a balance at its minimum is refused", pooled(func(_, mins, _ []num, _, out *int) {
		if 0 <= *out && *out < len(mins) {
			mins[*out] = plusOne(mins[*out])
		}
	})},
	{"SW-POOL", "the first minimum balance may be a wei short", pooled(func(_, mins, _ []num, _, _ *int) {
		for i := range mins {
			if mins[i].Eq(newNum(1e6 - 1)) {
				mins[i] = leastMinimum
			}
		}
	})},
	{"SW-POOL", "the last weight is what the others leave", pooled(func(w, _, _ []num, _, _ *int) {
		rest := fixedNum
		for i := range w {
			if i == len(w)-1 && rest.Gt(&leastPoolWeight) && rest.Lt(&fixedNum) {
				w[i] = rest
			}
			rest.Sub(&rest, &w[i])
		}
	})},
	{"SW-POOL", "a place before the first is the first", pooled(func(_, _, _ []num, in, out *int) { *in, *out = max(0, *in), max(0, *out) })},
	{"SW-POOL", "the pool trades the tokens the other way", pooled(func(_, _, _ []num, in, out *int) { *in, *out = *out, *in })},
}

var jeStepPlants = []Plant{
	{"JE-STEP", "v2's join for BPT rounds the exponent down", joinedFor(func(s *Subject, f *tokenIn) { f.exponent = s.DivDown })},
	{"JE-STEP", "v2's join for BPT rounds the taxed part down", joinedFor(func(s *Subject, f *tokenIn) { f.taxed = s.MulDown })},
	{"JE-STEP", "v2's exit for BPT rounds the exponent up", leftFor(func(s *Subject, f *tokenOut) { f.exponent = s.DivUp })},
	{"JE-STEP", "v2's new token brings no BPT", func(s *Subject) {
		right := s.BptOutAddToken
		s.BptOutAddToken = func(supply, w num) (num, error) { _, err := right(supply, w); return num{}, err }
	}},
	{"JE-STEP", "v3's join for BPT tells a wei more fee than it takes", wrong(func(s *Subject) *oneOfMany { return &s.AddSingleExactOut }, feeOff)},
	{"JE-STEP", "v3's exit with an amount tells a wei more fee than it takes", wrong(func(s *Subject) *oneOfMany { return &s.RemoveSingleExactOut }, feeOff)},
	{"JE-STEP", "v3's exit for BPT tells a wei more fee than it takes", wrong(func(s *Subject) *oneOfMany { return &s.RemoveSingleExactIn }, feeOff)},
	{"JE-STEP", "v3's join gives a wei of BPT less", func(s *Subject) {
		right := s.AddUnbalanced
		s.AddUnbalanced = func(w, b, a []num, supply, fee num) (num, []num, error) {
			z, fees, err := right(w, b, a, supply, fee)
			if err == nil && !z.IsZero() {
				z = minusOne(z)
			}
			return z, fees, err
		}
	}},
	{"JE-STEP", "v2's join takes missing amounts for nothing", func(s *Subject) {
		right := s.BptOutGivenExactTokensIn
		s.BptOutGivenExactTokensIn = func(w, b, a []num, supply, fee num) (num, error) {
			for len(a) < len(b) {
				a = append(a, num{})
			}
			return right(w, b, a, supply, fee)
		}
	}},
	{"JE-STEP", "v2's exit takes a wei less of BPT", wrong(func(s *Subject) *manyTokens { return &s.BptInGivenExactTokensOut }, manyOff(unitLess))},
	{"JE-STEP", "v3's exit takes the last token for one before the first", func(s *Subject) {
		right := s.RemoveSingleExactIn
		s.RemoveSingleExactIn = func(w, b []num, i int, in, supply, fee num) (num, num, error) {
			if i < 0 {
				i += len(b)
			}
			return right(w, b, i, in, supply, fee)
		}
	}},
}

var feStepPlants = []Plant{
	{"FE-STEP", "no fee on the greatest growth fails", func(s *Subject) {
		right := s.OwnershipPercentage
		s.OwnershipPercentage = func(growth, supplyGrowth, fee num) (num, error) {
			if _, err := s.DivDown(supplyGrowth, growth); err != nil {
				return num{}, err
			}
			return right(growth, supplyGrowth, fee)
		}
	}},
	{"FE-STEP", "the share of a growth is a part in 10¹⁸ less", wrong(func(s *Subject) *threeCall { return &s.OwnershipPercentage }, threeOff(unitLess))},
	{"FE-STEP", "the BPT for a share are a wei less", wrong(func(s *Subject) *twoCall { return &s.BptForOwnership }, twoOff(unitLess))},
	{"FE-STEP", "what is due on no previous supply is nothing", func(s *Subject) {
		right := s.DueProtocolFees
		s.DueProtocolFees = func(growth, before, now, fee num) (num, error) {
			z, _ := right(growth, before, now, fee)
			return z, nil
		}
	}},
}
