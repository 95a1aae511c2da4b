package main

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/trueweight/trueweight/properties"
	"github.com/trueweight/trueweight/properties/mutate/trial"
	"github.com/trueweight/trueweight/properties/provenance"
	"github.com/trueweight/trueweight/properties/report"
)

// Lists of mutants that people have looked at, and the record of a run.
const (
	equivalentFile = "properties/mutate/equivalents.json" // no input tells them from the original
	earlierFile    = "properties/mutate/earlier.json"     // survivors of earlier runs, noticed now
	mutationFile   = "properties/evidence/mutation.json"
)

// A mutation is a run of the command.
type mutation struct {
	root, dir string // the checkout, and a temporary directory
	cases     uint64
	search    uint64
	workers   int
	only      string
	sample    int
	state     string
	std       streams
}

func mutateCommand(ctx context.Context, args []string, std streams) (int, error) {
	f := flags("mutate", "[impl|judge ...]", std)
	run := &mutation{std: std}
	f.Uint64Var(&run.cases, "cases", 100, "drawn cases of each kind on which every family is asked")
	f.Uint64Var(&run.search, "search", 20_000, "drawn cases of each kind on which what is left is compared with the specification")
	f.IntVar(&run.workers, "workers", runtime.GOMAXPROCS(0), "processes at once; decides nothing but speed")
	f.StringVar(&run.only, "only", "", "only mutants whose key, file or function contains this")
	f.IntVar(&run.sample, "sample", 0, "only this many mutants of each target, always the same, and all of "+earlierFile+" (0: all)")
	f.StringVar(&run.state, "state", "", "keep answers in this file, and go on from those that are in it")
	out := f.String("out", "", "write the record to this file; the report's is "+mutationFile)
	if err := f.Parse(args); err != nil {
		return exitHarness, err
	}
	targets := f.Args()
	if len(targets) == 0 {
		targets = []string{"impl", "judge"}
	}
	for _, t := range targets {
		if t != "impl" && t != "judge" {
			return exitHarness, fmt.Errorf("no target is called %q: want impl, judge or both", t)
		}
	}
	if *out != "" && (run.only != "" || run.sample > 0) {
		return exitHarness, errors.New("-out is for whole runs: leave out -only and -sample")
	}
	var err error
	if run.root, err = root(); err != nil {
		return exitHarness, err
	}
	if _, err := exec.LookPath("go"); err != nil {
		return exitHarness, fmt.Errorf("mutants are compiled on the spot, and no Go toolchain was found: %w", err)
	}
	if run.dir, err = os.MkdirTemp("", "trueweight-mutate-"); err != nil {
		return exitHarness, fmt.Errorf("mutants need a temporary directory (TMPDIR names another): %w", err)
	}
	defer os.RemoveAll(run.dir)
	results, err := run.targets(ctx, targets)
	if err != nil {
		return exitHarness, err
	}
	code := exitHolds
	for _, r := range results {
		r.Print(std.out)
		if len(r.Survivors())+len(r.Refuted()) > 0 {
			code = exitViolated
		}
	}
	if *out != "" {
		if err := run.record(*out, results); err != nil {
			return exitHarness, fmt.Errorf("the results are above, but were not recorded: %w", err)
		}
	}
	return code, nil
}

