// Package weighted is the mathematics of weighted pools: the invariant
// V = Π bᵢ^wᵢ with Σ wᵢ = 1, the swaps that keep it, the fees around a swap, and
// the v3 pool that guards them with minimum balances. It implements SPEC
// "Weighted math" and, for the fees, SPEC "Scaling, fees around a swap, rates".
//
// Balances and amounts are 18-decimal amounts in wei; weights, ratios and fees
// have 18 decimals, 10¹⁸ for 1. Limits on what a pool may be (weights of at
// least 1 %, 2 to 8 tokens) are not asked of the functions of plain numbers.
//
// It relies on fixedpoint and logexp, and rounds each step in the pool's favour
// as the deployed contracts do. It promises, for every 256-bit input and slices
// of any length: a value or a *revert.Error, never a panic; slices only read;
// and no allocation on success.
package weighted

import (
	"github.com/holiman/uint256"

	"github.com/trueweight/trueweight/impl/fixedpoint"
	"github.com/trueweight/trueweight/impl/logexp"
	"github.com/trueweight/trueweight/impl/revert"
)

var one = fixedpoint.One()

type operation = func(a, b uint256.Int) (uint256.Int, error)

// InvariantDown returns a lower bound of Π bᵢ^wᵢ, with 18 decimals. It fails
// when it is zero, when there are fewer balances than weights, and as its parts do.
func InvariantDown(weights, balances []uint256.Int) (uint256.Int, error) {
	return invariant(weights, balances, logexp.PowDown, fixedpoint.MulDown)
}

// InvariantUp returns an upper bound of Π bᵢ^wᵢ, with 18 decimals. It fails as
// InvariantDown does.
func InvariantUp(weights, balances []uint256.Int) (uint256.Int, error) {
	return invariant(weights, balances, logexp.PowUp, fixedpoint.MulUp)
}

// invariant multiplies the powers in the order of the weights; balances beyond
// them are not looked at.
func invariant(weights, balances []uint256.Int, pow, mul operation) (uint256.Int, error) {
	product := one
	for i := range weights {
		if i >= len(balances) {
			return uint256.Int{}, revert.ErrArrayIndex
		}
		power, err := pow(balances[i], weights[i])
		if err != nil {
			return uint256.Int{}, err
		}
		if product, err = mul(product, power); err != nil {
			return uint256.Int{}, err
		}
	}
	if product.IsZero() {
		return uint256.Int{}, revert.ErrZeroInvariant
	}
	return product, nil
}

// BalanceGivenInvariantRatio returns an upper bound of b·R^(1/w), the balance
// of one token at which the invariant is R times what it is at b. It fails as
// its parts do, w = 0 included.
func BalanceGivenInvariantRatio(balance, weight, ratio uint256.Int) (uint256.Int, error) {
	// R^(1/w) grows with 1/w when R > 1 and falls when R < 1.
	inverse := operation(fixedpoint.DivDown)
	if ratio.Gt(&one) {
		inverse = fixedpoint.DivUp
	}
	exponent, err := inverse(one, weight)
	if err != nil {
		return uint256.Int{}, err
	}
	growth, err := logexp.PowUp(ratio, exponent)
	if err != nil {
		return uint256.Int{}, err
	}
	return fixedpoint.MulUp(balance, growth)
}
