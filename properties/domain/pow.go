package domain

import "github.com/holiman/uint256"

// Exp asks for eˣ. X is signed 18-decimal fixed point in two's complement.
type Exp struct {
	named
	X uint256.Int
}

// Ln asks for the natural logarithm of A, signed 18-decimal fixed point in two's complement.
type Ln struct {
	named
	A uint256.Int
}

// Pow asks for a power: Base and Exponent are 18-decimal fixed point.
type Pow struct {
	named
	Base, Exponent uint256.Int
}

// Powers asks for two bases under two exponents at once: what the laws of powers and monotonicity need.
type Powers struct {
	named
	X, Y uint256.Int // bases
	A, B uint256.Int // exponents
}

// Kind implements Case.
func (c *Exp) Kind() Kind { return KindExp }

// Kind implements Case.
func (c *Ln) Kind() Kind { return KindLn }

// Kind implements Case.
func (c *Pow) Kind() Kind { return KindPow }

// Kind implements Case.
func (c *Powers) Kind() Kind { return KindPowers }

// PoolValid implements Case: what a pool's pow passes to exp stays within ±41.
func (c *Exp) PoolValid() bool {
	limit := dec("41000000000000000000")
	x := c.X
	if x.Sign() < 0 {
		x.Neg(&x)
	}
	return !x.Gt(&limit)
}

// PoolValid implements Case: a pool takes logarithms of balances and of ratios of them.
func (c *Ln) PoolValid() bool { return poolBalance(c.A) }

// PoolValid implements Case: a balance to a normalized weight (invariants), or a
// ratio of 0.7 to 3 to the exponent that two normalized weights can make (swaps, joins).
func (c *Pow) PoolValid() bool {
	if normalizedWeight(c.Exponent) && poolBalance(c.Base) {
		return true
	}
	smallest, largest := dec("10101010101010101"), dec("100000000000000000000") // 0.01/0.99 and 1/0.01
	return !c.Base.Lt(&minRatio) && !c.Base.Gt(&maxRatio) && !c.Exponent.Lt(&smallest) && !c.Exponent.Gt(&largest)
}

// PoolValid implements Case: all four powers are.
func (c *Powers) PoolValid() bool {
	for _, base := range []uint256.Int{c.X, c.Y} {
		for _, exponent := range []uint256.Int{c.A, c.B} {
			if !(&Pow{Base: base, Exponent: exponent}).PoolValid() {
				return false
			}
		}
	}
	return true
}

func (c *Exp) fields() []field { return []field{{name: "x", unit: fixed, num: &c.X, signed: true}} }
func (c *Ln) fields() []field  { return []field{{name: "a", unit: fixed, num: &c.A, signed: true}} }
func (c *Pow) fields() []field {
	return []field{{name: "base", unit: fixed, num: &c.Base}, {name: "exponent", unit: fixed, num: &c.Exponent}}
}
func (c *Powers) fields() []field {
	return []field{
		{name: "x", unit: fixed, num: &c.X}, {name: "y", unit: fixed, num: &c.Y},
		{name: "a", unit: fixed, num: &c.A}, {name: "b", unit: fixed, num: &c.B},
	}
}

func (c *Exp) empty() Case    { return new(Exp) }
func (c *Ln) empty() Case     { return new(Ln) }
func (c *Pow) empty() Case    { return new(Pow) }
func (c *Powers) empty() Case { return new(Powers) }

// steps are the exponents x_n that exp and ln reduce by (18 decimals), and
// stepPowers the powers e^x_n at which ln does so (18 decimals, rounded down).
var (
	steps = []uint256.Int{
		dec("128000000000000000000"), dec("64000000000000000000"), dec("32000000000000000000"), dec("16000000000000000000"),
		dec("8000000000000000000"), dec("4000000000000000000"), dec("2000000000000000000"), dec("1000000000000000000"),
		dec("500000000000000000"), dec("250000000000000000"), dec("125000000000000000"), dec("62500000000000000"),
	}
	stepPowers = []uint256.Int{
		dec("38877084059945950922200000000000000000000000000000000000000000000000000000"), dec("6235149080811616882910000000000000000000000000"),
		dec("78962960182680695161000000000000"), dec("8886110520507872636760000"), dec("2980957987041728274740"), dec("54598150033144239078"),
		dec("7389056098930650227"), dec("2718281828459045235"), dec("1648721270700128146"), dec("1284025416687741484"),
		dec("1133148453066826316"), dec("1064494458917859429"),
	}
	expMin, expMax = dec("41000000000000000000"), dec("130000000000000000000") // −41 and 130, without the sign
)

