package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/trueweight/trueweight/properties"
	"github.com/trueweight/trueweight/properties/domain"
	"github.com/trueweight/trueweight/properties/report"
)

// TestGateEvidenceIsWhatIsCommitted is the gate's campaign: every claim on every
// case of the pinned seed. It fails with the story of each violation, when a
// claim was not judged often enough, and when the committed evidence or REPORT.md is stale.
func TestGateEvidenceIsWhatIsCommitted(t *testing.T) {
	if testing.Short() {
		t.Skip("the whole campaign is not a short test")
	}
	result := gateCampaign().Run(context.Background())
	for _, f := range result.Failures {
		t.Errorf("%v", f)
	}
	for _, a := range result.Alarms {
		t.Errorf("harness: %s", a)
	}
	if t.Failed() {
		return
	}
	enough(t, result.Evidence)
	data, err := report.Marshal(result.Evidence)
	if err != nil {
		t.Fatal(err)
	}
	d, err := report.Gather(os.DirFS("../../.."), result.Evidence)
	if err != nil {
		t.Fatal(err)
	}
	fresh(t, "../../evidence/gate.json", data)
	for _, f := range filesOf(t, d) {
		fresh(t, "../../../"+f.Name, f.Data)
	}
}

// filesOf renders a document with what is measured once for all tests.
func filesOf(t *testing.T, d *report.Document) []report.File {
	t.Helper()
	shares, err := convergence()
	if err != nil {
		t.Fatal(err)
	}
	powers, err := powErrors()
	if err != nil {
		t.Fatal(err)
	}
	files, err := d.Files(shares, powers)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

var (
	convergence = sync.OnceValues(func() (*properties.Convergence, error) { return properties.Converge(gateCampaign().Subject) })
	powErrors   = sync.OnceValues(func() (*properties.PowErrors, error) { return properties.MeasurePow(gateCampaign().Subject) })
)

func fresh(t *testing.T, name string, want []byte) {
	t.Helper()
	got, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is stale from line %d on: make report writes it again", filepath.Base(name), firstDifference(got, want))
	}
}

// oncePerScript tells the claims about a script's pool, its creation and its clones, from those about its steps: they count a script
// once, with all the neighbours of its pool that they ask about, and not once a step.
func oncePerScript(p *properties.Property, c *properties.ClaimEvidence) bool {
	return slices.Equal(p.Kinds, []domain.Kind{domain.KindSequence}) && c.Judged()+c.Vacuous == properties.CasesPerKind(domain.KindSequence)
}

// enough checks what the report promises of its counts.
func enough(t *testing.T, e *properties.Evidence) {
	t.Helper()
	for _, c := range e.Claims {
		p, err := properties.ByID(c.ID)
		if err != nil {
			t.Fatal(err)
		}
		if len(p.Kinds) == 0 {
			continue // every vector there is
		}
		least, ofClass := uint64(20_000), uint64(500)
		if oncePerScript(p, c) {
			scripts := properties.CasesPerKind(domain.KindSequence) // nine in ten, and half of a class's share
			least, ofClass = scripts*9/10, scripts/uint64(2*len(domain.Classes(domain.KindSequence)))
		}
		if c.Judged() < least {
			t.Errorf("%s: %d judged cases, want at least %d", c.ID, c.Judged(), least)
		}
		if c.Undecided > 0 {
			t.Errorf("%s: %d cases undecided", c.ID, c.Undecided)
		}
		if c.Vacuous > c.Judged() {
			t.Errorf("%s: %d cases vacuous, more than the %d judged", c.ID, c.Vacuous, c.Judged())
		}
		for class, tally := range c.Classes {
			if n := tally.Judged(); n > 0 && n < ofClass && !refused(class) {
				t.Errorf("%s: %d judged cases of class %s, want none or at least %d", c.ID, n, class, ofClass)
			}
		}
	}
	kept, err := properties.KeptCases()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range properties.Findings() {
		var n uint64
		for _, k := range kept { // which are replayed, and answer what they say
			if k.Expect == "known:"+f.ID {
				n++
			}
		}
		for _, c := range e.Claims {
			n += c.Known[f.ID]
		}
		if n == 0 {
			t.Errorf("%s matches no case", f.ID)
		}
	}
}

// refused reports whether a class of joins, exits, scaled swaps and changing weights is drawn so that operations fail, or of balances so
// small that most do: what they answer there is chance.
func refused(class string) bool {
	kind, name, _ := strings.Cut(class, "/")
	return slices.Contains([]string{"join", "exit", "join-one", "exit-one", "raw-swap", "gradual"}, kind) &&
		slices.Contains([]string{"zero", "lists", "outside", "1-wei"}, name)
}

// ran executes a command line on given input.
func ran(in string, args ...string) (code int, out, errors string) {
	var o, e bytes.Buffer
	code = run(context.Background(), args, streams{strings.NewReader(in), &o, &e})
	return code, o.String(), e.String()
}

