package properties

import (
	"slices"

	"github.com/trueweight/trueweight/properties/domain"
	"github.com/trueweight/trueweight/reference/exact"
)

// misconfigured plants a bug in the config that a subject makes pools of.
func misconfigured(bug func(*PoolConfig)) func(*Subject) {
	return func(s *Subject) {
		make := s.NewPool
		s.NewPool = func(c PoolConfig) (LivePool, error) {
			bug(&c)
			return make(c)
		}
	}
}

// refusingPool makes no pools of some configs: there is none without tokens.
func refusingPool(unwanted func(*PoolConfig) bool) func(*Subject) {
	return misconfigured(func(c *PoolConfig) {
		if unwanted(c) {
			c.Weights = nil
		}
	})
}

// borrower keeps the list of weights that it was created with.
type borrower struct {
	LivePool
	weights []num
}

func (p *borrower) Snapshot() Snapshot {
	s := p.LivePool.Snapshot()
	if s.StartTime == s.EndTime {
		s.EndWeights = slices.Clone(p.weights)
	}
	return s
}

func borrows(s *Subject) {
	make := s.NewPool
	s.NewPool = func(c PoolConfig) (LivePool, error) {
		pool, err := make(c)
		if err != nil {
			return nil, err
		}
		return &borrower{pool, c.Weights}, nil
	}
}

// twin is a pool whose clones are itself.
type twin struct{ LivePool }

func (p twin) Clone() LivePool { return p }

// forgetful is a pool whose clones have another rate.
type forgetful struct{ LivePool }

func (p forgetful) Clone() LivePool {
	c := p.LivePool.Clone()
	c.Do(Action{Op: domain.ChangeRate, Amount: *newNum(domain.One + 12345)})
	return forgetful{c}
}

func wrapped(wrap func(LivePool) LivePool) func(*Subject) {
	return func(s *Subject) {
		make := s.NewPool
		s.NewPool = func(c PoolConfig) (LivePool, error) {
			pool, err := make(c)
			if err != nil {
				return nil, err
			}
			return wrap(pool), nil
		}
	}
}

// acceptingWrongly answers with a success where an operation failed.
func acceptingWrongly(wrongly func(done []Action, t *tale) bool) func(*Subject) {
	return breakPools(func(_ LivePool, done []Action, t *tale) {
		if t.err != nil && wrongly(done, t) {
			t.err = nil
		}
	})
}

// failing answers with a failure where an operation did not fail.
func failing(wrongly func(a Action, t *tale) bool) func(*Subject) {
	return breakPools(func(_ LivePool, done []Action, t *tale) {
		if t.err == nil && wrongly(done[0], t) {
			t.moved, t.err, t.after = Moved{}, exactFailure, t.before
		}
	})
}

var exactFailure error = &exact.Failure{Name: "Panic(0x11)"}

