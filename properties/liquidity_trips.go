package properties

import (
	"slices"

	"github.com/trueweight/trueweight/properties/domain"
)

// A move is a join or exit of one token, of a version: by its amount, which is worth BPT, or by BPT, which are worth an amount. It answers what is not given.
type move func(s *Subject, d deal, given num) (num, error)

// A version's four ways to join and exit with one token.
type ways struct {
	version                               string
	joinAmount, joinBpt, exitAmt, exitBpt move
	shares                                func(*Subject) sharing // of a proportional exit
	asks                                  []string
}

var versions = []ways{{
	version: "v2",
	joinAmount: func(s *Subject, d deal, a num) (num, error) {
		return s.BptOutGivenExactTokenIn(d.weight, d.balance, a, d.supply, d.fee)
	},
	joinBpt: func(s *Subject, d deal, bpt num) (num, error) {
		return s.TokenInGivenExactBptOut(d.weight, d.balance, bpt, d.supply, d.fee)
	},
	exitAmt: func(s *Subject, d deal, a num) (num, error) {
		return s.BptInGivenExactTokenOut(d.weight, d.balance, a, d.supply, d.fee)
	},
	exitBpt: func(s *Subject, d deal, bpt num) (num, error) {
		return s.TokenOutGivenExactBptIn(d.weight, d.balance, bpt, d.supply, d.fee)
	},
	shares: func(s *Subject) sharing { return s.ProportionalAmountsOutV2 },
	asks:   append([]string{"ProportionalAmountsOutV2"}, v2Deals...),
}, {
	version: "v3",
	joinAmount: func(s *Subject, d deal, a num) (num, error) {
		z, _, err := s.AddUnbalanced(slices.Clone(d.weights), slices.Clone(d.balances), d.only(a), d.supply, d.fee)
		return z, err
	},
	joinBpt: func(s *Subject, d deal, bpt num) (num, error) {
		z, _, err := s.AddSingleExactOut(slices.Clone(d.weights), slices.Clone(d.balances), d.index, bpt, d.supply, d.fee)
		return z, err
	},
	exitAmt: func(s *Subject, d deal, a num) (num, error) {
		z, _, err := s.RemoveSingleExactOut(slices.Clone(d.weights), slices.Clone(d.balances), d.index, a, d.supply, d.fee)
		return z, err
	},
	exitBpt: func(s *Subject, d deal, bpt num) (num, error) {
		z, _, err := s.RemoveSingleExactIn(slices.Clone(d.weights), slices.Clone(d.balances), d.index, bpt, d.supply, d.fee)
		return z, err
	},
	shares: func(s *Subject) sharing { return s.ProportionalAmountsOutV3 },
	asks:   append([]string{"ProportionalAmountsOutV3"}, v3Deals...),
}}

// versionsOf lists the versions of which a subject has all operations.
func versionsOf(s *Subject) []*ways {
	var list []*ways
	for i := range versions {
		if s.hasAll(versions[i].asks) {
			list = append(list, &versions[i])
		}
	}
	return list
}

var jeRoundTrip = &Property{
	ID:         "JE-RT",
	Claim:      "A join and the exit back, an exit and the join back, of one token in all four pairs of amounts and BPT given, and of many tokens, never profit.",
	Inequality: "the same BPT: amount out ≤ amount in; the same amounts: BPT out ≤ BPT in; a join of given amounts and the proportional exit: not every amount as large as before, and one larger",
	T:          "none: what the two operations move is compared, the second one on the pool that the first one leaves",
	Source:     "SPEC, Liquidity, v2 and v3",
	Margin:     Slack,
	Kinds:      onDeals,
	Versions:   [][]string{versions[0].asks, versions[1].asks},
	check: func(_ *Judge, s *Subject, c domain.Case) Verdict {
		d := dealOf(c)
		v := Verdict{Outcome: Vacuous}
		if !d.isPools() || !d.isWhole() {
			return v
		}
		if d.many {
			return d.manyThereAndBack(s)
		}
		for _, w := range versionsOf(s) {
			v = worst(v, d.oneThereAndBack(s, w))
		}
		return v
	},
}

