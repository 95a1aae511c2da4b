package properties

import (
	"context"
	"testing"

	"github.com/trueweight/trueweight/properties/domain"
)

func TestWeightClaimsHold(t *testing.T) {
	r := (&Campaign{Subject: Impl(), Claims: []*Property{wtSum, wtMin, wtN, wtNorm}, Seed: 11, Cases: 4000}).Run(context.Background())
	for _, f := range r.Failures {
		t.Errorf("%v", f)
	}
	for _, e := range r.Evidence.Claims {
		if e.Vacuous > 0 {
			t.Errorf("%s is vacuous on %d cases", e.ID, e.Vacuous)
		}
	}
}

// Shares of 2½, 5 and 2½ tenths of ONE: what each part of WT-NORM allows, and a wei beyond.
func TestWeightLimitsAreInside(t *testing.T) {
	raw := &domain.Weights{Raw: []num{*wei(1), *wei(2), *wei(1)}}
	for _, row := range []struct {
		moved [3]int64 // wei away from the exact shares
		want  string   // the part that is violated
	}{
		{[3]int64{0, 0, 0}, ""},
		{[3]int64{1, -1, 0}, ""},
		{[3]int64{1, 0, 0}, "sum"},
		{[3]int64{1, 0, -1}, "equal inputs"},
		{[3]int64{1, -2, 1}, "share"},
	} {
		s := &Subject{Normalize: func([]num) ([]num, error) {
			list := []num{*wei(25e16), *wei(5e17), *wei(25e16)}
			for i, by := range row.moved {
				list[i] = *wei(uint64(int64(list[i].Uint64()) + by))
			}
			return list, nil
		}}
		if v := NewJudge(Enclosures).Decide(wtNorm, s, raw); v.Part != row.want {
			t.Errorf("%v: %v in %q, want %q", row.moved, v.Outcome, v.Part, row.want)
		}
	}
}
