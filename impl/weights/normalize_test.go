package weights

import (
	"maps"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/holiman/uint256"

	"github.com/trueweight/trueweight/impl/revert"
)

var scale = big.NewInt(1e18)

// largestRemainders is the method by its definition: floors, then one more to
// the largest fraction that has not had it, until nothing is left over.
func largestRemainders(raw []uint256.Int) []*big.Int {
	total, left := new(big.Int), new(big.Int).Set(scale)
	for _, x := range raw {
		total.Add(total, x.ToBig())
	}
	weights, fractions := make([]*big.Int, len(raw)), make([]*big.Int, len(raw))
	for i, x := range raw {
		product := new(big.Int).Mul(x.ToBig(), scale)
		weights[i], fractions[i] = new(big.Int).DivMod(product, total, new(big.Int))
		left.Sub(left, weights[i])
	}
	for ; left.Sign() > 0; left.Sub(left, big.NewInt(1)) {
		largest := 0
		for i := range fractions {
			if fractions[i].Cmp(fractions[largest]) > 0 {
				largest = i
			}
		}
		weights[largest].Add(weights[largest], big.NewInt(1))
		fractions[largest] = big.NewInt(-1)
	}
	return weights
}

// anyRaw has 1 to 99 numbers of one size, up to 2²⁴⁸, among them repeated ones
// and zeros; or numbers of every size at once.
func anyRaw(r *rand.Rand) []uint256.Int {
	raw := make([]uint256.Int, 1+r.IntN(8)*r.IntN(8)*r.IntN(3))
	bits, mixed := 1+r.IntN(248), r.IntN(4) == 0
	for i := range raw {
		if mixed {
			bits = 1 + r.IntN(248)
		}
		raw[i] = uint256.Int{r.Uint64(), r.Uint64(), r.Uint64(), r.Uint64()}
		raw[i].Rsh(&raw[i], uint(256-bits))
		if i > 0 && r.IntN(3) == 0 {
			raw[i] = raw[r.IntN(i)]
		}
	}
	if bits%2 == 0 {
		raw[0].Lsh(uint256.NewInt(1), uint(bits))
	}
	return raw
}

func TestNormalizeIsTheMethodOfLargestRemainders(t *testing.T) {
	r := rand.New(rand.NewPCG(13, 14))
	for range 4000 {
		raw := anyRaw(r)
		if !slices.ContainsFunc(raw, func(x uint256.Int) bool { return !x.IsZero() }) {
			continue
		}
		before := slices.Clone(raw)
		dst := make([]uint256.Int, len(raw)+1)
		dst[len(raw)] = uint256.Int{77}
		if err := Normalize(dst, raw); err != nil {
			t.Fatalf("Normalize(%v): %v", raw, err)
		}
		if !slices.Equal(raw, before) || dst[len(raw)] != (uint256.Int{77}) {
			t.Fatalf("Normalize(%v) wrote outside dst[:%d]", before, len(raw))
		}
		sum := new(big.Int)
		for i, want := range largestRemainders(raw) {
			if dst[i].ToBig().Cmp(want) != 0 {
				t.Fatalf("Normalize(%v)[%d] is %s, want %s", raw, i, dst[i].Dec(), want)
			}
			sum.Add(sum, want)
		}
		if sum.Cmp(scale) != 0 {
			t.Fatalf("Normalize(%v) sums to %s", raw, sum)
		}
	}
}

// Rounding halves up gives 10¹⁸+1 for the first and 10¹⁸+2 for the second.
func TestNormalizeSharesWhatRoundingWouldMakeOrLose(t *testing.T) {
	for _, c := range []struct{ raw, want []uint256.Int }{
		{[]uint256.Int{{1}, {1}, {1}, {3}}, []uint256.Int{{166666666666666667}, {166666666666666667}, {166666666666666666}, {500000000000000000}}},
		{[]uint256.Int{{7}, {7}, {7}, {7}, {7}, {7}}, []uint256.Int{{166666666666666667}, {166666666666666667}, {166666666666666667}, {166666666666666667}, {166666666666666666}, {166666666666666666}}},
		{[]uint256.Int{*new(uint256.Int).Sub(new(uint256.Int), uint256.NewInt(2)), {1}}, []uint256.Int{{1e18}, {0}}},
		{[]uint256.Int{{0}, {5}}, []uint256.Int{{0}, {1e18}}},
	} {
		got := make([]uint256.Int, len(c.raw))
		if err := Normalize(got, c.raw); err != nil || !slices.Equal(got, c.want) {
			t.Errorf("Normalize(%v) is %v, %v; want %v", c.raw, got, err, c.want)
		}
	}
}

