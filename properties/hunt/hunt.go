// Package hunt looks for worst cases on purpose: of every claim that has a margin, the cases that come closest to breaking it.
//
// A hunt is guided by margins, not by coverage. For each claim 64 islands hold the closest case of every class, and of all that a
// real pool could meet; each draws fresh cases, or neighbours of the closest ones, judges the claim on
// them, and keeps what comes closer. After each generation every island takes over what the one before it holds, in a
// fixed ring. A case judged for one claim counts for that claim alone.
//
// It relies on package domain for cases and their neighbours, and on package properties for verdicts. It promises that what
// it finds depends on the subject, the claim, the seed, the number of generations and of shards, and on nothing else: not on cores, on
// interruptions, or on the other claims.
//
// A shard of a hunt, i of n, holds the islands whose number is i modulo n, and they exchange among themselves only. So n shards
// are a hunt of their own, as deterministic as one in one piece, but not the same one; Merge puts their islands together.
package hunt

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/trueweight/trueweight/properties"
	"github.com/trueweight/trueweight/properties/domain"
)

// A Hunt looks for the worst cases of a subject.
type Hunt struct {
	Subject *properties.Subject
	Claims  []*properties.Property
	Seed    uint64
	// Cases is how many cases are asked for each family, divided evenly among its claims. A script counts as many as it has
	// steps. Whole generations are asked, and the shards of a hunt share them.
	Cases uint64
	// Shard of Shards: the islands to run; 0 of 1 for all.
	Shard, Shards int
	// Code names the code that is judged and that judges: a hunt goes on, and merges, only under the same.
	Code string

	Workers int // 0 for one per core; decides nothing but speed
	// Progress is called now and then, from one goroutine at a time.
	Progress func(properties.Progress)
	// Checkpoint is called between generations with what has been found so far; an error ends the hunt.
	Checkpoint func(*Record) error
	// Stuck is called when no case has been judged for 60 s, with the claim and case in flight. It must not return; nil panics.
	Stuck func(*properties.Property, domain.Case)

	// decide stands in for the judge in tests and benchmarks.
	decide func(*properties.Property, domain.Case) properties.Verdict
}

// stuckAfter is how long one verdict may take before it is called a hang.
const stuckAfter = 60 * time.Second

// Huntable divides claims into those with a margin, which guides a hunt, and those without, which hold or
// don't. Claims that are not judged on generated cases, or that the subject can't be asked, are in neither.
func Huntable(s *properties.Subject, claims []*properties.Property) (guided, blind []*properties.Property) {
	for _, p := range claims {
		switch {
		case len(p.Kinds) == 0 || !p.AppliesTo(s):
		case p.Margin == properties.NoMargin:
			blind = append(blind, p)
		default:
			guided = append(guided, p)
		}
	}
	return guided, blind
}

// Start returns the record that a hunt begins with.
func (h *Hunt) Start() *Record {
	r := &Record{Subject: h.Subject.Name, Seed: h.Seed, Shards: h.Shards, Code: h.Code}
	for _, p := range h.Claims {
		c := &claim{p: p}
		for n := h.Shard; n < Islands; n += h.Shards {
			c.islands = append(c.islands, &island{number: n})
		}
		r.claims = append(r.claims, c)
	}
	return r
}

// check says why a record is not one that this hunt can go on from, if it is not.
func (h *Hunt) check(r *Record) error {
	if h.Shards < 1 || h.Shards > Islands || h.Shard < 0 || h.Shard >= h.Shards {
		return fmt.Errorf("there is no shard %d/%d: want i/n with 0 ≤ i < n ≤ %d", h.Shard, h.Shards, Islands)
	}
	want := h.Start()
	if err := want.comparable(r); err != nil {
		return err
	}
	if got, want := r.ids(), want.ids(); !slices.Equal(got, want) {
		return fmt.Errorf("it is a hunt for %v, not for %v", got, want)
	}
	for i, c := range r.claims {
		if !slices.EqualFunc(c.islands, want.claims[i].islands, func(a, b *island) bool { return a.number == b.number }) {
			return fmt.Errorf("it is not of shard %d/%d", h.Shard, h.Shards)
		}
	}
	return nil
}

