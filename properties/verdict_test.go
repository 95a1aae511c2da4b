package properties

import (
	"math"
	"math/big"
	"slices"
	"testing"

	"github.com/trueweight/trueweight/impl/revert"
)

func TestAMarginReadsBackAsWritten(t *testing.T) {
	for _, m := range []Margin{{}, slackOf(big.NewInt(0)), slackOf(big.NewInt(-3)), slackOf(new(big.Int).Lsh(big.NewInt(1), 300)), ratioMargin(0), ratioMargin(990_000_000), ratioMargin(1e9), ratioMargin(math.MaxUint64)} {
		read, err := ParseMargin(m.String())
		if err != nil || read.String() != m.String() || read.Closer(m) || m.Closer(read) {
			t.Errorf("%q reads back as %q, %v", m, read, err)
		}
	}
	for _, text := range []string{"17", "wei", " wei", "1.5 wei", "01 wei", "+1 wei", "<nil> wei", "0.5", "0.9900000000", "-0.990000000", "1e9", "00.990000000"} {
		m, err := ParseMargin(text)
		if err == nil {
			t.Errorf("%q reads as %q", text, m)
			continue
		}
		if want := "found the margin \"" + text + "\": want whole wei such as \"17 wei\", or a share such as \"0.990000000\""; err.Error() != want {
			t.Errorf("%q is refused with\n%v, want\n%s", text, err, want)
		}
	}
}

func TestAMarginIsWrittenWithItsUnit(t *testing.T) {
	for _, c := range []struct {
		margin Margin
		text   string
	}{
		{Margin{}, ""},
		{slackOf(big.NewInt(0)), "0 wei"},
		{slackOf(big.NewInt(-17)), "-17 wei"},
		{ratioMargin(0), "0.000000000"},
		{ratioMargin(1), "0.000000001"},
		{ratioMargin(990_000_000), "0.990000000"},
		{ratioMargin(1e9), "1.000000000"},
		{ratioMargin(math.MaxUint64), "18446744073.709551615"},
	} {
		if got := c.margin.String(); got != c.text {
			t.Errorf("%+v is written %q, want %q", c.margin, got, c.text)
		}
	}
}

// Each list is in order, the closest first; members of one group are equally close.
func TestMarginsAreOrderedByHowCloseTheyCome(t *testing.T) {
	slack := func(wei int64) Margin { return slackOf(big.NewInt(wei)) }
	for _, order := range [][]Margin{
		{slack(-2), slack(-1), slack(0), slack(1), slack(17), {}},
		{ratioMargin(1e9), ratioMargin(990_000_000), ratioMargin(2), ratioMargin(1), ratioMargin(0), {}},
	} {
		for i, m := range order {
			for k, n := range order {
				if m.Closer(n) != (i < k) {
					t.Errorf("%q closer than %q: %v", m, n, m.Closer(n))
				}
			}
		}
	}
}

func TestAMarginIsTightAtNoSlackAndFromNinetyNineHundredthsOn(t *testing.T) {
	for _, c := range []struct {
		margin Margin
		tight  bool
	}{
		{Margin{}, false},
		{slackOf(big.NewInt(0)), true}, {slackOf(big.NewInt(1)), false}, {slackOf(big.NewInt(-1)), false},
		{ratioMargin(989_999_999), false}, {ratioMargin(990_000_000), true}, {ratioMargin(1e9), true}, {ratioMargin(0), false},
	} {
		if c.margin.Tight() != c.tight {
			t.Errorf("%q tight: %v", c.margin, c.margin.Tight())
		}
	}
}

func TestOutcomesAndMarginKindsHaveTheirNames(t *testing.T) {
	var names []string
	for _, o := range []Outcome{Holds, Violated, Vacuous, Undecided, Known} {
		names = append(names, o.String())
	}
	for _, k := range []MarginKind{NoMargin, Slack, Ratio} {
		names = append(names, k.String())
	}
	if want := []string{"holds", "violated", "vacuous", "undecided", "known", "none", "slack", "ratio"}; !slices.Equal(names, want) {
		t.Errorf("%q, want %q", names, want)
	}
}

func TestShortVerdictsSayWhatTheyAreCalled(t *testing.T) {
	for _, c := range []struct {
		name      string
		got, want Verdict
	}{
		{"holds", holds(), Verdict{Outcome: Holds}},
		{"vacuous", vacuous(revert.ErrZeroDivision), Verdict{Outcome: Vacuous, Failure: failureLabel(revert.ErrZeroDivision)}},
		{"violated", violated("amount", "3", "4"), Verdict{Outcome: Violated, Part: "amount", Got: "3", Want: "4"}},
		{"undecided", undecided("amount"), Verdict{Outcome: Undecided, Part: "amount"}},
	} {
		if c.got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, c.got, c.want)
		}
	}
}

func TestTheWorstPartOfAClaimIsItsVerdict(t *testing.T) {
	slack := func(wei int64) Margin { return slackOf(big.NewInt(wei)) }
	part := func(o Outcome, m Margin, name string) Verdict { return Verdict{Outcome: o, Margin: m, Part: name} }
	ranks := []Outcome{Vacuous, Holds, Known, Undecided, Violated}
	for i, less := range ranks {
		for _, more := range ranks[i+1:] {
			// the outcome decides, whichever part comes first and whatever its margin
			a, b := part(less, slack(0), "less"), part(more, Margin{}, "more")
			if v := worst(a, b); v != b {
				t.Errorf("worst of %v and %v is %v", less, more, v.Outcome)
			}
			if v := worst(b, a); v != b {
				t.Errorf("worst of %v and %v is %v", more, less, v.Outcome)
			}
		}
		if v := worst(part(less, slack(5), "first"), part(less, slack(4), "closer"), part(less, slack(4), "last")); v.Part != "closer" {
			t.Errorf("of equal outcomes %v the part %q is taken, not the first of the closest", less, v.Part)
		}
		if v := worst(part(less, Margin{}, "first"), part(less, Margin{}, "second"), part(less, slack(9), "last")); v.Part != "last" {
			t.Errorf("of equal outcomes %v the part %q is taken, not the one that has a margin", less, v.Part)
		}
		if v := worst(part(less, slack(4), "alone")); v.Part != "alone" {
			t.Errorf("the only part is not the worst: %+v", v)
		}
	}
}
