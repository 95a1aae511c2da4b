package properties

import (
	"fmt"
	"math/big"
	"slices"

	"github.com/trueweight/trueweight/properties/domain"
	"github.com/trueweight/trueweight/reference/exact"
	"github.com/trueweight/trueweight/reference/real"
)

// The protocol's books: what is set aside of each fee, what is paid out of that, and what v2 remembers of the last collection. What is in them is compared with exact
// rationals of what moved and of what else is in them.

var stBooks = &Property{
	ID: "ST-BOOKS",
	Claim: "What is set aside for the protocol is its part of the swap fee on what moved, both rounded down to raw units, in the token that the fee is paid in and in no other; a collection hands over all of it, and BPT for " +
		"the protocol's part of the growth since the last; v2 remembers the invariant and the supply of the last collection, which are the pool's.",
	Inequality: "v3: asideᵢ' − asideᵢ = ⌊p·⌊φ/Fᵢ⌋⌋, φ = ⌈X·f⌉ for a fee that is in X; collect: out = aside, aside' = 0; v2: m/(S+m) ≤ p⁺, (m+1)/(S+m+1) > p⁻ for the shares p⁻ ≤ f·(1 − (S/M)/(L'/L)) ≤ p⁺ that the roundings leave; " +
		"L' ≤ V, V − L' within IN-WIDTH (at the beginning and the first collection), M' = S'",
	Source:   "SPEC, A pool over time; Liquidity, v2, protocol fees",
	Margin:   NoMargin,
	eachSwap: true,
}

func init() {
	stepwise(stBooks, func(j *Judge, _ *Subject, _ *domain.Sequence) func(*moment) Verdict { return (&books{judge: j}).booked })
}

// books follow a script. An invariant costs more to judge than all the rest: those of the beginning and of the first collection are.
type books struct {
	judge            *Judge
	begun, collected bool
}

// booked judges one operation.
func (k *books) booked(m *moment) Verdict {
	if m.err != nil {
		return Verdict{Outcome: Vacuous}
	}
	if v := m.asAsked(); v.Outcome == Violated {
		return v
	}
	if m.config.Rules == exact.V3 {
		return worst(m.setAside(), m.remembers(&Snapshot{}))
	}
	switch op := m.actions[0].Op; {
	case slices.ContainsFunc(m.after.SetAside, isSet) || slices.ContainsFunc(m.moved.ProtocolOut, isSet):
		return violated("v2 sets nothing aside", describeState(&m.after), "nothing set aside, and none paid out")
	case setting(op):
		return holds() // ST-SCHEDULE says what is forgotten
	case op == domain.Initialise:
		n := newNum(uint64(len(m.config.Weights)))
		if supply := *n.Mul(n, &m.after.LastInvariant); m.after.Supply != supply {
			return violated("the first supply", dec(m.after.Supply), dec(supply)+": the invariant for every token")
		}
		return worst(m.remembersSupply(), k.isInvariant(&k.begun, m, &m.after))
	case op == domain.CollectProtocolFees:
		return worst(m.remembersSupply(), m.due(), k.isInvariant(&k.collected, m, &m.before))
	}
	return m.remembers(&m.before)
}

func isSet(z num) bool { return !z.IsZero() }

// asAsked judges that what an operation was given is what it moved.
func (m *moment) asAsked() Verdict {
	a, n := &m.actions[0], len(m.config.Weights)
	var want Moved
	switch a.Op {
	case domain.SwapGivenIn, domain.JoinExactToken, domain.Donate:
		want.In = only(n, a.TokenIn, a.Amount)
	case domain.Initialise, domain.JoinExactTokens:
		want.In = a.Amounts
	case domain.SwapGivenOut, domain.ExitExactToken:
		want.Out = only(n, a.TokenOut, a.Amount)
	case domain.ExitExactTokens:
		want.Out = a.Amounts
	case domain.JoinForBptOneToken, domain.JoinForBptProportional:
		want.BptOut = a.Amount
	case domain.ExitBptForOneToken, domain.ExitBptProportional:
		want.BptIn = a.Amount
	}
	got := m.moved
	if want.In != nil && !slices.Equal(got.In, want.In) || want.Out != nil && !slices.Equal(got.Out, want.Out) ||
		isSet(want.BptIn) && got.BptIn != want.BptIn || isSet(want.BptOut) && got.BptOut != want.BptOut {
		return violated("what is given is what moves", got.describe(), a.describe())
	}
	return holds()
}

