package real_test

import (
	"math/big"
	"testing"

	"github.com/trueweight/trueweight/reference/real"
)

var (
	zero, one, two, three, four = real.Int64(0), real.Int64(1), real.Int64(2), real.Int64(3), real.Int64(4)

	half = real.Quo(one, two)
	root = real.Pow(four, half) // 2, which is not known without algebra
	surd = real.Pow(two, half)  // √2, irrational
)

func TestEqualsDecidesByAlgebra(t *testing.T) {
	for _, row := range []struct {
		name     string
		e        *real.Expr
		equal    string // the rational that e is; "" if none
		distinct string // a rational that it isn't
	}{
		{"3", three, "3", "2"},
		{"(1 + 2·3 − 4)÷2", real.Quo(real.Sub(real.Add(one, real.Mul(two, three)), four), two), "3/2", "3"},
		{"√4", root, "2", "-2"},
		{"√2", surd, "", "99/70"},
		{"√2, and 0", surd, "", "0"},
		{"√2, and a negative", surd, "", "-7/5"},
		{"(4/9)^(−1/2)", real.Pow(real.Quo(four, real.Int64(9)), real.Sub(zero, half)), "3/2", "2/3"},
		{"8^(1/2)·2^(1/2)", real.Mul(real.Pow(real.Int64(8), half), surd), "4", "3"},
		{"8^(1/2)÷2^(1/2)", real.Quo(real.Pow(real.Int64(8), half), surd), "2", "4"},

		{"√4 + 3", real.Add(root, three), "5", "4"},
		{"3 + √4", real.Add(three, root), "5", "6"},
		{"√4 − 3", real.Sub(root, three), "-1", "1"},
		{"3 − √4", real.Sub(three, root), "1", "-1"},
		{"√4·3", real.Mul(root, three), "6", "2/3"},
		{"3·√4", real.Mul(three, root), "6", "3/2"},
		{"√4÷3", real.Quo(root, three), "2/3", "6"},
		{"3÷√4", real.Quo(three, root), "3/2", "2/3"},
		{"−3·√4", real.Mul(real.Int64(-3), root), "-6", "6"},
		{"√4·0", real.Mul(root, zero), "0", "2"},
		{"0·√4", real.Mul(zero, root), "0", "2"},
		{"0÷√4", real.Quo(zero, root), "0", "2"},
		{"3÷√4, and 0", real.Quo(three, root), "3/2", "0"},

		{"√4 − 1", real.Sub(root, one), "1", "-1"},
		{"√4 − (2⁶⁴ + 1)", real.Sub(root, real.Int(beyond(64))), "-18446744073709551615", "1"},
		{"1 − √4", real.Sub(one, root), "-1", "1"},
		{"1^½ − 1", real.Sub(real.Pow(one, half), one), "0", "-1"},
		{"√4 − 1, and −1", real.Sub(root, one), "1", "-1"},
		{"√4 − 1, and −2", real.Sub(root, one), "1", "-2"},
		{"√2 − 1", real.Sub(surd, one), "", "2/5"},
		{"7·(1 − √4)", real.Mul(real.Int64(7), real.Sub(one, root)), "-7", "7"},

		{"√4 + √4", real.Add(root, root), "4", "2"},
		{"√4²", real.Pow(root, two), "4", "2"},
		{"√2 − √4", real.Sub(surd, root), "", "-585786/1000000"},
		{"√2 − √4, and −2", real.Sub(surd, root), "", "-2"},
		{"√4 + 0·√2", real.Add(root, real.Mul(zero, surd)), "2", "1"},
		{"√2 − √2", real.Sub(surd, surd), "0", "1"},
		{"(√2 − 1) − √2", real.Sub(real.Sub(surd, one), surd), "-1", "1"},
		{"3·√2 − (√2 + √2)÷½ + √2", real.Add(real.Sub(real.Mul(three, surd), real.Quo(real.Add(surd, surd), half)), surd), "0", "1"},
		{"√2 + √2, and 0", real.Add(surd, surd), "", "0"},
		{"(√2 − 1)·√4 − (√2 + √2)", real.Sub(real.Mul(real.Sub(surd, one), root), real.Add(surd, surd)), "-2", "2"},
		{"27^⅓ + √4", real.Add(real.Pow(real.Int64(27), real.Quo(one, three)), root), "5", "6"},
		{"72^½·2^½ + √4", real.Add(real.Mul(real.Pow(real.Int64(72), half), surd), root), "14", "13"},

		{"max(0, 3)", real.Max0(three), "3", "0"},
		{"max(0, −3)", real.Max0(real.Int64(-3)), "0", "-3"},
		{"max(0, √4 − 2)", real.Max0(real.Sub(root, two)), "0", "1"},
		{"max(0, √4 − 1)", real.Max0(real.Sub(root, one)), "1", "0"},
		{"max(0, √2 − 3)", real.Max0(real.Sub(surd, three)), "0", "-1"},
		{"max(0, √2 − 1)", real.Max0(real.Sub(surd, one)), "", "0"},
		{"7 − 3·max(0, √2 − 3)", real.Sub(real.Int64(7), real.Mul(three, real.Max0(real.Sub(surd, three)))), "7", "6"},

		{"(1 + √4)^½·3^½", real.Mul(real.Pow(real.Add(one, root), half), real.Pow(three, half)), "3", "2"},
		{"(3·√2)^½·(2·√2)^½", real.Mul(real.Pow(real.Mul(three, surd), half), real.Pow(real.Mul(two, surd), half)), "", "3"},
		{"(3·√2)^½·(6·√2)^½", real.Mul(real.Pow(real.Mul(three, surd), half), real.Pow(real.Mul(real.Int64(6), surd), half)), "6", "5"},
		{"(1 + √2)^½", real.Pow(real.Add(one, surd), half), "", "3/2"},
		{"(2 − √2)^½", real.Pow(real.Sub(two, surd), half), "", "3/4"},
		{"(1+√2)^½·(3+√2)^⅓ − 1", real.Sub(real.Mul(real.Pow(real.Add(one, surd), half), real.Pow(real.Add(three, surd), real.Quo(one, three))), one), "", "1"},
		{"(1+√2)÷(2−√2)", real.Quo(real.Pow(real.Add(one, surd), one), real.Pow(real.Sub(two, surd), one)), "", "4"},

		{"(1 + √2)^½, and −1", real.Pow(real.Add(one, surd), half), "", "-1"},
		{"(1 + √2)^½, and 1", real.Pow(real.Add(one, surd), half), "", "1"},
		{"(1 + √2)⁰", real.Pow(real.Add(one, surd), zero), "1", "2"},
		{"(1 + √2)^½, and 0", real.Pow(real.Add(one, surd), half), "", "0"},

		// what is no root is undone one operation at a time
		{"e + 3", real.Add(real.Exp(one), three), "", "3"},
		{"3 + e", real.Add(three, real.Exp(one)), "", "3"},
		{"e − 3", real.Sub(real.Exp(one), three), "", "0"},
		{"3 − e", real.Sub(three, real.Exp(one)), "", "0"},
		{"e·3", real.Mul(real.Exp(one), three), "", "3"},
		{"3·e", real.Mul(three, real.Exp(one)), "", "3"},
		{"e÷3", real.Quo(real.Exp(one), three), "", "1"},
		{"3÷e", real.Quo(three, real.Exp(one)), "", "1"},
		{"3÷e, and 0", real.Quo(three, real.Exp(one)), "", "0"},
		{"3÷e⁰", real.Quo(three, real.Exp(zero)), "3", "1/3"},
		{"e⁰ + 3", real.Add(real.Exp(zero), three), "4", "1"},
		{"3 + e⁰", real.Add(three, real.Exp(zero)), "4", "1"},
		{"e⁰÷3", real.Quo(real.Exp(zero), three), "1/3", "3"},
		{"e·0", real.Mul(real.Exp(one), zero), "0", "2"},
		{"0·e", real.Mul(zero, real.Exp(one)), "0", "2"},
		{"0÷e", real.Quo(zero, real.Exp(one)), "0", "2"},
		{"0÷e⁰", real.Quo(zero, real.Exp(zero)), "0", "1"},
		{"0÷log 2", real.Quo(zero, real.Log(two)), "0", "1"},

		{"e⁰", real.Exp(zero), "1", "0"},
		{"e⁰, and 2", real.Exp(zero), "1", "2"},
		{"e", real.Exp(one), "", "1"},
		{"e⁰ − 1", real.ExpM1(zero), "0", "1"},
		{"e − 1", real.ExpM1(one), "", "0"},
		{"log 1", real.Log(one), "0", "1"},
		{"log 2", real.Log(two), "", "0"},
	} {
		if row.equal != "" {
			if equal, decided := row.e.Equals(rat(row.equal)); !equal || !decided {
				t.Errorf("%s = %s: %t, decided %t", row.name, row.equal, equal, decided)
			}
		}
		if equal, decided := row.e.Equals(rat(row.distinct)); equal || !decided {
			t.Errorf("%s = %s: %t, decided %t", row.name, row.distinct, equal, decided)
		}
	}
}

