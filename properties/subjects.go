package properties

import (
	"math/big"

	"github.com/holiman/uint256"
	"github.com/trueweight/trueweight/impl/fixedpoint"
	"github.com/trueweight/trueweight/impl/liquidity"
	"github.com/trueweight/trueweight/impl/logexp"
	"github.com/trueweight/trueweight/impl/scaling"
	"github.com/trueweight/trueweight/impl/weighted"
	"github.com/trueweight/trueweight/impl/weights"
	"github.com/trueweight/trueweight/reference/exact"
)

// Impl returns the production code of this module as a subject.
func Impl() *Subject {
	return &Subject{
		Name: "impl",
		Add:  fixedpoint.Add, Sub: fixedpoint.Sub,
		MulDown: fixedpoint.MulDown, MulUp: fixedpoint.MulUp,
		DivDown: fixedpoint.DivDown, DivUp: fixedpoint.DivUp,
		DivUpRaw: fixedpoint.DivUpRaw, MulDivUp: fixedpoint.MulDivUp,
		Complement: func(x num) (num, error) { return fixedpoint.Complement(x), nil },
		Exp:        logexp.Exp, Ln: logexp.Ln,
		Pow: logexp.Pow, PowDown: logexp.PowDown, PowUp: logexp.PowUp,
		InvariantDown: weighted.InvariantDown, InvariantUp: weighted.InvariantUp,
		OutGivenIn: weighted.OutGivenIn, InGivenOut: weighted.InGivenOut,
		BalanceGivenInvariantRatio: weighted.BalanceGivenInvariantRatio,
		AmountInLessFee:            weighted.AmountInLessFee,
		AmountInPlusFeeV2:          weighted.AmountInPlusFeeV2,
		AmountInPlusFeeV3:          weighted.AmountInPlusFeeV3,
		PoolOnSwap: func(w, mins, balances []num, in, out int, amount num, givenOut bool) (num, error) {
			return weighted.PoolOnSwap(w, mins, balances, in, out, amount, weighted.SwapKind(givenOut))
		},
		PoolComputeInvariant:     weighted.PoolComputeInvariant,
		PoolComputeBalance:       weighted.PoolComputeBalance,
		BptOutGivenExactTokensIn: liquidity.BptOutGivenExactTokensIn, BptInGivenExactTokensOut: liquidity.BptInGivenExactTokensOut,
		BptOutGivenExactTokenIn: liquidity.BptOutGivenExactTokenIn, TokenInGivenExactBptOut: liquidity.TokenInGivenExactBptOut,
		BptInGivenExactTokenOut: liquidity.BptInGivenExactTokenOut, TokenOutGivenExactBptIn: liquidity.TokenOutGivenExactBptIn,
		BptOutAddToken:          liquidity.BptOutAddToken,
		ProportionalAmountsInV2: intoNew(liquidity.ProportionalAmountsInV2), ProportionalAmountsOutV2: intoNew(liquidity.ProportionalAmountsOutV2),
		ProportionalAmountsInV3: intoNew(liquidity.ProportionalAmountsInV3), ProportionalAmountsOutV3: intoNew(liquidity.ProportionalAmountsOutV3),
		OwnershipPercentage: liquidity.OwnershipPercentage, BptForOwnership: liquidity.BptForOwnership, DueProtocolFees: liquidity.DueProtocolFees,
		AddUnbalanced: func(w, b, a []num, supply, fee num) (num, []num, error) {
			fees := make([]num, len(b))
			z, err := liquidity.AddUnbalanced(make([]num, len(b)), fees, w, b, a, supply, fee)
			return z, fees, err
		},
		AddSingleExactOut: liquidity.AddSingleExactOut, RemoveSingleExactIn: liquidity.RemoveSingleExactIn,
		RemoveSingleExactOut: func(w, b []num, i int, a, supply, fee num) (num, num, error) {
			return liquidity.RemoveSingleExactOut(make([]num, len(b)), w, b, i, a, supply, fee)
		},
		MathDivDown: fixedpoint.MathDivDown, MathDivUp: fixedpoint.MathDivUp,
		ToScaled18Down: scaling.ToScaled18Down, ToScaled18Up: scaling.ToScaled18Up, ToRawDown: scaling.ToRawDown, ToRawUp: scaling.ToRawUp,
		Upscale: scaling.Upscale, DownscaleDown: scaling.DownscaleDown, DownscaleUp: scaling.DownscaleUp,
		RateUp: scaling.RateUp, ScalingFactor: scaling.ScalingFactor,
		ChangeProgress: weights.ChangeProgress, InterpolateValue: weights.InterpolateValue, InterpolatedValue: weights.InterpolatedValue,
		ResolveStartTime: weights.ResolveStartTime, ManagedSwapFee: weights.ManagedSwapFee,
		Compress: weights.Compress, Decompress: weights.Decompress, MaxCompressionError: weights.MaxCompressionError,
		BootstrappingWeightsV2: storedInto(weights.BootstrappingV2), ManagedWeights: storedInto(weights.Managed),
		VerifyBootstrappingWeights: weights.VerifyBootstrapping, BootstrappingWeightsV3: weights.BootstrappingV3,
		Normalize: func(raw []num) ([]num, error) {
			dst := make([]num, len(raw))
			return dst, weights.Normalize(dst, raw)
		},
		NewPool: newImplPool,
		ValidateWeights: func(w []num, maxTokens int) error {
			return weights.Validate(w, weights.Limits{MinTokens: 2, MaxTokens: maxTokens, MinWeight: *uint256.NewInt(1e16)})
		},
	}
}