// remembers and remembersSupply judge what v2 keeps of the last collection; v3 keeps nothing.
func (m *moment) remembers(want *Snapshot) Verdict {
	if m.after.LastInvariant != want.LastInvariant || m.after.LastSupply != want.LastSupply {
		return violated("what is remembered", fmt.Sprintf("%s, at a supply of %s", m.after.LastInvariant.Dec(), m.after.LastSupply.Dec()), fmt.Sprintf("%s, at %s", want.LastInvariant.Dec(), want.LastSupply.Dec()))
	}
	return holds()
}

func (m *moment) remembersSupply() Verdict {
	if m.after.LastSupply != m.after.Supply {
		return violated("what is remembered", "a supply of "+dec(m.after.LastSupply), dec(m.after.Supply))
	}
	return holds()
}

// isInvariant judges the invariant that is remembered as that of a state, rounded down: of live balances, and by no more below than IN-WIDTH allows. It does so once.
func (k *books) isInvariant(done *bool, m *moment, at *Snapshot) Verdict {
	if *done {
		return holds()
	}
	*done = true
	j, got := k.judge, m.after.LastInvariant
	p := holdings{}
	for i := range at.Balances {
		p.bases, p.exponents = append(p.bases, m.live(at, i)), append(p.exponents, m.before.Weights[i].ToBig())
	}
	_, ceil, ok := j.bracket(real.Mul(p.value(), real.Int(gridUnit)), got.BitLen()+gridBits)
	if !ok {
		return undecided("the invariant")
	}
	off := ceil.Sub(ceil, onGrid(got))
	if off.Sign() < 0 {
		return violated("the invariant", dec(got), "less")
	}
	_, short := j.widths(p)
	v := gridVerdict("the invariant", off, short)
	v.Margin = Margin{}
	return v
}

// due judges the BPT that v2 mints for the protocol. With G = ⌊L'·10¹⁸/L⌋ and s = ⌊S·10¹⁸/M⌋ as they are rounded, the share is nothing unless G > s, and else f·(1 − q), q = s/G rounded down by less than a wei,
// and the product rounded down by less than a wei. Of S + m the m minted are no larger a share than that, and m + 1 would be.
func (m *moment) due() Verdict {
	const part = "BPT due"
	minted := m.moved.ProtocolBpt.ToBig()
	last, supply := m.before.LastInvariant.ToBig(), m.before.Supply.ToBig()
	if last.Sign() == 0 || m.before.LastSupply.IsZero() {
		if minted.Sign() != 0 {
			return violated(part, minted.String(), "nothing: no invariant is remembered")
		}
		return holds()
	}
	growth := productOf(m.after.LastInvariant.ToBig(), fixedOne)
	growth.Quo(growth, last)
	grown := productOf(supply, fixedOne)
	grown.Quo(grown, m.before.LastSupply.ToBig())
	low, high := new(big.Rat), new(big.Rat)
	if grown.Cmp(growth) < 0 {
		fee, unit := new(big.Rat).SetFrac(m.config.ProtocolFee.ToBig(), fixedOne), big.NewRat(1, domain.One)
		low.Sub(big.NewRat(1, 1), new(big.Rat).SetFrac(grown, growth))
		high.Add(low, unit).Mul(high, fee)
		low.Mul(low, fee).Sub(low, unit)
	}
	if share := shareOf(minted, supply); share.Cmp(high) > 0 {
		return violated(part, minted.String()+", a share of "+share.FloatString(20), "a share of at most "+high.FloatString(20))
	}
	if share := shareOf(new(big.Int).Add(minted, big.NewInt(1)), supply); share.Cmp(low) <= 0 {
		return violated(part, minted.String()+", and with one wei more a share of "+share.FloatString(20), "more than "+low.FloatString(20))
	}
	return holds()
}

// shareOf returns m/(S+m).
func shareOf(minted, supply *big.Int) *big.Rat {
	return new(big.Rat).SetFrac(minted, new(big.Int).Add(minted, supply))
}

