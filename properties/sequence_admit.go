package properties

import (
	"fmt"
	"math/big"
	"slices"

	"github.com/holiman/uint256"
	"github.com/trueweight/trueweight/properties/domain"
	"github.com/trueweight/trueweight/reference/exact"
)

// Which operations a pool takes. What it must refuse is a table; what it must not is stated well inside every limit of the mathematics, where
// nothing has to be computed to know it.

var stAdmit = &Property{
	ID: "ST-ADMIT",
	Claim: "An operation is refused by a pool without a supply, for a token that it has not, for a list of another length, for a swap of nothing or of a token for itself, beyond what the vault can hold, and where the rules have none; " +
		"in a pool of ordinary balances, one that moves a small part of them is never refused.",
	Inequality: "S > 0 (initialise: S = 0), i < n, lists of n, a > 0, i ≠ j, B + in < 2¹¹² (v2), 2¹²⁸ (v3); accepted: 10¹² ≤ bᵢ, Bᵢ < 2¹⁰⁰, 10⁻³ ≤ rateᵢ ≤ 10³, swaps and exits up to an eighth, joins up to a half of balance or supply, of one token less by its weight and the fee",
	Source:     "SPEC, A pool over time",
	Margin:     NoMargin,
	eachSwap:   true,
}

func init() {
	stepwise(stAdmit, func(*Judge, *Subject, *domain.Sequence) func(*moment) Verdict { return admitted })
	scripted := stAdmit.check
	stAdmit.check = func(j *Judge, s *Subject, c domain.Case) Verdict {
		if v := besideAdmission(s, c.(*domain.Sequence)); v.Outcome == Violated {
			return v
		}
		return scripted(j, s, c)
	}
}

// admitted judges one operation.
func admitted(m *moment) Verdict {
	if m.batch { // one that failed, as the last of its swaps did
		m = m.swaps[len(m.swaps)-1]
	}
	a := &m.actions[0]
	if why := refusedOperation(m, a); why != "" {
		if m.err == nil {
			return violated("what is refused", "a success of "+a.describe(), "a failure, at "+why)
		}
		return holds()
	}
	if m.err == nil {
		return m.heldBy()
	}
	if a.Op == domain.Donate || m.ordinary() && m.small(a) {
		return violated("what is accepted", failureText(m.err)+" for "+a.describe()+" at "+describeState(&m.before), "a success")
	}
	return holds()
}

// setting reports whether an operation sets something and moves nothing: ST-SCHEDULE is about these.
func setting(op domain.Op) bool {
	return op == domain.AdvanceClock || op == domain.ChangeWeights || op == domain.ChangeRate
}

// refusedOperation says why an operation must fail, or nothing where that takes mathematics to know.
func refusedOperation(m *moment, a *Action) string {
	n, b := len(m.config.Weights), &m.before
	lists := a.Op == domain.Initialise || a.Op == domain.JoinExactTokens || a.Op == domain.ExitExactTokens
	swaps := a.Op.Swaps()
	enters := swaps || a.Op == domain.JoinExactToken || a.Op == domain.JoinForBptOneToken || a.Op == domain.Donate
	leaves := swaps || a.Op == domain.ExitExactToken || a.Op == domain.ExitBptForOneToken
	switch {
	case setting(a.Op):
		return ""
	case a.Op == domain.Initialise && !b.Supply.IsZero():
		return "a pool that has a supply"
	case a.Op != domain.Initialise && b.Supply.IsZero():
		return "a pool that has no supply"
	case enters && a.TokenIn >= n || leaves && a.TokenOut >= n:
		return "a token that the pool has not"
	case lists && len(a.Amounts) != n:
		return "more or fewer amounts than tokens"
	case swaps && a.Amount.IsZero():
		return "an amount of 0"
	case swaps && a.TokenIn == a.TokenOut:
		return "one token on both sides"
	case a.Op == domain.ExitExactTokens && m.config.Rules == exact.V3:
		return "an operation of v2 alone"
	case a.Op == domain.Donate && !m.holds(b.Balances[a.TokenIn], a.Amount):
		return "a balance that the vault can't hold"
	case a.Op == domain.Initialise:
		return m.refusedStart(a.Amounts)
	}
	return ""
}

