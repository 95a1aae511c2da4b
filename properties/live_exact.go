package properties

import (
	"math/big"

	"github.com/trueweight/trueweight/properties/domain"
	"github.com/trueweight/trueweight/reference/exact"
)

// exactPool is the specification's pool, under the rules of its config.
type exactPool struct{ *exact.PoolState }

func newExactPool(c PoolConfig) (LivePool, error) {
	pool, err := exact.NewPool(exact.PoolConfig{
		Rules: c.Rules, Kind: exact.PoolKind(c.Kind), Decimals: c.Decimals, Rates: bigs(c.Rates), Weights: bigs(c.Weights),
		SwapFee: c.SwapFee.ToBig(), ProtocolFee: c.ProtocolFee.ToBig(), Clock: c.Clock.ToBig(),
	})
	if err != nil {
		return nil, err
	}
	return exactPool{pool}, nil
}

func (p exactPool) Clone() LivePool { return exactPool{p.PoolState.Clone()} }

func (p exactPool) Do(a Action) (Moved, error) { return movedBy(p.operation(a)) }

func (p exactPool) operation(a Action) (exact.PoolResult, error) {
	amount := a.Amount.ToBig()
	switch a.Op {
	case domain.Initialise:
		return p.Initialise(bigs(a.Amounts))
	case domain.SwapGivenIn, domain.SwapGivenOut:
		return p.Swap(exactSwap(a))
	case domain.JoinExactTokens:
		return p.JoinExactTokens(bigs(a.Amounts))
	case domain.JoinExactToken:
		return p.JoinExactToken(a.TokenIn, amount)
	case domain.JoinForBptOneToken:
		return p.JoinForBptOneToken(a.TokenIn, amount)
	case domain.JoinForBptProportional:
		return p.JoinForBptProportional(amount)
	case domain.ExitExactTokens:
		return p.ExitExactTokens(bigs(a.Amounts))
	case domain.ExitExactToken:
		return p.ExitExactToken(a.TokenOut, amount)
	case domain.ExitBptForOneToken:
		return p.ExitBptForOneToken(a.TokenOut, amount)
	case domain.ExitBptProportional:
		return p.ExitBptProportional(amount)
	case domain.Donate:
		return p.Donate(a.TokenIn, amount)
	case domain.AdvanceClock:
		return p.AdvanceClock(amount)
	case domain.ChangeWeights:
		return p.ChangeWeights(a.Start.ToBig(), a.End.ToBig(), bigs(a.Amounts))
	case domain.ChangeRate:
		return p.ChangeRate(a.TokenIn, amount)
	case domain.CollectProtocolFees:
		return p.Collect()
	}
	panic(harnessFault("no operation is called " + a.Op.String()))
}

func (p exactPool) Batch(swaps []Action) (Moved, error) {
	list := make([]exact.PoolSwap, len(swaps))
	for i := range swaps {
		list[i] = exactSwap(swaps[i])
	}
	return movedBy(p.BatchSwap(list))
}

func exactSwap(a Action) exact.PoolSwap {
	return exact.PoolSwap{GivenOut: a.Op == domain.SwapGivenOut, In: a.TokenIn, Out: a.TokenOut, Amount: a.Amount.ToBig()}
}

func movedBy(r exact.PoolResult, err error) (Moved, error) {
	if err != nil {
		return Moved{}, err
	}
	return Moved{In: wordsOf(r.AmountsIn), Out: wordsOf(r.AmountsOut), ProtocolOut: wordsOf(r.ProtocolOut),
		BptIn: word(r.BptIn), BptOut: word(r.BptOut), ProtocolBpt: word(r.ProtocolBpt)}, nil
}

func (p exactPool) Snapshot() Snapshot {
	s := p.PoolState.Snapshot()
	return Snapshot{
		Balances: wordsOf(s.Balances), SetAside: wordsOf(s.SetAside), Rates: wordsOf(s.Rates), Weights: wordsOf(s.Weights),
		Supply: word(s.Supply), Clock: word(s.Clock),
		StartTime: word(s.StartTime), EndTime: word(s.EndTime), StartWeights: wordsOf(s.StartWeights), EndWeights: wordsOf(s.EndWeights),
		LastInvariant: word(s.LastInvariant), LastSupply: word(s.LastSupply),
	}
}

// word brings an exact integer to 256 bits, where it fits.
func word(n *big.Int) num {
	z, _ := result(n, nil)
	return z
}
