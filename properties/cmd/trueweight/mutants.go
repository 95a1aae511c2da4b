package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path"
	"path/filepath"

	"github.com/trueweight/trueweight/properties"
	"github.com/trueweight/trueweight/properties/mutate"
	"github.com/trueweight/trueweight/properties/mutate/trial"
)

// mutants are those of one target, ready to be compiled.
type mutants struct {
	target   string
	overlay  string // for go build and go test
	list     []trial.Mutant
	notBuilt uint64
}

// generate makes the mutants of a target and writes them below the temporary directory.
func (run *mutation) generate(target string) (*mutants, error) {
	patterns := mutate.Impl
	if target == "judge" {
		patterns = mutate.Judge
	}
	set, err := mutate.Generate(run.root, patterns...)
	if err != nil {
		return nil, err
	}
	m := &mutants{target: target, notBuilt: uint64(len(set.Unviable))}
	if m.overlay, err = set.Write(filepath.Join(run.dir, target)); err != nil {
		return nil, err
	}
	functions := map[string]map[string]bool{}
	first := map[string]int{} // of each function's mutants; selected marks a function by it
	for i := range set.Mutants {
		from := &set.Mutants[i]
		if functions[from.File] == nil {
			if functions[from.File], err = functionsOf(filepath.Join(run.root, from.File)); err != nil {
				return nil, err
			}
		}
		to := trial.Mutant{ID: from.ID, Key: from.Key(), Function: properties.AnyFunction, Group: path.Dir(from.File), Operator: from.Operator,
			Place: fmt.Sprintf("%s:%d", from.File, from.Line), Change: from.Original + " → " + from.Changed}
		if functions[from.File][from.Function] {
			in := from.File + " " + from.Function
			if first[in] == 0 {
				first[in] = from.ID
			}
			to.Function = first[in]
		}
		m.list = append(m.list, to)
	}
	return m, nil
}

// functionsOf returns the functions of a file, methods as Type.Name.
func functionsOf(name string) (map[string]bool, error) {
	file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	functions := map[string]bool{}
	for _, d := range file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok {
			continue
		}
		name := f.Name.Name
		if f.Recv != nil {
			name = receiver(f.Recv.List[0].Type) + "." + name
		}
		functions[name] = true
	}
	return functions, nil
}

func receiver(t ast.Expr) string {
	switch t := t.(type) {
	case *ast.StarExpr:
		return receiver(t.X)
	case *ast.IndexExpr:
		return receiver(t.X)
	case *ast.IndexListExpr:
		return receiver(t.X)
	case *ast.Ident:
		return t.Name
	}
	return ""
}
