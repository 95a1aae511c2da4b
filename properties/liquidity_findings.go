package properties

import (
	"math/big"
	"slices"

	"github.com/trueweight/trueweight/properties/domain"
	"github.com/trueweight/trueweight/reference/real"
)

var jeFindings = []*Finding{
	{
		ID: "F-10", Claims: []string{"JE-ENC"}, Part: "TokenOutGivenExactBptIn",
		Title: "v2's exit with BPT given pays up to a wei too much",
		Statement: "v2's tokenOutGivenExactBptIn splits the amount into a part that is taxed and one that is not, and rounds what is left of the taxed part after the fee up, in the trader's favour. " +
			"The amount that it splits was rounded down, so that the sum still exceeds the exact amount only where a fraction of a wei tips over. Without a fee nothing is gained, and with one no more than the fee.",
		Condition:  "v2; an exit of one token with BPT given, fee > 0, weight < 1",
		BoundText:  "1 wei, of the token in 18 decimals: reached",
		Severity:   "informational",
		Difficulty: "low: any exit of one token with BPT given may meet it; a wei is all there is to get.",
		Scenario:   "Every exit of one token may take a wei more than its share less the fee; against the share itself it gains nothing, so that no round trip profits (JE-RT).",
		Advice:     "Round what is left after the fee down.",
		holds: func(_ *Subject, c domain.Case) bool {
			l, ok := c.(*domain.LiquidityOne)
			w := fixedNum
			if ok {
				w = l.Weight()
			}
			return ok && l.Exit && !l.Fee.IsZero() && w.Lt(&fixedNum)
		},
		bound: func(domain.Case) *big.Int { return big.NewInt(1) },
	},
	{
		ID: "F-11", Claims: []string{"JE-ENC"}, Part: "RemoveSingleExactOut",
		Title: "v3's exit with an amount given undercharges its fee beside balances of dust",
		Statement: "v3's removeSingleTokenExactOut takes a wei from every balance before it measures by how much the exit lowers the invariant, which is in the pool's favour; but it measures the untaxed part by the same ratio, " +
			"which is then too small, and so is the fee. The fee saved outweighs what the wei cost where the exit leaves so little that the fee is a large part of what is left. The trader never pays less than without a fee.",
		Condition:  "v3; an exit of one token with the amount a given, (1 − a/b)^(1−w) < φ·(1+w)",
		BoundText:  "T − T₀ wei of BPT, T₀ the exact BPT without a fee (T the supply where the fee takes more than is left)",
		Severity:   "informational: the exit costs far more than any other way to the same tokens",
		Difficulty: "high: nobody gains. The exit that meets it costs more than any other way to the same tokens.",
		Scenario:   "Nobody gains: with fees up to 10 % and the limit of 0.7, the token's weight must be below 14 %, and the exit must take nearly all of it; an exit of a little less costs less.",
		Advice:     "Measure the ratio for the fee with the balances rounded the other way.",
		holds: func(_ *Subject, c domain.Case) bool {
			d, ok := exitOf(c)
			return ok && largeFee(d)
		},
		bound: func(c domain.Case) *big.Int { return feeOnExit("RemoveSingleExactOut", dealOf(c)) },
	},
	{
		ID: "F-12", Claims: []string{"JE-ENC"}, Part: "BptInGivenExactTokensOut",
		Title: "v2's exits leave an amount untaxed that their ratios don't see",
		Statement: "v2's exits with amounts given tax a token whose balance falls by more than the mean. Both ratios are rounded up to 10⁻¹⁸, so that a token less than 10⁻¹⁸ below the mean is not taxed. What powDown takes off, " +
			"10⁻¹⁴ of the power, outweighs the fee on so little; except for fees near 1, of which 1/(1−φ) is as large, and where only a part like that of every balance is left.",
		Condition:  "v2; a token with zᵢ < t, whose zᵢ rounded up is not below t rounded up; zᵢ = 1 − aᵢ/bᵢ, t = Σ wᵢ·zᵢ",
		BoundText:  "T − T₀ wei of BPT, T₀ the exact BPT without a fee",
		Severity:   "informational: it takes a fee above 99.99 %, or an exit of all but 10⁻⁵ of the pool",
		Difficulty: "high: it takes a fee that no pool has, or an exit of nearly all of a pool, and saves the fee on a few wei.",
		Scenario:   "In a pool with the fee 1 − 10⁻¹⁸, an exit of a few wei pays no fee. No pool has such a fee.",
		Advice:     "Round the ratios down for the comparison.",
		holds: func(_ *Subject, c domain.Case) bool {
			d, next, ok := exitAmounts(c)
			if !ok {
				return false
			}
			missed, all := d.untaxed(next)
			return all || len(missed) > 0
		},
		bound: func(c domain.Case) *big.Int {
			if c.Kind() == domain.KindExit {
				return feeOnExit("BptInGivenExactTokensOut", dealOf(c))
			}
			return feeOnExit("BptInGivenExactTokenOut", dealOf(c))
		},
	},
	{
		ID: "F-13", Claims: []string{"JE-FREE"}, Part: "something for nothing",
		Title: "A join with a token that the pool has nothing of is free",
		Statement: "v2's tokenInGivenExactBptOut and v3's addSingleTokenExactOut ask b·(R^(1/w) − 1) of a token. Where its balance b is 0 that is nothing, for up to twice the supply of BPT: the invariant is 0, and no amount " +
			"multiplies it. Neither function looks at the balance.",
		Condition:  "a join of one token with BPT given, balance 0",
		BoundText:  "2·S wei of BPT: reached",
		Severity:   "high where a balance of 0 can be reached; v3's minimum balances rule it out, and v2's limits of 30 % a trade and 0.7 an exit leave more than nothing",
		Difficulty: "medium: one join is enough, for anyone, once a balance is 0 as the function sees it. Trades alone don't bring it there unless a wei is loaded as 0 (F-20), or the token was lost.",
		Scenario:   "In a pool whose token has been lost or scaled down to 0, anyone mints BPT for nothing and leaves with two thirds of the other tokens.",
		Advice:     "Fail where the balance, or the invariant, is 0.",
		holds: func(_ *Subject, c domain.Case) bool {
			l, ok := c.(*domain.LiquidityOne)
			if !ok || l.Exit {
				return false
			}
			b := l.Balance()
			return b.IsZero()
		},
		bound: func(c domain.Case) *big.Int {
			d := dealOf(c)
			return productOf(d.supply.ToBig(), big.NewInt(2))
		},
	},
	{
		ID: "F-14", Claims: []string{"JE-SWAP"}, Part: "v2 with a fee",
		Title: "In v2, to join with one token and leave in proportion is cheaper than to swap",
		Statement: "v2 taxes what a join brings beyond the mean of the balances' growth, t = 1 + w·a/b; what the equivalent swap moves is measured by the invariant, R = (1 + a/b)^w ≤ t. The fee is charged on less than is swapped, and a join with one token and a " +
			"proportional exit, which pays none, is a swap with a discount.",
		Condition:  "v2; fee > 0",
		BoundText:  "value that swaps would keep: D as in JE-FEE, ≤ φ·(1−w)·ln(1 + a/b) in parts of the pool, and to the first order φ·w·(t/R − 1)",
		Severity:   "low: it costs liquidity providers a part of the swap fee, no principal",
		Difficulty: "low: any trader can join and leave in one transaction; what there is to get is a part of the swap fee.",
		Scenario:   "50/50, fee 2 %: with a tenth of the balance a trader gets 0.063 % more than from the swap, a thirtieth of the fee saved; with eight times the balance, fee 10 %, 1.3 % more, a third of it.",
		Advice:     "Tax against the invariant's ratio, as v3 does.",
		holds:      func(_ *Subject, c domain.Case) bool { return joinsWithFee(c) },
		bound: func(c domain.Case) *big.Int {
			d := dealOf(c)
			return greaterOf(shortfallOf("BptOutGivenExactTokenIn", d), shortfallOf("TokenInGivenExactBptOut", d))
		},
	},
	{
		ID: "F-15", Claims: []string{"JE-SWAP"}, Part: "v3 with a fee",
		Title: "In v3, to join with a given amount and leave in proportion is slightly cheaper than to swap",
		Statement: "v3 charges its fee on what a join brings beyond R, the ratio of the invariant before fees; the fee itself lowers that ratio, so that what is untaxed is too much, in the second order of the fee. A join for given BPT " +
			"pays exactly the swap's fee.",
		Condition:  "v3; fee > 0",
		BoundText:  "value that swaps would keep: φ²·(1−w)·w·ln(1 + a/b), in parts of the pool",
		Severity:   "informational: a part φ of the fee, no principal",
		Difficulty: "low: any trader can join and leave in one transaction; what there is to get is a part φ of the fee.",
		Scenario:   "50/50, fee 2 %: with a tenth of the balance a trader gets 0.018 % more than from the swap, a hundredth of the fee saved.",
		Advice:     "None needed; to join for given BPT charges it in full.",
		holds:      func(_ *Subject, c domain.Case) bool { return joinsWithFee(c) },
		bound:      func(c domain.Case) *big.Int { return shortfallOf("AddUnbalanced", dealOf(c)) },
	},
}

