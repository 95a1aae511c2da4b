package domain

import (
	"slices"

	"github.com/holiman/uint256"
)

// A Pool asks a v3 pool contract one of its three questions: a swap, its
// invariant, or the balance that makes the invariant grow by a ratio. Balances,
// minimum balances and amount are 18-decimal token amounts in wei, weights and ratio 18-decimal
// fixed point.
type Pool struct {
	named
	Weights, MinBalances, Balances []uint256.Int

	IndexIn, IndexOut uint8
	Amount            uint256.Int
	Ratio             uint256.Int
	GivenOut          bool
	RoundUp           bool
}

// Kind implements Case.
func (c *Pool) Kind() Kind { return KindPool }

// PoolValid implements Case: such a pool can be constructed and its balances are within limits.
func (c *Pool) PoolValid() bool {
	n := len(c.Weights)
	return poolWeights(c.Weights) && len(c.MinBalances) == n && len(c.Balances) == n &&
		int(c.IndexIn) < n && int(c.IndexOut) < n && c.IndexIn != c.IndexOut &&
		!slices.ContainsFunc(c.MinBalances, func(m uint256.Int) bool { return m.Lt(&minTokenBalance) }) &&
		!slices.ContainsFunc(c.Balances, func(b uint256.Int) bool { return !poolBalance(b) })
}

func (c *Pool) fields() []field {
	return []field{
		{name: "weights", unit: fixed, list: &c.Weights},
		{name: "minBalances", unit: wei, list: &c.MinBalances},
		{name: "balances", unit: wei, list: &c.Balances},
		{name: "indexIn", small: &c.IndexIn, max: 99},
		{name: "indexOut", small: &c.IndexOut, max: 99},
		{name: "amount", unit: wei, num: &c.Amount},
		{name: "ratio", unit: fixed, num: &c.Ratio},
		{name: "givenOut", flag: &c.GivenOut},
		{name: "roundUp", flag: &c.RoundUp},
	}
}

func (c *Pool) empty() Case { return new(Pool) }

var minTokenBalance = u(1_000_000)

var poolClasses = []class{
	{"typical", pool(anyPool, typicalBalance, fraction)},
	{"large", pool(anyPool, largeBalance, fraction)},
	{"limit", pool(anyPool, typicalBalance, atLimit)},
	{"near-one", pool(anyPool, typicalBalance, tiny)},
	{"edge-weights", pool(edgeWeights, typicalBalance, fraction)},
	{"50/50", pool(rotatedShape("50/50"), typicalBalance, fraction)},
	{"80/20", pool(rotatedShape("80/20"), typicalBalance, fraction)},
	{"33/33/34", pool(rotatedShape("33/33/34"), typicalBalance, fraction)},
	{"8-tokens", pool(rotatedShape("8-tokens"), typicalBalance, fraction)},
	{"minimum", edited(func(s Source, c *Pool) { // a balance at, just above or below its minimum
		i := s.Choose(len(c.Balances))
		c.Balances[i] = around(s, c.MinBalances[i], 2)
		c.Amount = oneOf(s, []uint256.Int{u(0), u(1), u(2), fraction(s, c.Balances[i])})
	})},
	{"to-minimum", edited(func(s Source, c *Pool) { // a trade that leaves a balance at its minimum
		out := c.Balances[c.IndexOut]
		c.GivenOut = true
		c.Amount = fraction(s, out)
		out.Sub(&out, &c.Amount)
		c.MinBalances[c.IndexOut] = around(s, out, 2)
	})},
	{"bad-weight", edited(func(s Source, c *Pool) {
		i := s.Choose(len(c.Weights))
		c.Weights[i] = minus(minWeight, 1+uint64(s.Choose(2)))
	})},
	{"bad-sum", edited(func(s Source, c *Pool) {
		i := s.Choose(len(c.Weights))
		c.Weights[i] = around(s, plus(c.Weights[i], 1), 1)
	})},
	{"bad-minimum", edited(func(s Source, c *Pool) {
		c.MinBalances[s.Choose(len(c.MinBalances))] = minus(minTokenBalance, uint64(s.Choose(3)))
	})},
	{"bad-index", edited(func(s Source, c *Pool) {
		n := len(c.Weights)
		c.IndexIn, c.IndexOut = uint8(s.Choose(n+2)), uint8(s.Choose(n+2))
	})},
	{"short", edited(func(s Source, c *Pool) { c.Balances = c.Balances[:s.Choose(len(c.Balances))] })},
	{"long", edited(func(s Source, c *Pool) { // lists longer than the pool has tokens
		c.Balances = append(c.Balances, oneOf(s, []uint256.Int{u(0), minTokenBalance, typicalBalance(s)}))
		if s.Choose(2) == 0 {
			c.MinBalances = append(c.MinBalances, minTokenBalance)
		}
		if s.Choose(2) == 0 {
			c.IndexOut = uint8(len(c.Weights))
		} else if s.Choose(2) == 0 {
			c.IndexIn = uint8(len(c.Weights))
		}
	})},
	{"dust", pool(anyPool, dustBalance, fraction)},
	{"overflow", pool(anyPool, func(s Source) uint256.Int { return ofLength(s, 190+s.Choose(67)) }, fraction)},
	{"wide", pool(anyPool, wideBalance, fraction)},
	{"outside", edited(outsidePool)},
}