// signed applies a drawn sign.
func signed(s Source, z uint256.Int) uint256.Int {
	if s.Choose(2) == 0 {
		z.Neg(&z)
	}
	return z
}

func negated(z uint256.Int) uint256.Int {
	z.Neg(&z)
	return z
}

// subsetOfSteps draws a sum of some x_n, so that exp's reduction ends within a wei of a step.
func subsetOfSteps(s Source) uint256.Int {
	var sum uint256.Int
	for _, step := range steps[1:] {
		if s.Choose(2) == 0 {
			sum.Add(&sum, &step)
		}
	}
	return around(s, sum, 2)
}

// productOfSteps draws a product of some e^x_n that ln can take, near a place where its reduction changes.
func productOfSteps(s Source) uint256.Int {
	product := u(One)
	for _, power := range stepPowers[1:] {
		if s.Choose(3) == 0 {
			if next := mulDiv(product, power, u(One)); next.BitLen() < 255 {
				product = next
			}
		}
	}
	return around(s, product, 2)
}

// nearOne draws 1 ± d·10⁻¹⁸ with d of any length up to 40 bits: down to one unit.
func nearOne(s Source) uint256.Int {
	d := logUniform(s, 40)
	z := u(One)
	if s.Choose(2) == 0 {
		z.Sub(&z, &d)
	} else {
		z.Add(&z, &d)
	}
	return z
}

// atSwitch draws a base within a few units of 0.9 or 1.1, where ln changes algorithm.
func atSwitch(s Source) uint256.Int {
	return around(s, oneOf(s, []uint256.Int{u(9 * One / 10), u(11 * One / 10)}), 3)
}

func tradeRatio(s Source) uint256.Int { return between(s, minRatio, dec("1428571428571428572")) }

// weightRatio draws the quotient of two normalized weights.
func weightRatio(s Source) uint256.Int {
	w := anyPool(s)
	return mulDiv(w[0], u(One), w[1])
}

func poolWeight(s Source) uint256.Int { return anyPool(s)[0] }

var expClasses = []class{
	{"even", func(s Source) Case {
		x := below(s, dec("171000000000000000000"))
		x.Sub(&x, &expMin)
		return &Exp{X: x}
	}},
	{"near-zero", func(s Source) Case { return &Exp{X: signed(s, logUniform(s, 40))} }},
	{"small", func(s Source) Case { return &Exp{X: signed(s, logUniform(s, 66))} }},
	{"negative", func(s Source) Case { return &Exp{X: negated(below(s, expMin))} }},
	{"limit", func(s Source) Case {
		if s.Choose(2) == 0 {
			return &Exp{X: around(s, expMax, 2)}
		}
		return &Exp{X: negated(around(s, expMin, 2))}
	}},
	{"step", func(s Source) Case { return &Exp{X: around(s, oneOf(s, steps), 2)} }},
	{"steps", func(s Source) Case { return &Exp{X: subsetOfSteps(s)} }},
	{"boundary", func(s Source) Case { return &Exp{X: signed(s, atBoundary(s))} }},
	{"wide", func(s Source) Case { return &Exp{X: signed(s, wideBalance(s))} }},
}

var lnClasses = []class{
	{"near-one", func(s Source) Case { return &Ln{A: nearOne(s)} }},
	{"switch", func(s Source) Case { return &Ln{A: atSwitch(s)} }},
	{"1-wei", func(s Source) Case { return &Ln{A: weiBalance(s)} }},
	{"below-one", func(s Source) Case { return &Ln{A: logUniform(s, 59)} }},
	{"typical", func(s Source) Case { return &Ln{A: typicalBalance(s)} }},
	{"step", func(s Source) Case { return &Ln{A: around(s, oneOf(s, stepPowers), 2)} }},
	{"steps", func(s Source) Case { return &Ln{A: productOfSteps(s)} }},
	{"boundary", func(s Source) Case { return &Ln{A: atBoundary(s)} }},
	{"wide", func(s Source) Case { return &Ln{A: logUniform(s, 255)} }},
	{"not-positive", func(s Source) Case {
		if s.Choose(8) == 0 {
			return new(Ln)
		}
		return &Ln{A: negated(logUniform(s, 255))}
	}},
}

