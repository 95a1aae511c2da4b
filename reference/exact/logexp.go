package exact

import "math/big"

// This file is SPEC, "exp, ln, pow". The contracts compute here in signed 256-bit words, unchecked. Beside each product
// stands the bound that keeps it inside ±2²⁵⁵ ≈ ±5.78e76, so that unbounded integers give the same values.

// powers are the pairs a = e^x that exp and lnWide take out of their argument, largest first. Of pairs 0 and 1, x has
// 18 decimals and a none; of all others both have 20. Every a is eˣ rounded to the nearest 21 significant digits.
var powers = [12]struct{ x, a *big.Int }{
	{decimal("128000000000000000000"), decimal("38877084059945950922200000000000000000000000000000000000")},
	{decimal("64000000000000000000"), decimal("6235149080811616882910000000")},
	{decimal("3200000000000000000000"), decimal("7896296018268069516100000000000000")},
	{decimal("1600000000000000000000"), decimal("888611052050787263676000000")},
	{decimal("800000000000000000000"), decimal("298095798704172827474000")},
	{decimal("400000000000000000000"), decimal("5459815003314423907810")},
	{decimal("200000000000000000000"), decimal("738905609893065022723")},
	{decimal("100000000000000000000"), decimal("271828182845904523536")},
	{decimal("50000000000000000000"), decimal("164872127070012814685")},
	{decimal("25000000000000000000"), decimal("128402541668774148407")},
	{decimal("12500000000000000000"), decimal("113314845306682631683")},
	{decimal("6250000000000000000"), decimal("106449445891785942956")},
}

var (
	one20         = decimal("1e20") // 1 with 20 decimals
	one36         = decimal("1e36") // 1 with 36 decimals
	hundred       = big.NewInt(100) // from 18 to 20 decimals and back
	two           = big.NewInt(2)
	expMin        = decimal("-41e18")
	expMax        = decimal("130e18")
	ln36Min       = decimal("0.9e18") // ln36 serves the open interval between these two
	ln36Max       = decimal("1.1e18")
	exponentLimit = floorDiv(new(big.Int).Lsh(big.NewInt(1), 254), one20)
	power0        = times(powers[0].a, one) // a0 and a1 with 18 decimals
	power1        = times(powers[1].a, one)
	small         = smallNumbers(16)
)

func smallNumbers(n int) []*big.Int {
	numbers := make([]*big.Int, n)
	for i := range numbers {
		numbers[i] = big.NewInt(int64(i))
	}
	return numbers
}

// Exp returns eˣ for signed x, both with 18 decimals. It fails unless −41·10¹⁸ ≤ x ≤ 130·10¹⁸.
func (r Rules) Exp(x *big.Int) (power *big.Int, err error) {
	defer caught(&err)
	return r.exp(x), nil
}

func (r Rules) exp(x *big.Int) *big.Int {
	if x.Cmp(expMin) < 0 || x.Cmp(expMax) > 0 {
		r.fail(expRange)
	}
	if x.Sign() < 0 {
		inverse := expPositive(new(big.Int).Neg(x)) // ≥ 1e18
		return truncDiv(one36, inverse)
	}
	return expPositive(x)
}

// expPositive is exp on 0 ≤ x ≤ 130e18.
func expPositive(x *big.Int) *big.Int {
	factor := small[1]
	if x.Cmp(powers[0].x) >= 0 {
		x, factor = minus(x, powers[0].x), powers[0].a // leaves x ≤ 2e18
	} else if x.Cmp(powers[1].x) >= 0 {
		x, factor = minus(x, powers[1].x), powers[1].a // leaves x < 64e18
	}
	x = times(x, hundred)

	product := one20 // ≤ e^64·1e20 after each step, so the products stay ≤ e^64·1e40 < 6.3e67
	for _, p := range powers[2:10] {
		if x.Cmp(p.x) >= 0 {
			x = minus(x, p.x)
			product = times(product, p.a)
			product = truncDiv(product, one20)
		}
	}

	// x < 0.25e20 now, so term·x < 0.25e40 and the sum < 1.3e20.
	sum, term := plus(one20, x), x
	for k := 2; k <= 12; k++ {
		term = times(term, x)
		term = truncDiv(term, one20)
		term = truncDiv(term, small[k])
		sum = plus(sum, term)
	}

	power := times(product, sum) // ≤ e^64·1e40
	power = truncDiv(power, one20)
	power = times(power, factor) // ≤ e^130·1e20 < 2.9e76
	return truncDiv(power, hundred)
}

// Ln returns ln a for signed a, both with 18 decimals. It fails unless a > 0.
func (r Rules) Ln(a *big.Int) (logarithm *big.Int, err error) {
	defer caught(&err)
	if a.Sign() <= 0 {
		r.fail(lnRange)
	}
	if nearOne(a) {
		return truncDiv(ln36(a), one), nil
	}
	return lnWide(a), nil
}

// nearOne says whether 0.9e18 < a < 1.1e18.
func nearOne(a *big.Int) bool {
	return a.Cmp(ln36Min) > 0 && a.Cmp(ln36Max) < 0
}

