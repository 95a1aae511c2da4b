package exact

import (
	"math/big"
	"testing"
)

// Weights 1, and 0.5 where 1/w is the exponent, need no inexact power: each rounding that shows is one of the formula's
// own. Where a power must be inexact the balances are a few wei, so that an amount off by one wei moves it far, and the
// tables give the growth under the power.

func TestJoinsAndExitsOfV2RoundInThePoolsFavour(t *testing.T) {
	table := []struct{ call, want, why string }{
		{"joinTokens([1e18],[3],[1],3e18,0.5e18)", "999999999999999999", "growth ⌊4/3⌋ costs a wei; it is the mean, so no fee"},
		{"joinTokens([1e18 1e18],[3 3],[1 1],1e18,0)", "777777777777777776", "16/9 = …777.8, less 0.9 for ⌊4/3⌋, down"},
		{"joinTokens([1e18],[2],[1],1,0)", "0", "half a wei down"},
		{"joinTokens([1e18],[2],[0],1e18,0)", "0", "nothing in"},
		{"joinTokens([0.5e18 0.5e18],[1e18 1e18],[1 1],1e18,0)", "0", "the powers' allowance is more than the growth"},
		{"joinToken(1e18,3,1,3e18,0.5e18)", "999999999999999999", "growth ⌊4/3⌋ costs a wei; it is the mean, so no fee"},
		{"joinToken(1e18,2,1,1,0)", "0", "half a wei down"},
		{"joinToken(0.5e18,1e18,1,1e18,0)", "0", "the power's allowance is more than the growth"},
		{"joinToken(1e18,2,0,1e18,0)", "0", "nothing in"},
		{"exitTokens([1e18],[3],[1],3e18,0.5e18)", "1000000000000000002", "share ⌊2/3⌋ costs 2 wei; it is the mean, so no fee"},
		{"exitTokens([1e18 1e18],[3 3],[1 1],1e18,0)", "555555555555555557", "(2/3)² = …444.4, less 0.9 for ⌊2/3⌋, down"},
		{"exitTokens([1e18],[2],[1],1,0)", "1", "half a wei up"},
		{"exitTokens([1e18],[2],[0],1e18,0)", "0", "nothing out"},
		{"exitToken(1e18,3,1,3e18,0.5e18)", "1000000000000000002", "share ⌊2/3⌋ costs 2 wei; it is the mean, so no fee"},
		{"exitToken(1e18,2,1,1,0)", "1", "half a wei up"},
		{"exitToken(1e18,2,0,1e18,0)", "0", "nothing out"},
		{"tokenIn(0.5e18,10,1,2,0.25e18)", "16", "10·1.25 = 12.5 up; half of 13 up is 7, 7/0.75 = 9.3 up; 6 + 10"},
		{"tokenIn(0.25e18,10,1,2,0.25e18)", "52", "10·(1.5⁴ − 1) = 40.6 up; ¾ of 41 up is 31, 31/0.75 = 41.3 up; 10 + 42"},
		{"tokenIn(1e18,9e18,1,3,0)", "3000000000000000006", "ratio ⌈4/3⌉ costs 9·⅔ wei"},
		{"tokenIn(0.5e18,1e18,1,3,0)", "777777777777777780", "⌈4/3⌉² = …779.6 up"},
		{"tokenIn(1e18,10,4,2,0)", "20", "the largest ratio, 3"},
		{"tokenOut(0.5e18,10,2,10,0.6e18)", "2", "10·0.36 = 3.6 down; half of 3 up is 2, 2·0.4 = 0.8 up; 1 + 1"},
		{"tokenOut(0.25e18,1000,2,10,0.6e18)", "325", "1000·(1 − 0.8⁴) = 590.4 down; ¾ of 590 up is 443, 443·0.4 = 177.2 up; 147 + 178"},
		{"tokenOut(1e18,9e18,1,9,0)", "999999999999999999", "ratio ⌈8/9⌉ costs 9·⅑ wei"},
		{"tokenOut(0.5e18,1e18,1,9,0)", "209876543209876543", "1 − ⌈8/9⌉² = 1 − …456.99 up"},
		{"tokenOut(1e18,10,900000000000000001,3e18,0)", "3", "0.7 less a third of a wei is 0.7, the smallest ratio"},
		{"tokenOut(0.99e18,1e18,0,1e18,0)", "0", "the power of 1 may exceed 1"},
		{"addToken(3e18,0.25e18)", "999999999999999999", "ratio ⌊4/3⌋ costs a wei"},
		{"addToken(2,0.2e18)", "0", "2·0.25 down"},
		{"addToken(7,0)", "0", "no weight"},
	}
	for _, row := range table {
		checkCall(t, row.call, row.want, row.why)
	}
}

