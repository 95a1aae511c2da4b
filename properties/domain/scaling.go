package domain

import "github.com/holiman/uint256"

// A Scaling asks for an amount of a token to be brought from the token's own
// unit to 18 decimals or back. Amount is raw on the way up and in 18 decimals on the way down.
// Factor is v3's plain 10^(18−decimals), or v2's, which is 10¹⁸ times that and has the rate in it;
// Rate is the token's, 18-decimal fixed point.
type Scaling struct {
	named
	Amount, Factor, Rate uint256.Int
	Decimals             uint8
}

// Kind implements Case.
func (c *Scaling) Kind() Kind { return KindScaling }

// PoolValid implements Case: an amount a pool can hold, one of the two factors of the decimals, a rate of 10⁻³ to 10³.
func (c *Scaling) PoolValid() bool {
	v2 := mulDiv(tenTo(36-int(c.Decimals)), c.Rate, u(One))
	return !c.Amount.Gt(&maxBalance) && poolRate(c.Rate) && (c.Factor == tenTo(18-int(c.Decimals)) || c.Factor == v2)
}

// poolRate reports whether a rate is one that tokens have: 10⁻³ to 10³.
func poolRate(rate uint256.Int) bool {
	return !rate.Lt(uint256.NewInt(One/1000)) && !rate.Gt(uint256.MustFromDecimal("1000000000000000000000"))
}

func (c *Scaling) fields() []field {
	return []field{
		{name: "amount", unit: integer, num: &c.Amount},
		{name: "factor", unit: integer, num: &c.Factor},
		{name: "rate", unit: fixed, num: &c.Rate},
		{name: "decimals", small: &c.Decimals, max: 18},
	}
}

func (c *Scaling) empty() Case { return new(Scaling) }

// tenTo returns 10ⁿ; n ≤ 77.
func tenTo(n int) uint256.Int {
	z := u(1)
	for range n {
		z.Mul(&z, uint256.NewInt(10))
	}
	return z
}

// bearing is the rate of a token that has grown by a twentieth.
const bearing = 1_058_132_000_000_000_000

var scalingClasses = []class{
	{"typical", scaled(typicalBalance, rateNear)},
	{"rate-one", scaled(typicalBalance, func(Source) uint256.Int { return u(One) })},
	{"near-one", scaled(anyBalance, func(s Source) uint256.Int { return around(s, u(One), 3) })},
	{"below-one", scaled(anyBalance, func(s Source) uint256.Int { return between(s, u(9*One/10), u(One)) })},
	{"bearing", scaled(anyBalance, func(s Source) uint256.Int { return oneOf(s, []uint256.Int{u(bearing), u(bearing), u(99 * One / 100)}) })},
	{"1-wei", scaled(weiBalance, rateNear)},
	{"dust", scaled(dustBalance, rateNear)},
	{"large", scaled(largeBalance, rateNear)},
	{"extreme", scaled(anyBalance, func(s Source) uint256.Int { return logUniform(s, 120) })},
	{"whole-rates", scaled(anyBalance, func(s Source) uint256.Int {
		rate := logUniform(s, 20)
		rate.Mul(&rate, uint256.NewInt(One))
		return around(s, rate, 1)
	})},
	{"tie", func(s Source) Case { // amounts that leave no remainder on the way down, or one wei
		c := scaled(typicalBalance, rateNear)(s).(*Scaling)
		c.Amount = mulDiv(logUniform(s, 60), c.Factor, u(1))
		if s.Choose(2) == 0 {
			c.Rate = oneOf(s, []uint256.Int{u(One), u(2 * One), u(One / 2), u(5 * One / 4)})
		}
		c.Amount = around(s, c.Amount, 1)
		return c
	}},
	{"zero", func(s Source) Case {
		c := scaled(anyBalance, rateNear)(s).(*Scaling)
		switch s.Choose(4) {
		case 0:
			c.Amount = u(0)
		case 1:
			c.Factor = u(0)
		case 2:
			c.Rate = u(0)
		default: // nothing to divide by, and a product with ONE that is no word
			c.Factor, c.Amount = u(0), ofLength(s, 190+s.Choose(67))
		}
		return c
	}},
	{"boundary", func(s Source) Case {
		return &Scaling{Amount: atBoundary(s), Factor: atBoundary(s), Rate: atBoundary(s), Decimals: uint8(s.Choose(19))}
	}},
	{"wide", func(s Source) Case {
		return &Scaling{Amount: wideBalance(s), Factor: wideBalance(s), Rate: wideBalance(s), Decimals: uint8(s.Choose(19))}
	}},
	{"overflow", func(s Source) Case { // products at the edge of 256 bits
		c := scaled(typicalBalance, rateNear)(s).(*Scaling)
		switch s.Choose(5) {
		case 0:
			c.Amount = around(s, mulDiv(maxUint, u(1), c.Factor), 1)
		case 1:
			c.Amount = around(s, mulDiv(mulDiv(maxUint, u(1), c.Factor), u(1), plus(c.Rate, 1)), 1)
		case 2:
			c.Amount = around(s, mulDiv(maxUint, u(1), u(One)), 1)
		case 3:
			c.Rate = around(s, mulDiv(maxUint, u(1), tenTo(18+18-int(c.Decimals))), 1)
		default:
			c.Rate = maxUint
		}
		return c
	}},
}

// rateNear draws a rate as tokens have: 1, or up to a half less or double.
func rateNear(s Source) uint256.Int {
	if s.Choose(4) == 0 {
		return u(One)
	}
	return between(s, u(One/2), u(2*One))
}

// tokenDecimals draws the decimals of a token: mostly those that tokens have.
func tokenDecimals(s Source) uint8 {
	if s.Choose(4) == 0 {
		return uint8(s.Choose(19))
	}
	return oneOf(s, []uint8{18, 18, 6, 8, 0, 2, 17})
}

// scaled draws a token, v2's factor or v3's, and an amount that is raw or has 18 decimals.
func scaled(amount, rate func(Source) uint256.Int) func(Source) Case {
	return func(s Source) Case {
		c := &Scaling{Decimals: tokenDecimals(s), Rate: rate(s), Amount: amount(s)}
		c.Factor = tenTo(18 - int(c.Decimals))
		if s.Choose(2) == 0 {
			c.Amount = rawAmount(c.Amount, c.Decimals)
		}
		if s.Choose(2) == 0 {
			c.Factor = mulDiv(tenTo(36-int(c.Decimals)), c.Rate, u(One))
		}
		return c
	}
}

// rawAmount returns an 18-decimal amount in a token's own unit, at least one unit.
func rawAmount(amount uint256.Int, decimals uint8) uint256.Int {
	if raw := mulDiv(amount, u(1), tenTo(18-int(decimals))); !raw.IsZero() {
		return raw
	}
	return u(1)
}
