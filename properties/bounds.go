package properties

import (
	"math/big"

	"github.com/trueweight/trueweight/reference/real"
)

// This file derives how far SPEC's exp, ln, pow, powDown and powUp (section "exp, ln, pow") lie from the real functions, as functions of the
// arguments and over the whole domain. The claims LE-ENC, LE-ERR, LE-WIDTH, LE-MONO, IN-WIDTH, SW-LOSS and SW-MONO rest on it.
//
// A pair (below, above) says T − below ≤ f ≤ T + above for the computed f and its exact value T, both in units of 10⁻¹⁸. A bound speaks
// only of arguments at which the function does not fail.
//
// Nearly every rounding of SPEC goes toward zero, so the computed magnitude falls short, and hardly ever exceeds. What can raise it is only
// that the constants a_n are rounded to nearest, 21 significant digits. Their relative errors a_n/eˣⁿ − 1, in units of 10⁻²¹:
//
//	a0 −0.69  a1 +0.13  a2 +0.28  a3 −0.35  a4 −1.21  a5 −0.19  a6 −0.06  a7 −0.11  a8 +0.82  a9 −2.67  a10 +0.88  a11 −3.19
//
// Relative errors and errors of logarithms are counted in parts: integers, each unit 10⁻³⁶, rounded up. A stated constant is rounded up by
// more than the second-order terms (below 10⁻²⁹) that the sums of errors leave out.

// part is 10³⁶: one, in parts.
var part = new(big.Int).Exp(big.NewInt(10), big.NewInt(36), nil)

// fixedOne is one in 18-decimal fixed point; 10¹⁸ parts are also 10⁻¹⁸, the last place of SPEC's numbers.
var fixedOne = big.NewInt(1e18)

// expGain bounds by how much exp's product of powers, for an argument ≥ 0, may exceed e^x, relative, in parts: a1, a2 and a8 are too large by
// 1.22·10⁻²¹ together.
const expGain = 13e14

// expLossMost bounds by how much it may fall short, relative, in parts, whatever the argument: expLoss at r = ¼ is 2.032·10⁻¹⁸.
const expLossMost = 204e16

// expLoss returns a bound of how much exp(|x|) falls short of e^|x|, relative, in parts, its last step to whole units (the division by 100)
// not counted. With r = |x| mod ¼, which is what x_2…x_9 leave of x (all x_n are multiples of ¼):
//
//   - The powers. The a_n used are too small by at most 4.57·10⁻²¹ together (a3 a4 a5 a6 a7 a9; after x0 only a6 a7 a9 can follow). The k-th
//     product loses less than one unit of p, which is e^(x taken so far)·10²⁰; the first is exact. Most is lost by a8·a9: 1/e^0.75. In
//     all 0.48·10⁻²⁰.
//   - The terms. t_k = ⌊t_(k−1)·r/k⌋ loses e_k < 1 + e_(k−1)·r/k units of 10⁻²⁰, e_1 = 0: Σ e_k < 11 + 1.74·r for k ≤ 12. That is below
//     11·eʳ, so relative to the sum less than 11·10⁻²⁰.
//   - The remainder. Σ rᵏ/k! over k ≥ 13 is below r¹³/13!·1/(1 − r/14), and eʳ ≥ 1 + r + r²/2.
//   - p·s/10²⁰ loses less than a unit of more than 10²⁰.
//
// All but the remainder come to less than 12.94·10⁻²⁰.
func expLoss(x *big.Int) *big.Int {
	u := fixedOne
	m := new(big.Int).Abs(x)
	m.Mod(m, big.NewInt(25e16)) // r = m/u

	// r¹³/13!/((1 − r/14)·(1 + r + r²/2)) = 28·m¹³/(13!·u¹⁰·(14u − m)·(2u² + 2um + m²))
	factorial := new(big.Int).MulRange(1, 13)
	numerator := productOf(big.NewInt(28), powerOf(m, 13))
	shrunk := new(big.Int).Sub(productOf(big.NewInt(14), u), m)
	growth := productOf(big.NewInt(2), u, new(big.Int).Add(u, m))
	growth.Add(growth, productOf(m, m))
	remainder := ceilQuo(productOf(numerator, part), productOf(factorial, powerOf(u, 10), shrunk, growth))
	return remainder.Add(remainder, big.NewInt(13e16))
}

