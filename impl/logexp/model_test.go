package logexp

import (
	"math/big"
	"math/rand/v2"

	"github.com/holiman/uint256"

	"github.com/trueweight/trueweight/impl/revert"
)

// The model is SPEC "exp, ln, pow" with signed integers of any size. checked
// panics at a value that a signed 256-bit integer cannot hold, so every
// comparison with the model also shows that nothing wrapped.

func checked(z *big.Int) *big.Int {
	if z.BitLen() > 255 {
		panic("the model left the signed 256-bit range: " + z.String())
	}
	return z
}

func add(a, b *big.Int) *big.Int { return checked(new(big.Int).Add(a, b)) }
func sub(a, b *big.Int) *big.Int { return checked(new(big.Int).Sub(a, b)) }
func mul(a, b *big.Int) *big.Int { return checked(new(big.Int).Mul(a, b)) }
func quo(a, b *big.Int) *big.Int { return new(big.Int).Quo(a, b) }
func neg(a *big.Int) *big.Int    { return new(big.Int).Neg(a) }
func num(n int64) *big.Int       { return big.NewInt(n) }
func ten(n int64) *big.Int       { return new(big.Int).Exp(num(10), num(n), nil) }

func modelExp(x *big.Int) (*big.Int, *revert.Error) {
	if x.Cmp(mul(num(-41), ten(18))) < 0 || x.Cmp(mul(num(130), ten(18))) > 0 {
		return nil, revert.ErrInvalidExponent
	}
	if x.Sign() < 0 {
		inverse, _ := modelExp(neg(x))
		return quo(ten(36), inverse), nil
	}
	f := num(1)
	if x0 := coarse[0].x.ToBig(); x.Cmp(x0) >= 0 {
		x, f = sub(x, x0), coarse[0].a.ToBig()
	} else if x1 := coarse[1].x.ToBig(); x.Cmp(x1) >= 0 {
		x, f = sub(x, x1), coarse[1].a.ToBig()
	}
	x = mul(x, num(100))
	p := ten(20)
	for n := 2; n <= 9; n++ {
		if s := fine[n-2]; x.Cmp(s.x.ToBig()) >= 0 {
			x, p = sub(x, s.x.ToBig()), quo(mul(p, s.a.ToBig()), ten(20))
		}
	}
	s, t := add(ten(20), x), x
	for k := int64(2); k <= 12; k++ {
		t = quo(quo(mul(t, x), ten(20)), num(k))
		s = add(s, t)
	}
	return quo(mul(quo(mul(p, s), ten(20)), f), num(100)), nil
}

func modelLn(a *big.Int) (*big.Int, *revert.Error) {
	if a.Sign() <= 0 {
		return nil, revert.ErrOutOfBounds
	}
	if modelNearOne(a) {
		return quo(modelLn36(a), ten(18)), nil
	}
	return modelLnWide(a), nil
}

func modelNearOne(x *big.Int) bool {
	return x.Cmp(mul(num(9), ten(17))) > 0 && x.Cmp(mul(num(11), ten(17))) < 0
}

func modelLnWide(a *big.Int) *big.Int {
	if a.Cmp(ten(18)) < 0 {
		return neg(modelLnWide(quo(ten(36), a)))
	}
	sum := num(0)
	for _, s := range coarse {
		if a.Cmp(mul(s.a.ToBig(), ten(18))) >= 0 {
			a, sum = quo(a, s.a.ToBig()), add(sum, s.x.ToBig())
		}
	}
	sum, a = mul(sum, num(100)), mul(a, num(100))
	for _, s := range fine {
		if a.Cmp(s.a.ToBig()) >= 0 {
			a, sum = quo(mul(a, ten(20)), s.a.ToBig()), add(sum, s.x.ToBig())
		}
	}
	z := quo(mul(sub(a, ten(20)), ten(20)), add(a, ten(20)))
	return quo(add(sum, mul(num(2), modelSeries(z, ten(20), 11))), num(100))
}

func modelLn36(x *big.Int) *big.Int {
	x = mul(x, ten(18))
	z := quo(mul(sub(x, ten(36)), ten(36)), add(x, ten(36)))
	return mul(num(2), modelSeries(z, ten(36), 15))
}

