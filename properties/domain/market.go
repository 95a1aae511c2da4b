package domain

import (
	"slices"

	"github.com/holiman/uint256"
)

// A Market is a pool with its tokens, and what they are worth outside: what an arbitrageur needs to know. It also names
// one swap between two of the tokens. Weights, rates and the fee are 18-decimal fixed point.
type Market struct {
	named
	Rules    uint8 // 0 for v2, 1 for v3
	PoolKind uint8 // its place in PoolKinds

	Decimals, Rates, Weights []uint256.Int // one of each for every token
	SwapFee                  uint256.Int

	Prices   []uint256.Int // 18-decimal, of one whole token
	Balances []uint256.Int // raw, what the pool starts with
	Units    []uint256.Int // raw, the smallest amount that is traded

	IndexIn, IndexOut uint8
	Amount            uint256.Int // raw, of the token in, or of the token out when GivenOut
	GivenOut          bool
}

// Kind implements Case.
func (c *Market) Kind() Kind { return KindMarket }

// Opening returns the script that makes the market's pool: its creation and its first tokens.
func (c *Market) Opening() *Sequence {
	return &Sequence{Rules: c.Rules, PoolKind: c.PoolKind, SwapFee: c.SwapFee,
		Decimals: slices.Clone(c.Decimals), Rates: slices.Clone(c.Rates), Weights: slices.Clone(c.Weights),
		Steps: []Step{{Op: uint8(Initialise), Amounts: slices.Clone(c.Balances)}}}
}

// PoolValid implements Case: the pool is one that a Sequence calls so.
func (c *Market) PoolValid() bool { return c.Opening().PoolValid() }

// Whole reports whether every list has an item for every token, and prices and units are positive.
func (c *Market) Whole() bool {
	n := len(c.Weights)
	for _, list := range [][]uint256.Int{c.Decimals, c.Rates, c.Prices, c.Balances, c.Units} {
		if len(list) != n {
			return false
		}
	}
	zero := func(z uint256.Int) bool { return z.IsZero() }
	return !slices.ContainsFunc(c.Prices, zero) && !slices.ContainsFunc(c.Units, zero)
}

func (c *Market) fields() []field {
	return []field{
		{name: "rules", small: &c.Rules, max: 1, names: ruleNames},
		{name: "pool", small: &c.PoolKind, max: uint8(len(PoolKinds) - 1), names: PoolKinds},
		{name: "decimals", list: &c.Decimals},
		{name: "rates", unit: fixed, list: &c.Rates},
		{name: "weights", unit: fixed, list: &c.Weights},
		{name: "swapFee", unit: fixed, num: &c.SwapFee},
		{name: "prices", unit: fixed, list: &c.Prices},
		{name: "balances", list: &c.Balances},
		{name: "units", list: &c.Units},
		{name: "indexIn", small: &c.IndexIn, max: MaxTokens - 1},
		{name: "indexOut", small: &c.IndexOut, max: MaxTokens - 1},
		{name: "amount", num: &c.Amount},
		{name: "givenOut", flag: &c.GivenOut},
	}
}

func (c *Market) empty() Case { return new(Market) }

// simpler lists simpler markets than c that differ in more than one field: fewer tokens, equal weights, no rates.
func (c *Market) simpler() []Case {
	var list []Case
	edit := func(change func(*Market)) {
		d := Clone(c).(*Market)
		change(d)
		list = append(list, d)
	}
	for token := len(c.Weights) - 1; token >= 0 && len(c.Weights) > 2; token-- {
		edit(func(d *Market) { d.dropToken(token) })
	}
	if equal := equalWeights(len(c.Weights)); !slices.Equal(c.Weights, equal) {
		edit(func(d *Market) { d.Weights = equal })
	}
	if none := slices.Repeat([]uint256.Int{u(One)}, len(c.Rates)); !slices.Equal(c.Rates, none) {
		edit(func(d *Market) { d.Rates = none })
	}
	return list
}

// dropToken takes a token out of the market; its weight goes to the first that is left.
func (c *Market) dropToken(token int) {
	weight := c.Weights[token]
	for _, list := range []*[]uint256.Int{&c.Decimals, &c.Rates, &c.Weights, &c.Prices, &c.Balances, &c.Units} {
		if token < len(*list) {
			*list = slices.Delete(*list, token, token+1)
		}
	}
	c.Weights[0].Add(&c.Weights[0], &weight)
	for _, index := range []*uint8{&c.IndexIn, &c.IndexOut} {
		if int(*index) > token {
			*index--
		}
	}
	if c.IndexIn == c.IndexOut {
		c.IndexOut = (c.IndexIn + 1) % uint8(len(c.Weights))
	}
}

// A market is drawn in three parts: the pool, the prices (by how far each token's share of the value is from its weight), and the units.

// A misfit draws by what factor (18-decimal) a token's value differs from its share by weight.
type misfit func(Source) uint256.Int

// some is a half to twice, slight 1 to 1.04, great 0.0005 to 1,180, none 1.
func some(s Source) uint256.Int { return between(s, u(One/2), u(2*One)) }

func slight(s Source) uint256.Int {
	if s.Choose(2) == 0 {
		return u(One)
	}
	more := logUniform(s, 55)
	return plus(u(One), more.Uint64())
}

