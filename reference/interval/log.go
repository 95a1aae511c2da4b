package interval

import (
	"math"
	"math/big"
	"math/bits"
)

// narrow is the relative width 2⁻²⁰ up to which an argument's width is carried to the result by an inequality, for one evaluation of the
// kernel instead of two. It overstates the width carried by less than a factor 1 + 2⁻¹⁹, and one more outward rounding adds an ulp.
var narrow = big.NewFloat(0x1p-20)

// Log is the natural logarithm of the positive part of x, open below when that reaches 0; Entire when no part of x is positive.
func (a Arithmetic) Log(x Interval) Interval { return a.LogRatio(x, Interval{one, one}) }

// LogRatio is log(x/y) of the positive parts of x and y, and relatively tight however close to 1 the ratio is. It is Entire when x or y has no
// positive part.
func (a Arithmetic) LogRatio(x, y Interval) Interval {
	if x.Hi().Sign() <= 0 || y.Hi().Sign() <= 0 {
		return Entire()
	}
	lo, hi := minusInf, plusInf
	bounded := !x.Hi().IsInf() && y.Lo().Sign() > 0
	if x.Lo().Sign() > 0 && !y.Hi().IsInf() {
		least := logRatio(x.Lo(), y.Hi(), a.prec)
		lo = least.lo
		if bounded {
			// log(hi/lo) ≤ (hi − lo)/lo, and log(x.hi/y.lo) = log(x.lo/y.hi) + log(x.hi/x.lo) + log(y.hi/y.lo).
			if carried := spreads(x, y); carried.Cmp(narrow) <= 0 {
				return between(lo, sum(a.prec, big.ToPositiveInf, least.hi, carried))
			}
		}
	}
	if bounded {
		hi = logRatio(x.Hi(), y.Lo(), a.prec).hi
	}
	return between(lo, hi)
}

// deepest bounds how far below 1 a number may lie for its sum with 1 to keep all its digits: 2^(−16384).
const deepest = 1 << 14

// Log1p is log(1+x) of the part of x above −1, relatively tight however small x is, down to 2^(−16384); Entire when no part of x is above −1.
//
// 1+x keeps 8 bits more of x than the precision asks for, or all of a point: a sum of numbers 2ᵏ apart has at most k bits more than the
// longer one, and one for the carry.
func (a Arithmetic) Log1p(x Interval) Interval {
	reach := uint(min(deepest, max(0, -x.Lo().MantExp(nil), -x.Hi().MantExp(nil))))
	length := max(a.prec, x.Lo().MinPrec(), x.Hi().MinPrec())
	unit := Interval{one, one}
	return a.LogRatio(At(length+reach+8).Add(x, unit), unit)
}

// spreads is spread(x) + spread(y) rounded up.
func spreads(x, y Interval) *big.Float { return sum(64, big.ToPositiveInf, spread(x), spread(y)) }

// spread is (hi − lo)/lo rounded up, for 0 < lo ≤ hi < ∞.
func spread(x Interval) *big.Float {
	return quotient(64, big.ToPositiveInf, width(x), x.lo)
}

// width is hi − lo rounded up.
func width(x Interval) *big.Float {
	return sum(64, big.ToPositiveInf, x.Hi(), new(big.Float).Neg(x.Lo()))
}

// logRatio encloses log(n/d) within 2 ulps, for finite n > 0 and d > 0.
//
// Let n/d = 2ᵉ·m with m = A/B in [1, 2), A and B integers, and j/128 near m: log(n/d) = e·log 2 + log(j/128) + 2·atanh(z),
// z = (128A − jB)/(128A + jB), exactly; with j = 256 taken as (e+1, 128). Near 1, e = 0 and j = 128: no constant is added,
// and z, an exact rational with a floating scale of its own, passes its relative precision on to the result.
//
// j is 128m rounded after an error far below 1/2, so |z| ≤ (1/2 + …)/(128A/B + j) < 2⁻⁸. The enclosure is right for any j.
//
// Precision: W ≥ prec + 16 + ℓ(prec), where ℓ is the length in bits. The series has n ≤ W/16 + 2 terms. z² is 2 units wide in the scale, its
// i-th power 3i, a term at most 4, the remainder 8, the product with z's mantissa 4n + 13, the constants 2|e| + 2. Near 1 the result is at
// least 1/4 in its scale. Elsewhere |log(n/d)| > 2⁻¹⁰, because n/d is at least half a step of the table away from 1, and |log(n/d)| > |e|/4 if
// |e| ≥ 2. So an ulp has at least 2^(W−prec−10) ≥ 2^(6+ℓ(prec)) ≥ 64·prec units, and |e| times as many if |e| ≥ 2, which is more.
func logRatio(n, d *big.Float, prec uint) Interval {
	if n.Cmp(d) == 0 {
		zero := new(big.Float)
		return Interval{zero, zero}
	}
	s, constants := newScale(prec + 16 + uint(bits.Len(prec)))
	var upper, lower, num, den big.Int
	e, j := reduce(&upper, &lower, n, d)

	lower.Mul(&lower, num.SetInt64(j))
	upper.Lsh(&upper, 7)
	num.Sub(&upper, &lower)
	den.Add(&upper, &lower)
	negative := num.Sign() < 0
	num.Abs(&num)

	var z enclosure
	k := 1
	if num.Sign() != 0 {
		k = s.atanh(&z, &num, &den, allTerms) // at least 7, since |num/den| < 2⁻⁸
	}
	if negative {
		s.neg(&z, &z)
	}
	if e == 0 && j == steps {
		return s.interval(&z, 1-k, prec)
	}
	s.shift(&z, &z, uint(k-1))
	s.add(&z, &z, &constants.log[j-steps])
	var power enclosure
	s.times(&power, &constants.log[steps], e)
	s.add(&z, &z, &power)
	return s.interval(&z, 0, prec)
}

// reduce sets upper/lower = m so that n/d = 2ᵉ·m, and returns e and j with 128 ≤ j < 256 and j near 128·m. It puts m into [1, 2), or just
// below 1 when j would be 256.
func reduce(upper, lower *big.Int, n, d *big.Float) (e, j int64) {
	top, bottom := mantissa(upper, n), mantissa(lower, d)
	e = int64(n.MantExp(nil)) - int64(d.MantExp(nil))
	// The mantissas, in [1/2, 1), are upper/2^ℓ(upper) and lower/2^ℓ(lower).
	shift := lower.BitLen() - upper.BitLen()
	ratio := top / bottom
	if ratio < 1 {
		ratio, shift, e = 2*ratio, shift+1, e-1
	}
	j = int64(math.Round(steps * ratio))
	if j == 2*steps {
		j, shift, e = steps, shift-1, e+1
	}
	if shift >= 0 {
		upper.Lsh(upper, uint(shift))
	} else {
		lower.Lsh(lower, uint(-shift))
	}
	return e, j
}

// mantissa sets z to the digits of x > 0, an integer, and returns them as a number in [1/2, 1], rounded.
func mantissa(z *big.Int, x *big.Float) float64 {
	m := new(big.Float)
	x.MantExp(m)
	f, _ := m.Float64()
	m.SetMantExp(m, int(m.MinPrec())).Int(z)
	return f
}
