package properties

import (
	"fmt"
	"slices"

	"github.com/trueweight/trueweight/properties/domain"
)

// A guarded pool is a v3 pool as its own entry points see it: the mathematics, behind guards. Each question has an answer exactly where the lists make a
// pool, the places are in the lists, no balance is below its minimum, and the mathematics has one; and then it is that answer.
//
// A case is judged as it is, and where it is accepted one unit on both sides of every bound: the pools beside it of which one is accepted and the other is not.

var swPool = &Property{
	ID: "SW-POOL",
	Claim: "A v3 pool swaps exactly where its weights are at least 1 % and sum to exactly 1, each token has a minimum balance of at least 10⁶ wei, the tokens are in its lists, the balance in, with a wei more, is not below its " +
		"minimum before, and the balance out is not after; and its answer is that of a swap between the two tokens alone, with that wei more of the token in.",
	Inequality: "poolOnSwap = swap(bᵢ+1, wᵢ, bₒ, wₒ, a) ⟺ wₖ ≥ 10¹⁶, mₖ ≥ 10⁶, Σw = ONE, bᵢ+1 ≥ mᵢ, bₒ−out ≥ mₒ; judged at each bound and a unit beyond it",
	Source:     "SPEC, The vectors, poolOnSwap; Liquidity, v3",
	Kinds:      onPool,
	Needs:      []string{"PoolOnSwap", "OutGivenIn", "InGivenOut"},
	check: func(_ *Judge, s *Subject, c domain.Case) Verdict {
		p := guardedOf(c)
		return p.judgeBeside(func(p guarded) Verdict {
			return p.judge(p.swap(s))
		}, func() []guarded {
			return slices.Concat(p.besideWeights(), p.besideMinimums(), p.besideLists(), p.besideSwap(s))
		})
	},
}

var inPool = &Property{
	ID: "IN-POOL",
	Claim: "A v3 pool tells its invariant, in both directions, exactly where its weights and minimum balances make a pool and no balance is below its minimum; and a balance at a ratio of it where neither the old nor the new one is. Both " +
		"are those of its lists alone.",
	Inequality: "poolComputeInvariant = invariantDown(w, b), resp. Up ⟺ wₖ ≥ 10¹⁶, mₖ ≥ 10⁶, Σw = ONE, every bₖ ≥ mₖ; poolComputeBalance = balanceGivenInvariantRatio(bᵢ, wᵢ, R) ⟺ the same of w and m, and min(bᵢ, balance) ≥ mᵢ; " +
		"judged at each bound and a unit beyond it",
	Source: "SPEC, The vectors, poolComputeInvariant, poolComputeBalance",
	Kinds:  onPool,
	Needs:  []string{"PoolComputeInvariant", "PoolComputeBalance", "InvariantDown", "InvariantUp", "BalanceGivenInvariantRatio"},
	check: func(_ *Judge, s *Subject, c domain.Case) Verdict {
		p, q := guardedOf(c), guardedOf(c)
		q.in = max(0, min(q.in, len(q.weights)-1)) // an invariant has no place
		v := q.judgeBeside(func(q guarded) Verdict {
			return q.judge(q.invariant(s))
		}, func() []guarded {
			if q.givenOut { // which an invariant does not read: it says which half is judged
				return q.besideLists()
			}
			return append(q.withMinimum(q.in, q.balances[q.in]), q.turned())
		})
		return worst(v, p.judgeBeside(func(p guarded) Verdict {
			return p.judge(p.balance(s))
		}, func() []guarded {
			return slices.Concat(p.besideWeights(), p.besideMinimums(), p.besideLists(), p.besideBalance(s))
		}))
	},
}

// leastPoolWeight is the least weight of a token.
var leastPoolWeight = num{1e16}

type guarded struct {
	what                    string // of the case was changed
	weights, mins, balances []num
	in, out                 int
	amount, ratio           num
	givenOut, up            bool
}

func guardedOf(c domain.Case) guarded {
	p := c.(*domain.Pool)
	return guarded{"as it is", p.Weights, p.MinBalances, p.Balances, int(p.IndexIn), int(p.IndexOut), p.Amount, p.Ratio, p.GivenOut, p.RoundUp}
}

