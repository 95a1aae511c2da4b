package report

import (
	"bytes"
	"fmt"
	"path"
	"strings"
)

// The measures of the kill matrix, in pixels.
const (
	killLeft, killCellWidth, killCellHeight = 250, 58, 20
)

type killDrawing struct {
	frame
	Panels []killPanel
	Scale  scale
}

type killPanel struct {
	Title  label
	Cells  []killCell
	Labels []label
}

type killCell struct {
	box
	Text label
	Ink  string
}

// KillChart draws how many mutants each family of claims killed, by package and by operator, as an SVG.
func KillChart(m *Mutation) ([]byte, error) {
	d := killDrawing{frame: frame{Title: "Which families of claims, or tests, notice which bugs"}}
	d.Width = 760
	for _, t := range m.Targets {
		d.Width = max(d.Width, killLeft+killCellWidth*(len(t.columns())+1)+28)
	}
	y := d.say(fmt.Sprintf("Bugs put into the code one at a time; each has to survive %s cases of each kind, or every test. A cell: mutants that a family kills.", count(m.Budget)), "Shade: their share of the row's mutants. A mutant that several families kill counts in each. Tests are asked only of what no claim notices.")
	d.Scale = newScale(killLeft+40, y+14, "killed ÷ mutants: 0", "1")
	y += 64
	for _, t := range m.Targets {
		for _, by := range []struct {
			name string
			key  func(MutationRow) string
		}{{"part", func(r MutationRow) string { return r.Group }}, {"operator", func(r MutationRow) string { return r.Operator }}} {
			p, rows := newKillPanel(t, by.name, by.key, y)
			d.Panels = append(d.Panels, p)
			y += killCellHeight*rows + 76
		}
	}
	d.Height = y - 20
	var b bytes.Buffer
	err := killChart.Execute(&b, d)
	return b.Bytes(), err
}

// newKillPanel draws the rows of a target, summed by a key, in the order of the record.
func newKillPanel(t MutationTarget, by string, key func(MutationRow) string, top int) (p killPanel, rows int) {
	columns := t.columns()
	sums, order := summed(t.Matrix, key)
	p.Title = label{24, top, "start", fmt.Sprintf("%s, by %s: %s mutants, %s killed, %s survive, %s are equivalent", t.Name, by, count(t.Mutants), count(t.Killed), count(t.Survived), count(t.Equivalent))}
	top += 40
	for i, f := range append([]string{"mutants"}, columns...) {
		p.Labels = append(p.Labels, label{killLeft + i*killCellWidth + killCellWidth/2, top - 8, "middle", path.Base(f)})
	}
	for r, name := range order {
		y, sum := top+r*killCellHeight, sums[name]
		p.Labels = append(p.Labels, label{killLeft - 10, y + 14, "end", name}, label{killLeft + killCellWidth/2, y + 14, "middle", count(sum.Mutants)})
		for i, f := range columns {
			x, share := killLeft+(i+1)*killCellWidth, uint64(0)
			if sum.Mutants > 0 {
				share = sum.KilledBy[f] * 1e9 / sum.Mutants
			}
			p.Cells = append(p.Cells, killCell{box{x, y, killCellWidth - 2, killCellHeight - 2, shade(share)},
				label{x + killCellWidth/2 - 1, y + 14, "middle", count(sum.KilledBy[f])}, ink(share)})
		}
	}
	return p, len(order)
}

// summed adds up the rows that share a key, which are listed in the order of the rows.
func summed(rows []MutationRow, key func(MutationRow) string) (sums map[string]*MutationRow, order []string) {
	sums = map[string]*MutationRow{}
	for _, r := range rows {
		k := strings.TrimSpace(key(r))
		if sums[k] == nil {
			sums[k] = &MutationRow{KilledBy: map[string]uint64{}}
			order = append(order, k)
		}
		sums[k].Mutants += r.Mutants
		for f, n := range r.KilledBy {
			sums[k].KilledBy[f] += n
		}
	}
	return sums, order
}

var killChart = newChart("kills", `{{template "open" .}}
{{- range .Scale.Boxes}}
{{template "box" .}}
{{- end}}
{{- range .Scale.Labels}}
{{template "label" .}}
{{- end}}
{{- range .Panels}}
<g>
<text x="{{.Title.X}}" y="{{.Title.Y}}" font-size="13" font-weight="bold">{{text .Title.Text}}</text>
{{- range .Labels}}
{{template "label" .}}
{{- end}}
{{- range .Cells}}
{{template "box" .}}<text x="{{.Text.X}}" y="{{.Text.Y}}" text-anchor="{{.Text.Anchor}}" fill="{{.Ink}}">{{text .Text.Text}}</text>
{{- end}}
</g>
{{- end}}
</svg>
`)
