package properties

import (
	"math/big"

	"github.com/trueweight/trueweight/properties/domain"
	"github.com/trueweight/trueweight/reference/real"
)

var swLoss = &Property{
	ID:    "SW-LOSS",
	Claim: "A swap misses the exact amount by no more than its roundings and powUp's allowance cost.",
	Inequality: "T − out, resp. in − T ≤ B·(|x̂^ŷ − b^e| + E(x, y)) + 1 − 10⁻¹⁸ wei, with B the balance that is not traded, b^e the exact power, " +
		"x̂ and ŷ its base and exponent moved by one rounding, 10⁻¹⁸, and E powUp's proven excess at the rounded ones",
	T:      "that of SW-OUT and SW-IN",
	Source: "SPEC, outGivenIn, inGivenOut",
	Proof:  "swap_bounds.go, loss",
	Margin: Ratio,
	Kinds:  bothSwaps,
	Needs:  tradeNeeds,
	check: func(j *Judge, s *Subject, c domain.Case) Verdict {
		t := tradeOf(c)
		answer, err := t.ask(s, t.c.Amount)
		if err != nil {
			return vacuous(err)
		}
		exact := t.exact(t.amount)
		if exact == nil {
			return violated("loss", answer.Dec(), "a failure: no exact value exists")
		}
		if t.c.GivenOut {
			return j.within("loss", real.Sub(real.Int(answer.ToBig()), exact), t.loss())
		}
		return j.within("loss", real.Sub(exact, real.Int(answer.ToBig())), t.loss())
	},
}

// loss is how far from T an answer may be, in wei.
//
// Exact-in. Let β = bᵢ/(bᵢ+a) ≤ 1 and η = wᵢ/wₒ, δ = 10⁻¹⁸, and x, y the base rounded up and the exponent rounded down: β ≤ x < β + δ,
// x ≤ 1, η − δ < y ≤ η. With p = powUp(x, y) ≤ x^y + E(x, y), and c(p) = max(0, 1 − p) in multiples of δ,
//
//	out = ⌊bₒ·c(p)⌋ ≥ bₒ·(1 − p) − (1 − δ)
//	T − out ≤ bₒ·(p − β^η) + 1 − δ ≤ bₒ·(x^y − β^η + E(x, y)) + 1 − δ
//
// and x^y ≤ x̂^ŷ for x̂ = min(1, β + δ), ŷ = max(0, η − δ), because x ≤ x̂ ≤ 1 and y ≥ ŷ.
//
// Exact-out. Likewise with γ = bₒ/(bₒ−a) ≥ 1, η = wₒ/wᵢ, both rounded up: in = ⌈bᵢ·(p − 1)⌉ ≤ bᵢ·(p − 1) + 1 − δ, and x^y ≤ x̂^ŷ for x̂ = γ + δ, ŷ = η + δ.
func (t trade) loss() *real.Expr {
	base, exponent := t.power(t.amount)
	movedBase, movedExponent := moved(base, exponent, t.c.GivenOut)
	rounding := real.Sub(real.Pow(ratio(movedBase), ratio(movedExponent)), real.Pow(ratio(base), ratio(exponent)))
	excess := real.Quo(powUpExcessBound(t.base(t.amount), t.exponent()), real.Int(fixedOne))
	return real.Add(real.Mul(real.Int(t.other()), real.Add(rounding, excess)), finalRounding)
}

// moved returns the base and the exponent moved by one whole rounding, as far as it can move them.
func moved(base, exponent *big.Rat, givenOut bool) (*big.Rat, *big.Rat) {
	unit, one := big.NewRat(1, 1e18), big.NewRat(1, 1)
	movedBase := new(big.Rat).Add(base, unit)
	if givenOut {
		return movedBase, new(big.Rat).Add(exponent, unit)
	}
	if movedBase.Cmp(one) > 0 {
		movedBase = one
	}
	movedExponent := new(big.Rat).Sub(exponent, unit)
	if movedExponent.Sign() < 0 {
		movedExponent.SetInt64(0)
	}
	return movedBase, movedExponent
}

