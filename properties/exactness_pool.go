package properties

import (
	"slices"

	"github.com/trueweight/trueweight/properties/domain"
	"github.com/trueweight/trueweight/reference/exact"
)

// bxPool compares whole pools, step by step, with the specification's.
var bxPool = &Property{
	ID:         "BX-POOL",
	Claim:      "A pool over time does what the specification's does: every operation of every script moves the same amounts, or fails with the same failure, and leaves the same state.",
	Inequality: "pool(script) = exact.pool(script), step by step",
	Source:     "SPEC, A pool over time",
	Margin:     NoMargin,
}

func init() {
	stepwise(bxPool, func(_ *Judge, s *Subject, c *domain.Sequence) func(*moment) Verdict {
		var spec LivePool
		return func(m *moment) Verdict {
			if spec == nil {
				var err error
				if spec, err = Exact(m.config.Rules).NewPool(*m.config); err != nil {
					return violated("creation", "a pool", "failure "+failureLabel(err))
				}
			}
			return sameStep(s, m, spec)
		}
	})
	scripted := bxPool.check
	bxPool.check = func(j *Judge, s *Subject, c domain.Case) Verdict {
		config := configOf(c.(*domain.Sequence))
		if _, err := s.NewPool(config); err != nil {
			return sameCreation(s, config, err)
		}
		return scripted(j, s, c)
	}
}

func sameCreation(s *Subject, config PoolConfig, err error) Verdict {
	_, want := Exact(config.Rules).NewPool(config)
	if !sameFailure(s, err, want, config.Rules) {
		return violated("creation", failureText(err), failureText(want))
	}
	v := holds()
	v.Failure = failureLabel(err)
	return v
}

// sameStep does an operation on the specification's pool and compares.
func sameStep(s *Subject, m *moment, spec LivePool) Verdict {
	var moved Moved
	var err error
	if m.batch {
		moved, err = spec.Batch(m.actions)
	} else {
		moved, err = spec.Do(m.actions[0])
	}
	if !sameFailure(s, m.err, err, m.config.Rules) {
		return violated("failure", failureText(m.err), failureText(err))
	}
	if !moved.equal(&m.moved) {
		return violated("amounts", m.moved.describe(), moved.describe())
	}
	if state := spec.Snapshot(); !state.Equal(&m.after) {
		return violated("state", describeState(&m.after), describeState(&state))
	}
	return holds()
}

// sameFailure reports whether two outcomes are both successes, or failures that are the same as strictly as the subject's profile asks.
func sameFailure(s *Subject, got, want error, rules exact.Rules) bool {
	if got == nil || want == nil {
		return got == nil && want == nil
	}
	return s.Profile.Failures == OnlyThat || failureName(got, rules) == failureName(want, rules)
}

// equal compares what moved; a list of nothing is no list.
func (m *Moved) equal(o *Moved) bool {
	same := func(a, b []num) bool {
		n := max(len(a), len(b))
		return slices.Equal(padded(a, n), padded(b, n))
	}
	return same(m.In, o.In) && same(m.Out, o.Out) && same(m.ProtocolOut, o.ProtocolOut) &&
		m.BptIn == o.BptIn && m.BptOut == o.BptOut && m.ProtocolBpt == o.ProtocolBpt
}

func padded(list []num, n int) []num {
	if len(list) == n {
		return list
	}
	return append(slices.Clone(list), make([]num, n-len(list))...)
}
