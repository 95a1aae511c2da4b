package properties

import (
	"math/big"
	"slices"

	"github.com/trueweight/trueweight/properties/domain"
)

var in = []*Property{inEnc, inWidth, inMono, inHom, inPerm, inZero, in2Tok, inRatio, inPool}

var inFindings = []*Finding{
	{
		ID:     "F-04",
		Claims: []string{"IN-ZERO"},
		Part:   "up of an empty token",
		Title:  "The upper invariant of a pool with an empty token is not zero",
		Statement: "invariantUp answers at least 1 wei for a state in which a token has no balance, where the exact invariant is 0 and invariantDown fails: " +
			"powUp(0, w) is 1 wei, its margin, and mulUp never rounds a product to 0. No pool reaches it: the v3 pool checks every balance against a minimum of at least " +
			"10⁶ wei before it computes an invariant (claim IN-ZERO), and v2 has no upper invariant.",
		Condition:  "a token with a weight above 0 has a balance of 0, and no such token has a weight of exactly 1, 2 or 4, for which powUp(0, w) = 0",
		BoundText:  "the U of IN-WIDTH, with tᵢ = 0 and eᵢ = 1 wei for an empty token, in whole wei",
		Severity:   "informational",
		Difficulty: "high: no pool reaches it; code that calls the function without a pool around it does.",
		Scenario: "Code that calls the library's function without the pool around it, and takes a nonzero upper invariant for a sign of a usable pool, values an " +
			"empty one at a wei or more; a ratio with it in the denominator is then not refused.",
		Advice: "Check balances against a minimum before asking for the upper invariant, as the pool does; or let powUp(0, w) be 0, so that it fails as the lower one does.",
		holds: func(_ *Subject, c domain.Case) bool {
			p := holdingsOf(c)
			for i, b := range p.bases {
				if b.Sign() == 0 && p.exponents[i].Sign() > 0 && atExactForm(p.exponents[i]) {
					return false
				}
			}
			return !p.short() && p.empty()
		},
		bound: func(c domain.Case) *big.Int {
			most, _ := NewJudge(Enclosures).widths(holdingsOf(c))
			return most.Rsh(most, gridBits)
		},
	},
}

