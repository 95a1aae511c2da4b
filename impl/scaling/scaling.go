// Package scaling takes token amounts from their own decimals and rate to 18
// decimals of value and back, each time saying which way it rounds.
//
// Raw amounts are wei of the token, scaled ones 18-decimal amounts in wei; a
// rate is what one token is worth, with 18 decimals. v2 multiplies decimals and
// rate into one factor with 18 decimals; v3 keeps a plain factor 10^(18−decimals)
// and the rate apart. Both round once, and powers of ten lose nothing: without a
// rate every amount survives the way there and back. It implements SPEC "Scaling,
// fees around a swap, rates".
//
// It relies on fixedpoint. It promises, for every 256-bit input: the exact floor
// or ceiling or a *revert.Error, never a panic; and no allocation.
package scaling

import (
	"github.com/holiman/uint256"

	"github.com/trueweight/trueweight/impl/fixedpoint"
	"github.com/trueweight/trueweight/impl/revert"
)

// maxDecimals is the most that a token may have; 10¹⁸ · 10^maxDecimals < 2¹²⁰.
const maxDecimals = 18

// Factor returns 10^(18−decimals), v3's plain factor of a token. It fails when
// decimals > 18.
func Factor(decimals uint8) (uint256.Int, error) {
	if decimals > maxDecimals {
		return uint256.Int{}, revert.ErrDecimalsTooHigh
	}
	factor := uint64(1)
	for range maxDecimals - decimals {
		factor *= 10
	}
	return uint256.Int{factor}, nil
}

// ScalingFactor returns v2's factor of a token, 10^(18−decimals)·rate with 18
// decimals, which is exact. A token without a rate has rate 1. It fails when decimals > 18 and when
// 10^(36−decimals)·rate ≥ 2²⁵⁶.
func ScalingFactor(decimals uint8, rate uint256.Int) (uint256.Int, error) {
	factor, err := Factor(decimals)
	if err != nil {
		return uint256.Int{}, err
	}
	one := fixedpoint.One()
	factor.Mul(&factor, &one)
	return fixedpoint.MulDown(factor, rate)
}
