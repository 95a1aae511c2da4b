package properties

import (
	"math/big"
	"slices"

	"github.com/trueweight/trueweight/properties/domain"
)

// oneToken are the kinds of joins and exits of one token, which say how much BPT.
var oneToken = slices.Concat(onJoinOne, onExitOne)

var jeProp = &Property{
	ID: "JE-PROP",
	Claim: "Proportional joins and exits take and give each token's share of the BPT: v3's amounts are the exact ceilings and floors, v2's those of the ratio rounded first, " +
		"off the exact share by no more than that costs; and coming back with the same BPT never profits in any token.",
	Inequality: "v3: in = ⌈b·out/S⌉, out = ⌊b·in/S⌋; v2: in = ⌈b·⌈out/S⌉⌉, out = ⌊b·⌊in/S⌋⌋, 0 ≤ in − b·out/S, b·in/S − out ≤ b·10⁻¹⁸·(1 − 1/S) + 1 − 10⁻¹⁸; " +
		"there and back: given ≤ taken",
	T:        "b·bpt/S",
	Source:   "SPEC, Liquidity, v2 and v3, proportional",
	Margin:   Ratio,
	Kinds:    oneToken,
	Versions: [][]string{v2Shares, v3Shares},
	check: func(_ *Judge, s *Subject, c domain.Case) Verdict {
		d := dealOf(c)
		v := Verdict{Outcome: Vacuous}
		if s.hasAll(v2Shares) {
			v = worst(v, d.proportional("v2", s.ProportionalAmountsInV2, s.ProportionalAmountsOutV2, d.nestedShare))
		}
		if s.hasAll(v3Shares) {
			v = worst(v, d.proportional("v3", s.ProportionalAmountsInV3, s.ProportionalAmountsOutV3, d.exactShare))
		}
		return v
	},
}

var (
	v2Shares = []string{"ProportionalAmountsInV2", "ProportionalAmountsOutV2"}
	v3Shares = []string{"ProportionalAmountsInV3", "ProportionalAmountsOutV3"}
)

// A sharing is a proportional join's or exit's list of amounts.
type sharing = func(balances []num, supply, bpt num) ([]num, error)

// proportional judges a version's join, or exit, and the way back.
func (d deal) proportional(version string, in, out sharing, share func(balance num) *big.Int) Verdict {
	there, back, names := in, out, [2]string{" in", " in and out"}
	if d.exit {
		there, back, names = out, in, [2]string{" out", " out and in"}
	}
	amounts, err := there(slices.Clone(d.balances), d.supply, d.bpt)
	if err != nil {
		return vacuous(err)
	}
	if len(amounts) != len(d.balances) {
		return violated(version+names[0], describeList(amounts), "an amount of each token")
	}
	v := Verdict{Outcome: Holds, Margin: ratioMargin(0)}
	for i, got := range amounts {
		if want := share(d.balances[i]); got.ToBig().Cmp(want) != 0 {
			return violated(version+names[0], got.Dec(), want.String())
		}
		v = worst(v, d.offShare(version+names[0], d.balances[i], got))
	}
	next, ok := d.after(amounts, d.bpt)
	if !ok {
		return v
	}
	returned, err := back(slices.Clone(next.balances), next.supply, d.bpt)
	if err != nil {
		return v
	}
	for i := range returned {
		taken, given := amounts[i], returned[i]
		if d.exit {
			taken, given = given, taken
		}
		if given.Gt(&taken) {
			return violated(version+names[1], given.Dec(), "at most "+taken.Dec())
		}
	}
	return v
}

func describeList(list []num) string {
	return (&operation{}).show(answer{values: list})
}

// offShare judges how far an amount is from b·bpt/S, in the direction in which it may be. As ⌈x⌉ ≤ x + 1 − 1/n for a multiple x of 1/n, and ⌊x⌋ ≥ x − 1 + 1/n:
// the ratio in 10⁻¹⁸ is off by at most 1 − 1/S, and the amount by b·10⁻¹⁸ times that and 1 − 10⁻¹⁸. All is multiplied by S·10¹⁸.
func (d deal) offShare(part string, balance, amount num) Verdict {
	supply, b := d.supply.ToBig(), balance.ToBig()
	off := new(big.Int).Sub(productOf(amount.ToBig(), supply), productOf(b, d.bpt.ToBig()))
	if d.exit {
		off.Neg(off)
	}
	used := off.Mul(off, fixedOne)
	if used.Sign() < 0 {
		return violated(part, amount.Dec(), "no less in, and no more out, than the exact share")
	}
	allowed := productOf(b, new(big.Int).Sub(supply, big.NewInt(1)))
	allowed.Add(allowed, productOf(supply, big.NewInt(domain.One-1)))
	if used.Cmp(allowed) > 0 {
		return violated(part, amount.Dec(), "closer to the exact share")
	}
	if used.Sign() == 0 {
		return Verdict{Outcome: Holds, Margin: ratioMargin(0)}
	}
	return Verdict{Outcome: Holds, Margin: ratioMargin(ceilQuo(used.Mul(used, big.NewInt(1e9)), allowed).Uint64())}
}

// exactShare is v3's amount of a token: b·bpt/S in one rounding.
func (d deal) exactShare(balance num) *big.Int {
	product := productOf(balance.ToBig(), d.bpt.ToBig())
	if d.exit {
		return product.Quo(product, d.supply.ToBig())
	}
	return ceilQuo(product, d.supply.ToBig())
}

// nestedShare is v2's amount of a token: the ratio rounded, and then the amount.
func (d deal) nestedShare(balance num) *big.Int {
	ratio := productOf(d.bpt.ToBig(), fixedOne)
	if d.exit {
		ratio.Quo(ratio, d.supply.ToBig())
		ratio.Mul(ratio, balance.ToBig())
		return ratio.Quo(ratio, fixedOne)
	}
	return ceilQuo(productOf(balance.ToBig(), ceilQuo(ratio, d.supply.ToBig())), fixedOne)
}
