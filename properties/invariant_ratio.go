package properties

import (
	"math/big"

	"github.com/trueweight/trueweight/properties/domain"
	"github.com/trueweight/trueweight/reference/real"
)

var inRatio = &Property{
	ID: "IN-RATIO",
	Claim: "The balance at which the invariant is a ratio of what it is, is never below the exact one, and each rounding between its inputs, its power and it is one, of the exact quotient, that makes it no smaller. " +
		"It has an answer exactly where these have values: never for a weight of 0.",
	Inequality: "T ≤ balance = ⌈b·p⌉, p = powUp(R, e), e = ⌈1/w⌉ for R > 1 and ⌊1/w⌋ for R < 1, powUp the subject's own",
	T:          "b·R^(1/w)",
	Source:     "SPEC, balanceGivenInvariantRatio",
	Margin:     Slack,
	Kinds:      onRatio,
	Needs:      []string{"BalanceGivenInvariantRatio", "PowUp"},
	check: func(j *Judge, s *Subject, c domain.Case) Verdict {
		r := c.(*domain.Ratio)
		balance, weight, ratio := r.Balance.ToBig(), r.Weight.ToBig(), r.Ratio.ToBig()
		k := &contract{s: s}
		want := k.balanceAt(balance, weight, ratio)
		got, err := s.BalanceGivenInvariantRatio(r.Balance, r.Weight, r.Ratio)
		v := k.judge("roundings", []num{got}, err, want)
		if v.Outcome != Holds || err != nil {
			return v
		}
		t := real.Mul(real.Int(balance), real.Pow(real.Fixed(ratio), real.Quo(real.Int(fixedOne), real.Int(weight))))
		return j.atLeast("balance", got.ToBig(), t)
	},
}

// balanceAt returns what the contract says of the balance at a ratio.
func (k *contract) balanceAt(balance, weight, ratio *big.Int) *big.Int {
	exponent := k.divDown(fixedOne, weight)
	if ratio.Cmp(fixedOne) > 0 {
		exponent = k.divUp(fixedOne, weight)
	}
	return k.mulUp(balance, k.power(k.s.PowUp, ratio, exponent))
}
