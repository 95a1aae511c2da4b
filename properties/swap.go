package properties

import (
	"math/big"

	"github.com/trueweight/trueweight/properties/domain"
	"github.com/trueweight/trueweight/reference/real"
)

// SW · swaps. Balances, weights and amounts are those of one trade between two tokens.

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
		out, err := s.OutGivenIn(t.c.BalanceIn, t.c.WeightIn, t.c.BalanceOut, t.c.WeightOut, t.c.Amount)
		if err != nil {
			return vacuous(err)
		}
		return j.atMost("amount out", out.ToBig(), t.exactOut(t.amount))
	},
}

// A trade is a swap case in the integers that formulas are written in.
type trade struct {
	c                                          *domain.Swap
	balanceIn, weightIn, balanceOut, weightOut *big.Int
	amount                                     *big.Int
}

func tradeOf(c domain.Case) trade {
	s := c.(*domain.Swap)
	return trade{s, s.BalanceIn.ToBig(), s.WeightIn.ToBig(), s.BalanceOut.ToBig(), s.WeightOut.ToBig(), s.Amount.ToBig()}
}

// exactOut is the T of SW-OUT for an amount in.
func (t trade) exactOut(amountIn *big.Int) *real.Expr {
	return real.OutGivenIn(t.balanceIn, t.weightIn, t.balanceOut, t.weightOut, amountIn)
}

// exactIn is the T of SW-IN for an amount out.
func (t trade) exactIn(amountOut *big.Int) *real.Expr {
	return real.InGivenOut(t.balanceIn, t.weightIn, t.balanceOut, t.weightOut, amountOut)
}

var sw = []*Property{swOut}

var swPlants = []Plant{
	{"SW-OUT", "a wei too much", func(s *Subject) {
		out := s.OutGivenIn
		s.OutGivenIn = func(bi, wi, bo, wo, a num) (num, error) {
			z, err := out(bi, wi, bo, wo, a)
			z.AddUint64(&z, 1)
			return z, err
		}
	}},
}

var swFindings []*Finding
