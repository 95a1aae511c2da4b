package real_test

import (
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/trueweight/trueweight/reference/interval"
	"github.com/trueweight/trueweight/reference/point"
	"github.com/trueweight/trueweight/reference/real"
)

// A change is a join or an exit of every kind at once: amounts move in or out, or BPT do.
type change struct {
	balances, weights, amounts []*big.Int // wei, 10⁻¹⁸, wei; amounts are below a third of the balances, and some are 0
	supply, bpt, fee           *big.Int   // wei; bpt below a third of the supply
}

// change draws a pool of two to five tokens. Amounts are dust, ordinary, or proportional, in equal parts; every eighth pool has weights whose
// sum misses 1 by a few units of 10⁻¹⁸.
func (d drawer) change() change {
	n := 2 + d.IntN(4)
	c := change{fee: d.fee()}
	c.supply, c.bpt = d.part(d.IntN(2) == 0)
	rest := int64(1e18) - int64(n)*1e16
	kind, scale := d.IntN(3), d.number(40)
	for i := range n {
		w := rest
		if i < n-1 {
			w = d.Int64N(rest + 1)
		}
		rest -= w
		if i == 0 && d.IntN(8) == 0 {
			w += d.Int64N(7) - 3
		}
		c.weights = append(c.weights, big.NewInt(1e16+w))
		balance, amount := d.part(kind == 0)
		switch {
		case kind == 2: // in proportion
			amount, balance = times(scale, balance), times(scale, times(balance, whole(4)))
		case d.IntN(3) == 0:
			amount = new(big.Int)
		}
		c.balances, c.amounts = append(c.balances, balance), append(c.amounts, amount)
	}
	return c
}

// part draws a number and a small one, dust or below a third of it.
func (d drawer) part(dust bool) (all, part *big.Int) {
	all, part = plus(d.number(112), whole(8)), d.number(4)
	if dust {
		return plus(all, twoTo(90+d.UintN(20))), part
	}
	return all, part.Mod(d.number(112), part.Quo(all, whole(3)))
}

func (d drawer) fee() *big.Int {
	return []*big.Int{new(big.Int), big.NewInt(1e12), big.NewInt(1e12 + d.Int64N(1e17)), big.NewInt(95e16)}[d.IntN(4)]
}

// liquidity lists every formula of a change, each with its literal value. Both are nil where the fee of an exit exceeds what is left.
func (c change) liquidity() (formulas map[string]*real.Expr, literals map[string]number) {
	formulas, literals = map[string]*real.Expr{}, map[string]number{}
	several := func(name string, values []number, list ...*real.Expr) {
		for i, e := range list {
			formulas[name+string(rune('0'+i))], literals[name+string(rune('0'+i))] = e, values[i]
		}
	}
	b, w, a := c.balances[:1], c.weights[:1], c.amounts[:1]
	for _, v := range []struct {
		name  string
		e     *real.Expr
		value number
	}{
		{"BptOutGivenExactTokensIn", real.BptOutGivenExactTokensIn(c.balances, c.weights, c.amounts, c.supply, c.fee), v2JoinLiteral(c.balances, c.weights, c.amounts, c.supply, c.fee, false)},
		{"BptOutGivenExactTokenIn", real.BptOutGivenExactTokenIn(b[0], w[0], a[0], c.supply, c.fee), v2JoinLiteral(b, w, a, c.supply, c.fee, true)},
		{"TokenInGivenExactBptOut", real.TokenInGivenExactBptOut(b[0], w[0], c.bpt, c.supply, c.fee), tokenInLiteral(b[0], w[0], c.bpt, c.supply, c.fee)},
		{"BptInGivenExactTokensOut", real.BptInGivenExactTokensOut(c.balances, c.weights, c.amounts, c.supply, c.fee), v2ExitLiteral(c.balances, c.weights, c.amounts, c.supply, c.fee, false)},
		{"BptInGivenExactTokenOut", real.BptInGivenExactTokenOut(b[0], w[0], a[0], c.supply, c.fee), v2ExitLiteral(b, w, a, c.supply, c.fee, true)},
		{"TokenOutGivenExactBptIn", real.TokenOutGivenExactBptIn(b[0], w[0], c.bpt, c.supply, c.fee), tokenOutLiteral(b[0], w[0], c.bpt, c.supply, c.fee)},
	} {
		formulas[v.name], literals[v.name] = v.e, v.value
	}
	bptOut, fees := real.AddUnbalanced(c.balances, c.weights, c.amounts, c.supply, c.fee)
	several("AddUnbalanced", addUnbalancedLiteral(c.balances, c.weights, c.amounts, c.supply, c.fee), append([]*real.Expr{bptOut}, fees...)...)
	in, fee := real.AddSingleExactOut(b[0], w[0], c.bpt, c.supply, c.fee)
	several("AddSingleExactOut", addSingleLiteral(b[0], w[0], c.bpt, c.supply, c.fee), in, fee)
	out, fee := real.RemoveSingleExactIn(b[0], w[0], c.bpt, c.supply, c.fee)
	several("RemoveSingleExactIn", removeExactInLiteral(b[0], w[0], c.bpt, c.supply, c.fee), out, fee)
	bptIn, fee := real.RemoveSingleExactOut(b[0], w[0], a[0], c.supply, c.fee)
	if values := removeSingleLiteral(b[0], w[0], a[0], c.supply, c.fee); bptIn != nil {
		several("RemoveSingleExactOut", values, bptIn, fee)
	} else if values[0] != nil {
		several("RemoveSingleExactOut", values, nil, nil)
	}
	return formulas, literals
}

// Each formula has the value that SPEC's steps give, to the 2⁻⁴⁰⁰ of the largest number among them that these steps keep; and both engines
// agree on the expression to 2⁻⁴⁰⁰ of its own value, dust or not.
func TestLiquidityIsWhatItsStepsSay(t *testing.T) {
	count := 150
	if testing.Short() {
		count = 20
	}
	d := drawer{rand.New(rand.NewPCG(7, 8))}
	for i := range count {
		c := d.change()
		largest := 0
		for _, n := range append(append([]*big.Int{c.supply}, c.balances...), c.amounts...) {
			largest = max(largest, n.BitLen())
		}
		formulas, literals := c.liquidity()
		for name, e := range formulas {
			want := literals[name]
			if (e == nil) != (want == nil) {
				t.Fatalf("change %d: %s has a value: %t, by its steps: %t (%v)", i, name, e != nil, want != nil, c)
			}
			if e == nil {
				continue
			}
			got := enclose(e, 640)
			margin := new(big.Float).SetMantExp(big.NewFloat(1), largest+128-400) // powers of exponents up to 100 reach 3¹⁰⁰ < 2¹²⁸ times a balance
			if !meet(got, interval.New(new(big.Float).Sub(want, margin), new(big.Float).Add(want, margin))) {
				t.Fatalf("change %d: %s = %v, by its steps %s (%v)", i, name, got, want.Text('g', 60), c)
			}
			if witness := real.Eval(real.Arithmetic[*big.Float](point.New()), e); !meet(got, widened(witness)) {
				t.Fatalf("change %d: %s = %v, to the witness %s (%v)", i, name, got, witness.Text('g', 60), c)
			}
		}
	}
}

func minus(a, b *big.Int) *big.Int { return new(big.Int).Sub(a, b) }
