package exact

import (
	"math/big"
	"strings"
	"testing"
)

func TestInitialise(t *testing.T) {
	config := func(r Rules) PoolConfig {
		c := mixed(r)
		c.Rates = numbers("2e18,1e17") // raw counts for 2 wei, and for 1: 17 decimals
		return c
	}
	scripts{
		{"initialise 5e17,1e18", "in [500000000000000000 1000000000000000000] minted 1999999999998959996|in [500000000000000000 1000000000000000000] minted 999999999998979998",
			"both live balances are one: the invariant is 999999999999979998, v2's supply twice that, less the 1e6 locked"},
		{"initialise 5e17,1e18; initialise 5e17,1e18", "AlreadyInitialized", ""},
		{"initialise 5e17", "LengthMismatch", ""},
		{"initialise 5e17,1e18,1", "LengthMismatch", ""},
		{"initialise 499999,1e18", "in [499999 1000000000000000000] minted 1999996999992|TokenBalanceBelowMin(0, 999998, 1000000)",
			"v2 has no minimum: twice √(999998·1e18) ≈ 999998999999.5 less its allowance, less 1e6"},
		{"initialise 0,1", "BAL#311|TokenBalanceBelowMin(0, 0, 1000000)", "nothing of one token"},
		{"initialise 200000,500000", "SupplyTooLow|TokenBalanceBelowMin(0, 400000, 1000000)", "v2: twice √(4e5·5e5) ≈ 447213.5"},
		{"initialise 500000,1000000", "in [500000 1000000] minted 999998|SupplyTooLow", "the invariant 1e6 is 999999 as rounded down: v2 has twice that, v3 one too little"},
		{"initialise 250001,500000", "in [250001 500000]|TokenBalanceBelowMin(0, 500002, 1000000)", "√(500002·5e5) is 500000: v2's supply is what is locked"},
		{"initialise 500001,1000000", "in [500001 1000000] minted 1000000|in [500001 1000000]", "√(1000002·1e6) is 1000000: v3's supply is what is locked"},
		{"initialise 2^112,1e18", "BalanceOverflow|in [5192296858534827628530496329220096 1000000000000000000] minted 101904826760410322730810070", "v2 holds less than 2^112"},
		{"initialise 2^128,1e18", "BalanceOverflow", "v3 less than 2^128"},
		{"initialise 2^255,1e18", "BAL#003|Panic(0x11)", "the scaling overflows first"},
		{"rate 0 2^250; initialise 1e18,1e18", "BAL#003|Panic(0x11)", ""},
	}.check(t, func(r Rules) *PoolState { return holding(t, config(r), "0,0", "0") })
}

func TestInitialisationStartsV2sCollection(t *testing.T) {
	for r, want := range map[Rules][2]string{V2: {"999999999999979998", "1999999999999959996"}, V3: {"0", "0"}} {
		config := mixed(r)
		config.Decimals, config.Rates = []uint8{18, 18}, numbers("1e18,1e18")
		pool := holding(t, config, "0,0", "0")
		run(t, pool, "initialise 1e18,1e18")
		if pool.lastInvariant.String() != want[0] || pool.lastSupply.String() != want[1] {
			t.Errorf("%v: L = %v, M = %v, want %v", r, pool.lastInvariant, pool.lastSupply, want)
		}
	}
}

func TestEveryUseOfAPoolNeedsItsInitialisation(t *testing.T) {
	rows := scripts{
		{"clock 5", "nothing", "time passes"},
		{"rate 0 1", "nothing", "rates change"},
		{"weights 0 1 1e18,1e18", "UnsupportedOperation", "weights are not asked for a supply"},
		{"batch in 0 1 5", "NotInitialized", ""},
	}
	for _, script := range []string{
		"in 9 9 0", "out 9 9 0", "join 1", "joinToken 9 1", "joinBpt 9 1", "joinAll 1",
		"exit 1", "exitToken 9 1", "exitBpt 9 1", "exitAll 1", "donate 9 1", "collect",
	} {
		rows = append(rows, scripts{{script, "NotInitialized", "tested before the token and the list"}}...)
	}
	rows.check(t, func(r Rules) *PoolState { return holding(t, mixed(r), "0,0", "0") })
}

func TestJoinsForBpt(t *testing.T) {
	scripts{
		{"joinBpt 0 100000000", "in [443335 0] minted 100000000|in [444446 0] aside [12222 0] minted 100000000",
			"ratio 1.0999999993, squared: v2 630001, taxed 315001, with the fee 665002; v3 3630003 of 3000002, taxed 330001 with a fee of 36667, 666668; the fee is 24444 raw"},
		{"joinBpt 1 100000000", "in [0 443334] minted 100000000|in [0 444445] aside [0 12222] minted 100000000", "v2 5009670; v3 5022226"},
		{"joinBpt 0 1", "in [2 0] minted 1", "1 and its fee are 2, or 1.3 raw"},
		{"joinBpt 1 1", "in [0 1] minted 1", "2 are less than one raw"},
		{"joinBpt 0 0", "nothing", "nothing for nothing: the ratio is exactly one"},
		{"joinBpt 0 2000000015", "BAL#307|InvariantRatioAboveMax(3000000000999999994, 3000000000000000000)", "more than 3 times the supply"},
		{"joinBpt 2 1", "INVALID|Panic(0x32)", ""},
		{"joinAll 1000", "in [3 3] minted 1000", "4 (3.00… up) and 23 (22.6 up), 2.7 and 2.04 raw up"},
		{"joinAll 1000000", "in [2001 2001] minted 1000000", "3001 and 22601, 2000.7 and 2000.1 raw up"},
		{"joinAll 999000007", "in [1998001 1998001] minted 999000007|in [1998002 1998002] minted 999000007",
			"v3 joins on 3000002 and 22600012, rounded up: 2997002 and 22577412; v2 on one less of each"},
		{"joinAll 2^240", "BAL#005|Panic(0x11)", "v2: the ratio overflows; v3: the product does"},
	}.checkMixed(t)
}

