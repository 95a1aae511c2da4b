package interval

import "math/big"

// An enclosure is a real t known as v ≤ t·2ᵂ ≤ v + w, where W is the number of bits of the scale it belongs to. Each operation on it counts
// its own loss into w, so that the error of a kernel is tracked by the code that computes it; the kernels prove only their mathematics.
type enclosure struct {
	v big.Int
	w uint64
}

// A scale computes on enclosures of W = bits fractional bits; W ≥ 64 outside the tests. Results may be arguments. It holds scratch space, so
// one scale serves one goroutine.
//
// The kernels' comments count their widths: below 2⁴⁰ even at the largest exponents, and below 2⁶⁰ where the constants are made, so that no
// sum of widths overflows 64 bits.
type scale struct {
	bits                          uint
	product, divisor, rest, scrap big.Int
}

// unit sets z to exactly 1.
func (s *scale) unit(z *enclosure) {
	z.v.Lsh(intOne, s.bits)
	z.w = 0
}

// add sets z to x + y.
func (s *scale) add(z, x, y *enclosure) {
	z.v.Add(&x.v, &y.v)
	z.w = x.w + y.w
}

// sub sets z to x − y: from v − (v'+w') up to (v+w) − v'.
func (s *scale) sub(z, x, y *enclosure) {
	s.scrap.SetUint64(y.w)
	z.v.Sub(&x.v, &y.v)
	z.v.Sub(&z.v, &s.scrap)
	z.w = x.w + y.w
}

// neg sets z to −x: from −(v+w) up to −v.
func (s *scale) neg(z, x *enclosure) {
	s.scrap.SetUint64(x.w)
	z.v.Add(&x.v, &s.scrap)
	z.v.Neg(&z.v)
	z.w = x.w
}

// mul sets z to x · y, for v ≥ 0, v' ≥ 0 and w' ≤ 2^(W−1).
//
// (v+w)(v'+w') = vv' + v·w' + (v'+w')·w. With v < 2^(W+c) and v'+w' ≤ 2^(W+c'), the last two are, over 2ᵂ, at most w'·2ᶜ + w·2^c', and the
// floor of vv'/2ᵂ loses less than 1. c' allows for one bit more than v' has: if v' < 2^(W−1) then v'+w' ≤ 2ᵂ, otherwise w' ≤ v'.
func (s *scale) mul(z, x, y *enclosure) {
	c := excess(x.v.BitLen(), s.bits)
	cc := excess(y.v.BitLen()+1, s.bits)
	w := y.w<<c + x.w<<cc + 1
	s.product.Mul(&x.v, &y.v)
	z.v.Rsh(&s.product, s.bits)
	z.w = w
}

// excess is how far a length reaches above the binary point.
func excess(length int, bits uint) uint { return uint(max(0, length-int(bits))) }

// div sets z to x / k, for v ≥ 0 and k ≥ 1. With v = qk + r, (v+w)/k = q + (r+w)/k.
func (s *scale) div(z, x *enclosure, k uint64) {
	s.divisor.SetUint64(k)
	z.v.QuoRem(&x.v, &s.divisor, &s.rest)
	z.w = (s.rest.Uint64() + x.w + k - 1) / k
}

// ratio sets z to 2ⁿ·num/den, for num ≥ 0 and den > 0: the floor loses less than 1.
func (s *scale) ratio(z *enclosure, num, den *big.Int, n uint) {
	s.product.Lsh(num, s.bits+n)
	z.v.QuoRem(&s.product, den, &s.rest)
	z.w = uint64(s.rest.Sign())
}

// times sets z to k·x, for |k| ≤ 2³².
func (s *scale) times(z, x *enclosure, k int64) {
	s.scrap.SetInt64(max(k, -k))
	z.v.Mul(&x.v, &s.scrap)
	z.w = x.w * uint64(max(k, -k))
	if k < 0 {
		s.neg(z, z)
	}
}

// shift sets z to x / 2ⁿ. With v = q·2ⁿ + r and r < 2ⁿ, the upper end (v+w)/2ⁿ is below q + 1 + w/2ⁿ.
func (s *scale) shift(z, x *enclosure, n uint) {
	z.v.Rsh(&x.v, n)
	w := x.w >> n
	if w<<n != x.w {
		w++
	}
	z.w = w + 1
}

// interval is x·2ⁿ with its ends rounded outward to prec bits.
func (s *scale) interval(x *enclosure, n int, prec uint) Interval {
	s.scrap.SetUint64(x.w)
	s.scrap.Add(&s.scrap, &x.v)
	n -= int(s.bits)
	lo := directed(prec, big.ToNegativeInf).SetInt(&x.v)
	hi := directed(prec, big.ToPositiveInf).SetInt(&s.scrap)
	return between(lo.SetMantExp(lo, n), hi.SetMantExp(hi, n))
}

// float sets z to |x|·2ⁿ truncated to the scale; x is finite.
func (s *scale) float(z *enclosure, x *big.Float, n int) {
	scaled := new(big.Float).SetMantExp(x, n+int(s.bits))
	_, accuracy := scaled.Abs(scaled).Int(&z.v)
	z.w = 0
	if accuracy != big.Exact {
		z.w = 1
	}
}

var intOne = big.NewInt(1)
