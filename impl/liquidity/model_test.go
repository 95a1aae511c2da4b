package liquidity

import (
	"math/big"

	"github.com/holiman/uint256"

	"github.com/trueweight/trueweight/impl/logexp"
	"github.com/trueweight/trueweight/impl/revert"
	"github.com/trueweight/trueweight/impl/weighted"
)

// The model is SPEC "Liquidity, v2" and "Liquidity, v3" on integers of any size.
// Its operations panic with a *revert.Error where the contracts fail; evaluate
// returns it. Powers and invariants are logexp's and weighted's, whose own tests
// answer for them.

type integer = *big.Int

func evaluate(f func() []integer) (z []integer, failure *revert.Error) {
	defer func() {
		if r := recover(); r != nil {
			failure = r.(*revert.Error)
		}
	}()
	return f(), nil
}

var (
	scale = big.NewInt(1e18)
	unit  = big.NewInt(1)
)

func unsigned(z integer) uint256.Int { return *uint256.MustFromBig(z) }

func fitting(z integer, failure *revert.Error) integer {
	if z.Sign() < 0 || z.BitLen() > 256 {
		panic(failure)
	}
	return z
}

func plus(a, b integer) integer  { return fitting(new(big.Int).Add(a, b), revert.ErrAddOverflow) }
func minus(a, b integer) integer { return fitting(new(big.Int).Sub(a, b), revert.ErrSubUnderflow) }
func times(a, b integer) integer { return fitting(new(big.Int).Mul(a, b), revert.ErrMulOverflow) }
func shift(a integer, failure *revert.Error) integer {
	return fitting(new(big.Int).Mul(a, scale), failure)
}

func complement(x integer) integer {
	if x.Cmp(scale) >= 0 {
		return new(big.Int)
	}
	return minus(scale, x)
}

func floor(a, b integer, zero *revert.Error) integer {
	if b.Sign() == 0 {
		panic(zero)
	}
	return new(big.Int).Div(a, b)
}

// ceiling is −⌊−a/b⌋: big.Int's Div is Euclidean.
func ceiling(a, b integer) integer {
	z := new(big.Int).Neg(a)
	return z.Neg(z.Div(z, b))
}

func nonzero(b integer) integer {
	if b.Sign() == 0 {
		panic(revert.ErrZeroDivision)
	}
	return b
}

func md(a, b integer) integer { return floor(times(a, b), scale, nil) }
func mu(a, b integer) integer { return ceiling(times(a, b), scale) }
func du(a, b integer) integer {
	nonzero(b)
	return ceiling(shift(a, revert.ErrDivOverflow), b)
}

func dd(a, b integer) integer {
	if b.Sign() == 0 {
		shift(a, revert.ErrDivByZeroOverflow)
	}
	return floor(shift(a, revert.ErrDivOverflow), b, revert.ErrDivByZero)
}

func rawDown(a, b, c integer) integer { return floor(times(a, b), c, revert.ErrDivByZero) }
func rawUp(a, b, c integer) integer {
	nonzero(c)
	return ceiling(times(a, b), c)
}

func word(z uint256.Int, err error) integer {
	if err != nil {
		panic(err)
	}
	return z.ToBig()
}

func pd(x, y integer) integer { return word(logexp.PowDown(unsigned(x), unsigned(y))) }
func pu(x, y integer) integer { return word(logexp.PowUp(unsigned(x), unsigned(y))) }

func balanceAt(b, w, ratio integer) integer {
	return word(weighted.BalanceGivenInvariantRatio(unsigned(b), unsigned(w), unsigned(ratio)))
}

func invariant(f func(w, b []uint256.Int) (uint256.Int, error), weights, balances []integer) integer {
	return word(f(words(weights), words(balances)))
}

func words(list []integer) []uint256.Int {
	z := make([]uint256.Int, len(list))
	for i := range list {
		z[i] = unsigned(list[i])
	}
	return z
}

func integers(list []uint256.Int) []integer {
	z := make([]integer, len(list))
	for i := range list {
		z[i] = list[i].ToBig()
	}
	return z
}

func item(list []integer, i int) integer {
	if i < 0 || i >= len(list) {
		panic(revert.ErrArrayIndex)
	}
	return list[i]
}

