package properties

import (
	"math/big"

	"github.com/trueweight/trueweight/properties/domain"
	"github.com/trueweight/trueweight/reference/real"
)

// SW · swaps. Balances, weights and amounts are those of one trade between two tokens of a pool.
//
// The claims are about balances of at least 1 wei. What a zero balance does is stated by SW-ZERO;
// the other claims judge it wherever a swap succeeds on it.

var swOut = &Property{
	ID:         "SW-OUT",
	Claim:      "A swap never pays more than the exact amount.",
	Inequality: "outGivenIn(bᵢ, wᵢ, bₒ, wₒ, a) ≤ T",
	T:          "bₒ·(1 − (bᵢ/(bᵢ + a))^(wᵢ/wₒ))",
	Source:     "SPEC, outGivenIn",
	Margin:     Slack,
	Kinds:      []domain.Kind{domain.KindSwapIn},
	Needs:      []string{"OutGivenIn"},
	check: func(j *Judge, s *Subject, c domain.Case) Verdict {
		t := tradeOf(c)
		out, err := t.ask(s, t.c.Amount)
		if err != nil {
			return vacuous(err)
		}
		return j.atMost("amount out", out.ToBig(), t.exactOut(t.amount))
	},
}

var swIn = &Property{
	ID:         "SW-IN",
	Claim:      "A swap never asks for less than the exact amount.",
	Inequality: "inGivenOut(bᵢ, wᵢ, bₒ, wₒ, a) ≥ T",
	T:          "bᵢ·((bₒ/(bₒ − a))^(wₒ/wᵢ) − 1)",
	Source:     "SPEC, inGivenOut",
	Margin:     Slack,
	Kinds:      []domain.Kind{domain.KindSwapOut},
	Needs:      []string{"InGivenOut"},
	check: func(j *Judge, s *Subject, c domain.Case) Verdict {
		t := tradeOf(c)
		in, err := t.ask(s, t.c.Amount)
		if err != nil {
			return vacuous(err)
		}
		return j.atLeast("amount in", in.ToBig(), t.exactIn(t.amount))
	},
}

// bothSwaps are the kinds, and tradeNeeds the operations, of claims about trades of either kind.
var (
	bothSwaps  = []domain.Kind{domain.KindSwapIn, domain.KindSwapOut}
	tradeNeeds = []string{"OutGivenIn", "InGivenOut"}
)

// A trade is a swap case in the integers that formulas are written in.
type trade struct {
	c                                          *domain.Swap
	balanceIn, weightIn, balanceOut, weightOut *big.Int
	amount                                     *big.Int
}

func tradeOf(c domain.Case) trade { return tradeFrom(c.(*domain.Swap)) }

func tradeFrom(s *domain.Swap) trade {
	return trade{s, s.BalanceIn.ToBig(), s.WeightIn.ToBig(), s.BalanceOut.ToBig(), s.WeightOut.ToBig(), s.Amount.ToBig()}
}

// ask asks for an amount of the trade: what is paid for it, or what it costs.
func (t trade) ask(s *Subject, amount num) (num, error) {
	if t.c.GivenOut {
		return s.InGivenOut(t.c.BalanceIn, t.c.WeightIn, t.c.BalanceOut, t.c.WeightOut, amount)
	}
	return s.OutGivenIn(t.c.BalanceIn, t.c.WeightIn, t.c.BalanceOut, t.c.WeightOut, amount)
}

// legs returns what the pool receives and pays when it answers ask(amount).
func (t trade) legs(amount, answer num) (in, out num) {
	if t.c.GivenOut {
		return answer, amount
	}
	return amount, answer
}

// moved returns the trade's pool after it has received in and paid out. It has no such state
// (ok is false) when the pool pays more than it holds, or holds 2²⁵⁶ wei.
func (t trade) moved(in, out num) (after domain.Swap, ok bool) {
	after = *t.c
	_, overflow := after.BalanceIn.AddOverflow(&after.BalanceIn, &in)
	_, underflow := after.BalanceOut.SubOverflow(&after.BalanceOut, &out)
	return after, !overflow && !underflow
}

// exact is the T of the trade's kind for an amount; nil where no exact value exists.
func (t trade) exact(amount *big.Int) *real.Expr {
	if t.c.GivenOut {
		return t.exactIn(amount)
	}
	return t.exactOut(amount)
}

// exactOut is the T of SW-OUT for an amount in: nil for an empty pool and for a weight out of 0,
// where the formula divides by 0.
func (t trade) exactOut(amountIn *big.Int) *real.Expr {
	if t.weightOut.Sign() == 0 || t.balanceIn.Sign() == 0 && amountIn.Sign() == 0 {
		return nil
	}
	return real.OutGivenIn(t.balanceIn, t.weightIn, t.balanceOut, t.weightOut, amountIn)
}

// exactIn is the T of SW-IN for an amount out: nil for the whole balance out and for a weight in of 0.
func (t trade) exactIn(amountOut *big.Int) *real.Expr {
	if t.weightIn.Sign() == 0 {
		return nil
	}
	return real.InGivenOut(t.balanceIn, t.weightIn, t.balanceOut, t.weightOut, amountOut)
}

// ordered judges less ≤ more between whole numbers of wei, with their distance as slack. got
// is the side that the subject answered.
func ordered(part string, less, more, got *big.Int) Verdict {
	slack := new(big.Int).Sub(more, less)
	if slack.Sign() >= 0 {
		return Verdict{Outcome: Holds, Margin: slackOf(slack)}
	}
	v := violated(part, got.String(), "at most "+more.String())
	if got == more {
		v.Want = "at least " + less.String()
	}
	v.Margin, v.Excess = slackOf(slack), new(big.Int).Neg(slack)
	return v
}

var sw = []*Property{swOut, swIn, swLoss, swInv, swZero, swRoundTrip, swSplit, swMono, swSpot, swLimit, sw5050, swFee, swStep, swCharge, swPool}

var swFindings = swZeroFindings
