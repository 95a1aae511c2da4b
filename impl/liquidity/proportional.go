package liquidity

import "github.com/holiman/uint256"

// ProportionalAmountsInV2 sets amounts[:len(balances)] to what bptOut of BPT cost
// in every token: ⌈b·q⌉ with q = ⌈bptOut / supply⌉ of 18 decimals. It fails when
// the supply is zero and as its parts do.
func ProportionalAmountsInV2(amounts, balances []uint256.Int, supply, bptOut uint256.Int) error {
	amounts, err := own(amounts, len(balances), balances)
	if err != nil {
		return err
	}
	var s steps
	share := s.divUp(bptOut, supply)
	for i := range balances {
		amounts[i] = s.mulUp(balances[i], share)
	}
	return s.failure
}

// ProportionalAmountsOutV2 sets amounts[:len(balances)] to what bptIn of BPT are
// paid in every token: ⌊b·q⌋ with q = ⌊bptIn / supply⌋ of 18 decimals. It fails
// when the supply is zero and as its parts do.
func ProportionalAmountsOutV2(amounts, balances []uint256.Int, supply, bptIn uint256.Int) error {
	amounts, err := own(amounts, len(balances), balances)
	if err != nil {
		return err
	}
	var s steps
	share := s.divDown(bptIn, supply)
	for i := range balances {
		amounts[i] = s.mulDown(balances[i], share)
	}
	return s.failure
}

// ProportionalAmountsInV3 sets amounts[:len(balances)] to the exact ceilings
// ⌈b·bptOut / supply⌉, what bptOut of BPT cost in every token. It fails at a
// balance when the supply is zero or the product ≥ 2²⁵⁶.
func ProportionalAmountsInV3(amounts, balances []uint256.Int, supply, bptOut uint256.Int) error {
	amounts, err := own(amounts, len(balances), balances)
	if err != nil {
		return err
	}
	var s steps
	for i := range balances {
		amounts[i] = s.mulDivUp(balances[i], bptOut, supply)
	}
	return s.failure
}

// ProportionalAmountsOutV3 sets amounts[:len(balances)] to the exact floors
// ⌊b·bptIn / supply⌋, what bptIn of BPT are paid in every token. It fails at a
// balance when the product ≥ 2²⁵⁶ or the supply is zero.
func ProportionalAmountsOutV3(amounts, balances []uint256.Int, supply, bptIn uint256.Int) error {
	amounts, err := own(amounts, len(balances), balances)
	if err != nil {
		return err
	}
	var s steps
	for i := range balances {
		amounts[i] = s.mulDivDown(balances[i], bptIn, supply)
	}
	return s.failure
}
