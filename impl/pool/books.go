package pool

import "github.com/holiman/uint256"

// books is what operations move: all that changes but time, weights and rates.
type books struct {
	balances []uint256.Int // raw, of each token
	setAside []uint256.Int // raw, v3: the protocol's fees, not part of balances
	supply   uint256.Int   // of BPT; the locked 10⁶ wei included, once it is not 0

	// v2: at the last collection of protocol fees; an invariant of 0 says that
	// nothing before now is to be charged.
	lastInvariant, lastSupply uint256.Int
}

func newBooks(n int) books {
	return books{balances: make([]uint256.Int, n), setAside: make([]uint256.Int, n)}
}

// set makes b a copy of from, which has as many tokens.
func (b *books) set(from *books) {
	copy(b.balances, from.balances)
	copy(b.setAside, from.setAside)
	b.supply = from.supply
	b.lastInvariant, b.lastSupply = from.lastInvariant, from.lastSupply
}

// room is where operations compute amounts of all tokens; nothing in it outlives
// an operation. Raw and scaled are of amounts, live and the rest scaled.
type room struct {
	live, newLive, raw, scaled, fees, weights []uint256.Int
	flows                                     []Flow
}

func newRoom(n int) room {
	list := func() []uint256.Int { return make([]uint256.Int, n) }
	return room{list(), list(), list(), list(), list(), list(), make([]Flow, n)}
}
