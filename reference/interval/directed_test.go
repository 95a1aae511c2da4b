package interval

import (
	"math/big"
	"testing"
)

// smallFloats are 0 and all ±m·2ᵉ with m below 16.
func smallFloats(low, high int) []*big.Float {
	all := []*big.Float{new(big.Float)}
	for m := int64(8); m < 16; m++ {
		for e := low; e <= high; e++ {
			for _, sign := range []int64{1, -1} {
				f := new(big.Float).SetInt64(sign * m)
				all = append(all, f.SetMantExp(f, e))
			}
		}
	}
	return all
}

// floorAt is the largest number of prec bits that is at most r: with 2^(e−1) ≤ |r| < 2ᵉ, a multiple of 2^(e−prec).
func floorAt(r *big.Rat, prec int) *big.Rat {
	if r.Sign() == 0 {
		return r
	}
	unit := big.NewRat(1, 1)
	size := new(big.Rat).Abs(r)
	limit := new(big.Rat).SetInt64(1 << prec)
	for double := big.NewRat(2, 1); size.Cmp(new(big.Rat).Mul(unit, limit)) >= 0; {
		unit.Mul(unit, double)
	}
	limit.SetInt64(1 << (prec - 1))
	for half := big.NewRat(1, 2); size.Cmp(new(big.Rat).Mul(unit, limit)) < 0; {
		unit.Mul(unit, half)
	}
	q := new(big.Rat).Quo(r, unit)
	return q.Mul(unit, new(big.Rat).SetInt(new(big.Int).Div(q.Num(), q.Denom())))
}

func rational(x *big.Float) *big.Rat { r, _ := x.Rat(nil); return r }

func TestDirectedOperationsGiveTheNearestNumberOnTheirSide(t *testing.T) {
	type operation struct {
		name     string
		directed func(uint, big.RoundingMode, *big.Float, *big.Float) *big.Float
		exact    func(z, x, y *big.Rat) *big.Rat
	}
	all, positive := smallFloats(-5, -1), func(*big.Float) bool { return true }
	for _, op := range []operation{{"+", sum, (*big.Rat).Add}, {"·", product, (*big.Rat).Mul}, {"/", quotient, (*big.Rat).Quo}} {
		if op.name == "/" {
			positive = func(y *big.Float) bool { return y.Sign() > 0 }
		}
		for _, x := range all {
			for _, y := range all {
				if !positive(y) {
					continue
				}
				exact := op.exact(new(big.Rat), rational(x), rational(y))
				for prec := 2; prec <= 4; prec++ {
					if got := op.directed(uint(prec), big.ToNegativeInf, x, y); rational(got).Cmp(floorAt(exact, prec)) != 0 {
						t.Fatalf("%v %s %v down at %d bits = %v", x, op.name, y, prec, got)
					}
					minus := new(big.Rat).Neg(exact)
					if got := op.directed(uint(prec), big.ToPositiveInf, x, y); rational(got).Cmp(minus.Neg(floorAt(minus, prec))) != 0 {
						t.Fatalf("%v %s %v up at %d bits = %v", x, op.name, y, prec, got)
					}
				}
			}
		}
	}
}

func TestSumsAreTotal(t *testing.T) {
	tiny := new(big.Float).SetMantExp(big.NewFloat(1), -1_000_000_000)
	huge := new(big.Float).SetMantExp(big.NewFloat(1), 1_000_000_000)
	for _, prec := range []uint{2, 53, 1024} {
		for _, mode := range []big.RoundingMode{big.ToNegativeInf, big.ToPositiveInf} {
			for _, sign := range []int{1, -1} {
				small := new(big.Float).Mul(tiny, big.NewFloat(float64(sign)))
				want := big.NewFloat(1).SetPrec(prec + 1)
				if sign < 0 && mode == big.ToNegativeInf {
					want.Sub(want, new(big.Float).SetMantExp(one, -int(prec)))
				}
				if sign > 0 && mode == big.ToPositiveInf {
					want.Add(want, new(big.Float).SetMantExp(one, 1-int(prec)))
				}
				if got := sum(prec, mode, small, big.NewFloat(1)); got.Cmp(want) != 0 {
					t.Errorf("1 %+d·2^(−10⁹) %v at %d bits = %v, want %v", sign, mode, prec, got, want)
				}
			}
		}
	}
	if got := sum(53, big.ToPositiveInf, huge, tiny); got.Cmp(huge) <= 0 {
		t.Errorf("2^(10⁹) + 2^(−10⁹) rounded up = %v", got)
	}
}

func TestEndsBeyondTheExponentsStayOnTheirSide(t *testing.T) {
	huge := new(big.Float).SetMantExp(big.NewFloat(0.5), big.MaxExp)
	tiny := new(big.Float).SetMantExp(big.NewFloat(0.5), big.MinExp)
	for _, row := range []struct {
		x        *big.Float
		low, top *big.Float // bounds of x² and the size of its other bound
	}{{huge, huge, plusInf}, {tiny, new(big.Float), tiny}} {
		minus := new(big.Float).Neg(row.x)
		a := At(53)
		square, negative := a.Mul(Point(row.x), Point(row.x)), a.Mul(Point(row.x), Point(minus))
		if square.Lo().Cmp(row.low) != 0 || square.Hi().Cmp(row.top) != 0 {
			t.Errorf("%s² = %s", row.x.Text('p', 0), square)
		}
		if flipped := a.Neg(negative); flipped.Lo().Cmp(row.low) != 0 || flipped.Hi().Cmp(row.top) != 0 {
			t.Errorf("−%s² = %s", row.x.Text('p', 0), negative)
		}
	}
	if got := quotient(53, big.ToNegativeInf, big.NewFloat(-1), new(big.Float)); !got.IsInf() || !got.Signbit() {
		t.Errorf("−1/0⁺ = %v", got)
	}
	if got := product(53, big.ToNegativeInf, minusInf, new(big.Float)); got.Sign() != 0 {
		t.Errorf("0·∞ = %v", got)
	}
}