// ratio writes a rational number as the quotient that it is.
func ratio(r *big.Rat) *real.Expr { return real.Quo(real.Int(r.Num()), real.Int(r.Denom())) }

// finalRounding is 1 − 10⁻¹⁸: what mulDown and mulUp, whose exact products are multiples of 10⁻¹⁸, round by at most, in wei.
var finalRounding = real.Quo(real.Int64(1e18-1), real.Int64(1e18))

var swMono = &Property{
	ID:    "SW-MONO",
	Claim: "More in never brings less out, more out never costs less, and a higher fee never gets more out or asks for less, but for the proven fall of powUp.",
	Inequality: "a ≤ a' ⇒ answer(a) − answer(a') ≤ B·F + 1 − 10⁻¹⁸ wei if it is positive, with B the balance that is not traded and F powUp's proven fall between the two bases; " +
		"the price with its fee, a whole number of wei, never falls",
	T:      "none: the answers to two amounts, to the two where ln changes its algorithm, and to the fees 0, φ and φ + 10⁻¹⁸, are compared",
	Source: "SPEC, outGivenIn, inGivenOut; Scaling, fees around a swap",
	Margin: Ratio,
	Kinds:  bothSwaps,
	Needs:  tradeNeeds,
	check: func(j *Judge, s *Subject, c domain.Case) Verdict {
		t := tradeOf(c)
		less, more := t.c.Piece, t.c.Amount
		if less.Gt(&more) {
			less, more = more, less
		}
		v := worst(t.neverLess(j, s, "a larger amount", less, more), t.acrossTheChange(j, s))
		if t.c.GivenOut {
			return worst(v, t.priceGrowsWithFee(s))
		}
		return worst(v, t.outFallsWithFee(j, s))
	},
}

// neverLess judges that the answer to an amount is not below the answer to a smaller one, but for the fall.
//
// Both kinds answer with a rounding of B·z, z a multiple of δ = 10⁻¹⁸: exact-in ⌊bₒ·c(p)⌋, whose power p must not grow with the amount, and whose complement
// grows by no more than p falls; exact-out ⌈bᵢ·(p − 1)⌉, whose p must not fall. The base moves with the amount, the exponent does not. So z falls by at most powUp's fall F
// from the base with the smaller power to that with the larger, and ⌊u⌋ − ⌊v⌋ and ⌈u⌉ − ⌈v⌉ are at most u − v + 1 − δ where u − v is a multiple of δ, and ≤ 0 where u ≤ v.
func (t trade) neverLess(j *Judge, s *Subject, part string, less, more num) Verdict {
	first, err := t.ask(s, less)
	if err != nil {
		return vacuous(err)
	}
	second, err := t.ask(s, more)
	if err != nil {
		return vacuous(err)
	}
	if !second.Lt(&first) {
		return Verdict{Outcome: Holds, Margin: ratioMargin(0)}
	}
	if t.exact(less.ToBig()) == nil || t.exact(more.ToBig()) == nil {
		return violated(part, second.Dec(), "a failure: no exact value exists")
	}
	from, to := t.base(more.ToBig()), t.base(less.ToBig())
	if t.c.GivenOut {
		from, to = to, from
	}
	y := t.exponent()
	fall := real.Quo(powUpFallBound(from, y, to, y), real.Int(fixedOne))
	used := new(big.Int).Sub(first.ToBig(), second.ToBig())
	return j.within(part, real.Int(used), real.Add(real.Mul(real.Int(t.other()), fall), finalRounding))
}

// acrossTheChange judges the two amounts, a wei apart, between which ln changes its algorithm: where powUp falls most. Exact-in, the base is
// at most 0.9 from a = ⌈bᵢ/9⌉ on; exact-out, it is at least 1.1 when bₒ·10¹⁸ > (1.1·10¹⁸ − 1)·(bₒ − a).
func (t trade) acrossTheChange(j *Judge, s *Subject) Verdict {
	change := ceilQuo(t.balanceIn, big.NewInt(9))
	if t.c.GivenOut {
		change = ceilQuo(productOf(t.balanceOut, fixedOne), big.NewInt(1.1e18-1))
		change.Sub(t.balanceOut, change).Add(change, big.NewInt(1))
	}
	if change.Sign() == 0 { // of an empty side
		return Verdict{Outcome: Vacuous}
	}
	more := *new(num)
	more.SetFromBig(change)
	less := more
	less.SubUint64(&less, 1)
	return t.neverLess(j, s, "an amount across ln's change", less, more)
}

