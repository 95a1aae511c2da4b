package real_test

import (
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/trueweight/trueweight/reference/interval"
	"github.com/trueweight/trueweight/reference/real"
)

// Pools of quarter weights, whose formulas fractions judge: Π yᵢ^(pᵢ/4) ⋚ v is Π yᵢ^pᵢ ⋚ v⁴. Where balances change by fourth powers, v3's
// invariant ratio is a fraction too, and so is everything that it taxes; where a share of the supply is a p-th power, so is what one token of weight p/4
// pays for it. All steps are SPEC's, branches included.

type fraction = *big.Rat

func frac(n, d *big.Int) fraction { return new(big.Rat).SetFrac(n, d) }
func unit(n int64) fraction       { return big.NewRat(n, 1) }
func ofWei(n *big.Int) fraction   { return new(big.Rat).SetInt(n) }
func sub(a, b fraction) fraction  { return new(big.Rat).Sub(a, b) }
func add(a, b fraction) fraction  { return new(big.Rat).Add(a, b) }
func mul(a, b fraction) fraction  { return new(big.Rat).Mul(a, b) }
func quo(a, b fraction) fraction  { return new(big.Rat).Quo(a, b) }
func atLeast0(a fraction) fraction {
	if a.Sign() < 0 {
		return unit(0)
	}
	return a
}
func raised(a fraction, n uint) fraction {
	return frac(power(a.Num(), n), power(a.Denom(), n))
}

// A quarters is a pool of weights pᵢ/4, and a change of it by fractions (mᵢ/nᵢ)⁴, each at least 1.
type quarters struct {
	p        []uint
	changes  []fraction // (mᵢ/nᵢ)⁴
	balances []*big.Int // multiples of nᵢ⁴, and of the mᵢ⁴ by which an exit divides
	supply   *big.Int
	fee      *big.Int
}

func (d drawer) quarters(proportional bool) quarters {
	q := quarters{supply: plus(d.number(70), twoTo(40)), fee: d.fee()}
	q.p = [][]uint{{2, 2}, {1, 3}, {3, 1}, {1, 1, 2}, {2, 1, 1}, {1, 1, 1, 1}}[d.IntN(6)]
	m, n := uint(0), uint(0)
	for i := range q.p {
		if i == 0 || !proportional {
			n = 1 + d.UintN(60)
			m = n + d.UintN(4)*d.UintN(15)
		}
		q.changes = append(q.changes, raised(frac(whole(m), whole(n)), 4))
		q.balances = append(q.balances, times(d.number(60), times(power(whole(n), 4), power(whole(m), 4))))
	}
	if proportional { // the BPT are whole
		q.supply = times(q.supply, times(power(whole(n), 4), power(whole(m), 4)))
	}
	return q
}

func (q quarters) weights() (list []*big.Int) {
	for _, p := range q.p {
		list = append(list, big.NewInt(int64(p)*25e16))
	}
	return list
}

// amounts returns what multiplies every balance by its change, or divides it by that.
func (q quarters) amounts(join bool) (list []*big.Int) {
	for i, b := range q.balances {
		by := sub(q.changes[i], unit(1))
		if !join {
			by = sub(unit(1), new(big.Rat).Inv(q.changes[i]))
		}
		list = append(list, mul(ofWei(b), by).Num())
	}
	return list
}

func (q quarters) phi() fraction { return frac(q.fee, big.NewInt(1e18)) }

// product returns Π yᵢ^pᵢ.
func (q quarters) product(y []fraction) fraction {
	all := unit(1)
	for i, p := range q.p {
		all = mul(all, raised(y[i], p))
	}
	return all
}

// mean returns Σ wᵢ·xᵢ.
func (q quarters) mean(x []fraction) fraction {
	sum := unit(0)
	for i, p := range q.p {
		sum = add(sum, mul(x[i], big.NewRat(int64(p), 4)))
	}
	return sum
}

