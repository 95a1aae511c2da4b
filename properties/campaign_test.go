package properties

import (
	"context"
	"fmt"
	"math/big"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/trueweight/trueweight/corpus"
	"github.com/trueweight/trueweight/properties/domain"
	"github.com/trueweight/trueweight/reference/exact"
)

// ends fails the test unless f returns: a campaign that goes on for ever is to be noticed before the tests time out.
func ends(t *testing.T, f func()) {
	t.Helper()
	done := make(chan bool)
	go func() { defer close(done); f() }()
	select {
	case <-done:
	case <-time.After(10 * time.Second):
		t.Fatal("it does not end")
	}
}

func TestALockIsLetGo(t *testing.T) {
	r := new(run)
	done := false
	r.locked(func() {
		if done = true; r.mu.TryLock() {
			t.Error("nothing is locked")
		}
	})
	if !done {
		t.Error("nothing is done")
	}
	if !r.mu.TryLock() {
		t.Error("it stays locked")
	}
}

func TestChunksAreASixtyFourthOfTheCasesAndNeverLarge(t *testing.T) {
	for n, want := range map[uint64]uint64{0: 1, 1: 1, 63: 1, 64: 2, 127: 2, 128: 3, 8063: 126, 8064: 127, 8127: 127, 8128: 128, 8192: 128, 1 << 40: 128} {
		if got := chunk(n); got != want {
			t.Errorf("of %d cases a worker takes %d at a time, want %d", n, got, want)
		}
	}
}

// claimOn is a claim about cases of some kinds.
func claimOn(id string, check func(*Judge, *Subject, domain.Case) Verdict, kinds ...domain.Kind) *Property {
	return &Property{ID: id, Kinds: kinds, check: check}
}

func alwaysHolds(*Judge, *Subject, domain.Case) Verdict { return holds() }

// newRun is a campaign under way.
func newRun(c *Campaign) *run {
	r := &run{Campaign: c, claims: c.Claims, start: time.Now(), tallies: map[string]*ClaimEvidence{}}
	for _, p := range c.Claims {
		r.tallies[p.ID] = newClaimEvidence(p.ID)
	}
	return r
}

func TestEveryCaseIsJudgedOnceByTheClaimsOfItsKind(t *testing.T) {
	var mu sync.Mutex
	for _, n := range []uint64{0, 1, 63, 64, 1000} {
		for _, workers := range []int{1, 2, 3} {
			asked := map[string]int{}
			check := func(id string) func(*Judge, *Subject, domain.Case) Verdict {
				return func(_ *Judge, _ *Subject, c domain.Case) Verdict {
					mu.Lock()
					defer mu.Unlock()
					asked[id+" "+asJSON(t, c)+c.Class()]++
					return holds()
				}
			}
			claims := []*Property{
				claimOn("A", check("A"), domain.KindExp, domain.KindLn), claimOn("B", check("B"), domain.KindPow), claimOn("C", check("C"), domain.KindLn),
			}
			r := newRun(&Campaign{Claims: claims, Seed: 5, Workers: workers})
			want := map[string]int{}
			for i := range n {
				c := domain.At(5, domain.KindLn, i)
				want["A "+asJSON(t, c)+c.Class()]++
				want["C "+asJSON(t, c)+c.Class()]++
			}
			ends(t, func() {
				if got := r.kind(context.Background(), domain.KindLn, n); got != n {
					t.Errorf("%d cases are done of %d", got, n)
				}
			})
			if fmt.Sprint(asked) != fmt.Sprint(want) {
				t.Errorf("%d cases by %d workers: claims are asked about %d cases, want %d, or about others", n, workers, len(asked), len(want))
			}
			if r.done.Load() != n || r.current != domain.KindLn || len(r.flights) != workers || len(r.claims) != 3 {
				t.Errorf("%d cases by %d workers: done %d of kind %q by %d", n, workers, r.done.Load(), r.current, len(r.flights))
			}
			for id, judged := range map[string]uint64{"A": n, "B": 0, "C": n} {
				if r.tallies[id].Holds != judged {
					t.Errorf("%s holds on %d cases, want %d", id, r.tallies[id].Holds, judged)
				}
			}
		}
	}
}

