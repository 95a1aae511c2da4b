package real

import "math/big"

// Joins and exits by v3's rules (SPEC, Liquidity, v3). Balances and amounts, of tokens and of the pool's own (BPT), are in wei,
// weights and fees in units of 10⁻¹⁸. Balances, weights and amounts have the same length.
//
// What a join or exit moves beyond its fair proportion pays the swap fee φ: v3 measures that proportion by the invariant's growth R, the
// geometric mean of the tokens' own. Where one token moves, all others cancel: the formulas below have its balance b and weight w ≤ 1 alone.
//
// Where no exact value exists, the results are nil: for a balance or supply of 0 that is divided by; for a weight of 0 or above 1, where one
// token moves; for more tokens or BPT out than there are, the fee on top; for a fee of 1 and more where the amount after
// it is given, and above 1 in AddUnbalanced. The limits of the invariant ratio belong to the specification.

// AddUnbalanced returns the BPT for amounts in, and the fee on each amount, in wei. With V = Π bᵢ^wᵢ, bᵢ* = bᵢ+aᵢ and R = V(b*)/V(b):
// the fees are fᵢ = φ·max(0, bᵢ* − R·bᵢ) and the BPT S·(V(b*−f)/V(b) − 1).
//
// It computes with differences from 1, which keep their digits however small the amounts are: fᵢ = φ·bᵢ·max(0, aᵢ/bᵢ − (R−1)).
// Amounts of 0 change no power and pay no fee, since R ≥ 1.
func AddUnbalanced(balances, weights, amountsIn []*big.Int, supply, fee *big.Int) (bptOut *Expr, fees []*Expr) {
	shares, _, ok := sharesOf(balances, weights, amountsIn)
	if !ok || fee.Cmp(wad.n) > 0 {
		return nil, nil
	}
	invariant := &Expr{op: opPower}
	for i, share := range shares {
		invariant.grow(share, weights[i])
	}
	growth := Sub(invariant, one) // one expression for all tokens: surds are told by it
	fees = make([]*Expr, len(balances))
	if fee.Sign() == 0 {
		for i := range fees {
			fees[i] = zero
		}
		return Mul(Int(supply), growth), fees
	}
	after := &Expr{op: opPower}
	for i, share := range shares {
		if share.Sign() == 0 {
			fees[i] = zero
			continue
		}
		tax := Mul(Fixed(fee), Max0(Sub(ratio(share), growth)))
		fees[i] = Mul(Int(balances[i]), tax)
		after.factors = append(after.factors, factor{Add(one, Sub(ratio(share), tax)), Fixed(weights[i])})
	}
	return Mul(Int(supply), Sub(after, one)), fees
}

// AddSingleExactOut returns the amount in for BPT, and the fee in it, in wei. With R = 1 + out/S and P = R^(1/w):
// the fee is b·(P−R)·φ/(1−φ), and the amount b·(P−1) and the fee.
func AddSingleExactOut(balance, weight, bptOut, supply, fee *big.Int) (amountIn, feeAmount *Expr) {
	kept := new(big.Rat).Sub(oneRat, fixedRat(fee))
	if !isWeight(weight) || balance.Sign() <= 0 || supply.Sign() == 0 || kept.Sign() <= 0 {
		return nil, nil
	}
	ratioUp := new(big.Rat).SetFrac(new(big.Int).Add(supply, bptOut), supply)
	gross := new(big.Rat).Inv(kept)
	net := new(big.Rat).Sub(gross, oneRat) // φ/(1−φ)

	// b·((P−1)/(1−φ) − (R−1)·φ/(1−φ)) has one power only
	growth := Sub(Pow(ratio(ratioUp), Quo(wad, Int(weight))), one)
	fair := new(big.Rat).Sub(ratioUp, oneRat)
	amountIn = Mul(Int(balance), Sub(Mul(ratio(gross), growth), ratio(fair.Mul(fair, net))))

	// P − R = R·(R^(1/w − 1) − 1)
	return amountIn, Mul(ratio(scaled(net, ratioUp, balance)), Sub(beyond(ratioUp, weight), one))
}

