package mutate

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"regexp"
	"slices"
	"strings"
)

// Words that have a counterpart in names, and the operator that swaps them.
var counterparts = func() map[string]map[string]string {
	table := map[string]map[string]string{}
	for operator, pairs := range map[string]string{
		"swap rounding": "down/up floor/ceil negative/positive lo/hi below/above least/greatest most/least under/over pay/ask",
		"swap operator": "add/sub mul/div mul/quo lsh/rsh",
		"swap side":     "in/out v2/v3 min/max before/after start/end first/last low/high near/far",
	} {
		table[operator] = map[string]string{}
		for pair := range strings.FieldsSeq(pairs) {
			a, b, _ := strings.Cut(pair, "/")
			for _, p := range [][2]string{{a, b}, {b, a}} {
				table[operator][p[0]] = strings.TrimSpace(table[operator][p[0]] + " " + p[1])
			}
		}
	}
	return table
}()

var words = regexp.MustCompile(`[A-Z]+[a-z0-9]*|[a-z0-9]+|_`)

// otherNames returns the names that a name becomes when one word, or every word of a pair, is swapped.
func otherNames(name string, pairs map[string]string) (names []string) {
	split := words.FindAllString(name, -1)
	if strings.Join(split, "") != name {
		return nil
	}
	all := slices.Clone(split)
	for i, word := range split {
		for other := range strings.FieldsSeq(pairs[strings.ToLower(word)]) {
			if word[0] < 'a' {
				other = strings.ToUpper(other[:1]) + other[1:]
			}
			one := slices.Clone(split)
			one[i], all[i] = other, other
			names = append(names, strings.Join(one, ""))
		}
	}
	if both := strings.Join(all, ""); both != name && !slices.Contains(names, both) {
		names = append(names, both)
	}
	return names
}

// counterpart replaces a function, method, field, variable or constant by what its name has a counterpart of, where that
// is in scope and has the same type: the other rounding, the other operation, the other side of a trade.
func counterpart(f *finder, n ast.Node) {
	id, ok := n.(*ast.Ident)
	if !ok || f.isKey(id) {
		return
	}
	object := f.info.Uses[id]
	switch object.(type) {
	case *types.Func, *types.Var, *types.Const, *types.Builtin:
	default:
		return
	}
	for _, operator := range []string{"swap rounding", "swap operator", "swap side"} {
		for _, name := range otherNames(id.Name, counterparts[operator]) {
			if other := f.lookup(id, object, name); other != nil && sameKind(object, other) && !isError(other.Type()) {
				f.change(operator, id, name)
			}
		}
	}
}

// otherFailure replaces a package's failure by the next one of its kind, in the order of their names.
func otherFailure(f *finder, n ast.Node) {
	e, object := f.used(n)
	failure, ok := object.(*types.Var)
	if !ok || failure.Pkg() == nil || failure.Parent() != failure.Pkg().Scope() || !isError(failure.Type()) {
		return
	}
	scope := failure.Pkg().Scope()
	names := slices.DeleteFunc(scope.Names(), func(name string) bool {
		other, ok := scope.Lookup(name).(*types.Var)
		return !ok || !sameKind(failure, other) || !other.Exported() && other.Pkg() != f.types
	})
	text := names[(slices.Index(names, failure.Name())+1)%len(names)]
	if selector, ok := e.(*ast.SelectorExpr); ok {
		text = f.text(selector.X) + "." + text
	}
	f.change("swap failure", e, text)
}

// isKey reports whether the identifier visited names a field in a literal.
func (f *finder) isKey(id *ast.Ident) bool {
	pair, ok := f.parent().(*ast.KeyValueExpr)
	return ok && pair.Key == id
}

