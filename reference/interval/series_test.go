package interval

import (
	"fmt"
	"math/big"
	"testing"
)

// exactly is x·2⁻ᵏ as an interval, for a scale of so many bits: its ends are not rounded.
func exactly(s *scale, x *enclosure, k int) Interval { return s.interval(x, -k, 200) }

// The remainder decides these: with few terms it is most of the width, so an enclosure that drops or halves it misses the value.
func TestAtanhContainsTheValueHoweverFewTermsAreSummed(t *testing.T) {
	for _, bits := range []uint{40, 58} {
		s := &scale{bits: bits}
		for den := int64(2); den < 60; den++ {
			for num := int64(1); 2*num <= den; num++ {
				truth := oracleAtanh(big.NewInt(num), big.NewInt(den))
				for _, terms := range []int{1, 2, 3, allTerms} {
					var z enclosure
					k := s.atanh(&z, big.NewInt(num), big.NewInt(den), terms)
					if got := exactly(s, &z, k); !contains(got, truth) {
						t.Fatalf("atanh(%d/%d) by %d terms = %v does not contain %v", num, den, terms, got, truth)
					}
					if quarter := new(big.Int).Lsh(intOne, bits-2); z.v.Cmp(quarter) <= 0 || z.v.Cmp(quarter.Mul(quarter, big.NewInt(5))) >= 0 {
						t.Fatalf("atanh(%d/%d) = %v·2⁻ᵏ⁻ᵂ, which is not between 1/4 and 5/4 in its scale", num, den, &z.v)
					}
					if terms == allTerms && z.w > 400 {
						t.Fatalf("atanh(%d/%d) is %d units wide", num, den, z.w)
					}
				}
			}
		}
	}
}

func TestGrowthContainsTheValueHoweverFewTermsAreSummed(t *testing.T) {
	const bits, steps = 40, 12
	s := &scale{bits: bits}
	a := At(4000)
	for n := int64(1); n <= steps; n++ {
		for _, w := range []uint64{0, 1, 1000} {
			for _, sign := range []int64{1, -1} {
				for _, terms := range []int{1, 2, 3, allTerms} {
					v := n << bits / steps
					var z enclosure
					s.growth(&z, enclose(v-int64(w), w), sign < 0, terms)
					for _, end := range []int64{v - int64(w), v} {
						x := a.Quo(a.Int(big.NewInt(sign*end)), a.Int(big.NewInt(1<<bits)))
						truth := a.Quo(oracleExpm1(big.NewInt(sign*end), big.NewInt(1<<bits)), x)
						if got := exactly(s, &z, 0); !contains(got, truth) {
							t.Fatalf("growth(%v) by %d terms = %v does not contain %v", x, terms, got, truth)
						}
					}
					if terms == allTerms && z.w > 400+6*w {
						t.Fatalf("growth(%d/%d) is %d units wide", sign*n, steps, z.w)
					}
				}
			}
		}
	}
}

// The units follow from the operations' own counts, at the scale of 32 bits. One term of atanh(1/2), for one: x² = 2³⁰ is 1 unit wide as a
// product and 2 as a shift, a third of it 1; twice that term, 2·(⌊2³⁰/3⌋ + 1), is the remainder; and the product with g = 1/2 adds 1.
func TestAtanhCountsItsLossAndNoMore(t *testing.T) {
	s := &scale{bits: 32}
	for _, row := range []struct {
		num, den int64
		terms    int
		v        int64
		w        uint64
	}{
		{1, 2, 1, 1 << 31, 2*(1<<30/3+1) + 1},
		{1, 2, 2, 2326440618, 107374188},
		{1, 2, 3, 2353284164, 19173968},
		{1, 2, allTerms, 2359251923, 30},
		{1, 3, 1, 1431655765, 318145733},
		{1, 3, allTerms, 1488522233, 36},
		{3, 8, 1, 3 << 30, 402653187},
		{3, 8, allTerms, 3386398574, 23},
		{5, 11, 2, 2086710881, 73338023},
		{5, 11, allTerms, 2106314778, 48},
		{3, 700, 1, 2356096345, 52599},
		{3, 700, 2, 2356110769, 11},
		{3, 700, allTerms, 2356110769, 11},
	} {
		var z enclosure
		num, den := big.NewInt(row.num), big.NewInt(row.den)
		k := s.atanh(&z, num, den, row.terms)
		if z.v.Cmp(big.NewInt(row.v)) != 0 || z.w != row.w {
			t.Errorf("atanh(%d/%d) by %d terms = [%v, +%d], want [%d, +%d]", row.num, row.den, row.terms, &z.v, z.w, row.v, row.w)
		}
		if got, truth := exactly(s, &z, k), oracleAtanh(num, den); !contains(got, truth) {
			t.Errorf("atanh(%d/%d) by %d terms = %v does not contain %v", row.num, row.den, row.terms, got, truth)
		}
	}
}

