package properties

import (
	"math/big"

	"github.com/trueweight/trueweight/properties/domain"
	"github.com/trueweight/trueweight/reference/exact"
	"github.com/trueweight/trueweight/reference/interval"
	"github.com/trueweight/trueweight/reference/real"
)

var scDust = &Property{
	ID: "SC-DUST",
	Claim: "Rounding on load moves the spot price, and the exact swap of what is loaded, by no more than the loaded wei allow, down to balances of 1 wei; " +
		"under v3's rules never in favour of the one who trades.",
	Inequality: "P'/P − 1: v2 in [−1/(bᵢ+1), 1/bₒ], v3 in [0, (1+1/bᵢ)·(1+1/bₒ) − 1]; T'/T − 1, exact-in: v2 in [−1/(bₒ+1) − 1/(a+1), 1/bᵢ], v3 in [−1/(bᵢ+1) − 1/(bₒ+1) − 1/(a+1), 0]; " +
		"exact-out: v2 in [bᵢ/(bᵢ+1)·(a/(a+1))^(m/(1−v)) − 1, (1+1/bₒ)^(m/(1−v')) − 1], v3 in [0, (1+1/bᵢ)·((1+1/bₒ)·(1+1/ρₒ+1/α))^(m/(1−v')) − 1]; " +
		"bᵢ, bₒ, a loaded wei, α the exact amount, v = α/βₒ, v' = a/bₒ, m = max(1, wₒ/wᵢ)",
	T:      "spot price and swap of the exact scaled balances and amount; P' and T' those of the loaded ones, of which v3 counts bᵢ+1",
	Source: "SPEC, A pool over time: Live balances",
	Margin: Ratio,
	Kinds:  []domain.Kind{domain.KindRawSwap},
	Needs:  []string{"Upscale", "ToScaled18Down", "ToScaled18Up", "RateUp"},
	check: func(j *Judge, s *Subject, c domain.Case) Verdict {
		t := rawTradeOf(c)
		if t.balanceIn.Sign() == 0 || t.balanceOut.Sign() == 0 || t.unitIn.Sign() == 0 || t.unitOut.Sign() == 0 {
			return Verdict{Outcome: Vacuous} // worth nothing: there is no price
		}
		l, err := t.load(s)
		if err != nil {
			return vacuous(err)
		}
		return worst(l.spot(), l.swapped(j))
	},
}

// loads is what a version computes a swap with, in whole wei.
type loads struct {
	rawTrade
	in, out *big.Int // the balances
	counted *big.Int // the balance in as the swap uses it
	a       *big.Int // the amount
}

// load asks the subject for the loads of a trade.
func (t rawTrade) load(s *Subject) (loads, error) {
	var failure error
	ask := func(z num, err error) *big.Int {
		if err != nil {
			failure = err
		}
		return z.ToBig()
	}
	c, l := t.c, loads{rawTrade: t}
	fIn, fOut := word(pow10(18-int(c.DecimalsIn))), word(pow10(18-int(c.DecimalsOut)))
	if c.V3 {
		l.in, l.out = ask(s.ToScaled18Down(c.BalanceIn, fIn, c.RateIn)), ask(s.ToScaled18Down(c.BalanceOut, fOut, c.RateOut))
		l.counted = new(big.Int).Add(l.in, big.NewInt(1))
		if c.GivenOut {
			up, err := s.RateUp(c.RateOut)
			if err != nil {
				return l, err
			}
			l.a = ask(s.ToScaled18Up(c.Amount, fOut, up))
		} else {
			l.a = ask(s.ToScaled18Down(c.Amount, fIn, c.RateIn))
		}
		return l, failure
	}
	if _, err := exact.V2.ScalingFactor(c.DecimalsIn, c.RateIn.ToBig()); err != nil {
		return l, err
	}
	if _, err := exact.V2.ScalingFactor(c.DecimalsOut, c.RateOut.ToBig()); err != nil {
		return l, err
	}
	unitIn, unitOut := word(t.unitIn), word(t.unitOut)
	l.in, l.out = ask(s.Upscale(c.BalanceIn, unitIn)), ask(s.Upscale(c.BalanceOut, unitOut))
	l.counted = l.in
	if c.GivenOut {
		l.a = ask(s.Upscale(c.Amount, unitOut))
	} else {
		l.a = ask(s.Upscale(c.Amount, unitIn))
	}
	return l, failure
}

