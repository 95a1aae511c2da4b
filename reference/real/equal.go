package real

import (
	"math/big"

	"github.com/trueweight/trueweight/reference/interval"
)

// Rational returns the value of an expression built from integers by + − × ÷, exactly.
func (e *Expr) Rational() (*big.Rat, bool) {
	switch e.op {
	case opInt:
		return new(big.Rat).SetInt(e.n), true
	case opAdd, opSub, opMul, opQuo:
	default:
		return nil, false
	}
	x, ok := e.x.Rational()
	if !ok {
		return nil, false
	}
	y, ok := e.y.Rational()
	if !ok {
		return nil, false
	}
	switch e.op {
	case opAdd:
		return x.Add(x, y), true
	case opSub:
		return x.Sub(x, y), true
	case opMul:
		return x.Mul(x, y), true
	}
	if y.Sign() == 0 {
		return nil, false
	}
	return x.Quo(x, y), true
}

// Equals decides exactly whether e = target, where algebra can: decided is
// false when it can't. It undoes + − × ÷ with rational operands until a single power
// (or exponential, or logarithm) remains. A product of powers of rational numbers equals a
// rational number exactly when their quotient, over a coprime base, cancels; eʳ and log r
// are irrational for every rational r but 0 and 1 (Lindemann). What is linear in one power, max(0, x) included,
// equals a rational number exactly when the power is rational or cancels; and a product of powers of such numbers
// is one for which powerEquals has the proof.
func (e *Expr) Equals(target *big.Rat) (equal, decided bool) {
	if r, ok := e.Rational(); ok {
		return r.Cmp(target) == 0, true
	}
	if equal, decided = e.equalsByParts(target); decided {
		return equal, true
	}
	if s, ok := e.surd(); ok {
		return s.root == nil && s.a.Cmp(target) == 0, true
	}
	return false, false
}

func (e *Expr) equalsByParts(target *big.Rat) (equal, decided bool) {
	switch e.op {
	case opAdd, opSub, opMul, opQuo:
		if x, ok := e.x.Rational(); ok {
			return e.y.equalsFromRight(e.op, x, target)
		}
		if y, ok := e.y.Rational(); ok {
			return e.x.equalsFromLeft(e.op, y, target)
		}
	case opPower:
		return powerEquals(e.factors, target)
	case opGrowth:
		return powerEquals(e.x.factors, new(big.Rat).Add(target, big.NewRat(1, 1)))
	case opExp:
		if x, ok := e.x.Rational(); ok {
			return x.Sign() == 0 && target.Cmp(big.NewRat(1, 1)) == 0, true
		}
	case opExpM1:
		if x, ok := e.x.Rational(); ok {
			return x.Sign() == 0 && target.Sign() == 0, true
		}
	case opLog:
		if x, ok := e.x.Rational(); ok && x.Sign() > 0 {
			return x.Cmp(big.NewRat(1, 1)) == 0 && target.Sign() == 0, true
		}
	}
	return false, false
}

// equalsFromRight decides x ∘ e = target.
func (e *Expr) equalsFromRight(o op, x, target *big.Rat) (equal, decided bool) {
	switch o {
	case opAdd: // e = target − x
		return e.Equals(new(big.Rat).Sub(target, x))
	case opSub: // e = x − target
		return e.Equals(new(big.Rat).Sub(x, target))
	case opMul: // e = target ÷ x
		if x.Sign() == 0 {
			return target.Sign() == 0, true
		}
		return e.Equals(new(big.Rat).Quo(target, x))
	default: // e = x ÷ target
		if x.Sign() == 0 {
			zero, ok := e.Equals(new(big.Rat))
			return target.Sign() == 0, ok && !zero
		}
		if target.Sign() == 0 {
			return false, true
		}
		return e.Equals(new(big.Rat).Quo(x, target))
	}
}

// equalsFromLeft decides e ∘ y = target.
func (e *Expr) equalsFromLeft(o op, y, target *big.Rat) (equal, decided bool) {
	switch o {
	case opAdd: // e = target − y
		return e.Equals(new(big.Rat).Sub(target, y))
	case opSub: // e = target + y
		return e.Equals(new(big.Rat).Add(target, y))
	case opMul: // e = target ÷ y
		if y.Sign() == 0 {
			return target.Sign() == 0, true
		}
		return e.Equals(new(big.Rat).Quo(target, y))
	default: // e = target · y
		if y.Sign() == 0 {
			return false, false
		}
		return e.Equals(new(big.Rat).Mul(target, y))
	}
}

// powerEquals decides Π baseᵢ^exponentᵢ = target for rational exponents, and for bases of which the irrational ones are surds of one root.
//
// Let these be aᵢ + bᵢ·ρ > 0, and let the product be rational. So is a whole power of it, in which all exponents mᵢ are integers. ρ is an
// irrational v-th root of a rational number, and its conjugates are ζρ for v-th roots of unity ζ, at least one of them not 1.
// Conjugation leaves a rational number as it is: Π (aᵢ + bᵢ·ζρ)^mᵢ = Π (aᵢ + bᵢ·ρ)^mᵢ. But |a + b·ζρ|² = a² + b²ρ² + 2abρ·Re ζ is below
// (a + b·ρ)² where ab > 0, above it where ab < 0, and equal to it where ab = 0. So the products differ, and the product is irrational,
// if some aᵢ·bᵢ·mᵢ are not 0, and all of those have one sign.
func powerEquals(factors []factor, target *big.Rat) (equal, decided bool) {
	if target.Sign() <= 0 {
		return false, true // powers of positive bases are positive
	}
	product := powersOf(nil, target, big.NewRat(-1, 1))
	var root *Expr
	side := 0
	for _, f := range factors {
		base, ok := f.base.surd()
		if !ok {
			return false, false
		}
		if sign, ok := base.sign(); !ok || sign <= 0 {
			return false, false
		}
		exponent, ok := f.exponent.Rational()
		if !ok {
			return false, false
		}
		switch {
		case base.root == nil:
			product = powersOf(product, base.a, exponent)
			continue
		case root != nil && root != base.root:
			return false, false
		}
		root = base.root
		if base.a.Sign() == 0 { // b·ρ is a product of powers itself
			product = powersOf(product, base.b, exponent)
			for _, f := range root.factors {
				b, _ := f.base.Rational()
				e, _ := f.exponent.Rational()
				product = powersOf(product, b, e.Mul(e, exponent))
			}
			continue
		}
		s := base.a.Sign() * base.b.Sign() * exponent.Sign()
		if s*side < 0 {
			return false, false
		}
		side |= s
	}
	if side != 0 {
		return false, true
	}
	return interval.IsOne(product), true
}

// powersOf appends base^exponent, for base > 0.
func powersOf(product []interval.Power, base, exponent *big.Rat) []interval.Power {
	return append(product,
		interval.Power{Base: base.Num(), Exp: exponent},
		interval.Power{Base: base.Denom(), Exp: new(big.Rat).Neg(exponent)})
}