// exitOf returns the exit of one token that a case is.
func exitOf(c domain.Case) (d deal, ok bool) {
	l, ok := c.(*domain.LiquidityOne)
	if !ok || !l.Exit {
		return deal{}, false
	}
	return dealOf(c), true
}

func joinsWithFee(c domain.Case) bool {
	l, ok := c.(*domain.LiquidityOne)
	return ok && !l.Exit && !l.Fee.IsZero()
}

// largeFee reports (1 − a/b)^(1−w) < φ·(1+w), which F-11 needs.
//
// Let z = 1 − a/b, R = zʷ, c = φ/(1−φ), so that T is S·(1 − z'ʷ) with z' = (1+c)·z − c·R, which is at most w·c·R exactly where z^(1−w) ≤ φ·(1+w). v3 computes with balances a wei less and the old invariant rounded up,
// by which both invariants' ratios are at most, and the first of them at least, q·z̃ʷ with z̃ = z − 1/b and a q ≤ 1 of the other balances and the rounding: it asks at least
// S·(1 − q·B(z̃)ʷ), B(x) = (1+c)·x − c·R·q·(x/z)ʷ. Let z' ≥ w·c·R. Then B grows from z̃ to z, as (1+w)/w ≥ (z/z̃)^(1−w) for the z/z̃ ≤ 2 of an exit that leaves 2 wei
// or more (one that leaves 1 has no invariant); B(z) = z' + c·R·(1−q), and ln(q·B(z)ʷ/z'ʷ) ≤ −(1−q) + w·c·R·(1−q)/z' ≤ 0. So T is asked at least.
func largeFee(d deal) bool {
	left := new(big.Int).Sub(d.balance.ToBig(), d.amount.ToBig())
	if left.Sign() <= 0 {
		return false
	}
	w := d.weight.ToBig()
	power := real.Pow(real.Quo(real.Int(left), real.Int(d.balance.ToBig())), real.Fixed(new(big.Int).Sub(fixedOne, w)))
	limit := real.Quo(real.Int(productOf(d.fee.ToBig(), new(big.Int).Add(fixedOne, w))), real.Int(productOf(fixedOne, fixedOne)))
	sign, ok := NewJudge(Enclosures).sign(real.Sub(power, limit), new(big.Int))
	return ok && sign < 0
}

