package mutate

import (
	"go/ast"
	"go/types"
	"strings"
)

// shortcuts makes a function return at once: an argument of its result's type unchanged, zeros, true or false.
func (f *finder) shortcuts(fn *ast.FuncDecl) {
	results := f.info.Defs[fn.Name].Type().(*types.Signature).Results()
	var zeros []string
	if fn.Type.Results != nil {
		for _, t := range repeated(fn.Type.Results, f.text) {
			zeros = append(zeros, "*new("+t+")")
		}
	}
	shown := make([]string, len(zeros))
	for i := range shown {
		shown[i] = "0"
	}
	f.atOnce(fn, "return zero", zeros, shown)
	if results.Len() == 0 {
		return
	}
	replaced := func(operator, text string) {
		f.atOnce(fn, operator, append([]string{text}, zeros[1:]...), append([]string{text}, shown[1:]...))
	}
	if basic, ok := results.At(0).Type().Underlying().(*types.Basic); ok && basic.Info()&types.IsBoolean != 0 {
		replaced("return true", "true")
	}
	for _, field := range fn.Type.Params.List {
		for _, name := range field.Names {
			object := f.info.Defs[name]
			if object != nil && name.Name != "_" && types.Identical(object.Type(), results.At(0).Type()) {
				replaced("return argument", name.Name)
			}
		}
	}
}

// atOnce puts a return before everything else.
func (f *finder) atOnce(fn *ast.FuncDecl, operator string, values, shown []string) {
	first := fn.Body.Lbrace + 1
	f.add(operator, fn.Body, first, first, " return "+strings.Join(values, ", ")+";",
		"{ … }", strings.TrimSpace("return "+strings.Join(shown, ", ")))
}
