package properties

import (
	"math/big"

	"github.com/holiman/uint256"
	"github.com/trueweight/trueweight/impl/fixedpoint"
	"github.com/trueweight/trueweight/impl/logexp"
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
		PoolComputeInvariant: weighted.PoolComputeInvariant,
		PoolComputeBalance:   weighted.PoolComputeBalance,
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
