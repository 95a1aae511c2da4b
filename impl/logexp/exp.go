package logexp

import (
	"github.com/holiman/uint256"

	"github.com/trueweight/trueweight/impl/revert"
)

// Exp returns eˣ with 18 decimals; x is signed (two's complement) with 18
// decimals. It fails unless −41·10¹⁸ ≤ x ≤ 130·10¹⁸.
func Exp(x uint256.Int) (uint256.Int, error) {
	negative := x.Sign() < 0
	if negative {
		x.Neg(&x)
	}
	if outside(&x, negative) {
		return uint256.Int{}, revert.ErrInvalidExponent
	}
	return exp(x, negative), nil
}

// outside reports whether ±x is no exponent for exp: below −41 or above 130.
func outside(x *uint256.Int, negative bool) bool {
	if negative {
		return x.Gt(&maxNegative)
	}
	return x.Gt(&maxExponent)
}

// exp returns e^±x for a magnitude x that is not outside.
func exp(x uint256.Int, negative bool) uint256.Int {
	power := expPositive(x)
	if negative {
		power.Div(&one36, &power)
	}
	return power
}

// expPositive returns eˣ for 0 ≤ x ≤ 130·10¹⁸, rounded down at each step.
//
// x is written as 128 or 64, plus the binary digits 32 … 1/4, plus a rest below
// 1/4 whose power is a Taylor series. Nothing wraps: the power of the digits
// and the rest is below e⁶⁴·10²⁰ < 2¹⁵⁹ and below e²·10²⁰ < 2⁷⁰ when 128 is
// taken, so it grows to less than 2²²⁶ by the factor 10²⁰ before a division, to
// less than 2²⁵² by the factor e⁶⁴ and to less than 2²⁵⁴ by e¹²⁸.
func expPositive(x uint256.Int) uint256.Int {
	factor := uint256.Int{1}
	for i := range coarse {
		if s := &coarse[i]; !x.Lt(&s.x) {
			x.Sub(&x, &s.x)
			factor = s.a
			break
		}
	}
	x.Mul(&x, &hundred)

	power := one20
	for i := range fine[:8] {
		if s := &fine[i]; !x.Lt(&s.x) {
			x.Sub(&x, &s.x)
			power.Mul(&power, &s.a)
			power.Div(&power, &one20)
		}
	}

	var sum uint256.Int
	sum.Add(&one20, &x)
	term := x
	for k := uint64(2); k <= 12; k++ {
		term.Mul(&term, &x)
		term.Div(&term, &one20)
		term.Div(&term, &uint256.Int{k})
		sum.Add(&sum, &term)
	}

	power.Mul(&power, &sum)
	power.Div(&power, &one20)
	power.Mul(&power, &factor)
	power.Div(&power, &hundred)
	return power
}
