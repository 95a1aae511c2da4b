// Package interval computes with closed intervals of reals that provably contain the exact answer.
//
// It is the reference's arithmetic: + − × ÷ exp log pow at any precision, comparisons that answer True, False or Unknown,
// and an exact decision, IsOne, for the equalities that no interval can decide. A comparison that an enclosure decides is a theorem
// about the real numbers compared.
//
// It relies on math/big alone: on big.Int for the kernels, whose error is counted in whole units by the type enclosure, and on the
// directed rounding of big.Float for the ends. It knows no fixed point and no pool: its numbers are plain reals, without a unit.
//
// It promises containment: for all reals inside the arguments at which the function is defined, the function's value lies inside the
// result. For point arguments it also promises the width, MaxUlps. Values are immutable and every function may be called concurrently.
package interval

import "math/big"

// MaxUlps bounds hi − lo of a result whose arguments are points, for Add, Sub, Mul, Quo, Log, LogRatio, Log1p, Exp, Expm1 and Pow alike: at most
// two units in the last place, 2^(e−prec) where 2^(e−1) ≤ max(|lo|, |hi|) < 2ᵉ. It is relative to the value, however small that is:
// LogRatio(b, b+1) is as tight at b = 2²⁵⁶ as at b = 2. It holds while the ends are finite: Exp gives a half-line from |x| ≥ 2³⁰ on,
// and Log1p sums 1 and x without loss down to |x| = 2^(−16384).
//
// The kernels enclose in less than one ulp, and outward rounding of an interval shorter than one step of a grid takes at most two steps.
const MaxUlps = 2

// An Interval is a closed, not empty set of reals {t : lo ≤ t ≤ hi}; lo = −Inf or hi = +Inf leave it open on that side. A value does
// not change. The zero Interval is Entire.
type Interval struct {
	lo, hi *big.Float // lo ≤ hi, lo < +Inf, hi > −Inf; the same pointer exactly when the interval is a point
}

var (
	minusInf = new(big.Float).SetInf(true)
	plusInf  = new(big.Float).SetInf(false)
)

// Entire is the whole line: it decides nothing.
func Entire() Interval { return Interval{minusInf, plusInf} }

// Point is the interval that holds x alone. It panics when x is infinite, which is no real.
func Point(x *big.Float) Interval { return New(x, x) }

// New is the interval from lo to hi, whatever their precision. It panics unless lo ≤ hi, lo < +Inf and hi > −Inf.
func New(lo, hi *big.Float) Interval {
	if lo.Cmp(hi) > 0 || lo.Cmp(plusInf) == 0 || hi.Cmp(minusInf) == 0 {
		panic("interval: New(" + lo.String() + ", " + hi.String() + ") holds no real")
	}
	return between(new(big.Float).Copy(lo), new(big.Float).Copy(hi))
}

// between is New for ends that are known to be in order and that nobody else will change.
func between(lo, hi *big.Float) Interval {
	if lo != hi && lo.Cmp(hi) == 0 {
		hi = lo
	}
	return Interval{lo, hi}
}

// Lo is the lower end, −Inf when there is none. It is for reading only.
func (x Interval) Lo() *big.Float {
	if x.lo == nil {
		return minusInf
	}
	return x.lo
}

// Hi is the upper end, +Inf when there is none. It is for reading only.
func (x Interval) Hi() *big.Float {
	if x.hi == nil {
		return plusInf
	}
	return x.hi
}

func (x Interval) isPoint() bool { return x.lo == x.hi && x.lo != nil }

// String prints a point in full, and otherwise both ends as [lo, hi] in decimal: the digits in which they agree and one or two more,
// each end rounded to nearest. Ends beyond 10^±20000 are printed in binary, as 0x.mantissap±exponent.
func (x Interval) String() string {
	lo, hi := x.Lo(), x.Hi()
	if remote(lo) || remote(hi) {
		return "[" + lo.Text('p', 0) + ", " + hi.Text('p', 0) + "]"
	}
	if x.isPoint() {
		return lo.Text('g', -1)
	}
	digits := int(max(lo.MinPrec(), hi.MinPrec()))*3/10 + 3
	a, b := lo.Text('e', digits), hi.Text('e', digits)
	agree := 0
	for agree < len(a) && agree < len(b) && a[agree] == b[agree] {
		agree++
	}
	digits = min(agree+1, digits)
	return "[" + lo.Text('g', digits) + ", " + hi.Text('g', digits) + "]"
}

// remote reports whether the decimal digits of x would be too many to print.
func remote(x *big.Float) bool {
	const bits = 1 << 16
	exponent := x.MantExp(nil)
	return exponent > bits || exponent < -bits
}
