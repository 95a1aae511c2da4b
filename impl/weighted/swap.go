package weighted

import (
	"github.com/holiman/uint256"

	"github.com/trueweight/trueweight/impl/fixedpoint"
	"github.com/trueweight/trueweight/impl/logexp"
	"github.com/trueweight/trueweight/impl/revert"
)

// maxRatio is 30 %, the most of a balance that one swap may bring or take.
var maxRatio = uint256.Int{0.3e18}

// OutGivenIn returns a lower bound of bₒ·(1 − (bᵢ/(bᵢ+a))^(wᵢ/wₒ)), the amount
// out for the amount in, a, fee already taken. It fails when a > ⌊0.3·bᵢ⌋ and as
// its parts do.
func OutGivenIn(balanceIn, weightIn, balanceOut, weightOut, amountIn uint256.Int) (uint256.Int, error) {
	limit, err := fixedpoint.MulDown(balanceIn, maxRatio)
	if err != nil {
		return uint256.Int{}, err
	}
	if amountIn.Gt(&limit) {
		return uint256.Int{}, revert.ErrMaxInRatio
	}
	after, err := fixedpoint.Add(balanceIn, amountIn)
	if err != nil {
		return uint256.Int{}, err
	}
	// base ≤ 1: its power is rounded up by a larger base and a smaller exponent.
	base, err := fixedpoint.DivUp(balanceIn, after)
	if err != nil {
		return uint256.Int{}, err
	}
	exponent, err := fixedpoint.DivDown(weightIn, weightOut)
	if err != nil {
		return uint256.Int{}, err
	}
	power, err := logexp.PowUp(base, exponent)
	if err != nil {
		return uint256.Int{}, err
	}
	return fixedpoint.MulDown(balanceOut, fixedpoint.Complement(power))
}

// InGivenOut returns an upper bound of bᵢ·((bₒ/(bₒ−a))^(wₒ/wᵢ) − 1), the amount
// in, fee not yet added, for the amount out, a. It fails when a > ⌊0.3·bₒ⌋ and
// as its parts do.
func InGivenOut(balanceIn, weightIn, balanceOut, weightOut, amountOut uint256.Int) (uint256.Int, error) {
	limit, err := fixedpoint.MulDown(balanceOut, maxRatio)
	if err != nil {
		return uint256.Int{}, err
	}
	if amountOut.Gt(&limit) {
		return uint256.Int{}, revert.ErrMaxOutRatio
	}
	after, err := fixedpoint.Sub(balanceOut, amountOut)
	if err != nil {
		return uint256.Int{}, err
	}
	// base ≥ 1: its power is rounded up by a larger base and a larger exponent.
	base, err := fixedpoint.DivUp(balanceOut, after)
	if err != nil {
		return uint256.Int{}, err
	}
	exponent, err := fixedpoint.DivUp(weightOut, weightIn)
	if err != nil {
		return uint256.Int{}, err
	}
	power, err := logexp.PowUp(base, exponent)
	if err != nil {
		return uint256.Int{}, err
	}
	growth, err := fixedpoint.Sub(power, one)
	if err != nil {
		return uint256.Int{}, err
	}
	return fixedpoint.MulUp(balanceIn, growth)
}
