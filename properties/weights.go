package properties

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"

	"github.com/trueweight/trueweight/properties/domain"
	"github.com/trueweight/trueweight/reference/exact"
)

// WT · weights. All of these are claims about integers and are decided in integers of any size, so
// that no sum wraps. A pool's weights are 18-decimal fixed point: ONE = 10¹⁸ stands for 1.

// leastWeight is the least weight of a pool's token, 1 % (SPEC, "Weighted math": Limits).
var leastWeight = big.NewInt(1e16)

// fewestTokens is the least number of tokens of a pool.
const fewestTokens = 2

var wtSum = &Property{
	ID:         "WT-SUM",
	Claim:      "A pool is accepted only if its weights sum to exactly ONE, and never rejected for a sum that is.",
	Inequality: "accepted ⟹ Σwᵢ = ONE; Σwᵢ = ONE ⟹ not rejected for its sum, and accepted if WT-MIN and WT-N allow it",
	T:          "Σwᵢ",
	Source:     "SPEC, “Weight normalization”",
	Kinds:      []domain.Kind{domain.KindPoolWeights},
	Needs:      []string{"ValidateWeights"},
	check:      validation("sum", proposal.sumsToOne, "BAL#308", "NormalizedWeightInvariant"),
}

var wtMin = &Property{
	ID:         "WT-MIN",
	Claim:      "A pool is accepted only if each weight is at least 1 %, and never rejected for weights that are.",
	Inequality: "accepted ⟹ min wᵢ ≥ 10¹⁶; min wᵢ ≥ 10¹⁶ ⟹ not rejected for a weight, and accepted if WT-SUM and WT-N allow it",
	T:          "min wᵢ",
	Source:     "SPEC, “Weighted math”: Limits",
	Kinds:      []domain.Kind{domain.KindPoolWeights},
	Needs:      []string{"ValidateWeights"},
	check:      validation("minimum weight", proposal.reachesMinimum, "BAL#302", "MinWeight"),
}

var wtN = &Property{
	ID:         "WT-N",
	Claim:      "A pool is accepted only with 2 tokens to as many as its kind holds, and never rejected for such a number.",
	Inequality: "accepted ⟹ 2 ≤ n ≤ most; 2 ≤ n ≤ most ⟹ not rejected for its number, and accepted if WT-SUM and WT-MIN allow it",
	T:          "n",
	Source:     "SPEC, “Weighted math”: Limits",
	Kinds:      []domain.Kind{domain.KindPoolWeights},
	Needs:      []string{"ValidateWeights"},
	check:      validation("number of tokens", proposal.countAllowed, "BAL#200", "BAL#201", "MinTokens", "MaxTokens"),
}

// A proposal is weights that want to be a pool's.
type proposal struct {
	weights    []num
	mostTokens int
}

func (p proposal) countAllowed() bool {
	return fewestTokens <= len(p.weights) && len(p.weights) <= p.mostTokens
}

func (p proposal) reachesMinimum() bool {
	return !slices.ContainsFunc(p.weights, func(w num) bool { return w.ToBig().Cmp(leastWeight) < 0 })
}

func (p proposal) sumsToOne() bool { return total(p.weights).Cmp(fixedOne) == 0 }

// faultless reports whether no rule gives a reason to reject.
func (p proposal) faultless() bool { return p.countAllowed() && p.reachesMinimum() && p.sumsToOne() }

// validation judges one rule of three. Where the rule is broken, the pool must be rejected. Where
// it is kept, the pool must be accepted if the others are kept too; else the rejection, if its name can
// be asked, must not name this rule: the names are blames.
func validation(rule string, kept func(proposal) bool, blames ...string) func(*Judge, *Subject, domain.Case) Verdict {
	return func(_ *Judge, s *Subject, c domain.Case) Verdict {
		given := c.(*domain.PoolWeights)
		p := proposal{given.Weights, int(given.MaxTokens)}
		err := s.ValidateWeights(slices.Clone(p.weights), p.mostTokens)
		switch {
		case !kept(p) && err == nil:
			return violated(rule, "accepted", "a rejection")
		case !kept(p) || err == nil:
			return Verdict{Outcome: Holds, Failure: failureLabel(err)}
		case p.faultless():
			return violated(rule, "rejected: "+failureLabel(err), "accepted")
		case s.Profile.Failures == OnlyThat:
			return vacuous(err)
		}
		for _, r := range s.rules() {
			if name := failureName(err, r); slices.Contains(blames, name) {
				return violated(rule, "rejected: "+name, "a rejection for another rule: this one is kept")
			}
		}
		return Verdict{Outcome: Holds, Failure: failureLabel(err)}
	}
}

