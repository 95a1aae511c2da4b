package corpus

import (
	"math/big"
	"testing"
)

func TestIntegersHaveOneSpelling(t *testing.T) {
	two255 := new(big.Int).Lsh(big.NewInt(1), 255)
	two256 := new(big.Int).Lsh(big.NewInt(1), 256)
	less := func(x *big.Int) string { return new(big.Int).Sub(x, big.NewInt(1)).String() }
	for _, c := range []struct {
		text             string
		unsigned, signed bool
	}{
		{"0", true, true}, {"1", true, true}, {"1000000000000000000", true, true},
		{less(two255), true, true}, {two255.String(), true, false}, {less(two256), true, false}, {two256.String(), false, false},
		{"-1", false, true}, {"-" + two255.String(), false, true}, {less(new(big.Int).Neg(two255)), false, false},
		{"", false, false}, {"-", false, false}, {"-0", false, false}, {"+1", false, false}, {"00", false, false}, {"01", false, false},
		{" 1", false, false}, {"1 ", false, false}, {"1_000", false, false}, {"0x10", false, false}, {"1e18", false, false},
		{"1.0", false, false}, {"٣", false, false}, {"NaN", false, false},
	} {
		if value, ok := parseInteger(c.text, false); ok != c.unsigned || ok && value.String() != c.text {
			t.Errorf("unsigned %q: %v, %v", c.text, value, ok)
		}
		if value, ok := parseInteger(c.text, true); ok != c.signed || ok && value.String() != c.text {
			t.Errorf("signed %q: %v, %v", c.text, value, ok)
		}
	}
}

func TestDyadicNumbersHaveOneSpelling(t *testing.T) {
	for _, c := range []struct {
		text string
		want string // in decimal; empty for a refusal
	}{
		{"0", "0"}, {"0x.8p+1", "1"}, {"-0x.cp+2", "-3"}, {"0x.8p+0", "0.5"}, {"0x.8p-3", "0.0625"}, {"0x.ffp+8", "255"},
		{"0x.80p+1", ""}, {"0x.4p+2", ""}, {"0x0.8p+1", ""}, {"0x1p+0", ""}, {"0x.8p1", ""}, {"0x.8p+01", ""}, {"0X.8p+1", ""},
		{"0x.8P+1", ""}, {"0x.8", ""}, {"0x.Fp+4", ""}, {"+0x.8p+1", ""}, {"0x.8_0p+1", ""}, {"1", ""}, {"-0", ""}, {"", ""},
		{"Inf", ""}, {"+Inf", ""}, {"0x.p+1", ""}, {"0x.8p+99999999999", ""},
		{"0x.ffffcp+18", "262143"}, {"0x.ffffep+18", ""}, // 18 bits and 19
	} {
		value, ok := parseDyadic(c.text, 18)
		if ok != (c.want != "") || ok && value.Text('g', 20) != c.want {
			t.Errorf("%q: %v, %v", c.text, value, ok)
		}
	}
}