// refusedStart says why a pool can't begin with some amounts, or nothing where that takes mathematics to know. The invariant
// is a mean of the live balances, but for what stored weights miss ONE by: below a tenth of what is locked where n times the largest is.
func (m *moment) refusedStart(amounts []num) string {
	state := m.before
	state.Balances = amounts
	largest := new(big.Int)
	for i := range amounts {
		live := m.live(&state, i)
		switch {
		case !m.holds(amounts[i], num{}):
			return "a balance that the vault can't hold"
		case m.config.Rules == exact.V3 && live.Cmp(minBalance(m.config.Decimals[i])) < 0:
			return "a balance below its minimum"
		case live.Cmp(largest) > 0:
			largest = live
		}
	}
	if largest.Mul(largest, big.NewInt(10*int64(len(amounts)))).Cmp(big.NewInt(lockedBpt)) < 0 {
		return "a supply below what is locked"
	}
	return ""
}

// holds reports whether the vault can hold a balance and what is added to it.
func (m *moment) holds(balance, in num) bool {
	bits := 112
	if m.config.Rules == exact.V3 {
		bits = 128
	}
	return plusAll(balance, in).BitLen() <= bits
}

// heldBy judges that what came in leaves no balance that the vault can't hold.
func (m *moment) heldBy() Verdict {
	for i := range m.before.Balances {
		if in := itemOf(m.moved.In, i); !in.IsZero() && !m.holds(m.before.Balances[i], in) {
			return violated("what the vault holds", fmt.Sprintf("token %d: %s and %s more", i, dec(m.before.Balances[i]), in.Dec()), "less than 2¹¹² (v2), 2¹²⁸ (v3)")
		}
	}
	return holds()
}

// ordinary reports whether the mathematics of small operations has no limit near: every balance is at least 10¹² wei and less than 2¹⁰⁰, every rate
// between 10⁻³ and 10³, and the supply at least 10¹².
func (m *moment) ordinary() bool {
	state := m.before
	if m.actions[0].Op == domain.Initialise {
		state.Balances = m.actions[0].Amounts
	} else if state.Supply.Lt(newNum(1e12)) || state.Supply.BitLen() > 128 {
		return false
	}
	for i := range state.Balances {
		live := m.live(&state, i)
		if live.Cmp(big.NewInt(1e12)) < 0 || live.Cmp(productOf(big.NewInt(2), minBalance(m.config.Decimals[i]))) < 0 || live.BitLen() > 110 || state.Balances[i].BitLen() > 100 ||
			state.Balances[i].Lt(newNum(1e6)) || state.Rates[i].Lt(newNum(1e15)) || state.Rates[i].Gt(uint256.MustFromDecimal("1000000000000000000000")) {
			return false
		}
	}
	return len(state.Weights) == len(state.Balances)
}

// small reports whether an operation moves so small a part of an ordinary pool that nothing can refuse it, and not so little that rounding could.
func (m *moment) small(a *Action) bool {
	b := &m.before
	part := func(amount, of num, share, least uint64) bool { // least ≤ amount/of ≤ share, in 10⁻¹⁸
		used := productOf(amount.ToBig(), fixedOne)
		whole := of.ToBig()
		return used.Cmp(new(big.Int).Mul(whole, newNum(share).ToBig())) <= 0 && used.Cmp(new(big.Int).Mul(whole, newNum(least).ToBig())) >= 0
	}
	const thousandth, eighth, half = domain.One / 1000, domain.One / 8, domain.One / 2
	kept := domain.One - m.config.SwapFee.Uint64()
	weight := func(i int) uint64 { return b.Weights[i].Uint64() }
	switch a.Op {
	case domain.Initialise, domain.CollectProtocolFees:
		return true
	case domain.Donate:
		return part(a.Amount, b.Balances[a.TokenIn], domain.One, 0)
	case domain.SwapGivenIn: // the part of the balance out that leaves is at most x·wᵢ/wⱼ
		return part(a.Amount, b.Balances[a.TokenIn], ratioUpTo(eighth, weight(a.TokenOut), weight(a.TokenIn)), 0)
	case domain.SwapGivenOut: // x/(1−x) of wⱼ/wᵢ times 8/7
		return part(a.Amount, b.Balances[a.TokenOut], ratioUpTo(eighth, weight(a.TokenIn), weight(a.TokenOut)), 0)
	case domain.JoinExactTokens:
		largest := false
		for i := range a.Amounts {
			if !part(a.Amounts[i], b.Balances[i], half, 0) {
				return false
			}
			largest = largest || part(a.Amounts[i], b.Balances[i], half, 10*thousandth)
		}
		return largest
	case domain.JoinExactToken:
		return part(a.Amount, b.Balances[a.TokenIn], half, 10*thousandth)
	case domain.JoinForBptOneToken:
		return part(a.Amount, b.Supply, partOfShare(half, weight(a.TokenIn)), partOfShare(thousandth, weight(a.TokenIn)))
	case domain.JoinForBptProportional:
		return part(a.Amount, b.Supply, half, 0)
	case domain.ExitExactTokens:
		return !slices.ContainsFunc(indices(len(a.Amounts)), func(i int) bool {
			return !part(a.Amounts[i], b.Balances[i], partOfShare(eighth, kept), partOfShare(thousandth, kept))
		})
	case domain.ExitExactToken:
		return part(a.Amount, b.Balances[a.TokenOut], partOfShare(eighth, kept), partOfShare(thousandth, kept))
	case domain.ExitBptForOneToken:
		return part(a.Amount, b.Supply, partOfShare(eighth, weight(a.TokenOut)), partOfShare(thousandth, weight(a.TokenOut)))
	case domain.ExitBptProportional:
		return part(a.Amount, b.Supply, half, 0)
	}
	return false
}