func great(s Source) uint256.Int { return ofLength(s, 50+s.Choose(21)) }

func none(Source) uint256.Int { return u(One) }

var marketClasses = []class{
	{"typical", market(weighted(fewTokens, plain, typicalBalance), some, finely)},
	{"50/50", market(weighted(rotatedShape("50/50"), inDecimals, typicalBalance), some, finely)},
	{"80/20", market(weighted(rotatedShape("80/20"), inDecimals, typicalBalance), some, finely)},
	{"8-tokens", market(weighted(rotatedShape("8-tokens"), plain, typicalBalance), some, finely)},
	{"edge-weights", market(weighted(fewEdges, plain, typicalBalance), some, finely)},
	{"decimals", market(weighted(fewTokens, inDecimals, typicalBalance), some, finely)},
	{"rates", market(weighted(fewTokens, withRates, typicalBalance), some, finely)},
	{"no-fee", market(library(fewTokens, 1), some, finely)},
	{"high-fee", market(costly, great, finely)},
	{"dust", market(weighted(fewTokens, withRates, dustBalance), some, coarsely)},
	{"one-unit", market(ofFewUnits, some, singly)},
	{"far", market(weighted(fewTokens, inDecimals, typicalBalance), great, finely)},
	{"near", market(weighted(fewTokens, plain, typicalBalance), slight, finely)},
	{"equilibrium", market(library(fewTokens, 2), none, finely)},
	{"large", market(weighted(fewTokens, plain, roomyBalance), some, finely)},
}

// fewTokens draws weights of 2 to 4 tokens.
func fewTokens(s Source) []uint256.Int { return simplex(s, 2+s.Choose(3)) }

// fewEdges draws weights of 2 to 4 tokens of which all but the first are at, or a wei above, the minimum.
func fewEdges(s Source) []uint256.Int {
	weights := []uint256.Int{u(One)}
	for range 1 + s.Choose(3) {
		w := plus(minWeight, uint64(s.Choose(2)))
		weights[0].Sub(&weights[0], &w)
		weights = append(weights, w)
	}
	return weights
}

// roomyBalance draws a large balance that a trade can still add to.
func roomyBalance(s Source) uint256.Int { return ofLength(s, 100+s.Choose(8)) }

// costly draws a pool whose fee is 5 % to 95 %.
func costly(s Source) drawnPool {
	p := library(fewTokens, 0)(s)
	p.SwapFee = oneOf(s, []uint256.Int{u(One / 20), u(One / 10), u(One / 4), u(One / 2), maxFee})
	return p
}

// ofFewUnits draws a pool of 10 to 30 bits of raw units, of tokens with at most 6 decimals.
func ofFewUnits(s Source) drawnPool {
	p := weighted(fewTokens, plain, typicalBalance)(s)
	for i := range p.start {
		p.Decimals[i], p.start[i] = u(uint64(s.Choose(7))), ofLength(s, 10+s.Choose(21))
	}
	return p
}

// finely draws a unit of 2⁻⁸ to 2⁻³⁵ of a balance, coarsely of ⅛ to 2⁻¹⁰; each is at least 1 raw, which is what singly draws.
func finely(s Source, balance uint256.Int) uint256.Int { return part(balance, 8+s.Choose(28)) }

func coarsely(s Source, balance uint256.Int) uint256.Int { return part(balance, 3+s.Choose(8)) }

func singly(Source, uint256.Int) uint256.Int { return u(1) }

// part returns balance·2⁻ⁿ, at least 1.
func part(balance uint256.Int, n int) uint256.Int {
	if balance.Rsh(&balance, uint(n)); balance.IsZero() {
		return u(1)
	}
	return balance
}

// market draws a case. A token's price follows from its balance: the value of the pool is 2¹⁶⁰ units, by weight, times the misfit.
func market(pool func(Source) drawnPool, off misfit, unit func(Source, uint256.Int) uint256.Int) func(Source) Case {
	return func(s Source) Case {
		p := pool(s)
		n := len(p.Weights)
		c := &Market{Rules: p.Rules, PoolKind: p.PoolKind, Decimals: p.Decimals, Rates: p.Rates, Weights: p.Weights, SwapFee: p.SwapFee,
			Balances: p.start, Prices: make([]uint256.Int, n), Units: make([]uint256.Int, n), GivenOut: s.Choose(2) == 1}
		for i := range c.Prices {
			if fine := unit(s, pow2(64)); fine.Gt(uint256.NewInt(1)) && c.Balances[i].BitLen() < 20 { // room for parts of a balance
				c.Balances[i].Lsh(&c.Balances[i], 20)
			}
			held := mulDiv(c.Balances[i], unitOf(c.Decimals[i]), u(1))
			share := mulDiv(pow2(160), c.Weights[i], held)
			c.Prices[i] = plus(mulDiv(share, off(s), u(One)), 1)
			c.Units[i] = unit(s, c.Balances[i])
		}
		i := s.Choose(n)
		c.IndexIn, c.IndexOut = uint8(i), uint8((i+1+s.Choose(n-1))%n)
		traded := c.Balances[c.IndexIn]
		if c.GivenOut {
			traded = c.Balances[c.IndexOut]
		}
		c.Amount = plus(fraction(s, traded), 1)
		return c
	}
}
