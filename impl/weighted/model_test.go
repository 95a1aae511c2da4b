package weighted

import (
	"math/big"
	"reflect"

	"github.com/holiman/uint256"

	"github.com/trueweight/trueweight/impl/logexp"
	"github.com/trueweight/trueweight/impl/revert"
)

// The model is SPEC "Weighted math" on integers of any size. Its operations
// panic with a *revert.Error where the contracts fail; evaluate returns it. The
// powers are logexp's, whose own tests answer for them.

func evaluate(f func() *big.Int) (z *big.Int, failure *revert.Error) {
	defer func() {
		if r := recover(); r != nil {
			failure = r.(*revert.Error)
		}
	}()
	return f(), nil
}

func agree(got uint256.Int, err error, want *big.Int, failure *revert.Error) bool {
	if failure != nil {
		return got.IsZero() && reflect.DeepEqual(err, error(failure))
	}
	return err == nil && got.ToBig().Cmp(want) == 0
}

var scale = big.NewInt(1e18)

func unsigned(z *big.Int) uint256.Int { return *uint256.MustFromBig(z) }

func fitting(z *big.Int, failure *revert.Error) *big.Int {
	if z.Sign() < 0 || z.BitLen() > 256 {
		panic(failure)
	}
	return z
}

func plus(a, b *big.Int) *big.Int {
	return fitting(new(big.Int).Add(a, b), revert.ErrAddOverflow)
}

func minus(a, b *big.Int) *big.Int {
	return fitting(new(big.Int).Sub(a, b), revert.ErrSubUnderflow)
}

func complement(x *big.Int) *big.Int {
	if x.Cmp(scale) >= 0 {
		return new(big.Int)
	}
	return minus(scale, x)
}

func ceilDiv(a, b, c *big.Int, overflow *revert.Error) *big.Int {
	if c.Sign() == 0 {
		panic(revert.ErrZeroDivision)
	}
	z := fitting(new(big.Int).Mul(a, b), overflow)
	return z.Neg(z.Div(z.Neg(z), c))
}

func md(a, b *big.Int) *big.Int {
	return new(big.Int).Div(fitting(new(big.Int).Mul(a, b), revert.ErrMulOverflow), scale)
}

func mu(a, b *big.Int) *big.Int { return ceilDiv(a, b, scale, revert.ErrMulOverflow) }
func du(a, b *big.Int) *big.Int { return ceilDiv(a, scale, b, revert.ErrDivOverflow) }

func dd(a, b *big.Int) *big.Int {
	overflow, zero := revert.ErrDivOverflow, b.Sign() == 0
	if zero {
		overflow = revert.ErrDivByZeroOverflow
	}
	z := fitting(new(big.Int).Mul(a, scale), overflow)
	if zero {
		panic(revert.ErrDivByZero)
	}
	return z.Div(z, b)
}

func pd(x, y *big.Int) *big.Int { return power(logexp.PowDown, x, y) }
func pu(x, y *big.Int) *big.Int { return power(logexp.PowUp, x, y) }

func power(f operation, x, y *big.Int) *big.Int {
	z, err := f(unsigned(x), unsigned(y))
	if err != nil {
		panic(err)
	}
	return z.ToBig()
}

func modelOutGivenIn(balanceIn, weightIn, balanceOut, weightOut, amount *big.Int) *big.Int {
	if amount.Cmp(md(balanceIn, big.NewInt(3e17))) > 0 {
		panic(revert.ErrMaxInRatio)
	}
	return md(balanceOut, complement(pu(du(balanceIn, plus(balanceIn, amount)), dd(weightIn, weightOut))))
}

func modelInGivenOut(balanceIn, weightIn, balanceOut, weightOut, amount *big.Int) *big.Int {
	if amount.Cmp(md(balanceOut, big.NewInt(3e17))) > 0 {
		panic(revert.ErrMaxOutRatio)
	}
	return mu(balanceIn, minus(pu(du(balanceOut, minus(balanceOut, amount)), du(weightOut, weightIn)), scale))
}

func modelBalance(balance, weight, ratio *big.Int) *big.Int {
	if ratio.Cmp(scale) > 0 {
		return mu(balance, pu(ratio, du(scale, weight)))
	}
	return mu(balance, pu(ratio, dd(scale, weight)))
}

func modelInvariant(p pool, pow, mul func(a, b *big.Int) *big.Int) *big.Int {
	product := scale
	for i, w := range p.weights {
		product = mul(product, pow(item(p.balances, i), w.ToBig()))
	}
	if product.Sign() == 0 {
		panic(revert.ErrZeroInvariant)
	}
	return product
}

func item(list []uint256.Int, i int) *big.Int {
	if i < 0 || i >= len(list) {
		panic(revert.ErrArrayIndex)
	}
	return list[i].ToBig()
}

func construct(p pool) {
	sum := new(big.Int)
	for i, w := range p.weights {
		if w.ToBig().Cmp(big.NewInt(1e16)) < 0 {
			panic(revert.ErrMinWeight)
		}
		if item(p.minimums, i).Cmp(big.NewInt(1e6)) < 0 {
			panic(revert.ErrInvalidMinTokenBalance)
		}
		sum = plus(sum, w.ToBig())
	}
	if sum.Cmp(scale) != 0 {
		panic(revert.ErrNormalizedWeightInvariant)
	}
}

func minimum(p pool, i int, actual *big.Int) {
	if least := item(p.minimums, i); actual.Cmp(least) < 0 {
		panic(revert.TokenBalanceBelowMin(i, unsigned(actual), unsigned(least)))
	}
}

func modelPoolOnSwap(p pool) *big.Int {
	construct(p)
	weightIn, weightOut := item(p.weights, p.indexIn), item(p.weights, p.indexOut)
	heldIn, balanceOut := item(p.balances, p.indexIn), item(p.balances, p.indexOut)
	balanceIn := plus(heldIn, big.NewInt(1))
	minimum(p, p.indexIn, balanceIn)
	if p.up {
		in := modelInGivenOut(balanceIn, weightIn, balanceOut, weightOut, p.amount.ToBig())
		minimum(p, p.indexOut, minus(balanceOut, p.amount.ToBig()))
		return in
	}
	out := modelOutGivenIn(balanceIn, weightIn, balanceOut, weightOut, p.amount.ToBig())
	minimum(p, p.indexOut, minus(balanceOut, out))
	return out
}

func modelPoolInvariant(p pool) *big.Int {
	construct(p)
	for i := range p.balances {
		minimum(p, i, item(p.balances, i))
	}
	if p.up {
		return modelInvariant(p, pu, mu)
	}
	return modelInvariant(p, pd, md)
}

func modelPoolBalance(p pool) *big.Int {
	construct(p)
	weight, before := item(p.weights, p.indexIn), item(p.balances, p.indexIn)
	after := modelBalance(before, weight, p.amount.ToBig())
	if before.Cmp(after) < 0 {
		minimum(p, p.indexIn, before)
	} else {
		minimum(p, p.indexIn, after)
	}
	return after
}
