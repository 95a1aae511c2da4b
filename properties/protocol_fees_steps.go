package properties

import (
	"math/big"

	"github.com/trueweight/trueweight/properties/domain"
)

var feStep = &Property{
	ID: "FE-STEP",
	Claim: "The share that the protocol is due and the BPT for it are rounded down once for each quotient and product. No growth beyond the supply's is no share, and no fee is none, at any size and without a failure; the rest answers " +
		"exactly where its quotients have values.",
	Inequality: "ownership = 0 for s ≥ g or f = 0, else ⌊(1 − ⌊s/g⌋)·f⌋; bptForOwnership = ⌊S·p/(1−p)⌋; due = bptForOwnership(S, ownership(g, ⌊S/S₀⌋, f)); ⌊ ⌋ in 10⁻¹⁸ and wei",
	Source:     "SPEC, Liquidity, v2, protocol fees",
	Kinds:      onFees,
	Needs:      feeNeeds,
	check: func(_ *Judge, s *Subject, c domain.Case) Verdict {
		f := c.(*domain.ProtocolFees)
		v := Verdict{Outcome: Vacuous}
		most := *new(num).SetAllOne()
		for _, q := range []struct {
			part                 string
			growth, supply, rate num
		}{
			{"share", f.Growth, f.SupplyGrowth, f.Fee},
			{"share of the supply's own growth", f.SupplyGrowth, f.SupplyGrowth, f.Fee},
			{"share of the greatest growth, the supply's", most, most, f.Fee},
			{"share without a fee", most, minusOne(most), num{}},
		} {
			k := &contract{s: s}
			want := k.ownership(q.growth.ToBig(), q.supply.ToBig(), q.rate.ToBig())
			got, err := s.OwnershipPercentage(q.growth, q.supply, q.rate)
			v = worst(v, k.judge(q.part, []num{got}, err, want))
		}
		k := &contract{s: s}
		want := k.minted(f.Supply.ToBig(), f.Share.ToBig())
		got, err := s.BptForOwnership(f.Supply, f.Share)
		v = worst(v, k.judge("BPT for a share", []num{got}, err, want))

		k = &contract{s: s}
		supply := f.Supply.ToBig()
		want = k.minted(supply, k.ownership(f.Growth.ToBig(), k.divDown(supply, f.PreviousSupply.ToBig()), f.Fee.ToBig()))
		got, err = s.DueProtocolFees(f.Growth, f.PreviousSupply, f.Supply, f.Fee)
		return worst(v, k.judge("BPT due", []num{got}, err, want))
	},
}

// ownership returns what the contract says of the share that is due.
func (k *contract) ownership(growth, supply, fee *big.Int) *big.Int {
	if supply.Cmp(growth) >= 0 || fee.Sign() == 0 {
		return new(big.Int)
	}
	return k.mulDown(restOf(k.divDown(supply, growth)), fee)
}

// minted returns what the contract says of the BPT for a share.
func (k *contract) minted(supply, share *big.Int) *big.Int {
	return k.down(supply, share, restOf(share))
}
