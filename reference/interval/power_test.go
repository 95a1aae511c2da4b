package interval

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"testing"
)

func power(base int64, num, den int64) Power { return Power{big.NewInt(base), big.NewRat(num, den)} }

func TestIsOneDecidesKnownProducts(t *testing.T) {
	for _, row := range []struct {
		powers []Power
		want   bool
	}{
		{nil, true},
		{[]Power{power(1, 7, 3)}, true},
		{[]Power{power(2, 0, 1)}, true},
		{[]Power{power(2, 1, 1)}, false},
		{[]Power{power(4, 1, 2), power(2, -1, 1)}, true},
		{[]Power{power(8, 1, 3), power(4, -1, 2)}, true},
		{[]Power{power(8, 1, 3), power(4, -1, 3)}, false},
		{[]Power{power(12, 1, 2), power(3, -1, 2), power(2, -1, 1)}, true},
		{[]Power{power(6, 5, 7), power(10, -5, 7), power(15, 5, 7), power(3, -10, 7)}, true},
		{[]Power{power(6, 5, 7), power(10, -5, 7), power(15, 5, 7), power(3, -9, 7)}, false},
		{[]Power{power(2, 1, 3), power(2, 2, 3), power(2, -1, 1)}, true},
		{[]Power{power(1_000_000, 1, 2), power(1000, -1, 1)}, true},
		{[]Power{power(999_999, 1, 2), power(1000, -1, 1)}, false},
	} {
		if got := IsOne(row.powers); got != row.want {
			t.Errorf("IsOne(%v) = %v", row.powers, got)
		}
	}
}

func TestIsOneAgreesWithRationalsOnASmallDomain(t *testing.T) {
	ones, one := 0, big.NewRat(1, 1)
	var all []Power
	var values []*big.Rat
	for _, base := range []int64{1, 2, 3, 4, 6, 8, 9, 12} {
		value := big.NewRat(1, base*base)
		for exp := int64(-2); exp <= 2; exp++ {
			all, values = append(all, power(base, exp, 1)), append(values, value)
			value = new(big.Rat).Mul(value, big.NewRat(base, 1))
		}
	}
	var pair, product big.Rat
	n := len(all)
	for code := range n * n * n {
		i, j, k := code/n/n, code/n%n, code%n
		if k == 0 {
			pair.Mul(values[i], values[j])
		}
		product.Mul(&pair, values[k])
		powers := []Power{all[i], all[j], all[k]}
		want := product.Cmp(one) == 0
		if want {
			ones++
		}
		if got := IsOne(powers); got != want {
			t.Fatalf("IsOne(%v) = %v", powers, got)
		}
	}
	if ones < 1000 {
		t.Errorf("only %d products were 1", ones)
	}
}

// cancelling is a product of n powers that is 1: random bases made of common factors, each power undone as the powers of its factors.
func cancelling(r *rand.Rand, n, bits int) []Power {
	pool := make([]*big.Int, 6)
	for i := range pool {
		pool[i] = randomBits(r, bits/4)
	}
	var powers []Power
	for range n / 4 {
		exp := new(big.Rat).SetFrac(randomBits(r, 1+r.IntN(60)), randomBits(r, 1+r.IntN(60)))
		base := big.NewInt(1)
		for range 3 {
			p := pool[r.IntN(len(pool))]
			base.Mul(base, p)
			powers = append(powers, Power{p, new(big.Rat).Neg(exp)})
		}
		powers = append(powers, Power{base, exp})
	}
	r.Shuffle(len(powers), func(i, j int) { powers[i], powers[j] = powers[j], powers[i] })
	return powers
}

func TestIsOneSeesOneExponentOffByALittle(t *testing.T) {
	r := seeded()
	for range 60 {
		powers := cancelling(r, 4*(1+r.IntN(10)), 16+r.IntN(240))
		if !IsOne(powers) {
			t.Fatalf("a product made to be 1 is not: %v", powers)
		}
		i := r.IntN(len(powers))
		nudge := new(big.Rat).SetFrac(intOne, new(big.Int).Lsh(intOne, 80))
		powers[i].Exp = nudge.Add(nudge, powers[i].Exp)
		if one := powers[i].Base.Cmp(intOne) == 0; IsOne(powers) != one {
			t.Fatalf("one exponent off by 2⁻⁸⁰ went unseen: %v", powers)
		}
	}
}