// outFallsWithFee judges an exact amount in, less no fee, less the case's, and less the next higher one.
func (t trade) outFallsWithFee(j *Judge, s *Subject) Verdict {
	if s.AmountInLessFee == nil {
		return Verdict{Outcome: Vacuous}
	}
	net, err := s.AmountInLessFee(t.c.Amount, t.c.Fee)
	if err != nil {
		return vacuous(err)
	}
	v := t.neverLess(j, s, "a fee", net, t.c.Amount)
	lower, err := s.AmountInLessFee(t.c.Amount, nextFee(t.c.Fee))
	if err != nil {
		return v
	}
	return worst(v, t.neverLess(j, s, "a higher fee", lower, net))
}

// priceGrowsWithFee judges the price of an exact amount out, without fee, with the case's, and with the next higher one.
func (t trade) priceGrowsWithFee(s *Subject) Verdict {
	in, err := t.ask(s, t.c.Amount)
	if err != nil {
		return vacuous(err)
	}
	v := Verdict{Outcome: Vacuous}
	for _, plusFee := range []func(amount, fee num) (num, error){s.AmountInPlusFeeV2, s.AmountInPlusFeeV3} {
		if plusFee == nil {
			continue
		}
		gross, err := plusFee(in, t.c.Fee)
		if err != nil {
			continue
		}
		v = worst(v, notBelow("a fee", gross, in))
		if higher, err := plusFee(in, nextFee(t.c.Fee)); err == nil {
			v = worst(v, notBelow("a higher fee", higher, gross))
		}
	}
	return v
}

func nextFee(fee num) num {
	fee.AddUint64(&fee, 1)
	return fee
}

func notBelow(part string, got, least num) Verdict {
	if got.Lt(&least) {
		return violated(part, got.Dec(), "at least "+least.Dec())
	}
	return Verdict{Outcome: Holds, Margin: ratioMargin(0)}
}

// power is the exact power that T of an amount is made of: bᵢ/(bᵢ + a) under wᵢ/wₒ, or
// bₒ/(bₒ − a) under wₒ/wᵢ. No denominator may be 0.
func (t trade) power(amount *big.Int) (base, exponent *big.Rat) {
	if t.c.GivenOut {
		return new(big.Rat).SetFrac(t.balanceOut, new(big.Int).Sub(t.balanceOut, amount)), new(big.Rat).SetFrac(t.weightOut, t.weightIn)
	}
	return new(big.Rat).SetFrac(t.balanceIn, new(big.Int).Add(t.balanceIn, amount)), new(big.Rat).SetFrac(t.weightIn, t.weightOut)
}

// base is the base as SPEC rounds it, up in both kinds.
func (t trade) base(amount *big.Int) *big.Int {
	if t.c.GivenOut {
		return ceilQuo(productOf(t.balanceOut, fixedOne), new(big.Int).Sub(t.balanceOut, amount))
	}
	return ceilQuo(productOf(t.balanceIn, fixedOne), new(big.Int).Add(t.balanceIn, amount))
}

// exponent is the exponent as SPEC rounds it: down for exact-in, whose base is at most 1, up for exact-out.
func (t trade) exponent() *big.Int {
	if t.c.GivenOut {
		return ceilQuo(productOf(t.weightOut, fixedOne), t.weightIn)
	}
	return new(big.Int).Quo(productOf(t.weightIn, fixedOne), t.weightOut)
}

// other is the balance that the amount is not a part of.
func (t trade) other() *big.Int {
	if t.c.GivenOut {
		return t.balanceIn
	}
	return t.balanceOut
}
