package domain

import (
	"slices"

	"github.com/holiman/uint256"
)

var (
	joinClasses = liquidityClasses(false)
	exitClasses = liquidityClasses(true)
)

// liquidityClasses lists the classes of joins, or exits, of many tokens.
func liquidityClasses(exit bool) []class {
	move := func(weights func(Source) []uint256.Int, balance func(Source) uint256.Int, amount func(Source, uint256.Int) uint256.Int) func(Source) Case {
		return func(s Source) Case { return liquidityOf(s, exit, weights(s), balance, amount) }
	}
	edited := func(edit func(Source, *Liquidity)) func(Source) Case {
		return func(s Source) Case {
			c := liquidityOf(s, exit, anyPool(s), typicalBalance, partOrNone)
			edit(s, c)
			return c
		}
	}
	return []class{
		{"typical", move(anyPool, typicalBalance, partOrNone)},
		{"1-wei", move(anyPool, weiBalance, upToAll)},
		{"dust", move(anyPool, dustBalance, partOrNone)},
		{"large", move(anyPool, largeBalance, partOrNone)},
		{"near-one", move(anyPool, anyBalance, tinyOrNone)},
		{"proportional", edited(proportionalAmounts)},
		{"one-token", edited(func(s Source, c *Liquidity) {
			only := s.Choose(len(c.Amounts))
			for i := range c.Amounts {
				if i != only {
					c.Amounts[i] = u(0)
				}
			}
		})},
		{"unbalanced", edited(func(s Source, c *Liquidity) { // most of one token, little of the others
			much := s.Choose(len(c.Amounts))
			for i, b := range c.Balances {
				c.Amounts[i] = below(s, mulDiv(b, u(1), u(20)))
				if i == much {
					c.Amounts[i] = between(s, mulDiv(b, u(8), u(10)), b)
				}
			}
		})},
		{"limit", edited(ratioLimit)},
		{"nothing", edited(func(s Source, c *Liquidity) { clear(c.Amounts) })},
		{"edge-weights", move(edgeWeights, anyBalance, partOrNone)},
		{"shapes", move(anyShape, typicalBalance, partOrNone)},
		{"many", move(manyReserves, typicalBalance, partOrNone)},
		{"tie", func(s Source) Case { return tiedLiquidity(s, exit) }},
		{"no-fee", edited(func(s Source, c *Liquidity) { c.Fee = u(0) })},
		{"zero", edited(zeroLiquidity)},
		{"lists", edited(func(s Source, c *Liquidity) {
			relist(s, &c.Weights, &c.Balances, &c.Amounts)
		})},
		{"outside", edited(outsideLiquidity)},
	}
}

func liquidityOf(s Source, exit bool, weights []uint256.Int, balance func(Source) uint256.Int, amount func(Source, uint256.Int) uint256.Int) *Liquidity {
	c := &Liquidity{Exit: exit, Weights: weights, Fee: fee(s)}
	c.Balances, c.Amounts = make([]uint256.Int, len(weights)), make([]uint256.Int, len(weights))
	for i := range weights {
		c.Balances[i] = balance(s)
		c.Amounts[i] = amount(s, c.Balances[i])
		if exit && c.Amounts[i].Gt(&c.Balances[i]) {
			c.Amounts[i] = c.Balances[i]
		}
	}
	c.Supply = supplyOf(s, weights, c.Balances)
	return c
}

func anyShape(s Source) []uint256.Int {
	return rotated(s, oneOf(s, []string{"50/50", "80/20", "33/33/34", "8-tokens"}))
}

// manyReserves draws the weights of a managed pool, or of more tokens: each costs a power.
func manyReserves(s Source) []uint256.Int {
	return simplex(s, oneOf(s, []int{9, 9, 12, 12, 20, 50, 100}))
}

// partOf draws an amount up to the whole balance: of any bit length, or evenly.
func partOf(s Source, balance uint256.Int) uint256.Int {
	if balance.IsZero() || s.Choose(2) == 0 {
		return below(s, balance)
	}
	a := logUniform(s, balance.BitLen())
	if a.Gt(&balance) {
		return balance
	}
	return a
}

func partOrNone(s Source, balance uint256.Int) uint256.Int {
	if s.Choose(4) == 0 {
		return u(0)
	}
	return partOf(s, balance)
}

func tinyOrNone(s Source, balance uint256.Int) uint256.Int {
	if s.Choose(4) == 0 {
		return u(0)
	}
	return tiny(s, balance)
}

// supplyOf draws the BPT of a pool: near its value, near that times the number of tokens, or any.
func supplyOf(s Source, weights, balances []uint256.Int) uint256.Int {
	value := valueNear(weights, balances)
	switch s.Choose(4) {
	case 0:
		return logUniform(s, 112)
	case 1:
		return around(s, value, 1000)
	case 2:
		return mulDiv(value, u(uint64(len(weights))), u(1))
	default: // the value has grown by fees since
		return between(s, mulDiv(value, u(1), u(2)), value)
	}
}