// oneThereAndBack judges the round trips of one token: the case's amount or BPT there, and the amount or the BPT back.
func (d deal) oneThereAndBack(s *Subject, w *ways) Verdict {
	byAmount, byBpt, backAmount, backBpt := w.joinAmount, w.joinBpt, w.exitAmt, w.exitBpt
	if d.exit {
		byAmount, byBpt, backAmount, backBpt = w.exitAmt, w.exitBpt, w.joinAmount, w.joinBpt
	}
	v := Verdict{Outcome: Vacuous}
	trip := func(how string, amount, bpt num, err error) {
		next, ok := d.after(d.only(amount), bpt)
		switch {
		case err != nil:
			v = worst(v, vacuous(err))
			return
		case !ok:
			return
		}
		if !d.exit && how == " amount" {
			v = worst(v, d.sharesBack(s, w, next, amount, bpt))
		}
		part := w.version + how
		got, err := backBpt(s, next, bpt)
		v = worst(v, d.noProfit(part+", back by BPT", amount, got, err))
		got, err = backAmount(s, next, amount)
		if d.exit { // what the amount brings back may not exceed what it cost
			v = worst(v, noMore(part+", back by amount", got, bpt, err))
		} else {
			v = worst(v, noMore(part+", back by amount", bpt, got, err))
		}
	}
	bpt, err := byAmount(s, d, d.amount)
	trip(" amount", d.amount, bpt, err)
	amount, err := byBpt(s, d, d.bpt)
	trip(" BPT", amount, d.bpt, err)
	return v
}

// noProfit judges the amount that the same BPT moved there and back.
func (d deal) noProfit(part string, there, back num, err error) Verdict {
	if d.exit {
		return noMore(part, there, back, err)
	}
	return noMore(part, back, there, err)
}

// noMore judges less ≤ more, unless the operation that answered one of them failed.
func noMore(part string, less, more num, err error) Verdict {
	if err != nil {
		return vacuous(err)
	}
	l, m := less.ToBig(), more.ToBig()
	return ordered(part, l, m, l)
}

// sharesBack judges a join with amounts, and the proportional exit with its BPT.
func (d deal) sharesBack(s *Subject, w *ways, next deal, amount, bpt num) Verdict {
	amounts := d.amounts
	if !d.many {
		amounts = d.only(amount)
	}
	returned, err := w.shares(s)(slices.Clone(next.balances), next.supply, bpt)
	if err != nil {
		return vacuous(err)
	}
	larger := false
	for i := range returned {
		switch returned[i].Cmp(&amounts[i]) {
		case -1:
			return Verdict{Outcome: Holds, Margin: slackOf(new(num).Sub(&amounts[i], &returned[i]).ToBig())}
		case 1:
			larger = true
		}
	}
	if larger {
		return violated(w.version+" amounts, back in proportion", describeList(returned), "less of some token than "+describeList(amounts))
	}
	return holds()
}

// manyThereAndBack judges both versions' joins with amounts and the proportional exits after them, and v2's join with the exit of the same amounts, and its exit with the join.
func (d deal) manyThereAndBack(s *Subject) Verdict {
	v := Verdict{Outcome: Vacuous}
	for _, w := range versionsOf(s) {
		there, back := &dealings[0], &dealings[2]
		switch {
		case w.version == "v3" && d.exit:
			continue // it has no such exit
		case w.version == "v3":
			there, back = &dealings[1], nil
		case d.exit:
			there, back = back, there
		}
		bpt, err := there.ask(s, d)
		if err != nil {
			v = worst(v, vacuous(err))
			continue
		}
		next, ok := d.after(d.amounts, bpt)
		if !ok {
			continue
		}
		if !d.exit {
			v = worst(v, d.sharesBack(s, w, next, num{}, bpt))
		}
		if back == nil {
			continue
		}
		got, err := back.ask(s, next)
		if d.exit {
			v = worst(v, noMore("v2 amounts out and in", got, bpt, err))
		} else {
			v = worst(v, noMore("v2 amounts in and out", bpt, got, err))
		}
	}
	return v
}

