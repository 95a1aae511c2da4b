package properties

import (
	"slices"
	"strings"

	"github.com/trueweight/trueweight/properties/domain"
	"github.com/trueweight/trueweight/reference/real"
)

// JE · joins and exits. Balances and amounts are 18-decimal token amounts in wei, BPT and supplies wei of BPT, weights and fees
// 18-decimal fixed point. What no pool is has no claim: lists of unequal lengths, weights and fees of more than there is, a token without
// weight or balance to join with alone. JE-FREE says what a balance of 0 does.

var onDeals = slices.Concat(onJoin, onExit, onJoinOne, onExitOne)

// A deal is a join or exit in the integers that formulas are written in: of many tokens, with amounts, or of one, with an index.
type deal struct {
	c                          domain.Case
	exit, many                 bool
	weights, balances, amounts []num // amounts of many tokens
	index                      int   // of one token
	weight, balance            num
	amount, bpt                num // of one token: its amount, and the BPT
	supply, fee                num
}

func dealOf(c domain.Case) deal {
	switch l := c.(type) {
	case *domain.Liquidity:
		return deal{c: c, exit: l.Exit, many: true, weights: l.Weights, balances: l.Balances, amounts: l.Amounts, supply: l.Supply, fee: l.Fee}
	case *domain.LiquidityOne:
		return deal{c: c, exit: l.Exit, weights: l.Weights, balances: l.Balances, index: int(l.Index), weight: l.Weight(), balance: l.Balance(),
			amount: l.Amount, bpt: l.Bpt, supply: l.Supply, fee: l.Fee}
	}
	panic(harnessFault("no join or exit: " + string(c.Kind())))
}

// A dealing is an operation that answers a deal with a number.
type dealing struct {
	name  string // of the method
	kind  domain.Kind
	gives bool // the answer is what the pool gives, which may not be too much; otherwise what it takes, which may not be too little
	ask   func(s *Subject, d deal) (num, error)
	exact func(d deal) *real.Expr
}

// t returns T. Where an exit's fee takes more than is left, all BPT are T; it is nil where no exact value exists.
func (o *dealing) t(d deal) *real.Expr {
	t := o.exact(d)
	if t == nil && d.exit && !o.gives && !d.fee.IsZero() {
		free := d
		free.fee.Clear()
		if o.exact(free) != nil {
			return real.Int(d.supply.ToBig())
		}
	}
	return t
}

