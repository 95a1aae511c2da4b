package properties

import (
	"math/big"
	"slices"

	"github.com/trueweight/trueweight/properties/domain"
	"github.com/trueweight/trueweight/reference/exact"
)

var jeRatio = &Property{
	ID: "JE-RATIO",
	Claim: "No join makes the supply or the invariant more than 3 times what it is, and no exit less than 0.7 times, as each operation rounds the ratio: what is exactly at the limit does not fail as beyond it, and what is " +
		"beyond it does, at the next wei of BPT and of the amount.",
	Inequality: "⌈(S+out)/S⌉ ≤ 3, ⌈(S−in)/S⌉ ≥ 0.7; ⌊down(b+a−1)/up(b)⌋ ≤ 3, ⌈up(b−a−1)/up(b)⌉ ≥ 0.7, in 10⁻¹⁸",
	Source:     "SPEC, Liquidity, v2 and v3; Weighted math, limits",
	Kinds:      slices.Concat(onJoin, oneToken),
	Versions:   [][]string{versions[0].asks, jeRatioV3},
	check: func(_ *Judge, s *Subject, c domain.Case) Verdict {
		d := dealOf(c)
		switch {
		case !d.isPools():
			return Verdict{Outcome: Vacuous}
		case d.many:
			return worst(d.invariantGrows(s), d.alone(s))
		case d.exit:
			return worst(d.supplyLimit(s), d.invariantFalls(s), d.alone(s))
		}
		return d.supplyLimit(s)
	},
}

var jeRatioV3 = append([]string{"InvariantDown", "InvariantUp"}, versions[1].asks...)

// ratioFailures are the limits' own failures.
func (d deal) ratioFailures() map[exact.Rules]string {
	if d.exit {
		return map[exact.Rules]string{exact.V2: "BAL#306", exact.V3: "InvariantRatioBelowMin"}
	}
	return map[exact.Rules]string{exact.V2: "BAL#307", exact.V3: "InvariantRatioAboveMax"}
}

// limited judges that an operation fails as beyond the limit where it is, and not where it is not. Failures without names tell nothing within.
func (d deal) limited(s *Subject, part string, beyond bool, err error) Verdict {
	named := err != nil && !slices.ContainsFunc(s.rules(), func(r exact.Rules) bool { return failureName(err, r) != d.ratioFailures()[r] })
	switch {
	case beyond && err == nil:
		return violated(part+" beyond the limit", "an answer", "a failure")
	case beyond && !named && s.Profile.Failures == ByName:
		return violated(part+" beyond the limit", failureLabel(err), "the limit's own failure")
	case !beyond && named:
		return violated(part+" at the limit", failureLabel(err), "an answer, or another failure")
	case !beyond && err != nil && s.Profile.Failures == OnlyThat:
		return vacuous(err)
	case err != nil:
		return Verdict{Outcome: Holds, Failure: failureLabel(err)}
	}
	return holds()
}

// supplyLimit judges the operations that are given BPT, at the case's and on both sides of the limit, L and L+1: (S+out)·10¹⁸/S, rounded up, is at most 3·10¹⁸ up to
// out = 2S; (S−in)·10¹⁸/S, rounded up, is at least 0.7·10¹⁸ while (S−in)·10¹⁸ > (0.7·10¹⁸ − 1)·S.
func (d deal) supplyLimit(s *Subject) Verdict {
	supply := d.supply.ToBig()
	limit := productOf(supply, big.NewInt(2))
	if d.exit {
		left := productOf(supply, big.NewInt(7e17-1))
		left.Quo(left, fixedOne)
		limit.Sub(supply, left.Add(left, big.NewInt(1)))
	}
	most := productOf(supply, big.NewInt(4), fixedOne)
	if supply.Sign() == 0 || most.BitLen() > 256 {
		return Verdict{Outcome: Vacuous}
	}
	v := Verdict{Outcome: Vacuous}
	last, _ := result(limit, nil)
	for _, bpt := range []num{last, plusOne(last), d.bpt} {
		beyond := bpt.Gt(&last)
		if d.exit && bpt.Gt(&d.supply) || bpt.Gt(newNum(0).Mul(&d.supply, newNum(3))) {
			continue // fails before the ratio is known
		}
		for _, w := range versionsOf(s) {
			ask := w.joinBpt
			if d.exit {
				ask = w.exitBpt
			}
			_, err := ask(s, d, bpt)
			v = worst(v, d.limited(s, w.version+" BPT", beyond, err))
		}
	}
	return v
}