var inPlants = []Plant{
	{"IN-ENC", "down multiplies bare powers, without their margin", func(s *Subject) {
		s.InvariantDown = assembled(s.InvariantDown, s.Pow, s.MulDown)
	}},
	{"IN-ENC", "up takes its powers from powDown", func(s *Subject) {
		s.InvariantUp = assembled(s.InvariantUp, s.PowDown, s.MulUp)
	}},
	{"IN-ENC", "up rounds its margin down, and drops the wei of it", func(s *Subject) {
		s.InvariantUp = assembled(s.InvariantUp, margined(s, s.MulDown, 10_000, 0, true), s.MulUp)
	}},
	{"IN-ENC", "down's margin is 10⁻¹⁸", func(s *Subject) {
		s.InvariantDown = assembled(s.InvariantDown, margined(s, s.MulDown, 1, 0, false), s.MulDown)
	}},
	{"IN-WIDTH", "up's margin is 10⁻¹³", func(s *Subject) {
		s.InvariantUp = assembled(s.InvariantUp, margined(s, s.MulUp, 100_000, 1, true), s.MulUp)
	}},
	{"IN-WIDTH", "down's margin is a wei too large", func(s *Subject) {
		s.InvariantDown = assembled(s.InvariantDown, margined(s, s.MulUp, 10_000, 2, false), s.MulDown)
	}},
	{"IN-WIDTH", "up's margin is 0.01 % too large", func(s *Subject) {
		s.InvariantUp = assembled(s.InvariantUp, margined(s, s.MulUp, 10_001, 1, true), s.MulUp)
	}},
	{"IN-WIDTH", "down's products are rounded down twice", func(s *Subject) {
		mul := s.MulDown
		s.InvariantDown = assembled(s.InvariantDown, s.PowDown, func(a, b num) (num, error) {
			z, err := mul(a, b)
			if err == nil && !z.IsZero() {
				z.SubUint64(&z, 1)
			}
			return z, err
		})
	}},
	{"IN-MONO", "up forgets the margin of odd balances", func(s *Subject) {
		bare, up := s.Pow, s.PowUp
		s.InvariantUp = assembled(s.InvariantUp, func(b, w num) (num, error) {
			if b[0]&1 == 1 {
				return bare(b, w)
			}
			return up(b, w)
		}, s.MulUp)
	}},
	{"IN-MONO", "down forgets the margin of odd balances", func(s *Subject) {
		bare, down := s.Pow, s.PowDown
		s.InvariantDown = assembled(s.InvariantDown, func(b, w num) (num, error) {
			if b[0]&1 == 1 {
				return bare(b, w)
			}
			return down(b, w)
		}, s.MulDown)
	}},
	{"IN-HOM", "down takes its powers from powUp", func(s *Subject) {
		s.InvariantDown = assembled(s.InvariantDown, s.PowUp, s.MulDown)
	}},
	{"IN-HOM", "down of balances from 2⁶⁴ wei on adds the margin it should take off", func(s *Subject) {
		down, up := s.PowDown, s.PowUp
		s.InvariantDown = assembled(s.InvariantDown, func(b, w num) (num, error) {
			if b.IsUint64() {
				return down(b, w)
			}
			return up(b, w)
		}, s.MulDown)
	}},
	{"IN-PERM", "down pairs the balances with the weights in descending order", func(s *Subject) {
		down := s.InvariantDown
		s.InvariantDown = func(w, b []num) (num, error) {
			w = slices.Clone(w)
			slices.SortFunc(w, func(x, y num) int { return y.Cmp(&x) })
			return down(w, b)
		}
	}},
	{"IN-PERM", "down leaves out the last of an odd number of tokens", func(s *Subject) {
		down := s.InvariantDown
		s.InvariantDown = func(w, b []num) (num, error) {
			if n := len(w); n%2 == 1 && n > 1 && len(b) >= n {
				w, b = w[:n-1], b[:n-1]
			}
			return down(w, b)
		}
	}},
	{"IN-ZERO", "down answers 0 instead of failing", func(s *Subject) {
		down, mul := s.InvariantDown, assembled(s.InvariantUp, s.PowDown, s.MulDown)
		s.InvariantDown = func(w, b []num) (num, error) {
			if z, err := down(w, b); err == nil {
				return z, nil
			}
			return mul(w, b)
		}
	}},
	{"IN-ZERO", "down passes over empty tokens", func(s *Subject) {
		down := s.InvariantDown
		s.InvariantDown = func(w, b []num) (num, error) {
			b = slices.Clone(b)
			for i := range b {
				if b[i].IsZero() {
					b[i] = *wei(1e18)
				}
			}
			return down(w, b)
		}
	}},
	{"IN-ZERO", "the pool checks no balance before it rounds up", func(s *Subject) {
		pool, up := s.PoolComputeInvariant, s.InvariantUp
		s.PoolComputeInvariant = func(w, minimums, b []num, roundUp bool) (num, error) {
			if roundUp {
				return up(w, b)
			}
			return pool(w, minimums, b, roundUp)
		}
	}},
	{"IN-ZERO", "the pool sets a balance without a look at its minimum", func(s *Subject) {
		balance := s.BalanceGivenInvariantRatio
		s.PoolComputeBalance = func(w, minimums, b []num, i int, ratio num) (num, error) {
			return balance(b[i], w[i], ratio)
		}
	}},
	{"IN-2TOK", "up takes bare powers, without their margin", func(s *Subject) {
		s.InvariantUp = assembled(s.InvariantUp, s.Pow, s.MulUp)
	}},
	{"IN-2TOK", "down adds its margin", func(s *Subject) {
		s.InvariantDown = assembled(s.InvariantDown, s.PowUp, s.MulDown)
	}},
	{"IN-2TOK", "the second balance is read twice", func(s *Subject) {
		down := s.InvariantDown
		s.InvariantDown = func(w, b []num) (num, error) {
			if len(b) == 2 {
				b = []num{b[1], b[1]}
			}
			return down(w, b)
		}
	}},
}

// assembled is a planted invariant of other powers and products, where the right one answers or has a value of 0.
func assembled(right func(weights, balances []num) (num, error), pow, mul func(a, b num) (num, error)) func(weights, balances []num) (num, error) {
	return func(weights, balances []num) (num, error) {
		if answer, err := right(weights, balances); err != nil && len(balances) < len(weights) {
			return answer, err
		}
		product := *wei(1e18)
		for i := range weights {
			power, err := pow(balances[i], weights[i])
			if err != nil {
				return power, err
			}
			if product, err = mul(product, power); err != nil {
				return product, err
			}
		}
		return product, nil
	}
}

// margined is powUp or powDown with another margin: pow·parts·10⁻¹⁸, rounded as mul does, and some wei.
func margined(s *Subject, mul func(a, b num) (num, error), parts, extra uint64, up bool) func(a, b num) (num, error) {
	pow := s.Pow
	return func(base, exponent num) (num, error) {
		power, err := pow(base, exponent)
		if err != nil {
			return power, err
		}
		margin, err := mul(power, *wei(parts))
		if err != nil {
			return margin, err
		}
		margin.AddUint64(&margin, extra)
		switch {
		case up:
			power.Add(&power, &margin)
		case power.Lt(&margin):
			power.Clear()
		default:
			power.Sub(&power, &margin)
		}
		return power, nil
	}
}
