// Package provenance says which sources a piece of evidence belongs to. It relies on the file system alone,
// and promises the same hashes for the same sources, wherever they were checked out and whatever else lies
// between them.
package provenance

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// parts are the sources that evidence depends on, by name, each with the files that belong to it.
var parts = []struct {
	name    string
	dirs    []string
	belongs func(name string) bool
}{
	{"impl", []string{"impl"}, isSource},
	{"reference", []string{"reference"}, isSource},
	{"properties", []string{"properties"}, func(name string) bool { return isSource(name) && !ofTools(name) }},
	{"tools", []string{"properties"}, func(name string) bool { return isSource(name) && ofTools(name) }},
	{"corpus", []string{"corpus"}, func(name string) bool { return isSource(name) || path.Ext(name) == ".json" }},
	{"modules", []string{"."}, func(name string) bool { return name == "go.mod" || name == "go.sum" }},
}

// ofTools says which of properties' files plan, run and tell, but neither claim nor judge.
func ofTools(name string) bool {
	return slices.ContainsFunc([]string{"cmd", "mutate", "provenance", "report"}, func(dir string) bool {
		return strings.HasPrefix(name, "properties/"+dir+"/")
	})
}

// Names lists what Sources tells apart, in the order of reports.
func Names() []string {
	names := make([]string, len(parts))
	for i, p := range parts {
		names[i] = p.name
	}
	return names
}

// Sources returns the SHA-256 of each part of the module at root, in lower-case hexadecimal digits: of impl,
// reference, properties and its tools (the command, what it records and how it is told) the Go files that are no tests, of
// corpus the data too, and of modules go.mod and go.sum.
// Directories named testdata, and those that hold a go.mod of their own, belong to no part.
//
// A part's hash is that of lines "SHA-256 of the file, two spaces, path", sorted by path, as sha256sum prints them. Paths are
// relative to the root, with slashes; the ends of lines count as \n, in whichever way a checkout writes them.
func Sources(root fs.FS) (map[string]string, error) {
	sums := map[string]string{}
	for _, p := range parts {
		var lines []string
		for _, dir := range p.dirs {
			more, err := listing(root, dir, p.belongs)
			if err != nil {
				return nil, fmt.Errorf("hashing the sources of %s: %w", p.name, err)
			}
			lines = append(lines, more...)
		}
		if len(lines) == 0 {
			return nil, fmt.Errorf("hashing the sources of %s: there are none; the root must be a checkout of the module", p.name)
		}
		sum := sha256.Sum256([]byte(strings.Join(lines, "")))
		sums[p.name] = hex.EncodeToString(sum[:])
	}
	return sums, nil
}

// isSource says which files are compiled into what is asked and what asks.
func isSource(name string) bool {
	return path.Ext(name) == ".go" && !strings.HasSuffix(name, "_test.go")
}

// listing writes a line for each file below dir that belongs, in the order of their paths. Of "." it looks at the files alone.
func listing(root fs.FS, dir string, belongs func(string) bool) (lines []string, err error) {
	var names []string
	err = fs.WalkDir(root, dir, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && name != dir && (dir == "." || d.Name() == "testdata" || isModule(root, name)):
			return fs.SkipDir
		case d.Type().IsRegular() && belongs(name):
			names = append(names, name)
		}
		return nil
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	slices.Sort(names)
	for _, name := range names {
		data, err := fs.ReadFile(root, name)
		if err != nil {
			return nil, err
		}
		data = []byte(strings.ReplaceAll(string(data), "\r\n", "\n"))
		lines = append(lines, fmt.Sprintf("%x  %s\n", sha256.Sum256(data), name))
	}
	return lines, nil
}

func isModule(root fs.FS, dir string) bool {
	_, err := fs.Stat(root, path.Join(dir, "go.mod"))
	return err == nil
}