// RemoveSingleExactOut returns the BPT for an amount out, and the fee on it, in wei. With z = 1 − a/b and R = zʷ: the fee
// is b·(R−z)·φ/(1−φ), and the BPT S·(1 − (z − (R−z)·φ/(1−φ))ʷ).
func RemoveSingleExactOut(balance, weight, amountOut, supply, fee *big.Int) (bptIn, feeAmount *Expr) {
	kept := new(big.Rat).Sub(oneRat, fixedRat(fee))
	left := new(big.Int).Sub(balance, amountOut)
	if !isWeight(weight) || balance.Sign() <= 0 || left.Sign() < 0 || kept.Sign() <= 0 {
		return nil, nil
	}
	if left.Sign() == 0 { // R = z = 0
		return Int(supply), zero
	}
	if fee.Sign() == 0 {
		return Mul(Int(supply), Sub(one, Pow(Quo(Int(left), Int(balance)), Fixed(weight)))), zero
	}
	z := new(big.Rat).SetFrac(left, balance)
	// z less the fee is (z − φ·R)/(1−φ) = z·(1 − φ·z^(w−1))/(1−φ)
	beyondFair := Pow(ratio(z), Quo(Int(new(big.Int).Sub(weight, wad.n)), wad))
	excess, net := Sub(beyondFair, one), new(big.Rat).Quo(fixedRat(fee), kept)
	feeAmount = Mul(ratio(scaled(net, z, balance)), excess)

	if z.Cmp(fixedRat(fee)) < 0 { // otherwise φ·z^(w−1) ≤ zʷ ≤ 1
		paid := Mul(Fixed(fee), beyondFair)
		if equal, _ := paid.Equals(oneRat); equal {
			return Int(supply), feeAmount
		}
		if signOf(Sub(paid, one)) >= 0 {
			return nil, nil
		}
	}
	// … = 1 − (a/b + φ·(R−1))/(1−φ), which keeps its distance from 1
	growth := Sub(Pow(ratio(z), Fixed(weight)), one)
	lost := Add(Quo(Int(amountOut), Int(balance)), Mul(Fixed(fee), growth))
	after := Add(one, Sub(zero, Quo(lost, ratio(kept))))
	return Mul(Int(supply), Sub(one, Pow(after, Fixed(weight)))), feeAmount
}

// RemoveSingleExactIn returns the amount out for BPT, and the fee taken from it, in wei. With R = 1 − in/S and P = R^(1/w): the fee is
// φ·b·(R−P), and the amount b·(1−P) less the fee.
func RemoveSingleExactIn(balance, weight, bptIn, supply, fee *big.Int) (amountOut, feeAmount *Expr) {
	share := fixedRat(fee)
	left := new(big.Int).Sub(supply, bptIn)
	if !isWeight(weight) || balance.Sign() <= 0 || supply.Sign() == 0 || left.Sign() < 0 {
		return nil, nil
	}
	if left.Sign() == 0 { // R = P = 0
		return Int(balance), zero
	}
	ratioDown := new(big.Rat).SetFrac(left, supply)
	kept := new(big.Rat).Sub(oneRat, share)

	// b·((1−φ)·(1−P) + φ·(1−R)) has one power only
	loss := Sub(one, Pow(ratio(ratioDown), Quo(wad, Int(weight))))
	fair := new(big.Rat).Sub(oneRat, ratioDown)
	amountOut = Mul(Int(balance), Add(Mul(ratio(kept), loss), ratio(fair.Mul(fair, share))))

	// R − P = R·(1 − R^(1/w − 1))
	return amountOut, Mul(ratio(scaled(share, ratioDown, balance)), Sub(one, beyond(ratioDown, weight)))
}

// isWeight reports 0 < w ≤ 1.
func isWeight(weight *big.Int) bool { return weight.Sign() > 0 && weight.Cmp(wad.n) <= 0 }

// beyond returns r^(1/w − 1).
func beyond(r *big.Rat, weight *big.Int) *Expr {
	return Pow(ratio(r), Quo(Int(new(big.Int).Sub(wad.n, weight)), Int(weight)))
}

// scaled returns r·s·n.
func scaled(r, s *big.Rat, n *big.Int) *big.Rat {
	product := new(big.Rat).SetInt(n)
	return product.Mul(product.Mul(product, r), s)
}