// setAside judges what a v3 pool sets aside.
func (m *moment) setAside() Verdict {
	const part = "what is set aside"
	a := &m.actions[0]
	if !m.moved.ProtocolBpt.IsZero() {
		return violated("v3 mints nothing", dec(m.moved.ProtocolBpt), "no BPT for the protocol")
	}
	if a.Op == domain.CollectProtocolFees {
		if !slices.Equal(m.moved.ProtocolOut, m.before.SetAside) || slices.ContainsFunc(m.after.SetAside, isSet) {
			return violated("a collection", "paid "+describeList(m.moved.ProtocolOut)+", left "+describeList(m.after.SetAside), describeList(m.before.SetAside)+", and nothing left")
		}
		return holds()
	}
	for i := range m.after.SetAside {
		least, most := m.shareRange(i)
		share := new(big.Int).Sub(m.after.SetAside[i].ToBig(), m.before.SetAside[i].ToBig())
		if share.Cmp(least) < 0 || most != nil && share.Cmp(most) > 0 {
			return violated(part, fmt.Sprintf("%v of token %d", share, i), fmt.Sprintf("from %v to %v", least, most))
		}
	}
	return holds()
}

// A whole is the whole numbers from lo to hi; hi nil for no end.
type whole struct{ lo, hi *big.Int }

// shareRange returns the least and the most that an operation sets aside of a token: the protocol's part of each fee it may have charged.
//
// A fee φ that was charged of an 18-decimal amount a is ⌈a·f⌉. A fee on top of an amount c is ⌈c/(1−f)⌉ − c, of X = c + φ together: c ≤ X·(1−f) < c + 1−f, so that φ = ⌈X·f⌉. A fee taken from an amount of
// which Y are left is T − Y for a whole T with ⌊T·(1−f)⌋ = Y. What X or Y was is known from raw amounts, to within a raw unit.
func (m *moment) shareRange(i int) (least, most *big.Int) {
	a := &m.actions[0]
	none := new(big.Int)
	fees := whole{none, none}
	switch {
	case a.Op == domain.SwapGivenIn && i == a.TokenIn:
		in := m.scaled(i, itemOf(m.moved.In, i), false)
		fees = whole{m.feeIn(in), m.feeIn(in)}
	case a.Op == domain.SwapGivenOut && i == a.TokenIn:
		fees = m.feesIn(m.askedFor(i))
	case a.Op == domain.JoinForBptOneToken && i == a.TokenIn:
		fees = m.feesIn(m.taxedJoin(i))
	case a.Op == domain.ExitBptForOneToken && i == a.TokenOut:
		fees = m.feesBeside(m.taxedExit(i))
	case a.Op == domain.ExitExactToken && i == a.TokenOut, a.Op == domain.JoinExactTokens, a.Op == domain.JoinExactToken:
		fees = whole{none, nil}
		if a.Op != domain.ExitExactToken {
			fees.lo = m.feeAboveMean(i)
		}
	}
	least = m.protocolPart(i, fees.lo)
	if fees.hi != nil {
		most = m.protocolPart(i, fees.hi)
	}
	return least, most
}

// scaled returns ⌊raw·F⌋, or ⌈raw·F⌉, F = 10^(18−d)·rate.
func (m *moment) scaled(i int, raw num, up bool) *big.Int {
	z := productOf(raw.ToBig(), m.factor(i))
	if up {
		return ceilQuo(z, fixedOne)
	}
	return z.Quo(z, fixedOne)
}

// protocolPart returns ⌊p·⌊φ/F⌋⌋.
func (m *moment) protocolPart(i int, fee *big.Int) *big.Int {
	z := productOf(fee, fixedOne)
	z.Quo(z, m.factor(i)).Mul(z, m.config.ProtocolFee.ToBig())
	return z.Quo(z, fixedOne)
}

// feeIn returns ⌈X·f⌉, 0 where X is below 0.
func (m *moment) feeIn(x *big.Int) *big.Int {
	if x.Sign() <= 0 {
		return new(big.Int)
	}
	return ceilQuo(productOf(x, m.config.SwapFee.ToBig()), fixedOne)
}

func (m *moment) feesIn(x whole) whole { return whole{m.feeIn(x.lo), m.feeIn(x.hi)} }

