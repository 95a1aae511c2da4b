package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"text/tabwriter"
	"time"
)

func fuzz(ctx context.Context, args []string, std streams) (int, error) {
	f := flags("fuzz", "", std)
	execs := f.Uint64("execs", 20_000, "executions of each target")
	targets := f.String("targets", "", "targets, separated by commas or spaces (default: all there are)")
	parallel := f.Int("parallel", 0, "targets that run at once (0: one a core); decides nothing but speed")
	keep := f.String("keep", "", "directory of the inputs that found something new, to go on from (default: in the user's cache)")
	entries := f.String("entries", "", "add what is found to this file, in the form of corpus/regressions")
	binary := f.String("binary", "", "run this binary of go test -c -fuzz=. instead of building ./fuzz")
	if err := f.Parse(args); err != nil {
		return exitHarness, err
	}
	switch {
	case f.NArg() > 0:
		return exitHarness, fmt.Errorf("takes no arguments, found %q", f.Args())
	case *execs == 0:
		return exitHarness, errors.New("-execs is 0: want at least one execution")
	}
	scratch, err := os.MkdirTemp("", "trueweight-fuzz-")
	if err != nil {
		return exitHarness, err
	}
	defer os.RemoveAll(scratch)
	z := &fuzzing{execs: *execs, scratch: scratch, patience: storyPatience, board: newBoard(std.err)}
	if z.keep, err = keptInputs(*keep); err != nil {
		return exitHarness, err
	}
	if *binary == "" {
		err = z.build(ctx)
	} else {
		z.binary, err = filepath.Abs(*binary)
	}
	if err != nil {
		return exitHarness, err
	}
	if err := z.choose(ctx, *targets); err != nil {
		return exitHarness, err
	}
	z.run(ctx, *parallel)
	return z.conclude(std, *entries, ctx.Err() != nil)
}

// storyPatience is how long one input may take to be judged again and shrunk, which is bounded by a number of
// judgements: beyond it the subject hangs.
const storyPatience = 10 * time.Minute

// A fuzzing runs fuzz targets side by side, from one instrumented test binary, outside the checkout.
type fuzzing struct {
	binary   string
	inputs   string // directory of committed inputs, by target; "" for none
	keep     string // where Go's fuzzer keeps the inputs it generates, by target
	scratch  string
	execs    uint64
	workers  int // processes of a target that judge
	patience time.Duration
	board    *board

	targets []*target
}

// keptInputs returns the directory that generated inputs are kept in, which exists then.
func keptInputs(named string) (dir string, err error) {
	if named == "" {
		cache, err := os.UserCacheDir()
		if err != nil {
			return "", fmt.Errorf("no directory to keep inputs in: %w; name one with -keep", err)
		}
		named = filepath.Join(cache, "trueweight", "fuzz")
	}
	if dir, err = filepath.Abs(named); err == nil {
		err = os.MkdirAll(dir, 0o755)
	}
	if err != nil {
		return "", fmt.Errorf("no directory to keep inputs in: %w; name another with -keep", err)
	}
	return dir, nil
}

// build compiles the targets once.
func (z *fuzzing) build(ctx context.Context) error {
	checkout, err := root()
	if err != nil {
		return err
	}
	goTool, err := exec.LookPath("go")
	if err != nil {
		return fmt.Errorf("fuzz targets are built by the go command, which is not found: %w; install Go, or name a binary of go test -c -fuzz=. with -binary", err)
	}
	z.binary = filepath.Join(z.scratch, "fuzz.test")
	z.inputs = filepath.Join(checkout, "fuzz", "testdata", "fuzz")
	command := exec.CommandContext(ctx, goTool, "test", "-c", "-fuzz=.", "-o", z.binary, "./fuzz")
	command.Dir = checkout
	if out, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("go test -c -fuzz=. ./fuzz: %w\n%s", err, out)
	}
	return nil
}

