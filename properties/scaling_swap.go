package properties

import (
	"math/big"

	"github.com/trueweight/trueweight/properties/domain"
	"github.com/trueweight/trueweight/reference/exact"
	"github.com/trueweight/trueweight/reference/real"
)

var scDir = &Property{
	ID:         "SC-DIR",
	Claim:      "Between raw amounts, every swap rounds against the one who trades, in both kinds, with decimals, rates and fee.",
	Inequality: "raw out ≤ T; raw in ≥ T",
	T: "Bₒ·(1 − (Bᵢ/(Bᵢ + A·(1−fee)))^(wᵢ/wₒ)) and Bᵢ·((Bₒ/(Bₒ − A))^(wₒ/wᵢ) − 1)/(1−fee), in raw units: the swap of the exact scaled amounts, " +
		"from which each token's unit cancels",
	Source: "SPEC, Scaling, fees around a swap, rates; A pool over time",
	Margin: Slack,
	Kinds:  []domain.Kind{domain.KindRawSwap},
	Needs:  []string{"NewPool"},
	check: func(j *Judge, s *Subject, c domain.Case) Verdict {
		t := rawTradeOf(c)
		pool, err := t.pool(s)
		if err != nil {
			return vacuous(err)
		}
		op := domain.SwapGivenIn
		if t.c.GivenOut {
			op = domain.SwapGivenOut
		}
		moved, err := pool.Do(Action{Op: op, TokenIn: 0, TokenOut: 1, Amount: t.c.Amount})
		if err != nil {
			return vacuous(err)
		}
		in, out := itemOf(moved.In, 0), itemOf(moved.Out, 1)
		if t.c.GivenOut {
			return worst(equalWei("the amount given", out, t.amount), j.atLeast(rawAmountPart, in.ToBig(), t.exact()))
		}
		return worst(equalWei("the amount given", in, t.amount), j.atMost(rawAmountPart, out.ToBig(), t.exact()))
	},
}

const rawAmountPart = "raw amount"

// A rawTrade is a swap between tokens with decimals and rates in the integers that formulas are written in.
type rawTrade struct {
	c                                          *domain.RawSwap
	balanceIn, balanceOut, weightIn, weightOut *big.Int
	unitIn, unitOut                            *big.Int // what a raw unit is worth, in 10⁻¹⁸ wei: 10^(18−d)·rate
	amount                                     *big.Int
	feeRest                                    *big.Int // 10¹⁸ − fee; not positive for a fee that no pool has
}

func rawTradeOf(c domain.Case) rawTrade {
	q := c.(*domain.RawSwap)
	weightOut := q.WeightOut()
	return rawTrade{q, q.BalanceIn.ToBig(), q.BalanceOut.ToBig(), q.WeightIn.ToBig(), weightOut.ToBig(),
		productOf(pow10(18-int(q.DecimalsIn)), q.RateIn.ToBig()), productOf(pow10(18-int(q.DecimalsOut)), q.RateOut.ToBig()),
		q.Amount.ToBig(), new(big.Int).Sub(fixedOne, q.Fee.ToBig())}
}

// exact is the T of SC-DIR: of weights, balances and a fee that a pool has.
func (t rawTrade) exact() *real.Expr {
	if !t.c.GivenOut { // in units of 10⁻¹⁸ raw, of which the amount less its fee is a whole number
		return real.OutGivenIn(productOf(t.balanceIn, fixedOne), t.weightIn, t.balanceOut, t.weightOut, productOf(t.amount, t.feeRest))
	}
	in := real.InGivenOut(t.balanceIn, t.weightIn, t.balanceOut, t.weightOut, t.amount)
	if in == nil {
		return nil
	}
	return real.Quo(real.Mul(in, real.Int(fixedOne)), real.Int(t.feeRest))
}

// pool returns the subject's pool in the state of the case. A pool holds at least 10⁶ wei of BPT, and so is made while its
// tokens are worth a million of them or more; then their rates fall to the case's.
func (t rawTrade) pool(s *Subject) (LivePool, error) {
	rules := exact.V2
	if t.c.V3 {
		rules = exact.V3
	}
	pool, err := s.NewPool(PoolConfig{Rules: rules, Kind: domain.LibraryPool, Decimals: []uint8{t.c.DecimalsIn, t.c.DecimalsOut},
		Rates: []num{worthMuch(t.balanceIn, t.c.DecimalsIn), worthMuch(t.balanceOut, t.c.DecimalsOut)}, Weights: []num{t.c.WeightIn, t.c.WeightOut()}, SwapFee: t.c.Fee})
	if err != nil {
		return nil, err
	}
	if _, err = pool.Do(Action{Op: domain.Initialise, Amounts: []num{t.c.BalanceIn, t.c.BalanceOut}}); err != nil {
		return nil, err
	}
	for token, rate := range []num{t.c.RateIn, t.c.RateOut} {
		if _, err = pool.Do(Action{Op: domain.ChangeRate, TokenIn: token, Amount: rate}); err != nil {
			return nil, err
		}
	}
	return pool, nil
}

