package pool

import (
	"github.com/holiman/uint256"

	"github.com/trueweight/trueweight/impl/liquidity"
	"github.com/trueweight/trueweight/impl/revert"
)

// ExitExactTokens takes raw amounts of all tokens and returns the BPT burnt for
// them. Only v2 has it.
func (p *Pool) ExitExactTokens(amountsOut []uint256.Int) (bptIn uint256.Int, err error) {
	o := p.beginWithAmounts(amountsOut)
	if p.rules == V3 {
		o.check(revert.ErrUnsupportedOperation)
	}
	if o.failure != nil {
		return uint256.Int{}, o.failure
	}
	w, live := o.weightsNow(), o.readLive(p.scale.live)
	scaled := p.room.scaled
	for i := range amountsOut {
		scaled[i] = o.of(p.scale.out(&p.tokens[i], amountsOut[i]))
	}
	bptIn = o.of(liquidity.BptInGivenExactTokensOut(w, live, scaled, p.draft.supply, p.swapFee))
	o.burn(bptIn)
	for i := range amountsOut {
		o.send(i, amountsOut[i])
	}
	return o.end(bptIn)
}

// ExitExactToken takes a raw amount of one token and returns the BPT burnt for it.
func (p *Pool) ExitExactToken(token int, amountOut uint256.Int) (bptIn uint256.Int, err error) {
	o := p.begin(token)
	if o.failure != nil {
		return uint256.Int{}, o.failure
	}
	var fee uint256.Int
	w := o.weightsNow()
	value := o.of(p.scale.out(&p.tokens[token], amountOut))
	if p.rules == V2 {
		live := o.readLiveOf(token, p.scale.live)
		bptIn = o.of(liquidity.BptInGivenExactTokenOut(w[token], live, value, p.draft.supply, p.swapFee))
	} else {
		live := o.readLive(p.scale.live)
		bptIn, fee = o.withFee(liquidity.RemoveSingleExactOut(p.room.newLive, w, live, token, value, p.draft.supply, p.swapFee))
	}
	o.burn(bptIn)
	o.send(token, amountOut)
	o.setAside(token, fee)
	o.reachMinimums()
	return o.end(bptIn)
}

// ExitBptForOneToken burns exactly bptIn and returns the raw amount of the one
// token that is paid for it.
func (p *Pool) ExitBptForOneToken(token int, bptIn uint256.Int) (amountOut uint256.Int, err error) {
	o := p.begin(token)
	if o.failure != nil {
		return uint256.Int{}, o.failure
	}
	var value, fee uint256.Int
	w := o.weightsNow()
	if p.rules == V2 {
		live := o.readLiveOf(token, p.scale.live)
		value = o.of(liquidity.TokenOutGivenExactBptIn(w[token], live, bptIn, p.draft.supply, p.swapFee))
	} else {
		live := o.readLive(p.scale.live)
		value, fee = o.withFee(liquidity.RemoveSingleExactIn(w, live, token, bptIn, p.draft.supply, p.swapFee))
	}
	amountOut = o.of(p.scale.pay(&p.tokens[token], value))
	o.burn(bptIn)
	o.send(token, amountOut)
	o.setAside(token, fee)
	o.reachMinimums()
	return o.end(amountOut)
}

// ExitBptProportional burns exactly bptIn and sets amountsOut[:n] to the raw
// amounts of the n tokens that are paid for it, in the proportions of the pool.
func (p *Pool) ExitBptProportional(amountsOut []uint256.Int, bptIn uint256.Int) error {
	o := p.beginWithDestination(amountsOut)
	if o.failure != nil {
		return o.failure
	}
	proportional := liquidity.ProportionalAmountsOutV2
	if p.rules == V3 {
		proportional = liquidity.ProportionalAmountsOutV3
	}
	o.check(proportional(p.room.scaled, o.readLive(p.scale.live), p.draft.supply, bptIn))
	for i := range p.tokens {
		p.room.raw[i] = o.of(p.scale.pay(&p.tokens[i], p.room.scaled[i]))
	}
	o.burn(bptIn)
	for i := range p.tokens {
		o.send(i, p.room.raw[i])
	}
	o.reachMinimums()
	return o.endWithAmounts(amountsOut)
}
