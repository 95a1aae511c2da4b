package report

import (
	"encoding/xml"
	"errors"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/trueweight/trueweight/properties"
)

func convergence(t *testing.T) *properties.Convergence {
	t.Helper()
	c, err := properties.Converge(properties.Impl())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestTheChartOfSharesIsTheCommittedOne(t *testing.T) {
	data, err := MarshalConvergence(convergence(t))
	if err != nil {
		t.Fatal(err)
	}
	c, err := UnmarshalConvergence(data)
	if err != nil {
		t.Fatal(err)
	}
	svg, err := Chart(c)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string][]byte{"shares.json": data, "shares.svg": svg} {
		got, err := os.ReadFile("../evidence/" + name)
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != string(want) {
			t.Errorf("properties/evidence/%s is not what comes out; make report writes it again", name)
		}
	}
}

func TestTheChartIsWellFormedAndHasALineAndABandForEveryToken(t *testing.T) {
	c := convergence(t)
	svg, err := Chart(c)
	if err != nil {
		t.Fatal(err)
	}
	for d := xml.NewDecoder(strings.NewReader(string(svg))); ; {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	for element, want := range map[string]int{"<polyline": 8, `fill-opacity="0.3"`: 8, "<g ": 2} {
		if got := strings.Count(string(svg), element); got != want {
			t.Errorf("%d of %s, want %d", got, element, want)
		}
	}
}

func TestSharesEndInsideTheBandOfTheirWeight(t *testing.T) {
	for _, p := range convergence(t).Panels {
		last := p.Points[len(p.Points)-1]
		for token, share := range last.Shares {
			if band := p.Bands[token]; share < band[0] || share > band[1] {
				t.Errorf("swap fee %s, token %d: share %d outside of %d", percent(p.SwapFee), token, share, band)
			}
		}
	}
}

func TestBrokenDataIsNoChart(t *testing.T) {
	for data, want := range map[string]string{
		``:                "not the data of a chart",
		`{"weights":[1]}`: "no panel",
		`{"weights":[1],"panels":[{"bands":[],"points":[]}]}`:                                  "lacks bands or points",
		`{"weights":[1],"panels":[{"bands":[[0,1]],"points":[{"shares":[]},{"shares":[1]}]}]}`: "lacks shares",
		`{"colour":1}`: "unknown field",
	} {
		if _, err := UnmarshalConvergence([]byte(data)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", data, err, want)
		}
	}
}

func TestPercentWritesTheDecimalsThereAre(t *testing.T) {
	for billionths, want := range map[uint64]string{0: "0 %", 10_000_000: "1 %", 400_000_000: "40 %", 1: "0.0000001 %", 1_000_000_000: "100 %"} {
		if got := percent(billionths); got != want {
			t.Errorf("percent(%d) = %s, want %s", billionths, got, want)
		}
	}
}
