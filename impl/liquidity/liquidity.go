// Package liquidity is what joining and leaving a weighted pool costs and pays:
// v2's and v3's formulas for exact amounts of tokens or of BPT (the pool's own
// token, a share of it), the proportional ones, and the BPT that v2's protocol
// takes as its fee.
//
// Balances and amounts are 18-decimal amounts in wei, BPT too; weights, ratios
// and fees have 18 decimals, 10¹⁸ for 1. The swap fee is charged on what a join
// or exit trades beyond the pool's own proportions: v2 measures them by the
// weighted mean of the balances' ratios, v3 by the ratio of the invariants. SPEC
// "Liquidity, v2" and "Liquidity, v3" are its source.
//
// It relies on fixedpoint, logexp and weighted. It promises, for every 256-bit
// input and slices of any length: a value or a *revert.Error, the deployed
// contracts' own and in their order, never a panic; arguments only read, but for
// the destinations; and no allocation on success. A list of amounts has an entry
// for each balance: a shorter one fails as an array index, and so do fewer
// weights, but where they are read through an invariant alone, which is then that
// of the tokens that have one. Destinations come first and fail so too when they
// have no room of their own; what they hold after a failure is not specified.
package liquidity

import (
	"github.com/holiman/uint256"

	"github.com/trueweight/trueweight/impl/fixedpoint"
	"github.com/trueweight/trueweight/impl/revert"
)

var (
	one = fixedpoint.One()
	wei = uint256.Int{1}

	// One join makes the invariant at most 3 times, one exit at least 0.7 times
	// what it is (SPEC "Weighted math", limits).
	maxInvariantRatio = uint256.Int{3e18}
	minInvariantRatio = uint256.Int{0.7e18}
)

// own returns the first n elements of a destination. It fails when there are
// fewer, and when they overlap what is only to be read.
func own(destination []uint256.Int, n int, read ...[]uint256.Int) ([]uint256.Int, error) {
	if len(destination) < n {
		return nil, revert.ErrArrayIndex
	}
	destination = destination[:n]
	for _, list := range read {
		if overlap(destination, list) {
			return nil, revert.ErrArrayIndex
		}
	}
	return destination, nil
}

// overlap reports whether two slices share an element: then one begins inside
// the other.
func overlap(a, b []uint256.Int) bool {
	return beginsInside(a, b) || beginsInside(b, a)
}

func beginsInside(a, b []uint256.Int) bool {
	for i := range b {
		if len(a) > 0 && &b[i] == &a[0] {
			return true
		}
	}
	return false
}