func atMost3(ratio integer) {
	if ratio.Cmp(big.NewInt(3e18)) > 0 {
		panic(revert.InvariantRatioAboveMax(unsigned(ratio), uint256.Int{3e18}))
	}
}

func atLeast7Tenths(ratio integer) {
	if ratio.Cmp(big.NewInt(7e17)) < 0 {
		panic(revert.InvariantRatioBelowMin(unsigned(ratio), uint256.Int{7e17}))
	}
}

// above1 is x·(ratio − 1), rounded down, when that is positive.
func above1(x, ratio integer) integer {
	if ratio.Cmp(scale) <= 0 {
		return new(big.Int)
	}
	return md(x, minus(ratio, scale))
}

func modelJoinTokens(c call) []integer {
	weights, balances, amounts := integers(c.weights), integers(c.balances), integers(c.amounts)
	var ratios []integer
	t := new(big.Int)
	for i, b := range balances {
		ratios = append(ratios, dd(plus(b, item(amounts, i)), b))
		t = plus(t, md(ratios[i], item(weights, i)))
	}
	product := scale
	for i, b := range balances {
		a := amounts[i]
		switch {
		case ratios[i].Cmp(t) > 0:
			a = minus(a, mu(minus(a, above1(b, t)), c.fee.ToBig()))
		case a.Sign() == 0:
			continue
		}
		product = md(product, pd(dd(plus(b, a), b), weights[i]))
	}
	return []integer{above1(c.supply.ToBig(), product)}
}

func modelExitTokens(c call) []integer {
	weights, balances, amounts := integers(c.weights), integers(c.balances), integers(c.amounts)
	var ratios []integer
	t := new(big.Int)
	for i, b := range balances {
		ratios = append(ratios, du(minus(b, item(amounts, i)), b))
		t = plus(t, mu(ratios[i], item(weights, i)))
	}
	product := scale
	for i, b := range balances {
		a := amounts[i]
		switch {
		case t.Cmp(ratios[i]) > 0:
			n := md(b, complement(t))
			a = plus(n, du(minus(a, n), complement(c.fee.ToBig())))
		case a.Sign() == 0:
			continue
		}
		product = md(product, pd(dd(minus(b, a), b), weights[i]))
	}
	return []integer{mu(c.supply.ToBig(), complement(product))}
}

func modelJoinToken(w, b, a, supply, fee integer) integer {
	r := dd(plus(b, a), b)
	t := plus(md(r, w), complement(w))
	switch {
	case r.Cmp(t) > 0:
		n := above1(b, t)
		a = plus(n, minus(minus(a, n), mu(minus(a, n), fee)))
	case a.Sign() == 0:
		return a
	}
	return above1(supply, pd(dd(plus(b, a), b), w))
}

func modelExitToken(w, b, a, supply, fee integer) integer {
	r := du(minus(b, a), b)
	t := plus(mu(r, w), complement(w))
	switch {
	case t.Cmp(r) > 0:
		n := md(b, complement(t))
		a = plus(n, du(minus(a, n), complement(fee)))
	case a.Sign() == 0:
		return a
	}
	return mu(supply, complement(pd(dd(minus(b, a), b), w)))
}

func modelJoinForBpt(w, b, out, supply, fee integer) integer {
	ratio := du(plus(supply, out), supply)
	atMost3(ratio)
	a := mu(b, minus(pu(ratio, du(scale, w)), scale))
	x := mu(a, complement(w))
	return plus(minus(a, x), du(x, complement(fee)))
}

func modelExitForBpt(w, b, in, supply, fee integer) integer {
	ratio := du(minus(supply, in), supply)
	atLeast7Tenths(ratio)
	a := md(b, complement(pu(ratio, dd(scale, w))))
	x := mu(a, complement(w))
	return plus(minus(a, x), mu(x, complement(fee)))
}

func modelAddToken(supply, w integer) integer {
	return md(supply, minus(dd(scale, minus(scale, w)), scale))
}

func modelOwnership(growth, supplyGrowth, fee integer) integer {
	if supplyGrowth.Cmp(growth) >= 0 || fee.Sign() == 0 {
		return new(big.Int)
	}
	return md(minus(scale, dd(supplyGrowth, growth)), fee)
}