// expErrorBounds bounds exp on −41e18 ≤ x ≤ 130e18.
//
// For x ≥ 0 the last division by 100 loses less than 1: T·(1 − expLoss) − 1 < exp ≤ T·(1 + expGain).
//
// For x < 0 let Q = exp(−x) = (10³⁶/T)·(1 − ρ) − w with −expGain ≤ ρ ≤ expLoss, 0 ≤ w < 1. Then 10³⁶/Q = T/(1 − σ) with σ = ρ + w·T/10³⁶, and its
// floor is less than 1 below: T·(1 − expGain) − 1 < exp ≤ T·(1 + expLoss + T/10³⁶), where σ² < 10⁻³⁴ is in expLoss's rounding.
func expErrorBounds(x *big.Int) (below, above *real.Expr) {
	if x.Sign() == 0 {
		return real.Int64(0), real.Int64(0) // p = s = 10²⁰
	}
	return powerError(real.Mul(real.Int(fixedOne), real.Exp(real.Fixed(x))), x.Sign(), expLoss(x), big.NewInt(expGain))
}

// expErrorBound bounds |exp(x) − T| in units of 10⁻¹⁸. For x < 0 the 1 stands for below, which is less than 1 + above.
func expErrorBound(x *big.Int) *real.Expr {
	below, above := expErrorBounds(x)
	return largerError(x.Sign(), below, above)
}

// powerError turns relative errors, in parts, of a power T > 1 (sign > 0) that may be short by loss and too large by gain into errors of that
// power, or (sign < 0) of a power T < 1 of which it is the inverse, as expErrorBounds derives.
func powerError(t *real.Expr, sign int, loss, gain *big.Int) (below, above *real.Expr) {
	if sign > 0 {
		return real.Add(share(t, loss), real.Int64(1)), share(t, gain)
	}
	inversion := real.Quo(real.Mul(t, t), real.Int(part))
	return real.Add(share(t, gain), real.Int64(1)), real.Add(share(t, loss), inversion)
}

// largerError bounds both errors that powerError returns: above T = 1, below is the larger; under it, below < 1 + above, as gain < loss.
func largerError(sign int, below, above *real.Expr) *real.Expr {
	switch {
	case sign > 0:
		return below
	case sign == 0:
		return real.Int64(0)
	}
	return real.Add(above, real.Int64(1))
}

// lnLoss bounds, in parts, by how much the magnitude that SPEC computes for the logarithm of a > 0 may fall short of |ln(a/10¹⁸)|: that of lnWide
// with its 18 decimals, or for 0.9e18 < a < 1.1e18 that of ln36 with its 36.
//
// ln36: Z = (a − 1)/(a + 1) and everything after it are cut off at 10⁻³⁶. The cut of Z costs 2/(1 − Z²) units, |Z| < 1/19, and each of the seven
// terms less than 1 + 0.02 units, doubled: 16.1 in all. For |Z| < 10⁻¹² the terms are below a unit, Σ Zᵏ/k < 0.34·10⁻³⁶, and the remainder
// with them: 2·1.34 units in all. Otherwise the remainder, 2·Σ |Z|ᵏ/k over odd k ≥ 17, is below 2·|Z|¹⁷/(17·(1 − Z²)); with n = |a − 10¹⁸| and
// m = a + 10¹⁸ that is n¹⁷/(34·m¹⁵·a·10¹⁸).
//
// lnWide, in units of 10⁻²⁰:
//
//   - Each reduction by a_n, n ≥ 2, loses less than 1 of its result, which is at least the product of the reductions still to come, and ≥ 10²⁰:
//     Σ 1/result < 3.97, all ten taken.
//   - a1 a2 a8 a10 are too large by 0.21 together.
//   - z < 0.03125 loses 1, the five terms less than 5.02, doubled: 12.03. The remainder 2·z¹³/(13·(1 − z²)) is below 0.42.
//   - The division by 100 loses at most 99.
//
// In all 115.7. What firstReduction loses comes on top.
func lnLoss(a *big.Int) *big.Int {
	if !nearOne(a) {
		drop := firstReduction(a)
		return drop.Add(drop, big.NewInt(116e16))
	}
	n := new(big.Int).Sub(a, fixedOne)
	n.Abs(n)
	m := new(big.Int).Add(a, fixedOne)
	switch {
	case n.Sign() == 0:
		return new(big.Int)
	case productOf(n, big.NewInt(1e12)).Cmp(m) < 0:
		return big.NewInt(3)
	}
	remainder := ceilQuo(productOf(powerOf(n, 17), part), productOf(big.NewInt(34), powerOf(m, 15), a, fixedOne))
	return remainder.Add(remainder, big.NewInt(17))
}

