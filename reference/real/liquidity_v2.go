package real

import "math/big"

// Joins and exits by v2's rules (SPEC, Liquidity, v2). Balances and amounts, of tokens and of the pool's own (BPT), are in wei,
// weights and fees in units of 10⁻¹⁸, and so is w in the formulas below 1 for a whole pool. Balances, weights and amounts have the same length.
//
// What a join or exit moves beyond its fair proportion pays the swap fee φ: v2 measures that proportion by the arithmetic mean of the tokens' own.
// All of that is rational, so that which amounts are taxed is decided exactly, and the value is one product of powers of rational numbers.
//
// Where no exact value exists, the result is nil: for a balance, supply or weight of 0 that is divided by; for more tokens or BPT out than
// there are, the fee on top; and for a fee of 1 or more that an amount can't pay. The limits of the invariant ratio belong to the
// specification.

// BptOutGivenExactTokensIn returns the BPT for amounts in, in wei: S·(Π (1 + aᵢ'/bᵢ)^wᵢ − 1), where with t = Σ (1 + aᵢ/bᵢ)·wᵢ
// and nᵢ = bᵢ·max(0, t−1), the amount aᵢ' is aᵢ − φ·(aᵢ−nᵢ) if 1 + aᵢ/bᵢ > t, and aᵢ otherwise.
func BptOutGivenExactTokensIn(balances, weights, amountsIn []*big.Int, supply, fee *big.Int) *Expr {
	shares, mean, ok := sharesOf(balances, weights, amountsIn)
	if !ok {
		return nil
	}
	// t − 1 = Σ wᵢ·aᵢ/bᵢ + (Σ wᵢ − 1)
	fair := mean.Add(mean, new(big.Rat).Sub(sumOf(weights), oneRat))
	return joinV2(shares, weights, fair, supply, fee)
}

// BptOutGivenExactTokenIn returns the BPT for one amount in, in wei: that of many tokens with t = (1 + a/b)·w + max(0, 1−w).
func BptOutGivenExactTokenIn(balance, weight, amountIn, supply, fee *big.Int) *Expr {
	shares, mean, ok := sharesOf([]*big.Int{balance}, []*big.Int{weight}, []*big.Int{amountIn})
	if !ok {
		return nil
	}
	// t − 1 = w·a/b; more for w > 1, where a/b doesn't exceed w·a/b either
	return joinV2(shares, []*big.Int{weight}, mean, supply, fee)
}

// joinV2 returns S·(Π (1 + aᵢ'/bᵢ)^wᵢ − 1), given aᵢ/bᵢ and t − 1.
func joinV2(shares []*big.Rat, weights []*big.Int, fair *big.Rat, supply, fee *big.Int) *Expr {
	kept := new(big.Rat).Sub(oneRat, fixedRat(fee))
	growth := &Expr{op: opPower}
	for i, share := range shares {
		if share.Cmp(fair) > 0 {
			if share = taxed(share, fair, kept); share.Sign() < 0 {
				return nil
			}
		}
		growth.grow(share, weights[i])
	}
	return Mul(Int(supply), Sub(growth, one))
}

// TokenInGivenExactBptOut returns the amount in for BPT, in wei: b·((1 + out/S)^(1/w) − 1)·(w + (1−w)/(1−φ)), with 1 in
// place of the last factor if w > 1.
func TokenInGivenExactBptOut(balance, weight, bptOut, supply, fee *big.Int) *Expr {
	kept := new(big.Rat).Sub(oneRat, fixedRat(fee))
	if weight.Sign() == 0 || supply.Sign() == 0 || kept.Sign() <= 0 {
		return nil
	}
	growth := Pow(Quo(Int(new(big.Int).Add(supply, bptOut)), Int(supply)), Quo(wad, Int(weight)))
	return Mul(Mul(Int(balance), ratio(partTaxed(weight, kept.Inv(kept)))), Sub(growth, one))
}

// BptInGivenExactTokensOut returns the BPT for amounts out, in wei: S·(1 − Π (1 − aᵢ'/bᵢ)^wᵢ), where with t = Σ (1 − aᵢ/bᵢ)·wᵢ
// and nᵢ = bᵢ·max(0, 1−t), the amount aᵢ' is nᵢ + (aᵢ−nᵢ)/(1−φ) if t > 1 − aᵢ/bᵢ, and aᵢ otherwise.
func BptInGivenExactTokensOut(balances, weights, amountsOut []*big.Int, supply, fee *big.Int) *Expr {
	shares, mean, ok := sharesOf(balances, weights, amountsOut)
	if !ok {
		return nil
	}
	// 1 − t = Σ wᵢ·aᵢ/bᵢ − (Σ wᵢ − 1)
	fair := mean.Sub(mean, new(big.Rat).Sub(sumOf(weights), oneRat))
	return exitV2(shares, weights, fair, supply, fee)
}

