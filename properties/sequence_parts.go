package properties

import (
	"fmt"
	"math/big"
	"slices"

	"github.com/trueweight/trueweight/properties/domain"
	"github.com/trueweight/trueweight/reference/exact"
)

// A pool and the single functions it is made of. The families SW, IN and JE judge the functions against exact values; here a pool is held to them, so that what
// is proved of a function is proved of the pool that asks it. Between the two are only the roundings from raw units to 18 decimals and back, which are exact rationals.

var stParts = &Property{
	ID: "ST-PARTS",
	Claim: "What an operation of a pool moves is the answer of the single function of its rules, asked with the pool's live balances, and brought to whole raw units in the pool's favour: " +
		"amounts asked up, amounts paid down; and the fee that this function charges is the one that is shared with the protocol.",
	Inequality: "in = ⌈z/F⌉, out = ⌊z/F⁺⌋ for the answer z at bᵢ = ⌊Bᵢ·Fᵢ⌋ (v3 joins: ⌈Bᵢ·Fᵢ⌉), amounts in ⌊a·F⌋, amounts out ⌊a·F⌋ (v2), ⌈a·F⁺⌉ (v3); F = 10^(18−d)·rate, F⁺ = F, but in v3 with a wei more of a rate that is no multiple of ONE",
	Source:     "SPEC, A pool over time",
	Margin:     NoMargin,
	eachSwap:   true,
}

func init() {
	stepwise(stParts, func(_ *Judge, s *Subject, _ *domain.Sequence) func(*moment) Verdict {
		return func(m *moment) Verdict { return m.isItsParts(s) }
	})
	stParts.Needs = append(slices.Clone(stParts.Needs), "OutGivenIn", "InGivenOut", "AmountInLessFee", "AmountInPlusFeeV2", "PoolOnSwap", "InvariantDown",
		"BptOutGivenExactTokensIn", "BptOutGivenExactTokenIn", "TokenInGivenExactBptOut", "BptInGivenExactTokensOut", "BptInGivenExactTokenOut", "TokenOutGivenExactBptIn",
		"ProportionalAmountsInV2", "ProportionalAmountsOutV2", "ProportionalAmountsInV3", "ProportionalAmountsOutV3",
		"AddUnbalanced", "AddSingleExactOut", "RemoveSingleExactOut", "RemoveSingleExactIn")
}

// A partAnswer is what a single function answers, in 18 decimals: an amount of one token or of BPT, or amounts of all tokens; and the fees it charges.
type partAnswer struct {
	answer num
	all    []num
	fees   []num // of each token, v3
	err    error
}

// isItsParts judges one operation that did not fail.
func (m *moment) isItsParts(s *Subject) Verdict {
	a := &m.actions[0]
	if m.err != nil || setting(a.Op) || a.Op == domain.Donate || a.Op == domain.CollectProtocolFees {
		return Verdict{Outcome: Vacuous}
	}
	p := m.asksV2(s)
	if m.config.Rules == exact.V3 {
		p = m.asksV3(s)
	}
	if p.err != nil {
		return violated("the function's answer", "a success of "+a.describe(), failureText(p.err))
	}
	got, want := m.answered(&p)
	if !slices.EqualFunc(got, want, func(z num, n *big.Int) bool { return z.ToBig().Cmp(n) == 0 }) {
		return violated("the function's answer", describeList(got)+" for "+a.describe(), fmt.Sprint(want))
	}
	for i, fee := range p.fees {
		share := new(big.Int).Sub(m.after.SetAside[i].ToBig(), m.before.SetAside[i].ToBig())
		if want := m.protocolPart(i, fee.ToBig()); share.Cmp(want) != 0 {
			return violated("the function's fee", fmt.Sprintf("%v of token %d set aside", share, i), want.String())
		}
	}
	return holds()
}

