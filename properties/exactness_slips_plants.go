package properties

import (
	"slices"

	"github.com/holiman/uint256"
	"github.com/trueweight/trueweight/impl/revert"
)

// More bugs that are planted for BX of joins and exits, scaling and weights: one rounding inside a formula, one
// guard dropped or looked at too late. Where the right operation fails they fail with it, unless the guard is the bug.

// joinRoundings are those of v2's join of many tokens, in their order.
type joinRoundings struct{ growth, mean, untaxed, tax, power rounding }

// joinsOf plants a change of the roundings of BptOutGivenExactTokensIn.
func joinsOf(change func(*Subject, *joinRoundings)) func(*Subject) {
	return func(s *Subject) {
		r := joinRoundings{s.DivDown, s.MulDown, s.MulDown, s.MulUp, s.PowDown}
		change(s, &r)
		manyChanged(&s.BptOutGivenExactTokensIn, func(w, b, a []num, supply, fee, right num) num {
			var f sum
			var mean num
			growths := make([]num, len(b))
			for i := range b {
				growths[i] = f.of(r.growth, f.plus(b[i], a[i]), b[i])
				mean = f.plus(mean, f.of(r.mean, growths[i], w[i]))
			}
			ratio := fixedNum
			for i := range b {
				amount := a[i]
				if growths[i].Gt(&mean) {
					var untaxed num
					if mean.Gt(&fixedNum) {
						untaxed = f.of(r.untaxed, b[i], f.minus(mean, fixedNum))
					}
					amount = f.minus(amount, f.of(r.tax, f.minus(amount, untaxed), fee))
				}
				if !amount.IsZero() {
					ratio = f.of(s.MulDown, ratio, f.of(r.power, f.of(r.growth, f.plus(b[i], amount), b[i]), w[i]))
				}
			}
			if !ratio.Gt(&fixedNum) {
				return num{}
			}
			return f.of(s.MulDown, supply, f.minus(ratio, fixedNum))
		})
	}
}

// exitRoundings are those of v2's exit of many tokens, in their order.
type exitRoundings struct{ share, mean, untaxed, gross, left rounding }

// exitsOf plants a change of the roundings of BptInGivenExactTokensOut.
func exitsOf(change func(*Subject, *exitRoundings)) func(*Subject) {
	return func(s *Subject) {
		r := exitRoundings{s.DivUp, s.MulUp, s.MulDown, s.DivUp, s.DivDown}
		change(s, &r)
		manyChanged(&s.BptInGivenExactTokensOut, func(w, b, a []num, supply, fee, right num) num {
			var f sum
			var mean num
			shares := make([]num, len(b))
			for i := range b {
				shares[i] = f.of(r.share, f.minus(b[i], a[i]), b[i])
				mean = f.plus(mean, f.of(r.mean, shares[i], w[i]))
			}
			ratio := fixedNum
			for i := range b {
				amount := a[i]
				if mean.Gt(&shares[i]) {
					untaxed := f.of(r.untaxed, b[i], f.rest(mean))
					amount = f.plus(untaxed, f.of(r.gross, f.minus(amount, untaxed), f.rest(fee)))
				}
				if !amount.IsZero() {
					ratio = f.of(s.MulDown, ratio, f.of(s.PowDown, f.of(r.left, f.minus(b[i], amount), b[i]), w[i]))
				}
			}
			return f.of(s.MulUp, supply, f.rest(ratio))
		})
	}
}

// singleRoundings are those of v3's operations with BPT given for one token: of the share that is proportional, and of the fee.
type singleRoundings struct {
	share func(a, b, c num) (num, error)
	fee   rounding
}

// floored is v3's ⌊a·b / c⌋, where it does not fail.
func floored(a, b, c num) (z num, _ error) {
	z.Mul(&a, &b)
	z.Div(&z, &c)
	return z, nil
}

