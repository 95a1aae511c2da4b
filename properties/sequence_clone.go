package properties

import (
	"github.com/trueweight/trueweight/properties/domain"
)

var stClone = &Property{
	ID:         "ST-CLONE",
	Claim:      "A clone is in the state of its pool and shares nothing with it: what is done to one leaves the other as it was, and done to the other comes to the same.",
	Inequality: "clone(P) = P; op(P) leaves clone(P); op(clone(P)) = op(P) leaves P",
	Source:     "SPEC, A pool over time: a pool's whole state",
	Margin:     NoMargin,
	Kinds:      onSequence,
	Needs:      []string{"NewPool"},
	check:      clonesAreApart,
}

// clonesAreApart does the same operations to a script's pool, after its first step, and to its clone, in turn.
func clonesAreApart(_ *Judge, s *Subject, c domain.Case) Verdict {
	t := begun(s, c.(*domain.Sequence))
	if t == nil {
		return Verdict{Outcome: Vacuous}
	}
	pool, clone := t.pool, t.pool.Clone()
	now := pool.Snapshot()
	if got := clone.Snapshot(); !got.Equal(&now) {
		return violated("a clone is the same", describeState(&got), describeState(&now))
	}
	last := len(now.Rates) - 1
	for _, a := range []Action{
		{Op: domain.Donate, TokenIn: last, Amount: *newNum(1)},
		{Op: domain.ChangeWeights, Start: now.Clock, End: awayFrom(now.Clock, 100), Amounts: otherWeights(t.config.Weights)},
		{Op: domain.AdvanceClock, Amount: *newNum(30)},
		{Op: domain.ChangeRate, TokenIn: last, Amount: awayFrom(now.Rates[last], 1)},
		{Op: domain.AdvanceClock, Amount: *newNum(30)},
		{Op: domain.SwapGivenIn, TokenIn: last, Amount: shareOfNumber(now.Balances[last], *newNum(domain.One / 10))},
		{Op: domain.CollectProtocolFees},
	} {
		before := clone.Snapshot()
		_, err := pool.Do(a)
		if got := clone.Snapshot(); !got.Equal(&before) {
			return violated("a clone stays", a.describe()+" on the pool leaves the clone with "+describeState(&got), describeState(&before))
		}
		after := pool.Snapshot()
		if _, again := clone.Do(a); failureText(again) != failureText(err) {
			return violated("a clone does the same", a.describe()+": "+failureText(again), failureText(err))
		}
		if got := pool.Snapshot(); !got.Equal(&after) {
			return violated("the pool stays", a.describe()+" on the clone leaves the pool with "+describeState(&got), describeState(&after))
		}
		if got := clone.Snapshot(); !got.Equal(&after) {
			return violated("a clone does the same", a.describe()+" leaves it with "+describeState(&got), describeState(&after))
		}
	}
	return holds()
}
