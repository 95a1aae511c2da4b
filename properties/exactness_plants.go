package properties

import (
	"errors"
	"slices"

	"github.com/holiman/uint256"
	"github.com/trueweight/trueweight/impl/revert"
	"github.com/trueweight/trueweight/properties/domain"
)

// The bugs that are planted for BX: the slips that reviews of such code look for, each where no tolerance would see it.

// weiOf is a small number of wei.
func weiOf(n uint64) num { return *uint256.NewInt(n) }

var (
	plantedOne = weiOf(domain.One)
	threeTenth = weiOf(3 * domain.One / 10)
)

var bxPlants = []Plant{
	{"BX-ADD", "wraps around", func(s *Subject) {
		s.Add = func(a, b num) (z num, err error) { z.Add(&a, &b); return z, nil }
	}},
	{"BX-SUB", "a difference of nothing fails", func(s *Subject) {
		good := s.Sub
		s.Sub = func(a, b num) (num, error) {
			if a == b && !a.IsZero() {
				return num{}, revert.ErrSubUnderflow
			}
			return good(a, b)
		}
	}},
	{"BX-MULDOWN", "multiplies in 512 bits", func(s *Subject) {
		s.MulDown = func(a, b num) (z num, err error) {
			if _, overflow := z.MulDivOverflow(&a, &b, &plantedOne); overflow {
				return num{}, revert.ErrMulOverflow
			}
			return z, nil
		}
	}},
	{"BX-MULUP", "adds a wei to what is exact", func(s *Subject) { s.MulUp = downPlusOne(s.MulDown) }},
	{"BX-DIVDOWN", "by zero, v3 sees the divisor first", func(s *Subject) {
		good := s.DivDown
		s.DivDown = func(a, b num) (num, error) {
			if b.IsZero() {
				return num{}, revert.ErrDivByZero
			}
			return good(a, b)
		}
	}},
	{"BX-DIVUP", "adds a wei to what is exact", func(s *Subject) { s.DivUp = downPlusOne(s.DivDown) }},
	{"BX-DIVUP", "fails by divDown's name", func(s *Subject) {
		good := s.DivUp
		s.DivUp = func(a, b num) (num, error) {
			if b.IsZero() {
				return num{}, revert.ErrDivByZero
			}
			return good(a, b)
		}
	}},
	{"BX-COMPLEMENT", "wraps around above one", func(s *Subject) {
		s.Complement = func(x num) (z num, err error) { z.Sub(&plantedOne, &x); return z, nil }
	}},
	{"BX-MULDIVUP", "rounds down", plantFloor},
	{"BX-DIVUPRAW", "adds b − 1 first, which wraps around", func(s *Subject) {
		good := s.DivUpRaw
		s.DivUpRaw = func(a, b num) (num, error) {
			z, err := good(a, b)
			if err == nil {
				z.Add(&a, &b)
				z.SubUint64(&z, 1)
				z.Div(&z, &b)
			}
			return z, err
		}
	}},

	{"BX-EXP", "the reciprocal of a negative exponent rounds up", func(s *Subject) {
		good := s.Exp
		s.Exp = func(x num) (num, error) {
			z, err := good(x)
			if err == nil && x.Sign() < 0 {
				x.Neg(&x)
				if z, err = good(x); err == nil {
					return ceilOf(weiOf(domain.One), weiOf(domain.One), z), nil
				}
			}
			return z, err
		}
	}},
	{"BX-EXP", "130 itself fails", func(s *Subject) {
		good := s.Exp
		s.Exp = func(x num) (num, error) {
			if x.Eq(uint256.MustFromDecimal("130000000000000000000")) {
				return num{}, revert.ErrInvalidExponent
			}
			return good(x)
		}
	}},
	{"BX-LN", "the reciprocal below one rounds up", plantReciprocal},
	{"BX-POW", "looks at the exponent before the base", func(s *Subject) {
		good := s.Pow
		s.Pow = func(x, y num) (num, error) {
			z, err := good(x, y)
			if err == revert.ErrBaseOutOfBounds {
				_, err = good(weiOf(2), y)
			}
			if err != revert.ErrExponentOutOfBounds && x.BitLen() == 256 && !y.IsZero() {
				err = revert.ErrBaseOutOfBounds
			}
			return z, err
		}
	}},
	{"BX-POW", "0⁰ = 0", func(s *Subject) {
		good := s.Pow
		s.Pow = func(x, y num) (num, error) {
			if x.IsZero() {
				return x, nil
			}
			return good(x, y)
		}
	}},
	{"BX-POWDOWN", "the allowance rounds down", func(s *Subject) { s.PowDown = powWithAllowance(s.PowDown, s.Pow, 10000, s.MulDown, false) }},
	{"BX-POWDOWN", "x⁴ is x·x·x·x", func(s *Subject) {
		good := s.PowDown
		s.PowDown = func(x, y num) (num, error) {
			z, err := good(x, y)
			if err != nil || y != weiOf(4*domain.One) {
				return z, err
			}
			z = x
			for range 3 {
				z, _ = s.MulDown(z, x)
			}
			return z, nil
		}
	}},
	{"BX-POWUP", "the allowance is 10⁻¹⁵", func(s *Subject) { s.PowUp = powWithAllowance(s.PowUp, s.Pow, 1000, s.MulUp, true) }},

	{"BX-INVARIANTDOWN", "an invariant of zero is answered", func(s *Subject) {
		good := s.InvariantDown
		s.InvariantDown = func(w, b []num) (num, error) {
			z, err := good(w, b)
			if err == revert.ErrZeroInvariant {
				err = nil
			}
			return z, err
		}
	}},
	{"BX-INVARIANTDOWN", "one product rounds up", func(s *Subject) { s.InvariantDown = invariantOfParts(s.PowDown, s.MulUp) }},
	{"BX-INVARIANTUP", "the products round down", func(s *Subject) { s.InvariantUp = invariantOfParts(s.PowUp, s.MulDown) }},
	{"BX-OUTGIVENIN", "the exponent rounds up", func(s *Subject) { s.OutGivenIn = outOfParts(s, s.DivUp, s.DivUp, s.OutGivenIn) }},
	{"BX-OUTGIVENIN", "the base rounds down", func(s *Subject) { s.OutGivenIn = outOfParts(s, s.DivDown, s.DivDown, s.OutGivenIn) }},
	{"BX-OUTGIVENIN", "the limit itself fails", func(s *Subject) {
		good := s.OutGivenIn
		s.OutGivenIn = func(bi, wi, bo, wo, a num) (num, error) {
			if limit, err := s.MulDown(bi, threeTenth); err == nil && a == limit && !a.IsZero() {
				return num{}, revert.ErrMaxInRatio
			}
			return good(bi, wi, bo, wo, a)
		}
	}},
	{"BX-INGIVENOUT", "the exponent rounds down", func(s *Subject) {
		good := s.InGivenOut
		s.InGivenOut = func(bi, wi, bo, wo, a num) (num, error) {
			z, err := good(bi, wi, bo, wo, a)
			if err != nil {
				return z, err
			}
			rest, _ := s.Sub(bo, a)
			base, _ := s.DivUp(bo, rest)
			exponent, _ := s.DivDown(wo, wi)
			power, _ := s.PowUp(base, exponent)
			power.Sub(&power, &plantedOne)
			return s.MulUp(bi, power)
		}
	}},
	{"BX-BALANCEGIVENINVARIANTRATIO", "the exponent always rounds up", func(s *Subject) {
		good := s.BalanceGivenInvariantRatio
		s.BalanceGivenInvariantRatio = func(b, w, ratio num) (num, error) {
			if z, err := good(b, w, ratio); err != nil || ratio.Gt(&plantedOne) {
				return z, err
			}
			exponent, _ := s.DivUp(plantedOne, w)
			power, _ := s.PowUp(ratio, exponent)
			return s.MulUp(b, power)
		}
	}},
	{"BX-AMOUNTINLESSFEE", "the fee rounds down", func(s *Subject) {
		s.AmountInLessFee = func(a, fee num) (num, error) {
			part, err := s.MulDown(a, fee)
			if err != nil {
				return part, err
			}
			return s.Sub(a, part)
		}
	}},
	{"BX-AMOUNTINPLUSFEEV2", "rounds down", func(s *Subject) {
		s.AmountInPlusFeeV2 = func(a, fee num) (num, error) {
			rest, _ := s.Complement(fee)
			return s.DivDown(a, rest)
		}
	}},
	{"BX-AMOUNTINPLUSFEEV3", "is v2's", func(s *Subject) { s.AmountInPlusFeeV3 = s.AmountInPlusFeeV2 }},

	{"BX-POOLONSWAP", "counts what it holds, without the wei", func(s *Subject) {
		good := s.PoolOnSwap
		s.PoolOnSwap = func(w, mins, b []num, in, out int, a num, givenOut bool) (num, error) {
			if in < len(b) && !b[in].IsZero() {
				b = slices.Clone(b)
				b[in].SubUint64(&b[in], 1)
			}
			return good(w, mins, b, in, out, a, givenOut)
		}
	}},
	{"BX-POOLONSWAP", "names the wrong token", func(s *Subject) {
		good := s.PoolOnSwap
		s.PoolOnSwap = func(w, mins, b []num, in, out int, a num, givenOut bool) (num, error) {
			z, err := good(w, mins, b, in, out, a, givenOut)
			var e *revert.Error
			if errors.As(err, &e) && e.V3() == failBelowMinimum {
				args := e.Args()
				err = revert.TokenBalanceBelowMin(int(args[0].Uint64())+1, args[1], args[2])
			}
			return z, err
		}
	}},
	{"BX-POOLCOMPUTEINVARIANT", "rounds the other way", func(s *Subject) {
		good := s.PoolComputeInvariant
		s.PoolComputeInvariant = func(w, mins, b []num, up bool) (num, error) { return good(w, mins, b, !up) }
	}},
	{"BX-POOLCOMPUTEINVARIANT", "does not look at balances beyond the tokens", func(s *Subject) {
		good := s.PoolComputeInvariant
		s.PoolComputeInvariant = func(w, mins, b []num, up bool) (num, error) { return good(w, mins, b[:min(len(b), len(w))], up) }
	}},
	{"BX-POOLCOMPUTEBALANCE", "the larger balance must reach the minimum", func(s *Subject) {
		good := s.PoolComputeBalance
		s.PoolComputeBalance = func(w, mins, b []num, i int, ratio num) (num, error) {
			z, err := good(w, mins, b, i, ratio)
			var e *revert.Error
			if errors.As(err, &e) && e.V3() == failBelowMinimum {
				if z, _ = s.BalanceGivenInvariantRatio(b[i], w[i], ratio); !z.Lt(&mins[i]) || !b[i].Lt(&mins[i]) {
					return z, nil
				}
			}
			return z, err
		}
	}},

	{"BX-NORMALIZE", "the last weight takes what is left", func(s *Subject) {
		good := s.Normalize
		s.Normalize = func(raw []num) ([]num, error) {
			list, err := good(raw)
			if err != nil {
				return list, err
			}
			var total num
			for i := range raw {
				total.Add(&total, &raw[i])
			}
			left := plantedOne
			for i := range raw[:len(raw)-1] {
				list[i].MulDivOverflow(&raw[i], &plantedOne, &total)
				left.Sub(&left, &list[i])
			}
			list[len(list)-1] = left
			return list, nil
		}
	}},
	{"BX-VALIDATEWEIGHTS", "the largest number of tokens fails", func(s *Subject) {
		good := s.ValidateWeights
		s.ValidateWeights = func(w []num, most int) error { return good(w, most-1) }
	}},
	{"BX-VALIDATEWEIGHTS", "the sum wraps around", func(s *Subject) {
		good := s.ValidateWeights
		s.ValidateWeights = func(w []num, most int) error {
			err := good(w, most)
			if err != revert.ErrAddOverflow {
				return err
			}
			var sum num
			for i := range w {
				sum.Add(&sum, &w[i])
			}
			if sum == plantedOne {
				return nil
			}
			return revert.ErrNormalizedWeightInvariant
		}
	}},

	{"BX-VEC", "the limit of a swap is 0.3 of the balance, rounded up", func(s *Subject) {
		good := s.OutGivenIn
		s.OutGivenIn = func(bi, wi, bo, wo, a num) (num, error) {
			z, err := good(bi, wi, bo, wo, a)
			if err == revert.ErrMaxInRatio {
				if limit, _ := s.MulUp(bi, threeTenth); a == limit {
					a, _ = s.MulDown(bi, threeTenth)
					return good(bi, wi, bo, wo, a)
				}
			}
			return z, err
		}
	}},
	{"BX-VEC", "ln of what is below one rounds its reciprocal up", plantReciprocal},
}

