package properties

import (
	"fmt"
	"math/big"
	"slices"

	"github.com/holiman/uint256"
	"github.com/trueweight/trueweight/properties/domain"
)

// WT · weights that change in time. A pool stores the weights at two moments and reads, at a third, what lies between. v3's
// bootstrapping pool stores one weight and gives the other token the rest; v2's managed pool stores every weight as it is; v2's
// bootstrapping pool stores what 31 bits (start) and 16 bits (end) can tell. Decided in integers.

var wtGrad = &Property{
	ID: "WT-GRAD",
	Claim: "Weights that change in time are what is stored at both ends, move in one straight way between, never ahead of it and by no more than the roundings behind it, sum to ONE as nearly as storage can, " +
		"and stay above the minimum; a swap at a fixed clock obeys every claim about swaps.",
	Inequality: "wᵢ(start) = s̃ᵢ, wᵢ(end) = ẽᵢ; 0 ≤ τ·|ẽᵢ−s̃ᵢ| − |wᵢ−s̃ᵢ| < 1 + |ẽᵢ−s̃ᵢ|/10¹⁸; t ≤ t' ⇒ wᵢ(t), wᵢ(t'), ẽᵢ in this order; v3: Σwᵢ = ONE; " +
		"v2 managed: −max(0, r−1) ≤ Σwᵢ − ONE ≤ max(0, f−1); v2 bootstrapping: −(n−1)·((1−p)·S₃₁ + p·S₁₆) − n − r ≤ Σwᵢ − ONE ≤ max(0, f−1); all given weights ≥ 10¹⁶ ⇒ wᵢ ≥ 10¹⁶",
	T:      "s̃ᵢ + τ·(ẽᵢ−s̃ᵢ), τ the part of the time gone by; s̃, ẽ as stored; S_b = 10¹⁸/(2^b−1), p = ⌊τ·10¹⁸⌋/10¹⁸, r weights rise and f fall",
	Source: "SPEC, “Gradual weight change”; The vectors",
	Margin: Ratio,
	Kinds:  []domain.Kind{domain.KindGradual},
	Needs:  []string{"BootstrappingWeightsV3", "BootstrappingWeightsV2", "ManagedWeights", "OutGivenIn", "InGivenOut"},
	check: func(j *Judge, s *Subject, c domain.Case) Verdict {
		v, least := Verdict{Outcome: Vacuous}, Verdict{Outcome: Vacuous}
		for _, r := range readings(s, c.(*domain.Gradual)) {
			weights, err := r.read(r.c.Now)
			if err != nil {
				v = worst(v, vacuous(err))
				continue
			}
			v = worst(v, r.answers(j, s, weights))
			if len(weights) == len(r.start) {
				least = worst(least, r.aboveMinimum(weights))
			}
		}
		return worst(v, least) // what a finding may excuse comes last, and so hides nothing
	},
}

// A reading is one way to read a case's weights at a moment.
type reading struct {
	name        string
	c           *domain.Gradual
	given       [2][]*big.Int // at both ends
	start, end  []*big.Int    // as stored; nil where they can't be
	bits        [2]uint       // that the ends are stored in; 0 for all they need
	rest        bool          // the last weight is what is left of ONE
	read        func(now num) ([]num, error)
	progressNow *big.Rat // τ
}

// The names of the three readings, in the parts of claims.
const (
	readV3            = "v3 bootstrapping"
	readManaged       = "v2 managed"
	readBootstrapping = "v2 bootstrapping"
)

func readings(s *Subject, c *domain.Gradual) []*reading {
	v3 := &reading{name: readV3, rest: true, read: func(now num) ([]num, error) {
		project, reserve, err := s.BootstrappingWeightsV3(c.StartWeight(0), c.EndWeight(0), c.StartTime, c.EndTime, now)
		return []num{project, reserve}, err
	}}
	stored := func(name string, read func(startTime, endTime num, startWeights, endWeights []num, now num) ([]num, error), bits [2]uint) *reading {
		return &reading{name: name, bits: bits, given: [2][]*big.Int{bigs(c.StartWeights), bigs(c.EndWeights)}, read: func(now num) ([]num, error) {
			return read(c.StartTime, c.EndTime, slices.Clone(c.StartWeights), slices.Clone(c.EndWeights), now)
		}}
	}
	for i, w := range []num{c.StartWeight(0), c.EndWeight(0)} {
		v3.given[i] = []*big.Int{w.ToBig(), new(big.Int).Sub(fixedOne, w.ToBig())}
	}
	list := []*reading{v3, stored(readManaged, s.ManagedWeights, [2]uint{}), stored(readBootstrapping, s.BootstrappingWeightsV2, [2]uint{31, 16})}
	for _, r := range list {
		r.c, r.progressNow = c, progressAt(c, c.Now)
		r.start, r.end = throughAll(r.given[0], r.bits[0]), throughAll(r.given[1], r.bits[1])
	}
	return list
}

