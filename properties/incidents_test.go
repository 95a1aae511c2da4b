package properties

import (
	"slices"
	"testing"

	"github.com/trueweight/trueweight/corpus"
)

// Each incident of the corpus has a planted bug, the rule that failed, that breaks a claim on the incident's own case; the code under
// test does on that case what the entry expects. Where v2's own rule is the one that failed, the entry is known, and v3's pool with v2's rule is the bug.
func TestIncidentsAreCaught(t *testing.T) {
	caught := map[string]struct{ entry, claim, bug string }{
		"weight-normalization-half-up": {"weight-normalization-half-up-01", "WT-NORM", "each share is rounded half up"},
		"pow-zero-exponent":            {"pow-zero-exponent-01", "LE-DOM", "x⁰ = 0"},
		"zero-balance-join":            {"zero-balance-join-01", "IN-ZERO", "down passes over empty tokens"},
		"truncated-series-pow":         {"truncated-series-pow-01", "SW-IN", "the series of pow is cut, with no envelope"},
		"scaled-exact-out":             {"scaled-exact-out-03", "ST-RATE", "v3 pools scale amounts out down, as v2's do"},
		"half-up-join":                 {"half-up-join-01", "JE-ENC", "v2's amount in: half up on dust, 1.4998 wei cost 1"},
		"supply-reset":                 {"supply-reset-01", "ST-MIN", "the locked BPT can be burnt"},
		"raw-fee":                      {"raw-fee-01", "ST-RATE", "the protocol's share of a fee is rounded up, in raw units"},
		"unscaled-join":                {"unscaled-join-01", "JE-FREE", "the first join divides without scaling: 10¹⁸ − 1 BPT for nothing"},
	}
	files, err := corpus.Cases(corpus.FS, "incidents")
	if err != nil {
		t.Fatal(err)
	}
	kept, err := KeptCases()
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		c, ok := caught[file.Name]
		if !ok {
			t.Errorf("no planted bug is named for the incident %s", file.Name)
			continue
		}
		i := slices.IndexFunc(kept, func(k Kept) bool { return k.ID == c.entry })
		n := slices.IndexFunc(Planted(), func(p Plant) bool { return p.Claim == c.claim && p.Bug == c.bug })
		if i < 0 || n < 0 {
			t.Errorf("%s: entry %s is %d, bug %q of %s is %d", file.Name, c.entry, i, c.bug, c.claim, n)
			continue
		}
		p, err := ByID(c.claim)
		if err != nil {
			t.Fatal(err)
		}
		v := NewJudge(Enclosures).Decide(p, Planted()[n].Into(Impl()), kept[i].Case)
		if v.Outcome != Violated {
			t.Errorf("%s: %s with %q planted %v", file.Name, c.claim, c.bug, v.Outcome)
		}
		t.Logf("%s: %s, got %s, want %s", file.Name, c.claim, v.Got, v.Want)
	}
}
