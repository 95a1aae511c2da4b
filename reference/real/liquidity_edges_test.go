package real_test

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/trueweight/trueweight/reference/real"
)

// A formula of one token: (balance, weight, amount or BPT, supply, fee).
type oneToken func(balance, weight, given, supply, fee *big.Int) []*real.Expr

func single(f func(balance, weight, given, supply, fee *big.Int) *real.Expr) oneToken {
	return func(balance, weight, given, supply, fee *big.Int) []*real.Expr {
		return []*real.Expr{f(balance, weight, given, supply, fee)}
	}
}

func withFee(f func(balance, weight, given, supply, fee *big.Int) (result, taken *real.Expr)) oneToken {
	return func(balance, weight, given, supply, fee *big.Int) []*real.Expr {
		result, taken := f(balance, weight, given, supply, fee)
		return []*real.Expr{result, taken}
	}
}

func addOne(balance, weight, given, supply, fee *big.Int) []*real.Expr {
	e, fees := real.AddUnbalanced([]*big.Int{balance, big.NewInt(1e18)}, []*big.Int{weight, minus(big.NewInt(1e18), weight)}, []*big.Int{given, new(big.Int)}, supply, fee)
	if e == nil {
		return []*real.Expr{nil}
	}
	return []*real.Expr{e, fees[0]}
}

var oneTokenFormulas = map[string]oneToken{
	"BptOutGivenExactTokenIn": single(real.BptOutGivenExactTokenIn),
	"TokenInGivenExactBptOut": single(real.TokenInGivenExactBptOut),
	"BptInGivenExactTokenOut": single(real.BptInGivenExactTokenOut),
	"TokenOutGivenExactBptIn": single(real.TokenOutGivenExactBptIn),
	"AddUnbalanced":           addOne,
	"AddSingleExactOut":       withFee(real.AddSingleExactOut),
	"RemoveSingleExactOut":    withFee(real.RemoveSingleExactOut),
	"RemoveSingleExactIn":     withFee(real.RemoveSingleExactIn),
}

// A wei among 2²⁵⁰ changes results by 2⁻²⁵⁰ of the pool: they are known to all the digits there are, not to those a number near 1 leaves.
func TestDustKeepsItsDigits(t *testing.T) {
	huge := twoTo(250)
	for name, f := range oneTokenFormulas {
		for _, weight := range []int64{1e16, 5e17, 99e16} {
			for _, fee := range []int64{0, 1e12, 95e16} {
				for i, e := range f(huge, big.NewInt(weight), big.NewInt(1), huge, big.NewInt(fee)) {
					if got := enclose(e, 128); goodBits(got) < 110 || got.Lo().Sign() < 0 {
						t.Errorf("%s, result %d at weight %d, fee %d: %v", name, i, weight, fee, got)
					}
				}
			}
		}
	}
}

