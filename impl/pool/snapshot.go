package pool

import (
	"slices"

	"github.com/holiman/uint256"
)

// A Snapshot is a pool's whole state at one moment, in lists of its own: two
// pools of one config are in the same state when reflect.DeepEqual finds their
// snapshots equal.
type Snapshot struct {
	Balances []uint256.Int // raw
	SetAside []uint256.Int // raw; v3: the protocol's fees, not part of Balances
	Rates    []uint256.Int

	Weights    []uint256.Int // now; nil when they are unreadable
	Unreadable error         // why

	Supply uint256.Int // of BPT
	Clock  uint256.Int // seconds

	StartTime, EndTime       uint256.Int // of the schedule of weights, seconds
	StartWeights, EndWeights []uint256.Int

	LastInvariant, LastSupply uint256.Int // v2: at the last collection; invariant 0 for none
}

// Snapshot returns the pool's state.
func (p *Pool) Snapshot() Snapshot {
	s := Snapshot{
		Balances:      slices.Clone(p.books.balances),
		SetAside:      slices.Clone(p.books.setAside),
		Rates:         make([]uint256.Int, len(p.tokens)),
		Unreadable:    p.unreadable,
		Supply:        p.books.supply,
		Clock:         p.clock,
		StartTime:     p.schedule.start,
		EndTime:       p.schedule.end,
		StartWeights:  slices.Clone(p.schedule.startWeights),
		EndWeights:    slices.Clone(p.schedule.endWeights),
		LastInvariant: p.books.lastInvariant,
		LastSupply:    p.books.lastSupply,
	}
	for i := range p.tokens {
		s.Rates[i] = p.tokens[i].rate
	}
	if p.unreadable == nil {
		s.Weights = slices.Clone(p.weights)
	}
	return s
}

// Tokens returns how many tokens the pool has.
func (p *Pool) Tokens() int { return len(p.tokens) }

// Balance returns the raw balance of a token, and 0 of one that the pool has not.
func (p *Pool) Balance(token int) (z uint256.Int) {
	if 0 <= token && token < len(p.tokens) {
		z = p.books.balances[token]
	}
	return z
}

// Supply returns the BPT there are, the locked ones included.
func (p *Pool) Supply() uint256.Int { return p.books.supply }

// Clock returns the time, in seconds.
func (p *Pool) Clock() uint256.Int { return p.clock }