// lookup finds another name where the one visited is used.
func (f *finder) lookup(id *ast.Ident, object types.Object, name string) types.Object {
	if selector, ok := f.parent().(*ast.SelectorExpr); ok && selector.Sel == id {
		if selection := f.info.Selections[selector]; selection != nil {
			other, _, _ := types.LookupFieldOrMethod(selection.Recv(), true, f.types, name)
			return other
		}
		if other := object.Pkg().Scope().Lookup(name); other != nil && other.Exported() {
			return other
		}
		return nil
	}
	scope := f.types.Scope().Innermost(id.Pos())
	if scope == nil {
		return nil
	}
	_, other := scope.LookupParent(name, id.Pos())
	return other
}

func sameKind(a, b types.Object) bool {
	switch a.(type) {
	case *types.Func:
		_, ok := b.(*types.Func)
		return ok && types.Identical(a.Type(), b.Type())
	case *types.Var:
		_, ok := b.(*types.Var)
		return ok && types.Identical(a.Type(), b.Type())
	case *types.Const:
		_, ok := b.(*types.Const)
		return ok && types.Identical(a.Type(), b.Type())
	case *types.Builtin:
		_, ok := b.(*types.Builtin)
		return ok
	}
	return false
}

// ordered are the operations whose two arguments are not alike; commutative those whose order says nothing.
var (
	ordered     = regexp.MustCompile(`(?i)^(sub|div|quo|mod|rem|ratio)|(?i)(sub|div|quo|divdown|divup)$`)
	commutative = regexp.MustCompile(`(?i)^(add|mul|and|or|xor|eq|equal|hull|sum|product|productof|least|greatest|min|max|exactsum|exactproduct|muldown|mulup|muloverflow|addoverflow)$`)
	first2      = regexp.MustCompile(`(?i)^(muldivup|muldivdown)$`) // a·b/c
)

// alike reports whether a call gives the same with two of its arguments exchanged.
func (f *finder) alike(call *ast.CallExpr, i, j int) bool {
	name := calledName(call)
	if i == 1 && j == 2 { // the first argument is the operation
		name = f.text(call.Args[0])
		return commutative.MatchString(name[strings.LastIndex(name, ".")+1:])
	}
	return commutative.MatchString(name) && len(call.Args) == 2 || i == 0 && j == 1 && first2.MatchString(name)
}

// exchange swaps two arguments of one type in a call, and two values of one type in a literal without keys.
func exchange(f *finder, n ast.Node) {
	var list []ast.Expr
	operator := "exchange arguments"
	switch e := n.(type) {
	case *ast.CallExpr:
		if ordered.MatchString(calledName(e)) {
			operator = "swap operands"
		}
		list = e.Args
	case *ast.CompositeLit:
		if _, ok := f.info.TypeOf(e).Underlying().(*types.Struct); !ok || len(e.Elts) == 0 {
			return
		}
		if _, keyed := e.Elts[0].(*ast.KeyValueExpr); keyed {
			return
		}
		list = e.Elts
	case *ast.ReturnStmt:
		list = e.Results
	}
	for i, a := range list {
		for j := i + 1; j < len(list); j++ {
			b := list[j]
			if f.text(a) == f.text(b) || f.info.Types[a].IsType() || !f.sameType(a, b) {
				continue
			}
			if call, ok := n.(*ast.CallExpr); ok && f.alike(call, i, j) {
				continue
			}
			between := f.between(a.End(), b.Pos())
			swapped := f.text(b) + between + f.text(a)
			f.add(operator, n, a.Pos(), b.End(), swapped,
				f.text(n), f.between(n.Pos(), a.Pos())+swapped+f.between(b.End(), n.End()))
		}
	}
}

func (f *finder) sameType(a, b ast.Expr) bool {
	s, t := f.info.TypeOf(a), f.info.TypeOf(b)
	return s != nil && t != nil && types.Identical(types.Default(s), types.Default(t))
}