func TestThereIsAWorkerForEachCoreUnlessToldOtherwise(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(3))
	for workers, want := range map[int]int{-1: 3, 0: 3, 1: 1, 5: 5} {
		r := newRun(&Campaign{Claims: []*Property{claimOn("A", alwaysHolds, domain.KindLn)}, Workers: workers})
		ends(t, func() { r.kind(context.Background(), domain.KindLn, 10) })
		if len(r.flights) != want || runtime.GOMAXPROCS(0) != 3 {
			t.Errorf("%d workers asked for: %d on %d cores", workers, len(r.flights), runtime.GOMAXPROCS(0))
		}
	}
}

func TestAnInterruptionIsHeededAfterAChunk(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	r := newRun(&Campaign{Workers: 1, Claims: []*Property{claimOn("A", func(*Judge, *Subject, domain.Case) Verdict { cancel(); return holds() }, domain.KindLn)}})
	ends(t, func() {
		if n := r.kind(ctx, domain.KindLn, 1000); n != 16 || r.tallies["A"].Holds != 16 {
			t.Errorf("interrupted at the first case of a chunk of 16 it says %d and has judged %d", n, r.tallies["A"].Holds)
		}
		if n := r.kind(ctx, domain.KindLn, 1000); n != 0 {
			t.Errorf("once interrupted it does %d cases", n)
		}
	})
}

func TestEachKindHasItsNumberOfCases(t *testing.T) {
	own := map[domain.Kind]uint64{domain.KindSequence: 3000, domain.KindMarket: 8000,
		domain.KindRawSwap: 40_000, domain.KindProtocolFees: 40_000, domain.KindPacking: 40_000}
	byClasses := 0
	for _, k := range domain.Kinds() {
		want := own[k]
		if classes := uint64(len(domain.Classes(k))); want == 0 && classes > 16 {
			want = 1600 * classes
			byClasses++
		} else if want == 0 {
			want = 26_000
		}
		if got := CasesPerKind(k); got != want {
			t.Errorf("%s: %d cases, want %d", k, got, want)
		}
	}
	if byClasses == 0 {
		t.Error("no kind has so many classes that they decide")
	}
}

func TestTheExitCodeIsOneForAViolationAndTwoForAFault(t *testing.T) {
	failure := func(o Outcome) *Failure { return &Failure{Verdict: Verdict{Outcome: o}} }
	for _, c := range []struct {
		name string
		r    Result
		code int
	}{
		{"nothing", Result{}, 0},
		{"an alarm", Result{Alarms: []string{"a"}}, 2},
		{"two alarms", Result{Alarms: []string{"a", "b"}}, 2},
		{"interrupted", Result{Interrupted: true}, 2},
		{"interrupted with an alarm", Result{Interrupted: true, Alarms: []string{"a"}}, 2},
		{"violated", Result{Failures: []*Failure{failure(Violated)}}, 1},
		{"undecided", Result{Failures: []*Failure{failure(Undecided)}}, 2},
		{"violated last", Result{Failures: []*Failure{failure(Undecided), failure(Violated)}}, 1},
		{"violated first", Result{Failures: []*Failure{failure(Violated), failure(Undecided)}}, 1},
		{"violated and an alarm", Result{Failures: []*Failure{failure(Violated)}, Alarms: []string{"a"}, Interrupted: true}, 1},
	} {
		if got := c.r.ExitCode(); got != c.code {
			t.Errorf("%s: exit code %d, want %d", c.name, got, c.code)
		}
	}
}

// swapper has one operation.
func swapper() *Subject { return &Subject{Name: "swapper", OutGivenIn: Impl().OutGivenIn} }

