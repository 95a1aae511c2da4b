// Package real is the weighted math over the real numbers: what the pools'
// formulas say once every rounding is removed.
//
// A formula is an expression, written once. Engines evaluate it: reference/interval
// to an enclosure of its value at any precision, reference/point to a
// high-precision approximation by independent code. The package knows no fixed
// point beyond the unit of its inputs: amounts are integers of wei, weights,
// fees and ratios integers of 10⁻¹⁸, as contracts pass them, and their exact
// quotients are what the formulas use.
//
// Exact equality, which no enclosure can decide, is decided by algebra: Equals
// undoes the operations around a product of powers and compares integers. A formula's own branches
// (is this amount taxed?) are decided by rational arithmetic where they compare rationals, and written as max(0, x)
// where they compare irrational numbers.
package real

import "math/big"

// An Expr is a real number given by a formula. It is immutable.
type Expr struct {
	op      op
	n       *big.Int // opInt
	x, y    *Expr
	factors []factor // opPower
}

// A factor is base^exponent with base ≥ 0.
type factor struct{ base, exponent *Expr }

type op uint8

const (
	opInt    op = iota
	opAdd       // x + y
	opSub       // x − y
	opMul       // x · y
	opQuo       // x ÷ y
	opPower     // Π baseᵢ^exponentᵢ
	opGrowth    // x − 1 for a power x, without cancellation
	opExp       // eˣ
	opExpM1     // eˣ − 1, without cancellation
	opLog       // the natural logarithm of x
	opMax0      // max(0, x)
)

// Int returns the integer n, which must not be changed afterwards.
func Int(n *big.Int) *Expr { return &Expr{op: opInt, n: n} }

// Int64 returns the integer n.
func Int64(n int64) *Expr { return Int(big.NewInt(n)) }

var (
	zero = Int64(0)
	one  = Int64(1)
	wad  = Int64(1e18)
)

// Fixed returns n·10⁻¹⁸: the number that an 18-decimal fixed-point integer stands for.
func Fixed(n *big.Int) *Expr { return Quo(Int(n), wad) }

// Add returns x + y.
func Add(x, y *Expr) *Expr { return &Expr{op: opAdd, x: x, y: y} }

// Sub returns x − y. A difference of a power and 1 keeps its leading digits.
func Sub(x, y *Expr) *Expr {
	switch {
	case x.op == opPower && y.isOne():
		return &Expr{op: opGrowth, x: x}
	case y.op == opPower && x.isOne():
		return Sub(zero, &Expr{op: opGrowth, x: y})
	}
	return &Expr{op: opSub, x: x, y: y}
}

// Mul returns x · y. Powers are joined into one.
func Mul(x, y *Expr) *Expr {
	if x.op == opPower && y.op == opPower {
		return &Expr{op: opPower, factors: append(append([]factor(nil), x.factors...), y.factors...)}
	}
	return &Expr{op: opMul, x: x, y: y}
}

// Quo returns x ÷ y; an engine finds no value where y is 0.
func Quo(x, y *Expr) *Expr {
	if x.op == opPower && y.op == opPower {
		inverse := make([]factor, len(y.factors))
		for i, f := range y.factors {
			inverse[i] = factor{f.base, Sub(zero, f.exponent)}
		}
		return Mul(x, &Expr{op: opPower, factors: inverse})
	}
	return &Expr{op: opQuo, x: x, y: y}
}

// Pow returns base^exponent for base ≥ 0, with 0⁰ = 1, and 0^y = 0 for y > 0.
// A base that is exactly zero, and its exponent, must be rational.
func Pow(base, exponent *Expr) *Expr {
	if b, ok := base.Rational(); ok && b.Sign() == 0 {
		if e, ok := exponent.Rational(); ok && e.Sign() > 0 {
			return zero
		} else if ok && e.Sign() == 0 {
			return one
		}
	}
	return &Expr{op: opPower, factors: []factor{{base, exponent}}}
}

