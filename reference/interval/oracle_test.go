package interval

import (
	"math/big"
	"math/rand/v2"
	"sync"
	"testing"
)

// The oracles sum series of rationals term by term, each an exact quotient cut to oracleBits binary places; they share nothing with the kernels.
const oracleBits = 1500

// fraction is ⌊n·2^oracleBits/d⌋: at most one unit below n/d.
func fraction(n, d *big.Int) *big.Int {
	z := new(big.Int).Lsh(n, oracleBits)
	return z.Div(z, d)
}

// units is the interval [lo, lo+width]·2^(−oracleBits).
func units(lo *big.Int, width int64) Interval {
	end := func(n *big.Int) *big.Float {
		f := new(big.Float).SetPrec(4 * oracleBits).SetInt(n)
		return f.SetMantExp(f, -oracleBits)
	}
	return New(end(lo), end(new(big.Int).Add(lo, big.NewInt(width))))
}

// oracleAtanh encloses atanh(n/d), |n/d| ≤ 1/2, by Σ x²ⁱ⁺¹/(2i+1) for x = |n/d|. A power is at most 4 units low: 1 of its own floor, 1 of that of x²
// and a quarter of what the power before lost, and so a term at most 5; the rest is below 2 units.
func oracleAtanh(n, d *big.Int) Interval {
	x, product := fraction(new(big.Int).Abs(n), d), new(big.Int)
	square := new(big.Int).Rsh(product.Mul(x, x), oracleBits)
	total, power, term := new(big.Int), x, new(big.Int)
	terms := int64(0)
	for ; power.Sign() != 0; terms++ {
		total.Add(total, term.Quo(power, big.NewInt(2*terms+1)))
		power = new(big.Int).Rsh(product.Mul(power, square), oracleBits)
	}
	size := units(total, 5*terms+2)
	if n.Sign() < 0 {
		return At(4 * oracleBits).Neg(size)
	}
	return size
}

// oracleLog encloses log(n/d), by log(n/d) = e·2·atanh(1/3) + 2·atanh((m−1)/(m+1)) with n/d = 2ᵉ·m and m in (1/2, 2).
func oracleLog(n, d *big.Int) Interval {
	e := n.BitLen() - d.BitLen()
	n, d = new(big.Int).Lsh(n, uint(max(0, -e))), new(big.Int).Lsh(d, uint(max(0, e)))
	a := At(4 * oracleBits)
	two := a.Int(big.NewInt(2))
	z := oracleAtanh(new(big.Int).Sub(n, d), new(big.Int).Add(n, d))
	return a.Add(a.Mul(a.Int(big.NewInt(int64(e))), oracleLog2()), a.Mul(two, z))
}

var oracleLog2 = sync.OnceValue(func() Interval {
	return At(4*oracleBits).Mul(integer(2), oracleAtanh(big.NewInt(1), big.NewInt(3)))
})

// oracleExpm1 encloses e^(n/d) − 1 for |n/d| ≤ 100: 2000 terms lose at most 1 unit each, and the rest is below a unit.
func oracleExpm1(n, d *big.Int) Interval {
	const terms = 2000
	total := new(big.Int)
	top, bottom := big.NewInt(1), big.NewInt(1)
	for i := int64(1); i < terms; i++ {
		top.Mul(top, n)
		bottom.Mul(bottom, d).Mul(bottom, big.NewInt(i))
		term := fraction(top, bottom)
		if term.BitLen() <= 1 && i > 200 {
			break
		}
		total.Add(total, term)
	}
	return units(total.Sub(total, big.NewInt(terms)), 2*terms)
}

// ulps is hi − lo in units in the last place of the larger end, as MaxUlps counts them.
func ulps(x Interval, prec uint) *big.Float {
	d := new(big.Float).SetPrec(0).Sub(x.Hi(), x.Lo())
	exponent := max(x.Lo().MantExp(nil), x.Hi().MantExp(nil))
	return d.SetMantExp(d, int(prec)-exponent)
}

func contains(outer, inner Interval) bool {
	return outer.Lo().Cmp(inner.Lo()) <= 0 && inner.Hi().Cmp(outer.Hi()) <= 0
}

// promised fails the test unless got contains the truth, is at most MaxUlps wide, and has ends of prec bits.
func promised(t *testing.T, what string, got, truth Interval, prec uint) {
	t.Helper()
	if !contains(got, truth) {
		t.Fatalf("%s at %d bits = %v does not contain %v", what, prec, got, truth)
	}
	if u := ulps(got, prec); u.Cmp(big.NewFloat(MaxUlps)) > 0 {
		t.Fatalf("%s at %d bits = %v is %v ulps wide", what, prec, got, u)
	}
	if p := max(got.Lo().MinPrec(), got.Hi().MinPrec()); p > prec {
		t.Fatalf("%s at %d bits has an end of %d bits", what, prec, p)
	}
}

func seeded() *rand.Rand { return rand.New(rand.NewPCG(1, 2)) }

// randomBits is an integer of exactly so many bits.
func randomBits(r *rand.Rand, bits int) *big.Int {
	z := big.NewInt(1)
	for range bits - 1 {
		z.Lsh(z, 1).Or(z, big.NewInt(int64(r.IntN(2))))
	}
	return z
}

func integer(n int64) Interval { return At(64).Int(big.NewInt(n)) }

// span is the interval between two float64s.
func span(lo, hi float64) Interval { return New(big.NewFloat(lo), big.NewFloat(hi)) }

// precisions include those at which the guard bits just fill a word, or fall short of it: the scale then has none to spare.
var precisions = []uint{2, 3, 11, 24, 41, 53, 58, 64, 65, 104, 113, 121, 128, 168, 192, 231, 248, 256, 512, 700}