// targets judges targets one after the other.
func (run *mutation) targets(ctx context.Context, names []string) (results []*trial.Result, err error) {
	for _, name := range names {
		var r *trial.Result
		if name == "impl" {
			r, err = run.impl(ctx)
		} else {
			r, err = run.judge(ctx)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		results = append(results, r)
	}
	return results, nil
}

// impl judges the mutants of the code under verification by the claims.
func (run *mutation) impl(ctx context.Context) (*trial.Result, error) {
	set, err := run.generate("impl")
	if err != nil {
		return nil, err
	}
	binary := filepath.Join(run.dir, "mutated")
	if err := run.goTool(ctx, "build", "-overlay", set.overlay, "-o", binary, "./properties/cmd/trueweight"); err != nil {
		return nil, err
	}
	baseline := filepath.Join(run.dir, "baseline")
	record := exec.CommandContext(ctx, binary, "notice", "-record", baseline, "-cases", fmt.Sprint(run.cases), "-search", fmt.Sprint(run.search))
	if said, err := record.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("recording the baseline: %w\n%s", err, said)
	}
	p := &trial.Claims{Binary: binary, Workers: run.workers, Args: []string{"notice", "-baseline", baseline}}
	if p.Tests, err = run.suites(ctx, set, implSuites); err != nil {
		return nil, err
	}
	id, err := runID(fmt.Sprintf("impl %d %d", run.cases, run.search), binary)
	if err != nil {
		return nil, err
	}
	columns := append(slices.Insert(properties.Families(), 1, "BX-VEC"), trial.Tests)
	return run.try(ctx, &trial.Result{Target: "impl", Columns: columns, Oracles: true, NotBuilt: set.notBuilt}, set, id, p.Run)
}

// implSuites are the tests that the code under verification has of its own.
var implSuites = func() (list []trial.Suite) {
	for _, name := range []string{"fixedpoint", "liquidity", "logexp", "pool", "revert", "scaling", "weighted", "weights"} {
		list = append(list, trial.Suite{Package: "impl/" + name, Column: trial.Tests})
	}
	return list
}()

// suites compiles tests with the mutants in them, and runs each on the original.
func (run *mutation) suites(ctx context.Context, set *mutants, list []trial.Suite) ([]*trial.Suite, error) {
	var suites []*trial.Suite
	for _, suite := range list {
		suite.Dir = filepath.Join(run.root, suite.Package)
		suite.Binary = filepath.Join(run.dir, strings.ReplaceAll(suite.Package, "/", "-")+".test")
		if err := run.goTool(ctx, "test", "-c", "-vet=off", "-overlay", set.overlay, "-o", suite.Binary, "./"+suite.Package); err != nil {
			return nil, err
		}
		suites = append(suites, &suite)
	}
	return suites, trial.Prepare(ctx, suites, run.workers, run.dir)
}

// try judges the chosen mutants that the state has no answers to.
func (run *mutation) try(ctx context.Context, r *trial.Result, set *mutants, id string,
	judge func(context.Context, []trial.Mutant, func(*trial.Mutant, *trial.Answer) error) error) (*trial.Result, error) {
	equivalent, err := run.list(equivalentFile, set)
	if err != nil {
		return nil, err
	}
	earlier, err := run.list(earlierFile, set)
	if err != nil {
		return nil, err
	}
	r.Equivalent, r.Answers = equivalent, map[string]*trial.Answer{}
	r.Mutants = run.chosen(set, earlier)
	switch {
	case len(r.Mutants) == 0:
		return nil, fmt.Errorf("no mutant fits -only %q", run.only)
	case len(r.Mutants) < len(set.list):
		r.Of, r.NotBuilt = uint64(len(set.list)), 0
	}
	name := cmp.Or(run.state, filepath.Join(run.dir, "state"))
	state, err := trial.OpenState(name, id)
	if err != nil {
		return nil, err
	}
	defer state.Close()
	var left []trial.Mutant
	for _, m := range r.Mutants {
		if a := state.Answer(m.Key); a != nil {
			r.Answers[m.Key] = a
		} else {
			left = append(left, m)
		}
	}
	show := newMutationProgress(run.std.err, r, len(left))
	err = judge(ctx, left, func(m *trial.Mutant, a *trial.Answer) error {
		r.Answers[m.Key] = a
		show.done(a)
		return state.Keep(m.Key, a)
	})
	show.end()
	if err != nil {
		if run.state != "" && errors.Is(err, context.Canceled) {
			return nil, fmt.Errorf("interrupted; the same command goes on from %s", run.state)
		}
		return nil, err
	}
	return r, nil
}

