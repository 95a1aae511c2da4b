package report

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"github.com/trueweight/trueweight/properties"
	"github.com/trueweight/trueweight/properties/provenance"
)

// The files of evidence, from the root of the module.
const (
	dir          = "properties/evidence/"
	gateFile     = dir + "gate.json"
	mutationFile = dir + "mutation.json"
	huntFile     = dir + "hunt.json"
)

// A Document is all that a report is made of.
type Document struct {
	Evidence *properties.Evidence // of the gate
	Sources  map[string]string    // that are there now: provenance.Sources
	Go       string               // the version that go.mod asks for
	Mutation *Mutation            // nil where none is recorded
	Hunt     *Hunt                // nil where none is recorded
}

// Gather reads what a report is made of besides the gate's evidence, from the root of a checkout.
func Gather(root fs.FS, e *properties.Evidence) (*Document, error) {
	d := &Document{Evidence: e}
	var err error
	if d.Sources, err = provenance.Sources(root); err != nil {
		return nil, err
	}
	if d.Go, err = goVersion(root); err != nil {
		return nil, err
	}
	if err := recorded(root, mutationFile, UnmarshalMutation, &d.Mutation); err != nil {
		return nil, err
	}
	return d, recorded(root, huntFile, UnmarshalHunt, &d.Hunt)
}

// Open reads the committed evidence of a checkout.
func Open(root fs.FS) (*Document, error) {
	data, err := fs.ReadFile(root, gateFile)
	if err != nil {
		return nil, err
	}
	e, err := Unmarshal(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w; make report writes it again", gateFile, err)
	}
	return Gather(root, e)
}

// recorded reads recorded evidence, if there is any.
func recorded[T any](root fs.FS, name string, read func([]byte) (*T, error), into **T) error {
	data, err := fs.ReadFile(root, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if *into, err = read(data); err != nil {
		return fmt.Errorf("%s: %w; record it again, or delete it", name, err)
	}
	return nil
}

func goVersion(root fs.FS) (string, error) {
	data, err := fs.ReadFile(root, "go.mod")
	if err != nil {
		return "", err
	}
	for line := range strings.Lines(string(data)) {
		if version, ok := strings.CutPrefix(strings.TrimSpace(line), "go "); ok {
			return version, nil
		}
	}
	return "", errors.New("go.mod names no version of Go")
}

// changed lists the parts of the sources that are not those of other hashes, in the order of reports. Evidence that does not depend on
// a part has no hash of it.
func (d *Document) changed(hashes map[string]string) []string {
	return slices.DeleteFunc(provenance.Names(), func(name string) bool {
		hash, depends := hashes[name]
		return !depends || hash == d.Sources[name]
	})
}

// Outdated names the recorded evidence that is missing, or was recorded on other code than there is now.
func (d *Document) Outdated() (files []string) {
	if d.Mutation == nil || len(d.changed(d.Mutation.Sources)) > 0 {
		files = append(files, "mutation.json")
	}
	if d.Hunt == nil || len(d.changed(d.Hunt.Sources)) > 0 {
		files = append(files, "hunt.json")
	}
	return files
}

// measuredOn says of recorded evidence whether it is of the code as it is now.
func (d *Document) measuredOn(hashes map[string]string) string {
	if changed := d.changed(hashes); len(changed) > 0 {
		return "**Measured on earlier code**: " + strings.Join(changed, ", ") + " changed since."
	}
	return "Measured on this code."
}

// A File is one of those that a report consists of.
type File struct {
	Name string // from the root of the module
	Data []byte
}

// Files renders every file of the report: the page, the machine-readable file, and each chart with its data.
func (d *Document) Files(shares *properties.Convergence, powers *properties.PowErrors) ([]File, error) {
	var files []File
	for _, f := range []struct {
		name string
		make func() ([]byte, error)
	}{
		{"REPORT.md", func() ([]byte, error) { return Render(d) }},
		{dir + "report.json", d.JSON},
		{dir + "shares.json", func() ([]byte, error) { return MarshalConvergence(shares) }},
		{dir + "shares.svg", func() ([]byte, error) { return Chart(shares) }},
		{dir + "pow-error.json", func() ([]byte, error) { return MarshalPowErrors(powers) }},
		{dir + "pow-error.svg", func() ([]byte, error) { return PowChart(powers) }},
		{dir + "margins.svg", func() ([]byte, error) { return MarginsChart(d.Evidence) }},
		{dir + "mutation.svg", func() ([]byte, error) {
			if d.Mutation == nil {
				return nil, nil
			}
			return KillChart(d.Mutation)
		}},
	} {
		data, err := f.make()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.name, err)
		}
		if data != nil {
			files = append(files, File{f.name, data})
		}
	}
	return files, nil
}

// StaleParts lists the parts of the sources whose hash a page does not give: it was rendered on other code.
func (d *Document) StaleParts(page []byte) []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(d.Sources)), func(name string) bool { return strings.Contains(string(page), d.Sources[name]) })
}