// Exact returns the specification of this module as a subject, under one version's rules.
func Exact(r exact.Rules) *Subject {
	return &Subject{
		Name:    "exact " + r.String(),
		Profile: Profile{Rules: []exact.Rules{r}},
		Add:     bigBinary(r.Add), Sub: bigBinary(r.Sub),
		MulDown: bigBinary(r.MulDown), MulUp: bigBinary(r.MulUp), DivDown: bigBinary(r.DivDown), DivUp: bigBinary(r.DivUp), DivUpRaw: bigBinary(r.DivUpRaw),
		Complement: func(x num) (num, error) { return result(r.Complement(x.ToBig())) },
		MulDivUp:   func(a, b, c num) (num, error) { return result(r.MulDivUp(a.ToBig(), b.ToBig(), c.ToBig())) },
		Exp:        func(x num) (num, error) { return result(r.Exp(signedBig(x))) },
		Ln:         func(a num) (num, error) { return result(r.Ln(signedBig(a))) },
		Pow:        bigBinary(r.Pow), PowDown: bigBinary(r.PowDown), PowUp: bigBinary(r.PowUp),
		InvariantDown: func(w, b []num) (num, error) { return result(r.InvariantDown(bigs(w), bigs(b))) },
		InvariantUp:   func(w, b []num) (num, error) { return result(r.InvariantUp(bigs(w), bigs(b))) },
		OutGivenIn: func(bi, wi, bo, wo, a num) (num, error) {
			return result(r.OutGivenIn(bi.ToBig(), wi.ToBig(), bo.ToBig(), wo.ToBig(), a.ToBig()))
		},
		InGivenOut: func(bi, wi, bo, wo, a num) (num, error) {
			return result(r.InGivenOut(bi.ToBig(), wi.ToBig(), bo.ToBig(), wo.ToBig(), a.ToBig()))
		},
		BalanceGivenInvariantRatio: func(b, w, ratio num) (num, error) {
			return result(r.BalanceGivenInvariantRatio(b.ToBig(), w.ToBig(), ratio.ToBig()))
		},
		AmountInLessFee:   bigBinary(r.AmountInLessFee),
		AmountInPlusFeeV2: bigBinary(exact.V2.AmountInPlusFee), AmountInPlusFeeV3: bigBinary(exact.V3.AmountInPlusFee),
		PoolOnSwap: func(w, mins, b []num, in, out int, a num, givenOut bool) (num, error) {
			return result(r.PoolOnSwap(bigs(w), bigs(mins), bigs(b), in, out, a.ToBig(), givenOut))
		},
		PoolComputeInvariant: func(w, mins, b []num, up bool) (num, error) {
			return result(r.PoolComputeInvariant(bigs(w), bigs(mins), bigs(b), up))
		},
		PoolComputeBalance: func(w, mins, b []num, i int, ratio num) (num, error) {
			return result(r.PoolComputeBalance(bigs(w), bigs(mins), bigs(b), i, ratio.ToBig()))
		},
		Normalize: func(raw []num) ([]num, error) {
			shares, err := r.Normalize(bigs(raw))
			list := make([]num, len(shares))
			for i := range shares {
				list[i], _ = result(shares[i], nil)
			}
			return list, err
		},
		BptOutGivenExactTokensIn: exactMany(exact.V2.BptOutGivenExactTokensIn), BptInGivenExactTokensOut: exactMany(exact.V2.BptInGivenExactTokensOut),
		BptOutGivenExactTokenIn: exactFive(exact.V2.BptOutGivenExactTokenIn), TokenInGivenExactBptOut: exactFive(exact.V2.TokenInGivenExactBptOut),
		BptInGivenExactTokenOut: exactFive(exact.V2.BptInGivenExactTokenOut), TokenOutGivenExactBptIn: exactFive(exact.V2.TokenOutGivenExactBptIn),
		BptOutAddToken:          bigBinary(exact.V2.BptOutAddToken),
		ProportionalAmountsInV2: exactShares(exact.V2.ProportionalAmountsIn), ProportionalAmountsOutV2: exactShares(exact.V2.ProportionalAmountsOut),
		ProportionalAmountsInV3: exactShares(exact.V3.ProportionalAmountsIn), ProportionalAmountsOutV3: exactShares(exact.V3.ProportionalAmountsOut),
		OwnershipPercentage: exactThree(exact.V2.OwnershipPercentage), BptForOwnership: bigBinary(exact.V2.BptForOwnership),
		DueProtocolFees: func(g, before, now, fee num) (num, error) {
			return result(exact.V2.DueProtocolFees(g.ToBig(), before.ToBig(), now.ToBig(), fee.ToBig()))
		},
		AddUnbalanced: func(w, b, a []num, supply, fee num) (num, []num, error) {
			bpt, fees, err := exact.V3.AddUnbalanced(bigs(w), bigs(b), bigs(a), supply.ToBig(), fee.ToBig())
			if err != nil {
				return num{}, nil, err
			}
			return word(bpt), wordsOf(fees), nil
		},
		AddSingleExactOut: exactOne(exact.V3.AddSingleExactOut), RemoveSingleExactOut: exactOne(exact.V3.RemoveSingleExactOut), RemoveSingleExactIn: exactOne(exact.V3.RemoveSingleExactIn),
		MathDivDown: bigBinary(exact.V2.MathDivDown), MathDivUp: bigBinary(exact.V2.MathDivUp),
		ToScaled18Down: exactThree(exact.V3.ToScaled18Down), ToScaled18Up: exactThree(exact.V3.ToScaled18Up), ToRawDown: exactThree(exact.V3.ToRawDown), ToRawUp: exactThree(exact.V3.ToRawUp),
		Upscale: bigBinary(exact.V2.Upscale), DownscaleDown: bigBinary(exact.V2.DownscaleDown), DownscaleUp: bigBinary(exact.V2.DownscaleUp),
		RateUp: func(rate num) (num, error) { return result(exact.V3.RateUp(rate.ToBig())) },
		ScalingFactor: func(decimals uint8, rate num) (num, error) {
			return result(exact.V2.ScalingFactor(decimals, rate.ToBig()))
		},
		ChangeProgress: exactThree(r.ChangeProgress), InterpolateValue: exactThree(r.InterpolateValue), ResolveStartTime: exactThree(r.ResolveStartTime),
		InterpolatedValue: exactFive(r.InterpolatedValue), ManagedSwapFee: exactFive(exact.V2.ManagedSwapFee),
		Compress: func(v num, bits uint8, max num) (num, error) {
			return result(exact.V2.Compress(v.ToBig(), bits, max.ToBig()))
		},
		Decompress: func(v num, bits uint8, max num) (num, error) {
			return result(exact.V2.Decompress(v.ToBig(), bits, max.ToBig()))
		},
		MaxCompressionError:    func(bits uint8, max num) (num, error) { return result(exact.V2.MaxCompressionError(bits, max.ToBig())) },
		BootstrappingWeightsV2: exactStored(exact.V2.BootstrappingWeightsV2), ManagedWeights: exactStored(exact.V2.ManagedWeights),
		VerifyBootstrappingWeights: func(a, b, c, d num) error {
			return exact.V3.VerifyBootstrappingWeights(a.ToBig(), b.ToBig(), c.ToBig(), d.ToBig())
		},
		BootstrappingWeightsV3: func(a, b, c, d, e num) (num, num, error) {
			return results(exact.V3.BootstrappingWeightsV3(a.ToBig(), b.ToBig(), c.ToBig(), d.ToBig(), e.ToBig()))
		},
		NewPool: newExactPool,
		ValidateWeights: func(w []num, maxTokens int) error {
			return r.ValidateWeights(bigs(w), 2, maxTokens, big.NewInt(1e16))
		},
	}
}