func TestNoExactValueIsNil(t *testing.T) {
	const none, some = false, true
	for _, row := range []struct {
		name                                string
		balance, weight, given, supply, fee int64
		want                                map[string]bool // of the formulas that differ from most
		most                                bool
	}{
		{"an ordinary change", 100, 5e17, 10, 100, 1e16, nil, some},
		{"nothing given", 100, 5e17, 0, 100, 1e16, nil, some},
		{"no balance", 0, 5e17, 0, 100, 1e16, map[string]bool{"TokenInGivenExactBptOut": some, "TokenOutGivenExactBptIn": some}, none},
		{"no supply", 100, 5e17, 0, 0, 1e16, map[string]bool{
			"BptOutGivenExactTokenIn": some, "BptInGivenExactTokenOut": some, "AddUnbalanced": some, "RemoveSingleExactOut": some}, none},
		{"no weight", 100, 0, 10, 100, 1e16, map[string]bool{
			"BptOutGivenExactTokenIn": some, "BptInGivenExactTokenOut": some, "AddUnbalanced": some}, none},
		{"the weight 1", 100, 1e18, 10, 100, 1e16, nil, some},
		{"a weight above 1", 100, 1e18 + 1, 10, 100, 1e16, map[string]bool{
			"AddSingleExactOut": none, "RemoveSingleExactOut": none, "RemoveSingleExactIn": none}, some},
		{"all there is", 100, 5e17, 100, 100, 0, nil, some},
		{"all there is, with a fee", 100, 5e17, 100, 100, 1e16, map[string]bool{"BptInGivenExactTokenOut": none}, some},
		{"more than there is", 100, 5e17, 101, 100, 0, map[string]bool{
			"BptInGivenExactTokenOut": none, "TokenOutGivenExactBptIn": none, "RemoveSingleExactOut": none, "RemoveSingleExactIn": none}, some},
		{"more than the fee leaves", 100, 5e17, 99, 100, 5e17, map[string]bool{"BptInGivenExactTokenOut": none, "RemoveSingleExactOut": none}, some},
		{"just what the fee leaves in v3: √z = φ", 100, 5e17, 75, 100, 5e17, map[string]bool{"BptInGivenExactTokenOut": none}, some},
		{"just what the fee leaves in v2: w + (1−w)/(1−φ) = b/a", 150, 5e17, 100, 1000, 5e17, nil, some},
		{"one wei more than that", 150, 5e17, 101, 1000, 5e17, map[string]bool{"BptInGivenExactTokenOut": none}, some},
		{"a fee of 1", 100, 5e17, 10, 100, 1e18, map[string]bool{
			"TokenInGivenExactBptOut": none, "BptInGivenExactTokenOut": none, "AddSingleExactOut": none, "RemoveSingleExactOut": none}, some},
		{"a fee above 1", 100, 5e17, 10, 100, 1e18 + 1, map[string]bool{
			"TokenInGivenExactBptOut": none, "BptInGivenExactTokenOut": none, "AddUnbalanced": none, "AddSingleExactOut": none, "RemoveSingleExactOut": none}, some},
		{"a fee of 3", 100, 5e17, 10, 100, 3e18, map[string]bool{
			"BptOutGivenExactTokenIn": none, "TokenInGivenExactBptOut": none, "BptInGivenExactTokenOut": none, "AddUnbalanced": none,
			"AddSingleExactOut": none, "RemoveSingleExactOut": none}, some},
	} {
		for name, f := range oneTokenFormulas {
			want, differs := row.want[name]
			if !differs {
				want = row.most
			}
			for i, e := range f(big.NewInt(row.balance), big.NewInt(row.weight), big.NewInt(row.given), big.NewInt(row.supply), big.NewInt(row.fee)) {
				if (e != nil) != want {
					t.Errorf("%s: result %d of %s has a value: %t, want %t", row.name, i, name, e != nil, want)
				}
			}
		}
	}
}