// root returns Π xᵢ^wᵢ for fourth powers xᵢ.
func (q quarters) root(t *testing.T, x []fraction) fraction {
	all := unit(1)
	for i, p := range q.p {
		n, d := new(big.Int).Sqrt(x[i].Num()), new(big.Int).Sqrt(x[i].Denom())
		fourth := frac(n.Sqrt(n), d.Sqrt(d))
		if raised(fourth, 4).Cmp(x[i]) != 0 {
			t.Fatalf("%v is no fourth power", x[i])
		}
		all = mul(all, raised(fourth, p))
	}
	return all
}

// judge compares the signs of e − wei, around e's floor, with the oracle's; it returns how many were 0.
func judge(t *testing.T, name string, e *real.Expr, sign func(wei *big.Int) int) (ties int) {
	t.Helper()
	for _, wei := range (instance{formula: e}).questions(t) {
		got, want := signOf(t, e, wei), sign(wei)
		if got != want {
			t.Fatalf("%s less %v wei has the sign %d, in whole numbers %d", name, wei, got, want)
		}
		if got == 0 {
			ties++
		}
	}
	return ties
}

func TestJoinsAndExitsOfManyTokensAgreeWithWholeNumbers(t *testing.T) {
	count := 1_000
	if testing.Short() {
		count = 60
	}
	d := drawer{rand.New(rand.NewPCG(9, 10))}
	for i := range count {
		proportional := i%3 == 0
		q := d.quarters(proportional)
		supply, rest := ofWei(q.supply), sub(unit(1), q.phi())
		// The BPT are n where (1 ± n/S)⁴ = Π yᵢ^pᵢ.
		joined := func(y []fraction) func(*big.Int) int {
			product := q.product(y)
			return func(n *big.Int) int { return product.Cmp(raised(add(unit(1), quo(ofWei(n), supply)), 4)) }
		}
		left := func(y []fraction) func(*big.Int) int {
			product := q.product(y)
			return func(n *big.Int) int {
				if n.Cmp(q.supply) > 0 {
					return -1
				}
				return raised(sub(unit(1), quo(ofWei(n), supply)), 4).Cmp(product)
			}
		}
		in, out := q.amounts(true), q.amounts(false)
		after := make([]fraction, len(q.p))

		// v2, join: beyond t = Σ r·w, what exceeds b·(t−1) is taxed
		mean := q.mean(q.changes)
		for i, r := range q.changes {
			if after[i] = r; r.Cmp(mean) > 0 {
				fair := atLeast0(sub(mean, unit(1)))
				after[i] = add(unit(1), add(fair, mul(sub(sub(r, unit(1)), fair), rest)))
			}
		}
		ties := judge(t, "BptOutGivenExactTokensIn", real.BptOutGivenExactTokensIn(q.balances, q.weights(), in, q.supply, q.fee), joined(after))

		// v3, join: beyond the ratio of the invariants
		root := q.root(t, q.changes)
		bptOut, fees := real.AddUnbalanced(q.balances, q.weights(), in, q.supply, q.fee)
		for i, x := range q.changes {
			tax := mul(q.phi(), atLeast0(sub(x, root)))
			after[i] = sub(x, tax)
			fee := mul(tax, ofWei(q.balances[i]))
			if equal, decided := fees[i].Equals(fee); !equal || !decided {
				t.Fatalf("the fee of token %d = %v: %t, decided %t", i, fee, equal, decided)
			}
			if equal, decided := fees[i].Equals(add(fee, unit(1))); equal || !decided {
				t.Fatalf("the fee of token %d = %v + 1: %t, decided %t", i, fee, equal, decided)
			}
		}
		ties += judge(t, "AddUnbalanced", bptOut, joined(after))

		// v2, exit: below t, what exceeds b·(1−t) is taxed
		ratios := make([]fraction, len(q.p))
		for i, r := range q.changes {
			ratios[i] = new(big.Rat).Inv(r)
		}
		mean = q.mean(ratios)
		for i, r := range ratios {
			if after[i] = r; mean.Cmp(r) > 0 {
				fair := atLeast0(sub(unit(1), mean))
				after[i] = sub(unit(1), add(fair, quo(sub(sub(unit(1), r), fair), rest)))
			}
		}
		e := real.BptInGivenExactTokensOut(q.balances, q.weights(), out, q.supply, q.fee)
		possible := true
		for _, y := range after {
			possible = possible && y.Sign() >= 0
		}
		if (e != nil) != possible {
			t.Fatalf("some BPT pay for %v of %v: %t, want %t", out, q.balances, e != nil, possible)
		}
		if possible {
			ties += judge(t, "BptInGivenExactTokensOut", e, left(after))
		}
		if proportional && ties != 3 {
			t.Fatalf("change %d is proportional, and %d of the three results are whole: %v", i, ties, q)
		}
	}
}

