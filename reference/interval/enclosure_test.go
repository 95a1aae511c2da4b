package interval

import (
	"math/big"
	"testing"
)

func enclose(v int64, w uint64) *enclosure {
	var x enclosure
	x.v.SetInt64(v)
	x.w = w
	return &x
}

// The scale of the model: every enclosure with 4 fractional bits, values up to about 2.5 and all widths that mul admits.
const (
	modelBits   = 4
	modelValues = 40
	modelWidths = 1<<(modelBits-1) + 1
)

// model runs f on all values and widths of the model.
func model(f func(v int64, w uint64)) {
	for v := range int64(modelValues) {
		for w := range uint64(modelWidths) {
			f(v, w)
		}
	}
}

// bounds fails unless z = [v, v+w] contains [lo, hi]/unit and its lower end is the best integer. It tells whether v+w−1 would be too low.
func bounds(t *testing.T, what string, z *enclosure, lo, hi, unit int64) (needed bool) {
	t.Helper()
	v, w := z.v.Int64(), int64(z.w)
	if v*unit > lo || (v+1)*unit <= lo || hi > (v+w)*unit {
		t.Fatalf("%s: [%d, %d]/%d is not in [%d, %d], or that is too low", what, lo, hi, unit, v, v+w)
	}
	return hi > (v+w-1)*unit
}

func TestProductsCountTheirLossAndNoMore(t *testing.T) {
	s := &scale{bits: modelBits}
	needed := map[[4]bool]int{}
	model(func(v int64, w uint64) {
		model(func(v2 int64, w2 uint64) {
			var z enclosure
			s.mul(&z, enclose(v, w), enclose(v2, w2))
			if bounds(t, "product", &z, v*v2, (v+int64(w))*(v2+int64(w2)), 1<<modelBits) {
				needed[[4]bool{w > 0, w2 > 0, v >= 1<<modelBits, v2 >= 1<<(modelBits-1)}]++
			}
			if small := v < 1<<modelBits && v2 < 1<<(modelBits-1); small && z.w != w+w2+1 {
				t.Fatalf("the product of numbers below 1 and 1/2 is %d wide from %d and %d", z.w, w, w2)
			}
		})
	})
	for _, shape := range [][4]bool{{}, {true}, {false, true}, {true, true}, {false, false, true, true}, {false, true, true, true}} {
		if needed[shape] == 0 {
			t.Errorf("widths %v: no product needs its last unit", shape)
		}
	}
}

func TestQuotientsCountTheirLossAndNoMore(t *testing.T) {
	s := &scale{bits: modelBits}
	model(func(v int64, w uint64) {
		for k := range int64(9) {
			var z enclosure
			s.div(&z, enclose(v, w), uint64(k+1))
			needed := bounds(t, "quotient", &z, v, v+int64(w), k+1)
			if !needed && z.w > 0 {
				t.Fatalf("[%d, +%d]/%d is %d wide, which is more than needed", v, w, k+1, z.w)
			}
		}
	})
}

func TestRatiosCountTheirLossAndNoMore(t *testing.T) {
	s := &scale{bits: modelBits}
	for num := range int64(modelValues) {
		for den := int64(1); den < modelValues; den++ {
			var z enclosure
			s.ratio(&z, big.NewInt(num), big.NewInt(den), 1)
			exact := num * 2 << modelBits
			if needed := bounds(t, "ratio", &z, exact, exact, den); !needed && z.w > 0 {
				t.Fatalf("2·%d/%d is %d wide, which is more than needed", num, den, z.w)
			}
		}
	}
}

func TestShiftsCountTheirLossAndNoMore(t *testing.T) {
	s := &scale{bits: modelBits}
	needed := map[uint]int{}
	model(func(v int64, w uint64) {
		for n := range uint(9) {
			var z enclosure
			s.shift(&z, enclose(v, w), n)
			if bounds(t, "shift", &z, v, v+int64(w), 1<<n) {
				needed[n]++
			}
			if want := (w+1<<n-1)>>n + 1; z.w != want {
				t.Fatalf("[%d, +%d] shifted by %d is %d wide, want %d", v, w, n, z.w, want)
			}
		}
	})
	for n := uint(1); n < 9; n++ {
		if needed[n] == 0 {
			t.Errorf("no shift by %d needs its last unit", n)
		}
	}
	var z enclosure
	if s.shift(&z, enclose(1, 1), 1000); z.v.Sign() != 0 || z.w != 2 {
		t.Errorf("[1, 2] shifted out of sight is [%v, +%d]", &z.v, z.w)
	}
}

