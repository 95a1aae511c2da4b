package report

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/trueweight/trueweight/properties"
	"github.com/trueweight/trueweight/properties/domain"
)

// everything is a document with every claim, and records of everything, all made up but for the claims themselves.
func everything() *Document {
	e := &properties.Evidence{Subject: "impl", Model: "enclosures", Seed: 1, Cases: map[domain.Kind]uint64{}}
	for i, p := range properties.All() {
		c := &properties.ClaimEvidence{ID: p.ID, Tally: properties.Tally{Holds: 1000 + uint64(i), Vacuous: 10}, PoolValid: &properties.Tally{Holds: 500},
			Classes: map[string]*properties.Tally{}, Failures: map[string]uint64{"BAL#001 | Panic(0x11)": 7}}
		for _, k := range p.Kinds {
			e.Cases[k] = 1000
			for _, class := range domain.Classes(k)[1:] { // nothing of the first
				c.Classes[string(k)+"/"+class] = &properties.Tally{Holds: 60 + uint64(i)}
			}
		}
		switch p.Margin {
		case properties.Slack:
			c.Tightest, c.Margins = &properties.Tightest{Margin: "0 wei", Tight: true, Kind: p.Kinds[0], Index: 3}, &properties.Margins{Kind: "slack", Counts: []uint64{5, 0, 900}}
		case properties.Ratio:
			c.Tightest, c.Margins = &properties.Tightest{Margin: "0.500000000", Kind: p.Kinds[0], Index: 4}, &properties.Margins{Kind: "ratio", Counts: []uint64{900, 0, 3}}
		}
		e.Claims = append(e.Claims, c)
	}
	d := document(e)
	d.Mutation = sampleMutation()
	d.Hunt = &Hunt{Sources: map[string]string{"impl": "another", "reference": "another", "properties": "another"}, Go: "go1.26", Processor: "a processor", Seed: 9, NotHunted: []string{"FP-MUL"},
		Claims: []HuntedClaim{{ID: "SW-OUT", Cases: 10_000_000, Random: "12 wei", Hunted: "0 wei", Tight: true, Kind: "swap-in", Class: "dust"}}}
	return d
}

func rendered(t *testing.T, d *Document) string {
	t.Helper()
	page, err := Render(d)
	if err != nil {
		t.Fatal(err)
	}
	return string(page)
}

func sections(page string) (names []string) {
	for line := range strings.Lines(page) {
		if name, ok := strings.CutPrefix(line, "## "); ok {
			names = append(names, strings.TrimSpace(name))
		}
	}
	return names
}

func TestSectionsComeInTheOrderInWhichAnAuditorReads(t *testing.T) {
	want := []string{
		"Scope", "Verdicts by family", "Findings", "Errors and margins", "Coverage: judged cases by class", "Kill matrix: which claims notice which bugs",
		"Hunts: the closest calls", "The claims: proven, tested or inherited", "Assumptions", "Not covered", "How to see each number again", "Appendix: the claims in full",
	}
	page := rendered(t, everything())
	if got := sections(page); !slices.Equal(got, want) {
		t.Errorf("sections %q, want %q", got, want)
	}
	if first := strings.Index(page, "**No claim is violated.**"); first < 0 || first > strings.Index(page, "## ") {
		t.Error("the verdict is not the first paragraph")
	}
}

