package liquidity

import (
	"github.com/holiman/uint256"

	"github.com/trueweight/trueweight/impl/fixedpoint"
)

// BptOutGivenExactTokensIn returns a lower bound of S·(Π (1 + a'ᵢ/bᵢ)^wᵢ − 1),
// the BPT out for exact amounts in, of which each token is charged the fee on
// what it grows beyond the mean ratio t = Σ (1 + aᵢ/bᵢ)·wᵢ:
// a'ᵢ = aᵢ − ⌈(aᵢ − (t−1)·bᵢ)·fee⌉. It fails as its parts do, a balance of zero
// included.
func BptOutGivenExactTokensIn(weights, balances, amountsIn []uint256.Int, supply, fee uint256.Int) (uint256.Int, error) {
	var s steps
	var mean uint256.Int
	for i := range balances {
		ratio := s.divDown(s.add(balances[i], s.at(amountsIn, i)), balances[i])
		mean = s.add(mean, s.mulDown(ratio, s.at(weights, i)))
	}
	if s.failure != nil {
		return uint256.Int{}, s.failure
	}
	// From here on every list has an element for each balance.
	growth := one
	for i, balance := range balances {
		amount := amountsIn[i]
		if ratio := s.divDown(s.add(balance, amount), balance); ratio.Gt(&mean) {
			taxed := s.sub(amount, s.excess(balance, mean))
			amount = s.sub(amount, s.mulUp(taxed, fee))
		} else if amount.IsZero() {
			continue // a factor of 1, which powDown would lower
		}
		ratio := s.divDown(s.add(balance, amount), balance)
		growth = s.mulDown(growth, s.powDown(ratio, weights[i]))
	}
	return s.result(s.excess(supply, growth))
}

// BptOutGivenExactTokenIn returns a lower bound of S·((1 + a'/b)^w − 1), the BPT
// out for an exact amount in of one token, charged the fee as
// BptOutGivenExactTokensIn does when the other amounts are zero and all weights
// sum to 1. It fails as its parts do.
func BptOutGivenExactTokenIn(weight, balance, amountIn, supply, fee uint256.Int) (uint256.Int, error) {
	var s steps
	ratio := s.divDown(s.add(balance, amountIn), balance)
	mean := s.add(s.mulDown(ratio, weight), fixedpoint.Complement(weight))
	if ratio.Gt(&mean) {
		untaxed := s.excess(balance, mean)
		taxed := s.sub(amountIn, untaxed)
		amountIn = s.add(untaxed, s.sub(taxed, s.mulUp(taxed, fee)))
	} else if amountIn.IsZero() {
		return s.result(uint256.Int{})
	}
	growth := s.powDown(s.divDown(s.add(balance, amountIn), balance), weight)
	return s.result(s.excess(supply, growth))
}

// TokenInGivenExactBptOut returns an upper bound of a·w + a·(1−w)/(1−fee) with
// a = b·((1 + bptOut/S)^(1/w) − 1), the amount in of one token for exact BPT
// out. It fails when 1 + bptOut/S > 3 and as its parts do.
func TokenInGivenExactBptOut(weight, balance, bptOut, supply, fee uint256.Int) (uint256.Int, error) {
	var s steps
	ratio := s.divUp(s.add(supply, bptOut), supply)
	s.joinLimit(ratio)
	growth := s.powUp(ratio, s.divUp(one, weight))
	amount := s.mulUp(balance, s.sub(growth, one))
	taxed := s.mulUp(amount, fixedpoint.Complement(weight))
	return s.result(s.add(s.sub(amount, taxed), s.divUp(taxed, fixedpoint.Complement(fee))))
}