var wtNorm = &Property{
	ID: "WT-NORM",
	Claim: "Normalized weights sum to exactly ONE, each within one wei of its exact share; equal inputs get weights at most " +
		"one wei apart, a larger input never a smaller weight; nothing comes of a sum that is 0 or has more than 256 bits.",
	Inequality: "Σwᵢ = ONE; |wᵢ − Tᵢ| ≤ 1; rᵢ = rⱼ ⟹ |wᵢ − wⱼ| ≤ 1; rᵢ < rⱼ ⟹ wᵢ ≤ wⱼ; Σr ∈ {0} ∪ [2²⁵⁶, ∞) ⟹ failure",
	T:          "rᵢ·ONE/Σr",
	Source:     "SPEC, “Weight normalization”",
	Margin:     Ratio,
	Kinds:      []domain.Kind{domain.KindWeights},
	Needs:      []string{"Normalize"},
	check: func(_ *Judge, s *Subject, c domain.Case) Verdict {
		raw := c.(*domain.Weights).Raw
		sum := total(raw)
		weights, err := s.Normalize(slices.Clone(raw))
		switch {
		case sum.Sign() == 0 || sum.BitLen() > 256:
			if err == nil {
				return violated("failure", fmt.Sprint(weights), "a failure: Σr = "+sum.String())
			}
			return Verdict{Outcome: Holds, Failure: failureLabel(err)}
		case err != nil:
			return violated("answer", "failure: "+failureLabel(err), "weights")
		case len(weights) != len(raw):
			return violated("answer", fmt.Sprint(len(weights), " weights"), fmt.Sprint(len(raw)))
		}
		return worst(sumIsOne(weights), nearShares(raw, weights, sum), inOrder(raw, weights))
	},
}

func sumIsOne(weights []num) Verdict {
	sum := total(weights)
	if off := new(big.Int).Sub(sum, fixedOne); off.Sign() != 0 {
		return Verdict{Outcome: Violated, Part: "sum", Got: sum.String(), Want: fixedOne.String(), Excess: off.Abs(off)}
	}
	return holds()
}

// nearShares judges |wᵢ − rᵢ·ONE/Σ| ≤ 1 as |wᵢ·Σ − rᵢ·ONE| ≤ Σ; the margin is the largest quotient.
func nearShares(raw, weights []num, sum *big.Int) Verdict {
	furthest := new(big.Int)
	for i := range raw {
		off := new(big.Int).Mul(weights[i].ToBig(), sum)
		off.Sub(off, new(big.Int).Mul(raw[i].ToBig(), fixedOne)).Abs(off)
		if off.Cmp(sum) > 0 {
			share := new(big.Rat).SetFrac(new(big.Int).Mul(raw[i].ToBig(), fixedOne), sum)
			return Verdict{Outcome: Violated, Part: "share", Got: weights[i].Dec(), Want: "within one wei of " + share.FloatString(3),
				Excess: ceilQuo(off.Sub(off, sum), sum)}
		}
		if off.Cmp(furthest) > 0 {
			furthest = off
		}
	}
	return Verdict{Outcome: Holds, Margin: ratioMargin(ceilQuo(furthest.Mul(furthest, big.NewInt(1e9)), sum).Uint64())}
}

// inOrder judges order and equal treatment: listed by input, and by weight where inputs are equal,
// weights never fall and rise by at most one among equals.
func inOrder(raw, weights []num) Verdict {
	at := make([]int, len(raw))
	for i := range at {
		at[i] = i
	}
	slices.SortFunc(at, func(i, j int) int { return cmp.Or(raw[i].Cmp(&raw[j]), weights[i].Cmp(&weights[j])) })
	least := 0 // the place where the run of equal inputs begins
	for k, i := range at {
		if k == 0 || raw[i] != raw[at[least]] {
			least = k
		}
		if k > 0 && weights[i].Lt(&weights[at[k-1]]) {
			return violated("order", weights[i].Dec()+" for the larger input", "at least "+weights[at[k-1]].Dec())
		}
		spread := weights[i]
		if spread.Sub(&spread, &weights[at[least]]); spread.GtUint64(1) {
			return Verdict{Outcome: Violated, Part: "equal inputs", Got: spread.Dec() + " wei apart", Want: "at most 1",
				Excess: new(big.Int).Sub(spread.ToBig(), big.NewInt(1))}
		}
	}
	return holds()
}

// total returns the sum of a list, of any size.
func total(list []num) *big.Int {
	sum := new(big.Int)
	for i := range list {
		sum.Add(sum, list[i].ToBig())
	}
	return sum
}

var wt = slices.Concat([]*Property{wtSum, wtMin, wtN, wtNorm}, wtGradual)