// TestJoinsOfExactTokens compares with the function of single calls, asked with the scaled amounts worked out by hand.
// 100001 raw count for 150001 (150001.5 down) or 1130011 (1130011.3 down). BPT stands for what the function answers.
func TestJoinsOfExactTokens(t *testing.T) {
	half, supply, fee := numbers("0.5e18,0.5e18"), number("1000000007"), number("1e17")
	manyV2 := func(amounts string) *big.Int {
		return must(V2.BptOutGivenExactTokensIn(half, numbers("3000001,22600011"), numbers(amounts), supply, fee))
	}
	manyV3 := func(amounts string) *big.Int {
		bpt, _ := must2(V3.AddUnbalanced(half, numbers("3000002,22600012"), numbers(amounts), supply, fee))
		return bpt
	}
	oneV2 := func(balance, amount string) *big.Int {
		return must(V2.BptOutGivenExactTokenIn(half[0], number(balance), number(amount), supply, fee))
	}
	table := []struct {
		rules        Rules
		script, want string
		bpt          *big.Int
	}{
		{V2, "join 100001,100001", "in [100001 100001] minted BPT", manyV2("150001,1130011")},
		{V2, "join 100001,0", "in [100001 0] minted BPT", manyV2("150001,0")},
		{V2, "joinToken 0 100001", "in [100001 0] minted BPT", oneV2("3000001", "150001")},
		{V2, "joinToken 1 100001", "in [0 100001] minted BPT", oneV2("22600011", "1130011")},
		{V3, "join 100001,200001", "in [100001 200001] aside [0 2529] minted BPT", manyV3("150001,2260011")},
		{V3, "join 100001,0", "in [100001 0] aside [2530 0] minted BPT", manyV3("150001,0")},
		{V3, "joinToken 0 100001", "in [100001 0] aside [2530 0] minted BPT", manyV3("150001,0")},
		{V3, "joinToken 1 100001", "in [0 100001] aside [0 2530] minted BPT", manyV3("0,1130011")},
	}
	for _, row := range table {
		want := strings.ReplaceAll(row.want, "BPT", row.bpt.String())
		if got := run(t, mixedHolding(t, row.rules), row.script); got != want {
			t.Errorf("%v %s: %s, want %s", row.rules, row.script, got, want)
		}
	}
}

func TestJoinsFail(t *testing.T) {
	scripts{
		{"join 1", "LengthMismatch", ""},
		{"join 1,1,1", "LengthMismatch", ""},
		{"joinToken 2 1", "INVALID|Panic(0x32)", ""},
		{"joinToken -1 1", "INVALID|Panic(0x32)", ""},
		{"join 2^255,0", "BAL#003|Panic(0x11)", "the amount can't be scaled"},
		{"joinToken 0 0", "nothing|Panic(0x11)", "v3's invariants enclose: that of nothing more, rounded down, is below what was, rounded up"},
	}.checkMixed(t)
}

func TestAV3JoinLeavesTheMinimumBalances(t *testing.T) {
	scripts{
		{"joinAll 1000", "in [1 1] minted 1000|TokenBalanceBelowMin(1, 999993, 1000000)", "88494 raw count for 999982.2, 88495 for 999993.5"},
		{"joinAll 1000; joinAll 1000", "in [1 1] minted 1000|TokenBalanceBelowMin(1, 999993, 1000000)", ""},
		{"donate 1 1; joinAll 1000", "in [1 1] minted 1000", "88496 raw count for 1000004.8, the 667 of token 0 after all for 1000005"},
		{"joinAll 0", "nothing|TokenBalanceBelowMin(0, 999999, 1000000)", "the lowest index first"},
	}.check(t, func(r Rules) *PoolState { return holding(t, mixed(r), "666666,88494", "1e9") })
}

func TestAV3JoinLeavesTheMinimumBalancesAfterTheProtocolsShare(t *testing.T) {
	pool := holding(t, mixed(V3), "2000001,79000", "1e9")
	const want = "TokenBalanceBelowMin(1, 998400, 1000000)" // 88354 raw: 88600 less half of the fee of 493
	if got := run(t, pool, "joinToken 1 9600"); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestTheMinimumBalanceOfATokenOfFewDecimals(t *testing.T) {
	scripts{
		{"joinAll 0", "nothing", "2 raw at a rate of 0.5 are the minimum of 1e12"},
		{"rate 0 4e17; joinAll 0", "nothing|TokenBalanceBelowMin(0, 800000000000, 1000000000000)", "and at 0.4 less"},
	}.check(t, func(r Rules) *PoolState {
		config := mixed(r)
		config.Decimals, config.Rates = []uint8{6, 18}, numbers("0.5e18,1e18")
		return holding(t, config, "2,1e12", "1e9")
	})
}