func modelBptForOwnership(supply, share integer) integer {
	return rawDown(supply, share, complement(share))
}

func modelDue(growth, previous, current, fee integer) integer {
	return modelBptForOwnership(current, modelOwnership(growth, dd(current, previous), fee))
}

// modelEach is a function of each balance.
func modelEach(c call, f func(b integer) integer) (amounts []integer) {
	for _, b := range integers(c.balances) {
		amounts = append(amounts, f(b))
	}
	return amounts
}

func modelProportionalInV2(c call) []integer {
	q := du(c.amount.ToBig(), c.supply.ToBig())
	return modelEach(c, func(b integer) integer { return mu(b, q) })
}

func modelProportionalOutV2(c call) []integer {
	q := dd(c.amount.ToBig(), c.supply.ToBig())
	return modelEach(c, func(b integer) integer { return md(b, q) })
}

func modelProportionalInV3(c call) []integer {
	return modelEach(c, func(b integer) integer { return rawUp(b, c.amount.ToBig(), c.supply.ToBig()) })
}

func modelProportionalOutV3(c call) []integer {
	return modelEach(c, func(b integer) integer { return rawDown(b, c.amount.ToBig(), c.supply.ToBig()) })
}

func modelAddUnbalanced(c call) []integer {
	weights, balances, amounts := integers(c.weights), integers(c.balances), integers(c.amounts)
	after := make([]integer, len(balances))
	for i, b := range balances {
		after[i] = minus(plus(b, item(amounts, i)), unit)
	}
	current := invariant(weighted.InvariantUp, weights, balances)
	ratio := dd(invariant(weighted.InvariantDown, weights, after), current)
	atMost3(ratio)
	fees := make([]integer, len(balances))
	for i, b := range balances {
		fees[i] = new(big.Int)
		if p := md(ratio, b); after[i].Cmp(p) > 0 {
			fees[i] = mu(minus(after[i], p), c.fee.ToBig())
			after[i] = minus(after[i], fees[i])
		}
	}
	growth := minus(invariant(weighted.InvariantDown, weights, after), current)
	return append([]integer{rawDown(c.supply.ToBig(), growth, current)}, fees...)
}

func modelAddSingleExactOut(c call) []integer {
	supply, after := c.supply.ToBig(), plus(c.amount.ToBig(), c.supply.ToBig())
	ratio := du(after, supply)
	atMost3(ratio)
	b := item(integers(c.balances), c.index)
	nb := balanceAt(b, item(integers(c.weights), c.index), ratio)
	x := minus(nb, rawDown(after, b, supply))
	fee := minus(du(x, complement(c.fee.ToBig())), x)
	return []integer{plus(minus(nb, b), fee), fee}
}

func modelRemoveSingleExactOut(c call) []integer {
	weights, balances := integers(c.weights), integers(c.balances)
	after := make([]integer, len(balances))
	for i, b := range balances {
		after[i] = minus(b, unit)
	}
	nb := minus(item(after, c.index), c.amount.ToBig())
	after[c.index] = nb
	current := invariant(weighted.InvariantUp, weights, balances)
	ratio := du(invariant(weighted.InvariantUp, weights, after), current)
	atLeast7Tenths(ratio)
	x := minus(mu(ratio, balances[c.index]), nb)
	fee := minus(du(x, complement(c.fee.ToBig())), x)
	after[c.index] = minus(nb, fee)
	loss := minus(current, invariant(weighted.InvariantDown, weights, after))
	return []integer{rawUp(c.supply.ToBig(), loss, current), fee}
}

func modelRemoveSingleExactIn(c call) []integer {
	supply, after := c.supply.ToBig(), minus(c.supply.ToBig(), c.amount.ToBig())
	ratio := du(after, supply)
	atLeast7Tenths(ratio)
	b := item(integers(c.balances), c.index)
	nb := balanceAt(b, item(integers(c.weights), c.index), ratio)
	fee := mu(minus(rawUp(after, b, supply), nb), c.fee.ToBig())
	return []integer{minus(minus(b, nb), fee), fee}
}
