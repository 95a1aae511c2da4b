package exact

import (
	"math/big"
	"strings"
	"testing"
)

func TestExitsOfBpt(t *testing.T) {
	scripts{
		{"exitBpt 0 100000000", "out [361000 0] burnt 100000000|out [361999 0] aside [9000 0] burnt 100000000",
			"ratio 0.9000000007, squared: v2 570000, taxed 285000, less the fee 541500; v3 570000 less 27000, 543000, one raw less for the rate rounded up"},
		{"exitBpt 1 100000000", "out [0 361000] burnt 100000000|out [0 362000] aside [0 9000] burnt 100000000", "v2 4079302; v3 4090601"},
		{"exitBpt 0 1000", "out [3 0] burnt 1000|out [2 0] burnt 1000", "v2 5 and v3 4 (the fee of 0.2 is 1)"},
		{"exitBpt 0 1", "burnt 1", "too little for a wei"},
		{"exitBpt 0 300000003", "BAL#306|InvariantRatioBelowMin(699999999100000007, 700000000000000000)", "less than 0.7 is left"},
		{"exitBpt 0 1000000008", "BAL#001|Panic(0x11)", "more than there is"},
		{"exitBpt 2 1", "INVALID|Panic(0x32)", ""},
		{"exitAll 1000", "out [2 1] burnt 1000|out [1 1] burnt 1000", "3 and 22: v2 pays 2 raw to the wei, v3 rounds the rate up"},
		{"exitAll 500000003", "out [1000000 1000000] burnt 500000003|out [999999 1000000] burnt 500000003", "half: 1500000 and 11300005"},
		{"exitAll 999000007", "out [1998000 1998000] burnt 999000007|TokenBalanceBelowMin(0, 3003, 1000000)", "all that is not locked; v3 keeps the minimums"},
		{"exitAll 999000008", "LockedSupply", "one wei of what is locked, found before the balances move"},
		{"exitAll 2000000014", "LockedSupply", "twice the balances"},
	}.checkMixed(t)
}

// TestExitsOfExactTokens is as TestJoinsOfExactTokens: 100001 raw count for 150001 and 1130011, in V3 for 150002 and
// 1130012.
func TestExitsOfExactTokens(t *testing.T) {
	half, supply, fee := numbers("0.5e18,0.5e18"), number("1000000007"), number("1e17")
	many := func(amounts string) *big.Int {
		return must(V2.BptInGivenExactTokensOut(half, numbers("3000001,22600011"), numbers(amounts), supply, fee))
	}
	oneV2 := func(balance, amount string) *big.Int {
		return must(V2.BptInGivenExactTokenOut(half[0], number(balance), number(amount), supply, fee))
	}
	oneV3 := func(i int, amount string) *big.Int {
		bpt, _ := must2(V3.RemoveSingleExactOut(half, numbers("3000001,22600011"), i, number(amount), supply, fee))
		return bpt
	}
	table := []struct {
		rules        Rules
		script, want string
		bpt          *big.Int
	}{
		{V2, "exit 100001,100001", "out [100001 100001] burnt BPT", many("150001,1130011")},
		{V2, "exit 100001,0", "out [100001 0] burnt BPT", many("150001,0")},
		{V2, "exitToken 0 100001", "out [100001 0] burnt BPT", oneV2("3000001", "150001")},
		{V2, "exitToken 1 100001", "out [0 100001] burnt BPT", oneV2("22600011", "1130011")},
		{V3, "exitToken 0 100001", "out [100001 0] aside [2742 0] burnt BPT", oneV3(0, "150002")},
		{V3, "exitToken 1 100001", "out [0 100001] aside [0 2742] burnt BPT", oneV3(1, "1130012")},
	}
	for _, row := range table {
		want := strings.ReplaceAll(row.want, "BPT", row.bpt.String())
		if got := run(t, mixedHolding(t, row.rules), row.script); got != want {
			t.Errorf("%v %s: %s, want %s", row.rules, row.script, got, want)
		}
	}
}

func TestExitsFail(t *testing.T) {
	scripts{
		{"exit 1", "LengthMismatch", "tested before V3 says that it has no such exit"},
		{"exit 2000002,0", "BAL#001|UnsupportedOperation", "more than there is"},
		{"exit 2000001,2000001", "LockedSupply|UnsupportedOperation", "all tokens take all BPT"},
		{"exitToken 2 1", "INVALID|Panic(0x32)", ""},
		{"exitToken 0 2000002", "BAL#001|Panic(0x11)", "more than there is"},
		{"exitToken 0 1200000", "out [1200000 0] burnt 394470033|InvariantRatioBelowMin(632455190191884242, 700000000000000000)",
			"√0.4 of the invariant is left before fees; in v2, after fees, √(1.1/3)"},
		{"exitToken 0 2^255", "BAL#003|Panic(0x11)", "the amount can't be scaled"},
	}.checkMixed(t)
}