// Exp returns eˣ.
func Exp(x *Expr) *Expr { return &Expr{op: opExp, x: x} }

// ExpM1 returns eˣ − 1.
func ExpM1(x *Expr) *Expr { return &Expr{op: opExpM1, x: x} }

// Log returns the natural logarithm of x > 0.
func Log(x *Expr) *Expr { return &Expr{op: opLog, x: x} }

// Max0 returns max(0, x): a branch of a formula that is continuous where it changes.
func Max0(x *Expr) *Expr { return &Expr{op: opMax0, x: x} }

// ratio returns r, in one division at most.
func ratio(r *big.Rat) *Expr {
	if r.IsInt() {
		return Int(r.Num())
	}
	return Quo(Int(r.Num()), Int(r.Denom()))
}

func (e *Expr) isOne() bool { return e.op == opInt && e.n.IsInt64() && e.n.Int64() == 1 }

// An Arithmetic evaluates expressions to numbers of type N. An operation without
// a value (a quotient by zero, the logarithm of a number that is not positive)
// gives an N that decides nothing.
type Arithmetic[N any] interface {
	Int(n *big.Int) N
	Add(x, y N) N
	Sub(x, y N) N
	Mul(x, y N) N
	Quo(x, y N) N
	LogRatio(x, y N) N // log(x/y), tight however close to 1 the ratio is
	Log1p(x N) N       // log(1+x), tight however small x is
	Exp(x N) N
	Expm1(x N) N
	Max0(x N) N
}

// Eval returns the value of e in an arithmetic.
func Eval[N any](ar Arithmetic[N], e *Expr) N { return (&engine[N]{Arithmetic: ar}).eval(e) }

// An engine is one evaluation. It remembers the last growth, which the branches of a formula have in common.
type engine[N any] struct {
	Arithmetic[N]
	growth *Expr
	value  N
}

func (ar *engine[N]) eval(e *Expr) N {
	switch e.op {
	case opInt:
		return ar.Int(e.n)
	case opAdd:
		return ar.Add(ar.eval(e.x), ar.eval(e.y))
	case opSub:
		return ar.Sub(ar.eval(e.x), ar.eval(e.y))
	case opMul:
		return ar.Mul(ar.eval(e.x), ar.eval(e.y))
	case opQuo:
		return ar.Quo(ar.eval(e.x), ar.eval(e.y))
	case opPower:
		return ar.Exp(ar.exponentOf(e))
	case opGrowth:
		if ar.growth != e {
			ar.value = ar.Expm1(ar.exponentOf(e.x))
			ar.growth = e
		}
		return ar.value
	case opExp:
		return ar.Exp(ar.eval(e.x))
	case opExpM1:
		return ar.Expm1(ar.eval(e.x))
	case opMax0:
		return ar.Max0(ar.eval(e.x))
	default:
		return ar.logOf(e.x)
	}
}

// exponentOf returns the logarithm of a power: Σ exponentᵢ·log(baseᵢ).
func (ar *engine[N]) exponentOf(power *Expr) N {
	if len(power.factors) == 0 {
		return ar.Int(zero.n)
	}
	var sum N
	for i, f := range power.factors {
		term := ar.logOf(f.base)
		if !f.exponent.isOne() {
			term = ar.Mul(ar.eval(f.exponent), term)
		}
		if i == 0 {
			sum = term
		} else {
			sum = ar.Add(sum, term)
		}
	}
	return sum
}

// logOf takes the logarithm of a quotient from both its parts, and of 1 + x from x, so that no
// rounding of the quotient or the sum blurs its distance from 1.
func (ar *engine[N]) logOf(e *Expr) N {
	switch {
	case e.op == opQuo:
		return ar.LogRatio(ar.eval(e.x), ar.eval(e.y))
	case e.op == opAdd && e.x.isOne():
		return ar.Log1p(ar.eval(e.y))
	}
	return ar.LogRatio(ar.eval(e), ar.Int(one.n))
}
