package properties

import (
	"fmt"
	"math/big"
	"slices"

	"github.com/trueweight/trueweight/properties/domain"
	"github.com/trueweight/trueweight/reference/interval"
	"github.com/trueweight/trueweight/reference/real"
)

// EC · what the protocol promises its users, on the subject's own pool. What is judged, and counted, is each token's share
// (EC-SHARE), each state and each trade (EC-VALUE), each swap (EC-INDEX).

var onMarket = []domain.Kind{domain.KindMarket}

var ecShare = &Property{
	ID:         "EC-SHARE",
	Claim:      "When no trade of one unit gains any more at outside prices, each token's share of the pool's value is its weight, within what fee, units and roundings leave open.",
	Inequality: "wⱼ/Σᵢ wᵢ·ρⱼᵢ ≤ pⱼ·Bⱼ/Σ pᵢ·Bᵢ ≤ wⱼ/Σᵢ wᵢ/ρᵢⱼ, ρᵢⱼ the most by which j can be over its weight against i while a unit of i buys no gain: 1/(1−φ), and what the unit and the roundings add",
	T:          "wⱼ, the share at which the spot price without fee is the outside price",
	Source:     "SPEC, A pool over time; weighted arithmetic and geometric means",
	Proof:      "economics_band.go, bands",
	Margin:     Ratio,
	Kinds:      onMarket,
	Needs:      []string{"NewPool"},
	check:      sharesAreWeights,
}

var ecValue = &Property{
	ID:         "EC-VALUE",
	Claim:      "A pool is worth at least its invariant at outside prices, as much after arbitrage as the band of EC-SHARE implies, and a trade leaves it whole without the fee, so that the fee is added.",
	Inequality: "Σ pᵢ·Bᵢ ≥ V·Π (pᵢ/wᵢ)^wᵢ; after arbitrage Σ pᵢ·Bᵢ ≤ V·Π (pᵢ/wᵢ)^wᵢ·exp Σ max((uᵢ−wᵢ)²/2wᵢ, (wᵢ−lᵢ)²/2lᵢ), lᵢ and uᵢ the ends of EC-SHARE's band; V(Bᵢ + (1−φ)·a, Bⱼ − o) ≥ V(Bᵢ, Bⱼ)",
	T:          "V = Π Bᵢ^wᵢ of the exact balances; in the first part the invariant that the subject computes of the balances in 18 decimals",
	Source:     "SPEC, A pool over time; weighted arithmetic and geometric means",
	Margin:     Ratio,
	Kinds:      onMarket,
	Needs:      []string{"NewPool", "InvariantDown"},
}

var ecIndex = &Property{
	ID:         "EC-INDEX",
	Claim:      "A swap between two tokens of a pool is the swap of these two alone: what it moves follows from their balances and weights, to the unit, and no other token changes.",
	Inequality: "pool(i, j, a) = scaling and fee around outGivenIn(bᵢ, wᵢ, bⱼ, wⱼ, ·), resp. inGivenOut (v3: bᵢ + 1), of the same subject; Bₖ' = Bₖ for k ≠ i, j",
	Source:     "SPEC, A pool over time",
	Margin:     NoMargin,
	Kinds:      onMarket,
	Needs:      []string{"NewPool", "OutGivenIn", "InGivenOut"},
}

var ec = []*Property{ecShare, ecValue, ecIndex}

func init() { // findings are looked up by the claim, which its check would refer to
	ecValue.check, ecIndex.check = valueIsKept, swapsAreOfPairs
}

// mostTrades is where an arbitrage is given up, and claims about its end say nothing.
const mostTrades = 200

// exchange is a market case under way: the pool as it was opened, and as an arbitrageur left it.
type exchange struct {
	*domain.Market
	config PoolConfig
	prices *Market
	pool   LivePool
	opened Snapshot
	end    *Arbitraged
}