// lnGain bounds, in parts, by how much that magnitude may exceed |ln(a/10¹⁸)|: lnWide takes x_n for ln a_n, and a3 a4 a5 a6 a7 a9 a11 are too small
// by 0.78·10⁻²⁰ together (a0, with what can follow it, by less). ln36 has no constants.
func lnGain(a *big.Int) *big.Int {
	if nearOne(a) {
		return new(big.Int)
	}
	return big.NewInt(1e16)
}

// firstReduction bounds, in parts, what lnWide's first division b = ⌊n/d⌋ loses, ln((n/d)/b) ≤ (n mod d)/(d·b): that by a0 or a1, whose quotient has
// 18 decimals and is ≥ 10¹⁸, and for a < 1 the inversion ⌊10³⁶/a⌋, which costs less than a/10¹⁸ units of 10⁻¹⁸. Only one of them can happen.
func firstReduction(a *big.Int) *big.Int {
	n, d := a, a0
	switch {
	case a.Cmp(fixedOne) < 0:
		n, d = part, a
	case a.Cmp(productOf(a0, fixedOne)) >= 0:
	case a.Cmp(productOf(a1, fixedOne)) >= 0:
		d = a1
	default:
		return new(big.Int)
	}
	b, lost := new(big.Int).QuoRem(n, d, new(big.Int))
	return ceilQuo(productOf(lost, part), productOf(d, b))
}

// SPEC's two constants without decimals.
var (
	a0, _ = new(big.Int).SetString("38877084059945950922200000000000000000000000000000000000", 10)
	a1, _ = new(big.Int).SetString("6235149080811616882910000000", 10)
)

// nearOne says where SPEC takes ln36.
func nearOne(a *big.Int) bool {
	return a.Cmp(big.NewInt(9e17)) > 0 && a.Cmp(big.NewInt(11e17)) < 0
}

// lnErrorBounds bounds ln for a > 0. With ln36 the cut to 18 decimals loses less than 1 more.
func lnErrorBounds(a *big.Int) (below, above *real.Expr) {
	loss := lnLoss(a)
	if nearOne(a) && loss.Sign() != 0 {
		loss.Add(loss, fixedOne)
	}
	below, above = real.Quo(real.Int(loss), real.Int(fixedOne)), real.Quo(real.Int(lnGain(a)), real.Int(fixedOne))
	if a.Cmp(fixedOne) < 0 {
		return above, below // the magnitude is short of a negative number's
	}
	return below, above
}

// lnErrorBound bounds |ln(a) − T| in units of 10⁻¹⁸: 1.16, more by at most 1 below 0.9 and from e⁶⁴ on, and 1.00003 between 0.9 and 1.1.
func lnErrorBound(a *big.Int) *real.Expr {
	below, above := lnErrorBounds(a)
	if a.Cmp(fixedOne) < 0 {
		return above
	}
	return below
}

// powT is xʸ in units of 10⁻¹⁸, with 0⁰ = 1.
func powT(base, exponent *big.Int) *real.Expr {
	return real.Mul(real.Int(fixedOne), real.Pow(real.Fixed(base), real.Fixed(exponent)))
}

// powErrorBounds bounds pow.
//
// Let λ = y·|ln x|, T = e^±λ, and l the magnitude of the logarithm that pow hands to exp. With ln36 and with lnWide alike, l is y times their
// result cut off once at 10⁻¹⁸: the two parts in which ln36's 36 decimals are multiplied add up to the exact product, rounded toward zero. So
// −y·lnGain ≤ λ − l < y·lnLoss + 10⁻¹⁸. exp adds expLossMost and expGain; its r belongs to l, not to λ, so its greatest loss is taken.
// Relative to T:
//
//	loss = y·lnLoss + 10⁻¹⁸ + 2.04·10⁻¹⁸    gain = y·lnGain + 1.3·10⁻²¹
//
//	x > 1: T·(1 − loss) − 1 < pow ≤ T·(1 + gain)
//	x < 1: T·(1 − gain) − 1 < pow ≤ T·(1 + loss + T/10³⁶)
//
// by e^−d ≥ 1 − d, and e^d ≤ 1 + d + d² for d ≤ 1, where d² is in the rounding of the constants.
//
// How large they get: l is at most 130 for x > 1 and 41 for x < 1, so y ≤ 130/ln x, resp. 41/|ln x|.
//
//	x ≥ 1.1            y ≤ 1363.97    loss < 1.586·10⁻¹⁵, reached at x = 1.1         gain < 1.4·10⁻¹⁷
//	x ≤ 0.9            y ≤ 389.15     loss < 8.07·10⁻¹⁶, 8.0·10⁻¹⁶ just below 0.9    gain < 3.9·10⁻¹⁸
//	|x − 1| > 2·10⁻¹²  y·lnLoss < 10⁻²⁰, at the ends                    gain = 1.3·10⁻²¹
//	|x − 1| ≥ 10⁻¹⁸    y·lnLoss < 3.9·10⁻¹⁶, reached at x = 1 + 10⁻¹⁸                gain = 1.3·10⁻²¹
//
// From e⁶⁴ on y ≤ 2.04, and the up to 1 more of firstReduction is not felt.
func powErrorBounds(base, exponent *big.Int) (below, above *real.Expr) {
	return powErrorsAt(powT(base, exponent), base, exponent)
}