func TestChangesOfOneTokenAgreeWithFractions(t *testing.T) {
	d := drawer{rand.New(rand.NewPCG(11, 12))}
	for range 300 {
		p := 1 + d.UintN(4)
		weight, w := big.NewInt(int64(p)*25e16), big.NewRat(int64(p), 4)
		n := 1 + d.UintN(60)
		m := n + d.UintN(8)
		fee := d.fee()
		phi := frac(fee, big.NewInt(1e18))
		rest := sub(unit(1), phi)
		balance, supply := d.number(70), times(d.number(40), times(power(whole(n), 4), power(whole(m), 4)))
		b, s := ofWei(balance), ofWei(supply)
		same := func(name string, e *real.Expr, want fraction) {
			t.Helper()
			if equal, decided := e.Equals(want); !equal || !decided {
				t.Fatalf("%s of %v, weight %v, fee %v, by %d/%d: %v = %v: %t, decided %t", name, balance, w, fee, m, n, enclose(e, 128), want, equal, decided)
			}
			if equal, decided := e.Equals(add(want, frac(whole(1), twoTo(400)))); equal || !decided {
				t.Fatalf("%s of %v, weight %v, fee %v, by %d/%d equals %v and a little", name, balance, w, fee, m, n, want)
			}
		}

		// R = (m/n)ᵖ, and R^(1/w) = (m/n)⁴
		up, grown := raised(frac(whole(m), whole(n)), p), raised(frac(whole(m), whole(n)), 4)
		bpt := mul(s, sub(up, unit(1))).Num()
		amount := mul(b, sub(grown, unit(1)))
		taxable := mul(amount, sub(unit(1), w))
		same("TokenInGivenExactBptOut", real.TokenInGivenExactBptOut(balance, weight, bpt, supply, fee),
			add(sub(amount, taxable), quo(taxable, rest)))
		in, inFee := real.AddSingleExactOut(balance, weight, bpt, supply, fee)
		taxable = mul(b, sub(grown, up))
		same("AddSingleExactOut, fee", inFee, sub(quo(taxable, rest), taxable))
		same("AddSingleExactOut", in, add(amount, sub(quo(taxable, rest), taxable)))

		// R = (n/m)ᵖ, and R^(1/w) = (n/m)⁴
		down, shrunk := new(big.Rat).Inv(up), new(big.Rat).Inv(grown)
		bpt = mul(s, sub(unit(1), down)).Num()
		amount = mul(b, sub(unit(1), shrunk))
		taxable = mul(amount, sub(unit(1), w))
		same("TokenOutGivenExactBptIn", real.TokenOutGivenExactBptIn(balance, weight, bpt, supply, fee),
			add(sub(amount, taxable), mul(taxable, rest)))
		out, outFee := real.RemoveSingleExactIn(balance, weight, bpt, supply, fee)
		taxable = mul(b, sub(down, shrunk))
		same("RemoveSingleExactIn, fee", outFee, mul(taxable, phi))
		same("RemoveSingleExactIn", out, sub(amount, mul(taxable, phi)))

		// z = (n/m)⁴, and zʷ = (n/m)ᵖ
		balance = supply
		b = s
		amountOut := mul(b, sub(unit(1), shrunk)).Num()
		taxable = mul(b, sub(down, shrunk))
		net := sub(quo(taxable, rest), taxable)
		after := sub(shrunk, quo(net, b))
		bptIn, exitFee := real.RemoveSingleExactOut(balance, weight, amountOut, supply, fee)
		if (bptIn != nil) != (after.Sign() >= 0) {
			t.Fatalf("some BPT pay for %v of %v: %t, with %v left", amountOut, balance, bptIn != nil, after)
		}
		if bptIn != nil {
			same("RemoveSingleExactOut, fee", exitFee, net)
			judge(t, "RemoveSingleExactOut", bptIn, func(n *big.Int) int {
				if n.Cmp(supply) > 0 {
					return -1
				}
				return raised(sub(unit(1), quo(ofWei(n), s)), 4).Cmp(raised(after, p))
			})
		}
	}
}

