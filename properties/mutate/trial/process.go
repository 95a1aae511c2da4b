package trial

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"

	"github.com/trueweight/trueweight/properties"
)

// Selector is the environment variable that chooses a mutant when a process starts.
const Selector = "TRUEWEIGHT_MUTANT"

// silence is how long a process may say nothing about a mutant before it is ended from outside. A process ends its own hangs; this
// is for one that can't.
const silence = 5 * time.Minute

// Claims judge mutants by errands to processes: a line in, a line out. What they leave unnoticed is judged by the tests of
// its own package, and then by a search of more cases.
type Claims struct {
	Binary  string
	Args    []string
	Workers int
	Tests   []*Suite // by package; may be none
}

// Run judges the mutants, in any order, and calls done with each answer, from one goroutine at a time. It stops early when
// the context is cancelled or a process fails for a reason of its own.
func (c *Claims) Run(ctx context.Context, mutants []Mutant, done func(*Mutant, *Answer) error) error {
	return each(ctx, c.Workers, mutants, done, func() (judge, func()) {
		w := &worker{Claims: c}
		return w.judge, w.stop
	})
}

// judge asks the claims, then the tests, then more cases, until somebody notices.
func (w *worker) judge(ctx context.Context, m *Mutant) (*Answer, error) {
	a, err := w.errand(ctx, m, false)
	if err != nil || a.Killed() {
		return a, err
	}
	if !a.Reached && !m.AtStart() { // what runs before a process can be told which mutant it is: of variables' functions
		early := *m
		early.Function = properties.AnyFunction
		b, err := w.judge(ctx, &early)
		if err != nil || b.Killed() {
			return b, err
		}
	}
	for _, suite := range w.Tests {
		if suite.Package == m.Group {
			if err := suite.judge(ctx, m, a); err != nil || a.Killed() {
				return a, err
			}
		}
	}
	if !a.Reached {
		return a, nil
	}
	more, err := w.errand(ctx, m, true)
	if err != nil {
		return nil, err
	}
	more.Noticed = *a.Add(&more.Noticed)
	return more, nil
}

// A worker keeps one process at work.
type worker struct {
	*Claims
	process *process
}

// errand asks about one mutant. What ends a process once is tried again in a new one: only the mutant can end both.
func (w *worker) errand(ctx context.Context, m *Mutant, search bool) (*Answer, error) {
	if m.AtStart() {
		w.stop()
	}
	for try := 0; ; try++ {
		if w.process == nil {
			var err error
			if w.process, err = w.start(ctx, m); err != nil {
				return nil, err
			}
		}
		a, err := w.process.ask(Errand{m.ID, m.Function, search})
		if err == nil && a.Ended == "" {
			if m.AtStart() || a.Killed() { // which may have written where the original reads: the next begins anew
				w.stop()
			}
			return a, nil
		}
		said := w.process.kill()
		w.process = nil
		switch {
		case err == nil: // it told how it ended
			return a, nil
		case strings.Contains(said, harness):
			return nil, fmt.Errorf("%s: %s", m.Key, strings.TrimSpace(said))
		case try > 0:
			a := newAnswer(m.ID)
			a.Reached, a.Ended, a.Doing = true, Crash, firstLine(said)
			return a, nil
		}
	}
}

// harness begins what a command says that fails for a reason of its own.
const harness = "trueweight notice: "

func firstLine(s string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(s), "\n")
	return line
}

// A process is one child with its pipes.
type process struct {
	cmd    *exec.Cmd
	in     io.WriteCloser
	lines  chan []byte
	stderr head
}

func (w *worker) start(ctx context.Context, m *Mutant) (*process, error) {
	p := &process{cmd: exec.CommandContext(ctx, w.Binary, w.Args...), lines: make(chan []byte)}
	selected := 0
	if m.AtStart() {
		selected = m.ID
	}
	p.cmd.Env = append(os.Environ(), fmt.Sprintf("%s=%d", Selector, selected), "GOMAXPROCS=1")
	p.cmd.Stderr = &p.stderr
	out, err := p.cmd.StdoutPipe()
	if err == nil {
		p.in, err = p.cmd.StdinPipe()
	}
	if err == nil {
		err = p.cmd.Start()
	}
	if err != nil {
		return nil, fmt.Errorf("starting the binary of mutants: %w", err)
	}
	go func() {
		defer close(p.lines)
		for r := bufio.NewReader(out); ; {
			line, err := r.ReadBytes('\n')
			if err != nil {
				return
			}
			p.lines <- line
		}
	}()
	return p, nil
}

// ask sends an errand and waits for the answer. It fails when the process ends without one.
func (p *process) ask(e Errand) (*Answer, error) {
	line, err := json.Marshal(e)
	if err != nil {
		return nil, err
	}
	if _, err := p.in.Write(append(line, '\n')); err != nil {
		return nil, err
	}
	select {
	case line, ok := <-p.lines:
		if !ok {
			return nil, io.ErrUnexpectedEOF
		}
		a := newAnswer(e.Mutant)
		return a, json.Unmarshal(line, a)
	case <-time.After(silence):
		a := newAnswer(e.Mutant)
		a.Reached, a.Ended = true, Hang
		return a, nil
	}
}

// kill ends the process and returns what it said on standard error.
func (p *process) kill() string {
	p.in.Close()
	p.cmd.Process.Kill()
	for range p.lines { // until its end
	}
	p.cmd.Wait()
	return p.stderr.String()
}

func (w *worker) stop() {
	if w.process != nil {
		w.process.kill()
		w.process = nil
	}
}

// A head keeps the beginning of what is written, where a crash tells its reason.
type head struct{ bytes.Buffer }

func (t *head) Write(data []byte) (int, error) {
	t.Buffer.Write(data[:min(len(data), 4096-min(4096, t.Len()))])
	return len(data), nil
}