// powErrorsAt returns the bounds of pow(base, exponent) with t in place of T.
func powErrorsAt(t *real.Expr, base, exponent *big.Int) (below, above *real.Expr) {
	if powIsExact(base, exponent) {
		return real.Int64(0), real.Int64(0)
	}
	loss := ceilQuo(productOf(exponent, lnLoss(base)), fixedOne)
	loss.Add(loss, fixedOne).Add(loss, big.NewInt(expLossMost))
	gain := ceilQuo(productOf(exponent, lnGain(base)), fixedOne)
	gain.Add(gain, big.NewInt(expGain))
	return powerError(t, base.Cmp(fixedOne), loss, gain)
}

// powIsExact says where pow makes no error: x⁰ = 1, 0ʸ = 0, and 1ʸ = exp(0) = 1.
func powIsExact(base, exponent *big.Int) bool {
	return exponent.Sign() == 0 || base.Sign() == 0 || base.Cmp(fixedOne) == 0
}

// powErrorBound bounds |pow − T| in units of 10⁻¹⁸, as powErrorBounds does on its larger side.
func powErrorBound(base, exponent *big.Int) *real.Expr {
	below, above := powErrorBounds(base, exponent)
	if powIsExact(base, exponent) {
		return below
	}
	return largerError(base.Cmp(fixedOne), below, above)
}

// Theorem (LE-ENC). powDown ≤ T ≤ powUp wherever they do not fail.
//
// Proof. The exponents 1, 2 and 4 are x itself and chains of floors, resp. ceilings, of monotone products. Otherwise r = pow, A = ⌈r/10¹⁴⌉,
// powUp = r + A + 1 and powDown = max(0, r − A − 1). If pow is exact nothing is to be shown. Else r ≥ 1: for x > 1, exp is at least its 10¹⁸ at 0; for x < 1
// its argument is ≥ −41, so Q ≤ e⁴¹·10¹⁸·(1 + expGain) < 6.4·10³⁵ and r ≥ ⌊10³⁶/Q⌋ = 1.
//
// Up: T·(1 − β) < r + 1 with β < 1.6·10⁻¹⁵, so T < r + 1 + (r + 1)·1.1·β. As r + 1 ≤ 2r, the last term is below 3.6·10⁻¹⁵·r ≤ A.
//
// Down: r ≤ T·(1 + α) with α < 8.1·10⁻¹⁶, so r − T ≤ α·T ≤ α·r if r ≥ T, and that is below A. ∎
//
// The headroom is 10⁻¹⁴ to 1.586·10⁻¹⁵, 6.3 times, at x = 1.1 and y·ln x = 130, where r is large.

// powUpExcessBound bounds powUp − T from above, in units of 10⁻¹⁸: A ≤ r/10¹⁴ + 1 and r ≤ T + above. For exact exponents see exactFormError.
func powUpExcessBound(base, exponent *big.Int) *real.Expr {
	return powUpExcessAt(powT(base, exponent), base, exponent)
}

// powUpExcessAt returns that bound with t ≥ T in place of T: it grows with T.
func powUpExcessAt(t *real.Expr, base, exponent *big.Int) *real.Expr {
	switch _, above := powErrorsAt(t, base, exponent); {
	case atExactForm(exponent):
		return exactFormError(base, exponent)
	case exponent.Sign() > 0 && base.Sign() == 0:
		return real.Int64(1)
	case powIsExact(base, exponent):
		return real.Int64(10_001)
	default:
		return real.Add(real.Add(above, allowance(real.Add(t, above))), real.Int64(2))
	}
}

