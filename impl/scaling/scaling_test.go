package scaling

import (
	"maps"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/holiman/uint256"

	"github.com/trueweight/trueweight/impl/revert"
)

// A quotient is dividend / divisor by the integers, rounded up or down.
type quotient struct {
	dividend, divisor []*big.Int // factors, multiplied from the left
	up                bool
}

var scale = big.NewInt(1e18)

// operations is every function of amounts as one of three arguments, with its
// quotient.
var operations = []struct {
	name    string
	compute func(amount, factor, rate uint256.Int) (uint256.Int, error)
	formula func(amount, factor, rate *big.Int) quotient
}{
	{"Upscale", two(Upscale), func(a, f, _ *big.Int) quotient { return quotient{[]*big.Int{a, f}, []*big.Int{scale}, false} }},
	{"DownscaleDown", two(DownscaleDown), func(a, f, _ *big.Int) quotient { return quotient{[]*big.Int{a, scale}, []*big.Int{f}, false} }},
	{"DownscaleUp", two(DownscaleUp), func(a, f, _ *big.Int) quotient { return quotient{[]*big.Int{a, scale}, []*big.Int{f}, true} }},
	{"ToScaled18Down", ToScaled18Down, func(a, f, r *big.Int) quotient { return quotient{[]*big.Int{a, f, r}, []*big.Int{scale}, false} }},
	{"ToScaled18Up", ToScaled18Up, func(a, f, r *big.Int) quotient { return quotient{[]*big.Int{a, f, r}, []*big.Int{scale}, true} }},
	{"ToRawDown", ToRawDown, func(a, f, r *big.Int) quotient { return quotient{[]*big.Int{a, scale}, []*big.Int{f, r}, false} }},
	{"ToRawUp", ToRawUp, func(a, f, r *big.Int) quotient { return quotient{[]*big.Int{a, scale}, []*big.Int{f, r}, true} }},
}

func two(f func(a, b uint256.Int) (uint256.Int, error)) func(a, b, c uint256.Int) (uint256.Int, error) {
	return func(a, b, _ uint256.Int) (uint256.Int, error) { return f(a, b) }
}

// multiplied is the product of factors, from the left; ok is false once it needs
// more than 256 bits.
func multiplied(factors []*big.Int) (z *big.Int, ok bool) {
	z = big.NewInt(1)
	for _, x := range factors {
		if z = new(big.Int).Mul(z, x); z.BitLen() > 256 {
			return nil, false
		}
	}
	return z, true
}

// value returns the rounded quotient, or nil and v3's name of the failure: of
// the divisor's product, then of a zero divisor and the dividend's product,
// which come in this order when rounding up and in the other when down.
func (q quotient) value() (*big.Int, string) {
	divisor, ok := multiplied(q.divisor)
	if !ok {
		return nil, "Panic(0x11)"
	}
	dividend, ok := multiplied(q.dividend)
	switch {
	case divisor.Sign() == 0 && q.up:
		return nil, "ZeroDivision"
	case !ok:
		return nil, "Panic(0x11)"
	case divisor.Sign() == 0:
		return nil, "Panic(0x12)"
	}
	z, rest := new(big.Int).DivMod(dividend, divisor, new(big.Int))
	if q.up && rest.Sign() > 0 {
		z.Add(z, big.NewInt(1))
	}
	return z, ""
}

// arguments are an amount, a factor 10⁰ to 10¹⁸ and a rate near 1; each now and
// then anything, from 0 to 2²⁵⁶ − 1.
func arguments(r *rand.Rand) [3]uint256.Int {
	anything := func() uint256.Int {
		z := uint256.Int{r.Uint64(), r.Uint64(), r.Uint64(), r.Uint64()}
		z.Rsh(&z, uint(r.IntN(257)))
		return z
	}
	factor := *new(uint256.Int).Exp(uint256.NewInt(10), uint256.NewInt(r.Uint64N(19)))
	x := [3]uint256.Int{anything(), factor, {1e17 + r.Uint64N(5e18)}}
	if r.IntN(3) > 0 {
		x[0].Rsh(&x[0], 128)
	}
	if r.IntN(3) == 0 {
		x[r.IntN(3)] = []uint256.Int{{}, {1}, {1e18}, *new(uint256.Int).SetAllOne(), anything()}[r.IntN(5)]
	}
	return x
}

func TestEveryOperationIsItsRoundedQuotient(t *testing.T) {
	for _, op := range operations {
		t.Run(op.name, func(t *testing.T) {
			r := rand.New(rand.NewPCG(31, 32))
			failed := 0
			for range 20000 {
				x := arguments(r)
				got, err := op.compute(x[0], x[1], x[2])
				want, failure := op.formula(x[0].ToBig(), x[1].ToBig(), x[2].ToBig()).value()
				if failure != "" {
					failed++
					if e, ok := err.(*revert.Error); !ok || e.V3() != failure || !got.IsZero() {
						t.Fatalf("of %v: got %s, %v; want %s", x, got.Dec(), err, failure)
					}
				} else if err != nil || got.ToBig().Cmp(want) != 0 {
					t.Fatalf("of %v: got %s, %v; want %s", x, got.Dec(), err, want)
				}
			}
			if failed < 500 || failed > 15000 {
				t.Errorf("%d of 20000 inputs fail", failed)
			}
		})
	}
}

