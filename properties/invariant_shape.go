package properties

import (
	"fmt"
	"math/big"
	"slices"

	"github.com/trueweight/trueweight/properties/domain"
)

// The shape of the invariant: how it scales, that it knows no order, where it is nothing, and what it is of two tokens.

var inHom = &Property{
	ID:         "IN-HOM",
	Claim:      "Multiplying all balances by a whole number never grows the invariant by more: the growth that a join may use.",
	Inequality: "Σwᵢ ≤ ONE, k ≥ 1 ⟹ invariantDown(w, k·b) ≤ k·invariantUp(w, b)",
	T:          "T(k·b) = k^Σw·T(b) ≤ k·T(b)",
	Source:     "SPEC, addUnbalanced",
	Margin:     Slack,
	Kinds:      []domain.Kind{domain.KindInvariant},
	Needs:      []string{"InvariantDown", "InvariantUp"},
	check: func(_ *Judge, s *Subject, c domain.Case) Verdict {
		p, factor := holdingsOf(c), c.(*domain.Invariant).Factor
		if factor.IsZero() || total(p.weights).Cmp(fixedOne) > 0 {
			return Verdict{Outcome: Vacuous}
		}
		up, err := p.up(s)
		if err != nil {
			return vacuous(err)
		}
		scaled := p
		scaled.balances = slices.Clone(p.balances)
		for i := range scaled.balances {
			if _, overflow := scaled.balances[i].MulOverflow(&scaled.balances[i], &factor); overflow {
				return Verdict{Outcome: Vacuous}
			}
		}
		down, err := scaled.down(s)
		if err != nil {
			return vacuous(err)
		}
		limit := new(big.Int).Mul(factor.ToBig(), up.ToBig())
		return slackVerdict("growth", new(big.Int).Sub(limit, down.ToBig()), down, "at most k·up = "+limit.String())
	},
}

var inPerm = &Property{
	ID:         "IN-PERM",
	Claim:      "In whatever order the tokens are listed, the computed invariants enclose the same value: no order's lower one exceeds another's upper one.",
	Inequality: "invariantDown(σw, σb) ≤ invariantUp(w, b) and invariantDown(w, b) ≤ invariantUp(σw, σb), for a rotation σ and for the reverse order",
	T:          "Π bᵢ^wᵢ, the same for every order",
	Source:     "SPEC, invariantDown and invariantUp",
	Margin:     Slack,
	Kinds:      []domain.Kind{domain.KindInvariant},
	Needs:      []string{"InvariantDown", "InvariantUp"},
	check: func(_ *Judge, s *Subject, c domain.Case) Verdict {
		p := holdingsOf(c)
		if p.short() {
			return Verdict{Outcome: Vacuous}
		}
		rotated, reversed := p, p
		if n := len(p.weights); n > 1 {
			k := 1 + p.token%(n-1)
			rotated.weights, rotated.balances = rotate(p.weights, k), rotate(p.balances, k)
		}
		reversed.weights, reversed.balances = slices.Clone(p.weights), slices.Clone(p.balances)
		slices.Reverse(reversed.weights)
		slices.Reverse(reversed.balances)
		listed, other, back := answersOf(s, p), answersOf(s, rotated), answersOf(s, reversed)
		return worst(
			overlap("rotated down, listed up", other, listed), overlap("listed down, rotated up", listed, other),
			overlap("reversed down, listed up", back, listed), overlap("listed down, reversed up", listed, back))
	},
}

// rotate returns the list from place k on.
func rotate(list []num, k int) []num { return slices.Concat(list[k:], list[:k]) }

// bothInvariants are the two answers for invariants of one state.
type bothInvariants struct {
	down, up       num
	errDown, errUp error
}

func answersOf(s *Subject, p holdings) (a bothInvariants) {
	a.down, a.errDown = p.down(s)
	a.up, a.errUp = p.up(s)
	return a
}

// overlap judges down of one order ≤ up of another.
func overlap(part string, a, b bothInvariants) Verdict {
	switch {
	case a.errDown != nil:
		return vacuous(a.errDown)
	case b.errUp != nil:
		return vacuous(b.errUp)
	}
	return slackVerdict(part, new(big.Int).Sub(b.up.ToBig(), a.down.ToBig()), a.down, "at most "+b.up.Dec())
}

var inZero = &Property{
	ID: "IN-ZERO",
	Claim: "A pool with an empty token has no invariant: down fails for one, as for a power that underflows, and so do the pool's own operations, " +
		"in both directions; up has nothing but T = 0 to answer.",
	Inequality: "∃i: bᵢ = 0 < wᵢ, or powDown(bᵢ, wᵢ) = 0 ⟹ invariantDown fails, and never answers 0; invariantUp(w, b) fails or = 0; " +
		"bᵢ < 10⁶ ⟹ poolComputeInvariant fails, rounding up or down, and poolComputeBalance of token i",
	T:      "0",
	Source: "SPEC, invariantDown, invariantUp and the vectors' poolComputeInvariant",
	Kinds:  []domain.Kind{domain.KindInvariant},
	Needs:  []string{"InvariantDown", "InvariantUp"},
	check: func(_ *Judge, s *Subject, c domain.Case) Verdict {
		p := holdingsOf(c)
		if p.short() || len(p.balances) == 0 {
			return Verdict{Outcome: Vacuous}
		}
		emptied := p.with(num{})
		return worst(
			downOfNothing(s, emptied), downOfNothing(s, p),
			poolOfNothing(s, emptied), poolOfNothing(s, p),
			upOfNothing(s, p))
	},
}

