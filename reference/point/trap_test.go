package point

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"sync"
	"testing"

	"github.com/ALTree/bigfloat"
)

var arithmetic = New()

// arguments spread over the domain of Exp and Expm1, with bigfloat's two holes, both signs, and tiny values.
func arguments() []*big.Float {
	var args []*big.Float
	for _, x := range []float64{1, 0.5, 2, 41, 130, 177.4, 708.4, 709.8, 720, 745.13, 746, 1440, 1490, 1999.9, 2000} {
		args = append(args, number(precision).SetFloat64(x), number(precision).SetFloat64(-x))
	}
	for _, n := range []int{-1, -20, -60, -98, -99, -100, -101, -150, -300} {
		args = append(args, twoTo(n), new(big.Float).Neg(twoTo(n)))
	}
	random := rand.New(rand.NewPCG(3, 4))
	for range 10 {
		x := number(precision).SetInt64(random.Int64N(4000e9) - 2000e9)
		args = append(args, x.Quo(x, number(precision).SetInt64(1e9)))
	}
	return args
}

func TestExpKeepsThePromiseOverItsDomain(t *testing.T) {
	for _, x := range arguments() {
		checkRelative(t, fmt.Sprintf("Exp(%.10g)", x), arithmetic.Exp(x), expTaylor(x))
	}
}

func TestExpm1KeepsThePromiseOverItsDomain(t *testing.T) {
	for _, x := range arguments() {
		want := expTaylor(x) // 8192 bits: cancelling 300 of them is nothing
		want.Sub(want, reference(big.NewFloat(1)))
		checkRelative(t, fmt.Sprintf("Expm1(%.10g)", x), arithmetic.Expm1(x), want)
	}
}

// ratios spread over the domain of LogRatio, most of them near 1, on both sides of the series' border and down to 2⁻³⁰⁰.
func ratios() [][2]*big.Float {
	var pairs [][2]*big.Float
	add := func(x, y *big.Int) {
		pairs = append(pairs, [2]*big.Float{arithmetic.Int(x), arithmetic.Int(y)}, [2]*big.Float{arithmetic.Int(y), arithmetic.Int(x)})
	}
	power := func(n uint) *big.Int { return new(big.Int).Lsh(big.NewInt(1), n) }
	for _, k := range []uint{1, 2, 10, 60, 64, 98, 99, 100, 101, 102, 150, 200, 240, 256, 300} {
		for _, divisor := range []int64{1, 3} { // 1 + 2⁻ᵏ, and 1 + 2⁻ᵏ/3, which no precision holds
			whole := new(big.Int).Mul(power(k), big.NewInt(divisor))
			add(new(big.Int).Add(whole, big.NewInt(1)), whole)
		}
	}
	add(big.NewInt(2), big.NewInt(1))
	add(big.NewInt(10), big.NewInt(1))
	add(big.NewInt(355), big.NewInt(113))
	add(power(256), big.NewInt(1))
	add(power(2885), big.NewInt(3))                                                              // log ≈ 1999
	add(new(big.Int).Add(power(1000), big.NewInt(1)), new(big.Int).Sub(power(1000), power(800))) // longer than 640 bits
	return pairs
}

func TestLogRatioKeepsThePromiseOverItsDomain(t *testing.T) {
	for _, pair := range ratios() {
		x, y := pair[0], pair[1]
		got := arithmetic.LogRatio(x, y)
		if got == nil {
			t.Errorf("LogRatio(%.10g, %.10g): no answer", x, y)
			continue
		}
		// e^got·y/x = e^δ, where δ is the absolute error: |e^δ − 1| ≤ 2⁻⁴⁸⁰·|got| says the same of δ to 480 bits.
		excess := expTaylor(got)
		excess.Mul(excess, reference(y)).Quo(excess, reference(x))
		excess.Sub(excess, reference(big.NewFloat(1)))
		excess.Quo(excess, got)
		if excess.Sign() != 0 && -excess.MantExp(nil) < promised {
			t.Errorf("LogRatio(%.10g, %.10g) = %.20g: %d good bits", x, y, got, -excess.MantExp(nil))
		}
	}
}

