package logexp

import (
	"github.com/holiman/uint256"

	"github.com/trueweight/trueweight/impl/fixedpoint"
	"github.com/trueweight/trueweight/impl/revert"
)

// Pow returns x^y = e^(y·ln x), all with 18 decimals and rounded as it comes:
// PowDown and PowUp bound it. x⁰ = 1, 0⁰ too; 0^y = 0. It fails when
// x ≥ 2²⁵⁵, when y ≥ 2²⁵⁴/10²⁰, or when y·ln x is outside [−41, 130], and tests
// them in this order.
func Pow(x, y uint256.Int) (uint256.Int, error) {
	switch {
	case y.IsZero():
		return one18, nil
	case x.IsZero():
		return uint256.Int{}, nil
	case x.Sign() < 0:
		return uint256.Int{}, revert.ErrBaseOutOfBounds
	case !y.Lt(&maxFactor):
		return uint256.Int{}, revert.ErrExponentOutOfBounds
	}
	log, negative := logProduct(x, &y)
	if outside(&log, negative) {
		return uint256.Int{}, revert.ErrProductOutOfBounds
	}
	return exp(log, negative), nil
}

// logProduct returns |y·ln x| with 18 decimals, and whether it is negative, for
// 0 < x < 2²⁵⁵ and y < 2²⁵⁴/10²⁰ < 2¹⁸⁸. Truncation commutes with the sign.
//
// Nothing wraps. Away from one, |ln x| < 136·10¹⁸ < 2⁶⁷ and 136·10¹⁸·y < 2²⁵⁵.
// Near one, |ln x| < 2¹¹⁷ with 36 decimals; its halves, the part above 10¹⁸ and
// the part below, are less than 2⁶⁰ each.
func logProduct(x uint256.Int, y *uint256.Int) (product uint256.Int, negative bool) {
	if nearOne(&x) {
		var low uint256.Int
		product, negative = ln36(x)
		product.DivMod(&product, &one18, &low)
		product.Mul(&product, y)
		low.Mul(&low, y)
		product.Add(&product, low.Div(&low, &one18))
	} else {
		product, negative = lnWide(x)
		product.Mul(&product, y)
	}
	product.Div(&product, &one18)
	return product, negative
}

// PowDown returns a lower bound of x^y: exact roundings down for y = 1, 2 and 4,
// otherwise max(0, p − e) with p = Pow(x, y) and e = ⌈p·10⁻¹⁴⌉ + 1 wei. It fails
// as Pow does and when p·10⁴ ≥ 2²⁵⁶; for y = 2 and 4 when a square does.
func PowDown(x, y uint256.Int) (uint256.Int, error) {
	if power, err, ok := smallPower(x, &y, fixedpoint.MulDown); ok {
		return power, err
	}
	power, margin, err := powWithMargin(x, y)
	if err != nil || power.Lt(&margin) {
		return uint256.Int{}, err
	}
	power.Sub(&power, &margin)
	return power, nil
}

// PowUp returns an upper bound of x^y: exact roundings up for y = 1, 2 and 4,
// otherwise p + e with the p and e of PowDown. It fails as PowDown does.
func PowUp(x, y uint256.Int) (uint256.Int, error) {
	if power, err, ok := smallPower(x, &y, fixedpoint.MulUp); ok {
		return power, err
	}
	power, margin, err := powWithMargin(x, y)
	if err != nil {
		return uint256.Int{}, err
	}
	// No carry: p·10⁴ < 2²⁵⁶, or the margin had failed.
	power.Add(&power, &margin)
	return power, nil
}

// smallPower returns x^y by multiplication when y is 1, 2 or 4; else ok is false.
func smallPower(x uint256.Int, y *uint256.Int, mul func(a, b uint256.Int) (uint256.Int, error)) (power uint256.Int, err error, ok bool) {
	switch {
	case y.Eq(&one18):
		return x, nil, true
	case y.Eq(&two18):
		power, err = mul(x, x)
		return power, err, true
	case y.Eq(&four18):
		if power, err = mul(x, x); err == nil {
			power, err = mul(power, power)
		}
		return power, err, true
	}
	return uint256.Int{}, nil, false
}

// powWithMargin returns p = Pow(x, y) and ⌈p·10⁻¹⁴⌉ + 1, what is allowed for the
// error of p; the sum cannot wrap since ⌈p·10⁻¹⁴⌉ ≤ 2²⁵⁶/10¹⁸.
func powWithMargin(x, y uint256.Int) (power, margin uint256.Int, err error) {
	if power, err = Pow(x, y); err != nil {
		return
	}
	if margin, err = fixedpoint.MulUp(power, allowance); err != nil {
		return
	}
	margin.AddUint64(&margin, 1)
	return
}