// empty reports whether T = 0.
func (p holdings) empty() bool {
	for i := range p.weights {
		if p.balances[i].IsZero() && !p.weights[i].IsZero() {
			return true
		}
	}
	return false
}

// downOfNothing judges that down never answers 0, nor at all where a factor is 0.
func downOfNothing(s *Subject, p holdings) Verdict {
	down, err := p.down(s)
	switch {
	case err != nil:
		return Verdict{Outcome: Holds, Failure: failureLabel(err)}
	case down.IsZero():
		return violated("down answers 0", "0", "a failure")
	case p.empty():
		return Verdict{Outcome: Violated, Part: "down of an empty token", Got: down.Dec(), Want: "a failure", Excess: down.ToBig()}
	}
	for i := range p.weights {
		if s.PowDown == nil {
			break
		}
		if power, err := s.PowDown(p.balances[i], p.weights[i]); err == nil && power.IsZero() {
			return violated("down of an underflowing power", down.Dec(), "a failure")
		}
	}
	return holds()
}

// upOfNothing judges that up has no answer but 0 where T = 0.
func upOfNothing(s *Subject, p holdings) Verdict {
	if !p.empty() {
		return Verdict{Outcome: Vacuous}
	}
	up, err := p.up(s)
	if err == nil && !up.IsZero() {
		return Verdict{Outcome: Violated, Part: "up of an empty token", Got: up.Dec(), Want: "a failure, or T = 0", Excess: up.ToBig()}
	}
	return holds()
}

// leastMinimum is the least minimum balance a pool can set for a token (SPEC, "Weighted math": Limits).
var leastMinimum = *wei(1e6)

// poolOfNothing judges that a pool with such weights refuses to compute with a balance below every possible minimum.
func poolOfNothing(s *Subject, p holdings) Verdict {
	least := slices.IndexFunc(p.balances, func(b num) bool { return b.Lt(&leastMinimum) })
	if least < 0 || !(proposal{p.weights, len(p.weights)}).faultless() {
		return Verdict{Outcome: Vacuous}
	}
	minimums := slices.Repeat([]num{leastMinimum}, len(p.weights))
	verdict := Verdict{Outcome: Vacuous}
	if s.PoolComputeInvariant != nil {
		for _, up := range []bool{false, true} {
			v, err := s.PoolComputeInvariant(slices.Clone(p.weights), slices.Clone(minimums), slices.Clone(p.balances), up)
			verdict = worst(verdict, mustFail(fmt.Sprintf("pool's invariant, roundUp %v", up), v, err))
		}
	}
	if s.PoolComputeBalance != nil {
		v, err := s.PoolComputeBalance(slices.Clone(p.weights), slices.Clone(minimums), slices.Clone(p.balances), least, *wei(1e18))
		verdict = worst(verdict, mustFail("pool's balance", v, err))
	}
	return verdict
}

func mustFail(part string, got num, err error) Verdict {
	if err == nil {
		return violated(part, got.Dec(), "a failure: a balance is below its minimum")
	}
	return Verdict{Outcome: Holds, Failure: failureLabel(err)}
}

var in2Tok = &Property{
	ID:         "IN-2TOK",
	Claim:      "The invariant of two tokens at 50/50 is that of a constant product, √(x·y).",
	Inequality: "invariantDown² ≤ x·y ≤ invariantUp², for the case's first two balances at weights ½ and ½",
	T:          "√(x·y), compared by squares",
	Source:     "SPEC, invariantDown and invariantUp",
	Margin:     Slack,
	Kinds:      []domain.Kind{domain.KindInvariant},
	Needs:      []string{"InvariantDown", "InvariantUp"},
	check: func(_ *Judge, s *Subject, c domain.Case) Verdict {
		balances := c.(*domain.Invariant).Balances
		if len(balances) == 0 {
			return Verdict{Outcome: Vacuous}
		}
		p := holdings{weights: []num{*wei(5e17), *wei(5e17)}, balances: []num{balances[0], balances[1%len(balances)]}}
		product := new(big.Int).Mul(p.balances[0].ToBig(), p.balances[1].ToBig())
		root := new(big.Int).Sqrt(product) // ⌊√(x·y)⌋: down² ≤ x·y exactly when down ≤ root
		above := new(big.Int).Set(root)    // ⌈√(x·y)⌉: up² ≥ x·y exactly when up ≥ above
		if new(big.Int).Mul(root, root).Cmp(product) < 0 {
			above.Add(above, big.NewInt(1))
		}
		lower, upper := Verdict{}, Verdict{}
		if down, err := p.down(s); err != nil {
			lower = vacuous(err)
		} else {
			lower = slackVerdict("down² ≤ x·y", new(big.Int).Sub(root, down.ToBig()), down, "at most "+root.String())
		}
		if up, err := p.up(s); err != nil {
			upper = vacuous(err)
		} else {
			upper = slackVerdict("x·y ≤ up²", new(big.Int).Sub(up.ToBig(), above), up, "at least "+above.String())
		}
		return worst(lower, upper)
	},
}