// plantReciprocal makes ln round the reciprocal of what is below one up.
func plantReciprocal(s *Subject) {
	good := s.Ln
	s.Ln = func(a num) (num, error) {
		if a.Sign() <= 0 || !a.Lt(uint256.NewInt(9*domain.One/10)) {
			return good(a)
		}
		z, err := good(ceilOf(plantedOne, plantedOne, a))
		z.Neg(&z)
		return z, err
	}
}

// downPlusOne adds a wei to every answer but 0.
func downPlusOne(down func(a, b num) (num, error)) func(a, b num) (num, error) {
	return func(a, b num) (num, error) {
		z, err := down(a, b)
		if err == nil && !z.IsZero() {
			z.AddUint64(&z, 1)
		}
		return z, err
	}
}

// ceilOf returns ⌈a·b / c⌉.
func ceilOf(a, b, c num) (z num) {
	var rest num
	z.MulDivOverflow(&a, &b, &c)
	if !rest.MulMod(&a, &b, &c).IsZero() {
		z.AddUint64(&z, 1)
	}
	return z
}

// powWithAllowance is powDown or powUp with another allowance, where they have no exact form and do not fail.
func powWithAllowance(good, pow func(x, y num) (num, error), relative uint64, mul func(a, b num) (num, error), up bool) func(x, y num) (num, error) {
	return func(x, y num) (num, error) {
		z, err := good(x, y)
		if err != nil || y == weiOf(domain.One) || y == weiOf(2*domain.One) || y == weiOf(4*domain.One) {
			return z, err
		}
		raw, _ := pow(x, y)
		allowance, _ := mul(raw, weiOf(relative))
		allowance.AddUint64(&allowance, 1)
		switch {
		case up:
			z.Add(&raw, &allowance)
		case raw.Lt(&allowance):
			z.Clear()
		default:
			z.Sub(&raw, &allowance)
		}
		return z, nil
	}
}