// partOfShare returns ⌊share·w/10¹⁸⌋ for shares and weights up to ONE.
func partOfShare(share, w uint64) uint64 {
	z := shareOfNumber(*newNum(share), *newNum(w))
	return z.Uint64()
}

// ratioUpTo returns share·a/b, at most share.
func ratioUpTo(share, a, b uint64) uint64 {
	if a >= b {
		return share
	}
	var z num
	z.MulDivOverflow(newNum(share), newNum(a), newNum(b))
	return z.Uint64()
}

func indices(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i
	}
	return list
}

// besideAdmission tries on a script's pool what must be refused, and a small one of every operation: on a pool without a supply, and after the script's first step.
func besideAdmission(s *Subject, c *domain.Sequence) Verdict {
	t := begun(s, c)
	if t == nil {
		return Verdict{Outcome: Vacuous}
	}
	n := len(t.config.Weights)
	now := t.pool.Snapshot()
	if now.Supply.IsZero() {
		now.Balances = slices.Repeat([]num{*newNum(1e18)}, n)
	} else if empty, err := s.NewPool(*t.config.clone()); err == nil {
		t.begins(empty, &now)
	}
	t.donations(&now)
	for _, a := range smallOperations(t.config, &now) {
		if refusedOperation(&moment{config: t.config, before: now}, &a) == "" {
			t.takes(&now, a)
		} else {
			t.refuses(t.pool, &now, a)
		}
		for _, tokens := range [][2]int{{a.TokenIn, n}, {n, a.TokenOut}, {a.TokenIn, a.TokenIn}} {
			b := a
			b.TokenIn, b.TokenOut = tokens[0], tokens[1]
			t.refuses(t.pool, &now, b)
		}
		b := a
		if b.Amount = (num{}); a.Op.Swaps() {
			t.refuses(t.pool, &now, b)
		}
		if n := len(a.Amounts); n > 0 {
			b.Amounts = a.Amounts[:n-1]
			t.refuses(t.pool, &now, b)
			b.Amounts = append(slices.Clone(a.Amounts), num{})
			t.refuses(t.pool, &now, b)
		}
	}
	return t.verdict
}

// begins tries on a pool without a supply what needs one; and to begin with one token at its minimum, one raw unit below, and at what the vault can't hold.
func (t *trial) begins(empty LivePool, now *Snapshot) {
	before := empty.Snapshot()
	t.refuses(empty, &before, smallOperations(t.config, now)[1:]...)
	m := &moment{config: t.config, actions: []Action{{Op: domain.Initialise, Amounts: now.Balances}}, before: before}
	if !m.ordinary() {
		return
	}
	for _, i := range []int{0, len(now.Balances) - 1} {
		start := func(amount num) Action {
			a := Action{Op: domain.Initialise, Amounts: slices.Clone(now.Balances)}
			a.Amounts[i] = amount
			return a
		}
		for _, tooMuch := range []uint{112, 128} {
			t.refuses(empty, &before, start(*new(num).Lsh(newNum(1), tooMuch)))
		}
		if t.config.Rules == exact.V2 {
			continue
		}
		least, _ := result(ceilQuo(productOf(minBalance(t.config.Decimals[i]), fixedOne), m.factor(i)), nil)
		t.refuses(empty, &before, start(minusOne(least)))
		a := start(least)
		begun := empty.Clone()
		if _, err := begun.Do(a); err != nil && t.verdict.Outcome != Violated {
			t.verdict = violated("what is accepted", failureText(err)+" for "+a.describe(), "a success")
		}
		t.leaves(begun, i)
	}
	few := Action{Op: domain.Initialise, Amounts: slices.Repeat([]num{*newNum(1)}, len(now.Balances))}
	t.refuses(empty, &before, few)
}

