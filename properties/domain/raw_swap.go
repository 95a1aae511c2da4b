package domain

import "github.com/holiman/uint256"

// A RawSwap is a trade in a pool of two tokens that have decimals and rates:
// balances and amount are raw, in the tokens' own units; weight, rates and fee are 18-decimal fixed
// point. The token that goes out has the rest of the weight.
type RawSwap struct {
	named
	BalanceIn, RateIn   uint256.Int
	BalanceOut, RateOut uint256.Int
	WeightIn            uint256.Int
	Amount              uint256.Int
	Fee                 uint256.Int

	DecimalsIn, DecimalsOut uint8
	GivenOut                bool // Amount is what the trader takes; otherwise what the trader gives
	V3                      bool // by v3's rules; otherwise by v2's
}

// Kind implements Case.
func (c *RawSwap) Kind() Kind { return KindRawSwap }

// PoolValid implements Case: weights of a real pool, raw balances of 1 to 2¹¹²−1, rates of 10⁻³ to 10³, a fee up to 95 %.
func (c *RawSwap) PoolValid() bool {
	return normalizedWeight(c.WeightIn) && normalizedWeight(c.WeightOut()) && poolBalance(c.BalanceIn) && poolBalance(c.BalanceOut) &&
		poolRate(c.RateIn) && poolRate(c.RateOut) && !c.Fee.Gt(&maxFee)
}

// WeightOut returns ONE − WeightIn, 0 where there is no such weight.
func (c *RawSwap) WeightOut() uint256.Int {
	rest := u(One)
	if _, underflow := rest.SubOverflow(&rest, &c.WeightIn); underflow {
		return u(0)
	}
	return rest
}

func (c *RawSwap) fields() []field {
	return []field{
		{name: "balanceIn", unit: integer, num: &c.BalanceIn},
		{name: "decimalsIn", small: &c.DecimalsIn, max: 18},
		{name: "rateIn", unit: fixed, num: &c.RateIn},
		{name: "weightIn", unit: fixed, num: &c.WeightIn},
		{name: "balanceOut", unit: integer, num: &c.BalanceOut},
		{name: "decimalsOut", small: &c.DecimalsOut, max: 18},
		{name: "rateOut", unit: fixed, num: &c.RateOut},
		{name: "amount", unit: integer, num: &c.Amount},
		{name: "fee", unit: fixed, num: &c.Fee},
		{name: "givenOut", flag: &c.GivenOut},
		{name: "v3", flag: &c.V3},
	}
}

func (c *RawSwap) empty() Case { return new(RawSwap) }