// choose asks the binary for its targets, and takes those named, all for none. A name that is no target is
// refused: Go would run nothing and pass.
func (z *fuzzing) choose(ctx context.Context, names string) error {
	out, err := exec.CommandContext(ctx, z.binary, "-test.list=^Fuzz").Output()
	if err != nil {
		return fmt.Errorf("asking %s for its targets: %w", z.binary, err)
	}
	var have []string
	for _, line := range strings.Fields(string(out)) {
		if strings.HasPrefix(line, "Fuzz") {
			have = append(have, line)
		}
	}
	if len(have) == 0 {
		return fmt.Errorf("%s has no fuzz target", z.binary)
	}
	want := strings.FieldsFunc(names, func(r rune) bool { return r == ',' || r == ' ' })
	if len(want) == 0 {
		want = have
	}
	slices.Sort(want)
	for _, name := range slices.Compact(want) {
		if !slices.Contains(have, name) {
			return fmt.Errorf("no fuzz target is called %q: want some of %s", name, strings.Join(have, ", "))
		}
		z.targets = append(z.targets, &target{name: name})
	}
	return nil
}

// run fuzzes the targets, so many at once that every core has one process that judges.
func (z *fuzzing) run(ctx context.Context, parallel int) {
	cores := runtime.GOMAXPROCS(0)
	if parallel <= 0 {
		parallel = cores
	}
	parallel = min(parallel, len(z.targets))
	z.workers = max(1, cores/parallel)
	z.board.begin(z.targets)
	slots := make(chan struct{}, parallel)
	var wg sync.WaitGroup
	for _, t := range z.targets {
		slots <- struct{}{}
		wg.Go(func() {
			z.fuzz(ctx, t)
			z.board.done(t)
			<-slots
		})
	}
	wg.Wait()
}

// conclude prints what was found and the table, writes the entries, and returns the exit code.
func (z *fuzzing) conclude(std streams, file string, interrupted bool) (int, error) {
	code, violated := exitHolds, []entry(nil)
	for _, t := range z.targets {
		switch {
		case t.found != nil:
			fmt.Fprintf(std.out, "%s: %s\nentry:    %s\n\n", t.name, t.story, t.found)
			violated = append(violated, *t.found)
		case t.fault != "":
			fmt.Fprintf(std.out, "harness: %s: %s\n\n", t.name, t.fault)
			code = exitHarness
		}
	}
	z.table(std)
	fmt.Fprintf(std.out, "inputs are kept in %s; the next run goes on from them\n", z.keep)
	if interrupted {
		fmt.Fprintln(std.out, "interrupted: the table shows what was done")
		code = exitHarness
	}
	if len(violated) > 0 {
		code = exitViolated
	}
	if err := keepEntries(std, file, violated); err != nil {
		return exitHarness, err
	}
	switch code {
	case exitHolds:
		fmt.Fprintln(std.out, "no target found a violated claim")
	case exitViolated:
		fmt.Fprintln(std.out, "claims are violated, see above")
	default:
		fmt.Fprintln(std.out, "the harness failed, see above")
	}
	return code, nil
}

// keepEntries writes entries to the file that the user named, or says what to do with those that were printed.
func keepEntries(std streams, file string, list []entry) error {
	switch {
	case len(list) == 0:
		return nil
	case file == "":
		fmt.Fprintln(std.out, "an entry goes into a file of corpus/regressions, the file's name before its id (-entries FILE does so), and fails the tests until its claim holds")
		return nil
	}
	if err := addEntries(file, list); err != nil {
		return fmt.Errorf("the entries are above, but not written: %w", err)
	}
	fmt.Fprintf(std.out, "entries are in %s; in corpus/regressions they fail the tests until their claims hold\n", file)
	return nil
}

func (z *fuzzing) table(std streams) {
	t := tabwriter.NewWriter(std.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "target\texecutions\tper second\tnew inputs\tinputs\toutcome\tclosest call")
	for _, g := range z.targets {
		fmt.Fprintf(t, "%s\t%d\t%d\t%d\t%d\t%s\t%s\n", g.name, g.seen.execs, g.seen.rate, g.seen.found, g.seen.inputs, g.outcome(), g.closest)
	}
	t.Flush()
}
