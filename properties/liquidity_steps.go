package properties

import (
	"math/big"
	"slices"

	"github.com/trueweight/trueweight/properties/domain"
)

var jeStep = &Property{
	ID: "JE-STEP",
	Claim: "Each rounding between what a join or exit is given, its powers and invariants, and its answer, fees included, is one, of the exact quotient of what went into it, on the side that the operation's formula says. " +
		"The operation answers exactly where all of them have values and its ratio is within the limits.",
	Inequality: "answer = the formula of SPEC with each quotient's own floor or ceiling, powDown, powUp, invariants and balanceGivenInvariantRatio the subject's own: as in v3 f = ⌈x/(1−φ)⌉ − x, amountIn − f = B − b for a join with BPT given",
	Source:     "SPEC, Liquidity, v2 and v3",
	Kinds:      onDeals,
	Versions:   [][]string{append([]string{"BptOutAddToken", "PowDown", "PowUp"}, v2Deals...), append([]string{"InvariantDown", "InvariantUp", "BalanceGivenInvariantRatio"}, v3Deals...)},
	check: func(_ *Judge, s *Subject, c domain.Case) Verdict {
		v := stepped(s, c)
		if !c.PoolValid() {
			return v
		}
		return worst(v, stepped(s, besideDeal(c)), nowhere(s, dealOf(c)))
	},
}

// stepped judges every operation of the case's kind.
func stepped(s *Subject, c domain.Case) Verdict {
	v := Verdict{Outcome: Vacuous}
	for _, formula := range formulas {
		if formula.kind != c.Kind() || !s.Has(formula.name) || !s.hasAll(formula.parts) {
			continue
		}
		k := &contract{s: s}
		want := formula.answer(k, dealOf(c))
		got := operationNamed(formula.name).ask(s, domain.Clone(c))
		v = worst(v, k.judge(formula.name, got.values, got.err, want...))
	}
	return v
}

// besideDeal returns a deal made of the case's numbers where a comparison in a formula is decided by equality: a third of a small balance, which is all of
// the pool and so moves as the mean does; beside another token, which a fee of all but a unit leaves what the mean moves, to its last digit; or nothing of a
// token, at a weight that no power takes.
func besideDeal(c domain.Case) domain.Case {
	switch l := domain.Clone(c).(type) {
	case *domain.Liquidity:
		balance := num{1_000_000 + l.Balances[0][0]%domain.One}
		if balance[0]%2 == 1 {
			l.Weights, l.Balances, l.Amounts = []num{fixedNum}, []num{balance}, []num{{balance[0] / 3}}
			return l
		}
		l.Weights, l.Balances, l.Amounts = []num{{domain.One / 2}, {domain.One / 2}}, []num{balance, {4 * domain.One}}, []num{{balance[0] / 3}, {3 * domain.One}}
		l.Supply, l.Fee = *new(num).Mul(&fixedNum, newNum(1e9)), minusOne(fixedNum)
		return l
	case *domain.LiquidityOne:
		l.Amount.Clear()
		l.Weights[l.Index].Lsh(newNum(1), 190)
		return l
	}
	panic(harnessFault("no join or exit: " + string(c.Kind())))
}

// A formula is an operation's contract.
type formula struct {
	name   string
	kind   domain.Kind
	parts  []string // the operations that are its own
	answer func(k *contract, d deal) []*big.Int
}

var formulas = []formula{
	{"BptOutGivenExactTokensIn", domain.KindJoin, []string{"PowDown"}, joinV2},
	{"AddUnbalanced", domain.KindJoin, jeRatioV3[:2], joinV3},
	{"BptInGivenExactTokensOut", domain.KindExit, []string{"PowDown"}, exitV2},
	{"BptOutGivenExactTokenIn", domain.KindJoinOne, []string{"PowDown"}, joinOneV2},
	{"TokenInGivenExactBptOut", domain.KindJoinOne, []string{"PowUp"}, joinForBptV2},
	{"AddSingleExactOut", domain.KindJoinOne, []string{"BalanceGivenInvariantRatio"}, joinForBptV3},
	{"BptOutAddToken", domain.KindJoinOne, nil, addToken},
	{"BptInGivenExactTokenOut", domain.KindExitOne, []string{"PowDown"}, exitOneV2},
	{"TokenOutGivenExactBptIn", domain.KindExitOne, []string{"PowUp"}, exitForBptV2},
	{"RemoveSingleExactOut", domain.KindExitOne, jeRatioV3[:2], exitOneV3},
	{"RemoveSingleExactIn", domain.KindExitOne, []string{"BalanceGivenInvariantRatio"}, exitForBptV3},
}