func TestJoinsAndExitsOfV2Fail(t *testing.T) {
	table := []struct{ call, want, why string }{
		{"joinTokens([1e18],[0],[1],9,0)", "BAL#004|Panic(0x12)", "growth of nothing"},
		{"joinTokens([1e18],[2^256-1],[1],9,0)", "BAL#000|Panic(0x11)", ""},
		{"joinTokens([1e18],[3 3],[1 1],9,0)", "INVALID|Panic(0x32)", "a weight is missing"},
		{"joinTokens([1e18],[3 0],[1 1],9,0)", "BAL#004|Panic(0x12)", "it is read after the growth"},
		{"joinTokens([1e18],[3],[],9,0)", "INVALID|Panic(0x32)", "an amount is missing"},
		{"joinTokens([1e18 5],[3],[3 5],9,0)", "9", "weights and amounts beyond the balances are not read"},
		{"joinTokens([0.5e18 0.5e18],[2 2],[2 0],9,2.1e18)", "BAL#001|Panic(0x11)", "a fee above the amount"},
		{"joinToken(1e18,0,1,9,0)", "BAL#004|Panic(0x12)", ""},
		{"joinToken(0.5e18,2,2,9,2.1e18)", "BAL#001|Panic(0x11)", "a fee above the amount"},
		{"joinToken(1e18,1,2^200,9,0)", "BAL#005|Panic(0x11)", "the growth must fit"},
		{"tokenIn(1e18,10,6000000000000000001,3e18,0)", "BAL#307|InvariantRatioAboveMax(3000000000000000001, 3000000000000000000)", "3 and a third of a wei is above 3"},
		{"tokenIn(0,10,1,2,0)", "BAL#004|ZeroDivision", "1/w rounds up, so divUp's failure"},
		{"tokenIn(0.5e18,10,1,0,0)", "BAL#004|ZeroDivision", "no supply"},
		{"tokenIn(0.5e18,10,1,2,1e18)", "BAL#004|ZeroDivision", "nothing is left beside the fee"},
		{"exitTokens([1e18],[3],[4],9,0)", "BAL#001|Panic(0x11)", "more than there is"},
		{"exitTokens([1e18],[0],[0],9,0)", "BAL#004|ZeroDivision", "share of nothing rounds up, so divUp's failure"},
		{"exitTokens([1e18],[3 3],[1 1],9,0)", "INVALID|Panic(0x32)", "a weight is missing"},
		{"exitTokens([1e18],[3],[],9,0)", "INVALID|Panic(0x32)", "an amount is missing"},
		{"exitTokens([0.5e18 0.5e18],[4 4],[4 0],9,0.5e18)", "BAL#001|Panic(0x11)", "with its fee it is more than there is"},
		{"exitToken(0.5e18,4,4,9,0.5e18)", "BAL#001|Panic(0x11)", "with its fee it is more than there is"},
		{"exitToken(0.5e18,4,2,9,1e18)", "BAL#004|ZeroDivision", "nothing is left beside the fee"},
		{"exitToken(1e18,0,0,9,0)", "BAL#004|ZeroDivision", ""},
		{"tokenOut(1e18,10,900000000000000003,3e18,0)", "BAL#306|InvariantRatioBelowMin(699999999999999999, 700000000000000000)", "a wei below 0.7"},
		{"tokenOut(0,10,1,10,0)", "BAL#004|Panic(0x12)", "1/w rounds down, so divDown's failure"},
		{"tokenOut(1e18,10,11,10,0)", "BAL#001|Panic(0x11)", "more than the supply"},
		{"tokenOut(1e18,10,0,0,0)", "BAL#004|ZeroDivision", "no supply"},
		{"addToken(7,1e18)", "BAL#004|Panic(0x12)", "all the weight"},
		{"addToken(7,1000000000000000001)", "BAL#001|Panic(0x11)", "more than all the weight"},
	}
	for _, row := range table {
		checkCall(t, row.call, row.want, row.why)
	}
}