// exchangeOf opens a case's pool and lets an arbitrageur trade. It fails where there is no such pool,
// whatever the subject makes of it.
func exchangeOf(s *Subject, c *domain.Market) (*exchange, error) {
	if !c.Whole() {
		return nil, errNoMarket
	}
	e := &exchange{Market: c, config: configOf(c.Opening())}
	e.prices = &Market{Decimals: e.config.Decimals, Prices: c.Prices, Units: c.Units}
	stored, err := Exact(e.config.Rules).NewPool(e.config)
	if err != nil {
		return nil, err
	}
	if state := stored.Snapshot(); !slices.Equal(state.Weights, c.Weights) {
		return nil, errStored
	}
	pool, err := s.NewPool(configOf(c.Opening()))
	if err != nil {
		return nil, err
	}
	if _, err := pool.Do(Action{Op: domain.Initialise, Amounts: slices.Clone(c.Balances)}); err != nil {
		return nil, err
	}
	e.pool, e.opened = pool, pool.Snapshot()
	e.end = Arbitrage(pool, c.Weights, c.SwapFee, e.prices, mostTrades)
	return e, nil
}

type caseFault string

func (f caseFault) Error() string { return string(f) }

const (
	errStored    = caseFault("weights that are not what the pool reads back")
	errNoMarket  = caseFault("no market: lists of different lengths, or a price or unit of 0")
	errUnsettled = caseFault("no end of arbitrage within 200 trades")
	errUnseen    = caseFault("a unit too small for the roundings to tell its price")
	errEmpty     = caseFault("a balance of 0")
)

// final is the pool's state after the last trade.
func (e *exchange) final() *Snapshot {
	if n := len(e.end.Trades); n > 0 {
		return &e.end.Trades[n-1].After
	}
	return &e.opened
}

// moment returns a trade as an operation of a script.
func (e *exchange) moment(trade int) *moment {
	t := &e.end.Trades[trade]
	return &moment{config: &e.config, step: trade, actions: []Action{t.Action}, moved: t.Moved, before: t.Before, after: t.After}
}

// scriptOf returns what an arbitrageur does in a market as a script. A subject that panics has no trades to tell.
func scriptOf(s *Subject, c *domain.Market) (script *domain.Sequence) {
	script = c.Opening()
	defer func() { _ = recover() }()
	if e, err := exchangeOf(s, c); err == nil {
		for _, t := range e.end.Trades {
			a := &t.Action
			script.Steps = append(script.Steps, domain.Step{Op: uint8(a.Op), TokenIn: uint8(a.TokenIn), TokenOut: uint8(a.TokenOut), Amount: a.Amount})
		}
	}
	return script
}

// tallying starts a verdict that is counted part by part.
func tallying() Verdict {
	return Verdict{Outcome: Vacuous, Steps: &Steps{Known: map[string]uint64{}, Failures: map[string]uint64{}}}
}

// silent counts n parts of which a claim says nothing.
func (v *Verdict) silent(n int, why error) {
	v.Steps.Vacuous += uint64(n)
	v.Steps.Failures[failureLabel(why)]++
}

// sharesAreWeights judges EC-SHARE, token by token.
func sharesAreWeights(j *Judge, s *Subject, c domain.Case) Verdict {
	total := tallying()
	e, err := exchangeOf(s, c.(*domain.Market))
	if err != nil {
		total.silent(1, err)
		return total
	}
	b, err := e.bands()
	if err != nil {
		total.silent(len(e.Weights), err)
		return total
	}
	for i := range e.Weights {
		share := real.Quo(real.Int(b.values[i]), real.Int(b.sum))
		weight := real.Fixed(b.weights[i])
		v := j.within("above its weight", real.Sub(share, weight), real.Sub(b.highest(i), weight))
		if v.Outcome == Holds && v.Margin.ratio == 0 {
			v = j.within("below its weight", real.Sub(weight, share), real.Sub(weight, b.lowest(i)))
		}
		v.Got = fmt.Sprintf("token %d after %d trades, balances %s: distance from its weight %s", i, len(e.end.Trades), decimals(e.final().Balances), v.Got)
		if !total.tally(v, 1) {
			break
		}
	}
	return total
}

// valueIsKept judges EC-VALUE: the opened pool, every trade with the state it leaves, and the end.
func valueIsKept(j *Judge, s *Subject, c domain.Case) Verdict {
	total := tallying()
	e, err := exchangeOf(s, c.(*domain.Market))
	if err != nil {
		total.silent(1, err)
		return total
	}
	unit := j.enclosure(e.priceOfInvariant(), ladder[0])
	if !total.tally(e.worthItsInvariant(j, s, unit, &e.opened), 1) {
		return total
	}
	for i := range e.end.Trades {
		m := e.moment(i)
		if !total.step(j, ecValue, m, worst(e.leftWhole(j, m), e.worthItsInvariant(j, s, unit, &m.after))) {
			return total
		}
	}
	b, err := e.bands()
	if err != nil {
		total.silent(1, err)
		return total
	}
	total.tally(j.within("after arbitrage", b.excess(), b.excessAllowed()), 1)
	return total
}