func bigBinary(f func(a, b *big.Int) (*big.Int, error)) func(a, b num) (num, error) {
	return func(a, b num) (num, error) { return result(f(a.ToBig(), b.ToBig())) }
}

// result brings an exact result, signed or not, back to 256 bits.
func result(n *big.Int, err error) (z num, _ error) {
	if err != nil {
		return z, err
	}
	if z.SetFromBig(n) {
		panic(harnessFault("an exact result does not fit 256 bits: " + n.String()))
	}
	return z, nil
}

func bigs(list []num) []*big.Int {
	out := make([]*big.Int, len(list))
	for i := range list {
		out[i] = list[i].ToBig()
	}
	return out
}

// signedBig reads two's complement.
func signedBig(z num) *big.Int {
	if z.Sign() < 0 {
		z.Neg(&z)
		return new(big.Int).Neg(z.ToBig())
	}
	return z.ToBig()
}

// intoNew gives a function that fills its first argument a list to fill.
func intoNew(f func(dst, balances []num, supply, bpt num) error) func([]num, num, num) ([]num, error) {
	return func(balances []num, supply, bpt num) ([]num, error) {
		dst := make([]num, len(balances))
		return dst, f(dst, balances, supply, bpt)
	}
}

func storedInto(f func(dst []num, startTime, endTime num, startWeights, endWeights []num, now num) error) func(a, b num, start, end []num, now num) ([]num, error) {
	return func(a, b num, start, end []num, now num) ([]num, error) {
		dst := make([]num, len(start))
		return dst, f(dst, a, b, start, end, now)
	}
}

