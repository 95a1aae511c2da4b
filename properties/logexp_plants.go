package properties

import "math/big"

// The bugs of this family are wrapped around the right operations: what a real bug in the algorithm would change, at the size that it would have.
var lePlants = []Plant{
	{"LE-ENC", "powUp without its allowance", func(s *Subject) { s.PowUp = s.Pow }},
	{"LE-ENC", "powDown without its allowance", func(s *Subject) { s.PowDown = s.Pow }},
	{"LE-ENC", "powUp allows 10⁻¹⁶", func(s *Subject) { s.PowUp = widenedBy(s.Pow, 1e16, 1, true) }},
	{"LE-ENC", "powUp squares downward", func(s *Subject) {
		s.PowUp = atExponent(s.PowUp, 2, func(x *big.Int) *big.Int { return floorQuo(productOf(x, x), fixedOne) })
	}},
	{"LE-ENC", "powDown multiplies to the fourth upward", func(s *Subject) {
		s.PowDown = atExponent(s.PowDown, 4, fourthPower(ceilQuo, floorQuo))
	}},

	{"LE-ERR", "exp's series a term short", func(s *Subject) { s.Exp = off(s.Exp, twelfthTerm) }},
	{"LE-ERR", "the 18th digit of √e in exp", func(s *Subject) {
		s.Exp = off(s.Exp, func(x, z *big.Int) *big.Int {
			return ifBit(x, 5e17, ceilQuo(productOf(z, big.NewInt(607)), powerOf(big.NewInt(10), 20)))
		})
	}},
	{"LE-ERR", "exp of negative numbers rounds up", func(s *Subject) {
		s.Exp = off(s.Exp, func(x, _ *big.Int) *big.Int { return big.NewInt(-int64(min(0, x.Sign()))) })
	}},
	{"LE-ERR", "ln rounds toward −∞", func(s *Subject) {
		s.Ln = off(s.Ln, func(_, z *big.Int) *big.Int { return big.NewInt(int64(min(0, z.Sign()))) })
	}},
	{"LE-ERR", "ln's series a term short", func(s *Subject) { s.Ln = off(s.Ln, eleventhTerm) }},
	{"LE-ERR", "pow takes 18 decimals of the logarithm near one", func(s *Subject) { s.Pow = shortPow(s) }},
	{"LE-ERR", "pow allows itself 10⁻¹⁵", func(s *Subject) { s.Pow = widenedBy(s.Pow, 1e15, 0, false) }},

	{"LE-WIDTH", "an allowance of a unit more on one side", func(s *Subject) { s.PowUp = widenedBy(s.Pow, 1e14, 2, true) }},
	{"LE-WIDTH", "an allowance of 10⁻¹³", func(s *Subject) { s.PowDown = widenedBy(s.Pow, 1e13, 1, false) }},
	{"LE-WIDTH", "the square takes no exact form", func(s *Subject) {
		exactly, allowed := s.PowUp, widenedBy(s.Pow, 1e14, 1, true)
		s.PowUp = func(x, y num) (num, error) {
			if y.ToBig().Cmp(productOf(big.NewInt(2), fixedOne)) == 0 {
				return allowed(x, y)
			}
			return exactly(x, y)
		}
	}},

	{"LE-EXACT", "powUp to the fourth rounds its first product down", func(s *Subject) {
		s.PowUp = atExponent(s.PowUp, 4, fourthPower(floorQuo, ceilQuo))
	}},
	{"LE-EXACT", "powDown to the fourth rounds its last product up", func(s *Subject) {
		s.PowDown = atExponent(s.PowDown, 4, fourthPower(floorQuo, ceilQuo))
	}},
	{"LE-EXACT", "powDown squares upward", func(s *Subject) {
		s.PowDown = atExponent(s.PowDown, 2, func(x *big.Int) *big.Int { return ceilQuo(productOf(x, x), fixedOne) })
	}},
	{"LE-EXACT", "the exponent 1 takes no exact form", func(s *Subject) {
		exactly, allowed := s.PowDown, widenedBy(s.Pow, 1e14, 1, false)
		s.PowDown = func(x, y num) (num, error) {
			if y.ToBig().Cmp(fixedOne) == 0 {
				return allowed(x, y)
			}
			return exactly(x, y)
		}
	}},
	{"LE-EXACT", "products are not guarded", func(s *Subject) {
		s.PowUp = insteadOf(s.PowUp, func(x, y num, err error) bool { return atExactForm(y.ToBig()) }, 0)
	}},

	{"LE-DOM", "0⁰ = 0", func(s *Subject) {
		pow := s.Pow
		s.Pow = func(x, y num) (num, error) {
			if x.IsZero() {
				return num{}, nil
			}
			return pow(x, y)
		}
	}},
	{"LE-DOM", "x⁰ = 0", func(s *Subject) {
		right := s.Pow
		s.Pow = func(x, y num) (num, error) {
			if y.IsZero() {
				return num{}, nil
			}
			return right(x, y)
		}
	}},
	{"LE-DOM", "bases are not guarded", func(s *Subject) {
		s.Pow = insteadOf(s.Pow, func(x, y num, err error) bool { return x.BitLen() > 255 }, 0)
	}},
	{"LE-DOM", "the exponent's limit passes, a unit too far", func(s *Subject) {
		pow := s.Pow
		s.Pow = func(x, y num) (num, error) {
			if y.ToBig().Cmp(exponentLimit) == 0 {
				y.SubUint64(&y, 1)
			}
			return pow(x, y)
		}
	}},
	{"LE-DOM", "products end 10⁻¹² before 130", func(s *Subject) {
		pow, tooFar := s.Pow, productOf(big.NewInt(129_999_999_999_999), big.NewInt(1e6))
		s.Pow = func(x, y num) (num, error) {
			if l, err := s.Ln(x); err == nil && productOf(signedBig(l), y.ToBig()).Cmp(productOf(tooFar, fixedOne)) > 0 {
				y.Lsh(&y, 100)
			}
			return pow(x, y)
		}
	}},
	{"LE-DOM", "an allowance of 2·10⁻¹⁴, at exact cases too", func(s *Subject) { s.PowDown = widenedBy(s.Pow, 5e13, 1, false) }},
	{"LE-DOM", "powers below e⁻⁴¹ are 0", func(s *Subject) {
		s.Pow = insteadOf(s.Pow, func(x, y num, _ error) bool { return x.LtUint64(1e18) && y.ToBig().Cmp(exponentLimit) < 0 }, 0)
	}},

	{"LE-MONO", "a 16th digit of exp's fourth root of e", func(s *Subject) {
		s.Exp = off(s.Exp, func(x, z *big.Int) *big.Int {
			return new(big.Int).Neg(ifBit(x, 25e16, floorQuo(z, big.NewInt(1e15))))
		})
	}},
	{"LE-MONO", "ln's last step by e^(1/16) wrong in its 17th decimal", func(s *Subject) {
		s.Ln = off(s.Ln, func(a, z *big.Int) *big.Int {
			if nearOne(a) || a.Cmp(big.NewInt(1064494458917859430)) < 0 {
				return new(big.Int)
			}
			return ifBit(z, 62_500_000_000_000_000, big.NewInt(-10))
		})
	}},
	{"LE-MONO", "pow takes 17 decimals of the logarithm beyond 1.1", func(s *Subject) {
		pow := s.Pow
		s.Pow = func(x, y num) (num, error) {
			l, err := s.Ln(x)
			if err != nil || nearOne(x.ToBig()) || x.LtUint64(1e18) || y.BitLen() > 128 {
				return pow(x, y)
			}
			short := floorQuo(signedBig(l), big.NewInt(10))
			return s.Exp(numOf(floorQuo(productOf(short, big.NewInt(10), y.ToBig()), fixedOne)))
		}
	}},

	{"LE-LAWS", "exp(−x) divides a unit short", func(s *Subject) {
		s.Exp = off(s.Exp, func(x, _ *big.Int) *big.Int { return big.NewInt(int64(-2 * min(0, x.Sign()))) })
	}},
	{"LE-LAWS", "ln short of 10⁻¹⁷", func(s *Subject) {
		s.Ln = off(s.Ln, func(_, z *big.Int) *big.Int { return big.NewInt(-10) })
	}},
	{"LE-LAWS", "pow short of 10⁻¹⁴", func(s *Subject) { s.Pow = widenedBy(s.Pow, 1e14, 0, false) }},
	{"LE-LAWS", "pow takes 18 decimals of the logarithm near one", func(s *Subject) { s.Pow = shortPow(s) }},
}