func modelSeries(z, scale *big.Int, n int64) *big.Int {
	q := quo(mul(z, z), scale)
	t, s := z, z
	for k := int64(3); k <= n; k += 2 {
		t = quo(mul(t, q), scale)
		s = add(s, quo(t, num(k)))
	}
	return s
}

func modelPow(x, y *big.Int) (*big.Int, *revert.Error) {
	switch {
	case y.Sign() == 0:
		return ten(18), nil
	case x.Sign() == 0:
		return num(0), nil
	case x.BitLen() > 255:
		return nil, revert.ErrBaseOutOfBounds
	case y.Cmp(quo(new(big.Int).Lsh(num(1), 254), ten(20))) >= 0:
		return nil, revert.ErrExponentOutOfBounds
	}
	result, failure := modelExp(modelProduct(x, y))
	if failure != nil {
		return nil, revert.ErrProductOutOfBounds
	}
	return result, nil
}

func modelProduct(x, y *big.Int) *big.Int {
	if modelNearOne(x) {
		high, low := new(big.Int).QuoRem(modelLn36(x), ten(18), new(big.Int))
		return quo(add(mul(high, y), quo(mul(low, y), ten(18))), ten(18))
	}
	return quo(mul(modelLnWide(x), y), ten(18))
}

func modelPowDown(x, y *big.Int) (*big.Int, *revert.Error) {
	floor := func(a, b *big.Int) *big.Int { return a.Div(a, b) }
	return modelBound(x, y, floor, func(r, e *big.Int) *big.Int {
		if r.Cmp(e) < 0 {
			return num(0)
		}
		return sub(r, e)
	})
}

func modelPowUp(x, y *big.Int) (*big.Int, *revert.Error) { return modelBound(x, y, ceiling, add) }

func modelBound(x, y *big.Int, round, widen func(a, b *big.Int) *big.Int) (*big.Int, *revert.Error) {
	square := func(a *big.Int) (*big.Int, *revert.Error) {
		if a = new(big.Int).Mul(a, a); a.BitLen() > 256 {
			return nil, revert.ErrMulOverflow
		}
		return round(a, ten(18)), nil
	}
	switch y.String() {
	case "1000000000000000000":
		return x, nil
	case "2000000000000000000":
		return square(x)
	case "4000000000000000000":
		s, failure := square(x)
		if failure != nil {
			return nil, failure
		}
		return square(s)
	}
	r, failure := modelPow(x, y)
	if failure != nil {
		return nil, failure
	}
	product := new(big.Int).Mul(r, num(10000))
	if product.BitLen() > 256 {
		return nil, revert.ErrMulOverflow
	}
	return widen(r, add(ceiling(product, ten(18)), num(1))), nil
}

// ceiling is −⌊−a/b⌋: big.Int's Div is Euclidean.
func ceiling(a, b *big.Int) *big.Int {
	z := neg(a)
	return z.Neg(z.Div(z, b))
}

// signed is z read as two's complement; unsigned takes numbers of either reading.
func signed(z uint256.Int) *big.Int {
	if z.Sign() < 0 {
		return neg(new(uint256.Int).Neg(&z).ToBig())
	}
	return z.ToBig()
}

func unsigned(z *big.Int) uint256.Int { return *uint256.MustFromBig(z) }

// around returns each number with its neighbours, as far as they are in [0, 2²⁵⁶).
func around(centres ...*big.Int) (all []uint256.Int) {
	for _, c := range centres {
		for d := int64(-1); d <= 1; d++ {
			if z := new(big.Int).Add(c, num(d)); z.Sign() >= 0 && z.BitLen() <= 256 {
				all = append(all, unsigned(z))
			}
		}
	}
	return all
}

// random has a length between 0 and bits bits, each as likely as the others.
func random(r *rand.Rand, bits int) uint256.Int {
	z := uint256.Int{r.Uint64(), r.Uint64(), r.Uint64(), r.Uint64()}
	z.Rsh(&z, uint(256-r.IntN(bits+1)))
	return z
}

// below is spread evenly over [0, n).
func below(r *rand.Rand, n *big.Int) *big.Int {
	z := uint256.Int{r.Uint64(), r.Uint64(), r.Uint64(), r.Uint64()}
	return z.ToBig().Mod(z.ToBig(), n)
}
