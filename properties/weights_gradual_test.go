package properties

import (
	"errors"
	"slices"
	"testing"

	"github.com/trueweight/trueweight/properties/domain"
)

func TestGradualWeightClaimsHold(t *testing.T) {
	holdOnGenerated(t, []*Property{wtGrad, wtRead, wtPack, wtRepack}, 22)
}

func TestGradualWeightFindingsAreTight(t *testing.T) {
	boundsAreReached(t, map[*Property][]*Finding{wtRead: wtFindings[:2], wtGrad: wtFindings[2:3], wtRepack: wtFindings[3:]}, 20_000)
}

// A managed pool of 50 tokens, 49 of which fall by a wei: at the last second all of them are a wei too high.
func TestManagedWeightsMissOneBy48Wei(t *testing.T) {
	c := &domain.Gradual{EndTime: *newNum(1<<32 - 1), Now: *newNum(1<<32 - 2), StartWeights: slices.Repeat([]num{*newNum(2e16 + 1)}, 49), EndWeights: slices.Repeat([]num{*newNum(2e16)}, 50)}
	c.StartWeights = append(c.StartWeights, *newNum(2e16 - 49))
	if v := NewJudge(Enclosures).Decide(wtRead, Impl(), c); v.Finding != "F-22" || v.Excess.Int64() != 48 {
		t.Errorf("%v %s by %v", v.Outcome, v.Finding, v.Excess)
	}
	if v := NewJudge(Enclosures).Decide(wtGrad, Impl(), c); v.Outcome != Holds || !v.Margin.Tight() {
		t.Errorf("%v, margin %v", v.Outcome, v.Margin)
	}
}

// What the parts of WT-GRAD allow of a weight of 30 % that goes to 60 % in ten seconds, three seconds on.
func TestGradualWeightsAreJudgedToTheWei(t *testing.T) {
	c := &domain.Gradual{EndTime: *newNum(10), Now: *newNum(3), StartWeights: []num{*newNum(3e17), *newNum(7e17)}, EndWeights: []num{*newNum(6e17), *newNum(4e17)}}
	for _, row := range []struct {
		project, reserve uint64
		part             string
	}{
		{39e16, 61e16, ""},
		{39e16 - 1, 61e16 + 1, ""},
		{39e16 - 2, 61e16 + 2, readV3 + ": straight way"},
		{39e16 + 1, 61e16 - 1, readV3 + ": straight way"},
		{39e16 - 1, 61e16, readV3 + ": sum"},
	} {
		s := Impl()
		s.BootstrappingWeightsV3 = func(_, _, _, _, now num) (num, num, error) {
			if now != c.Now {
				return num{}, num{}, errors.New("not asked")
			}
			return *newNum(row.project), *newNum(row.reserve), nil
		}
		if v := NewJudge(Enclosures).Decide(wtGrad, s, c); v.Part != row.part {
			t.Errorf("%d, %d: %v in %q, want %q", row.project, row.reserve, v.Outcome, v.Part, row.part)
		}
	}
}
