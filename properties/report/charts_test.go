package report

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/trueweight/trueweight/properties"
)

// elements counts the elements of an SVG, which must be well-formed and draw nothing outside its own field.
func elements(t *testing.T, svg []byte) map[string]int {
	t.Helper()
	seen := map[string]int{}
	for d := xml.NewDecoder(strings.NewReader(string(svg))); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return seen
		}
		if err != nil {
			t.Fatal(err)
		}
		if e, ok := token.(xml.StartElement); ok {
			seen[e.Name.Local]++
			for _, a := range e.Attr {
				if (a.Name.Local == "width" || a.Name.Local == "height") && strings.HasPrefix(a.Value, "-") {
					t.Errorf("<%s %s=%q>", e.Name.Local, a.Name.Local, a.Value)
				}
			}
		}
	}
}

func TestThePowChartHasACellForEachCellInBothPanels(t *testing.T) {
	p, err := properties.MeasurePow(properties.Impl())
	if err != nil {
		t.Fatal(err)
	}
	data, err := MarshalPowErrors(p)
	if err != nil {
		t.Fatal(err)
	}
	again, err := UnmarshalPowErrors(data)
	if err != nil {
		t.Fatal(err)
	}
	svg, err := PowChart(again)
	if err != nil {
		t.Fatal(err)
	}
	// for each panel besides its cells: ten shades, the ground, the outline; and the chart's own ground
	if got, want := elements(t, svg)["rect"], 2*(len(p.Cells)+12)+1; got != want {
		t.Errorf("%d rectangles, want %d", got, want)
	}
	if len(p.Bases) != 70 || len(p.Exponents) != 24 {
		t.Errorf("the chart names the edges of a grid of 70 by 24; it is %d by %d", len(p.Bases), len(p.Exponents))
	}
}

func TestBrokenErrorsOfPowAreNoChart(t *testing.T) {
	for data, want := range map[string]string{
		``:                                    "not the errors of pow",
		`{"cells":[]}`:                        "no cells",
		`{"cells":[{"base":0,"exponent":0}]}`: "is not on the grid",
		`{"bases":[{}],"exponents":[{}],"cells":[{"base":0,"exponent":-1}]}`:                     "is not on the grid",
		`{"bases":[{}],"exponents":[{}],"cells":[{"base":0,"exponent":0}],"colour":"not asked"}`: "unknown field",
	} {
		if _, err := UnmarshalPowErrors([]byte(data)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", data, err, want)
		}
	}
}

func TestTheMarginsChartHasAStripForEachClaimWithMargins(t *testing.T) {
	e := everything().Evidence
	svg, err := MarginsChart(e)
	if err != nil {
		t.Fatal(err)
	}
	elements(t, svg)
	for _, c := range e.Claims {
		want := 0
		if c.Margins != nil {
			want = 1
		}
		if got := strings.Count(string(svg), ">"+c.ID+"<"); got != want {
			t.Errorf("%s: %d strips, want %d", c.ID, got, want)
		}
	}
	// made-up slacks of 0 wei are at the end of the axis, ratios end at 0.15
	slacks := strings.Count(string(svg), "#d55e00")
	for _, c := range e.Claims {
		if c.Margins != nil && c.Margins.Kind == "slack" {
			slacks--
		}
	}
	if slacks != 0 {
		t.Errorf("%d bars more than slacks of 0 are marked as the closest", slacks)
	}
	if svg, err := MarginsChart(&properties.Evidence{}); svg != nil || err != nil {
		t.Errorf("a chart of no margins: %v", err)
	}
}

func TestTheKillChartCountsByPartAndByOperator(t *testing.T) {
	svg, err := KillChart(sampleMutation())
	if err != nil {
		t.Fatal(err)
	}
	elements(t, svg)
	for _, want := range []string{"impl, by part: 120 mutants, 112 killed, 1 survive, 5 are equivalent", ">impl/fixedpoint<", ">comparison &lt; for ≤<", ">49<", ">68<", ">50<"} {
		if !strings.Contains(string(svg), want) {
			t.Errorf("the chart does not say %q", want)
		}
	}
	if strings.Contains(string(svg), ">EC<") {
		t.Error("a family that was not asked has a column")
	}
}

func TestSumsOfRowsAreThoseOfTheirParts(t *testing.T) {
	rows := sampleMutation().Targets[0].Matrix
	sums, order := summed(rows, func(r MutationRow) string { return r.Operator })
	if len(order) != 3 || order[0] != "rounding turned" {
		t.Errorf("order %q", order)
	}
	if s := sums["rounding turned"]; s.Mutants != 70 || s.KilledBy["BX"] != 68 || s.KilledBy["SW"] != 50 {
		t.Errorf("%+v", s)
	}
	if rows[0].KilledBy["BX"] != 30 {
		t.Error("summing changed the record")
	}
}

func TestShadesGoFromLightToDark(t *testing.T) {
	if shade(0) != "#fff7d9" || shade(1e9) != "#2d0846" || shade(2e9) != shade(1e9) {
		t.Errorf("%s, %s, %s", shade(0), shade(1e9), shade(2e9))
	}
	if byFactors(1e9) != 1e9 || byFactors(1000) != 0 || byFactors(0) != 0 || byFactors(1e6) <= 4e8 || byFactors(1e6) >= 6e8 {
		t.Errorf("%d, %d, %d, %d", byFactors(1e9), byFactors(1000), byFactors(0), byFactors(1e6))
	}
}

func TestDoublingsAreBetweenPowersOfTwo(t *testing.T) {
	for n, want := range map[uint64]uint64{0: 0, 1: 0, 2: 16, 3: 24, 4: 32, 1 << 40: 640, 3 << 40: 664} {
		if got := doublings(n); got != want {
			t.Errorf("doublings(%d) = %d, want %d", n, got, want)
		}
	}
}