// answered returns what moved, and what the answer makes of it in raw units.
func (m *moment) answered(p *partAnswer) (got []num, want []*big.Int) {
	a := &m.actions[0]
	switch a.Op {
	case domain.Initialise:
		return []num{m.after.Supply}, []*big.Int{p.answer.ToBig()}
	case domain.JoinExactTokens, domain.JoinExactToken:
		return []num{m.moved.BptOut}, []*big.Int{p.answer.ToBig()}
	case domain.ExitExactTokens, domain.ExitExactToken:
		return []num{m.moved.BptIn}, []*big.Int{p.answer.ToBig()}
	case domain.SwapGivenIn, domain.ExitBptForOneToken:
		return []num{itemOf(m.moved.Out, a.TokenOut)}, []*big.Int{m.paid(a.TokenOut, p.answer)}
	case domain.SwapGivenOut:
		if m.v2() { // the fee is added to the raw amount
			return []num{itemOf(m.moved.In, a.TokenIn)}, []*big.Int{p.answer.ToBig()}
		}
		return []num{itemOf(m.moved.In, a.TokenIn)}, []*big.Int{m.asked(a.TokenIn, p.answer)}
	case domain.JoinForBptOneToken:
		return []num{itemOf(m.moved.In, a.TokenIn)}, []*big.Int{m.asked(a.TokenIn, p.answer)}
	case domain.JoinForBptProportional:
		got = m.moved.In
		for i, z := range p.all {
			want = append(want, m.asked(i, z))
		}
	case domain.ExitBptProportional:
		got = m.moved.Out
		for i, z := range p.all {
			want = append(want, m.paid(i, z))
		}
	}
	return got, want
}

// asked returns ⌈z/F⌉, and paid ⌊z/F⁺⌋, in raw units.
func (m *moment) asked(i int, z num) *big.Int {
	return ceilQuo(productOf(z.ToBig(), fixedOne), m.factor(i))
}

func (m *moment) paid(i int, z num) *big.Int {
	n := productOf(z.ToBig(), fixedOne)
	return n.Quo(n, m.factorOut(i))
}

// factorOut returns F⁺, in which 10¹⁸ is 1: in v3 a rate that is no multiple of 10¹⁸ counts one wei more.
func (m *moment) factorOut(i int) *big.Int {
	rate := m.before.Rates[i].ToBig()
	if !m.v2() && new(big.Int).Rem(rate, fixedOne).Sign() != 0 {
		rate.Add(rate, big.NewInt(1))
	}
	return rate.Mul(rate, pow10(18-int(m.config.Decimals[i])))
}

// lives returns all live balances.
func (m *moment) lives(balances []num, up bool) []num {
	list := make([]num, len(balances))
	for i := range list {
		list[i] = word(m.scaled(i, balances[i], up))
	}
	return list
}

// leaving returns a given amount out in 18 decimals.
func (m *moment) leaving(i int, raw num) num {
	if m.v2() {
		return word(m.scaled(i, raw, false))
	}
	return word(ceilQuo(productOf(raw.ToBig(), m.factorOut(i)), fixedOne))
}

// asksV2 asks v2's function for an operation.
func (m *moment) asksV2(s *Subject) (p partAnswer) {
	a, w, fee, supply := &m.actions[0], slices.Clone(m.before.Weights), m.config.SwapFee, m.before.Supply
	live := m.lives(m.before.Balances, false)
	in, out := a.TokenIn, a.TokenOut
	switch a.Op {
	case domain.Initialise:
		p.answer, p.err = s.InvariantDown(w, m.lives(a.Amounts, false))
		p.answer.Mul(&p.answer, newNum(uint64(len(w))))
	case domain.SwapGivenIn:
		if p.answer, p.err = s.AmountInLessFee(a.Amount, fee); p.err == nil {
			p.answer, p.err = s.OutGivenIn(live[in], w[in], live[out], w[out], word(m.scaled(in, p.answer, false)))
		}
	case domain.SwapGivenOut:
		if p.answer, p.err = s.InGivenOut(live[in], w[in], live[out], w[out], m.leaving(out, a.Amount)); p.err == nil {
			p.answer, p.err = s.AmountInPlusFeeV2(word(m.asked(in, p.answer)), fee)
		}
	case domain.JoinExactTokens:
		p.answer, p.err = s.BptOutGivenExactTokensIn(w, live, m.lives(a.Amounts, false), supply, fee)
	case domain.JoinExactToken:
		p.answer, p.err = s.BptOutGivenExactTokenIn(w[in], live[in], word(m.scaled(in, a.Amount, false)), supply, fee)
	case domain.JoinForBptOneToken:
		p.answer, p.err = s.TokenInGivenExactBptOut(w[in], live[in], a.Amount, supply, fee)
	case domain.JoinForBptProportional:
		p.all, p.err = s.ProportionalAmountsInV2(live, supply, a.Amount)
	case domain.ExitExactTokens:
		p.answer, p.err = s.BptInGivenExactTokensOut(w, live, m.lives(a.Amounts, false), supply, fee)
	case domain.ExitExactToken:
		p.answer, p.err = s.BptInGivenExactTokenOut(w[out], live[out], m.leaving(out, a.Amount), supply, fee)
	case domain.ExitBptForOneToken:
		p.answer, p.err = s.TokenOutGivenExactBptIn(w[out], live[out], a.Amount, supply, fee)
	case domain.ExitBptProportional:
		p.all, p.err = s.ProportionalAmountsOutV2(live, supply, a.Amount)
	}
	return p
}