// priceOfInvariant is Π (pᵢ/(ρᵢ·wᵢ))^wᵢ·10¹⁸: what one wei of the invariant, of balances with rates in them, is worth in 10⁻³⁶.
func (e *exchange) priceOfInvariant() *real.Expr {
	product := real.Int64(domain.One)
	for i := range e.Weights {
		price := new(big.Int).Mul(e.Prices[i].ToBig(), one)
		worth := new(big.Int).Mul(e.Rates[i].ToBig(), e.Weights[i].ToBig())
		power := real.Pow(real.Quo(real.Int(price), real.Int(worth)), real.Fixed(e.Weights[i].ToBig()))
		if i == 0 {
			product = power
		} else {
			product = real.Mul(product, power)
		}
	}
	return real.Mul(product, real.Int(one))
}

// worthItsInvariant judges that a state is worth what the invariant that the subject computes of it is. It is weighted means' inequality,
// Σ wᵢ·xᵢ ≥ Π xᵢ^wᵢ for xᵢ = pᵢ·Bᵢ/wᵢ, if only the computed invariant is no more than the true one. unit encloses priceOfInvariant.
func (e *exchange) worthItsInvariant(j *Judge, s *Subject, unit interval.Interval, state *Snapshot) Verdict {
	const part = "value at the prices"
	m := &moment{config: &e.config}
	balances := make([]num, len(state.Balances))
	for i := range balances {
		live := m.live(state, i)
		if live.BitLen() > 256 {
			return vacuous(errBalance)
		}
		balances[i] = word(live)
	}
	invariant, err := s.InvariantDown(slices.Clone(e.Weights), balances)
	if err != nil {
		return vacuous(err)
	}
	value := e.prices.Value(state.Balances)
	ar := interval.At(ladder[0])
	if ar.Mul(ar.Int(invariant.ToBig()), unit).LessEq(ar.Int(value)) == interval.True {
		return holds()
	}
	least := real.Mul(real.Int(invariant.ToBig()), e.priceOfInvariant())
	sign, ok := j.sign(real.Sub(real.Int(value), least), new(big.Int))
	switch {
	case !ok:
		return undecided(part)
	case sign < 0:
		return violated(part, value.String()+" for "+describeState(state), "at least "+j.show(least))
	}
	return holds()
}

// leftWhole judges that a trade would not lower V if the fee were taken away from what it brings, and that the fee stays: that V with
// the fee is at least V without, which is at least V before.
func (e *exchange) leftWhole(j *Judge, m *moment) Verdict {
	const part = "value per BPT"
	in, out := m.actions[0].TokenIn, m.actions[0].TokenOut
	came, had, has := m.moved.In[in].ToBig(), m.before.Balances[in].ToBig(), m.after.Balances[in].ToBig()
	if whole := new(big.Int).Add(had, came); whole.Cmp(has) != 0 {
		return violated("the fee stays", has.String(), whole.String())
	}
	if zeroNumber(m.after.Balances[out]) {
		return violated(part, "a balance of 0", "some value left")
	}
	came.Mul(came, new(big.Int).Sub(one, e.SwapFee.ToBig()))
	had.Mul(had, one)
	weights := []*big.Int{e.Weights[in].ToBig(), e.Weights[out].ToBig()}
	before := []*big.Int{had, m.before.Balances[out].ToBig()}
	after := []*big.Int{new(big.Int).Add(had, came), m.after.Balances[out].ToBig()}
	growth := real.ShareGrowth(weights, before, after, one, one)
	gain := real.Sub(growth, real.Int64(1))
	sign, ok := j.sign(gain, new(big.Int))
	switch {
	case !ok:
		return undecided(part)
	case sign >= 0:
		return holds()
	}
	fall, ok := j.ceil(real.Mul(gain, real.Int64(-domain.One)), 64)
	if !ok {
		return undecided(part)
	}
	return Verdict{Outcome: Violated, Part: part, Excess: fall, Got: "value without the fee times " + j.show(growth), Want: "at least 1"}
}
