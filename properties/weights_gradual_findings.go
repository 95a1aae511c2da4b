package properties

import (
	"math/big"
	"slices"

	"github.com/trueweight/trueweight/properties/domain"
)

var wtFindings = []*Finding{
	{
		ID: "F-21", Claims: []string{"WT-READ"}, Part: readBootstrapping,
		Title: "v2's bootstrapping pools read back weights that miss 1",
		Statement: "Start weights are stored in 31 bits and end weights in 16, both rounded down, so each weight is read back up to a step too small, and nothing makes up for it: the weights sum to less than 1, by up to n−1 steps. " +
			"Weights that do not change at all are read back so too.",
		Condition:  "v2 bootstrapping pool, weights given with a sum of 10¹⁸ at both ends",
		BoundText:  "|Σw − 10¹⁸| ≤ ⌊(n−1)·((1−p)·S₃₁ + p·S₁₆) + n + r⌋ wei: 1.4·10⁻⁹ at the start, 4.6·10⁻⁵ at the end for four tokens; above 10¹⁸ by at most f−1 wei; S_b = 10¹⁸/(2^b−1), p the progress, r weights rise and f fall",
		Severity:   "informational: no trade gains by it",
		Difficulty: "high: nobody gains. Every bootstrapping pool meets it.",
		Scenario: "What it does to the other claims, with Σw = 1−δ. SW: nothing, a swap needs two weights and not their sum; but its price is that of the weights read back, which for a token of 1 % is up to 0.15 % off the one that was asked for. " +
			"IN: the invariant is homogeneous of degree 1−δ, so k times the balances are worth k^(1−δ) times as much; IN-HOM keeps its side for k ≥ 1. JE, ST: joins mint by the invariant or in proportion, and what they mint differs by that k^δ; a proportional join dilutes the others, see F-08. " +
			"WT-SUM: a pool that is asked whether it would accept its own weights says no.",
		Advice: "Make the last weight what the others leave of 1, as v3 does, or store both ends in more bits.",
		holds: func(_ *Subject, c domain.Case) bool {
			g, ok := c.(*domain.Gradual)
			return ok && len(g.StartWeights) <= 4 && bootstrappingOf(g).givenOne()
		},
		bound: func(c domain.Case) *big.Int { return bootstrappingOf(c.(*domain.Gradual)).missedMost() },
	},
	{
		ID: "F-22", Claims: []string{"WT-READ"}, Part: readManaged,
		Title:      "v2's managed pools read back weights that miss 1 by a few wei",
		Statement:  "Each weight's way is rounded down: weights that rise are too low, weights that fall too high, each by less than a wei. Where one rises and one falls they make up for each other; where more do, they need not.",
		Condition:  "v2 managed pool of at least three tokens, strictly between start and end of a change, two weights or more that rise, or that fall",
		BoundText:  "−max(0, r−1) ≤ Σw − 10¹⁸ ≤ max(0, f−1) wei, r weights rise and f fall: at most 48",
		Severity:   "informational: 48 wei of 10¹⁸ are far below what any power is exact to",
		Difficulty: "high: nobody gains. Every managed pool may meet it in the midst of a change.",
		Scenario:   "The same as in F-21, with δ below 5·10⁻¹⁷: no computed answer shows it.",
		Advice:     "Make the last weight what the others leave of 1.",
		holds: func(_ *Subject, c domain.Case) bool {
			g, ok := c.(*domain.Gradual)
			if !ok || !managedOf(g).givenOne() {
				return false
			}
			rise, fall := managedOf(g).movers()
			return max(rise, fall) >= 2
		},
		bound: func(c domain.Case) *big.Int { return managedOf(c.(*domain.Gradual)).missedMost() },
	},
	{
		ID: "F-23", Claims: []string{"WT-GRAD"}, Part: readBootstrapping + ": minimum",
		Title:      "v2's bootstrapping pools read back weights below the minimum",
		Statement:  "A weight of exactly 1 %, which a pool accepts, is not one that 31 or 16 bits can tell: it is read back a part of a step smaller, below the minimum that was checked before.",
		Condition:  "v2 bootstrapping pool, all weights given at least 10¹⁶, some weight read back of its storage below 10¹⁶: given below ⌈21474837·10¹⁸/(2³¹−1)⌉ at the start or ⌈656·10¹⁸/65535⌉ at the end",
		BoundText:  "10¹⁶ − w ≤ 10¹⁶ − ⌊(1−p)·m₃₁ + p·m₁₆⌋ wei, m₃₁ and m₁₆ what is read back of 10¹⁶: 218,860,806 wei at the start, 5,340,657,663,844 wei (0.053 % of the weight) at the end",
		Severity:   "informational: the limits of exponents are far away",
		Difficulty: "high: nobody gains. It takes a token at, or next to, the minimum weight.",
		Scenario:   "The greatest exponent of a swap grows from 99 to 99.06: proofs that use the minimum weight need this one.",
		Advice:     "Check the weights that are read back.",
		holds: func(_ *Subject, c domain.Case) bool {
			g, ok := c.(*domain.Gradual)
			if !ok {
				return false
			}
			r := bootstrappingOf(g)
			return r.givenEnough() && slices.ContainsFunc(slices.Concat(r.start, r.end), func(w *big.Int) bool { return w.Cmp(leastWeight) < 0 })
		},
		bound: func(c domain.Case) *big.Int { return bootstrappingOf(c.(*domain.Gradual)).belowMinimum() },
	},
	{
		ID: "F-24", Claims: []string{"WT-REPACK"}, Part: "stored again",
		Title:      "A weight that is read back and stored again loses another step",
		Statement:  "Both ways round down. What is read back of a stored number x is ⌊x·max/(2^b−1)⌋, just below what x stands for; stored again it becomes x−1. Every change of weights stores the weights of that moment as its start, so each change takes a step off weights that stand still.",
		Condition:  "w·(2^b−1) mod max ≠ 0, w what is read back of the value",
		BoundText:  "⌈max/(2^b−1)⌉, a step: 465,661,288 wei for weights in 31 bits",
		Severity:   "informational: two thousand changes move a weight by 10⁻⁶, and only a pool's owner can make them",
		Difficulty: "high: only a pool's owner can change weights, and gains nothing by two thousand changes.",
		Scenario:   "An owner who schedules change after change lets the sum of the weights sink by n steps each time, beyond the bound of F-21, which is that of one change.",
		Advice:     "Keep the stored number of a weight that does not change; or round up on the way back.",
		holds: func(_ *Subject, c domain.Case) bool {
			p, ok := c.(*domain.Packing)
			return ok && p.Bits >= 2 && !p.Max.IsZero() && !dividesAgain(p)
		},
		bound: func(c domain.Case) *big.Int {
			p := c.(*domain.Packing)
			return ceilQuo(p.Max.ToBig(), topOf(uint(p.Bits)))
		},
	},
}

