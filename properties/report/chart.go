package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"text/template"

	"github.com/trueweight/trueweight/properties"
)

// MarshalConvergence writes the data of the chart of value shares as indented JSON.
func MarshalConvergence(c *properties.Convergence) ([]byte, error) {
	data, err := json.MarshalIndent(c, "", "  ")
	return append(data, '\n'), err
}

// UnmarshalConvergence reads what MarshalConvergence wrote, and nothing else.
func UnmarshalConvergence(data []byte) (*properties.Convergence, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	var c properties.Convergence
	if err := d.Decode(&c); err != nil {
		return nil, fmt.Errorf("not the data of a chart of shares: %w", err)
	}
	n := len(c.Weights)
	if n == 0 || n > len(colours) || len(c.Panels) == 0 {
		return nil, errors.New("not the data of a chart of shares: no panel, no token, or more tokens than colours")
	}
	for _, p := range c.Panels {
		if len(p.Bands) != n || len(p.Points) < 2 {
			return nil, errors.New("not the data of a chart of shares: a panel lacks bands or points")
		}
		for _, point := range p.Points {
			if len(point.Shares) != n {
				return nil, errors.New("not the data of a chart of shares: a point lacks shares")
			}
		}
	}
	return &c, nil
}

// The chart's measures, in pixels: of the field that lines are drawn in, and of the space around it.
const (
	fieldWidth, fieldHeight = 470, 420
	fieldLeft, fieldTop     = 56, 92
	panelWidth              = fieldLeft + fieldWidth + 54
	chartHeight             = fieldTop + fieldHeight + 64
	topShare                = 600_000_000 // of the value axis, in billionths
)

// colours tell tokens apart, also for those who see few of them (Okabe and Ito).
var colours = []string{"#0072b2", "#d55e00", "#009e73", "#aa4499"}

// Chart draws the shares of a pool's value, trade by trade, as an SVG: the same data, the same bytes.
func Chart(c *properties.Convergence) ([]byte, error) {
	var b bytes.Buffer
	err := chart.Execute(&b, newDrawing(c))
	return b.Bytes(), err
}

// drawing is what the template shows. Coordinates are written out, with two decimals at most.
type drawing struct {
	Width, Height int
	Panels        []drawnPanel
}

type drawnPanel struct {
	Left                     int
	Title                    string
	X, Y, Right, Bottom      int
	Width, Height            int
	Ticks                    []tick
	Moves                    []string // x of each move of prices
	Tokens                   []drawnToken
	Trades                   string
	TradesX, TradesY, TicksX int
}

type tick struct{ Y, Text string }

type drawnToken struct {
	Colour, Line, Weight string
	BandTop, BandHeight  string
	Text, TextY          string
}

func newDrawing(c *properties.Convergence) drawing {
	d := drawing{Width: panelWidth * len(c.Panels), Height: chartHeight}
	for i := range c.Panels {
		d.Panels = append(d.Panels, newPanel(c, i))
	}
	return d
}

func newPanel(c *properties.Convergence, i int) drawnPanel {
	data := &c.Panels[i]
	p := drawnPanel{Left: i * panelWidth, Title: "swap fee " + percent(data.SwapFee), X: fieldLeft, Y: fieldTop, Width: fieldWidth, Height: fieldHeight,
		Right: fieldLeft + fieldWidth, Bottom: fieldTop + fieldHeight, TicksX: fieldLeft - 8,
		TradesX: fieldLeft + fieldWidth/2, TradesY: fieldTop + fieldHeight + 24}
	for share := uint64(0); share <= topShare; share += topShare / 6 {
		p.Ticks = append(p.Ticks, tick{height(share), percent(share)})
	}
	trades := 0
	for k, point := range data.Points {
		switch {
		case point.Event != "prices":
			trades++
		case k > 0:
			p.Moves = append(p.Moves, along(k, len(data.Points)))
		}
	}
	p.Trades = fmt.Sprintf("%d trades →", trades)
	for token, weight := range c.Weights {
		var line []string
		for k, point := range data.Points {
			line = append(line, along(k, len(data.Points))+","+height(point.Shares[token]))
		}
		low, high := data.Bands[token][0], data.Bands[token][1]
		p.Tokens = append(p.Tokens, drawnToken{
			Colour: colours[token], Line: strings.Join(line, " "), Weight: height(weight),
			BandTop: height(high), BandHeight: decimal((high - low) * fieldHeight * 100 / topShare),
			Text: percent(weight), TextY: height(weight),
		})
	}
	return p
}

