package domain

import (
	"slices"

	"github.com/holiman/uint256"
)

// A Gradual asks about a change of weights (or of a fee, the first item) from
// their start to their end: times are in seconds, weights, fees and progress 18-decimal fixed point.
type Gradual struct {
	named
	StartTime, EndTime, Now  uint256.Int
	Progress                 uint256.Int
	StartWeights, EndWeights []uint256.Int
}

// A Packing asks for a value of at most Max to be stored in so many bits, or
// read back of them. The value may be of any unit.
type Packing struct {
	named
	Value, Max uint256.Int
	Bits       uint8
}

// Kind implements Case.
func (c *Gradual) Kind() Kind { return KindGradual }

// Kind implements Case.
func (c *Packing) Kind() Kind { return KindPacking }

// PoolValid implements Case: times in order that fit their 32 bits, weights of a real pool at both ends, progress up to all.
func (c *Gradual) PoolValid() bool {
	return !c.StartTime.Gt(&c.EndTime) && c.EndTime.BitLen() <= 32 && c.Now.BitLen() <= 32 && !c.Progress.Gt(uint256.NewInt(One)) &&
		len(c.StartWeights) == len(c.EndWeights) && managedWeights(c.StartWeights) && managedWeights(c.EndWeights)
}

// PoolValid implements Case: a value that fits, in bits as pools store it.
func (c *Packing) PoolValid() bool {
	return c.Bits >= 2 && c.Max == u(One) && (!c.Value.Gt(&c.Max) || c.Value.BitLen() <= int(c.Bits))
}

// managedWeights reports whether weights are those of a pool of up to 50 tokens.
func managedWeights(weights []uint256.Int) bool {
	var sum uint256.Int
	for _, w := range weights {
		if !normalizedWeight(w) {
			return false
		}
		sum.Add(&sum, &w)
	}
	return len(weights) >= 2 && len(weights) <= 50 && sum == u(One)
}

// StartWeight and EndWeight return item i, 0 where there is none.
func (c *Gradual) StartWeight(i int) uint256.Int { return itemOf(c.StartWeights, i) }

// EndWeight returns item i of the weights at the end, 0 where there is none.
func (c *Gradual) EndWeight(i int) uint256.Int { return itemOf(c.EndWeights, i) }

func (c *Gradual) fields() []field {
	return []field{
		{name: "startTime", unit: integer, num: &c.StartTime},
		{name: "endTime", unit: integer, num: &c.EndTime},
		{name: "now", unit: integer, num: &c.Now},
		{name: "progress", unit: fixed, num: &c.Progress},
		{name: "startWeights", unit: fixed, list: &c.StartWeights},
		{name: "endWeights", unit: fixed, list: &c.EndWeights},
	}
}

func (c *Packing) fields() []field {
	return []field{
		{name: "value", unit: integer, num: &c.Value},
		{name: "max", unit: integer, num: &c.Max},
		{name: "bits", small: &c.Bits, max: 255},
	}
}

func (c *Gradual) empty() Case { return new(Gradual) }
func (c *Packing) empty() Case { return new(Packing) }

