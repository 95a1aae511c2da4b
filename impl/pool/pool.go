// Package pool is one weighted pool over time: what it holds, what its BPT (the
// pool's own token, a share of it) are worth, and every operation that changes
// that: swaps one by one and in batches, joins, exits, donations, protocol fees,
// and the passing of time with what it changes, weights and rates.
//
// Amounts of tokens are raw, wei of a token with its own decimals; BPT, weights,
// rates and fees have 18 decimals, times are in seconds. SPEC "A pool over time"
// is its source: one set of operations under two rules, v2's and v3's.
//
// It relies on weighted, liquidity, scaling and weights for each amount and does
// the bookkeeping around them. It promises: an operation succeeds as a whole or
// fails with a *revert.Error and changes nothing, destinations included; it never
// panics, whatever the 256-bit amounts, indices and lengths; it keeps and changes
// no argument but the destination; and on success it does not allocate. Creating,
// cloning and reading snapshots do. A pool is not for concurrent use; clones are
// independent.
package pool

import (
	"slices"

	"github.com/holiman/uint256"

	"github.com/trueweight/trueweight/impl/fixedpoint"
	"github.com/trueweight/trueweight/impl/revert"
	"github.com/trueweight/trueweight/impl/scaling"
	"github.com/trueweight/trueweight/impl/weights"
)

var (
	one = fixedpoint.One()

	// locked is the BPT that no one can ever burn.
	locked         = uint256.Int{1e6}
	maxProtocolFee = uint256.Int{50e16}
)

// A Config is what a pool is made of: decimals, rate and weight of each token,
// the swap fee, the protocol's share of swap fees, and the time at creation.
type Config struct {
	Rules                Rules
	Kind                 Kind
	Decimals             []uint8
	Rates, Weights       []uint256.Int
	SwapFee, ProtocolFee uint256.Int
	Clock                uint256.Int
}

// A Pool is the state of one pool. Between operations weights are those of the
// schedule at the clock, unless they are unreadable.
type Pool struct {
	rules    Rules
	terms    *terms
	scale    *scales
	tokens   []token
	minimums []uint256.Int // of live balances (v3); shared with clones, as they never change

	swapFee, protocolFee uint256.Int

	clock      uint256.Int
	schedule   schedule
	weights    []uint256.Int
	unreadable error // why weights are not known

	books books
	draft books // the books as an operation under way would leave them
	room  room
}

// New returns a pool without tokens. It fails, in this order, when the rules have
// no such kind of pool, when it has too few or too many weights, when the lists
// differ in length, at decimals above 18, at a rate of 0, at a swap fee outside
// the kind's range, at a protocol fee above 50 %, at a weight below 1 %, and when
// the weights do not sum to 1.
func New(config Config) (*Pool, error) {
	terms, err := termsOf(config.Rules, config.Kind)
	if err != nil {
		return nil, err
	}
	if err := terms.check(&config); err != nil {
		return nil, err
	}
	n := len(config.Weights)
	p := &Pool{
		rules:       config.Rules,
		terms:       terms,
		scale:       &scalesOf[config.Rules],
		tokens:      make([]token, n),
		minimums:    make([]uint256.Int, n),
		swapFee:     config.SwapFee,
		protocolFee: config.ProtocolFee,
		clock:       config.Clock,
		schedule:    newSchedule(config.Clock, config.Weights),
		weights:     make([]uint256.Int, n),
		books:       newBooks(n),
		draft:       newBooks(n),
		room:        newRoom(n),
	}
	for i := range p.tokens {
		factor, err := scaling.Factor(config.Decimals[i])
		if err != nil {
			return nil, err
		}
		p.tokens[i] = token{decimals: config.Decimals[i], factor: factor, rate: config.Rates[i]}
		p.minimums[i] = minimum(factor)
	}
	p.unreadable = terms.read(p.weights, p.schedule, p.clock)
	return p, nil
}

// check fails unless a pool can be made of the config under the terms.
func (t *terms) check(config *Config) error {
	n := len(config.Weights)
	switch {
	case n < t.limits.MinTokens:
		return revert.ErrMinTokens
	case n > t.limits.MaxTokens:
		return revert.ErrMaxTokens
	case len(config.Decimals) != n || len(config.Rates) != n:
		return revert.ErrLengthMismatch
	}
	for _, decimals := range config.Decimals {
		if _, err := scaling.Factor(decimals); err != nil {
			return err
		}
	}
	for i := range config.Rates {
		if config.Rates[i].IsZero() {
			return revert.ErrZeroRate
		}
	}
	switch {
	case config.SwapFee.Lt(&t.minFee):
		return revert.ErrSwapFeeTooLow
	case config.SwapFee.Gt(&t.maxFee):
		return revert.ErrSwapFeeTooHigh
	case config.ProtocolFee.Gt(&maxProtocolFee):
		return revert.ErrProtocolFeeTooHigh
	}
	return weights.Validate(config.Weights, t.limits)
}

// minimum returns the least live balance of a v3 pool's token: max(10⁶, one raw
// unit of the token at rate 1), 18-decimal wei.
func minimum(factor uint256.Int) uint256.Int {
	least := uint256.Int{1e6}
	if factor.Gt(&least) {
		return factor
	}
	return least
}

// Clone returns a pool in the same state that shares nothing with this one.
func (p *Pool) Clone() *Pool {
	c := *p
	n := len(p.tokens)
	c.tokens = slices.Clone(p.tokens)
	c.schedule = p.schedule.clone()
	c.weights = slices.Clone(p.weights)
	c.books, c.draft = newBooks(n), newBooks(n)
	c.books.set(&p.books)
	c.room = newRoom(n)
	return &c
}