func TestNormalizeFailsWithDstUnchanged(t *testing.T) {
	top := *new(uint256.Int).SetAllOne()
	memory := []uint256.Int{{1}, {2}, {3}, {4}, {5}}
	for _, c := range []struct {
		name     string
		dst, raw []uint256.Int
		want     *revert.Error
	}{
		{"no raw weights", []uint256.Int{{9}}, nil, revert.ErrZeroDivision},
		{"all raw weights zero", []uint256.Int{{9}, {9}}, []uint256.Int{{}, {}}, revert.ErrZeroDivision},
		{"a sum of 2²⁵⁶", []uint256.Int{{9}, {9}}, []uint256.Int{top, {1}}, revert.ErrAddOverflow},
		{"a short destination", []uint256.Int{{9}}, []uint256.Int{{1}, {1}}, revert.ErrArrayIndex},
		{"no destination", nil, []uint256.Int{{1}}, revert.ErrArrayIndex},
		{"the raw weights as destination", memory[:3], memory[:3], revert.ErrArrayIndex},
		{"a destination that begins inside", memory[2:], memory[:3], revert.ErrArrayIndex},
		{"a destination that ends inside", memory[:3], memory[2:], revert.ErrArrayIndex},
	} {
		before := slices.Clone(c.dst)
		if err := Normalize(c.dst, c.raw); err != c.want || !slices.Equal(c.dst, before) {
			t.Errorf("%s: got %v and %v; want %v and %v", c.name, err, c.dst, c.want, before)
		}
	}
	if err := Normalize(memory[:2], memory[2:4]); err != nil {
		t.Errorf("neighbours in memory: %v", err)
	}
}

func TestNoFunctionAllocatesOnSuccess(t *testing.T) {
	for name, run := range samples() {
		if n := testing.AllocsPerRun(100, func() { run() }); n != 0 || run() != nil {
			t.Errorf("%s: %v allocations, %v", name, n, run())
		}
	}
}

func BenchmarkFunction(b *testing.B) {
	calls := samples()
	for _, name := range slices.Sorted(maps.Keys(calls)) {
		b.Run(name, func(b *testing.B) {
			run := calls[name]
			b.ReportAllocs()
			for b.Loop() {
				run()
			}
		})
	}
}

var sink uint256.Int

// samples is one successful call of each function, halfway through a change.
func samples() map[string]func() error {
	raw, dst := make([]uint256.Int, 100), make([]uint256.Int, 100)
	for i := range raw {
		raw[i] = uint256.Int{uint64(i) * 0x9e3779b97f4a7c15, uint64(i)}
	}
	equal, later := slices.Repeat([]uint256.Int{{125e15}}, 8), slices.Repeat([]uint256.Int{{1e17}}, 8)
	low, high := uint256.Int{3e17}, uint256.Int{7e17}
	start, now, end := uint256.Int{1.7e9}, uint256.Int{1.7e9 + 77}, uint256.Int{1.7e9 + 177}
	return map[string]func() error{
		"Normalize/8":   func() error { return Normalize(dst, raw[1:9]) },
		"Normalize/100": func() error { return Normalize(dst, raw) },
		"Validate/8":    func() error { return Validate(equal, V2Weighted) },

		"ChangeProgress":    func() (err error) { sink, err = ChangeProgress(start, end, now); return },
		"InterpolateValue":  func() (err error) { sink, err = InterpolateValue(low, high, low); return },
		"InterpolatedValue": func() (err error) { sink, err = InterpolatedValue(high, low, start, end, now); return },
		"ResolveStartTime":  func() (err error) { sink, err = ResolveStartTime(start, end, now); return },

		"Compress":            func() (err error) { sink, err = Compress(low, 31, one); return },
		"Decompress":          func() (err error) { sink, err = Decompress(uint256.Int{12345}, 16, one); return },
		"MaxCompressionError": func() (err error) { sink, err = MaxCompressionError(31, one); return },

		"BootstrappingV2/4":   func() error { return BootstrappingV2(dst, start, end, equal[:4], later, now) },
		"Managed/8":           func() error { return Managed(dst, start, end, equal, later, now) },
		"ManagedSwapFee":      func() (err error) { sink, err = ManagedSwapFee(start, end, low, high, now); return },
		"VerifyBootstrapping": func() error { return VerifyBootstrapping(low, high, high, low) },
		"BootstrappingV3":     func() (err error) { _, sink, err = BootstrappingV3(low, high, start, end, now); return },
	}
}
