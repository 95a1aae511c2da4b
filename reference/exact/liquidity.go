package exact

import "math/big"

// This file is what the sections "Liquidity, v2" and "Liquidity, v3" of SPEC have in common: proportional joins and exits,
// and the limits of the invariant ratio.

var (
	maxInvariantRatio = decimal("3e18")
	minInvariantRatio = decimal("0.7e18")
)

// checkRatioBelowMax fails when ratio > 3.
func (r Rules) checkRatioBelowMax(ratio *big.Int) {
	if ratio.Cmp(maxInvariantRatio) > 0 {
		r.fail(ratioAboveMax, ratio, new(big.Int).Set(maxInvariantRatio))
	}
}

// checkRatioAboveMin fails when ratio < 0.7.
func (r Rules) checkRatioAboveMin(ratio *big.Int) {
	if ratio.Cmp(minInvariantRatio) < 0 {
		r.fail(ratioBelowMin, ratio, new(big.Int).Set(minInvariantRatio))
	}
}

// ProportionalAmountsIn returns what each token owes for bptOut minted. V2: ⌈bᵢ·⌈bptOut/S⌉⌉ in fixed point, V3:
// ⌈bᵢ·bptOut / S⌉. It fails when S = 0, and as its parts do; V3 divides per token, so that no balances do not fail.
func (r Rules) ProportionalAmountsIn(balances []*big.Int, supply, bptOut *big.Int) (amounts []*big.Int, err error) {
	defer caught(&err)
	share := func(balance *big.Int) *big.Int { return r.mulDivUp(balance, bptOut, supply) }
	if r == V2 {
		ratio := r.divUp(bptOut, supply)
		share = func(balance *big.Int) *big.Int { return r.mulUp(balance, ratio) }
	}
	return each(balances, share), nil
}

// ProportionalAmountsOut returns what each token pays for bptIn burnt. V2: ⌊bᵢ·⌊bptIn/S⌋⌋ in fixed point, V3:
// ⌊bᵢ·bptIn / S⌋, its product tested before S. It fails when S = 0, and as its parts do; V3 divides per token, so that no
// balances do not fail.
func (r Rules) ProportionalAmountsOut(balances []*big.Int, supply, bptIn *big.Int) (amounts []*big.Int, err error) {
	defer caught(&err)
	share := func(balance *big.Int) *big.Int {
		product := r.product(balance, bptIn, mulOverflow)
		return r.mathDivDown(product, supply)
	}
	if r == V2 {
		ratio := r.divDown(bptIn, supply)
		share = func(balance *big.Int) *big.Int { return r.mulDown(balance, ratio) }
	}
	return each(balances, share), nil
}

// each returns f of every value.
func each(values []*big.Int, f func(*big.Int) *big.Int) []*big.Int {
	results := make([]*big.Int, len(values))
	for i, value := range values {
		results[i] = f(value)
	}
	return results
}
