package domain

import (
	"slices"

	"github.com/holiman/uint256"
)

// An Invariant asks for the value Π Bᵢ^Wᵢ of a pool's balances. Balances are
// 18-decimal token amounts in wei, weights 18-decimal fixed point.
type Invariant struct {
	named
	Balances, Weights []uint256.Int

	Token  uint8       // the token that a claim singles out; taken modulo the number of tokens
	Growth uint256.Int // wei added to that token's balance, where a claim compares two states
	Factor uint256.Int // whole number that all balances are multiplied by, where a claim scales a state
}

// Kind implements Case.
func (c *Invariant) Kind() Kind { return KindInvariant }

// PoolValid implements Case: as many balances as weights, weights of a real pool, balances from 1 wei to 2¹¹²−1.
func (c *Invariant) PoolValid() bool {
	return len(c.Balances) == len(c.Weights) && poolWeights(c.Weights) &&
		!slices.ContainsFunc(c.Balances, func(b uint256.Int) bool { return !poolBalance(b) })
}

func (c *Invariant) fields() []field {
	return []field{
		{name: "balances", unit: wei, list: &c.Balances},
		{name: "weights", unit: fixed, list: &c.Weights},
		{name: "token", small: &c.Token, max: 99},
		{name: "growth", unit: wei, num: &c.Growth},
		{name: "factor", unit: integer, num: &c.Factor},
	}
}

func (c *Invariant) empty() Case { return new(Invariant) }

var invariantClasses = []class{
	{"typical", state(anyPool, typicalBalance)},
	{"1-wei", state(anyPool, weiBalance)},
	{"dust", state(anyPool, dustBalance)},
	{"mixed", state(anyPool, anyBalance)},
	{"large", state(anyPool, largeBalance)},
	{"near-one", state(anyPool, nearOne)},
	{"edge-weights", state(edgeWeights, anyBalance)},
	{"50/50", state(rotatedShape("50/50"), anyBalance)},
	{"80/20", state(rotatedShape("80/20"), anyBalance)},
	{"33/33/34", state(rotatedShape("33/33/34"), anyBalance)},
	{"8-tokens", state(rotatedShape("8-tokens"), anyBalance)},
	{"tie", state(rotatedShape("50/50"), squareBalance)},
	{"boundary", state(anyPool, func(s Source) uint256.Int { return below255(positiveBoundary(s)) })},
	{"wide", state(anyPool, func(s Source) uint256.Int { return logUniform(s, 255) })},
	{"any-weights", state(func(s Source) []uint256.Int { return fewOf(s, func(s Source) uint256.Int { return logUniform(s, 59) }) }, anyBalance)},
	{"many", state(manyWeights, typicalBalance)},
	{"zero", zeroBalances},
	{"short", func(s Source) Case {
		c := state(anyPool, anyBalance)(s).(*Invariant)
		c.Balances = c.Balances[:s.Choose(len(c.Balances))]
		return c
	}},
	{"outside", outsideInvariant},
}

// outsideInvariant draws a state that no pool can have: a balance or a weight beyond what pow takes, a
// power beyond its largest, or a zero balance under a weight that is taken exactly.
func outsideInvariant(s Source) Case {
	c := state(anyPool, typicalBalance)(s).(*Invariant)
	i := s.Choose(len(c.Weights))
	switch s.Choose(4) {
	case 0:
		c.Balances[i] = ofLength(s, 256)
	case 1:
		c.Weights[i] = ofLength(s, 188+s.Choose(69)) // 2²⁵⁴/10²⁰ has 188 bits
	case 2:
		c.Balances[i], c.Weights[i] = largeBalance(s), u(uint64(5+s.Choose(10))*One)
	default:
		c.Balances[i], c.Weights[i] = u(0), u(oneOf(s, []uint64{1, 2, 4})*One)
	}
	return c
}

// state draws weights, a balance for each, and what claims compare the state with.
func state(weights func(Source) []uint256.Int, balance func(Source) uint256.Int) func(Source) Case {
	return func(s Source) Case {
		c := &Invariant{Weights: weights(s)}
		c.Balances = make([]uint256.Int, len(c.Weights))
		for i := range c.Balances {
			c.Balances[i] = balance(s)
		}
		c.Token = uint8(s.Choose(len(c.Weights)))
		c.Growth = oneOf(s, []uint256.Int{u(1), u(1), logUniform(s, 60)})
		c.Factor = oneOf(s, []uint256.Int{u(1), u(2), u(3), logUniform(s, 20)})
		return c
	}
}

