package fixedpoint

import (
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/holiman/uint256"

	"github.com/trueweight/trueweight/impl/revert"
)

// operations is every function as one of three arguments, with its formula over
// the integers. A formula returns nil for a failure, and the failure.
var operations = []struct {
	name    string
	compute func(a, b, c uint256.Int) (uint256.Int, error)
	formula func(a, b, c *big.Int) (*big.Int, *revert.Error)
}{
	{"Add", two(Add), func(a, b, _ *big.Int) (*big.Int, *revert.Error) {
		return fitting(new(big.Int).Add(a, b), revert.ErrAddOverflow)
	}},
	{"Sub", two(Sub), func(a, b, _ *big.Int) (*big.Int, *revert.Error) {
		return fitting(new(big.Int).Sub(a, b), revert.ErrSubUnderflow)
	}},
	{"Complement", func(a, _, _ uint256.Int) (uint256.Int, error) { return Complement(a), nil },
		func(a, _, _ *big.Int) (*big.Int, *revert.Error) {
			difference := new(big.Int).Sub(scale, a)
			if difference.Sign() < 0 {
				difference.SetInt64(0)
			}
			return difference, nil
		}},
	{"MulDown", two(MulDown), func(a, b, _ *big.Int) (*big.Int, *revert.Error) {
		return ratio(a, b, scale, floor, revert.ErrMulOverflow, nil)
	}},
	{"MulUp", two(MulUp), func(a, b, _ *big.Int) (*big.Int, *revert.Error) {
		return ratio(a, b, scale, ceiling, revert.ErrMulOverflow, nil)
	}},
	{"DivDown", two(DivDown), func(a, b, _ *big.Int) (*big.Int, *revert.Error) {
		if _, overflow := fitting(new(big.Int).Mul(a, scale), revert.ErrDivByZeroOverflow); overflow != nil && b.Sign() == 0 {
			return nil, overflow
		}
		return ratio(a, scale, b, floor, revert.ErrDivOverflow, revert.ErrDivByZero)
	}},
	{"DivUp", two(DivUp), func(a, b, _ *big.Int) (*big.Int, *revert.Error) {
		return ratio(a, scale, b, ceiling, revert.ErrDivOverflow, revert.ErrZeroDivision)
	}},
	{"MulDivUp", MulDivUp, func(a, b, c *big.Int) (*big.Int, *revert.Error) {
		return ratio(a, b, c, ceiling, revert.ErrMulOverflow, revert.ErrZeroDivision)
	}},
	{"DivUpRaw", two(DivUpRaw), func(a, b, _ *big.Int) (*big.Int, *revert.Error) {
		return ratio(a, big.NewInt(1), b, ceiling, nil, revert.ErrZeroDivision)
	}},
	{"MathDivDown", two(MathDivDown), func(a, b, _ *big.Int) (*big.Int, *revert.Error) {
		return ratio(a, big.NewInt(1), b, floor, nil, revert.ErrDivByZero)
	}},
	{"MathDivUp", two(MathDivUp), func(a, b, _ *big.Int) (*big.Int, *revert.Error) {
		return ratio(a, big.NewInt(1), b, ceiling, nil, revert.ErrZeroDivision)
	}},
}

func two(f func(a, b uint256.Int) (uint256.Int, error)) func(a, b, c uint256.Int) (uint256.Int, error) {
	return func(a, b, _ uint256.Int) (uint256.Int, error) { return f(a, b) }
}

var scale = big.NewInt(1e18)

func fitting(z *big.Int, failure *revert.Error) (*big.Int, *revert.Error) {
	if z.Sign() < 0 || z.BitLen() > 256 {
		return nil, failure
	}
	return z, nil
}

func floor(a, b *big.Int) *big.Int { return new(big.Int).Div(a, b) }

// ceiling is −⌊−a/b⌋: big.Int's Div is Euclidean.
func ceiling(a, b *big.Int) *big.Int {
	z := new(big.Int).Neg(a)
	return z.Neg(z.Div(z, b))
}

func ratio(a, b, c *big.Int, round func(a, b *big.Int) *big.Int, overflow, zero *revert.Error) (*big.Int, *revert.Error) {
	if c.Sign() == 0 {
		return nil, zero
	}
	product, failure := fitting(new(big.Int).Mul(a, b), overflow)
	if failure != nil {
		return nil, failure
	}
	return round(product, c), nil
}

