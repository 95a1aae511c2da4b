package properties

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/trueweight/trueweight/corpus"
	"github.com/trueweight/trueweight/properties/domain"
)

// A Campaign judges a subject on generated cases.
type Campaign struct {
	Subject *Subject
	Claims  []*Property // nil for all
	Seed    uint64
	// Cases is how many cases of each kind are drawn; 0 for each kind's own
	// number, which gives every claim the judged cases that the report promises.
	Cases  uint64
	Model  Model
	Strict bool // findings excuse nothing

	Workers int // 0 for one per core; decides nothing but speed
	// Progress is called now and then, from one goroutine at a time.
	Progress func(Progress)
	// Stuck is called when no case has been finished for 60 s, with the claim and case in flight.
	// It must not return; nil panics.
	Stuck func(*Property, domain.Case)

	patience time.Duration // stuckAfter, but for tests
}

// Progress is how far a campaign has come.
type Progress struct {
	Done, Total uint64 // cases
	Kind        domain.Kind
	Elapsed     time.Duration
	Closest     string // the closest call so far: claim and margin
	Violations  int
}

// A Result is what a campaign found.
type Result struct {
	Evidence *Evidence
	Failures []*Failure // at most one per claim and part: the first by case
	Alarms   []string   // disagreements of the two arithmetics: faults of the harness
	// Interrupted is set when the campaign was stopped early; the evidence covers what was done.
	Interrupted bool
}

// ExitCode returns 0 when every claim holds, 1 when one is violated, 2 when the harness failed.
func (r *Result) ExitCode() int {
	code := 0
	if len(r.Alarms) > 0 || r.Interrupted {
		code = 2
	}
	for _, f := range r.Failures {
		if f.Verdict.Outcome == Violated {
			return 1
		}
		code = 2
	}
	return code
}

// CasesPerKind is the number of cases that a campaign draws of a kind by default:
// enough for every claim on it to have 20,000 judged cases, and 500 in each class. A script counts as
// many cases as it has steps.
func CasesPerKind(k domain.Kind) uint64 {
	switch k {
	case domain.KindSequence:
		return 3_000
	case domain.KindMarket:
		return 8_000
	case domain.KindRawSwap, domain.KindProtocolFees, domain.KindPacking: // half of them are refused, and rightly
		return 40_000
	}
	return max(26_000, 1_600*uint64(len(domain.Classes(k))))
}

// witnessEvery is the share of cases on which both arithmetics are asked, besides every violation.
const witnessEvery = 512

// chunk is how many cases a worker takes at a time.
func chunk(n uint64) uint64 { return min(128, 1+n/64) }

// stuckAfter is how long one verdict may take before it is called a hang.
const stuckAfter = 60 * time.Second

// Run judges every applicable claim on every case. A cancelled context ends it
// early and keeps what was found.
func (c *Campaign) Run(ctx context.Context) *Result {
	claims := c.Claims
	if claims == nil {
		claims = All()
	}
	r := &run{Campaign: c, start: time.Now(), tallies: map[string]*ClaimEvidence{}}
	evidence := &Evidence{Subject: c.Subject.Name, Model: c.Model.String(), Seed: c.Seed, Cases: map[domain.Kind]uint64{}}
	for _, p := range claims {
		if !p.AppliesTo(c.Subject) {
			evidence.NotApplicable = append(evidence.NotApplicable, p.ID)
			continue
		}
		r.tallies[p.ID] = newClaimEvidence(p.ID)
		evidence.Claims = append(evidence.Claims, r.tallies[p.ID])
		r.claims = append(r.claims, p)
	}
	for _, k := range domain.Kinds() {
		if slices.ContainsFunc(r.claims, func(p *Property) bool { return slices.Contains(p.Kinds, k) }) {
			n := c.Cases
			if n == 0 {
				n = CasesPerKind(k)
			}
			evidence.Cases[k] = n
			r.total += n
		}
	}
	stop := r.watch()
	for _, k := range domain.Kinds() {
		if n := evidence.Cases[k]; n > 0 {
			evidence.Cases[k] = r.kind(ctx, k, n)
		}
	}
	if r.tallies[bxVec.ID] != nil && ctx.Err() == nil {
		r.vectors()
	}
	close(stop)
	r.report(true)
	return r.result(ctx, evidence)
}

