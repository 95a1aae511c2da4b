package interval

import (
	"math"
	"math/big"
	"math/bits"
)

// Beyond |x| = 2^reach the exponential is not computed: eˣ is known there to lie above 2^(2^reach), or between 0 and 2^(−2^reach).
const reach = 30

// Exp is eˣ.
func (a Arithmetic) Exp(x Interval) Interval { return a.exponential(x, false) }

// Expm1 is eˣ − 1, and relatively tight however small x is.
func (a Arithmetic) Expm1(x Interval) Interval { return a.exponential(x, true) }

// exponential is eˣ, or eˣ − 1 when minusOne.
func (a Arithmetic) exponential(x Interval, minusOne bool) Interval {
	lo, hi := new(big.Float), plusInf
	if minusOne {
		lo.SetInt64(-1)
	}
	if !x.Lo().IsInf() {
		least := exponential(x.Lo(), minusOne, a.prec)
		lo = least.lo
		if carried := width(x); carried.Cmp(narrow) <= 0 {
			return between(lo, a.carry(least.hi, carried, minusOne))
		}
	}
	if !x.Hi().IsInf() {
		hi = exponential(x.Hi(), minusOne, a.prec).hi
	}
	return between(lo, hi)
}

// carry bounds e^(t+d), or e^(t+d) − 1, from above by E = eᵗ and 0 ≤ d ≤ 1: e^(t+d) ≤ E + E·(d + d²). It is given the upper bound y of E, or
// of E − 1 when minusOne.
func (a Arithmetic) carry(y, d *big.Float, minusOne bool) *big.Float {
	const up = big.ToPositiveInf
	growth := sum(64, up, d, product(64, up, d, d))
	base := y
	if minusOne {
		base = sum(64, up, y, one)
	}
	return sum(a.prec, up, y, product(64, up, base, growth))
}

// exponential encloses eˣ, or eˣ − 1 when minusOne, within 2 ulps, for finite x.
func exponential(x *big.Float, minusOne bool, prec uint) Interval {
	exponent := x.MantExp(nil)
	switch {
	case x.Sign() == 0:
		z := new(big.Float)
		if !minusOne {
			z = one
		}
		return Interval{z, z}
	case exponent > reach:
		return remoteExponential(x.Sign() < 0, minusOne, prec)
	case minusOne && exponent <= -7:
		return smallExpm1(x, prec)
	}
	return largeExponential(x, minusOne, prec)
}

func powerOf2(n int) *big.Float { return new(big.Float).SetMantExp(one, n) }

// remoteExponential encloses eˣ, or eˣ − 1, for |x| ≥ 2^reach. There e^|x| > 2^(1.4·2^reach) > 2^(2^reach) + 1, and e^−|x| < 2^−prec, which no
// precision that fits into a machine is large enough to break.
func remoteExponential(negative, minusOne bool, prec uint) Interval {
	switch {
	case !negative:
		return Interval{powerOf2(1 << reach), plusInf}
	case minusOne:
		lo := big.NewFloat(-1)
		return Interval{lo, new(big.Float).SetPrec(prec).Add(lo, powerOf2(-int(prec)))}
	}
	return Interval{new(big.Float), powerOf2(-1 << reach)}
}

// smallExpm1 encloses eˣ − 1 for 0 < |x| < 2⁻⁷: with x = ±g·2ᵉ and g in [1/2, 1), it is ±g·2ᵉ·((eˣ−1)/x), and the last factor is near 1.
//
// Precision: as in largeExponential, without its reduction. The result is at least g·(1 − 2⁻⁷) > 2⁻², so its ulp is 2^(W−prec−2) units.
func smallExpm1(x *big.Float, prec uint) Interval {
	s, _ := newScale(prec + 16 + uint(bits.Len(prec)))
	exponent := x.MantExp(nil)
	var g, t, z enclosure
	s.float(&g, x, -exponent)
	s.shift(&t, &g, uint(-exponent))
	s.growth(&z, &t, x.Sign() < 0, allTerms)
	s.mul(&z, &g, &z)
	if x.Sign() < 0 {
		s.neg(&z, &z)
	}
	return s.interval(&z, exponent, prec)
}

// largeExponential encloses eˣ, or eˣ − 1 for |x| ≥ 2⁻⁷, where |x| < 2^reach.
//
// With k near x/log 2, r = x − k·log 2, j = ⌊128·r⌋ and t = r − j/128, eˣ = 2ᵏ·e^(j/128)·(1 + t·((eᵗ−1)/t)). k is found in float64, whose error
// can only leave r outside [0, log 2) by less than 2⁻²⁰: below 0, one is taken from k; above, j is still 88 = ⌊128·(log 2 + 2⁻²⁰)⌋.
//
// Precision: W ≥ prec + 16 + ℓ(prec) + ℓ(k), where ℓ is the length in bits. t is u ≤ 2|k| + 3 units wide. The i-th of n ≤ W/7 + 2 terms is at
// most 2u/(i+1) + 4 units wide: together u·(2 + 2·log n) + 4n. Times t: 4u + 1 more. Times e^(j/128), which is below 2 and 2 units wide:
// u·(12 + 4·log n) + 8n + 11. The result is at least 1 in the scale, and |eˣ − 1| > 2⁻⁸ for |x| ≥ 2⁻⁷, so an ulp has at least
// 2^(W−prec−8) ≥ 2^(8+ℓ(prec)+ℓ(k)) ≥ 256·prec·(|k|+1) units, which is more.
func largeExponential(x *big.Float, minusOne bool, prec uint) Interval {
	f, _ := x.Float64()
	k := int64(math.Floor(f / math.Ln2))
	s, constants := newScale(prec + 16 + uint(bits.Len(prec)+bits.Len64(uint64(max(k, -k)))))

	var r, t, z enclosure
	s.float(&r, x, 0)
	if x.Sign() < 0 {
		s.neg(&r, &r)
	}
	s.times(&t, &constants.log[steps], -k)
	s.add(&r, &r, &t)
	for r.v.Sign() < 0 {
		s.add(&r, &r, &constants.log[steps])
		k--
	}
	j := s.split(&t, &r)
	s.growth(&z, &t, false, allTerms)
	s.mul(&z, &t, &z)
	s.unit(&r)
	s.add(&z, &z, &r)
	s.mul(&z, &constants.exp[j], &z)
	if minusOne {
		k = s.lessOne(&z, k)
	}
	return s.interval(&z, int(k), prec)
}

// split sets t in [0, 1/128) so that r = j/128 + t, for r ≥ 0, and returns j.
func (s *scale) split(t, r *enclosure) int {
	t.v.Rsh(&r.v, s.bits-7)
	j := int(t.v.Int64())
	s.scrap.Lsh(&t.v, s.bits-7)
	t.v.Sub(&r.v, &s.scrap)
	t.w = r.w
	return j
}

// lessOne replaces z by z', with k' returned, so that z'·2^k' = z·2ᵏ − 1. A 1 below the scale is enclosed in [0, 1] unit.
func (s *scale) lessOne(z *enclosure, k int64) int64 {
	var unit enclosure
	s.unit(&unit)
	if k < 0 {
		s.shift(z, z, uint(-k))
		k = 0
	}
	if k > 0 {
		s.shift(&unit, &unit, uint(k))
	}
	s.sub(z, z, &unit)
	return k
}
