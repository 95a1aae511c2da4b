package real

import "math/big"

// ProportionalShare returns balance·bpt/supply: what a proportional join must bring, and what a proportional exit takes, of one token, in wei
// (SPEC, Liquidity, v2 and v3, proportional). It is nil for a supply of 0.
func ProportionalShare(balance, supply, bpt *big.Int) *Expr {
	if supply.Sign() == 0 {
		return nil
	}
	return Quo(Int(new(big.Int).Mul(balance, bpt)), Int(supply))
}

// Ownership returns the part of the pool that the protocol is due, in units of 10⁻¹⁸: (1 − s/g)·f for the growth g of the invariant, the growth s
// of the supply and the protocol's part f of the fees, and 0 where s ≥ g (SPEC, Liquidity, v2, protocol fees). All are in units of 10⁻¹⁸.
func Ownership(growth, supplyGrowth, protocolFee *big.Int) *Expr {
	return ratio(due(fixedRat(growth), fixedRat(supplyGrowth), protocolFee, wad.n))
}

// BptForOwnership returns the BPT that, minted, are the part p of all, in wei: S·p/(1−p) (SPEC, Liquidity, v2, protocol fees). It is nil for p ≥ 1.
func BptForOwnership(supply, share *big.Int) *Expr { return bptFor(supply, fixedRat(share)) }

// DueProtocolFees returns the BPT that pay the protocol, in wei: BptForOwnership of the present supply for the Ownership at the supply's growth
// from previous to current, nothing rounded between (SPEC, Liquidity, v2, protocol fees). It is nil for a previous supply of 0, and where the
// protocol would own all.
func DueProtocolFees(growth, previousSupply, currentSupply, protocolFee *big.Int) *Expr {
	if previousSupply.Sign() == 0 {
		return nil
	}
	supplyGrowth := new(big.Rat).SetFrac(currentSupply, previousSupply)
	return bptFor(currentSupply, due(fixedRat(growth), supplyGrowth, protocolFee, big.NewInt(1)))
}

// due returns max(0, 1 − s/g)·f·10⁻¹⁸·unit.
func due(g, s *big.Rat, f, unit *big.Int) *big.Rat {
	if s.Cmp(g) >= 0 {
		return new(big.Rat)
	}
	part := new(big.Rat).Sub(oneRat, new(big.Rat).Quo(s, g))
	return scaled(part, fixedRat(f), unit)
}

// bptFor returns S·p/(1−p), or nil for p ≥ 1.
func bptFor(supply *big.Int, p *big.Rat) *Expr {
	rest := new(big.Rat).Sub(oneRat, p)
	if rest.Sign() <= 0 {
		return nil
	}
	return ratio(scaled(p, rest.Inv(rest), supply))
}
