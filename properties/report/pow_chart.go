package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/trueweight/trueweight/properties"
)

// MarshalPowErrors writes the data of the chart of pow's errors as indented JSON.
func MarshalPowErrors(p *properties.PowErrors) ([]byte, error) {
	data, err := json.MarshalIndent(p, "", "  ")
	return append(data, '\n'), err
}

// UnmarshalPowErrors reads what MarshalPowErrors wrote, and nothing else.
func UnmarshalPowErrors(data []byte) (*properties.PowErrors, error) {
	var p properties.PowErrors
	if err := readExactly(data, &p); err != nil {
		return nil, fmt.Errorf("not the errors of pow: %w", err)
	}
	if len(p.Cells) == 0 {
		return nil, errors.New("not the errors of pow: no cells")
	}
	for _, c := range p.Cells {
		if c.Base < 0 || c.Base >= len(p.Bases) || c.Exponent < 0 || c.Exponent >= len(p.Exponents) {
			return nil, fmt.Errorf("not the errors of pow: cell (%d, %d) is not on the grid", c.Base, c.Exponent)
		}
	}
	return &p, nil
}

// The measures of the chart of pow's errors, in pixels. The grid is that of properties.MeasurePow.
const (
	powCell            = 12
	powLeft, powMargin = 96, 28
)

// Edges of the grid that the chart names: columns and rows are counted from their lower end.
var (
	powBaseEdges = []struct {
		at     int
		anchor string
		text   string
	}{
		{0, "middle", "10⁻¹⁸"}, {6, "middle", "10⁻¹²"}, {12, "middle", "10⁻⁶"}, {17, "end", "0.1"}, {18, "start", "0.9"}, {23, "middle", "1−10⁻⁶"}, {29, "middle", "1−10⁻¹²"},
		{35, "middle", "1"}, {41, "middle", "1+10⁻¹²"}, {47, "middle", "1+10⁻⁶"}, {52, "end", "1.1"}, {53, "start", "10"}, {58, "middle", "10⁶"}, {64, "middle", "10¹²"}, {70, "middle", "10¹⁸"},
	}
	powExponentEdges = []struct {
		at   int
		text string
	}{{1, "0.01"}, {3, "1"}, {5, "100"}, {9, "10⁶"}, {15, "10¹²"}, {21, "10¹⁸"}}
)

type powDrawing struct {
	frame
	Panels []powPanel
}

type powPanel struct {
	Title, Axis, Up label
	Ground, Trades  box
	Cells           []box
	Scale           scale
	Ticks           []label
}

// PowChart draws the errors of pow over bases and exponents as an SVG: the same data, the same bytes.
func PowChart(p *properties.PowErrors) ([]byte, error) {
	d := powDrawing{frame: frame{Title: "How far pow is from the exact power, as a part of what it is allowed"}}
	d.Width = powLeft + powCell*len(p.Bases) + powMargin
	y := d.say(fmt.Sprintf("The worst of %d fixed samples in each cell. Grey: outside of pow's domain, −41 ≤ y·ln x ≤ 130, it fails. Outlined: the cells with what swaps of pools ask.", p.Samples))
	for _, panel := range []struct {
		title, low, high string
		shade            func(properties.PowCell) uint64
	}{
		{"Of the allowance of powDown and powUp, ⌈pow·10⁻¹⁴⌉ + 1 units: what is left is the room in LE-ENC", "used ÷ allowed: 10⁻⁶ or less", "1, each shade 4 times the last",
			func(c properties.PowCell) uint64 { return byFactors(c.OfAllowance) }},
		{"Of the bound that is derived for these arguments (LE-ERR): at 1 the bound can't be smaller", "used ÷ allowed: 0", "1",
			func(c properties.PowCell) uint64 { return c.OfBound }},
	} {
		v := newPowPanel(p, y+62, panel.title, panel.shade)
		v.Scale = newScale(powLeft+176, y+38, panel.low, panel.high)
		d.Panels = append(d.Panels, v)
		y += powCell*len(p.Exponents) + 120
	}
	d.Height = y + 8
	var b bytes.Buffer
	err := powChart.Execute(&b, d)
	return b.Bytes(), err
}

func newPowPanel(p *properties.PowErrors, top int, title string, shaded func(properties.PowCell) uint64) powPanel {
	width, height := powCell*len(p.Bases), powCell*len(p.Exponents)
	bottom := top + height
	v := powPanel{
		Title:  label{powLeft, top - 34, "start", title},
		Axis:   label{powLeft + width/2, bottom + 40, "middle", "base x (by decades, and near 1 by decades of the distance from 1)"},
		Up:     label{-(top + height/2), 24, "middle", "exponent y"},
		Ground: box{powLeft, top, width, height, "#e6e6e6"},
		Trades: box{powLeft + 17*powCell, bottom - 5*powCell, 36 * powCell, 4 * powCell, "none"},
	}
	for _, c := range p.Cells {
		v.Cells = append(v.Cells, box{powLeft + c.Base*powCell, bottom - (c.Exponent+1)*powCell, powCell, powCell, shade(shaded(c))})
	}
	for _, e := range powBaseEdges {
		v.Ticks = append(v.Ticks, label{powLeft + e.at*powCell, bottom + 18, e.anchor, e.text})
	}
	for _, e := range powExponentEdges {
		v.Ticks = append(v.Ticks, label{powLeft - 8, bottom - e.at*powCell + 4, "end", e.text})
	}
	return v
}

var powChart = newChart("pow", `{{template "open" .}}
{{- range .Panels}}
<g>
{{- range .Scale.Boxes}}
{{template "box" .}}
{{- end}}
{{- range .Scale.Labels}}
{{template "label" .}}
{{- end}}
<text x="{{.Title.X}}" y="{{.Title.Y}}" font-size="13" font-weight="bold">{{text .Title.Text}}</text>
{{template "box" .Ground}}
<g shape-rendering="crispEdges">
{{- range .Cells}}
{{template "box" .}}
{{- end}}
</g>
<rect x="{{.Trades.X}}" y="{{.Trades.Y}}" width="{{.Trades.Width}}" height="{{.Trades.Height}}" fill="none" stroke="#0072b2" stroke-width="2"/>
{{- range .Ticks}}
{{template "label" .}}
{{- end}}
{{template "label" .Axis}}
<text transform="rotate(-90)" x="{{.Up.X}}" y="{{.Up.Y}}" text-anchor="middle">{{text .Up.Text}}</text>
</g>
{{- end}}
</svg>
`)