func numOf(n *big.Int) (z num) {
	z.SetFromBig(n)
	return z
}

// off adds a signed error to the answers of exp or ln.
func off(f func(num) (num, error), by func(x, z *big.Int) *big.Int) func(num) (num, error) {
	return func(x num) (num, error) {
		z, err := f(x)
		if err != nil {
			return z, err
		}
		n := signedBig(z)
		return numOf(n.Add(n, by(signedBig(x), n))), nil
	}
}

// ifBit returns by where |x| has a step of exp or ln in it, else 0.
func ifBit(x *big.Int, step int64, by *big.Int) *big.Int {
	steps := floorQuo(new(big.Int).Abs(x), big.NewInt(step))
	if steps.Bit(0) == 1 {
		return by
	}
	return new(big.Int)
}

// twelfthTerm is z·r¹²/12!, with r what the powers leave of x ≥ 0.
func twelfthTerm(x, z *big.Int) *big.Int {
	if x.Sign() < 0 {
		return new(big.Int)
	}
	r := new(big.Int).Mod(x, big.NewInt(25e16))
	lost := floorQuo(productOf(z, powerOf(r, 12)), productOf(new(big.Int).MulRange(1, 12), powerOf(fixedOne, 12)))
	return lost.Neg(lost)
}

// eleventhTerm is 2·z¹¹/11 with z half of what the steps of 1/16 leave of the logarithm, which is z but for z³/3.
func eleventhTerm(a, log *big.Int) *big.Int {
	if nearOne(a) || log.Sign() < 0 {
		return new(big.Int)
	}
	z := new(big.Int).Mod(log, big.NewInt(62_500_000_000_000_000))
	z.Rsh(z, 1)
	lost := floorQuo(productOf(big.NewInt(2), powerOf(z, 11)), productOf(big.NewInt(11), powerOf(fixedOne, 10)))
	return lost.Neg(lost)
}