// edges are the numbers at which something changes: 0, 1, 10¹⁸, the word
// boundaries, ⌊2²⁵⁶/10¹⁸⌋, the top; each with its neighbours.
func edges() (all []uint256.Int) {
	centres := []*big.Int{big.NewInt(1), scale, new(big.Int).Mul(scale, scale)}
	for _, bits := range []uint{64, 128, 192, 255, 256} {
		centres = append(centres, new(big.Int).Lsh(big.NewInt(1), bits))
	}
	centres = append(centres, new(big.Int).Div(centres[len(centres)-1], scale))
	for _, c := range centres {
		for d := int64(-1); d <= 1; d++ {
			if z, overflow := uint256.FromBig(new(big.Int).Add(c, big.NewInt(d))); !overflow {
				all = append(all, *z)
			}
		}
	}
	return all
}

// random has a length between 0 and 256 bits, each as likely as the others.
func random(r *rand.Rand) uint256.Int {
	z := uint256.Int{r.Uint64(), r.Uint64(), r.Uint64(), r.Uint64()}
	z.Rsh(&z, uint(r.IntN(257)))
	return z
}

func TestEveryOperationIsItsFormula(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var triples [][3]uint256.Int
	for _, a := range edges() {
		for _, b := range edges() {
			triples = append(triples, [3]uint256.Int{a, b, random(r)}, [3]uint256.Int{a, b, {}}, [3]uint256.Int{a, b, b})
		}
	}
	for range 20000 {
		triples = append(triples, [3]uint256.Int{random(r), random(r), random(r)})
	}
	for _, op := range operations {
		t.Run(op.name, func(t *testing.T) {
			for _, x := range triples {
				got, err := op.compute(x[0], x[1], x[2])
				want, failure := op.formula(x[0].ToBig(), x[1].ToBig(), x[2].ToBig())
				switch {
				case failure != nil:
					if err != failure || !got.IsZero() {
						t.Fatalf("%s of %v: got %s, %v; want %v", op.name, x, got.Dec(), err, failure)
					}
				case err != nil || got.ToBig().Cmp(want) != 0:
					t.Fatalf("%s of %v: got %s, %v; want %s", op.name, x, got.Dec(), err, want)
				}
			}
		})
	}
}

// 2²⁰⁰·2²⁰⁰ fits 512 bits and its quotient 256, and still it must fail.
func TestNoOperationSucceedsThroughAWiderProduct(t *testing.T) {
	wide := *new(uint256.Int).Lsh(uint256.NewInt(1), 200)
	multiply := []string{"MulDown", "MulUp", "DivDown", "DivUp", "MulDivUp"}
	for _, op := range operations {
		if _, err := op.compute(wide, wide, wide); (err != nil) != slices.Contains(multiply, op.name) {
			t.Errorf("%s of 2²⁰⁰ thrice: %v", op.name, err)
		}
	}
}

func TestOneCannotBeChangedFromOutside(t *testing.T) {
	z := One()
	z.Clear()
	if z = One(); z.ToBig().Cmp(scale) != 0 {
		t.Errorf("One() is %s", z.Dec())
	}
}

var sink uint256.Int

func TestNoOperationAllocatesOnSuccess(t *testing.T) {
	for _, op := range operations {
		a, b, c := operands()
		var err error
		if n := testing.AllocsPerRun(100, func() { sink, err = op.compute(a, b, c) }); n != 0 || err != nil {
			t.Errorf("%s: %v allocations, %v", op.name, n, err)
		}
	}
}

func BenchmarkOperation(b *testing.B) {
	for _, op := range operations {
		b.Run(op.name, func(b *testing.B) {
			x, y, z := operands()
			b.ReportAllocs()
			for b.Loop() {
				sink, _ = op.compute(x, y, z)
			}
		})
	}
}

// operands are of a pool's size: a large balance, a weight's worth, a supply.
func operands() (a, b, c uint256.Int) {
	a.Lsh(uint256.NewInt(0x9e3779b97f4a7c15), 48)
	return a, uint256.Int{333333333333333333}, uint256.Int{2718281828459045235}
}
