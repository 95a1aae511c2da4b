package weighted

import (
	"github.com/holiman/uint256"

	"github.com/trueweight/trueweight/impl/fixedpoint"
	"github.com/trueweight/trueweight/impl/revert"
)

// SwapKind says which amount of a swap is given. It has two values and no
// third, as the contracts' 0 and 1.
type SwapKind bool

const (
	GivenIn  SwapKind = false // the amount in is exact, the amount out computed
	GivenOut SwapKind = true  // the amount out is exact, the amount in computed
)

var (
	minWeight  = uint256.Int{1e16}
	minMinimum = uint256.Int{1e6}
)

// PoolOnSwap returns OnSwap's amount of the v3 pool that is made of weights and
// minBalances, and fails when they make none.
func PoolOnSwap(weights, minBalances, balances []uint256.Int, indexIn, indexOut int, amount uint256.Int, kind SwapKind) (uint256.Int, error) {
	if err := checkPool(weights, minBalances); err != nil {
		return uint256.Int{}, err
	}
	return OnSwap(weights, minBalances, balances, indexIn, indexOut, amount, kind)
}

// OnSwap returns the amount that a v3 pool computes for a swap, without fees: a
// lower bound of the amount out, or an upper bound of the amount in. That
// weights and minBalances make a pool is not asked again.
//
// The pool counts one wei more of the token in than it has; that balance must
// reach its minimum before the swap, and the balance of the token out after it
// (SPEC "The vectors", poolOnSwap). It fails at an index out of range and as its
// parts do.
func OnSwap(weights, minBalances, balances []uint256.Int, indexIn, indexOut int, amount uint256.Int, kind SwapKind) (uint256.Int, error) {
	if !within(indexIn, balances) {
		return uint256.Int{}, revert.ErrArrayIndex
	}
	balanceIn, err := fixedpoint.Add(balances[indexIn], uint256.Int{1})
	if err != nil {
		return uint256.Int{}, err
	}
	if !within(indexOut, balances) {
		return uint256.Int{}, revert.ErrArrayIndex
	}
	if err := checkBalance(indexIn, &balanceIn, minBalances); err != nil {
		return uint256.Int{}, err
	}
	if !within(indexIn, weights) || !within(indexOut, weights) {
		return uint256.Int{}, revert.ErrArrayIndex
	}

	swap := OutGivenIn
	if kind == GivenOut {
		swap = InGivenOut
	}
	calculated, err := swap(balanceIn, weights[indexIn], balances[indexOut], weights[indexOut], amount)
	if err != nil {
		return uint256.Int{}, err
	}

	amountOut := calculated
	if kind == GivenOut {
		amountOut = amount
	}
	balanceOut, err := fixedpoint.Sub(balances[indexOut], amountOut)
	if err != nil {
		return uint256.Int{}, err
	}
	if err := checkBalance(indexOut, &balanceOut, minBalances); err != nil {
		return uint256.Int{}, err
	}
	return calculated, nil
}

// PoolComputeInvariant returns the v3 pool's invariant, an upper bound of it
// when roundUp. It fails when weights and minBalances make no pool, when any
// balance is below its minimum, and as the invariant does.
func PoolComputeInvariant(weights, minBalances, balances []uint256.Int, roundUp bool) (uint256.Int, error) {
	if err := checkPool(weights, minBalances); err != nil {
		return uint256.Int{}, err
	}
	for i := range balances {
		if err := checkBalance(i, &balances[i], minBalances); err != nil {
			return uint256.Int{}, err
		}
	}
	if roundUp {
		return InvariantUp(weights, balances)
	}
	return InvariantDown(weights, balances)
}

// PoolComputeBalance returns BalanceGivenInvariantRatio of the v3 pool's token
// at the index. It fails when weights and minBalances make no pool, at an index
// out of range, as the computation does, and at last when the smaller of the
// old and the new balance is below its minimum.
func PoolComputeBalance(weights, minBalances, balances []uint256.Int, index int, ratio uint256.Int) (uint256.Int, error) {
	if err := checkPool(weights, minBalances); err != nil {
		return uint256.Int{}, err
	}
	if !within(index, balances) || !within(index, weights) {
		return uint256.Int{}, revert.ErrArrayIndex
	}
	balance, err := BalanceGivenInvariantRatio(balances[index], weights[index], ratio)
	if err != nil {
		return uint256.Int{}, err
	}
	smaller := &balance
	if balances[index].Lt(smaller) {
		smaller = &balances[index]
	}
	if err := checkBalance(index, smaller, minBalances); err != nil {
		return uint256.Int{}, err
	}
	return balance, nil
}

// checkPool fails unless a v3 pool can be made of the weights and minimum
// balances: each weight at least 1 % and each minimum at least 10⁶ wei, in the
// order of the tokens, and then a sum of exactly 1. On success there are at
// least as many minimums as weights.
func checkPool(weights, minBalances []uint256.Int) error {
	var sum uint256.Int
	var err error
	for i := range weights {
		if weights[i].Lt(&minWeight) {
			return revert.ErrMinWeight
		}
		if i >= len(minBalances) {
			return revert.ErrArrayIndex
		}
		if minBalances[i].Lt(&minMinimum) {
			return revert.ErrInvalidMinTokenBalance
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

// checkBalance fails when the balance of the token at index is below its minimum, and when it has none.
func checkBalance(index int, balance *uint256.Int, minBalances []uint256.Int) error {
	if !within(index, minBalances) {
		return revert.ErrArrayIndex
	}
	if balance.Lt(&minBalances[index]) {
		return revert.TokenBalanceBelowMin(index, *balance, minBalances[index])
	}
	return nil
}

// within reports whether the slice has the index.
func within(index int, list []uint256.Int) bool {
	return 0 <= index && index < len(list)
}
