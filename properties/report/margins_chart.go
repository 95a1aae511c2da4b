package report

import (
	"bytes"
	"fmt"

	"github.com/trueweight/trueweight/properties"
)

// The measures of the chart of margins, in pixels; and how many bits of slack its axis has.
const (
	stripHeight, stripGap = 22, 10
	stripLeft, stripWidth = 96, 320
	stripColumn           = stripLeft + stripWidth + 40
	slackBinsShown        = 160
)

type marginsDrawing struct {
	frame
	Columns                 []stripColumnDrawing
	GroundLeft, GroundRight int // of every strip, in its column
}

type stripColumnDrawing struct {
	Left   int
	Title  label
	Strips []strip
	Ticks  []label
	Grid   []gridLine
}

type gridLine struct{ X, Y, To int }

type strip struct {
	Name label
	Base int // y of the ground line
	Bars []bar
}

// A bar may be narrower than a pixel.
type bar struct {
	X, Width  string
	Y, Height int
	Fill      string
}

// MarginsChart draws the histograms of margins, a strip for each claim that has one, as an SVG. It returns nil where no claim has.
func MarginsChart(e *properties.Evidence) ([]byte, error) {
	d := marginsDrawing{frame: frame{Title: "How close the cases came to breaking each claim"}, GroundLeft: stripLeft, GroundRight: stripLeft + stripWidth}
	d.Width = 2*stripColumn + 16
	top := d.say("A strip for each claim: how many cases (height, by doublings) came how close (to the right: closer). Orange: no room is left,",
		"a ratio above 0.95 or a slack of 0; such a claim can hardly be sharpened. Strips without orange have room that no drawn case used.") + 52
	bottom := top
	for _, kind := range []properties.MarginKind{properties.Ratio, properties.Slack} {
		c := stripColumnDrawing{Left: len(d.Columns) * stripColumn}
		y := top
		for _, claim := range e.Claims {
			if claim.Margins == nil || claim.Margins.Kind != kind.String() {
				continue
			}
			y += stripHeight + stripGap
			c.Strips = append(c.Strips, newStrip(claim, kind, y))
		}
		if len(c.Strips) == 0 {
			continue
		}
		c.axis(kind, top, y)
		d.Columns = append(d.Columns, c)
		bottom = max(bottom, y)
	}
	if len(d.Columns) == 0 {
		return nil, nil
	}
	d.Height = bottom + 60
	var b bytes.Buffer
	err := marginsChart.Execute(&b, d)
	return b.Bytes(), err
}

func newStrip(c *properties.ClaimEvidence, kind properties.MarginKind, base int) strip {
	s := strip{Name: label{stripLeft - 10, base - 4, "end", c.ID}, Base: base}
	bins := binsShown(kind)
	counts := make([]uint64, bins)
	var most uint64
	for i, n := range c.Margins.Counts {
		i = min(i, bins-1) // what is beyond the axis is counted at its end
		if kind == properties.Slack {
			i = bins - 1 - i
		}
		counts[i] += n
		most = max(most, counts[i])
	}
	for i, n := range counts {
		if n == 0 {
			continue
		}
		fill := "#0072b2"
		if i == bins-1 {
			fill = "#d55e00"
		}
		height := 2 + int(doublings(n)*(stripHeight-2)/max(doublings(most), 1))
		s.Bars = append(s.Bars, bar{hundredths(stripLeft*100 + i*stripWidth*100/bins), hundredths(max(stripWidth*100/bins-25, 150)), base - height, height, fill})
	}
	return s
}

func binsShown(kind properties.MarginKind) int {
	if kind == properties.Ratio {
		return properties.RatioBins
	}
	return slackBinsShown
}

// axis adds what is read off the strips: where a ratio or a slack is.
func (c *stripColumnDrawing) axis(kind properties.MarginKind, top, bottom int) {
	type mark struct {
		bin  int // from the left
		text string
	}
	title, marks := "ratio: used ÷ allowed", []mark{{0, "0"}, {5, "0.25"}, {10, "0.5"}, {15, "0.75"}, {20, "1"}}
	if kind == properties.Slack {
		title = "slack: wei left, or units of 10⁻¹⁸"
		marks = nil
		for _, m := range []mark{{0, "0"}, {40, "2⁴⁰"}, {80, "2⁸⁰"}, {120, "2¹²⁰"}} {
			marks = append(marks, mark{slackBinsShown - m.bin, m.text})
		}
		marks = append(marks, mark{0, fmt.Sprintf("≥ 2%s", "¹⁵⁸")})
	}
	c.Title = label{stripLeft + stripWidth/2, top - 8, "middle", title}
	for _, m := range marks {
		x := stripLeft + m.bin*stripWidth/binsShown(kind)
		c.Grid = append(c.Grid, gridLine{x, top + stripGap, bottom})
		c.Ticks = append(c.Ticks, label{x, bottom + 18, "middle", m.text})
	}
	c.Ticks = append(c.Ticks, label{stripLeft + stripWidth/2, bottom + 40, "middle", title})
}

func hundredths(n int) string { return decimal(uint64(n)) }

var marginsChart = newChart("margins", `{{template "open" .}}
{{- range .Columns}}
<g transform="translate({{.Left}} 0)">
<text x="{{.Title.X}}" y="{{.Title.Y}}" text-anchor="middle" font-size="13" font-weight="bold">{{text .Title.Text}}</text>
{{- range .Grid}}
<line x1="{{.X}}" x2="{{.X}}" y1="{{.Y}}" y2="{{.To}}" stroke="#e4e4e4"/>
{{- end}}
{{- range .Strips}}
{{template "label" .Name}}
<line x1="{{$.GroundLeft}}" x2="{{$.GroundRight}}" y1="{{.Base}}" y2="{{.Base}}" stroke="#bbbbbb"/>
{{- range .Bars}}
<rect x="{{.X}}" y="{{.Y}}" width="{{.Width}}" height="{{.Height}}" fill="{{.Fill}}"/>
{{- end}}
{{- end}}
{{- range .Ticks}}
{{template "label" .}}
{{- end}}
</g>
{{- end}}
</svg>
`)
