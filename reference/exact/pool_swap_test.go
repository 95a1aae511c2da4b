package exact

import (
	"fmt"
	"testing"
)

func TestPoolSwaps(t *testing.T) {
	scripts{
		{"in 0 1 11", "in [11 0] out [0 8]|in [11 0] out [0 9]",
			"v2: the fee on 11 is 2, the 9 left count for 13, buy 97, which are 8 raw; v3: 11 count for 16, less a fee of 2, buy 105, which are 9 raw; half of the fee's 1 raw is 0"},
		{"in 0 1 101001", "in [101001 0] out [0 86948]|in [101001 0] out [0 86948] aside [5050 0]",
			"136350 of 3136351 in both: 982514; v3's fee of 15151 is 10100 raw, and half of it the protocol's"},
		{"in 1 0 101001", "in [0 101001] out [86948 0]|in [0 101001] out [86948 0] aside [0 5050]",
			"v2: 90900 raw count for 1027170, buy 130422; v3: 1141311 less 114132 buy 130423; either is 86948 raw"},
		{"in 0 1 1", "in [1 0]", "all of it is fee"},
		{"in 1 0 1", "in [0 1]", "v3: 11 less 2 buy 1, which is less than one raw"},
		{"out 0 1 1", "in [3 0] out [0 1]|in [2 0] out [0 1]",
			"v2: 11 cost 2, 2 raw, and with the fee on raw 3; v3: 12 cost 2, with the fee 3, 2 raw"},
		{"out 0 1 11", "in [14 0] out [0 11]|in [13 0] out [0 11]",
			"v2: 124 cost 17, 12 raw, 14 with the fee; v3: 125 cost 17, 19 with the fee, 13 raw"},
		{"out 1 0 3", "in [0 4] out [3 0]", "v2: 4 (4.5 down) cost 31, 3 raw, 4 with the fee; v3: 5 cost 38, 43 with the fee, 4 raw"},
		{"out 0 1 101001", "in [118194 0] out [0 101001]|in [118193 0] out [0 101001] aside [5909 0]",
			"159560 in both; v2: 106374 raw, 118194 with the fee; v3: a fee of 17729, 118193 raw, 11819 of them the fee"},
		{"out 1 0 101001", "in [0 118193] out [101001 0]|in [0 118193] out [101001 0] aside [0 5909]",
			"the same from the other side"},
		{"rate 1 2e18; in 0 1 2008", "in [2008 0] out [0 1805]|in [2008 0] out [0 1805] aside [100 0]",
			"2710 buy 36100 of 40000020, 1805 raw to the wei: v3 does not round a rate of whole units up"},
		{"rate 1 1.5e18; in 0 1 2008", "in [2008 0] out [0 1805]|in [2008 0] out [0 1804] aside [100 0]",
			"2710 buy 27075 of 30000015, 1805 raw to the wei: v3 rounds the rate up, so that one is missing"},
		{"rate 1 1e18; rate 0 1e18; in 0 1 2000000", "BAL#304|MaxInRatio", "more than 0.3 of the balance"},
		{"out 0 1 700000", "BAL#305|MaxOutRatio", "more than 0.3 of the balance"},
		{"in 0 1 0", "ZeroAmount", ""},
		{"out 1 1 0", "ZeroAmount", "tested before the tokens are compared"},
		{"in 1 1 5", "SameToken", ""},
		{"in 2 2 0", "INVALID|Panic(0x32)", "tested first"},
		{"in 0 -1 5", "INVALID|Panic(0x32)", ""},
		{"in 0 1 2^255", "BAL#003|Panic(0x11)", "the fee's product; v3 scales first and fails alike"},
		{"rate 1 2^240; in 0 1 5", "BAL#003|Panic(0x11)", "the balance can't be scaled"},
	}.checkMixed(t)
}

func TestOnlyTheTokensOfASwapAreScaled(t *testing.T) {
	config := func(r Rules) PoolConfig {
		c := mixed(r)
		c.Decimals, c.Rates, c.Weights = []uint8{18, 17, 18}, numbers("1.5e18,1.13e18,2^240"), numbers("0.4e18,0.4e18,0.2e18")
		return c
	}
	scripts{
		{"in 0 1 11", "in [11 0 0] out [0 8 0]|in [11 0 0] out [0 9 0]", "as without the third token, at equal weights"},
		{"in 0 2 11", "BAL#003|Panic(0x11)", "the third token's balance can't be scaled"},
	}.check(t, func(r Rules) *PoolState { return holding(t, config(r), "2000001,2000001,2000001", "1e9") })
}

func TestPoolSwapAtTheMinimumBalance(t *testing.T) {
	scripts{
		{"out 0 1 11504", "in [144439 0] out [0 11504]|in [144440 0] out [0 11504] aside [7222 0]",
			"the minimum is 1e6; 1130000 less 129996 (129995.2 up) is just above"},
		{"out 0 1 11505", "in [144454 0] out [0 11505]|TokenBalanceBelowMin(1, 999993, 1000000)",
			"11505 raw count for 130007 (130006.5 up); v2 has no minimum"},
	}.check(t, func(r Rules) *PoolState { return holding(t, mixed(r), "1000000,100000", "1e9") })
}

func TestABalanceStaysBelowTheVaultsLimit(t *testing.T) {
	config := func(r Rules) PoolConfig {
		c := mixed(r)
		c.Rates = numbers("1e18,1e18")
		return c
	}
	scripts{
		{"donate 0 1", "in [1 0]|in [1 0]", "up to the limit less one"},
		{"donate 0 2", "BalanceOverflow", "the limit itself"},
		{"in 0 1 2", "BalanceOverflow", ""},
		{"joinAll 1e18", "BalanceOverflow", ""},
		{"donate 0 2^256-1", "BAL#000|Panic(0x11)", "the sum overflows first"},
	}.check(t, func(r Rules) *PoolState {
		limit := map[Rules]string{V2: "2^112-1", V3: "2^128-1"}[r]
		pool := holding(t, config(r), limit+",1e30", "1e30")
		pool.balances[0] = minus(pool.balances[0], small[1])
		return pool
	})
}

func TestABatchIsItsSwapsOneAfterTheOther(t *testing.T) {
	const first, second, third = "in 0 1 101001", "out 1 0 3", "in 1 0 5000"
	for _, r := range []Rules{V2, V3} {
		single, batch := mixedHolding(t, r), mixedHolding(t, r)
		run(t, single, first+"; "+second+"; "+third)
		got := run(t, batch, "batch "+first+" + "+second+" + "+third)
		if a, b := fmt.Sprint(single.Snapshot()), fmt.Sprint(batch.Snapshot()); a != b {
			t.Errorf("%v: one after the other %s, as a batch %s", r, a, b)
		}
		want := map[Rules]string{
			V2: "in [101001 5004] out [4933 86948]",
			V3: "in [101001 5004] out [4920 86948] aside [5050 250]",
		}[r]
		if got != want {
			t.Errorf("%v: %s, want the sums %s", r, got, want)
		}
	}
}

func TestAFailedSwapUndoesItsBatch(t *testing.T) {
	scripts{
		{"batch in 0 1 101001 + in 1 1 5", "SameToken", "run compares the state before with the state after"},
		{"batch in 0 1 101001 + in 2 0 5", "INVALID|Panic(0x32)", "each swap is tested in its turn"},
	}.checkMixed(t)
	for _, r := range []Rules{V2, V3} {
		if result, err := mixedHolding(t, r).BatchSwap(nil); err != nil || result.AmountsIn[0].Sign() != 0 {
			t.Errorf("%v: no swaps at all: %v, %v", r, result, err)
		}
	}
}
