package trial

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/trueweight/trueweight/properties"
	"github.com/trueweight/trueweight/properties/mutate/selected"
)

// A Suite is the compiled tests of one package.
type Suite struct {
	Package string // its directory in the module
	Column  string // whom its notices count for
	Binary  string
	Dir     string   // where its tests run
	Slow    []string // tests that are asked last
	Never   []string // tests that are not asked: they run for minutes, or compile code of their own

	tiers [][]test // in the order in which they are asked
}

// A test is one of a suite, with the functions that it reaches and the processor time that it took on the original.
type test struct {
	name    string
	reaches []uint16
	took    time.Duration
}

// first is the processor time of the tests that are asked before all others: nearly every mutant falls to one of them. Those asked next
// take more times as long, and so on. Which they are decides speed and which of several failing tests is named, not whether one fails.
const (
	first = 40 * time.Millisecond
	more  = 4
)

// inTiers sorts tests by the time they take, into lists that take longer and longer.
func inTiers(tests []test) (tiers [][]test) {
	slices.SortStableFunc(tests, func(a, b test) int { return cmp.Compare(a.took, b.took) })
	for budget := first; len(tests) > 0; budget *= more {
		n := 0
		for sum := time.Duration(0); n < len(tests) && sum < budget; n++ {
			sum += tests[n].took
		}
		tiers, tests = append(tiers, tests[:n:n]), tests[n:]
	}
	return tiers
}

// Suites judge mutants by the tests of the package that they are in, and by no others: what a package promises, its own tests hold.
type Suites struct {
	Suites  []*Suite
	Workers int
}

// testMemory is what a test binary may use, in KiB of address space; testTime is its time for all tests it is asked, even while it only waits.
const (
	testMemory = 6 << 20
	testTime   = "180s"
)

// patience is the processor time, in seconds, after which tests are said to hang that took so long on the original.
func patience(took time.Duration) int { return 3 + int(10*took.Seconds()) }

// Prepare runs every test of the suites by itself on the original, some at once, and notes which functions it reaches. A test
// that fails is an error. Files go to dir.
func Prepare(ctx context.Context, suites []*Suite, workers int, dir string) error {
	type ask struct {
		suite *Suite
		name  string
	}
	var asks []ask
	for _, suite := range suites {
		names, err := suite.names(ctx)
		if err != nil {
			return err
		}
		for _, name := range names {
			asks = append(asks, ask{suite, name})
		}
	}
	tests, faults := make([]test, len(asks)), make([]error, len(asks))
	var next atomic.Int64
	var wg sync.WaitGroup
	for w := range max(1, workers) {
		wg.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(asks)); i = next.Add(1) - 1 {
				tests[i], faults[i] = asks[i].suite.prepare(ctx, asks[i].name, filepath.Join(dir, fmt.Sprintf("reach-%d", w)))
			}
		})
	}
	wg.Wait()
	quick, slow := map[*Suite][]test{}, map[*Suite][]test{}
	for i, a := range asks {
		if slices.Contains(a.suite.Slow, a.name) {
			slow[a.suite] = append(slow[a.suite], tests[i])
		} else {
			quick[a.suite] = append(quick[a.suite], tests[i])
		}
	}
	for _, suite := range suites {
		suite.tiers = append(inTiers(quick[suite]), slow[suite])
	}
	return errors.Join(faults...)
}

// names lists the tests. A name that is to be treated apart and is none is an error.
func (s *Suite) names(ctx context.Context) ([]string, error) {
	c := exec.CommandContext(ctx, s.Binary, "-test.list", "^Test")
	c.Dir = s.Dir
	out, err := c.Output()
	if err != nil {
		return nil, fmt.Errorf("listing the tests of %s: %w", s.Package, err)
	}
	names := strings.Fields(string(out))
	for _, name := range slices.Concat(s.Slow, s.Never) {
		if !slices.Contains(names, name) {
			return nil, fmt.Errorf("%s has no test %s", s.Package, name)
		}
	}
	return slices.DeleteFunc(names, func(name string) bool { return slices.Contains(s.Never, name) }), nil
}

