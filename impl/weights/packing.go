package weights

import (
	"github.com/holiman/uint256"

	"github.com/trueweight/trueweight/impl/fixedpoint"
	"github.com/trueweight/trueweight/impl/revert"
)

// Compress returns ⌊value·(2ᵇ−1) / max⌋, in which v2 stores a value of at most
// max in b bits (SPEC "Gradual weight change", compress). It fails when b < 2 or
// value > max, then when value·(2ᵇ−1) ≥ 2²⁵⁶, then when max = 0.
func Compress(value uint256.Int, bits uint8, max uint256.Int) (uint256.Int, error) {
	top, err := topOf(bits)
	if err != nil {
		return uint256.Int{}, err
	}
	return rescale(&value, &top, &max)
}

// Decompress returns ⌊value·max / (2ᵇ−1)⌋, what is read back of a value stored
// in b bits: never more than was stored, and less by at most MaxCompressionError
// (SPEC "Gradual weight change", decompress). It fails when b < 2 or
// value ≥ 2ᵇ, then when value·max ≥ 2²⁵⁶.
func Decompress(value uint256.Int, bits uint8, max uint256.Int) (uint256.Int, error) {
	top, err := topOf(bits)
	if err != nil {
		return uint256.Int{}, err
	}
	return rescale(&value, &max, &top)
}

// MaxCompressionError returns ⌈max / (2ᵇ−1)⌉, the step between the values that b
// bits can store (SPEC "The vectors"). It fails when b < 2.
func MaxCompressionError(bits uint8, max uint256.Int) (uint256.Int, error) {
	top, err := topOf(bits)
	if err != nil {
		return uint256.Int{}, err
	}
	return fixedpoint.DivUpRaw(max, top)
}

// topOf returns 2ᵇ−1, the largest number of b bits. It fails when b < 2.
func topOf(bits uint8) (uint256.Int, error) {
	if bits < 2 {
		return uint256.Int{}, revert.ErrPackingOutOfBounds
	}
	var top uint256.Int
	top.SetAllOne()
	top.Rsh(&top, 256-uint(bits))
	return top, nil
}

// rescale returns ⌊value·to / from⌋, the place of value ≤ from on a scale up to
// to. It fails when value > from, then when value·to ≥ 2²⁵⁶, then when from = 0.
func rescale(value, to, from *uint256.Int) (uint256.Int, error) {
	if value.Gt(from) {
		return uint256.Int{}, revert.ErrPackingOutOfBounds
	}
	var z uint256.Int
	if _, overflow := z.MulOverflow(value, to); overflow {
		return uint256.Int{}, revert.ErrMulOverflow
	}
	if from.IsZero() {
		return uint256.Int{}, revert.ErrDivByZero
	}
	z.Div(&z, from)
	return z, nil
}
