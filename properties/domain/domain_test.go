package domain

import (
	"bytes"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/holiman/uint256"
)

const drawsPerKind = 6000

// eachCase draws cases of every kind from one seed.
func eachCase(t *testing.T, do func(t *testing.T, c Case)) {
	t.Helper()
	for _, k := range Kinds() {
		t.Run(string(k), func(t *testing.T) {
			for i := range uint64(drawsPerKind) {
				do(t, At(1, k, i))
			}
		})
	}
}

func TestKindAndClassNamesAreUnique(t *testing.T) {
	if ks := slices.Sorted(slices.Values(Kinds())); len(slices.Compact(ks)) != len(Kinds()) {
		t.Errorf("kinds repeat: %v", Kinds())
	}
	for _, k := range Kinds() {
		classes := slices.Sorted(slices.Values(Classes(k)))
		if len(slices.Compact(classes)) != len(Classes(k)) || slices.Contains(classes, Given) {
			t.Errorf("%s: classes repeat, or one is %q: %v", k, Given, Classes(k))
		}
	}
}

func TestDecodeUndoesEncode(t *testing.T) {
	eachCase(t, func(t *testing.T, c Case) {
		d, err := Decode(Encode(c))
		if err != nil || !Equal(c, d) || c.Class() != d.Class() {
			t.Fatalf("bytes: %s became %v, %v", MarshalJSON(c), d, err)
		}
		j, err := UnmarshalJSON(MarshalJSON(c))
		if err != nil || !Equal(c, j) || c.Class() != j.Class() {
			t.Fatalf("JSON: %s became %v, %v", MarshalJSON(c), j, err)
		}
	})
}

func TestAnyBytesAreACase(t *testing.T) {
	s := Stream(1, "bytes", 0)
	for range 2000 {
		n := s.Choose(400)
		data := make([]byte, n)
		for i := range data {
			b := s.Bits(8)
			data[i] = byte(b.Uint64())
		}
		c := DecodeAny(data)
		if d := DecodeAny(Encode(c)); !Equal(c, d) || c.Kind() != d.Kind() {
			t.Fatalf("% x: %s re-encodes as %s", data, MarshalJSON(c), MarshalJSON(d))
		}
	}
}

func TestStreamsArePureFunctionsOfSeedKindAndIndex(t *testing.T) {
	for _, k := range Kinds() {
		a, b := At(7, k, 42), At(7, k, 42)
		if !Equal(a, b) || a.Class() != b.Class() {
			t.Errorf("%s: case 42 of seed 7 is not always the same", k)
		}
		if Equal(a, At(8, k, 42)) && Equal(a, At(7, k, 43)) {
			t.Errorf("%s: neither seed nor index changes the case", k)
		}
	}
}

// The stream is part of what recorded seeds mean. These cases pin it.
func TestStreamIsFrozen(t *testing.T) {
	s := Stream(1, "swap-in", 0)
	got := []uint64{}
	for range 4 {
		b := s.Bits(64)
		got = append(got, b.Uint64())
	}
	want := []uint64{0xeb04e6762a800575, 0x63a9baa01d379d50, 0x38382311a5445c35, 0x6780da3df358f5da}
	if !slices.Equal(got, want) {
		t.Errorf("first words of Stream(1, \"swap-in\", 0) are %#x, want %#x", got, want)
	}
}

func TestEveryClassReachesItsShare(t *testing.T) {
	for _, k := range Kinds() {
		count := map[string]int{}
		for i := range uint64(drawsPerKind) {
			count[At(1, k, i).Class()]++
		}
		share := float64(drawsPerKind) / float64(len(Classes(k)))
		for _, class := range Classes(k) {
			// Six standard deviations of a binomial share: a right generator misses it once in 10⁹.
			if d := math.Abs(float64(count[class]) - share); d > 6*math.Sqrt(share) {
				t.Errorf("%s/%s: drawn %d times of %d, want about %.0f", k, class, count[class], drawsPerKind, share)
			}
		}
	}
}

// Generators that draw the digits of a weight from ranges that favour small
// numbers never see an even pool; each tenth of the range must be reached.
func TestPoolWeightsSpreadEvenly(t *testing.T) {
	var tenth [10]int
	s := Stream(1, "weights", 0)
	const draws = 20000
	for range draws {
		w := simplex(s, 2)
		tenth[(w[0].Uint64()-One/100)*10/(One-2*One/100+1)]++
	}
	for i, n := range tenth {
		if d := math.Abs(float64(n) - draws/10); d > 6*math.Sqrt(draws/10) {
			t.Errorf("tenth %d of the range of two-token weights: %d draws of %d", i, n, draws)
		}
	}
}

func TestSimplexWeightsAreAPools(t *testing.T) {
	s := Stream(1, "weights", 1)
	for range 5000 {
		if w := anyPool(s); !poolWeights(w) {
			t.Fatalf("%v are not weights of a pool", w)
		}
		if w := edgeWeights(s); !poolWeights(w) {
			t.Fatalf("%v are not weights of a pool", w)
		}
	}
}

