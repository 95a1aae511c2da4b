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
