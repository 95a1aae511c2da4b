package corpus

import (
	"io/fs"
	"math/big"
	"regexp"
	"strings"
)

// A VectorFile holds what one function of a deployed contract answered: SPEC, "The vectors".
type VectorFile struct {
	Rules    string // "v2" or "v3"
	Function string // the contract's own name for it
	Origin   VectorOrigin
	Notes    []string
	Entries  []Vector
}

// A VectorOrigin says what was measured, and with what.
type VectorOrigin struct {
	Contract, Commit, Compiler, EVM string
}

// A Vector is one call. In follows the function's parameters; Out its results, and is nil when the call failed.
type Vector struct {
	ID      string
	In      []Value
	Out     []Value
	Failure string     // "BAL#nnn", a v3 error, "Panic(0x..)" or "INVALID"; empty when the call succeeded
	Args    []*big.Int // what the failure carried, if anything
}

// A Value is an integer or a list of integers; the other is nil. Integers are as the contract holds them: 18-decimal
// fixed point or a plain count, signed only where the function's type is.
type Value struct {
	Int  *big.Int
	List []*big.Int // never nil for a list, even an empty one
}

// A failure of v2 is a code or the invalid opcode; of v3 an error's name or a panic code.
var failures = map[string]*regexp.Regexp{
	"v2": regexp.MustCompile(`^(BAL#[0-9]{3}|INVALID)$`),
	"v3": regexp.MustCompile(`^([A-Z][A-Za-z]+|Panic\(0x[0-9a-f]{2}\))$`),
}

// Vectors reads vectors/*.json of fsys, in order of file name.
func Vectors(fsys fs.FS) ([]VectorFile, error) { return readAll(fsys, "vectors", readVectors) }

// VectorsOf reads the one file of a function, named by its rules and its own name: "v3 mulDown".
func VectorsOf(fsys fs.FS, name string) (VectorFile, error) {
	file := "vectors/" + strings.Replace(name, " ", "-", 1) + ".json"
	return readFile(fsys, file, readVectors, map[string]string{})
}

func readVectors(d *document, root *node, ids map[string]string) (file VectorFile) {
	fields, ok := d.object(root, "", "schema", "rules", "function", "count", "origin", "notes", "entries")
	if !ok {
		return
	}
	d.oneOf(fields["schema"], "schema", "trueweight-vectors-1")
	file.Rules = d.oneOf(fields["rules"], "rules", "v2", "v3")
	file.Function = d.text(fields["function"], "function")
	if name := file.Rules + "-" + file.Function; d.stem() != name {
		d.fault("function", brief(file.Function), "the function of rules "+file.Rules+" that the file is named after")
	}
	signature, ok := signatures[file.Rules+" "+file.Function]
	if !ok {
		d.fault("function", brief(file.Function), "a function with a known signature")
	}
	file.Origin = readVectorOrigin(d, fields["origin"])
	file.Notes = d.texts(fields["notes"], "notes")
	d.body(fields, ids, func(n *node) {
		file.Entries = append(file.Entries, readVector(d, n, file.Rules, signature))
	})
	return file
}

func readVectorOrigin(d *document, n *node) (origin VectorOrigin) {
	fields, ok := d.object(n, "origin", "contract", "commit", "compiler", "evm")
	if !ok {
		return
	}
	origin.Contract = d.text(fields["contract"], "origin.contract")
	origin.Commit = d.text(fields["commit"], "origin.commit")
	origin.Compiler = d.text(fields["compiler"], "origin.compiler")
	origin.EVM = d.text(fields["evm"], "origin.evm")
	return origin
}

func readVector(d *document, n *node, rules string, s signature) (v Vector) {
	fields, ok := d.object(n, "", "id", "in", "out?", "failure?", "args?")
	if !ok {
		return
	}
	v.ID = d.text(fields["id"], "id")
	v.In = readValues(d, fields["in"], "in", s.in)
	out, failure, args := fields["out"], fields["failure"], fields["args"]
	switch {
	case out != nil && failure != nil:
		d.fault("", "both out and failure", "one of them")
	case out != nil && args != nil:
		d.fault("args", "the arguments of a failure", "none beside out")
	case out != nil:
		v.Out = readValues(d, out, "out", s.out)
	case failure == nil:
		d.fault("", "neither out nor failure", "one of them")
	default:
		v.Failure = d.text(failure, "failure")
		if !failures[rules].MatchString(v.Failure) {
			d.fault("failure", brief(v.Failure), "a failure of "+rules)
		}
	}
	if args != nil {
		v.Args = readIntegers(d, args, "args")
	}
	return v
}

// readValues reads the arguments or results of a call, in the types the parameters give.
func readValues(d *document, n *node, field string, parameters []parameter) []Value {
	elements := d.array(n, field)
	if len(elements) != len(parameters) {
		d.fault(field, plural(len(elements), "value"), plural(len(parameters), "value")+": "+names(parameters))
	}
	if d.err != nil {
		return nil
	}
	values := make([]Value, len(elements))
	for i, element := range elements {
		at := index(field, i) + " (" + parameters[i].name + ")"
		if parameters[i].list {
			values[i].List = readIntegers(d, element, at)
		} else {
			values[i].Int = d.integer(element, at, parameters[i].signed)
		}
	}
	return values
}

// readIntegers reads a list of unsigned integers.
func readIntegers(d *document, n *node, field string) []*big.Int {
	list := []*big.Int{}
	for i, element := range d.array(n, field) {
		list = append(list, d.integer(element, index(field, i), false))
	}
	return list
}
