package pool

import (
	"github.com/holiman/uint256"

	"github.com/trueweight/trueweight/impl/fixedpoint"
	"github.com/trueweight/trueweight/impl/revert"
	"github.com/trueweight/trueweight/impl/scaling"
)

// An operation is carried out on the draft one step at a time and keeps the
// first failure: steps after it compute on whatever numbers they are given, and
// change the draft only. So an operation reads as the specification's, and fails
// as its first failing step does.
type operation struct {
	*Pool
	failure error
}

// begin opens a draft of the books. The operation has failed when the pool has
// no supply, and then at a token that it has not.
func (p *Pool) begin(tokens ...int) operation {
	o := operation{Pool: p}
	if p.books.supply.IsZero() {
		o.failure = revert.ErrNotInitialized
		return o
	}
	p.draft.set(&p.books)
	o.find(tokens...)
	return o
}

// find fails at a token that the pool has not.
func (o *operation) find(tokens ...int) {
	for _, token := range tokens {
		if token < 0 || token >= len(o.tokens) {
			o.check(revert.ErrArrayIndex)
		}
	}
}

// beginWithAmounts is begin for an operation that is given an amount of every
// token: it has failed, too, at a list of another length.
func (p *Pool) beginWithAmounts(amounts []uint256.Int) operation {
	o := p.begin()
	if o.failure == nil && len(amounts) != len(p.tokens) {
		o.failure = revert.ErrLengthMismatch
	}
	return o
}

// beginWithDestination is begin for an operation that returns an amount of every
// token: it has failed, too, at a destination that is too short for them.
func (p *Pool) beginWithDestination(amounts []uint256.Int) operation {
	o := p.begin()
	if o.failure == nil && len(amounts) < len(p.tokens) {
		o.failure = revert.ErrArrayIndex
	}
	return o
}

// commit makes the draft the books, unless the operation has failed.
func (o *operation) commit() error {
	if o.failure == nil {
		o.books, o.draft = o.draft, o.books
	}
	return o.failure
}

// end commits and returns z.
func (o *operation) end(z uint256.Int) (uint256.Int, error) {
	if err := o.commit(); err != nil {
		return uint256.Int{}, err
	}
	return z, nil
}

// endWithAmounts commits and copies the raw amounts to their destination.
func (o *operation) endWithAmounts(destination []uint256.Int) error {
	if err := o.commit(); err != nil {
		return err
	}
	copy(destination, o.room.raw)
	return nil
}

// check is a step that returns nothing.
func (o *operation) check(err error) {
	if o.failure == nil {
		o.failure = err
	}
}

// of is a step that returns an amount.
func (o *operation) of(z uint256.Int, err error) uint256.Int {
	o.check(err)
	return z
}

// withFee is a step that returns an amount, and the fee that is part of it.
func (o *operation) withFee(z, fee uint256.Int, err error) (uint256.Int, uint256.Int) {
	o.check(err)
	return z, fee
}

// weightsNow returns the weights of all tokens. It fails when they are unreadable.
func (o *operation) weightsNow() []uint256.Int {
	o.check(o.unreadable)
	return o.weights
}

// readLive returns the live balances of all tokens.
func (o *operation) readLive(round rounding) []uint256.Int {
	for i := range o.tokens {
		o.readLiveOf(i, round)
	}
	return o.room.live
}

// readLiveOf returns the live balance of one token, which is then in its place
// among those of all.
func (o *operation) readLiveOf(token int, round rounding) uint256.Int {
	o.room.live[token] = o.of(round(&o.tokens[token], o.draft.balances[token]))
	return o.room.live[token]
}

// receive adds a raw amount to a balance.
func (o *operation) receive(token int, amount uint256.Int) {
	balance := &o.draft.balances[token]
	*balance = o.of(fixedpoint.Add(*balance, amount))
	o.fit(token)
}

// fit fails when a balance needs more bits than the vault stores it in.
func (o *operation) fit(token int) {
	if o.draft.balances[token].BitLen() > balanceBits[o.rules] {
		o.check(revert.ErrBalanceOverflow)
	}
}

var balanceBits = [...]int{V2: 112, V3: 128}

// send takes a raw amount from a balance.
func (o *operation) send(token int, amount uint256.Int) {
	balance := &o.draft.balances[token]
	*balance = o.of(fixedpoint.Sub(*balance, amount))
}

// setAside takes v3's protocol share of a fee, an 18-decimal amount of the token,
// from the balance: both the raw fee and the share of it rounded down.
func (o *operation) setAside(token int, fee uint256.Int) {
	if o.rules == V2 {
		return
	}
	t := &o.tokens[token]
	share := o.of(scaling.ToRawDown(fee, t.factor, t.rate))
	share = o.of(fixedpoint.MulDown(share, o.protocolFee))
	o.send(token, share)
	o.draft.setAside[token] = o.of(fixedpoint.Add(o.draft.setAside[token], share))
}

// mint adds BPT to the supply.
func (o *operation) mint(bpt uint256.Int) {
	o.draft.supply = o.of(fixedpoint.Add(o.draft.supply, bpt))
}

// burn takes BPT from the supply. It fails when what is locked would go.
func (o *operation) burn(bpt uint256.Int) {
	var free uint256.Int
	free.Sub(&o.draft.supply, &locked) // no supply is between 0 and what is locked
	if bpt.Gt(&free) {
		o.check(revert.ErrLockedSupply)
	}
	o.draft.supply.Sub(&o.draft.supply, &bpt)
}

// reachMinimums fails at the first token whose live balance is below v3's minimum.
func (o *operation) reachMinimums() {
	if o.rules == V2 {
		return
	}
	for i, live := range o.readLive(o.scale.live) {
		if live.Lt(&o.minimums[i]) && o.failure == nil {
			o.failure = revert.TokenBalanceBelowMin(i, live, o.minimums[i])
		}
	}
}