// spot judges P'/P = (bᵢ/βᵢ)·(βₒ/bₒ), where b ≤ β < b+1 for both, and v3 counts bᵢ+1 for bᵢ:
//
//	v2: 1 − 1/(bᵢ+1) = bᵢ/(bᵢ+1) ≤ P'/P ≤ (bₒ+1)/bₒ
//	v3: 1 ≤ (bᵢ+1)/βᵢ·βₒ/bₒ ≤ (bᵢ+1)/bᵢ·(bₒ+1)/bₒ
func (l loads) spot() Verdict {
	const part = "spot price"
	if l.out.Sign() == 0 || l.c.V3 && l.in.Sign() == 0 {
		return Verdict{Outcome: Vacuous} // no price at all, or one of nothing
	}
	off := new(big.Rat).SetFrac(productOf(l.counted, l.balanceOut, l.unitOut), productOf(l.balanceIn, l.unitIn, l.out))
	off.Sub(off, big.NewRat(1, 1))
	low, high := new(big.Rat).SetFrac(big.NewInt(-1), plus1(l.in)), new(big.Rat).SetFrac(big.NewInt(1), l.out)
	if l.c.V3 {
		low.SetInt64(0)
		high.SetFrac(productOf(plus1(l.in), plus1(l.out)), productOf(l.in, l.out))
		high.Sub(high, big.NewRat(1, 1))
	}
	used, allowed := off, high
	if off.Sign() < 0 {
		used, allowed = new(big.Rat).Neg(off), low.Neg(low)
	}
	if used.Cmp(allowed) > 0 {
		return violated(part, "off by "+off.FloatString(40), "at most "+allowed.FloatString(40))
	}
	return Verdict{Outcome: Holds, Margin: partOf(productOf(used.Num(), allowed.Denom()), productOf(allowed.Num(), used.Denom()))}
}

func plus1(n *big.Int) *big.Int { return new(big.Int).Add(n, big.NewInt(1)) }

// swapped judges T'/T − 1 of a trade that a pool may do: with weights of at least 1 %, within the limit of 30 % of what is loaded.
//
// T is b·g(u) with g of a quotient u, so its logarithm moves by that of b, and by the elasticity u·g'(u)/g(u) for that of u.
//
//   - Exact-in, g = 1 − (1+u)^−η, u = α/βᵢ: the elasticity η·u/((1+u)·((1+u)^η − 1)) is in (0, 1], for (1+u)^η − 1 ≥ η·ln(1+u) ≥ η·u/(1+u). So T'/T lies
//     between what its loads are of the exact amounts: it grows with bₒ and a and falls with bᵢ, each at most in proportion.
//   - Exact-out, g = (1−v)^−η − 1, v = α/βₒ: the elasticity η·v/((1−v)·(1 − (1−v)^η)) is at most m/(1−v), m = max(1, η): 1 − (1−v)^η is at least v for
//     η ≥ 1, and at least η·v for η ≤ 1. It grows with v, so from v to v' it is at most that of the larger.
//
// Floors give b > β−1, that is b/β > b/(b+1) and β/b < 1+1/b; v3's amount out is a < α·(1+1/ρₒ) + 1 wei. Products of 1−x are at least 1 − Σx.
func (l loads) swapped(j *Judge) Verdict {
	const part = "swap of what is loaded"
	limit := l.counted
	if l.c.GivenOut {
		limit = l.out
	}
	if l.amount.Sign() == 0 || l.in.Sign() == 0 || l.out.Sign() == 0 || l.weightIn.Cmp(leastWeight) < 0 || l.weightOut.Cmp(leastWeight) < 0 ||
		productOf(l.a, big.NewInt(10)).Cmp(productOf(limit, big.NewInt(3))) > 0 {
		return Verdict{Outcome: Vacuous}
	}
	if l.a.Sign() == 0 { // T' = 0, and every lower bound is at most −1
		if l.c.V3 && l.c.GivenOut {
			return violated(part, "an amount out of 0 wei", "at least what it is worth")
		}
		return Verdict{Outcome: Holds, Margin: ratioMargin(0)}
	}
	loaded, exactly := l.bothSwaps()
	if exactly == nil {
		return violated(part, "a swap of "+l.a.String()+" wei", "no swap: the amount is the balance")
	}
	moved := real.Sub(real.Quo(real.Mul(loaded, real.Int(fixedOne)), exactly), real.Int64(1))
	low, high := l.movedIn()
	if l.c.GivenOut {
		low, high = l.movedOut()
	}
	return j.inRange(part, moved, low, high)
}

