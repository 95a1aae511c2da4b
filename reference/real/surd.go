package real

import (
	"math/big"

	"github.com/trueweight/trueweight/reference/interval"
)

// A surd is the number a + b·ρ: a alone where root is nil, and otherwise irrational, with b ≠ 0 and an irrational product ρ of rational
// powers of rational numbers.
type surd struct {
	a, b *big.Rat
	root *Expr // ρ, an opPower; the same pointer for the same ρ
}

// surd returns e in that form, where it has one that algebra finds.
func (e *Expr) surd() (surd, bool) {
	switch e.op {
	case opInt:
		return surd{a: new(big.Rat).SetInt(e.n)}, true
	case opPower:
		return e.powerSurd()
	case opGrowth:
		s, ok := e.x.surd()
		if !ok {
			return surd{}, false
		}
		s.a = new(big.Rat).Sub(s.a, big.NewRat(1, 1))
		return s, true
	case opMax0:
		s, ok := e.x.surd()
		if !ok {
			return surd{}, false
		}
		sign, ok := s.sign()
		if sign < 0 {
			s = surd{a: new(big.Rat)}
		}
		return s, ok
	case opAdd, opSub, opMul, opQuo:
		return e.combined()
	}
	return surd{}, false
}

// powerSurd returns the rational number that a power is, or the power as an irrational root.
func (e *Expr) powerSurd() (surd, bool) {
	var powers []interval.Power
	for _, f := range e.factors {
		base, ok := f.base.Rational()
		if !ok || base.Sign() <= 0 {
			return surd{}, false
		}
		exponent, ok := f.exponent.Rational()
		if !ok {
			return surd{}, false
		}
		powers = powersOf(powers, base, exponent)
	}
	value, rational := interval.Rational(powers)
	if rational == interval.True {
		return surd{a: value}, true
	}
	return surd{a: new(big.Rat), b: big.NewRat(1, 1), root: e}, rational == interval.False
}

// combined returns x ∘ y, where that is linear in one root.
func (e *Expr) combined() (surd, bool) {
	x, ok := e.x.surd()
	if !ok {
		return surd{}, false
	}
	y, ok := e.y.surd()
	if !ok {
		return surd{}, false
	}
	switch {
	case e.op == opAdd:
		return x.plus(y)
	case e.op == opSub:
		return x.plus(y.times(big.NewRat(-1, 1)))
	case e.op == opMul && x.root == nil:
		return y.times(x.a), true
	case y.root != nil:
		return surd{}, false
	case e.op == opMul:
		return x.times(y.a), true
	case y.a.Sign() == 0:
		return surd{}, false
	}
	return x.times(new(big.Rat).Inv(y.a)), true
}

func (s surd) plus(t surd) (surd, bool) {
	sum := surd{a: new(big.Rat).Add(s.a, t.a)}
	switch {
	case s.root == nil:
		sum.b, sum.root = t.b, t.root
	case t.root == nil:
		sum.b, sum.root = s.b, s.root
	case s.root != t.root:
		return surd{}, false
	default:
		if b := new(big.Rat).Add(s.b, t.b); b.Sign() != 0 {
			sum.b, sum.root = b, s.root
		}
	}
	return sum, true
}

func (s surd) times(r *big.Rat) surd {
	product := surd{a: new(big.Rat).Mul(s.a, r)}
	if s.root != nil && r.Sign() != 0 {
		product.b, product.root = new(big.Rat).Mul(s.b, r), s.root
	}
	return product
}

// sign returns the sign of a surd. An irrational number is not 0: some enclosure keeps it away from there.
func (s surd) sign() (sign int, decided bool) {
	if s.root == nil {
		return s.a.Sign(), true
	}
	sign = signOf(Add(ratio(s.a), Mul(ratio(s.b), s.root)))
	return sign, sign != 0
}

// finest is the precision, in bits, at which signOf gives up.
const finest = 1 << 15

// signOf returns the sign of e ≠ 0, or 0 where no enclosure tells it.
func signOf(e *Expr) int {
	for prec := uint(128); prec <= finest; prec *= 2 {
		x := Eval(Arithmetic[interval.Interval](interval.At(prec)), e)
		switch {
		case x.Lo().Sign() > 0:
			return 1
		case x.Hi().Sign() < 0:
			return -1
		}
	}
	return 0
}