// widenedBy moves pow by ⌈pow/share⌉ + units, up or down.
func widenedBy(pow func(x, y num) (num, error), share, units int64, up bool) func(x, y num) (num, error) {
	return func(x, y num) (num, error) {
		z, err := pow(x, y)
		if err != nil {
			return z, err
		}
		n := z.ToBig()
		by := ceilQuo(n, big.NewInt(share))
		by.Add(by, big.NewInt(units))
		if !up {
			by.Neg(by)
		}
		n.Add(n, by)
		if n.Sign() < 0 {
			n.SetInt64(0)
		}
		return numOf(n), nil
	}
}

// atExponent answers another way for one of the exact exponents, where the right way does not fail.
func atExponent(right func(x, y num) (num, error), n int64, wrong func(x *big.Int) *big.Int) func(x, y num) (num, error) {
	return func(x, y num) (num, error) {
		z, err := right(x, y)
		if err != nil || y.ToBig().Cmp(productOf(big.NewInt(n), fixedOne)) != 0 {
			return z, err
		}
		return numOf(wrong(x.ToBig())), nil
	}
}

func fourthPower(first, second func(a, b *big.Int) *big.Int) func(x *big.Int) *big.Int {
	return func(x *big.Int) *big.Int {
		square := first(productOf(x, x), fixedOne)
		return second(productOf(square, square), fixedOne)
	}
}

// insteadOf answers instead of some failures.
func insteadOf(right func(x, y num) (num, error), where func(x, y num, err error) bool, answer uint64) func(x, y num) (num, error) {
	return func(x, y num) (num, error) {
		z, err := right(x, y)
		if err != nil && where(x, y, err) {
			return *new(num).SetUint64(answer), nil
		}
		return z, err
	}
}

// shortPow is pow without ln36's 36 decimals.
func shortPow(s *Subject) func(x, y num) (num, error) {
	pow, exp, ln := s.Pow, s.Exp, s.Ln
	return func(x, y num) (num, error) {
		right, err := pow(x, y)
		if err != nil || !nearOne(x.ToBig()) {
			return right, err
		}
		l, _ := ln(x)
		return exp(numOf(new(big.Int).Quo(productOf(signedBig(l), y.ToBig()), fixedOne)))
	}
}
