package interval

import (
	"math"
	"math/big"
)

// allTerms lets a series run until its terms vanish in the scale. They do, because each is at most half of the one before.
const allTerms = math.MaxInt

// remainder bounds the sum of a series' terms from the given one on, in units of the scale, if each is at most half of the one before:
// a + a/2 + a/4 + … = 2a. The terms before must have brought it below 2⁶² units.
func remainder(term *enclosure) uint64 {
	if term.v.BitLen() > 61 {
		panic("interval: a series was cut too early for its remainder to be counted")
	}
	return 2 * (term.v.Uint64() + term.w)
}

// atanh returns z and k so that atanh(num/den) = z·2⁻ᵏ, with 1/4 < z, for 0 < num/den ≤ 1/2: z has W good bits however small num/den is. It
// sums so many terms of the series, at least one.
//
// With x = num/den, ℓ the length in bits and k = ℓ(den) − ℓ(num) − 1 ≥ 0, g = x·2ᵏ lies in (1/4, 1), and atanh(x)·2ᵏ = g·Σ x²ⁱ/(2i+1).
// Consecutive terms of the sum have the ratio x²·(2i+1)/(2i+3) < x² ≤ 1/4.
func (s *scale) atanh(z *enclosure, num, den *big.Int, terms int) (k int) {
	k = den.BitLen() - num.BitLen() - 1
	var g, square, power, term enclosure
	s.ratio(&g, num, den, uint(k))
	s.mul(&square, &g, &g)
	s.shift(&square, &square, 2*uint(k))

	s.unit(z)
	power.v.Set(&square.v)
	power.w = square.w
	for i := 1; ; i++ {
		s.div(&term, &power, uint64(2*i+1))
		if i == terms || term.v.Sign() == 0 {
			z.w += remainder(&term)
			break
		}
		s.add(z, z, &term)
		s.mul(&power, &power, &square)
	}
	s.mul(z, &g, z)
	return k
}

// growth sets z to (eˣ − 1)/x = Σ xⁱ/(i+1)!, at x = t or, when negative, at x = −t, for 0 ≤ t ≤ 1. It sums so many terms of the series, at
// least one.
//
// Consecutive terms have a ratio of size t/(i+2) ≤ 1/2. Those of even and odd i are summed apart: at −t the value is even − odd. There the
// terms alternate and shrink, so all from the i-th on sum to between 0 and the i-th: the remainder belongs to the sum that term i belongs to,
// at either sign.
func (s *scale) growth(z, t *enclosure, negative bool, terms int) {
	var odd, term enclosure
	s.unit(z)
	s.unit(&term)
	for i := 1; ; i++ {
		s.mul(&term, &term, t)
		s.div(&term, &term, uint64(i+1))
		half := z
		if i%2 == 1 {
			half = &odd
		}
		if i == terms || term.v.Sign() == 0 {
			half.w += remainder(&term)
			break
		}
		s.add(half, half, &term)
	}
	if negative {
		s.sub(z, z, &odd)
	} else {
		s.add(z, z, &odd)
	}
}
