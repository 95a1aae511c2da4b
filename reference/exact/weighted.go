package exact

import "math/big"

// This file is SPEC, "Weighted math", and the fees around a swap.

// maxRatio is the largest part of a balance that one swap may add or take: 0.3.
var maxRatio = decimal("0.3e18")

// InvariantDown returns a lower bound of Π bᵢ^wᵢ. It fails when that bound is 0, and when there are fewer balances than
// weights; balances beyond the weights are not read.
func (r Rules) InvariantDown(weights, balances []*big.Int) (invariant *big.Int, err error) {
	defer caught(&err)
	return r.invariantDown(weights, balances), nil
}

func (r Rules) invariantDown(weights, balances []*big.Int) *big.Int {
	invariant := new(big.Int).Set(one)
	for i, weight := range weights {
		factor := r.powDown(r.at(balances, i), weight)
		invariant = r.mulDown(invariant, factor)
	}
	if invariant.Sign() == 0 {
		r.fail(zeroInvariant)
	}
	return invariant
}

// InvariantUp returns an upper bound of Π bᵢ^wᵢ. It fails as InvariantDown does. V2 has no such function; under V2 its
// parts fail with V2's names.
func (r Rules) InvariantUp(weights, balances []*big.Int) (invariant *big.Int, err error) {
	defer caught(&err)
	return r.invariantUp(weights, balances), nil
}

func (r Rules) invariantUp(weights, balances []*big.Int) *big.Int {
	invariant := new(big.Int).Set(one)
	for i, weight := range weights {
		factor := r.powUp(r.at(balances, i), weight)
		invariant = r.mulUp(invariant, factor)
	}
	if invariant.Sign() == 0 {
		r.fail(zeroInvariant)
	}
	return invariant
}

// OutGivenIn returns what the pool pays for exactly amount: bO·(1 − (bI/(bI+amount))^(wI/wO)), rounded in the pool's
// favour. It fails when amount > ⌊0.3·bI⌋, and as its parts do.
func (r Rules) OutGivenIn(balanceIn, weightIn, balanceOut, weightOut, amount *big.Int) (out *big.Int, err error) {
	defer caught(&err)
	return r.outGivenIn(balanceIn, weightIn, balanceOut, weightOut, amount), nil
}

func (r Rules) outGivenIn(balanceIn, weightIn, balanceOut, weightOut, amount *big.Int) *big.Int {
	largest := r.mulDown(balanceIn, maxRatio)
	if amount.Cmp(largest) > 0 {
		r.fail(maxInRatio)
	}
	newBalanceIn := r.add(balanceIn, amount)
	base := r.divUp(balanceIn, newBalanceIn)
	exponent := r.divDown(weightIn, weightOut)
	power := r.powUp(base, exponent)
	return r.mulDown(balanceOut, complement(power))
}

// InGivenOut returns what the pool asks for exactly amount: bI·((bO/(bO−amount))^(wO/wI) − 1), rounded in the pool's
// favour. It fails when amount > ⌊0.3·bO⌋, and as its parts do.
func (r Rules) InGivenOut(balanceIn, weightIn, balanceOut, weightOut, amount *big.Int) (in *big.Int, err error) {
	defer caught(&err)
	return r.inGivenOut(balanceIn, weightIn, balanceOut, weightOut, amount), nil
}

func (r Rules) inGivenOut(balanceIn, weightIn, balanceOut, weightOut, amount *big.Int) *big.Int {
	largest := r.mulDown(balanceOut, maxRatio)
	if amount.Cmp(largest) > 0 {
		r.fail(maxOutRatio)
	}
	newBalanceOut := r.sub(balanceOut, amount)
	base := r.divUp(balanceOut, newBalanceOut)
	exponent := r.divUp(weightOut, weightIn)
	power := r.powUp(base, exponent)
	growth := r.sub(power, one)
	return r.mulUp(balanceIn, growth)
}

// BalanceGivenInvariantRatio returns the balance b·R^(1/w) at which the invariant is R times what it was, rounded up. It
// fails as its parts do. V2 has no such function; under V2 its parts fail with V2's names.
func (r Rules) BalanceGivenInvariantRatio(balance, weight, ratio *big.Int) (newBalance *big.Int, err error) {
	defer caught(&err)
	return r.balanceGivenInvariantRatio(balance, weight, ratio), nil
}

func (r Rules) balanceGivenInvariantRatio(balance, weight, ratio *big.Int) *big.Int {
	var exponent *big.Int
	if ratio.Cmp(one) > 0 {
		exponent = r.divUp(one, weight)
	} else {
		exponent = r.divDown(one, weight)
	}
	power := r.powUp(ratio, exponent)
	return r.mulUp(balance, power)
}

// AmountInLessFee returns what of an exact-in amount is swapped: amount − ⌈amount·fee⌉. It fails when the product
// overflows and when fee > 1.
func (r Rules) AmountInLessFee(amount, fee *big.Int) (net *big.Int, err error) {
	defer caught(&err)
	feeAmount := r.mulUp(amount, fee)
	return r.sub(amount, feeAmount), nil
}

// AmountInPlusFee returns the exact-out amount in with its fee on top. V2: ⌈calculated / (1−fee)⌉. V3: calculated +
// ⌈calculated·fee / (1−fee)⌉. It fails when fee ≥ 1 and when a product or the sum overflows.
func (r Rules) AmountInPlusFee(calculated, fee *big.Int) (gross *big.Int, err error) {
	defer caught(&err)
	if r == V2 {
		return r.divUp(calculated, complement(fee)), nil
	}
	feeAmount := r.mulDivUp(calculated, fee, complement(fee))
	return r.add(calculated, feeAmount), nil
}
