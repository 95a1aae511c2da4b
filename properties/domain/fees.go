package domain

import "github.com/holiman/uint256"

// ProtocolFees asks what share of a pool, and what BPT, a protocol is due for
// the growth since it last collected. Growth is the invariant's, SupplyGrowth that of the supply: both
// 18-decimal ratios of after to before. Fee is the protocol's share of growth and Share its share of the
// pool, 18-decimal fixed point; supplies are in wei of BPT.
type ProtocolFees struct {
	named
	Growth, SupplyGrowth   uint256.Int
	PreviousSupply, Supply uint256.Int
	Fee                    uint256.Int
	Share                  uint256.Int
}

// Kind implements Case.
func (c *ProtocolFees) Kind() Kind { return KindProtocolFees }

// PoolValid implements Case: supplies that exist, growth up to a thousandfold, a protocol fee of at most half, a share below all.
func (c *ProtocolFees) PoolValid() bool {
	return poolSupply(c.PreviousSupply) && poolSupply(c.Supply) && !c.Growth.IsZero() && !c.SupplyGrowth.IsZero() &&
		!c.Growth.Gt(&mostGrowth) && !c.SupplyGrowth.Gt(&mostGrowth) && !c.Fee.Gt(uint256.NewInt(One/2)) && c.Share.Lt(uint256.NewInt(One))
}

var mostGrowth = dec("1000000000000000000000")

func (c *ProtocolFees) fields() []field {
	return []field{
		{name: "growth", unit: fixed, num: &c.Growth},
		{name: "supplyGrowth", unit: fixed, num: &c.SupplyGrowth},
		{name: "previousSupply", unit: wei, num: &c.PreviousSupply},
		{name: "supply", unit: wei, num: &c.Supply},
		{name: "fee", unit: fixed, num: &c.Fee},
		{name: "share", unit: fixed, num: &c.Share},
	}
}

func (c *ProtocolFees) empty() Case { return new(ProtocolFees) }

var protocolFeesClasses = []class{
	{"typical", grown(func(s Source) uint256.Int { return ofLength(s, 60+s.Choose(50)) }, earned)},
	{"dust", grown(func(s Source) uint256.Int { return plus(dustBalance(s), 1_000_000) }, earned)},
	{"1-wei", grown(weiBalance, earned)},
	{"large", grown(largeBalance, earned)},
	{"near-one", grown(typicalBalance, func(s Source, c *ProtocolFees) { // growth of a few wei over the supply's
		c.Growth = around(s, c.SupplyGrowth, 10)
	})},
	{"no-growth", grown(typicalBalance, func(s Source, c *ProtocolFees) {
		c.Growth = below(s, c.SupplyGrowth)
	})},
	{"no-fee", grown(typicalBalance, func(s Source, c *ProtocolFees) { earned(s, c); c.Fee = u(0) })},
	{"tie", tiedFees},
	{"limit", grown(typicalBalance, func(s Source, c *ProtocolFees) { // shares around all of the pool
		earned(s, c)
		c.Share = around(s, u(One), 2)
		c.Fee = around(s, u(One), 2)
		if s.Choose(2) == 0 {
			c.SupplyGrowth, c.Growth, c.PreviousSupply = u(0), logUniform(s, 100), mulDiv(maxUint, u(1), u(One))
		}
	})},
	{"boundary", func(s Source) Case {
		return &ProtocolFees{named{}, atBoundary(s), atBoundary(s), atBoundary(s), atBoundary(s), atBoundary(s), atBoundary(s)}
	}},
	{"wide", func(s Source) Case {
		return &ProtocolFees{named{}, wideBalance(s), wideBalance(s), wideBalance(s), wideBalance(s), wideBalance(s), wideBalance(s)}
	}},
	{"zero", grown(typicalBalance, func(s Source, c *ProtocolFees) {
		earned(s, c)
		*oneOf(s, []*uint256.Int{&c.Growth, &c.SupplyGrowth, &c.PreviousSupply, &c.PreviousSupply, &c.Supply, &c.Share}) = u(0)
	})},
	{"outside", grown(typicalBalance, func(s Source, c *ProtocolFees) {
		earned(s, c)
		switch s.Choose(5) {
		case 0: // products with ONE that are no word
			c.SupplyGrowth = ofLength(s, 190+s.Choose(60))
			c.Growth = plus(c.SupplyGrowth, 1)
			if s.Choose(4) == 0 {
				c.Fee = u(0)
			}
		case 1:
			c.Supply = ofLength(s, 190+s.Choose(67))
		case 2: // a ratio of supplies whose product with ONE is none
			c.Supply, c.PreviousSupply, c.Growth = ofLength(s, 190+s.Choose(6)), weiBalance(s), maxUint
		case 3:
			c.Fee = ofLength(s, 190+s.Choose(67))
		default:
			c.Share = ofLength(s, 150+s.Choose(107))
		}
	})},
}

// grown draws a supply, what it grew to, and what the growth was worth.
func grown(supply func(Source) uint256.Int, worth func(Source, *ProtocolFees)) func(Source) Case {
	return func(s Source) Case {
		c := &ProtocolFees{PreviousSupply: supply(s)}
		c.SupplyGrowth = oneOf(s, []func(Source) uint256.Int{func(Source) uint256.Int { return u(One) }, nearOne, growth})(s)
		c.Supply = mulDiv(c.PreviousSupply, c.SupplyGrowth, u(One))
		c.Fee = oneOf(s, []uint256.Int{u(One / 10), u(One / 4), u(One / 2), below(s, u(One/2)), u(1)})
		c.Share = below(s, u(One-1))
		if s.Choose(2) == 0 {
			c.Share = logUniform(s, 59)
		}
		worth(s, c)
		return c
	}
}

// earned draws a growth above the supply's: by fees of a few wei up to a third.
func earned(s Source, c *ProtocolFees) {
	more := logUniform(s, 59)
	c.Growth.Add(&c.SupplyGrowth, &more)
}

// tiedFees draws growths whose quotient, and supplies whose product with the share, leave no remainder.
func tiedFees(s Source) Case {
	p := uint64(2 + s.Choose(30))
	c := &ProtocolFees{SupplyGrowth: u(One), Growth: u(p * One), Fee: u(One / 2)}
	c.PreviousSupply = logUniform(s, 80)
	c.PreviousSupply.Mul(&c.PreviousSupply, uint256.NewInt(p+1))
	c.Supply = c.PreviousSupply
	c.Share = u(One / 20 * uint64(s.Choose(20)))
	return c
}
