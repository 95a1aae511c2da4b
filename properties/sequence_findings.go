package properties

import (
	"math/big"

	"github.com/trueweight/trueweight/properties/domain"
	"github.com/trueweight/trueweight/reference/exact"
)

// What v2's rules do to the value per BPT. Live balances and amounts are ⌊raw·F/10¹⁸⌋: where a factor F is not a multiple of
// 10¹⁸ (a token rate that is not 1, in a token of so many decimals), each is up to one wei short of what it stands for.
//
// Let b, a be what an operation computes with, β = b+ε and α what they stand for, 0 ≤ ε < 1. The computation keeps
// Π (1 ± a/b)^w at least as large as what it mints for it (IN-ENC, SW-INV, JE-ENC); what happens is Π (1 ± α/β)^w:
//
//   - a token in: α ≥ a, β < b+1, so (1+α/β)/(1+a/b) ≥ 1 − x with x = a/((b+1)(b+a)); x = 0 where b is exact
//   - a token out: β ≥ b, α < a+1 where the amount was given and scaled down, so (1−α/β)/(1−a/b) ≥ 1 − y with y = 1/(b−a);
//     y = 0 where the amount is exact, or was computed, for that is scaled down too
//
// and (1−x)^w ≥ 1 − w·x/(1−x). Added over the tokens: what the value per BPT falls by, relatively, is at most
//
//	Σ_in wᵢ·a/(b·(b+a+1)) + Σ_out wⱼ/(b−a−1)
//
// A fall is never more than the whole.

// scaledFall is that bound, for one operation under v2's rules, in 10⁻¹⁸ rounded up. Amounts are those of the tokens that
// moved: what a token's balance rose by stands for a, which only makes the bound larger.
func scaledFall(m *moment, in, out func(i int, factor *big.Int) bool) *big.Int {
	sum := new(big.Rat)
	for i := range m.before.Balances {
		weight := new(big.Rat).SetFrac(m.before.Weights[i].ToBig(), one)
		factor := m.factor(i)
		b := new(big.Int).Quo(new(big.Int).Mul(m.before.Balances[i].ToBig(), factor), one)
		after := new(big.Int).Quo(new(big.Int).Mul(m.after.Balances[i].ToBig(), factor), one)
		switch m.before.Balances[i].Cmp(&m.after.Balances[i]) {
		case -1:
			if !in(i, factor) {
				continue
			}
			if b.Sign() == 0 {
				return new(big.Int).Set(one)
			}
			a := new(big.Int).Add(new(big.Int).Sub(after, b), big.NewInt(1))
			whole := new(big.Int).Mul(b, new(big.Int).Add(b, a)) // a is rounded up by one already
			sum.Add(sum, weight.Mul(weight, new(big.Rat).SetFrac(a, whole)))
		case 1:
			if !out(i, factor) {
				continue
			}
			left := new(big.Int).Sub(after, big.NewInt(1)) // b − a ≥ what is left, by the floors of three numbers
			if left.Sign() <= 0 {
				return new(big.Int).Set(one)
			}
			sum.Add(sum, weight.Mul(weight, new(big.Rat).SetFrac(big.NewInt(1), left)))
		}
	}
	sum.Mul(sum, new(big.Rat).SetInt(one))
	bound := ceilRat(sum)
	if bound.Cmp(one) > 0 {
		return new(big.Int).Set(one)
	}
	return bound
}

var one = big.NewInt(domain.One)

func ceilRat(r *big.Rat) *big.Int {
	q, rest := new(big.Int).QuoRem(r.Num(), r.Denom(), new(big.Int))
	if rest.Sign() > 0 {
		q.Add(q, big.NewInt(1))
	}
	return q
}

// factor returns a token's scaling factor under v2's rules, 10^(18−d)·rate, in which 10¹⁸ is 1.
func (m *moment) factor(i int) *big.Int {
	return new(big.Int).Mul(pow10(18-int(m.config.Decimals[i])), m.before.Rates[i].ToBig())
}

// inexact reports whether raw·factor is no whole number of wei.
func inexact(raw num, factor *big.Int) bool {
	return new(big.Int).Rem(new(big.Int).Mul(raw.ToBig(), factor), one).Sign() != 0
}

// loadedShort reports whether a token in has a balance that v2 loads short of what it stands for.
func (m *moment) loadedShort(i int, factor *big.Int) bool {
	return inexact(m.before.Balances[i], factor)
}

// givenShort reports whether a token out is given as an amount that v2 scales down to less than it stands for.
func (m *moment) givenShort(i int, factor *big.Int) bool {
	switch a := &m.actions[0]; a.Op {
	case domain.SwapGivenOut, domain.ExitExactToken:
		return i == a.TokenOut && inexact(a.Amount, factor)
	case domain.ExitExactTokens:
		return i < len(a.Amounts) && inexact(a.Amounts[i], factor)
	}
	return false
}