// bothSwaps returns T' in wei and T in 10⁻¹⁸ wei.
func (l loads) bothSwaps() (loaded, exactly *real.Expr) {
	in, out := productOf(l.balanceIn, l.unitIn), productOf(l.balanceOut, l.unitOut)
	if l.c.GivenOut {
		return real.InGivenOut(l.counted, l.weightIn, l.out, l.weightOut, l.a),
			real.InGivenOut(in, l.weightIn, out, l.weightOut, productOf(l.amount, l.unitOut))
	}
	return real.OutGivenIn(l.counted, l.weightIn, l.out, l.weightOut, l.a),
		real.OutGivenIn(in, l.weightIn, out, l.weightOut, productOf(l.amount, l.unitIn))
}

// movedIn returns between what T'/T − 1 of an exact amount in lies.
func (l loads) movedIn() (low, high *real.Expr) {
	least := new(big.Rat).Add(new(big.Rat).SetFrac(big.NewInt(-1), plus1(l.out)), new(big.Rat).SetFrac(big.NewInt(-1), plus1(l.a)))
	if l.c.V3 {
		return ratio(least.Add(least, new(big.Rat).SetFrac(big.NewInt(-1), plus1(l.in)))), real.Int64(0)
	}
	return ratio(least), ratio(new(big.Rat).SetFrac(big.NewInt(1), l.in))
}

// movedOut returns between what T'/T − 1 of an exact amount out lies.
func (l loads) movedOut() (low, high *real.Expr) {
	value := productOf(l.balanceOut, l.unitOut)
	exactly := new(big.Rat).SetFrac(productOf(l.amount, l.unitOut), value) // v
	loaded := new(big.Rat).SetFrac(l.a, l.out)                             // v'
	wei := new(big.Rat).SetFrac(plus1(l.out), l.out)
	if l.c.V3 {
		short := new(big.Rat).SetFrac(fixedOne, productOf(l.amount, l.unitOut)) // 1/α
		short.Add(short, new(big.Rat).SetFrac(big.NewInt(1), l.c.RateOut.ToBig()))
		wei.Mul(wei, short.Add(short, big.NewRat(1, 1)))
		grown := real.Mul(ratio(new(big.Rat).SetFrac(plus1(l.in), l.in)), real.Pow(ratio(wei), l.elasticity(loaded)))
		return real.Int64(0), real.Sub(grown, real.Int64(1))
	}
	amount := ratio(new(big.Rat).SetFrac(l.a, plus1(l.a)))
	balance := ratio(new(big.Rat).SetFrac(l.in, plus1(l.in)))
	low = real.Sub(real.Mul(balance, real.Pow(amount, l.elasticity(exactly))), real.Int64(1))
	return low, real.Sub(real.Pow(ratio(wei), l.elasticity(loaded)), real.Int64(1))
}

// elasticity returns max(1, wₒ/wᵢ)/(1−v) for v < 1.
func (l loads) elasticity(v *big.Rat) *real.Expr {
	m := big.NewRat(1, 1)
	if l.weightOut.Cmp(l.weightIn) > 0 {
		m.SetFrac(l.weightOut, l.weightIn)
	}
	return ratio(m.Quo(m, new(big.Rat).Sub(big.NewRat(1, 1), v)))
}

// inRange judges low ≤ x ≤ high, for low ≤ 0 ≤ high, with the used part of the bound on its side as margin. No bound of SC-DUST is ever reached, for floors lose less than a wei.
func (j *Judge) inRange(part string, x, low, high *real.Expr) Verdict {
	for _, prec := range ladder {
		at := j.enclosure(x, prec)
		negative := at.Hi().Sign() <= 0
		if !negative && at.Lo().Sign() < 0 { // about nothing
			if j.enclosure(low, prec).Hi().Cmp(at.Lo()) <= 0 && j.enclosure(high, prec).Lo().Cmp(at.Hi()) >= 0 {
				return Verdict{Outcome: Holds, Margin: ratioMargin(0)}
			}
			continue
		}
		bound, word := high, "at most "
		if negative {
			bound, word = low, "at least "
		}
		share := j.enclosure(bound, prec)
		if negative {
			at, share = interval.At(prec).Neg(at), interval.At(prec).Neg(share)
		}
		switch {
		case at.Lo().Cmp(share.Hi()) > 0:
			return violated(part, "off by "+j.show(x), word+j.show(bound))
		case at.Hi().Cmp(share.Lo()) <= 0:
			ar := interval.At(prec)
			if m, ok := upperShare(ar.Mul(ar.Quo(at, share), ar.Int(big.NewInt(1e9)))); ok {
				return Verdict{Outcome: Holds, Margin: m}
			}
			return Verdict{Outcome: Holds, Margin: j.marginOf(x, bound)} // a whole number of billionths, or about
		}
	}
	return undecided(part)
}
