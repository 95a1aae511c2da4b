package interval

import (
	"math/big"
	"strings"
	"testing"
)

func TestStringsOfPointsAreNumbersAndOfOthersTheirEnds(t *testing.T) {
	tiny := func(prec uint, x, y int64) Interval { // [x, y]·2⁻⁸⁰
		end := func(n int64) *big.Float {
			return new(big.Float).SetMantExp(new(big.Float).SetPrec(prec).SetInt64(n), -80)
		}
		return New(end(x), end(y))
	}
	for _, row := range []struct {
		x    Interval
		want string
	}{
		{Point(big.NewFloat(0.5)), "0.5"},
		{Point(big.NewFloat(-1.25)), "-1.25"},
		{Point(new(big.Float)), "0"},
		{span(0.5, 0.75), "[0.5, 0.8]"},
		{span(1.5, 1.5625), "[1.5, 1.562]"},
		{span(-1.5625, -1.5), "[-1.562, -1.5]"},
		{span(1, 1.0009765625), "[1, 1.00098]"},
		{span(1024.25, 1024.5), "[1024.25, 1024.5]"},
		{span(100, 300), "[1e+02, 3e+02]"},
		{span(-0.5, 1024), "[-0.5, 1e+03]"},
		{span(1, infinity), "[1, +Inf]"},
		{span(-infinity, 2.5), "[-Inf, 2]"},
		{tiny(64, 5, 7), "[4e-24, 6e-24]"},
		{tiny(64, 1<<40+1, 1<<40+2), "[9.094947017738e-13, 9.094947017746e-13]"},
	} {
		if got := row.x.String(); got != row.want {
			t.Errorf("String = %s, want %s", got, row.want)
		}
	}
}

// Digits may agree to the end of one text: the other's exponent is longer.
func TestStringsOfEndsWithEqualDigitsAreTold(t *testing.T) {
	ten := func(n int64) *big.Float {
		return new(big.Float).SetPrec(400).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(n), nil))
	}
	near, far := ten(90), ten(100)
	for _, row := range []struct {
		x    Interval
		want string
	}{
		{New(ten(10), far), "[10000000000, 1e+100]"},
		{New(new(big.Float).Neg(far), new(big.Float).Neg(ten(10))), "[-1e+100, -10000000000]"},
		{New(near, far), "[1e+90, 1e+100]"},
	} {
		if got := row.x.String(); got != row.want {
			t.Errorf("String = %s, want %s", got, row.want)
		}
	}
}

// Of b bits, 3 digits in 10 and 3 more are printed at most, though a few thousand bits differ only beyond them.
func TestStringsHaveNoMoreDigitsThanTheirBitsAreWorth(t *testing.T) {
	for _, bits := range []int{20_000, 30_000} {
		third := new(big.Float).SetPrec(uint(bits)).Quo(one, big.NewFloat(3))
		next := new(big.Float).Add(third, powerOf2(-bits-1))
		digits := third.Text('g', bits*3/10+3)
		if got, want := New(third, next).String(), "["+digits+", "+digits+"]"; got != want {
			t.Errorf("two neighbours of 1/3 at %d bits are printed in %d letters, want %d", bits, len(got), len(want))
		}
	}
}

func TestStringsOfRemoteEndsAreBinary(t *testing.T) {
	for _, row := range []struct {
		exponent int
		binary   bool
	}{{65535, false}, {65536, true}, {-65537, false}, {-65538, true}} {
		x := powerOf2(row.exponent)
		for _, got := range []string{Point(x).String(), New(new(big.Float).Neg(one), x).String(), New(new(big.Float).Neg(x), one).String()} {
			if strings.Contains(got, "0x") != row.binary {
				t.Errorf("2^%d is printed as %.40s", row.exponent, got)
			}
			if len(got) > 100 {
				t.Errorf("2^%d is printed in %d letters", row.exponent, len(got))
			}
		}
	}
	if got := Point(powerOf2(65536)).String(); got != "[0x.8p+65537, 0x.8p+65537]" {
		t.Errorf("2^65536 is printed as %s", got)
	}
}

func TestIntervalsWithoutARealAreRefused(t *testing.T) {
	for _, row := range []struct {
		lo, hi float64
		fault  string
	}{
		{2, 1, "interval: New(2, 1) holds no real"},
		{infinity, infinity, "interval: New(+Inf, +Inf) holds no real"},
		{-infinity, -infinity, "interval: New(-Inf, -Inf) holds no real"},
		{infinity, -infinity, "interval: New(+Inf, -Inf) holds no real"},
		{1, 1, ""}, {-infinity, 1, ""}, {1, infinity, ""}, {-infinity, infinity, ""},
	} {
		func() {
			defer func() {
				if fault, _ := recover().(string); fault != row.fault {
					t.Errorf("[%v, %v]: %q, want %q", row.lo, row.hi, fault, row.fault)
				}
			}()
			if x := span(row.lo, row.hi); finite(x.Lo()) != row.lo || finite(x.Hi()) != row.hi {
				t.Errorf("[%v, %v] became %v", row.lo, row.hi, x)
			}
		}()
	}
}

func TestPrecisionsHaveTwoBits(t *testing.T) {
	if got := At(2).Prec(); got != 2 {
		t.Errorf("At(2) has %d bits", got)
	}
	defer func() {
		if fault := recover(); fault != "interval: a precision of less than 2 bits" {
			t.Errorf("At(1): %v", fault)
		}
	}()
	At(1)
}

// What is given to New may change afterwards, at either end.
func TestEndsAreCopied(t *testing.T) {
	lo, hi := big.NewFloat(1), big.NewFloat(2)
	x := New(lo, hi)
	lo.SetInt64(5)
	hi.SetInt64(5)
	if !equal(x, span(1, 2)) {
		t.Errorf("[1, 2] became %v", x)
	}
}
