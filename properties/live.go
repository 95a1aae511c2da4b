package properties

import (
	"math/big"
	"slices"

	"github.com/holiman/uint256"
	"github.com/trueweight/trueweight/properties/domain"
	"github.com/trueweight/trueweight/reference/exact"
)

// A PoolMaker creates pools whose whole state is followed over time (SPEC, "A pool over time").
type PoolMaker interface {
	// NewPool returns a pool without tokens, or a failure where no such pool can be.
	NewPool(PoolConfig) (LivePool, error)
}

// A PoolConfig is what a pool is created from. Rates, weights and fees are 18-decimal fixed point, the clock is in seconds.
type PoolConfig struct {
	Rules                exact.Rules
	Kind                 uint8 // the place of its kind in domain.PoolKinds
	Decimals             []uint8
	Rates, Weights       []uint256.Int
	SwapFee, ProtocolFee uint256.Int
	Clock                uint256.Int
}

// A LivePool is one pool's state. An operation that fails changes nothing of it.
type LivePool interface {
	Do(Action) (Moved, error)
	// Batch does swaps one after the other: all of them, or nothing.
	Batch(swaps []Action) (Moved, error)
	// Clone returns a pool in the same state that shares nothing with this one.
	Clone() LivePool
	Snapshot() Snapshot
}

// An Action is an operation with its arguments: what a step of a script comes to in the pool's present state.
type Action struct {
	Op                domain.Op
	TokenIn, TokenOut int
	Amount            uint256.Int   // raw units of the token, wei of BPT, seconds, or the new rate
	Amounts           []uint256.Int // raw amounts of every token, or the weights at the end of a change
	Start, End        uint256.Int   // of a change of weights, in seconds
}

// Moved is what an operation moved: raw amounts of every token (nil for none) and wei of BPT.
type Moved struct {
	In, Out       []uint256.Int // from and to the one who acts
	BptIn, BptOut uint256.Int   // burnt from, and minted to, the one who acts
	ProtocolOut   []uint256.Int // paid out to the protocol (v3)
	ProtocolBpt   uint256.Int   // minted to the protocol (v2)
}

// A Snapshot is a pool's whole state, comparable with Equal.
type Snapshot struct {
	Balances []uint256.Int // raw
	SetAside []uint256.Int // raw fees that belong to the protocol (v3)
	Rates    []uint256.Int
	Weights  []uint256.Int // now, as swaps use them
	Supply   uint256.Int
	Clock    uint256.Int

	StartTime, EndTime       uint256.Int // of the weights' schedule
	StartWeights, EndWeights []uint256.Int

	LastInvariant, LastSupply uint256.Int // at the last collection of protocol fees (v2)
}

// Equal reports whether two snapshots are of the same state.
func (a *Snapshot) Equal(b *Snapshot) bool {
	lists := func(s *Snapshot) [][]num {
		return [][]num{s.Balances, s.SetAside, s.Rates, s.Weights, s.StartWeights, s.EndWeights}
	}
	return slices.EqualFunc(lists(a), lists(b), slices.Equal[[]num]) && a.Supply == b.Supply && a.Clock == b.Clock &&
		a.StartTime == b.StartTime && a.EndTime == b.EndTime && a.LastInvariant == b.LastInvariant && a.LastSupply == b.LastSupply
}

// configOf returns the config of a script's pool. Decimals beyond 255 are 255: no pool has either.
func configOf(c *domain.Sequence) PoolConfig {
	config := PoolConfig{Kind: c.PoolKind, Rates: slices.Clone(c.Rates), Weights: slices.Clone(c.Weights),
		SwapFee: c.SwapFee, ProtocolFee: c.ProtocolFee, Clock: c.Clock, Decimals: make([]uint8, len(c.Decimals))}
	if c.V3() {
		config.Rules = exact.V3
	}
	for i, d := range c.Decimals {
		config.Decimals[i] = uint8(min(d.Uint64(), 255))
		if !d.IsUint64() {
			config.Decimals[i] = 255
		}
	}
	return config
}