// logarithms are bases with their natural logarithm, to aim a product y·ln x at pow's limits.
var logarithms = []struct{ base, ln uint256.Int }{
	{dec("2718281828459045235"), dec("1000000000000000000")},
	{dec("7389056098930650227"), dec("2000000000000000000")},
	{dec("1100000000000000001"), dec("95310179804324861")},
	{dec("1064494458917859429"), dec("62499999999999999")},
	{dec("1000000001000000000"), dec("999999999")},
	{dec("367879441171442321"), dec("1000000000000000000")},
	{dec("135335283236612691"), dec("2000000000000000000")},
	{dec("899999999999999999"), dec("105360515657826302")},
	{u(1), dec("41446531673892822312")},
	{u(1000), dec("34538776394910685260")},
}

// atProductLimit draws a power whose logarithm lies at −41 or 130.
func atProductLimit(s Source) Case {
	l := oneOf(s, logarithms)
	limit := expMax
	if l.base.Lt(uint256.NewInt(One)) {
		limit = expMin
	}
	y := mulDiv(limit, u(One), l.ln)
	radius := min(1<<20, 1+int(y.Uint64()>>50))
	return &Pow{Base: l.base, Exponent: around(s, y, radius)}
}

// hugeExponent draws a base within 2⁻²⁰ of one under an exponent that brings its
// logarithm to anything up to the limits: where an error of ln counts most.
func hugeExponent(s Source) Case {
	d := logUniform(s, 40)
	base := u(One)
	limit := expMax
	if s.Choose(2) == 0 {
		base.Sub(&base, &d)
		limit = expMin
	} else {
		base.Add(&base, &d)
	}
	most := mulDiv(limit, u(One), d)
	return &Pow{Base: base, Exponent: logUniform(s, most.BitLen())}
}

// tiedPow draws rⁿ under a multiple of 1/n: a power that is exact.
func tiedPow(s Source) Case {
	switch s.Choose(3) {
	case 0: // √(r²·10⁻¹⁸) = r·10⁻⁹
		r := plus(below(s, u(1<<40)), 1)
		r.Mul(&r, &r)
		return &Pow{Base: r, Exponent: u(One / 2)}
	case 1: // ⁴√(100·r⁴·10⁻¹⁸) = r·10⁻⁴
		r := plus(below(s, u(30000)), 1)
		r.Mul(&r, &r)
		r.Mul(&r, &r)
		r.Mul(&r, uint256.NewInt(100))
		return &Pow{Base: r, Exponent: oneOf(s, []uint256.Int{u(One / 4), u(3 * One / 4), u(One / 2)})}
	default:
		return &Pow{Base: u(One), Exponent: logUniform(s, 100)}
	}
}

