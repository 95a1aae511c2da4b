package hunt

import (
	"maps"

	"github.com/trueweight/trueweight/properties"
	"github.com/trueweight/trueweight/properties/report"
)

// Evidence returns what a hunt found beside what the gate's random cases did. header says what it ran on; of before, which may be
// nil, the claims that were not hunted now are taken over if it ran on the same under the same seed.
func (r *Record) Evidence(header, before *report.Hunt, gate *properties.Evidence) *report.Hunt {
	out := *header
	out.Seed, out.Claims, out.NotHunted = r.Seed, nil, nil
	claims := map[string]report.HuntedClaim{}
	if before != nil && maps.Equal(before.Sources, out.Sources) && before.Go == out.Go && before.Processor == out.Processor && before.Seed == out.Seed {
		for _, c := range before.Claims {
			claims[c.ID] = c
		}
	}
	for _, f := range r.Found() {
		claims[f.Claim.ID] = f.evidence(Random(gate, f.Claim.ID))
	}
	for _, p := range properties.All() {
		if c, ok := claims[p.ID]; ok {
			out.Claims = append(out.Claims, c)
		} else if p.Margin == properties.NoMargin {
			out.NotHunted = append(out.NotHunted, p.ID)
		}
	}
	return &out
}

func (f *Found) evidence(random string) report.HuntedClaim {
	c := report.HuntedClaim{ID: f.Claim.ID, Cases: f.Tally.Judged(), Random: random}
	all, pool := f.Tightest()
	if all != nil {
		c.Hunted, c.Tight, c.Kind, c.Class = all.Margin.String(), all.Margin.Tight(), all.Case.Kind(), all.Case.Class()
	}
	if pool != nil {
		c.PoolValid = pool.Margin.String()
	}
	return c
}

// Random returns the tightest margin that a campaign saw of a claim; empty where it saw none, or where gate is nil.
func Random(gate *properties.Evidence, id string) string {
	if gate == nil {
		return ""
	}
	for _, c := range gate.Claims {
		if c.ID == id && c.Tightest != nil {
			return c.Tightest.Margin
		}
	}
	return ""
}
