package properties

import (
	"math/big"
	"slices"

	"github.com/trueweight/trueweight/properties/domain"
	"github.com/trueweight/trueweight/reference/exact"
	"github.com/trueweight/trueweight/reference/real"
)

var swSpot = &Property{
	ID:         "SW-SPOT",
	Claim:      "The computed price is never better than the exact one, the exact price never better than the spot price before the trade, and the exact price gets worse as the trade grows.",
	Inequality: "exact-in: out ≤ T(a) ≤ a·(bₒ·wᵢ)/(bᵢ·wₒ) and T(p)·a ≥ T(a)·p for p ≤ a; exact-out: in ≥ T(a) ≥ a·(bᵢ·wₒ)/(bₒ·wᵢ) and T(p)·a ≤ T(a)·p",
	T:          "that of SW-OUT and SW-IN, for the amount a and its piece p",
	Source:     "Balancer whitepaper, Spot Price",
	Margin:     Slack,
	Kinds:      bothSwaps,
	Needs:      tradeNeeds,
	ImpliedBy:  "SW-OUT",
	check: func(j *Judge, s *Subject, c domain.Case) Verdict {
		t := tradeOf(c)
		answer, err := t.ask(s, t.c.Amount)
		if err != nil {
			return vacuous(err)
		}
		exact := t.exact(t.amount)
		if exact == nil {
			return violated("computed price", answer.Dec(), "a failure: no exact value exists")
		}
		var computed Verdict
		if t.c.GivenOut {
			computed = j.atLeast("computed price", answer.ToBig(), exact)
		} else {
			computed = j.atMost("computed price", answer.ToBig(), exact)
		}
		return worst(computed, t.spotBounds(j, exact), t.impactGrows(j, exact))
	},
}

// spotBounds judges T(a) against a at the spot price.
//
// 1 − (1 + u)^−η ≤ η·u and (1 − u)^−η − 1 ≥ η·u for u, η ≥ 0: a convex function is above its tangent.
func (t trade) spotBounds(j *Judge, exact *real.Expr) Verdict {
	numerator, denominator := productOf(t.amount, t.balanceOut, t.weightIn), productOf(t.balanceIn, t.weightOut)
	if t.c.GivenOut {
		numerator, denominator = productOf(t.amount, t.balanceIn, t.weightOut), productOf(t.balanceOut, t.weightIn)
	}
	if denominator.Sign() == 0 {
		return Verdict{Outcome: Vacuous} // there is no price before the trade
	}
	spot := real.Quo(real.Int(numerator), real.Int(denominator))
	return t.notBetter(j, "spot price", exact, spot)
}

// impactGrows judges T(a) against a at the price of the piece.
func (t trade) impactGrows(j *Judge, exact *real.Expr) Verdict {
	piece := t.c.Piece.ToBig()
	if piece.Sign() == 0 || piece.Cmp(t.amount) >= 0 {
		return Verdict{Outcome: Vacuous}
	}
	atPiecePrice := real.Quo(real.Mul(t.exact(piece), real.Int(t.amount)), real.Int(piece))
	return t.notBetter(j, "price impact", exact, atPiecePrice)
}

// notBetter judges that T is no better for the trader than another exact amount: at most that out, at least that in.
func (t trade) notBetter(j *Judge, part string, exact, other *real.Expr) Verdict {
	better, worse := exact, other
	if t.c.GivenOut {
		better, worse = other, exact
	}
	sign, ok := j.sign(real.Sub(worse, better), new(big.Int))
	switch {
	case !ok:
		return undecided(part)
	case sign < 0:
		return violated(part, "T = "+j.show(exact), "no better than "+j.show(other))
	}
	return holds()
}

var swLimit = &Property{
	ID:         "SW-LIMIT",
	Claim:      "An amount of exactly ⌊0.3·balance⌋ is accepted and one wei more fails with the limit's own failure; a pool's swap within the limit succeeds; what is paid is less than the balance.",
	Inequality: "L = ⌊3·b/10⌋: swap(L) does not fail as beyond the limit, swap(L + 1) does; out < bₒ",
	T:          "⌊3·b/10⌋ of the balance that the amount is part of",
	Source:     "SPEC, outGivenIn, inGivenOut",
	Kinds:      bothSwaps,
	Needs:      tradeNeeds,
	check: func(_ *Judge, s *Subject, c domain.Case) Verdict {
		t := tradeOf(c)
		traded := t.c.Traded()
		product := productOf(traded.ToBig(), big.NewInt(3e17))
		if product.BitLen() > 256 {
			_, err := t.ask(s, t.c.Amount)
			return vacuous(err) // mulDown fails before the limit is known
		}
		limit := *new(num)
		limit.SetFromBig(product.Quo(product, fixedOne))
		return worst(t.withinLimit(s, limit), t.beyondLimit(s, limit))
	},
}