func TestEqualsLeavesUndecidedWhatAlgebraCannotTell(t *testing.T) {
	for name, e := range map[string]*real.Expr{
		"√2 + √3":       real.Add(surd, real.Pow(three, half)),
		"√2 − 2^½":      real.Sub(surd, real.Pow(two, half)), // the same number by two names
		"√4·log 2":      real.Mul(root, real.Log(two)),
		"(√4 − 1)÷√2":   real.Quo(real.Sub(root, one), surd),
		"0^√2":          real.Pow(zero, surd),
		"e÷√2":          real.Quo(real.Exp(one), surd),
		"(1+√2)·(1−√2)": real.Mul(real.Add(one, surd), real.Sub(one, surd)),
		"max(0, e)":     real.Max0(real.Exp(one)),
		"(1+√2)·(2−√2)^½ with signs that differ": real.Mul(real.Pow(real.Add(one, surd), one), real.Pow(real.Sub(two, surd), half)),
		"(1+√2)^½·(1+√3)^½":                      real.Mul(real.Pow(real.Add(one, surd), half), real.Pow(real.Add(one, real.Pow(three, half)), half)),
		"(1−√2)²":                                real.Pow(real.Sub(one, surd), two),
		"2^√4":                                   real.Pow(two, root),
		"2^√4 − 1":                               real.Sub(real.Pow(two, root), one),
		"e^√4":                                   real.Exp(root),
		"e^√4 − 1":                               real.ExpM1(root),
		"log √4":                                 real.Log(root),
		"log 0":                                  real.Log(zero),
		"log −1":                                 real.Log(real.Int64(-1)),
		"√4÷0":                                   real.Quo(root, zero),
		"0⁻¹":                                    real.Pow(zero, real.Int64(-1)),
		"(−4)^(½)":                               real.Pow(real.Int64(-4), half),
		"√(1÷0)":                                 real.Pow(real.Quo(one, zero), half),
		"0÷(e⁰ − 1)":                             real.Quo(zero, real.ExpM1(zero)),
		"0÷log 1":                                real.Quo(zero, real.Log(one)),
		"0÷(√2 + √3)":                            real.Quo(zero, real.Add(surd, real.Pow(three, half))),
		"e÷0":                                    real.Quo(real.Exp(one), zero),
		"(√2^√4)·3":                              real.Mul(real.Pow(surd, root), three),
	} {
		for _, target := range []string{"0", "2"} {
			if equal, decided := e.Equals(rat(target)); equal || decided && target != "0" {
				t.Errorf("%s = %s: %t, decided %t", name, target, equal, decided)
			}
		}
	}
}