// String names the model as evidence does.
func (m Model) String() string { return [...]string{"enclosures", "points"}[m] }

// run is a campaign under way.
type run struct {
	*Campaign
	claims []*Property
	start  time.Time
	total  uint64
	done   atomic.Uint64

	mu       sync.Mutex
	tallies  map[string]*ClaimEvidence
	failures []found
	measured []*Failure // of the claim about vectors
	alarms   []string
	current  domain.Kind
	closest  string
	nearest  Margin
	flights  []*flight
}

// found is a failing verdict before its story is told.
type found struct {
	at      place
	p       *Property
	c       domain.Case
	verdict Verdict
}

// flight is what a worker is doing, for the watchdog.
type flight struct {
	claim    atomic.Pointer[Property]
	question atomic.Pointer[domain.Case]
	since    atomic.Int64 // unix nanoseconds; 0 when idle
}

// locked does what no other goroutine may see half done.
func (r *run) locked(do func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	do()
}

// kind judges n cases of one kind and returns how many were done: all, unless interrupted.
func (r *run) kind(ctx context.Context, k domain.Kind, n uint64) uint64 {
	claims := slices.DeleteFunc(slices.Clone(r.claims), func(p *Property) bool { return !slices.Contains(p.Kinds, k) })
	workers := r.Workers
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	r.locked(func() { r.current = k })
	var next, finished atomic.Uint64
	size := chunk(n)
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			w := r.worker(claims)
			for {
				first := next.Add(size) - size
				if first >= n || ctx.Err() != nil {
					break
				}
				last := min(first+size, n)
				for i := first; i < last; i++ {
					w.judge(k, i)
				}
				finished.Add(last - first)
				r.done.Add(last - first)
			}
			r.merge(w)
		})
	}
	wg.Wait()
	return finished.Load()
}

// vectors judges the claim about the corpus's vectors.
func (r *run) vectors() {
	files, err := corpus.Vectors(corpus.FS)
	if err != nil {
		r.alarms = append(r.alarms, err.Error())
		return
	}
	r.measure(files)
}

// measure judges that claim on some files.
func (r *run) measure(files []corpus.VectorFile) {
	w := r.worker(nil)
	evidence, failures := checkVectors(w.judgeOf, r.Subject, files, w.begin)
	w.flight.since.Store(0)
	r.tallies[bxVec.ID].merge(evidence)
	for _, f := range failures {
		if !slices.ContainsFunc(r.measured, func(g *Failure) bool { return g.Verdict.Part == f.Verdict.Part }) {
			r.measured = append(r.measured, f)
		}
	}
}

// worker is one goroutine's share of a campaign.
type worker struct {
	run      *run
	judgeOf  *Judge
	claims   []*Property
	tallies  map[string]*ClaimEvidence
	failures []found
	flight   *flight
}

func (r *run) worker(claims []*Property) *worker {
	w := &worker{run: r, judgeOf: &Judge{model: r.Model, strict: r.Strict}, claims: claims, tallies: map[string]*ClaimEvidence{}, flight: new(flight)}
	for _, p := range claims {
		w.tallies[p.ID] = newClaimEvidence(p.ID)
	}
	r.locked(func() { r.flights = append(r.flights, w.flight) })
	return w
}

