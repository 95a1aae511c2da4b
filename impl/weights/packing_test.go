package weights

import (
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/holiman/uint256"
)

// Every number of bits, with values and maxima on both sides of every guard.
func TestPackingIsItsModelForEveryNumberOfBits(t *testing.T) {
	whole := *new(uint256.Int).SetAllOne()
	for bits := range 256 {
		power := new(uint256.Int).Lsh(uint256.NewInt(1), uint(bits))
		least := new(uint256.Int).Div(&whole, power) // the product reaches 2²⁵⁶ near it
		values := []uint256.Int{{}, {1}, {1e18}, *new(uint256.Int).SubUint64(power, 2), *new(uint256.Int).SubUint64(power, 1), *power,
			*least, *new(uint256.Int).AddUint64(least, 1), *new(uint256.Int).AddUint64(least, 2), whole}
		for _, value := range values {
			for _, max := range values {
				compressed, err := Compress(value, uint8(bits), max)
				want, failure := modelCompression(value.ToBig(), uint8(bits), max.ToBig())
				if failure != nil && !reflect.DeepEqual(err, error(failure)) || failure == nil && (err != nil || compressed.ToBig().Cmp(want) != 0) {
					t.Fatalf("Compress(%s, %d, %s): got %s, %v; want %v, %v", value.Dec(), bits, max.Dec(), compressed.Dec(), err, want, failure)
				}
				decompressed, err := Decompress(value, uint8(bits), max)
				want, failure = modelDecompression(value.ToBig(), uint8(bits), max.ToBig())
				if failure != nil && !reflect.DeepEqual(err, error(failure)) || failure == nil && (err != nil || decompressed.ToBig().Cmp(want) != 0) {
					t.Fatalf("Decompress(%s, %d, %s): got %s, %v; want %v, %v", value.Dec(), bits, max.Dec(), decompressed.Dec(), err, want, failure)
				}
			}
		}
	}
}

func TestPackingLosesAtMostItsErrorAndKeepsOrder(t *testing.T) {
	r := rand.New(rand.NewPCG(19, 20))
	reached := false
	for range 20000 {
		max, bits := number(r, 120), uint8(2+r.IntN(134)) // products below 2²⁵⁶
		if max.IsZero() {
			max.SetOne()
		}
		packing := func(value uint256.Int) (back uint256.Int) {
			stored, err := Compress(value, bits, max)
			if err == nil {
				back, err = Decompress(stored, bits, max)
			}
			if err != nil {
				t.Fatal(value.Dec(), bits, max.Dec(), err)
			}
			return back
		}
		value := number(r, 256)
		if value.Gt(&max) {
			value.Mod(&value, &max)
		}
		back := packing(value)
		bound, err := MaxCompressionError(bits, max)
		lost := new(uint256.Int).Sub(&value, &back)
		if err != nil || back.Gt(&value) || lost.Gt(&bound) {
			t.Fatalf("%s of %s in %d bits comes back as %s: the bound is %s, %v", value.Dec(), max.Dec(), bits, back.Dec(), bound.Dec(), err)
		}
		reached = reached || bound.GtUint64(1) && lost.Eq(&bound)
		if value.Lt(&max) {
			if next := packing(*new(uint256.Int).AddUint64(&value, 1)); next.Lt(&back) {
				t.Fatalf("of %s in %d bits, %s comes back as %s and one more as %s", max.Dec(), bits, value.Dec(), back.Dec(), next.Dec())
			}
		}
	}
	if !reached {
		t.Error("no loss reaches the bound")
	}
	for _, whole := range []uint8{startWeightBits, endWeightBits} {
		if back, err := reread(one, whole); err != nil || !back.Eq(&one) {
			t.Errorf("1 in %d bits comes back as %s, %v", whole, back.Dec(), err)
		}
	}
}
