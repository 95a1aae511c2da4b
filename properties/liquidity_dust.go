package properties

import (
	"math/big"
	"slices"

	"github.com/trueweight/trueweight/properties/domain"
	"github.com/trueweight/trueweight/reference/exact"
)

var jeDust = &Property{
	ID:         "JE-DUST",
	Claim:      "Who asks a pool for something within its limits gets an answer: where the exact answer exists and is a wei or more, no join or exit fails but by the limit of the ratio.",
	Inequality: "1 ≤ T < 2¹²⁸, something given ⇒ an answer, or the limit's own failure",
	T:          "as in JE-ENC",
	Source:     "what users of a pool expect",
	Margin:     NoMargin,
	Kinds:      onDeals,
	Versions:   [][]string{v2Deals, v3Deals},
	check: func(j *Judge, s *Subject, c domain.Case) Verdict {
		d := dealOf(c)
		if !c.PoolValid() || !d.isPools() {
			return Verdict{Outcome: Vacuous}
		}
		parts := []Verdict{{Outcome: Vacuous}}
		for i := range dealings {
			if o := &dealings[i]; o.kind == c.Kind() && s.Has(o.name) && o.name != "BptOutAddToken" && o.isAsked(d) {
				parts = append(parts, j.answers(o, s, d))
			}
		}
		return foremost("JE-DUST", s, c, parts)
	},
}

// isAsked reports whether something is given.
func (o *dealing) isAsked(d deal) bool {
	if d.many {
		return slices.ContainsFunc(d.amounts, func(a num) bool { return !a.IsZero() })
	}
	if slices.Contains([]string{"TokenInGivenExactBptOut", "AddSingleExactOut", "TokenOutGivenExactBptIn", "RemoveSingleExactIn"}, o.name) {
		return !d.bpt.IsZero()
	}
	return !d.amount.IsZero()
}

// answers judges that one operation answers. What is refused is ⌊T⌋.
func (j *Judge) answers(o *dealing, s *Subject, d deal) Verdict {
	_, err := o.ask(s, d)
	if err == nil {
		return holds()
	}
	limits := d.ratioFailures()
	for _, r := range []exact.Rules{exact.V2, exact.V3} {
		if failureName(err, r) == limits[r] {
			return vacuous(err)
		}
	}
	refused := j.refused(o, d)
	if refused == nil {
		return vacuous(err)
	}
	return Verdict{Outcome: Violated, Part: o.part(), Got: failureLabel(err), Want: "an answer: T = " + j.show(o.exact(d)), Excess: refused}
}

// refused returns ⌊T⌋ where it is between a wei and what a vault holds, and nil elsewhere.
func (j *Judge) refused(o *dealing, d deal) *big.Int {
	t := o.exact(d)
	if t == nil {
		return nil
	}
	if n, ok := j.floor(t, 128); ok && n.Sign() > 0 && n.BitLen() <= 128 {
		return n
	}
	return nil
}

// refusal is the finding on one rule of a version: it fails, where it should answer, exactly where SPEC's own steps do, which
// measure the same twice and take the difference, each rounded against the trader.
func refusal(r exact.Rules, operations []string, f Finding) *Finding {
	asked := func(c domain.Case) *dealing {
		for i := range dealings {
			if o := &dealings[i]; o.kind == c.Kind() && slices.Contains(operations, o.name) {
				return o
			}
		}
		return nil
	}
	f.Claims = []string{"JE-DUST"}
	f.BoundText = "T: the operation is refused as a whole, and nothing moves"
	f.Severity = "informational: nothing is lost, but what is refused stays in the pool for as long as it is asked for in this way"
	f.Difficulty = "high: nobody gains. Who holds dust, or asks a pool of dust, meets it at the first try; nobody brings it about for ordinary amounts but by emptying the pool to a few wei."
	f.Scenario = "Nobody profits. Who holds little of a pool, or asks a pool of dust, is refused; a proportional join or exit is not."
	f.Advice = "Ask in proportion, or for more; where minimum balances are far above the roundings, only tiny amounts meet it."
	f.holds = func(_ *Subject, c domain.Case) bool {
		o := asked(c)
		if o == nil {
			return false
		}
		_, err := o.ask(specification[r], dealOf(c))
		return err != nil && slices.Contains([]string{"BAL#001", "Panic(0x11)", "ZeroInvariant", "ZeroDivision", "ProductOutOfBounds"}, failureName(err, r))
	}
	f.bound = func(c domain.Case) *big.Int {
		if n := NewJudge(Enclosures).refused(asked(c), dealOf(c)); n != nil {
			return n
		}
		return new(big.Int)
	}
	return &f
}

var jeDustFindings = []*Finding{
	refusal(exact.V3, []string{"AddUnbalanced"}, Finding{ID: "F-25", Part: "AddUnbalanced",
		Title:     "v3's join with amounts fails on dust",
		Statement: "computeAddLiquidityUnbalanced takes a wei from every balance after the join and compares its invariant, rounded down, with the old one, rounded up. Where the join adds less than these roundings take, the difference underflows; where a balance of 1 wei is not added to, the invariant is 0; and a wei under a weight of 99 % is a power below e⁻⁴¹, which pow does not take.",
		Condition: "v3; down(b+a−1−fees) < up(b), or down is 0, or a power is below e⁻⁴¹"}),
	refusal(exact.V3, []string{"RemoveSingleExactOut"}, Finding{ID: "F-26", Part: "RemoveSingleExactOut",
		Title:     "v3's exit with an amount given fails on dust",
		Statement: "computeRemoveLiquiditySingleTokenExactOut takes a wei from every balance before it measures. A balance of 1 wei is then 0, and the invariant too; and where the exit takes less than the roundings do, a difference underflows.",
		Condition: "v3; SPEC's steps underflow, divide by 0, find an invariant of 0 or a power below e⁻⁴¹"}),
	refusal(exact.V3, []string{"RemoveSingleExactIn"}, Finding{ID: "F-27", Part: "RemoveSingleExactIn",
		Title:     "v3's exit with BPT given fails on dust",
		Statement: "computeRemoveLiquiditySingleTokenExactIn rounds the new balance up, by up to 2·10⁻¹⁴ of it and a wei, and takes it from the old one and from the untaxed part. Where the exit is smaller than that rounding the difference underflows.",
		Condition: "v3; up(b·R^(1/w)) > b, or > ⌈(S−in)·b/S⌉, or the fee on the difference is more than what leaves"}),
	refusal(exact.V2, []string{"BptInGivenExactTokensOut", "BptInGivenExactTokenOut"}, Finding{ID: "F-28", Part: "BptInGivenExactTokensOut",
		Title:     "v2's exit with an amount given fails where its rounded fee takes more than is left",
		Statement: "The taxed part of the amount is divided by 1 − fee and rounded up, in wei. In a balance of dust the sum can pass the balance, which the exact one does not reach, and the new balance underflows.",
		Condition: "v2; a balance of a few wei, a fee of tens of percent, and a − n + ⌈n/(1−fee)⌉ > b"}),
}
