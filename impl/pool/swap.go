package pool

import (
	"github.com/holiman/uint256"

	"github.com/trueweight/trueweight/impl/fixedpoint"
	"github.com/trueweight/trueweight/impl/revert"
	"github.com/trueweight/trueweight/impl/weighted"
)

// A Hop is one swap of a batch: Amount is raw, of token In when the amount in is
// given, of token Out when the amount out is.
type Hop struct {
	Kind    weighted.SwapKind
	In, Out int
	Amount  uint256.Int
}

// A Flow is what a batch moved of one token, raw: the sums of what its swaps
// brought and of what they took.
type Flow struct{ In, Out uint256.Int }

// Swap trades token in for token out at the swap fee and returns the raw amount
// that is not given: the amount out for an exact amount in, or the amount in for
// an exact amount out. It fails at an amount of 0, at one token on both sides,
// and as the trade does.
func (p *Pool) Swap(kind weighted.SwapKind, in, out int, amount uint256.Int) (uint256.Int, error) {
	o := p.begin(in, out)
	amountIn, amountOut := o.swap(kind, in, out, amount)
	if kind == weighted.GivenOut {
		return o.end(amountIn)
	}
	return o.end(amountOut)
}

// BatchSwap does the hops in their order, all or none, and sets flows[:n] to what
// went in and out of each of the n tokens. It fails as the first hop that does
// when it is its turn.
func (p *Pool) BatchSwap(flows []Flow, hops []Hop) error {
	o := p.begin()
	if o.failure == nil && len(flows) < len(p.tokens) {
		o.failure = revert.ErrArrayIndex
	}
	clear(p.room.flows)
	for i := 0; i < len(hops) && o.failure == nil; i++ {
		o.hop(&hops[i])
	}
	if err := o.commit(); err != nil {
		return err
	}
	copy(flows, p.room.flows)
	return nil
}

// hop does one swap of a batch and adds what it moved to the flows: each amount
// is below 2¹²⁸, so that no sum of them wraps.
func (o *operation) hop(h *Hop) {
	o.find(h.In, h.Out)
	amountIn, amountOut := o.swap(h.Kind, h.In, h.Out, h.Amount)
	if o.failure != nil {
		return
	}
	in, out := &o.room.flows[h.In].In, &o.room.flows[h.Out].Out
	in.Add(in, &amountIn)
	out.Add(out, &amountOut)
}

// swap moves the amounts of a trade between existing tokens and returns them.
func (o *operation) swap(kind weighted.SwapKind, in, out int, amount uint256.Int) (amountIn, amountOut uint256.Int) {
	switch {
	case o.failure != nil:
		return
	case amount.IsZero():
		o.failure = revert.ErrZeroAmount
		return
	case in == out:
		o.failure = revert.ErrSameToken
		return
	}
	var fee uint256.Int // v3's, scaled
	switch {
	case o.rules == V2 && kind == weighted.GivenIn:
		amountIn, amountOut = amount, o.givenInV2(in, out, amount)
	case o.rules == V2:
		amountIn, amountOut = o.givenOutV2(in, out, amount), amount
	case kind == weighted.GivenIn:
		amountIn = amount
		amountOut, fee = o.givenInV3(in, out, amount)
	default:
		amountOut = amount
		amountIn, fee = o.givenOutV3(in, out, amount)
	}
	o.receive(in, amountIn)
	o.send(out, amountOut)
	o.setAside(in, fee)
	return amountIn, amountOut
}

// givenInV2 returns the raw amount out. The fee is taken from the raw amount in.
func (o *operation) givenInV2(in, out int, amountIn uint256.Int) uint256.Int {
	w := o.weightsNow()
	net := o.of(weighted.AmountInLessFee(amountIn, o.swapFee))
	balanceIn, balanceOut := o.readLiveOf(in, o.scale.live), o.readLiveOf(out, o.scale.live)
	value := o.of(o.scale.in(&o.tokens[in], net))
	calculated := o.of(weighted.OutGivenIn(balanceIn, w[in], balanceOut, w[out], value))
	return o.of(o.scale.pay(&o.tokens[out], calculated))
}

// givenOutV2 returns the raw amount in. The fee is added to the raw amount.
func (o *operation) givenOutV2(in, out int, amountOut uint256.Int) uint256.Int {
	w := o.weightsNow()
	balanceIn, balanceOut := o.readLiveOf(in, o.scale.live), o.readLiveOf(out, o.scale.live)
	value := o.of(o.scale.out(&o.tokens[out], amountOut))
	calculated := o.of(weighted.InGivenOut(balanceIn, w[in], balanceOut, w[out], value))
	raw := o.of(o.scale.ask(&o.tokens[in], calculated))
	return o.of(weighted.AmountInPlusFeeV2(raw, o.swapFee))
}

// givenInV3 returns the raw amount out, and the scaled fee of the token in.
func (o *operation) givenInV3(in, out int, amountIn uint256.Int) (amountOut, fee uint256.Int) {
	value := o.of(o.scale.in(&o.tokens[in], amountIn))
	fee = o.of(fixedpoint.MulUp(value, o.swapFee))
	calculated := o.onSwap(weighted.GivenIn, in, out, o.of(fixedpoint.Sub(value, fee)))
	return o.of(o.scale.pay(&o.tokens[out], calculated)), fee
}

// givenOutV3 returns the raw amount in, and the scaled fee that is part of it.
func (o *operation) givenOutV3(in, out int, amountOut uint256.Int) (amountIn, fee uint256.Int) {
	value := o.of(o.scale.out(&o.tokens[out], amountOut))
	calculated := o.onSwap(weighted.GivenOut, in, out, value)
	fee = o.of(fixedpoint.MulDivUp(calculated, o.swapFee, fixedpoint.Complement(o.swapFee)))
	return o.of(o.scale.ask(&o.tokens[in], o.of(fixedpoint.Add(calculated, fee)))), fee
}

// onSwap returns what v3's pool computes of a scaled amount, without fees. It
// looks at the live balances of its two tokens only.
func (o *operation) onSwap(kind weighted.SwapKind, in, out int, value uint256.Int) uint256.Int {
	w := o.weightsNow()
	o.readLiveOf(in, o.scale.live)
	o.readLiveOf(out, o.scale.live)
	return o.of(weighted.OnSwap(w, o.minimums, o.room.live, in, out, value, kind))
}