func (s *Suite) prepare(ctx context.Context, name, file string) (test, error) {
	os.Remove(file)
	c := s.command(ctx, 0, []string{name}, unlimited, selected.Reach+"="+file)
	out, err := c.CombinedOutput()
	if err != nil {
		return test{}, fmt.Errorf("%s of %s fails without any mutant: %w\n%s", name, s.Package, err, out)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return test{}, fmt.Errorf("%s of %s tells nothing of what it reaches: %w", name, s.Package, err)
	}
	t := test{name: name, took: c.ProcessState.UserTime()}
	for _, line := range strings.Fields(string(data)) {
		n, err := strconv.ParseUint(line, 10, 16)
		if err != nil {
			return test{}, err
		}
		t.reaches = append(t.reaches, uint16(n))
	}
	slices.Sort(t.reaches)
	return t, nil
}

// unlimited leaves tests the time they take.
const unlimited = "unlimited"

// command runs tests with a mutant in force, for so many seconds of processor time.
func (s *Suite) command(ctx context.Context, mutant int, tests []string, seconds string, env ...string) *exec.Cmd {
	limited := fmt.Sprintf(`ulimit -v %d 2>/dev/null; ulimit -t %s 2>/dev/null; exec "$0" "$@"`, testMemory, seconds)
	c := exec.CommandContext(ctx, "sh", "-c", limited, s.Binary, "-test.run=^("+strings.Join(tests, "|")+")$",
		"-test.short", "-test.failfast", "-test.count=1", "-test.timeout="+testTime)
	c.Dir = s.Dir
	c.Env = append(os.Environ(), "GOMAXPROCS=1", "RAPID_SEED=1", "RAPID_NOFAILFILE=true", fmt.Sprintf("%s=%d", selected.Variable, mutant))
	c.Env = append(c.Env, env...)
	return c
}

// Run judges the mutants, as Claims.Run does.
func (s *Suites) Run(ctx context.Context, mutants []Mutant, done func(*Mutant, *Answer) error) error {
	return each(ctx, s.Workers, mutants, done, func() (judge, func()) { return s.judge, func() {} })
}

func (s *Suites) judge(ctx context.Context, m *Mutant) (*Answer, error) {
	at := slices.IndexFunc(s.Suites, func(suite *Suite) bool { return suite.Package == m.Group })
	if at < 0 {
		return nil, fmt.Errorf("no tests judge mutants of %s", m.Group)
	}
	a := newAnswer(m.ID)
	return a, s.Suites[at].judge(ctx, m, a)
}

// judge asks the suite's tests that reach the mutant, the slow ones last, until one fails.
func (s *Suite) judge(ctx context.Context, m *Mutant, a *Answer) error {
	for _, tests := range s.tiers {
		if err := s.ask(ctx, m, a, tests); err != nil || a.Killed() {
			return err
		}
	}
	return nil
}

func (s *Suite) ask(ctx context.Context, m *Mutant, a *Answer, tests []test) error {
	var names []string
	var took time.Duration
	for _, t := range tests {
		if _, reached := slices.BinarySearch(t.reaches, uint16(m.Function)); reached || m.AtStart() {
			names = append(names, t.name)
			took += t.took
		}
	}
	if names == nil {
		return nil
	}
	a.Reached = true
	a.Asked[s.Column] += uint64(len(names))
	seconds := patience(took)
	c := s.command(ctx, m.ID, names, strconv.Itoa(seconds))
	out, err := c.CombinedOutput()
	if err == nil {
		return nil
	}
	if exit := (*exec.ExitError)(nil); !errors.As(err, &exit) {
		return fmt.Errorf("running the tests of %s: %w", s.Package, err)
	}
	spent := c.ProcessState.UserTime() + c.ProcessState.SystemTime()
	tired := c.ProcessState.ExitCode() < 0 && spent > time.Duration(seconds-1)*time.Second // the limit kills without a word
	switch failed := failedTest.FindSubmatch(out); {
	case tired, bytes.Contains(out, []byte("panic: test timed out")):
		a.Ended, a.Column, a.Doing = Hang, s.Column, strings.Join(names, " ")
	case failed != nil:
		a.By[s.Column] = properties.Notice{Claim: string(failed[1]), Case: "the tests of " + s.Package, Part: reasonIn(out), After: 1}
	default:
		a.Ended, a.Column, a.Doing = Crash, s.Column, firstLine(string(out))
	}
	return nil
}

var (
	failedTest = regexp.MustCompile(`(?m)^--- FAIL: (\S+)`)
	reasonLine = regexp.MustCompile(`(?m)^\s+\S+\.go:\d+: (.*)$`)
)

// reasonIn returns the first complaint in the output of a test.
func reasonIn(out []byte) string {
	if found := reasonLine.FindSubmatch(out); found != nil {
		return string(found[1][:min(200, len(found[1]))])
	}
	return ""
}