var (
	mostGrowth = big.NewInt(3e18)
	mostLoss   = big.NewInt(7e17)
	weiBig     = big.NewInt(1)
)

// The mean of the ratios by which balances grow, or of what is left of them, weighed.
func (k *contract) mean(d deal, ratios []*big.Int, mul func(a, b *big.Int) *big.Int) *big.Int {
	mean := new(big.Int)
	for i, r := range ratios {
		mean = k.plus(mean, mul(r, d.weights[i].ToBig()))
	}
	return mean
}

// listed returns the balances and the amounts, of which there is one for each balance, as there is a weight.
func (k *contract) listed(d deal) (balances, amounts []*big.Int) {
	n := len(d.balances)
	if len(d.amounts) < n || len(d.weights) < n {
		k.failed = true
		return nil, nil
	}
	return bigs(d.balances), bigs(d.amounts[:n])
}

// joinV2: a token that grows by more than the mean pays the fee on what it grows beyond it.
func joinV2(k *contract, d deal) []*big.Int {
	balances, amounts := k.listed(d)
	ratios := make([]*big.Int, len(balances))
	for i, b := range balances {
		ratios[i] = k.divDown(k.plus(b, amounts[i]), b)
	}
	mean, growth := k.mean(d, ratios, k.mulDown), fixedOne
	for i, b := range balances {
		a := amounts[i]
		switch {
		case ratios[i].Cmp(mean) > 0:
			a = k.minus(a, k.mulUp(k.minus(a, k.mulDown(b, beyondOne(mean))), d.fee.ToBig()))
		case a.Sign() == 0:
			continue
		}
		growth = k.mulDown(growth, k.power(k.s.PowDown, k.divDown(k.plus(b, a), b), d.weights[i].ToBig()))
	}
	return []*big.Int{k.mulDown(d.supply.ToBig(), beyondOne(growth))}
}

// joinOneV2 is joinV2 of one token, the others having what its weight leaves of 1.
func joinOneV2(k *contract, d deal) []*big.Int {
	b, a, w := d.balance.ToBig(), d.amount.ToBig(), d.weight.ToBig()
	ratio := k.divDown(k.plus(b, a), b)
	mean := k.plus(k.mulDown(ratio, w), restOf(w))
	switch {
	case ratio.Cmp(mean) > 0:
		untaxed := k.mulDown(b, beyondOne(mean))
		taxed := k.minus(a, untaxed)
		a = k.plus(untaxed, k.minus(taxed, k.mulUp(taxed, d.fee.ToBig())))
	case a.Sign() == 0:
		return []*big.Int{a}
	}
	growth := k.power(k.s.PowDown, k.divDown(k.plus(b, a), b), w)
	return []*big.Int{k.mulDown(d.supply.ToBig(), beyondOne(growth))}
}

// leaving returns an amount out with the fee on what it is more than the mean's.
func (k *contract) leaving(balance, amount, mean, fee *big.Int) *big.Int {
	untaxed := k.mulDown(balance, restOf(mean))
	return k.plus(untaxed, k.toGive(k.minus(amount, untaxed), fee))
}

// exitV2: a token that falls by more than the mean pays the fee on top of what it falls below it.
func exitV2(k *contract, d deal) []*big.Int {
	balances, amounts := k.listed(d)
	ratios := make([]*big.Int, len(balances))
	for i, b := range balances {
		ratios[i] = k.divUp(k.minus(b, amounts[i]), b)
	}
	mean, left := k.mean(d, ratios, k.mulUp), fixedOne
	for i, b := range balances {
		a := amounts[i]
		switch {
		case mean.Cmp(ratios[i]) > 0:
			a = k.leaving(b, a, mean, d.fee.ToBig())
		case a.Sign() == 0:
			continue
		}
		left = k.mulDown(left, k.power(k.s.PowDown, k.divDown(k.minus(b, a), b), d.weights[i].ToBig()))
	}
	return []*big.Int{k.mulUp(d.supply.ToBig(), restOf(left))}
}

