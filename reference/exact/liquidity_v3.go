package exact

import "math/big"

// This file is SPEC, "Liquidity, v3". Balances, amounts and BPT have 18 decimals. V2 has no such functions; under V2 their
// parts fail with V2's names. The invariants run over the weights, everything else over the balances.

// AddUnbalanced returns the BPT minted for exact amounts in, S·(V(nb)−V(b))/V(b), and each token's fee: nbᵢ is the new
// balance less the fee on what exceeds R·bᵢ, where R is the invariant's growth before fees. It fails when R > 3, when the
// invariant with fees is below the old one, and as its parts do.
func (r Rules) AddUnbalanced(weights, balances, amountsIn []*big.Int, supply, fee *big.Int) (bptOut *big.Int, fees []*big.Int, err error) {
	defer caught(&err)
	newBalances := make([]*big.Int, len(balances))
	for i, balance := range balances {
		sum := r.add(balance, r.at(amountsIn, i))
		newBalances[i] = r.sub(sum, small[1])
	}
	current := r.invariantUp(weights, balances)
	ratio := r.divDown(r.invariantDown(weights, newBalances), current)
	r.checkRatioBelowMax(ratio)

	charged := make([]*big.Int, len(balances))
	for i, balance := range balances {
		charged[i] = new(big.Int)
		proportional := r.mulDown(ratio, balance)
		if newBalances[i].Cmp(proportional) > 0 {
			charged[i] = r.mulUp(minus(newBalances[i], proportional), fee)
			newBalances[i] = r.sub(newBalances[i], charged[i])
		}
	}
	withFees := r.invariantDown(weights, newBalances)
	product := r.product(supply, r.sub(withFees, current), mulOverflow)
	return floorDiv(product, current), charged, nil
}

// AddSingleExactOut returns the amount of one token owed for exactly bptOut, fee included, and the fee. With R the growth
// of the supply, the balance must grow to nb = b·R^(1/w); what exceeds R·b is charged. It fails when R > 3, then for an
// index outside the lists, and as its parts do.
func (r Rules) AddSingleExactOut(weights, balances []*big.Int, index int, bptOut, supply, fee *big.Int) (amountIn, feeAmount *big.Int, err error) {
	defer caught(&err)
	newSupply := r.add(bptOut, supply)
	ratio := r.divUp(newSupply, supply)
	r.checkRatioBelowMax(ratio)
	balance := r.at(balances, index)
	newBalance := r.balanceGivenInvariantRatio(balance, r.at(weights, index), ratio)

	amount := r.sub(newBalance, balance)
	proportional := floorDiv(r.product(newSupply, balance, mulOverflow), supply)
	charged := r.feeOnTop(r.sub(newBalance, proportional), fee)
	return r.add(amount, charged), charged, nil
}

// RemoveSingleExactOut returns the BPT burnt for an exact amount of one token out, S·(V(b)−V(nb))/V(b), and the fee: nb is
// the new balances less the fee on what lies below R·b, where R is what the invariant falls to before fees. It fails when
// R < 0.7, and as its parts do; an index outside the balances after the balances that have no wei to spare.
func (r Rules) RemoveSingleExactOut(weights, balances []*big.Int, index int, amountOut, supply, fee *big.Int) (bptIn, feeAmount *big.Int, err error) {
	defer caught(&err)
	newBalances := make([]*big.Int, len(balances))
	for i, balance := range balances {
		newBalances[i] = r.sub(balance, small[1])
	}
	newBalances[index] = r.sub(r.at(newBalances, index), amountOut)
	current := r.invariantUp(weights, balances)
	ratio := r.divUp(r.invariantUp(weights, newBalances), current)
	r.checkRatioAboveMin(ratio)

	proportional := r.mulUp(ratio, balances[index])
	charged := r.feeOnTop(r.sub(proportional, newBalances[index]), fee)
	newBalances[index] = r.sub(newBalances[index], charged)
	withFees := r.invariantDown(weights, newBalances)
	return r.mulDivUp(supply, r.sub(current, withFees), current), charged, nil
}

// RemoveSingleExactIn returns the amount of one token paid for exactly bptIn, less the fee, and the fee. With R what the
// supply falls to, the balance falls to nb = b·R^(1/w); what lies below R·b is charged. It fails when R < 0.7, then for an
// index outside the lists, and as its parts do.
func (r Rules) RemoveSingleExactIn(weights, balances []*big.Int, index int, bptIn, supply, fee *big.Int) (amountOut, feeAmount *big.Int, err error) {
	defer caught(&err)
	newSupply := r.sub(supply, bptIn)
	ratio := r.divUp(newSupply, supply)
	r.checkRatioAboveMin(ratio)
	balance := r.at(balances, index)
	newBalance := r.balanceGivenInvariantRatio(balance, r.at(weights, index), ratio)

	amount := r.sub(balance, newBalance)
	proportional := r.mulDivUp(newSupply, balance, supply)
	charged := r.mulUp(r.sub(proportional, newBalance), fee)
	return r.sub(amount, charged), charged, nil
}

// feeOnTop returns the fee to add to a taxable amount, so that the amount remains without it: ⌈taxable/(1−fee)⌉ − taxable.
func (r Rules) feeOnTop(taxable, fee *big.Int) *big.Int {
	gross := r.divUp(taxable, complement(fee))
	return r.sub(gross, taxable)
}
