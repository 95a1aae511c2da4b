package exact

import (
	"math/big"
	"testing"
)

func TestPoolOnSwap(t *testing.T) {
	const half = "0.5e18,0.5e18"
	table := []struct {
		weights, mins, balances string
		in, out                 int
		amount                  string
		givenOut                bool
		want, why               string
	}{
		{half, "1e6,1e6", "9999999,10000000", 0, 1, "3e6", false, "2307692", "1e7·3/13 = …692.3 down, bI counted as 1e7"},
		{half, "1e6,1e6", "9999999,10000000", 0, 1, "2e6", true, "2500000", "1e7·(1/0.8 − 1), bI counted as 1e7"},
		{half, "1e6,1e6", "999999,1e7", 0, 1, "0", false, "0", "the wei added reaches the minimum"},
		{half, "1e6,1e6", "999998,1e7", 0, 1, "0", false, "TokenBalanceBelowMin(0, 999999, 1000000)", "one wei less does not"},
		{half, "1e6,8e6", "1e7,1e7", 0, 1, "2000000", true, "2500001", "bO falls to the minimum; 2500000.25 up"},
		{half, "1e6,8e6", "1e7,1e7", 0, 1, "2000001", true, "TokenBalanceBelowMin(1, 7999999, 8000000)", "and below it"},
		{half, "1e6,1e8", "1e7,1e7", 0, 1, "4e6", true, "BAL#305|MaxOutRatio", "the swap fails before the check after it"},
		{half, "1e8,1e6", "1e7,1e7", 0, 1, "4e6", true, "TokenBalanceBelowMin(0, 10000001, 100000000)", "the check before fails first"},
		{half, "1e6,1e6", "2^256-1,1e7", 0, 1, "0", false, "BAL#000|Panic(0x11)", "no room for the wei"},
		{half, "1e6,1e6", "1e7,1e7", 0, 2, "0", false, "INVALID|Panic(0x32)", "no such token"},
		{half, "1e6,1e6", "1e7,1e7", -1, 1, "0", false, "INVALID|Panic(0x32)", "no such token"},
		{"1e16,0.99e18", "1e6,1e6", "1e7,1e7", 1, 0, "0", false, "0", "the smallest weight and minimum"},
		{"9999999999999999,0.5e18", "1,1", "1e7,1e7", 0, 1, "0", false, "BAL#302|MinWeight", "a token's weight before its minimum"},
		{"0.5e18,1", "1,1", "1e7,1e7", 0, 1, "0", false, "InvalidMinTokenBalance", "token 0 before token 1"},
		{"0.5e18,0.4e18", "1e6,1e6", "1e7,1e7", 0, 1, "0", false, "BAL#308|NormalizedWeightInvariant", "the sum after all tokens"},
		{half, "1e6", "1e7,1e7", 0, 1, "0", false, "INVALID|Panic(0x32)", "a minimum is missing"},
	}
	for _, row := range table {
		checkOutcome(t, row.why, row.want, func(r Rules) (*big.Int, error) {
			return r.PoolOnSwap(numbers(row.weights), numbers(row.mins), numbers(row.balances), row.in, row.out, number(row.amount), row.givenOut)
		})
	}
}

func TestPoolComputeInvariant(t *testing.T) {
	const half, mins = "0.5e18,0.5e18", "1e6,1e12"
	table := []struct {
		balances string
		roundUp  bool
		want     string
	}{
		{"1e18,1e18", false, "999999999999979998"},
		{"1e18,1e18", true, "1000000000000020003"},
		{"1e6,999999999999", true, "TokenBalanceBelowMin(1, 999999999999, 1000000000000)"},
		{"999999,0", false, "TokenBalanceBelowMin(0, 999999, 1000000)"},
		{"1e18", false, "INVALID|Panic(0x32)"},
	}
	for _, row := range table {
		checkOutcome(t, row.balances, row.want, func(r Rules) (*big.Int, error) {
			return r.PoolComputeInvariant(numbers(half), numbers(mins), numbers(row.balances), row.roundUp)
		})
	}
}

func TestPoolComputeBalance(t *testing.T) {
	const half, mins = "0.5e18,0.5e18", "1e6,4e6"
	table := []struct {
		balances    string
		index       int
		ratio, want string
		why         string
	}{
		{"1e7,5e6", 0, "1.5e18", "22500000", "1e7·1.5²"},
		{"1e7,5e6", 1, "0.9e18", "4050000", "5e6·0.9²"},
		{"1e7,5e6", 1, "0.8e18", "TokenBalanceBelowMin(1, 3200000, 4000000)", "the new balance is the smaller"},
		{"1e7,3e6", 1, "1.5e18", "TokenBalanceBelowMin(1, 3000000, 4000000)", "the old balance is the smaller"},
		{"1e7,5e6", 2, "1e18", "INVALID|Panic(0x32)", "no such token"},
	}
	for _, row := range table {
		checkOutcome(t, row.why, row.want, func(r Rules) (*big.Int, error) {
			return r.PoolComputeBalance(numbers(half), numbers(mins), numbers(row.balances), row.index, number(row.ratio))
		})
	}
}