// Run goes on from r, until every claim has its cases or the context is done, and changes r. The generation under way is
// finished before an interruption, so that nothing found is lost and the hunt can go on from r as if it had never stopped.
func (h *Hunt) Run(ctx context.Context, r *Record) error {
	if err := h.check(r); err != nil {
		return err
	}
	run := &running{Hunt: h, record: r, start: time.Now()}
	perFamily := map[string]uint64{}
	for _, c := range r.claims {
		perFamily[c.p.Family()]++
	}
	quota := func(c *claim) uint64 { // of this shard
		return h.Cases * uint64(len(c.islands)) / (Islands * perFamily[c.p.Family()])
	}
	for _, c := range r.claims {
		run.total += max(quota(c), c.tally().asked())
		run.done.Add(c.tally().asked())
	}
	run.workers()
	defer run.watch()()
	for again := true; again; {
		again = false
		for _, c := range r.claims {
			if c.tally().asked() >= quota(c) {
				continue
			}
			if again = true; ctx.Err() != nil {
				return nil
			}
			run.generation(c)
			if h.Checkpoint != nil {
				if err := h.Checkpoint(r); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// running is a hunt under way.
type running struct {
	*Hunt
	record  *Record
	start   time.Time
	total   uint64
	done    atomic.Uint64
	crew    []*worker
	mu      sync.Mutex
	closest string
	nearest properties.Margin
	failed  int
}

// worker is one goroutine's judge, and what it is doing, for the watchdog.
type worker struct {
	judge    *properties.Judge
	question atomic.Pointer[question]
}

type question struct {
	p     *properties.Property
	c     domain.Case
	since time.Time
}

func (r *running) workers() {
	n := r.Workers
	if n <= 0 {
		n = runtime.GOMAXPROCS(0)
	}
	for range n {
		r.crew = append(r.crew, &worker{judge: properties.NewJudge(properties.Enclosures)})
	}
}

// generation lets every island of a claim live one generation, and exchange.
func (r *running) generation(c *claim) {
	var next atomic.Int64
	var wg sync.WaitGroup
	for _, w := range r.crew {
		wg.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= len(c.islands) {
					return
				}
				before := c.islands[i].tally.asked()
				c.islands[i].live(r.Seed, c.p, func(q domain.Case) properties.Verdict { return r.ask(w, c.p, q) })
				r.done.Add(c.islands[i].tally.asked() - before)
			}
		})
	}
	wg.Wait()
	exchange(c.islands)
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, w := range r.crew {
		r.record.alarm(w.judge.Alarms())
	}
	r.failed = 0
	for _, d := range r.record.claims {
		r.failed += len(d.failing())
	}
	if c.p.Margin == properties.Ratio {
		for _, f := range c.best() {
			if !f.margin.Tight() && f.margin.Closer(r.nearest) {
				r.nearest, r.closest = f.margin, fmt.Sprintf("%s at %s of what it allows", c.p.ID, f.margin)
			}
		}
	}
}

func (r *running) ask(w *worker, p *properties.Property, c domain.Case) properties.Verdict {
	if r.decide != nil {
		return r.decide(p, c)
	}
	w.question.Store(&question{p, c, time.Now()})
	v := w.judge.Decide(p, r.Subject, c)
	w.question.Store(nil)
	return v
}

// watch reports progress twice a second, and calls Stuck when a verdict takes too long. What it returns ends it.
func (r *running) watch() (stop func()) {
	ended := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		tick := time.NewTicker(500 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-ended:
				return
			case now := <-tick.C:
				r.report(false)
				for _, w := range r.crew {
					if q := w.question.Load(); q != nil && now.Sub(q.since) > stuckAfter {
						r.stuck(q)
					}
				}
			}
		}
	})
	return func() {
		close(ended)
		wg.Wait()
		r.report(true)
	}
}

func (r *running) stuck(q *question) {
	if r.Stuck != nil {
		r.Stuck(q.p, q.c)
	}
	panic(fmt.Sprintf("%s violated by %s: no answer for %v\ncase: %s", q.p.ID, r.Subject.Name, stuckAfter, domain.MarshalJSON(q.c)))
}

func (r *running) report(last bool) {
	if r.Progress == nil {
		return
	}
	r.mu.Lock()
	done := r.done.Load() // whole generations, so that it may be more than was asked for
	p := properties.Progress{Done: done, Total: max(done, r.total), Kind: "hunt", Elapsed: time.Since(r.start), Closest: r.closest, Violations: r.failed}
	r.mu.Unlock()
	if last {
		p.Kind = ""
	}
	r.Progress(p)
}
