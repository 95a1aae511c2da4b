package interval

import (
	"math/big"
	"math/bits"
)

// Pow is xʸ = e^(y·log x) over the numbers ≥ 0 in x, with x⁰ = 1 for every x, x¹ = x, and 0ʸ = 0 for y > 0. It is Entire when x is negative.
//
// Precision: let |y·log x| < 2ⁿ, and p = prec + 8 + n. At p bits, log x is within 2 ulps and y·log x within 4: that is 8·2^(n−p) = 2^(−5−prec) at
// most, which adds 2⁻⁵ ulps of prec to the exponential. The exponential itself is at p within 3 ulps, below 2⁻⁶ of prec's. So the
// enclosure is shorter than one ulp of prec, and its outward rounding at most 2 ulps wide.
func (a Arithmetic) Pow(x, y Interval) Interval {
	switch {
	case y.Lo().Sign() == 0 && y.Hi().Sign() == 0:
		return Interval{one, one}
	case y.isPoint() && y.lo.Cmp(one) == 0 && x.Lo().Sign() >= 0:
		return x
	case x.Hi().Sign() < 0:
		return Entire()
	case x.Hi().Sign() == 0:
		return zeroPow(y)
	}
	inner := At(a.prec + 8 + magnitude(x, y))
	power := inner.Exp(inner.Mul(y, inner.Log(x)))
	return between(
		directed(a.prec, big.ToNegativeInf).Set(power.Lo()),
		directed(a.prec, big.ToPositiveInf).Set(power.Hi()))
}

// zeroPow is 0ʸ, for y that are not all 0.
func zeroPow(y Interval) Interval {
	switch zero := new(big.Float); {
	case y.Lo().Sign() > 0:
		return Interval{zero, zero}
	case y.Lo().Sign() == 0:
		return Interval{zero, one}
	}
	return Entire()
}

// magnitude is an n ≤ 64 with |y·log x| < 2ⁿ for all t in x and y, unless that is beyond the exponential's reach. For 2^(e−1) ≤ t < 2ᵉ,
// |log t| < |e| + 1 < 2^ℓ(|e|+1).
func magnitude(x, y Interval) uint {
	lengthOfLog := max(logLength(x.Lo()), logLength(x.Hi()))
	n := lengthOfLog + max(y.Lo().MantExp(nil), y.Hi().MantExp(nil))
	return uint(min(max(0, n), 64))
}

func logLength(x *big.Float) int {
	e := x.MantExp(nil)
	return bits.Len(uint(max(e, -e)) + 1)
}
