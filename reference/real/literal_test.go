package real_test

import (
	"math/big"

	"github.com/trueweight/trueweight/reference/point"
)

// The formulas of SPEC again, read literally: step by step on numbers of 640 bits by the independent arithmetic, every
// branch an if. They share no rewriting with the expressions, and lose the digits that these keep. A nil is no value.

type number = *big.Float

var literal = point.New()

func num(n *big.Int) number   { return literal.Int(n) }
func fixed(n *big.Int) number { return literal.Quo(num(n), num(big.NewInt(1e18))) }

func numbers(list []*big.Int, of func(*big.Int) number) []number {
	all := make([]number, len(list))
	for i, n := range list {
		all[i] = of(n)
	}
	return all
}

func positivePart(x number) number {
	if x != nil && x.Sign() < 0 {
		return num(new(big.Int))
	}
	return x
}

func complement(x number) number { return positivePart(literal.Sub(num(whole(1)), x)) }

func raise(base, exponent number) number {
	if base != nil && base.Sign() == 0 && exponent.Sign() > 0 {
		return base
	}
	return literal.Exp(literal.Mul(exponent, literal.LogRatio(base, num(whole(1)))))
}

func greater(x, y number) bool { return x != nil && y != nil && x.Cmp(y) > 0 }

// v2JoinLiteral is bptOutGivenExactTokensIn, or bptOutGivenExactTokenIn where alone.
func v2JoinLiteral(balances, weights, amounts []*big.Int, supply, fee *big.Int, alone bool) number {
	b, w, a, phi := numbers(balances, num), numbers(weights, fixed), numbers(amounts, num), fixed(fee)
	t := num(new(big.Int))
	if alone {
		t = complement(w[0])
	}
	r := make([]number, len(b))
	for i := range b {
		r[i] = literal.Quo(literal.Add(b[i], a[i]), b[i])
		t = literal.Add(t, literal.Mul(r[i], w[i]))
	}
	growth := num(whole(1))
	for i := range b {
		after := a[i]
		if greater(r[i], t) {
			n := literal.Mul(b[i], positivePart(literal.Sub(t, num(whole(1)))))
			after = literal.Sub(a[i], literal.Mul(literal.Sub(a[i], n), phi))
		}
		growth = literal.Mul(growth, raise(literal.Quo(literal.Add(b[i], after), b[i]), w[i]))
	}
	return literal.Mul(num(supply), literal.Sub(growth, num(whole(1))))
}

// v2ExitLiteral is bptInGivenExactTokensOut, or bptInGivenExactTokenOut where alone.
func v2ExitLiteral(balances, weights, amounts []*big.Int, supply, fee *big.Int, alone bool) number {
	b, w, a, phi := numbers(balances, num), numbers(weights, fixed), numbers(amounts, num), fixed(fee)
	t := num(new(big.Int))
	if alone {
		t = complement(w[0])
	}
	r := make([]number, len(b))
	for i := range b {
		r[i] = literal.Quo(literal.Sub(b[i], a[i]), b[i])
		t = literal.Add(t, literal.Mul(r[i], w[i]))
	}
	growth := num(whole(1))
	for i := range b {
		after := a[i]
		if greater(t, r[i]) {
			n := literal.Mul(b[i], complement(t))
			after = literal.Add(n, literal.Quo(literal.Sub(a[i], n), complement(phi)))
		}
		growth = literal.Mul(growth, raise(literal.Quo(literal.Sub(b[i], after), b[i]), w[i]))
	}
	return literal.Mul(num(supply), complement(growth))
}

func tokenInLiteral(balance, weight, out, supply, fee *big.Int) number {
	w, ratio := fixed(weight), literal.Quo(num(plus(supply, out)), num(supply))
	a := literal.Mul(num(balance), literal.Sub(raise(ratio, literal.Quo(num(whole(1)), w)), num(whole(1))))
	x := literal.Mul(a, complement(w))
	return literal.Add(literal.Sub(a, x), literal.Quo(x, complement(fixed(fee))))
}

func tokenOutLiteral(balance, weight, in, supply, fee *big.Int) number {
	w, ratio := fixed(weight), literal.Quo(num(minus(supply, in)), num(supply))
	a := literal.Mul(num(balance), complement(raise(ratio, literal.Quo(num(whole(1)), w))))
	x := literal.Mul(a, complement(w))
	return literal.Add(literal.Sub(a, x), literal.Mul(x, complement(fixed(fee))))
}

func valueLiteral(balances []number, weights []*big.Int) number {
	v := num(whole(1))
	for i, b := range balances {
		v = literal.Mul(v, raise(b, fixed(weights[i])))
	}
	return v
}

func addUnbalancedLiteral(balances, weights, amounts []*big.Int, supply, fee *big.Int) []number {
	b := numbers(balances, num)
	nb := make([]number, len(b))
	for i := range b {
		nb[i] = num(plus(balances[i], amounts[i]))
	}
	current := valueLiteral(b, weights)
	ratio := literal.Quo(valueLiteral(nb, weights), current)
	results := []number{nil}
	for i := range b {
		f := literal.Mul(fixed(fee), positivePart(literal.Sub(nb[i], literal.Mul(ratio, b[i]))))
		nb[i] = literal.Sub(nb[i], f)
		results = append(results, f)
	}
	grown := literal.Sub(valueLiteral(nb, weights), current)
	results[0] = literal.Quo(literal.Mul(num(supply), grown), current)
	return results
}

func addSingleLiteral(balance, weight, out, supply, fee *big.Int) []number {
	b, ns := num(balance), num(plus(supply, out))
	nb := literal.Mul(b, raise(literal.Quo(ns, num(supply)), literal.Quo(num(whole(1)), fixed(weight))))
	x := literal.Sub(nb, literal.Quo(literal.Mul(ns, b), num(supply)))
	f := literal.Sub(literal.Quo(x, complement(fixed(fee))), x)
	return []number{literal.Add(literal.Sub(nb, b), f), f}
}

// removeSingleLiteral is removeSingleExactOut of a pool with a second token, which has the weight that is left.
func removeSingleLiteral(balance, weight, amount, supply, fee *big.Int) []number {
	b := []number{num(balance), num(whole(12_345))}
	weights := []*big.Int{weight, minus(big.NewInt(1e18), weight)}
	nb := []number{num(minus(balance, amount)), b[1]}
	current := valueLiteral(b, weights)
	ratio := literal.Quo(valueLiteral(nb, weights), current)
	x := literal.Sub(literal.Mul(ratio, b[0]), nb[0])
	f := literal.Sub(literal.Quo(x, complement(fixed(fee))), x)
	nb[0] = literal.Sub(nb[0], f)
	lost := literal.Sub(current, valueLiteral(nb, weights))
	return []number{literal.Quo(literal.Mul(num(supply), lost), current), f}
}

func removeExactInLiteral(balance, weight, in, supply, fee *big.Int) []number {
	b, ns := num(balance), num(minus(supply, in))
	nb := literal.Mul(b, raise(literal.Quo(ns, num(supply)), literal.Quo(num(whole(1)), fixed(weight))))
	x := literal.Sub(literal.Quo(literal.Mul(ns, b), num(supply)), nb)
	f := literal.Mul(x, fixed(fee))
	return []number{literal.Sub(literal.Sub(b, nb), f), f}
}
