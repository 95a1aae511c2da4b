package liquidity

import (
	"github.com/holiman/uint256"

	"github.com/trueweight/trueweight/impl/fixedpoint"
)

// AddUnbalanced returns a lower bound of S·(V(b + a − f)/V(b) − 1), the BPT out
// for exact amounts in, and sets fees[:len(balances)] to the fee of each token,
// f = ⌈(b + a − R·b)·fee⌉ of what it grows beyond the invariant's ratio
// R = V(b + a)/V(b). The balances it measures in place of b + a − f, one wei
// less each, are in newBalances[:len(balances)].
//
// It fails when no amount and no balance leave that wei, when R > 3, when the
// fees and roundings leave no growth, and as its parts do.
func AddUnbalanced(newBalances, fees, weights, balances, amountsIn []uint256.Int, supply, fee uint256.Int) (uint256.Int, error) {
	newBalances, err := own(newBalances, len(balances), weights, balances, amountsIn)
	if err != nil {
		return uint256.Int{}, err
	}
	if fees, err = own(fees, len(balances), newBalances, weights, balances, amountsIn); err != nil {
		return uint256.Int{}, err
	}
	var s steps
	for i := range balances {
		newBalances[i] = s.sub(s.add(balances[i], s.at(amountsIn, i)), wei)
	}
	current := s.invariantUp(weights, balances)
	ratio := s.divDown(s.invariantDown(weights, newBalances), current)
	s.joinLimit(ratio)
	for i := range balances {
		fees[i] = uint256.Int{}
		if proportional := s.mulDown(ratio, balances[i]); newBalances[i].Gt(&proportional) {
			fees[i] = s.mulUp(s.sub(newBalances[i], proportional), fee)
			newBalances[i] = s.sub(newBalances[i], fees[i])
		}
	}
	growth := s.sub(s.invariantDown(weights, newBalances), current)
	return s.result(s.mulDivDown(supply, growth, current))
}

// AddSingleExactOut returns an upper bound of (B − b) + f, the amount in of the
// token at the index for exact BPT out, and of it the fee f: with
// R = 1 + bptOut/S and B = b·R^(1/w), f = (B − R·b)·(1/(1−fee) − 1). It fails
// when R > 3, then at an index out of range, and as its parts do.
func AddSingleExactOut(weights, balances []uint256.Int, index int, bptOut, supply, fee uint256.Int) (amountIn, feeAmount uint256.Int, err error) {
	var s steps
	newSupply := s.add(bptOut, supply)
	ratio := s.divUp(newSupply, supply)
	s.joinLimit(ratio)
	balance := s.at(balances, index)
	newBalance := s.balanceAtRatio(balance, s.at(weights, index), ratio)
	taxed := s.sub(newBalance, s.mulDivDown(newSupply, balance, supply))
	feeAmount = s.feeOnTop(taxed, fee)
	amountIn = s.add(s.sub(newBalance, balance), feeAmount)
	return s.results(amountIn, feeAmount)
}

// RemoveSingleExactOut returns an upper bound of S·(1 − V(b − a − f)/V(b)), the
// BPT in for an exact amount out of the token at the index, and the fee f: with
// R = V(b − a)/V(b), f = (R·b − (b − a))·(1/(1−fee) − 1). The balances it
// measures in place of b − a − f, one wei less each, are in
// newBalances[:len(balances)].
//
// It fails when a balance has not that wei, then at an index out of range, when
// R < 0.7, and as its parts do.
func RemoveSingleExactOut(newBalances, weights, balances []uint256.Int, index int, amountOut, supply, fee uint256.Int) (bptIn, feeAmount uint256.Int, err error) {
	if newBalances, err = own(newBalances, len(balances), weights, balances); err != nil {
		return uint256.Int{}, uint256.Int{}, err
	}
	var s steps
	for i := range balances {
		newBalances[i] = s.sub(balances[i], wei)
	}
	newBalance := s.sub(s.at(newBalances, index), amountOut)
	if s.failure != nil {
		return uint256.Int{}, uint256.Int{}, s.failure
	}
	newBalances[index] = newBalance
	current := s.invariantUp(weights, balances)
	ratio := s.divUp(s.invariantUp(weights, newBalances), current)
	s.exitLimit(ratio)
	taxed := s.sub(s.mulUp(ratio, balances[index]), newBalance)
	feeAmount = s.feeOnTop(taxed, fee)
	newBalances[index] = s.sub(newBalance, feeAmount)
	loss := s.sub(current, s.invariantDown(weights, newBalances))
	return s.results(s.mulDivUp(supply, loss, current), feeAmount)
}

// RemoveSingleExactIn returns a lower bound of (b − B) − f, the amount out of the
// token at the index for exact BPT in, and the fee f that is kept of it: with
// R = 1 − bptIn/S and B = b·R^(1/w), f = (R·b − B)·fee. It fails when R < 0.7,
// then at an index out of range, and as its parts do.
func RemoveSingleExactIn(weights, balances []uint256.Int, index int, bptIn, supply, fee uint256.Int) (amountOut, feeAmount uint256.Int, err error) {
	var s steps
	newSupply := s.sub(supply, bptIn)
	ratio := s.divUp(newSupply, supply)
	s.exitLimit(ratio)
	balance := s.at(balances, index)
	newBalance := s.balanceAtRatio(balance, s.at(weights, index), ratio)
	taxed := s.sub(s.mulDivUp(newSupply, balance, supply), newBalance)
	feeAmount = s.mulUp(taxed, fee)
	amountOut = s.sub(s.sub(balance, newBalance), feeAmount)
	return s.results(amountOut, feeAmount)
}

// feeOnTop returns ⌈taxed / (1−fee)⌉ − taxed, the fee that leaves taxed.
func (s *steps) feeOnTop(taxed, fee uint256.Int) uint256.Int {
	return s.sub(s.divUp(taxed, fixedpoint.Complement(fee)), taxed)
}
