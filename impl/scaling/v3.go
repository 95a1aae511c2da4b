package scaling

import (
	"github.com/holiman/uint256"

	"github.com/trueweight/trueweight/impl/fixedpoint"
	"github.com/trueweight/trueweight/impl/revert"
)

type operation = func(a, b uint256.Int) (uint256.Int, error)

// ToScaled18Down returns ⌊amount·factor·rate / 10¹⁸⌋, v3's value of a raw amount
// that comes in or is held. Factor is Factor's. It fails when a product ≥ 2²⁵⁶.
func ToScaled18Down(amount, factor, rate uint256.Int) (uint256.Int, error) {
	return toScaled18(fixedpoint.MulDown, amount, factor, rate)
}

// ToScaled18Up returns ⌈amount·factor·rate / 10¹⁸⌉, v3's value of a raw amount
// that goes out, for which the rate is RateUp's, or that is held when a join is
// priced. It fails as ToScaled18Down does.
func ToScaled18Up(amount, factor, rate uint256.Int) (uint256.Int, error) {
	return toScaled18(fixedpoint.MulUp, amount, factor, rate)
}

func toScaled18(mul operation, amount, factor, rate uint256.Int) (uint256.Int, error) {
	plain, err := product(&amount, &factor)
	if err != nil {
		return uint256.Int{}, err
	}
	return mul(plain, rate)
}

// ToRawDown returns ⌊amount·10¹⁸ / (factor·rate)⌋, the raw amount that v3 pays
// for a scaled one, for which the rate is RateUp's. It fails when factor·rate is
// 0 or ≥ 2²⁵⁶, and when amount·10¹⁸ ≥ 2²⁵⁶.
func ToRawDown(amount, factor, rate uint256.Int) (uint256.Int, error) {
	return toRaw(fixedpoint.DivDown, amount, factor, rate)
}

// ToRawUp returns ⌈amount·10¹⁸ / (factor·rate)⌉, the raw amount that v3 asks for
// a scaled one. It fails as ToRawDown does.
func ToRawUp(amount, factor, rate uint256.Int) (uint256.Int, error) {
	return toRaw(fixedpoint.DivUp, amount, factor, rate)
}

func toRaw(div operation, amount, factor, rate uint256.Int) (uint256.Int, error) {
	divisor, err := product(&factor, &rate)
	if err != nil {
		return uint256.Int{}, err
	}
	return div(amount, divisor)
}

// RateUp returns v3's rate for what leaves the pool: the rate itself when it is
// a whole multiple of 10¹⁸ and so was hardly rounded, else one wei more. It fails
// when rate = 2²⁵⁶ − 1.
func RateUp(rate uint256.Int) (uint256.Int, error) {
	one := fixedpoint.One()
	var rest uint256.Int
	if rest.Mod(&rate, &one); rest.IsZero() {
		return rate, nil
	}
	return fixedpoint.Add(rate, uint256.Int{1})
}

// product returns a·b of plain integers. It fails when a·b ≥ 2²⁵⁶.
func product(a, b *uint256.Int) (uint256.Int, error) {
	var z uint256.Int
	if _, overflow := z.MulOverflow(a, b); overflow {
		return uint256.Int{}, revert.ErrMulOverflow
	}
	return z, nil
}
