package pool

import (
	"github.com/holiman/uint256"

	"github.com/trueweight/trueweight/impl/fixedpoint"
	"github.com/trueweight/trueweight/impl/liquidity"
	"github.com/trueweight/trueweight/impl/weighted"
)

// Collect gives the protocol its fees: it mints the BPT that v2's is due since the
// last collection, and pays out what v3's has set aside of each token. It returns
// the BPT, 0 in v3, and sets amountsOut[:n] to the raw amounts of the n tokens,
// all 0 in v2.
func (p *Pool) Collect(amountsOut []uint256.Int) (bpt uint256.Int, err error) {
	o := p.beginWithDestination(amountsOut)
	if o.failure != nil {
		return uint256.Int{}, o.failure
	}
	if p.rules == V2 {
		bpt = o.collectV2()
	}
	copy(p.room.raw, p.draft.setAside) // v2 sets nothing aside
	clear(p.draft.setAside)
	if err := o.endWithAmounts(amountsOut); err != nil {
		return uint256.Int{}, err
	}
	return bpt, nil
}

// collectV2 mints and returns the BPT that are due, and starts over: nothing is
// due when no invariant is remembered.
func (o *operation) collectV2() (due uint256.Int) {
	b := &o.draft
	invariant := o.of(weighted.InvariantDown(o.weightsNow(), o.readLive(o.scale.live)))
	if !b.lastInvariant.IsZero() {
		growth := o.of(fixedpoint.DivDown(invariant, b.lastInvariant))
		due = o.of(liquidity.DueProtocolFees(growth, b.lastSupply, b.supply, o.protocolFee))
		o.mint(due)
	}
	b.lastInvariant, b.lastSupply = invariant, b.supply
	return due
}