func managedOf(c *domain.Gradual) *reading       { return readings(&Subject{}, c)[1] }
func bootstrappingOf(c *domain.Gradual) *reading { return readings(&Subject{}, c)[2] }

// missedMost is by how much the sum may miss ONE, on either side.
func (r *reading) missedMost() *big.Int {
	if above, below := r.above(), r.below(); above.Cmp(below) > 0 {
		return above
	}
	return r.below()
}

// belowMinimum bounds how far below the minimum a weight is read that was given at least the minimum at both ends. It lies on a line between the stored
// ends, which are no less than what is read back of the minimum itself; on the way it is less than 1 wei below the line, and whole.
func (r *reading) belowMinimum() *big.Int {
	p := floorRat(new(big.Rat).Mul(r.progressNow, new(big.Rat).SetInt(fixedOne)))
	line := productOf(new(big.Int).Sub(fixedOne, p), through(leastWeight, r.bits[0]))
	line.Add(line, productOf(p, through(leastWeight, r.bits[1])))
	return line.Sub(leastWeight, line.Quo(line, fixedOne))
}

// dividesAgain reports whether what is read back of a value is one that its bits can tell: only then is it stored without loss.
func dividesAgain(p *domain.Packing) bool {
	top, most := topOf(uint(p.Bits)), p.Max.ToBig()
	back := productOf(p.Value.ToBig(), top)
	back.Quo(back, most).Mul(back, most).Quo(back, top)
	return back.Rem(back.Mul(back, top), most).Sign() == 0
}