func TestRationalIsExactAndKnowsItsLimits(t *testing.T) {
	for _, row := range []struct {
		name string
		e    *real.Expr
		want string
	}{
		{"1.5 wei of 10¹⁸", real.Fixed(big.NewInt(1.5e18)), "3/2"},
		{"1 + ½", real.Add(one, half), "3/2"},
		{"½ − 1", real.Sub(half, one), "-1/2"},
		{"½·3", real.Mul(half, three), "3/2"},
		{"½÷3", real.Quo(half, three), "1/6"},
		{"0³", real.Pow(zero, three), "0"},
		{"0⁰", real.Pow(zero, zero), "1"},
		{"1÷0", real.Quo(one, zero), ""},
		{"√4", root, ""},
		{"√4·0", real.Mul(root, zero), ""},
		{"0·√4", real.Mul(zero, root), ""},
		{"0⁻¹", real.Pow(zero, real.Int64(-1)), ""},
	} {
		got, ok := row.e.Rational()
		if ok != (row.want != "") || ok && got.Cmp(rat(row.want)) != 0 {
			t.Errorf("%s = %v, %t, want %q", row.name, got, ok, row.want)
		}
	}
}

func rat(text string) *big.Rat {
	r, ok := new(big.Rat).SetString(text)
	if !ok {
		panic("not a fraction: " + text)
	}
	return r
}