// exitOneV2 is exitV2 of one token, as joinOneV2 is joinV2.
func exitOneV2(k *contract, d deal) []*big.Int {
	b, a, w := d.balance.ToBig(), d.amount.ToBig(), d.weight.ToBig()
	ratio := k.divUp(k.minus(b, a), b)
	mean := k.plus(k.mulUp(ratio, w), restOf(w))
	switch {
	case mean.Cmp(ratio) > 0:
		a = k.leaving(b, a, mean, d.fee.ToBig())
	case a.Sign() == 0:
		return []*big.Int{a}
	}
	left := k.power(k.s.PowDown, k.divDown(k.minus(b, a), b), w)
	return []*big.Int{k.mulUp(d.supply.ToBig(), restOf(left))}
}

// joinForBptV2: the part of the amount that its weight leaves of 1 pays the fee on top.
func joinForBptV2(k *contract, d deal) []*big.Int {
	w := d.weight.ToBig()
	ratio := k.grown(d)
	growth := k.power(k.s.PowUp, ratio, k.divUp(fixedOne, w))
	amount := k.mulUp(d.balance.ToBig(), k.minus(growth, fixedOne))
	taxed := k.mulUp(amount, restOf(w))
	return []*big.Int{k.plus(k.minus(amount, taxed), k.toGive(taxed, d.fee.ToBig()))}
}

// exitForBptV2: what is left of that part after the fee, and the part itself, are rounded up.
func exitForBptV2(k *contract, d deal) []*big.Int {
	w := d.weight.ToBig()
	ratio := k.shrunk(d)
	left := k.power(k.s.PowUp, ratio, k.divDown(fixedOne, w))
	amount := k.mulDown(d.balance.ToBig(), restOf(left))
	taxed := k.mulUp(amount, restOf(w))
	return []*big.Int{k.plus(k.minus(amount, taxed), k.mulUp(taxed, restOf(d.fee.ToBig())))}
}

func addToken(k *contract, d deal) []*big.Int {
	growth := k.divDown(fixedOne, k.minus(fixedOne, d.weight.ToBig()))
	return []*big.Int{k.mulDown(d.supply.ToBig(), k.minus(growth, fixedOne))}
}

// grown and shrunk return the ratio of the supply after BPT are minted, or burnt, within its limit.
func (k *contract) grown(d deal) *big.Int {
	ratio := k.divUp(k.plus(d.supply.ToBig(), d.bpt.ToBig()), d.supply.ToBig())
	k.minus(mostGrowth, ratio)
	return ratio
}

func (k *contract) shrunk(d deal) *big.Int {
	ratio := k.divUp(k.minus(d.supply.ToBig(), d.bpt.ToBig()), d.supply.ToBig())
	k.minus(ratio, mostLoss)
	return ratio
}

// atRatio returns the balance of the deal's token at a ratio of the invariant.
func (k *contract) atRatio(d deal, ratio *big.Int) *big.Int {
	if k.failed || d.index >= len(d.balances) || d.index >= len(d.weights) {
		k.failed = true
		return new(big.Int)
	}
	return k.own(k.s.BalanceGivenInvariantRatio(d.balance, d.weight, word(ratio)))
}

// joinForBptV3: what the balance grows beyond the supply's ratio pays the fee on top.
func joinForBptV3(k *contract, d deal) []*big.Int {
	b, supply := d.balance.ToBig(), d.supply.ToBig()
	after := k.atRatio(d, k.grown(d))
	taxed := k.minus(after, k.down(k.plus(supply, d.bpt.ToBig()), b, supply))
	fee := k.minus(k.toGive(taxed, d.fee.ToBig()), taxed)
	return []*big.Int{k.plus(k.minus(after, b), fee), fee}
}

// exitForBptV3: what the balance falls below the supply's ratio pays the fee.
func exitForBptV3(k *contract, d deal) []*big.Int {
	b, supply := d.balance.ToBig(), d.supply.ToBig()
	after := k.atRatio(d, k.shrunk(d))
	fee := k.mulUp(k.minus(k.up(k.minus(supply, d.bpt.ToBig()), b, supply), after), d.fee.ToBig())
	return []*big.Int{k.minus(k.minus(b, after), fee), fee}
}