func TestACampaignAsksWhatAppliesAndListsTheRest(t *testing.T) {
	var ids []string
	for _, p := range All() {
		ids = append(ids, p.ID)
	}
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	for _, c := range []struct {
		campaign             Campaign
		omitted              int
		subject, model, text string
	}{
		{Campaign{Subject: &Subject{Name: "nothing"}, Seed: 9, Cases: 1, Workers: 1, Model: Points}, len(ids) - 2, "nothing", "points", "BX-VEC FP-PURE"},
		{Campaign{Subject: Exact(exact.V3), Seed: 9, Cases: 1, Workers: 1}, 0, Exact(exact.V3).Name, "enclosures", strings.Join(ids, " ")},
	} {
		e := c.campaign.Run(cancelled).Evidence
		var judged []string
		for _, claim := range e.Claims {
			judged = append(judged, claim.ID)
		}
		if strings.Join(judged, " ") != c.text || len(e.NotApplicable) != c.omitted || e.Subject != c.subject || e.Model != c.model || e.Seed != 9 {
			t.Errorf("%s: %s", c.subject, asJSON(t, e))
		}
	}
	needy := claimOn("N", alwaysHolds, domain.KindExp)
	needy.Needs = []string{"InGivenOut"}
	last := claimOn("Z", alwaysHolds, domain.Kinds()[len(domain.Kinds())-1])
	first := claimOn("Y", alwaysHolds, domain.Kinds()[0], domain.KindSwapIn)
	for _, c := range []struct {
		claims  []*Property
		cases   uint64
		kinds   map[domain.Kind]uint64
		judged  string
		omitted []string
	}{
		{[]*Property{last, needy, first}, 3, map[domain.Kind]uint64{first.Kinds[0]: 3, domain.KindSwapIn: 3, last.Kinds[0]: 3}, "Z 3 Y 6", []string{"N"}},
		{[]*Property{needy, first, needy}, 1, map[domain.Kind]uint64{first.Kinds[0]: 1, domain.KindSwapIn: 1}, "Y 2", []string{"N", "N"}},
		{[]*Property{claimOn("X", alwaysHolds, domain.KindMarket)}, 0, map[domain.Kind]uint64{domain.KindMarket: 8000}, "X 8000", nil},
		{[]*Property{}, 5, map[domain.Kind]uint64{}, "", nil},
	} {
		var reports []Progress
		campaign := &Campaign{Subject: swapper(), Claims: c.claims, Seed: 1, Cases: c.cases, Workers: 1, Progress: func(p Progress) { reports = append(reports, p) }}
		var r *Result
		ends(t, func() { r = campaign.Run(context.Background()) })
		judged, total := "", uint64(0)
		for _, e := range r.Evidence.Claims {
			judged += fmt.Sprintf(" %s %d", e.ID, e.Judged())
		}
		for _, n := range c.kinds {
			total += n
		}
		if strings.TrimSpace(judged) != c.judged || fmt.Sprint(r.Evidence.Cases) != fmt.Sprint(c.kinds) || !slices.Equal(r.Evidence.NotApplicable, c.omitted) {
			t.Errorf("judged%s on %v, without %v; want %s on %v, without %v", judged, r.Evidence.Cases, r.Evidence.NotApplicable, c.judged, c.kinds, c.omitted)
		}
		if r.Evidence.Model != "enclosures" || r.Evidence.Subject != "swapper" || r.Evidence.Seed != 1 || r.Interrupted || r.ExitCode() != 0 {
			t.Errorf("%s: %s", c.judged, asJSON(t, r.Evidence))
		}
		if last := reports[len(reports)-1]; last.Done != total || last.Total != total || last.Kind != "" || last.Elapsed <= 0 || last.Elapsed > time.Hour {
			t.Errorf("%s: at the end %+v, want %d cases", c.judged, last, total)
		}
	}
}

func TestAnInterruptedCampaignSaysHowFarItCame(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	check := func(*Judge, *Subject, domain.Case) Verdict { cancel(); return holds() }
	r := (&Campaign{Subject: swapper(), Claims: []*Property{claimOn("A", check, domain.KindExp, domain.KindLn), bxVec}, Cases: 1000, Workers: 1}).Run(ctx)
	if !r.Interrupted || fmt.Sprint(r.Evidence.Cases) != "map[exp:16 ln:0]" || r.ExitCode() != 2 || r.Evidence.Claims[1].Judged() != 0 {
		t.Errorf("interrupted %v after %v, and %d vectors", r.Interrupted, r.Evidence.Cases, r.Evidence.Claims[1].Judged())
	}
}

func TestTheFirstCaseAndEveryFiveHundredAndTwelfthIsWitnessed(t *testing.T) {
	var asked, witnessed []int
	check := func(j *Judge, _ *Subject, _ domain.Case) Verdict {
		if asked = append(asked, 0); j.witness {
			witnessed = append(witnessed, len(asked)-1)
		}
		return holds()
	}
	r := newRun(&Campaign{Claims: []*Property{claimOn("A", check, domain.KindLn)}, Workers: 1})
	r.kind(context.Background(), domain.KindLn, 1026)
	if want := []int{0, 512, 1024}; !slices.Equal(witnessed, want) {
		t.Errorf("both arithmetics are asked on cases %d, want %d", witnessed, want)
	}
}

