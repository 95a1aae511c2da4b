package exact

import (
	"fmt"
	"math/big"
	"testing"
)

// bits is far above the 190 bits of the largest constant; every value here is exact to about bits.
const bits = 700

// expTaylor returns eˣ as Σ xⁿ/n!, for x ≥ 0.
func expTaylor(x *big.Float) *big.Float {
	sum, term := new(big.Float).SetPrec(bits).SetInt64(1), new(big.Float).SetPrec(bits).SetInt64(1)
	for n := int64(1); n < 2000; n++ {
		term.Mul(term, x)
		term.Quo(term, new(big.Float).SetInt64(n))
		sum.Add(sum, term)
	}
	return sum
}

// roundDigits returns x rounded to the nearest integer of so many significant digits, zeros after them.
func roundDigits(x *big.Float, digits int) *big.Int {
	value, _, err := big.ParseFloat(x.Text('e', digits-1), 10, bits, big.ToNearestEven)
	if err != nil {
		panic(err)
	}
	rounded, _ := new(big.Float).Add(value, big.NewFloat(0.5)).Int(nil) // the parsed value may lie just below its integer
	return rounded
}

func TestConstantsAreEToTheXToTheNearest21Digits(t *testing.T) {
	for n, p := range powers {
		xUnit, aUnit := one20, one20
		if n < 2 {
			xUnit, aUnit = one, big.NewInt(1)
		}
		x := new(big.Float).SetPrec(bits).Quo(new(big.Float).SetInt(p.x), new(big.Float).SetInt(xUnit))
		scaled := expTaylor(x)
		scaled.Mul(scaled, new(big.Float).SetInt(aUnit))
		if want := roundDigits(scaled, 21); p.a.Cmp(want) != 0 {
			t.Errorf("a%d = %v, want e^%v = %v", n, p.a, x, want)
		}
	}
}

func TestConstantsHalveTheExponent(t *testing.T) {
	x := decimal("128e20")
	for n, p := range powers {
		got := p.x
		if n < 2 {
			got = times(got, hundred)
		}
		if got.Cmp(x) != 0 {
			t.Errorf("x%d = %v, want %v", n, got, x)
		}
		x = truncDiv(x, two)
	}
}

