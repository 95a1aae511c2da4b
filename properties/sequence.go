package properties

import (
	"fmt"
	"math/big"
	"slices"

	"github.com/trueweight/trueweight/properties/domain"
	"github.com/trueweight/trueweight/reference/exact"
	"github.com/trueweight/trueweight/reference/real"
)

// A pool over time. A case is a script; what is judged, and counted, is each step of it: of a batch that is judged as one
// operation, each swap counts.

var onSequence = []domain.Kind{domain.KindSequence}

// stepwise makes a claim about each operation of a script a claim about the script. The claim is made anew for each
// script, so that it can remember what went before.
func stepwise(p *Property, claim func(*Judge, *Subject, *domain.Sequence) func(*moment) Verdict) {
	p.Kinds, p.Needs = onSequence, []string{"NewPool"}
	p.check = func(j *Judge, s *Subject, c domain.Case) Verdict {
		script := c.(*domain.Sequence)
		judge := claim(j, s, script)
		total := Verdict{Outcome: Vacuous, Steps: &Steps{Known: map[string]uint64{}, Failures: map[string]uint64{}}}
		err := replayed(s, script, func(m *moment) bool {
			if p.cases != nil && !p.cases(m) {
				return true
			}
			if p.eachSwap && m.batch && m.err == nil { // which ST-BATCH shows to be the batch
				return !slices.ContainsFunc(m.swaps, func(swap *moment) bool { return !total.step(j, p, swap, judge(swap)) })
			}
			return total.step(j, p, m, judge(m))
		})
		if err != nil {
			total.Steps.Failures[failureLabel(err)]++
			total.Steps.Vacuous++
		}
		return total
	}
}

// step adds the verdict on one operation, and reports whether the script goes on.
func (v *Verdict) step(j *Judge, p *Property, m *moment, w Verdict) bool {
	if m.err != nil {
		v.Steps.Failures[failureLabel(m.err)]++
	}
	if w.Outcome == Violated && !j.strict {
		if f := findingAt(p, m, w); f != nil {
			w.Outcome, w.Finding = Known, f.ID
		}
	}
	if w.Outcome == Violated || w.Outcome == Undecided {
		w.Got = fmt.Sprintf("at step %d: %s", m.step+1, w.Got)
	}
	return v.tally(w, len(m.actions))
}

// tally adds the verdict on a part of a case that counts as n cases, and reports whether there is more to judge.
func (v *Verdict) tally(w Verdict, n int) bool {
	switch w.Outcome {
	case Vacuous:
		v.Steps.Vacuous += uint64(n)
	case Holds:
		v.Steps.Holds += uint64(n)
		if v.Outcome == Vacuous {
			v.Outcome = Holds
		}
		if w.Margin.Closer(v.Margin) {
			v.Margin = w.Margin
		}
	case Known:
		v.Steps.Known[w.Finding]++
		if v.Outcome != Known || w.Finding < v.Finding {
			v.Outcome, v.Finding = Known, w.Finding
		}
	default:
		w.Steps = v.Steps
		*v = w
		return false
	}
	return true
}

var stRate = &Property{
	ID:         "ST-RATE",
	Claim:      "No operation lets the pool's value per BPT fall; only a change of weights, clock or rates may, and a mint of protocol fees by no more than the protocol's part of what that value has grown since the last.",
	Inequality: "V(after)/supply(after) ≥ V(before)/supply(before), V = Π (Bᵢ·10^(18−dᵢ)·rateᵢ)^wᵢ; a mint of m: m/(S+m) ≤ f·(1 + 10⁻¹⁸) − f·L·(S/M − 10⁻¹⁸)/V, L and M the invariant and supply at the last",
	T:          "V at that moment's exact scaled balances and weights; supply > 0",
	Source:     "SPEC, A pool over time",
	Margin:     Slack,
	eachSwap:   true,
	cases:      func(m *moment) bool { return m.frozen() },
}