var wtPlants = []Plant{
	{"WT-SUM", "sums wrap at 256 bits", validating(func(p proposal) bool {
		var sum num
		for i := range p.weights {
			sum.Add(&sum, &p.weights[i])
		}
		return p.countAllowed() && p.reachesMinimum() && sum.Eq(wei(1e18))
	})},
	{"WT-SUM", "a sum a wei short is accepted", validating(func(p proposal) bool {
		off := new(big.Int).Sub(fixedOne, total(p.weights))
		return p.countAllowed() && p.reachesMinimum() && off.IsUint64() && off.Uint64() <= 1
	})},
	{"WT-SUM", "a sum of exactly ONE is rejected", validating(func(p proposal) bool { return p.faultless() && !p.sumsToOne() })},
	{"WT-MIN", "a weight a wei below 1 % is accepted", validating(func(p proposal) bool {
		return p.countAllowed() && p.sumsToOne() && !slices.ContainsFunc(p.weights, func(w num) bool { return w.Lt(wei(1e16 - 1)) })
	})},
	{"WT-MIN", "a weight of exactly 1 % is rejected", validating(func(p proposal) bool {
		return p.faultless() && !slices.Contains(p.weights, *wei(1e16))
	})},
	{"WT-MIN", "the last weight is not looked at", validating(func(p proposal) bool {
		head := proposal{p.weights[:max(0, len(p.weights)-1)], p.mostTokens}
		return p.countAllowed() && p.sumsToOne() && head.reachesMinimum()
	})},
	{"WT-MIN", "every failure is called that of a weight", func(s *Subject) {
		validate := s.ValidateWeights
		s.ValidateWeights = func(w []num, most int) error {
			if validate(w, most) != nil {
				return &exact.Failure{Name: "MinWeight"}
			}
			return nil
		}
	}},
	{"WT-N", "one token more than the limit is accepted", validating(func(p proposal) bool {
		return len(p.weights) >= fewestTokens && len(p.weights) <= p.mostTokens+1 && p.reachesMinimum() && p.sumsToOne()
	})},
	{"WT-N", "the limit itself is rejected", validating(func(p proposal) bool { return p.faultless() && len(p.weights) < p.mostTokens })},
	{"WT-N", "a single token is accepted", validating(func(p proposal) bool {
		return len(p.weights) >= 1 && len(p.weights) <= p.mostTokens && p.reachesMinimum() && p.sumsToOne()
	})},
	{"WT-NORM", "each share is rounded half up", normalizing(func(raw []num, sum *big.Int) []*big.Int {
		return shares(raw, func(r *big.Int) *big.Int {
			r.Mul(r, fixedOne).Lsh(r, 1).Add(r, sum)
			return r.Quo(r, new(big.Int).Lsh(sum, 1))
		})
	})},
	{"WT-NORM", "the first token takes all that is left over", normalizing(func(raw []num, sum *big.Int) []*big.Int {
		list, left := floors(raw, sum)
		list[0].Add(list[0], left)
		return list
	})},
	{"WT-NORM", "what is left over goes one each from the first token on", normalizing(func(raw []num, sum *big.Int) []*big.Int {
		list, left := floors(raw, sum)
		for i := range int(left.Int64()) {
			list[i].Add(list[i], big.NewInt(1))
		}
		return list
	})},
	{"WT-NORM", "a wei goes from the first token to the last", normalizing(func(raw []num, sum *big.Int) []*big.Int {
		list, left := floors(raw, sum)
		list[0].Sub(list[0], big.NewInt(1)).Abs(list[0])
		last := list[len(list)-1]
		last.Add(last, left).Add(last, big.NewInt(1))
		return list
	})},
	{"WT-NORM", "the sum of the inputs wraps at 256 bits", func(s *Subject) {
		normalize := s.Normalize
		s.Normalize = func(raw []num) ([]num, error) {
			if total(raw).BitLen() > 256 {
				return make([]num, len(raw)), nil
			}
			return normalize(raw)
		}
	}},
}

func wei(n uint64) *num { return new(num).SetUint64(n) }

// validating plants a validation that accepts by a condition of its own.
func validating(accepts func(proposal) bool) func(*Subject) {
	return func(s *Subject) {
		validate := s.ValidateWeights
		s.ValidateWeights = func(w []num, most int) error {
			err := validate(w, most)
			switch {
			case accepts(proposal{w, most}):
				return nil
			case err == nil:
				return &exact.Failure{Name: "rejected"}
			default:
				return err
			}
		}
	}
}

// normalizing plants a normalization of its own where the right one answers.
func normalizing(divide func(raw []num, sum *big.Int) []*big.Int) func(*Subject) {
	return func(s *Subject) {
		normalize := s.Normalize
		s.Normalize = func(raw []num) ([]num, error) {
			weights, err := normalize(raw)
			if err != nil {
				return weights, err
			}
			for i, w := range divide(raw, total(raw)) {
				weights[i].SetFromBig(w)
			}
			return weights, nil
		}
	}
}

func shares(raw []num, share func(*big.Int) *big.Int) []*big.Int {
	list := bigs(raw)
	for i := range list {
		list[i] = share(list[i])
	}
	return list
}

// floors returns ⌊r·ONE/Σ⌋ of each input and what is left of ONE.
func floors(raw []num, sum *big.Int) (list []*big.Int, left *big.Int) {
	left = new(big.Int).Set(fixedOne)
	list = shares(raw, func(r *big.Int) *big.Int { return r.Quo(r.Mul(r, fixedOne), sum) })
	for _, w := range list {
		left.Sub(left, w)
	}
	return list, left
}