func TestLog1pKeepsThePromiseOverItsDomain(t *testing.T) {
	third := number(precision).Quo(twoTo(-300), number(precision).SetInt64(3))
	for _, x := range append(arguments(), third, number(precision).SetFloat64(-0.75), number(precision).SetFloat64(0x1p-53-1)) {
		got := arithmetic.Log1p(x)
		if x.Cmp(new(big.Float).SetInt64(-1)) <= 0 {
			if got != nil {
				t.Errorf("Log1p(%.10g) = %.20g, want no answer", x, got)
			}
			continue
		}
		// e^got − 1 = x·(1 + δ), where δ is got's relative error times (1+x)·log(1+x)/x, which is at least 1 for x ≥ 0.
		excess := expTaylor(got)
		excess.Sub(excess, reference(big.NewFloat(1)))
		checkRelative(t, fmt.Sprintf("e^Log1p(%.10g) − 1", x), excess, reference(x))
	}
	if got := arithmetic.Log1p(new(big.Float)); got == nil || got.Sign() != 0 {
		t.Errorf("Log1p(0) = %v", got)
	}
}

func TestExpUndoesLogRatio(t *testing.T) {
	for _, pair := range ratios() {
		growth := arithmetic.Sub(pair[0], pair[1])
		growth = reference(growth).Quo(growth, pair[1])
		checkRelative(t, "Expm1(LogRatio)", arithmetic.Expm1(arithmetic.LogRatio(pair[0], pair[1])), growth)
	}
}

func TestBigfloatUnguardedFallsIntoEachTrap(t *testing.T) {
	one := number(precision).SetInt64(1)
	tiny := number(precision).Quo(twoTo(-300), number(precision).SetInt64(3))
	next := number(precision).Add(one, tiny)
	nearer := number(precision).Add(one, twoTo(-500))
	table := []struct {
		trap      string
		unguarded *big.Float
		guarded   *big.Float
	}{
		{"Log near 1", bigfloat.Log(next), arithmetic.LogRatio(next, one)},
		{"Exp from a denormal", bigfloat.Exp(number(precision).SetInt64(-740)), arithmetic.Exp(number(precision).SetInt64(-740))},
		{"Exp from a half that is denormal", bigfloat.Exp(number(precision).SetInt64(-1480)), arithmetic.Exp(number(precision).SetInt64(-1480))},
		{"Exp of a zero value", bigfloat.Exp(new(big.Float)), arithmetic.Exp(new(big.Float))},
		{"Exp of a short argument", bigfloat.Exp(big.NewFloat(0.1)), arithmetic.Exp(big.NewFloat(0.1))},
		{"Log of a short argument", bigfloat.Log(big.NewFloat(3)), arithmetic.LogRatio(big.NewFloat(3), big.NewFloat(1))},
		{"Pow of 1+2⁻⁵⁰⁰ to 2⁵⁰⁰", bigfloat.Pow(nearer, twoTo(500)), arithmetic.Exp(arithmetic.Mul(twoTo(500), arithmetic.LogRatio(nearer, one)))},
		{"Exp−1 near 0", number(precision).Sub(bigfloat.Exp(tiny), one), arithmetic.Expm1(tiny)},
	}
	for _, row := range table {
		if bits := goodBits(row.unguarded, row.guarded); bits >= promised {
			t.Errorf("%s: unguarded has %d good bits; the guard is not needed", row.trap, bits)
		}
	}
}

func TestBigfloatPanicsOnNegativesAndPointDoesNot(t *testing.T) {
	minusTwo := number(precision).SetInt64(-2)
	panicked := func() (panicked bool) {
		defer func() { panicked = recover() != nil }()
		bigfloat.Log(minusTwo)
		return
	}
	if !panicked() {
		t.Error("bigfloat.Log(−2) does not panic; the guard is not needed")
	}
	if got := arithmetic.LogRatio(minusTwo, twoTo(0)); got != nil {
		t.Errorf("LogRatio(−2, 1) = %v, want no answer", got)
	}
}

func TestGoroutinesShareTheArithmetic(t *testing.T) {
	third := number(precision).Quo(twoTo(0), number(precision).SetInt64(3))
	exp, log := arithmetic.Exp(third), arithmetic.LogRatio(third, twoTo(0))
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 4 {
				if arithmetic.Exp(third).Cmp(exp) != 0 || arithmetic.LogRatio(third, twoTo(0)).Cmp(log) != 0 {
					t.Error("concurrent calls disagree with the serial one")
				}
			}
		})
	}
	group.Wait()
}