// BptInGivenExactTokenOut returns the BPT for one amount out, in wei: that of many tokens with t = (1 − a/b)·w + max(0, 1−w).
func BptInGivenExactTokenOut(balance, weight, amountOut, supply, fee *big.Int) *Expr {
	shares, mean, ok := sharesOf([]*big.Int{balance}, []*big.Int{weight}, []*big.Int{amountOut})
	if !ok {
		return nil
	}
	// 1 − t = w·a/b − max(0, w−1)
	fair := mean.Sub(mean, clampedRat(new(big.Rat).Sub(fixedRat(weight), oneRat)))
	return exitV2(shares, []*big.Int{weight}, fair, supply, fee)
}

// exitV2 returns S·(1 − Π (1 − aᵢ'/bᵢ)^wᵢ), given aᵢ/bᵢ and 1 − t.
func exitV2(shares []*big.Rat, weights []*big.Int, fair *big.Rat, supply, fee *big.Int) *Expr {
	kept := new(big.Rat).Sub(oneRat, fixedRat(fee))
	growth, emptied := &Expr{op: opPower}, false
	for i, share := range shares {
		if share.Cmp(fair) > 0 {
			if kept.Sign() <= 0 {
				return nil
			}
			share = taxed(share, fair, new(big.Rat).Inv(kept))
		}
		switch share.Cmp(oneRat) {
		case 1:
			return nil
		case 0:
			emptied = emptied || weights[i].Sign() > 0
		default:
			growth.grow(new(big.Rat).Neg(share), weights[i])
		}
	}
	if emptied { // the product is 0
		return Int(supply)
	}
	return Mul(Int(supply), Sub(one, growth))
}

// TokenOutGivenExactBptIn returns the amount out for BPT, in wei: b·(1 − (1 − in/S)^(1/w))·(w + (1−w)·max(0, 1−φ)), with 1 in place of
// the last factor if w > 1.
func TokenOutGivenExactBptIn(balance, weight, bptIn, supply, fee *big.Int) *Expr {
	kept := clampedRat(new(big.Rat).Sub(oneRat, fixedRat(fee)))
	left := new(big.Int).Sub(supply, bptIn)
	if weight.Sign() == 0 || supply.Sign() == 0 || left.Sign() < 0 {
		return nil
	}
	growth := Pow(Quo(Int(left), Int(supply)), Quo(wad, Int(weight)))
	return Mul(Mul(Int(balance), ratio(partTaxed(weight, kept))), Sub(one, growth))
}

// BptOutAddToken returns the BPT for a new token that gets the weight w, in wei: S·w/(1−w), for w < 1.
func BptOutAddToken(supply, weight *big.Int) *Expr {
	rest := new(big.Int).Sub(wad.n, weight)
	if rest.Sign() <= 0 {
		return nil
	}
	return Quo(Int(new(big.Int).Mul(supply, weight)), Int(rest))
}

// sharesOf returns aᵢ/bᵢ and Σ wᵢ·aᵢ/bᵢ, for balances of at least 1.
func sharesOf(balances, weights, amounts []*big.Int) (shares []*big.Rat, mean *big.Rat, ok bool) {
	shares, mean = make([]*big.Rat, len(balances)), new(big.Rat)
	for i, balance := range balances {
		if balance.Sign() <= 0 {
			return nil, nil, false
		}
		shares[i] = new(big.Rat).SetFrac(amounts[i], balance)
		mean.Add(mean, new(big.Rat).Mul(shares[i], fixedRat(weights[i])))
	}
	return shares, mean, true
}

// taxed returns n + (share − n)·rate for n = max(0, fair).
func taxed(share, fair, rate *big.Rat) *big.Rat {
	fair = clampedRat(fair)
	excess := new(big.Rat).Sub(share, fair)
	return excess.Add(fair, excess.Mul(excess, rate))
}

// partTaxed returns w + (1−w)·rate, or 1 if w > 1: the part of a one-token amount beyond its weight is taxed.
func partTaxed(weight *big.Int, rate *big.Rat) *big.Rat {
	rest := clampedRat(new(big.Rat).Sub(oneRat, fixedRat(weight)))
	part := new(big.Rat).Mul(rest, rate)
	return part.Add(part, rest.Sub(oneRat, rest))
}

// grow multiplies a power by (1 + share)^weight, for share > −1.
func (e *Expr) grow(share *big.Rat, weight *big.Int) {
	if share.Sign() != 0 {
		after := new(big.Int).Add(share.Denom(), share.Num())
		e.factors = append(e.factors, factor{Quo(Int(after), Int(share.Denom())), Fixed(weight)})
	}
}

var oneRat = big.NewRat(1, 1)

// fixedRat returns n·10⁻¹⁸.
func fixedRat(n *big.Int) *big.Rat { return new(big.Rat).SetFrac(n, wad.n) }

// clampedRat returns max(0, r).
func clampedRat(r *big.Rat) *big.Rat {
	if r.Sign() < 0 {
		return new(big.Rat)
	}
	return r
}

// sumOf returns Σ nᵢ·10⁻¹⁸.
func sumOf(list []*big.Int) *big.Rat {
	sum := new(big.Int)
	for _, n := range list {
		sum.Add(sum, n)
	}
	return fixedRat(sum)
}
