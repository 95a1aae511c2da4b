// Package fixedpoint is unsigned arithmetic with 18 decimals in which every
// operation says which way it rounds.
//
// A number x stands for x / 10¹⁸; what is said of one wei is said of 10⁻¹⁸. It
// implements SPEC "Fixed point". A product must fit 256 bits: where a 512-bit
// intermediate would still give an answer, the contracts fail, and so does this.
//
// It relies on uint256. It promises, for every 256-bit input: the exact floor or
// ceiling or a *revert.Error, never a panic; and no allocation.
package fixedpoint

import (
	"github.com/holiman/uint256"

	"github.com/trueweight/trueweight/impl/revert"
)

var one = uint256.Int{1e18}

// One returns 10¹⁸, which stands for 1.
func One() uint256.Int { return one }

// Add returns a + b. It fails when a + b ≥ 2²⁵⁶.
func Add(a, b uint256.Int) (uint256.Int, error) {
	var z uint256.Int
	if _, overflow := z.AddOverflow(&a, &b); overflow {
		return uint256.Int{}, revert.ErrAddOverflow
	}
	return z, nil
}

// Sub returns a − b. It fails when a < b.
func Sub(a, b uint256.Int) (uint256.Int, error) {
	var z uint256.Int
	if _, underflow := z.SubOverflow(&a, &b); underflow {
		return uint256.Int{}, revert.ErrSubUnderflow
	}
	return z, nil
}

// Complement returns max(0, 10¹⁸ − x).
func Complement(x uint256.Int) uint256.Int {
	if !x.Lt(&one) {
		return uint256.Int{}
	}
	var z uint256.Int
	z.Sub(&one, &x)
	return z
}

// MulDown returns ⌊a·b / 10¹⁸⌋. It fails when a·b ≥ 2²⁵⁶.
func MulDown(a, b uint256.Int) (uint256.Int, error) {
	var z uint256.Int
	if _, overflow := z.MulOverflow(&a, &b); overflow {
		return uint256.Int{}, revert.ErrMulOverflow
	}
	z.Div(&z, &one)
	return z, nil
}

// MulUp returns ⌈a·b / 10¹⁸⌉. It fails when a·b ≥ 2²⁵⁶.
func MulUp(a, b uint256.Int) (uint256.Int, error) {
	var z uint256.Int
	if _, overflow := z.MulOverflow(&a, &b); overflow {
		return uint256.Int{}, revert.ErrMulOverflow
	}
	return ceilDiv(&z, &one), nil
}

// DivDown returns ⌊a·10¹⁸ / b⌋. It fails when b = 0 or a·10¹⁸ ≥ 2²⁵⁶.
func DivDown(a, b uint256.Int) (uint256.Int, error) {
	var z uint256.Int
	_, overflow := z.MulOverflow(&a, &one)
	switch {
	case b.IsZero() && overflow:
		return uint256.Int{}, revert.ErrDivByZeroOverflow
	case b.IsZero():
		return uint256.Int{}, revert.ErrDivByZero
	case overflow:
		return uint256.Int{}, revert.ErrDivOverflow
	}
	z.Div(&z, &b)
	return z, nil
}

// DivUp returns ⌈a·10¹⁸ / b⌉. It fails when b = 0 or a·10¹⁸ ≥ 2²⁵⁶.
func DivUp(a, b uint256.Int) (uint256.Int, error) {
	if b.IsZero() {
		return uint256.Int{}, revert.ErrZeroDivision
	}
	var z uint256.Int
	if _, overflow := z.MulOverflow(&a, &one); overflow {
		return uint256.Int{}, revert.ErrDivOverflow
	}
	return ceilDiv(&z, &b), nil
}

// MulDivUp returns ⌈a·b / c⌉ of plain integers, as v3 computes it. It fails
// when c = 0 or a·b ≥ 2²⁵⁶.
func MulDivUp(a, b, c uint256.Int) (uint256.Int, error) {
	if c.IsZero() {
		return uint256.Int{}, revert.ErrZeroDivision
	}
	var z uint256.Int
	if _, overflow := z.MulOverflow(&a, &b); overflow {
		return uint256.Int{}, revert.ErrMulOverflow
	}
	return ceilDiv(&z, &c), nil
}

// DivUpRaw returns ⌈a / b⌉ of plain integers, as v3 computes it. It fails when
// b = 0.
func DivUpRaw(a, b uint256.Int) (uint256.Int, error) {
	if b.IsZero() {
		return uint256.Int{}, revert.ErrZeroDivision
	}
	return ceilDiv(&a, &b), nil
}

// MathDivDown returns ⌊a / b⌋ of plain integers, as v2 computes it and as v3
// divides. It fails when b = 0.
func MathDivDown(a, b uint256.Int) (uint256.Int, error) {
	if b.IsZero() {
		return uint256.Int{}, revert.ErrDivByZero
	}
	var z uint256.Int
	z.Div(&a, &b)
	return z, nil
}

// MathDivUp returns ⌈a / b⌉ of plain integers, as v2 computes it: DivUpRaw under
// v2's name. It fails when b = 0.
func MathDivUp(a, b uint256.Int) (uint256.Int, error) { return DivUpRaw(a, b) }

// ceilDiv returns ⌈a / b⌉ for b > 0. Adding one to the quotient cannot wrap: it
// happens only when a is no multiple of b, so b ≥ 2 and the quotient < 2²⁵⁵.
func ceilDiv(a, b *uint256.Int) uint256.Int {
	var quotient, remainder uint256.Int
	quotient.DivMod(a, b, &remainder)
	if !remainder.IsZero() {
		quotient.AddUint64(&quotient, 1)
	}
	return quotient
}