// BptInGivenExactTokensOut returns an upper bound of S·(1 − Π (1 − a'ᵢ/bᵢ)^wᵢ),
// the BPT in for exact amounts out, of which each token is charged the fee on
// what it falls below the mean ratio t = Σ (1 − aᵢ/bᵢ)·wᵢ: with n = (1−t)·bᵢ,
// a'ᵢ = n + (aᵢ − n)/(1−fee). It fails as its parts do, a balance of zero or an
// amount above its balance included.
func BptInGivenExactTokensOut(weights, balances, amountsOut []uint256.Int, supply, fee uint256.Int) (uint256.Int, error) {
	var s steps
	var mean uint256.Int
	for i := range balances {
		ratio := s.divUp(s.sub(balances[i], s.at(amountsOut, i)), balances[i])
		mean = s.add(mean, s.mulUp(ratio, s.at(weights, i)))
	}
	if s.failure != nil {
		return uint256.Int{}, s.failure
	}
	// From here on every list has an element for each balance.
	left := one
	for i, balance := range balances {
		amount := amountsOut[i]
		if ratio := s.divUp(s.sub(balance, amount), balance); mean.Gt(&ratio) {
			amount = s.amountOutPlusFee(balance, amount, mean, fee)
		} else if amount.IsZero() {
			continue // a factor of 1, which powDown would lower
		}
		ratio := s.divDown(s.sub(balance, amount), balance)
		left = s.mulDown(left, s.powDown(ratio, weights[i]))
	}
	return s.result(s.mulUp(supply, fixedpoint.Complement(left)))
}

// BptInGivenExactTokenOut returns an upper bound of S·(1 − (1 − a'/b)^w), the BPT
// in for an exact amount out of one token, charged the fee as
// BptInGivenExactTokensOut does when the other amounts are zero and all weights
// sum to 1. It fails as its parts do.
func BptInGivenExactTokenOut(weight, balance, amountOut, supply, fee uint256.Int) (uint256.Int, error) {
	var s steps
	ratio := s.divUp(s.sub(balance, amountOut), balance)
	mean := s.add(s.mulUp(ratio, weight), fixedpoint.Complement(weight))
	if mean.Gt(&ratio) {
		amountOut = s.amountOutPlusFee(balance, amountOut, mean, fee)
	} else if amountOut.IsZero() {
		return s.result(uint256.Int{})
	}
	left := s.powDown(s.divDown(s.sub(balance, amountOut), balance), weight)
	return s.result(s.mulUp(supply, fixedpoint.Complement(left)))
}

// TokenOutGivenExactBptIn returns a·w + a·(1−w)·(1−fee) with a ≤
// b·(1 − (1 − bptIn/S)^(1/w)), the amount out of one token for exact BPT in. The
// part that is charged the fee is rounded up, and so is what is paid of it. It
// fails when 1 − bptIn/S < 0.7 and as its parts do.
func TokenOutGivenExactBptIn(weight, balance, bptIn, supply, fee uint256.Int) (uint256.Int, error) {
	var s steps
	ratio := s.divUp(s.sub(supply, bptIn), supply)
	s.exitLimit(ratio)
	left := s.powUp(ratio, s.divDown(one, weight))
	amount := s.mulDown(balance, fixedpoint.Complement(left))
	taxed := s.mulUp(amount, fixedpoint.Complement(weight))
	return s.result(s.add(s.sub(amount, taxed), s.mulUp(taxed, fixedpoint.Complement(fee))))
}

// BptOutAddToken returns a lower bound of S·(1/(1−w) − 1), the BPT for bringing a
// new token that then has weight w. It fails when w ≥ 1 and as its parts do.
func BptOutAddToken(supply, weight uint256.Int) (uint256.Int, error) {
	var s steps
	growth := s.divDown(one, s.sub(one, weight))
	return s.result(s.mulDown(supply, s.sub(growth, one)))
}

// excess returns ⌊x·(ratio − 1)⌋, and 0 for a ratio that is not above 1.
func (s *steps) excess(x, ratio uint256.Int) uint256.Int {
	if !ratio.Gt(&one) {
		return uint256.Int{}
	}
	return s.mulDown(x, s.sub(ratio, one))
}

// amountOutPlusFee returns what leaves the pool's books for an amount out that
// exceeds the mean's: n + ⌈(amount − n) / (1−fee)⌉ with n = ⌊balance·(1−mean)⌋.
func (s *steps) amountOutPlusFee(balance, amount, mean, fee uint256.Int) uint256.Int {
	untaxed := s.mulDown(balance, fixedpoint.Complement(mean))
	return s.add(untaxed, s.divUp(s.sub(amount, untaxed), fixedpoint.Complement(fee)))
}