func TestExitCodesAndMessages(t *testing.T) {
	broken := filepath.Join(t.TempDir(), "broken.json")
	if err := os.WriteFile(broken, []byte(`{"kind":"pow","base":"1`), 0o600); err != nil {
		t.Fatal(err)
	}
	const swap = `{"kind":"swap-in","balanceIn":"1000","weightIn":"500000000000000000","balanceOut":"1000","weightOut":"500000000000000000","amount":"100"}`
	for _, tc := range []struct {
		name string
		in   string
		args []string
		code int
		want string // in what is printed
	}{
		{"no command", "", nil, 2, "usage: trueweight COMMAND"},
		{"help", "", []string{"help"}, 0, "usage: trueweight COMMAND"},
		{"unknown command", "", []string{"verfy"}, 2, `no command is called "verfy"`},
		{"help of a command", "", []string{"verify", "-h"}, 0, "seed of the generated cases"},
		{"unknown flag", "", []string{"verify", "-sed", "1"}, 2, "flag provided but not defined: -sed"},
		{"malformed flag", "", []string{"verify", "-seed", "x"}, 2, `invalid value "x" for flag -seed`},
		{"unknown family", "", []string{"verify", "ZZ"}, 2, `"ZZ" is neither a family`},
		{"unknown subject", "", []string{"verify", "-subject", "me"}, 2, `no subject is called "me": want impl`},
		{"unknown model", "", []string{"verify", "-model", "guess"}, 2, `no model is called "guess"`},
		{"unplanted bug", "", []string{"verify", "-subject", "planted:XX-NO"}, 2, `no bug is planted for claim "XX-NO"`},
		{"a claim holds", "", []string{"verify", "-cases", "200", "SW-OUT"}, 0, "impl: every claim holds"},
		{"a claim is violated", "", []string{"verify", "-cases", "2000", "-subject", "planted:SW-OUT", "SW-OUT"}, 1, "SW-OUT violated by impl with a planted bug"},
		{"the specification is a subject", "", []string{"verify", "-cases", "200", "-subject", "exact-v3", "SW-OUT"}, 0, "every claim holds"},
		{"the independent arithmetic agrees", "", []string{"verify", "-cases", "100", "-model", "point", "SW-OUT"}, 0, "every claim holds"},
		{"evidence into no directory", "", []string{"verify", "-cases", "100", "-evidence", filepath.Join(t.TempDir(), "no", "e.json"), "SW-OUT"}, 2, "the evidence was not written"},
		{"replay a case", swap, []string{"replay", "-claims", "SW-OUT", "-"}, 0, "SW-OUT     holds"},
		{"replay a violation", swap, []string{"replay", "-claims", "SW-OUT", "-subject", "planted:SW-OUT", "-"}, 1, "SW-OUT     violated"},
		{"replay a generated case", "", []string{"replay", "-kind", "swap-in", "-index", "7", "-claims", "SW-OUT"}, 0, "swap-in, class"},
		{"replay of nothing", "", []string{"replay"}, 2, "want one case: a file of JSON, or - for standard input"},
		{"replay of an entry", "", []string{"replay", "-entry", "scaled-exact-out-01", "-claims", "ST-RATE"}, 0, "swap-out: token 0 for 17 of token 1"},
		{"replay of an unknown entry", "", []string{"replay", "-entry", "scaled-out"}, 2, `has the id "scaled-out"`},
		{"replay of an unknown kind", "", []string{"replay", "-kind", "swop"}, 2, `no kind of case is called "swop"`},
		{"replay of both", "", []string{"replay", "-kind", "pow", "x.json"}, 2, "not both"},
		{"replay of a missing file", "", []string{"replay", "missing.json"}, 2, "no such file"},
		{"replay of a broken file", "", []string{"replay", broken}, 2, "broken.json: malformed JSON: it ends before the case does"},
		{"replay of a case no claim judges", swap, []string{"replay", "-claims", "WT", "-"}, 2, "no selected claim is judged on cases of kind swap-in"},
		{"report with arguments", "", []string{"report", "x"}, 2, "takes no arguments"},
		{"hash of an unknown family", "", []string{"hash", "x"}, 2, `no accumulated family is called "x"`},
		{"hash of part of a chunk", "", []string{"hash", "-cases", "7"}, 2, "a multiple of 1,000"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			code, out, errors := ran(tc.in, tc.args...)
			if code != tc.code || !strings.Contains(out+errors, tc.want) {
				t.Errorf("trueweight %s: exit code %d, want %d; printed\n%s%s\nwant in it: %s", strings.Join(tc.args, " "), code, tc.code, out, errors, tc.want)
			}
		})
	}
}

func TestAnInterruptedVerifyPrintsWhatItHas(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var out, errors bytes.Buffer
	code := run(ctx, []string{"verify", "SW-OUT"}, streams{nil, &out, &errors})
	if code != exitHarness || !strings.Contains(out.String(), "interrupted: the table shows what was done") {
		t.Errorf("exit code %d, printed\n%s", code, out.String())
	}
}

