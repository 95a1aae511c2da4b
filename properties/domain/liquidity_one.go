package domain

import (
	"slices"

	"github.com/holiman/uint256"
)

var (
	joinOneClasses = liquidityOneClasses(false)
	exitOneClasses = liquidityOneClasses(true)
)

// liquidityOneClasses lists the classes of joins, or exits, of one token.
func liquidityOneClasses(exit bool) []class {
	move := func(weights func(Source) []uint256.Int, balance func(Source) uint256.Int, amount func(Source, uint256.Int) uint256.Int) func(Source) Case {
		return func(s Source) Case { return liquidityOneOf(s, exit, weights(s), balance, amount) }
	}
	edited := func(edit func(Source, *LiquidityOne)) func(Source) Case {
		return func(s Source) Case {
			c := liquidityOneOf(s, exit, anyPool(s), typicalBalance, partOf)
			edit(s, c)
			return c
		}
	}
	return []class{
		{"typical", move(anyPool, typicalBalance, partOf)},
		{"1-wei", move(anyPool, weiBalance, upToAll)},
		{"dust", move(anyPool, dustBalance, partOf)},
		{"large", move(anyPool, largeBalance, partOf)},
		{"near-one", func(s Source) Case {
			c := liquidityOneOf(s, exit, anyPool(s), anyBalance, tiny)
			c.Bpt = tiny(s, c.Supply)
			return c
		}},
		{"unbalanced", edited(func(s Source, c *LiquidityOne) {
			b := c.Balance()
			c.Amount = between(s, mulDiv(b, u(8), u(10)), b)
		})},
		{"limit", edited(ratioLimitOne)},
		{"nothing", edited(func(s Source, c *LiquidityOne) { c.Amount, c.Bpt = u(0), u(0) })},
		{"edge-weights", move(edgeWeights, anyBalance, partOf)},
		{"shapes", move(anyShape, typicalBalance, partOf)},
		{"many", move(manyReserves, typicalBalance, partOf)},
		{"tie", func(s Source) Case { return tiedOne(s, exit) }},
		{"no-fee", edited(func(s Source, c *LiquidityOne) { c.Fee = u(0) })},
		{"zero", edited(zeroOne)},
		{"lists", edited(func(s Source, c *LiquidityOne) {
			if s.Choose(2) == 0 {
				c.Index = uint8(len(c.Weights) + s.Choose(3))
			} else {
				relist(s, &c.Weights, &c.Balances)
			}
		})},
		{"outside", edited(outsideOne)},
	}
}

func liquidityOneOf(s Source, exit bool, weights []uint256.Int, balance func(Source) uint256.Int, amount func(Source, uint256.Int) uint256.Int) *LiquidityOne {
	c := &LiquidityOne{Exit: exit, Weights: weights, Index: uint8(s.Choose(len(weights))), Fee: fee(s)}
	c.Balances = make([]uint256.Int, len(weights))
	for i := range weights {
		c.Balances[i] = balance(s)
	}
	b := c.Balance()
	if c.Amount = amount(s, b); exit && c.Amount.Gt(&b) {
		c.Amount = b
	}
	c.Supply = supplyOf(s, weights, c.Balances)
	c.Bpt = partOf(s, c.bptLimit())
	return c
}

// bptLimit returns the most BPT that one step mints or burns: twice the supply, or ⌊0.3·supply⌋.
func (c *LiquidityOne) bptLimit() uint256.Int {
	if c.Exit {
		return mulDiv(c.Supply, maxInOutRatio, u(One))
	}
	return mulDiv(c.Supply, u(2), u(1))
}

// ratioLimitOne makes BPT at the limit of the ratio, or a wei beside it; and an amount near where the value changes by it,
// for a weight of 1/k: (1 − amount/b) = 0.7ᵏ, or (1 + amount/b) = 3ᵏ.
func ratioLimitOne(s Source, c *LiquidityOne) {
	c.Bpt = around(s, c.bptLimit(), 1)
	k := 2 + s.Choose(3)
	for i := range c.Weights { // the token's weight is 1/k, another has what is left
		c.Weights[i] = u(0)
	}
	c.Weights = c.Weights[:2]
	c.Balances, c.Index = c.Balances[:2], c.Index%2
	c.Weights[c.Index] = u(One / uint64(k))
	c.Weights[1-c.Index] = u(One - One/uint64(k))
	b := c.Balance()
	rest := b
	for range k {
		rest = mulDiv(rest, u(7), u(10))
		if !c.Exit {
			rest = mulDiv(rest, u(30), u(7))
		}
	}
	if c.Exit {
		c.Amount.Sub(&b, &rest)
	} else {
		c.Amount.Sub(&rest, &b)
	}
	if off := logUniform(s, max(1, b.BitLen()-2)); s.Choose(2) == 0 {
		c.Amount.Add(&c.Amount, &off)
	} else if off.Lt(&c.Amount) {
		c.Amount.Sub(&c.Amount, &off)
	}
}

