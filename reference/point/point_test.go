package point

import (
	"math/big"
	"testing"
)

func TestIntIsExactAtAnySize(t *testing.T) {
	for _, bits := range []uint{0, 1, 256, 639, 640, 641, 5000} {
		n := new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), bits), big.NewInt(1)) // bits ones
		x := arithmetic.Int(n)
		if back, accuracy := x.Int(nil); accuracy != big.Exact || back.Cmp(n) != 0 {
			t.Errorf("Int(2^%d − 1) = %.20g", bits, x)
		}
		if x.Prec() < 640 {
			t.Errorf("Int(2^%d − 1) has %d bits of precision", bits, x.Prec())
		}
	}
}

func TestTheFourOperationsRoundToNearestAt640Bits(t *testing.T) {
	x, y := arithmetic.Int(big.NewInt(7)), new(big.Float).SetInt64(-3) // y's own precision is 64
	table := []struct {
		name string
		got  *big.Float
		want *big.Rat
	}{
		{"7 + −3", arithmetic.Add(x, y), big.NewRat(4, 1)},
		{"7 − −3", arithmetic.Sub(x, y), big.NewRat(10, 1)},
		{"7 · −3", arithmetic.Mul(x, y), big.NewRat(-21, 1)},
		{"7 / −3", arithmetic.Quo(x, y), big.NewRat(-7, 3)},
	}
	for _, row := range table {
		if want := number(640).SetRat(row.want); row.got.Prec() != 640 || row.got.Cmp(want) != 0 {
			t.Errorf("%s = %.200g, want %.200g", row.name, row.got, want)
		}
	}
}

func TestKnownValuesAreExact(t *testing.T) {
	zero, one := new(big.Float), twoTo(0) // a zero value on purpose: precision 0
	table := []struct {
		name string
		got  *big.Float
		want int64
	}{
		{"Exp(0)", arithmetic.Exp(zero), 1},
		{"Expm1(0)", arithmetic.Expm1(zero), 0},
		{"LogRatio(x, x)", arithmetic.LogRatio(twoTo(77), twoTo(77)), 0},
		{"Log1p(0)", arithmetic.Log1p(zero), 0},
		{"Max0(1)", arithmetic.Max0(one), 1},
		{"Max0(0)", arithmetic.Max0(zero), 0},
		{"Max0(−1)", arithmetic.Max0(new(big.Float).SetInt64(-1)), 0},
		{"Max0(−1) + 1", arithmetic.Add(arithmetic.Max0(new(big.Float).SetInt64(-1)), one), 1},
		{"0 + 1", arithmetic.Add(zero, one), 1},
		{"0 · 1", arithmetic.Mul(zero, one), 0},
		{"0 / 1", arithmetic.Quo(zero, one), 0},
	}
	for _, row := range table {
		if row.got == nil || row.got.Cmp(new(big.Float).SetInt64(row.want)) != 0 {
			t.Errorf("%s = %v, want %d", row.name, row.got, row.want)
		}
	}
}

func TestOutsideTheDomainThereIsNoAnswer(t *testing.T) {
	zero, one, minusOne := new(big.Float), twoTo(0), new(big.Float).SetInt64(-1)
	infinite := new(big.Float).SetInf(false)
	huge, tiny := twoTo(big.MaxExp-1), twoTo(big.MinExp+1)
	table := map[string]*big.Float{
		"Int(nil)":        arithmetic.Int(nil),
		"1/0":             arithmetic.Quo(one, zero),
		"0/0":             arithmetic.Quo(zero, zero),
		"nil + 1":         arithmetic.Add(nil, one),
		"1 − nil":         arithmetic.Sub(one, nil),
		"nil · nil":       arithmetic.Mul(nil, nil),
		"1/nil":           arithmetic.Quo(one, nil),
		"∞ − ∞":           arithmetic.Sub(infinite, infinite),
		"0·∞":             arithmetic.Mul(zero, infinite),
		"overflow":        arithmetic.Mul(huge, huge),
		"log(0)":          arithmetic.LogRatio(zero, one),
		"log(0/0)":        arithmetic.LogRatio(zero, zero),
		"log(2^2²⁰)":      arithmetic.LogRatio(twoTo(1<<20), one),
		"log(2^(−2²⁰−1))": arithmetic.LogRatio(twoTo(-1<<20-1), one),
		"log(1/0)":        arithmetic.LogRatio(one, zero),
		"log(−1)":         arithmetic.LogRatio(minusOne, one),
		"log(nil)":        arithmetic.LogRatio(nil, one),
		"log(∞)":          arithmetic.LogRatio(infinite, one),
		"log(huge)":       arithmetic.LogRatio(huge, one),
		"log(tiny)":       arithmetic.LogRatio(tiny, one),
		"log(overflow)":   arithmetic.LogRatio(huge, tiny),
		"log(underflow)":  arithmetic.LogRatio(tiny, huge),
		"log(1 + −1)":     arithmetic.Log1p(minusOne),
		"log(1 + nil)":    arithmetic.Log1p(nil),
		"log(1 + ∞)":      arithmetic.Log1p(infinite),
		"max(0, nil)":     arithmetic.Max0(nil),
		"max(0, ∞)":       arithmetic.Max0(infinite),
		"exp(2²⁰)":        arithmetic.Exp(twoTo(20)),
		"exp(−2²⁰)":       arithmetic.Exp(new(big.Float).Neg(twoTo(20))),
		"exp(nil)":        arithmetic.Exp(nil),
		"exp(∞)":          arithmetic.Exp(infinite),
		"exp(2²⁰) − 1":    arithmetic.Expm1(twoTo(20)),
		"exp(nil) − 1":    arithmetic.Expm1(nil),
	}
	for name, got := range table {
		if got != nil {
			t.Errorf("%s = %v, want no answer", name, got)
		}
	}
}

func TestTheEdgesOfTheDomainAreAnswered(t *testing.T) {
	minusOne := number(precision).SetInt64(-1)
	edge := number(precision).SetInt64(1<<20 - 1)
	table := map[string]*big.Float{
		"log(−1/−1)":    arithmetic.LogRatio(minusOne, minusOne),
		"log(2^−2²⁰)":   arithmetic.LogRatio(twoTo(-1<<20), twoTo(0)),
		"log(2^2²⁰/2)":  arithmetic.LogRatio(twoTo(1<<20), twoTo(1)),
		"exp(2²⁰−1)":    arithmetic.Exp(edge),
		"exp(1−2²⁰)":    arithmetic.Exp(arithmetic.Mul(edge, minusOne)),
		"exp(2²⁰−1) −1": arithmetic.Expm1(edge),
	}
	for name, got := range table {
		if got == nil {
			t.Errorf("%s has no answer", name)
		}
	}
}

func TestArgumentsAreNotChanged(t *testing.T) {
	x, y := new(big.Float).SetFloat64(1.5), new(big.Float).SetFloat64(1.25)
	arithmetic.Add(x, y)
	arithmetic.Sub(x, y)
	arithmetic.Mul(x, y)
	arithmetic.Quo(x, y)
	arithmetic.LogRatio(x, y)
	arithmetic.Log1p(x)
	arithmetic.Max0(x)
	arithmetic.Exp(x)
	arithmetic.Expm1(x)
	if x.Prec() != 53 || y.Prec() != 53 || x.Cmp(big.NewFloat(1.5)) != 0 || y.Cmp(big.NewFloat(1.25)) != 0 {
		t.Errorf("arguments became %v (%d bits), %v (%d bits)", x, x.Prec(), y, y.Prec())
	}
}