// limitFailures are the limit's own failures.
func (t trade) limitFailures() map[exact.Rules]string {
	if t.c.GivenOut {
		return map[exact.Rules]string{exact.V2: "BAL#305", exact.V3: "MaxOutRatio"}
	}
	return map[exact.Rules]string{exact.V2: "BAL#304", exact.V3: "MaxInRatio"}
}

// failsBeyond reports whether an error says that an amount is beyond the limit, under every version judged.
func (t trade) failsBeyond(s *Subject, err error) bool {
	return err != nil && (s.Profile.Failures == OnlyThat || !slices.ContainsFunc(s.rules(), func(r exact.Rules) bool {
		return failureName(err, r) != t.limitFailures()[r]
	}))
}

func (t trade) withinLimit(s *Subject, limit num) Verdict {
	answer, err := t.ask(s, limit)
	switch {
	case err != nil && t.c.PoolValid():
		return violated("the limit is accepted", failureLabel(err), "an answer: a pool's trade within the limit")
	case err != nil && s.Profile.Failures == OnlyThat:
		return vacuous(err) // nameless failures don't say whether it is the limit
	case err != nil && t.failsBeyond(s, err):
		return violated("the limit is accepted", failureLabel(err), "any other failure, or an answer, for "+limit.Dec())
	case err != nil:
		return Verdict{Outcome: Holds, Failure: failureLabel(err)}
	}
	_, out := t.legs(limit, answer)
	if !out.Lt(&t.c.BalanceOut) && !t.c.BalanceOut.IsZero() {
		return violated("less than the balance is paid", out.Dec(), "less than "+t.c.BalanceOut.Dec())
	}
	return holds()
}

func (t trade) beyondLimit(s *Subject, limit num) Verdict {
	limit.AddUint64(&limit, 1)
	answer, err := t.ask(s, limit)
	switch {
	case err == nil:
		return violated("a wei beyond the limit fails", answer.Dec(), "a failure for "+limit.Dec())
	case !t.failsBeyond(s, err):
		return violated("a wei beyond the limit fails", failureLabel(err), "the limit's own failure, for "+limit.Dec())
	}
	return holds()
}

var sw5050 = &Property{
	ID:    "SW-5050",
	Claim: "At equal weights a swap keeps x·y ≥ k, and misses the exact amount by no more than one wei and what the base's rounding costs.",
	Inequality: "exact-in: (bᵢ + a)·(bₒ − out) ≥ bᵢ·bₒ and T − out ≤ bₒ·(x − β) + 1 − 10⁻¹⁸, with β = bᵢ/(bᵢ + a) rounded up to x; " +
		"exact-out: (bᵢ + in)·(bₒ − a) ≥ bᵢ·bₒ and in − T ≤ bᵢ·(x − β) + 1 − 10⁻¹⁸, with β = bₒ/(bₒ − a)",
	T:      "bₒ·a/(bᵢ + a), resp. bᵢ·a/(bₒ − a): the case's balances and amount with both weights ½, in integers",
	Source: "SPEC, outGivenIn, inGivenOut: the exponent is 1 and powUp(x, 1) = x",
	Margin: Ratio,
	Kinds:  bothSwaps,
	Needs:  tradeNeeds,
	check: func(_ *Judge, s *Subject, c domain.Case) Verdict {
		even := *c.(*domain.Swap)
		even.WeightIn.SetUint64(domain.One / 2)
		even.WeightOut = even.WeightIn
		t := tradeFrom(&even)
		answer, err := t.ask(s, t.c.Amount)
		if err != nil {
			return vacuous(err)
		}
		return t.constantProduct(answer.ToBig())
	},
}