// anyOf reports whether some token that moved in or out is of a kind.
func (m *moment) anyOf(direction int, kind func(i int, factor *big.Int) bool) bool {
	for i := range m.before.Balances {
		if m.before.Balances[i].Cmp(&m.after.Balances[i]) == direction && kind(i, m.factor(i)) {
			return true
		}
	}
	return false
}

func (m *moment) v2() bool { return m.config.Rules == exact.V2 }

// stFindings are where v2's rules let the value per BPT fall.
var stFindings = []*Finding{
	{
		ID: "F-06", Claims: []string{"ST-RATE"}, Part: "value per BPT",
		Title:      "v2 scales amounts given out down",
		Statement:  "Under v2's rules an amount out that the trader gives is multiplied by the token's scaling factor and rounded down, as every amount is. The pool then asks a price for less than it pays, by up to one wei of the scaled amount, and its value per BPT falls. It happens only where the factor is not a multiple of 10¹⁸, that is with a token rate that is not 1; and it matters only where the balance that is left is dust.",
		Condition:  "v2; a swap or exit of an exact amount out A with A·F mod 10¹⁸ ≠ 0, F = 10^(18−d)·rate",
		BoundText:  "relative fall ≤ Σ_out wⱼ/(bⱼ'−1) + Σ_in wᵢ·aᵢ/(bᵢ·(bᵢ+aᵢ)), in scaled wei; bⱼ' is the balance left, aᵢ what a balance loaded short rose by",
		Severity:   "high where a pool holds a token with a rate and 18 decimals: repeated in one batch it drains the pool (see the incident of 3 November 2025)",
		Difficulty: "medium: it takes a v2 pool that holds a token with such a rate, and its balance bought out to dust; then one batch of ordinary swaps, open to anyone and with no capital, is enough.",
		Scenario:   "In one batch a trader who owns nothing buys the token with a rate down to a few wei, takes amounts whose scaled value is just below a whole wei dozens of times, and sells everything back: the pool's value per BPT falls by up to wⱼ/bⱼ' each time.",
		Advice:     "Scale what leaves the pool up, as v3 does.",
		holdsAt:    func(m *moment) bool { return m.v2() && m.anyOf(1, m.givenShort) },
		boundAt:    func(m *moment) *big.Int { return scaledFall(m, m.loadedShort, m.givenShort) },
	},
	{
		ID: "F-07", Claims: []string{"ST-RATE", "EC-VALUE"}, Part: "value per BPT",
		Title:      "v2 loads balances short",
		Statement:  "Under v2's rules a balance is multiplied by its scaling factor and rounded down before anything is computed with it. The balance that goes in is then up to one wei smaller than what it stands for, and what the trader adds counts for more than it is. v3 counts one wei more of the balance in, and has minimum balances.",
		Condition:  "v2; a token in whose balance B has B·F mod 10¹⁸ ≠ 0, F = 10^(18−d)·rate, and no amount out given short",
		BoundText:  "relative fall ≤ Σ_in wᵢ·aᵢ/(bᵢ·(bᵢ+aᵢ)), in scaled wei",
		Severity:   "critical where the balance in can be brought below one wei, which is loaded as 0 (F-20); informational where it is above 10¹² wei: below 10⁻¹²",
		Difficulty: "medium: anyone may sell into a balance of dust, but must find it, or bring it there as in F-09 and F-20.",
		Scenario:   "A pool whose balance in is a few wei, of a token with a rate; F-20 says how a trader brings it there, and what follows.",
		Advice:     "Count one wei more of the balance in, and keep minimum balances, as v3 does.",
		holdsAt:    func(m *moment) bool { return m.v2() && !m.anyOf(1, m.givenShort) && m.anyOf(-1, m.loadedShort) },
		boundAt: func(m *moment) *big.Int {
			return scaledFall(m, m.loadedShort, func(int, *big.Int) bool { return false })
		},
	},
	{
		ID: "F-08", Claims: []string{"ST-RATE"}, Part: "value per BPT",
		Title:      "Stored weights that miss 1 move value between those who stay and those who go",
		Statement:  "v2's bootstrapping pools keep weights in 31 and 16 bits, and what is read back need not sum to 1. Value then grows as the Σw-th power of a proportional change while the supply grows as the first: where Σw < 1 a join lowers the value per BPT, where Σw > 1 an exit does.",
		Condition:  "v2 bootstrapping pool, weights read back with Σw ≠ 10¹⁸, an operation that changes the supply",
		BoundText:  "relative fall ≤ |Σw − 1|·|S'/S − 1|·max(1, S/S'), and F-07's bound besides",
		Severity:   "informational: |Σw − 1| is at most a few 10⁻¹⁰ or 10⁻⁵ (31 or 16 bits), and no trade gains by it",
		Difficulty: "high: nobody gains by a trade; who joins or leaves while the weights miss 1 moves less than the part that they miss, and sets no weights himself.",
		Scenario:   "Whoever joins while Σw < 1 dilutes the value of the others by that part of the growth.",
		Advice:     "Make the last weight the complement of the others, as v3 does.",
		holdsAt: func(m *moment) bool {
			return m.v2() && m.config.Kind == domain.BootstrappingPool && m.before.Supply != m.after.Supply && m.missedOne().Sign() != 0
		},
		boundAt: missedFall,
	},
	{
		ID: "F-09", Claims: []string{"ST-FLASH"}, Part: "profit from nothing",
		Title:      "v2's scaling lets a trader who owns nothing leave with a pool's tokens",
		Statement:  "What F-06 takes from a pool a little at a time, one batch of swaps adds up. The trader buys the token with a rate out to a few wei, takes amounts whose scaled value is just below a whole wei, refills the balance in one swap of the other token and begins again; what is owed at the end is less than what was taken.",
		Condition:  "v2; since the trader had nothing, some operation met the condition of F-06, F-07 or F-08",
		BoundText:  "Σᵢ Bᵢ·min(1, f/wᵢ) + supply·f/(1−f), f the sum of the bounds of F-06 to F-08 over the operations, balances and supply as at the start",
		Severity:   "critical for a v2 weighted pool with a token of 18 decimals and a rate that is not 1, and with weights that let that token be bought out to dust within 2¹¹² of the other",
		Difficulty: "medium: anyone can send the batch, with no capital; it takes a v2 pool with such a token and such weights, and amounts computed for the pool's state at that moment.",
		Scenario:   "80/20, 1000 tokens and 1 token, the one at rate 1.058132, swap fee 10⁻⁶: 232 swaps in one batch end with the trader owing nothing and holding 217.14 of the 1000. At rate 1 the same batch leaves the trader owing. Below rate 1 all of a pool can be taken (F-20).",
		Advice:     "Scale what leaves the pool up, and keep minimum balances, as v3 does.",
		holdsAt:    func(m *moment) bool { return m.v2() && fallSince(m).Sign() > 0 },
		boundAt:    flashBound,
	},
}

