package mutate

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"sort"
	"strings"
)

// mutate adds a package's mutants to the set: all candidates are written into the files at once and type-checked
// together, and again without those that have an error in their copy.
func (p *pkg) mutate(set *Set) error {
	var all []*declaration
	for _, f := range p.files {
		if !f.mutated {
			continue
		}
		for _, d := range p.declarations(f) {
			set.Duplicates += p.find(d)
			all = append(all, d)
		}
	}
	p.tryConstants(set, all)
	first := len(set.Mutants) + 1
	var texts map[*file]*writer
	for {
		texts = p.write(all, first)
		faults, err := p.compile(texts)
		if err != nil {
			return err
		}
		if len(faults) == 0 {
			break
		}
		for _, fault := range faults {
			drop(set, fault.d, fault.c, fault.reason)
		}
	}
	for _, f := range p.files {
		if w := texts[f]; w != nil {
			set.files = append(set.files, rewritten{f.path, []byte(w.text.String())})
		}
	}
	for _, d := range all {
		for _, c := range d.candidates {
			set.Mutants = append(set.Mutants, c.mutant)
		}
	}
	return nil
}

// tryConstants leaves those constants that can be variables; of the others the uses are mutated, and nothing else.
func (p *pkg) tryConstants(set *Set, all []*declaration) {
	var accepted []*declaration
	for _, d := range all {
		if d.constant == nil {
			continue
		}
		if why := p.tryConstant(set, append(accepted, d)); why != "" {
			drop(set, d, nil, "the constant can't be a variable: "+why)
			continue
		}
		accepted = append(accepted, d)
	}
}

// tryConstant says why the last of some constants can't be a variable when the others are, or nothing. Of its
// candidates it drops those that do not compile.
func (p *pkg) tryConstant(set *Set, constants []*declaration) (why string) {
	d := constants[len(constants)-1]
	if token.IsExported(d.name) && len(d.candidates) > 0 {
		return "other packages may use it as a constant"
	}
	for len(d.candidates) > 0 {
		faults, err := p.compile(p.write(constants, 1))
		var elsewhere types.Error // at a use
		switch {
		case errors.As(err, &elsewhere):
			return elsewhere.Msg
		case err != nil:
			return err.Error()
		case len(faults) == 0:
			return ""
		}
		for _, fault := range faults {
			if fault.c == nil {
				return fault.reason
			}
			drop(set, fault.d, fault.c, fault.reason)
		}
	}
	return ""
}

// drop takes a candidate, or all of a declaration's where it is nil, out as not viable.
func drop(set *Set, d *declaration, c *candidate, reason string) {
	var rest []*candidate
	for _, other := range d.candidates {
		if c != nil && other != c {
			rest = append(rest, other)
			continue
		}
		other.mutant.ID = 0
		set.Unviable = append(set.Unviable, Unviable{other.mutant, reason})
	}
	d.candidates = rest
}

// A fault is an error that the type checker found in a candidate, or between those of a declaration.
type fault struct {
	d      *declaration
	c      *candidate // nil: in the declaration
	reason string
}

// compile type-checks the package with the texts in place of its files. An error outside every declaration that has
// mutants can't be a mutant's.
func (p *pkg) compile(texts map[*file]*writer) (faults []fault, err error) {
	fset := token.NewFileSet()
	byPath := map[string]*writer{}
	var syntax []*ast.File
	for _, f := range p.files {
		var source any = f.source
		if w := texts[f]; w != nil {
			source, byPath[f.path] = w.text.String(), w
		}
		parsed, err := parser.ParseFile(fset, f.path, source, parser.SkipObjectResolution)
		if err != nil {
			return nil, fmt.Errorf("a change that does not even parse: %w", err)
		}
		syntax = append(syntax, parsed)
	}
	blamed := map[any]bool{}
	config := types.Config{Importer: p.deps, Error: func(e error) {
		typeError := e.(types.Error)
		at := fset.PositionFor(typeError.Pos, false)
		d, c := byPath[at.Filename].at(at.Offset)
		switch {
		case d == nil:
			err = fmt.Errorf("an error outside every mutant: %w", typeError)
		case c == nil && !blamed[d]:
			blamed[d] = true
			faults = append(faults, fault{d, nil, typeError.Msg})
		case c != nil && !blamed[c]:
			blamed[c] = true
			faults = append(faults, fault{d, c, typeError.Msg})
		}
	}}
	config.Check(p.path, fset, syntax, nil)
	if len(faults) > 0 {
		return faults, nil // what is wrong elsewhere may follow from them
	}
	return nil, err
}

