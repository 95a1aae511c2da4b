package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync/atomic"
	"time"

	"github.com/trueweight/trueweight/properties"
	"github.com/trueweight/trueweight/properties/mutate/selected"
	"github.com/trueweight/trueweight/properties/mutate/trial"
)

// What a child may use for one mutant. The code under verification needs kilobytes and microseconds for a question.
const (
	childPatience = 20 * time.Second // for one claim on one case
	childMemory   = 2 << 30          // bytes
	childStack    = 64 << 20         // bytes
)

// notice is the child of mutate, in a binary of mutants: with -record it writes the baseline of the original; with -baseline it
// reads errands from standard input, one JSON object a line, and answers each with a line. It is not for people.
func notice(_ context.Context, args []string, std streams) (int, error) {
	f := flags("notice", "", std)
	record := f.String("record", "", "write the baseline to this file")
	baseline := f.String("baseline", "", "the baseline's file")
	seed := f.Uint64("seed", gateSeed, "seed of the drawn cases")
	cases := f.Uint64("cases", 100, "drawn cases of each kind in the baseline")
	search := f.Uint64("search", 20_000, "drawn cases of each kind whose answers are in it")
	if err := f.Parse(args); err != nil {
		return exitHarness, err
	}
	if *record != "" {
		return exitHolds, recordBaseline(*record, *seed, *cases, *search)
	}
	file, err := os.Open(*baseline)
	if err != nil {
		return exitHarness, err
	}
	b, err := properties.ReadBaseline(bufio.NewReaderSize(file, 1<<20))
	file.Close()
	if err != nil {
		return exitHarness, fmt.Errorf("%s: %w", *baseline, err)
	}
	return exitHolds, errands(b, std)
}

// marks is the probe of a binary of mutants.
type marks struct{}

func (marks) Forget()           { selected.Forget() }
func (marks) Reached() []uint16 { return selected.Marked() }

func recordBaseline(name string, seed, cases, search uint64) error {
	selected.Listening = true
	b, err := properties.NewBaseline(properties.Impl(), seed, cases, search, runtime.GOMAXPROCS(0), marks{})
	if err != nil {
		return err
	}
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(file, 1<<20)
	if err = b.Write(w); err == nil {
		err = w.Flush()
	}
	if closing := file.Close(); err == nil {
		err = closing
	}
	return err
}

// errands answers errands until there are no more.
func errands(b *properties.Baseline, std streams) error {
	debug.SetMaxStack(childStack)
	answers := json.NewEncoder(std.out)
	var g guard
	go g.watch(func(ended string) {
		now := g.now.Load()
		answers.Encode(trial.Answer{Mutant: now.mutant, Reached: true, Ended: ended,
			Column: properties.FamilyOf(now.claim), Doing: now.claim + " on " + now.on()})
		os.Exit(exitHarness)
	})
	in := bufio.NewScanner(std.in)
	for in.Scan() {
		var e trial.Errand
		if err := json.Unmarshal(in.Bytes(), &e); err != nil {
			return fmt.Errorf("errand %q: %w", in.Text(), err)
		}
		selected.ID = e.Mutant
		g.mutant = e.Mutant
		var n *properties.Noticed
		if e.Search {
			n = b.Search(properties.Impl(), e.Function, g.doing)
		} else {
			n = b.Notice(properties.Impl(), e.Function, g.doing)
		}
		g.now.Store(nil)
		if err := answers.Encode(trial.Answer{Mutant: e.Mutant, Reached: len(n.Asked) > 0, Noticed: *n}); err != nil {
			return err
		}
	}
	return in.Err()
}

// A guard knows what the child is doing, and ends it when that takes too long or too much memory.
type guard struct {
	mutant int
	now    atomic.Pointer[deed] // nil when idle
}

// A deed is one claim judged on one case.
type deed struct {
	mutant int
	claim  string
	on     func() string
	since  time.Time
}

func (g *guard) doing(claim string, on func() string) {
	g.now.Store(&deed{g.mutant, claim, on, time.Now()})
}

func (g *guard) watch(end func(ended string)) {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	for now := range time.Tick(100 * time.Millisecond) {
		deed := g.now.Load()
		if deed == nil {
			continue
		}
		metrics.Read(sample)
		switch {
		case sample[0].Value.Uint64() > childMemory:
			end(trial.Memory)
		case now.Sub(deed.since) > childPatience:
			end(trial.Hang)
		}
	}
}