// constantProduct judges an answer at equal weights, in integers.
//
// Let d = bᵢ + a, resp. bₒ − a: β = n/d, T = B·a/d with B the other balance, and r = x·d − n·10¹⁸ is what rounding the base up adds, times 10¹⁸·d. Both sides of
//
//	|answer − T| ≤ B·r/(10¹⁸·d) + (1 − 10⁻¹⁸)
//
// are multiplied by 10¹⁸·d. (bᵢ + a)·(bₒ − out) ≥ bᵢ·bₒ and its mirror are |answer − T| on the pool's side: B·a − out·d ≥ 0, resp. in·d − B·a ≥ 0.
func (t trade) constantProduct(answer *big.Int) Verdict {
	numerator, d := t.balanceIn, new(big.Int).Add(t.balanceIn, t.amount)
	if t.c.GivenOut {
		numerator, d = t.balanceOut, new(big.Int).Sub(t.balanceOut, t.amount)
	}
	if d.Sign() <= 0 {
		return violated("x·y ≥ k", answer.String(), "a failure: no exact value exists")
	}
	loss := new(big.Int).Sub(productOf(t.other(), t.amount), productOf(answer, d))
	if t.c.GivenOut {
		loss.Neg(loss)
	}
	if loss.Sign() < 0 {
		return violated("x·y ≥ k", answer.String(), "better for the pool: k falls by "+loss.String())
	}
	loss.Mul(loss, fixedOne)
	rounding := new(big.Int).Sub(productOf(t.base(t.amount), d), productOf(numerator, fixedOne))
	allowed := rounding.Mul(rounding, t.other())
	allowed.Add(allowed, productOf(big.NewInt(1e18-1), d))
	if loss.Cmp(allowed) > 0 {
		v := violated("loss", answer.String(), "closer to T")
		v.Excess = ceilQuo(loss.Sub(loss, allowed), productOf(fixedOne, d))
		return v
	}
	return Verdict{Outcome: Holds, Margin: ratioMargin(ceilQuo(productOf(loss, big.NewInt(1e9)), allowed).Uint64())}
}

var swFee = &Property{
	ID:         "SW-FEE",
	Claim:      "The swap fee is a share of the whole amount in, for both kinds and versions, and never undercharges.",
	Inequality: "exact-in: a − net ≥ a·φ; exact-out: gross − in ≥ gross·φ; what is left of gross after the exact-in fee ≥ in",
	T:          "a·φ and in/(1 − φ)",
	Source:     "SPEC, Scaling, fees around a swap",
	Margin:     Slack,
	Kinds:      bothSwaps,
	Needs:      []string{"AmountInLessFee"},
	check: func(_ *Judge, s *Subject, c domain.Case) Verdict {
		t := tradeOf(c)
		fee := t.c.Fee.ToBig()
		v := t.netLeavesFee(s, fee)
		if s.AmountInPlusFeeV2 != nil {
			v = worst(v, t.grossHoldsFee(s, fee, s.AmountInPlusFeeV2))
		}
		if s.AmountInPlusFeeV3 != nil {
			v = worst(v, t.grossHoldsFee(s, fee, s.AmountInPlusFeeV3))
		}
		return v
	},
}

// netLeavesFee judges what is taken from the case's amount as an amount in.
func (t trade) netLeavesFee(s *Subject, fee *big.Int) Verdict {
	net, err := s.AmountInLessFee(t.c.Amount, t.c.Fee)
	if err != nil {
		return vacuous(err)
	}
	charged := new(big.Int).Sub(t.amount, net.ToBig())
	return ordered("exact-in undercharges", ceilQuo(productOf(t.amount, fee), fixedOne), charged, charged)
}

// grossHoldsFee judges what is asked so that the case's amount is left.
func (t trade) grossHoldsFee(s *Subject, fee *big.Int, plusFee func(amount, fee num) (num, error)) Verdict {
	gross, err := plusFee(t.c.Amount, t.c.Fee)
	if err != nil {
		return vacuous(err)
	}
	whole := gross.ToBig()
	charged := new(big.Int).Sub(whole, t.amount)
	v := ordered("exact-out undercharges", ceilQuo(productOf(whole, fee), fixedOne), charged, charged)
	net, err := s.AmountInLessFee(gross, t.c.Fee)
	if err != nil {
		return v
	}
	left := net.ToBig()
	return worst(v, ordered("the two kinds' fees", t.amount, left, left))
}