var gradualClasses = []class{
	{"typical", gradual(fewWeights, within)},
	{"two-tokens", gradual(func(Source) int { return 2 }, within)},
	{"managed", gradual(func(s Source) int { return oneOf(s, []int{5, 8, 20, 50}) }, within)},
	{"ends", gradual(fewWeights, func(s Source, c *Gradual) { // at, or a second beside, an end
		c.Now = around(s, oneOf(s, []uint256.Int{c.StartTime, c.EndTime}), 1)
		c.Progress = oneOf(s, []uint256.Int{u(0), u(1), u(One - 1), u(One), u(One + 1)})
	})},
	{"before-after", gradual(fewWeights, func(s Source, c *Gradual) {
		c.Now = oneOf(s, []uint256.Int{below(s, c.StartTime), between(s, c.EndTime, maxUint), u(0)})
	})},
	{"no-time", gradual(fewWeights, func(s Source, c *Gradual) {
		c.EndTime = c.StartTime
		c.Now = around(s, c.StartTime, 1)
	})},
	{"backwards", gradual(fewWeights, func(s Source, c *Gradual) {
		c.StartTime, c.EndTime = plus(c.EndTime, uint64(s.Choose(2))), c.StartTime
		c.Now = around(s, oneOf(s, []uint256.Int{c.StartTime, c.EndTime, c.Now}), 1)
	})},
	{"edge-weights", gradual(fewWeights, func(s Source, c *Gradual) {
		within(s, c)
		w := edgeWeights(s)
		c.StartWeights, c.EndWeights = w, slices.Clone(w)
		slices.Reverse(c.EndWeights)
	})},
	{"no-change", gradual(fewWeights, func(s Source, c *Gradual) { within(s, c); c.EndWeights = slices.Clone(c.StartWeights) })},
	{"near-one", gradual(fewWeights, func(s Source, c *Gradual) { // one wei of change, or a wei beside ONE
		within(s, c)
		i := s.Choose(len(c.StartWeights))
		if s.Choose(2) == 0 {
			c.EndWeights = slices.Clone(c.StartWeights)
		}
		c.EndWeights[i] = around(s, c.EndWeights[i], 1)
	})},
	{"tie", gradual(fewWeights, func(s Source, c *Gradual) { // fractions of the way that leave no remainder
		length := uint64(10 * (1 + s.Choose(100)))
		c.EndTime, c.Now = plus(c.StartTime, length), plus(c.StartTime, length/10*uint64(s.Choose(11)))
		c.Progress = u(One / 10 * uint64(s.Choose(11)))
		for i := range c.StartWeights {
			c.StartWeights[i], c.EndWeights[i] = u(One/100*uint64(1+s.Choose(99))), u(One/100*uint64(1+s.Choose(99)))
		}
	})},
	{"fee", gradual(fewWeights, func(s Source, c *Gradual) {
		within(s, c)
		c.StartWeights, c.EndWeights = []uint256.Int{fee(s)}, []uint256.Int{fee(s)}
	})},
	{"long-times", gradual(fewWeights, func(s Source, c *Gradual) { // more than their bits
		c.EndTime = around(s, pow2(32), 1)
		if s.Choose(2) == 0 {
			c.StartTime, c.EndTime = around(s, pow2(32), 1), ofLength(s, 33+s.Choose(100))
		}
		c.Now = between(s, u(0), c.EndTime)
	})},
	{"wide-weights", gradual(fewWeights, func(s Source, c *Gradual) { // at, or more than, what their bits hold
		within(s, c)
		list := oneOf(s, [][]uint256.Int{c.StartWeights, c.EndWeights})
		at := s.Choose(len(list))
		if s.Choose(2) == 0 {
			at = 0
		}
		list[at] = around(s, oneOf(s, []uint256.Int{u(One), pow2(62), pow2(64), logUniform(s, 250)}), 1)
		if s.Choose(4) == 0 {
			c.StartTime = ofLength(s, 33)
		}
	})},
	{"lists", gradual(fewWeights, func(s Source, c *Gradual) { // as many as do not fit, or not as many at both ends
		within(s, c)
		switch s.Choose(4) {
		case 0:
			c.StartWeights, c.EndWeights = simplex(s, 5), simplex(s, 4+s.Choose(2))
		case 1:
			c.StartWeights = c.StartWeights[:s.Choose(len(c.StartWeights))]
		default:
			c.EndWeights = c.EndWeights[:s.Choose(len(c.EndWeights))]
		}
		if len(c.StartWeights) > 0 && s.Choose(4) == 0 { // and a weight beyond its bits, before or after
			c.StartWeights[s.Choose(len(c.StartWeights))] = ofLength(s, 70)
		}
	})},
	{"invalid-pair", gradual(func(Source) int { return 2 }, func(s Source, c *Gradual) { // a weight below 1 %, or a sum beside ONE
		within(s, c)
		w := oneOf(s, [][]uint256.Int{c.StartWeights, c.EndWeights})
		switch s.Choose(3) {
		case 0:
			w[0], w[1] = minus(minWeight, 1), minus(u(One), One/100-1)
			if s.Choose(2) == 0 {
				w[0], w[1] = w[1], w[0]
			}
		case 1:
			w[0] = around(s, w[0], 1)
		default: // ONE modulo 2²⁵⁶
			w[0] = ofLength(s, 256)
			w[1].Sub(uint256.NewInt(One), &w[0])
		}
	})},
	{"boundary", func(s Source) Case {
		return &Gradual{StartTime: atBoundary(s), EndTime: atBoundary(s), Now: atBoundary(s), Progress: atBoundary(s),
			StartWeights: []uint256.Int{atBoundary(s), atBoundary(s)}, EndWeights: []uint256.Int{atBoundary(s), atBoundary(s)}}
	}},
	{"outside", func(s Source) Case { // times whose difference times ONE is no word, values whose way is none
		c := &Gradual{StartTime: logUniform(s, 100), EndTime: ofLength(s, 256)}
		c.Now = between(s, plus(c.StartTime, 1), minus(c.EndTime, 1))
		if s.Choose(2) == 0 {
			c.EndTime = plus(logUniform(s, 31), c.StartTime.Uint64())
			c.StartTime = u(c.StartTime.Uint64())
			c.Now = between(s, c.StartTime, c.EndTime)
		}
		c.Progress = between(s, u(1), u(One-1))
		c.StartWeights = []uint256.Int{ofLength(s, 190+s.Choose(67)), wideBalance(s)}
		c.EndWeights = []uint256.Int{logUniform(s, 200), wideBalance(s)}
		if s.Choose(2) == 0 {
			c.StartWeights, c.EndWeights = c.EndWeights, c.StartWeights
		}
		return c
	}},
}

func fewWeights(s Source) int { return 2 + s.Choose(3) }