// addsSingle plants a change of the roundings of AddSingleExactOut.
func addsSingle(change func(*Subject, *singleRoundings)) func(*Subject) {
	return func(s *Subject) {
		r := singleRoundings{floored, s.DivUp}
		change(s, &r)
		right := s.AddSingleExactOut
		s.AddSingleExactOut = func(w, b []num, i int, out, supply, fee num) (num, num, error) {
			if z, charged, err := right(w, b, i, out, supply, fee); err != nil {
				return z, charged, err
			}
			var f sum
			after := f.plus(out, supply)
			balance, _ := s.BalanceGivenInvariantRatio(b[i], w[i], f.of(s.DivUp, after, supply))
			share, _ := r.share(after, b[i], supply)
			taxed := f.minus(balance, share)
			charged := f.minus(f.of(r.fee, taxed, f.rest(fee)), taxed)
			return f.plus(f.minus(balance, b[i]), charged), charged, nil
		}
	}
}

// removesSingle plants a change of the roundings of RemoveSingleExactIn.
func removesSingle(change func(*Subject, *singleRoundings)) func(*Subject) {
	return func(s *Subject) {
		r := singleRoundings{s.MulDivUp, s.MulUp}
		change(s, &r)
		right := s.RemoveSingleExactIn
		s.RemoveSingleExactIn = func(w, b []num, i int, in, supply, fee num) (num, num, error) {
			if z, charged, err := right(w, b, i, in, supply, fee); err != nil {
				return z, charged, err
			}
			var f sum
			after := f.minus(supply, in)
			balance, _ := s.BalanceGivenInvariantRatio(b[i], w[i], f.of(s.DivUp, after, supply))
			share, _ := r.share(after, b[i], supply)
			charged := f.of(r.fee, f.minus(share, balance), fee)
			return f.minus(f.minus(b[i], balance), charged), charged, nil
		}
	}
}

// measuresOnlyTheToken makes RemoveSingleExactOut count the other tokens' last wei.
func measuresOnlyTheToken(s *Subject) {
	right := s.RemoveSingleExactOut
	s.RemoveSingleExactOut = func(w, b []num, i int, out, supply, fee num) (num, num, error) {
		z, charged, err := right(w, b, i, out, supply, fee)
		if err != nil || len(w) != len(b) {
			return z, charged, err
		}
		var f sum
		after := slices.Clone(b)
		after[i] = f.minus(f.minus(b[i], out), weiOf(1))
		current, _ := s.InvariantUp(w, b)
		left, _ := s.InvariantUp(w, after)
		ratio := f.of(s.DivUp, left, current)
		taxed := f.minus(f.of(s.MulUp, ratio, b[i]), after[i])
		charged = f.minus(f.of(s.DivUp, taxed, f.rest(fee)), taxed)
		after[i] = f.minus(after[i], charged)
		if left, err = s.InvariantDown(w, after); err != nil {
			return num{}, num{}, err
		}
		z, err = s.MulDivUp(supply, f.minus(current, left), current)
		return z, charged, err
	}
}

// dividesTwice makes v3's way down two divisions: the same number, with nothing that can overflow between them.
func dividesTwice(operation func(*Subject) *func(amount, factor, rate num) (num, error), div, whole func(*Subject) rounding) func(*Subject) {
	return func(s *Subject) {
		scaled, raw := div(s), whole(s)
		*operation(s) = func(amount, factor, rate num) (num, error) {
			z, err := scaled(amount, rate)
			if err != nil {
				return z, err
			}
			return raw(z, factor)
		}
	}
}