func rotatedShape(name string) func(Source) []uint256.Int {
	return func(s Source) []uint256.Int { return rotated(s, name) }
}

func below255(b uint256.Int) uint256.Int {
	if b.BitLen() > 255 {
		return minus(pow2(255), 1)
	}
	return b
}

// squareBalance draws a square, so that a 50/50 pool's value is a whole number of wei.
func squareBalance(s Source) uint256.Int {
	r := logUniform(s, 56)
	r.Mul(&r, &r)
	return r
}

func fewOf(s Source, draw func(Source) uint256.Int) []uint256.Int {
	list := make([]uint256.Int, 1+s.Choose(4))
	for i := range list {
		list[i] = draw(s)
	}
	return list
}

// manyWeights draws more tokens than a weighted pool holds, up to v2's library
// constant of 100, with weights that sum to ONE; at 100 only equal ones can.
func manyWeights(s Source) []uint256.Int { return simplex(s, oneOf(s, []int{9, 20, 50, 100})) }

// zeroBalances draws a state with at least one balance of zero, or one so small
// under so large a weight that its power underflows.
func zeroBalances(s Source) Case {
	c := state(anyPool, anyBalance)(s).(*Invariant)
	i := s.Choose(len(c.Balances))
	c.Balances[i] = u(0)
	if s.Choose(4) == 0 {
		c.Balances[s.Choose(len(c.Balances))] = u(0)
	}
	if s.Choose(2) == 0 {
		for i := range c.Balances {
			c.Balances[i] = u(1)
		}
	}
	return c
}

// A Ratio asks for the balance that makes a pool's invariant grow by a ratio:
// balance in wei, weight and ratio 18-decimal fixed point.
type Ratio struct {
	named
	Balance, Weight, Ratio uint256.Int
}

// Kind implements Case.
func (c *Ratio) Kind() Kind { return KindRatio }

// PoolValid implements Case: a balance and weight of a real pool and an invariant ratio of 0.7 to 3.
func (c *Ratio) PoolValid() bool {
	return poolBalance(c.Balance) && normalizedWeight(c.Weight) && !c.Ratio.Lt(&minRatio) && !c.Ratio.Gt(&maxRatio)
}

func (c *Ratio) fields() []field {
	return []field{
		{name: "balance", unit: wei, num: &c.Balance},
		{name: "weight", unit: fixed, num: &c.Weight},
		{name: "ratio", unit: fixed, num: &c.Ratio},
	}
}

func (c *Ratio) empty() Case { return new(Ratio) }

var ratioClasses = []class{
	{"typical", ratioOf(typicalBalance, poolWeight, growth)},
	{"1-wei", ratioOf(weiBalance, poolWeight, growth)},
	{"dust", ratioOf(dustBalance, poolWeight, growth)},
	{"large", ratioOf(largeBalance, poolWeight, growth)},
	{"near-one", ratioOf(typicalBalance, poolWeight, nearOne)},
	{"limit", ratioOf(anyBalance, poolWeight, func(s Source) uint256.Int {
		return around(s, oneOf(s, []uint256.Int{minRatio, maxRatio, u(One)}), 1)
	})},
	{"edge-weights", ratioOf(anyBalance, func(s Source) uint256.Int { return edgeWeights(s)[0] }, growth)},
	{"tie", ratioOf(anyBalance, func(s Source) uint256.Int {
		return oneOf(s, []uint256.Int{u(One), u(One / 2), u(One / 4), u(One / 5)})
	}, func(s Source) uint256.Int { return u(One / 10 * uint64(7+s.Choose(12))) })},
	{"any-weights", ratioOf(anyBalance, anyWeight, growth)},
	{"boundary", ratioOf(positiveBoundary, poolWeight, atBoundary)},
	{"wide", ratioOf(wideBalance, poolWeight, func(s Source) uint256.Int { return logUniform(s, 70) })},
	{"zero", func(s Source) Case {
		c := ratioOf(anyBalance, poolWeight, growth)(s).(*Ratio)
		switch s.Choose(3) {
		case 0:
			c.Balance = u(0)
		case 1:
			c.Weight, c.Ratio = u(0), nearOne(s)
		default:
			c.Ratio = u(0)
		}
		return c
	}},
}

func growth(s Source) uint256.Int { return between(s, minRatio, maxRatio) }

func ratioOf(balance, weight, ratio func(Source) uint256.Int) func(Source) Case {
	return func(s Source) Case { return &Ratio{Balance: balance(s), Weight: weight(s), Ratio: ratio(s)} }
}
