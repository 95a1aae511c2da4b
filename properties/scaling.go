package properties

import (
	"fmt"
	"math/big"

	"github.com/trueweight/trueweight/properties/domain"
)

// SC · scaling, decimals and rates. Raw amounts are in a token's own unit, scaled ones are 18-decimal amounts of value, in wei. With
// f = 10^(18−decimals) and the rate ρ, an integer of 10⁻¹⁸, a raw unit is worth φ = f·ρ/10¹⁸ wei.

var scEnc = &Property{
	ID: "SC-ENC",
	Claim: "Scaling is the exact value rounded once, in the stated direction; what is scaled and brought back never gains, and loses no more than the rounding of a wei; " +
		"the rate of what leaves is no lower than the rate.",
	Inequality: "down = ⌊T⌋, up = ⌈T⌉; 0 ≤ a − ⌊⌊a·φ⌋/φ⌋ ≤ L, 0 ≤ ⌈⌈a·φ⌉/φ⌉ − a ≤ L, ⌈⌊a·φ⌋/φ⌉ ≤ a; ρ ≤ rateUp(ρ) ≤ ρ + 1; " +
		"L = ⌈(10¹⁸ − gcd(N, 10¹⁸))/N⌉ raw units, N = φ·10¹⁸",
	T:      "a·f·ρ/10¹⁸ up, a·10¹⁸/(f·ρ) down (v3); a·F/10¹⁸ and a·10¹⁸/F (v2)",
	Source: "SPEC, Scaling, fees around a swap, rates",
	Margin: Ratio,
	Kinds:  []domain.Kind{domain.KindScaling},
	Needs:  []string{"ToScaled18Down", "ToScaled18Up", "ToRawDown", "ToRawUp", "Upscale", "DownscaleDown", "DownscaleUp", "ScalingFactor", "RateUp"},
	check: func(_ *Judge, s *Subject, c domain.Case) Verdict {
		q := c.(*domain.Scaling)
		a, f, rate := q.Amount, q.Factor, q.Rate
		unit := productOf(f.ToBig(), rate.ToBig())
		v3 := scaler{
			down:    func(a num) (num, error) { return s.ToScaled18Down(a, f, rate) },
			up:      func(a num) (num, error) { return s.ToScaled18Up(a, f, rate) },
			rawDown: func(a num) (num, error) { return s.ToRawDown(a, f, rate) },
			rawUp:   func(a num) (num, error) { return s.ToRawUp(a, f, rate) },
			unit:    unit,
		}
		v2 := scaler{
			down:    func(a num) (num, error) { return s.Upscale(a, f) },
			rawDown: func(a num) (num, error) { return s.DownscaleDown(a, f) },
			rawUp:   func(a num) (num, error) { return s.DownscaleUp(a, f) },
			unit:    f.ToBig(),
		}
		return worst(v3.exactly(a), v2.exactly(a), v3.thereAndBack(a), v2.thereAndBack(a), factorIsExact(s, q), rateIsUp(s, rate))
	},
}

// A scaler is one version's functions at one factor: a raw unit is worth unit/10¹⁸ wei.
type scaler struct {
	down, up, rawDown, rawUp func(num) (num, error) // v2 has no up
	unit                     *big.Int
}

// exactly judges each function as the floor or the ceiling of the exact quotient.
func (c scaler) exactly(amount num) Verdict {
	a := amount.ToBig()
	up, down := productOf(a, c.unit), productOf(a, fixedOne)
	return worst(
		roundedOnce("scaled down", c.down, amount, up, fixedOne, false), roundedOnce("scaled up", c.up, amount, up, fixedOne, true),
		roundedOnce("brought back down", c.rawDown, amount, down, c.unit, false), roundedOnce("brought back up", c.rawUp, amount, down, c.unit, true))
}

// roundedOnce judges f(amount) = ⌊n/d⌋ or ⌈n/d⌉.
func roundedOnce(part string, f func(num) (num, error), amount num, n, d *big.Int, up bool) Verdict {
	if f == nil {
		return Verdict{Outcome: Vacuous}
	}
	got, err := f(amount)
	switch {
	case err != nil:
		return vacuous(err)
	case d.Sign() == 0:
		return violated(part, got.Dec(), "a failure: no exact value exists")
	}
	want := new(big.Int)
	if up {
		want = ceilQuo(n, d)
	} else {
		want.Quo(n, d)
	}
	return equalWei(part, got, want)
}

