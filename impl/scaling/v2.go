package scaling

import (
	"github.com/holiman/uint256"

	"github.com/trueweight/trueweight/impl/fixedpoint"
)

// Upscale returns ⌊amount·factor / 10¹⁸⌋, what v2 takes a raw amount for, in
// every case: given amounts out as well. Factor is ScalingFactor's. It fails
// when the product ≥ 2²⁵⁶.
func Upscale(amount, factor uint256.Int) (uint256.Int, error) {
	return fixedpoint.MulDown(amount, factor)
}

// DownscaleDown returns ⌊amount·10¹⁸ / factor⌋, the raw amount that v2 pays for
// a scaled one. It fails when factor = 0 and when amount·10¹⁸ ≥ 2²⁵⁶.
func DownscaleDown(amount, factor uint256.Int) (uint256.Int, error) {
	return fixedpoint.DivDown(amount, factor)
}

// DownscaleUp returns ⌈amount·10¹⁸ / factor⌉, the raw amount that v2 asks for a
// scaled one. It fails as DownscaleDown does.
func DownscaleUp(amount, factor uint256.Int) (uint256.Int, error) {
	return fixedpoint.DivUp(amount, factor)
}