// valueNear returns about Π bᵢ^wᵢ, at least 1, for weights that sum to ONE: powers of two are exact, and between them a
// logarithm is taken for a straight line.
func valueNear(weights, balances []uint256.Int) uint256.Int {
	var sum uint256.Int
	for i, b := range balances {
		if n := b.BitLen(); n > 0 && i < len(weights) { // log₂ b·2³² = (n−1)·2³² and the 32 bits below the top one
			b.Lsh(&b, uint(256-n))
			b.Lsh(&b, 1)
			b.Rsh(&b, 224)
			b.AddUint64(&b, uint64(n-1)<<32)
			b.Mul(&b, &weights[i])
			sum.Add(&sum, &b)
		}
	}
	sum.Div(&sum, uint256.NewInt(One))
	whole := min(sum.Uint64()>>32, 255)
	z := u(1<<32 + sum.Uint64()&(1<<32-1))
	z.Lsh(&z, uint(whole))
	z.Rsh(&z, 32)
	return z
}

// proportionalAmounts makes every amount the same part p/q of its balance, and the supply one that the part divides.
func proportionalAmounts(s Source, c *Liquidity) {
	q := uint64(2 + s.Choose(1000))
	p := uint64(1 + s.Choose(int(q-1)))
	if !c.Exit && s.Choose(8) == 0 {
		p = 2 * q
	}
	for i := range c.Balances {
		unit := ofLength(s, 30+s.Choose(50))
		c.Balances[i] = mulDiv(unit, u(q), u(1))
		c.Amounts[i] = mulDiv(unit, u(p), u(1))
	}
	c.Supply = mulDiv(ofLength(s, 30+s.Choose(50)), u(q), u(1))
	if s.Choose(4) == 0 { // and one of them a wei beside
		i := s.Choose(len(c.Amounts))
		c.Amounts[i] = around(s, c.Amounts[i], 1)
	}
}

// ratioLimit makes a join that multiplies the pool's value by 3, or nearly; and an exit that takes a balance, or a wei more or less.
func ratioLimit(s Source, c *Liquidity) {
	if c.Exit {
		i := s.Choose(len(c.Balances))
		c.Amounts[i] = around(s, oneOf(s, []uint256.Int{c.Balances[i], mulDiv(c.Balances[i], maxInOutRatio, u(One))}), 1)
		return
	}
	for i, b := range c.Balances {
		c.Amounts[i] = plus(mulDiv(b, u(2), u(1)), 1)
	}
	i := s.Choose(len(c.Balances))
	off := logUniform(s, max(1, c.Balances[i].BitLen()-1-s.Choose(20)))
	if s.Choose(2) == 0 {
		c.Amounts[i].Add(&c.Amounts[i], &off)
	} else {
		c.Amounts[i].Sub(&c.Amounts[i], &off)
	}
}

// tiedLiquidity draws equal weights and balances that are n-th powers before and after, so that the pool's value is whole
// both times; the supply is a multiple of the value before.
func tiedLiquidity(s Source, exit bool) Case {
	n := oneOf(s, []int{2, 2, 4, 5})
	c := &Liquidity{Exit: exit, Weights: slices.Repeat([]uint256.Int{u(One / uint64(n))}, n)}
	value := u(1)
	for range n {
		from := uint64(2 + s.Choose(1000))
		to := from + uint64(s.Choose(1000))
		if s.Choose(3) == 0 {
			to = from
		}
		value.Mul(&value, uint256.NewInt(from))
		before, after := powOf(from, n), powOf(to, n)
		if exit {
			before, after = after, before
			value.Div(&value, uint256.NewInt(from))
			value.Mul(&value, uint256.NewInt(to))
		}
		c.Balances = append(c.Balances, before)
		if exit {
			before.Sub(&before, &after)
		} else { // v3 counts a wei less of what comes in
			before.Sub(&after, &before)
			before = plus(before, uint64(s.Choose(2)))
		}
		c.Amounts = append(c.Amounts, before)
	}
	c.Supply = mulDiv(value, logUniform(s, 30), u(1))
	if s.Choose(4) == 0 {
		c.Fee = fee(s)
	}
	return c
}

// powOf returns bⁿ.
func powOf(b uint64, n int) uint256.Int {
	z := u(1)
	for range n {
		z.Mul(&z, uint256.NewInt(b))
	}
	return z
}