// along returns the x of point k of n, height the y of a share.
func along(k, n int) string {
	return decimal(uint64(fieldLeft*100 + k*fieldWidth*100/(n-1)))
}

func height(share uint64) string {
	return decimal((fieldTop+fieldHeight)*100 - min(share, topShare)*fieldHeight*100/topShare)
}

// decimal writes hundredths.
func decimal(hundredths uint64) string {
	return fmt.Sprintf("%d.%02d", hundredths/100, hundredths%100)
}

// percent writes billionths as per cent, with the decimals they have.
func percent(billionths uint64) string {
	s := fmt.Sprintf("%d.%07d", billionths/1e7, billionths%1e7)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".") + " %"
}

var chart = template.Must(template.New("chart").Parse(`<svg xmlns="http://www.w3.org/2000/svg" width="{{.Width}}" height="{{.Height}}" viewBox="0 0 {{.Width}} {{.Height}}" font-family="Helvetica, Arial, sans-serif" font-size="13" fill="#222222">
<title>Value shares of a pool go to its weights</title>
<rect width="{{.Width}}" height="{{.Height}}" fill="#ffffff"/>
<text x="56" y="30" font-size="18" font-weight="bold">Each token's share of the pool's value goes to its weight</text>
<text x="56" y="50" fill="#555555">An arbitrageur trades until no unit gains. Lines: shares, trade by trade. Dashed: weights. Shaded: what EC-SHARE allows in the end. Dotted: prices move.</text>
{{- range .Panels}}
<g transform="translate({{.Left}} 0)">
<text x="{{.X}}" y="80" font-size="15" font-weight="bold">{{.Title}}</text>
{{- $panel := .}}
{{- range .Ticks}}
<line x1="{{$panel.X}}" x2="{{$panel.Right}}" y1="{{.Y}}" y2="{{.Y}}" stroke="#e4e4e4"/>
<text x="{{$panel.TicksX}}" y="{{.Y}}" dy="4" text-anchor="end" fill="#555555">{{.Text}}</text>
{{- end}}
{{- range .Moves}}
<line x1="{{.}}" x2="{{.}}" y1="{{$panel.Y}}" y2="{{$panel.Bottom}}" stroke="#777777" stroke-dasharray="1 4"/>
{{- end}}
{{- range .Tokens}}
<rect x="{{$panel.X}}" y="{{.BandTop}}" width="{{$panel.Width}}" height="{{.BandHeight}}" fill="{{.Colour}}" fill-opacity="0.3"/>
<line x1="{{$panel.X}}" x2="{{$panel.Right}}" y1="{{.Weight}}" y2="{{.Weight}}" stroke="{{.Colour}}" stroke-dasharray="6 4"/>
<polyline points="{{.Line}}" fill="none" stroke="{{.Colour}}" stroke-width="2" stroke-linejoin="round"/>
<text x="{{$panel.Right}}" y="{{.TextY}}" dx="8" dy="4" fill="{{.Colour}}" font-weight="bold">{{.Text}}</text>
{{- end}}
<line x1="{{.X}}" x2="{{.Right}}" y1="{{.Bottom}}" y2="{{.Bottom}}" stroke="#222222"/>
<text x="{{.TradesX}}" y="{{.TradesY}}" text-anchor="middle" fill="#555555">{{.Trades}}</text>
</g>
{{- end}}
</svg>
`))
