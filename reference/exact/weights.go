package exact

import "math/big"

// This file is SPEC, "Weight normalization", and the checks on a pool's weights.

// Normalize returns the raw weights scaled to sum to exactly 10¹⁸: floors of rawᵢ·10¹⁸/Σraw, then the wei still missing
// one each to the largest remainders, ties to the lowest index. The product is exact whatever its size. It fails when
// Σraw ≥ 2²⁵⁶, as Add, and when Σraw = 0.
func (r Rules) Normalize(raw []*big.Int) (weights []*big.Int, err error) {
	defer caught(&err)
	total := r.sum(raw)
	if total.Sign() == 0 {
		r.fail(zeroDivision)
	}
	weights = make([]*big.Int, len(raw))
	remainders := make([]*big.Int, len(raw))
	missing := new(big.Int).Set(one)
	for i, value := range raw {
		share := times(value, one)
		weights[i] = floorDiv(share, total)
		remainders[i] = truncMod(share, total)
		missing = minus(missing, weights[i])
	}
	// missing = Σremainders/total is below the number of nonzero remainders, so each gets at most one.
	for ; missing.Sign() > 0; missing = minus(missing, small[1]) {
		i := firstLargest(remainders)
		weights[i] = plus(weights[i], small[1])
		remainders[i] = new(big.Int)
	}
	return weights, nil
}

// firstLargest returns the lowest index of a largest value.
func firstLargest(values []*big.Int) int {
	largest := 0
	for i, value := range values {
		if value.Cmp(values[largest]) > 0 {
			largest = i
		}
	}
	return largest
}

// ValidateWeights fails unless the number of weights is within [minTokens, maxTokens], each is at least minWeight and
// they sum to exactly 10¹⁸; tested in this order, but that the contracts sum while they test each weight, and fail where
// the sum so far needs more than 256 bits.
func (r Rules) ValidateWeights(weights []*big.Int, minTokens, maxTokens int, minWeight *big.Int) (err error) {
	defer caught(&err)
	r.validateWeights(weights, minTokens, maxTokens, minWeight)
	return nil
}

func (r Rules) validateWeights(weights []*big.Int, minTokens, maxTokens int, minWeight *big.Int) {
	if len(weights) < minTokens {
		r.fail(tooFewTokens)
	}
	if len(weights) > maxTokens {
		r.fail(tooManyTokens)
	}
	sum := new(big.Int)
	for _, weight := range weights {
		if weight.Cmp(minWeight) < 0 {
			r.fail(weightTooSmall)
		}
		sum = r.add(sum, weight)
	}
	if sum.Cmp(one) != 0 {
		r.fail(weightSum)
	}
}

func (r Rules) sum(values []*big.Int) *big.Int {
	total := new(big.Int)
	for _, value := range values {
		total = r.add(total, value)
	}
	return total
}