// tiedOne draws a token of weight 1/k whose balance moves between pᵏ·unit and qᵏ·unit while the supply moves between p·m and
// q·m: without a fee, both ways are whole numbers.
func tiedOne(s Source, exit bool) Case {
	k := oneOf(s, []int{2, 2, 4, 5})
	p := uint64(2 + s.Choose(1000))
	q := p + 1 + uint64(s.Choose(int(p)))
	unit, m := logUniform(s, 40), logUniform(s, 60)
	small, large := powOf(p, k), powOf(q, k)
	small, large = mulDiv(small, unit, u(1)), mulDiv(large, unit, u(1))
	c := liquidityOneOf(s, exit, []uint256.Int{u(One / uint64(k)), u(One - One/uint64(k))}, typicalBalance, partOf)
	c.Index, c.Fee = 0, u(0)
	c.Balances[0], c.Supply = small, mulDiv(m, u(p), u(1))
	if exit {
		c.Balances[0], c.Supply = large, mulDiv(m, u(q), u(1))
	}
	c.Amount.Sub(&large, &small)
	c.Bpt = mulDiv(m, u(q-p), u(1))
	if s.Choose(4) == 0 {
		c.Fee = fee(s)
	}
	if s.Choose(2) == 0 { // the token's place is no matter
		slices.Reverse(c.Weights)
		slices.Reverse(c.Balances)
		c.Index = 1
	}
	return c
}

func zeroOne(s Source, c *LiquidityOne) {
	i := c.Index
	switch s.Choose(9) {
	case 0:
		c.Supply = u(0)
	case 1:
		c.Supply, c.Bpt = u(0), u(0)
	case 2:
		c.Weights[i] = u(0)
	case 3:
		c.Weights[i], c.Bpt = u(0), u(0)
	case 4:
		c.Balances[i] = u(0)
	case 5: // the last wei of a balance goes for the fee
		c.Weights, c.Balances, c.Index = []uint256.Int{minWeight, minus(u(One), One/100)}, []uint256.Int{plus(dustBalance(s), 1), typicalBalance(s)}, 0
		c.Amount, c.Fee = minus(c.Balances[0], 2), u(uint64(1+s.Choose(1_000_000)))
	case 6: // a value that underflows once v3 counts a wei less of each balance
		for j := range c.Balances {
			c.Balances[j] = u(uint64(1 + s.Choose(2)))
		}
		c.Amount = u(0)
	default:
		c.Balances[i], c.Amount = u(0), u(0)
	}
}

// outsideOne makes a question that no pool asks: sums and products that are no word, weights and fees beyond their limits, powers
// outside pow's domain.
func outsideOne(s Source, c *LiquidityOne) {
	if s.Choose(2) == 0 {
		overflowingOne(s, c)
		return
	}
	i := c.Index
	switch s.Choose(10) {
	case 0, 9:
		c.Fee = aboveFee(s)
	case 1, 2:
		c.Weights[i] = ofLength(s, oneOf(s, []int{188, 188, 189, 190, 192, 195, 256}))
		c.Amount = mulDiv(c.Balances[i], u(uint64(1+s.Choose(9))), u(10))
	case 3, 4:
		c.Weights[i] = oneOf(s, []uint256.Int{u(One - 1), u(One), u(One), u(One), u(One + 1), u(2 * One)})
	case 5: // an exponent beyond what a power of the ratio takes
		c.Weights[i] = logUniform(s, 53)
		c.Bpt = around(s, c.bptLimit(), 1)
	case 6: // a base beyond what pow takes
		c.Balances[i], c.Weights[i], c.Fee = u(1), u(1), u(0)
		c.Amount = between(s, mulDiv(pow2(255), u(1), u(One)), mulDiv(maxUint, u(1), u(One)))
	default: // and a product
		c.Weights[i] = oneOf(s, []uint256.Int{u(uint64(5+s.Choose(10)) * One), minus(u(One), One/200)})
		if c.Exit {
			nearlyAll(s, &c.Balances[i], &c.Amount, &c.Fee)
			break
		}
		c.Balances[i], c.Amount = dustBalance(s), largeBalance(s)
	}
}

// overflowingOne makes a question whose sums and products are no word, or nearly.
func overflowingOne(s Source, c *LiquidityOne) {
	i := c.Index
	switch s.Choose(7) {
	case 0:
		c.Supply = tooLargeForONE(s)
		c.Bpt = partOf(s, c.bptLimit())
	case 1:
		c.Supply = ofLength(s, 197+s.Choose(60))
		c.Bpt = mulDiv(c.bptLimit(), u(uint64(1+s.Choose(10))), u(10))
	case 2:
		c.Balances[i] = tooLargeForONE(s)
		c.Amount = oneOf(s, []uint256.Int{u(0), mulDiv(c.Balances[i], u(1), u(2)), minus(c.Balances[i], 1)})
	case 3:
		c.Balances[i] = ofLength(s, 256)
	case 4:
		c.Amount = around(s, maxUint, 1)
		if c.Exit {
			c.Amount = plus(c.Balances[i], 1)
		}
	case 5:
		c.Bpt = around(s, maxUint, 1)
		if c.Exit {
			c.Bpt = oneOf(s, []uint256.Int{plus(c.Supply, 1), tooLargeForONE(s), tooLargeForONE(s)})
		}
	default: // what is taken and its fee are together no word
		c.Weights[i] = u(4 * One / 10)
		if c.Exit {
			brimming(s, &c.Balances[i], &c.Amount, &c.Fee)
		}
	}
}