func TestTaxedJoinsOfV2(t *testing.T) {
	table := []struct{ weights, balances, amounts, fee, growths, why string }{
		{"0.75e18,0.25e18", "6,6", "4,0", "0.6e18", "1333333333333333333",
			"⌊5/3⌋·0.75 down leaves the mean below 1.5, so 6·0.49… = 2.9 down is untaxed; 2·0.6 = 1.2 up; 4−2 of 6, down"},
		{"0.2e18,0.2e18", "10,10", "3,0", "0.5e18", "1.1e18,1e18",
			"the mean is 0.46: nothing is untaxed, 3·0.5 = 1.5 up; a taxed amount of 0 is not skipped"},
		{"0.5e18,0.5e18", "10,10", "5,5", "0.9e18", "1.5e18,1.5e18", "no growth above the mean, no fee"},
	}
	for _, row := range table {
		want := minus(productOfPowers(row.weights, row.growths), one)
		for _, r := range []Rules{V2, V3} {
			got, err := r.BptOutGivenExactTokensIn(numbers(row.weights), numbers(row.balances), numbers(row.amounts), one, number(row.fee))
			if want.Sign() < 0 {
				want = new(big.Int)
			}
			if err != nil || got.Cmp(want) != 0 {
				t.Errorf("%v: %v %v, want %v: %s", r, got, err, want, row.why)
			}
		}
	}
}

func TestTaxedExitsOfV2(t *testing.T) {
	table := []struct{ weights, balances, amounts, fee, shares, why string }{
		{"0.75e18,0.25e18", "12,12", "4,0", "0.7e18", "0.25e18",
			"⌈2/3⌉·0.75 up leaves the mean above 0.75, so 12·0.24… = 2.9 down is untaxed; 2/0.3 = 6.7 up; 12−9 of 12"},
		{"0.75e18,0.25e18", "12,12", "3,3", "0.9e18", "0.75e18,0.75e18", "no share below the mean, no fee"},
		{"0.8e18,0.8e18", "10,10", "1,0", "0.5e18", "0.8e18,1e18",
			"the mean is above 1: nothing is untaxed, 1/0.5; a taxed amount of 0 is not skipped"},
	}
	for _, row := range table {
		want := complement(productOfPowers(row.weights, row.shares))
		for _, r := range []Rules{V2, V3} {
			got, err := r.BptInGivenExactTokensOut(numbers(row.weights), numbers(row.balances), numbers(row.amounts), one, number(row.fee))
			if err != nil || got.Cmp(want) != 0 {
				t.Errorf("%v: %v %v, want %v: %s", r, got, err, want, row.why)
			}
		}
	}
}

// productOfPowers returns the product of lower bounds of baseᵢ^weightᵢ, as far as there are bases, each step rounded down.
func productOfPowers(weights, bases string) *big.Int {
	product := one
	for i, base := range numbers(bases) {
		power, _ := V2.PowDown(base, numbers(weights)[i])
		product, _ = V2.MulDown(product, power)
	}
	return product
}