var dealings = []dealing{
	{"BptOutGivenExactTokensIn", domain.KindJoin, true,
		func(s *Subject, d deal) (num, error) {
			return s.BptOutGivenExactTokensIn(slices.Clone(d.weights), slices.Clone(d.balances), slices.Clone(d.amounts), d.supply, d.fee)
		},
		func(d deal) *real.Expr {
			return real.BptOutGivenExactTokensIn(bigs(d.balances), bigs(d.weights), bigs(d.amounts), d.supply.ToBig(), d.fee.ToBig())
		}},
	{"AddUnbalanced", domain.KindJoin, true,
		func(s *Subject, d deal) (num, error) {
			z, _, err := s.AddUnbalanced(slices.Clone(d.weights), slices.Clone(d.balances), slices.Clone(d.amounts), d.supply, d.fee)
			return z, err
		},
		func(d deal) *real.Expr {
			t, _ := real.AddUnbalanced(bigs(d.balances), bigs(d.weights), bigs(d.amounts), d.supply.ToBig(), d.fee.ToBig())
			return t
		}},
	{"BptInGivenExactTokensOut", domain.KindExit, false,
		func(s *Subject, d deal) (num, error) {
			return s.BptInGivenExactTokensOut(slices.Clone(d.weights), slices.Clone(d.balances), slices.Clone(d.amounts), d.supply, d.fee)
		},
		func(d deal) *real.Expr {
			return real.BptInGivenExactTokensOut(bigs(d.balances), bigs(d.weights), bigs(d.amounts), d.supply.ToBig(), d.fee.ToBig())
		}},
	{"BptOutGivenExactTokenIn", domain.KindJoinOne, true,
		func(s *Subject, d deal) (num, error) {
			return s.BptOutGivenExactTokenIn(d.weight, d.balance, d.amount, d.supply, d.fee)
		},
		func(d deal) *real.Expr {
			return real.BptOutGivenExactTokenIn(d.balance.ToBig(), d.weight.ToBig(), d.amount.ToBig(), d.supply.ToBig(), d.fee.ToBig())
		}},
	{"TokenInGivenExactBptOut", domain.KindJoinOne, false,
		func(s *Subject, d deal) (num, error) {
			return s.TokenInGivenExactBptOut(d.weight, d.balance, d.bpt, d.supply, d.fee)
		},
		func(d deal) *real.Expr {
			return real.TokenInGivenExactBptOut(d.balance.ToBig(), d.weight.ToBig(), d.bpt.ToBig(), d.supply.ToBig(), d.fee.ToBig())
		}},
	{"AddSingleExactOut", domain.KindJoinOne, false,
		func(s *Subject, d deal) (num, error) {
			z, _, err := s.AddSingleExactOut(slices.Clone(d.weights), slices.Clone(d.balances), d.index, d.bpt, d.supply, d.fee)
			return z, err
		},
		func(d deal) *real.Expr {
			t, _ := real.AddSingleExactOut(d.balance.ToBig(), d.weight.ToBig(), d.bpt.ToBig(), d.supply.ToBig(), d.fee.ToBig())
			return t
		}},
	{"BptOutAddToken", domain.KindJoinOne, true,
		func(s *Subject, d deal) (num, error) { return s.BptOutAddToken(d.supply, d.weight) },
		func(d deal) *real.Expr { return real.BptOutAddToken(d.supply.ToBig(), d.weight.ToBig()) }},
	{"BptInGivenExactTokenOut", domain.KindExitOne, false,
		func(s *Subject, d deal) (num, error) {
			return s.BptInGivenExactTokenOut(d.weight, d.balance, d.amount, d.supply, d.fee)
		},
		func(d deal) *real.Expr {
			return real.BptInGivenExactTokenOut(d.balance.ToBig(), d.weight.ToBig(), d.amount.ToBig(), d.supply.ToBig(), d.fee.ToBig())
		}},
	{"TokenOutGivenExactBptIn", domain.KindExitOne, true,
		func(s *Subject, d deal) (num, error) {
			return s.TokenOutGivenExactBptIn(d.weight, d.balance, d.bpt, d.supply, d.fee)
		},
		func(d deal) *real.Expr {
			return real.TokenOutGivenExactBptIn(d.balance.ToBig(), d.weight.ToBig(), d.bpt.ToBig(), d.supply.ToBig(), d.fee.ToBig())
		}},
	{"RemoveSingleExactOut", domain.KindExitOne, false,
		func(s *Subject, d deal) (num, error) {
			z, _, err := s.RemoveSingleExactOut(slices.Clone(d.weights), slices.Clone(d.balances), d.index, d.amount, d.supply, d.fee)
			return z, err
		},
		func(d deal) *real.Expr {
			t, _ := real.RemoveSingleExactOut(d.balance.ToBig(), d.weight.ToBig(), d.amount.ToBig(), d.supply.ToBig(), d.fee.ToBig())
			return t
		}},
	{"RemoveSingleExactIn", domain.KindExitOne, true,
		func(s *Subject, d deal) (num, error) {
			z, _, err := s.RemoveSingleExactIn(slices.Clone(d.weights), slices.Clone(d.balances), d.index, d.bpt, d.supply, d.fee)
			return z, err
		},
		func(d deal) *real.Expr {
			t, _ := real.RemoveSingleExactIn(d.balance.ToBig(), d.weight.ToBig(), d.bpt.ToBig(), d.supply.ToBig(), d.fee.ToBig())
			return t
		}},
}

var jeEnc = &Property{
	ID:         "JE-ENC",
	Claim:      "A join or exit never gives more than the exact amount, of BPT or of a token, and never takes less, fees included.",
	Inequality: "bptOut ≤ T, bptIn ≥ T, amountIn ≥ T, amountOut ≤ T",
	T:          "the formula of each operation over the real numbers, with its version's own fee below 1; none for a join into a pool with an empty balance",
	Source:     "SPEC, Liquidity, v2 and v3",
	Margin:     Slack,
	Kinds:      onDeals,
	Versions:   [][]string{append([]string{"BptOutAddToken"}, v2Deals...), v3Deals},
	check: func(j *Judge, s *Subject, c domain.Case) Verdict {
		return eachDealing("JE-ENC", s, dealOf(c), func(o *dealing, d deal, answer num) Verdict {
			t := o.t(d)
			switch {
			case o.gives && t == nil && !d.exit && slices.ContainsFunc(d.balances, zeroNumber): // what fills a pool worth nothing multiplies its value without end
				return Verdict{Outcome: Vacuous}
			case o.gives:
				return j.atMost(o.part(), answer.ToBig(), t)
			}
			return j.atLeast(o.part(), answer.ToBig(), t)
		})
	},
}

