package mutate

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// selectedPath is the package that the rewritten files import, and selectedName what they call it.
const (
	selectedPath = "github.com/trueweight/trueweight/properties/mutate/selected"
	selectedName = "mutant_selected"
)

// A pkg is a package to be mutated, parsed and type-checked as it is.
type pkg struct {
	path  string
	fset  *token.FileSet
	files []*file // in the order of their names
	types *types.Package
	info  *types.Info
	deps  types.Importer
}

// A file is one of a package's source files.
type file struct {
	path    string // absolute
	name    string // from the module's top, with slashes
	source  []byte
	syntax  *ast.File
	mutated bool // a pattern names it
}

// listed is what go list tells of a package.
type listed struct {
	ImportPath, Dir, Export string
	GoFiles                 []string
	Standard                bool
}

// load returns the packages that have files matching the patterns, in the order of their paths.
func load(root string, patterns []string) ([]*pkg, error) {
	root, err := filepath.Abs(root)
	if err != nil {
		return nil, err
	}
	arguments := []string{"list", "-export", "-deps", "-json=ImportPath,Dir,Export,GoFiles,Standard", selectedPath}
	for _, p := range patterns {
		if strings.HasSuffix(p, ".go") {
			p = path.Dir(p)
		}
		arguments = append(arguments, "./"+p)
	}
	all, err := list(root, arguments)
	if err != nil {
		return nil, err
	}
	exports := map[string]string{}
	for _, l := range all {
		exports[l.ImportPath] = l.Export
	}
	matched := make([]bool, len(patterns))
	var packages []*pkg
	for _, l := range all {
		if l.Standard || l.ImportPath == selectedPath {
			continue
		}
		p, err := parse(root, l, patterns, matched)
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(p.files, func(f *file) bool { return f.mutated }) {
			continue
		}
		if err := p.check(exports); err != nil {
			return nil, err
		}
		packages = append(packages, p)
	}
	if i := slices.Index(matched, false); i >= 0 {
		return nil, fmt.Errorf("%s matches no Go file below %s: name a directory, a directory/... or a file", patterns[i], root)
	}
	slices.SortFunc(packages, func(p, q *pkg) int { return strings.Compare(p.path, q.path) })
	return packages, nil
}

func list(root string, arguments []string) (all []listed, err error) {
	command := exec.Command("go", arguments...)
	command.Dir = root
	var complaint bytes.Buffer
	command.Stderr = &complaint
	out, err := command.Output()
	if err != nil {
		return nil, fmt.Errorf("go %s: %w\n%s", strings.Join(arguments, " "), err, complaint.String())
	}
	for decoder := json.NewDecoder(bytes.NewReader(out)); ; {
		var l listed
		switch err := decoder.Decode(&l); {
		case errors.Is(err, io.EOF):
			return all, nil
		case err != nil:
			return nil, fmt.Errorf("what go list says: %w", err)
		}
		all = append(all, l)
	}
}

// parse reads the files of a package; those that a pattern names are to be mutated, and the pattern is marked as matched.
func parse(root string, l listed, patterns []string, matched []bool) (*pkg, error) {
	p := &pkg{path: l.ImportPath, fset: token.NewFileSet()}
	for _, base := range l.GoFiles {
		f := &file{path: filepath.Join(l.Dir, base)}
		relative, err := filepath.Rel(root, f.path)
		if err != nil || strings.HasPrefix(relative, "..") {
			return p, nil // of another module
		}
		f.name = filepath.ToSlash(relative)
		for i, pattern := range patterns {
			if matches(f.name, pattern) {
				f.mutated, matched[i] = true, true
			}
		}
		if f.source, err = os.ReadFile(f.path); err != nil {
			return nil, err
		}
		if f.syntax, err = parser.ParseFile(p.fset, f.path, f.source, parser.SkipObjectResolution|parser.ParseComments); err != nil {
			return nil, err
		}
		p.files = append(p.files, f)
	}
	return p, nil
}

func matches(name, pattern string) bool {
	if dir, below := strings.CutSuffix(pattern, "/..."); below {
		return strings.HasPrefix(name, dir+"/")
	}
	return name == pattern || path.Dir(name) == pattern
}

// check gives the package its types.
func (p *pkg) check(exports map[string]string) error {
	p.deps = importer.ForCompiler(p.fset, "gc", func(path string) (io.ReadCloser, error) {
		if exports[path] == "" {
			return nil, fmt.Errorf("go list gave no export data for %s", path)
		}
		return os.Open(exports[path])
	})
	p.info = &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Uses: map[*ast.Ident]types.Object{}, Defs: map[*ast.Ident]types.Object{},
		Selections: map[*ast.SelectorExpr]*types.Selection{}, Scopes: map[ast.Node]*types.Scope{},
	}
	var syntax []*ast.File
	for _, f := range p.files {
		syntax = append(syntax, f.syntax)
	}
	var err error
	config := types.Config{Importer: p.deps}
	p.types, err = config.Check(p.path, p.fset, syntax, p.info)
	return err
}
