package interval

import "math/big"

// A Power is Base^Exp, Base ≥ 1.
type Power struct {
	Base *big.Int
	Exp  *big.Rat
}

// IsOne decides exactly whether Π Baseᵢ^Expᵢ = 1: the equality that no enclosure can decide. The empty product is 1. It panics on a base below 1.
//
// With M a common denominator, the product is 1 exactly when its M-th power is, because it is positive: so the exponents are integers.
// Factor refinement (Bach, Driscoll, Shallit 1993) then rewrites Π bᵢ^eᵢ as Π pⱼ^fⱼ over integers pⱼ > 1 that are coprime in pairs, all fⱼ ≠ 0. If any
// pⱼ is left, the product is not 1: with the negative powers on the other side two integers would be equal that have no prime
// in common, but a prime of pⱼ divides one of them.
func IsOne(powers []Power) bool {
	c, _ := refine(powers)
	return len(c.factors) == 0
}

// longest bounds the bits of the numbers that Rational writes down.
const longest = 1 << 16

// Rational returns Π Baseᵢ^Expᵢ where that is a rational number (True). It is not (False) unless, over integers pⱼ > 1 that are coprime in
// pairs, every factor is: Π pⱼ^(mⱼ/M) is rational exactly when Π pⱼ^mⱼ is an M-th power, which coprime integers are together only if each is. And
// p^(u/v) in lowest terms is rational exactly when p is a v-th power. The answer is Unknown where the number would have more than 2¹⁶ bits. It panics
// on a base below 1.
func Rational(powers []Power) (*big.Rat, Truth) {
	c, denominator := refine(powers)
	num, den := big.NewInt(1), big.NewInt(1)
	truth := True
	for _, f := range c.factors {
		exp := new(big.Rat).SetFrac(f.exp, denominator)
		root, ok := exactRoot(f.base, exp.Denom())
		if !ok {
			return nil, False
		}
		side, size := num, new(big.Int).Abs(exp.Num())
		if exp.Sign() < 0 {
			side = den
		}
		if size.Cmp(big.NewInt(longest)) > 0 || side.BitLen()+root.BitLen()*int(size.Int64()) > longest {
			truth = Unknown
			continue
		}
		side.Mul(side, root.Exp(root, size, nil))
	}
	if truth != True {
		return nil, truth
	}
	return new(big.Rat).SetFrac(num, den), True
}

// exactRoot is ᵛ√n where that is an integer, for n > 1 and v ≥ 1.
func exactRoot(n, v *big.Int) (*big.Int, bool) {
	if v.Cmp(big.NewInt(int64(n.BitLen()))) >= 0 {
		return nil, false // 2ᵛ > n
	}
	less := new(big.Int).Sub(v, intOne)
	root := new(big.Int).Lsh(intOne, uint(n.BitLen()/int(v.Int64())+1))
	for { // Newton's method falls from above ᵛ√n to its floor
		next := new(big.Int).Quo(n, new(big.Int).Exp(root, less, nil))
		next.Add(next, new(big.Int).Mul(less, root)).Quo(next, v)
		if next.Cmp(root) >= 0 {
			return root, new(big.Int).Exp(root, v, nil).Cmp(n) == 0
		}
		root = next
	}
}

// refine rewrites a product of powers over coprime integers > 1; the exponents are those of its factors over a common denominator.
func refine(powers []Power) (c coprime, denominator *big.Int) {
	denominator = big.NewInt(1)
	for _, p := range powers {
		if p.Base.Sign() <= 0 {
			panic("interval: a product of powers needs bases of at least 1, not " + p.Base.String())
		}
		denominator = lcm(denominator, p.Exp.Denom())
	}
	c = coprime{product: big.NewInt(1)}
	for _, p := range powers {
		exp := new(big.Int).Quo(denominator, p.Exp.Denom())
		c.multiply(factor{p.Base, exp.Mul(exp, p.Exp.Num())})
	}
	return c, denominator
}

func lcm(x, y *big.Int) *big.Int {
	z := new(big.Int).GCD(nil, nil, x, y)
	return z.Mul(z.Quo(x, z), y)
}

// A factor is base^exp. Its integers are never written to.
type factor struct{ base, exp *big.Int }

// A coprime is a product of powers of integers > 1, coprime in pairs, with exponents ≠ 0.
type coprime struct {
	factors []factor
	product *big.Int // of the bases, exponents left out: one gcd with it finds most newcomers coprime to all
}

// multiply multiplies the product by f.
//
// Where b^e meets p^d with g = gcd(b, p) > 1, p^d·b^e = (p/g)^d · g^(d+e) · (b/g)^e takes their place. That divides the product of all bases by g, so
// there are at most as many meetings as all bases together have bits.
func (c *coprime) multiply(f factor) {
	var common, g big.Int
	for pending := []factor{f}; len(pending) > 0; {
		f = pending[len(pending)-1]
		pending = pending[:len(pending)-1]
		if f.exp.Sign() == 0 || f.base.Cmp(intOne) == 0 {
			continue
		}
		if common.GCD(nil, nil, c.product, f.base).Cmp(intOne) == 0 {
			c.factors = append(c.factors, f)
			c.product = new(big.Int).Mul(c.product, f.base)
			continue
		}
		for i, p := range c.factors {
			if g.GCD(nil, nil, p.base, &common).Cmp(intOne) != 0 {
				c.remove(i)
				pending = append(pending, meet(p, f)...)
				break
			}
		}
	}
}

// remove takes factor i out of the product.
func (c *coprime) remove(i int) {
	c.product = new(big.Int).Quo(c.product, c.factors[i].base)
	last := len(c.factors) - 1
	c.factors[i] = c.factors[last]
	c.factors = c.factors[:last]
}

// meet is p·f as (p/g)^d, (f/g)^e and g^(d+e), where g is the gcd of the bases.
func meet(p, f factor) []factor {
	g := new(big.Int).GCD(nil, nil, p.base, f.base)
	return []factor{
		{new(big.Int).Quo(p.base, g), p.exp},
		{new(big.Int).Quo(f.base, g), f.exp},
		{g, new(big.Int).Add(p.exp, f.exp)},
	}
}
