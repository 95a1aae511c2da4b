package report

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"math/bits"
	"text/template"
)

// Charts are SVG on a white ground, so that they read the same on a light and on a dark page. Whatever a chart places is counted in
// integers: no two platforms write it differently.

// A label is text at a place.
type label struct {
	X, Y   int
	Anchor string // "start", "middle" or "end"
	Text   string
}

// A box is a filled rectangle.
type box struct {
	X, Y, Width, Height int
	Fill                string
}

// chartParts are what all charts are made of.
const chartParts = `{{define "label"}}<text x="{{.X}}" y="{{.Y}}" text-anchor="{{.Anchor}}">{{text .Text}}</text>{{end -}}
{{define "box"}}<rect x="{{.X}}" y="{{.Y}}" width="{{.Width}}" height="{{.Height}}" fill="{{.Fill}}"/>{{end -}}
{{define "open"}}<svg xmlns="http://www.w3.org/2000/svg" width="{{.Width}}" height="{{.Height}}" viewBox="0 0 {{.Width}} {{.Height}}" font-family="Helvetica, Arial, sans-serif" font-size="12" fill="#222222">
<title>{{text .Title}}</title>
<rect width="{{.Width}}" height="{{.Height}}" fill="#ffffff"/>
<text x="24" y="30" font-size="18" font-weight="bold">{{text .Title}}</text>
{{- range .Says}}
<text x="24" y="{{.Y}}" fill="#555555">{{text .Text}}</text>
{{- end}}{{end -}}
`

// newChart parses the template of a chart, which may use the parts above.
func newChart(name, body string) *template.Template {
	return template.Must(template.New(name).Funcs(template.FuncMap{"text": escaped}).Parse(chartParts + body))
}

func escaped(text string) (string, error) {
	var b bytes.Buffer
	err := xml.EscapeText(&b, []byte(text))
	return b.String(), err
}

// frame is a chart's size, title and what it says below the title.
type frame struct {
	Width, Height int
	Title         string
	Says          []label
}

// say sets the lines below the title, and returns the y below them.
func (f *frame) say(lines ...string) int {
	y := 34
	for _, line := range lines {
		y += 18
		f.Says = append(f.Says, label{24, y, "start", line})
	}
	return y
}

// shades go from none to all of what is measured: light to dark also for those who see few colours.
var shades = [][3]uint64{{255, 247, 217}, {254, 217, 142}, {236, 150, 80}, {196, 70, 90}, {120, 24, 110}, {45, 8, 70}}

// shade returns the colour of a share in billionths.
func shade(share uint64) string {
	last := uint64(len(shades) - 1)
	at := min(share, 1e9) * last
	i := min(at/1e9, last-1)
	part := at - i*1e9
	var c [3]uint64
	for k := range c {
		c[k] = (shades[i][k]*(1e9-part) + shades[i+1][k]*part) / 1e9
	}
	return fmt.Sprintf("#%02x%02x%02x", c[0], c[1], c[2])
}

// ink is the colour of text on a shade.
func ink(share uint64) string {
	if share > 450_000_000 {
		return "#ffffff"
	}
	return "#222222"
}

// A scale is the legend of shades: a row of boxes between what it begins and ends with.
type scale struct {
	Boxes  []box
	Labels []label
}

// newScale draws a legend of ten shades in one line.
func newScale(x, y int, low, high string) scale {
	const parts, width = 10, 22
	s := scale{Labels: []label{{x - 6, y + 11, "end", low}, {x + parts*width + 6, y + 11, "start", high}}}
	for i := range parts {
		s.Boxes = append(s.Boxes, box{x + i*width, y, width, 14, shade(uint64(2*i+1) * 1e9 / (2 * parts))})
	}
	return s
}

// byFactors turns a share into one that grows by the same step for each factor: from 10⁻⁶, which is 0, to 1.
func byFactors(share uint64) uint64 { return doublings(share/1e3) * 1e9 / doublings(1e6) }

// doublings returns 16·log₂(n), between powers of two by proportion; 0 for 0.
func doublings(n uint64) uint64 {
	if n == 0 {
		return 0
	}
	whole := uint64(bits.Len64(n)) - 1
	if whole < 4 {
		return 16*whole + (n<<4)>>whole - 16
	}
	return 16*whole + n>>(whole-4) - 16
}
