package exact

import (
	"math/big"
	"testing"
)

// With weight 1 the invariant is the balance, and with weight 0.5 the exponent 1/w is 2: each rounding that shows is one of
// the formula's own.

func TestLiquidityOfV3RoundsInThePoolsFavour(t *testing.T) {
	table := []struct{ call, want, why string }{
		{"addUnbalanced([1e18],[3],[3],10,0.3e18)", "3 [1]", "nb 5, R ⌊5/3⌋, p = 4.9 down; 0.3 up; 10·(4−3)/3 down"},
		{"addUnbalanced([1e18],[10],[21],7,0)", "14 [0]", "the largest ratio, 3"},
		{"addUnbalanced([1e18],[10 10],[1 6],7,0.5e18)", "0 [0 3]", "a balance without a weight is taxed, 2.5 up, but not in the invariant"},
		{"addExactOut([0.5e18 0.5e18],[10 10],0,1,2,0.3e18)", "17 4", "nb 22.5 up, p = 15; 8/0.7 = 11.4 up"},
		{"addExactOut([1e18],[9e18],0,1,3,0)", "3000000000000000006 0", "ratio ⌈4/3⌉ costs 9·⅔ wei"},
		{"addExactOut([1e18],[10],0,1,3,0.5e18)", "5 1", "nb 13.3 up, p = 13.3 down: one wei is taxed"},
		{"addExactOut([0.5e18 1e18],[99 10],1,4,2,0)", "20 0", "the largest ratio, 3, of token 1"},
		{"removeExactOut([1e18],[10],0,2,7,0)", "3 0", "nb 7: 7·3/10 = 2.1 up"},
		{"removeExactOut([1e18],[13],0,2,7,0.3e18)", "3 1", "nb 10, R ⌈10/13⌉, p = 10.0…03 up; 1/0.7 = 1.4 up; 7·(13−9)/13 up"},
		{"removeExactOut([1e18 1e18],[10 3e18],0,2,30,0)", "10 0", "each balance less a wei: nb's invariant 20.9 is 21 in R, which is 0.7, and 20 in the end"},
		{"removeExactOut([1e18 1e18],[10 3000000000000000001],0,1,310,0)", "70 0", "the old invariant 30.0…01 up: 310·(31−24)/31"},
		{"removeExactIn([0.5e18 0.5e18],[10 10],1,2,10,0.3e18)", "2 1", "nb 6.4 up, p = 8; 0.3 up; 3 − 1"},
		{"removeExactIn([1e18],[10],0,1,9,0)", "1 0", "nb 8.9 up, p = 8.9 up"},
		{"removeExactIn([1e18],[10],0,900000000000000001,3e18,0)", "3 0", "0.7 less a third of a wei is 0.7, the smallest ratio"},
	}
	for _, row := range table {
		checkCall(t, row.call, row.want, row.why)
	}
}