var stTermsPlants = []Plant{
	{"ST-TERMS", "a swap fee may be one unit above its most", misconfigured(func(c *PoolConfig) {
		if t := termsOf(c.Rules, c.Kind); t != nil && c.SwapFee == *newNum(t.maxFee + 1) {
			c.SwapFee = *newNum(t.maxFee)
		}
	})},
	{"ST-TERMS", "a swap fee may be one unit below its least", misconfigured(func(c *PoolConfig) {
		if t := termsOf(c.Rules, c.Kind); t != nil && c.SwapFee == *newNum(t.minFee - 1) {
			c.SwapFee = *newNum(t.minFee)
		}
	})},
	{"ST-TERMS", "the protocol may take more than half", misconfigured(func(c *PoolConfig) {
		if c.ProtocolFee == *newNum(domain.One/2 + 1) {
			c.ProtocolFee = *newNum(domain.One / 2)
		}
	})},
	{"ST-TERMS", "a pool of the most tokens is refused", refusingPool(func(c *PoolConfig) bool {
		t := termsOf(c.Rules, c.Kind)
		return t != nil && t.most > 2 && len(c.Weights) == t.most
	})},
	{"ST-TERMS", "the last token may have 19 decimals", misconfigured(func(c *PoolConfig) {
		if n := len(c.Decimals); n > 0 && c.Decimals[n-1] == 19 {
			c.Decimals[n-1] = 18
		}
	})},
	{"ST-TERMS", "the last token may have no rate", misconfigured(func(c *PoolConfig) {
		if n := len(c.Rates); n > 0 && c.Rates[n-1].IsZero() {
			c.Rates[n-1] = *newNum(1)
		}
	})},
	{"ST-TERMS", "a pool keeps the list of weights that it was given", borrows},

	{"ST-SCHEDULE", "a rate of 0 changes nothing, and does not fail", acceptingWrongly(func(done []Action, _ *tale) bool { return done[0].Op == domain.ChangeRate })},
	{"ST-SCHEDULE", "a change of weights may end before it starts", acceptingWrongly(func(done []Action, _ *tale) bool {
		return done[0].Op == domain.ChangeWeights && done[0].Start.Gt(&done[0].End)
	})},
	{"ST-SCHEDULE", "a change of weights starts a second late", succeeded(is(domain.ChangeWeights), func(_ Action, t *tale) { t.after.StartTime.AddUint64(&t.after.StartTime, 1) })},
	{"ST-SCHEDULE", "a change of weights can't end as it starts", failing(func(a Action, t *tale) bool {
		return a.Op == domain.ChangeWeights && t.after.StartTime == t.after.EndTime
	})},
	{"ST-SCHEDULE", "the clock stands still", succeeded(is(domain.AdvanceClock), func(_ Action, t *tale) { t.after.Clock = t.before.Clock })},
	{"ST-SCHEDULE", "weights on their way are two units behind", succeeded(is(domain.AdvanceClock), func(_ Action, t *tale) {
		for i := range t.after.Weights {
			switch way := t.after.StartWeights[i].Cmp(&t.after.EndWeights[i]); {
			case t.after.Clock.Lt(&t.after.EndTime) && way < 0:
				t.after.Weights[i].SubUint64(&t.after.Weights[i], 2)
			case t.after.Clock.Lt(&t.after.EndTime) && way > 0:
				t.after.Weights[i].AddUint64(&t.after.Weights[i], 2)
			}
		}
	})},
	{"ST-SCHEDULE", "a change of rates leaves the last invariant", succeeded(is(domain.ChangeRate), func(_ Action, t *tale) { t.after.LastInvariant = t.before.LastInvariant })},

	{"ST-CLONE", "a clone is the pool itself", wrapped(func(p LivePool) LivePool { return twin{p} })},
	{"ST-CLONE", "a clone has another rate", wrapped(func(p LivePool) LivePool { return forgetful{p} })},

	{"ST-ADMIT", "a swap of nothing is done", acceptingWrongly(func(done []Action, _ *tale) bool { return done[0].Op.Swaps() && done[0].Amount.IsZero() })},
	{"ST-ADMIT", "a join takes a list that is too long", acceptingWrongly(func(done []Action, t *tale) bool {
		return done[0].Op == domain.JoinExactTokens && len(done[0].Amounts) > len(t.before.Balances)
	})},
	{"ST-ADMIT", "a pool can be initialised again", acceptingWrongly(func(done []Action, t *tale) bool {
		return done[0].Op == domain.Initialise && !t.before.Supply.IsZero()
	})},
	{"ST-ADMIT", "an exit of one token's amount always fails", failing(func(a Action, _ *tale) bool { return a.Op == domain.ExitExactToken })},
	{"ST-ADMIT", "a donation may bring more than the vault holds", acceptingWrongly(func(done []Action, t *tale) bool {
		return done[0].Op == domain.Donate && !t.before.Supply.IsZero() && done[0].TokenIn < len(t.before.Balances)
	})},
	{"ST-ADMIT", "a pool can't begin with a token at its minimum", failing(func(a Action, t *tale) bool {
		return a.Op == domain.Initialise && slices.ContainsFunc(a.Amounts, func(z num) bool { return z == *newNum(1) })
	})},

	{"ST-BOOKS", "what is set aside is one raw unit more", succeeded(is(domain.SwapGivenIn), func(a Action, t *tale) {
		if i := a.TokenIn; t.after.SetAside[i] != t.before.SetAside[i] {
			t.after.SetAside[i].AddUint64(&t.after.SetAside[i], 1)
		}
	})},
	{"ST-BOOKS", "a fee is not set aside", succeeded(is(domain.JoinForBptOneToken, domain.ExitBptForOneToken, domain.JoinExactTokens), func(_ Action, t *tale) { t.after.SetAside = t.before.SetAside })},
	{"ST-BOOKS", "a collection leaves what it paid out", succeeded(is(domain.CollectProtocolFees), func(_ Action, t *tale) { t.after.SetAside = t.before.SetAside })},
	{"ST-BOOKS", "a collection mints nothing", succeeded(is(domain.CollectProtocolFees), func(_ Action, t *tale) {
		t.moved.ProtocolBpt, t.after.Supply, t.after.LastSupply = num{}, t.before.Supply, t.before.Supply
	})},
	{"ST-BOOKS", "the invariant that is remembered is rounded up", succeeded(is(domain.CollectProtocolFees), func(_ Action, t *tale) {
		if l := &t.after.LastInvariant; !l.IsZero() { // by as much as powDown may be short
			l.Add(l, new(num).Div(l, newNum(1e13))).AddUint64(l, 1)
		}
	})},

	{"ST-PARTS", "v3 pools follow v2's rules", v3AsV2},
	{"ST-PARTS", "a swap given out asks one raw unit more", succeeded(is(domain.SwapGivenOut), func(a Action, t *tale) {
		t.moved.In[a.TokenIn].AddUint64(&t.moved.In[a.TokenIn], 1)
		t.after.Balances[a.TokenIn].AddUint64(&t.after.Balances[a.TokenIn], 1)
	})},
	{"ST-PARTS", "a join of all tokens mints one wei of BPT less", succeeded(is(domain.JoinExactTokens), func(_ Action, t *tale) {
		if b := &t.moved.BptOut; !b.IsZero() {
			b.SubUint64(b, 1)
			t.after.Supply.SubUint64(&t.after.Supply, 1)
		}
	})},
	{"ST-PARTS", "the fee on an exit of one token's amount is not set aside", succeeded(is(domain.ExitExactToken), func(_ Action, t *tale) { t.after.SetAside = t.before.SetAside })},
}
