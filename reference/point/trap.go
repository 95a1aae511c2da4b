package point

import (
	"math/big"

	"github.com/ALTree/bigfloat"
)

// This file is all that calls bigfloat, and only where bigfloat is right. The traps, each with its guard:
//
//   - Log near 1 has 64 guard bits, so at |r−1| = 2⁻ᵏ its error is about 2^(k−63.5) ulp. LogRatio takes a series from
//     k = 100 on; before that the loss leaves 640 − 37 = 603 bits.
//   - Exp between −745.13 and −708.4 starts Newton's method from a denormal float64 and ends with a few right bits; so
//     does Exp of a larger argument when one of its halves lands there. Exp passes only arguments in [−1, 1].
//   - Exp and Log of a zero value, whose precision is 0, return 0. Every argument here is copied to 640 bits first.
//   - Log panics on negative numbers. LogRatio tests the sign.
//   - Pow(1±2⁻ᵏ, 2ᵏ) is wrong. It is never called.
//   - Above 848 bits the cache of π is rewritten by whoever comes first. The precision is fixed at 640.

// seriesExponent bounds the arguments of the two series below: |x| < 2^seriesExponent.
const seriesExponent = -100

// maxExponent bounds the domain: |x| < 2²⁰ in eˣ, and ratios within 2^±2²⁰. The logarithms of 256-bit values are below 178;
// an exponent of 100, from a weight of 1 %, still leaves them below 2¹⁵. Nothing overflows inside.
const maxExponent = 20

// LogRatio returns log(x/y), or nil unless x/y > 0 and 2^−2²⁰ ≤ x/y < 2^2²⁰.
func (a Arithmetic) LogRatio(x, y *big.Float) *big.Float {
	if !finite(x, y) || x.Sign()*y.Sign() <= 0 {
		return nil
	}
	ratio := number(precision).Quo(x, y)
	if exponent := ratio.MantExp(nil); ratio.Sign() == 0 || ratio.IsInf() || exponent > 1<<maxExponent || exponent <= -1<<maxExponent {
		return nil
	}
	// Within a factor of 2, x − y is exact in the precision of the longer one (Sterbenz): no digit of a ratio near 1 is
	// lost, only the quotient is rounded.
	difference := number(max(precision, x.Prec(), y.Prec())).Sub(x, y)
	excess := number(precision).Quo(difference, y)
	if excess.MantExp(nil) <= seriesExponent || excess.Sign() == 0 {
		return log1pSeries(excess)
	}
	// |ratio − 1| ≥ 2⁻¹⁰⁰ here, so that rounding the ratio moves its logarithm by at most 2⁻⁵³⁹ of it.
	return bigfloat.Log(ratio)
}

// Log1p returns log(1+x), or nil unless LogRatio(1+x, 1) has an answer.
func (a Arithmetic) Log1p(x *big.Float) *big.Float {
	if !finite(x) {
		return nil
	}
	if x.Sign() == 0 || x.MantExp(nil) <= seriesExponent {
		return log1pSeries(x)
	}
	// |x| ≥ 2⁻¹⁰⁰ here, so that rounding 1+x to 640 bits moves its logarithm by at most 2⁻⁵³⁹ of it.
	unit := number(precision).SetInt64(1)
	return a.LogRatio(a.Add(unit, x), unit)
}

// Exp returns eˣ, or nil when |x| ≥ 2²⁰.
func (Arithmetic) Exp(x *big.Float) *big.Float {
	if !finite(x) {
		return nil
	}
	if x.Sign() == 0 {
		return number(precision).SetInt64(1)
	}
	halvings := max(0, x.MantExp(nil)) // |x| < 2^halvings
	if halvings > maxExponent {
		return nil
	}
	// eˣ = (e^(x/2ᵐ))^(2ᵐ). Each squaring doubles the relative error and adds 2⁻⁶⁴⁰, so from about 2⁻⁶³⁹ it grows to
	// 2^(m−638): 2⁻⁶²⁷ at |x| ≤ 2000, where m = 11. Rounding x to 640 bits adds at most |x|·2⁻⁶⁴⁰.
	reduced := number(precision).Set(x)
	reduced.SetMantExp(reduced, -halvings)
	power := bigfloat.Exp(reduced)
	for range halvings {
		power.Mul(power, power)
	}
	return answer(power)
}

// Expm1 returns eˣ − 1, or nil when |x| ≥ 2²⁰.
func (a Arithmetic) Expm1(x *big.Float) *big.Float {
	if !finite(x) {
		return nil
	}
	if x.Sign() == 0 || x.MantExp(nil) <= seriesExponent {
		return expm1Series(x)
	}
	// |x| ≥ 2⁻¹⁰⁰: the difference cancels at most 101 bits of Exp's 638.
	return a.Sub(a.Exp(x), number(precision).SetInt64(1))
}

// seriesTerms is how many terms the series have: with |x| < 2⁻¹⁰⁰ the first one left out is below 2⁻⁷⁰⁰ of the sum.
const seriesTerms = 7

// log1pSeries returns log(1+x) = x − x²/2 + x³/3 − …, for |x| < 2⁻¹⁰⁰.
func log1pSeries(x *big.Float) *big.Float {
	sum, power := number(precision), number(precision).SetInt64(-1)
	for n := int64(1); n <= seriesTerms; n++ {
		power.Mul(power, x)
		power.Neg(power) // (−1)ⁿ⁺¹·xⁿ
		sum.Add(sum, number(precision).Quo(power, number(precision).SetInt64(n)))
	}
	return sum
}

// expm1Series returns eˣ − 1 = x + x²/2! + x³/3! + …, for |x| < 2⁻¹⁰⁰.
func expm1Series(x *big.Float) *big.Float {
	sum, term := number(precision), number(precision).SetInt64(1)
	for n := int64(1); n <= seriesTerms; n++ {
		term.Mul(term, x)
		term.Quo(term, number(precision).SetInt64(n))
		sum.Add(sum, term)
	}
	return sum
}
