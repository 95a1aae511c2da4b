package domain

import "github.com/holiman/uint256"

// A Swap asks for the price of one trade between two tokens of a pool. Balances
// and amounts are 18-decimal token amounts in wei, weights and fee 18-decimal fixed point.
type Swap struct {
	named
	GivenOut bool // Amount is what the trader takes; otherwise what the trader gives

	BalanceIn, WeightIn   uint256.Int
	BalanceOut, WeightOut uint256.Int
	Amount                uint256.Int
	Fee                   uint256.Int

	// Piece is a part of Amount, at most the whole: the first trade when Amount
	// is cut in two, and the smaller trade when two sizes are compared.
	Piece uint256.Int

	// Decimals of the two tokens, 0…18, for claims about the tokens' own units.
	DecimalsIn, DecimalsOut uint8
}

// Kind implements Case.
func (c *Swap) Kind() Kind {
	if c.GivenOut {
		return KindSwapOut
	}
	return KindSwapIn
}

// PoolValid implements Case: both weights at least 1 % and together at most
// ONE, with room for the other tokens' minimum or for none; balances from 1 wei
// to 2¹¹²−1; a fee up to 95 % (0 stands for the math called below the fee).
func (c *Swap) PoolValid() bool {
	if !normalizedWeight(c.WeightIn) || !normalizedWeight(c.WeightOut) {
		return false
	}
	others := u(One)
	var sum uint256.Int
	sum.Add(&c.WeightIn, &c.WeightOut)
	if sum.Gt(&others) {
		return false
	}
	others.Sub(&others, &sum)
	return (others.IsZero() || !others.Lt(&minWeight)) &&
		poolBalance(c.BalanceIn) && poolBalance(c.BalanceOut) && !c.Fee.Gt(&maxFee)
}

func (c *Swap) fields() []field {
	return []field{
		{name: "balanceIn", unit: wei, num: &c.BalanceIn},
		{name: "weightIn", unit: fixed, num: &c.WeightIn},
		{name: "balanceOut", unit: wei, num: &c.BalanceOut},
		{name: "weightOut", unit: fixed, num: &c.WeightOut},
		{name: "amount", unit: wei, num: &c.Amount},
		{name: "fee", unit: fixed, num: &c.Fee},
		{name: "piece", unit: wei, num: &c.Piece},
		{name: "decimalsIn", small: &c.DecimalsIn, max: 18},
		{name: "decimalsOut", small: &c.DecimalsOut, max: 18},
	}
}

func (c *Swap) empty() Case { return &Swap{GivenOut: c.GivenOut} }

// Traded returns the balance that bounds Amount: the one it is a part of.
func (c *Swap) Traded() uint256.Int {
	if c.GivenOut {
		return c.BalanceOut
	}
	return c.BalanceIn
}

var (
	swapInClasses  = swapClasses(false)
	swapOutClasses = swapClasses(true)
)

// swapClasses lists the classes of swaps of one kind. Amounts follow the balance
// that limits them, so that most trades are within the 30 % limit.
func swapClasses(givenOut bool) []class {
	trade := func(balance func(Source) uint256.Int, weights func(Source) []uint256.Int, amount func(Source, uint256.Int) uint256.Int) func(Source) Case {
		return func(s Source) Case {
			c := &Swap{GivenOut: givenOut}
			c.BalanceIn, c.BalanceOut = balance(s), balance(s)
			w := weights(s)
			c.WeightIn, c.WeightOut = w[0], w[1]
			c.Amount = amount(s, c.Traded())
			finish(s, c)
			return c
		}
	}
	shape := func(name string) func(Source) Case {
		return trade(typicalBalance, func(s Source) []uint256.Int { return rotated(s, name) }, fraction)
	}
	return []class{
		{"typical", trade(typicalBalance, anyPool, fraction)},
		{"1-wei", trade(weiBalance, anyPool, upToAll)},
		{"dust", trade(dustBalance, anyPool, fraction)},
		{"near-one", trade(typicalBalance, anyPool, tiny)},
		{"limit", trade(anyBalance, anyPool, atLimit)},
		{"large", trade(largeBalance, anyPool, fraction)},
		{"edge-weights", trade(anyBalance, edgeWeights, fraction)},
		{"50/50", shape("50/50")},
		{"80/20", shape("80/20")},
		{"33/33/34", shape("33/33/34")},
		{"8-tokens", shape("8-tokens")},
		{"tie", func(s Source) Case { return tiedSwap(s, givenOut) }},
		{"boundary", trade(positiveBoundary, anyPool, fraction)},
		{"any-weights", trade(anyBalance, twoOf(anyWeight), fraction)},
		{"wide", trade(wideBalance, anyPool, fraction)},
		{"zero", func(s Source) Case { return zeroSwap(s, givenOut) }},
		{"outside", func(s Source) Case { return outsideSwap(s, givenOut) }},
	}
}

// finish draws what every class draws alike: fee, piece and decimals.
func finish(s Source, c *Swap) {
	c.Fee = fee(s)
	switch {
	case c.Amount.IsZero():
	case s.Choose(4) == 0:
		c.Piece = u(1)
	case s.Choose(4) == 0:
		c.Piece = minus(c.Amount, 1)
	default:
		c.Piece = below(s, c.Amount)
	}
	decimals := []uint8{18, 18, 6, 8, 0, 2, 17}
	c.DecimalsIn, c.DecimalsOut = oneOf(s, decimals), oneOf(s, decimals)
}

func anyPool(s Source) []uint256.Int { return simplex(s, poolTokens(s)) }

func twoOf(weight func(Source) uint256.Int) func(Source) []uint256.Int {
	return func(s Source) []uint256.Int { return []uint256.Int{weight(s), weight(s)} }
}