// eachDealing judges what every operation of a deal's kind answers, where the deal is a pool's.
func eachDealing(claim string, s *Subject, d deal, judge func(o *dealing, d deal, answer num) Verdict) Verdict {
	parts := []Verdict{{Outcome: Vacuous}}
	if !d.isPools() {
		return parts[0]
	}
	for i := range dealings {
		o := &dealings[i]
		if o.kind != d.c.Kind() || !s.Has(o.name) {
			continue
		}
		if answer, err := o.ask(s, d); err != nil {
			parts = append(parts, vacuous(err))
		} else {
			parts = append(parts, judge(o, d, answer))
		}
	}
	return foremost(claim, s, d.c, parts)
}

// foremost returns the verdict on parts of a claim of which some have findings: one that no finding covers, if there is one, else the last that one does.
func foremost(claim string, s *Subject, c domain.Case, parts []Verdict) Verdict {
	known := Verdict{Outcome: Vacuous}
	for _, v := range parts {
		if v.Outcome == Violated {
			if findingFor(&Property{ID: claim}, s, c, v) == nil {
				return v
			}
			known = v
		}
	}
	if known.Outcome == Violated {
		return known
	}
	return worst(parts...)
}

// isPools reports whether a pool could be asked this: see above.
func (d deal) isPools() bool {
	switch {
	case !d.isListed() || !d.fee.Lt(&fixedNum):
		return false
	case d.many:
		return !slices.ContainsFunc(d.weights, func(w num) bool { return w.Gt(&fixedNum) })
	}
	return !d.weight.IsZero() && !d.weight.Gt(&fixedNum) && !d.balance.IsZero()
}

// part names an operation as the part of a claim; v2's two exits with amounts given, which are one rule, have one name.
func (o *dealing) part() string {
	if strings.HasPrefix(o.name, "BptInGivenExactToken") {
		return "BptInGivenExactTokensOut"
	}
	return o.name
}

// isListed reports whether the lists are of the same tokens.
func (d deal) isListed() bool {
	if d.many {
		return len(d.balances) == len(d.weights) && len(d.amounts) == len(d.weights)
	}
	return len(d.balances) == len(d.weights) && d.index < len(d.weights)
}

// isWhole reports whether the weights sum to 1, as joins and exits of one token take them to.
func (d deal) isWhole() bool { return plusAll(d.weights...).Cmp(fixedOne) == 0 }

var fixedNum = num{domain.One}

// The operations of both versions that move amounts for BPT.
var (
	v2Deals = []string{"BptOutGivenExactTokensIn", "BptInGivenExactTokensOut", "BptOutGivenExactTokenIn", "TokenInGivenExactBptOut", "BptInGivenExactTokenOut", "TokenOutGivenExactBptIn"}
	v3Deals = []string{"AddUnbalanced", "AddSingleExactOut", "RemoveSingleExactOut", "RemoveSingleExactIn"}
)

// after returns the deal after amounts have come in, or gone out, for BPT. It has no such state (ok is false) when the pool gives more than it
// holds, or holds 2²⁵⁶ wei.
func (d deal) after(amounts []num, bpt num) (next deal, ok bool) {
	next, ok = d, true
	next.balances = slices.Clone(d.balances)
	move := (*num).AddOverflow
	if d.exit {
		move = (*num).SubOverflow
	}
	for i := range next.balances {
		a := itemOf(amounts, i)
		if _, over := move(&next.balances[i], &next.balances[i], &a); over {
			return next, false
		}
	}
	if _, over := move(&next.supply, &next.supply, &bpt); over {
		return next, false
	}
	next.balance = itemOf(next.balances, d.index)
	return next, true
}

// only returns a list for all tokens with the amount of one of them.
func (d deal) only(amount num) []num {
	list := make([]num, len(d.balances))
	list[d.index] = amount
	return list
}

var je = []*Property{jeEnc, jeFee, jeProp, jeFree, jeRoundTrip, jeJoinSwapExit, jeEquiv, jeSwap, jeRatio, jeDust, jeStep}