func TestOneTokenOfV2IsTheListWithTheOthersZero(t *testing.T) {
	// The two roads differ in how they sum: a−⌈(a−n)·fee⌉ against n+((a−n)−⌈(a−n)·fee⌉), and 1·(1−w) against 1−w.
	zero := new(big.Int)
	supply := decimal("7e18")
	for _, weight := range numbers("0.02e18,0.3e18,0.5e18,0.75e18,0.99e18") {
		weights := []*big.Int{weight, complement(weight)}
		for _, fee := range numbers("0,1,0.003e18,0.6e18,0.7e18") {
			for b := int64(1); b < 14; b++ {
				for a := int64(0); a <= b; a++ {
					balances, amounts := []*big.Int{big.NewInt(b), decimal("1e18")}, []*big.Int{big.NewInt(a), zero}
					sameOutcome(t, "join", func() (*big.Int, error) {
						return V2.BptOutGivenExactTokenIn(weight, balances[0], amounts[0], supply, fee)
					}, func() (*big.Int, error) {
						return V2.BptOutGivenExactTokensIn(weights, balances, amounts, supply, fee)
					})
					sameOutcome(t, "exit", func() (*big.Int, error) {
						return V2.BptInGivenExactTokenOut(weight, balances[0], amounts[0], supply, fee)
					}, func() (*big.Int, error) {
						return V2.BptInGivenExactTokensOut(weights, balances, amounts, supply, fee)
					})
				}
			}
		}
	}
}

func sameOutcome(t *testing.T, what string, single, list func() (*big.Int, error)) {
	t.Helper()
	if a, b := invoke(t, single, nil), invoke(t, list, nil); a != b {
		t.Errorf("%s: one token %s, list %s", what, a, b)
	}
}

func TestExponentsOfV2RoundInThePoolsFavour(t *testing.T) {
	// 1/0.7 = 1.428…571|428…, and a balance of one shows the power itself.
	up, _ := V2.PowUp(number("1.5e18"), number("1428571428571428572"))
	checkCall(t, "tokenIn(0.7e18,1e18,1,2,0)", minus(up, one).String(), "1/w up")
	down, _ := V2.PowUp(number("0.9e18"), number("1428571428571428571"))
	checkCall(t, "tokenOut(0.7e18,1e18,1,10,0)", minus(one, down).String(), "1/w down")
}

func TestProtocolFees(t *testing.T) {
	table := []struct{ call, want, why string }{
		{"ownership(3e18,2e18,0.5e18)", "166666666666666667", "⌊2/3⌋ leaves …334 of one; half of it is whole"},
		{"ownership(3e18,2e18,0.3e18)", "100000000000000000", "0.3 of …334 is …000.2, down"},
		{"ownership(2e18,2e18,0.5e18)", "0", "all growth is the supply's"},
		{"ownership(2e18,3e18,0.5e18)", "0", "the supply grew more"},
		{"ownership(2^256-1,2^255,0)", "0", "no fee is tested before the division"},
		{"ownership(2^256-1,2^255,1)", "BAL#005|Panic(0x11)", ""},
		{"bptFor(10,0.3e18)", "4", "3/0.7 = 4.3 down"},
		{"bptFor(10,0)", "0", ""},
		{"bptFor(10,1e18)", "BAL#004|Panic(0x12)", "all of the pool can't be minted"},
		{"bptFor(2,2^255)", "BAL#003|Panic(0x11)", "the product before the divisor"},
		{"dueFees(3e18,20,30,0.5e18)", "10", "supply 1.5 of 3: half of a half is 0.25, 30·0.25/0.75"},
		{"dueFees(1333333333333333334,3e18,4e18,1e18)", "4", "supply ⌊4/3⌋ is below the growth: one wei of one, 4e18·1/(1e18−1)"},
		{"dueFees(3e18,0,30,0.5e18)", "BAL#004|Panic(0x12)", "no supply before"},
	}
	for _, row := range table {
		checkCall(t, row.call, row.want, row.why)
	}
}
