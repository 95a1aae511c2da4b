package weights

import (
	"github.com/holiman/uint256"

	"github.com/trueweight/trueweight/impl/fixedpoint"
	"github.com/trueweight/trueweight/impl/revert"
)

// Limits are what a kind of pool asks of its weights; both token counts are
// allowed themselves, and so is MinWeight (18 decimals).
type Limits struct {
	MinTokens, MaxTokens int
	MinWeight            uint256.Int
}

// The deployed kinds of weighted pool (SPEC "Weighted math", limits).
var (
	V2Weighted = Limits{MinTokens: 2, MaxTokens: 8, MinWeight: uint256.Int{1e16}}
	V2Managed  = Limits{MinTokens: 2, MaxTokens: 50, MinWeight: uint256.Int{1e16}}
	V3Weighted = Limits{MinTokens: 2, MaxTokens: 8, MinWeight: uint256.Int{1e16}}
)

// Validate fails unless the weights make a pool within the limits. It tests in
// the contracts' order: the number of tokens, each weight against the minimum
// while they are summed, and the sum against 10¹⁸.
func Validate(weights []uint256.Int, limits Limits) error {
	switch {
	case len(weights) < limits.MinTokens:
		return revert.ErrMinTokens
	case len(weights) > limits.MaxTokens:
		return revert.ErrMaxTokens
	}
	var sum uint256.Int
	var err error
	for i := range weights {
		if weights[i].Lt(&limits.MinWeight) {
			return revert.ErrMinWeight
		}
		if sum, err = fixedpoint.Add(sum, weights[i]); err != nil {
			return err
		}
	}
	if !sum.Eq(&one) {
		return revert.ErrNormalizedWeightInvariant
	}
	return nil
}
