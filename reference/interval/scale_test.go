package interval

import (
	"math/bits"
	"slices"
	"testing"
)

func TestScalesHaveWholeWords(t *testing.T) {
	for asked, want := range map[uint]uint{1: 64, 63: 64, 64: 64, 65: 128, 127: 128, 128: 128, 129: 192, 320: 320} {
		if s, _ := newScale(asked); s.bits != want {
			t.Errorf("a scale for %d bits has %d, want %d", asked, s.bits, want)
		}
	}
}

func TestConstantsAreMadeOnce(t *testing.T) {
	_, first := newScale(128)
	if _, second := newScale(128); first != second {
		t.Errorf("one scale has two tables")
	}
}

// scalesOf are the scales on which f computes.
func scalesOf(f func()) (used []uint) {
	tables.Clear()
	f()
	tables.Range(func(bits, _ any) bool {
		used = append(used, bits.(uint))
		return true
	})
	slices.Sort(used)
	return used
}

// The kernels' proofs ask for so many bits: at the last precision for which a word is enough there is no other, and one bit more takes the next.
func TestKernelsComputeOnTheScalesThatTheirProofsAskFor(t *testing.T) {
	for _, row := range []struct {
		name  string
		extra uint // beyond 16 + ℓ(prec): the length of the multiple of log 2 that is taken off
		f     func(a Arithmetic)
	}{
		{"log", 0, func(a Arithmetic) { a.Log(integer(3)) }},
		{"log1p", 0, func(a Arithmetic) { a.Log1p(integer(3)) }},
		{"expm1 near 0", 0, func(a Arithmetic) { a.Expm1(span(0x1p-8, 0x1p-8)) }},
		{"expm1 at 2⁻⁷", 0, func(a Arithmetic) { a.Expm1(span(0x1p-7, 0x1p-7)) }},
		{"expm1 below −2⁻⁷", 0, func(a Arithmetic) { a.Expm1(span(-0x0.ffp-7, -0x0.ffp-7)) }},
		{"expm1 at −2⁻⁷", 1, func(a Arithmetic) { a.Expm1(span(-0x1p-7, -0x1p-7)) }},
		{"exp", 0, func(a Arithmetic) { a.Exp(span(0.5, 0.5)) }},
		{"exp of 1.5 log 2", 1, func(a Arithmetic) { a.Exp(span(1.04, 1.04)) }},
		{"exp of −0.5 log 2", 1, func(a Arithmetic) { a.Exp(span(-0.3, -0.3)) }},
		{"exp of 100", 8, func(a Arithmetic) { a.Exp(integer(100)) }},
		{"exp of −100", 8, func(a Arithmetic) { a.Exp(integer(-100)) }},
	} {
		for _, word := range []uint{64, 128} {
			last := word - 16 - row.extra
			for last+16+row.extra+uint(bits.Len(last)) > word {
				last--
			}
			for prec, want := range map[uint]uint{last: word, last + 1: word + 64} {
				if got := scalesOf(func() { row.f(At(prec)) }); !slices.Equal(got, []uint{want}) {
					t.Errorf("%s at %d bits computes on scales of %v bits, want %d", row.name, prec, got, want)
				}
			}
		}
	}
}

// Pow takes its logarithm and its exponential at 8 bits more than asked for, and as many as |y·log x| has.
func TestPowComputesWithTheBitsThatItsProofAsksFor(t *testing.T) {
	for _, row := range []struct {
		x, y  float64
		extra uint
	}{
		{3, 0.25, 1}, {3, 0.5, 2}, {3, 2, 4}, {3, -2, 4}, {1.5, 2, 4}, {0.25, 2, 4}, {0.5, 2, 3}, {1, 0.5, 2}, {0x1p100, 2, 9}, {0x1p-100, 2, 9}, {3, 0x1p-20, 0}, {3, 0x1p28, 31},
	} {
		if got := magnitude(span(row.x, row.x), span(row.y, row.y)); got != row.extra {
			t.Errorf("|%v·log %v| has %d bits, want %d", row.y, row.x, got, row.extra)
		}
	}
}

// The end that is farther from 1, of the base, and from 0, of the exponent, counts, whichever it is. No count is below 0 or above 64.
func TestPowCountsTheBitsOfTheFarthestEnds(t *testing.T) {
	for _, row := range []struct {
		x, y Interval
		want uint
	}{
		{span(0x1p-100, 2), span(2, 2), 9},
		{span(0.5, 0x1p100), span(2, 2), 9},
		{span(1.5, 3), span(0x1p-20, 2), 4},
		{span(1.5, 3), span(-2, 0x1p-20), 4},
		{span(1.5, 3), span(-0x1p-20, 0x1p10), 13},
		{span(1.5, 3), span(-0x1p-40, -0x1p-60), 0},
		{span(3, 3), span(0x1p60, 0x1p60), 63},
		{span(3, 3), span(0x1p61, 0x1p61), 64},
		{span(3, 3), span(0x1p62, 0x1p62), 64},
		{span(3, 3), span(1, 0x1p900), 64},
	} {
		if got := magnitude(row.x, row.y); got != row.want {
			t.Errorf("|y·log x| over y in %v and x in %v has %d bits, want %d", row.y, row.x, got, row.want)
		}
	}
}

func TestPowTakesItsFunctionsAtTheInnerPrecision(t *testing.T) {
	for _, row := range []struct {
		x, y  float64
		inner uint // beyond the precision
	}{{3, 0.5, 10}, {0.75, 0.5, 8 + 1}, {3, 0x1p-20, 8}} {
		last := 128 - 16 - row.inner
		for last+row.inner+16+uint(bits.Len(last+row.inner)) > 128 {
			last--
		}
		for prec, want := range map[uint]uint{last: 128, last + 1: 192} {
			got := scalesOf(func() { At(prec).Pow(span(row.x, row.x), span(row.y, row.y)) })
			if !slices.Contains(got, want) || got[0] != want {
				t.Errorf("%v^%v at %d bits computes on scales of %v bits, want %d", row.x, row.y, prec, got, want)
			}
		}
	}
}
