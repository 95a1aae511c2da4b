package real

import "math/big"

// Invariant returns V = Π (Bᵢ·10⁻¹⁸)^Wᵢ in wei, for balances in wei and weights of 10⁻¹⁸ (SPEC, invariantDown
// and invariantUp). A balance of zero under a positive weight makes it zero.
func Invariant(balances, weights []*big.Int) *Expr {
	factors := make([]*Expr, len(weights))
	for i := range weights {
		factors[i] = Pow(Fixed(balances[i]), Fixed(weights[i]))
	}
	return Mul(wad, product(factors))
}

// product joins powers into one; a factor that is exactly 0 makes it 0.
func product(powers []*Expr) *Expr {
	joined := &Expr{op: opPower}
	for _, p := range powers {
		switch {
		case p.op == opPower:
			joined.factors = append(joined.factors, p.factors...)
		case p == zero:
			return zero
		}
	}
	return joined
}

// OutGivenIn returns what a swap pays for amountIn:
// balanceOut·(1 − (balanceIn/(balanceIn + amountIn))^(weightIn/weightOut)), in wei (SPEC, outGivenIn).
func OutGivenIn(balanceIn, weightIn, balanceOut, weightOut, amountIn *big.Int) *Expr {
	after := new(big.Int).Add(balanceIn, amountIn)
	power := Pow(Quo(Int(balanceIn), Int(after)), Quo(Int(weightIn), Int(weightOut)))
	return Mul(Int(balanceOut), Sub(one, power))
}

// InGivenOut returns what a swap must take for amountOut:
// balanceIn·((balanceOut/(balanceOut − amountOut))^(weightOut/weightIn) − 1), in wei (SPEC, inGivenOut).
// No amount pays for the whole balance: it is nil for amountOut ≥ balanceOut.
func InGivenOut(balanceIn, weightIn, balanceOut, weightOut, amountOut *big.Int) *Expr {
	after := new(big.Int).Sub(balanceOut, amountOut)
	if after.Sign() <= 0 {
		return nil
	}
	power := Pow(Quo(Int(balanceOut), Int(after)), Quo(Int(weightOut), Int(weightIn)))
	return Mul(Int(balanceIn), Sub(power, one))
}

// BalanceGivenInvariantRatio returns balance·(ratio·10⁻¹⁸)^(1/weight): the balance that
// makes the invariant grow by the ratio, in wei (SPEC, balanceGivenInvariantRatio).
func BalanceGivenInvariantRatio(balance, weight, ratio *big.Int) *Expr {
	return Mul(Int(balance), Pow(Fixed(ratio), Quo(wad, Int(weight))))
}

// ValueGrowth returns Π (afterᵢ/beforeᵢ)^wᵢ: by how much a change of some
// balances multiplies the invariant, whatever the others are. It is written with the
// weights themselves, so that it compares with 1 as the invariants do with each other.
func ValueGrowth(weights, before, after []*big.Int) *Expr {
	factors := make([]*Expr, len(weights))
	for i := range weights {
		factors[i] = Pow(Quo(Int(after[i]), Int(before[i])), Int(weights[i]))
	}
	return product(factors)
}