// fallSince returns by how much, relatively and in 10⁻¹⁸, the operations since the trader had nothing may have lowered the
// value per BPT: no more than by the sum of their bounds, as 1 − Π(1−fₖ) ≤ Σ fₖ.
func fallSince(m *moment) *big.Int {
	sum := new(big.Int)
	for _, done := range m.since {
		swaps := done.swaps
		if swaps == nil {
			swaps = []*moment{done}
		}
		for _, k := range swaps {
			sum.Add(sum, scaledFall(k, k.loadedShort, k.givenShort))
			if k.config.Kind == domain.BootstrappingPool && k.before.Supply != k.after.Supply && !k.before.Supply.IsZero() {
				sum.Add(sum, missedFall(k))
			}
		}
	}
	if sum.Cmp(one) > 0 {
		sum.Set(one)
	}
	return sum
}

// flashBound bounds what a trader may have gained of all tokens and BPT. Let f be fallSince, B and S the balances and supply
// before, B' and S' after. No balance rose and the supply did not fall, or the trader would owe; and
//
//	Π (B'ᵢ/Bᵢ)^wᵢ ≥ (1−f)·S'/S ≥ 1−f
//
// so each (B'ᵢ/Bᵢ)^wᵢ ≥ 1−f, and Bᵢ−B'ᵢ ≤ Bᵢ·(1−(1−f)^(1/wᵢ)) ≤ Bᵢ·f/wᵢ by Bernoulli; and S'−S ≤ S·f/(1−f).
func flashBound(m *moment) *big.Int {
	f, start := fallSince(m), &m.since[0].before
	sum := new(big.Rat)
	for i := range start.Balances {
		part := new(big.Rat).SetFrac(f, start.Weights[i].ToBig())
		if part.Cmp(big.NewRat(1, 1)) > 0 {
			part.SetInt64(1)
		}
		sum.Add(sum, part.Mul(part, new(big.Rat).SetInt(start.Balances[i].ToBig())))
	}
	if rest := new(big.Int).Sub(one, f); rest.Sign() > 0 {
		part := new(big.Rat).SetFrac(f, rest)
		sum.Add(sum, part.Mul(part, new(big.Rat).SetInt(start.Supply.ToBig())))
	}
	return ceilRat(sum)
}

// missedOne returns Σw − 10¹⁸.
func (m *moment) missedOne() *big.Int {
	sum := plusAll(m.before.Weights...)
	return sum.Sub(sum, one)
}

// missedFall bounds how far the value per BPT falls where Σw = 1+δ: a proportional change by k multiplies it by k^δ, and
// −δ·ln k ≤ |δ|·|k−1|·max(1, 1/k); what else an operation may lose is scaledFall's.
func missedFall(m *moment) *big.Int {
	before, after := m.before.Supply.ToBig(), m.after.Supply.ToBig()
	least := before
	if after.Cmp(before) < 0 {
		least = after
	}
	moved := new(big.Int).Sub(after, before)
	fall := new(big.Rat).SetFrac(new(big.Int).Mul(moved.Abs(moved), new(big.Int).Abs(m.missedOne())), least)
	return new(big.Int).Add(ceilRat(fall), scaledFall(m, m.loadedShort, m.givenShort))
}
