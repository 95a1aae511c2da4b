package corpus

import (
	"io/fs"
	"regexp"
)

// An AccumulatedFile holds, for each family of operations, one hash of the answers to a large number of cases.
type AccumulatedFile struct {
	Cases   int    // of each family
	Seed    int    // of the expansion
	Origin  string // who computed the hashes
	Command string // that computed them
	Layout  string // where the expansion of (family, seed, index) is documented
	Entries []Accumulated
}

// Accumulated is the hash of one family: 64 lower-case hexadecimal digits.
type Accumulated struct{ Family, SHA256 string }

var sha256Text = regexp.MustCompile(`^[0-9a-f]{64}$`)

// AccumulatedHashes reads accumulated/*.json of fsys, in order of file name.
func AccumulatedHashes(fsys fs.FS) ([]AccumulatedFile, error) {
	return readAll(fsys, "accumulated", readAccumulated)
}

func readAccumulated(d *document, root *node, ids map[string]string) (file AccumulatedFile) {
	fields, ok := d.object(root, "", "schema", "cases", "seed", "origin", "command", "layout", "count", "entries")
	if !ok {
		return
	}
	d.oneOf(fields["schema"], "schema", "trueweight-accumulated-1")
	file.Cases = d.number(fields["cases"], "cases")
	file.Seed = d.number(fields["seed"], "seed")
	file.Origin = d.text(fields["origin"], "origin")
	file.Command = d.text(fields["command"], "command")
	file.Layout = d.text(fields["layout"], "layout")
	d.body(fields, ids, func(n *node) {
		entry, ok := d.object(n, "", "id", "sha256")
		if !ok {
			return
		}
		a := Accumulated{Family: d.text(entry["id"], "id"), SHA256: d.text(entry["sha256"], "sha256")}
		if d.err == nil && !sha256Text.MatchString(a.SHA256) {
			d.fault("sha256", brief(a.SHA256), "64 lower-case hexadecimal digits")
		}
		file.Entries = append(file.Entries, a)
	})
	return file
}
