package weights

import (
	"slices"
	"testing"

	"github.com/holiman/uint256"

	"github.com/trueweight/trueweight/impl/revert"
)

func TestValidateTestsInTheContractsOrder(t *testing.T) {
	top := *new(uint256.Int).SetAllOne()
	for _, c := range []struct {
		name    string
		weights []uint256.Int
		limits  Limits
		want    *revert.Error
	}{
		{"two at the minimum and the rest", []uint256.Int{{1e16}, {99e16}}, V2Weighted, nil},
		{"eight tokens", equal(8), V3Weighted, nil},
		{"nine tokens", equal(9), V3Weighted, revert.ErrMaxTokens},
		{"nine tokens in v2", equal(9), V2Weighted, revert.ErrMaxTokens},
		{"fifty tokens managed", equal(50), V2Managed, nil},
		{"fifty-one tokens managed", equal(51), V2Managed, revert.ErrMaxTokens},
		{"one token of too little", []uint256.Int{{1}}, V2Weighted, revert.ErrMinTokens},
		{"one token managed", []uint256.Int{{1e18}}, V2Managed, revert.ErrMinTokens},
		{"no tokens", nil, V3Weighted, revert.ErrMinTokens},
		{"a light token and a wrong sum", []uint256.Int{{1e16 - 1}, {1e16}}, V3Weighted, revert.ErrMinWeight},
		{"a light last token", []uint256.Int{{1e18}, {}}, V2Managed, revert.ErrMinWeight},
		{"a wei too much", []uint256.Int{{5e17}, {5e17 + 1}}, V2Weighted, revert.ErrNormalizedWeightInvariant},
		{"a wei too little", []uint256.Int{{5e17}, {5e17 - 1}}, V3Weighted, revert.ErrNormalizedWeightInvariant},
		{"a sum past 2²⁵⁶ before a light token", []uint256.Int{top, {1e16}, {}}, V2Weighted, revert.ErrAddOverflow},
		{"a sum that would wrap to one", []uint256.Int{*new(uint256.Int).SubUint64(&top, 1e17-1), {11e17}}, V3Weighted, revert.ErrAddOverflow},
	} {
		before := slices.Clone(c.weights)
		err := Validate(c.weights, c.limits)
		if c.want == nil && err != nil || c.want != nil && err != c.want {
			t.Errorf("%s: got %v, want %v", c.name, err, c.want)
		}
		if !slices.Equal(c.weights, before) {
			t.Errorf("%s: the weights changed", c.name)
		}
	}
}

func TestNormalizedEqualWeightsAreValid(t *testing.T) {
	for n := V2Managed.MinTokens; n <= V2Managed.MaxTokens; n++ {
		if err := Validate(equal(n), V2Managed); err != nil {
			t.Errorf("%d equal weights: %v", n, err)
		}
	}
}

// equal is n equal raw weights, normalized.
func equal(n int) []uint256.Int {
	dst := make([]uint256.Int, n)
	if err := Normalize(dst, slices.Repeat([]uint256.Int{{1}}, n)); err != nil {
		panic(err)
	}
	return dst
}