var stFlash = &Property{
	ID:         "ST-FLASH",
	Claim:      "At fixed clock, weights and rates, who starts from nothing never ends with something: no run of operations leaves no token and no BPT owed, and something gained.",
	Inequality: "not (all netᵢ ≥ 0 and some netᵢ > 0), netᵢ = Σ out − Σ in over the run, BPT counted as a token",
	Source:     "SPEC, A pool over time",
	Margin:     NoMargin,
}

var stBatch = &Property{
	ID:         "ST-BATCH",
	Claim:      "A batch of swaps is its swaps one after the other: the same amounts, the same state; and nothing at all when one of them fails.",
	Inequality: "Batch(s₁…sₙ) = Do(s₁)…Do(sₙ)",
	Source:     "SPEC, A pool over time",
	Margin:     NoMargin,
	cases:      func(m *moment) bool { return m.batch },
}

var stCons = &Property{
	ID:         "ST-CONS",
	Claim:      "Tokens and BPT are conserved, swaps change no supply, and an operation that fails changes nothing.",
	Inequality: "Bᵢ' + asideᵢ' = Bᵢ + asideᵢ + inᵢ − outᵢ − paidᵢ; supply' = supply + minted − burnt",
	Source:     "SPEC, A pool over time",
	Margin:     NoMargin,
}

var stMin = &Property{
	ID:         "ST-MIN",
	Claim:      "The floors hold on every path: 10⁶ wei of BPT stay locked, and no operation of a v3 pool takes a token's balance below its minimum.",
	Inequality: "supply = 0 or supply ≥ 10⁶; v3: bᵢ ≥ minᵢ ⇒ bᵢ' ≥ minᵢ, minᵢ = max(10⁶, 10^(18−dᵢ))",
	Source:     "SPEC, A pool over time",
	Margin:     NoMargin,
}

var st = []*Property{stRate, stFlash, stBatch, stCons, stMin, stTerms, stSchedule, stClone, stAdmit, stBooks, stParts}

func init() {
	stepwise(stRate, func(j *Judge, _ *Subject, _ *domain.Sequence) func(*moment) Verdict { return j.rateNeverFalls })
	stepwise(stFlash, func(*Judge, *Subject, *domain.Sequence) func(*moment) Verdict { return new(flash).judge })
	stepwise(stBatch, func(*Judge, *Subject, *domain.Sequence) func(*moment) Verdict { return batchIsItsSwaps })
	stepwise(stCons, func(*Judge, *Subject, *domain.Sequence) func(*moment) Verdict { return conserved })
	stepwise(stMin, func(*Judge, *Subject, *domain.Sequence) func(*moment) Verdict { return floorsHold })
}

// rateNeverFalls judges one operation of ST-RATE. The slack is in 10⁻¹⁸ of the value per BPT.
func (j *Judge) rateNeverFalls(m *moment) Verdict {
	const part = "value per BPT"
	if m.err != nil || m.before.Supply.IsZero() || len(m.before.Weights) == 0 || slices.ContainsFunc(m.before.Balances, zeroNumber) {
		return Verdict{Outcome: Vacuous}
	}
	if slices.ContainsFunc(m.after.Balances, zeroNumber) {
		return violated(part, "a balance of 0", "some value left")
	}
	if m.actions[0].Op == domain.CollectProtocolFees && m.after.Supply.Gt(&m.before.Supply) {
		return j.mintIsDue(m)
	}
	growth := real.ShareGrowth(bigs(m.before.Weights), bigs(m.before.Balances), bigs(m.after.Balances), m.before.Supply.ToBig(), m.after.Supply.ToBig())
	gain := real.Sub(growth, real.Int64(1))
	sign, ok := j.sign(gain, new(big.Int))
	switch {
	case !ok:
		return undecided(part)
	case sign >= 0:
		return Verdict{Outcome: Holds, Margin: slackOf(lowerWei(j, gain, sign))}
	}
	fall, ok := j.ceil(real.Mul(gain, real.Int64(-domain.One)), 64)
	if !ok {
		return undecided(part)
	}
	return Verdict{Outcome: Violated, Part: part, Got: "value per BPT times " + j.show(growth), Want: "at least 1", Excess: fall}
}