// A reply is what a pool's entry point answered, and what it has to: nil where it must fail.
type reply struct {
	entry string
	got   num
	err   error
	want  *num
}

// isPool reports whether the weights and minimum balances make a pool.
func (p guarded) isPool() bool {
	for i := range p.weights {
		if p.weights[i].Lt(&leastPoolWeight) || i >= len(p.mins) || p.mins[i].Lt(&leastMinimum) {
			return false
		}
	}
	return total(p.weights).Cmp(fixedOne) == 0
}

// allows reports whether token i may have a balance.
func (p guarded) allows(i int, balance num) bool {
	return i < len(p.mins) && !balance.Lt(&p.mins[i])
}

// has reports whether the lists have a token i.
func (p guarded) has(i int) bool {
	return 0 <= i && i < min(len(p.weights), len(p.balances), len(p.mins))
}

func (p guarded) swap(s *Subject) (r reply) {
	r.entry = "swap"
	r.got, r.err = s.PoolOnSwap(slices.Clone(p.weights), slices.Clone(p.mins), slices.Clone(p.balances), p.in, p.out, p.amount, p.givenOut)
	if !p.isPool() || !p.has(p.in) || !p.has(p.out) {
		return r
	}
	raised, answer, out, ok := p.traded(s)
	left, under := new(num).SubOverflow(&p.balances[p.out], &out)
	if ok && !under && p.allows(p.in, raised) && p.allows(p.out, *left) {
		r.want = &answer
	}
	return r
}

// traded returns the balance in with a wei more, what the swap of the two tokens alone answers with it, and the amount out.
func (p guarded) traded(s *Subject) (raised, answer, out num, ok bool) {
	if _, over := raised.AddOverflow(&p.balances[p.in], newNum(1)); over {
		return raised, answer, out, false
	}
	ask := s.OutGivenIn
	if p.givenOut {
		ask = s.InGivenOut
	}
	answer, err := ask(raised, p.weights[p.in], p.balances[p.out], p.weights[p.out], p.amount)
	if out = answer; p.givenOut {
		out = p.amount
	}
	return raised, answer, out, err == nil
}

func (p guarded) invariant(s *Subject) (r reply) {
	r.entry = "invariant"
	r.got, r.err = s.PoolComputeInvariant(slices.Clone(p.weights), slices.Clone(p.mins), slices.Clone(p.balances), p.up)
	if !p.isPool() || len(p.balances) < len(p.weights) {
		return r
	}
	for i, b := range p.balances {
		if !p.allows(i, b) {
			return r
		}
	}
	of := s.InvariantDown
	if p.up {
		of = s.InvariantUp
	}
	if want, err := of(slices.Clone(p.weights), slices.Clone(p.balances)); err == nil {
		r.want = &want
	}
	return r
}

func (p guarded) balance(s *Subject) (r reply) {
	r.entry = "balance"
	r.got, r.err = s.PoolComputeBalance(slices.Clone(p.weights), slices.Clone(p.mins), slices.Clone(p.balances), p.in, p.ratio)
	if !p.isPool() || !p.has(p.in) {
		return r
	}
	before := p.balances[p.in]
	after, err := s.BalanceGivenInvariantRatio(before, p.weights[p.in], p.ratio)
	if err == nil && p.allows(p.in, before) && p.allows(p.in, after) {
		r.want = &after
	}
	return r
}

// judge judges one reply.
func (p guarded) judge(r reply) Verdict {
	part := r.entry + ", " + p.what
	switch {
	case r.want == nil && r.err != nil:
		return Verdict{Outcome: Holds, Failure: failureLabel(r.err)}
	case r.want == nil:
		return violated(part, r.got.Dec(), "a failure")
	}
	return equalTo(part, r.got, r.err, r.want.ToBig())
}

// judgeBeside judges a pool, and where it answers those beside it.
func (p guarded) judgeBeside(judge func(guarded) Verdict, beside func() []guarded) Verdict {
	v := judge(p)
	if v.Outcome != Holds || v.Failure != "" {
		return v
	}
	for _, q := range beside() {
		v = worst(v, judge(q))
	}
	return v
}