func TestRationalFindsRootsExactly(t *testing.T) {
	for _, row := range []struct {
		powers []Power
		want   string // "" if irrational
	}{
		{nil, "1"},
		{[]Power{power(2, 3, 1)}, "8"},
		{[]Power{power(2, -3, 1)}, "1/8"},
		{[]Power{power(2, 1, 2)}, ""},
		{[]Power{power(2, 1, 1_000_000_000_000)}, ""},
		{[]Power{power(4, 1, 2)}, "2"},
		{[]Power{power(8, 2, 3), power(9, -1, 2)}, "4/3"},
		{[]Power{power(12, 1, 2), power(3, 1, 2)}, "6"},
		{[]Power{power(12, 1, 2), power(3, -1, 2)}, "2"},
		{[]Power{power(12, 1, 2)}, ""},
		{[]Power{power(2, 1, 2), power(3, 1, 2)}, ""},
		{[]Power{power(36, 1, 2)}, "6"},
		{[]Power{power(36, 1, 4), power(6, 1, 2)}, "6"},
		{[]Power{power(3, 1, 1), power(2, 1, 3)}, ""},
		{[]Power{power(1_000_000_007, 1, 2), power(1_000_000_007, 1, 2)}, "1000000007"},
		{[]Power{power(16, 3, 4)}, "8"},
		{[]Power{power(2, 3, 4), power(2, 5, 4)}, "4"},
	} {
		got, truth := Rational(row.powers)
		switch {
		case row.want == "" && truth != False:
			t.Errorf("%v is rational: %v", row.powers, truth)
		case row.want != "" && (truth != True || got.RatString() != row.want):
			t.Errorf("%v = %v (%v), want %s", row.powers, got, truth, row.want)
		}
	}
}

func TestRationalWritesNoEndlessNumbers(t *testing.T) {
	for _, powers := range [][]Power{
		{power(2, longest, 1)}, {power(3, 1<<62, 1)}, {power(3, -1<<62, 1), power(4, 1, 2)},
	} {
		if got, truth := Rational(powers); truth != Unknown {
			t.Errorf("%v = %v (%v)", powers, got, truth)
		}
	}
	if _, truth := Rational([]Power{power(2, longest, 1), power(3, 1, 2)}); truth != False {
		t.Errorf("2^%d·√3 is rational: %v", longest, truth)
	}
}

// A number of b bits to the n-th is counted as one of n·b, and so are the numbers that it is multiplied with.
func TestRationalWritesNumbersUpToItsLimit(t *testing.T) {
	for _, row := range []struct {
		powers []Power
		want   Truth
	}{
		{[]Power{power(2, 32767, 1)}, True},
		{[]Power{power(2, 32768, 1)}, Unknown},
		{[]Power{power(17, 13107, 1)}, True}, // 1 + 5·13107 = 2¹⁶
		{[]Power{power(2, -32767, 1)}, True},
		{[]Power{power(2, -32768, 1)}, Unknown},
		{[]Power{power(4, 32767, 2)}, True},
		{[]Power{power(4, 65537, 2)}, Unknown},
		{[]Power{power(2, 20000, 1), power(3, 20000, 1)}, True},
		{[]Power{power(2, 30000, 1), power(3, 20000, 1)}, Unknown},
		{[]Power{power(2, 30000, 1), power(3, -20000, 1)}, True},
		{[]Power{power(2, 32768, 1), power(3, 1, 2)}, False},
		{[]Power{power(3, 1, 2), power(2, 32768, 1)}, False},
		{[]Power{{big.NewInt(3), new(big.Rat).SetInt(new(big.Int).Add(new(big.Int).Lsh(intOne, 64), intOne))}}, Unknown},
	} {
		got, truth := Rational(row.powers)
		if truth != row.want || (got != nil) != (truth == True) {
			t.Errorf("%v is rational: %v, want %v", row.powers, truth, row.want)
		}
	}
}

// The root of degree v of a number of v bits or fewer is 1 at most.
func TestExactRootOfHighDegree(t *testing.T) {
	for _, row := range []struct {
		n, v int64
		want int64 // 0 if none
	}{{2, 1, 2}, {2, 2, 0}, {3, 1, 3}, {4, 2, 2}, {4, 3, 0}, {8, 3, 2}, {8, 4, 0}, {9, 2, 3}, {16, 4, 2}, {16, 5, 0}, {27, 3, 3}, {1 << 40, 40, 2}, {1 << 40, 41, 0}, {1<<40 - 1, 40, 0}, {5, 1 << 40, 0}} {
		root, ok := exactRoot(big.NewInt(row.n), big.NewInt(row.v))
		if ok != (row.want != 0) || ok && root.Int64() != row.want {
			t.Errorf("root %d of %d = %v, %v", row.v, row.n, root, ok)
		}
	}
	if root, ok := exactRoot(big.NewInt(7), new(big.Int).Lsh(intOne, 64)); ok {
		t.Errorf("root 2⁶⁴ of 7 = %v", root)
	}
}