// leaves tries to take something of a token that is at its minimum.
func (t *trial) leaves(pool LivePool, i int) {
	m := &moment{config: t.config, before: pool.Snapshot()}
	tenth := shareOfNumber(m.before.Supply, *newNum(domain.One / 10))
	for _, a := range []Action{{Op: domain.ExitExactToken, TokenOut: i, Amount: *newNum(1)}, {Op: domain.ExitBptForOneToken, TokenOut: i, Amount: tenth}, {Op: domain.ExitBptProportional, Amount: tenth}} {
		taken := pool.Clone()
		m.actions = []Action{a}
		m.moved, m.err = taken.Do(a)
		if m.after = taken.Snapshot(); t.verdict.Outcome != Violated {
			t.verdict = worst(t.verdict, floorsHold(m))
		}
	}
}

// donations tries to bring as much of the last token as the vault can hold, and one raw unit more.
func (t *trial) donations(now *Snapshot) {
	last := len(now.Balances) - 1
	for _, bits := range []uint{112, 128} {
		var most num
		if _, fell := most.SubOverflow(most.Lsh(newNum(1), bits), &now.Balances[last]); fell {
			continue
		}
		for _, amount := range []num{most, minusOne(most)} {
			a := Action{Op: domain.Donate, TokenIn: last, Amount: amount}
			m := &moment{config: t.config, actions: []Action{a}, before: *now}
			if t.verdict.Outcome != Violated {
				m.moved, m.err = t.pool.Clone().Do(a)
				t.verdict = admitted(m)
			}
		}
	}
}

// refuses tries those of some operations that a pool must refuse.
func (t *trial) refuses(pool LivePool, at *Snapshot, list ...Action) {
	for i := range list {
		m := &moment{config: t.config, actions: list[i : i+1], before: *at}
		if why := refusedOperation(m, &list[i]); why != "" && t.verdict.Outcome != Violated {
			if m.moved, m.err = pool.Do(list[i]); m.err == nil {
				t.verdict = violated("what is refused", "a success of "+list[i].describe()+" at "+describeState(at), "a failure, at "+why)
			}
		}
	}
}

// takes tries an operation on a copy of the pool.
func (t *trial) takes(at *Snapshot, a Action) {
	if m := (&moment{config: t.config, actions: []Action{a}, before: *at}); t.verdict.Outcome != Violated && m.ordinary() && m.small(&a) {
		_, m.err = t.pool.Clone().Do(a)
		t.verdict = admitted(m)
	}
}

// smallOperations are one of every operation that moves something, of a hundredth of what there is times the least weight.
func smallOperations(c *PoolConfig, state *Snapshot) []Action {
	last := len(c.Weights) - 1
	least := slices.MinFunc(c.Weights, func(a, b num) int { return a.Cmp(&b) })
	share := *newNum(partOfShare(domain.One/10, least.Uint64()))
	given := shareOfNumber(state.Balances[0], share)
	bpt := shareOfNumber(state.Supply, share)
	large := shareOfNumber(state.Balances[0], *newNum(domain.One / 50))
	all := make([]num, last+1)
	for i := range all {
		all[i] = shareOfNumber(state.Balances[i], *newNum(domain.One / 50))
	}
	left := *newNum(partOfShare(domain.One/50, domain.One-c.SwapFee.Uint64()))
	few := make([]num, last+1)
	for i := range few {
		few[i] = shareOfNumber(state.Balances[i], left)
	}
	return []Action{
		{Op: domain.Initialise, Amounts: slices.Clone(state.Balances)},
		{Op: domain.SwapGivenIn, TokenIn: 0, TokenOut: last, Amount: given},
		{Op: domain.SwapGivenOut, TokenIn: last, TokenOut: 0, Amount: given},
		{Op: domain.JoinExactTokens, Amounts: all},
		{Op: domain.JoinExactToken, Amount: large},
		{Op: domain.JoinForBptOneToken, Amount: bpt},
		{Op: domain.JoinForBptProportional, Amount: bpt},
		{Op: domain.ExitExactTokens, Amounts: few},
		{Op: domain.ExitExactToken, Amount: few[0]},
		{Op: domain.ExitBptForOneToken, Amount: bpt},
		{Op: domain.ExitBptProportional, Amount: bpt},
		{Op: domain.Donate, Amount: given},
		{Op: domain.CollectProtocolFees},
	}
}