// No whole number leaves a formula undecided, whatever is irrational in it.
func TestEqualsDecidesEveryChange(t *testing.T) {
	d := drawer{rand.New(rand.NewPCG(13, 14))}
	for i := range 100 {
		c := d.change()
		formulas, _ := c.liquidity()
		for name, e := range formulas {
			if e == nil {
				continue
			}
			near, _ := enclose(e, 512).Hi().Int(nil)
			if _, decided := e.Equals(ofWei(near)); !decided {
				t.Fatalf("change %d: %s = %v is undecided (%v)", i, name, near, c)
			}
		}
	}
}

// At fee 0 a join is worth what it adds to the invariant, by both rules.
func TestJoinsWithoutFeeAreTheInvariantsGrowth(t *testing.T) {
	d := drawer{rand.New(rand.NewPCG(15, 16))}
	for range 40 {
		c := d.change()
		after := make([]*big.Int, len(c.balances))
		for i := range after {
			after[i] = plus(c.balances[i], c.amounts[i])
		}
		growth := real.Quo(real.Invariant(after, c.weights), real.Invariant(c.balances, c.weights))
		want := real.Mul(real.Int(c.supply), real.Sub(growth, one))
		zeroFee := new(big.Int)
		v3, fees := real.AddUnbalanced(c.balances, c.weights, c.amounts, c.supply, zeroFee)
		for i, fee := range fees {
			if r, ok := fee.Rational(); !ok || r.Sign() != 0 {
				t.Fatalf("the fee of token %d is not 0", i)
			}
		}
		v2 := real.BptOutGivenExactTokensIn(c.balances, c.weights, c.amounts, c.supply, zeroFee)
		for _, e := range []*real.Expr{v2, v3} {
			if got := enclose(e, 512); !meet(got, enclose(want, 1024)) {
				t.Fatalf("a join = %v, the invariants say %v (%v)", got, enclose(want, 1024), c)
			}
		}
	}
}

// In v2 one token alone pays what it pays among others that do not change, where the weights' sum is 1.
func TestOneTokenPaysTheSameAmongOthers(t *testing.T) {
	d := drawer{rand.New(rand.NewPCG(17, 18))}
	for range 100 {
		c := d.change()
		if c.weights = c.weights[:1]; c.weights[0].Cmp(big.NewInt(1e18)) >= 0 {
			continue
		}
		weights := append(c.weights, minus(big.NewInt(1e18), c.weights[0]))
		balances, amounts := c.balances[:2], []*big.Int{c.amounts[0], new(big.Int)}
		for name, pair := range map[string][2]*real.Expr{
			"join": {real.BptOutGivenExactTokenIn(balances[0], weights[0], amounts[0], c.supply, c.fee), real.BptOutGivenExactTokensIn(balances, weights, amounts, c.supply, c.fee)},
			"exit": {real.BptInGivenExactTokenOut(balances[0], weights[0], amounts[0], c.supply, c.fee), real.BptInGivenExactTokensOut(balances, weights, amounts, c.supply, c.fee)},
		} {
			if pair[0] == nil || pair[1] == nil {
				if pair[0] != pair[1] {
					t.Fatalf("a %s has a value alone or among others only (%v)", name, c)
				}
				continue
			}
			alone, among := enclose(pair[0], 256), enclose(pair[1], 256)
			if alone.String() != among.String() {
				t.Fatalf("a %s alone = %v, among others %v (%v)", name, alone, among, c)
			}
		}
	}
}