func TestBasesBelowOneAreRefused(t *testing.T) {
	for _, base := range []int64{0, -1, -7} {
		for name, f := range map[string]func([]Power){"IsOne": func(p []Power) { IsOne(p) }, "Rational": func(p []Power) { Rational(p) }} {
			func() {
				defer func() {
					if fault, want := recover(), fmt.Sprintf("interval: a product of powers needs bases of at least 1, not %d", base); fault != want {
						t.Errorf("%s of a power of %d: %v", name, base, fault)
					}
				}()
				f([]Power{power(2, 1, 1), power(base, 1, 1)})
			}()
		}
	}
}

// Products are multiplied out over coprime bases, all above 1, whose product is kept.
func TestRefinedProductsAreCoprime(t *testing.T) {
	r := seeded()
	for range 50 {
		c, denominator := refine(cancelling(r, 4*(1+r.IntN(5)), 16+r.IntN(80)))
		if len(c.factors) != 0 || c.product.Cmp(intOne) != 0 || denominator.Sign() <= 0 {
			t.Fatalf("a product that is 1 has the factors %v", c.factors)
		}
		var powers []Power
		for range 6 {
			powers = append(powers, Power{randomBits(r, 2+r.IntN(12)), big.NewRat(int64(1+r.IntN(9)), int64(1+r.IntN(4)))})
		}
		c, denominator = refine(powers)
		product := big.NewInt(1)
		for i, f := range c.factors {
			for _, g := range c.factors[:i] {
				if new(big.Int).GCD(nil, nil, f.base, g.base).Cmp(intOne) != 0 {
					t.Fatalf("%v and %v are not coprime", f.base, g.base)
				}
			}
			if f.exp.Sign() == 0 || f.base.Cmp(intOne) <= 0 {
				t.Fatalf("a factor %v^%v", f.base, f.exp)
			}
			product.Mul(product, f.base)
			powers = append(powers, Power{f.base, new(big.Rat).SetFrac(new(big.Int).Neg(f.exp), denominator)})
		}
		if product.Cmp(c.product) != 0 {
			t.Fatalf("the product of the bases is %v, kept is %v", product, c.product)
		}
		if !IsOne(powers) {
			t.Fatalf("%v are not their refinement", powers)
		}
	}
}

// The least common denominator keeps the exponents short.
// The bases 5 and 7 have nothing in common with 3, and stay where they are as it meets 6.
func TestFactorsThatANewcomerDoesNotMeetStay(t *testing.T) {
	c := coprime{product: big.NewInt(1)}
	for _, base := range []int64{5, 7, 6} {
		c.multiply(factor{big.NewInt(base), big.NewInt(1)})
	}
	five, seven := c.factors[0], c.factors[1]
	c.multiply(factor{big.NewInt(3), big.NewInt(1)})
	if len(c.factors) != 4 || c.factors[0] != five || c.factors[1] != seven {
		t.Errorf("5·7·6·3 = %v", c.factors)
	}
}

func TestExponentsHaveTheirLeastDenominator(t *testing.T) {
	for _, row := range []struct {
		powers []Power
		want   int64
	}{{nil, 1}, {[]Power{power(2, 3, 1)}, 1}, {[]Power{power(2, 1, 4), power(3, 5, 6)}, 12}, {[]Power{power(2, 1, 7), power(3, 2, 14), power(5, 1, 2)}, 14}} {
		if _, got := refine(row.powers); got.Cmp(big.NewInt(row.want)) != 0 {
			t.Errorf("the exponents of %v have the denominator %v, want %d", row.powers, got, row.want)
		}
	}
}

// A number is the root of its power, and no number is that of the power's neighbours.
func TestExactRootInvertsPowers(t *testing.T) {
	r := seeded()
	for range 300 {
		v := int64(1 + r.IntN(9))
		x := randomBits(r, 2+r.IntN(300))
		n := new(big.Int).Exp(x, big.NewInt(v), nil)
		for offset := int64(-1); offset <= 1; offset++ {
			near := new(big.Int).Add(n, big.NewInt(offset))
			root, ok := exactRoot(near, big.NewInt(v))
			if ok != (offset == 0 || v == 1) || ok && new(big.Int).Exp(root, big.NewInt(v), nil).Cmp(near) != 0 {
				t.Fatalf("root %d of %v%+d = %v, %v", v, n, offset, root, ok)
			}
		}
	}
}

func BenchmarkIsOne(b *testing.B) {
	r := seeded()
	unrelated := make([]Power, 200)
	for i := range unrelated {
		unrelated[i] = Power{randomBits(r, 256), big.NewRat(int64(i+1), 7)}
	}
	for _, row := range []struct {
		name   string
		powers []Power
	}{{"cancelling", cancelling(r, 200, 256)}, {"unrelated", unrelated}, {"swap", cancelling(r, 4, 256)}} {
		b.Run(fmt.Sprintf("%s/%d", row.name, len(row.powers)), func(b *testing.B) {
			for b.Loop() {
				IsOne(row.powers)
			}
		})
	}
}
