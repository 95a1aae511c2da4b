package properties

import (
	"context"
	"encoding/json"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestAMarginFallsIntoTheBinThatHoldsIt(t *testing.T) {
	for _, tc := range []struct {
		margin Margin
		bin    int
	}{
		{ratioMargin(0), 0}, {ratioMargin(1), 0}, {ratioMargin(50_000_000), 0}, {ratioMargin(50_000_001), 1},
		{ratioMargin(950_000_000), 18}, {ratioMargin(950_000_001), 19}, {ratioMargin(1_000_000_000), RatioBins - 1},
		{slackOf(big.NewInt(0)), 0}, {slackOf(big.NewInt(1)), 1}, {slackOf(big.NewInt(2)), 2}, {slackOf(big.NewInt(3)), 2},
		{slackOf(big.NewInt(4)), 3}, {slackOf(new(big.Int).Lsh(big.NewInt(1), 255)), 256},
	} {
		if got := tc.margin.bin(); got != tc.bin {
			t.Errorf("%v falls into bin %d, want %d", tc.margin, got, tc.bin)
		}
	}
}

// In whatever parts margins are counted, the histogram of all is the same.
func TestMergedHistogramsAreTheHistogramOfAll(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		margins := rapid.SliceOf(rapid.Map(rapid.Uint64Range(0, 1e9), ratioMargin)).Draw(t, "margins")
		cut := rapid.IntRange(0, len(margins)).Draw(t, "cut")
		count := func(margins []Margin) *ClaimEvidence {
			e := newClaimEvidence("X")
			for _, m := range margins {
				e.countMargin(m)
			}
			return e
		}
		all, first, second := count(margins), count(margins[:cut]), count(margins[cut:])
		second.merge(first)
		if first.merge(count(margins[cut:])); first.Margins == nil != (all.Margins == nil) || second.Margins == nil != (all.Margins == nil) {
			t.Fatalf("of %d margins: %v and %v, want %v", len(margins), first.Margins, second.Margins, all.Margins)
		}
		if all.Margins != nil && (!slices.Equal(first.Margins.Counts, all.Margins.Counts) || !slices.Equal(second.Margins.Counts, all.Margins.Counts)) {
			t.Errorf("%v and %v, want %v", first.Margins.Counts, second.Margins.Counts, all.Margins.Counts)
		}
	})
}

func TestACampaignCountsAMarginForEachCaseThatHoldsOnAnyNumberOfWorkers(t *testing.T) {
	claims, err := Select("SW-OUT", "SW-LOSS", "FP-MUL")
	if err != nil {
		t.Fatal(err)
	}
	var first []byte
	for _, workers := range []int{1, 3} {
		e := (&Campaign{Subject: Impl(), Claims: claims, Seed: 3, Cases: 300, Workers: workers}).Run(context.Background()).Evidence
		for _, c := range e.Claims {
			p, _ := ByID(c.ID)
			if p.Margin == NoMargin {
				if c.Margins != nil {
					t.Errorf("%s has margins and should have none", c.ID)
				}
				continue
			}
			var n uint64
			for _, count := range c.Margins.Counts {
				n += count
			}
			if n != c.Holds || c.Margins.Kind != p.Margin.String() || c.Margins.Counts[len(c.Margins.Counts)-1] == 0 {
				t.Errorf("%s holds on %d cases; %d margins, %+v", c.ID, c.Holds, n, c.Margins)
			}
		}
		data, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = data
		} else if string(first) != string(data) {
			t.Errorf("%d workers make other evidence than 1", workers)
		}
	}
}
