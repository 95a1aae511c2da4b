package properties

import (
	"github.com/trueweight/trueweight/impl/pool"
	"github.com/trueweight/trueweight/impl/weighted"
	"github.com/trueweight/trueweight/properties/domain"
)

// implPool is the production code's pool.
type implPool struct{ *pool.Pool }

func newImplPool(c PoolConfig) (LivePool, error) {
	p, err := pool.New(pool.Config{Rules: pool.Rules(c.Rules), Kind: pool.Kind(c.Kind), Decimals: c.Decimals, Rates: c.Rates, Weights: c.Weights,
		SwapFee: c.SwapFee, ProtocolFee: c.ProtocolFee, Clock: c.Clock})
	if err != nil {
		return nil, err
	}
	return implPool{p}, nil
}

func (p implPool) Clone() LivePool { return implPool{p.Pool.Clone()} }

func (p implPool) Do(a Action) (m Moved, err error) {
	n := p.Tokens()
	switch a.Op {
	case domain.Initialise:
		m.In = a.Amounts
		m.BptOut, err = p.Initialise(a.Amounts)
	case domain.SwapGivenIn:
		var out num
		out, err = p.Swap(weighted.GivenIn, a.TokenIn, a.TokenOut, a.Amount)
		m.In, m.Out = only(n, a.TokenIn, a.Amount), only(n, a.TokenOut, out)
	case domain.SwapGivenOut:
		var in num
		in, err = p.Swap(weighted.GivenOut, a.TokenIn, a.TokenOut, a.Amount)
		m.In, m.Out = only(n, a.TokenIn, in), only(n, a.TokenOut, a.Amount)
	case domain.JoinExactTokens:
		m.In = a.Amounts
		m.BptOut, err = p.JoinExactTokens(a.Amounts)
	case domain.JoinExactToken:
		m.In = only(n, a.TokenIn, a.Amount)
		m.BptOut, err = p.JoinExactToken(a.TokenIn, a.Amount)
	case domain.JoinForBptOneToken:
		var in num
		in, err = p.JoinForBptOneToken(a.TokenIn, a.Amount)
		m.In, m.BptOut = only(n, a.TokenIn, in), a.Amount
	case domain.JoinForBptProportional:
		m.In, m.BptOut = make([]num, n), a.Amount
		err = p.JoinForBptProportional(m.In, a.Amount)
	case domain.ExitExactTokens:
		m.Out = a.Amounts
		m.BptIn, err = p.ExitExactTokens(a.Amounts)
	case domain.ExitExactToken:
		m.Out = only(n, a.TokenOut, a.Amount)
		m.BptIn, err = p.ExitExactToken(a.TokenOut, a.Amount)
	case domain.ExitBptForOneToken:
		var out num
		out, err = p.ExitBptForOneToken(a.TokenOut, a.Amount)
		m.Out, m.BptIn = only(n, a.TokenOut, out), a.Amount
	case domain.ExitBptProportional:
		m.Out, m.BptIn = make([]num, n), a.Amount
		err = p.ExitBptProportional(m.Out, a.Amount)
	case domain.Donate:
		m.In = only(n, a.TokenIn, a.Amount)
		err = p.Donate(a.TokenIn, a.Amount)
	case domain.AdvanceClock:
		err = p.Advance(a.Amount)
	case domain.ChangeWeights:
		err = p.ChangeWeights(a.Start, a.End, a.Amounts)
	case domain.ChangeRate:
		err = p.ChangeRate(a.TokenIn, a.Amount)
	case domain.CollectProtocolFees:
		m.ProtocolOut = make([]num, n)
		m.ProtocolBpt, err = p.Collect(m.ProtocolOut)
	default:
		panic(harnessFault("no operation is called " + a.Op.String()))
	}
	if err != nil {
		return Moved{}, err
	}
	return m, nil
}

func (p implPool) Batch(swaps []Action) (Moved, error) {
	hops, flows := make([]pool.Hop, len(swaps)), make([]pool.Flow, p.Tokens())
	for i, a := range swaps {
		hops[i] = pool.Hop{Kind: weighted.SwapKind(a.Op == domain.SwapGivenOut), In: a.TokenIn, Out: a.TokenOut, Amount: a.Amount}
	}
	if err := p.BatchSwap(flows, hops); err != nil {
		return Moved{}, err
	}
	m := Moved{In: make([]num, len(flows)), Out: make([]num, len(flows))}
	for i, f := range flows {
		m.In[i], m.Out[i] = f.In, f.Out
	}
	return m, nil
}

func (p implPool) Snapshot() Snapshot {
	s := p.Pool.Snapshot()
	return Snapshot{
		Balances: s.Balances, SetAside: s.SetAside, Rates: s.Rates, Weights: s.Weights, Supply: s.Supply, Clock: s.Clock,
		StartTime: s.StartTime, EndTime: s.EndTime, StartWeights: s.StartWeights, EndWeights: s.EndWeights,
		LastInvariant: s.LastInvariant, LastSupply: s.LastSupply,
	}
}

// only is a list for n tokens with one amount in it.
func only(n, token int, amount num) []num {
	list := make([]num, n)
	if token < n {
		list[token] = amount
	}
	return list
}