var powClasses = []class{
	{"trade", func(s Source) Case { return &Pow{Base: tradeRatio(s), Exponent: weightRatio(s)} }},
	{"invariant", func(s Source) Case { return &Pow{Base: anyBalance(s), Exponent: poolWeight(s)} }},
	{"1-wei", func(s Source) Case { return &Pow{Base: weiBalance(s), Exponent: poolWeight(s)} }},
	{"near-one", func(s Source) Case { return &Pow{Base: nearOne(s), Exponent: weightRatio(s)} }},
	{"switch", func(s Source) Case { return &Pow{Base: atSwitch(s), Exponent: logUniform(s, 68)} }},
	{"step", func(s Source) Case { return &Pow{Base: around(s, oneOf(s, stepPowers), 2), Exponent: weightRatio(s)} }},
	{"steps", func(s Source) Case { return &Pow{Base: productOfSteps(s), Exponent: poolWeight(s)} }},
	{"exact-exponent", func(s Source) Case {
		e := oneOf(s, []uint256.Int{u(One), u(2 * One), dec("4000000000000000000"), u(3 * One)})
		if s.Choose(3) == 0 {
			e = around(s, e, 1)
		}
		return &Pow{Base: oneOf(s, []func(Source) uint256.Int{tradeRatio, anyBalance, wideBalance})(s), Exponent: e}
	}},
	{"product-limit", atProductLimit},
	{"huge-exponent", hugeExponent},
	{"tie", tiedPow},
	{"zero", func(s Source) Case {
		c := &Pow{Base: oneOf(s, []func(Source) uint256.Int{tradeRatio, anyBalance, wideBalance})(s), Exponent: weightRatio(s)}
		switch s.Choose(3) {
		case 0:
			c.Base = u(0)
		case 1:
			c.Exponent = u(0)
		default:
			c.Base, c.Exponent = oneOf(s, []uint256.Int{u(0), u(1)}), oneOf(s, []uint256.Int{u(0), u(1)})
		}
		return c
	}},
	{"boundary", func(s Source) Case { return &Pow{Base: atBoundary(s), Exponent: atBoundary(s)} }},
	{"wide", func(s Source) Case { return &Pow{Base: logUniform(s, 255), Exponent: logUniform(s, 64)} }},
	{"outside", outsidePow},
}

// outsidePow draws at, within and beyond the limits of base and exponent, and bases whose allowance overflows.
func outsidePow(s Source) Case {
	switch s.Choose(6) {
	case 0:
		return &Pow{Base: around(s, pow2(255), 2), Exponent: atBoundary(s)}
	case 1:
		return &Pow{Base: tradeRatio(s), Exponent: around(s, dec("289480223093290488558927462521719769633174961664101410098"), 2)}
	case 2: // r·10⁴ passes 2²⁵⁶
		return &Pow{Base: ofLength(s, 244+s.Choose(12)), Exponent: around(s, u(One), 2)}
	case 3, 4: // the largest bases, under exponents that they can take
		return &Pow{Base: minus(pow2(255), uint64(1+s.Choose(3))), Exponent: below(s, u(9*One/10))}
	default:
		return &Pow{Base: s.Bits(256), Exponent: s.Bits(256)}
	}
}

var powersClasses = []class{
	{"trade", powers(tradeRatio, weightRatio)},
	{"invariant", powers(anyBalance, poolWeight)},
	{"near-one", powers(nearOne, weightRatio)},
	{"switch", powers(atSwitch, weightRatio)},
	{"step", powers(func(s Source) uint256.Int { return around(s, oneOf(s, stepPowers[2:]), 2) }, poolWeight)},
	{"adjacent", func(s Source) Case {
		x := oneOf(s, []func(Source) uint256.Int{tradeRatio, anyBalance, nearOne})(s)
		a := oneOf(s, []func(Source) uint256.Int{weightRatio, poolWeight})(s)
		return &Powers{X: x, Y: plus(x, 1), A: a, B: plus(a, 1)}
	}},
	{"tie", func(s Source) Case {
		c := tiedPow(s).(*Pow)
		return &Powers{X: c.Base, Y: oneOf(s, []uint256.Int{c.Base, u(One)}), A: c.Exponent, B: oneOf(s, []uint256.Int{c.Exponent, u(One), u(2 * One)})}
	}},
	{"exact-exponent", func(s Source) Case {
		exact := []uint256.Int{u(One), u(2 * One), dec("4000000000000000000"), u(One - 1), u(One + 1), u(2*One + 1)}
		return &Powers{X: tradeRatio(s), Y: tradeRatio(s), A: oneOf(s, exact), B: oneOf(s, exact)}
	}},
	{"small-exponent", powers(anyBalance, func(s Source) uint256.Int { return logUniform(s, 40) })},
	{"1-wei", powers(weiBalance, poolWeight)},
	{"wide", powers(func(s Source) uint256.Int { return logUniform(s, 200) }, func(s Source) uint256.Int { return logUniform(s, 60) })},
}

func powers(base, exponent func(Source) uint256.Int) func(Source) Case {
	return func(s Source) Case { return &Powers{X: base(s), Y: base(s), A: exponent(s), B: exponent(s)} }
}
