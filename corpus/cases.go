package corpus

import (
	"encoding/json"
	"io/fs"
	"regexp"
	"strings"
)

// A CaseFile holds cases that share an origin.
type CaseFile struct {
	Name    string // of the file, without directory and extension
	Title   string
	Origin  string // where it is told; "no public source recorded" where it is not
	Effect  string // what it cost or could have
	Notes   []string
	Entries []Case
}

// A Case is an input to claims, and what they are expected to answer.
type Case struct {
	ID      string
	Comment string // why it is kept
	Claims  []string
	Expect  string          // "holds", "vacuous" or "known:F-nn"
	Raw     json.RawMessage // an object with a "kind"; its other fields are for the package that defines the kind
	Kind    string
}

var (
	claimID     = regexp.MustCompile(`^[A-Z]{2}-[A-Z0-9]+$`)
	expectation = regexp.MustCompile(`^(holds|vacuous|known:F-[0-9]{2})$`)
)

// Cases reads dir/*.json of fsys, in order of file name; dir is "incidents" or "regressions".
func Cases(fsys fs.FS, dir string) ([]CaseFile, error) { return readAll(fsys, dir, readCases) }

func readCases(d *document, root *node, ids map[string]string) (file CaseFile) {
	fields, ok := d.object(root, "", "schema", "title", "origin", "effect", "notes", "count", "entries")
	if !ok {
		return
	}
	file.Name = d.stem()
	d.oneOf(fields["schema"], "schema", "trueweight-cases-1")
	file.Title = d.text(fields["title"], "title")
	file.Origin = d.text(fields["origin"], "origin")
	file.Effect = d.text(fields["effect"], "effect")
	file.Notes = d.texts(fields["notes"], "notes")
	d.body(fields, ids, func(n *node) { file.Entries = append(file.Entries, readCase(d, n)) })
	return file
}

func readCase(d *document, n *node) (c Case) {
	fields, ok := d.object(n, "", "id", "comment", "claims", "expect", "case")
	if !ok {
		return
	}
	c.ID = d.text(fields["id"], "id")
	c.Comment = d.text(fields["comment"], "comment")
	c.Claims = d.texts(fields["claims"], "claims")
	if len(c.Claims) == 0 {
		d.fault("claims", "no claim", "at least one")
	}
	for i, claim := range c.Claims {
		if !claimID.MatchString(claim) {
			d.fault(index("claims", i), brief(claim), "the ID of a claim, such as SW-OUT")
		}
	}
	c.Expect = d.text(fields["expect"], "expect")
	if !expectation.MatchString(c.Expect) {
		d.fault("expect", brief(c.Expect), "holds, vacuous or known:F-nn")
	}
	if content := fields["case"]; d.is(content, "case", "object", "an object") {
		c.Raw = content.raw
		c.Kind = readContent(d, content)
	}
	return c
}

// readContent reads the kind of a case, and refuses in it, at any depth, what no codec of any kind should have to judge: a
// key given twice, a string that is nearly an integer, and a JSON number that a reader might round.
func readContent(d *document, content *node) (kind string) {
	if content.fields["kind"] == nil {
		d.fault("case.kind", "nothing", "the field")
		return ""
	}
	kind = d.text(content.fields["kind"], "case.kind")
	var walk func(n *node, field string)
	walk = func(n *node, field string) {
		switch n.kind {
		case "object":
			d.object(n, field, n.keys...)
			for _, key := range n.keys {
				walk(n.fields[key], join(field, key))
			}
		case "array":
			for i, element := range n.list {
				walk(element, index(field, i))
			}
		case "number":
			if _, ok := parseInteger(n.text, true); !ok || len(n.text) > 15 {
				d.fault(field, describe(n), "an integer of at most 15 characters; larger ones are decimal strings")
			}
		case "string":
			if field != "case.class" && looksNumeric(n.text) { // a class is a name, such as 50/50
				d.integer(n, field, strings.HasPrefix(n.text, "-"))
			}
		}
	}
	walk(content, "case")
	return kind
}

// looksNumeric reports whether text is meant as a number: it starts with a digit, a sign or a point.
func looksNumeric(text string) bool {
	return text != "" && strings.ContainsRune("0123456789+-.", rune(text[0]))
}