// chosen are the mutants that -only and -sample leave, in the order of their keys' hashes for a sample.
func (run *mutation) chosen(set *mutants, earlier map[string]string) []trial.Mutant {
	list, size := set.list, run.sample
	if run.only != "" {
		list = slices.DeleteFunc(slices.Clone(list), func(m trial.Mutant) bool {
			return !strings.Contains(m.Key, run.only) && !strings.Contains(m.Place, run.only)
		})
	}
	if size <= 0 || size >= len(list) {
		return list
	}
	place := func(m trial.Mutant) uint64 {
		h := fnv.New64a()
		io.WriteString(h, m.Key)
		return h.Sum64()
	}
	list = slices.SortedFunc(slices.Values(list), func(a, b trial.Mutant) int { return cmp.Compare(place(a), place(b)) })
	sample := list[:size:size]
	for _, m := range list[size:] {
		if earlier[m.Key] != "" {
			sample = append(sample, m)
		}
	}
	return sample
}

// list reads what a list of mutants says of the set's target; no file is an empty list.
func (run *mutation) list(name string, set *mutants) (map[string]string, error) {
	data, err := os.ReadFile(filepath.Join(run.root, name))
	if errors.Is(err, fs.ErrNotExist) {
		return map[string]string{}, nil
	}
	if err != nil {
		return nil, err
	}
	return trial.ReadList(name, data, set.list, func(key string) bool { return strings.HasPrefix(key, "impl/") == (set.target == "impl") })
}

// goTool runs the go command in the checkout.
func (run *mutation) goTool(ctx context.Context, args ...string) error {
	c := exec.CommandContext(ctx, "go", args...)
	c.Dir = run.root
	if said, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("go %s: %w\n%s", strings.Join(args, " "), err, said)
	}
	return nil
}

// runID names the budget and the binaries of a run: answers of others are not its own.
func runID(budget string, binaries ...string) (string, error) {
	h := sha256.New()
	fmt.Fprintln(h, budget)
	for _, name := range binaries {
		file, err := os.Open(name)
		if err != nil {
			return "", err
		}
		_, err = io.Copy(h, file)
		file.Close()
		if err != nil {
			return "", err
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:16]), nil
}

// record writes what was found as evidence.
func (run *mutation) record(name string, results []*trial.Result) error {
	sources, err := provenance.Sources(os.DirFS(run.root))
	if err != nil {
		return err
	}
	m := &report.Mutation{Sources: sources, Go: runtime.Version(), Processor: processor(), Budget: run.search}
	for _, r := range results {
		m.Targets = append(m.Targets, r.Record())
	}
	data, err := report.MarshalMutation(m)
	if err != nil {
		return err
	}
	return replaceFile(name, data)
}

// mutationProgress rewrites one line on a terminal, and elsewhere prints a plain line every ten seconds.
type mutationProgress struct {
	line                    *liveLine
	target                  string
	start                   time.Time
	before, total           int
	judged, killed, survive int
}

func newMutationProgress(w io.Writer, r *trial.Result, left int) *mutationProgress {
	return &mutationProgress{line: newLiveLine(w), target: r.Target, start: time.Now(), before: len(r.Mutants) - left, total: left}
}

func (p *mutationProgress) done(a *trial.Answer) {
	p.judged++
	if a.Killed() {
		p.killed++
	} else {
		p.survive++
	}
	p.show(false)
}

func (p *mutationProgress) end() { p.show(true) }

func (p *mutationProgress) show(last bool) {
	elapsed := time.Since(p.start)
	rate := float64(p.judged) / max(elapsed.Seconds(), 1e-3)
	text := fmt.Sprintf("%s: %d of %d mutants, %.1f mutants/s, %d noticed, %d not", p.target, p.judged, p.total, rate, p.killed, p.survive)
	if p.before > 0 {
		text += fmt.Sprintf(", %d known before", p.before)
	}
	if !last && p.judged > 0 {
		text += fmt.Sprintf(", about %s left", time.Duration(float64(p.total-p.judged)/rate*float64(time.Second)).Round(time.Second))
	}
	p.line.show(text, last)
}
