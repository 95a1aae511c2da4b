package properties

import (
	"slices"

	"github.com/trueweight/trueweight/properties/domain"
	"github.com/trueweight/trueweight/reference/exact"
)

// brokenPool is a pool that reports something else than it did: bug edits what an operation moved, how it ended, and the
// state after it. done are the operations, more than one for a batch.
type brokenPool struct {
	LivePool
	bug  func(pool LivePool, done []Action, t *tale)
	told *Snapshot
}

// A tale is what a broken pool says of an operation.
type tale struct {
	before, after Snapshot
	moved         Moved
	err           error
	batch         bool
}

func (p *brokenPool) Do(a Action) (Moved, error) {
	return p.tell([]Action{a}, false, func() (Moved, error) { return p.LivePool.Do(a) })
}

func (p *brokenPool) Batch(swaps []Action) (Moved, error) {
	return p.tell(swaps, true, func() (Moved, error) { return p.LivePool.Batch(swaps) })
}

func (p *brokenPool) tell(done []Action, batch bool, do func() (Moved, error)) (Moved, error) {
	before := p.LivePool.Clone()
	t := &tale{before: p.Snapshot(), batch: batch}
	t.moved, t.err = do()
	t.moved.In, t.moved.Out = slices.Clone(t.moved.In), slices.Clone(t.moved.Out)
	t.after = p.LivePool.Snapshot()
	p.bug(before, done, t)
	p.told = &t.after
	return t.moved, t.err
}

func (p *brokenPool) Snapshot() Snapshot {
	if p.told != nil {
		return *p.told
	}
	return p.LivePool.Snapshot()
}

func (p *brokenPool) Clone() LivePool {
	return &brokenPool{LivePool: p.LivePool.Clone(), bug: p.bug, told: p.told}
}

// breakPools plants a bug in every pool that a subject makes.
func breakPools(bug func(LivePool, []Action, *tale)) func(*Subject) {
	return func(s *Subject) {
		make := s.NewPool
		s.NewPool = func(c PoolConfig) (LivePool, error) {
			pool, err := make(c)
			if err != nil {
				return nil, err
			}
			return &brokenPool{LivePool: pool, bug: bug}, nil
		}
	}
}

// v3AsV2 makes pools that follow v2's rules where v3's are asked: they scale all amounts down and know no minimum balances.
func v3AsV2(s *Subject) {
	make := s.NewPool
	s.NewPool = func(c PoolConfig) (LivePool, error) {
		if c.Rules == exact.V3 && c.Kind != domain.BootstrappingPool {
			c.Rules = exact.V2
		}
		return make(c)
	}
}

func succeeded(op func(domain.Op) bool, edit func(a Action, t *tale)) func(*Subject) {
	return breakPools(func(_ LivePool, done []Action, t *tale) {
		if t.err == nil && !t.batch && op(done[0].Op) {
			edit(done[0], t)
		}
	})
}

func is(ops ...domain.Op) func(domain.Op) bool {
	return func(op domain.Op) bool { return slices.Contains(ops, op) }
}

// paysOneMore takes one raw unit more out of the pool for the trader.
func paysOneMore(a Action, t *tale) {
	if b := &t.after.Balances[a.TokenOut]; !b.IsZero() {
		b.SubUint64(b, 1)
		t.moved.Out[a.TokenOut].AddUint64(&t.moved.Out[a.TokenOut], 1)
	}
}

// halfBatch keeps what a batch did before the swap that fails.
func halfBatch(pool LivePool, done []Action, t *tale) {
	if !t.batch || t.err == nil {
		return
	}
	for _, a := range done {
		if _, err := pool.Do(a); err != nil {
			break
		}
	}
	t.after = pool.Snapshot()
}

