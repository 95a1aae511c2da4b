package main

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/trueweight/trueweight/properties"
)

// A fault is a bad situation that a command must meet with the right exit code and an error that says what to do, and in
// which no file may change, appear or vanish.
type fault struct {
	name  string
	args  []string
	in    string                 // standard input
	setup func(t *testing.T)     // lays files into the working directory, which is the top of a small checkout
	ctx   func() context.Context // the background unless given
	code  int                    // exitHarness unless given
	want  string                 // in what is printed
}

// faults are the lists of the commands' bad situations.
var faults = [][]fault{flagFaults, caseFaults, evidenceFaults, outputFaults, interruptions, searchFaults}

func TestBadSituationsEndInClearErrorsAndLoseNothing(t *testing.T) {
	names := map[string]bool{}
	for _, list := range faults {
		for _, f := range list {
			if names[f.name] {
				t.Errorf("two faults are called %q", f.name)
			}
			names[f.name] = true
			t.Run(f.name, func(t *testing.T) { f.check(t) })
		}
	}
}

func (f fault) check(t *testing.T) {
	t.Chdir(smallCheckout(t))
	if f.setup != nil {
		f.setup(t)
	}
	before := filesHere(t)
	ctx := t.Context()
	if f.ctx != nil {
		ctx = f.ctx()
	}
	var out, errors bytes.Buffer
	code := run(ctx, f.args, streams{strings.NewReader(f.in), &out, &errors})
	want := f.code
	if want == 0 {
		want = exitHarness
	}
	if printed := out.String() + errors.String(); code != want || !strings.Contains(printed, f.want) {
		t.Errorf("trueweight %.300s: exit code %d, want %d; printed\n%.2000s\nwant in it: %s", f.args, code, want, printed, f.want)
	}
	if n := errors.Len(); n > 8000 {
		t.Errorf("the error has %d bytes: nobody reads that", n)
	}
	if after := filesHere(t); after != before {
		t.Errorf("files changed: before\n%safter\n%s", before, after)
	}
}

// smallCheckout lays out a checkout with the evidence and report of one claim.
func smallCheckout(t *testing.T) string {
	t.Helper()
	e, err := smallEvidence()
	if err != nil {
		t.Fatal(err)
	}
	dir, _ := checkout(t, e)
	return dir
}

var smallEvidence = sync.OnceValues(func() (*properties.Evidence, error) {
	claims, err := properties.Select("LE-DOM")
	if err != nil {
		return nil, err
	}
	e := (&properties.Campaign{Subject: properties.Impl(), Claims: claims, Seed: 1, Cases: 300}).Run(context.Background()).Evidence
	e.Claims[0].Tightest = &properties.Tightest{Margin: "0 wei", Tight: true, Kind: "pow", Index: 7}
	return e, nil
})

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// file is a setup that writes one file.
func file(name, text string) func(*testing.T) {
	return func(t *testing.T) { write(t, name, text) }
}

// directory is a setup that puts a directory where a file is, or would be.
func directory(name string) func(*testing.T) {
	return func(t *testing.T) {
		if err := os.RemoveAll(name); err != nil {
			t.Fatal(err)
		}
		if err := os.MkdirAll(name, 0o755); err != nil {
			t.Fatal(err)
		}
	}
}

// filesHere lists the working directory's files with what is in them.
func filesHere(t *testing.T) string {
	t.Helper()
	var list strings.Builder
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			fmt.Fprintf(&list, "%s %v\n", path, entry.Type())
			return err
		}
		data, err := os.ReadFile(path)
		fmt.Fprintf(&list, "%s %q\n", path, data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list.String()
}

