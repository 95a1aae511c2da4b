package main

import (
	"fmt"
	"io"
	"sync"
	"time"
)

// plainEvery is how often a target's progress is printed where lines can't be rewritten.
const plainEvery = 10 * time.Second

// A board shows the progress of targets side by side: on a terminal a line each, rewritten in place; elsewhere plain
// lines now and then.
type board struct {
	w        io.Writer
	terminal bool

	mu      sync.Mutex
	targets []*target
	lines   map[*target]string
	printed map[*target]time.Time
	drawn   int // lines on the terminal
}

func newBoard(w io.Writer) *board {
	return &board{w: w, terminal: isTerminal(w), lines: map[*target]string{}, printed: map[*target]time.Time{}}
}

func (b *board) begin(targets []*target) { b.targets = targets }

// show puts a target's progress on the board.
func (b *board) show(t *target) {
	b.put(t, progress(t), false)
}

// done puts the outcome of a target on the board.
func (b *board) done(t *target) {
	b.put(t, progress(t)+"; "+t.outcome(), true)
}

func progress(t *target) string {
	text := fmt.Sprintf("%-16s %d executions, %d/s, %d new inputs of %d", t.name, t.seen.execs, t.seen.rate, t.seen.found, t.seen.inputs)
	if t.closest != "" {
		text += "; closest call: " + t.closest
	}
	return text
}

func (b *board) put(t *target, text string, always bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.lines[t] = text
	if b.terminal {
		b.redraw()
		return
	}
	now := time.Now()
	if b.printed[t].IsZero() {
		b.printed[t] = now
	}
	if always || now.Sub(b.printed[t]) >= plainEvery {
		b.printed[t] = now
		fmt.Fprintln(b.w, text)
	}
}

// redraw writes a line for every target that has begun over those that stand there.
func (b *board) redraw() {
	if b.drawn > 0 {
		fmt.Fprintf(b.w, "\x1b[%dA", b.drawn)
	}
	b.drawn = 0
	for _, t := range b.targets {
		if line, ok := b.lines[t]; ok {
			fmt.Fprintf(b.w, "\r\x1b[K%s\n", clipped(line))
			b.drawn++
		}
	}
}

// clipped cuts a line to what a narrow terminal shows, for one that wraps can't be rewritten.
func clipped(line string) string {
	const columns = 79
	runes := []rune(line)
	return string(runes[:min(len(runes), columns)])
}
