package interval_test

import (
	"fmt"
	"math/big"
	"testing"

	"github.com/trueweight/trueweight/corpus"
	"github.com/trueweight/trueweight/reference/interval"
)

// A judged function is one that a file of the corpus has values of: the function itself less a whole number.
type judged struct {
	name  string
	less  int64 // the file's value exceeds the function's by this
	apply func(a interval.Arithmetic, v corpus.ReferenceValue) interval.Interval
}

// judgedBy gives the functions that each file judges, by the file's own function.
var judgedBy = map[string][]judged{
	"log": {{"log", 0, func(a interval.Arithmetic, v corpus.ReferenceValue) interval.Interval {
		return a.Log(interval.Point(v.X))
	}}},
	"exp": {{"exp", 0, func(a interval.Arithmetic, v corpus.ReferenceValue) interval.Interval {
		return a.Exp(interval.Point(v.X))
	}}, {"expm1", 1, func(a interval.Arithmetic, v corpus.ReferenceValue) interval.Interval {
		return a.Expm1(interval.Point(v.X))
	}}},
	"pow": {{"pow", 0, func(a interval.Arithmetic, v corpus.ReferenceValue) interval.Interval {
		return a.Pow(interval.Point(v.X), interval.Point(v.Y))
	}}},
}

// precisions are those that verdicts are reached at, in bits, and between them those at which the kernels' guard bits just fill the
// last word of the scale, so that nothing to spare hides a lost term.
var precisions = []uint{64, 104, 128, 231, 256, 487, 512}

func TestEnclosuresMeetEveryValueOfTheCorpusWithinTheirPromise(t *testing.T) {
	files, err := corpus.Reference(corpus.FS)
	if err != nil {
		t.Fatal(err)
	}
	if len(files) != len(judgedBy) {
		t.Fatalf("the corpus has %d files of reference values, want %d", len(files), len(judgedBy))
	}
	for _, file := range files {
		for _, f := range judgedBy[file.Function] {
			for _, prec := range precisions {
				t.Run(fmt.Sprintf("%s/%d bits", f.name, prec), func(t *testing.T) {
					t.Parallel()
					for _, v := range file.Entries {
						if fault := f.judge(v, prec); fault != "" {
							t.Fatal(fault)
						}
					}
				})
			}
		}
	}
}

// judge returns what is wrong with the enclosure of one value, or nothing.
func (f judged) judge(v corpus.ReferenceValue, prec uint) string {
	got := f.apply(interval.At(prec), v)
	least, greatest := f.truth(v)
	what := ""
	switch {
	case got.Lo().Cmp(greatest) > 0:
		what = "lies above the true value"
	case got.Hi().Cmp(least) < 0:
		what = "lies below the true value"
	case !promised(got, prec):
		what = fmt.Sprintf("is more than %d ulps wide", interval.MaxUlps)
	default:
		return ""
	}
	inputs := v.X.Text('p', 0)
	if v.Y != nil {
		inputs += ", " + v.Y.Text('p', 0)
	}
	return fmt.Sprintf("%s: %s(%s) at %d bits %s:\n  enclosure [%s, %s]\n  value     between %s and %s", v.ID, f.name, inputs, prec, what,
		got.Lo().Text('p', 0), got.Hi().Text('p', 0), least.Text('p', 0), greatest.Text('p', 0))
}

// truth returns the ends between which the function's exact value lies: the file's value, rounded to nearest, is off by at most half a unit
// in its last place.
func (f judged) truth(v corpus.ReferenceValue) (least, greatest *big.Float) {
	const enough = 2048 // bits: every sum below is exact, since no value exceeds 2³⁰⁰ and no half unit is below 2⁻⁹⁰⁰
	half := new(big.Float).SetMantExp(big.NewFloat(1), v.Value.MantExp(nil)-int(v.Value.Prec())-1)
	if v.Value.Sign() == 0 {
		half = new(big.Float)
	}
	value := new(big.Float).SetPrec(enough).Sub(v.Value, new(big.Float).SetInt64(f.less))
	least = new(big.Float).SetPrec(enough).Sub(value, half)
	greatest = new(big.Float).SetPrec(enough).Add(value, half)
	return least, greatest
}

// promised reports whether hi − lo is at most MaxUlps·2^(e−prec), where 2^(e−1) ≤ max(|lo|, |hi|) < 2ᵉ.
func promised(x interval.Interval, prec uint) bool {
	e := max(x.Lo().MantExp(nil), x.Hi().MantExp(nil))
	width := new(big.Float).SetPrec(2*prec+64).Sub(x.Hi(), x.Lo())
	return width.Cmp(new(big.Float).SetMantExp(big.NewFloat(interval.MaxUlps), e-int(prec))) <= 0
}
