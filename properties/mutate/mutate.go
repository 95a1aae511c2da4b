// Package mutate breaks Go source in one place at a time, on the syntax tree, so that one can count which of the breaks
// the claims notice.
//
// All mutants of a set of packages are compiled into one binary. A function with mutants is written once as it is and
// once for each of them, and under its own name stands a switch on the mutant that this process is to be: package
// selected reads that from the environment. What a copy calls, itself included, it calls by its own name, so one place is
// broken and no other. The initial value of a package's variable is chosen in the same way, and so is that of a constant
// which can as well be a variable; of every constant, each use in a function is changed by itself.
//
// It relies on the go command for the files of a package and the types of what they import, and on go/types to drop
// every break that does not compile. It promises that no file of the checkout is touched: what it makes is an overlay for
// go build and go test; and that the same sources give the same mutants with the same numbers.
package mutate

import "fmt"

// The patterns of what is worth breaking.
var (
	// Impl is the code that is judged.
	Impl = []string{"impl/..."}
	// Judge is the code that judges it: the reference's enclosures and formulas, and the files of package properties
	// that turn them into verdicts and evidence.
	Judge = []string{
		"reference/interval", "reference/real",
		"properties/judge.go", "properties/verdict.go", "properties/evidence.go", "properties/bounds.go",
		"properties/run.go", "properties/finding.go",
	}
)

// A Mutant is the code with one place changed.
type Mutant struct {
	ID       int    `json:"id"` // from 1; what selects it
	Package  string `json:"package"`
	File     string `json:"file"` // from the module's top, with slashes
	Line     int    `json:"line"`
	Column   int    `json:"column"`   // in bytes, from 1
	Function string `json:"function"` // Name, or Type.Name of a method; the name of a variable
	Operator string `json:"operator"`
	Original string `json:"original"` // the source of the smallest changed node, on one line
	Changed  string `json:"changed"`

	// Occurrence counts, from 1, the changes of a declaration that read alike.
	Occurrence int `json:"occurrence"`
}

// Key names a mutant as long as its declaration has the same changes that read alike, whatever lines and numbers become.
func (m *Mutant) Key() string {
	return fmt.Sprintf("%s %s: %s: %s → %s #%d", m.File, m.Function, m.Operator, m.Original, m.Changed, m.Occurrence)
}

// An Unviable mutant does not compile.
type Unviable struct {
	Mutant // without an ID
	Reason string
}

// A Set is all mutants of some files.
type Set struct {
	Mutants  []Mutant // Mutants[i].ID is i+1
	Unviable []Unviable
	// Duplicates is how many changes gave the source of another mutant of the same declaration, or its own.
	Duplicates int

	files []rewritten
}

// rewritten is a source file with its mutants.
type rewritten struct {
	path string // absolute
	text []byte
}

// Generate makes the mutants of the packages and files that match the patterns, in the module at root. A pattern is a
// directory, a directory followed by /... for all below it, or a Go file, from root and with slashes. Tests are never
// mutated. It fails when a pattern matches nothing and when the code does not compile as it is.
func Generate(root string, patterns ...string) (*Set, error) {
	packages, err := load(root, patterns)
	if err != nil {
		return nil, err
	}
	set := &Set{}
	for _, p := range packages {
		if err := p.mutate(set); err != nil {
			return nil, fmt.Errorf("mutants of %s: %w", p.path, err)
		}
	}
	return set, nil
}