// progressAt returns the part of a case's time that has gone by at a moment.
func progressAt(c *domain.Gradual, now num) *big.Rat { return timeGone(c.StartTime, c.EndTime, now) }

// timeGone returns the part of the time from start to end that has gone by: all of it from the end on, even where the start is later.
func timeGone(start, end, now num) *big.Rat {
	switch {
	case !now.Lt(&end):
		return big.NewRat(1, 1)
	case !now.Gt(&start):
		return new(big.Rat)
	}
	return new(big.Rat).SetFrac(new(big.Int).Sub(now.ToBig(), start.ToBig()), new(big.Int).Sub(end.ToBig(), start.ToBig()))
}

// throughAll returns what is read back of weights stored in so many bits.
func throughAll(weights []*big.Int, bits uint) []*big.Int {
	list := make([]*big.Int, len(weights))
	for i, w := range weights {
		list[i] = through(w, bits)
	}
	return list
}

// through returns what is read back of a weight of at most ONE stored in so many bits: ⌊⌊w·(2^b−1)/ONE⌋·ONE/(2^b−1)⌋.
func through(weight *big.Int, bits uint) *big.Int {
	if bits == 0 {
		return weight
	}
	top := topOf(bits)
	stored := productOf(weight, top)
	stored.Quo(stored, fixedOne).Mul(stored, fixedOne)
	return stored.Quo(stored, top)
}

// topOf returns 2^bits − 1.
func topOf(bits uint) *big.Int {
	top := new(big.Int).Lsh(big.NewInt(1), bits)
	return top.Sub(top, big.NewInt(1))
}

// answers judges what was read now, but for the minimum.
func (r *reading) answers(j *Judge, s *Subject, weights []num) Verdict {
	if len(weights) != len(r.start) || len(r.end) < len(r.start) {
		return violated(r.name+": every weight", fmt.Sprint(len(weights), " weights"), fmt.Sprintf("%d, or a failure where an end has none", len(r.start)))
	}
	v := Verdict{Outcome: Vacuous}
	for i := range weights {
		v = worst(v, r.onTheLine(i, weights[i].ToBig()))
	}
	return worst(v, r.nearOne(weights), r.oneWay(weights), r.swap(j, s, weights))
}

// onTheLine judges one weight against the straight line.
func (r *reading) onTheLine(i int, weight *big.Int) Verdict {
	return straightWay(r.name, r.start[i], r.end[i], weight, r.progressNow)
}

// straightWay judges a value that went the part τ of the way. Progress is rounded down, to p > τ − 10⁻¹⁸, and the way gone too, to more than p·|way| − 1: so the value is
// behind τ·|way| by less than 1 + |way|/10¹⁸, and never ahead. At the ends nothing is rounded.
func straightWay(name string, start, end, value *big.Int, progress *big.Rat) Verdict {
	way, gone := new(big.Int).Sub(end, start), new(big.Int).Sub(value, start)
	if way.Sign() < 0 {
		way.Neg(way)
		gone.Neg(gone)
	}
	past, length := progress.Num(), progress.Denom()
	behind := productOf(past, way)
	behind.Sub(behind, productOf(gone, length)) // times length
	atAnEnd := past.Sign() == 0 || past.Cmp(length) == 0
	allowed := productOf(length, new(big.Int).Add(fixedOne, way)) // times length·10¹⁸
	used := productOf(behind, fixedOne)
	switch {
	case atAnEnd && behind.Sign() == 0:
		return Verdict{Outcome: Holds, Margin: ratioMargin(0)}
	case atAnEnd:
		return violated(name+": ends", value.String(), fmt.Sprintf("%v at the start, %v at the end", start, end))
	case behind.Sign() < 0 || used.Cmp(allowed) >= 0:
		return violated(name+": straight way", value.String(), fmt.Sprintf("from %v to %v, %s of the way", start, end, progress.FloatString(20)))
	}
	return Verdict{Outcome: Holds, Margin: partOf(used, allowed)}
}

