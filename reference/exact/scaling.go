package exact

import "math/big"

// This file is SPEC, "Scaling, fees around a swap, rates": between a token's own unit, raw, and 18 decimals. V2 has one
// factor that holds everything, V3 a plain power of ten and a rate. Each version's functions exist under both rules; their
// parts fail with the names of the rules.

const maxDecimals = 18

// Factor returns V3's scaling factor of a token, 10^(18−decimals), a plain number. It fails when decimals > 18.
func (r Rules) Factor(decimals uint8) (factor *big.Int, err error) {
	defer caught(&err)
	return r.factor(decimals), nil
}

func (r Rules) factor(decimals uint8) *big.Int {
	if decimals > maxDecimals {
		r.fail(decimalsTooHigh)
	}
	missing := int64(maxDecimals - decimals)
	return new(big.Int).Exp(big.NewInt(10), big.NewInt(missing), nil)
}

// ScalingFactor returns V2's scaling factor of a token, 10^(18−decimals)·rate in fixed point, where a token without a rate
// has 10¹⁸. It fails when decimals > 18, and when the product with 10¹⁸ overflows.
func (r Rules) ScalingFactor(decimals uint8, rate *big.Int) (factor *big.Int, err error) {
	defer caught(&err)
	base := times(one, r.factor(decimals)) // ≤ 1e36, a multiple of 1e18: nothing is rounded
	return r.mulDown(base, rate), nil
}

// RateUp returns V3's rate for what leaves the pool: the rate when it is a whole multiple of 10¹⁸, otherwise one wei more.
// It fails when that overflows.
func (r Rules) RateUp(rate *big.Int) (rateUp *big.Int, err error) {
	defer caught(&err)
	if truncMod(rate, one).Sign() == 0 {
		return new(big.Int).Set(rate), nil
	}
	return r.add(rate, small[1]), nil
}

// ToScaled18Down returns ⌊amount·factor·rate / 10¹⁸⌋ (V3). It fails when either product overflows.
func (r Rules) ToScaled18Down(amount, factor, rate *big.Int) (scaled *big.Int, err error) {
	defer caught(&err)
	plain := r.product(amount, factor, mulOverflow)
	return r.mulDown(plain, rate), nil
}

// ToScaled18Up returns ⌈amount·factor·rate / 10¹⁸⌉ (V3). It fails when either product overflows.
func (r Rules) ToScaled18Up(amount, factor, rate *big.Int) (scaled *big.Int, err error) {
	defer caught(&err)
	plain := r.product(amount, factor, mulOverflow)
	return r.mulUp(plain, rate), nil
}

// ToRawDown returns ⌊amount·10¹⁸ / (factor·rate)⌋ (V3). It fails when factor·rate overflows, then as DivDown.
func (r Rules) ToRawDown(amount, factor, rate *big.Int) (raw *big.Int, err error) {
	defer caught(&err)
	divisor := r.product(factor, rate, mulOverflow)
	return r.divDown(amount, divisor), nil
}

// ToRawUp returns ⌈amount·10¹⁸ / (factor·rate)⌉ (V3). It fails when factor·rate overflows, then as DivUp.
func (r Rules) ToRawUp(amount, factor, rate *big.Int) (raw *big.Int, err error) {
	defer caught(&err)
	divisor := r.product(factor, rate, mulOverflow)
	return r.divUp(amount, divisor), nil
}

// Upscale returns ⌊amount·factor / 10¹⁸⌋ (V2), in and out alike. It fails as MulDown.
func (r Rules) Upscale(amount, factor *big.Int) (scaled *big.Int, err error) {
	return r.MulDown(amount, factor)
}

// DownscaleDown returns ⌊amount·10¹⁸ / factor⌋ (V2), for what the pool pays. It fails as DivDown.
func (r Rules) DownscaleDown(amount, factor *big.Int) (raw *big.Int, err error) {
	return r.DivDown(amount, factor)
}

// DownscaleUp returns ⌈amount·10¹⁸ / factor⌉ (V2), for what the pool asks. It fails as DivUp.
func (r Rules) DownscaleUp(amount, factor *big.Int) (raw *big.Int, err error) {
	return r.DivUp(amount, factor)
}
