// Package intpow judges the weighted math in whole numbers: the integer-power oracle.
//
// Where an exponent is a small fraction p/q, a comparison of powers is one of integers: x ⋚ y^(p/q) is x^q ⋚ y^p for
// x, y ≥ 0. So the sign of each difference below is exact, ties included, and nothing is approximated: there is no exp,
// no logarithm, no float, no rounding and no precision to choose.
//
// It is independent of every other oracle: the interval and the point arithmetic reach x^y through exp(y·log x), and so
// does the specification; this one cannot share a wrong constant, a lost bit or a wrong formula for exp and log with
// them, since it has none. It relies on math/big.Int alone. Its price is its reach: the integers have (p+q)·256 bits.
//
// All arguments must be ≥ 0. Every function returns −1, 0 or +1 and changes no argument. Balances and amounts may have
// any unit as long as it is one per token: wei will do. SPEC, "Weighted math", has the formulas that are judged.
package intpow

import "math/big"

// SwapSign returns the sign of (balanceIn+amountIn)^p·(balanceOut−amountOut)^q − balanceIn^p·balanceOut^q, where the
// weights of the two tokens are as p to q, and amountOut ≤ balanceOut. −1: the trader got more than the value function
// allows. 0: exactly that much. +1: the pool kept something.
func SwapSign(balanceIn, amountIn, balanceOut, amountOut *big.Int, p, q uint) int {
	newBalanceIn := new(big.Int).Add(balanceIn, amountIn)
	newBalanceOut := new(big.Int).Sub(balanceOut, amountOut)
	after := new(big.Int).Mul(power(newBalanceIn, p), power(newBalanceOut, q))
	before := new(big.Int).Mul(power(balanceIn, p), power(balanceOut, q))
	return after.Cmp(before)
}

// InvariantSign returns the sign of value^Σp − Π bᵢ^pᵢ: that of value − Π bᵢ^wᵢ, where the weights are wᵢ = pᵢ/Σp with
// Σp ≥ 1. value and every balance have the same unit, and p as many entries as balances.
func InvariantSign(value *big.Int, balances []*big.Int, p []uint) int {
	total := uint(0)
	product := big.NewInt(1)
	for i, balance := range balances {
		total += p[i]
		product.Mul(product, power(balance, p[i]))
	}
	return power(value, total).Cmp(product)
}

// PowSign returns the sign of (value/10¹⁸)^q − (base/10¹⁸)^p: that of value − base^(p/q) in 18-decimal fixed point, with
// q ≥ 1.
func PowSign(value, base *big.Int, p, q uint) int {
	// Times 10^(18(p+q)), to be free of fractions.
	left := new(big.Int).Mul(power(value, q), power(one, p))
	right := new(big.Int).Mul(power(base, p), power(one, q))
	return left.Cmp(right)
}

// one is 1 in 18-decimal fixed point.
var one = big.NewInt(1e18)

// power returns xⁿ, with 0⁰ = 1.
func power(x *big.Int, n uint) *big.Int {
	return new(big.Int).Exp(x, new(big.Int).SetUint64(uint64(n)), nil)
}