func (w *worker) judge(k domain.Kind, i uint64) {
	c := domain.At(w.run.Seed, k, i)
	w.judgeOf.witness = i%witnessEvery == 0
	for _, p := range w.claims {
		w.begin(p, c)
		v := w.judgeOf.Decide(p, w.run.Subject, c)
		w.tallies[p.ID].record(v, c, i)
		if v.Outcome == Violated || v.Outcome == Undecided {
			w.fail(found{place{kindOrder[k], i}, p, c, v})
		}
	}
	w.flight.since.Store(0)
}

// begin tells the watchdog what is asked next.
func (w *worker) begin(p *Property, c domain.Case) {
	w.flight.question.Store(&c)
	w.flight.claim.Store(p)
	w.flight.since.Store(time.Now().UnixNano())
}

// fail keeps the first failing case of each claim and part.
func (w *worker) fail(f found) { w.failures = keepFirst(w.failures, f) }

func keepFirst(list []found, f found) []found {
	for i, g := range list {
		if g.p == f.p && g.verdict.Part == f.verdict.Part && g.verdict.Outcome == f.verdict.Outcome {
			if f.at.before(g.at) {
				list[i] = f
			}
			return list
		}
	}
	return append(list, f)
}

func (r *run) merge(w *worker) { r.locked(func() { r.take(w) }) }

// take adds what a worker found.
func (r *run) take(w *worker) {
	for id, t := range w.tallies {
		r.tallies[id].merge(t)
		if at := t.Tightest; at != nil && at.margin.kind == Ratio && at.margin.Closer(r.nearest) {
			r.nearest, r.closest = at.margin, fmt.Sprintf("%s at %s of what it allows", id, at.Margin)
		}
	}
	for _, f := range w.failures {
		r.failures = keepFirst(r.failures, f)
	}
	r.alarms = append(r.alarms, w.judgeOf.alarms...)
}

// watch reports progress twice a second and calls Stuck when a verdict takes too long.
func (r *run) watch() chan struct{} {
	stop := make(chan struct{})
	patience := r.patience
	if patience == 0 {
		patience = stuckAfter
	}
	go func() {
		tick := time.NewTicker(500 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-stop:
				return
			case now := <-tick.C:
				r.report(false)
				var flights []*flight
				r.locked(func() { flights = slices.Clone(r.flights) })
				for _, f := range flights {
					if since := f.since.Load(); since != 0 && now.UnixNano()-since > int64(patience) {
						r.stuck(f.claim.Load(), *f.question.Load())
					}
				}
			}
		}
	}()
	return stop
}

func (r *run) stuck(p *Property, c domain.Case) {
	if r.Stuck != nil {
		r.Stuck(p, c)
	}
	panic(fmt.Sprintf("%s violated by %s: no answer for %v\ncase: %s", p.ID, r.Subject.Name, stuckAfter, domain.MarshalJSON(c)))
}

func (r *run) report(last bool) {
	if r.Progress == nil {
		return
	}
	p := Progress{Done: r.done.Load(), Total: r.total, Elapsed: time.Since(r.start)}
	r.locked(func() { p.Kind, p.Closest, p.Violations = r.current, r.closest, len(r.failures) })
	if last {
		p.Kind = ""
	}
	r.Progress(p)
}

// result tells the stories of the failures, in the order of claims.
func (r *run) result(ctx context.Context, evidence *Evidence) *Result {
	out := &Result{Evidence: evidence, Interrupted: ctx.Err() != nil}
	slices.Sort(r.alarms)
	out.Alarms = slices.Compact(r.alarms)
	j := &Judge{model: r.Model, strict: r.Strict}
	for _, p := range r.claims {
		if p.vectors {
			out.Failures = append(out.Failures, r.measured...)
		}
		for _, f := range r.failures {
			if f.p == p {
				origin := fmt.Sprintf("case %d of kind %s under seed %d", f.at.index, f.c.Kind(), r.Seed)
				out.Failures = append(out.Failures, newFailure(j, p, r.Subject, f.c, f.verdict, origin))
			}
		}
	}
	return out
}
