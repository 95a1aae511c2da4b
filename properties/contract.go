package properties

import (
	"fmt"
	"math/big"
)

// A contract states an answer by the roundings between its inputs and it: each is the floor or the ceiling of the exact quotient of what went into it,
// on the side that the formula says: the pool's, but where a finding says otherwise. Powers and invariants, which have claims of their own, are the subject's. So a rounding on the wrong side is seen at
// 10⁻¹⁸, where a comparison with T leaves it in the shadow of powUp's and powDown's allowance.
//
// A quotient has no value where its divisor is 0, or its product no word of 256 bits; a difference below 0 has none; and what the subject's own
// operation refuses has none. Then failed is set, whatever follows, and the answer must be a failure.
type contract struct {
	s      *Subject
	failed bool
}

// quotient returns a·b/c, rounded up or down.
func (k *contract) quotient(a, b, c *big.Int, up bool) *big.Int {
	product := new(big.Int).Mul(a, b)
	switch {
	case k.failed || c.Sign() == 0 || product.BitLen() > 256:
		k.failed = true
		return new(big.Int)
	case up:
		return ceilQuo(product, c)
	}
	return product.Quo(product, c)
}

// down and up are quotients of plain integers, mulDown to divUp those of fixed-point numbers.
func (k *contract) down(a, b, c *big.Int) *big.Int   { return k.quotient(a, b, c, false) }
func (k *contract) up(a, b, c *big.Int) *big.Int     { return k.quotient(a, b, c, true) }
func (k *contract) mulDown(a, b *big.Int) *big.Int   { return k.down(a, b, fixedOne) }
func (k *contract) mulUp(a, b *big.Int) *big.Int     { return k.up(a, b, fixedOne) }
func (k *contract) divDown(a, b *big.Int) *big.Int   { return k.down(a, fixedOne, b) }
func (k *contract) divUp(a, b *big.Int) *big.Int     { return k.up(a, fixedOne, b) }
func (k *contract) plus(a, b *big.Int) *big.Int      { return k.whole(new(big.Int).Add(a, b)) }
func (k *contract) minus(a, b *big.Int) *big.Int     { return k.whole(new(big.Int).Sub(a, b)) }
func (k *contract) toGive(a, rate *big.Int) *big.Int { return k.divUp(a, restOf(rate)) } // so that a is left after the rate is taken of it

// whole returns n where it is a word.
func (k *contract) whole(n *big.Int) *big.Int {
	if k.failed || n.Sign() < 0 || n.BitLen() > 256 {
		k.failed = true
		return new(big.Int)
	}
	return n
}

// restOf returns what x leaves of 1, nothing from 1 on.
func restOf(x *big.Int) *big.Int {
	if x.Cmp(fixedOne) >= 0 {
		return new(big.Int)
	}
	return new(big.Int).Sub(fixedOne, x)
}

// beyondOne returns what x is more than 1, nothing up to 1.
func beyondOne(x *big.Int) *big.Int {
	if x.Cmp(fixedOne) <= 0 {
		return new(big.Int)
	}
	return new(big.Int).Sub(x, fixedOne)
}

// power returns the subject's own power, powUp's or powDown's.
func (k *contract) power(pow rounding, x, y *big.Int) *big.Int {
	if k.failed {
		return new(big.Int)
	}
	return k.own(pow(word(x), word(y)))
}

// invariant returns the subject's own invariant, the lower or the upper.
func (k *contract) invariant(of func(weights, balances []num) (num, error), weights []num, balances []*big.Int) *big.Int {
	if k.failed {
		return new(big.Int)
	}
	return k.own(of(append([]num(nil), weights...), wordsOf(balances)))
}

// own returns what an operation of the subject's answered.
func (k *contract) own(z num, err error) *big.Int {
	if err != nil {
		k.failed = true
		return new(big.Int)
	}
	return z.ToBig()
}

// judge judges that an operation answered what the contract says, and failed where it has no answer.
func (k *contract) judge(part string, got []num, err error, want ...*big.Int) Verdict {
	switch {
	case k.failed && err != nil:
		return Verdict{Outcome: Holds, Failure: failureLabel(err)}
	case k.failed:
		return violated(part, describeList(got), "a failure: a part of it has no value")
	case err != nil:
		return violated(part, failureLabel(err), fmt.Sprint(want))
	case len(got) != len(want):
		return violated(part, describeList(got), fmt.Sprint(want))
	}
	for i := range got {
		if v := equalTo(part, got[i], nil, want[i]); v.Outcome != Holds {
			return v
		}
	}
	return holds()
}
