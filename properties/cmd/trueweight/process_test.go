//go:build unix

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// asCommand makes the test binary be the command: some faults befall only a process. asFullDisk lets it write files of at
// most so many bytes besides.
const (
	asCommand  = "TRUEWEIGHT_TEST_COMMAND"
	asFullDisk = "TRUEWEIGHT_TEST_FULL_DISK"
)

func TestMain(m *testing.M) {
	if os.Getenv(asCommand) == "" {
		os.Exit(m.Run())
	}
	if os.Getenv(asFullDisk) != "" {
		signal.Ignore(syscall.SIGXFSZ)
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: 64, Max: 64}); err != nil {
			panic(err)
		}
	}
	main()
}

// process prepares the command as a process of its own, ended with the test.
func process(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.CommandContext(t.Context(), self, args...)
	c.Env = append(os.Environ(), asCommand+"=1")
	return c
}

func exitCode(t *testing.T, err error) int {
	t.Helper()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return exitHolds
	case errors.As(err, &exit):
		return exit.ExitCode()
	}
	t.Fatal(err)
	return 0
}

func TestAFullDiskLeavesTheOldFilesWhole(t *testing.T) {
	for _, flag := range []string{"-junit", "-sarif", "-evidence"} {
		dir := t.TempDir()
		name := filepath.Join(dir, "old")
		write(t, name, "old")
		c := process(t, quick(flag, name)...)
		c.Env = append(c.Env, asFullDisk+"=1")
		out, err := c.CombinedOutput()
		if code := exitCode(t, err); code != exitHarness || !bytes.Contains(out, []byte("file too large; the file is as it was")) {
			t.Errorf("%s: exit code %d, printed\n%s", flag, code, out)
		}
		left, err := os.ReadDir(dir)
		if data, _ := os.ReadFile(name); err != nil || string(data) != "old" || len(left) != 1 {
			t.Errorf("%s: left behind: %q in %v, %v", flag, data, left, err)
		}
	}
}

func TestAFullStandardOutputIsNotSilent(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer full.Close()
	for want, args := range map[int][]string{
		exitHarness:  quick(),
		exitViolated: {"replay", "-claims", "SW-OUT", "-subject", "planted:SW-OUT", "-"}, // still true, and worse
	} {
		var told bytes.Buffer
		c := process(t, args...)
		c.Stdin = strings.NewReader(`{"kind":"swap-in","balanceIn":"1000","weightIn":"500000000000000000","balanceOut":"1000","weightOut":"500000000000000000","amount":"100"}`)
		c.Stdout, c.Stderr = full, &told
		if code := exitCode(t, c.Run()); code != want || !strings.Contains(told.String(), "not everything could be printed: ") {
			t.Errorf("%v: exit code %d, want %d; told\n%s", args, code, want, told.String())
		}
	}
}

func TestAClosedPipeLosesNoFile(t *testing.T) {
	read, written, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	read.Close()
	defer written.Close()
	name := filepath.Join(t.TempDir(), "result.xml")
	var told bytes.Buffer
	c := process(t, quick("-junit", name)...)
	c.Stdout, c.Stderr = written, &told
	if code := exitCode(t, c.Run()); code != exitHarness || !strings.Contains(told.String(), "broken pipe") {
		t.Errorf("exit code %d, told\n%s", code, told.String())
	}
	if data, err := os.ReadFile(name); err != nil || !bytes.Contains(data, []byte(`failures="0" errors="0"`)) {
		t.Errorf("the result was lost: %v\n%s", err, data)
	}
}

// endless runs a verify that takes hours, until its result says that it has not ended, and then does something to it.
func endless(t *testing.T, act func(*os.Process) error) (code int, out, result string) {
	t.Helper()
	name := filepath.Join(t.TempDir(), "result.xml")
	write(t, name, `<testsuites failures="0" errors="0"/>`) // an older run's
	var b bytes.Buffer
	c := process(t, "verify", "-cases", "1000000000", "-workers", "1", "-junit", name, "LE-DOM")
	c.Stdout, c.Stderr = &b, &b
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	unfinished := func() bool {
		data, err := os.ReadFile(name)
		return err == nil && bytes.Contains(data, []byte(`errors="1"`))
	}
	for range 2000 { // up to 20 s
		if unfinished() {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	if !unfinished() {
		t.Error("no result says that the run has not ended")
	}
	if err := act(c.Process); err != nil {
		t.Fatal(err)
	}
	code = exitCode(t, c.Wait())
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return code, b.String(), string(data)
}

func TestAnInterruptedRunSaysSo(t *testing.T) {
	code, out, result := endless(t, func(p *os.Process) error { return p.Signal(os.Interrupt) })
	if code != exitHarness || !strings.Contains(out, "interrupted: the table shows what was done") || !strings.Contains(result, "the run did not reach its end") {
		t.Errorf("exit code %d, printed\n%s\nresult\n%s", code, out, result)
	}
}

func TestAKilledRunIsNotTakenForAnOlderOne(t *testing.T) {
	_, _, result := endless(t, (*os.Process).Kill)
	if !strings.Contains(result, "the run did not reach its end") {
		t.Errorf("the result is\n%s", result)
	}
}

func TestTwoRunsThatWriteOneFileLeaveOneOfTheTwo(t *testing.T) {
	dir := t.TempDir()
	junit, sarif, evidence := filepath.Join(dir, "r.xml"), filepath.Join(dir, "r.sarif"), filepath.Join(dir, "r.json")
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for range 5 {
				var out bytes.Buffer
				args := quick("-junit", junit, "-sarif", sarif, "-evidence", evidence)
				if code := run(context.Background(), args, streams{nil, &out, &out}); code != exitHolds {
					t.Errorf("exit code %d, printed\n%s", code, out.String())
				}
			}
		})
	}
	group.Wait()
	for name, whole := range map[string]func([]byte, any) error{junit: xml.Unmarshal, sarif: json.Unmarshal, evidence: json.Unmarshal} {
		data, err := os.ReadFile(name)
		if err == nil {
			err = whole(data, &struct{}{})
		}
		if err != nil {
			t.Errorf("%s: %v", filepath.Base(name), err)
		}
	}
	left, err := os.ReadDir(dir)
	names := slices.Collect(func(yield func(string) bool) {
		for _, e := range left {
			yield(e.Name())
		}
	})
	if err != nil || !slices.Equal(names, []string{"r.json", "r.sarif", "r.xml"}) {
		t.Errorf("left behind: %v, %v", names, err)
	}
}

func TestALinkStaysAndItsTargetIsReplaced(t *testing.T) {
	dir := t.TempDir()
	target, name := filepath.Join(dir, "target"), filepath.Join(dir, "link")
	write(t, target, "old")
	link("target", name)(t)
	if err := replaceFile(name, []byte("new")); err != nil {
		t.Fatal(err)
	}
	if to, err := os.Readlink(name); err != nil || to != "target" {
		t.Errorf("the link is %q, %v", to, err)
	}
	if data, err := os.ReadFile(target); err != nil || string(data) != "new" {
		t.Errorf("the target holds %q, %v", data, err)
	}
}
