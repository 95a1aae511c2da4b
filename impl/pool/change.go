package pool

import (
	"slices"

	"github.com/holiman/uint256"

	"github.com/trueweight/trueweight/impl/fixedpoint"
	"github.com/trueweight/trueweight/impl/revert"
	"github.com/trueweight/trueweight/impl/weights"
)

// What changes here changes the invariant without a trade. v2 then forgets the
// invariant that it remembers, so that no one is charged for it.

// Advance moves the clock on by seconds. It fails when the time would be 2²⁵⁶
// or more.
func (p *Pool) Advance(seconds uint256.Int) error {
	now, err := fixedpoint.Add(p.clock, seconds)
	if err != nil {
		return err
	}
	weights := p.room.weights
	unreadable := p.terms.read(weights, p.schedule, now)
	if unreadable != nil || !slices.Equal(weights, p.weights) {
		p.forgetInvariant()
	}
	p.clock = now
	p.setWeights(unreadable)
	return nil
}

// ChangeWeights makes the weights change from what they are now to endWeights,
// from start, or from now when that is later, to end, in seconds. It fails, in
// this order, when the pool's weights are fixed, at a list that has not a weight
// for each token, when the change would start after its end, when the weights now
// are unreadable, when endWeights make no pool, and when the new schedule does
// not fit where it is stored.
func (p *Pool) ChangeWeights(start, end uint256.Int, endWeights []uint256.Int) error {
	switch {
	case !p.terms.gradual:
		return revert.ErrUnsupportedOperation
	case len(endWeights) != len(p.tokens):
		return revert.ErrLengthMismatch
	}
	start, err := weights.ResolveStartTime(start, end, p.clock)
	if err != nil {
		return err
	}
	if p.unreadable != nil {
		return p.unreadable
	}
	if err := weights.Validate(endWeights, p.terms.limits); err != nil {
		return err
	}
	next := schedule{start, end, p.weights, endWeights}
	if err := p.terms.read(p.room.weights, next, p.clock); err != nil {
		return err
	}
	if p.rules == V3 {
		if err := weights.VerifyBootstrapping(p.weights[0], p.weights[1], endWeights[0], endWeights[1]); err != nil {
			return err
		}
	}
	p.schedule.set(&next)
	p.setWeights(nil)
	p.forgetInvariant()
	return nil
}

// ChangeRate sets the rate of a token. It fails at a token that the pool has not,
// and at a rate of 0.
func (p *Pool) ChangeRate(token int, rate uint256.Int) error {
	switch {
	case token < 0 || token >= len(p.tokens):
		return revert.ErrArrayIndex
	case rate.IsZero():
		return revert.ErrZeroRate
	}
	p.tokens[token].rate = rate
	p.forgetInvariant()
	return nil
}

// setWeights makes the weights that were read, or that they are not readable, the
// pool's.
func (p *Pool) setWeights(unreadable error) {
	p.weights, p.room.weights = p.room.weights, p.weights
	p.unreadable = unreadable
}

// forgetInvariant makes the next collection charge nothing; v3 remembers none.
func (p *Pool) forgetInvariant() { p.books.lastInvariant = uint256.Int{} }