// outsidePool makes of a pool one that no pool can be: weights whose sum, or a balance whose successor, is no
// word, balances too small or too large for what is computed of them, ratios beyond what pow takes.
func outsidePool(s Source, c *Pool) {
	if s.Choose(2) == 0 {
		c.Ratio = ofLength(s, oneOf(s, []int{65, 200, 255, 256, 256}))
	}
	switch s.Choose(5) {
	case 0:
		c.Weights[c.IndexIn], c.Weights[c.IndexOut] = ofLength(s, 256), ofLength(s, 256)
		if s.Choose(4) == 0 { // and a fault before or after the overflow
			c.Weights[s.Choose(len(c.Weights))] = minus(minWeight, 1)
		}
	case 1:
		c.Balances[c.IndexIn] = maxUint
	case 2: // times ONE it is no word, times 0.3·ONE it is
		least, most := mulDiv(maxUint, u(1), u(One)), mulDiv(maxUint, u(1), maxInOutRatio)
		c.Balances[c.IndexIn], c.Balances[c.IndexOut] = between(s, least, most), between(s, least, most)
	case 3:
		c.Balances[c.IndexOut], c.Amount, c.GivenOut = u(0), u(0), true
	default: // 0.99·ln 2²⁵⁵ passes 130
		c.Weights, c.MinBalances, c.Balances = c.Weights[:2], c.MinBalances[:2], c.Balances[:2]
		c.Weights[0], c.Weights[1] = minus(u(One), One/100), minWeight
		c.Balances[0] = ofLength(s, 250+s.Choose(7))
		c.IndexIn, c.IndexOut = c.IndexIn%2, 1-c.IndexIn%2
	}
	if s.Choose(8) == 0 { // a balance missing besides
		c.Balances = c.Balances[:len(c.Balances)-1]
	}
}

func pool(weights func(Source) []uint256.Int, balance func(Source) uint256.Int, amount func(Source, uint256.Int) uint256.Int) func(Source) Case {
	return func(s Source) Case {
		c := &Pool{Weights: weights(s), GivenOut: s.Choose(2) == 1, RoundUp: s.Choose(2) == 1}
		n := len(c.Weights)
		c.MinBalances, c.Balances = make([]uint256.Int, n), make([]uint256.Int, n)
		for i := range c.Balances {
			c.Balances[i] = balance(s)
			c.MinBalances[i] = oneOf(s, []uint256.Int{minTokenBalance, minTokenBalance, u(1e12)})
		}
		i := s.Choose(n)
		c.IndexIn, c.IndexOut = uint8(i), uint8((i+1+s.Choose(n-1))%n)
		traded := c.Balances[c.IndexIn]
		if c.GivenOut {
			traded = c.Balances[c.IndexOut]
		}
		c.Amount = amount(s, traded)
		c.Ratio = oneOf(s, []func(Source) uint256.Int{growth, growth, nearOne})(s)
		return c
	}
}

// edited draws a typical pool and changes one thing about it.
func edited(edit func(Source, *Pool)) func(Source) Case {
	return func(s Source) Case {
		c := pool(anyPool, typicalBalance, fraction)(s).(*Pool)
		edit(s, c)
		return c
	}
}
