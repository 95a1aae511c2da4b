package logexp

import (
	"github.com/holiman/uint256"

	"github.com/trueweight/trueweight/impl/revert"
)

// Ln returns the natural logarithm of a, signed (two's complement) with 18
// decimals. a is read as signed with 18 decimals; Ln fails unless a > 0.
func Ln(a uint256.Int) (uint256.Int, error) {
	if a.Sign() <= 0 {
		return uint256.Int{}, revert.ErrOutOfBounds
	}
	var log uint256.Int
	var negative bool
	if nearOne(&a) {
		log, negative = ln36(a)
		log.Div(&log, &one18)
	} else {
		log, negative = lnWide(a)
	}
	if negative {
		log.Neg(&log)
	}
	return log, nil
}

// nearOne reports whether 0.9 < x < 1.1, where ln keeps 36 decimals.
func nearOne(x *uint256.Int) bool {
	return x.Gt(&nearOneLow) && x.Lt(&nearOneHigh)
}

// lnWide returns |ln a| with 18 decimals, and whether ln a is negative, for
// 0 < a < 2²⁵⁵.
//
// Below 1 it is the logarithm of 1/a. Then a is divided by the powers e¹²⁸, e⁶⁴,
// e³², … e^(1/16) it exceeds, and the rest, 1 ≤ a < e^(1/16), is a series in
// z = (a−1)/(a+1): ln a = 2·(z + z³/3 + z⁵/5 + …).
//
// Nothing wraps: after the coarse steps a < e⁶⁴·10¹⁸, so a·100·10²⁰ < 2²²⁶, and
// the series has z < 10²⁰/32. The sum of the digits is below 256, and the result
// below ln(2²⁵⁵/10¹⁸) < 136.
func lnWide(a uint256.Int) (log uint256.Int, negative bool) {
	if a.Lt(&one18) {
		a.Div(&one36, &a)
		negative = true
	}
	for i := range coarse {
		if s := &coarse[i]; !a.Lt(&coarseThreshold[i]) {
			a.Div(&a, &s.a)
			log.Add(&log, &s.x)
		}
	}
	log.Mul(&log, &hundred)
	a.Mul(&a, &hundred)
	for i := range fine {
		if s := &fine[i]; !a.Lt(&s.a) {
			a.Mul(&a, &one20)
			a.Div(&a, &s.a)
			log.Add(&log, &s.x)
		}
	}

	var z, denominator uint256.Int
	z.Sub(&a, &one20)
	z.Mul(&z, &one20)
	z.Div(&z, denominator.Add(&a, &one20))
	series := atanhSeries(z, &one20, 11)
	log.Add(&log, series.Lsh(&series, 1))
	log.Div(&log, &hundred)
	return log, negative
}

// coarseThreshold[i] is the least a, with 18 decimals, that contains coarse[i].
var coarseThreshold = [2]uint256.Int{
	*new(uint256.Int).Mul(&coarse[0].a, &one18),
	*new(uint256.Int).Mul(&coarse[1].a, &one18),
}

// ln36 returns |ln x| with 36 decimals, and whether ln x is negative, for
// 0.9·10¹⁸ < x < 1.1·10¹⁸.
//
// It is 2·(z + z³/3 + … + z¹⁵/15) with z = (x−1)/(x+1). SPEC scales x by 10¹⁸
// first; that factor cancels in z. Truncation commutes with the sign, so the
// magnitude is summed and the sign kept apart. Nothing wraps: |x−10¹⁸| < 10¹⁷
// and z < 10³⁶/19.
func ln36(x uint256.Int) (log uint256.Int, negative bool) {
	var z, denominator uint256.Int
	negative = x.Lt(&one18)
	if negative {
		z.Sub(&one18, &x)
	} else {
		z.Sub(&x, &one18)
	}
	z.Mul(&z, &one36)
	z.Div(&z, denominator.Add(&x, &one18))
	log = atanhSeries(z, &one36, 15)
	log.Lsh(&log, 1)
	return log, negative
}

// atanhSeries returns z + z³/3 + z⁵/5 + … + zⁿ/n at the given scale, every
// division truncated. z < scale/18 ≤ 10³⁶/18 keeps each product below 2²³⁵.
func atanhSeries(z uint256.Int, scale *uint256.Int, n uint64) uint256.Int {
	var square, quotient uint256.Int
	square.Mul(&z, &z)
	square.Div(&square, scale)
	term, sum := z, z
	for k := uint64(3); k <= n; k += 2 {
		term.Mul(&term, &square)
		term.Div(&term, scale)
		sum.Add(&sum, quotient.Div(&term, &uint256.Int{k}))
	}
	return sum
}
