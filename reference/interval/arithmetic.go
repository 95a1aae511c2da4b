package interval

import "math/big"

// exactBits is how long the mantissa of a point may grow, whatever the precision, before sums and products round: four balances of 256 bits
// multiply without loss.
const exactBits = 1024

// Arithmetic computes on intervals at one precision. Ends are rounded outward, each to the nearest number of that many bits that keeps the
// promise; but points whose sum, difference or product has at most 1024 bits give that point, so (b+1)−b is exactly 1.
type Arithmetic struct{ prec uint }

// At is the arithmetic whose ends have prec bits. It panics when prec < 2.
func At(prec uint) Arithmetic {
	if prec < 2 {
		panic("interval: a precision of less than 2 bits")
	}
	return Arithmetic{prec}
}

// Prec is the precision of the ends, in bits.
func (a Arithmetic) Prec() uint { return a.prec }

// Int is the point n, exact whatever its size: its end has prec bits, or as many as n if that is longer.
func (a Arithmetic) Int(n *big.Int) Interval {
	z := new(big.Float).SetPrec(max(a.prec, uint(n.BitLen()))).SetInt(n)
	return Interval{z, z}
}

// Neg is −x.
func (a Arithmetic) Neg(x Interval) Interval {
	lo := new(big.Float).Neg(x.Hi())
	if x.isPoint() {
		return Interval{lo, lo}
	}
	return Interval{lo, new(big.Float).Neg(x.Lo())}
}

// Hull is the smallest interval that contains x and y.
func (a Arithmetic) Hull(x, y Interval) Interval {
	return between(least(x.Lo(), y.Lo()), greatest(x.Hi(), y.Hi()))
}

// Max0 is max(0, x).
func (a Arithmetic) Max0(x Interval) Interval {
	zero := new(big.Float)
	return between(greatest(x.Lo(), zero), greatest(x.Hi(), zero))
}

// Add is x + y.
func (a Arithmetic) Add(x, y Interval) Interval {
	if x.isPoint() && y.isPoint() {
		if z, ok := exactSum(exactBits, x.lo, y.lo); ok {
			return Interval{z, z}
		}
	}
	return between(sum(a.prec, big.ToNegativeInf, x.Lo(), y.Lo()), sum(a.prec, big.ToPositiveInf, x.Hi(), y.Hi()))
}

// Sub is x − y.
func (a Arithmetic) Sub(x, y Interval) Interval { return a.Add(x, a.Neg(y)) }

// Mul is x · y.
func (a Arithmetic) Mul(x, y Interval) Interval {
	if x.isPoint() && y.isPoint() {
		if z, ok := exactProduct(exactBits, x.lo, y.lo); ok {
			return Interval{z, z}
		}
	}
	lo := func(s, t *big.Float) *big.Float { return product(a.prec, big.ToNegativeInf, s, t) }
	hi := func(s, t *big.Float) *big.Float { return product(a.prec, big.ToPositiveInf, s, t) }
	switch {
	case x.Hi().Sign() < 0:
		return a.Neg(a.Mul(a.Neg(x), y))
	case x.Lo().Sign() < 0: // x reaches to both sides of 0: s·t falls with t at its lower end and grows with t at its upper
		return between(least(lo(x.Lo(), y.Hi()), lo(x.Hi(), y.Lo())), greatest(hi(x.Lo(), y.Lo()), hi(x.Hi(), y.Hi())))
	}
	// x ≥ 0: s·t grows with t, and with s exactly where t ≥ 0.
	near, far := x.Lo(), x.Hi()
	if y.Lo().Sign() < 0 {
		near = x.Hi()
	}
	if y.Hi().Sign() < 0 {
		far = x.Lo()
	}
	return between(lo(near, y.Lo()), hi(far, y.Hi()))
}

// Quo is x / y over the divisors t ≠ 0 in y: a half-line, or Entire, when 0 ∈ y.
func (a Arithmetic) Quo(x, y Interval) Interval {
	if y.Hi().Sign() <= 0 {
		x, y = a.Neg(x), a.Neg(y)
	}
	if y.Lo().Sign() < 0 || y.Hi().Sign() == 0 {
		return Entire()
	}
	// y ≥ 0: s/t grows with s, and falls with t exactly where s ≥ 0.
	under, over := y.Hi(), y.Lo()
	if x.Lo().Sign() < 0 {
		under = y.Lo()
	}
	if x.Hi().Sign() < 0 {
		over = y.Hi()
	}
	return between(quotient(a.prec, big.ToNegativeInf, x.Lo(), under), quotient(a.prec, big.ToPositiveInf, x.Hi(), over))
}

func least(x, y *big.Float) *big.Float {
	if x.Cmp(y) <= 0 {
		return x
	}
	return y
}

func greatest(x, y *big.Float) *big.Float {
	if x.Cmp(y) >= 0 {
		return x
	}
	return y
}