// A printed violation can be pasted: the replay line's case is the one that failed.
func TestAViolationReplaysFromItsMessage(t *testing.T) {
	_, out, _ := ran("", "verify", "-cases", "2000", "-subject", "planted:SW-OUT", "SW-OUT")
	_, rest, ok := strings.Cut(out, "replay:   echo '")
	line, _, ok2 := strings.Cut(rest, "'")
	if !ok || !ok2 {
		t.Fatalf("no replay line in\n%s", out)
	}
	if _, err := domain.UnmarshalJSON([]byte(line)); err != nil {
		t.Fatal(err)
	}
	if code, out, _ := ran(line, "replay", "-claims", "SW-OUT", "-subject", "planted:SW-OUT", "-"); code != exitViolated {
		t.Errorf("exit code %d:\n%s", code, out)
	}
	if code, out, _ := ran(line, "replay", "-claims", "SW-OUT", "-"); code != exitHolds {
		t.Errorf("exit code %d:\n%s", code, out)
	}
}

// checkout lays out the sources, the evidence and the report that a checkout has.
func checkout(t *testing.T, e *properties.Evidence) (dir string, files []report.File) {
	t.Helper()
	dir = t.TempDir()
	for _, name := range []string{"impl/source.go", "reference/source.go", "properties/property.go", "properties/report/source.go", "corpus/source.go"} {
		write(t, filepath.Join(dir, filepath.FromSlash(name)), "package source\n")
	}
	write(t, filepath.Join(dir, "go.mod"), "module m\n\ngo 1.26\n")
	data, err := report.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "properties", "evidence", "gate.json"), string(data))
	d, err := report.Gather(os.DirFS(dir), e)
	if err != nil {
		t.Fatal(err)
	}
	files = filesOf(t, d)
	for _, f := range files {
		write(t, filepath.Join(dir, filepath.FromSlash(f.Name)), string(f.Data))
	}
	return dir, files
}

// checked checks the report of a checkout, as report -check does.
func checked(t *testing.T, dir string) (code int, said string) {
	t.Helper()
	d, err := report.Open(os.DirFS(dir))
	if err != nil {
		return exitHarness, err.Error()
	}
	var out bytes.Buffer
	code, err = checkReport(d, filesOf(t, d), dir, streams{out: &out})
	if err != nil {
		fmt.Fprint(&out, err)
	}
	return code, out.String()
}

func TestStaleReportsAreFound(t *testing.T) {
	e := &properties.Evidence{Subject: "impl", Model: "enclosures", Seed: 1}
	for _, tc := range []struct {
		name, file string
		change     func(string) string
		code       int
		want       []string
	}{
		{"nothing", "go.mod", func(s string) string { return s }, 0, []string{"REPORT.md, its charts and its data are what"}},
		{"an edited page", "REPORT.md", func(s string) string { return "x" + s }, 1, []string{"REPORT.md is stale: line 1", "make report"}},
		{"an edited chart", "properties/evidence/pow-error.svg", func(s string) string { return s[:len(s)/2] }, 1, []string{"pow-error.svg is stale: line"}},
		{"other code", "impl/source.go", func(s string) string { return s + "/" }, 1, []string{"REPORT.md is stale", "other sources: impl changed since", "report.json is stale"}},
		{"another go.mod", "go.mod", func(s string) string { return s + "/" }, 1, []string{"other sources: modules changed since"}},
		{"truncated evidence", "properties/evidence/gate.json", func(s string) string { return s[:len(s)/2] }, 2, []string{"gate.json: not a file of evidence", "make report"}},
		{"a broken record", "properties/evidence/hunt.json", func(string) string { return "{" }, 2, []string{"hunt.json: not the record of a hunt", "record it again"}},
	} {
		dir, _ := checkout(t, e)
		name := filepath.Join(dir, filepath.FromSlash(tc.file))
		data, err := os.ReadFile(name)
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		write(t, name, tc.change(string(data)))
		code, said := checked(t, dir)
		for _, want := range tc.want {
			if code != tc.code || !strings.Contains(said, want) {
				t.Errorf("%s: code %d, %q; want %d, %q", tc.name, code, said, tc.code, want)
			}
		}
	}
}

func TestAMissingFileOfTheReportIsFound(t *testing.T) {
	dir, files := checkout(t, &properties.Evidence{Subject: "impl", Model: "enclosures", Seed: 1})
	for _, f := range files {
		name := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
		if code, said := checked(t, dir); code != exitViolated || !strings.Contains(said, f.Name+" is missing") {
			t.Errorf("without %s: code %d, %q", f.Name, code, said)
		}
		write(t, name, string(f.Data))
	}
}

func TestAFileIsReplacedWholeOrNotAtAll(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "f")
	if err := replaceFile(name, []byte("one")); err != nil {
		t.Fatal(err)
	}
	if err := replaceFile(name, []byte("two")); err != nil {
		t.Fatal(err)
	}
	if data, err := os.ReadFile(name); err != nil || string(data) != "two" {
		t.Errorf("%q, %v", data, err)
	}
	if err := replaceFile(filepath.Join(dir, "no", "f"), nil); err == nil {
		t.Error("writing into a missing directory succeeded")
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