func TestEveryBoundaryAppears(t *testing.T) {
	seen := map[uint256.Int]bool{}
	for i := range uint64(20000) {
		c := At(1, KindOperands, i).(*Operands)
		for _, z := range []uint256.Int{c.A, c.B, c.C} {
			seen[z] = true
		}
		p := At(1, KindPow, i).(*Pow)
		seen[p.Base], seen[p.Exponent] = true, true
	}
	for _, b := range boundaries {
		if !seen[b] {
			t.Errorf("boundary %s never drawn", b.Dec())
		}
		if up := plus(b, 1); b != maxUint && !seen[up] {
			t.Errorf("boundary %s + 1 never drawn", b.Dec())
		}
		if down := minus(b, 1); !b.IsZero() && !seen[down] {
			t.Errorf("boundary %s − 1 never drawn", b.Dec())
		}
	}
}

func TestTiedSwapsAreWithinTheLimit(t *testing.T) {
	s := Stream(1, "ties", 0)
	for range 5000 {
		c := tiedSwap(s, s.Choose(2) == 1).(*Swap)
		if limit := limitOf(c.Traded()); c.Amount.Gt(&limit) || c.Amount.IsZero() {
			t.Fatalf("%s: amount beyond the limit %s", MarshalJSON(c), limit.Dec())
		}
	}
}

func TestBrokenCasesAreRefusedWithAReason(t *testing.T) {
	for _, tc := range []struct{ name, json, want string }{
		{"empty", ``, `malformed JSON: it ends before the case does`},
		{"truncated", `{"kind":"pow","base":"1`, `malformed JSON: it ends before the case does`},
		{"not an object", `[1]`, `found [1] where a JSON object { … } is wanted`},
		{"no kind", `{"base":"1"}`, `field "kind" is missing`},
		{"kind is a number", `{"kind":7}`, `field "kind": found 7 where a string is wanted`},
		{"unknown kind", `{"kind":"powder"}`, `field "kind": unknown kind "powder": want one of operands, exp`},
		{"unknown class", `{"kind":"pow","class":"odd"}`, `field "class": kind "pow" has no class "odd": want one of trade`},
		{"unknown field", `{"kind":"pow","bass":"1"}`, `field "bass": a case of kind "pow" has no such field`},
		{"repeated field", `{"kind":"pow","base":"1","base":"2"}`, `field "base" stands twice`},
		{"number not a string", `{"kind":"pow","base":1}`, `field "base": found 1 where a decimal string`},
		{"hexadecimal", `{"kind":"pow","base":"0x10"}`, `field "base": found "0x10" where a whole decimal number`},
		{"leading zero", `{"kind":"pow","base":"007"}`, `field "base": found "007" where a whole decimal number without leading zeros is wanted`},
		{"negative", `{"kind":"pow","base":"-1"}`, `field "base": found "-1" where a whole decimal number`},
		{"too large", `{"kind":"pow","base":"115792089237316195423570985008687907853269984665640564039457584007913129639936"}`, `it does not fit 256 bits`},
		{"signed too large", `{"kind":"exp","x":"57896044618658097711785492504343953926634992332820282019728792003956564819968"}`, `it does not fit a signed 256-bit number`},
		{"list is a number", `{"kind":"weights","raw":"1"}`, `field "raw": found "1" where an array of decimal strings is wanted`},
		{"item of a list", `{"kind":"weights","raw":["1","x"]}`, `field "raw": item 1: found "x"`},
		{"long list", `{"kind":"weights","raw":[` + strings.Repeat(`"1",`, 100) + `"1"]}`, `found 101 items where at most 100 are wanted`},
		{"small number", `{"kind":"swap-in","decimalsIn":19}`, `field "decimalsIn": found 19 where a whole number of 0…18 is wanted`},
		{"flag", `{"kind":"pool","roundUp":1}`, `field "roundUp": found 1 where true or false is wanted`},
		{"two cases", `{"kind":"pow"}{"kind":"pow"}`, `found {"kind":"pow"} after the closing brace: want one object`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c, err := UnmarshalJSON([]byte(tc.json))
			if err == nil {
				t.Fatalf("%s was read as %s", tc.json, MarshalJSON(c))
			}
			if !strings.Contains(err.Error(), tc.want) {
				t.Errorf("error is\n  %v\nwant one with\n  %s", err, tc.want)
			}
		})
	}
}

func TestBrokenBytesAreRefused(t *testing.T) {
	good := Encode(At(1, KindSwapIn, 0))
	for _, data := range [][]byte{nil, {1}, {255, 0}, {0, 255}, good[:len(good)-1], append(bytes.Clone(good), 0)} {
		if c, err := Decode(data); err == nil {
			t.Errorf("% x was read as %s", data, MarshalJSON(c))
		}
	}
}

func TestDecimal18(t *testing.T) {
	for in, want := range map[string]string{
		"0": "0", "1": "0.000000000000000001", "-1": "-0.000000000000000001",
		"1000000000000000000": "1", "1500000000000000000": "1.5", "-41000000000000000000": "-41",
		"12345678901234567890": "12.34567890123456789",
	} {
		if got := Decimal18(in); got != want {
			t.Errorf("Decimal18(%s) = %s, want %s", in, got, want)
		}
	}
}
