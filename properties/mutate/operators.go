package mutate

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"math/big"
	"regexp"
	"slices"
	"strings"
)

// operators are asked for candidates at every node. Each is a way in which a programmer is known to be wrong; what does
// not compile, and what changes nothing but the layout, is dropped later.
var operators = []func(*finder, ast.Node){
	counterpart, otherFailure, enumerator, constantByOne, truth,
	literal, floatLiteral, digits, name,
	comparison, arithmetic, logic, operands, movedMethodGuard,
	guard, caseGuard, negatedResult, unary,
	exchange, dropCall, dropField,
	dropStatement, countedTwice, branch, swallow, oneUnit,
	skipElement,
}

// binary changes the operator of a binary expression.
func (f *finder) binary(name string, e *ast.BinaryExpr, op token.Token) {
	x, y := f.text(e.X), f.text(e.Y)
	text := x + " " + op.String() + " " + y
	f.add(name, e, e.Pos(), e.End(), f.enclosed(text), f.text(e), text)
}

// enclosed puts an expression that stands in another one's place in parentheses where it is an operand and needs them.
func (f *finder) enclosed(text string) string {
	if !strings.ContainsAny(text, " -") {
		return text
	}
	switch f.parent().(type) {
	case *ast.BinaryExpr, *ast.UnaryExpr, *ast.SelectorExpr, *ast.StarExpr:
		return "(" + text + ")"
	}
	return text
}

// comparison moves a guard by one. It turns == into != where that is not the whole condition, which guard negates.
func comparison(f *finder, n ast.Node) {
	e, ok := n.(*ast.BinaryExpr)
	if !ok {
		return
	}
	moved := map[token.Token]token.Token{token.LSS: token.LEQ, token.LEQ: token.LSS, token.GTR: token.GEQ, token.GEQ: token.GTR}
	negated := map[token.Token]token.Token{token.EQL: token.NEQ, token.NEQ: token.EQL}
	if op, ok := moved[e.Op]; ok {
		f.binary("move guard", e, op)
	}
	if op, ok := negated[e.Op]; ok {
		if _, operand := f.parent().(*ast.BinaryExpr); operand {
			f.binary("negate guard", e, op)
		}
	}
}

// arithmetic swaps + with −, × with ÷, and their like.
func arithmetic(f *finder, n ast.Node) {
	other := map[token.Token]token.Token{token.ADD: token.SUB, token.SUB: token.ADD, token.MUL: token.QUO, token.QUO: token.MUL,
		token.REM: token.QUO, token.SHL: token.SHR, token.SHR: token.SHL, token.AND: token.OR, token.OR: token.AND,
		token.ADD_ASSIGN: token.SUB_ASSIGN, token.SUB_ASSIGN: token.ADD_ASSIGN, token.MUL_ASSIGN: token.QUO_ASSIGN,
		token.QUO_ASSIGN: token.MUL_ASSIGN, token.SHL_ASSIGN: token.SHR_ASSIGN, token.SHR_ASSIGN: token.SHL_ASSIGN,
		token.INC: token.DEC, token.DEC: token.INC}
	switch e := n.(type) {
	case *ast.BinaryExpr:
		if op, ok := other[e.Op]; ok && !f.isString(e) {
			f.binary("swap operator", e, op)
		}
	case *ast.AssignStmt:
		if op, ok := other[e.Tok]; ok && !f.isString(e.Lhs[0]) {
			f.change("swap operator", e, f.text(e.Lhs[0])+" "+op.String()+" "+f.text(e.Rhs[0]))
		}
	case *ast.IncDecStmt:
		f.change("swap operator", e, f.text(e.X)+other[e.Tok].String())
	}
}

func (f *finder) isString(e ast.Expr) bool {
	basic, ok := f.info.TypeOf(e).Underlying().(*types.Basic)
	return ok && basic.Info()&types.IsString != 0
}

// logic swaps && with ||, and drops an operand of either.
func logic(f *finder, n ast.Node) {
	e, ok := n.(*ast.BinaryExpr)
	if !ok || e.Op != token.LAND && e.Op != token.LOR {
		return
	}
	op := token.LAND
	if e.Op == op {
		op = token.LOR
	}
	f.binary("swap logic", e, op)
	f.change("drop condition", e, f.enclosed(f.text(e.X)))
	f.change("drop condition", e, f.enclosed(f.text(e.Y)))
}

// operands swaps those of − and ÷.
func operands(f *finder, n ast.Node) {
	e, ok := n.(*ast.BinaryExpr)
	if !ok || e.Op != token.SUB && e.Op != token.QUO && e.Op != token.REM {
		return
	}
	grouped := func(x ast.Expr) string {
		if _, ok := x.(*ast.BinaryExpr); ok {
			return "(" + f.text(x) + ")"
		}
		return f.text(x)
	}
	text := grouped(e.Y) + " " + e.Op.String() + " " + grouped(e.X)
	f.add("swap operands", e, e.Pos(), e.End(), f.enclosed(text), f.text(e), text)
}

