package properties

import (
	"fmt"
	"slices"

	"github.com/trueweight/trueweight/properties/domain"
	"github.com/trueweight/trueweight/reference/exact"
)

// What is set and not traded: the clock, the rates, and the schedule of the weights. Judged at every step of a script, and once for a script on changes one unit
// beside what is accepted and on moments one second beside both ends of a change.

var stSchedule = &Property{
	ID: "ST-SCHEDULE",
	Claim: "The clock only goes on, by what it is told; a rate is what it was set to, never 0; a change of weights is accepted exactly where its kind of pool, its times and its weights allow it, " +
		"and goes in a straight line from the weights there were to those that were set; no operation but these moves any of it, and where one changes a weight or a rate the protocol's last invariant is forgotten.",
	Inequality: "t' = t + Δ < 2²⁵⁶; rate ≥ 10⁻¹⁸; weights change ⇔ kind allows it, max(start, t) ≤ end, wᵢ ≥ 0.01, Σwᵢ = 1, times below 2³² (v2); 0 ≤ τ·|ẽᵢ−s̃ᵢ| − |wᵢ−s̃ᵢ| < 1 + |ẽᵢ−s̃ᵢ|/10¹⁸",
	Source:     "SPEC, A pool over time; “Gradual weight change”",
	Margin:     NoMargin,
}

func init() {
	stepwise(stSchedule, func(*Judge, *Subject, *domain.Sequence) func(*moment) Verdict { return asScheduled })
	scripted := stSchedule.check
	stSchedule.check = func(j *Judge, s *Subject, c domain.Case) Verdict {
		if v := besideSchedule(s, c.(*domain.Sequence)); v.Outcome == Violated {
			return v
		}
		return scripted(j, s, c)
	}
}

// asScheduled judges one operation.
func asScheduled(m *moment) Verdict {
	a, want := &m.actions[0], m.before
	var refused string
	switch a.Op {
	case domain.AdvanceClock:
		if _, overflow := want.Clock.AddOverflow(&m.before.Clock, &a.Amount); overflow {
			refused = "a time of 2²⁵⁶ seconds or more"
		}
	case domain.ChangeRate:
		want.Rates = slices.Clone(want.Rates)
		switch {
		case a.TokenIn < 0 || a.TokenIn >= len(want.Rates):
			refused = "a token that the pool has not"
		case a.Amount.IsZero():
			refused = "a rate of 0"
		default:
			want.Rates[a.TokenIn] = a.Amount
		}
	case domain.ChangeWeights:
		refused = refusedChange(m.config, &m.before, a)
		want.StartTime, want.EndTime, want.StartWeights, want.EndWeights = later(a.Start, want.Clock), a.End, want.Weights, a.Amounts
	default:
		return sameSchedule(m, &want)
	}
	switch {
	case refused != "" && m.err == nil:
		return violated("what is refused", "a success", "a failure, at "+refused)
	case refused == "" && m.err != nil:
		return violated("what is accepted", failureText(m.err)+" for "+a.describe(), "a success")
	case m.err != nil:
		return holds()
	}
	return worst(sameSchedule(m, &want), onSchedule(m.config, &m.after), forgotten(m))
}

// refusedChange says why a change of weights must fail, or nothing where it must not.
func refusedChange(c *PoolConfig, now *Snapshot, a *Action) string {
	start := later(a.Start, now.Clock)
	switch {
	case !termsOf(c.Rules, c.Kind).changes:
		return "a pool whose weights are fixed"
	case len(a.Amounts) != len(c.Weights):
		return "more or fewer weights than tokens"
	case start.Gt(&a.End):
		return "an end before the start"
	case len(now.Weights) == 0:
		return "weights that can't be read"
	case !poolWeights(a.Amounts):
		return "weights that make no pool"
	case c.Rules == exact.V2 && (start.BitLen() > 32 || a.End.BitLen() > 32):
		return "times of more than 32 bits"
	case c.Rules == exact.V3 && !poolWeights(now.Weights):
		return "weights now that make no pool"
	}
	return ""
}

func later(a, b num) num {
	if a.Lt(&b) {
		return b
	}
	return a
}

// sameSchedule judges clock, rates and schedule after an operation.
func sameSchedule(m *moment, want *Snapshot) Verdict {
	got := &m.after
	if got.Clock != want.Clock || got.StartTime != want.StartTime || got.EndTime != want.EndTime || !slices.Equal(got.Rates, want.Rates) ||
		!slices.Equal(got.StartWeights, want.StartWeights) || !slices.Equal(got.EndWeights, want.EndWeights) {
		return violated("clock, rates and schedule", describeSchedule(got), describeSchedule(want))
	}
	return holds()
}