// lnWide returns ln a with 18 decimals, for 0 < a < 2²⁵⁵. The result lies within [−42e18, 136e18].
func lnWide(a *big.Int) *big.Int {
	if a.Cmp(one) < 0 {
		inverse := truncDiv(one36, a)
		return new(big.Int).Neg(lnWide(inverse))
	}
	sum := new(big.Int)
	if a.Cmp(power0) >= 0 {
		a, sum = truncDiv(a, powers[0].a), plus(sum, powers[0].x)
	}
	if a.Cmp(power1) >= 0 {
		a, sum = truncDiv(a, powers[1].a), plus(sum, powers[1].x)
	}
	sum = times(sum, hundred)
	a = times(a, hundred) // < a1·1e20 < 6.3e47

	for _, p := range powers[2:] {
		if a.Cmp(p.a) >= 0 {
			a = times(a, one20) // < 6.3e67
			a = truncDiv(a, p.a)
			sum = plus(sum, p.x)
		}
	}

	// 1e20 ≤ a < 1.065e20 now: the numerator < 6.5e38, |z| < 0.032e20.
	z := truncDiv(times(minus(a, one20), one20), plus(a, one20))
	series := artanhSeries(z, one20, 11)
	sum = plus(sum, times(two, series))
	return truncDiv(sum, hundred)
}

// ln36 returns ln x with 36 decimals, for x with 18 decimals and 0.9e18 < x < 1.1e18. The result lies within ±0.106e36.
func ln36(x *big.Int) *big.Int {
	x = times(x, one)
	z := truncDiv(times(minus(x, one36), one36), plus(x, one36)) // numerator within ±1e71, z within ±0.053e36
	return times(two, artanhSeries(z, one36, 15))
}

// artanhSeries returns Σ zᵏ/k over odd k ≤ last, where unit is one in z's scale. |z| ≤ 0.053·unit keeps every product
// within unit² ≤ 1e72.
func artanhSeries(z, unit *big.Int, last int) *big.Int {
	square := truncDiv(times(z, z), unit)
	sum, term := z, z
	for k := 3; k <= last; k += 2 {
		term = times(term, square)
		term = truncDiv(term, unit)
		sum = plus(sum, truncDiv(term, small[k]))
	}
	return sum
}

// Pow returns xʸ, all with 18 decimals, neither rounded up nor down: the raw value that PowDown and PowUp widen. It
// fails when x ≥ 2²⁵⁵, when y ≥ 2²⁵⁴/10²⁰, and when y·ln x lies outside [−41e18, 130e18], in this order; 0⁰ = x⁰ = 1
// and 0ʸ = 0 come before all of these.
func (r Rules) Pow(x, y *big.Int) (power *big.Int, err error) {
	defer caught(&err)
	return r.pow(x, y), nil
}

func (r Rules) pow(x, y *big.Int) *big.Int {
	if y.Sign() == 0 {
		return new(big.Int).Set(one)
	}
	if x.Sign() == 0 {
		return new(big.Int)
	}
	if x.Cmp(limit255) >= 0 {
		r.fail(baseRange)
	}
	if y.Cmp(exponentLimit) >= 0 {
		r.fail(exponentRange)
	}
	logarithm := timesLn(x, y)
	if logarithm.Cmp(expMin) < 0 || logarithm.Cmp(expMax) > 0 {
		r.fail(productRange)
	}
	return r.exp(logarithm)
}

// timesLn returns y·ln x with 18 decimals. Near one the 36 decimals of ln36 are multiplied in two parts.
func timesLn(x, y *big.Int) *big.Int {
	if !nearOne(x) {
		product := times(lnWide(x), y) // |lnWide| ≤ 136e18, y < 2²⁵⁴/1e20: below 1.36·2²⁵⁴ < 2²⁵⁵
		return truncDiv(product, one)
	}
	logarithm := ln36(x)
	whole := times(truncDiv(logarithm, one), y)               // |whole| < 0.106e18·2²⁵⁴/1e20 < 2²⁵⁵/1e3
	part := truncDiv(times(truncMod(logarithm, one), y), one) // the product < 1e18·2²⁵⁴/1e20 < 2²⁵⁵/1e2
	return truncDiv(plus(whole, part), one)
}

// PowDown returns a lower bound of xʸ: exact forms rounded down for y = 1, 2, 4, otherwise Pow less its error bound,
// ⌈pow/10¹⁴⌉ + 1, and not below 0. It fails as its parts do.
func (r Rules) PowDown(x, y *big.Int) (power *big.Int, err error) {
	defer caught(&err)
	return r.powDown(x, y), nil
}

// PowUp returns an upper bound of xʸ: exact forms rounded up for y = 1, 2, 4, otherwise Pow plus its error bound,
// ⌈pow/10¹⁴⌉ + 1. It fails as its parts do.
func (r Rules) PowUp(x, y *big.Int) (power *big.Int, err error) {
	defer caught(&err)
	return r.powUp(x, y), nil
}

var (
	twoFixed  = decimal("2e18")
	fourFixed = decimal("4e18")

	// powError is the relative error that PowDown and PowUp allow Pow, 1e-14, with 18 decimals.
	powError = big.NewInt(10000)
)

func (r Rules) powDown(x, y *big.Int) *big.Int {
	switch {
	case y.Cmp(one) == 0:
		return new(big.Int).Set(x)
	case y.Cmp(twoFixed) == 0:
		return r.mulDown(x, x)
	case y.Cmp(fourFixed) == 0:
		square := r.mulDown(x, x)
		return r.mulDown(square, square)
	}
	raw := r.pow(x, y)
	maxError := r.add(r.mulUp(raw, powError), small[1])
	if raw.Cmp(maxError) < 0 {
		return new(big.Int)
	}
	return minus(raw, maxError)
}

func (r Rules) powUp(x, y *big.Int) *big.Int {
	switch {
	case y.Cmp(one) == 0:
		return new(big.Int).Set(x)
	case y.Cmp(twoFixed) == 0:
		return r.mulUp(x, x)
	case y.Cmp(fourFixed) == 0:
		square := r.mulUp(x, x)
		return r.mulUp(square, square)
	}
	raw := r.pow(x, y)
	maxError := r.add(r.mulUp(raw, powError), small[1])
	return r.add(raw, maxError)
}
