package properties

import (
	"fmt"
	"math/big"
	"slices"

	"github.com/trueweight/trueweight/properties/domain"
	"github.com/trueweight/trueweight/reference/exact"
)

// swapsAreOfPairs judges EC-INDEX on the case's own swap, in the opened pool, and on every trade of the arbitrageur.
func swapsAreOfPairs(j *Judge, s *Subject, c domain.Case) Verdict {
	total := tallying()
	e, err := exchangeOf(s, c.(*domain.Market))
	if err != nil {
		total.silent(1, err)
		return total
	}
	for i := range e.end.Trades {
		if m := e.moment(i); !total.step(j, ecIndex, m, e.isOfPair(s, m)) {
			return total
		}
	}
	own := e.ownSwap()
	total.step(j, ecIndex, own, e.isOfPair(s, own))
	return total
}

// ownSwap makes the case's own swap.
func (e *exchange) ownSwap() *moment {
	a := Action{Op: domain.SwapGivenIn, TokenIn: int(e.IndexIn), TokenOut: int(e.IndexOut), Amount: e.Amount}
	if e.GivenOut {
		a.Op = domain.SwapGivenOut
	}
	m := &moment{config: &e.config, actions: []Action{a}, before: e.opened}
	pool := e.pool.Clone()
	m.moved, m.err = pool.Do(a)
	m.after = pool.Snapshot()
	return m
}

// isOfPair compares a swap with what its two tokens alone make of it.
func (e *exchange) isOfPair(s *Subject, m *moment) Verdict {
	a := &m.actions[0]
	n := len(e.Weights)
	if a.TokenIn >= n || a.TokenOut >= n || a.TokenIn == a.TokenOut || a.Amount.IsZero() {
		return Verdict{Outcome: Vacuous}
	}
	p := pairOf(e, m)
	in, out, err := p.swap(s, a)
	if m.err != nil || err != nil {
		if m.err == nil || err == nil {
			return violated("fails as the pair does", failureText(m.err), failureText(err))
		}
		return Verdict{Outcome: Vacuous}
	}
	if has, want := itemOf(m.moved.In, a.TokenIn), word(in); has != want {
		return violated("amount in", has.Dec(), want.Dec())
	}
	if has, want := itemOf(m.moved.Out, a.TokenOut), word(out); has != want {
		return violated("amount out", has.Dec(), want.Dec())
	}
	expected := slices.Clone(m.before.Balances)
	expected[a.TokenIn].Add(&expected[a.TokenIn], &m.moved.In[a.TokenIn])
	expected[a.TokenOut].Sub(&expected[a.TokenOut], &m.moved.Out[a.TokenOut])
	if !slices.Equal(expected, m.after.Balances) {
		return violated("no other token changes", fmt.Sprintf("balances %s", decimals(m.after.Balances)), fmt.Sprintf("balances %s", decimals(expected)))
	}
	return holds()
}

// A pair is all that a swap between two tokens may know of its pool.
type pair struct {
	rules               exact.Rules
	weightIn, weightOut num
	heldIn              *big.Int // raw
	liveIn, liveOut     *big.Int // wei
	factorIn, factorOut *big.Int // 10^(18−d)·rate, 18-decimal
	payOut              *big.Int // what factorOut is when the pool pays
	leastIn, leastOut   *big.Int // v3's minimum balances, wei
	fee                 *big.Int
}

func pairOf(e *exchange, m *moment) *pair {
	in, out := m.actions[0].TokenIn, m.actions[0].TokenOut
	return &pair{
		rules: e.config.Rules, weightIn: e.Weights[in], weightOut: e.Weights[out], heldIn: m.before.Balances[in].ToBig(),
		liveIn: m.live(&m.before, in), liveOut: m.live(&m.before, out),
		factorIn: m.factor(in), factorOut: m.factor(out), payOut: e.divisorOut(out),
		leastIn: minBalance(e.config.Decimals[in]), leastOut: minBalance(e.config.Decimals[out]), fee: e.SwapFee.ToBig(),
	}
}

// swap returns what a swap moves, raw (SPEC, "A pool over time": swap given in, swap given out), with the subject's own formulas.
func (p *pair) swap(s *Subject, a *Action) (in, out *big.Int, err error) {
	balanceIn, live := new(big.Int).Set(p.liveIn), p.liveIn
	if p.rules == exact.V3 {
		if live = balanceIn.Add(balanceIn, big.NewInt(1)); live.Cmp(p.leastIn) < 0 {
			return nil, nil, errMinimum
		}
	}
	given := a.Amount.ToBig()
	price := func(of func(bi, wi, bo, wo, a num) (num, error), amount *big.Int) (*big.Int, error) {
		for _, z := range []*big.Int{live, p.liveOut, amount} {
			if z.BitLen() > 256 {
				return nil, errBalance
			}
		}
		z, err := of(word(live), p.weightIn, word(p.liveOut), p.weightOut, word(amount))
		return z.ToBig(), err
	}
	var paid *big.Int // wei, of the token out
	if a.Op == domain.SwapGivenIn {
		if paid, err = price(s.OutGivenIn, p.comesIn(given)); err != nil {
			return nil, nil, err
		}
		in, out = given, quo(productOf(paid, one), p.payOut)
	} else {
		paid = p.goesOut(given)
		cost, err := price(s.InGivenOut, paid)
		if err != nil {
			return nil, nil, err
		}
		in, out = p.asked(cost), given
	}
	if p.rules == exact.V3 && new(big.Int).Sub(p.liveOut, paid).Cmp(p.leastOut) < 0 {
		return nil, nil, errMinimum
	}
	if out.BitLen() > 256 || new(big.Int).Add(p.heldIn, in).BitLen() > map[exact.Rules]int{exact.V2: 112, exact.V3: 128}[p.rules] {
		return nil, nil, errBalance
	}
	return in, out, nil
}

const (
	errMinimum = caseFault("a live balance below its minimum")
	errBalance = caseFault("a balance beyond what a pool holds")
)

// comesIn is what a raw amount in counts for, in wei, without the fee.
func (p *pair) comesIn(raw *big.Int) *big.Int {
	lessFee := func(z *big.Int) *big.Int { return new(big.Int).Sub(z, ceilQuo(productOf(z, p.fee), one)) }
	if p.rules == exact.V2 {
		return quo(productOf(lessFee(raw), p.factorIn), one)
	}
	return lessFee(quo(productOf(raw, p.factorIn), one))
}

// goesOut is what a raw amount out counts for, in wei: v2 rounds it down.
func (p *pair) goesOut(raw *big.Int) *big.Int {
	if p.rules == exact.V2 {
		return quo(productOf(raw, p.factorOut), one)
	}
	return ceilQuo(productOf(raw, p.payOut), one)
}

// asked is the raw amount in, with the fee, for a price in wei.
func (p *pair) asked(cost *big.Int) *big.Int {
	kept := new(big.Int).Sub(one, p.fee)
	if p.rules == exact.V2 {
		return ceilQuo(productOf(ceilQuo(productOf(cost, one), p.factorIn), one), kept)
	}
	gross := new(big.Int).Add(cost, ceilQuo(productOf(cost, p.fee), kept))
	return ceilQuo(productOf(gross, one), p.factorIn)
}

func quo(x, y *big.Int) *big.Int { return new(big.Int).Quo(x, y) }