func TestExpLnPow(t *testing.T) {
	table := []struct{ call, want, why string }{
		{"exp(0)", "1000000000000000000", "the empty series"},
		{"exp(1)", "1000000000000000001", "100 at 20 decimals survives the last /100"},
		{"exp(-1)", "999999999999999999", "1e36/(1e18+1), truncated"},
		{"exp(1e18)", "2718281828459045235", "a7 = …5235|36 has two digits to drop"},
		{"exp(128e18)", "38877084059945950922200000000000000000000000000000000000000000000000000000", "a0 alone"},
		{"exp(0.49e18)", "1632316219955378968", "0.49 = 0.25 + 0.24: a9 is taken out; the true …970.1 loses 2 wei to truncation"},
		{"exp(130e18)", "287264955081783193326519143742863858051506000000000000000000000000000000000", "the largest"},
		{"exp(64e18)", "6235149080811616882910000000000000000000000000", "a1 alone"},
		{"exp(-41e18)", "1", "e^-41·1e18 = 1.56, truncated"},
		{"ln(1e18)", "0", "z = 0"},
		{"ln(1000000000000000001)", "0", "ln36 = 999999999999999998, truncated by 1e18"},
		{"ln(999999999999999998)", "-2", "ln36 = −2.000000000000000002e18, truncated toward zero"},
		{"ln(2718281828459045235)", "999999999999999999", "e rounded down is below e"},
		{"ln(38877084059945950922200000000000000000000000000000000000000000000000000000)", "128000000000000000000", "exactly a0"},
		{"ln(38877084059945950922199999999999999999999999999999999999999999999999999999)", "127999999999999999999", "one below a0"},
		{"ln(6235149080811616882910000000000000000000000000)", "64000000000000000000", "exactly a1"},
		{"ln(78962960182680695161000000000000)", "32000000000000000000", "exactly a2"},
		{"ln(1)", "-41446531673892822312", "−ln(1e18), the inverse is exact"},
		{"pow(0,0)", "1000000000000000000", "the exponent is tested first"},
		{"pow(0,1)", "0", "then the base"},
		{"pow(7,0)", "1000000000000000000", "x⁰ = 1"},
		{"pow(1e18,5e18)", "1000000000000000000", "ln 1 = 0"},
		{"pow(2e18,1e18)", "1999999999999999998", "raw: no exact form, and ln 2, exp both round down"},
		{"pow(1099999999999999999,99e18)", "12527829399838426307095", "the last base of ln36"},
		{"pow(1.1e18,99e18)", "12527829399838426144264", "the first of lnWide: 162831 wei lower"},
		{"pow(0.9e18,24e18)", "79766443076872510", "lnWide; by ln36 it would be …509"},
		{"pow(38877084059945950922200000000000000000000000000000000000000000000000000000,1.015625e18)",
			"287264955081783193326519143742863858051506000000000000000000000000000000000", "128·1.015625 = 130: the largest logarithm"},
		{"pow(38877084059945950922200000000000000000000000000000000000000000000000000000,1015625000000000001)",
			"BAL#008|ProductOutOfBounds", "128 wei above it"},
		{"ln(0.5e18)", "-693147180559945309", "the base of the next two"},
		{"pow(0.5e18,59150496676447499738)", "1", "0.693…·59.15… = 41 and a fraction of a wei: the smallest logarithm"},
		{"pow(0.5e18,59150496676447499740)", "BAL#008|ProductOutOfBounds", "one wei below it"},
		{"powDown(1,0.5e18)", "999999998", "1e9 − (⌈0.00001⌉ + 1)"},
		{"powUp(1,0.5e18)", "1000000002", "1e9 + (⌈0.00001⌉ + 1)"},
		{"powDown(2e18,1e18)", "2000000000000000000", "the exponent 1 is exact"},
		{"powUp(2e18,1e18)", "2000000000000000000", "the exponent 1 is exact"},
		{"powDown(1000000000000000001,2e18)", "1000000000000000002", "(1e18+1)² = 1e36+2e18+1, down"},
		{"powUp(1000000000000000001,2e18)", "1000000000000000003", "the same, up"},
		{"powDown(1000000000000000001,4e18)", "1000000000000000004", "down twice: (1e18+2)² = 1e36+4e18+4"},
		{"powUp(1000000000000000001,4e18)", "1000000000000000007", "up twice: (1e18+3)² = 1e36+6e18+9"},
		{"powDown(1e18,3e18)", "999999999999989999", "1e18 − (10000 + 1)"},
		{"powUp(1e18,3e18)", "1000000000000010001", "1e18 + (10000 + 1)"},
		{"powDown(0,3e18)", "0", "0 − 1 is cut at 0"},
		{"powUp(0,3e18)", "1", "0 + 0 + 1"},
		{"exp(130000000000000000001)", "BAL#009|InvalidExponent", ""},
		{"exp(-41000000000000000001)", "BAL#009|InvalidExponent", ""},
		{"ln(0)", "BAL#100|OutOfBounds", ""},
		{"ln(-1)", "BAL#100|OutOfBounds", ""},
		{"pow(2^255,0)", "1000000000000000000", "y = 0 is tested before the base"},
		{"pow(2^255,2^255)", "BAL#006|BaseOutOfBounds", "the base is tested before the exponent"},
		{"pow(1e18,2^254/1e20)", "BAL#007|ExponentOutOfBounds", ""},
		{"pow(1e18,2^254/1e20-1)", "1000000000000000000", "the largest exponent"},
		{"pow(2e18,188e18)", "BAL#008|ProductOutOfBounds", "188·ln 2 = 130.3"},
		{"powUp(3e18,2^255)", "BAL#007|ExponentOutOfBounds", "no exact form applies"},
		{"powDown(2^255,1e18)", fmt.Sprint(limit255), "exact forms have no domain"},
		{"powDown(2^255,2e18)", "BAL#003|Panic(0x11)", "but their product must fit"},
		{"powUp(2e18,187e18)", "BAL#003|Panic(0x11)", "pow succeeds, times 10000 does not fit"},
	}
	for _, row := range table {
		checkCall(t, row.call, row.want, row.why)
	}
}

func TestLn36StopsAfterThe15thPower(t *testing.T) {
	// The error is the first term left out, 2·z¹⁷/17 ≈ 1e12 units of 10⁻³⁶, and what follows it is less than a tenth of
	// that; so are the roundings, one unit for each of some 20 steps, doubled.
	for _, x := range []string{"0.91e18", "1.09e18"} {
		z := new(big.Rat).SetFrac(minus(number(x), one), plus(number(x), one))
		exactSum, power := new(big.Rat), new(big.Rat).Set(z)
		var first *big.Rat
		for k := int64(1); k <= 61; k += 2 {
			term := new(big.Rat).Mul(power, new(big.Rat).SetFrac(times(two, one36), big.NewInt(k)))
			if k == 17 {
				first = new(big.Rat).Abs(term)
			}
			exactSum.Add(exactSum, term)
			power.Mul(power, z).Mul(power, z)
		}
		lost := exactSum.Sub(exactSum, new(big.Rat).SetInt(ln36(number(x))))
		ratio, _ := lost.Abs(lost).Quo(lost, first).Float64()
		if ratio < 1 || ratio > 1.1 {
			t.Errorf("ln36(%s) loses %v of its 17th power's term", x, ratio)
		}
	}
}
