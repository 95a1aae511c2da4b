package corpus

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"regexp"
	"strconv"
	"strings"
)

// A WorstFile holds the cases that came closest to breaking the claims of one family: of each claim one for every class, and
// one that is pool-valid, whatever its class.
type WorstFile struct {
	Family  string
	Title   string
	Notes   []string
	Entries []Worst
}

// A Worst is a case, and how close it came to breaking a claim.
type Worst struct {
	ID     string // of the claim and the class, as WorstID makes it
	Claim  string
	Class  string // "kind/class", or "pool-valid"
	Margin string // whole wei such as "17 wei", or the share that is used of what is allowed, with nine decimals
	Tight  bool   // the claim can't be sharpened: 0 wei, or a share of at least 0.99
	Origin HuntOrigin
	Raw    json.RawMessage // an object with a "kind"; its other fields are for the package that defines the kind
	Kind   string
}

// A HuntOrigin says which hunt found a case, and when: enough to find it again with the same code.
type HuntOrigin struct {
	Seed       uint64 `json:"seed"`
	Shards     uint64 `json:"shards"`
	Cases      uint64 `json:"cases"` // that the hunt had judged for the claim when it ended
	Generation uint64 `json:"generation"`
	Island     uint64 `json:"island"`
	Step       uint64 `json:"step"`
}

// WorstID returns the id of the worst case of a claim and a class.
func WorstID(claim, class string) string { return claim + "-" + strings.ReplaceAll(class, "/", "-") }

var worstMargin = regexp.MustCompile(`^((0|[1-9][0-9]*) wei|(0\.[0-9]{9}|1\.000000000))$`)

// WorstCases reads worst/*.json of fsys, in order of file name.
func WorstCases(fsys fs.FS) ([]WorstFile, error) { return readAll(fsys, "worst", readWorstFile) }

func readWorstFile(d *document, root *node, ids map[string]string) (file WorstFile) {
	fields, ok := d.object(root, "", "schema", "family", "title", "notes", "count", "entries")
	if !ok {
		return
	}
	d.oneOf(fields["schema"], "schema", "trueweight-worst-1")
	if file.Family = d.text(fields["family"], "family"); file.Family != d.stem() {
		d.fault("family", brief(file.Family), "the family that the file is named after")
	}
	file.Title = d.text(fields["title"], "title")
	file.Notes = d.texts(fields["notes"], "notes")
	d.body(fields, ids, func(n *node) { file.Entries = append(file.Entries, readWorst(d, n, file.Family)) })
	return file
}

func readWorst(d *document, n *node, family string) (w Worst) {
	fields, ok := d.object(n, "", "id", "claim", "class", "margin", "tight", "origin", "case")
	if !ok {
		return
	}
	w.Claim = d.text(fields["claim"], "claim")
	if !claimID.MatchString(w.Claim) || !strings.HasPrefix(w.Claim, family+"-") {
		d.fault("claim", brief(w.Claim), "the ID of a claim of "+family)
	}
	w.Class = d.text(fields["class"], "class")
	w.ID = d.text(fields["id"], "id")
	if want := WorstID(w.Claim, w.Class); w.ID != want {
		d.fault("id", brief(w.ID), fmt.Sprintf("%q, the claim and the class", want))
	}
	w.Margin = d.text(fields["margin"], "margin")
	if !worstMargin.MatchString(w.Margin) {
		d.fault("margin", brief(w.Margin), "whole wei, such as 17 wei, or a share of nine decimals")
	}
	w.Tight = d.flag(fields["tight"], "tight")
	w.Origin = readHuntOrigin(d, fields["origin"])
	if content := fields["case"]; d.is(content, "case", "object", "an object") {
		w.Raw = content.raw
		w.Kind = readContent(d, content)
	}
	return w
}

func readHuntOrigin(d *document, n *node) (o HuntOrigin) {
	fields, ok := d.object(n, "origin", "seed", "shards", "cases", "generation", "island", "step")
	if !ok {
		return
	}
	for _, f := range []struct {
		name string
		into *uint64
	}{{"seed", &o.Seed}, {"shards", &o.Shards}, {"cases", &o.Cases}, {"generation", &o.Generation}, {"island", &o.Island}, {"step", &o.Step}} {
		*f.into = d.count(fields[f.name], "origin."+f.name)
	}
	return o
}

// count reads a JSON number that every reader of JSON reads exactly.
func (d *document) count(n *node, field string) uint64 {
	const expected = "an integer from 0 to 2⁵³ − 1"
	if !d.is(n, field, "number", expected) {
		return 0
	}
	value, err := strconv.ParseUint(n.text, 10, 53)
	if err != nil {
		d.fault(field, describe(n), expected)
	}
	return value
}