// So do these. The first term at t = 1/2, for one, is half of 2³¹ and 1 unit wide; twice that is the remainder of the odd sum, which is added
// or subtracted with it.
func TestGrowthCountsItsLossAndNoMore(t *testing.T) {
	s := &scale{bits: 32}
	for _, row := range []struct {
		v        int64
		w        uint64
		negative bool
		terms    int
		wantV    int64
		wantW    uint64
	}{
		{1 << 32, 0, false, allTerms, 7379964253, 33},
		{1 << 31, 0, false, 1, 1 << 32, 2 * (1<<30 + 1)},
		{1 << 31, 0, true, 1, 1<<32 - 2*(1<<30+1), 2 * (1<<30 + 1)},
		{1 << 31, 0, false, 2, 5 << 30, 357913945},
		{1 << 31, 0, true, 2, 3<<30 - 1, 357913945},
		{1 << 31, 1, true, allTerms, 3379875888, 18},
		{3 << 30, 10, false, allTerms, 6396638049, 63},
		{3 << 30, 10, true, 3, 2936012771, 150994984},
		{1<<25 - 7, 5, false, allTerms, 4311788283, 18},
		{1<<25 - 7, 5, true, allTerms, 4278233680, 18},
		{1<<25 - 7, 5, false, 1, 1 << 32, 33554436},
	} {
		var z enclosure
		s.growth(&z, enclose(row.v, row.w), row.negative, row.terms)
		if z.v.Cmp(big.NewInt(row.wantV)) != 0 || z.w != row.wantW {
			t.Errorf("growth of [%d, +%d], negative: %v, by %d terms = [%v, +%d], want [%d, +%d]",
				row.v, row.w, row.negative, row.terms, &z.v, z.w, row.wantV, row.wantW)
		}
	}
}

// Twice a term is counted in 64 bits, so it must be below 2⁶¹ units.
func TestRemaindersAreTwiceTheirTerm(t *testing.T) {
	for _, row := range []struct {
		v    int64
		w    uint64
		want uint64
	}{{0, 0, 0}, {0, 1, 2}, {3, 0, 6}, {3, 4, 14}, {1<<61 - 1, 5, 1<<62 + 8}} {
		if got := remainder(enclose(row.v, row.w)); got != row.want {
			t.Errorf("the remainder from [%d, +%d] on is %d, want %d", row.v, row.w, got, row.want)
		}
	}
	defer func() {
		if fault := recover(); fault != "interval: a series was cut too early for its remainder to be counted" {
			t.Errorf("a term of 2⁶¹ units: %v", fault)
		}
	}()
	remainder(enclose(1<<61, 0))
}

func TestConstantsContainTheirValuesAndAreTwoUnitsWide(t *testing.T) {
	for _, bits := range []uint{64, 192} {
		s, constants := newScale(bits - 1)
		if s.bits != bits {
			t.Fatalf("a scale of %d bits", s.bits)
		}
		check := func(what string, x *enclosure, truth Interval) {
			if got := s.interval(x, 0, 300); !contains(got, truth) {
				t.Errorf("%s = %v does not contain %v", what, got, truth)
			}
			if x.w > 2 {
				t.Errorf("%s is %d units wide", what, x.w)
			}
		}
		for j := 1; j < len(constants.log); j++ {
			check(fmt.Sprintf("log(1 + %d/128)", j), &constants.log[j], oracleLog(big.NewInt(128+int64(j)), big.NewInt(128)))
		}
		for j := 1; j < len(constants.exp); j++ {
			e := oracleExpm1(big.NewInt(int64(j)), big.NewInt(128))
			check(fmt.Sprintf("e^(%d/128)", j), &constants.exp[j], At(4000).Add(integer(1), e))
		}
	}
}
