package weighted

import (
	"github.com/holiman/uint256"

	"github.com/trueweight/trueweight/impl/fixedpoint"
)

// AmountInLessFee returns a − ⌈a·fee⌉, what an exact amount in, a, trades with.
// It fails when a·fee ≥ 2²⁵⁶, and when a fee above 1 takes more than a.
func AmountInLessFee(amountIn, fee uint256.Int) (uint256.Int, error) {
	charge, err := fixedpoint.MulUp(amountIn, fee)
	if err != nil {
		return uint256.Int{}, err
	}
	return fixedpoint.Sub(amountIn, charge)
}

// AmountInPlusFeeV2 returns ⌈a / (1−fee)⌉, what is paid when a is the amount in
// that a swap of an exact amount out needs. It fails when fee ≥ 1 and when
// a·10¹⁸ ≥ 2²⁵⁶.
func AmountInPlusFeeV2(calculated, fee uint256.Int) (uint256.Int, error) {
	return fixedpoint.DivUp(calculated, fixedpoint.Complement(fee))
}

// AmountInPlusFeeV3 returns a + ⌈a·fee / (1−fee)⌉, the same value as v2's: they
// differ only in their failures. It fails when fee ≥ 1 and when a·fee ≥ 2²⁵⁶ or
// the sum is.
func AmountInPlusFeeV3(calculated, fee uint256.Int) (uint256.Int, error) {
	charge, err := fixedpoint.MulDivUp(calculated, fee, fixedpoint.Complement(fee))
	if err != nil {
		return uint256.Int{}, err
	}
	return fixedpoint.Add(calculated, charge)
}
