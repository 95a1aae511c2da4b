package corpus

import (
	"fmt"
	"io/fs"
	"math/big"
	"path"
	"slices"
	"strconv"
	"strings"
)

// A document reads one file. Its first fault sticks: from then on every reading method returns a zero value, and err says
// what was wrong. So a reader reads a whole entry and asks once.
type document struct {
	file  string
	entry string // the entry being read; empty in the header
	err   error
}

// fault records what was found at a field and what was expected there, unless a fault was recorded before.
func (d *document) fault(field, found, expected string) {
	if d.err != nil {
		return
	}
	where := d.file
	for _, part := range []string{d.entry, field} {
		if part != "" {
			where += ": " + part
		}
	}
	d.err = fmt.Errorf("corpus: %s: found %s, expected %s", where, found, expected)
}

// is reports whether n is of the given kind, and faults if it is not.
func (d *document) is(n *node, field, kind, expected string) bool {
	if d.err != nil {
		return false
	}
	if n.kind != kind {
		d.fault(field, describe(n), expected)
	}
	return n.kind == kind
}

// describe names a node in a message: a string as it is, since it may be nearly right, anything else by its kind.
func describe(n *node) string {
	switch n.kind {
	case "string":
		return brief(n.text)
	case "number":
		return "the number " + n.text
	case "null":
		return "null"
	case "array", "object":
		return "an " + n.kind
	}
	return "a " + n.kind
}

// brief quotes text, shortened to its two ends where it is longer than any 256-bit integer.
func brief(text string) string {
	if len(text) > 90 {
		return fmt.Sprintf("%q (%d characters)", text[:40]+"…"+text[len(text)-40:], len(text))
	}
	return strconv.Quote(text)
}

// object checks that n has each of the keys once and no other; a key that ends in "?" may be missing.
func (d *document) object(n *node, field string, keys ...string) (map[string]*node, bool) {
	if !d.is(n, field, "object", "an object") {
		return nil, false
	}
	known := make([]string, len(keys))
	for i, key := range keys {
		known[i] = strings.TrimSuffix(key, "?")
		if n.fields[key] == nil && known[i] == key {
			d.fault(join(field, key), "nothing", "the field")
		}
	}
	for i, key := range n.keys {
		if !slices.Contains(known, key) {
			d.fault(field, "the unknown field "+brief(key), "only "+strings.Join(known, ", "))
		}
		if slices.Contains(n.keys[:i], key) {
			d.fault(join(field, key), "the field twice", "it once")
		}
	}
	return n.fields, d.err == nil
}

func join(field, key string) string {
	if field == "" {
		return key
	}
	return field + "." + key
}

func index(field string, i int) string { return fmt.Sprintf("%s[%d]", field, i) }

// text reads a string that is not empty.
func (d *document) text(n *node, field string) string {
	if !d.is(n, field, "string", "text") {
		return ""
	}
	if n.text == "" {
		d.fault(field, `""`, "text")
	}
	return n.text
}

// oneOf reads a string out of a few.
func (d *document) oneOf(n *node, field string, options ...string) string {
	expected := "one of " + strings.Join(options, ", ")
	if len(options) == 1 {
		expected = strconv.Quote(options[0])
	}
	if d.is(n, field, "string", expected) && !slices.Contains(options, n.text) {
		d.fault(field, brief(n.text), expected)
	}
	return n.text
}

// number reads a JSON number that is a non-negative integer.
func (d *document) number(n *node, field string) int {
	if !d.is(n, field, "number", "a number") {
		return 0
	}
	value, err := strconv.ParseUint(n.text, 10, 31)
	if err != nil {
		d.fault(field, describe(n), "an integer from 0 to 2³¹ − 1")
	}
	return int(value)
}

// flag reads true or false.
func (d *document) flag(n *node, field string) bool {
	return d.is(n, field, "boolean", "true or false") && n.text == "true"
}

// array reads the elements of an array.
func (d *document) array(n *node, field string) []*node {
	if !d.is(n, field, "array", "an array") {
		return nil
	}
	return n.list
}

// texts reads an array of strings that are not empty.
func (d *document) texts(n *node, field string) []string {
	var texts []string
	for i, element := range d.array(n, field) {
		texts = append(texts, d.text(element, index(field, i)))
	}
	return texts
}

// integer reads a canonical decimal integer: unsigned and below 2²⁵⁶, or signed and of 256 bits in two's complement.
func (d *document) integer(n *node, field string, signed bool) *big.Int {
	expected := "a decimal integer from 0 to 2²⁵⁶ − 1, without sign or leading zeros"
	if signed {
		expected = "a decimal integer from −2²⁵⁵ to 2²⁵⁵ − 1, without plus sign or leading zeros"
	}
	if !d.is(n, field, "string", expected) {
		return nil
	}
	value, ok := parseInteger(n.text, signed)
	if !ok {
		d.fault(field, brief(n.text), expected)
	}
	return value
}

// dyadic reads a number in the canonical form of big.Float's format 'p' with at most the given number of mantissa bits.
func (d *document) dyadic(n *node, field string, bits uint) *big.Float {
	expected := fmt.Sprintf("0 or ±0x.HHHHp±E of at most %d bits, as big.Float writes it with format 'p'", bits)
	if !d.is(n, field, "string", expected) {
		return nil
	}
	value, ok := parseDyadic(n.text, bits)
	if !ok {
		d.fault(field, brief(n.text), expected)
	}
	return value
}

// body reads the elements of "entries" one by one, each with an id that ids, shared by all files of a set, has not seen.
// It checks the count.
func (d *document) body(fields map[string]*node, ids map[string]string, read func(*node)) {
	entries := d.array(fields["entries"], "entries")
	count := d.number(fields["count"], "count")
	if count != len(entries) {
		d.fault("count", strconv.Itoa(count), fmt.Sprintf("%d, the number of entries", len(entries)))
	}
	for i, entry := range entries {
		d.entry = index("entries", i)
		if id := entry.fields["id"]; id != nil && id.kind == "string" && id.text != "" {
			d.entry += " " + brief(id.text)
			if first, ok := ids[id.text]; ok {
				d.fault("id", "an id that is taken by "+first, "an id of its own")
			}
			ids[id.text] = d.file + ": " + index("entries", i)
		}
		read(entry)
		if d.err != nil {
			return
		}
	}
}

// readAll reads every file dir/*.json of fsys in order of name. It fails when there is none: an empty set would hold every
// claim.
func readAll[File any](fsys fs.FS, dir string, read func(d *document, root *node, ids map[string]string) File) ([]File, error) {
	names, err := fs.Glob(fsys, dir+"/*.json")
	if err != nil {
		return nil, fmt.Errorf("corpus: %w", err)
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("corpus: %s: found no file, expected at least one *.json", dir)
	}
	var files []File
	ids := map[string]string{}
	for _, name := range names {
		file, err := readFile(fsys, name, read, ids)
		if err != nil {
			return nil, err
		}
		files = append(files, file)
	}
	return files, nil
}

// readFile reads one file.
func readFile[File any](fsys fs.FS, name string, read func(d *document, root *node, ids map[string]string) File, ids map[string]string) (none File, err error) {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return none, fmt.Errorf("corpus: %w", err)
	}
	d := &document{file: name}
	root, err := parse(data)
	if err != nil {
		d.fault("", "broken JSON: "+err.Error(), "one complete JSON value")
		return none, d.err
	}
	file := read(d, root, ids)
	return file, d.err
}

// stem returns the name of the file without directory and extension.
func (d *document) stem() string { return strings.TrimSuffix(path.Base(d.file), ".json") }