// besideWeights are the least weight for a token, what it leaves going to another, and a unit less; and sums that miss 1 by a unit.
func (p guarded) besideWeights() (list []guarded) {
	i := p.in
	other := (i + 1) % len(p.weights)
	for _, unit := range []struct {
		what string
		less uint64
	}{{"the least weight", 0}, {"a unit below the least weight", 1}} {
		q := p.changed(unit.what)
		least := new(num).SubUint64(&leastPoolWeight, unit.less)
		rest := new(num).Sub(&q.weights[i], least)
		q.weights[i] = *least
		q.weights[other].Add(&q.weights[other], rest)
		list = append(list, q)
	}
	more, less := p.changed("a sum a unit above 1"), p.changed("a sum a unit below 1")
	more.weights[other].AddUint64(&more.weights[other], 1)
	less.weights[other].SubUint64(&less.weights[other], 1)
	return append(list, more, less)
}

// besideMinimums are the least minimum balance of a token, a unit less, and none for the last token, traded or not.
func (p guarded) besideMinimums() (list []guarded) {
	last := len(p.weights) - 1
	least, below, short := p.changed("the least minimum balance"), p.changed("a wei below the least minimum balance"), p.changed("a token without a minimum balance")
	least.mins[last] = leastMinimum
	below.mins[last] = minusOne(leastMinimum)
	short.mins = short.mins[:last]
	if last > 1 { // of a token that is not asked about
		short.in, short.out = 0, 1
	}
	return append(list, least, below, short)
}

// besideLists ask about a token that the lists of balances or of weights don't have, with longer lists and without.
func (p guarded) besideLists() (list []guarded) {
	n := len(p.weights)
	short := p.changed("a balance missing")
	short.balances = short.balances[:p.in]
	list = append(list, short)
	for _, i := range []int{-1, max(n, len(p.balances))} {
		in, out := p.changed(fmt.Sprintf("token in %d", i)), p.changed(fmt.Sprintf("token out %d", i))
		in.in, out.out = i, i
		list = append(list, in, out)
	}
	if len(p.balances) < n {
		return list
	}
	longer := p.changed("a balance and a minimum more than weights")
	longer.balances, longer.mins = append(longer.balances[:n], num{domain.One}), append(longer.mins[:n], leastMinimum)
	beyond, into := longer, longer
	beyond.what, beyond.in = "token in without a weight", n
	into.what, into.out = "token out without a weight", n
	unguarded := longer
	unguarded.what, unguarded.mins = "a balance more than minimums", longer.mins[:n]
	return append(list, longer, beyond, into, unguarded)
}

// besideSwap has the minimum balances that the swap just reaches, and those that it misses by a wei.
func (p guarded) besideSwap(s *Subject) (list []guarded) {
	raised, _, out, _ := p.traded(s)
	left := new(num).Sub(&p.balances[p.out], &out)
	return slices.Concat(p.withMinimum(p.in, raised), p.withMinimum(p.out, *left))
}

// turned asks for the invariant rounded the other way.
func (p guarded) turned() guarded {
	p.what, p.up = "rounded the other way", !p.up
	return p
}

// besideBalance has the minimum balance that the smaller of the balances before and after just reaches, and the one that it misses by a wei.
func (p guarded) besideBalance(s *Subject) []guarded {
	smaller := p.balances[p.in]
	if after, err := s.BalanceGivenInvariantRatio(smaller, p.weights[p.in], p.ratio); err == nil && after.Lt(&smaller) {
		smaller = after
	}
	return p.withMinimum(p.in, smaller)
}

// withMinimum returns the pools in which token i's minimum is a balance, and a wei more.
func (p guarded) withMinimum(i int, balance num) []guarded {
	at, above := p.changed("at the minimum balance"), p.changed("a wei below the minimum balance")
	at.mins[i], above.mins[i] = balance, plusOne(balance)
	return []guarded{at, above}
}

// changed returns a copy to change.
func (p guarded) changed(what string) guarded {
	p.what = what
	p.weights, p.mins, p.balances = slices.Clone(p.weights), slices.Clone(p.mins), slices.Clone(p.balances)
	return p
}
