package interval

import (
	"math/big"
	"testing"
)

func TestComparisonsDecideExactlyWhatAllPairsShare(t *testing.T) {
	all := append(spans(), Entire(), Interval{}, span(-infinity, 1), span(1, infinity), span(0.5, 1.5))
	for _, x := range all {
		for _, y := range all {
			// s ≤ t for all s in x and t in y exactly when it holds for the worst pair; for none exactly when not for the best.
			always, sometimes := x.Hi().Cmp(y.Lo()) <= 0, x.Lo().Cmp(y.Hi()) <= 0
			want := map[[2]bool]Truth{{true, true}: True, {false, true}: Unknown, {false, false}: False}[[2]bool{always, sometimes}]
			if got := x.LessEq(y); got != want {
				t.Errorf("%v ≤ %v is %v, want %v", x, y, got, want)
			}
			always, sometimes = x.Hi().Cmp(y.Lo()) < 0, x.Lo().Cmp(y.Hi()) < 0
			want = map[[2]bool]Truth{{true, true}: True, {false, true}: Unknown, {false, false}: False}[[2]bool{always, sometimes}]
			if got := x.Less(y); got != want {
				t.Errorf("%v < %v is %v, want %v", x, y, got, want)
			}
		}
	}
}

func TestTruthsHaveNames(t *testing.T) {
	if got := True.String() + " " + False.String() + " " + Unknown.String() + " " + Truth(0).String(); got != "true false unknown unknown" {
		t.Errorf("names: %s", got)
	}
}

func TestFloorAndCeilAgreeAtBothEndsOrNotAtAll(t *testing.T) {
	const none = 1 << 20
	for _, row := range []struct {
		lo, hi      float64
		floor, ceil int64
	}{
		{3, 3, 3, 3}, {-3, -3, -3, -3}, {0, 0, 0, 0},
		{3.25, 3.75, 3, 4}, {-3.75, -3.25, -4, -3},
		{3, 3.5, 3, none}, {2.5, 3, none, 3}, {-3, -2.5, -3, none}, {-3.5, -3, none, -3},
		{2.5, 3.5, none, none}, {-0.5, 0.5, none, none}, {-0.5, 0, none, 0}, {0, 0.5, 0, none}, {-0.75, -0.25, -1, 0},
		{0x1p-70, 1 - 0x1p-53, 0, 1}, {0, 1, none, none}, {0, 1e9, none, none},
		{-infinity, infinity, none, none}, {1, infinity, none, none}, {-infinity, 1, none, none},
		{0x1p60, 0x1p60, 1 << 60, 1 << 60},
	} {
		x := span(row.lo, row.hi)
		for _, op := range []struct {
			name  string
			round func(Interval) (*big.Int, bool)
			want  int64
		}{{"floor", Floor, row.floor}, {"ceil", Ceil, row.ceil}} {
			got, ok := op.round(x)
			if ok != (op.want != none) || ok && got.Cmp(big.NewInt(op.want)) != 0 {
				t.Errorf("%s of %v = %v, %v", op.name, x, got, ok)
			}
		}
	}
	nearlyOne := New(new(big.Float).SetMantExp(one, -100), new(big.Float).SetPrec(100).Sub(one, new(big.Float).SetMantExp(one, -100)))
	if n, ok := Floor(nearlyOne); !ok || n.Sign() != 0 {
		t.Errorf("⌊[2⁻¹⁰⁰, 1 − 2⁻¹⁰⁰]⌋ = %v, %v", n, ok)
	}
	if _, ok := Floor(Interval{}); ok {
		t.Errorf("all reals have one floor")
	}
	far := New(powerOf2(1_000_000_000), powerOf2(1_000_000_001))
	if got := room(func() {
		if _, ok := Floor(far); ok {
			t.Errorf("ends 2^(10⁹) apart have one floor")
		}
	}); got > 100_000 {
		t.Errorf("floors that cannot agree took %d bytes", got)
	}
}
