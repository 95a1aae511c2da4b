package report

import (
	"context"
	"strings"
	"testing"

	"github.com/trueweight/trueweight/properties"
)

func evidence(t *testing.T, ids ...string) *properties.Evidence {
	t.Helper()
	claims, err := properties.Select(ids...)
	if err != nil {
		t.Fatal(err)
	}
	c := properties.Campaign{Subject: properties.Impl(), Claims: claims, Seed: 1, Cases: 400}
	return c.Run(context.Background()).Evidence
}

// document is evidence with made-up sources, and no records.
func document(e *properties.Evidence) *Document {
	return &Document{Evidence: e, Sources: sampleMutation().Sources, Go: "1.26"}
}

func TestEvidenceSurvivesItsFile(t *testing.T) {
	e := evidence(t, "SW-OUT", "FP-GAP")
	data, err := Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	again, err := Unmarshal(data)
	if err != nil {
		t.Fatal(err)
	}
	a, err := Render(document(e))
	if err != nil {
		t.Fatal(err)
	}
	b, err := Render(document(again))
	if err != nil {
		t.Fatal(err)
	}
	if string(a) != string(b) {
		t.Error("the report of evidence and of the file it was written to differ")
	}
}

func TestTheReportSaysWhatTheEvidenceSays(t *testing.T) {
	e := evidence(t, "SW-OUT")
	page, err := Render(document(e))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"**No claim is violated.** 1 claims",
		"| [SW-OUT](#sw-out) | A swap never pays more than the exact amount. | tested | " + count(e.Claims[0].Judged()) + " |",
		"| SW | swaps | 1 | " + count(e.Claims[0].Judged()) + " |",
		"with Go 1.26 (go.mod) and seed 1", "| impl | the code under verification | `0f` |",
		"### SW-OUT", "T, the exact value: bₒ·(1 − ", "closest case (0 wei): `{\"kind\":\"swap-in\"",
		"This is seed 1.",
	} {
		if !strings.Contains(string(page), want) {
			t.Errorf("the report does not say %q", want)
		}
	}
	e.Claims[0].Violated = 3
	if page, err = Render(document(e)); err != nil || !strings.Contains(string(page), "**3 verdicts are violations and 0 are undecided.**") {
		t.Errorf("a violation is not in the first paragraph (%v)", err)
	}
}

func TestBrokenEvidenceIsRefused(t *testing.T) {
	for data, want := range map[string]string{
		``:                    "not a file of evidence",
		`{"subject":1}`:       "not a file of evidence",
		`{"subjects":"impl"}`: "unknown field",
		`{"claims":[null]}`:   "a claim lacks its tally",
		`{"claims":[{"id":"XX-NO","poolValid":{}}]}`: `no claim has the ID "XX-NO"`,
	} {
		if _, err := Unmarshal([]byte(data)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", data, err, want)
		}
	}
}

func TestCountSeparatesThousands(t *testing.T) {
	for n, want := range map[uint64]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567"} {
		if got := count(n); got != want {
			t.Errorf("count(%d) = %s, want %s", n, got, want)
		}
	}
}
