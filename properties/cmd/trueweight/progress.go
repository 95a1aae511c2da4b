package main

import (
	"fmt"
	"io"
	"os"
	"time"
)

// A liveLine rewrites one line on a terminal, and elsewhere prints a plain line every ten seconds and at the end.
type liveLine struct {
	w        io.Writer
	terminal bool
	last     time.Time
}

func newLiveLine(w io.Writer) *liveLine {
	l := &liveLine{w: w, last: time.Now()}
	if file, ok := w.(*os.File); ok {
		info, err := file.Stat()
		l.terminal = err == nil && info.Mode()&os.ModeCharDevice != 0
	}
	return l
}

func (l *liveLine) show(text string, last bool) {
	if !l.terminal && !last && time.Since(l.last) < 10*time.Second {
		return
	}
	l.last = time.Now()
	switch {
	case l.terminal && last:
		fmt.Fprintf(l.w, "\r\x1b[K%s\n", text)
	case l.terminal:
		fmt.Fprintf(l.w, "\r\x1b[K%s", text)
	default:
		fmt.Fprintln(l.w, text)
	}
}