// A writer writes a file with its mutants and remembers which part of the text is whose.
type writer struct {
	text  strings.Builder
	parts []part
	last  int // how much of the original is written
}

// A part of the text belongs to a declaration, and to one of its candidates unless that is nil.
type part struct {
	from, to int
	d        *declaration
	c        *candidate
}

// at returns whose text is at an offset; later parts lie inside or after earlier ones.
func (w *writer) at(offset int) (*declaration, *candidate) {
	if w == nil {
		return nil, nil
	}
	i := sort.Search(len(w.parts), func(i int) bool { return w.parts[i].from > offset })
	for i--; i >= 0; i-- {
		if offset < w.parts[i].to {
			return w.parts[i].d, w.parts[i].c
		}
	}
	return nil, nil
}

// own writes text that belongs to a candidate, or to what is around those of d.
func (w *writer) own(d *declaration, c *candidate, text string) {
	from := w.text.Len()
	w.text.WriteString(text)
	w.parts = append(w.parts, part{from, w.text.Len(), d, c})
}

// write numbers the candidates from first and returns the text of each file that has some.
func (p *pkg) write(all []*declaration, first int) map[*file]*writer {
	texts := map[*file]*writer{}
	id := first
	byFile := map[*file][]*declaration{}
	for _, d := range all {
		for _, c := range d.candidates {
			c.mutant.ID = id
			id++
		}
		if len(d.candidates) > 0 {
			byFile[d.file] = append(byFile[d.file], d)
		}
	}
	for f, declarations := range byFile {
		texts[f] = p.writeFile(f, declarations)
	}
	return texts
}

// writeFile keeps the lines of what is not mutated where they are: the copies follow at the end.
func (p *pkg) writeFile(f *file, declarations []*declaration) *writer {
	w := &writer{}
	copyTo := func(offset int) {
		w.text.Write(f.source[w.last:offset])
		w.last = offset
	}
	copyTo(p.offset(f.syntax.Name.End()))
	fmt.Fprintf(&w.text, "; import %s %q", selectedName, selectedPath)
	for _, d := range declarations {
		if d.constant != nil {
			copyTo(p.offset(d.constant.Pos()))
			w.own(d, nil, "var")
			w.last += len("const")
		}
		copyTo(d.from)
		if d.fn != nil {
			w.own(d, nil, p.dispatcher(d))
		} else {
			p.choice(w, d)
		}
		w.last = d.to
	}
	copyTo(len(f.source))
	for _, d := range declarations {
		if d.fn == nil {
			continue
		}
		w.own(d, nil, "\n"+p.renamed(d, nil)+"\n")
		for _, c := range d.candidates {
			w.own(d, c, "\n"+p.renamed(d, c)+"\n")
		}
	}
	return w
}

// copyName is what the copy for a candidate is called; nil is the original's.
func (d *declaration) copyName(c *candidate) string {
	if c == nil {
		return d.fn.Name.Name + "_original"
	}
	return fmt.Sprintf("%s_mutant%d", d.fn.Name.Name, c.mutant.ID)
}

// renamed is the copy of a function for a candidate.
func (p *pkg) renamed(d *declaration, c *candidate) string {
	name, end := p.offset(d.fn.Name.Pos())-d.from, p.offset(d.fn.Name.End())-d.from
	source := d.source(c)
	return source[:name] + d.copyName(c) + source[end:]
}