func zeroNumber(z num) bool { return z.IsZero() }

// lowerWei returns a lower bound of ⌊gain·10¹⁸⌋, at most one below it unless the gain is large: a margin.
func lowerWei(j *Judge, gain *real.Expr, sign int) *big.Int {
	if sign == 0 {
		return new(big.Int)
	}
	iv := j.enclosure(real.Mul(gain, real.Int64(domain.One)), ladder[0])
	n, accuracy := iv.Lo().Int(nil)
	if iv.Lo().Sign() <= 0 || n == nil {
		return new(big.Int)
	}
	if accuracy == big.Above {
		n.Sub(n, big.NewInt(1))
	}
	return n
}

// flash follows what a trader who started from nothing has, as long as clock, weights and rates stand still.
type flash struct {
	net  []*big.Int // of every token, and last of BPT
	done []*moment
}

func (f *flash) judge(m *moment) Verdict {
	n := len(m.before.Balances)
	starts := !m.frozen() || m.actions[0].Op == domain.Initialise // what a pool starts with is not the trader's
	if starts || f.net == nil {
		f.net, f.done = make([]*big.Int, n+1), nil
		for i := range f.net {
			f.net[i] = new(big.Int)
		}
	}
	if m.err != nil || starts {
		return Verdict{Outcome: Vacuous}
	}
	f.done = append(f.done, m)
	for i := range n {
		f.net[i].Add(f.net[i], bigItem(m.moved.Out, i))
		f.net[i].Sub(f.net[i], bigItem(m.moved.In, i))
	}
	f.net[n].Add(f.net[n], m.moved.BptOut.ToBig())
	f.net[n].Sub(f.net[n], m.moved.BptIn.ToBig())
	gained := new(big.Int)
	for _, net := range f.net {
		if net.Sign() < 0 {
			return holds()
		}
		gained.Add(gained, net)
	}
	if gained.Sign() == 0 {
		return holds()
	}
	m.since = f.done
	return Verdict{Outcome: Violated, Part: "profit from nothing", Got: fmt.Sprintf("net of tokens, and last of BPT: %v", f.net), Want: "something owed, or nothing gained", Excess: gained}
}

func bigItem(list []num, i int) *big.Int {
	z := itemOf(list, i)
	return z.ToBig()
}

// batchIsItsSwaps compares a batch with its swaps, done one by one on the pool as it was before.
func batchIsItsSwaps(m *moment) Verdict {
	last := m.swaps[len(m.swaps)-1]
	if last.err != nil || m.err != nil {
		if failureText(last.err) != failureText(m.err) {
			return violated("a batch fails as its swap does", failureText(m.err), failureText(last.err))
		}
		return holds()
	}
	n := len(m.before.Balances)
	in, out := make([]num, n), make([]num, n)
	for _, swap := range m.swaps {
		for i := range n {
			in[i], out[i] = saturated(in[i], itemOf(swap.moved.In, i)), saturated(out[i], itemOf(swap.moved.Out, i))
		}
	}
	for i := range n {
		if in[i] != itemOf(m.moved.In, i) || out[i] != itemOf(m.moved.Out, i) {
			return violated("the amounts of the swaps", fmt.Sprintf("token %d: %s in, %s out", i, dec(itemOf(m.moved.In, i)), dec(itemOf(m.moved.Out, i))),
				fmt.Sprintf("%s in, %s out", in[i].Dec(), out[i].Dec()))
		}
	}
	if !last.after.Equal(&m.after) {
		return violated("the state of the swaps", describeState(&m.after), describeState(&last.after))
	}
	return holds()
}

func dec(z num) string { return z.Dec() }

func failureText(err error) string {
	if err == nil {
		return "no failure"
	}
	return failureLabel(err)
}

