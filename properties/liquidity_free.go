package properties

import (
	"slices"

	"github.com/trueweight/trueweight/properties/domain"
)

var jeFree = &Property{
	ID:         "JE-FREE",
	Claim:      "Nothing is free: BPT out needs an amount in, and an amount out needs BPT in, of a wei too, and where balances are 0 or dust.",
	Inequality: "amounts 0 ⇒ bptOut = 0; bptOut > 0 ⇒ an amount in > 0; bptIn = 0 ⇒ amounts out 0; an amount out > 0 ⇒ bptIn > 0; supply > 0",
	Source:     "SPEC, Liquidity, v2 and v3",
	Kinds:      onDeals,
	Versions:   [][]string{slices.Concat(v2Deals, v2Shares), slices.Concat(v3Deals, v3Shares)},
	check: func(_ *Judge, s *Subject, c domain.Case) Verdict {
		d := dealOf(c)
		if d.supply.IsZero() || !d.isListed() {
			return Verdict{Outcome: Vacuous}
		}
		v := Verdict{Outcome: Vacuous}
		for i := range dealings {
			if o := &dealings[i]; o.kind == c.Kind() && o.name != "BptOutAddToken" && s.Has(o.name) {
				v = worst(v, d.costs(s, o))
			}
		}
		switch {
		case d.many:
			return v
		case d.exit:
			return worst(v, d.noShare("ProportionalAmountsOutV2", s.ProportionalAmountsOutV2), d.noShare("ProportionalAmountsOutV3", s.ProportionalAmountsOutV3))
		}
		return worst(v, d.someShare("ProportionalAmountsInV2", s.ProportionalAmountsInV2), d.someShare("ProportionalAmountsInV3", s.ProportionalAmountsInV3))
	},
}

// costs judges an operation: that it gives nothing for nothing, or takes something for something.
func (d deal) costs(s *Subject, o *dealing) Verdict {
	if o.gives {
		d.amounts, d.amount, d.bpt = make([]num, len(d.amounts)), num{}, num{}
		got, err := o.ask(s, d)
		switch {
		case err != nil:
			return vacuous(err)
		case !got.IsZero():
			return violated(o.name+" of nothing", got.Dec(), "0")
		}
		return holds()
	}
	got, err := o.ask(s, d)
	switch wanted := d.wanted(o); {
	case err != nil:
		return vacuous(err)
	case wanted.IsZero() || !got.IsZero():
		return holds()
	default:
		v := violated("something for nothing", o.name+" asks 0 for "+wanted.Dec(), "at least 1 wei")
		v.Excess = wanted.ToBig()
		return v
	}
}

// wanted returns what an operation is asked to give: BPT or an amount, the largest of many.
func (d deal) wanted(o *dealing) num {
	switch {
	case d.many:
		return slices.MaxFunc(append([]num{{}}, d.amounts...), func(a, b num) int { return a.Cmp(&b) })
	case o.kind == domain.KindJoinOne:
		return d.bpt
	}
	return d.amount
}

// noShare judges that no BPT give nothing.
func (d deal) noShare(name string, out sharing) Verdict {
	if out == nil {
		return Verdict{Outcome: Vacuous}
	}
	amounts, err := out(slices.Clone(d.balances), d.supply, num{})
	if err != nil {
		return vacuous(err)
	}
	if slices.ContainsFunc(amounts, func(a num) bool { return !a.IsZero() }) {
		return violated(name+" of nothing", describeList(amounts), "zeros")
	}
	return holds()
}

// someShare judges that BPT cost something of every token that there is.
func (d deal) someShare(name string, in sharing) Verdict {
	if in == nil {
		return Verdict{Outcome: Vacuous}
	}
	amounts, err := in(slices.Clone(d.balances), d.supply, d.bpt)
	if err != nil {
		return vacuous(err)
	}
	for i, a := range amounts {
		if a.IsZero() && !d.bpt.IsZero() && !d.balances[i].IsZero() {
			return violated(name+" for BPT", "0 of "+d.balances[i].Dec(), "at least 1 wei")
		}
	}
	return holds()
}

var jeEquiv = &Property{
	ID:         "JE-EQUIV",
	Claim:      "v2's join or exit of one token is that of many tokens with all other amounts 0, where the weights sum to 1, all balances are at least 1 wei, and neither fails.",
	Inequality: "BptOutGivenExactTokenIn = BptOutGivenExactTokensIn, BptInGivenExactTokenOut = BptInGivenExactTokensOut",
	Source:     "SPEC, Liquidity, v2",
	Kinds:      oneToken,
	Needs:      []string{"BptOutGivenExactTokenIn", "BptOutGivenExactTokensIn", "BptInGivenExactTokenOut", "BptInGivenExactTokensOut"},
	check: func(_ *Judge, s *Subject, c domain.Case) Verdict {
		d := dealOf(c)
		if !d.isPools() || !d.isWhole() || slices.ContainsFunc(d.balances, zeroNumber) {
			return Verdict{Outcome: Vacuous}
		}
		one, many := s.BptOutGivenExactTokenIn, s.BptOutGivenExactTokensIn
		if d.exit {
			one, many = s.BptInGivenExactTokenOut, s.BptInGivenExactTokensOut
		}
		alone, err := one(d.weight, d.balance, d.amount, d.supply, d.fee)
		if err != nil {
			return vacuous(err)
		}
		among, err := many(slices.Clone(d.weights), slices.Clone(d.balances), d.only(d.amount), d.supply, d.fee)
		switch {
		case err != nil:
			return vacuous(err)
		case alone != among:
			return violated("one token among many", alone.Dec(), among.Dec())
		}
		return holds()
	},
}
