package exact

import "math/big"

// This file is SPEC, "Liquidity, v2": joins and exits, and the protocol's share of growth. All values have 18 decimals.
// V3 has no such functions; under V3 their parts fail with V3's names. The functions of lists run over the balances; a
// missing amount or weight is an index failure when it is read, one beyond the balances is not read.

// BptOutGivenExactTokensIn returns the BPT minted for exact amounts in: S·(Π ((bᵢ+aᵢ′)/bᵢ)^wᵢ − 1), where aᵢ′ is aᵢ less
// the fee on what exceeds the mean growth, or 0 when the product is not above 1. It fails as its parts do.
func (r Rules) BptOutGivenExactTokensIn(weights, balances, amountsIn []*big.Int, supply, fee *big.Int) (bptOut *big.Int, err error) {
	defer caught(&err)
	growths := make([]*big.Int, len(balances))
	mean := new(big.Int)
	for i, balance := range balances {
		newBalance := r.add(balance, r.at(amountsIn, i))
		growths[i] = r.divDown(newBalance, balance)
		mean = r.add(mean, r.mulDown(growths[i], r.at(weights, i)))
	}

	ratio := one
	for i, balance := range balances {
		amount := amountsIn[i]
		if growths[i].Cmp(mean) > 0 {
			taxable := r.sub(amount, r.untaxedIn(balance, mean))
			amount = r.sub(amount, r.mulUp(taxable, fee))
		} else if amount.Sign() == 0 {
			continue
		}
		growth := r.divDown(r.add(balance, amount), balance)
		factor := r.powDown(growth, weights[i])
		ratio = r.mulDown(ratio, factor)
	}
	return r.minted(supply, ratio), nil
}

// BptOutGivenExactTokenIn returns the BPT minted for an exact amount of one token: S·(((b+a′)/b)^w − 1), or 0 when the
// power is not above 1. All other weights count as 1−w. It fails as its parts do.
func (r Rules) BptOutGivenExactTokenIn(weight, balance, amountIn, supply, fee *big.Int) (bptOut *big.Int, err error) {
	defer caught(&err)
	growth := r.divDown(r.add(balance, amountIn), balance)
	mean := r.add(r.mulDown(growth, weight), complement(weight))

	amount := amountIn
	if growth.Cmp(mean) > 0 {
		untaxed := r.untaxedIn(balance, mean)
		taxable := r.sub(amountIn, untaxed)
		amount = r.add(untaxed, r.sub(taxable, r.mulUp(taxable, fee)))
	} else if amount.Sign() == 0 {
		return new(big.Int), nil
	}
	growth = r.divDown(r.add(balance, amount), balance)
	ratio := r.powDown(growth, weight)
	return r.minted(supply, ratio), nil
}

// untaxedIn returns the part of an amount in that grows its balance as much as the mean: ⌊b·(mean−1)⌋, not below 0.
func (r Rules) untaxedIn(balance, mean *big.Int) *big.Int {
	if mean.Cmp(one) <= 0 {
		return new(big.Int)
	}
	return r.mulDown(balance, minus(mean, one))
}

// minted returns ⌊S·(ratio−1)⌋, not below 0.
func (r Rules) minted(supply, ratio *big.Int) *big.Int {
	if ratio.Cmp(one) <= 0 {
		return new(big.Int)
	}
	return r.mulDown(supply, minus(ratio, one))
}

// TokenInGivenExactBptOut returns the amount of one token owed for exactly bptOut: a = b·(((S+bptOut)/S)^(1/w) − 1), its
// part 1−w with the fee on top. It fails when (S+bptOut)/S > 3, and as its parts do.
func (r Rules) TokenInGivenExactBptOut(weight, balance, bptOut, supply, fee *big.Int) (amountIn *big.Int, err error) {
	defer caught(&err)
	ratio := r.divUp(r.add(supply, bptOut), supply)
	r.checkRatioBelowMax(ratio)
	exponent := r.divUp(one, weight)
	power := r.powUp(ratio, exponent)
	amount := r.mulUp(balance, r.sub(power, one))
	taxable := r.mulUp(amount, complement(weight))
	untaxed := r.sub(amount, taxable)
	gross := r.divUp(taxable, complement(fee))
	return r.add(untaxed, gross), nil
}

// BptInGivenExactTokensOut returns the BPT burnt for exact amounts out: S·(1 − Π ((bᵢ−aᵢ′)/bᵢ)^wᵢ), where aᵢ′ is aᵢ with
// the fee on top of what exceeds the mean loss. It fails as its parts do.
func (r Rules) BptInGivenExactTokensOut(weights, balances, amountsOut []*big.Int, supply, fee *big.Int) (bptIn *big.Int, err error) {
	defer caught(&err)
	shares := make([]*big.Int, len(balances))
	mean := new(big.Int)
	for i, balance := range balances {
		newBalance := r.sub(balance, r.at(amountsOut, i))
		shares[i] = r.divUp(newBalance, balance)
		mean = r.add(mean, r.mulUp(shares[i], r.at(weights, i)))
	}

	ratio := one
	for i, balance := range balances {
		amount := amountsOut[i]
		if mean.Cmp(shares[i]) > 0 {
			amount = r.grossOut(balance, amount, mean, fee)
		} else if amount.Sign() == 0 {
			continue
		}
		share := r.divDown(r.sub(balance, amount), balance)
		factor := r.powDown(share, weights[i])
		ratio = r.mulDown(ratio, factor)
	}
	return r.mulUp(supply, complement(ratio)), nil
}