func equalWei(part string, got num, want *big.Int) Verdict {
	off := new(big.Int).Sub(got.ToBig(), want)
	if off.Sign() == 0 {
		return holds()
	}
	return Verdict{Outcome: Violated, Part: part, Got: got.Dec(), Want: want.String(), Excess: off.Abs(off)}
}

// thereAndBack judges amounts that are scaled and brought back. With N = φ·10¹⁸ and g = gcd(N, 10¹⁸), a·φ is a multiple of g/10¹⁸, so what the
// first rounding takes or adds is x ≤ 1 − g/10¹⁸ wei. Brought back that is ⌈x/φ⌉ raw units, in the same direction, for a itself is
// whole: at most L = ⌈(10¹⁸ − g)/N⌉, and nothing where N is a multiple of 10¹⁸.
func (c scaler) thereAndBack(a num) Verdict {
	if c.unit.Sign() == 0 {
		return Verdict{Outcome: Vacuous}
	}
	step := new(big.Int).GCD(nil, nil, c.unit, fixedOne)
	least := ceilQuo(step.Sub(fixedOne, step), c.unit)
	lossOf := func(part string, there, back func(num) (num, error), sign int64, most *big.Int) Verdict {
		if there == nil {
			return Verdict{Outcome: Vacuous}
		}
		scaled, err := there(a)
		if err != nil {
			return vacuous(err)
		}
		raw, err := back(scaled)
		if err != nil {
			return vacuous(err)
		}
		lost := new(big.Int).Sub(a.ToBig(), raw.ToBig())
		return lostAtMost(part, raw, lost.Mul(lost, big.NewInt(sign)), most)
	}
	return worst(
		lossOf("down and back down", c.down, c.rawDown, 1, least),
		lossOf("up and back up", c.up, c.rawUp, -1, least),
		lossOf("down and back up", c.down, c.rawUp, 1, least))
}

// lostAtMost judges 0 ≤ lost ≤ most.
func lostAtMost(part string, got num, lost, most *big.Int) Verdict {
	switch {
	case lost.Sign() < 0:
		return Verdict{Outcome: Violated, Part: part, Got: got.Dec(), Want: "no gain", Excess: new(big.Int).Neg(lost)}
	case lost.Cmp(most) > 0:
		return Verdict{Outcome: Violated, Part: part, Got: fmt.Sprintf("%v, a loss of %v", got.Dec(), lost), Want: "a loss of at most " + most.String(),
			Excess: new(big.Int).Sub(lost, most)}
	}
	return Verdict{Outcome: Holds, Margin: partOf(lost, most)}
}

// partOf is the margin of used out of allowed, both at least 0; none where nothing is allowed.
func partOf(used, allowed *big.Int) Margin {
	if allowed.Sign() == 0 {
		return Margin{}
	}
	return ratioMargin(ceilQuo(productOf(used, big.NewInt(1e9)), allowed).Uint64())
}

// factorIsExact judges v2's factor of a token: 10^(18−decimals)·rate with 18 decimals, in which nothing is rounded.
func factorIsExact(s *Subject, q *domain.Scaling) Verdict {
	factor, err := s.ScalingFactor(q.Decimals, q.Rate)
	if err != nil {
		return vacuous(err)
	}
	return equalWei("v2's factor", factor, productOf(pow10(18-int(q.Decimals)), q.Rate.ToBig()))
}

// rateIsUp judges v3's rate of what leaves: the rate where it is whole, which no provider has rounded, else one wei more.
func rateIsUp(s *Subject, rate num) Verdict {
	up, err := s.RateUp(rate)
	if err != nil {
		return vacuous(err)
	}
	want := rate.ToBig()
	if new(big.Int).Rem(want, fixedOne).Sign() != 0 {
		want.Add(want, big.NewInt(1))
	}
	return equalWei("the rate of what leaves", up, want)
}

var sc = []*Property{scEnc, scDir, scDust}