// movedMethodGuard moves x.Lt(y) to x ≤ y and x.Gt(y) to x ≥ y.
func movedMethodGuard(f *finder, n ast.Node) {
	call, ok := n.(*ast.CallExpr)
	if !ok {
		return
	}
	selector, ok := call.Fun.(*ast.SelectorExpr)
	opposite := map[string]string{"Lt": "Gt", "Gt": "Lt", "Slt": "Sgt", "Sgt": "Slt"}
	if !ok || f.info.Selections[selector] == nil || opposite[selector.Sel.Name] == "" {
		return
	}
	text := "!" + f.text(selector.X) + "." + opposite[selector.Sel.Name] + f.between(call.Fun.End(), call.End())
	f.change("move guard", call, text)
}

func (f *finder) between(from, to token.Pos) string {
	return string(f.d.file.source[f.offset(from):f.offset(to)])
}

// guard negates the condition of an if or for, and makes that of an if always false; and always true, unless what it
// guards is a way out.
func guard(f *finder, n ast.Node) {
	switch s := n.(type) {
	case *ast.IfStmt:
		f.condition(s.Cond, s.Body.List)
	case *ast.ForStmt:
		if s.Cond != nil {
			f.negate(s.Cond)
		}
	}
}

// caseGuard does the same to the conditions of a switch without a value.
func caseGuard(f *finder, n ast.Node) {
	s, ok := n.(*ast.SwitchStmt)
	if !ok || s.Tag != nil {
		return
	}
	for _, clause := range s.Body.List {
		for _, cond := range clause.(*ast.CaseClause).List {
			f.condition(cond, clause.(*ast.CaseClause).Body)
		}
	}
}

func (f *finder) condition(cond ast.Expr, guarded []ast.Stmt) {
	text := f.text(cond)
	out := isWayOut(guarded)
	if !out || !f.asksForError(cond) { // a success that is taken for a failure is noticed everywhere
		f.negate(cond)
	}
	f.change("delete guard", cond, "false && ("+text+")")
	if !out {
		f.change("always", cond, "true || ("+text+")")
	}
}

// isWayOut reports whether a list of statements ends in a return, break or continue.
func isWayOut(list []ast.Stmt) bool {
	if len(list) == 0 {
		return false
	}
	switch list[len(list)-1].(type) {
	case *ast.ReturnStmt, *ast.BranchStmt:
		return true
	}
	return false
}

// asksForError reports whether a condition is err != nil.
func (f *finder) asksForError(cond ast.Expr) bool {
	e, ok := cond.(*ast.BinaryExpr)
	return ok && e.Op == token.NEQ && f.text(e.Y) == "nil" && isError(f.info.TypeOf(e.X))
}

// negate negates a boolean expression.
func (f *finder) negate(e ast.Expr) {
	if not, ok := e.(*ast.UnaryExpr); ok {
		f.change("negate guard", e, f.text(not.X))
		return
	}
	f.change("negate guard", e, "!("+f.text(e)+")")
}

// negatedResult negates a boolean expression that is returned or assigned.
func negatedResult(f *finder, n ast.Node) {
	var list []ast.Expr
	switch s := n.(type) {
	case *ast.ReturnStmt:
		list = s.Results
	case *ast.AssignStmt:
		list = s.Rhs
	}
	for _, e := range list {
		t := f.info.Types[e]
		basic, ok := t.Type.(*types.Basic)
		if ok && basic.Info()&types.IsBoolean != 0 && t.Value == nil {
			f.negate(e)
		}
	}
}

// unary drops a negation.
func unary(f *finder, n ast.Node) {
	if e, ok := n.(*ast.UnaryExpr); ok && (e.Op == token.SUB || e.Op == token.NOT || e.Op == token.XOR) {
		f.change("drop negation", e, f.text(e.X))
	}
}

// literal changes an integer, or a number such as 1e18 that is one, by one.
func literal(f *finder, n ast.Node) {
	e, ok := n.(*ast.BasicLit)
	if !ok || e.Kind != token.INT && e.Kind != token.FLOAT {
		return
	}
	value := constant.MakeFromLiteral(e.Value, e.Kind, 0)
	if e.Kind == token.FLOAT {
		if constant.ToInt(value).Kind() == constant.Int && constant.Sign(value) != 0 && isInteger(f.info.TypeOf(e)) {
			f.change("literal by one", e, f.enclosed(e.Value+" + 1"))
			f.change("literal by one", e, f.enclosed(e.Value+" - 1"))
		}
		return
	}
	number, ok := new(big.Int).SetString(value.ExactString(), 10)
	if !ok {
		return
	}
	operator := "literal by one"
	if number.Cmp(big.NewInt(1)) == 0 && f.isStep() {
		operator = "drop or double ±1"
	}
	f.change(operator, e, f.enclosed(new(big.Int).Add(number, big.NewInt(1)).String()))
	f.change(operator, e, f.enclosed(new(big.Int).Sub(number, big.NewInt(1)).String()))
}