var jeJoinSwapExit = &Property{
	ID:    "JE-JSX",
	Claim: "A join with one token, a swap, and an exit with another, and an exit, a swap and a join, never profit.",
	Inequality: "a in for BPT, y of another token in a swap for exactly a, the BPT out for z of that token: z ≤ y; " +
		"a out for BPT, a in a swap for y of another token, y in for BPT: BPT out ≤ BPT in",
	T:        "none: what is moved is compared, each operation on the pool that the one before leaves",
	Source:   "SPEC, Liquidity, v2 and v3; outGivenIn, inGivenOut",
	Margin:   Slack,
	Kinds:    oneToken,
	Needs:    []string{"OutGivenIn", "InGivenOut"},
	Versions: [][]string{versions[0].asks, versions[1].asks},
	check: func(_ *Judge, s *Subject, c domain.Case) Verdict {
		d := dealOf(c)
		v := Verdict{Outcome: Vacuous}
		if !d.isPools() || !d.isWhole() || len(d.weights) < 2 {
			return v
		}
		d = d.forSwap()
		for _, w := range versionsOf(s) {
			byAmount, byBpt := w.joinAmount, w.joinBpt
			if d.exit {
				byAmount, byBpt = w.exitAmt, w.exitBpt
			}
			bpt, err := byAmount(s, d, d.amount)
			v = worst(v, d.throughSwap(s, w, " amount", d.amount, bpt, err))
			amount, err := byBpt(s, d, d.bpt)
			v = worst(v, d.throughSwap(s, w, " BPT", amount, d.bpt, err))
		}
		return v
	},
}

// forSwap cuts the amount and the BPT of a case to what a swap of the other amount nearly always may move: 30 % of what the balance then is.
func (d deal) forSwap() deal {
	part := uint64(4)
	if d.exit {
		part = 5
	}
	d.amount = lesser(d.amount, *new(num).Div(&d.balance, newNum(part)))
	d.bpt = lesser(d.bpt, *new(num).Div(&d.supply, newNum(16)))
	return d
}

func lesser(a, b num) num {
	if b.Lt(&a) {
		return b
	}
	return a
}

// throughSwap judges the swap and the way back after an amount has been moved for BPT: without a fee, which would only cost more.
func (d deal) throughSwap(s *Subject, w *ways, how string, amount, bpt num, err error) Verdict {
	next, ok := d.after(d.only(amount), bpt)
	switch {
	case err != nil:
		return vacuous(err)
	case !ok:
		return Verdict{Outcome: Vacuous}
	}
	other := (d.index + 1) % len(d.weights)
	bi, wi, bo, wo := next.balances[other], next.weights[other], next.balance, next.weight
	if d.exit { // the amount goes back in for some of the other token, which comes back in for BPT
		y, err := s.OutGivenIn(bo, wo, bi, wi, amount)
		if err != nil || y.Gt(&bi) {
			return vacuous(err)
		}
		next.balances[other].Sub(&bi, &y)
		next.balances[d.index].Add(&bo, &amount)
		next.turn(other)
		got, err := w.joinAmount(s, next, y)
		return noMore(w.version+how+" out, swap, in", got, bpt, err)
	}
	y, err := s.InGivenOut(bi, wi, bo, wo, amount)
	if err != nil {
		return vacuous(err)
	}
	next.balances[other].Add(&bi, &y)
	next.balances[d.index].Sub(&bo, &amount)
	next.turn(other)
	got, err := w.exitBpt(s, next, bpt)
	return noMore(w.version+how+" in, swap, out", got, y, err)
}

// turn makes another token the one that joins or exits.
func (d *deal) turn(index int) {
	d.index, d.weight, d.balance = index, d.weights[index], d.balances[index]
}
