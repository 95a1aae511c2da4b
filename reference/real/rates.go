package real

import "math/big"

// ValueAtRates returns the invariant of what the pool holds, at a moment's rates and weights: 10¹⁸·Π (rawᵢ·10^(−dᵢ)·rateᵢ·10⁻¹⁸)^(wᵢ·10⁻¹⁸), for
// raw balances in the tokens' own units of 10^(−dᵢ) (SPEC, Scaling, fees around a swap, rates). A token without a rate has 10¹⁸.
func ValueAtRates(raw []*big.Int, decimals []uint8, rates, weights []*big.Int) *Expr {
	factors := make([]*Expr, len(raw))
	for i := range raw {
		unit := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(decimals[i])), nil)
		held := Quo(Int(new(big.Int).Mul(raw[i], rates[i])), Int(unit.Mul(unit, wad.n)))
		factors[i] = Pow(held, Fixed(weights[i]))
	}
	return Mul(wad, product(factors))
}

// ShareGrowth returns by how much a pool's value per BPT grows from one state to another with the same weights, decimals and rates:
// Π (afterᵢ/beforeᵢ)^wᵢ · supplyBefore/supplyAfter. Balances may have any unit, and weights, in units of 10⁻¹⁸, any sum. Only what changed enters;
// a growth of exactly 1 is decided by Equals, and Sub(growth, 1) keeps the digits of a growth near 1. It is nil where a
// balance or supply before is 0, or the supply after is.
func ShareGrowth(weights, before, after []*big.Int, supplyBefore, supplyAfter *big.Int) *Expr {
	if supplyBefore.Sign() == 0 || supplyAfter.Sign() == 0 {
		return nil
	}
	growth, emptied := &Expr{op: opPower}, false
	for i, balance := range before {
		switch {
		case balance.Sign() == 0:
			return nil
		case after[i].Sign() == 0:
			emptied = emptied || weights[i].Sign() > 0
		case after[i].Cmp(balance) != 0:
			growth.factors = append(growth.factors, factor{Quo(Int(after[i]), Int(balance)), Fixed(weights[i])})
		}
	}
	if emptied {
		return zero
	}
	if supplyBefore.Cmp(supplyAfter) != 0 {
		growth.factors = append(growth.factors, factor{Quo(Int(supplyBefore), Int(supplyAfter)), one})
	}
	return growth
}
