package properties

import (
	"math/big"

	"github.com/trueweight/trueweight/properties/domain"
)

var swRoundTrip = &Property{
	ID:         "SW-RT",
	Claim:      "A swap, of the amount or of its piece, and the swap back, in all four pairs of exact-in and exact-out, never profit.",
	Inequality: "what comes back ≤ what was given; what it costs to take all back ≥ what was got",
	T:          "none: the amounts of the two trades are compared, on the balances that the first one leaves",
	Source:     "SPEC, outGivenIn, inGivenOut",
	Margin:     Slack,
	Kinds:      bothSwaps,
	Needs:      tradeNeeds,
	check: func(j *Judge, s *Subject, c domain.Case) Verdict {
		t := tradeOf(c)
		return worst(t.thereAndBack(s, t.c.Amount), t.thereAndBack(s, t.c.Piece))
	},
}

// thereAndBack judges the two round trips that start with the trade of an amount.
func (t trade) thereAndBack(s *Subject, amount num) Verdict {
	answer, err := t.ask(s, amount)
	if err != nil {
		return vacuous(err)
	}
	in, out := t.legs(amount, answer)
	p, ok := t.moved(in, out)
	if !ok {
		return t.unmoved(out)
	}
	if t.c.GivenOut {
		return worst(sellBack("out/in", s, p, in, out), buyBack("out/out", s, p, in, out))
	}
	return worst(sellBack("in/in", s, p, in, out), buyBack("in/out", s, p, in, out))
}

// unmoved is the verdict on a first trade that leaves no state.
func (t trade) unmoved(out num) Verdict {
	if out.Gt(&t.c.BalanceOut) {
		return violated("a swap pays what the pool holds", out.Dec(), "at most "+t.c.BalanceOut.Dec())
	}
	return Verdict{Outcome: Vacuous} // the pool would hold 2²⁵⁶ wei
}

// sellBack judges that giving back all of out, from pool p after the first trade, brings no more than in.
func sellBack(part string, s *Subject, p domain.Swap, in, out num) Verdict {
	back, err := s.OutGivenIn(p.BalanceOut, p.WeightOut, p.BalanceIn, p.WeightIn, out)
	if err != nil {
		return vacuous(err)
	}
	got := back.ToBig()
	return ordered(part, got, in.ToBig(), got)
}

// buyBack judges that taking back all of in costs no less than out.
func buyBack(part string, s *Subject, p domain.Swap, in, out num) Verdict {
	cost, err := s.InGivenOut(p.BalanceOut, p.WeightOut, p.BalanceIn, p.WeightIn, in)
	if err != nil {
		return vacuous(err)
	}
	got := cost.ToBig()
	return ordered(part, out.ToBig(), got, got)
}

var swSplit = &Property{
	ID:         "SW-SPLIT",
	Claim:      "A trade cut in two never gets more, and never costs less, than the exact value of the whole.",
	Inequality: "out(piece) + out(rest) ≤ T(whole); in(piece) + in(rest) ≥ T(whole)",
	T:          "that of SW-OUT and SW-IN for the whole amount; the rest is traded on the balances that the piece leaves",
	Source:     "SPEC, outGivenIn, inGivenOut",
	Margin:     Slack,
	Kinds:      bothSwaps,
	Needs:      tradeNeeds,
	check: func(j *Judge, s *Subject, c domain.Case) Verdict {
		t := tradeOf(c)
		piece, rest := t.c.Piece, num{}
		if piece.Gt(&t.c.Amount) {
			piece = t.c.Amount
		}
		rest.Sub(&t.c.Amount, &piece)
		first, err := t.ask(s, piece)
		if err != nil {
			return vacuous(err)
		}
		in, out := t.legs(piece, first)
		p, ok := t.moved(in, out)
		if !ok {
			return t.unmoved(out)
		}
		second, err := tradeFrom(&p).ask(s, rest)
		if err != nil {
			return vacuous(err)
		}
		total := new(big.Int).Add(first.ToBig(), second.ToBig())
		if t.c.GivenOut {
			return j.atLeast("the pieces' price", total, t.exactIn(t.amount))
		}
		return j.atMost("the pieces' proceeds", total, t.exactOut(t.amount))
	},
}
