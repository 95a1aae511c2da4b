package corpus

import (
	"io/fs"
	"math/big"
)

// A ReferenceFile holds values of one real function, rounded correctly by MPFR.
type ReferenceFile struct {
	Function string // "log", "exp" or "pow"
	Bits     uint   // precision that every value is rounded to
	Rounding string // "nearest"
	Tools    ReferenceTools
	Origin   string
	Notes    []string
	Entries  []ReferenceValue
}

// ReferenceTools gives the versions of what computed the values.
type ReferenceTools struct {
	MPFR, GMP, Compiler string
}

// A ReferenceValue is one value of a function: log X, e^X or X^Y. The inputs are exact, with a precision of 320 bits. Value,
// with a precision of Bits, is the number nearest to the exact value: where Value = m·2^e and ½ ≤ |m| < 1, the two differ
// by at most 2^(e−Bits−1).
type ReferenceValue struct {
	ID    string
	Class string // "near-one", "ends" or "spread"
	X     *big.Float
	Y     *big.Float // nil but for pow
	Value *big.Float
}

// inputBits bounds the mantissa of an input: 1 + m·2⁻²⁵⁶⁻⁶³ for a 64-bit m needs 320 bits.
const inputBits = 320

// Reference reads reference/*.json of fsys, in order of file name.
func Reference(fsys fs.FS) ([]ReferenceFile, error) { return readAll(fsys, "reference", readReference) }

func readReference(d *document, root *node, ids map[string]string) (file ReferenceFile) {
	fields, ok := d.object(root, "", "schema", "function", "bits", "rounding", "tools", "count", "origin", "notes", "entries")
	if !ok {
		return
	}
	d.oneOf(fields["schema"], "schema", "trueweight-reference-1")
	file.Function = d.oneOf(fields["function"], "function", "log", "exp", "pow")
	if file.Function != d.stem() {
		d.fault("function", brief(file.Function), "the function that the file is named after")
	}
	file.Bits = uint(d.number(fields["bits"], "bits"))
	file.Rounding = d.oneOf(fields["rounding"], "rounding", "nearest")
	file.Tools = readTools(d, fields["tools"])
	file.Origin = d.text(fields["origin"], "origin")
	file.Notes = d.texts(fields["notes"], "notes")
	d.body(fields, ids, func(n *node) {
		file.Entries = append(file.Entries, readReferenceValue(d, n, file.Function, file.Bits))
	})
	return file
}

func readTools(d *document, n *node) (tools ReferenceTools) {
	fields, ok := d.object(n, "tools", "mpfr", "gmp", "compiler")
	if !ok {
		return
	}
	tools.MPFR = d.text(fields["mpfr"], "tools.mpfr")
	tools.GMP = d.text(fields["gmp"], "tools.gmp")
	tools.Compiler = d.text(fields["compiler"], "tools.compiler")
	return tools
}

func readReferenceValue(d *document, n *node, function string, bits uint) (v ReferenceValue) {
	keys := []string{"id", "class", "x", "value"}
	if function == "pow" {
		keys = append(keys, "y")
	}
	fields, ok := d.object(n, "", keys...)
	if !ok {
		return
	}
	v.ID = d.text(fields["id"], "id")
	v.Class = d.oneOf(fields["class"], "class", "near-one", "ends", "spread")
	v.X = d.dyadic(fields["x"], "x", inputBits)
	if function == "pow" {
		v.Y = d.dyadic(fields["y"], "y", inputBits)
	}
	v.Value = d.dyadic(fields["value"], "value", bits)
	return v
}
