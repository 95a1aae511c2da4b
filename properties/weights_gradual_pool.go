package properties

import (
	"slices"

	"github.com/trueweight/trueweight/properties/domain"
	"github.com/trueweight/trueweight/reference/exact"
)

var wtStill = &Property{
	ID: "WT-STILL",
	Claim: "In a pool over time a change of weights alone moves no token and no BPT, nothing but the clock and a change of weights changes a weight, " +
		"and under v3's rules the weights sum to ONE at every moment.",
	Inequality: "clock, weights: B' = B, supply' = supply, nothing in or out; else: w' = w; v3: Σw = ONE",
	Source:     "SPEC, A pool over time",
	Margin:     NoMargin,
}

func init() {
	stepwise(wtStill, func(*Judge, *Subject, *domain.Sequence) func(*moment) Verdict { return weightsAlone })
}

func weightsAlone(m *moment) Verdict {
	if m.err != nil {
		return Verdict{Outcome: Vacuous}
	}
	b, a := &m.before, &m.after
	switch m.actions[0].Op {
	case domain.AdvanceClock, domain.ChangeWeights:
		if !m.moved.equal(&Moved{}) {
			return violated("nothing moves", m.moved.describe(), "nothing in, nothing out")
		}
		if !slices.Equal(b.Balances, a.Balances) || !slices.Equal(b.SetAside, a.SetAside) || !slices.Equal(b.Rates, a.Rates) || b.Supply != a.Supply {
			return violated("nothing moves", describeState(a), describeState(b))
		}
	default:
		if !slices.Equal(b.Weights, a.Weights) || !slices.Equal(b.StartWeights, a.StartWeights) || !slices.Equal(b.EndWeights, a.EndWeights) || b.StartTime != a.StartTime || b.EndTime != a.EndTime {
			return violated("weights stay", describeState(a), describeState(b))
		}
	}
	if m.config.Rules == exact.V3 {
		return equalSum("v3 sum", total(a.Weights))
	}
	return holds()
}
