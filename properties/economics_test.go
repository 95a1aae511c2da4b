package properties

import (
	"context"
	"math/big"
	"testing"

	"github.com/trueweight/trueweight/properties/domain"
	"github.com/trueweight/trueweight/reference/real"
)

func TestEconomicClaimsHoldOnGeneratedMarkets(t *testing.T) {
	r := (&Campaign{Subject: Impl(), Claims: ec, Seed: 1, Cases: 1200}).Run(context.Background())
	for _, f := range r.Failures {
		t.Error(f)
	}
	for _, a := range r.Alarms {
		t.Error(a)
	}
	for _, c := range r.Evidence.Claims {
		if c.Tightest != nil && !c.Tightest.Tight {
			t.Errorf("%s: the closest uses %s of its band: the band is not tight", c.ID, c.Tightest.Margin)
		}
	}
}

// eachExchange lets arbitrageurs trade in drawn markets.
func eachExchange(t *testing.T, cases uint64, do func(*exchange)) {
	t.Helper()
	for i := range cases {
		if e, err := exchangeOf(Impl(), domain.At(1, domain.KindMarket, i).(*domain.Market)); err == nil {
			do(e)
		}
	}
}

func TestEveryTradeOfAnArbitrageurTakesValueOutOfThePool(t *testing.T) {
	trades := 0
	eachExchange(t, 300, func(e *exchange) {
		for _, trade := range e.end.Trades {
			trades++
			if e.prices.Value(trade.After.Balances).Cmp(e.prices.Value(trade.Before.Balances)) >= 0 {
				t.Fatalf("%s gains nothing: %s", trade.Action.describe(), domain.MarshalJSON(e.Market))
			}
		}
	})
	if trades < 1000 {
		t.Errorf("%d trades in 300 markets", trades)
	}
}

func TestAnArbitrageurLeavesNoUnitTradeThatGains(t *testing.T) {
	unsettled := 0
	eachExchange(t, 300, func(e *exchange) {
		if !e.end.Settled {
			unsettled++
			return
		}
		for in := range e.Weights {
			for out := range e.Weights {
				moved, err := e.end.Pool.Clone().Do(Action{Op: domain.SwapGivenIn, TokenIn: in, TokenOut: out, Amount: e.Units[in]})
				if err == nil && e.prices.Value(moved.Out).Cmp(e.prices.Value(moved.In)) > 0 {
					t.Fatalf("a unit of token %d for token %d gains: %s", in, out, domain.MarshalJSON(e.Market))
				}
			}
		}
	})
	if unsettled > 3 {
		t.Errorf("%d of 300 markets are unsettled after %d trades", unsettled, mostTrades)
	}
}

func TestArbitrageLeavesTheGivenPoolAlone(t *testing.T) {
	eachExchange(t, 50, func(e *exchange) {
		if now := e.pool.Snapshot(); !now.Equal(&e.opened) {
			t.Fatalf("%s became %s", describeState(&e.opened), describeState(&now))
		}
	})
}

// The two rational bounds of the band are on their sides of the powers that they stand for.
func TestTheBandsBoundsAreOnTheirSides(t *testing.T) {
	j, met := NewJudge(Enclosures), 0
	for i := range uint64(4000) {
		c := domain.At(1, domain.KindSwapIn, i)
		swap := tradeOf(c)
		if !c.PoolValid() || swap.amount.Sign() == 0 || productOf(swap.amount, big.NewInt(10)).Cmp(productOf(swap.balanceIn, big.NewInt(3))) > 0 {
			continue
		}
		met++
		least := leastPart(swap.amount, swap.balanceIn, swap.weightIn, swap.weightOut)
		part := real.Quo(swap.exact(swap.amount), real.Int(swap.balanceOut))
		if v := j.within("κ", ratio(least), part); v.Outcome != Holds {
			t.Fatalf("κ is above the part: %v: %s", v, domain.MarshalJSON(c))
		}
		most := swapLossMost(swap.amount, swap.balanceIn, swap.weightIn, swap.weightOut)
		loss := real.Sub(swap.loss(), finalRounding)
		if v := j.within("ε", loss, real.Mul(ratio(most), real.Int(swap.balanceOut))); v.Outcome != Holds {
			t.Fatalf("ε is below SW-LOSS's bound: %v: %s", v, domain.MarshalJSON(c))
		}
	}
	if met < 1000 {
		t.Errorf("%d swaps", met)
	}
}

// Two tokens, half and half: V² is the product of the balances, and the pool is worth 2·V·√(p₁·p₂) at least.
func TestTiesOfTradesAndValuesHoldAndAUnitBeyondDoesNot(t *testing.T) {
	half, whole := *newNum(domain.One / 2), *newNum(domain.One)
	list := func(a, b uint64) []num { return []num{*newNum(a), *newNum(b)} }
	c := &domain.Market{PoolKind: domain.LibraryPool, Decimals: list(18, 18), Rates: []num{whole, whole}, Weights: []num{half, half},
		Prices: []num{whole, whole}, Units: list(1, 1), Balances: list(1e12, 1e12)}
	e := &exchange{Market: c, config: configOf(c.Opening()), prices: &Market{[]uint8{18, 18}, c.Prices, c.Units}}
	j := NewJudge(Enclosures)
	for paid, want := range map[uint64]Outcome{49: Holds, 50: Holds, 51: Violated} {
		m := &moment{actions: []Action{{TokenOut: 1}}, moved: Moved{In: list(100, 0), Out: list(0, paid)},
			before: Snapshot{Balances: list(100, 100)}, after: Snapshot{Balances: list(200, 100-paid)}}
		if v := e.leftWhole(j, m); v.Outcome != want {
			t.Errorf("100 for %d out of 100 and 100: %v", paid, v.Outcome)
		}
	}
	unit := j.enclosure(e.priceOfInvariant(), ladder[0])
	for invariant, want := range map[uint64]Outcome{1e12 - 1: Holds, 1e12: Holds, 1e12 + 1: Violated} {
		s := &Subject{InvariantDown: func(_, _ []num) (num, error) { return *newNum(invariant), nil }}
		if v := e.worthItsInvariant(j, s, unit, &Snapshot{Balances: c.Balances, Rates: c.Rates}); v.Outcome != want {
			t.Errorf("an invariant of %d: %v %s %s", invariant, v.Outcome, v.Got, v.Want)
		}
	}
}
