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
	ones := 0
	for code := range 12 * 12 * 12 * 5 * 5 * 5 {
		product := big.NewRat(1, 1)
		var powers []Power
		rest := code
		for range 3 {
			base, exp := int64(rest%12+1), int64(rest/12%5-2)
			rest /= 60
			powers = append(powers, power(base, exp, 1))
			for range max(exp, -exp) {
				if exp > 0 {
					product.Mul(product, big.NewRat(base, 1))
				} else {
					product.Mul(product, big.NewRat(1, base))
				}
			}
		}
		want := product.Cmp(big.NewRat(1, 1)) == 0
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
