package logexp

import (
	"math/big"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/holiman/uint256"

	"github.com/trueweight/trueweight/impl/revert"
)

// functions are tabled with their models, the inputs that try them, and every
// failure they have: the inputs must reach each.
var functions = []struct {
	name     string
	compute  func(x, y uint256.Int) (uint256.Int, error)
	model    func(x, y uint256.Int) (*big.Int, *revert.Error)
	inputs   func(r *rand.Rand) [][2]uint256.Int
	failures []*revert.Error
}{
	{"Exp", func(x, _ uint256.Int) (uint256.Int, error) { return Exp(x) },
		func(x, _ uint256.Int) (*big.Int, *revert.Error) { return modelExp(signed(x)) }, exponents,
		[]*revert.Error{revert.ErrInvalidExponent}},
	{"Ln", func(x, _ uint256.Int) (uint256.Int, error) { return Ln(x) },
		func(x, _ uint256.Int) (*big.Int, *revert.Error) { return modelLn(signed(x)) }, arguments,
		[]*revert.Error{revert.ErrOutOfBounds}},
	{"Pow", Pow, ofBig(modelPow), powers, powFailures},
	{"PowDown", PowDown, ofBig(modelPowDown), powers, append(powFailures, revert.ErrMulOverflow)},
	{"PowUp", PowUp, ofBig(modelPowUp), powers, append(powFailures, revert.ErrMulOverflow)},
}

var powFailures = []*revert.Error{revert.ErrBaseOutOfBounds, revert.ErrExponentOutOfBounds, revert.ErrProductOutOfBounds}

func ofBig(f func(x, y *big.Int) (*big.Int, *revert.Error)) func(x, y uint256.Int) (*big.Int, *revert.Error) {
	return func(x, y uint256.Int) (*big.Int, *revert.Error) { return f(x.ToBig(), y.ToBig()) }
}

// exponents are signed arguments of exp: the ends of its domain, its digits,
// an even spread over it, and numbers of every size.
func exponents(r *rand.Rand) (all [][2]uint256.Int) {
	centres := []*big.Int{num(0), maxExponent.ToBig(), maxNegative.ToBig(), new(big.Int).Lsh(num(1), 255)}
	for _, s := range coarse {
		centres = append(centres, s.x.ToBig())
	}
	for _, s := range fine {
		centres = append(centres, quo(s.x.ToBig(), num(100)))
	}
	for range 2000 {
		centres = append(centres, below(r, maxExponent.ToBig()), below(r, maxNegative.ToBig()))
	}
	for _, x := range append(around(centres...), random(r, 256), random(r, 256)) {
		all = append(all, [2]uint256.Int{x}, [2]uint256.Int{*new(uint256.Int).Neg(&x)})
	}
	return all
}

// bases are where ln and pow change: the ends, one, the window around it, the
// powers of e, in both directions from one.
func bases() []uint256.Int {
	centres := []*big.Int{num(0), num(1), one18.ToBig(), nearOneLow.ToBig(), nearOneHigh.ToBig(), new(big.Int).Lsh(num(1), 255), new(big.Int).Lsh(num(1), 256)}
	for _, s := range coarse {
		centres = append(centres, mul(s.a.ToBig(), ten(18)))
	}
	for _, s := range fine {
		a := quo(s.a.ToBig(), num(100))
		centres = append(centres, a, quo(ten(36), a))
	}
	return around(centres...)
}

func arguments(r *rand.Rand) (all [][2]uint256.Int) {
	for _, x := range bases() {
		all = append(all, [2]uint256.Int{x})
	}
	for range 3000 {
		near := unsigned(add(nearOneLow.ToBig(), below(r, num(0.2e18))))
		all = append(all, [2]uint256.Int{random(r, 256)}, [2]uint256.Int{near})
	}
	return all
}

// powers are bases with exponents: each edge with each, ordinary pairs, pairs
// whose y·ln x is within a few wei of the ends, −41 and 130, and large exponents
// of bases at the rim of the window around one, where its series is slowest.
func powers(r *rand.Rand) (all [][2]uint256.Int) {
	small := around(num(0), ten(16), ten(18), mul(num(2), ten(18)), mul(num(4), ten(18)), mul(num(99), ten(18)), maxFactor.ToBig(), new(big.Int).Lsh(num(1), 256))
	for _, x := range bases() {
		for _, y := range small {
			all = append(all, [2]uint256.Int{x, y})
		}
	}
	for range 2000 {
		near := unsigned(add(nearOneLow.ToBig(), below(r, num(0.2e18))))
		weight := unsigned(below(r, ten(18)))
		rim, large := below(r, ten(15)), unsigned(below(r, mul(num(13), ten(20))))
		all = append(all, [2]uint256.Int{unsigned(sub(nearOneHigh.ToBig(), rim)), large}, [2]uint256.Int{unsigned(add(nearOneLow.ToBig(), rim)), large})
		for _, x := range []uint256.Int{random(r, 120), random(r, 255), near} {
			all = append(all, [2]uint256.Int{x, weight}, [2]uint256.Int{x, random(r, 75)})
			if log, failure := modelLn(x.ToBig()); failure == nil && log.Sign() != 0 {
				end := mul(num(130), ten(36))
				if log.Sign() < 0 {
					end = mul(num(-41), ten(36))
				}
				for _, y := range around(quo(end, log)) {
					all = append(all, [2]uint256.Int{x, y})
				}
			}
		}
	}
	return all
}