// The adapters of the specification, by the shape of its functions.

func exactThree(f func(a, b, c *big.Int) (*big.Int, error)) func(a, b, c num) (num, error) {
	return func(a, b, c num) (num, error) { return result(f(a.ToBig(), b.ToBig(), c.ToBig())) }
}

func exactFive(f func(a, b, c, d, e *big.Int) (*big.Int, error)) func(a, b, c, d, e num) (num, error) {
	return func(a, b, c, d, e num) (num, error) {
		return result(f(a.ToBig(), b.ToBig(), c.ToBig(), d.ToBig(), e.ToBig()))
	}
}

func exactMany(f func(w, b, a []*big.Int, supply, fee *big.Int) (*big.Int, error)) func(w, b, a []num, supply, fee num) (num, error) {
	return func(w, b, a []num, supply, fee num) (num, error) {
		return result(f(bigs(w), bigs(b), bigs(a), supply.ToBig(), fee.ToBig()))
	}
}

func exactOne(f func(w, b []*big.Int, i int, given, supply, fee *big.Int) (*big.Int, *big.Int, error)) func(w, b []num, i int, given, supply, fee num) (num, num, error) {
	return func(w, b []num, i int, given, supply, fee num) (num, num, error) {
		return results(f(bigs(w), bigs(b), i, given.ToBig(), supply.ToBig(), fee.ToBig()))
	}
}

func exactShares(f func(b []*big.Int, supply, bpt *big.Int) ([]*big.Int, error)) func(b []num, supply, bpt num) ([]num, error) {
	return func(b []num, supply, bpt num) ([]num, error) {
		list, err := f(bigs(b), supply.ToBig(), bpt.ToBig())
		return wordsOf(list), err
	}
}

func exactStored(f func(a, b *big.Int, start, end []*big.Int, now *big.Int) ([]*big.Int, error)) func(a, b num, start, end []num, now num) ([]num, error) {
	return func(a, b num, start, end []num, now num) ([]num, error) {
		list, err := f(a.ToBig(), b.ToBig(), bigs(start), bigs(end), now.ToBig())
		return wordsOf(list), err
	}
}

// results brings two exact results back to 256 bits.
func results(a, b *big.Int, err error) (y, z num, _ error) {
	if err != nil {
		return y, z, err
	}
	return word(a), word(b), nil
}
