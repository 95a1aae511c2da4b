package properties

import (
	"fmt"
	"math/big"
	"slices"
	"testing"

	"github.com/trueweight/trueweight/properties/domain"
)

func TestFindingsAreNumberedInOrderWithoutGaps(t *testing.T) {
	for i, f := range Findings() {
		if want := fmt.Sprintf("F-%02d", i+1); f.ID != want {
			t.Errorf("finding %d is %s, want %s", i+1, f.ID, want)
		}
	}
	if n := len(Findings()); n != 28 {
		t.Errorf("%d findings are listed, want all 28", n)
	}
}

func TestASeverityIsKnownByItsFirstWord(t *testing.T) {
	for text, want := range map[string]string{
		"high": "high", "low: a wei": "low", "medium; none": "medium", "critical, at once": "critical", "low :": "low", "": "",
	} {
		f := Finding{Severity: text, Difficulty: "hard, " + text}
		if f.Level() != want || f.Hardness() != "hard" {
			t.Errorf("%q is of level %q, want %q; and of difficulty %q", text, f.Level(), want, f.Hardness())
		}
		if f = (Finding{Difficulty: text}); f.Hardness() != want {
			t.Errorf("%q is of difficulty %q, want %q", text, f.Hardness(), want)
		}
	}
	if want := []string{"critical", "high", "medium", "low", "informational"}; !slices.Equal(Levels(), want) {
		t.Errorf("levels %q, want %q", Levels(), want)
	}
}

// withFindings makes a list all findings there are, for one test.
func withFindings(t *testing.T, list ...*Finding) {
	t.Helper()
	before := findings
	t.Cleanup(func() { findings = before })
	findings = list
}

func TestAFindingCoversExactlyItsClaimPartConditionAndBound(t *testing.T) {
	whole, step := big.NewInt(7), big.NewInt(8) // excesses up to these are within the bounds
	at := func(holds bool) *Finding {
		return &Finding{Claims: []string{"SW-OUT", "SW-IN"}, Part: "amount",
			holds: func(*Subject, domain.Case) bool { return holds }, bound: func(domain.Case) *big.Int { return whole },
			holdsAt: func(*moment) bool { return holds }, boundAt: func(*moment) *big.Int { return step },
		}
	}
	never, always, onCases, onSteps := at(false), at(true), at(true), at(true)
	onCases.holdsAt, onCases.boundAt = nil, nil
	onSteps.holds, onSteps.bound = nil, nil
	other := at(true)
	other.Claims, other.Part = []string{"LE-DOM"}, "something else"
	swap := domain.At(1, domain.KindSwapIn, 0)
	violation := func(part string, excess int64) Verdict {
		return Verdict{Outcome: Violated, Part: part, Excess: big.NewInt(excess)}
	}
	for _, c := range []struct {
		name       string
		list       []*Finding
		claim      *Property
		v          Verdict
		case_, one *Finding // what covers it as a case, and as a step
	}{
		{"inside", []*Finding{other, always}, swOut, violation("amount", 1), always, always},
		{"the second of its claims", []*Finding{always, other}, swIn, violation("amount", 1), always, always},
		{"at the bound of a case", []*Finding{always}, swOut, violation("amount", 7), always, always},
		{"above it, at that of a step", []*Finding{always}, swOut, violation("amount", 8), nil, always},
		{"above both", []*Finding{always}, swOut, violation("amount", 9), nil, nil},
		{"outside the condition", []*Finding{never}, swOut, violation("amount", 1), nil, nil},
		{"another claim", []*Finding{always}, leDom, violation("amount", 1), nil, nil},
		{"another part", []*Finding{always}, swOut, violation("balance", 1), nil, nil},
		{"no distance", []*Finding{always}, swOut, Verdict{Outcome: Violated, Part: "amount"}, nil, nil},
		{"about cases only", []*Finding{onCases}, swOut, violation("amount", 1), onCases, nil},
		{"about steps only", []*Finding{onSteps}, swOut, violation("amount", 1), nil, onSteps},
		{"the first of two", []*Finding{never, always, at(true)}, swOut, violation("amount", 1), always, always},
		{"the first and the last", []*Finding{always, at(true)}, swOut, violation("amount", 1), always, always},
		{"none", nil, swOut, violation("amount", 1), nil, nil},
	} {
		withFindings(t, c.list...)
		if got := findingFor(c.claim, Impl(), swap, c.v); got != c.case_ {
			t.Errorf("%s: a case is covered by %+v", c.name, got)
		}
		if got := findingAt(c.claim, &moment{}, c.v); got != c.one {
			t.Errorf("%s: a step is covered by %+v", c.name, got)
		}
	}
}