// conserved judges one operation of ST-CONS.
func conserved(m *moment) Verdict {
	if m.err != nil {
		if !m.before.Equal(&m.after) {
			return violated("a failure changes nothing", describeState(&m.after), describeState(&m.before))
		}
		return holds()
	}
	for i := range m.before.Balances {
		had := plusAll(m.before.Balances[i], itemOf(m.before.SetAside, i), itemOf(m.moved.In, i))
		has := plusAll(m.after.Balances[i], itemOf(m.after.SetAside, i), itemOf(m.moved.Out, i), itemOf(m.moved.ProtocolOut, i))
		if had.Cmp(has) != 0 {
			return violated("tokens are conserved", fmt.Sprintf("token %d: %v after and out", i, has), fmt.Sprintf("%v before and in", had))
		}
	}
	had := plusAll(m.before.Supply, m.moved.BptOut, m.moved.ProtocolBpt)
	has := plusAll(m.after.Supply, m.moved.BptIn)
	if m.before.Supply.IsZero() && !m.after.Supply.IsZero() {
		had.Add(had, big.NewInt(lockedBpt))
	}
	if had.Cmp(has) != 0 {
		return violated("BPT are conserved", fmt.Sprintf("%v after and burnt", has), fmt.Sprintf("%v before and minted", had))
	}
	if m.actions[0].Op.Swaps() && m.before.Supply != m.after.Supply {
		return violated("swaps change no supply", dec(m.after.Supply), dec(m.before.Supply))
	}
	return holds()
}

// lockedBpt is the supply that is locked for ever when a pool is initialised (SPEC, "Weighted math": Limits).
const lockedBpt = 1_000_000

func plusAll(list ...num) *big.Int {
	sum := new(big.Int)
	for _, z := range list {
		sum.Add(sum, z.ToBig())
	}
	return sum
}

// floorsHold judges one operation of ST-MIN.
func floorsHold(m *moment) Verdict {
	if m.err != nil {
		return Verdict{Outcome: Vacuous}
	}
	if initialised := !m.before.Supply.IsZero() || !m.after.Supply.IsZero(); initialised && m.after.Supply.Lt(newNum(lockedBpt)) {
		return violated("locked BPT", dec(m.after.Supply)+" wei of BPT", fmt.Sprintf("at least %d", lockedBpt))
	}
	if m.config.Rules != exact.V3 || m.actions[0].Op == domain.ChangeRate {
		return holds()
	}
	for i := range m.after.Balances {
		least := minBalance(m.config.Decimals[i])
		held, has := m.live(&m.before, i), m.live(&m.after, i)
		if (held.Cmp(least) >= 0 || m.before.Supply.IsZero() && !m.after.Supply.IsZero()) && has.Cmp(least) < 0 {
			return violated("minimum balances", fmt.Sprintf("token %d has %v wei", i, has), fmt.Sprintf("at least %v wei", least))
		}
	}
	return holds()
}

func newNum(n uint64) *num { return new(num).SetUint64(n) }

// minBalance returns v3's minimum of a token's live balance: max(10⁶, 10^(18−d)) wei.
func minBalance(decimals uint8) *big.Int {
	unit := pow10(18 - int(decimals))
	if least := big.NewInt(1_000_000); unit.Cmp(least) < 0 {
		return least
	}
	return unit
}

func pow10(n int) *big.Int { return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil) }

// live returns ⌊raw·10^(18−d)·rate/10¹⁸⌋, a token's balance in 18 decimals.
func (m *moment) live(state *Snapshot, i int) *big.Int {
	z := new(big.Int).Mul(state.Balances[i].ToBig(), pow10(18-int(m.config.Decimals[i])))
	z.Mul(z, state.Rates[i].ToBig())
	return z.Quo(z, big.NewInt(domain.One))
}

// describeState writes a state on one line.
func describeState(s *Snapshot) string {
	list := func(l []num) string {
		out := make([]string, len(l))
		for i := range l {
			out[i] = l[i].Dec()
		}
		return fmt.Sprint(out)
	}
	text := "balances " + list(s.Balances) + ", supply " + s.Supply.Dec()
	if slices.ContainsFunc(s.SetAside, func(z num) bool { return !z.IsZero() }) {
		text += ", set aside " + list(s.SetAside)
	}
	return text + ", weights " + list(s.Weights) + ", rates " + list(s.Rates) + ", clock " + s.Clock.Dec()
}