// invariantGrows judges v3's join with amounts, by the ratio of the subject's own invariants.
func (d deal) invariantGrows(s *Subject) Verdict {
	if !s.hasAll(jeRatioV3) {
		return Verdict{Outcome: Vacuous}
	}
	after := slices.Clone(d.balances)
	for i := range after {
		if _, over := after[i].AddOverflow(&after[i], &d.amounts[i]); over || after[i].IsZero() {
			return Verdict{Outcome: Vacuous}
		}
		after[i] = minusOne(after[i])
	}
	up, err := s.InvariantUp(slices.Clone(d.weights), slices.Clone(d.balances))
	if err != nil {
		return vacuous(err)
	}
	down, err := s.InvariantDown(slices.Clone(d.weights), after)
	scaled := productOf(down.ToBig(), fixedOne)
	if err != nil || up.IsZero() || scaled.BitLen() > 256 {
		return vacuous(err)
	}
	beyond := scaled.Quo(scaled, up.ToBig()).Cmp(big.NewInt(3e18)) > 0
	_, _, err = s.AddUnbalanced(slices.Clone(d.weights), slices.Clone(d.balances), slices.Clone(d.amounts), d.supply, d.fee)
	return d.limited(s, "v3 amounts", beyond, err)
}

// invariantFalls judges v3's exit with an amount likewise.
func (d deal) invariantFalls(s *Subject) Verdict {
	if !s.hasAll(jeRatioV3) {
		return Verdict{Outcome: Vacuous}
	}
	after := slices.Clone(d.balances)
	for i := range after {
		if after[i].IsZero() {
			return Verdict{Outcome: Vacuous}
		}
		after[i] = minusOne(after[i])
	}
	if _, under := after[d.index].SubOverflow(&after[d.index], &d.amount); under {
		return Verdict{Outcome: Vacuous}
	}
	before, err := s.InvariantUp(slices.Clone(d.weights), slices.Clone(d.balances))
	if err != nil || before.IsZero() {
		return vacuous(err)
	}
	up, err := s.InvariantUp(slices.Clone(d.weights), after)
	scaled := productOf(up.ToBig(), fixedOne)
	if err != nil || scaled.BitLen() > 256 {
		return vacuous(err)
	}
	beyond := ceilQuo(scaled, before.ToBig()).Cmp(big.NewInt(7e17)) < 0
	_, _, err = s.RemoveSingleExactOut(slices.Clone(d.weights), slices.Clone(d.balances), d.index, d.amount, d.supply, d.fee)
	return d.limited(s, "v3 amount", beyond, err)
}

// alone judges v3's operations with amounts at the wei where the limit is: on the first balance b > 0 with a weight of 1, whose invariant is the balance itself. A join reaches
// n = b+a−1 while ⌊n·10¹⁸/b⌋ ≤ 3·10¹⁸, an exit leaves n = b−a−1 while ⌈n·10¹⁸/b⌉ ≥ 0.7·10¹⁸.
func (d deal) alone(s *Subject) Verdict {
	if !s.hasAll(jeRatioV3) {
		return Verdict{Outcome: Vacuous}
	}
	if len(d.balances) == 0 || d.balances[0].IsZero() || d.balances[0].BitLen() > 190 || d.supply.BitLen() > 128 {
		return Verdict{Outcome: Vacuous}
	}
	weights, balances, b := []num{fixedNum}, []num{d.balances[0]}, d.balances[0].ToBig()
	if d.exit {
		least := new(big.Int).Quo(productOf(b, big.NewInt(7e17-1)), fixedOne)
		most := new(big.Int).Sub(b, least.Add(least, big.NewInt(2))) // a for the least n
		if most.Sign() < 0 {
			return Verdict{Outcome: Vacuous}
		}
		last, _ := result(most, nil)
		_, _, err := s.RemoveSingleExactOut(slices.Clone(weights), slices.Clone(balances), 0, last, d.supply, d.fee)
		v := d.limited(s, "v3 amount alone", false, err)
		if next := plusOne(last); next.Lt(&d.balances[0]) {
			_, _, err = s.RemoveSingleExactOut(slices.Clone(weights), slices.Clone(balances), 0, next, d.supply, d.fee)
			v = worst(v, d.limited(s, "v3 amount alone", true, err))
		}
		return v
	}
	first := ceilQuo(productOf(b, new(big.Int).Add(big.NewInt(3e18), big.NewInt(1))), fixedOne)
	first.Sub(first, b).Add(first, big.NewInt(1)) // a for the first n beyond
	beyond, _ := result(first, nil)
	_, _, err := s.AddUnbalanced(slices.Clone(weights), slices.Clone(balances), []num{beyond}, d.supply, d.fee)
	v := d.limited(s, "v3 amounts alone", true, err)
	_, _, err = s.AddUnbalanced(weights, balances, []num{minusOne(beyond)}, d.supply, d.fee)
	return worst(v, d.limited(s, "v3 amounts alone", false, err))
}