// gradual draws weights at both ends, and times in order; then the class's own.
func gradual(tokens func(Source) int, edit func(Source, *Gradual)) func(Source) Case {
	return func(s Source) Case {
		n := tokens(s)
		c := &Gradual{StartWeights: simplex(s, n), EndWeights: simplex(s, n)}
		c.StartTime = u(1_600_000_000 + uint64(s.Choose(400_000_000)))
		length := logUniform(s, 26)
		c.EndTime.Add(&c.StartTime, &length)
		c.Now, c.Progress = between(s, c.StartTime, c.EndTime), below(s, u(One))
		edit(s, c)
		return c
	}
}

// within keeps the moment that was drawn, or takes one near an end.
func within(s Source, c *Gradual) {
	if s.Choose(8) == 0 {
		c.Now = around(s, oneOf(s, []uint256.Int{c.StartTime, c.EndTime}), 2)
	}
}

var packingClasses = []class{
	{"typical", packed(storedBits, func(Source) uint256.Int { return u(One) }, upToAll)},
	{"any-bits", packed(anyBits, func(Source) uint256.Int { return u(One) }, upToAll)},
	{"weights", packed(storedBits, func(Source) uint256.Int { return u(One) }, func(s Source, _ uint256.Int) uint256.Int {
		return oneOf(s, []func(Source) uint256.Int{func(s Source) uint256.Int { return anyPool(s)[0] }, func(s Source) uint256.Int { return edgeWeights(s)[0] }})(s)
	})},
	{"limit", packed(anyBits, func(s Source) uint256.Int { return oneOf(s, []uint256.Int{u(One), logUniform(s, 200)}) },
		func(s Source, max uint256.Int) uint256.Int { return around(s, max, 1) })},
	{"stored-limit", func(s Source) Case { // the largest number of the bits, and beside it
		c := packed(anyBits, func(Source) uint256.Int { return u(One) }, upToAll)(s).(*Packing)
		c.Value = around(s, minus(pow2(uint(c.Bits)), 1), 1)
		return c
	}},
	{"stored", func(s Source) Case { // what the bits can hold
		c := packed(storedBits, func(s Source) uint256.Int { return oneOf(s, []uint256.Int{u(One), logUniform(s, 100)}) }, upToAll)(s).(*Packing)
		c.Value = below(s, minus(pow2(uint(c.Bits)), 1))
		return c
	}},
	{"tie", func(s Source) Case { // a multiple of the step that the bits make of it
		c := packed(storedBits, func(Source) uint256.Int { return u(0) }, upToAll)(s).(*Packing)
		step, top := logUniform(s, 60), minus(pow2(uint(c.Bits)), 1)
		c.Max.Mul(&step, &top)
		c.Value = below(s, top)
		c.Value.Mul(&c.Value, &step)
		c.Value = around(s, c.Value, 1)
		return c
	}},
	{"power-of-two", packed(anyBits, func(s Source) uint256.Int { return around(s, pow2(uint(s.Choose(256))), 1) }, upToAll)},
	{"few-bits", packed(func(s Source) uint8 { return uint8(s.Choose(4)) }, func(s Source) uint256.Int { return logUniform(s, 100) }, upToAll)},
	{"zero", func(s Source) Case {
		c := packed(anyBits, wideBalance, upToAll)(s).(*Packing)
		if s.Choose(2) == 0 {
			c.Max = u(0)
		}
		if s.Choose(2) == 0 {
			c.Value = u(0)
		}
		return c
	}},
	{"overflow", func(s Source) Case { // value·(2ᵇ−1), or value·max, at the edge of 256 bits
		c := packed(anyBits, wideBalance, upToAll)(s).(*Packing)
		if c.Bits < 2 {
			c.Bits = 200
		}
		top := minus(pow2(uint(c.Bits)), 1)
		c.Value = around(s, mulDiv(maxUint, u(1), top), 1)
		if s.Choose(2) == 0 {
			c.Value = plus(below(s, top), 1)
			c.Max = around(s, mulDiv(maxUint, u(1), c.Value), 1)
		} else if c.Max.Lt(&c.Value) {
			c.Max = c.Value
		}
		return c
	}},
	{"wide", packed(anyBits, wideBalance, func(s Source, _ uint256.Int) uint256.Int { return wideBalance(s) })},
}

// storedBits draws the widths that pools store in.
func storedBits(s Source) uint8 { return oneOf(s, []uint8{16, 16, 31, 31, 32, 62, 64}) }

func anyBits(s Source) uint8 {
	if s.Choose(2) == 0 {
		return oneOf(s, []uint8{0, 1, 2, 16, 31, 64, 255})
	}
	return uint8(s.Choose(256))
}

func packed(bits func(Source) uint8, max func(Source) uint256.Int, value func(Source, uint256.Int) uint256.Int) func(Source) Case {
	return func(s Source) Case {
		c := &Packing{Bits: bits(s), Max: max(s)}
		c.Value = value(s, c.Max)
		return c
	}
}