func TestAWorkerJudgesByTheModelAndAsStrictlyAsItsCampaign(t *testing.T) {
	for _, strict := range []bool{false, true} {
		for _, m := range []Model{Enclosures, Points} {
			r := newRun(&Campaign{Model: m, Strict: strict, Claims: []*Property{claimOn("A", alwaysHolds), claimOn("B", alwaysHolds)}})
			w := r.worker(r.claims)
			if w.judgeOf.model != m || w.judgeOf.strict != strict || w.run != r || len(w.tallies) != 2 || w.tallies["A"].ID != "A" || w.tallies["B"].ID != "B" {
				t.Errorf("%v, strict %v: %+v", m, strict, w)
			}
		}
	}
}

func TestOnlyViolatedAndUndecidedCasesFail(t *testing.T) {
	for _, o := range []Outcome{Holds, Violated, Vacuous, Undecided, Known} {
		check := func(*Judge, *Subject, domain.Case) Verdict { return Verdict{Outcome: o, Part: "amount"} }
		p := claimOn("A", check, domain.KindLn)
		r := newRun(&Campaign{Subject: swapper(), Claims: []*Property{p}, Workers: 1, Seed: 3})
		w := r.worker(r.claims)
		for i := uint64(2); i < 5; i++ {
			w.judge(domain.KindLn, i)
		}
		fails := o == Violated || o == Undecided
		if len(w.failures) > 1 || (len(w.failures) == 1) != fails {
			t.Errorf("%v: %d failures", o, len(w.failures))
		}
		if fails {
			f := w.failures[0]
			if f.at != (place{kindOrder[domain.KindLn], 2}) || f.p != p || f.verdict.Outcome != o || !domain.Equal(f.c, domain.At(3, domain.KindLn, 2)) {
				t.Errorf("%v: the first failure is %+v", o, f)
			}
		}
	}
}

func TestTheWatchdogKnowsWhatIsAsked(t *testing.T) {
	var r *run
	asked := 0
	var p *Property
	check := func(_ *Judge, _ *Subject, c domain.Case) Verdict {
		asked++
		f := r.flights[0]
		if f.claim.Load() != p || *f.question.Load() != c || time.Since(time.Unix(0, f.since.Load())).Abs() > time.Minute {
			t.Errorf("in flight are %v and %v since %d", f.claim.Load(), f.question.Load(), f.since.Load())
		}
		return holds()
	}
	p = claimOn("A", check, domain.KindLn)
	r = newRun(&Campaign{Claims: []*Property{p}, Workers: 1})
	r.kind(context.Background(), domain.KindLn, 3)
	if asked != 3 || r.flights[0].since.Load() != 0 {
		t.Errorf("after %d cases one is in flight since %d", asked, r.flights[0].since.Load())
	}
}

func TestTheFirstFailureOfEachClaimPartAndOutcomeIsKept(t *testing.T) {
	a, b := claimOn("A", alwaysHolds), claimOn("B", alwaysHolds)
	fail := func(p *Property, part string, o Outcome, index uint64) found {
		return found{at: place{0, index}, p: p, verdict: Verdict{Outcome: o, Part: part}}
	}
	var list []found
	for _, f := range []found{
		fail(a, "x", Violated, 5), fail(b, "x", Violated, 5), fail(a, "y", Violated, 5), fail(a, "x", Undecided, 5), fail(b, "y", Undecided, 5),
		fail(a, "x", Violated, 6), fail(b, "x", Violated, 4), fail(a, "y", Violated, 3), fail(a, "x", Undecided, 7), fail(b, "y", Undecided, 2),
		fail(a, "x", Violated, 5), fail(b, "x", Violated, 3), fail(a, "y", Violated, 4),
	} {
		list = keepFirst(list, f)
	}
	text := ""
	for _, f := range list {
		text += fmt.Sprintf("%s %s %v %d, ", f.p.ID, f.verdict.Part, f.verdict.Outcome, f.at.index)
	}
	if want := "A x violated 5, B x violated 3, A y violated 3, A x undecided 5, B y undecided 2, "; text != want {
		t.Errorf("kept are %swant %s", text, want)
	}
}

