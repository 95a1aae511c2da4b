package interval

import "math/big"

// The operations of math/big with directed rounding, made total: one end of an interval each. big.Float rounds + − × ÷ correctly in the mode
// asked for, but it knows no ∞ − ∞ and no 0·∞, and at the ends of its exponents it forgets the mode.

func directed(prec uint, mode big.RoundingMode) *big.Float {
	return new(big.Float).SetPrec(prec).SetMode(mode)
}

// sum is x + y, rounded to prec bits. Infinite arguments must have one sign: they are both lower ends or both upper ends.
func sum(prec uint, mode big.RoundingMode, x, y *big.Float) *big.Float {
	x, y = nearby(prec, x, y)
	return settle(directed(prec, mode).Add(x, y))
}

// exactSum is x + y for finite x and y, when that has at most prec bits.
func exactSum(prec uint, x, y *big.Float) (*big.Float, bool) {
	x, y = nearby(prec, x, y)
	z := new(big.Float).SetPrec(prec).Add(x, y)
	return z, z.Acc() == big.Exact
}

// product is x · y, rounded to prec bits. 0·∞ is 0: an infinite end stands for all the reals before it.
func product(prec uint, mode big.RoundingMode, x, y *big.Float) *big.Float {
	if x.Sign() == 0 || y.Sign() == 0 {
		return directed(prec, mode)
	}
	return settle(directed(prec, mode).Mul(x, y))
}

// exactProduct is x · y for finite x and y, when that has at most prec bits.
func exactProduct(prec uint, x, y *big.Float) (*big.Float, bool) {
	z := new(big.Float).SetPrec(prec).Mul(x, y)
	return z, z.Acc() == big.Exact
}

// quotient is x / y for y ≥ 0, rounded to prec bits: the limit from above where y = 0. Not both may be infinite.
func quotient(prec uint, mode big.RoundingMode, x, y *big.Float) *big.Float {
	if x.Sign() == 0 {
		return directed(prec, mode)
	}
	if y.Sign() == 0 {
		return directed(prec, mode).SetInf(x.Sign() < 0)
	}
	return settle(directed(prec, mode).Quo(x, y))
}

// nearby returns x and y so that their sum rounds as before, and takes no more room than its precision asks for: math/big aligns its
// operands bit by bit, and 1 + 2^(−10⁹) would fill the memory.
//
// Let 2^(e−1) ≤ |x| < 2ᵉ, and let p be prec or the length of x, whichever is larger. x is a multiple of 2^(e−p), and the numbers of prec bits
// near x are multiples of 2^(e−1−p). So with 0 < |y| < 2^(e−2−p) nothing representable lies strictly between x and x+y: a sum
// is never exact, and in a directed mode only the sign of y decides how it rounds.
func nearby(prec uint, x, y *big.Float) (*big.Float, *big.Float) {
	if x.Sign() == 0 || y.Sign() == 0 || x.IsInf() || y.IsInf() {
		return x, y
	}
	large, small := x, y
	if large.MantExp(nil) < small.MantExp(nil) {
		large, small = small, large
	}
	limit := large.MantExp(nil) - int(max(prec, large.MinPrec())) - 2
	if small.MantExp(nil) > limit {
		return x, y
	}
	return large, new(big.Float).SetMantExp(big.NewFloat(0.5*float64(small.Sign())), limit)
}

// settle corrects an end that left the exponents of big.Float: that gives ±Inf or 0 in every mode, and an Acc on the wrong side of the
// mode tells. A finite number beyond the largest is at least 2^(MaxExp−1); one below the least is at most 2^(MinExp−1) in size.
func settle(z *big.Float) *big.Float {
	wrong := z.Mode() == big.ToNegativeInf && z.Acc() == big.Above || z.Mode() == big.ToPositiveInf && z.Acc() == big.Below
	if !wrong {
		return z
	}
	exponent, negative := big.MinExp, z.Mode() == big.ToNegativeInf
	if z.IsInf() {
		exponent, negative = big.MaxExp, !negative
	}
	z.SetMantExp(big.NewFloat(0.5), exponent)
	if negative {
		z.Neg(z)
	}
	return z
}