var rawSwapClasses = []class{
	{"typical", rawSwap(anyPair, typicalBalance, rateNear, fraction)},
	{"1-wei", func(s Source) Case { // which v3's pools refuse
		c := rawSwap(anyPair, weiBalance, rateNear, fraction)(s).(*RawSwap)
		c.V3, c.DecimalsIn, c.DecimalsOut, c.BalanceIn, c.BalanceOut = false, 18, 18, weiBalance(s), weiBalance(s)
		traded := c.traded()
		c.Amount = u(1 + uint64(s.Choose(1+int(traded.Uint64()*3/10))))
		return c
	}},
	{"dust", rawSwap(anyPair, dustBalance, rateNear, fraction)},
	{"dust-out", func(s Source) Case { // few wei of a token with a rate, out of a pool that holds little of it
		c := rawSwap(anyPair, typicalBalance, rateNear, fraction)(s).(*RawSwap)
		c.DecimalsOut, c.BalanceOut = 18, dustBalance(s)
		c.RateOut = oneOf(s, []uint256.Int{u(bearing), between(s, u(One), u(2*One)), between(s, u(One/2), u(One))})
		c.Amount = oneOf(s, []func(Source, uint256.Int) uint256.Int{fraction, atLimit, tiny})(s, c.traded())
		return c
	}},
	{"few-wei", func(s Source) Case { // 17 wei at a rate of 1.058132 lose one of 18 on the way, 9 wei at 0.99 one of 9
		c := rawSwap(anyPair, typicalBalance, rateNear, fraction)(s).(*RawSwap)
		c.GivenOut, c.DecimalsOut = true, 18
		c.BalanceOut = oneOf(s, []func(Source) uint256.Int{dustBalance, typicalBalance, func(s Source) uint256.Int { return u(uint64(60 + s.Choose(100))) }})(s)
		if s.Choose(2) == 0 {
			c.RateOut, c.Amount = u(bearing), u(17)
		} else {
			c.RateOut, c.Amount = u(99*One/100), u(9)
		}
		if s.Choose(2) == 0 {
			c.Amount = u(uint64(1 + s.Choose(40)))
		}
		return c
	}},
	{"near-one", rawSwap(anyPair, typicalBalance, rateNear, tiny)},
	{"limit", rawSwap(anyPair, anyBalance, rateNear, atLimit)},
	{"large", rawSwap(anyPair, largeBalance, rateNear, fraction)},
	{"edge-weights", rawSwap(func(s Source) uint256.Int {
		return oneOf(s, []uint256.Int{minWeight, plus(minWeight, 1), u(99 * One / 100)})
	}, typicalBalance, rateNear, fraction)},
	{"50/50", rawSwap(func(Source) uint256.Int { return u(One / 2) }, anyBalance, rateNear, fraction)},
	{"80/20", rawSwap(func(s Source) uint256.Int { return rotated(s, "80/20")[0] }, anyBalance, rateNear, fraction)},
	{"plain", func(s Source) Case { // tokens of equal decimals without rates
		c := rawSwap(anyPair, anyBalance, func(Source) uint256.Int { return u(One) }, fraction)(s).(*RawSwap)
		c.DecimalsOut = c.DecimalsIn
		return c
	}},
	{"extreme", rawSwap(anyPair, anyBalance, func(s Source) uint256.Int {
		return between(s, u(One/1000), mostGrowth)
	}, fraction)},
	{"zero", func(s Source) Case {
		c := rawSwap(anyPair, anyBalance, rateNear, fraction)(s).(*RawSwap)
		*oneOf(s, []*uint256.Int{&c.BalanceIn, &c.BalanceOut, &c.Amount, &c.Amount, &c.RateIn, &c.RateOut, &c.WeightIn}) = u(0)
		return c
	}},
	{"outside", func(s Source) Case {
		c := rawSwap(anyPair, anyBalance, rateNear, fraction)(s).(*RawSwap)
		switch s.Choose(4) {
		case 0:
			c.RateIn, c.RateOut = logUniform(s, 250), logUniform(s, 250)
		case 1:
			c.BalanceIn, c.BalanceOut = wideBalance(s), wideBalance(s)
			c.Amount = fraction(s, c.traded())
		case 2:
			c.WeightIn = oneOf(s, []uint256.Int{u(One), u(One + 1), wideBalance(s)})
		default:
			c.Fee = oneOf(s, []uint256.Int{u(One - 1), u(One), plus(logUniform(s, 255), One)})
		}
		return c
	}},
}

// traded returns the raw balance that bounds Amount.
func (c *RawSwap) traded() uint256.Int {
	if c.GivenOut {
		return c.BalanceOut
	}
	return c.BalanceIn
}

// anyPair draws the weight of one of two tokens.
func anyPair(s Source) uint256.Int { return simplex(s, 2)[0] }

// rawSwap draws balances of 18 decimals, brings them to the tokens' units, and a trade between them.
func rawSwap(weight, balance, rate func(Source) uint256.Int, amount func(Source, uint256.Int) uint256.Int) func(Source) Case {
	return func(s Source) Case {
		c := &RawSwap{WeightIn: weight(s), RateIn: rate(s), RateOut: rate(s), DecimalsIn: tokenDecimals(s), DecimalsOut: tokenDecimals(s)}
		if s.Choose(2) == 0 { // dust shows where a unit is a wei
			c.DecimalsOut = 18
		}
		c.BalanceIn, c.BalanceOut = rawAmount(balance(s), c.DecimalsIn), rawAmount(balance(s), c.DecimalsOut)
		c.GivenOut, c.V3, c.Fee = s.Choose(2) == 1, s.Choose(2) == 1, fee(s)
		c.Amount = amount(s, c.traded())
		return c
	}
}
