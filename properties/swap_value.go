package properties

import (
	"math/big"

	"github.com/trueweight/trueweight/properties/domain"
	"github.com/trueweight/trueweight/reference/real"
)

var swInv = &Property{
	ID:         "SW-INV",
	Claim:      "The true invariant never falls in a swap, without fee and with the case's fee, which stays in the pool.",
	Inequality: "Π (afterᵢ/beforeᵢ)^wᵢ ≥ 1",
	T:          "V = Π bᵢ^wᵢ of the balances after ÷ V of the balances before",
	Source:     "SPEC, outGivenIn, inGivenOut; Scaling, fees around a swap",
	Kinds:      bothSwaps,
	Needs:      tradeNeeds,
	check: func(j *Judge, s *Subject, c domain.Case) Verdict {
		t := tradeOf(c)
		answer, err := t.ask(s, t.c.Amount)
		if err != nil {
			return vacuous(err)
		}
		in, out := t.legs(t.c.Amount, answer)
		v := t.keepsValue(j, "without fee", in, out)
		switch {
		case t.c.Fee.IsZero() || v.Outcome == Violated:
			return v
		case t.c.GivenOut:
			return worst(v, t.grossKeepsValue(j, s, in))
		default:
			return worst(v, t.netKeepsValue(j, s))
		}
	},
}

// netKeepsValue judges the trade of an amount in less its fee: the pool keeps the whole amount.
func (t trade) netKeepsValue(j *Judge, s *Subject) Verdict {
	if s.AmountInLessFee == nil {
		return Verdict{Outcome: Vacuous}
	}
	net, err := s.AmountInLessFee(t.c.Amount, t.c.Fee)
	if err != nil {
		return vacuous(err)
	}
	out, err := t.ask(s, net)
	if err != nil {
		return vacuous(err)
	}
	return t.keepsValue(j, "with the fee", t.c.Amount, out)
}

// grossKeepsValue judges the trade of an amount out whose price and fee the pool receives.
func (t trade) grossKeepsValue(j *Judge, s *Subject, in num) Verdict {
	v, judged := Verdict{Outcome: Vacuous}, in
	for _, plusFee := range []func(amount, fee num) (num, error){s.AmountInPlusFeeV2, s.AmountInPlusFeeV3} {
		if plusFee == nil {
			continue
		}
		gross, err := plusFee(in, t.c.Fee)
		if err != nil || v.Outcome == Holds && gross.Eq(&judged) {
			continue
		}
		judged = gross
		v = worst(v, t.keepsValue(j, "with the fee", gross, t.c.Amount))
	}
	return v
}

// keepsValue judges that a pool that receives in and pays out is worth no less than before.
func (t trade) keepsValue(j *Judge, part string, in, out num) Verdict {
	afterIn := new(big.Int).Add(t.balanceIn, in.ToBig())
	afterOut := new(big.Int).Sub(t.balanceOut, out.ToBig())
	switch {
	case afterOut.Sign() < 0:
		return violated(part, "pays "+out.Dec(), "at most the balance, "+t.balanceOut.String())
	case out.IsZero() || t.weightOut.Sign() == 0:
		return holds() // nothing of weight leaves the pool
	case t.balanceIn.Sign() == 0 && t.weightIn.Sign() > 0:
		return holds() // it was worth nothing before
	case afterOut.Sign() == 0 || t.balanceIn.Sign() == 0:
		return violated(part, "pays "+out.Dec(), "less: the pool is worth nothing after it")
	}
	sign, ok := j.growthSign(t.weightIn, afterIn, t.balanceIn, t.weightOut, afterOut, t.balanceOut)
	switch {
	case !ok:
		return undecided(part)
	case sign < 0:
		return violated(part, "takes "+in.Dec()+" and pays "+out.Dec(), "no lower invariant")
	}
	return holds()
}

// growthSign returns the sign of (a/b)^v·(c/d)^w − 1, or of any root of the product, for positive a, b, c, d. An enclosure of its
// logarithm decides nearly always, at the first precision and without the power. What is close is decided on the power, as equality
// is; and so is everything in the other arithmetic, which knows its errors relative to the result, and a sum near 0 has no such bound.
func (j *Judge) growthSign(v, a, b, w, c, d *big.Int) (sign int, decided bool) {
	total := new(big.Int).Add(v, w)
	growth := real.Mul(
		real.Pow(real.Quo(real.Int(a), real.Int(b)), real.Quo(real.Int(v), real.Int(total))),
		real.Pow(real.Quo(real.Int(c), real.Int(d)), real.Quo(real.Int(w), real.Int(total))))
	if j.model == Points {
		return j.sign(growth, big.NewInt(1))
	}
	sum := real.Add(
		real.Mul(real.Int(v), real.Log(real.Quo(real.Int(a), real.Int(b)))),
		real.Mul(real.Int(w), real.Log(real.Quo(real.Int(c), real.Int(d)))))
	iv := j.enclosure(sum, ladder[0])
	switch {
	case iv.Lo().Sign() > 0:
		return 1, true
	case iv.Hi().Sign() < 0:
		return -1, true
	}
	return j.sign(growth, big.NewInt(1))
}