// BptInGivenExactTokenOut returns the BPT burnt for an exact amount of one token out: S·(1 − ((b−a′)/b)^w). All other
// weights count as 1−w. It fails as its parts do.
func (r Rules) BptInGivenExactTokenOut(weight, balance, amountOut, supply, fee *big.Int) (bptIn *big.Int, err error) {
	defer caught(&err)
	share := r.divUp(r.sub(balance, amountOut), balance)
	mean := r.add(r.mulUp(share, weight), complement(weight))

	amount := amountOut
	if mean.Cmp(share) > 0 {
		amount = r.grossOut(balance, amountOut, mean, fee)
	} else if amount.Sign() == 0 {
		return new(big.Int), nil
	}
	share = r.divDown(r.sub(balance, amount), balance)
	ratio := r.powDown(share, weight)
	return r.mulUp(supply, complement(ratio)), nil
}

// grossOut returns amount with the fee on top of what exceeds ⌊b·(1−mean)⌋.
func (r Rules) grossOut(balance, amount, mean, fee *big.Int) *big.Int {
	untaxed := r.mulDown(balance, complement(mean))
	taxable := r.sub(amount, untaxed)
	gross := r.divUp(taxable, complement(fee))
	return r.add(untaxed, gross)
}

// TokenOutGivenExactBptIn returns the amount of one token paid for exactly bptIn: a = b·(1 − ((S−bptIn)/S)^(1/w)), its
// part 1−w less the fee. It fails when (S−bptIn)/S < 0.7, and as its parts do.
func (r Rules) TokenOutGivenExactBptIn(weight, balance, bptIn, supply, fee *big.Int) (amountOut *big.Int, err error) {
	defer caught(&err)
	ratio := r.divUp(r.sub(supply, bptIn), supply)
	r.checkRatioAboveMin(ratio)
	exponent := r.divDown(one, weight)
	power := r.powUp(ratio, exponent)
	amount := r.mulDown(balance, complement(power))
	taxable := r.mulUp(amount, complement(weight))
	untaxed := r.sub(amount, taxable)
	net := r.mulUp(taxable, complement(fee))
	return r.add(untaxed, net), nil
}

// BptOutAddToken returns the BPT minted when a token of the given weight joins the pool: S·(1/(1−w) − 1). It fails when
// w ≥ 1, and as its parts do.
func (r Rules) BptOutAddToken(supply, weight *big.Int) (bptOut *big.Int, err error) {
	defer caught(&err)
	ratio := r.divDown(one, r.sub(one, weight))
	return r.mulDown(supply, r.sub(ratio, one)), nil
}

// OwnershipPercentage returns the share of the pool that the protocol is due: (1 − supplyGrowth/growth)·protocolFee, or 0
// when the supply grew at least as much as the invariant, or the fee is 0. It fails as its parts do.
func (r Rules) OwnershipPercentage(growth, supplyGrowth, protocolFee *big.Int) (share *big.Int, err error) {
	defer caught(&err)
	return r.ownershipPercentage(growth, supplyGrowth, protocolFee), nil
}

func (r Rules) ownershipPercentage(growth, supplyGrowth, protocolFee *big.Int) *big.Int {
	if supplyGrowth.Cmp(growth) >= 0 || protocolFee.Sign() == 0 {
		return new(big.Int)
	}
	withoutFees := r.divDown(supplyGrowth, growth)
	return r.mulDown(r.sub(one, withoutFees), protocolFee)
}

// BptForOwnership returns the BPT to mint so that it is the given share of the supply afterwards: ⌊S·share / (1−share)⌋.
// It fails when the product overflows, tested first, and when share ≥ 1.
func (r Rules) BptForOwnership(supply, share *big.Int) (bpt *big.Int, err error) {
	defer caught(&err)
	return r.bptForOwnership(supply, share), nil
}

func (r Rules) bptForOwnership(supply, share *big.Int) *big.Int {
	product := r.product(supply, share, mulOverflow)
	return r.mathDivDown(product, complement(share))
}

// DueProtocolFees returns the BPT to mint for the protocol: BptForOwnership of OwnershipPercentage, where the supply grew
// from previousSupply to currentSupply and the invariant to growth times what it was. It fails as its parts do.
func (r Rules) DueProtocolFees(growth, previousSupply, currentSupply, protocolFee *big.Int) (bpt *big.Int, err error) {
	defer caught(&err)
	supplyGrowth := r.divDown(currentSupply, previousSupply)
	share := r.ownershipPercentage(growth, supplyGrowth, protocolFee)
	return r.bptForOwnership(currentSupply, share), nil
}