func TestWhatWorkersFoundIsPutTogether(t *testing.T) {
	slack, ratio := claimOn("S", alwaysHolds, domain.KindLn), claimOn("R", alwaysHolds, domain.KindLn)
	none := claimOn("N", alwaysHolds, domain.KindLn)
	r := newRun(&Campaign{Claims: []*Property{slack, ratio, none}})
	c := domain.At(1, domain.KindLn, 0)
	by := func(billionths uint64, alarm string, failures ...found) {
		w := r.worker(r.claims)
		w.tallies["S"].record(Verdict{Outcome: Holds, Margin: slackOf(big.NewInt(1))}, c, 1)
		w.tallies["R"].record(Verdict{Outcome: Holds, Margin: ratioMargin(billionths)}, c, 1)
		w.tallies["N"].record(holds(), c, 1)
		w.judgeOf.alarms = []string{alarm}
		w.failures = failures
		r.merge(w)
	}
	fail := func(part string, index uint64) found {
		return found{at: place{0, index}, p: slack, verdict: Verdict{Outcome: Violated, Part: part}}
	}
	for _, step := range []struct {
		billionths uint64
		closest    string
	}{{700_000_000, "R at 0.700000000 of what it allows"}, {600_000_000, "R at 0.700000000 of what it allows"}, {800_000_000, "R at 0.800000000 of what it allows"}} {
		by(step.billionths, fmt.Sprint(step.billionths), fail("first", step.billionths), fail("middle", 5), fail("last", 9))
		if r.closest != step.closest || r.nearest.String() != step.closest[5:16] {
			t.Errorf("the closest call is %q, %v, want %q", r.closest, r.nearest, step.closest)
		}
	}
	if want := []string{"700000000", "600000000", "800000000"}; !slices.Equal(r.alarms, want) {
		t.Errorf("alarms %q, want %q", r.alarms, want)
	}
	if len(r.failures) != 3 || r.failures[0].at.index != 600_000_000 || r.failures[1].verdict.Part != "middle" || r.failures[2].verdict.Part != "last" {
		t.Errorf("failures %+v", r.failures)
	}
	if r.tallies["S"].Holds != 3 || r.tallies["R"].Holds != 3 || r.tallies["N"].Holds != 3 {
		t.Errorf("tallies %v", r.tallies)
	}
}

func TestProgressSaysHowFarACampaignHasCome(t *testing.T) {
	var got []Progress
	r := newRun(&Campaign{Progress: func(p Progress) { got = append(got, p) }})
	r.start, r.total, r.current, r.closest, r.failures = time.Now().Add(-time.Hour), 100, domain.KindLn, "R at 0.7", make([]found, 3)
	r.done.Store(40)
	r.report(false)
	r.report(true)
	for i, kind := range []domain.Kind{domain.KindLn, ""} {
		p := got[i]
		if p.Elapsed < time.Hour || p.Elapsed > 2*time.Hour {
			t.Errorf("elapsed are %v, not an hour", p.Elapsed)
		}
		if p.Elapsed = 0; p != (Progress{Done: 40, Total: 100, Kind: kind, Closest: "R at 0.7", Violations: 3}) {
			t.Errorf("%+v", p)
		}
	}
	newRun(&Campaign{}).report(true) // nobody asks
}

func TestACampaignsStoryIsToldInTheOrderOfClaims(t *testing.T) {
	check := func(j *Judge, _ *Subject, _ domain.Case) Verdict {
		return violated("amount", fmt.Sprint(j.model, j.strict), "")
	}
	first, second, last := claimOn("1", check, domain.KindLn), claimOn("2", check, domain.KindLn), claimOn("3", check, domain.KindLn)
	r := newRun(&Campaign{Subject: swapper(), Seed: 8, Model: Points, Strict: true, Claims: []*Property{first, bxVec, second, last}})
	for i, p := range []*Property{last, first, second} {
		c := domain.At(8, domain.KindLn, uint64(i))
		r.failures = append(r.failures, found{place{0, uint64(i)}, p, c, violated("amount", p.ID, "")})
	}
	r.measured = []*Failure{{Property: bxVec, Origin: "a file"}}
	r.alarms = []string{"b", "a", "b"}
	evidence := &Evidence{Subject: "swapper"}
	out := r.result(context.Background(), evidence)
	text := ""
	for _, f := range out.Failures {
		text += f.Property.ID + ": " + f.Origin + "; "
		if f.Property != bxVec && (f.ShrunkVerdict.Got != "points true" || f.Verdict.Got != f.Property.ID || f.Subject != r.Subject) {
			t.Errorf("%s: %+v shrinks to %+v", f.Property.ID, f.Verdict, f.ShrunkVerdict)
		}
	}
	if want := "1: case 1 of kind ln under seed 8; BX-VEC: a file; 2: case 2 of kind ln under seed 8; 3: case 0 of kind ln under seed 8; "; text != want {
		t.Errorf("%s\nwant %s", text, want)
	}
	if out.Evidence != evidence || out.Interrupted || !slices.Equal(out.Alarms, []string{"a", "b"}) {
		t.Errorf("alarms %q, interrupted %v", out.Alarms, out.Interrupted)
	}
}