func TestEdgesHaveTheirValues(t *testing.T) {
	for _, row := range []struct {
		formula                             string
		balance, weight, given, supply, fee int64
		want                                []string
	}{
		{"BptOutGivenExactTokenIn", 100, 1e18, 10, 1000, 1e16, []string{"100"}},         // weight 1: all is proportional, nothing is taxed
		{"BptOutGivenExactTokenIn", 100, 2e18, 10, 1000, 1e16, []string{"210"}},         // weight 2: 1.1² − 1
		{"BptOutGivenExactTokenIn", 100, 5e17, 42, 1000, 1e18, []string{"100"}},         // all of the excess paid: √1.21 − 1
		{"TokenInGivenExactBptOut", 100, 2e18, 210, 1000, 1e16, []string{"10"}},         // weight 2: nothing taxed
		{"TokenOutGivenExactBptIn", 100, 5e17, 100, 1000, 2e18, []string{"19/2"}},       // 19, of which half is taxed away
		{"TokenOutGivenExactBptIn", 100, 5e17, 1000, 1000, 1e17, []string{"95"}},        // everything out: 100 less 10 % of half
		{"BptInGivenExactTokenOut", 150, 5e17, 100, 1000, 5e17, []string{"1000"}},       // the fee takes the rest
		{"BptInGivenExactTokenOut", 100, 2e18, 10, 1000, 0, []string{"190"}},            // weight 2: 1 − 0.9²
		{"BptInGivenExactTokenOut", 100, 2e18, 10, 1000, 5e17, []string{"360"}},         // weight 2: all taxed, 1 − 0.8²
		{"BptInGivenExactTokenOut", 100, 0, 100, 1000, 0, []string{"0"}},                // weight 0: of no value
		{"BptInGivenExactTokenOut", 100, 1e18, 10, 1000, 1e18, []string{"100"}},         // weight 1: a fee of 1 that nothing pays
		{"BptInGivenExactTokenOut", 100, 1e18, 10, 1000, 2e18, []string{"100"}},         //
		{"AddUnbalanced", 100, 5e17, 300, 1000, 0, []string{"1000", "0"}},               // √4 − 1
		{"AddUnbalanced", 100, 5e17, 300, 1000, 1e17, []string{"", "20"}},               // a tenth of 400 − 2·100
		{"AddUnbalanced", 100, 5e17, 300, 0, 1e17, []string{"0", "20"}},                 // no supply, no BPT
		{"AddUnbalanced", 100, 5e17, 1500, 1000, 1e18, []string{"1000", "1200"}},        // 1600 − 4·100 taxed away: √4 − 1
		{"AddSingleExactOut", 100, 5e17, 1000, 1000, 1e17, []string{"2900/9", "200/9"}}, // R = 2: 300, and 200 taxed
		{"RemoveSingleExactOut", 100, 5e17, 75, 1000, 5e17, []string{"1000", "25"}},     // √¼·100 − 25, doubled less itself: nothing left
		{"RemoveSingleExactOut", 100, 5e17, 75, 1000, 0, []string{"500", "0"}},          // 1 − √¼
		{"RemoveSingleExactOut", 100, 5e17, 100, 1000, 1e17, []string{"1000", "0"}},     // everything
		{"RemoveSingleExactIn", 100, 5e17, 500, 1000, 1e17, []string{"145/2", "5/2"}},   // R = ½: 75 less a tenth of 50 − 25
		{"RemoveSingleExactIn", 100, 5e17, 1000, 1000, 1e17, []string{"100", "0"}},      // everything
		{"RemoveSingleExactIn", 100, 1e18, 1, 7, 1e17, []string{"100/7", "0"}},          // weight 1: proportional
		{"AddSingleExactOut", 100, 1e18, 1, 7, 1e17, []string{"100/7", "0"}},            //
		{"RemoveSingleExactOut", 100, 1e18, 10, 7, 1e17, []string{"7/10", "0"}},         //
	} {
		list := oneTokenFormulas[row.formula](big.NewInt(row.balance), big.NewInt(row.weight), big.NewInt(row.given), big.NewInt(row.supply), big.NewInt(row.fee))
		for i, want := range row.want {
			if want == "" {
				continue
			}
			if equal, decided := list[i].Equals(rat(want)); !equal || !decided {
				t.Errorf("%s(%d, %d, %d, %d, %d), result %d = %v, want %s", row.formula, row.balance, row.weight, row.given, row.supply, row.fee, i, enclose(list[i], 128), want)
			}
		}
	}
}

// The whole of one token leaves no value to the pool: all BPT pay for it.
func TestEmptyingOneTokenTakesAllBpt(t *testing.T) {
	half := []*big.Int{big.NewInt(5e17), big.NewInt(5e17)}
	balances := []*big.Int{big.NewInt(100), big.NewInt(100)}
	for _, row := range []struct {
		out  int64
		some bool
	}{{99, true}, {100, true}, {101, false}} {
		e := real.BptInGivenExactTokensOut(balances, half, []*big.Int{big.NewInt(row.out), new(big.Int)}, big.NewInt(1000), new(big.Int))
		if (e != nil) != row.some {
			t.Errorf("some BPT pay for %d of 100: %t, want %t", row.out, e != nil, row.some)
		}
		if row.out == 100 {
			if equal, _ := e.Equals(rat("1000")); !equal {
				t.Errorf("%v BPT of 1000 pay for a whole balance", enclose(e, 128))
			}
		}
	}
}

// A token of weight 0 that is emptied as well changes nothing.
func TestEmptyingAnotherTokenOfNoWeightChangesNothing(t *testing.T) {
	weights := []*big.Int{big.NewInt(5e17), new(big.Int), big.NewInt(5e17)}
	hundred := big.NewInt(100)
	for _, row := range []struct {
		out  [3]int64
		want string
	}{{[3]int64{100, 100, 0}, "1000"}, {[3]int64{0, 100, 100}, "1000"}, {[3]int64{0, 100, 0}, "0"}, {[3]int64{75, 100, 0}, "500"}} {
		var out []*big.Int
		for _, n := range row.out {
			out = append(out, big.NewInt(n))
		}
		e := real.BptInGivenExactTokensOut([]*big.Int{hundred, hundred, hundred}, weights, out, big.NewInt(1000), new(big.Int))
		if equal, _ := e.Equals(rat(row.want)); !equal {
			t.Errorf("%v pay for %v of 100 each, want %s", enclose(e, 128), row.out, row.want)
		}
	}
}