// askedFor returns which amounts X are rounded up to the raw amount that came in: (I−1)·F < X ≤ I·F.
func (m *moment) askedFor(i int) whole {
	raw := itemOf(m.moved.In, i)
	x := whole{new(big.Int), m.scaled(i, raw, false)}
	if !raw.IsZero() {
		x.lo = m.scaled(i, minusOne(raw), false)
		x.lo.Add(x.lo, big.NewInt(1))
	}
	return x
}

// taxedJoin returns what a join for BPT brings beyond its proportion, with the fee: X = in + b − ⌊S'·b/S⌋, b rounded up.
func (m *moment) taxedJoin(i int) whole {
	b := m.scaled(i, m.before.Balances[i], true)
	untaxed := new(big.Int).Quo(productOf(m.after.Supply.ToBig(), b), m.before.Supply.ToBig())
	untaxed.Sub(untaxed, b)
	in := m.askedFor(i)
	return whole{in.lo.Sub(in.lo, untaxed), in.hi.Sub(in.hi, untaxed)}
}

// taxedExit returns what an exit of BPT takes beyond its proportion, without the fee: Y = out − b + ⌈S'·b/S⌉, b rounded down, where O·F⁺ ≤ out < (O+1)·F⁺.
func (m *moment) taxedExit(i int) whole {
	b := m.scaled(i, m.before.Balances[i], false)
	proportion := new(big.Int).Sub(b, ceilQuo(productOf(m.after.Supply.ToBig(), b), m.before.Supply.ToBig()))
	factor := m.factorOut(i)
	raw := itemOf(m.moved.Out, i)
	lo := ceilQuo(productOf(raw.ToBig(), factor), fixedOne)
	hi := ceilQuo(productOf(new(big.Int).Add(raw.ToBig(), big.NewInt(1)), factor), fixedOne)
	hi.Sub(hi, big.NewInt(1))
	return whole{lo.Sub(lo, proportion), hi.Sub(hi, proportion)}
}

// feesBeside returns the fees T − Y, ⌊T·(1−f)⌋ = Y: Y/(1−f) ≤ T < (Y+1)/(1−f).
func (m *moment) feesBeside(y whole) whole {
	kept := new(big.Int).Sub(fixedOne, m.config.SwapFee.ToBig())
	lo, hi := new(big.Int), new(big.Int)
	if y.lo.Sign() > 0 {
		lo.Sub(ceilQuo(productOf(y.lo, fixedOne), kept), y.lo)
	}
	if y.hi.Sign() >= 0 {
		next := productOf(new(big.Int).Add(y.hi, big.NewInt(1)), fixedOne)
		hi.Sub(ceilQuo(next, kept), new(big.Int).Add(y.hi, big.NewInt(1)))
	}
	return whole{lo, hi}
}

// feeAboveMean returns the least fee on a token of a join with amounts: it is on what the balance grows to beyond the ratio of the invariants, which
// is no more than the weighted mean of the ratios of the balances, μ = Σ wⱼ·nⱼ/bⱼ, nⱼ = bⱼ + aⱼ − 1, b rounded up and a down.
func (m *moment) feeAboveMean(i int) *big.Int {
	if m.mean == nil {
		m.mean = m.meanGrowth()
	}
	held, grown := m.grown(i)
	beyond := new(big.Rat).SetInt(grown)
	beyond.Sub(beyond, new(big.Rat).Mul(m.mean, new(big.Rat).SetInt(held)))
	return m.feeIn(floorRat(beyond))
}

// grown returns b and n of a token.
func (m *moment) grown(i int) (held, grown *big.Int) {
	held = m.scaled(i, m.before.Balances[i], true)
	grown = m.scaled(i, itemOf(m.moved.In, i), false)
	return held, grown.Add(grown, held).Sub(grown, big.NewInt(1))
}

// meanGrowth returns no less than μ: each part of it is rounded up to 10⁻³⁶.
func (m *moment) meanGrowth() *big.Rat {
	mean := new(big.Int)
	for k := range m.before.Balances {
		held, grown := m.grown(k)
		if held.Sign() == 0 {
			held.SetInt64(1)
		}
		mean.Add(mean, ceilQuo(productOf(grown, m.before.Weights[k].ToBig(), fixedOne), held))
	}
	return new(big.Rat).SetFrac(mean, productOf(fixedOne, fixedOne))
}