// joinV3: what a balance, a wei less of it, grows beyond the invariant's ratio pays the fee.
func joinV3(k *contract, d deal) []*big.Int {
	before := bigs(d.balances)
	after := make([]*big.Int, len(before))
	k.failed = len(d.amounts) < len(before)
	for i, b := range before {
		amount := itemOf(d.amounts, i)
		after[i] = k.minus(k.plus(b, amount.ToBig()), weiBig)
	}
	current := k.invariant(k.s.InvariantUp, d.weights, before)
	ratio := k.divDown(k.invariant(k.s.InvariantDown, d.weights, after), current)
	k.minus(mostGrowth, ratio)
	answer := []*big.Int{nil}
	for i, b := range before {
		fee := new(big.Int)
		if taxed := new(big.Int).Sub(after[i], k.mulDown(ratio, b)); taxed.Sign() > 0 {
			fee = k.mulUp(taxed, d.fee.ToBig())
			after[i] = k.minus(after[i], fee)
		}
		answer = append(answer, fee)
	}
	growth := k.minus(k.invariant(k.s.InvariantDown, d.weights, after), current)
	answer[0] = k.down(d.supply.ToBig(), growth, current)
	return answer
}

// exitOneV3: what a balance, a wei less of each, falls below the invariant's ratio pays the fee on top.
func exitOneV3(k *contract, d deal) []*big.Int {
	before := bigs(d.balances)
	after := make([]*big.Int, len(before))
	k.failed = d.index >= len(before)
	for i, b := range before {
		after[i] = k.minus(b, weiBig)
	}
	if k.failed {
		return nil
	}
	left := k.minus(after[d.index], d.amount.ToBig())
	after[d.index] = left
	current := k.invariant(k.s.InvariantUp, d.weights, before)
	ratio := k.divUp(k.invariant(k.s.InvariantUp, d.weights, after), current)
	k.minus(ratio, mostLoss)
	taxed := k.minus(k.mulUp(ratio, before[d.index]), left)
	fee := k.minus(k.toGive(taxed, d.fee.ToBig()), taxed)
	after[d.index] = k.minus(left, fee)
	loss := k.minus(current, k.invariant(k.s.InvariantDown, d.weights, after))
	return []*big.Int{k.up(d.supply.ToBig(), loss, current), fee}
}

// nowhere judges that nothing is answered about a token before the lists or after them, nor about amounts, or in v2 weights, of fewer tokens than there are balances.
func nowhere(s *Subject, d deal) Verdict {
	v := Verdict{Outcome: Vacuous}
	last := len(d.balances) - 1
	ask := func(name string, err error) {
		if err == nil {
			v = worst(v, violated(name+" of a token that is not there", "an answer", "a failure"))
			return
		}
		v = worst(v, holds())
	}
	if d.many {
		for _, name := range []string{"BptOutGivenExactTokensIn", "BptInGivenExactTokensOut", "AddUnbalanced"} {
			o := operationNamed(name)
			if o.kinds[0] != d.c.Kind() || !s.Has(name) {
				continue
			}
			fewer := domain.Clone(d.c).(*domain.Liquidity)
			fewer.Amounts = fewer.Amounts[:last]
			ask(name, o.ask(s, fewer).err)
			if name != "AddUnbalanced" { // whose invariants are of as many tokens as there are weights
				fewer = domain.Clone(d.c).(*domain.Liquidity)
				fewer.Weights = fewer.Weights[:last]
				ask(name, o.ask(s, fewer).err)
			}
		}
		return v
	}
	for _, place := range []int{-1, last + 1} {
		if s.AddSingleExactOut != nil && !d.exit {
			_, _, err := s.AddSingleExactOut(slices.Clone(d.weights), slices.Clone(d.balances), place, d.bpt, d.supply, d.fee)
			ask("AddSingleExactOut", err)
		}
		if s.RemoveSingleExactIn != nil && d.exit {
			_, _, err := s.RemoveSingleExactIn(slices.Clone(d.weights), slices.Clone(d.balances), place, d.bpt, d.supply, d.fee)
			ask("RemoveSingleExactIn", err)
		}
		if s.RemoveSingleExactOut != nil && d.exit {
			_, _, err := s.RemoveSingleExactOut(slices.Clone(d.weights), slices.Clone(d.balances), place, d.amount, d.supply, d.fee)
			ask("RemoveSingleExactOut", err)
		}
	}
	return v
}