func TestFailuresOfVectorsAreKeptByPart(t *testing.T) {
	s := &Subject{Name: "adder", Add: Impl().Add, Sub: func(a, b num) (num, error) { return num{}, nil }}
	var files []corpus.VectorFile
	for _, name := range []string{"v2 add", "v2 sub"} {
		file, err := corpus.VectorsOf(corpus.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	r := newRun(&Campaign{Subject: s, Claims: []*Property{bxVec}})
	r.measure(files)
	evidence, failures := CheckVectors(s, files)
	parts := map[string]*Failure{}
	var order, kept []string
	for _, f := range failures {
		if parts[f.Verdict.Part] == nil {
			parts[f.Verdict.Part] = f
			order = append(order, f.Verdict.Part)
		}
	}
	if len(order) < 2 || len(failures) == len(order) {
		t.Fatalf("%d failures of %d parts test too little", len(failures), len(order))
	}
	for _, f := range r.measured {
		kept = append(kept, f.Verdict.Part)
		if f.Origin != parts[f.Verdict.Part].Origin {
			t.Errorf("%s: kept is %s, want the first, %s", f.Verdict.Part, f.Origin, parts[f.Verdict.Part].Origin)
		}
	}
	if !slices.Equal(kept, order) || asJSON(t, r.tallies[bxVec.ID]) != asJSON(t, evidence) || evidence.Holds == 0 {
		t.Errorf("failures %q, want %q; %s, want %s", kept, order, asJSON(t, r.tallies[bxVec.ID]), asJSON(t, evidence))
	}
	if r.flights[0].since.Load() != 0 || r.flights[0].question.Load() == nil {
		t.Errorf("afterwards one is in flight since %d", r.flights[0].since.Load())
	}
	if r.measure(files); len(r.measured) != len(order) {
		t.Errorf("judged again, the same parts fail %d times", len(r.measured))
	}
	for i, e := range files[1].Entries { // sub answers 0
		if e.Failure == "" && e.Out[0].Int.Sign() != 0 {
			files[1].Entries = files[1].Entries[i : i+1]
			break
		}
	}
	r = newRun(&Campaign{Subject: s, Claims: []*Property{bxVec}})
	if r.measure(files[1:]); len(r.measured) != 1 {
		t.Errorf("of one vector %d fail", len(r.measured))
	}
}

func TestVectorsAreJudgedWhereTheirClaimIs(t *testing.T) {
	s := &Subject{Name: "adder", Add: Impl().Add}
	r := (&Campaign{Subject: s, Claims: []*Property{bxVec}}).Run(context.Background())
	if n := r.Evidence.Claims[0].Holds; n == 0 || r.ExitCode() != 0 {
		t.Errorf("%d vectors hold, exit code %d", n, r.ExitCode())
	}
	s.Add = func(a, b num) (num, error) { return num{}, nil }
	r = (&Campaign{Subject: s, Claims: []*Property{claimOn("A", alwaysHolds, domain.KindLn)}, Cases: 1}).Run(context.Background())
	if len(r.Failures) != 0 {
		t.Errorf("a campaign without their claim finds %v", r.Failures)
	}
}

// In the bubble time passes only while all wait, so every moment is exact.
func TestTheWatchEndsWithItsCampaign(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		reports, ended := 0, false
		check := func(*Judge, *Subject, domain.Case) Verdict { time.Sleep(700 * time.Millisecond); return holds() }
		campaign := &Campaign{Subject: swapper(), Claims: []*Property{claimOn("A", check, domain.KindLn)}, Cases: 2, Workers: 1}
		campaign.Progress = func(p Progress) {
			if reports++; ended {
				t.Error("it is watched after its end")
				runtime.Goexit()
			}
			if p.Total != 2 || p.Kind == "" != (reports == 3) || p.Done != uint64(reports)-1 { // after 0.5, 1 and 1.4 s
				t.Errorf("report %d: %+v", reports, p)
			}
		}
		campaign.Run(t.Context())
		if reports != 3 {
			t.Errorf("%d reports of a campaign of 1.4 s, want one each half a second and one at its end", reports)
		}
		synctest.Wait()
		ended = true
		time.Sleep(2 * time.Second)
	})
}

