package real_test

import (
	"math/big"
	"math/rand/v2"
)

// A drawer draws questions. All numbers of bits are equally likely, and so are all small fractions.
type drawer struct{ *rand.Rand }

// number draws a whole number of 1 to maxBits bits.
func (d drawer) number(maxBits int) *big.Int {
	z := big.NewInt(1)
	for range d.IntN(maxBits) {
		z.Lsh(z, 1).Or(z, big.NewInt(int64(d.IntN(2))))
	}
	return z
}

// fixedPower draws a fraction m/n with a whole 10¹⁸·(m/n)ⁱ for every i ≤ 6, and returns that for i = exponent, and n.
func (d drawer) fixedPower(exponent uint) (value *big.Int, n uint) {
	divisors := []uint{1, 2, 4, 5, 8, 10, 20, 25, 40, 50, 100, 125, 200, 250, 500, 1000} // of 1000 = ⁶√10¹⁸
	n = divisors[d.IntN(len(divisors))]
	m := 1 + d.UintN(3*n)
	value = times(big.NewInt(1e18), power(whole(m), exponent))
	return value.Quo(value, power(whole(n), exponent)), n
}

// A swap is a trade between tokens whose weights are p and q times a unit.
type swap struct {
	balanceIn, in, balanceOut, out *big.Int // wei; 0 < out < balanceOut
	p, q                           uint     // 1 to 6
	unit                           *big.Int // in units of 10⁻¹⁸
}

func (s swap) weightIn() *big.Int  { return times(s.unit, whole(s.p)) }
func (s swap) weightOut() *big.Int { return times(s.unit, whole(s.q)) }

func (d drawer) swap(tie bool) swap {
	if tie {
		return d.tiedSwap()
	}
	balanceOut := plus(d.number(112), big.NewInt(1))
	out := new(big.Int).Mod(d.number(112), new(big.Int).Sub(balanceOut, big.NewInt(1)))
	return swap{d.number(112), d.number(112), balanceOut, plus(out, big.NewInt(1)), 1 + d.UintN(6), 1 + d.UintN(6), d.number(57)}
}

// tiedSwap draws a trade whose amounts pay for each other exactly: the one balance goes from m^q·u to n^q·u while the other
// goes from nᵖ·v to mᵖ·v, which leaves balanceInᵖ·balanceOut^q as it was.
func (d drawer) tiedSwap() swap {
	p, q := 1+d.UintN(6), 1+d.UintN(6)
	m := 1 + d.UintN(400)
	n := m + 1 + d.UintN(100)
	u, v := d.number(50), d.number(50)
	lowIn, highIn := times(u, power(whole(m), q)), times(u, power(whole(n), q))
	lowOut, highOut := times(v, power(whole(m), p)), times(v, power(whole(n), p))
	return swap{lowIn, new(big.Int).Sub(highIn, lowIn), highOut, new(big.Int).Sub(highOut, lowOut), p, q, d.number(57)}
}

func whole(n uint) *big.Int { return new(big.Int).SetUint64(uint64(n)) }

func plus(a, b *big.Int) *big.Int { return new(big.Int).Add(a, b) }

func times(a, b *big.Int) *big.Int { return new(big.Int).Mul(a, b) }

func power(x *big.Int, n uint) *big.Int { return new(big.Int).Exp(x, whole(n), nil) }
