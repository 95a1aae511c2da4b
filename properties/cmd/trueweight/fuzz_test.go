package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/trueweight/trueweight/corpus"
	"github.com/trueweight/trueweight/properties"
	"github.com/trueweight/trueweight/properties/domain"
)

// fakeFuzz in the environment makes this test binary behave as one of go test -c -fuzz=. does whose targets end as
// their names say.
const fakeFuzz = "TRUEWEIGHT_FAKE_FUZZ"

func init() {
	if os.Getenv(fakeFuzz) == "" {
		return
	}
	switch {
	case option("list") != "":
		fmt.Println("FuzzClean\nFuzzCrash\nFuzzFlaky\nFuzzDeadline\nFuzzKilled\nFuzzShort\nFuzzEnds\nFuzzHangs\nFuzzSlow\nok")
	case option("fuzz") != "":
		os.Exit(fakeTarget(strings.Trim(option("fuzz"), "^$"), strings.TrimSuffix(option("fuzztime"), "x")))
	default:
		os.Exit(fakeInput(strings.Trim(option("run"), "^$")))
	}
	os.Exit(0)
}

// option returns the value of a flag that the binary was given.
func option(name string) string {
	for _, a := range os.Args[1:] {
		if value, ok := strings.CutPrefix(a, "-test."+name+"="); ok {
			return value
		}
	}
	return ""
}

func fakeTarget(name, execs string) int {
	const line = "fuzz: elapsed: 3s, execs: %s (1700/sec), new interesting: 22 (total: 497)\n"
	fmt.Println("fuzz: elapsed: 0s, gathering baseline coverage: 497/497 completed, now fuzzing with 1 workers")
	switch name {
	case "FuzzDeadline":
		fmt.Printf(line+"--- FAIL: %s (3.01s)\n    context deadline exceeded\nFAIL\n", "5", name)
		return 1
	case "FuzzKilled":
		fmt.Println("signal: killed")
		return 2
	case "FuzzShort":
		fmt.Printf(line, "1")
		return 0
	case "FuzzSlow":
		fmt.Printf(line, "7")
		stop := make(chan os.Signal, 1)
		signal.Notify(stop, os.Interrupt)
		if err := os.WriteFile(filepath.Join(option("fuzzcachedir"), "ready"), nil, 0o600); err != nil {
			panic(err)
		}
		<-stop
		return 0
	case "FuzzClean":
		fmt.Printf(line+"PASS\n", execs)
		return 0
	}
	dir := filepath.Join("testdata", "fuzz", name)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		panic(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "582528ddfad69eb5"), []byte("go test fuzz v1\n[]byte(\"0\")\n"), 0o600); err != nil {
		panic(err)
	}
	fmt.Printf(line+"--- FAIL: %s (0.03s)\n    --- FAIL: %s (0.00s)\n        fuzz.go:58: SW-OUT violated by impl\n    \n    Failing input written to %s/582528ddfad69eb5\n    To re-run:\n    go test -run=%s/582528ddfad69eb5\nFAIL\n",
		"900", name, name, dir, name)
	return 1
}

// fakeInput runs the one input.
func fakeInput(name string) int {
	target, _, _ := strings.Cut(name, "$")
	switch target {
	case "FuzzCrash":
		fmt.Printf("--- FAIL: FuzzCrash (0.03s)\n    --- FAIL: FuzzCrash/582528ddfad69eb5 (0.01s)\n        fuzz.go:58: %s\nFAIL\n",
			strings.ReplaceAll(brokenSwap().String(), "\n", "\n            "))
		return 1
	case "FuzzEnds":
		fmt.Println("fatal error: out of memory")
		return 2
	case "FuzzHangs":
		time.Sleep(time.Minute)
	}
	return 0
}

// brokenSwap is the story of a violation, as targets print it.
func brokenSwap() *properties.Failure {
	s, err := subjectNamed("planted:SW-OUT")
	if err != nil {
		panic(err)
	}
	claims, err := properties.Select("SW-OUT")
	if err != nil {
		panic(err)
	}
	for i := uint64(0); ; i++ {
		c := domain.At(1, domain.KindSwapIn, i)
		if replies, _ := properties.ReplayCase(s, claims, c, properties.Enclosures, false); replies[0].Verdict.Outcome == properties.Violated {
			return replies[0].Shrink(s, c, properties.Enclosures, false, "fuzzing")
		}
	}
}