// onSchedule judges the weights of a state against its schedule and its clock.
func onSchedule(c *PoolConfig, at *Snapshot) Verdict {
	const part = "weights on the way"
	if !termsOf(c.Rules, c.Kind).changes {
		if !slices.Equal(at.Weights, c.Weights) {
			return violated(part, describeState(at), "the weights that the pool was created with")
		}
		return holds()
	}
	way := &domain.Gradual{StartTime: at.StartTime, EndTime: at.EndTime, Now: at.Clock}
	if readable := c.Rules == exact.V3 && !longWay(way) || c.Rules == exact.V2 && at.StartTime.BitLen() <= 32 && at.EndTime.BitLen() <= 32; !readable || len(at.Weights) != len(c.Weights) {
		if readable == (len(at.Weights) == 0) {
			return violated(part, describeSchedule(at), "weights exactly where the times fit their storage")
		}
		return holds()
	}
	r := &reading{name: part, c: way, progressNow: progressAt(way, way.Now)}
	if c.Rules == exact.V2 && c.Kind == domain.BootstrappingPool {
		r.bits = bootstrappingBits
	}
	r.start, r.end = throughAll(bigs(at.StartWeights), r.bits[0]), throughAll(bigs(at.EndWeights), r.bits[1])
	v := holds()
	for i := range at.Weights {
		v = worst(v, r.onTheLine(i, at.Weights[i].ToBig()))
	}
	v.Margin = Margin{}
	return v
}

// longWay reports whether the part of the time that has gone by is none that 256 bits can tell: (now − start)·10¹⁸ ≥ 2²⁵⁶ before the end.
func longWay(c *domain.Gradual) bool {
	if !c.StartTime.Lt(&c.Now) || !c.Now.Lt(&c.EndTime) {
		return false
	}
	var gone num
	gone.Sub(&c.Now, &c.StartTime)
	_, overflow := gone.MulOverflow(&gone, &fixedNum)
	return overflow
}

// forgotten judges the invariant that v2 remembers of the last collection: no one is charged for a change of weights or rates.
func forgotten(m *moment) Verdict {
	want := m.before.LastInvariant
	if m.actions[0].Op != domain.AdvanceClock || !slices.Equal(m.before.Weights, m.after.Weights) {
		want = num{}
	}
	if m.after.LastInvariant != want || m.after.LastSupply != m.before.LastSupply {
		return violated("the last invariant", fmt.Sprintf("%s, at a supply of %s", m.after.LastInvariant.Dec(), m.after.LastSupply.Dec()), fmt.Sprintf("%s, at %s", want.Dec(), m.before.LastSupply.Dec()))
	}
	return holds()
}

func describeSchedule(s *Snapshot) string {
	return fmt.Sprintf("weights %v from %v at %s to %v at %s, rates %v, clock %s", bigs(s.Weights), bigs(s.StartWeights), s.StartTime.Dec(), bigs(s.EndWeights), s.EndTime.Dec(), bigs(s.Rates), s.Clock.Dec())
}

// A trial is a pool on which operations are tried that are in no script.
type trial struct {
	config  *PoolConfig
	pool    LivePool
	verdict Verdict
	judge   func(*moment) Verdict
}

// besideSchedule tries changes on a script's pool, after its first step.
func besideSchedule(s *Subject, c *domain.Sequence) Verdict {
	t := begun(s, c)
	if t == nil {
		return Verdict{Outcome: Vacuous}
	}
	now := t.pool.Snapshot()
	t.clockAndRates(&now)
	to := otherWeights(t.config.Weights)
	at := func(ahead int64) num { return awayFrom(now.Clock, ahead) }
	if !termsOf(t.config.Rules, t.config.Kind).changes {
		t.apart(Action{Op: domain.ChangeWeights, Start: now.Clock, End: at(100), Amounts: to})
		return t.verdict
	}
	for _, times := range [][2]num{{at(0), at(0)}, {at(-1), at(0)}, {at(-1), at(-1)}, {at(1), at(1)}, {at(1), at(0)}, {at(0), timeLimit(-1)}, {at(0), timeLimit(0)}, {timeLimit(0), timeLimit(0)}} {
		t.apart(Action{Op: domain.ChangeWeights, Start: times[0], End: times[1], Amounts: to})
	}
	for _, weights := range besideWeights(to) {
		t.apart(Action{Op: domain.ChangeWeights, Start: now.Clock, End: at(100), Amounts: weights})
	}
	t.untilUnreadable(&now, to)
	t.do(Action{Op: domain.ChangeWeights, Start: at(10), End: at(110), Amounts: to})
	for _, seconds := range []uint64{10, 33, 66, 1, 1} { // to the start, on the way, a second before the end, the end, and after it
		t.do(Action{Op: domain.CollectProtocolFees}) // so that there is an invariant to forget
		t.do(Action{Op: domain.AdvanceClock, Amount: *newNum(seconds)})
		if seconds == 33 {
			t.apart(Action{Op: domain.ChangeWeights, Start: at(0), End: at(200), Amounts: t.config.Weights})
		}
	}
	return t.verdict
}

