package main

import (
	"os"
	"strings"
	"testing"
)

// searchFaults are bad situations of the commands that search: hunts, fuzzing, shrinking and mutation.
var searchFaults = []fault{
	{name: "a hunt for an unknown family", args: []string{"hunt", "ZZ"}, want: `"ZZ" is neither a family`},
	{name: "a hunt for no cases", args: []string{"hunt", "-cases", "0", "SW-RT"}, want: "-cases 0: want 1…"},
	{name: "a hunt by fewer than no goroutines", args: []string{"hunt", "-workers", "-1", "SW-RT"}, want: "-workers -1: want 0…"},
	{name: "a hunt without a margin to follow", args: []string{"hunt", "SW-INV"}, want: "no claim is left to hunt for; -blind judges those"},
	{name: "a shard that is no shard", args: []string{"hunt", "-shard", "x", "SW-RT"}, want: `there is no shard "x": want i/n`},
	{name: "a shard beyond the last", args: []string{"hunt", "-shard", "3/3", "SW-RT"}, want: `there is no shard "3/3"`},
	{name: "more shards than islands", args: []string{"hunt", "-shard", "0/65", "SW-RT"}, want: "n ≤ 64"},
	{name: "worst cases of another subject", args: []string{"hunt", "-keep", "-subject", "exact-v3", "SW-RT"}, want: "-keep is for worst cases of impl"},
	{name: "a truncated state of a hunt", args: []string{"hunt", "-state", "s.json", "SW-RT"}, setup: file("s.json", `{"schema":"trueweight-hunt-1"`), want: "the file ends too early; remove the file to begin anew"},
	{name: "a state that is something else", args: []string{"hunt", "-state", "s.json", "SW-RT"}, setup: file("s.json", `{}`), want: `want "trueweight-hunt-1"`},
	{name: "a state with an unknown field", args: []string{"hunt", "-state", "s.json", "SW-RT"}, setup: file("s.json", `{"schema":"trueweight-hunt-1","colour":1}`), want: "colour"},
	{name: "a state in a directory's place", args: []string{"hunt", "-state", "s.json", "SW-RT"}, setup: directory("s.json"), want: "s.json is a directory"},
	{name: "a state where nothing can be written", args: []string{"hunt", "-state", "no/s.json", "SW-RT"}, want: "no/s.json could not be written"},
	{name: "a hunt's output where nothing can be written", args: []string{"hunt", "-out", "no/o.json", "SW-RT"}, want: "no/o.json could not be written"},
	{name: "a hunt that is interrupted at once", args: []string{"hunt", "-cases", "1000000", "SW-RT"}, ctx: cancelled, want: "interrupted: the table shows what was done"},
	{name: "a merge of nothing", args: []string{"merge"}, want: "want the files that trueweight hunt wrote"},
	{name: "a merge of a missing file", args: []string{"merge", "o.json"}, want: "no such file"},
	{name: "a merge of a broken file", args: []string{"merge", "o.json"}, setup: file("o.json", "{"), want: "the file ends too early"},
	{name: "a merge of something else", args: []string{"merge", "o.json"}, setup: file("o.json", "[]"), want: "o.json: not a record of a hunt"},

	{name: "fuzzing for no executions", args: []string{"fuzz", "-execs", "0"}, want: "-execs is 0: want at least one"},
	{name: "fuzzing with arguments", args: []string{"fuzz", "x"}, want: "takes no arguments"},
	{name: "fuzzing with a binary that is missing", args: []string{"fuzz", "-binary", "./missing"}, want: "no such file"},
	{name: "fuzzing without a Go toolchain", args: []string{"fuzz"}, setup: noTools, want: "install Go, or name a binary"},
	{name: "shrinking nothing", args: []string{"shrink"}, want: "want one case"},
	{name: "shrinking a broken case", args: []string{"shrink", "-"}, in: `{"kind":"pow"`, want: "malformed JSON"},

	{name: "mutants of an unknown target", args: []string{"mutate", "impll"}, want: `no target is called "impll": want impl, judge or both`},
	{name: "a record of a sample of mutants", args: []string{"mutate", "-sample", "3", "-out", "m.json", "impl"}, want: "-out is for whole runs"},
	{name: "mutants without a Go toolchain", args: []string{"mutate", "impl"}, setup: noTools, want: "no Go toolchain was found"},
	{name: "mutants without a temporary directory", args: []string{"mutate", "impl"}, setup: noScratch, want: "TMPDIR names another"},
	{name: "a release of an unchecked report", args: []string{"report", "-release"}, want: "-release is of -check"},
}

// noTools leaves nothing on the path of commands.
func noTools(t *testing.T) { t.Setenv("PATH", t.TempDir()) }

func noScratch(t *testing.T) { t.Setenv("TMPDIR", "no such directory") }

// A hunt whose state is of another seed, or for other claims, is refused with what it is, and the state stays as it is.
func TestAStateOfAnotherHuntIsRefused(t *testing.T) {
	t.Chdir(smallCheckout(t))
	if code, out, errors := ran("", "hunt", "-cases", "1000", "-state", "s.json", "SW-RT"); code != exitHolds {
		t.Fatalf("exit code %d:\n%s%s", code, out, errors)
	}
	before, err := os.ReadFile("s.json")
	if err != nil {
		t.Fatal(err)
	}
	for want, args := range map[string][]string{
		"it is under seed 1, not 2":                   {"hunt", "-seed", "2", "-state", "s.json", "SW-RT"},
		"it is a hunt for [SW-RT], not for [SW-LOSS]": {"hunt", "-state", "s.json", "SW-LOSS"},
	} {
		code, out, errors := ran("", args...)
		if code != exitHarness || !strings.Contains(errors, want) {
			t.Errorf("exit code %d, printed\n%s%s\nwant %s", code, out, errors, want)
		}
	}
	if after, err := os.ReadFile("s.json"); err != nil || string(after) != string(before) {
		t.Errorf("the state of the first hunt is not as it was: %v", err)
	}
}