// dropCall replaces a call by the argument, or what the method is of, that has the type of its result.
func dropCall(f *finder, n ast.Node) {
	call, ok := n.(*ast.CallExpr)
	if !ok || f.info.Types[call.Fun].IsType() {
		return
	}
	if _, statement := f.parent().(*ast.ExprStmt); statement {
		return
	}
	result := f.info.TypeOf(call)
	if result == nil || isTuple(result) {
		return
	}
	choices := call.Args
	if selector, ok := call.Fun.(*ast.SelectorExpr); ok && f.info.Selections[selector] != nil {
		choices = append([]ast.Expr{selector.X}, choices...)
	}
	for _, x := range choices {
		if t := f.info.TypeOf(x); t != nil && types.Identical(t, result) {
			f.change("drop call", call, f.text(x))
		}
	}
}

func isTuple(t types.Type) bool {
	_, ok := t.(*types.Tuple)
	return ok
}

// dropField leaves a field of a literal at its zero value, and an element out of a list.
func dropField(f *finder, n ast.Node) {
	e, ok := n.(*ast.CompositeLit)
	if !ok {
		return
	}
	_, list := f.info.TypeOf(e).Underlying().(*types.Slice)
	for i, x := range e.Elts {
		if _, keyed := x.(*ast.KeyValueExpr); !keyed && !list {
			return
		}
		if f.isMessage(x) {
			continue
		}
		from, to := x.Pos(), x.End()
		switch {
		case i+1 < len(e.Elts):
			to = e.Elts[i+1].Pos()
		case i > 0:
			from = e.Elts[i-1].End()
		}
		f.add("drop field", x, from, to, "", f.text(x), "nothing")
	}
}

// isMessage reports whether a field is text for a person, of which no claim speaks.
func (f *finder) isMessage(x ast.Expr) bool {
	pair, ok := x.(*ast.KeyValueExpr)
	if !ok {
		return false
	}
	value := f.info.Types[pair.Value]
	return f.isString(pair.Value) && (value.Value == nil || strings.Contains(constant.StringVal(value.Value), " "))
}

// wei is the type of amounts.
const wei = "github.com/holiman/uint256.Int"

// oneUnit returns one more and one less than a function does.
func oneUnit(f *finder, n ast.Node) {
	s, ok := n.(*ast.ReturnStmt)
	if !ok {
		return
	}
	if len(s.Results) == 1 && isTuple(f.info.TypeOf(s.Results[0])) {
		t := f.info.TypeOf(s.Results[0]).(*types.Tuple)
		if t.Len() == 2 && t.At(0).Type().String() == wei && t.At(1).Type().String() == "error" {
			f.around("one unit off", s.Results[0], "OneMoreOr", "OneLessOr")
		}
		return
	}
	for _, e := range s.Results {
		if literal, ok := e.(*ast.CompositeLit); ok && len(literal.Elts) == 0 || f.info.Types[e].Value != nil {
			continue
		}
		switch t := f.info.TypeOf(e); {
		case t.String() == wei:
			f.around("one unit off", e, "OneMore", "OneLess")
		case isInteger(t) && types.Identical(t, t.Underlying()):
			f.change("one unit off", e, "("+f.text(e)+") + 1")
			f.change("one unit off", e, "("+f.text(e)+") - 1")
		case t.String() == "*math/big.Int":
			f.change("one unit off", e, "new(big.Int).Add("+f.text(e)+", big.NewInt(1))")
			f.change("one unit off", e, "new(big.Int).Sub("+f.text(e)+", big.NewInt(1))")
		}
	}
}

// around puts functions of package selected around an expression.
func (f *finder) around(operator string, e ast.Expr, functions ...string) {
	for _, function := range functions {
		text := function + "(" + f.text(e) + ")"
		f.add(operator, e, e.Pos(), e.End(), selectedName+"."+text, f.text(e), text)
	}
}

