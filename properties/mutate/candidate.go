package mutate

import (
	"go/ast"
	"go/token"
	"strings"
	"unicode/utf8"
)

// A declaration is what is mutated as a whole: a function, or the value of a package's variable or constant.
type declaration struct {
	file  *file
	name  string        // as Mutant.Function says it
	fn    *ast.FuncDecl // or nil
	spec  *ast.ValueSpec
	value ast.Expr
	// constant is a constant's declaration, which becomes a variable's.
	constant *ast.GenDecl

	from, to   int // offsets of what is copied: the function without its comment, or the value
	candidates []*candidate
}

// A candidate is a change that may become a mutant.
type candidate struct {
	mutant   Mutant
	from, to int    // offsets of what is replaced in the file
	text     string // what replaces it
}

// source returns the declaration's source after the change.
func (d *declaration) source(c *candidate) string {
	if c == nil {
		return string(d.file.source[d.from:d.to])
	}
	return string(d.file.source[d.from:c.from]) + c.text + string(d.file.source[c.to:d.to])
}

// declarations returns what can be mutated in a file, in its order.
func (p *pkg) declarations(f *file) (list []*declaration) {
	for _, decl := range f.syntax.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			if decl.Body != nil && decl.Name.Name != "_" {
				list = append(list, &declaration{file: f, name: functionName(decl), fn: decl,
					from: p.offset(decl.Pos()), to: p.offset(decl.End())})
			}
		case *ast.GenDecl:
			switch {
			case decl.Tok == token.VAR:
				list = append(list, p.variables(f, decl)...)
			case decl.Tok == token.CONST && !decl.Lparen.IsValid(): // a group counts with iota, or has a use for each value
				for _, d := range p.variables(f, decl) {
					d.constant = decl
					list = append(list, d)
				}
			}
		}
	}
	return list
}

// variables returns the variables or constants of a declaration that have a value each.
func (p *pkg) variables(f *file, decl *ast.GenDecl) (list []*declaration) {
	for _, spec := range decl.Specs {
		spec := spec.(*ast.ValueSpec)
		if len(spec.Values) != len(spec.Names) {
			continue
		}
		for i, value := range spec.Values {
			list = append(list, &declaration{file: f, name: spec.Names[i].Name, spec: spec, value: value,
				from: p.offset(value.Pos()), to: p.offset(value.End())})
		}
	}
	return list
}

func functionName(fn *ast.FuncDecl) string {
	if fn.Recv == nil {
		return fn.Name.Name
	}
	receiver := fn.Recv.List[0].Type
	for {
		switch t := receiver.(type) {
		case *ast.StarExpr:
			receiver = t.X
		case *ast.IndexExpr:
			receiver = t.X
		case *ast.IndexListExpr:
			receiver = t.X
		case *ast.ParenExpr:
			receiver = t.X
		case *ast.Ident:
			return t.Name + "." + fn.Name.Name
		default:
			return fn.Name.Name
		}
	}
}

func (p *pkg) offset(pos token.Pos) int { return p.fset.PositionFor(pos, false).Offset }

// find fills in the candidates of a declaration, without duplicates, and returns how many of those there were.
func (p *pkg) find(d *declaration) (duplicates int) {
	f := &finder{pkg: p, d: d}
	if d.fn != nil {
		f.shortcuts(d.fn)
		f.walk(d.fn.Body)
	} else {
		f.walk(d.value)
	}
	seen := map[string]bool{plain(d.source(nil)): true}
	occurrences := map[string]int{}
	for _, c := range f.found {
		source := plain(d.source(c))
		if seen[source] {
			duplicates++
			continue
		}
		seen[source] = true
		occurrences[c.mutant.Key()]++
		c.mutant.Occurrence = occurrences[c.mutant.Key()]
		d.candidates = append(d.candidates, c)
	}
	return duplicates
}

// plain is source without its layout.
func plain(source string) string { return strings.Join(strings.Fields(source), " ") }

// longest is how many characters of a change are shown.
const longest = 100

// shown is source on one line, cut where it is long.
func shown(source string) string {
	s := plain(source)
	if utf8.RuneCountInString(s) <= longest {
		return s
	}
	return string([]rune(s)[:longest-1]) + "…"
}

// A finder walks a declaration and collects its candidates.
type finder struct {
	*pkg
	d     *declaration
	stack []ast.Node // the nodes above the one visited
	found []*candidate
}

func (f *finder) walk(root ast.Node) {
	ast.Inspect(root, func(n ast.Node) bool {
		if n == nil {
			f.stack = f.stack[:len(f.stack)-1]
			return false
		}
		for _, operator := range operators {
			operator(f, n)
		}
		f.stack = append(f.stack, n)
		return true
	})
}

// parent returns the node above the one visited, or nil.
func (f *finder) parent() ast.Node {
	if len(f.stack) == 0 {
		return nil
	}
	return f.stack[len(f.stack)-1]
}

// text is the source of a node.
func (f *finder) text(n ast.Node) string {
	return string(f.d.file.source[f.offset(n.Pos()):f.offset(n.End())])
}

// change adds the candidate that has the text in place of the node.
func (f *finder) change(operator string, n ast.Node, text string) {
	f.add(operator, n, n.Pos(), n.End(), text, f.text(n), text)
}

// add adds a candidate that has the text between two places, and is shown at n as a change from original to changed.
func (f *finder) add(operator string, n ast.Node, from, to token.Pos, text, original, changed string) {
	at := f.fset.PositionFor(n.Pos(), false)
	f.found = append(f.found, &candidate{
		mutant: Mutant{
			Package: f.path, File: f.d.file.name, Line: at.Line, Column: at.Column, Function: f.d.name,
			Operator: operator, Original: shown(original), Changed: shown(changed),
		},
		from: f.offset(from), to: f.offset(to), text: text,
	})
}