// Where an amount is just as much as its proportion, one wei more and one wei less make no more than two wei's difference: what
// is taxed changes there, and the value goes on without a jump.
func TestFormulasAreContinuousWhereTheTaxBegins(t *testing.T) {
	wei := func(n int64) *big.Int { return times(big.NewInt(n), power(whole(10), 30)) }
	weights := []*big.Int{big.NewInt(5e17), big.NewInt(25e16), big.NewInt(25e16)}
	balances := []*big.Int{wei(16), wei(16), wei(16)}
	supply, fee := wei(16), big.NewInt(95e16)
	// R = x₁^½·x₂^¼ = x₂ where x₂ = x₁^⅔, irrational: 16·(81/16)^⅔ = 16·(6561/256)^⅓
	cube := times(big.NewInt(6561), power(wei(16), 3))
	borderV3 := minus(cubeRoot(cube.Rsh(cube, 8)), wei(16))
	type formula struct {
		name   string
		border *big.Int // of the second token's amount
		value  func(amounts []*big.Int) *real.Expr
		others [2]*big.Int
	}
	for _, f := range []formula{
		{"v3 join", borderV3, func(a []*big.Int) *real.Expr {
			e, _ := real.AddUnbalanced(balances, weights, a, supply, fee)
			return e
		}, [2]*big.Int{wei(65), wei(0)}},
		// t − 1 = 15/16·½ + 10/16·¼ = 10/16
		{"v2 join", wei(10), func(a []*big.Int) *real.Expr {
			return real.BptOutGivenExactTokensIn(balances, weights, a, supply, fee)
		}, [2]*big.Int{wei(15), wei(0)}},
		// 1 − t = 3/16·½ + 2/16·¼ = 2/16
		{"v2 exit", wei(2), func(a []*big.Int) *real.Expr {
			return real.BptInGivenExactTokensOut(balances, weights, a, supply, big.NewInt(5e17))
		}, [2]*big.Int{wei(3), wei(0)}},
	} {
		var values []interval.Interval
		for offset := int64(-4); offset <= 4; offset++ {
			values = append(values, enclose(f.value([]*big.Int{f.others[0], plus(f.border, big.NewInt(offset)), f.others[1]}), 512))
		}
		for i := range values[1:] {
			step := interval.At(512).Sub(values[i+1], values[i])
			if step.Lo().Sign() <= 0 || step.Hi().Cmp(big.NewFloat(2)) > 0 {
				t.Errorf("%s: from %d to %d wei beyond the border the value moves by %v", f.name, i-4, i-3, step)
			}
		}
	}
	for offset, taxed := range map[int64]bool{0: false, 1: true} {
		amounts := []*big.Int{wei(65), plus(borderV3, big.NewInt(offset)), wei(0)}
		if _, fees := real.AddUnbalanced(balances, weights, amounts, supply, fee); (enclose(fees[1], 512).Lo().Sign() > 0) != taxed {
			t.Errorf("v3 taxes %d wei beyond the border: %t, want %t", offset, !taxed, taxed)
		}
	}
}

// cubeRoot returns ⌊³√n⌋.
func cubeRoot(n *big.Int) *big.Int {
	root := new(big.Int)
	for bit := n.BitLen() / 3; bit >= 0; bit-- {
		if root.SetBit(root, bit, 1); power(root, 3).Cmp(n) > 0 {
			root.SetBit(root, bit, 0)
		}
	}
	return root
}
