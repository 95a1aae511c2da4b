package liquidity

import (
	"github.com/holiman/uint256"

	"github.com/trueweight/trueweight/impl/fixedpoint"
)

// OwnershipPercentage returns a lower bound of (1 − s/g)·f, the share of the pool
// that v2's protocol is due when the invariant has grown g times, the supply s
// times, and the protocol takes f of the swap fees; 0 when fees made nothing,
// s ≥ g. All have 18 decimals (SPEC "Liquidity, v2", protocol fees). It fails
// when s·10¹⁸ ≥ 2²⁵⁶ and as its parts do.
func OwnershipPercentage(growth, supplyGrowth, protocolFee uint256.Int) (uint256.Int, error) {
	if !supplyGrowth.Lt(&growth) || protocolFee.IsZero() {
		return uint256.Int{}, nil
	}
	var s steps
	return s.result(s.mulDown(s.sub(one, s.divDown(supplyGrowth, growth)), protocolFee))
}

// BptForOwnership returns ⌊supply·p / (1−p)⌋, the BPT which, minted, are the
// share p of the supply that then is (SPEC "Liquidity, v2", protocol fees). It
// fails when supply·p ≥ 2²⁵⁶, and then when p ≥ 1.
func BptForOwnership(supply, share uint256.Int) (uint256.Int, error) {
	var s steps
	return s.result(s.mulDivDown(supply, share, fixedpoint.Complement(share)))
}

// DueProtocolFees returns the BPT that v2's protocol is due: BptForOwnership of
// the current supply and OwnershipPercentage, with the supply's growth rounded
// down (SPEC "Liquidity, v2", protocol fees). It fails when the previous supply
// is zero and as its parts do.
func DueProtocolFees(growth, previousSupply, currentSupply, protocolFee uint256.Int) (uint256.Int, error) {
	supplyGrowth, err := fixedpoint.DivDown(currentSupply, previousSupply)
	if err != nil {
		return uint256.Int{}, err
	}
	share, err := OwnershipPercentage(growth, supplyGrowth, protocolFee)
	if err != nil {
		return uint256.Int{}, err
	}
	return BptForOwnership(currentSupply, share)
}
