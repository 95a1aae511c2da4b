package properties

import (
	"math/big"

	"github.com/trueweight/trueweight/properties/domain"
	"github.com/trueweight/trueweight/reference/real"
)

// FE · v2's protocol fees, paid in BPT that are minted. Supplies are in wei of BPT, growths and shares 18-decimal fixed point.

var onFees = []domain.Kind{domain.KindProtocolFees}

var feDue = &Property{
	ID:         "FE-DUE",
	Claim:      "The share of the pool that the protocol is due, and the BPT it is minted, are never more than the exact ones.",
	Inequality: "OwnershipPercentage ≤ (1 − s/g)·f, BptForOwnership ≤ S·p/(1−p), DueProtocolFees ≤ S·p/(1−p) for p = (1 − (S/S₀)/g)·f",
	T:          "max(0, 1 − s/g)·f, and S·p/(1−p), nothing rounded between",
	Source:     "SPEC, Liquidity, v2, protocol fees",
	Margin:     Slack,
	Kinds:      onFees,
	Needs:      feeNeeds,
	check: func(j *Judge, s *Subject, c domain.Case) Verdict {
		f := c.(*domain.ProtocolFees)
		if f.Fee.Gt(&fixedNum) {
			return Verdict{Outcome: Vacuous} // more than all of the fees
		}
		var parts []Verdict
		judge := func(part string, got num, err error, t func() *real.Expr) {
			if err != nil {
				parts = append(parts, vacuous(err))
				return
			}
			parts = append(parts, j.atMost(part, got.ToBig(), t()))
		}
		share, err := s.OwnershipPercentage(f.Growth, f.SupplyGrowth, f.Fee)
		judge("share", share, err, func() *real.Expr {
			return real.Ownership(f.Growth.ToBig(), f.SupplyGrowth.ToBig(), f.Fee.ToBig())
		})
		bpt, err := s.BptForOwnership(f.Supply, f.Share)
		judge("BPT for a share", bpt, err, func() *real.Expr { return real.BptForOwnership(f.Supply.ToBig(), f.Share.ToBig()) })
		due, err := s.DueProtocolFees(f.Growth, f.PreviousSupply, f.Supply, f.Fee)
		judge("BPT due", due, err, func() *real.Expr {
			return real.DueProtocolFees(f.Growth.ToBig(), f.PreviousSupply.ToBig(), f.Supply.ToBig(), f.Fee.ToBig())
		})
		return foremost("FE-DUE", s, c, parts)
	},
}

var feeNeeds = []string{"OwnershipPercentage", "BptForOwnership", "DueProtocolFees"}

var feMint = &Property{
	ID:         "FE-MINT",
	Claim:      "Minting a share for the protocol leaves it with no more than that share, and a wei of BPT more would be too much; minting what is due lowers everyone's share by no more than FE-DUE allows.",
	Inequality: "m/(S+m) ≤ p < (m+1)/(S+m+1) for m = BptForOwnership(S, p); m/(S+m) ≤ (1 − (S/S₀)/g)·f + (1 + 1/g)·10⁻¹⁸·f for m = DueProtocolFees",
	T:          "p, resp. the exact share due and what its roundings add",
	Source:     "SPEC, Liquidity, v2, protocol fees",
	Margin:     Ratio,
	Kinds:      onFees,
	Needs:      feeNeeds,
	check: func(_ *Judge, s *Subject, c domain.Case) Verdict {
		f := c.(*domain.ProtocolFees)
		if f.Fee.Gt(&fixedNum) {
			return Verdict{Outcome: Vacuous}
		}
		return worst(mintedForShare(s, f), mintedAsDue(s, f))
	},
}

// mintedForShare judges m·(1−p) ≤ S·p < (m+1)·(1−p), in integers.
func mintedForShare(s *Subject, f *domain.ProtocolFees) Verdict {
	const part = "a share"
	minted, err := s.BptForOwnership(f.Supply, f.Share)
	if err != nil {
		return vacuous(err)
	}
	if !f.Share.Lt(&fixedNum) {
		return violated(part, minted.Dec(), "a failure: no BPT are all of the pool")
	}
	rest := new(big.Int).Sub(fixedOne, f.Share.ToBig())
	used, allowed := productOf(minted.ToBig(), rest), productOf(f.Supply.ToBig(), f.Share.ToBig())
	if next := new(big.Int).Add(used, rest); next.Cmp(allowed) <= 0 {
		return violated(part, minted.Dec(), "at least a wei more")
	}
	return lowered(part, minted, used, allowed)
}

// mintedAsDue judges what is minted as due, m/(S+m) ≤ p'. OwnershipPercentage takes S/S₀ and its quotient by g rounded down, at most 10⁻¹⁸ each, and rounds
// its product down: p' = p + (1 + 1/g)·10⁻¹⁸·f, unless there is no growth that it could see, where nothing is due. With d = ⌊S·10¹⁸/S₀⌋ that is d ≥ g.
func mintedAsDue(s *Subject, f *domain.ProtocolFees) Verdict {
	const part = "what is due"
	minted, err := s.DueProtocolFees(f.Growth, f.PreviousSupply, f.Supply, f.Fee)
	if err != nil {
		return vacuous(err)
	}
	if f.PreviousSupply.IsZero() {
		return violated(part, minted.Dec(), "a failure: no supply has grown")
	}
	used, allowed := new(big.Int), new(big.Int)
	if share := shareDue(f, true); share.Sign() > 0 { // m·q ≤ (S+m)·n for p' = n/q
		used = productOf(minted.ToBig(), share.Denom())
		allowed = productOf(new(big.Int).Add(minted.ToBig(), f.Supply.ToBig()), share.Num())
	} else {
		used.Set(minted.ToBig())
	}
	return lowered(part, minted, used, allowed)
}

// lowered judges used ≤ allowed for what was minted, with their ratio as margin.
func lowered(part string, minted num, used, allowed *big.Int) Verdict {
	switch {
	case used.Cmp(allowed) > 0:
		return violated(part, minted.Dec(), "fewer BPT")
	case used.Sign() == 0:
		return Verdict{Outcome: Holds, Margin: ratioMargin(0)}
	}
	return Verdict{Outcome: Holds, Margin: ratioMargin(ceilQuo(used.Mul(used, big.NewInt(1e9)), allowed).Uint64())}
}

// shareDue returns the exact share that is due, (1 − (S/S₀)/g)·f, or 0; and where rounded, what the roundings add to it, where they see growth.
func shareDue(f *domain.ProtocolFees, rounded bool) *big.Rat {
	share := new(big.Rat)
	seen := new(big.Int).Quo(productOf(f.Supply.ToBig(), fixedOne), f.PreviousSupply.ToBig())
	if growth := f.Growth.ToBig(); seen.Cmp(growth) < 0 {
		share.SetFrac(productOf(f.Supply.ToBig(), fixedOne), productOf(f.PreviousSupply.ToBig(), growth))
		if share.Sub(big.NewRat(1, 1), share); share.Sign() < 0 {
			share.SetInt64(0)
		}
		if rounded {
			unit := big.NewRat(1, domain.One)
			share.Add(share, unit).Add(share, new(big.Rat).SetFrac(big.NewInt(1), growth))
		}
	}
	return share.Mul(share, new(big.Rat).SetFrac(f.Fee.ToBig(), fixedOne))
}

var fe = []*Property{feDue, feMint, feStep}