// swallow returns no error where there is one.
func swallow(f *finder, n ast.Node) {
	s, ok := n.(*ast.ReturnStmt)
	if !ok || len(s.Results) == 0 {
		return
	}
	last := s.Results[len(s.Results)-1]
	if t := f.info.TypeOf(last); isError(t) && f.text(last) != "nil" {
		f.add("swallow failure", s, last.Pos(), last.End(), "nil", f.text(s), f.between(s.Pos(), last.Pos())+"nil")
	}
}

// isError reports whether a value of the type is an error: t may be a type that implements it.
func isError(t types.Type) bool {
	if t == nil || isTuple(t) {
		return false
	}
	if basic, ok := t.(*types.Basic); ok && basic.Kind() == types.UntypedNil {
		return false
	}
	return types.Implements(t, types.Universe.Lookup("error").Type().Underlying().(*types.Interface))
}

// inList tells the statements of a list from those of a header.
func inList(parent ast.Node, s ast.Stmt) bool {
	switch p := parent.(type) {
	case *ast.BlockStmt:
		return slices.Contains(p.List, s)
	case *ast.CaseClause:
		return slices.Contains(p.Body, s)
	}
	return false
}

// dropStatement leaves out a call, an assignment to what exists, a count, a defer, a break or a continue.
func dropStatement(f *finder, n ast.Node) {
	s, ok := n.(ast.Stmt)
	if !ok || !inList(f.parent(), s) {
		return
	}
	switch s := s.(type) {
	case *ast.AssignStmt:
		if s.Tok == token.DEFINE {
			return
		}
	case *ast.ExprStmt, *ast.IncDecStmt, *ast.DeferStmt, *ast.BranchStmt, *ast.GoStmt:
	default:
		return
	}
	f.add("drop statement", n, n.Pos(), n.End(), "if false { "+f.text(n)+" }", f.text(n), "nothing") // its variables stay used
}

// countedTwice counts two where one is to be counted.
func countedTwice(f *finder, n ast.Node) {
	if s, ok := n.(*ast.IncDecStmt); ok && s.Tok == token.INC && inList(f.parent(), s) {
		f.change("count twice", s, f.text(s.X)+" += 2")
	}
}

// branch swaps break with continue.
func branch(f *finder, n ast.Node) {
	if s, ok := n.(*ast.BranchStmt); ok {
		switch s.Tok {
		case token.BREAK:
			f.change("swap branch", s, strings.Replace(f.text(s), "break", "continue", 1))
		case token.CONTINUE:
			f.change("swap branch", s, strings.Replace(f.text(s), "continue", "break", 1))
		}
	}
}

// skipElement leaves out the first or the last element of a range.
func skipElement(f *finder, n ast.Node) {
	s, ok := n.(*ast.RangeStmt)
	if !ok {
		return
	}
	x := f.text(s.X)
	header := strings.TrimSpace(f.between(s.Pos(), s.Body.Pos()))
	key, _ := s.Key.(*ast.Ident)
	named := key != nil && key.Name != "_"
	switch t := f.info.TypeOf(s.X).Underlying().(type) {
	case *types.Slice, *types.Array, *types.Pointer:
		if named {
			f.add("skip element", s, s.Body.Lbrace+1, s.Body.Lbrace+1, " if "+key.Name+" == 0 { continue };", header, header+" without the first")
		} else {
			f.add("skip element", s, s.X.Pos(), s.X.End(), "("+x+")[min(1, len("+x+")):]", header, header+" without the first")
		}
		f.add("skip element", s, s.X.Pos(), s.X.End(), "("+x+")[:max(1, len("+x+"))-1]", header, header+" without the last")
	case *types.Basic:
		if t.Info()&types.IsInteger == 0 {
			return
		}
		if named {
			f.add("skip element", s, s.Body.Lbrace+1, s.Body.Lbrace+1, " if "+key.Name+" == 0 { continue };", header, header+" without the first")
		}
		f.add("skip element", s, s.X.Pos(), s.X.End(), "max(1, "+x+") - 1", header, header+" without the last")
	}
}