func TestSumsAreExact(t *testing.T) {
	s := &scale{bits: modelBits}
	model(func(v int64, w uint64) {
		model(func(v2 int64, w2 uint64) {
			var z enclosure
			hi, hi2 := v+int64(w), v2+int64(w2)
			check := func(what string, lo, hi int64) {
				if z.v.Int64() != lo || z.v.Int64()+int64(z.w) != hi {
					t.Fatalf("%s of [%d, +%d] and [%d, +%d] = [%v, +%d]", what, v, w, v2, w2, &z.v, z.w)
				}
			}
			s.add(&z, enclose(v, w), enclose(v2, w2))
			check("sum", v+v2, hi+hi2)
			s.sub(&z, enclose(v, w), enclose(v2, w2))
			check("difference", v-hi2, hi-v2)
			s.neg(&z, enclose(v, w))
			check("negation", -hi, -v)
			s.times(&z, enclose(v, w), v2)
			check("multiple", v*v2, hi*v2)
			s.times(&z, enclose(v, w), -v2)
			check("negative multiple", -hi*v2, -v*v2)
		})
	})
}

func TestResultsMayBeArguments(t *testing.T) {
	s := &scale{bits: modelBits}
	for name, op := range map[string]func(z, x, y *enclosure){
		"add": s.add, "sub": s.sub, "mul": s.mul,
		"neg":   func(z, x, _ *enclosure) { s.neg(z, x) },
		"times": func(z, x, _ *enclosure) { s.times(z, x, -3) },
		"div":   func(z, x, _ *enclosure) { s.div(z, x, 3) },
		"shift": func(z, x, _ *enclosure) { s.shift(z, x, 1) },
	} {
		var want enclosure
		x, y := enclose(21, 3), enclose(13, 2)
		op(&want, x, y)
		op(x, x, y)
		if x.v.Cmp(&want.v) != 0 || x.w != want.w {
			t.Errorf("%s into its first argument differs", name)
		}
		op(&want, y, enclose(21, 3))
		x = enclose(21, 3)
		op(x, y, x)
		if x.v.Cmp(&want.v) != 0 || x.w != want.w {
			t.Errorf("%s into its second argument differs", name)
		}
	}
}

func TestEnclosuresBecomeIntervalsRoundedOutward(t *testing.T) {
	s := &scale{bits: modelBits}
	for v := int64(-modelValues); v < modelValues; v++ {
		for w := range uint64(modelWidths) {
			for prec := 2; prec <= 4; prec++ {
				got := s.interval(enclose(v, w), 1, uint(prec))
				lo, minusHi := floorAt(big.NewRat(v, 8), prec), floorAt(big.NewRat(-v-int64(w), 8), prec)
				if rational(got.Lo()).Cmp(lo) != 0 || rational(got.Hi()).Cmp(minusHi.Neg(minusHi)) != 0 {
					t.Fatalf("[%d, +%d]/8 at %d bits = %v", v, w, prec, got)
				}
			}
		}
	}
}

func TestTheUnitIsExact(t *testing.T) {
	z := enclose(5, 7)
	if (&scale{bits: modelBits}).unit(z); z.v.Int64() != 1<<modelBits || z.w != 0 {
		t.Errorf("1 is [%v, +%d]", &z.v, z.w)
	}
}

func TestFloatsAreCutToTheScale(t *testing.T) {
	s := &scale{bits: modelBits}
	z := enclose(5, 7)
	for _, x := range smallFloats(-9, -3) {
		s.float(z, x, 1)
		size := new(big.Rat).Abs(rational(x))
		size.Mul(size, big.NewRat(2<<modelBits, 1))
		want := new(big.Int).Quo(size.Num(), size.Denom())
		if exact := size.IsInt(); z.v.Cmp(want) != 0 || (z.w == 0) != exact || z.w > 1 {
			t.Fatalf("%v·2 is cut to [%v, +%d]", x, &z.v, z.w)
		}
	}
}