// worthMuch returns a rate at which a raw balance is worth 10²⁴ wei, or a little more.
func worthMuch(balance *big.Int, decimals uint8) num {
	if balance.Sign() == 0 {
		return *newNum(1)
	}
	return word(ceilQuo(pow10(42), productOf(balance, pow10(18-int(decimals)))))
}

// loadedV2 returns the T of SC-DIR at the amounts that v2 computes with: what the computed amount, by SW-OUT and SW-IN, is on the
// pool's side of. Balances and amounts are rounded down to whole wei; the fee is taken from the raw amount. Nil where there is no such swap. Into a
// balance of 0 an exact amount out costs 0.
func (t rawTrade) loadedV2() *real.Expr {
	load := func(raw, unit *big.Int) *big.Int { return new(big.Int).Quo(productOf(raw, unit), fixedOne) }
	in, out := load(t.balanceIn, t.unitIn), load(t.balanceOut, t.unitOut)
	switch {
	case out.Sign() == 0 || t.feeRest.Sign() <= 0 || in.Sign() == 0 && !t.c.GivenOut:
		return nil
	case in.Sign() == 0:
		return real.Int64(0)
	case !t.c.GivenOut:
		net := new(big.Int).Sub(t.amount, ceilQuo(productOf(t.amount, t.c.Fee.ToBig()), fixedOne))
		paid := real.OutGivenIn(in, t.weightIn, out, t.weightOut, load(net, t.unitIn))
		return real.Mul(paid, ratio(new(big.Rat).SetFrac(fixedOne, t.unitOut)))
	}
	price := real.InGivenOut(in, t.weightIn, out, t.weightOut, load(t.amount, t.unitOut))
	if price == nil {
		return nil
	}
	return real.Mul(price, ratio(new(big.Rat).SetFrac(productOf(fixedOne, fixedOne), productOf(t.unitIn, t.feeRest))))
}

// missedV2 is how far v2's loads move T in favour of the one who trades, in whole raw units, rounded up; 0 where they do not.
//
// The computed raw amount is on the pool's side of T at the loaded amounts: the swap is (SW-OUT, SW-IN), and bringing it back and the fee round against the trader.
// So it passes T by no more than T at the loaded amounts does, and in whole units by no more than that rounded up.
func (t rawTrade) missedV2() *big.Int {
	loaded, exactly := t.loadedV2(), t.exact()
	if loaded == nil || exactly == nil {
		return new(big.Int)
	}
	gain := real.Sub(loaded, exactly)
	if t.c.GivenOut {
		gain = real.Sub(exactly, loaded)
	}
	iv := NewJudge(Enclosures).enclosure(gain, ladder[2])
	if iv.Hi().Sign() <= 0 || iv.Hi().IsInf() {
		return new(big.Int)
	}
	n, accuracy := iv.Hi().Int(nil)
	if accuracy == big.Below {
		n.Add(n, big.NewInt(1))
	}
	return n
}

func (t rawTrade) givenShort() bool  { return t.c.GivenOut && unwhole(t.amount, t.unitOut) }
func (t rawTrade) loadedShort() bool { return unwhole(t.balanceIn, t.unitIn) }

// loadedAsNothing reports whether the balance in is worth less than a wei.
func (t rawTrade) loadedAsNothing() bool {
	return t.balanceIn.Sign() > 0 && productOf(t.balanceIn, t.unitIn).Cmp(fixedOne) < 0
}

// unwhole reports whether raw·unit is no whole number of wei.
func unwhole(raw, unit *big.Int) bool {
	return new(big.Int).Rem(productOf(raw, unit), fixedOne).Sign() != 0
}

func rawSwapV2(c domain.Case, when func(rawTrade) bool) bool {
	q, ok := c.(*domain.RawSwap)
	return ok && !q.V3 && when(rawTradeOf(q))
}