// invariantOfParts multiplies powers.
func invariantOfParts(pow, mul func(a, b num) (num, error)) func(weights, balances []num) (num, error) {
	return func(weights, balances []num) (num, error) {
		product := plantedOne
		for i := range weights {
			if i >= len(balances) {
				return num{}, revert.ErrArrayIndex
			}
			power, err := pow(balances[i], weights[i])
			if err != nil {
				return num{}, err
			}
			if product, err = mul(product, power); err != nil {
				return num{}, err
			}
		}
		if product.IsZero() {
			return num{}, revert.ErrZeroInvariant
		}
		return product, nil
	}
}

// outOfParts is outGivenIn with other divisions, where it does not fail.
func outOfParts(s *Subject, base, exponent func(a, b num) (num, error), good func(bi, wi, bo, wo, a num) (num, error)) func(bi, wi, bo, wo, a num) (num, error) {
	return func(bi, wi, bo, wo, a num) (num, error) {
		z, err := good(bi, wi, bo, wo, a)
		if err != nil {
			return z, err
		}
		after, _ := s.Add(bi, a)
		x, _ := base(bi, after)
		y, _ := exponent(wi, wo)
		power, _ := s.PowUp(x, y)
		rest, _ := s.Complement(power)
		return s.MulDown(bo, rest)
	}
}
