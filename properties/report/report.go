// Package report renders evidence as REPORT.md, in the order in which an auditor reads: what was claimed, on how many
// cases it was judged, what is known not to hold, how close the closest came, what is not covered, and
// how to see each number again; as charts; and as report.json. It computes nothing of its own: every count comes from the
// recorder, every sentence about a claim from the claim.
package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/trueweight/trueweight/properties"
	"github.com/trueweight/trueweight/properties/domain"
)

// Marshal writes evidence as indented JSON: the same evidence, the same bytes.
func Marshal(e *properties.Evidence) ([]byte, error) {
	data, err := json.MarshalIndent(e, "", "  ")
	return append(data, '\n'), err
}

// Unmarshal reads what Marshal wrote, and nothing else.
func Unmarshal(data []byte) (*properties.Evidence, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	var e properties.Evidence
	if err := d.Decode(&e); err != nil {
		return nil, fmt.Errorf("not a file of evidence: %w", err)
	}
	for _, c := range e.Claims {
		if c == nil || c.PoolValid == nil {
			return nil, fmt.Errorf("not a file of evidence: a claim lacks its tally of pool-valid cases")
		}
	}
	if err := ofThisVersion(&e); err != nil {
		return nil, fmt.Errorf("evidence of another version: %w", err)
	}
	again, err := Marshal(&e)
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(again, data) { // a key given twice, text after the end, bytes that are no UTF-8: decoding forgives them all
		return nil, errors.New("not a file of evidence: it was edited, for it is not byte for byte what was written")
	}
	return &e, nil
}

// ofThisVersion checks that everything that evidence names exists.
func ofThisVersion(e *properties.Evidence) error {
	for k := range e.Cases {
		if !slices.Contains(domain.Kinds(), k) {
			return fmt.Errorf("no kind of case is called %q", k)
		}
	}
	for _, c := range e.Claims {
		if _, err := properties.ByID(c.ID); err != nil {
			return err
		}
		if t := c.Tightest; t != nil && !slices.Contains(domain.Kinds(), t.Kind) {
			return fmt.Errorf("%s: no kind of case is called %q", c.ID, t.Kind)
		}
		for id := range c.Known {
			if !slices.ContainsFunc(properties.Findings(), func(f *properties.Finding) bool { return f.ID == id }) {
				return fmt.Errorf("%s: no finding has the ID %q", c.ID, id)
			}
		}
	}
	return nil
}

// Render writes the report.
func Render(d *Document) ([]byte, error) {
	p := &page{Document: d, evidence: d.Evidence}
	p.opening()
	p.scope()
	p.families()
	p.findings()
	p.charts()
	p.coverage()
	p.mutation()
	p.hunt()
	p.standings()
	p.assumptions()
	p.limits()
	p.reproduce()
	p.claims()
	return p.Bytes(), p.err
}

// page is a report being written.
type page struct {
	bytes.Buffer
	*Document
	evidence *properties.Evidence
	err      error
}

func (p *page) line(format string, args ...any) { fmt.Fprintf(p, format+"\n", args...) }

// heading begins a section.
func (p *page) heading(text string) {
	p.line("## %s", text)
	p.line("")
}

// bullets writes a list and ends it.
func (p *page) bullets(items ...string) {
	for _, item := range items {
		p.line("- %s", item)
	}
	p.line("")
}

// count writes a number with thousands separated.
func count(n uint64) string {
	s := strconv.FormatUint(n, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// share writes part of a whole in per cent, with one decimal, rounded down; it is empty for a whole of 0.
func share(part, whole uint64) string {
	if whole == 0 {
		return ""
	}
	tenths := part * 1000 / whole
	return fmt.Sprintf("%d.%d %%", tenths/10, tenths%10)
}

// cell writes text that may hold what ends a cell of a table.
func cell(text string) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(text), " "), "|", `\|`)
}

// failures writes how often an operation ended in each failure.
func failures(met map[string]uint64) string {
	var names []string
	for name := range met {
		names = append(names, name)
	}
	slices.Sort(names)
	for i, name := range names {
		names[i] = fmt.Sprintf("%s: %s", name, count(met[name]))
	}
	return strings.Join(names, "; ")
}

// readable writes a case that fits into a line.
func readable(c domain.Case) string {
	const most = 1000
	if line := domain.MarshalJSON(c); len(line) <= most {
		return "`" + string(line) + "`"
	}
	return "too long for a line, see its replay"
}