func TestOneTokenWithoutBalanceLeavesManyWithoutAValue(t *testing.T) {
	half := []*big.Int{big.NewInt(5e17), big.NewInt(5e17)}
	balances, amounts := []*big.Int{big.NewInt(100), new(big.Int)}, []*big.Int{big.NewInt(10), new(big.Int)}
	supply, fee := big.NewInt(1000), big.NewInt(1e16)
	if e := real.BptOutGivenExactTokensIn(balances, half, amounts, supply, fee); e != nil {
		t.Errorf("a v2 join has the value %v", enclose(e, 128))
	}
	if e := real.BptInGivenExactTokensOut(balances, half, amounts, supply, fee); e != nil {
		t.Errorf("a v2 exit has the value %v", enclose(e, 128))
	}
	if e, fees := real.AddUnbalanced(balances, half, amounts, supply, fee); e != nil || fees != nil {
		t.Errorf("a v3 join has the value %v", enclose(e, 128))
	}
}

// What pays no fee is known to pay none without algebra.
func TestFeesOfNothingAreRational(t *testing.T) {
	half := []*big.Int{big.NewInt(5e17), big.NewInt(5e17)}
	hundred, supply := big.NewInt(100), big.NewInt(1000)
	amounts := []*big.Int{big.NewInt(10), new(big.Int)}
	_, fees := real.AddUnbalanced([]*big.Int{hundred, hundred}, half, amounts, supply, big.NewInt(1e16))
	_, free := real.AddUnbalanced([]*big.Int{hundred, hundred}, half, amounts, supply, new(big.Int))
	_, out := real.RemoveSingleExactOut(hundred, half[0], big.NewInt(10), supply, new(big.Int))
	for name, e := range map[string]*real.Expr{
		"an amount of 0": fees[1], "a join without a fee": free[0], "nothing without a fee": free[1], "an exit without a fee": out,
	} {
		if r, ok := e.Rational(); !ok || r.Sign() != 0 {
			t.Errorf("%s pays %v", name, enclose(e, 128))
		}
	}
	if _, ok := fees[0].Rational(); ok {
		t.Errorf("an amount beyond its proportion pays the rational fee %v", enclose(fees[0], 128))
	}
}

func BenchmarkLiquidity(b *testing.B) {
	c := drawer{rand.New(rand.NewPCG(19, 20))}.change()
	for len(c.balances) != 3 || c.amounts[0].Sign()*c.amounts[1].Sign()*c.amounts[2].Sign() == 0 || c.fee.Sign() == 0 {
		c = drawer{rand.New(rand.NewPCG(19, rand.Uint64()))}.change()
	}
	c.balances = []*big.Int{twoTo(90), beyond(88), beyond(91)}
	c.amounts = []*big.Int{beyond(80), beyond(81), beyond(79)}
	c.supply, c.bpt, c.fee = twoTo(90), beyond(80), big.NewInt(3e15)
	build := map[string]func() *real.Expr{
		"v2 many": func() *real.Expr {
			return real.BptOutGivenExactTokensIn(c.balances, c.weights, c.amounts, c.supply, c.fee)
		},
		"v3 many": func() *real.Expr {
			e, _ := real.AddUnbalanced(c.balances, c.weights, c.amounts, c.supply, c.fee)
			return e
		},
		"v3 one out": func() *real.Expr {
			e, _ := real.RemoveSingleExactOut(c.balances[0], c.weights[0], c.amounts[0], c.supply, c.fee)
			return e
		},
		"v3 one in": func() *real.Expr {
			e, _ := real.AddSingleExactOut(c.balances[0], c.weights[0], c.bpt, c.supply, c.fee)
			return e
		},
		"share growth of a swap": func() *real.Expr {
			after := []*big.Int{plus(c.balances[0], c.amounts[0]), minus(c.balances[1], c.amounts[1]), c.balances[2]}
			return real.Sub(real.ShareGrowth(c.weights, c.balances, after, c.supply, c.supply), one)
		},
	}
	for name, f := range build {
		for _, prec := range []uint{128, 256} {
			b.Run(fmt.Sprintf("%s/%d", name, prec), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					enclose(f(), prec)
				}
			})
		}
		b.Run(name+"/decide a tie", func(b *testing.B) {
			e := f()
			for b.Loop() {
				e.Equals(big.NewRat(1, 1))
			}
		})
	}
}