var bxSlipsPlants = []Plant{
	{"BX-BPTOUTGIVENEXACTTOKENSIN", "what is not taxed rounds up", joinsOf(func(s *Subject, r *joinRoundings) { r.untaxed = s.MulUp })},
	{"BX-BPTOUTGIVENEXACTTOKENSIN", "the tax rounds down", joinsOf(func(s *Subject, r *joinRoundings) { r.tax = s.MulDown })},
	{"BX-BPTOUTGIVENEXACTTOKENSIN", "the mean rounds up", joinsOf(func(s *Subject, r *joinRoundings) { r.mean = s.MulUp })},
	{"BX-BPTINGIVENEXACTTOKENSOUT", "shares round down", exitsOf(func(s *Subject, r *exitRoundings) { r.share = s.DivDown })},
	{"BX-BPTINGIVENEXACTTOKENSOUT", "what is not taxed rounds up", exitsOf(func(s *Subject, r *exitRoundings) { r.untaxed = s.MulUp })},
	{"BX-BPTINGIVENEXACTTOKENSOUT", "what is left rounds up", exitsOf(func(s *Subject, r *exitRoundings) { r.left = s.DivUp })},
	{"BX-TOKENINGIVENEXACTBPTOUT", "the ratio rounds down", joinedFor(func(s *Subject, r *tokenIn) { r.ratio = s.DivDown })},
	{"BX-TOKENINGIVENEXACTBPTOUT", "the exponent rounds down", joinedFor(func(s *Subject, r *tokenIn) { r.exponent = s.DivDown })},
	{"BX-TOKENINGIVENEXACTBPTOUT", "a ratio of 3 fails", func(s *Subject) {
		right := s.TokenInGivenExactBptOut
		s.TokenInGivenExactBptOut = func(w, b, out, supply, fee num) (num, error) {
			z, err := right(w, b, out, supply, fee)
			if half := new(num).Rsh(&out, 1); err == nil && *half == supply && out[0]&1 == 0 {
				_, err = right(w, b, plusOne(out), supply, fee)
			}
			return z, err
		}
	}},
	{"BX-TOKENOUTGIVENEXACTBPTIN", "the exponent rounds up", leftFor(func(s *Subject, r *tokenOut) { r.exponent = s.DivUp })},
	{"BX-TOKENOUTGIVENEXACTBPTIN", "what is left of the taxed part rounds down", leftFor(func(s *Subject, r *tokenOut) { r.net = s.MulDown })},
	{"BX-BPTOUTADDTOKEN", "the ratio rounds up", func(s *Subject) {
		right := s.BptOutAddToken
		s.BptOutAddToken = func(supply, w num) (num, error) {
			if z, err := right(supply, w); err != nil {
				return z, err
			}
			var f sum
			return f.of(s.MulDown, supply, f.minus(f.of(s.DivUp, fixedNum, f.rest(w)), fixedNum)), f.err
		}
	}},
	{"BX-PROPORTIONALAMOUNTSINV2", "the share rounds down", func(s *Subject) { s.ProportionalAmountsInV2 = nestedShares(s.DivDown, s.MulUp) }},
	{"BX-PROPORTIONALAMOUNTSOUTV2", "the share rounds up", func(s *Subject) { s.ProportionalAmountsOutV2 = nestedShares(s.DivUp, s.MulDown) }},
	{"BX-PROPORTIONALAMOUNTSOUTV3", "multiplies in 512 bits", func(s *Subject) {
		right := s.ProportionalAmountsOutV3
		s.ProportionalAmountsOutV3 = func(b []num, supply, bpt num) ([]num, error) {
			list, err := right(b, supply, bpt)
			if err != revert.ErrMulOverflow || supply.IsZero() {
				return list, err
			}
			list = make([]num, len(b))
			for i := range b {
				if _, overflow := list[i].MulDivOverflow(&b[i], &bpt, &supply); overflow {
					return nil, err
				}
			}
			return list, nil
		}
	}},
	{"BX-OWNERSHIPPERCENTAGE", "the quotient of growths rounds up", func(s *Subject) {
		right := s.OwnershipPercentage
		s.OwnershipPercentage = func(growth, supplyGrowth, fee num) (num, error) {
			z, err := right(growth, supplyGrowth, fee)
			if err != nil || !supplyGrowth.Lt(&growth) {
				return z, err
			}
			var f sum
			return f.of(s.MulDown, f.rest(f.of(s.DivUp, supplyGrowth, growth)), fee), f.err
		}
	}},
	{"BX-OWNERSHIPPERCENTAGE", "divides before it looks for a fee", func(s *Subject) {
		right := s.OwnershipPercentage
		s.OwnershipPercentage = func(growth, supplyGrowth, fee num) (num, error) {
			if supplyGrowth.Lt(&growth) {
				if _, err := s.DivDown(supplyGrowth, growth); err != nil {
					return num{}, err
				}
			}
			return right(growth, supplyGrowth, fee)
		}
	}},
	{"BX-BPTFOROWNERSHIP", "rounds up", func(s *Subject) {
		right := s.BptForOwnership
		s.BptForOwnership = func(supply, share num) (num, error) {
			if z, err := right(supply, share); err != nil {
				return z, err
			}
			return s.MulDivUp(supply, share, new(sum).rest(share))
		}
	}},
	{"BX-DUEPROTOCOLFEES", "the growth of the supply rounds up", func(s *Subject) {
		right := s.DueProtocolFees
		s.DueProtocolFees = func(growth, previous, current, fee num) (num, error) {
			if z, err := right(growth, previous, current, fee); err != nil {
				return z, err
			}
			var f sum
			share, err := s.OwnershipPercentage(growth, f.of(s.DivUp, current, previous), fee)
			if err != nil {
				return share, err
			}
			return s.BptForOwnership(current, share)
		}
	}},
	{"BX-ADDUNBALANCED", "counts all of what comes in", func(s *Subject) {
		right := s.AddUnbalanced
		s.AddUnbalanced = func(w, b, a []num, supply, fee num) (num, []num, error) {
			a = slices.Clone(a)
			for i := range a {
				a[i].AddUint64(&a[i], 1)
			}
			return right(w, b, a, supply, fee)
		}
	}},
	{"BX-ADDSINGLEEXACTOUT", "what is proportional rounds up", addsSingle(func(s *Subject, r *singleRoundings) { r.share = s.MulDivUp })},
	{"BX-ADDSINGLEEXACTOUT", "the fee rounds down", addsSingle(func(s *Subject, r *singleRoundings) { r.fee = s.DivDown })},
	{"BX-REMOVESINGLEEXACTOUT", "the other tokens keep their last wei", measuresOnlyTheToken},
	{"BX-REMOVESINGLEEXACTIN", "what is proportional rounds down", removesSingle(func(_ *Subject, r *singleRoundings) { r.share = floored })},
	{"BX-REMOVESINGLEEXACTIN", "the fee rounds down", removesSingle(func(s *Subject, r *singleRoundings) { r.fee = s.MulDown })},

	{"BX-MATHDIVDOWN", "by zero is zero", func(s *Subject) {
		s.MathDivDown = func(a, b num) (z num, err error) { z.Div(&a, &b); return z, nil }
	}},
	{"BX-MATHDIVUP", "adds b − 1 first, which wraps around", func(s *Subject) {
		right := s.MathDivUp
		s.MathDivUp = func(a, b num) (num, error) {
			z, err := right(a, b)
			if err == nil {
				z.Add(&a, &b)
				z.SubUint64(&z, 1)
				z.Div(&z, &b)
			}
			return z, err
		}
	}},
	{"BX-TOSCALED18DOWN", "multiplies by the rate first", func(s *Subject) {
		s.ToScaled18Down = func(amount, factor, rate num) (num, error) {
			z, err := s.MulDown(amount, rate)
			if _, overflow := z.MulOverflow(&z, &factor); err == nil && overflow {
				err = revert.ErrMulOverflow
			}
			return z, err
		}
	}},
	{"BX-TORAWDOWN", "divides twice", dividesTwice(func(s *Subject) *func(a, b, c num) (num, error) { return &s.ToRawDown },
		func(s *Subject) rounding { return s.DivDown }, func(s *Subject) rounding { return s.MathDivDown })},
	{"BX-TORAWUP", "divides twice", dividesTwice(func(s *Subject) *func(a, b, c num) (num, error) { return &s.ToRawUp },
		func(s *Subject) rounding { return s.DivUp }, func(s *Subject) rounding { return s.MathDivUp })},
	{"BX-RATEUP", "a whole rate is raised too", func(s *Subject) {
		s.RateUp = func(rate num) (num, error) { return s.Add(rate, weiOf(1)) }
	}},
	{"BX-DOWNSCALEDOWN", "by zero, looks at the product first", func(s *Subject) {
		right := s.DownscaleDown
		s.DownscaleDown = func(amount, factor num) (num, error) {
			if _, err := right(amount, weiOf(1)); err != nil {
				return num{}, err
			}
			return right(amount, factor)
		}
	}},
	{"BX-SCALINGFACTOR", "multiplies in 512 bits", func(s *Subject) {
		right := s.ScalingFactor
		s.ScalingFactor = func(decimals uint8, rate num) (num, error) {
			ten, _ := right(decimals, plantedOne)
			var z num
			if _, overflow := z.MulDivOverflow(&ten, &rate, &plantedOne); overflow {
				return num{}, revert.ErrMulOverflow
			}
			return z, nil
		}
	}},

	{"BX-CHANGEPROGRESS", "a change without time has not begun", func(s *Subject) {
		right := s.ChangeProgress
		s.ChangeProgress = func(start, end, now num) (num, error) {
			if start == end && now == start {
				return num{}, nil
			}
			return right(start, end, now)
		}
	}},
	{"BX-INTERPOLATEVALUE", "a value that falls has gone a wei further", func(s *Subject) {
		right := s.InterpolateValue
		s.InterpolateValue = func(start, end, progress num) (num, error) {
			z, err := right(start, end, progress)
			if err != nil || !start.Gt(&end) || !progress.Lt(&plantedOne) {
				return z, err
			}
			var f sum
			return f.minus(start, f.of(s.MulUp, progress, f.minus(start, end))), f.err
		}
	}},
	{"BX-RESOLVESTARTTIME", "names the end before the start", func(s *Subject) {
		right := s.ResolveStartTime
		s.ResolveStartTime = func(start, end, now num) (num, error) {
			z, err := right(start, end, now)
			if err != nil {
				later := start
				if now.Gt(&start) {
					later = now
				}
				err = revert.InvalidStartTime(end, later)
			}
			return z, err
		}
	}},
	{"BX-COMPRESS", "takes a single bit", func(s *Subject) {
		right := s.Compress
		s.Compress = func(value num, bits uint8, max num) (num, error) {
			if bits == 1 && !max.IsZero() && !value.Gt(&max) {
				return *value.Div(&value, &max), nil
			}
			return right(value, bits, max)
		}
	}},
	{"BX-DECOMPRESS", "takes one more than its bits hold", func(s *Subject) {
		right := s.Decompress
		s.Decompress = func(value num, bits uint8, max num) (num, error) {
			if value.BitLen() == int(bits)+1 && value == *new(num).Lsh(uint256.NewInt(1), uint(bits)) {
				value.SubUint64(&value, 1)
			}
			return right(value, bits, max)
		}
	}},
	{"BX-BOOTSTRAPPINGWEIGHTSV2", "end weights have the bits of start weights", storedIn(31, 31)},
	{"BX-MANAGEDWEIGHTS", "times have 33 bits", func(s *Subject) {
		right := s.ManagedWeights
		s.ManagedWeights = func(startTime, endTime num, start, end []num, now num) ([]num, error) {
			list, err := right(startTime, endTime, start, end, now)
			if err == revert.ErrCodecOverflow && startTime.BitLen() <= 33 && endTime.BitLen() <= 33 {
				half := func(t num) num { return *t.Rsh(&t, 1) }
				return right(half(startTime), half(endTime), start, end, half(now))
			}
			return list, err
		}
	}},
	{"BX-VERIFYBOOTSTRAPPINGWEIGHTS", "the sum wraps around", func(s *Subject) {
		right := s.VerifyBootstrappingWeights
		s.VerifyBootstrappingWeights = func(a, b, c, d num) error {
			err := right(a, b, c, d)
			if err == revert.ErrAddOverflow && new(sum).plus(a, b) == plantedOne {
				return right(c, d, c, d)
			}
			return err
		}
	}},
}