// fuzzed runs trueweight fuzz on this binary in its other part.
func fuzzed(t *testing.T, args ...string) (code int, out, errors string) {
	t.Helper()
	t.Setenv(fakeFuzz, "1")
	binary, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return ran("", append([]string{"fuzz", "-binary", binary, "-execs", "1000"}, args...)...)
}

func TestEveryEndOfAFuzzTargetIsToldApart(t *testing.T) {
	for _, tc := range []struct {
		targets string
		code    int
		want    []string
	}{
		{"FuzzClean", 0, []string{"no target found a violated claim", "1000", "nothing found"}},
		{"FuzzCrash", 1, []string{"SW-OUT violated by impl with a planted bug", "replay:   echo '", `entry:    {"id":"sw-out-`, "violated: SW-OUT"}},
		{"FuzzFlaky", 2, []string{"harness: FuzzFlaky: an input that failed passes when it is run again", "failing/FuzzFlaky/582528ddfad69eb5"}},
		{"FuzzEnds", 2, []string{"harness: FuzzEnds: an input ends the process with exit status 2 and no claim violated", "out of memory"}},
		{"FuzzDeadline", 2, []string{"harness: FuzzDeadline: Go's fuzzer ended by a deadline of its own", "run it again"}},
		{"FuzzKilled", 2, []string{"harness: FuzzKilled: it ended with exit status 2 and wrote no failing input", "signal: killed"}},
		{"FuzzShort", 2, []string{"harness: FuzzShort: it ended after 1 of 1000 executions"}},
		{"FuzzFlaky FuzzCrash,FuzzClean", 1, []string{"violated: SW-OUT", "harness failed", "nothing found", "claims are violated"}},
		{"FuzzClean,FuzzSwop", 2, []string{`no fuzz target is called "FuzzSwop": want some of FuzzClean, FuzzCrash`}},
	} {
		t.Run(tc.targets, func(t *testing.T) {
			keep := t.TempDir()
			code, out, errors := fuzzed(t, "-keep", keep, "-targets", tc.targets)
			if code != tc.code {
				t.Errorf("exit code %d, want %d", code, tc.code)
			}
			for _, want := range tc.want {
				if !strings.Contains(out+errors, want) {
					t.Errorf("printed\n%s%s\nwant in it: %s", out, errors, want)
				}
			}
			if strings.Contains(tc.targets, "Flaky") {
				if data, err := os.ReadFile(filepath.Join(keep, "failing", "FuzzFlaky", "582528ddfad69eb5")); err != nil || !strings.HasPrefix(string(data), "go test fuzz v1") {
					t.Errorf("the failing input was not kept: %q, %v", data, err)
				}
			}
		})
	}
}

func TestAHangOnAFailingInputIsTheHarnesss(t *testing.T) {
	t.Setenv(fakeFuzz, "1")
	binary, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	z := &fuzzing{binary: binary, keep: t.TempDir(), scratch: t.TempDir(), execs: 1000, workers: 1, patience: 100 * time.Millisecond, board: newBoard(new(bytes.Buffer))}
	if err := z.choose(t.Context(), "FuzzHangs"); err != nil {
		t.Fatal(err)
	}
	z.run(t.Context(), 1)
	if fault := z.targets[0].fault; !strings.Contains(fault, "no answer for 100ms") || z.targets[0].found != nil {
		t.Errorf("fault %q, found %v", fault, z.targets[0].found)
	}
}