var flagFaults = []fault{
	{name: "a negative count", args: []string{"verify", "-cases", "-1"}, want: `invalid value "-1" for flag -cases`},
	{name: "a count of 2⁶⁴", args: []string{"verify", "-cases", "18446744073709551616"}, want: "value out of range"},
	{name: "a count of 2⁶⁴ − 1", args: []string{"verify", "-cases", "18446744073709551615"}, want: "want at most 1099511627776"},
	{name: "a fractional count", args: []string{"verify", "-cases", "1.5"}, want: `invalid value "1.5"`},
	{name: "a count without a number", args: []string{"verify", "-cases"}, want: "flag needs an argument: -cases"},
	{name: "a seed that is no number", args: []string{"verify", "-seed", "one"}, want: `invalid value "one"`},
	{name: "negative workers", args: []string{"verify", "-workers", "-1"}, want: "-workers -1: want 0…1024"},
	{name: "a million workers", args: []string{"verify", "-workers", "1000000"}, want: "want 0…1024"},
	{name: "a flag after the arguments", args: []string{"verify", "SW-OUT", "-strict"}, want: `"-strict" is neither a family`},
	{name: "an unknown claim", args: []string{"verify", "SW-NONE"}, want: `"SW-NONE" is neither a family (BX, FP,`},
	{name: "an empty claim", args: []string{"verify", ""}, want: `"" is neither a family`},
	{name: "a claim in lower case", args: []string{"verify", "sw-out"}, want: `"sw-out" is neither a family`},
	{name: "a finding in place of a claim", args: []string{"verify", "F-01"}, want: `"F-01" is neither a family`},
	{name: "a comma too many in a list of claims", args: []string{"replay", "-claims", "SW-OUT,", "-kind", "swap-in"}, want: `"" is neither a family`},
	{name: "an index without a kind", args: []string{"replay", "-index", "3", "-"}, in: `{"kind":"pow"}`, want: "-index says which generated case, so it needs -kind"},
	{name: "a seed without a kind", args: []string{"replay", "-seed", "3", "-"}, in: `{"kind":"pow"}`, want: "-seed says which generated case, so it needs -kind"},
	{name: "a negative index", args: []string{"replay", "-kind", "pow", "-index", "-1"}, want: `invalid value "-1" for flag -index`},
	{name: "an entry and a case", args: []string{"replay", "-entry", "seed-05", "x.json"}, want: "not both"},
	{name: "two cases", args: []string{"replay", "a.json", "b.json"}, want: "want one case"},
	{name: "a hash of no case", args: []string{"hash", "-cases", "0"}, want: "-cases 0: want 1000…1000000000"},
	{name: "a hash of more cases than memory has room for", args: []string{"hash", "-cases", "18446744073709551000"}, want: "want 1000…1000000000"},
	{name: "a hash of an unknown subject", args: []string{"hash", "-subject", "exact"}, want: `no subject is called "exact": want impl`},
	{name: "a report of something", args: []string{"report", "-check", "x.json"}, want: `takes no arguments, found ["x.json"]`},
}

const two256 = "115792089237316195423570985008687907853269984665640564039457584007913129639936"

// replayed are faults of a case on standard input.
func replayed(name, in, want string) fault {
	return fault{name: name, in: in, args: []string{"replay", "-claims", "SW,ST", "-"}, want: "standard input: " + want}
}

// amount is a swap whose amount is written as given.
func amount(value string) string { return `{"kind":"swap-in","amount":` + value + `}` }

// numeral is the fault of a case whose amount is a string that is no number.
func numeral(name, value string) fault {
	return replayed(name, amount(value), `field "amount": found `+value+" where a whole decimal number without leading zeros is wanted")
}

// tooLarge is the fault of a case whose amount has too many digits; found is what the error shows of them.
func tooLarge(name, digits, found string) fault {
	return replayed(name, amount(`"`+digits+`"`), `field "amount": found "`+found+": it does not fit 256 bits")
}