// anyBalance draws from every size a pool can hold.
func anyBalance(s Source) uint256.Int {
	return oneOf(s, []func(Source) uint256.Int{weiBalance, dustBalance, typicalBalance, typicalBalance, largeBalance})(s)
}

func positiveBoundary(s Source) uint256.Int {
	b := atBoundary(s)
	if b.IsZero() {
		return u(1)
	}
	return b
}

// limitOf returns ⌊0.3·balance⌋, the most that one trade may move.
func limitOf(balance uint256.Int) uint256.Int { return mulDiv(balance, maxInOutRatio, u(One)) }

// fraction draws an amount within the limit: of any bit length, or evenly.
func fraction(s Source, balance uint256.Int) uint256.Int {
	limit := limitOf(balance)
	if limit.IsZero() || s.Choose(2) == 0 {
		return below(s, limit)
	}
	a := logUniform(s, limit.BitLen())
	if a.Gt(&limit) {
		return limit
	}
	return a
}

// tiny draws a few wei, so that the base of the power is as near one as it gets.
func tiny(s Source, _ uint256.Int) uint256.Int { return u(uint64(1 + s.Choose(1000))) }

// upToAll draws anything from nothing to the whole balance.
func upToAll(s Source, balance uint256.Int) uint256.Int { return below(s, balance) }

// atLimit draws the largest accepted amount, the one below, or the one above.
func atLimit(s Source, balance uint256.Int) uint256.Int { return around(s, limitOf(balance), 1) }

// tiedSwap draws a swap whose exact answer is a whole number of wei. The traded
// balance moves between pᵏ·u and qᵏ·u under the exponent 1/k, or between p·u and
// q·u under the exponent k; the power is then p/q or (p/q)ᵏ exactly, and the
// other balance is a multiple of what it is divided by. With q = p+1 and p ≥ 4k
// the trade is within the 30 % limit: (1 + 1/p)ᵏ ≤ e^¼ < 1.3.
func tiedSwap(s Source, givenOut bool) Case {
	k := oneOf(s, []uint64{1, 1, 2, 3, 4})
	p := u(4*k + uint64(s.Choose(1000)))
	q := plus(p, 1)
	pk, qk := p, q
	for range k - 1 {
		pk.Mul(&pk, &p)
		qk.Mul(&qk, &q)
	}
	tradedWeight, otherWeight := u(One/10), u(k*(One/10)) // exponent 1/k
	small, large, num, den := pk, qk, p, q
	if s.Choose(2) == 0 {
		tradedWeight, otherWeight = otherWeight, tradedWeight // exponent k
		small, large, num, den = p, q, pk, qk
	}
	unit, other := logUniform(s, 50), logUniform(s, 50)
	small.Mul(&small, &unit)
	large.Mul(&large, &unit)

	c := &Swap{GivenOut: givenOut}
	if givenOut {
		c.BalanceOut, c.WeightOut, c.WeightIn = large, tradedWeight, otherWeight
		c.BalanceIn.Mul(&num, &other)
	} else {
		c.BalanceIn, c.WeightIn, c.WeightOut = small, tradedWeight, otherWeight
		c.BalanceOut.Mul(&den, &other)
	}
	c.Amount.Sub(&large, &small)
	finish(s, c)
	return c
}

// zeroSwap draws a swap in which something is zero: a balance, an amount, a weight or several.
func zeroSwap(s Source, givenOut bool) Case {
	c := &Swap{GivenOut: givenOut, BalanceIn: anyBalance(s), BalanceOut: anyBalance(s)}
	w := anyPool(s)
	c.WeightIn, c.WeightOut = w[0], w[1]
	c.Amount = fraction(s, c.Traded())
	switch s.Choose(8) {
	case 0:
		c.BalanceIn = u(0)
	case 1:
		c.BalanceOut = u(0)
	case 2:
		c.WeightIn = u(0)
	case 3:
		c.WeightOut = u(0)
	case 4:
		c.BalanceIn, c.Amount = u(0), u(0)
	default:
		c.Amount = u(0)
	}
	finish(s, c)
	return c
}

// outsideSwap draws a swap that no pool can have: a quotient of weights beyond what pow takes or
// beyond a word, a balance within its limit but too large to divide, or a fee of everything and more.
func outsideSwap(s Source, givenOut bool) Case {
	c := &Swap{GivenOut: givenOut, BalanceIn: typicalBalance(s), BalanceOut: typicalBalance(s)}
	w := anyPool(s)
	c.WeightIn, c.WeightOut = w[0], w[1]
	choice := s.Choose(3)
	switch choice {
	case 0: // 2¹⁸⁰…2²⁰⁹ over at most 2⁶⁰; times ONE, a word ends at 2¹⁹⁶
		c.WeightIn, c.WeightOut = ofLength(s, 180+s.Choose(30)), oneOf(s, []uint256.Int{u(0), logUniform(s, 60)})
		if givenOut {
			c.WeightIn, c.WeightOut = c.WeightOut, c.WeightIn
		}
	case 1: // times ONE it is no word, times 0.3·ONE it is
		least, most := mulDiv(maxUint, u(1), u(One)), mulDiv(maxUint, u(1), maxInOutRatio)
		c.BalanceIn = between(s, least, most)
		if givenOut {
			c.BalanceIn, c.BalanceOut = c.BalanceOut, c.BalanceIn
		}
	}
	c.Amount = fraction(s, c.Traded())
	finish(s, c)
	if choice == 2 {
		c.Fee = oneOf(s, []uint256.Int{u(One - 1), u(One), u(One + 1), plus(logUniform(s, 255), One)})
	}
	return c
}
