package corpus

import (
	"math/big"
	"testing"
)

func readReferenceFiles(t *testing.T) []ReferenceFile {
	t.Helper()
	files, err := Reference(FS)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestEachFunctionHas7000ValuesAndHalfOfThemAreNearOne(t *testing.T) {
	files := readReferenceFiles(t)
	if len(files) != 3 {
		t.Fatalf("%d files", len(files))
	}
	for _, file := range files {
		near := 0
		inputs := map[string]bool{}
		for _, v := range file.Entries {
			if v.Class == "near-one" {
				near++
			}
			input := v.X.Text('p', 0)
			if v.Y != nil {
				input += " " + v.Y.Text('p', 0)
			}
			inputs[input] = true
		}
		if n := len(file.Entries); file.Bits != 600 || n < 7000 || 2*near < n || len(inputs) != n {
			t.Errorf("%s: %d bits, %d values, %d near one, %d different inputs", file.Function, file.Bits, n, near, len(inputs))
		}
	}
}

func TestNearOneIsBetweenTwoToTheMinus256AndMinus20(t *testing.T) {
	low, high := new(big.Float).SetMantExp(big.NewFloat(1), -256), new(big.Float).SetMantExp(big.NewFloat(1), -20)
	for _, file := range readReferenceFiles(t) {
		origin := big.NewFloat(1)
		if file.Function == "exp" {
			origin = new(big.Float)
		}
		for _, v := range file.Entries {
			distance := new(big.Float).SetPrec(1000).Sub(v.X, origin)
			distance.Abs(distance)
			if v.Class == "near-one" && (distance.Cmp(low) < 0 || distance.Cmp(high) > 0) {
				t.Errorf("%s: distance %.3g", v.ID, distance)
			}
		}
	}
}

// wide is the precision of the checks: every sum of two inputs or values below is exact in it.
const wide = 1600

func float() *big.Float { return new(big.Float).SetPrec(wide) }

// halfUlps returns value ± half a unit in its last place.
func halfUlps(value *big.Float, bits uint) (low, high *big.Float) {
	half := new(big.Float).SetMantExp(big.NewFloat(1), value.MantExp(nil)-int(bits)-1)
	return float().Sub(value, half), float().Add(value, half)
}

// twiceAtanh returns 2·atanh(z) = 2·Σ z²ⁱ⁺¹/(2i+1) for |z| ≤ ⅓. What the sum leaves out is below 9/8 of its first missing
// term, and fewer than 400 steps each round by 2⁻¹⁶⁰⁰, so the error is below 2⁻¹⁰⁹⁰.
func twiceAtanh(z *big.Float) *big.Float {
	sum, power, square := float(), float().Mul(z, big.NewFloat(2)), float().Mul(z, z)
	for n := int64(1); power.Sign() != 0 && power.MantExp(nil) > -1100; n += 2 {
		sum.Add(sum, float().Quo(power, new(big.Float).SetInt64(n)))
		power.Mul(power, square)
	}
	return sum
}

var ln2 = twiceAtanh(float().Quo(big.NewFloat(1), big.NewFloat(3)))

// logarithm returns log e = k·log 2 + 2·atanh((m−1)/(m+1)) for e = m·2ᵏ and 0.7 < m < 1.4, with an error below 2⁻¹⁰⁸⁰ for
// |k| < 2⁹. It shares nothing with MPFR.
func logarithm(e *big.Float) *big.Float {
	m := float()
	k := e.MantExp(m)
	if m.Cmp(big.NewFloat(0.7)) < 0 {
		m.SetMantExp(m, 1)
		k--
	}
	one := big.NewFloat(1)
	z := float().Quo(float().Sub(m, one), float().Add(m, one))
	return float().Add(twiceAtanh(z), float().Mul(ln2, new(big.Float).SetInt64(int64(k))))
}

// brackets reports whether a value is the nearest of its bits: log x, or the inverse of the logarithm's, lies within half an
// ulp of it.
func brackets(function string, bits uint, v ReferenceValue) bool {
	low, high := halfUlps(v.Value, bits)
	switch function {
	case "log":
		exact := logarithm(v.X)
		return low.Cmp(exact) <= 0 && exact.Cmp(high) <= 0
	case "exp":
		return logarithm(low).Cmp(v.X) <= 0 && v.X.Cmp(logarithm(high)) <= 0
	}
	exponent := float().Mul(v.Y, logarithm(v.X))
	return logarithm(low).Cmp(exponent) <= 0 && exponent.Cmp(logarithm(high)) <= 0
}

// Near one the series of the logarithm is short and every value is checked; of the others, one in sixteen.
func TestValuesAreTheNearestByAnIndependentLogarithm(t *testing.T) {
	for _, file := range readReferenceFiles(t) {
		for i, v := range file.Entries {
			if v.Value.Sign() == 0 || v.Class != "near-one" && i%16 != 0 {
				continue
			}
			if !brackets(file.Function, file.Bits, v) {
				t.Errorf("%s: %.30g is not the nearest", v.ID, v.Value)
			}
		}
	}
}

func TestValuesWithoutRounding(t *testing.T) {
	found := 0
	for _, file := range readReferenceFiles(t) {
		for _, v := range file.Entries {
			var exact float64
			switch {
			case file.Function == "log" && v.X.Cmp(big.NewFloat(1)) == 0:
			case file.Function == "exp" && v.X.Sign() == 0, file.Function == "pow" && v.Y.Sign() == 0:
				exact = 1
			default:
				continue
			}
			found++
			if v.Value.Cmp(big.NewFloat(exact)) != 0 {
				t.Errorf("%s: %g, not %g", v.ID, v.Value, exact)
			}
		}
	}
	if found < 3 {
		t.Errorf("%d values without rounding", found)
	}
}

// power returns xⁿ without rounding.
func power(x *big.Float, n int) *big.Float {
	product := big.NewFloat(1)
	for range n {
		product = new(big.Float).SetPrec(product.MinPrec()+x.MinPrec()).Mul(product, x)
	}
	return product
}

func TestWholePowersAreTheExactPowerRounded(t *testing.T) {
	checked := 0
	for _, file := range readReferenceFiles(t) {
		for _, v := range file.Entries {
			if v.Y == nil || !v.Y.IsInt() || v.Y.Cmp(big.NewFloat(99)) > 0 {
				continue
			}
			n, _ := v.Y.Int64()
			checked++
			if exact := power(v.X, int(n)); exact.SetPrec(file.Bits).Cmp(v.Value) != 0 {
				t.Errorf("%s: %.30g, not %.30g", v.ID, v.Value, exact)
			}
		}
	}
	if checked < 1500 {
		t.Errorf("only %d whole powers", checked)
	}
}