var stPlants = []Plant{
	{"ST-RATE", "a swap given in pays one raw unit more", succeeded(is(domain.SwapGivenIn), paysOneMore)},
	{"ST-RATE", "an exit of an exact amount pays one raw unit more", succeeded(is(domain.ExitExactToken), paysOneMore)},
	{"ST-RATE", "a proportional join mints one wei of BPT in 10⁹ too much", succeeded(is(domain.JoinForBptProportional), func(a Action, t *tale) {
		extra := a.Amount
		extra.Div(&extra, newNum(1e9))
		t.after.Supply.Add(&t.after.Supply, &extra)
		t.moved.BptOut.Add(&t.moved.BptOut, &extra)
	})},
	{"ST-RATE", "v3 pools scale amounts out down, as v2's do", v3AsV2},
	{"ST-RATE", "protocol fees are minted twice", succeeded(is(domain.CollectProtocolFees), func(_ Action, t *tale) {
		var minted num
		minted.Sub(&t.after.Supply, &t.before.Supply)
		t.after.Supply.Add(&t.after.Supply, &minted)
	})},
	{"ST-RATE", "protocol fees are minted at the first collection", succeeded(is(domain.CollectProtocolFees), func(_ Action, t *tale) {
		if t.before.LastInvariant.IsZero() {
			t.after.Supply.AddUint64(&t.after.Supply, 1)
		}
	})},
	{"ST-RATE", "the protocol's share of a fee is rounded up, in raw units", succeeded(is(domain.SwapGivenIn), func(a Action, t *tale) {
		if t.after.SetAside[a.TokenIn] == t.before.SetAside[a.TokenIn] && t.after.LastInvariant.IsZero() && !t.after.Balances[a.TokenIn].IsZero() {
			t.after.Balances[a.TokenIn].SubUint64(&t.after.Balances[a.TokenIn], 1)
			t.after.SetAside[a.TokenIn].AddUint64(&t.after.SetAside[a.TokenIn], 1)
		}
	})},
	{"ST-RATE", "the protocol's share of a fee leaves the balance twice", breakPools(func(_ LivePool, _ []Action, t *tale) {
		for i := range t.after.SetAside {
			var share num
			if _, fell := share.SubOverflow(&t.after.SetAside[i], &t.before.SetAside[i]); !fell && !share.Gt(&t.after.Balances[i]) {
				share.Mul(&share, newNum(3)) // a quarter or half of the fee, so that more than the fee is gone
				if !share.Gt(&t.after.Balances[i]) {
					t.after.Balances[i].Sub(&t.after.Balances[i], &share)
				}
			}
		}
	})},

	{"ST-FLASH", "a swap for at most a hundred raw units out is free", succeeded(is(domain.SwapGivenOut), func(a Action, t *tale) {
		if !a.Amount.Gt(newNum(100)) {
			t.after.Balances[a.TokenIn] = t.before.Balances[a.TokenIn]
			t.moved.In[a.TokenIn] = num{}
		}
	})},
	{"ST-FLASH", "a join of one token mints BPT for nothing when it asks at most a hundred raw units", succeeded(is(domain.JoinForBptOneToken), func(a Action, t *tale) {
		if !t.moved.In[a.TokenIn].Gt(newNum(100)) {
			t.after.Balances[a.TokenIn] = t.before.Balances[a.TokenIn]
			t.moved.In[a.TokenIn] = num{}
		}
	})},

	{"ST-BATCH", "a batch leaves its last swap out", breakPools(func(pool LivePool, done []Action, t *tale) {
		if t.batch && t.err == nil {
			t.moved, t.err = pool.Batch(done[:len(done)-1])
			t.after = pool.Snapshot()
		}
	})},
	{"ST-BATCH", "a batch answers with its first failure as a success", breakPools(func(_ LivePool, _ []Action, t *tale) {
		if t.batch {
			t.err = nil
		}
	})},

	{"ST-CONS", "a batch that fails keeps the swaps before the one that failed", breakPools(halfBatch)},
	{"ST-CONS", "a swap that fails keeps the amount in", breakPools(func(_ LivePool, done []Action, t *tale) {
		if a := done[0]; t.err != nil && !t.batch && a.Op == domain.SwapGivenIn && a.TokenIn < len(t.after.Balances) {
			t.after.Balances[a.TokenIn] = saturated(t.after.Balances[a.TokenIn], a.Amount)
		}
	})},
	{"ST-CONS", "an exit burns one wei of BPT less than it takes", succeeded(is(domain.ExitExactToken, domain.ExitBptForOneToken, domain.ExitBptProportional), func(_ Action, t *tale) {
		t.after.Supply.AddUint64(&t.after.Supply, 1)
	})},
	{"ST-CONS", "a swap mints a wei of BPT", succeeded(domain.Op.Swaps, func(_ Action, t *tale) {
		t.after.Supply.AddUint64(&t.after.Supply, 1)
		t.moved.BptOut.AddUint64(&t.moved.BptOut, 1)
	})},
	{"ST-CONS", "a donation arrives one raw unit short", succeeded(is(domain.Donate), func(a Action, t *tale) {
		t.moved.In[a.TokenIn].AddUint64(&t.moved.In[a.TokenIn], 1)
	})},

	{"ST-MIN", "the locked BPT can be burnt", breakPools(func(_ LivePool, done []Action, t *tale) {
		if a := done[0]; t.err != nil && a.Op == domain.ExitBptProportional && !a.Amount.Gt(&t.after.Supply) && !t.after.Supply.IsZero() {
			t.err = nil
			t.after.Supply.Sub(&t.after.Supply, &a.Amount)
		}
	})},
	{"ST-MIN", "v3 pools know no minimum balances", v3AsV2},
}

var bxPoolPlants = []Plant{
	{"BX-POOL", "v3 pools follow v2's rules", v3AsV2},
	{"BX-POOL", "a swap given out asks one raw unit less", succeeded(is(domain.SwapGivenOut), func(a Action, t *tale) {
		if in := &t.moved.In[a.TokenIn]; !in.IsZero() {
			in.SubUint64(in, 1)
			t.after.Balances[a.TokenIn].SubUint64(&t.after.Balances[a.TokenIn], 1)
		}
	})},
	{"BX-POOL", "initialising locks nothing", succeeded(is(domain.Initialise), func(_ Action, t *tale) {
		t.moved.BptOut = t.after.Supply
	})},
	{"BX-POOL", "a change of weights starts a second late", succeeded(is(domain.ChangeWeights), func(_ Action, t *tale) {
		t.after.StartTime.AddUint64(&t.after.StartTime, 1)
	})},
	{"BX-POOL", "a collection forgets the supply that it was made at", succeeded(is(domain.CollectProtocolFees), func(_ Action, t *tale) {
		t.after.LastSupply = t.before.LastSupply
	})},
	{"BX-POOL", "a swap of a token for itself is done", breakPools(func(_ LivePool, done []Action, t *tale) {
		if done[0].Op.Swaps() && done[0].TokenIn == done[0].TokenOut {
			t.err = nil
		}
	})},
	{"BX-POOL", "any pool is created", func(s *Subject) {
		make := s.NewPool
		s.NewPool = func(c PoolConfig) (LivePool, error) {
			pool, err := make(c)
			if err != nil { // one that can be
				c.Kind, c.SwapFee, c.ProtocolFee = domain.LibraryPool, num{}, num{}
				c.Weights, c.Decimals, c.Rates = []num{*newNum(domain.One / 2), *newNum(domain.One / 2)}, []uint8{18, 18}, []num{*newNum(domain.One), *newNum(domain.One)}
				return make(c)
			}
			return pool, nil
		}
	}},
}