var caseFaults = []fault{
	replayed("an empty case", "", "malformed JSON: it ends before the case does"),
	replayed("a case of blanks", " \n\t", "malformed JSON: it ends before the case does"),
	replayed("a truncated case", `{"kind":"swap-in","amount":"1`, "malformed JSON: it ends before the case does"),
	replayed("an array in place of a case", `[]`, "found [] where a JSON object"),
	replayed("null in place of a case", `null`, "found null where a JSON object"),
	replayed("two cases in one", amount(`"1"`)+amount(`"2"`), `found {"kind":"swap-in","amount":"2"} after the closing brace: want one object`),
	replayed("text after a case", amount(`"1"`)+" x", "found x after the closing brace: want one object"),
	replayed("a number in place of a decimal string", amount(`1000`), `field "amount": found 1000 where a decimal string such as`),
	replayed("a truth in place of a decimal string", amount(`true`), `field "amount": found true where a decimal string`),
	replayed("null in place of a decimal string", amount(`null`), `field "amount": found null where`),
	numeral("a fraction", `"1.5"`),
	numeral("an exponent", `"1e18"`),
	replayed("a JSON number beyond every float", amount(`1e400`), `field "amount": found 1e400 where a decimal string`),
	numeral("a negative amount", `"-1"`),
	numeral("a plus sign", `"+1"`),
	numeral("hexadecimal digits", `"0x10"`),
	numeral("leading zeros", `"007"`),
	numeral("no digits", `""`),
	numeral("digits of another script", `"٣"`),
	tooLarge("2²⁵⁶", two256, two256+`"`),
	tooLarge("10⁴⁰⁰", "1"+strings.Repeat("0", 400), "1"+strings.Repeat("0", 88)+"…"),
	tooLarge("a million digits", strings.Repeat("9", 1_000_000), strings.Repeat("9", 89)+"…"),
	replayed("an unknown field", `{"kind":"swap-in","ammount":"1"}`, `field "ammount": a case of kind "swap-in" has no such field`),
	replayed("a field in the wrong case", `{"kind":"swap-in","Amount":"1"}`, `field "Amount": a case of kind "swap-in" has no such field`),
	replayed("a field twice", `{"kind":"swap-in","amount":"1","amount":"2"}`, `field "amount" stands twice`),
	replayed("a kind twice", `{"kind":"swap-in","kind":"swap-in"}`, `field "kind" stands twice`),
	replayed("no kind", `{"amount":"1"}`, `field "kind" is missing`),
	replayed("an unknown kind", `{"kind":"swop"}`, `field "kind": `),
	replayed("a number for a kind", `{"kind":7}`, `field "kind": found 7 where a string is wanted`),
	replayed("an unknown class", `{"kind":"swap-in","class":"huge"}`, `field "class": kind "swap-in" has no class "huge": want one of`),
	replayed("a NUL byte in a string", amount("\"1\x00\""), "malformed JSON: invalid character"),
	numeral("an escaped NUL", `"1\u0000"`),
	replayed("NUL bytes", "\x00\x00\x00\x00", "malformed JSON: invalid character"),
	replayed("a byte order mark", "\ufeff"+amount(`"1"`), "malformed JSON: invalid character"),
	replayed("bytes that are no UTF-8", "{\"kind\":\"swap-in\",\"class\":\"\xff\"}", "malformed JSON: it is not UTF-8"),
	replayed("deep nesting", amount(strings.Repeat("[", 1_000_000)), "malformed JSON: invalid character '[' exceeded max depth"),
	replayed("a script of one step that is none", `{"kind":"sequence","steps":[7]}`, `field "steps": step 1: found 7 where a JSON object`),
	replayed("an unknown step", `{"kind":"sequence","steps":[{"op":"steal"}]}`, `field "steps": step 1: field "op": found "steal" where one of`),
	replayed("a field of a step twice", `{"kind":"sequence","steps":[{"op":"join","op":"join"}]}`, `field "steps": step 1: field "op" stands twice`),
	replayed("more steps than a script has", `{"kind":"sequence","steps":[`+strings.Repeat("{},", 999)+`{}]}`, `field "steps": found 1000 steps where at most 255`),
	replayed("more tokens than a pool has", `{"kind":"invariant","balances":["1"`+strings.Repeat(`,"1"`, 100)+`]}`, `field "balances": found 101 items where at most 100`),
	replayed("a case without end", strings.Repeat(" ", mostOfACase+1), "it has more than 16777216 bytes: want a file with one case"),
	{name: "a directory in place of a case", args: []string{"replay", "properties"}, want: "is a directory: want a file with one case as JSON"},
	{name: "a case under a file", args: []string{"replay", "REPORT.md/case.json"}, want: "not a directory: want a file with one case as JSON"},
	{name: "a device without end in place of a case", args: []string{"replay", "/dev/zero"}, want: "/dev/zero: it has more than 16777216 bytes"},
	{name: "a file that can't be read", args: []string{"replay", "/proc/self/mem"}, want: "/proc/self/mem: input/output error: want a file with one case"},
	{name: "evidence in place of a case", args: []string{"replay", "properties/evidence/gate.json"}, want: `field "kind" is missing`},
	{name: "a finding in place of an entry", args: []string{"replay", "-entry", "F-01"}, want: `has the id "F-01"`},
}