// resolve returns what a step comes to in a state.
func resolve(step *domain.Step, in *Snapshot) Action {
	a := Action{Op: domain.Op(step.Op), TokenIn: int(step.TokenIn), TokenOut: int(step.TokenOut), Amount: step.Amount, Amounts: slices.Clone(step.Amounts)}
	var base num
	switch a.Op {
	case domain.SwapGivenIn, domain.JoinExactToken, domain.Donate:
		base = itemOf(in.Balances, a.TokenIn)
	case domain.SwapGivenOut, domain.ExitExactToken:
		base = itemOf(in.Balances, a.TokenOut)
	case domain.JoinForBptOneToken, domain.JoinForBptProportional, domain.ExitBptForOneToken, domain.ExitBptProportional:
		base = in.Supply
	case domain.ChangeRate:
		base = itemOf(in.Rates, a.TokenIn)
	case domain.JoinExactTokens, domain.ExitExactTokens:
		if len(a.Amounts) == 0 {
			a.Amounts = make([]num, len(in.Balances))
		}
		for i := range min(len(a.Amounts), len(in.Balances)) {
			a.Amounts[i] = saturated(a.Amounts[i], shareOfNumber(in.Balances[i], step.Share))
		}
	case domain.ChangeWeights:
		a.Start, a.End = saturated(in.Clock, step.Amount), saturated(in.Clock, step.Until)
		a.Amount = num{}
	}
	if !base.IsZero() {
		a.Amount = saturated(a.Amount, shareOfNumber(base, step.Share))
	}
	return a
}

// shareOfNumber returns ⌊z·share/10¹⁸⌋, at most 2²⁵⁶ − 1.
func shareOfNumber(z, share num) num {
	if _, overflow := z.MulDivOverflow(&z, &share, uint256.NewInt(domain.One)); overflow {
		return *new(num).SetAllOne()
	}
	return z
}

// saturated returns a + b, at most 2²⁵⁶ − 1.
func saturated(a, b num) num {
	if _, overflow := a.AddOverflow(&a, &b); overflow {
		return *new(num).SetAllOne()
	}
	return a
}

func itemOf(list []num, i int) (z num) {
	if i < len(list) {
		z = list[i]
	}
	return z
}

// A moment is one operation of a script as a subject did it: a batch is one operation.
type moment struct {
	config  *PoolConfig
	step    int // of the script, counted from 0; of a batch the first
	actions []Action
	batch   bool
	moved   Moved
	err     error

	before, after Snapshot

	pool  LivePool  // before a batch: what claims about a batch can try again
	swaps []*moment // of a batch: its swaps one after the other, up to the first that fails
	since []*moment // what went before since the trader of ST-FLASH had nothing, this one included
	mean  *big.Rat  // of a join with amounts: the weighted mean by which balances grow, once ST-BOOKS has asked for it
}

// replayed does a script on a subject's pool and shows every operation to visit, until it returns false. The error is
// of the pool's creation.
func replayed(s *Subject, c *domain.Sequence, visit func(*moment) bool) error {
	config := configOf(c)
	pool, err := s.NewPool(config)
	if err != nil {
		return err
	}
	before := pool.Snapshot()
	for i := 0; i < len(c.Steps); {
		m := &moment{config: &config, step: i, before: before}
		n := batchLength(c.Steps[i:])
		if m.batch = n > 1; m.batch {
			m.pool = pool.Clone()
			m.oneByOne(c.Steps[i : i+n])
			m.moved, m.err = pool.Batch(m.actions)
		} else {
			m.actions = []Action{resolve(&c.Steps[i], &before)}
			m.moved, m.err = pool.Do(m.actions[0])
		}
		m.after = pool.Snapshot()
		if !visit(m) {
			return nil
		}
		before = m.after
		i += n
	}
	return nil
}

// batchLength returns how many steps the operation that starts a script takes: the swaps chained to it, and itself.
func batchLength(steps []domain.Step) int {
	n := 1
	for domain.Op(steps[0].Op).Swaps() && n < len(steps) && steps[n].Chained && domain.Op(steps[n].Op).Swaps() {
		n++
	}
	return n
}

// oneByOne does the swaps of a batch on a copy of the pool, each resolved in the state that those before it leave; one that
// fails there leaves none.
func (m *moment) oneByOne(steps []domain.Step) {
	trial, failed := m.pool.Clone(), false
	before := m.before
	for i := range steps {
		swap := &moment{config: m.config, step: m.step + i, actions: []Action{resolve(&steps[i], &before)}, before: before}
		swap.moved, swap.err = trial.Do(swap.actions[0])
		swap.after = trial.Snapshot()
		m.actions = append(m.actions, swap.actions[0])
		if !failed {
			m.swaps = append(m.swaps, swap)
		}
		failed = failed || swap.err != nil
		before = swap.after
	}
}

// frozen reports whether an operation leaves weights and rates as they are.
func (m *moment) frozen() bool {
	switch m.actions[0].Op {
	case domain.AdvanceClock, domain.ChangeWeights, domain.ChangeRate:
		return slices.Equal(m.before.Weights, m.after.Weights) && slices.Equal(m.before.Rates, m.after.Rates)
	}
	return true
}