// exitAmounts returns an exit with amounts given, and what it leaves, as v2's exits of many tokens see it: all others of one token are one.
func exitAmounts(c domain.Case) (d, next deal, ok bool) {
	if k := c.Kind(); k != domain.KindExit && k != domain.KindExitOne {
		return d, next, false
	}
	if d = dealOf(c); !d.isPools() {
		return d, next, false
	}
	if !d.many {
		var rest num
		rest.Sub(&fixedNum, &d.weight)
		d.weights, d.balances, d.amounts = []num{d.weight, rest}, []num{d.balance, fixedNum}, []num{d.amount, {}}
	}
	next, ok = d.after(d.amounts, num{})
	return d, next, ok && !slices.ContainsFunc(d.balances, zeroNumber)
}

// feeOnExit bounds what an exit with amounts given may ask too little, T − T₀ in wei: no fee is negative, and without one it asks T₀ or more. v3's balances are less and its old invariant is more
// than they are; v2's powers are rounded down.
func feeOnExit(operation string, d deal) *big.Int {
	o := &dealings[slices.IndexFunc(dealings, func(o dealing) bool { return o.name == operation })]
	free := d
	free.fee.Clear()
	most, least := o.t(d), o.t(free)
	if most == nil || least == nil {
		return new(big.Int)
	}
	j := NewJudge(Enclosures)
	ceil, ok := j.ceil(most, d.supply.BitLen())
	floor, ok2 := j.floor(least, d.supply.BitLen())
	if !ok || !ok2 {
		return new(big.Int)
	}
	return ceil.Sub(ceil, floor)
}

// shortfallOf returns D of JE-FEE for a join with the case's amount, or for its BPT, in 10⁻¹⁸ and rounded up: 1 − e^−D ≤ D.
func shortfallOf(operation string, d deal) *big.Int {
	amount, bpt := d.amount, num{}
	if operation == "TokenInGivenExactBptOut" {
		amount, bpt = num{}, d.bpt
	}
	next, ok := d.after(d.only(amount), bpt)
	if !ok || d.supply.IsZero() {
		return new(big.Int)
	}
	return partsOfValue(NewJudge(Enclosures).feeShortfall(operation, d, next, ladder[1]))
}