func TestFactorsAreThePowersOfTen(t *testing.T) {
	rate := uint256.Int{1058132408689971699}
	for decimals := range 256 {
		factor, err := Factor(uint8(decimals))
		plain, err2 := ScalingFactor(uint8(decimals), uint256.Int{1e18})
		rated, err3 := ScalingFactor(uint8(decimals), rate)
		if decimals > 18 {
			if err != revert.ErrDecimalsTooHigh || err2 != err || err3 != err {
				t.Errorf("%d decimals: %v, %v, %v", decimals, err, err2, err3)
			}
			continue
		}
		power := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(18-decimals)), nil)
		if err != nil || factor.ToBig().Cmp(power) != 0 {
			t.Errorf("%d decimals: %s, %v; want %s", decimals, factor.Dec(), err, power)
		}
		if err2 != nil || plain.ToBig().Cmp(new(big.Int).Mul(power, scale)) != 0 {
			t.Errorf("%d decimals without a rate: %s, %v", decimals, plain.Dec(), err2)
		}
		if err3 != nil || rated.ToBig().Cmp(new(big.Int).Mul(power, rate.ToBig())) != 0 {
			t.Errorf("%d decimals and a rate: %s, %v", decimals, rated.Dec(), err3)
		}
	}
	top := *new(uint256.Int).SetAllOne()
	if _, err := ScalingFactor(19, top); err != revert.ErrDecimalsTooHigh {
		t.Errorf("19 decimals and a rate of 2²⁵⁶ − 1: %v", err)
	}
	if _, err := ScalingFactor(18, top); err != revert.ErrMulOverflow {
		t.Errorf("a rate of 2²⁵⁶ − 1: %v", err)
	}
}

// A token's 18.918 units are taken as 18 by v2 and as 19 by v3 when they leave.
func TestOnlyV3ScalesWhatLeavesUp(t *testing.T) {
	rate := uint256.Int{1051000000000000000}
	factor, err := ScalingFactor(18, rate)
	if err != nil {
		t.Fatal(err)
	}
	if v2, err := Upscale(uint256.Int{18}, factor); err != nil || v2 != (uint256.Int{18}) {
		t.Errorf("v2: %s, %v", v2.Dec(), err)
	}
	if v3, err := ToScaled18Up(uint256.Int{18}, uint256.Int{1}, rate); err != nil || v3 != (uint256.Int{19}) {
		t.Errorf("v3: %s, %v", v3.Dec(), err)
	}
}

func TestRateUpAddsAWeiUnlessTheRateIsWhole(t *testing.T) {
	top := *new(uint256.Int).SetAllOne()
	whole := *new(uint256.Int).Sub(&top, new(uint256.Int).Mod(&top, uint256.NewInt(1e18)))
	for _, c := range []struct {
		rate, want uint256.Int
		failure    *revert.Error
	}{
		{uint256.Int{}, uint256.Int{}, nil},
		{uint256.Int{1}, uint256.Int{2}, nil},
		{uint256.Int{1e18 - 1}, uint256.Int{1e18}, nil},
		{uint256.Int{1e18}, uint256.Int{1e18}, nil},
		{uint256.Int{1e18 + 1}, uint256.Int{1e18 + 2}, nil},
		{uint256.Int{1.5e18}, uint256.Int{1.5e18 + 1}, nil},
		{uint256.Int{7e18}, uint256.Int{7e18}, nil},
		{whole, whole, nil},
		{*new(uint256.Int).SubUint64(&top, 1), top, nil},
		{top, uint256.Int{}, revert.ErrAddOverflow},
	} {
		got, err := RateUp(c.rate)
		if got != c.want || c.failure == nil && err != nil || c.failure != nil && err != c.failure {
			t.Errorf("RateUp(%s): got %s, %v; want %s, %v", c.rate.Dec(), got.Dec(), err, c.want.Dec(), c.failure)
		}
	}
}

var sink uint256.Int

// samples are every function of the package at a call that succeeds.
func samples() map[string]func() error {
	amount, factor, rate := uint256.Int{0x9e3779b97f4a7c15, 77}, uint256.Int{1e12}, uint256.Int{1058132408689971699}
	calls := map[string]func() error{
		"Factor":        func() (err error) { sink, err = Factor(6); return },
		"ScalingFactor": func() (err error) { sink, err = ScalingFactor(6, rate); return },
		"RateUp":        func() (err error) { sink, err = RateUp(rate); return },
	}
	for _, op := range operations {
		calls[op.name] = func() (err error) { sink, err = op.compute(amount, factor, rate); return }
	}
	return calls
}

func TestNoFunctionAllocatesOnSuccess(t *testing.T) {
	for name, run := range samples() {
		if n := testing.AllocsPerRun(100, func() { run() }); n != 0 || run() != nil {
			t.Errorf("%s: %v allocations, %v", name, n, run())
		}
	}
}

func BenchmarkFunction(b *testing.B) {
	calls := samples()
	for _, name := range slices.Sorted(maps.Keys(calls)) {
		b.Run(name, func(b *testing.B) {
			run := calls[name]
			b.ReportAllocs()
			for b.Loop() {
				run()
			}
		})
	}
}
