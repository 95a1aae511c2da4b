package interval

import (
	"math/big"
	"runtime"
	"testing"
)

// room is how many bytes f asks for.
func room(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// The distance of 2·10⁷ places between the operands would take 2.5 MB.
func TestSumsTakeTheRoomOfTheirPrecision(t *testing.T) {
	large, small := powerOf2(10_000_000), powerOf2(-10_000_000)
	for _, row := range []struct {
		name string
		f    func(x, y *big.Float)
	}{
		{"a sum", func(x, y *big.Float) { sum(53, big.ToNegativeInf, x, y) }},
		{"an exact sum", func(x, y *big.Float) { exactSum(1024, x, y) }},
	} {
		for _, order := range [][2]*big.Float{{large, small}, {small, large}} {
			if got := room(func() { row.f(order[0], order[1]) }); got > 100_000 {
				t.Errorf("%s took %d bytes", row.name, got)
			}
		}
	}
}

// A number of 101 bits decides how a sum rounds to 10 when what is added cannot.
func TestTheDigitsOfTheLargerOperandDecideBeforeTheSignOfTheSmaller(t *testing.T) {
	large := new(big.Float).SetPrec(101).Add(powerOf2(100), one)
	for _, exponent := range []int{-1, -50, -1000} {
		small := powerOf2(exponent)
		for _, order := range [][2]*big.Float{{large, new(big.Float).Neg(small)}, {new(big.Float).Neg(small), large}} {
			if got := sum(10, big.ToNegativeInf, order[0], order[1]); got.Cmp(powerOf2(100)) != 0 {
				t.Errorf("2¹⁰⁰ + 1 − 2^%d down at 10 bits = %v", exponent, got)
			}
		}
	}
}

func TestInfiniteEndsAbsorbWhateverIsAdded(t *testing.T) {
	for _, infinite := range []*big.Float{minusInf, plusInf} {
		for _, finite := range []*big.Float{powerOf2(1_000_000_000), new(big.Float).Neg(powerOf2(1_000_000_000)), one, new(big.Float), powerOf2(-1_000_000_000)} {
			for _, mode := range []big.RoundingMode{big.ToNegativeInf, big.ToPositiveInf} {
				for _, order := range [][2]*big.Float{{infinite, finite}, {finite, infinite}} {
					if got := sum(53, mode, order[0], order[1]); got.Cmp(infinite) != 0 {
						t.Errorf("%v + %v %v = %v", order[0], order[1].Text('p', 0), mode, got)
					}
				}
			}
		}
	}
}

func TestResultsBeyondTheExponentsAreTheLargestKnownBoundOnTheirSide(t *testing.T) {
	huge, tiny := powerOf2(big.MaxExp-1), powerOf2(big.MinExp-1)
	minus := func(x *big.Float) *big.Float { return new(big.Float).Neg(x) }
	for _, row := range []struct {
		name     string
		f        func(uint, big.RoundingMode, *big.Float, *big.Float) *big.Float
		x, y     *big.Float
		down, up *big.Float
	}{
		{"huge + huge", sum, huge, huge, huge, plusInf},
		{"−huge − huge", sum, minus(huge), minus(huge), minusInf, minus(huge)},
		{"huge · 2", product, huge, big.NewFloat(2), huge, plusInf},
		{"tiny · −1/2", product, tiny, big.NewFloat(-0.5), minus(tiny), new(big.Float)},
		{"huge / tiny", quotient, huge, tiny, huge, plusInf},
		{"−huge / tiny", quotient, minus(huge), tiny, minusInf, minus(huge)},
		{"tiny / huge", quotient, tiny, huge, new(big.Float), tiny},
		{"−tiny / huge", quotient, minus(tiny), huge, minus(tiny), new(big.Float)},
	} {
		if got := row.f(53, big.ToNegativeInf, row.x, row.y); got.Cmp(row.down) != 0 {
			t.Errorf("%s down = %s", row.name, got.Text('p', 0))
		}
		if got := row.f(53, big.ToPositiveInf, row.x, row.y); got.Cmp(row.up) != 0 {
			t.Errorf("%s up = %s", row.name, got.Text('p', 0))
		}
	}
}

// Sums and products of points are exact to the last place that the precision has, and to no place beyond.
func TestExactResultsAreThoseThatFit(t *testing.T) {
	all := smallFloats(-9, -3)
	for _, op := range []struct {
		name string
		f    func(uint, *big.Float, *big.Float) (*big.Float, bool)
		real func(z, x, y *big.Float) *big.Float
	}{{"+", exactSum, (*big.Float).Add}, {"·", exactProduct, (*big.Float).Mul}} {
		for _, x := range all {
			for _, y := range all {
				want := op.real(new(big.Float).SetPrec(200), x, y)
				for _, prec := range []uint{2, 3, 4, 5, 8, 100} {
					got, exact := op.f(prec, x, y)
					if fits := want.MinPrec() <= prec; exact != fits || fits && (got.Cmp(want) != 0 || got.Prec() != prec) {
						t.Fatalf("%v %s %v at %d bits = %v, %v, want %v", x, op.name, y, prec, got, exact, want)
					}
				}
			}
		}
	}
}
