package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/trueweight/trueweight/properties"
)

// A target is a fuzz target, and what came of it.
type target struct {
	name    string
	begun   bool
	stopped bool // before its executions were done, by the user
	seen    seen
	closest string

	story string // of the violation that was found
	found *entry
	fault string // what the harness did wrong: no claim is violated by it
}

// outcome says in a word or two how a target ended.
func (t *target) outcome() string {
	switch {
	case t.found != nil:
		return "violated: " + strings.Join(t.found.Claims, ", ")
	case t.fault != "":
		return "harness failed"
	case t.stopped && !t.begun:
		return "not begun"
	case t.stopped:
		return "interrupted"
	}
	return "nothing found"
}

// seen is a line of progress that Go's fuzzer writes.
type seen struct {
	execs, rate   uint64
	found, inputs uint64 // inputs that reached something new: in this run, and in all
}

var progressLine = regexp.MustCompile(`^fuzz: elapsed: \S+, execs: (\d+) \((\d+)/sec\), new interesting: (\d+) \(total: (\d+)\)`)

func parseProgress(line string) (p seen, ok bool) {
	m := progressLine.FindStringSubmatch(line)
	if m == nil {
		return p, false
	}
	for i, n := range []*uint64{&p.execs, &p.rate, &p.found, &p.inputs} {
		*n, _ = strconv.ParseUint(m[i+1], 10, 64) // digits; more than 64 bits of them stay the most there is
	}
	return p, true
}

// fuzz runs one target to its end and says what came of it.
func (z *fuzzing) fuzz(ctx context.Context, t *target) {
	if t.stopped = ctx.Err() != nil; t.stopped {
		return
	}
	t.begun = true
	dir := filepath.Join(z.scratch, t.name)
	closest := filepath.Join(dir, "closest")
	err := os.MkdirAll(closest, 0o755)
	if committed := filepath.Join(z.inputs, t.name); err == nil && z.inputs != "" && exists(committed) {
		err = os.CopyFS(filepath.Join(dir, "testdata", "fuzz", t.name), os.DirFS(committed))
	}
	if err != nil {
		t.fault = err.Error()
		return
	}
	command := z.command(ctx, dir, "-test.run=^$", "-test.fuzz=^"+t.name+"$", fmt.Sprintf("-test.fuzztime=%dx", z.execs),
		"-test.fuzzminimizetime=10x", "-test.fuzzcachedir="+z.keep, fmt.Sprintf("-test.parallel=%d", z.workers))
	command.Env = append(os.Environ(), properties.FuzzReports+"="+closest)
	out, err := z.follow(command, t, closest)
	t.stopped = ctx.Err() != nil
	name, crashed := failingInput(out)
	switch {
	case crashed:
		z.judge(t, dir, name)
	case t.stopped:
	case strings.Contains(out, "context deadline exceeded"):
		t.fault = "Go's fuzzer ended by a deadline of its own and not by a failing input (context deadline exceeded): run it again"
	case err != nil:
		t.fault = fmt.Sprintf("it ended with %v and wrote no failing input:\n%s", err, tail(out))
	case t.seen.execs < z.execs:
		t.fault = fmt.Sprintf("it ended after %d of %d executions:\n%s", t.seen.execs, z.execs, tail(out))
	}
}

// command is the binary with arguments, in a directory; a cancelled context interrupts it as Ctrl-C does.
func (z *fuzzing) command(ctx context.Context, dir string, args ...string) *exec.Cmd {
	command := exec.CommandContext(ctx, z.binary, args...)
	command.Dir = dir
	command.Cancel = func() error { return command.Process.Signal(os.Interrupt) }
	command.WaitDelay = 10 * time.Second
	return command
}

// follow runs a command, shows its progress, and returns the other lines that it wrote.
func (z *fuzzing) follow(command *exec.Cmd, t *target, closest string) (string, error) {
	r, w := io.Pipe()
	command.Stdout, command.Stderr = w, w
	lines := make(chan string)
	go func() {
		var rest strings.Builder
		in := bufio.NewReader(r)
		for {
			line, err := in.ReadString('\n')
			if p, ok := parseProgress(line); ok {
				t.seen, t.closest = p, properties.ClosestInFuzz(closest)
				z.board.show(t)
			} else if !strings.HasPrefix(line, "fuzz: elapsed:") {
				rest.WriteString(line)
			}
			if err != nil {
				lines <- rest.String()
				return
			}
		}
	}()
	err := command.Run()
	w.Close()
	return <-lines, err
}

func exists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}

// tail returns the last lines of an output.
func tail(out string) string {
	lines := strings.Split(strings.TrimSpace(out), "\n")
	return strings.Join(lines[max(0, len(lines)-20):], "\n")
}