// untilUnreadable tries a change that is so slow that no part of it can be told on its way: weights that can't be read are no start of another change.
func (t *trial) untilUnreadable(now *Snapshot, to []num) {
	slow := &trial{t.config, t.pool.Clone(), t.verdict, t.judge}
	end := *new(num).SetAllOne()
	slow.do(Action{Op: domain.ChangeWeights, Start: now.Clock, End: end, Amounts: to})
	slow.do(Action{Op: domain.AdvanceClock, Amount: *new(num).Lsh(newNum(1), 200)})
	slow.do(Action{Op: domain.AdvanceClock, Amount: *newNum(1)})
	slow.do(Action{Op: domain.ChangeWeights, End: end, Amounts: to})
	t.verdict = slow.verdict
}

// clockAndRates tries times and rates beside what is accepted.
func (t *trial) clockAndRates(now *Snapshot) {
	t.apart(Action{Op: domain.AdvanceClock, Amount: *newNum(0)})
	left := *new(num).Not(&now.Clock) // 2²⁵⁶ − 1 − t
	t.apart(Action{Op: domain.AdvanceClock, Amount: left})
	if !now.Clock.IsZero() {
		t.apart(Action{Op: domain.AdvanceClock, Amount: awayFrom(left, 1)})
	}
	last := len(now.Rates) - 1
	for token := -1; token <= last+1; token++ {
		if token <= 0 || token >= last {
			t.apart(Action{Op: domain.ChangeRate, TokenIn: token, Amount: *newNum(1)})
		}
	}
	t.apart(Action{Op: domain.ChangeRate, TokenIn: last})
}

// begun makes a script's pool and does its first step, if there is one that brings what the pool starts with; nil where there is no such pool.
func begun(s *Subject, c *domain.Sequence) *trial {
	config := configOf(c)
	pool, err := s.NewPool(*config.clone())
	if err != nil {
		return nil
	}
	if len(c.Steps) > 0 && domain.Op(c.Steps[0].Op) == domain.Initialise {
		state := pool.Snapshot()
		pool.Do(resolve(&c.Steps[0], &state)) // where that fails it holds nothing
	}
	return &trial{&config, pool, holds(), asScheduled}
}

// apart tries an operation on a copy of the pool.
func (t *trial) apart(a Action) {
	c := &trial{t.config, t.pool.Clone(), t.verdict, t.judge}
	c.do(a)
	t.verdict = c.verdict
}

// do tries an operation and judges it.
func (t *trial) do(a Action) {
	if t.verdict.Outcome == Violated {
		return
	}
	m := &moment{config: t.config, actions: cloneActions([]Action{a}), before: t.pool.Snapshot()}
	m.moved, m.err = t.pool.Do(m.actions[0])
	m.after = t.pool.Snapshot()
	switch {
	case !slices.Equal(m.actions[0].Amounts, a.Amounts):
		t.verdict = violated("arguments stay", fmt.Sprint(bigs(m.actions[0].Amounts)), fmt.Sprint(bigs(a.Amounts)))
	case m.err != nil && !m.before.Equal(&m.after):
		t.verdict = violated("a failure changes nothing", describeState(&m.after), describeState(&m.before))
	default:
		t.verdict = t.judge(m)
	}
	if t.verdict.Outcome == Violated {
		t.verdict.Got = "trying " + a.describe() + " at " + describeState(&m.before) + ": " + t.verdict.Got
	}
}

// awayFrom returns z + n modulo 2²⁵⁶.
func awayFrom(z num, n int64) num {
	if n < 0 {
		return *z.SubUint64(&z, uint64(-n))
	}
	return *z.AddUint64(&z, uint64(n))
}

// timeLimit returns 2³² + n: v2 keeps times in 32 bits.
func timeLimit(n int64) num { return awayFrom(*newNum(1 << 32), n) }

// otherWeights returns the weights in the other order; where that is the same, all but 1 % of the first goes to the last.
func otherWeights(weights []num) []num {
	other := slices.Clone(weights)
	slices.Reverse(other)
	if slices.Equal(other, weights) {
		other = withFirst(other, domain.One/100)
	}
	return other
}

// withFirst makes a weight the first, and leaves the rest to the last.
func withFirst(weights []num, first uint64) []num {
	list := slices.Clone(weights)
	last := &list[len(list)-1]
	last.Add(last, &list[0])
	list[0] = *newNum(first)
	last.Sub(last, &list[0])
	return list
}

// besideWeights returns weights at, and one unit beside, what makes a pool; and one too few and too many.
func besideWeights(weights []num) [][]num {
	more, less := slices.Clone(weights), slices.Clone(weights)
	more[0], less[len(less)-1] = awayFrom(more[0], 1), awayFrom(less[len(less)-1], -1)
	return [][]num{more, less, withFirst(weights, domain.One/100), withFirst(weights, domain.One/100-1), weights[1:], append(slices.Clone(weights), num{})}
}