func greaterOf(a, b *big.Int) *big.Int {
	if a.Cmp(b) < 0 {
		return b
	}
	return a
}

// feFindings are where v2's protocol is minted more than the exact share.
var feFindings = []*Finding{
	{
		ID: "F-16", Claims: []string{"FE-DUE"}, Part: "share",
		Title:      "The protocol's share is rounded against liquidity providers",
		Statement:  "OwnershipPercentage subtracts s/g, rounded down, from 1: the difference is up to 10⁻¹⁸ too large. Its product with the fee is rounded down again, which mostly undoes it.",
		Condition:  "s < g, f > 0, s·10¹⁸ mod g ≠ 0",
		BoundText:  "10⁻¹⁸: 1 unit, reached",
		Severity:   "informational",
		Difficulty: "high: the protocol alone gains, 10⁻¹⁸ of a pool with each collection, and nobody else can turn it to profit.",
		Scenario:   "A collection of protocol fees takes up to 10⁻¹⁸ of the pool more from liquidity providers than is due.",
		Advice:     "Round s/g up.",
		holds: func(_ *Subject, c domain.Case) bool {
			f, ok := c.(*domain.ProtocolFees)
			return ok && f.SupplyGrowth.Lt(&f.Growth) && !f.Fee.IsZero() && leavesRest(f.SupplyGrowth, f.Growth)
		},
		bound: func(domain.Case) *big.Int { return big.NewInt(1) },
	},
	{
		ID: "F-17", Claims: []string{"FE-DUE"}, Part: "BPT due",
		Title:      "The protocol is minted more than it is due",
		Statement:  "DueProtocolFees rounds the growth of the supply down, and OwnershipPercentage its quotient by the growth of the invariant: the share that is minted is up to (1 + 1/g)·f·10⁻¹⁸ too large.",
		Condition:  "f > 0, ⌊S·10¹⁸/S₀⌋ < g, and one of the two quotients has a remainder",
		BoundText:  "S·(p'/(1−p') − p/(1−p)) + 1 wei of BPT, p the exact share and p' = p + (1 + 1/g)·f·10⁻¹⁸; no more than S·10¹⁸",
		Severity:   "informational: about 4·10⁻¹⁸ of the supply at most, for the fees of at most a half that v2 allows",
		Difficulty: "high: the protocol alone gains, and nobody else can turn it to profit.",
		Scenario:   "Each collection may take some 10⁻¹⁸ of the pool more from liquidity providers than the protocol's part of their fees.",
		Advice:     "Round both quotients up.",
		holds: func(_ *Subject, c domain.Case) bool {
			f, ok := c.(*domain.ProtocolFees)
			if !ok || f.Fee.IsZero() || f.PreviousSupply.IsZero() {
				return false
			}
			seen := new(big.Int).Quo(productOf(f.Supply.ToBig(), fixedOne), f.PreviousSupply.ToBig())
			z, fits := new(num), false
			if seen.BitLen() <= 256 {
				fits = !z.SetFromBig(seen)
			}
			return fits && z.Lt(&f.Growth) && (leavesRest(f.Supply, f.PreviousSupply) || leavesRest(*z, f.Growth))
		},
		bound: dueBound,
	},
}

// leavesRest reports a·10¹⁸ mod b ≠ 0.
func leavesRest(a, b num) bool {
	return new(big.Int).Rem(productOf(a.ToBig(), fixedOne), b.ToBig()).Sign() != 0
}

// dueBound is what FE-MINT's p' mints beyond p. The computed share is below 1, so it mints less than S·10¹⁸.
func dueBound(c domain.Case) *big.Int {
	f := c.(*domain.ProtocolFees)
	most := productOf(f.Supply.ToBig(), fixedOne)
	minted := func(share *big.Rat) *big.Rat {
		rest := new(big.Rat).Sub(big.NewRat(1, 1), share)
		if rest.Sign() <= 0 {
			return new(big.Rat).SetInt(most)
		}
		share = new(big.Rat).Quo(share, rest)
		return share.Mul(share, new(big.Rat).SetInt(f.Supply.ToBig()))
	}
	excess := minted(shareDue(f, true))
	bound := ceilRat(excess.Sub(excess, minted(shareDue(f, false))))
	if bound.Add(bound, big.NewInt(1)); bound.Cmp(most) > 0 {
		return most
	}
	return bound
}
