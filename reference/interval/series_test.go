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