const gateFile = "properties/evidence/gate.json"

// edited are faults of committed evidence in which text was replaced, once.
func edited(name, old, text, want string) fault {
	return fault{name: name, args: []string{"report", "-check"}, want: want, setup: func(t *testing.T) {
		data, err := os.ReadFile(gateFile)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Contains(data, []byte(old)) {
			t.Fatalf("no %s in the evidence", old)
		}
		write(t, gateFile, strings.Replace(string(data), old, text, 1))
	}}
}

var evidenceFaults = []fault{
	edited("evidence with a string for a number", `"seed": 1`, `"seed": "1"`, "cannot unmarshal string into Go struct field Evidence.seed"),
	edited("evidence with a negative count", `"pow": 300`, `"pow": -300`, "cannot unmarshal number -300"),
	edited("evidence with a fractional count", `"pow": 300`, `"pow": 300.5`, "cannot unmarshal number 300.5"),
	edited("evidence with a count of 2⁶⁴", `"pow": 300`, `"pow": 18446744073709551616`, "cannot unmarshal number 18446744073709551616"),
	edited("evidence with a count of 10⁴⁰⁰", `"pow": 300`, `"pow": 1`+strings.Repeat("0", 400), "cannot unmarshal number 1000"),
	edited("evidence with a field twice", `"seed": 1,`, `"seed": 2, "seed": 1,`, "it was edited"),
	edited("evidence with a field in the wrong case", `"seed"`, `"Seed"`, "it was edited"),
	edited("evidence with an unknown field", `"seed"`, `"sed"`, `unknown field "sed"`),
	edited("evidence of an unknown claim", `"id": "LE-DOM"`, `"id": "LE-DUMB"`, `no claim has the ID "LE-DUMB"`),
	edited("evidence of an unknown kind", `"pow": 300`, `"pew": 300`, `no kind of case is called "pew"`),
	edited("evidence with a margin of an unknown kind", `"kind": "pow"`, `"kind": "pew"`, `no kind of case is called "pew"`),
	edited("evidence of an unknown finding", `"F-01"`, `"F-00"`, `no finding has the ID "F-00"`),
	edited("evidence with text after its end", "\n}\n", "\n}\n{}\n", "it was edited"),
	edited("evidence without its last line", "\n}\n", "", "unexpected EOF; make report writes it again"),
	edited("evidence with a NUL byte", `"impl"`, "\"im\x00pl\"", "invalid character"),
	edited("evidence that is no UTF-8", `"impl"`, "\"impl\xff\"", "it was edited"),
	edited("evidence with no claim in place of one", `"claims": [`, `"claims": [null,`, "a claim lacks its tally"),
	{name: "empty evidence", args: []string{"report", "-check"}, setup: file(gateFile, ""), want: "not a file of evidence: EOF; make report writes it again"},
	{name: "deeply nested evidence", args: []string{"report", "-check"}, setup: file(gateFile, strings.Repeat(`{"claims":[`, 100_000)), want: "make report writes it again"},
	{name: "a directory in place of evidence", args: []string{"report", "-check"}, setup: directory(gateFile), want: "is a directory"},
	{name: "a directory in place of the report", args: []string{"report", "-check"}, setup: directory("REPORT.md"), want: "is a directory"},
	{name: "an empty report", args: []string{"report", "-check"}, setup: file("REPORT.md", ""), code: exitViolated, want: "REPORT.md is stale: line 1"},
	{name: "no chart", args: []string{"report", "-check"}, setup: func(t *testing.T) {
		if err := os.Remove("properties/evidence/shares.svg"); err != nil {
			t.Fatal(err)
		}
	}, code: exitViolated, want: "shares.svg is missing"},
	{name: "no checkout", args: []string{"report", "-check"}, setup: func(t *testing.T) { t.Chdir(t.TempDir()) }, want: "this is not inside a checkout"},
}