func TestEveryFunctionIsItsModel(t *testing.T) {
	for _, f := range functions {
		t.Run(f.name, func(t *testing.T) {
			seen := map[*revert.Error]int{}
			for _, x := range f.inputs(rand.New(rand.NewPCG(3, 4))) {
				got, err := f.compute(x[0], x[1])
				want, failure := f.model(x[0], x[1])
				seen[failure]++
				switch {
				case failure != nil:
					if err != failure || !got.IsZero() {
						t.Fatalf("%s(%s, %s): got %s, %v; want %v", f.name, x[0].Dec(), x[1].Dec(), got.Dec(), err, failure)
					}
				case err != nil || got != unsigned(want):
					t.Fatalf("%s(%s, %s): got %s, %v; want %s", f.name, x[0].Dec(), x[1].Dec(), signed(got), err, want)
				}
			}
			for _, failure := range f.failures {
				if seen[failure] == 0 {
					t.Errorf("no input ends in %v", failure)
				}
			}
			if len(seen) != len(f.failures)+1 {
				t.Errorf("expected success and %d failures, saw %v", len(f.failures), seen)
			}
		})
	}
}

// Each aₙ is eˣ correctly rounded to 21 significant digits. The powers are made
// here from e^(1/16) by squaring, in binary with 320 bits.
func TestPowersOfEAreCorrectlyRoundedTo21Digits(t *testing.T) {
	power := taylor(16)
	for n := 11; n >= 0; n-- {
		a, decimals := fine[max(n-2, 0)].a, 20
		if n < 2 {
			a, decimals = coarse[n].a, 0
		}
		mantissa, exponent, _ := strings.Cut(power.Text('e', 20), "e+")
		places, err := strconv.Atoi(exponent)
		if err != nil {
			t.Fatal(err)
		}
		digits := strings.Replace(mantissa, ".", "", 1)
		digits += strings.Repeat("0", places+decimals+1-len(digits))
		if got := a.Dec(); got != digits {
			t.Errorf("a%d is %s, want %s", n, got, digits)
		}
		power.Mul(power, power)
	}
}

// Each digit is half the one before it: 128, 64, … 1/16.
func TestDigitsHalve(t *testing.T) {
	x := mul(num(128), ten(20))
	for n := range 12 {
		got := fine[max(n-2, 0)].x.ToBig()
		if n < 2 {
			got = mul(coarse[n].x.ToBig(), num(100))
		}
		if got.Cmp(x) != 0 {
			t.Errorf("x%d is %s with 20 decimals, want %s", n, got, x)
		}
		x = quo(x, num(2))
	}
}

// taylor returns e^(1/n) for n ≥ 1 with 320 bits: Σ 1/(k!·nᵏ) to k = 80.
func taylor(n int64) *big.Float {
	sum, term := new(big.Rat), big.NewRat(1, 1)
	for k := int64(1); k <= 80; k++ {
		sum.Add(sum, term)
		term.Mul(term, big.NewRat(1, k*n))
	}
	return new(big.Float).SetPrec(320).SetRat(sum)
}

var sink uint256.Int

// samples go through every branch that costs: both logarithms, both signs, all
// digits of exp, and the exact exponents.
var samples = []struct{ name, function, x, y string }{
	{"Exp/small", "Exp", "300000000000000000", "0"},
	{"Exp/large", "Exp", "127999999999999999999", "0"},
	{"Ln/near one", "Ln", "1050000000000000000", "0"},
	{"Ln/wide", "Ln", "123456789012345678901234567", "0"},
	{"Ln/below one", "Ln", "12345678901", "0"},
	{"Pow/near one", "Pow", "950000000000000123", "1345678901234567890"},
	{"Pow/wide", "Pow", "123456789012345678901234", "345678901234567890"},
	{"Pow/below one", "Pow", "500000000000000123", "1345678901234567890"},
	{"PowDown/wide", "PowDown", "123456789012345678901234", "345678901234567890"},
	{"PowDown/square", "PowDown", "123456789012345678901234", "2000000000000000000"},
	{"PowUp/wide", "PowUp", "123456789012345678901234", "345678901234567890"},
	{"PowUp/fourth", "PowUp", "123456789012345678901234", "4000000000000000000"},
}

func compute(function, x, y string) func() error {
	a, b := decimal(x), decimal(y)
	for _, f := range functions {
		if f.name == function {
			return func() (err error) {
				sink, err = f.compute(a, b)
				return err
			}
		}
	}
	panic("no function " + function)
}

func TestNoFunctionAllocatesOnSuccess(t *testing.T) {
	for _, s := range samples {
		run := compute(s.function, s.x, s.y)
		if n := testing.AllocsPerRun(100, func() { run() }); n != 0 || run() != nil {
			t.Errorf("%s: %v allocations, %v", s.name, n, run())
		}
	}
}

func BenchmarkFunction(b *testing.B) {
	for _, s := range samples {
		b.Run(s.name, func(b *testing.B) {
			run := compute(s.function, s.x, s.y)
			b.ReportAllocs()
			for b.Loop() {
				run()
			}
		})
	}
}
