package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestHuntsSayWhatTheyRefuse(t *testing.T) {
	dir := t.TempDir()
	file := func(name, text string) string {
		name = filepath.Join(dir, name)
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return name
	}
	state := filepath.Join(dir, "state.json")
	if code, out, errors := ran("", "hunt", "-cases", "500", "-state", state, "WT-NORM"); code != exitHolds {
		t.Fatalf("exit code %d\n%s%s", code, out, errors)
	}
	for _, tc := range []struct {
		name string
		args []string
		code int
		want string
	}{
		{"a family", []string{"hunt", "-cases", "500", "WT"}, 0, "not hunted, for they have no margin: WT-SUM, WT-MIN"},
		{"a claim without a margin", []string{"hunt", "FP"}, 2, "-blind judges those without a margin too"},
		{"a claim without a margin, blind", []string{"hunt", "-cases", "500", "-blind", "FP-MUL"}, 0, "FP-MUL"},
		{"no such shard", []string{"hunt", "-shard", "16/16", "WT"}, 2, `there is no shard "16/16": want i/n`},
		{"a shard misspelled", []string{"hunt", "-shard", "1", "WT"}, 2, `there is no shard "1": want i/n`},
		{"too many shards", []string{"hunt", "-shard", "1/65", "WT"}, 2, "n ≤ 64"},
		{"keeping of another subject", []string{"hunt", "-keep", "-subject", "exact-v3", "WT"}, 2, "-keep is for worst cases of impl"},
		{"a broken state", []string{"hunt", "-state", file("half.json", `{"schema":"trueweight-hunt-1","sha`), "WT-NORM"}, 2, "half.json: not a record of a hunt: the file ends too early; remove the file to begin anew"},
		{"a state of another seed", []string{"hunt", "-seed", "9", "-state", state, "WT-NORM"}, 2, "state.json: it is under seed 1, not 9"},
		{"a state of other claims", []string{"hunt", "-state", state, "SC-DIR"}, 2, "state.json: it is a hunt for [WT-NORM], not for [SC-DIR]"},
		{"a state of another subject", []string{"hunt", "-subject", "planted:WT-NORM", "-state", state, "WT-NORM"}, 2, "state.json: it is a hunt of impl, not of impl with a planted bug"},
		{"a violation", []string{"hunt", "-cases", "2000", "-subject", "planted:SW-OUT", "SW-OUT"}, 1, "SW-OUT violated by impl with a planted bug"},
		{"an output that can't be written", []string{"hunt", "-cases", "100", "-out", filepath.Join(dir, "no", "out.json"), "WT-NORM"}, 2, "no such file or directory"},
		{"merging nothing", []string{"merge"}, 2, "want the files that trueweight hunt wrote"},
		{"merging a missing file", []string{"merge", filepath.Join(dir, "none.json")}, 2, "no such file"},
		{"merging what is no record", []string{"merge", state, file("other.json", "{}")}, 2, `other.json: not a record of a hunt: found the schema ""`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			code, out, errors := ran("", tc.args...)
			if code != tc.code || !strings.Contains(out+errors, tc.want) {
				t.Errorf("trueweight %s: exit code %d, want %d; printed\n%s%s\nwant in it: %s", strings.Join(tc.args, " "), code, tc.code, out, errors, tc.want)
			}
		})
	}
}

// What is interrupted before it began says so, and goes on from its state to what one run makes.
func TestAnInterruptedHuntGoesOnFromItsState(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var out, errors bytes.Buffer
	args := []string{"hunt", "-cases", "3000", "-state", at("state"), "-out", at("resumed"), "SC"}
	if code := run(ctx, args, streams{nil, &out, &errors}); code != exitHarness || !strings.Contains(out.String(), "interrupted: the table shows what was done") {
		t.Fatalf("exit code %d\n%s%s", code, out.String(), errors.String())
	}
	for _, args := range [][]string{args, {"hunt", "-cases", "3000", "-out", at("whole"), "SC"}} {
		if code, out, errors := ran("", args...); code != exitHolds {
			t.Fatalf("exit code %d\n%s%s", code, out, errors)
		}
	}
	resumed, err := os.ReadFile(at("resumed"))
	if err != nil {
		t.Fatal(err)
	}
	if whole, err := os.ReadFile(at("whole")); err != nil || !bytes.Equal(resumed, whole) {
		t.Errorf("gone on with, %d bytes; in one run, %d bytes, %v", len(resumed), len(whole), err)
	}
}

func TestShardsMergeInAnyOrder(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	for _, i := range []string{"0", "1", "2"} {
		if code, out, errors := ran("", "hunt", "-cases", "3000", "-shard", i+"/3", "-out", at(i), "WT-NORM"); code != exitHolds {
			t.Fatalf("exit code %d\n%s%s", code, out, errors)
		}
	}
	var merged [2][]byte
	for k, order := range [][]string{{at("0"), at("1"), at("2")}, {at("2"), at("0"), at("1"), at("0")}} {
		code, out, errors := ran("", append([]string{"merge", "-out", at("merged")}, order...)...)
		if code != exitHolds || !strings.Contains(out, "WT-NORM") {
			t.Fatalf("exit code %d\n%s%s", code, out, errors)
		}
		var err error
		if merged[k], err = os.ReadFile(at("merged")); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(merged[0], merged[1]) {
		t.Error("another order makes another file")
	}
}

func TestAWorstCaseIsReplayedByItsID(t *testing.T) {
	code, out, errors := ran("", "replay", "-entry", "SW-OUT-swap-in-dust", "-claims", "SW-OUT")
	if code != exitHolds || !strings.Contains(out, "SW-OUT     holds     margin 0 wei") {
		t.Errorf("exit code %d\n%s%s", code, out, errors)
	}
}