// quick is a verify command that takes a moment.
func quick(args ...string) []string {
	return append(append([]string{"verify", "-cases", "20"}, args...), "LE-DOM")
}

var outputFaults = []fault{
	{name: "JUnit on standard output", args: quick("-junit", "-"), want: "-junit -: want the name of a file: standard output has the verdicts"},
	{name: "SARIF on standard output", args: quick("-sarif", "-"), want: "-sarif -: want the name of a file"},
	{name: "evidence on standard output", args: quick("-evidence", "-"), want: "-evidence -: want the name of a file"},
	{name: "one file for two results", args: quick("-junit", "r", "-sarif", "./r"), want: "-junit and -sarif both name ./r: want a file for each"},
	{name: "one file for evidence and a result", args: quick("-junit", "r", "-evidence", "r"), want: "-evidence and -junit both name r"},
	{name: "a result in place of a directory", args: quick("-junit", "properties"), want: "writing properties: it is a directory: want the name of a file"},
	{name: "a result in no directory", args: quick("-sarif", "no/r"), want: "no such file or directory"},
	{name: "a result under a file", args: quick("-sarif", "REPORT.md/r"), want: "the file of -sarif was not written: writing REPORT.md/r: "},
	{name: "evidence under a file", args: quick("-evidence", "REPORT.md/e"), want: "the verdicts are above, but the evidence was not written: "},
	{name: "evidence in place of a device", args: quick("-evidence", "/dev/full"), want: "writing /dev/full: it is a device: want the name of a file"},
	{name: "a result through a broken link", args: quick("-junit", "link"), setup: link("nowhere/r", "link"), want: "nowhere"},
	{name: "a result where nothing can be made", args: quick("-junit", "/proc/self/r"), want: "writing /proc/self/r: "},
	{name: "a name longer than any", args: quick("-junit", strings.Repeat("r", 300)), want: "file name too long"},
}

func link(to, name string) func(*testing.T) {
	return func(t *testing.T) {
		if err := os.Symlink(to, name); err != nil {
			t.Fatal(err)
		}
	}
}

// cancelled is the context of a command that was interrupted at once.
func cancelled() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return ctx
}

var interruptions = []fault{
	{name: "verify is interrupted", args: quick(), ctx: cancelled, want: "interrupted: the table shows what was done"},
	{name: "report is interrupted", args: []string{"report"}, ctx: cancelled, want: "interrupted: the table shows what was done"},
	{name: "hash is interrupted", args: []string{"hash", "-cases", "1000000000", "weights"}, ctx: cancelled, want: "interrupted in family weights: its hash is of all cases or none; run it again"},
}