// powDownShortfallBound bounds T − powDown from above, in units of 10⁻¹⁸: T − r + A + 1 with A ≤ r/10¹⁴ + 1 grows with T − r ≤ below.
func powDownShortfallBound(base, exponent *big.Int) *real.Expr {
	return powDownShortfallAt(powT(base, exponent), base, exponent)
}

// powDownShortfallAt returns that bound with t ≥ T in place of T: it grows with T.
func powDownShortfallAt(t *real.Expr, base, exponent *big.Int) *real.Expr {
	switch below, _ := powErrorsAt(t, base, exponent); {
	case atExactForm(exponent):
		return exactFormError(base, exponent)
	case exponent.Sign() > 0 && base.Sign() == 0:
		return real.Int64(0)
	case powIsExact(base, exponent):
		return real.Int64(10_001)
	default:
		return real.Add(real.Add(below, allowance(t)), real.Int64(2))
	}
}

// powFallBound bounds by how much pow may fall, in units of 10⁻¹⁸, from (x, y) to an (x', y') with T' ≥ T: pow − pow' ≤ T + above − T' + below', and below' is
// T' times a share less than 1, plus at most 1, so T − T' + below' does not grow with T' ≥ T. powDown falls by no more, away from the exact exponents.
func powFallBound(base, exponent, nextBase, nextExponent *big.Int) *real.Expr {
	t := powT(base, exponent)
	_, above := powErrorsAt(t, base, exponent)
	below, _ := powErrorsAt(t, nextBase, nextExponent)
	return real.Add(above, below)
}

// powUpFallBound bounds by how much powUp may fall, in units of 10⁻¹⁸, from (x, y) to an (x', y') with T' ≥ T. r + A + 1 falls by at most (1 + 10⁻¹⁴)·(r − r') + 1.
// Where either side takes an exact form, powUp' ≥ T' ≥ T bounds the fall by powUp's excess; the exact form itself grows with its base.
func powUpFallBound(base, exponent, nextBase, nextExponent *big.Int) *real.Expr {
	switch {
	case !atExactForm(exponent) && !atExactForm(nextExponent):
		fall := powFallBound(base, exponent, nextBase, nextExponent)
		return real.Add(real.Add(fall, allowance(fall)), real.Int64(1))
	case exponent.Cmp(nextExponent) == 0:
		return real.Int64(0)
	}
	return powUpExcessBound(base, exponent)
}

// atExactForm says whether powDown and powUp multiply instead of calling pow: y is 1, 2 or 4.
func atExactForm(exponent *big.Int) bool {
	y, rest := new(big.Int).QuoRem(exponent, fixedOne, new(big.Int))
	return rest.Sign() == 0 && y.IsInt64() && (y.Int64() == 1 || y.Int64() == 2 || y.Int64() == 4)
}

// exactFormError bounds the distance of an exact form from T, in units of 10⁻¹⁸: none for x itself; less than 1 for one product; for the square s of a square,
// |s − x²| < 1 and |s² − x⁴| < 2·x² + 10⁻¹⁸ (x² as a number), and less than 1 for the second product. The 10⁻¹⁸ is in the last "less": a product's
// distance from an integer is at most 1 − 10⁻¹⁸.
func exactFormError(base, exponent *big.Int) *real.Expr {
	switch {
	case exponent.Cmp(fixedOne) == 0:
		return real.Int64(0)
	case exponent.Cmp(productOf(big.NewInt(2), fixedOne)) == 0:
		return real.Int64(1)
	}
	return real.Add(real.Quo(real.Int(productOf(big.NewInt(2), base, base)), real.Int(part)), real.Int64(1))
}

// allowance is t/10¹⁴, powUp's and powDown's share.
func allowance(t *real.Expr) *real.Expr { return real.Quo(t, real.Int64(1e14)) }

// share is t times a number in parts.
func share(t *real.Expr, parts *big.Int) *real.Expr {
	return real.Mul(t, real.Quo(real.Int(parts), real.Int(part)))
}

func productOf(factors ...*big.Int) *big.Int {
	z := big.NewInt(1)
	for _, x := range factors {
		z.Mul(z, x)
	}
	return z
}

func powerOf(x *big.Int, n int64) *big.Int { return new(big.Int).Exp(x, big.NewInt(n), nil) }

// ceilQuo returns ⌈x/y⌉ for x ≥ 0, y > 0.
func ceilQuo(x, y *big.Int) *big.Int {
	z, rest := new(big.Int).QuoRem(x, y, new(big.Int))
	return z.Add(z, big.NewInt(int64(rest.Sign())))
}