func zeroLiquidity(s Source, c *Liquidity) {
	i := s.Choose(len(c.Balances))
	switch s.Choose(4) {
	case 0:
		c.Supply = u(0)
	case 1:
		c.Weights[i] = u(0)
	case 2:
		c.Balances[i] = u(0)
	default:
		c.Balances[i], c.Amounts[i] = u(0), u(0)
	}
	if s.Choose(4) == 0 { // and a value that underflows
		for i := range c.Balances {
			c.Balances[i], c.Amounts[i] = u(1), u(uint64(s.Choose(2)))
		}
	}
}

// relist makes a list shorter or longer than the others, or all of them empty.
func relist(s Source, lists ...*[]uint256.Int) {
	if s.Choose(8) == 0 {
		for _, list := range lists {
			*list = nil
		}
		return
	}
	list := oneOf(s, lists)
	if s.Choose(3) == 0 {
		*list = append(*list, typicalBalance(s))
	} else {
		*list = (*list)[:s.Choose(len(*list))]
	}
}

// aboveFee draws a fee of everything and more.
func aboveFee(s Source) uint256.Int {
	return oneOf(s, []uint256.Int{u(One - 1), u(One), u(One + 1), ofLength(s, 61+s.Choose(30)), ofLength(s, 61+s.Choose(30)), plus(logUniform(s, 255), One)})
}

// tooLargeForONE draws a number whose product with ONE is no word, or nearly.
func tooLargeForONE(s Source) uint256.Int { return ofLength(s, 190+s.Choose(67)) }

// outsideLiquidity makes a question that no pool asks: sums and products that are no word, powers outside pow's domain.
func outsideLiquidity(s Source, c *Liquidity) {
	i := s.Choose(len(c.Balances))
	other := (i + 1) % len(c.Balances)
	switch s.Choose(14) {
	case 0:
		c.Amounts[i] = around(s, maxUint, 1)
		if c.Exit {
			c.Amounts[i] = plus(c.Balances[i], 1)
		}
	case 1:
		c.Balances[i] = tooLargeForONE(s)
		c.Amounts[i] = oneOf(s, []uint256.Int{u(0), c.Balances[i], minus(c.Balances[i], 1)})
		c.Amounts[other] = u(0)
	case 2, 13:
		c.Balances[i] = ofLength(s, oneOf(s, []int{255, 256, 256, 256}))
	case 3, 4:
		c.Weights[i] = ofLength(s, oneOf(s, []int{188, 189, 190, 192, 195, 256}))
		c.Amounts[i] = mulDiv(c.Balances[i], u(uint64(1+s.Choose(9))), u(10))
	case 5: // a base beyond what pow takes
		c.Balances[i], c.Weights[i], c.Fee = u(1), u(1), u(0)
		c.Amounts[i] = between(s, mulDiv(pow2(255), u(1), u(One)), mulDiv(maxUint, u(1), u(One)))
	case 6, 7: // and a product
		c.Weights[i] = u(uint64(5+s.Choose(10)) * One)
		if c.Exit {
			nearlyAll(s, &c.Balances[i], &c.Amounts[i], &c.Fee)
			break
		}
		c.Balances[i], c.Amounts[i] = largeBalance(s), dustBalance(s)
		if s.Choose(4) > 0 {
			c.Balances[i], c.Amounts[i] = c.Amounts[i], c.Balances[i]
		}
	case 8:
		c.Supply = tooLargeForONE(s)
	case 9: // what is taken and its fee are together no word
		if c.Exit {
			c.Weights, c.Amounts = []uint256.Int{u(4 * One / 10), u(6 * One / 10)}, []uint256.Int{u(0), u(0)}
			c.Balances = c.Balances[:2]
			brimming(s, &c.Balances[0], &c.Amounts[0], &c.Fee)
			break
		}
		c.Fee = aboveFee(s)
	default:
		c.Fee = aboveFee(s)
	}
}

// nearlyAll leaves 1 to 1000 wei a token of a balance, without a fee half the time.
func nearlyAll(s Source, balance, amount, fee *uint256.Int) {
	*balance = ofLength(s, 61+s.Choose(50))
	left := plus(mulDiv(*balance, u(uint64(1+s.Choose(1000))), u(One)), 1)
	amount.Sub(balance, &left)
	if s.Choose(2) == 0 {
		*fee = u(0)
	}
}

// brimming takes three quarters of a balance of a token of weight 0.4 under a fee of all but a wei: 0.3 of the balance is
// free of the fee, and 0.45, which is just below 2²⁵⁶/10¹⁸, is taxed.
func brimming(s Source, balance, amount, fee *uint256.Int) {
	ninth := mulDiv(maxUint, u(1), u(9*One))
	ninth = minus(ninth, uint64(s.Choose(1000)))
	*balance, *amount, *fee = mulDiv(ninth, u(20), u(1)), mulDiv(ninth, u(15), u(1)), u(One-1)
}
