package domain

import "github.com/holiman/uint256"

// Operands are the arguments of a fixed-point operation: A and B for those of
// two, A, B and C for MulDivUp. What they count depends on the operation.
type Operands struct {
	named
	A, B, C uint256.Int
}

// Kind implements Case.
func (c *Operands) Kind() Kind { return KindOperands }

// PoolValid implements Case: amounts and ratios of a real pool stay below 2¹²⁸
// and divisors above 0.
func (c *Operands) PoolValid() bool {
	limit := pow2(128)
	return c.A.Lt(&limit) && c.B.Lt(&limit) && c.C.Lt(&limit) && !c.B.IsZero() && !c.C.IsZero()
}

func (c *Operands) fields() []field {
	return []field{
		{name: "a", unit: integer, num: &c.A},
		{name: "b", unit: integer, num: &c.B},
		{name: "c", unit: integer, num: &c.C},
	}
}

func (c *Operands) empty() Case { return new(Operands) }

var operandClasses = []class{
	{"typical", three(func(s Source) uint256.Int { return ofLength(s, 40+s.Choose(60)) })},
	{"1-wei", three(weiBalance)},
	{"dust", three(dustBalance)},
	{"near-one", three(func(s Source) uint256.Int { return around(s, u(One), 1000) })},
	{"boundary", three(atBoundary)},
	{"wide", three(wideBalance)},
	{"full", three(func(s Source) uint256.Int { return s.Bits(256) })},
	{"large", three(largeBalance)},
	{"overflow", overflowing},
	{"tie", exactQuotients},
	{"zero-divisor", zeroDivisors},
}

func three(draw func(Source) uint256.Int) func(Source) Case {
	return func(s Source) Case { return &Operands{A: draw(s), B: draw(s), C: draw(s)} }
}

// overflowing draws products, products with ONE and sums at the edge of 256 bits.
func overflowing(s Source) Case {
	c := &Operands{A: wideBalance(s), C: logUniform(s, 256)}
	switch s.Choose(3) {
	case 0: // a·b
		c.B = around(s, mulDiv(maxUint, u(1), c.A), 1)
	case 1: // a·ONE
		c.A = around(s, mulDiv(maxUint, u(1), u(One)), 1)
		c.B = oneOf(s, []uint256.Int{u(0), u(1), wideBalance(s)})
	default: // a + b, a − b
		c.B.Sub(&maxUint, &c.A)
		c.B = around(s, c.B, 1)
		if s.Choose(2) == 0 {
			c.B = around(s, c.A, 1)
		}
	}
	if s.Choose(4) == 0 {
		c.C = u(0)
	}
	return c
}

// exactQuotients draws operands whose products and quotients leave no remainder, or leave one wei.
func exactQuotients(s Source) Case {
	q, d := logUniform(s, 60), logUniform(s, 60)
	c := &Operands{B: d, C: d}
	switch s.Choose(3) {
	case 0: // a·b divisible by ONE
		c.A.Mul(&q, uint256.NewInt(One))
	case 1: // a divisible by b
		c.A.Mul(&q, &d)
	default: // a·b divisible by c, and a·b/ONE exact only by both factors
		c.A.Mul(&q, uint256.NewInt(1<<18))
		fives := u(3814697265625) // 5¹⁸
		c.B.Mul(&d, &fives)
	}
	c.A = around(s, c.A, 1)
	return c
}

// zeroDivisors draws a zero in every place, with and without an overflow beside it.
func zeroDivisors(s Source) Case {
	c := &Operands{A: wideBalance(s), B: wideBalance(s), C: u(0)}
	switch s.Choose(3) {
	case 0:
		c.B = u(0)
	case 1:
		c.A, c.B = u(0), u(0)
	}
	return c
}
