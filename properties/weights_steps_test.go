package properties

import (
	"testing"

	"github.com/trueweight/trueweight/properties/domain"
)

// Three seconds of seven, from 1 % to 2 % and back: what each part of WT-STEP allows is one number.
func TestStepsOfAChangeAreJudgedToTheUnit(t *testing.T) {
	const progress = 428571428571428571 // ⌊3·10¹⁸/7⌋
	for _, row := range []struct {
		start, end, progress, there uint64
		holds                       bool
	}{
		{1e16, 2e16, progress, 1e16 + 4285714285714285, true},
		{2e16, 1e16, progress, 2e16 - 4285714285714285, true},
		{1e16, 2e16, progress + 1, 1e16 + 4285714285714286, false},
		{2e16, 1e16, progress - 1, 2e16 - 4285714285714286, false},
	} {
		c := &domain.Gradual{EndTime: *newNum(7), Now: *newNum(3)}
		passed, fault := fixedProgress(c, c.Now)
		if v := floorOrFailure("progress", *newNum(row.progress), passed, fault, nil); (v.Outcome == Holds) != row.holds {
			t.Errorf("progress %d: %v", row.progress, v.Outcome)
		}
		if v := wayGone("value", *newNum(row.start), *newNum(row.end), *newNum(row.there), passed, fault, nil); (v.Outcome == Holds) != row.holds {
			t.Errorf("from %d to %d, at %d: %v", row.start, row.end, row.there, v.Outcome)
		}
	}
}

// Three equal tokens lose a third of a wei each, which is one wei for the first; of 3, 2 and 1 the last loses most.
func TestWeiLeftOverAreServedInOrder(t *testing.T) {
	for _, row := range []struct {
		name         string
		raw, weights [3]uint64
		part         string
	}{
		{"the first of equals", [3]uint64{1, 1, 1}, [3]uint64{333333333333333334, 333333333333333333, 333333333333333333}, ""},
		{"the last of equals", [3]uint64{1, 1, 1}, [3]uint64{333333333333333333, 333333333333333333, 333333333333333334}, "wei left over"},
		{"who lost most", [3]uint64{3, 2, 1}, [3]uint64{500000000000000000, 333333333333333333, 166666666666666667}, ""},
		{"who lost less", [3]uint64{3, 2, 1}, [3]uint64{500000000000000000, 333333333333333334, 166666666666666666}, "wei left over"},
		{"two of them", [3]uint64{1, 1, 1}, [3]uint64{333333333333333335, 333333333333333333, 333333333333333332}, "share"},
	} {
		var raw, weights []num
		for i := range row.raw {
			raw, weights = append(raw, *newNum(row.raw[i])), append(weights, *newNum(row.weights[i]))
		}
		if v := fairlyServed(raw, weights); v.Part != row.part {
			t.Errorf("%s: %v in %q, want %q", row.name, v.Outcome, v.Part, row.part)
		}
	}
}