// nearOne judges the sum of weights that were given with a sum of ONE.
//
// What storage loses: with S = 10¹⁸/M, M = 2^b − 1, and xᵢ the fraction of wᵢ/S, a weight is read back as ⌊wᵢ − xᵢ·S⌋. The wᵢ/S sum to M, a whole number, so Σxᵢ is
// whole, and as each is below 1 at most n−1: Σw − Σw̃ < (n−1)·S + n. Between the ends the loss is between theirs.
//
// What the way loses: a weight that rises is less than 1 wei too low, one that falls less than 1 wei too high. So Σ − ONE is below f, and above what storage lost less r;
// it is whole, and where nothing is lost in storage above −r.
func (r *reading) nearOne(weights []num) Verdict {
	sum := total(weights)
	off := new(big.Int).Sub(sum, fixedOne)
	part := r.name + ": sum"
	switch {
	case r.rest && off.Sign() != 0:
		return Verdict{Outcome: Violated, Part: part, Got: sum.String(), Want: fixedOne.String(), Excess: off.Abs(off)}
	case r.rest:
		return Verdict{Outcome: Holds, Margin: ratioMargin(0)}
	case !r.givenOne():
		return Verdict{Outcome: Vacuous}
	}
	used, allowed := off, r.above()
	if off.Sign() < 0 {
		used, allowed = new(big.Int).Neg(off), r.below()
	}
	if used.Cmp(allowed) > 0 {
		return Verdict{Outcome: Violated, Part: part, Got: sum.String(), Want: "ONE within " + allowed.String(), Excess: new(big.Int).Sub(used, allowed)}
	}
	return Verdict{Outcome: Holds, Margin: partOf(used, allowed)}
}

// givenOne reports whether the weights of both ends were given with a sum of ONE.
func (r *reading) givenOne() bool {
	return sumOf(r.given[0]).Cmp(fixedOne) == 0 && len(r.given[0]) == len(r.given[1]) && sumOf(r.given[1]).Cmp(fixedOne) == 0
}

func sumOf(list []*big.Int) *big.Int {
	sum := new(big.Int)
	for _, n := range list {
		sum.Add(sum, n)
	}
	return sum
}

// above and below are by how many wei the sum may miss ONE.
func (r *reading) above() *big.Int {
	_, falls := r.movers()
	return big.NewInt(max(0, falls-1))
}

func (r *reading) below() *big.Int {
	rises, _ := r.movers()
	if r.bits[0] == 0 {
		return big.NewInt(max(0, rises-1))
	}
	n := int64(len(r.start))
	p := floorRat(new(big.Rat).Mul(r.progressNow, new(big.Rat).SetInt(fixedOne)))
	sum := new(big.Rat).SetFrac(new(big.Int).Sub(fixedOne, p), topOf(r.bits[0])) // (1−p)·S₃₁
	sum.Add(sum, new(big.Rat).SetFrac(p, topOf(r.bits[1])))
	sum.Mul(sum, big.NewRat(n-1, 1))
	return floorRat(sum.Add(sum, big.NewRat(n+rises, 1)))
}

// movers counts the stored weights that rise and that fall on the way; none does at an end of it.
func (r *reading) movers() (rise, fall int64) {
	if r.progressNow.Sign() == 0 || r.progressNow.Cmp(big.NewRat(1, 1)) == 0 {
		return 0, 0
	}
	for i := range r.start {
		switch r.start[i].Cmp(r.end[i]) {
		case -1:
			rise++
		case 1:
			fall++
		}
	}
	return rise, fall
}

func floorRat(r *big.Rat) *big.Int { return new(big.Int).Div(r.Num(), r.Denom()) }

// oneWay judges that a second later, and at the moment that the case's progress is, each weight is as near to its end or nearer, for every later moment of the two.
func (r *reading) oneWay(weights []num) Verdict {
	v := holds()
	for _, then := range []num{saturated(r.c.Now, *newNum(1)), r.momentOf(r.c.Progress)} {
		other, err := r.read(then)
		if err != nil || len(other) != len(weights) {
			continue
		}
		first, second := weights, other
		if then.Lt(&r.c.Now) {
			first, second = other, weights
		}
		for i := range first {
			if first[i].Cmp(&second[i])*r.start[i].Cmp(r.end[i]) < 0 || r.start[i].Cmp(r.end[i]) == 0 && first[i] != second[i] {
				return violated(r.name+": one way", fmt.Sprintf("%s, then %s", first[i].Dec(), second[i].Dec()), fmt.Sprintf("from %v towards %v", r.start[i], r.end[i]))
			}
		}
	}
	return v
}