// dispatcher is the function of the original name: it calls the copy that is selected.
func (p *pkg) dispatcher(d *declaration) string {
	fn := d.fn
	text := func(n ast.Node) string {
		return string(d.file.source[p.offset(n.Pos()):p.offset(n.End())])
	}
	var b strings.Builder
	b.WriteString("func ")
	call := ""
	if fn.Recv != nil {
		fmt.Fprintf(&b, "(argument %s) ", text(fn.Recv.List[0].Type))
		call = "argument."
	}
	b.WriteString(fn.Name.Name)
	instance := ""
	if fn.Type.TypeParams != nil {
		b.WriteString(text(fn.Type.TypeParams))
		var names []string
		for _, field := range fn.Type.TypeParams.List {
			for _, name := range field.Names {
				names = append(names, name.Name)
			}
		}
		instance = "[" + strings.Join(names, ", ") + "]"
	}
	parameters, arguments := signature(fn, text)
	results := ""
	if fn.Type.Results != nil {
		results = " (" + strings.Join(repeated(fn.Type.Results, text), ", ") + ")"
	}
	keyword := "return "
	if results == "" {
		keyword = ""
	}
	invoke := func(c *candidate) string {
		return fmt.Sprintf("%s%s%s%s(%s)", keyword, call, d.copyName(c), instance, arguments)
	}
	first, last := d.candidates[0].mutant.ID, d.candidates[len(d.candidates)-1].mutant.ID
	fmt.Fprintf(&b, "(%s)%s { if %s.In(%d, %d) { switch %[3]s.ID {", parameters, results, selectedName, first, last)
	for _, c := range d.candidates {
		fmt.Fprintf(&b, " case %d: %s;", c.mutant.ID, invoke(c))
		if results == "" {
			b.WriteString(" return;")
		}
	}
	fmt.Fprintf(&b, " } }; %s }", invoke(nil))
	return b.String()
}

// signature returns a function's parameters, with names of our own, and the arguments that pass them on.
func signature(fn *ast.FuncDecl, text func(ast.Node) string) (parameters, arguments string) {
	var declared, passed []string
	for i, t := range repeated(fn.Type.Params, text) {
		name := fmt.Sprintf("argument%d", i)
		declared = append(declared, name+" "+t)
		if strings.HasPrefix(t, "...") {
			name += "..."
		}
		passed = append(passed, name)
	}
	return strings.Join(declared, ", "), strings.Join(passed, ", ")
}

// repeated returns the type of each parameter or result.
func repeated(list *ast.FieldList, text func(ast.Node) string) (all []string) {
	for _, field := range list.List {
		for range max(1, len(field.Names)) {
			all = append(all, text(field.Type))
		}
	}
	return all
}

// choice writes the initial value of a variable as a choice among its candidates.
func (p *pkg) choice(w *writer, d *declaration) {
	result := p.typeText(d)
	w.own(d, nil, fmt.Sprintf("%s.Pick(func() %s { return ", selectedName, result))
	w.own(d, nil, d.source(nil))
	w.own(d, nil, fmt.Sprintf(" }, %d", d.candidates[0].mutant.ID))
	for _, c := range d.candidates {
		w.own(d, c, fmt.Sprintf(", func() %s { return %s }", result, d.source(c)))
	}
	w.own(d, nil, ")")
}

// typeText is the type of a variable as its file writes it.
func (p *pkg) typeText(d *declaration) string {
	if t := d.spec.Type; t != nil {
		return string(d.file.source[p.offset(t.Pos()):p.offset(t.End())])
	}
	return types.TypeString(types.Default(p.info.TypeOf(d.value)), p.qualifier(d.file))
}

// qualifier names packages as a file imports them.
func (p *pkg) qualifier(f *file) types.Qualifier {
	return func(other *types.Package) string {
		if other == p.types {
			return ""
		}
		for _, spec := range f.syntax.Imports {
			if strings.Trim(spec.Path.Value, "`\"") == other.Path() && spec.Name != nil {
				return spec.Name.Name
			}
		}
		return other.Name()
	}
}
