package domain

import (
	"slices"

	"github.com/holiman/uint256"
)

// Weights asks for raw weights, in any unit, to be normalized to shares of ONE.
type Weights struct {
	named
	Raw []uint256.Int
}

// PoolWeights asks whether a pool may have these weights (18-decimal fixed
// point) where at most MaxTokens tokens are allowed.
type PoolWeights struct {
	named
	Weights   []uint256.Int
	MaxTokens uint8
}

// Kind implements Case.
func (c *Weights) Kind() Kind { return KindWeights }

// Kind implements Case.
func (c *PoolWeights) Kind() Kind { return KindPoolWeights }

// PoolValid implements Case: 2 to 8 raw weights, none of them 0, whose sum a contract can hold.
func (c *Weights) PoolValid() bool {
	var sum uint256.Int
	for _, w := range c.Raw {
		if _, overflow := sum.AddOverflow(&sum, &w); overflow || w.IsZero() {
			return false
		}
	}
	return len(c.Raw) >= 2 && len(c.Raw) <= maxPoolTokens
}

// PoolValid implements Case.
func (c *PoolWeights) PoolValid() bool { return poolWeights(c.Weights) }

func (c *Weights) fields() []field { return []field{{name: "raw", unit: integer, list: &c.Raw}} }
func (c *PoolWeights) fields() []field {
	return []field{
		{name: "weights", unit: fixed, list: &c.Weights},
		{name: "maxTokens", small: &c.MaxTokens, max: 100},
	}
}

func (c *Weights) empty() Case     { return new(Weights) }
func (c *PoolWeights) empty() Case { return new(PoolWeights) }

var weightsClasses = []class{
	{"typical", raw(poolTokens, func(s Source) uint256.Int { return ofLength(s, 40+s.Choose(40)) })},
	{"small", raw(poolTokens, func(s Source) uint256.Int { return u(uint64(1 + s.Choose(9))) })},
	{"1-wei", raw(poolTokens, func(s Source) uint256.Int { return u(uint64(1 + s.Choose(2))) })},
	{"equal", func(s Source) Case {
		return &Weights{Raw: slices.Repeat([]uint256.Int{logUniform(s, 200)}, 1+s.Choose(12))}
	}},
	{"tie", func(s Source) Case { // two values only, so that remainders are equal in groups
		two := []uint256.Int{logUniform(s, 60), logUniform(s, 60)}
		return raw(poolTokens, func(s Source) uint256.Int { return oneOf(s, two) })(s)
	}},
	{"shares", func(s Source) Case { return &Weights{Raw: anyPool(s)} }},
	{"near-one", func(s Source) Case { // shares that miss ONE by a few wei
		w := anyPool(s)
		i := s.Choose(len(w))
		w[i] = around(s, w[i], 5)
		return &Weights{Raw: w}
	}},
	{"dominated", func(s Source) Case {
		c := raw(poolTokens, weiBalance)(s).(*Weights)
		c.Raw[s.Choose(len(c.Raw))] = logUniform(s, 250)
		return c
	}},
	{"wide", raw(poolTokens, func(s Source) uint256.Int { return logUniform(s, 253) })},
	{"large", raw(poolTokens, func(s Source) uint256.Int { return ofLength(s, 250+s.Choose(4)) })},
	{"many", func(s Source) Case {
		return raw(func(s Source) int { return oneOf(s, []int{9, 50, 100}) }, func(s Source) uint256.Int { return logUniform(s, 80) })(s)
	}},
	{"zero", func(s Source) Case {
		c := raw(poolTokens, func(s Source) uint256.Int { return logUniform(s, 80) })(s).(*Weights)
		c.Raw[s.Choose(len(c.Raw))] = u(0)
		return c
	}},
	{"nothing", func(s Source) Case { return &Weights{Raw: make([]uint256.Int, s.Choose(4))} }},
	{"overflow", func(s Source) Case { // the sum at the edge of 256 bits
		c := raw(poolTokens, func(s Source) uint256.Int { return logUniform(s, 250) })(s).(*Weights)
		rest := maxUint
		for _, w := range c.Raw[1:] {
			rest.Sub(&rest, &w)
		}
		c.Raw[0] = around(s, rest, 1)
		return c
	}},
}

func raw(count func(Source) int, weight func(Source) uint256.Int) func(Source) Case {
	return func(s Source) Case {
		list := make([]uint256.Int, count(s))
		for i := range list {
			list[i] = weight(s)
		}
		return &Weights{Raw: list}
	}
}

var poolWeightsClasses = []class{
	{"typical", proposed(anyPool)},
	{"edge-weights", proposed(edgeWeights)},
	{"50/50", proposed(rotatedShape("50/50"))},
	{"80/20", proposed(rotatedShape("80/20"))},
	{"33/33/34", proposed(rotatedShape("33/33/34"))},
	{"8-tokens", proposed(rotatedShape("8-tokens"))},
	{"near-one", proposed(func(s Source) []uint256.Int { // one wei beside ONE
		w := anyPool(s)
		i := s.Choose(len(w))
		w[i] = around(s, w[i], 1)
		return w
	})},
	{"below-minimum", proposed(func(s Source) []uint256.Int { // the sum is right, one weight a wei too small
		w := edgeWeights(s)
		w[0], w[1] = minus(w[0], 1), plus(w[1], 1)
		return w
	})},
	{"too-few", proposed(func(s Source) []uint256.Int {
		return slices.Repeat([]uint256.Int{u(One)}, s.Choose(2))
	})},
	{"too-many", func(s Source) Case {
		limit := oneOf(s, []uint8{8, 50, 99})
		return &PoolWeights{Weights: simplex(s, int(limit)+s.Choose(2)), MaxTokens: limit}
	}},
	{"zero", proposed(func(s Source) []uint256.Int {
		w := anyPool(s)
		i := s.Choose(len(w))
		w[(i+1)%len(w)].Add(&w[(i+1)%len(w)], &w[i])
		w[i] = u(0)
		return w
	})},
	{"wide", proposed(func(s Source) []uint256.Int { return fewOf(s, wideBalance) })},
	{"overflow", proposed(func(s Source) []uint256.Int { // sums to ONE modulo 2²⁵⁶
		w := anyPool(s)
		w[0] = below(s, maxUint)
		rest := u(One)
		for i := range w {
			if i != 1 {
				rest.Sub(&rest, &w[i])
			}
		}
		w[1] = rest
		if s.Choose(2) == 0 { // and a weight below the minimum before or after the overflow
			w[s.Choose(len(w))] = minus(minWeight, 1)
		}
		return w
	})},
}

func proposed(weights func(Source) []uint256.Int) func(Source) Case {
	return func(s Source) Case { return &PoolWeights{Weights: weights(s), MaxTokens: maxPoolTokens} }
}