// asksV3 asks v3's function for an operation.
func (m *moment) asksV3(s *Subject) (p partAnswer) {
	a, w, fee, supply := &m.actions[0], slices.Clone(m.before.Weights), m.config.SwapFee, m.before.Supply
	join := a.Op == domain.JoinExactTokens || a.Op == domain.JoinExactToken || a.Op == domain.JoinForBptOneToken || a.Op == domain.JoinForBptProportional
	live := m.lives(m.before.Balances, join)
	in, out := a.TokenIn, a.TokenOut
	var charged num
	switch a.Op {
	case domain.Initialise:
		p.answer, p.err = s.InvariantDown(w, m.lives(a.Amounts, false))
	case domain.SwapGivenIn:
		value := m.scaled(in, a.Amount, false)
		taken := m.feeIn(value)
		p.answer, p.err = s.PoolOnSwap(w, m.leastBalances(), live, in, out, word(value.Sub(value, taken)), false)
		p.fees = only(len(w), in, word(taken))
	case domain.SwapGivenOut:
		p.answer, p.err = s.PoolOnSwap(w, m.leastBalances(), live, in, out, m.leaving(out, a.Amount), true)
		onTop := productOf(p.answer.ToBig(), fee.ToBig())
		charged = word(ceilQuo(onTop, new(big.Int).Sub(fixedOne, fee.ToBig())))
		p.answer.Add(&p.answer, &charged)
		p.fees = only(len(w), in, charged)
	case domain.JoinExactTokens:
		p.answer, p.fees, p.err = s.AddUnbalanced(w, live, m.lives(a.Amounts, false), supply, fee)
	case domain.JoinExactToken:
		p.answer, p.fees, p.err = s.AddUnbalanced(w, live, m.lives(only(len(w), in, a.Amount), false), supply, fee)
	case domain.JoinForBptOneToken:
		p.answer, charged, p.err = s.AddSingleExactOut(w, live, in, a.Amount, supply, fee)
		p.fees = only(len(w), in, charged)
	case domain.JoinForBptProportional:
		p.all, p.err = s.ProportionalAmountsInV3(live, supply, a.Amount)
	case domain.ExitExactToken:
		p.answer, charged, p.err = s.RemoveSingleExactOut(w, live, out, m.leaving(out, a.Amount), supply, fee)
		p.fees = only(len(w), out, charged)
	case domain.ExitBptForOneToken:
		p.answer, charged, p.err = s.RemoveSingleExactIn(w, live, out, a.Amount, supply, fee)
		p.fees = only(len(w), out, charged)
	case domain.ExitBptProportional:
		p.all, p.err = s.ProportionalAmountsOutV3(live, supply, a.Amount)
	}
	return p
}

// leastBalances are v3's minimum balances of all tokens.
func (m *moment) leastBalances() []num {
	list := make([]num, len(m.config.Decimals))
	for i, d := range m.config.Decimals {
		list[i] = word(minBalance(d))
	}
	return list
}