func TestLiquidityOfV3Fails(t *testing.T) {
	table := []struct{ call, want, why string }{
		{"addUnbalanced([1e18],[10],[22],7,0)", "BAL#307|InvariantRatioAboveMax(3100000000000000000, 3000000000000000000)", "nb 31"},
		{"addUnbalanced([1e18],[10],[0],7,0)", "BAL#001|Panic(0x11)", "nothing in does not pay for the wei"},
		{"addUnbalanced([0.5e18 0.5e18],[1e18 1e18],[1 1],7,0)", "BAL#001|Panic(0x11)", "nb = b: the new invariant down is below the old one up"},
		{"addUnbalanced([1e18],[0],[0],7,0)", "BAL#001|Panic(0x11)", "no wei to take"},
		{"addUnbalanced([1e18],[2^256-1],[1],7,0)", "BAL#000|Panic(0x11)", "the sum before the wei"},
		{"addUnbalanced([1e18],[0],[1],7,0)", "BAL#311|ZeroInvariant", "no invariant"},
		{"addUnbalanced([1e18],[3],[3],2^255,0)", "BAL#003|Panic(0x11)", "supply times growth"},
		{"addUnbalanced([1e18],[3],[3],7,6e18)", "BAL#001|Panic(0x11)", "a fee above the balance"},
		{"addUnbalanced([1e18],[3],[],7,0)", "INVALID|Panic(0x32)", "an amount is missing"},
		{"addUnbalanced([1e18 1e18],[3],[3],7,0)", "INVALID|Panic(0x32)", "a balance is missing"},
		{"addExactOut([1e18],[10],0,6000000000000000001,3e18,0)", "BAL#307|InvariantRatioAboveMax(3000000000000000001, 3000000000000000000)", "3 and a third of a wei"},
		{"addExactOut([1e18],[10],1,1,2,0)", "INVALID|Panic(0x32)", "no such token"},
		{"addExactOut([1e18],[10],-1,1,2,0)", "INVALID|Panic(0x32)", "no such token"},
		{"addExactOut([1e18],[10 10],1,1,2,0)", "INVALID|Panic(0x32)", "no such weight"},
		{"addExactOut([1e18],[10],1,5,2,0)", "BAL#307|InvariantRatioAboveMax(3500000000000000000, 3000000000000000000)", "the ratio before the token"},
		{"addExactOut([1e18],[10],0,1,0,0)", "BAL#004|ZeroDivision", "no supply"},
		{"addExactOut([1e18],[10],0,1,2,1e18)", "BAL#004|ZeroDivision", "nothing is left beside the fee"},
		{"addExactOut([1e18],[2^190],0,0,2^100,0)", "BAL#003|Panic(0x11)", "supply times balance"},
		{"addExactOut([1e18],[10],0,1,2^256-1,0)", "BAL#000|Panic(0x11)", ""},
		{"removeExactOut([1e18],[10],0,3,7,0)", "BAL#306|InvariantRatioBelowMin(600000000000000000, 700000000000000000)", "nb 6"},
		{"removeExactOut([1e18],[10],0,10,7,0)", "BAL#001|Panic(0x11)", "all of it is more than all less a wei"},
		{"removeExactOut([1e18 1e18],[0 10],2,1,7,0)", "BAL#001|Panic(0x11)", "every balance gives its wei before the token is looked up"},
		{"removeExactOut([1e18],[10],1,1,7,0)", "INVALID|Panic(0x32)", "no such token"},
		{"removeExactOut([1e18],[10],-1,1,7,0)", "INVALID|Panic(0x32)", "no such token"},
		{"removeExactOut([1e18 1e18],[10],0,1,7,0)", "INVALID|Panic(0x32)", "a balance is missing"},
		{"removeExactOut([1e18],[10],0,2,7,1e18)", "BAL#004|ZeroDivision", "nothing is left beside the fee"},
		{"removeExactOut([1e18],[1],0,0,7,0)", "BAL#311|ZeroInvariant", "nothing is left"},
		{"removeExactOut([1e18],[13],0,2,7,0.95e18)", "BAL#001|Panic(0x11)", "a fee above the balance"},
		{"removeExactIn([1e18],[10],0,900000000000000003,3e18,0)", "BAL#306|InvariantRatioBelowMin(699999999999999999, 700000000000000000)", "a wei below 0.7"},
		{"removeExactIn([1e18],[9e18],0,1,9,0)", "BAL#001|Panic(0x11)", "nb = 9·⌈8/9⌉ is a wei above p = 8"},
		{"removeExactIn([0.3e18],[9],0,0,9,0)", "BAL#001|Panic(0x11)", "the power of 1 may exceed 1"},
		{"removeExactIn([1e18],[10],0,11,10,0)", "BAL#001|Panic(0x11)", "more than the supply"},
		{"removeExactIn([1e18],[10],0,0,0,0)", "BAL#004|ZeroDivision", "no supply"},
		{"removeExactIn([1e18],[10],1,1,10,0)", "INVALID|Panic(0x32)", "no such token"},
		{"removeExactIn([1e18],[10],1,5,10,0)", "BAL#306|InvariantRatioBelowMin(500000000000000000, 700000000000000000)", "the ratio before the token"},
		{"removeExactIn([0.5e18],[10],0,2,10,3.1e18)", "BAL#001|Panic(0x11)", "a fee above the amount"},
	}
	for _, row := range table {
		checkCall(t, row.call, row.want, row.why)
	}
}

func TestAddUnbalancedTakesTheOldInvariantUpAndTheNewOneDown(t *testing.T) {
	// nb = 2 for both tokens of 1: the fee falls on what the bounds of the invariants alone leave above R·b.
	weights, balances := numbers("0.5e18,0.5e18"), numbers("1e18,1e18")
	amounts, fee, supply := numbers("1000000000000000001,1000000000000000001"), number("0.5e18"), decimal("1e30")
	current, _ := V3.InvariantUp(weights, balances)
	grown, _ := V3.InvariantDown(weights, numbers("2e18,2e18"))
	ratio, _ := V3.DivDown(grown, current)
	charged, _ := V3.MulUp(minus(twoFixed, ratio), fee)
	left := minus(twoFixed, charged)
	withFees, _ := V3.InvariantDown(weights, []*big.Int{left, left})
	want := floorDiv(times(supply, minus(withFees, current)), current)

	bptOut, fees, err := V3.AddUnbalanced(weights, balances, amounts, supply, fee)
	if err != nil || bptOut.Cmp(want) != 0 || fees[0].Cmp(charged) != 0 || fees[1].Cmp(charged) != 0 {
		t.Errorf("%v %v %v, want %v and twice %v", bptOut, fees, err, want, charged)
	}
	if charged.Sign() == 0 {
		t.Error("nothing was charged: the bounds do not show")
	}
}
