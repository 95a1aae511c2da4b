package pool

import (
	"github.com/holiman/uint256"

	"github.com/trueweight/trueweight/impl/liquidity"
	"github.com/trueweight/trueweight/impl/revert"
	"github.com/trueweight/trueweight/impl/weighted"
)

// Initialise brings the first raw amounts of all tokens and returns the BPT for
// them: the invariant (v3), or as many times the invariant as there are tokens
// (v2), less the 10⁶ wei that are locked for ever. It fails when the pool has a
// supply, at a list that has not an amount for each token, when a live balance
// is below its minimum (v3), when the supply would be less than what is locked,
// and as its parts do.
func (p *Pool) Initialise(amountsIn []uint256.Int) (bptOut uint256.Int, err error) {
	switch {
	case !p.books.supply.IsZero():
		return uint256.Int{}, revert.ErrAlreadyInitialized
	case len(amountsIn) != len(p.tokens):
		return uint256.Int{}, revert.ErrLengthMismatch
	}
	o := operation{Pool: p}
	p.draft.set(&p.books)
	w := o.weightsNow()
	copy(p.draft.balances, amountsIn)
	o.reachMinimums()
	invariant := o.of(weighted.InvariantDown(w, o.readLive(p.scale.live)))
	supply := invariant
	if p.rules == V2 {
		if _, overflow := supply.MulOverflow(&supply, uint256.NewInt(uint64(len(w)))); overflow {
			o.check(revert.ErrMulOverflow)
		}
		p.draft.lastInvariant, p.draft.lastSupply = invariant, supply
	}
	if supply.Lt(&locked) {
		o.check(revert.ErrSupplyTooLow)
	}
	for i := range p.tokens {
		o.fit(i)
	}
	p.draft.supply = supply
	bptOut.Sub(&supply, &locked)
	return o.end(bptOut)
}

// JoinExactTokens brings raw amounts of all tokens and returns the BPT for them.
func (p *Pool) JoinExactTokens(amountsIn []uint256.Int) (bptOut uint256.Int, err error) {
	o := p.beginWithAmounts(amountsIn)
	if o.failure != nil {
		return uint256.Int{}, o.failure
	}
	return o.joinExactTokens(amountsIn)
}

func (o *operation) joinExactTokens(amountsIn []uint256.Int) (bptOut uint256.Int, err error) {
	w, live := o.weightsNow(), o.readLive(o.scale.liveForJoin)
	scaled, fees := o.room.scaled, o.room.fees
	for i := range amountsIn {
		scaled[i] = o.of(o.scale.in(&o.tokens[i], amountsIn[i]))
	}
	if o.rules == V2 {
		bptOut = o.of(liquidity.BptOutGivenExactTokensIn(w, live, scaled, o.draft.supply, o.swapFee))
	} else {
		bptOut = o.of(liquidity.AddUnbalanced(o.room.newLive, fees, w, live, scaled, o.draft.supply, o.swapFee))
	}
	o.mint(bptOut)
	for i := range amountsIn {
		o.receive(i, amountsIn[i])
	}
	for i := range fees {
		o.setAside(i, fees[i])
	}
	o.reachMinimums()
	return o.end(bptOut)
}

// JoinExactToken brings a raw amount of one token and returns the BPT for it. In
// v3 it is JoinExactTokens with nothing of the others.
func (p *Pool) JoinExactToken(token int, amountIn uint256.Int) (bptOut uint256.Int, err error) {
	o := p.begin(token)
	if o.failure != nil {
		return uint256.Int{}, o.failure
	}
	if p.rules == V3 {
		clear(p.room.raw)
		p.room.raw[token] = amountIn
		return o.joinExactTokens(p.room.raw)
	}
	w, live := o.weightsNow(), o.readLiveOf(token, p.scale.liveForJoin)
	value := o.of(p.scale.in(&p.tokens[token], amountIn))
	bptOut = o.of(liquidity.BptOutGivenExactTokenIn(w[token], live, value, p.draft.supply, p.swapFee))
	o.mint(bptOut)
	o.receive(token, amountIn)
	return o.end(bptOut)
}

// JoinForBptOneToken mints exactly bptOut and returns the raw amount of the one
// token that pays for it.
func (p *Pool) JoinForBptOneToken(token int, bptOut uint256.Int) (amountIn uint256.Int, err error) {
	o := p.begin(token)
	if o.failure != nil {
		return uint256.Int{}, o.failure
	}
	var value, fee uint256.Int
	w := o.weightsNow()
	if p.rules == V2 {
		live := o.readLiveOf(token, p.scale.liveForJoin)
		value = o.of(liquidity.TokenInGivenExactBptOut(w[token], live, bptOut, p.draft.supply, p.swapFee))
	} else {
		live := o.readLive(p.scale.liveForJoin)
		value, fee = o.withFee(liquidity.AddSingleExactOut(w, live, token, bptOut, p.draft.supply, p.swapFee))
	}
	amountIn = o.of(p.scale.ask(&p.tokens[token], value))
	o.mint(bptOut)
	o.receive(token, amountIn)
	o.setAside(token, fee)
	o.reachMinimums()
	return o.end(amountIn)
}

// JoinForBptProportional mints exactly bptOut and sets amountsIn[:n] to the raw
// amounts of the n tokens that pay for it, in the proportions of the pool.
func (p *Pool) JoinForBptProportional(amountsIn []uint256.Int, bptOut uint256.Int) error {
	o := p.beginWithDestination(amountsIn)
	if o.failure != nil {
		return o.failure
	}
	proportional := liquidity.ProportionalAmountsInV2
	if p.rules == V3 {
		proportional = liquidity.ProportionalAmountsInV3
	}
	o.check(proportional(p.room.scaled, o.readLive(p.scale.liveForJoin), p.draft.supply, bptOut))
	for i := range p.tokens {
		p.room.raw[i] = o.of(p.scale.ask(&p.tokens[i], p.room.scaled[i]))
	}
	o.mint(bptOut)
	for i := range p.tokens {
		o.receive(i, p.room.raw[i])
	}
	o.reachMinimums()
	return o.endWithAmounts(amountsIn)
}

// Donate brings a raw amount of a token for nothing.
func (p *Pool) Donate(token int, amountIn uint256.Int) error {
	o := p.begin(token)
	if o.failure != nil {
		return o.failure
	}
	o.receive(token, amountIn)
	return o.commit()
}