// momentOf returns when so much of the time has gone by.
func (r *reading) momentOf(progress num) num {
	if r.c.EndTime.Lt(&r.c.StartTime) {
		return r.c.EndTime
	}
	length := new(uint256.Int).Sub(&r.c.EndTime, &r.c.StartTime)
	return saturated(r.c.StartTime, shareOfNumber(*length, progress))
}

// swap judges a trade at the weights that were read by one claim about swaps: which, and how much is traded, follows from the case.
func (r *reading) swap(j *Judge, s *Subject, weights []num) Verdict {
	turn := r.c.Now[0] + r.c.Progress[0]
	c := domain.Swap{GivenOut: turn%2 == 1, BalanceIn: *newNum(1e18 + turn), BalanceOut: *newNum(7e17 + turn/3)}
	if turn/2%3 != uint64(len(r.name))%3 || len(weights) < 2 || slices.ContainsFunc(weights[:2], func(w num) bool { return w.ToBig().Cmp(leastStored) < 0 }) {
		return Verdict{Outcome: Vacuous}
	}
	c.WeightIn, c.WeightOut, c.Fee = weights[0], weights[1], *newNum(3e15)
	c.Amount = *newNum(1 + turn%2e17)
	c.Piece = *newNum(turn % 1e17)
	p := sw[turn/6%uint64(len(sw))]
	if !p.AppliesTo(s) || !slices.Contains(p.Kinds, c.Kind()) {
		return Verdict{Outcome: Vacuous}
	}
	switch v := j.Decide(p, s, &c); v.Outcome {
	case Violated, Undecided:
		v.Part = r.name + ": a swap by " + p.ID
		v.Margin = Margin{}
		return v
	}
	return holds()
}

// leastStored is what is read back of the least weight in 16 bits.
var leastStored = through(leastWeight, 16)

// aboveMinimum judges weights of which all that were given are at least the minimum.
func (r *reading) aboveMinimum(weights []num) Verdict {
	if !r.givenEnough() {
		return Verdict{Outcome: Vacuous}
	}
	for i := range weights {
		if w := weights[i].ToBig(); w.Cmp(leastWeight) < 0 {
			return Verdict{Outcome: Violated, Part: r.name + ": minimum", Got: w.String(), Want: "at least " + leastWeight.String(), Excess: w.Sub(leastWeight, w)}
		}
	}
	return holds()
}

func (r *reading) givenEnough() bool {
	return !slices.ContainsFunc(slices.Concat(r.given[0], r.given[1]), func(w *big.Int) bool { return w.Cmp(leastWeight) < 0 })
}

var wtRead = &Property{
	ID:         "WT-READ",
	Claim:      "Weights that were accepted with a sum of exactly ONE are read back with a sum of exactly ONE, at every moment of a change.",
	Inequality: "Σs = Σe = ONE ⟹ Σwᵢ(t) = ONE",
	T:          "ONE",
	Source:     "SPEC, “Gradual weight change”",
	Kinds:      []domain.Kind{domain.KindGradual},
	Needs:      []string{"BootstrappingWeightsV3", "BootstrappingWeightsV2", "ManagedWeights"},
	check: func(_ *Judge, s *Subject, c domain.Case) Verdict {
		v := Verdict{Outcome: Vacuous}
		for _, r := range readings(s, c.(*domain.Gradual)) {
			weights, err := r.read(r.c.Now)
			switch {
			case err != nil:
				v = worst(v, vacuous(err))
			case r.rest || r.givenOne():
				sum := total(weights)
				v = worst(v, equalSum(r.name, sum))
			}
		}
		return v
	},
}

func equalSum(part string, sum *big.Int) Verdict {
	off := new(big.Int).Sub(sum, fixedOne)
	if off.Sign() == 0 {
		return holds()
	}
	return Verdict{Outcome: Violated, Part: part, Got: sum.String(), Want: fixedOne.String(), Excess: off.Abs(off)}
}

var wtGradual = []*Property{wtGrad, wtRead, wtStill, wtPack, wtRepack, wtStored, wtFee, wtStart, wtPair, wtStep, wtBits, wtRest}