func TestAHangIsNamedOnceItHasLastedSixtySeconds(t *testing.T) {
	for _, c := range []struct {
		patience, named time.Duration
	}{{0, 60500 * time.Millisecond}, {time.Second, 1500 * time.Millisecond}, {time.Nanosecond, 500 * time.Millisecond}} {
		synctest.Test(t, func(t *testing.T) {
			start, release := time.Now(), make(chan bool)
			var named []string
			p := claimOn("A", func(*Judge, *Subject, domain.Case) Verdict {
				select {
				case <-release:
				case <-time.After(time.Hour):
				}
				return holds()
			}, domain.KindLn)
			campaign := &Campaign{Subject: swapper(), Claims: []*Property{p}, Cases: 1, Workers: 1, patience: c.patience}
			campaign.Stuck = func(q *Property, d domain.Case) {
				named = append(named, fmt.Sprint(q == p, " ", d.Kind(), " ", time.Since(start)))
				close(release)
				runtime.Goexit() // it must not return
			}
			campaign.Run(t.Context())
			if want := []string{fmt.Sprint("true ln ", c.named)}; !slices.Equal(named, want) {
				t.Errorf("a patience of %v: %q, want %q", c.patience, named, want)
			}
		})
	}
}

func TestEveryWorkerIsWatchedUntilTheCampaignEnds(t *testing.T) {
	for slow := range 3 {
		synctest.Test(t, func(t *testing.T) {
			r := newRun(&Campaign{Subject: swapper(), patience: 2 * time.Second})
			var reports []time.Duration
			start, ended := time.Now(), false
			var mu sync.Mutex
			r.Progress = func(Progress) {
				mu.Lock()
				defer mu.Unlock()
				if reports = append(reports, time.Since(start)); ended {
					t.Error("it is watched after its end")
					runtime.Goexit()
				}
			}
			named := time.Duration(0)
			r.Stuck = func(*Property, domain.Case) {
				mu.Lock()
				defer mu.Unlock()
				named = time.Since(start)
				runtime.Goexit()
			}
			for i := range 3 { // all but one are idle, or have just begun
				w := r.worker(nil)
				if w.begin(nil, domain.At(1, domain.KindLn, 0)); i != slow {
					w.flight.since.Store(int64(i%2) * start.Add(time.Hour).UnixNano())
				}
			}
			stop := r.watch()
			time.Sleep(2250 * time.Millisecond)
			mu.Lock()
			if want := []time.Duration{5e8, 1e9, 15e8, 2e9}; !slices.Equal(reports, want) || named != 0 {
				t.Errorf("reports after %v, want %v; named after %v", reports, want, named)
			}
			mu.Unlock()
			time.Sleep(500 * time.Millisecond)
			mu.Lock()
			if named != 2500*time.Millisecond {
				t.Errorf("a hang of worker %d is named after %v", slow, named)
			}
			close(stop)
			ended = true
			mu.Unlock()
			time.Sleep(5 * time.Second)
		})
	}
}

func TestAHangThatNobodyAsksAboutPanics(t *testing.T) {
	c := domain.At(1, domain.KindLn, 0)
	told := 0
	for _, stuck := range []func(*Property, domain.Case){nil, func(p *Property, d domain.Case) {
		if told++; p.ID != "A" || d != c {
			t.Errorf("told of %s and %v", p.ID, d)
		}
	}} {
		func() {
			want := "A violated by swapper: no answer for 1m0s\ncase: " + string(domain.MarshalJSON(c))
			defer func() {
				if got := recover(); got != want {
					t.Errorf("panics with %v, want %s", got, want)
				}
			}()
			newRun(&Campaign{Subject: swapper(), Stuck: stuck}).stuck(claimOn("A", alwaysHolds), c)
		}()
	}
	if told != 1 {
		t.Errorf("told %d times", told)
	}
}
