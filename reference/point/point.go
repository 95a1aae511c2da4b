// Package point is the witness: real arithmetic on github.com/ALTree/bigfloat, one number where the intervals have two.
//
// It exists to be somebody else's: exp and log here come from the arithmetic-geometric mean and Newton's method in a
// library that this project did not write, so a wrong enclosure does not agree with it by accident. It relies on math/big
// and bigfloat (and is the only package to import the latter), and on nothing of the intervals.
//
// It promises a relative error of at most 2⁻⁴⁸⁰ in LogRatio, Log1p, Exp and Expm1 for logarithms up to 2000 in size and ratios
// as close to 1 as 2⁻³⁰⁰, and rounding to nearest at 640 bits or more in the four operations. It is a witness, not a
// proof: the bound is derived from what bigfloat was measured to do (see trap.go), not from what it guarantees.
//
// A nil *big.Float is "no answer": every function returns nil outside its domain (division by zero, a logarithm of
// nothing positive, an exponent beyond ±2²⁰, an overflow to infinity), and nil when an argument is nil or infinite. None
// panics. No argument is changed and no result is shared, so goroutines may use one Arithmetic together.
package point

import "math/big"

// precision is the working precision in bits. At 848 and below bigfloat only reads its cache of π; Exp at more than 848
// bits rewrites it without a lock.
const precision = 640

// Arithmetic has the operations as methods. It has no state; the zero value is ready for use.
type Arithmetic struct{}

// New returns the arithmetic.
func New() Arithmetic { return Arithmetic{} }

// Int returns n exactly, with 640 bits, or as many as n needs.
func (Arithmetic) Int(n *big.Int) *big.Float {
	if n == nil {
		return nil
	}
	return number(max(precision, uint(n.BitLen()))).SetInt(n)
}

// Add returns x + y.
func (Arithmetic) Add(x, y *big.Float) *big.Float {
	if !finite(x, y) {
		return nil
	}
	return answer(number(precision).Add(x, y))
}

// Sub returns x − y.
func (Arithmetic) Sub(x, y *big.Float) *big.Float {
	if !finite(x, y) {
		return nil
	}
	return answer(number(precision).Sub(x, y))
}

// Mul returns x·y.
func (Arithmetic) Mul(x, y *big.Float) *big.Float {
	if !finite(x, y) {
		return nil
	}
	return answer(number(precision).Mul(x, y))
}

// Quo returns x/y, or nil when y = 0.
func (Arithmetic) Quo(x, y *big.Float) *big.Float {
	if !finite(x, y) || y.Sign() == 0 {
		return nil
	}
	return answer(number(precision).Quo(x, y))
}

// Max0 returns max(0, x).
func (Arithmetic) Max0(x *big.Float) *big.Float {
	switch {
	case !finite(x):
		return nil
	case x.Sign() < 0:
		return number(precision)
	}
	return new(big.Float).Copy(x)
}

// number returns a zero with its precision set. No other zero is used: a big.Float's zero value has precision 0.
func number(bits uint) *big.Float { return new(big.Float).SetPrec(bits) }

// finite says whether every argument is a number: neither nil nor infinite.
func finite(args ...*big.Float) bool {
	for _, x := range args {
		if x == nil || x.IsInf() {
			return false
		}
	}
	return true
}

// answer returns x, or nil when x overflowed.
func answer(x *big.Float) *big.Float {
	if x.IsInf() {
		return nil
	}
	return x
}