// What a claim is worth is told of each: what is missed without it, or who covers it.
func TestThePageSaysWhatIsNoticedAndWhatWouldBeMissedWithoutAClaim(t *testing.T) {
	page := rendered(t, everything())
	for _, want := range []string{
		"Of 118 bugs put into the code under verification one at a time, 112 are noticed (2 of them by the tests of their package alone), 5 can't be told from the original by any input, and one escapes.\n",
		"| BX-POOL | 110 | 22 | 0 | SW-OUT, IN-ENC, FE-PROT |\n",
		"| IN-ENC | 40 | 0 | 4 | BX-POOL |\n",
		"Never the first: SW-ZERO.",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
}

func TestWhatIsNotRecordedIsNotShown(t *testing.T) {
	d := everything()
	d.Mutation, d.Hunt = nil, nil
	page := rendered(t, d)
	for _, text := range []string{"Kill matrix", "Hunts:", "mutation.svg", "mutate`", "hunt`"} {
		if strings.Contains(page, text) {
			t.Errorf("the report shows %q, and nothing is recorded", text)
		}
	}
}

func TestEveryClaimAppearsOnce(t *testing.T) {
	page := rendered(t, everything())
	table := page[strings.Index(page, "## The claims"):strings.Index(page, "## Assumptions")]
	appendix := page[strings.Index(page, "## Appendix"):]
	for _, p := range properties.All() {
		rows, texts := strings.Count(table, "\n| ["+p.ID+"](")+strings.Count(table, "\n| "+p.ID+" |"), strings.Count(appendix, "\n### "+p.ID+"\n")
		want := 1
		if operation, _, _ := strings.Cut(p.Claim, " "); p.ID == "BX-"+strings.ToUpper(operation) {
			want = 0 // a line in the table of operations says all
		}
		if rows != 1 || texts != want {
			t.Errorf("%s: %d lines in tables, want 1; %d times in full, want %d", p.ID, rows, texts, want)
		}
	}
}

func TestEveryFindingHasEachLine(t *testing.T) {
	page := rendered(t, everything())
	_, page, _ = strings.Cut(page, "\n## Findings\n")
	page, _, _ = strings.Cut(page, "\n## ")
	for _, f := range properties.Findings() {
		if n := strings.Count(page, fmt.Sprintf("| [%s](#%s) · ", f.ID, strings.ToLower(f.ID))); n != 1 {
			t.Errorf("%s: %d lines in the table of findings", f.ID, n)
		}
		_, text, ok := strings.Cut(page, fmt.Sprintf("\n### <a id=\"%s\"></a>%s · ", strings.ToLower(f.ID), f.ID))
		if !ok {
			t.Errorf("%s is not written out", f.ID)
			continue
		}
		text, _, _ = strings.Cut(text, "\n### ")
		for _, line := range []string{"severity", "difficulty", "claims", "exactly when", "by at most", "scenario", "recommendation", "pool-valid"} {
			if n := strings.Count(text, "\n- "+line+": "); n != 1 {
				t.Errorf("%s: %d lines %q, want 1", f.ID, n, line)
			}
		}
		cases, replays := strings.Count(text, "\n- case "), strings.Count(text, "\n  - replay: `go run ./properties/cmd/trueweight replay -entry ")
		if cases == 0 || cases != replays {
			t.Errorf("%s: %d cases and %d commands to replay them", f.ID, cases, replays)
		}
	}
}

func TestFindingsAreListedByTheirSeverity(t *testing.T) {
	page := rendered(t, everything())
	last := -1
	for line := range strings.Lines(page) {
		for rank, level := range properties.Levels() {
			if strings.HasPrefix(line, "| "+level+" |") {
				if rank < last {
					t.Errorf("out of order: %s", line)
				}
				last = rank
			}
		}
	}
	if last < 0 {
		t.Error("no finding is listed")
	}
}

func TestEmptyCellsNameTheirClaims(t *testing.T) {
	page := rendered(t, everything())
	if row := "| typical | 0 | **none** | "; !strings.Contains(page, row) {
		t.Errorf("no line %q", row)
	}
	d := everything()
	for _, c := range d.Evidence.Claims {
		if c.ID == "SW-IN" {
			delete(c.Classes, "swap-out/dust")
		}
	}
	before, after := rendered(t, everything()), rendered(t, d)
	if !strings.Contains(after, "| SW-IN |\n") {
		t.Error("a class of which one claim says nothing does not name it")
	}
	judges := func(p *properties.Property) bool { return slices.Contains(p.Kinds, domain.KindSwapOut) }
	claims, classes := len(slices.DeleteFunc(properties.All(), func(p *properties.Property) bool { return !judges(p) })), len(domain.Classes(domain.KindSwapOut))
	for page, empty := range map[string]int{before: claims, after: claims + 1} { // nothing of the first class
		if want := fmt.Sprintf("swap-out: %d classes, %d claims, %d of %d cells empty<", classes, claims, empty, claims*classes); !strings.Contains(page, want) {
			t.Errorf("no heading %q", want)
		}
	}
}

func TestRecordsOfOtherCodeSaySo(t *testing.T) {
	page := rendered(t, everything())
	for _, want := range []string{
		"every claim is asked. Measured on this code.", "**Measured on earlier code**: impl, reference, properties changed since.",
		"| impl | 120 | 112 | 5 | 1 | 2 | 90 of 118 | 110 of 118 | 71 of 118 |", `both sides are equal \| nobody can tell`,
		"| SW-OUT | 10,000,000 | 12 wei | 0 wei ● | swap-in/dust |", "Not hunted, for want of a margin: FP-MUL.", "they kill: BX 110 of 118, IN 40 of 60, SW 55 of 80, tests 2 of 8.",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the report does not say %q", want)
		}
	}
}

func TestEveryFamilyHasAName(t *testing.T) {
	for _, f := range properties.Families() {
		if familyNames[f] == "" {
			t.Errorf("family %s has no name in reports", f)
		}
	}
}

func TestTheClosestMarginIsTheClosest(t *testing.T) {
	for _, tc := range []struct {
		kind         properties.MarginKind
		close, loose string
	}{
		{properties.Slack, "0 wei", "1 wei"}, {properties.Slack, "9 wei", "10 wei"}, {properties.Slack, "123 wei", "124 wei"},
		{properties.Ratio, "1.000000000", "0.999999999"}, {properties.Ratio, "0.100000000", "0.099999999"},
	} {
		if !closer(tc.kind, tc.close, tc.loose) || closer(tc.kind, tc.loose, tc.close) || closer(tc.kind, tc.close, tc.close) {
			t.Errorf("%s is closer than %s, and not the other way", tc.close, tc.loose)
		}
	}
}