// isStep reports whether the node visited is what is added or taken away.
func (f *finder) isStep() bool {
	switch p := f.parent().(type) {
	case *ast.BinaryExpr:
		return p.Op == token.ADD || p.Op == token.SUB
	case *ast.CallExpr:
		name := calledName(p)
		return strings.HasPrefix(name, "Add") || strings.HasPrefix(name, "Sub") || name == "NewInt"
	}
	return false
}

func isInteger(t types.Type) bool {
	basic, ok := t.Underlying().(*types.Basic)
	return ok && basic.Info()&types.IsInteger != 0
}

// floatLiteral doubles a number that is no integer.
func floatLiteral(f *finder, n ast.Node) {
	e, ok := n.(*ast.BasicLit)
	if ok && e.Kind == token.FLOAT && !isInteger(f.info.TypeOf(e)) {
		f.change("literal doubled", e, f.enclosed(e.Value+" * 2"))
	}
}

var decimalText = regexp.MustCompile(`^"[0-9]{2,}"$`)

// digits changes one digit of a number written as text: the last by one up and down, and the middle one.
func digits(f *finder, n ast.Node) {
	e, ok := n.(*ast.BasicLit)
	if !ok || !decimalText.MatchString(e.Value) {
		return
	}
	turned := func(i int, by byte) string {
		text := []byte(e.Value)
		text[i] = '0' + (text[i]-'0'+by)%10
		return string(text)
	}
	last, middle := len(e.Value)-2, len(e.Value)/2
	f.change("digit", e, turned(last, 1))
	f.change("digit", e, turned(last, 9))
	f.change("digit", e, turned(middle, 1))
}

var nameText = regexp.MustCompile(`^"[A-Z][A-Za-z0-9#()]*"$`)

// name empties a text that names something, such as a failure's code.
func name(f *finder, n ast.Node) {
	if e, ok := n.(*ast.BasicLit); ok && nameText.MatchString(e.Value) {
		f.change("drop name", e, `""`)
	}
}

// constantByOne changes a use of a named number by one.
func constantByOne(f *finder, n ast.Node) {
	e, object := f.used(n)
	c, ok := object.(*types.Const)
	if !ok {
		return
	}
	basic, ok := c.Type().(*types.Basic)
	if ok && basic.Info()&types.IsNumeric != 0 {
		f.change("constant by one", e, "("+f.text(e)+" + 1)")
		f.change("constant by one", e, "("+f.text(e)+" - 1)")
	}
}

// used returns the object that an identifier or a qualified identifier stands for, and the whole of it.
func (f *finder) used(n ast.Node) (ast.Expr, types.Object) {
	switch n := n.(type) {
	case *ast.Ident:
		if selector, ok := f.parent().(*ast.SelectorExpr); ok && selector.Sel == n {
			return nil, nil
		}
		return n, f.info.Uses[n]
	case *ast.SelectorExpr:
		if f.info.Selections[n] == nil {
			return n, f.info.Uses[n.Sel]
		}
	}
	return nil, nil
}

// truth swaps true with false.
func truth(f *finder, n ast.Node) {
	e, object := f.used(n)
	switch object {
	case types.Universe.Lookup("true"):
		f.change("swap truth", e, "false")
	case types.Universe.Lookup("false"):
		f.change("swap truth", e, "true")
	}
}

// enumerator replaces one name of an enumeration by others: all of a small one, else those beside it and the first.
func enumerator(f *finder, n ast.Node) {
	e, object := f.used(n)
	c, ok := object.(*types.Const)
	if !ok {
		return
	}
	if _, ok := c.Type().(*types.Named); !ok {
		return
	}
	var siblings []*types.Const
	for _, name := range c.Pkg().Scope().Names() {
		other, ok := c.Pkg().Scope().Lookup(name).(*types.Const)
		if ok && types.Identical(other.Type(), c.Type()) && (other.Exported() || c.Pkg() == f.types) {
			siblings = append(siblings, other)
		}
	}
	slices.SortStableFunc(siblings, func(a, b *types.Const) int {
		switch {
		case a.Val().Kind() == constant.Bool: // of which there are two
			return strings.Compare(a.Name(), b.Name())
		case constant.Compare(a.Val(), token.LSS, b.Val()):
			return -1
		case constant.Compare(b.Val(), token.LSS, a.Val()):
			return 1
		}
		return 0
	})
	at := slices.Index(siblings, c)
	for i, other := range siblings {
		if i == at || len(siblings) > 5 && i != at-1 && i != at+1 && i != 0 {
			continue
		}
		text := other.Name()
		if selector, ok := e.(*ast.SelectorExpr); ok {
			text = f.text(selector.X) + "." + text
		}
		f.change("swap enumerator", e, text)
	}
}

func calledName(call *ast.CallExpr) string {
	switch fun := call.Fun.(type) {
	case *ast.Ident:
		return fun.Name
	case *ast.SelectorExpr:
		return fun.Sel.Name
	}
	return ""
}
