package exact

import "math/big"

// This file is the pool contract of V3 around the weighted math (SPEC, "Liquidity, v3", last line, and "The vectors").
// V2 has no such contract: under V2 the math fails with V2's names, the minimum balances with V3's.

var (
	minWeight       = decimal("1e16")
	minTokenBalance = decimal("1e6")
)

// construct fails as the pool's constructor does: per token a weight below 10¹⁶, then a minimum balance below 10⁶, then a
// sum of the weights so far that needs more than 256 bits; after all tokens, weights that do not sum to 10¹⁸.
func (r Rules) construct(weights, mins []*big.Int) {
	sum := new(big.Int)
	for i, weight := range weights {
		if weight.Cmp(minWeight) < 0 {
			r.fail(weightTooSmall)
		}
		if r.at(mins, i).Cmp(minTokenBalance) < 0 {
			r.fail(minimumTooSmall)
		}
		sum = r.add(sum, weight)
	}
	if sum.Cmp(one) != 0 {
		r.fail(weightSum)
	}
}

// checkMinimum fails when token index would hold balance, and that is less than its minimum.
func (r Rules) checkMinimum(index int, balance *big.Int, mins []*big.Int) {
	minimum := r.at(mins, index)
	if balance.Cmp(minimum) < 0 {
		r.fail(balanceTooSmall, big.NewInt(int64(index)), new(big.Int).Set(balance), new(big.Int).Set(minimum))
	}
}

// PoolOnSwap returns the amount the pool calculates for a swap: out for an exact amount in, or in for an exact amount
// out when givenOut. It counts one wei more of the token in than it holds. It fails as the constructor does, when bI+1
// is below its minimum, as the swap does, and when bO less the amount out is below its minimum; in this order.
func (r Rules) PoolOnSwap(weights, mins, balances []*big.Int, indexIn, indexOut int, amount *big.Int, givenOut bool) (amountCalculated *big.Int, err error) {
	defer caught(&err)
	r.construct(weights, mins)
	return r.onSwap(weights, mins, balances, indexIn, indexOut, amount, givenOut), nil
}

// onSwap is PoolOnSwap of a pool that was constructed before. It reads of the lists what the two tokens have there.
func (r Rules) onSwap(weights, mins, balances []*big.Int, indexIn, indexOut int, amount *big.Int, givenOut bool) *big.Int {
	balanceIn := r.add(r.at(balances, indexIn), small[1])
	balanceOut := r.at(balances, indexOut)
	r.checkMinimum(indexIn, balanceIn, mins)
	weightIn, weightOut := r.at(weights, indexIn), r.at(weights, indexOut)

	var calculated, amountOut *big.Int
	if givenOut {
		calculated = r.inGivenOut(balanceIn, weightIn, balanceOut, weightOut, amount)
		amountOut = amount
	} else {
		calculated = r.outGivenIn(balanceIn, weightIn, balanceOut, weightOut, amount)
		amountOut = calculated
	}
	r.checkMinimum(indexOut, r.sub(balanceOut, amountOut), mins)
	return calculated
}

// PoolComputeInvariant returns the invariant rounded up or down. It fails as the constructor does, when any balance is
// below its minimum, and as the invariant does; in this order.
func (r Rules) PoolComputeInvariant(weights, mins, balances []*big.Int, roundUp bool) (invariant *big.Int, err error) {
	defer caught(&err)
	r.construct(weights, mins)
	for i, balance := range balances {
		r.checkMinimum(i, balance, mins)
	}
	if roundUp {
		return r.invariantUp(weights, balances), nil
	}
	return r.invariantDown(weights, balances), nil
}

// PoolComputeBalance returns token index's balance at which the invariant is ratio times what it was. It fails as the
// constructor does, as BalanceGivenInvariantRatio does, and when the smaller of the old and the new balance is below the
// minimum; in this order.
func (r Rules) PoolComputeBalance(weights, mins, balances []*big.Int, index int, ratio *big.Int) (newBalance *big.Int, err error) {
	defer caught(&err)
	r.construct(weights, mins)
	balance := r.at(balances, index)
	computed := r.balanceGivenInvariantRatio(balance, r.at(weights, index), ratio)
	smaller := computed
	if balance.Cmp(computed) < 0 {
		smaller = balance
	}
	r.checkMinimum(index, smaller, mins)
	return computed, nil
}