// What is found can be kept: it is a file of regressions, and grows by what is new.
func TestWhatFuzzingFindsIsAFileOfRegressions(t *testing.T) {
	name := filepath.Join(t.TempDir(), "found.json")
	for range 2 {
		if code, out, errors := fuzzed(t, "-keep", t.TempDir(), "-targets", "FuzzCrash", "-entries", name); code != exitViolated {
			t.Fatalf("exit code %d:\n%s%s", code, out, errors)
		}
	}
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	files, err := corpus.Cases(fstest.MapFS{"regressions/found.json": {Data: data}}, "regressions")
	if err != nil {
		t.Fatal(err)
	}
	if len(files[0].Entries) != 1 {
		t.Fatalf("%d entries, want the one that was found twice", len(files[0].Entries))
	}
	c, err := domain.UnmarshalJSON(files[0].Entries[0].Raw)
	if err != nil {
		t.Fatal(err)
	}
	if want := brokenSwap().Shrunk; !domain.Equal(c, want) {
		t.Errorf("kept %s, want %s", domain.MarshalJSON(c), domain.MarshalJSON(want))
	}
	if err := os.WriteFile(name, []byte(`{"mine":1}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, _, errors := fuzzed(t, "-keep", t.TempDir(), "-targets", "FuzzCrash", "-entries", name); code != exitHarness || !strings.Contains(errors, "no file of regressions to add to") {
		t.Errorf("into a file of something else: exit code %d, %s", code, errors)
	}
}

func TestAnInterruptedFuzzingSaysWhereItsInputsAre(t *testing.T) {
	t.Setenv(fakeFuzz, "1")
	binary, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	keep := t.TempDir()
	var out, errors bytes.Buffer
	go func() { // when it is under way
		for !exists(filepath.Join(keep, "ready")) {
			time.Sleep(10 * time.Millisecond)
		}
		cancel()
	}()
	code := run(ctx, []string{"fuzz", "-binary", binary, "-keep", keep, "-targets", "FuzzSlow"}, streams{nil, &out, &errors})
	for _, want := range []string{"interrupted: the table shows what was done", keep, "FuzzSlow  7 "} {
		if code != exitHarness || !strings.Contains(out.String(), want) {
			t.Errorf("exit code %d, printed\n%s\nwant in it: %s", code, out.String(), want)
		}
	}
}

func TestFuzzingWithoutWhatItNeedsSaysWhatToDo(t *testing.T) {
	t.Run("no go command", func(t *testing.T) {
		t.Setenv("PATH", t.TempDir())
		if code, _, errors := ran("", "fuzz", "-keep", t.TempDir()); code != exitHarness || !strings.Contains(errors, "install Go, or name a binary") {
			t.Errorf("exit code %d, %s", code, errors)
		}
	})
	for _, tc := range []struct {
		args []string
		want string
	}{
		{[]string{"-execs", "0"}, "want at least one execution"},
		{[]string{"FuzzSwap"}, "takes no arguments"},
		{[]string{"-binary", "missing.test", "-keep", t.TempDir()}, "missing.test"},
		{[]string{"-keep", filepath.Join(os.DevNull, "x")}, "name another with -keep"},
	} {
		if code, _, errors := ran("", append([]string{"fuzz"}, tc.args...)...); code != exitHarness || !strings.Contains(errors, tc.want) {
			t.Errorf("%v: exit code %d, %s, want %s", tc.args, code, errors, tc.want)
		}
	}
}

func TestProgressOfGosFuzzerIsRead(t *testing.T) {
	for line, want := range map[string]seen{
		"fuzz: elapsed: 3s, execs: 5000 (1700/sec), new interesting: 22 (total: 497)\n": {5000, 1700, 22, 497},
		"fuzz: elapsed: 1m3s, execs: 7 (0/sec), new interesting: 0 (total: 1)":          {7, 0, 0, 1},
	} {
		if got, ok := parseProgress(line); !ok || got != want {
			t.Errorf("%s: %v, %v", line, got, ok)
		}
	}
	if _, ok := parseProgress("fuzz: elapsed: 0s, gathering baseline coverage: 0/47 completed"); ok {
		t.Error("a line without executions was read")
	}
}

func TestABoardIsRewrittenOnATerminal(t *testing.T) {
	var out bytes.Buffer
	b := newBoard(&out)
	b.terminal = true
	list := []*target{{name: "FuzzA"}, {name: "FuzzB", closest: strings.Repeat("x", 200)}}
	b.begin(list)
	b.show(list[1])
	b.show(list[0])
	b.done(list[0])
	lines := strings.Split(out.String(), "\n")
	if n := strings.Count(out.String(), "\x1b[2A") + strings.Count(out.String(), "\x1b[1A"); n != 2 {
		t.Errorf("rewritten %d times, want 2:\n%q", n, out.String())
	}
	if long := slices.MaxFunc(lines, func(a, b string) int { return len(a) - len(b) }); len(long) > 79+len("\x1b[2A\r\x1b[K") {
		t.Errorf("a line of %d characters wraps", len(long))
	}
}
