package exact

import (
	"math/big"
	"testing"
)

// TestTinyRates has a token 0 whose rate is 3·10⁻¹⁸: a raw wei is nothing, but the wei that v3 adds to the rate of what
// leaves is a third. 10²⁴+1 raw count for 3000000, rounded up for 3000001; token 1 holds 200000 raw that count for 10 each.
func TestTinyRates(t *testing.T) {
	scripts{
		{"joinAll 1000", "in [1000000000000000000 1] minted 1000|in [1333333333333333334 1] minted 1000", "v2 3 of 3000000; v3 4 (3.000001 up) at a rate of 3"},
		{"joinBpt 0 1e8", "in [221666666666666666666667 0] minted 100000000|in [222222666666666666666667 0] aside [6111166666666666666666 0] minted 100000000",
			"ratio 1.1, squared: v2 630000, taxed 315000, with the fee 665000; v3 3630002 of 3000001, taxed 330001, a fee of 36667, 666668; all at a rate of 3"},
		{"exitAll 1e6", "out [1000000000000000000000 200] burnt 1000000|out [750000000000000000000 200] burnt 1000000", "3000: at a rate of 3, or v3's of 4"},
		{"exitBpt 0 1e8", "out [180500000000000000000000 0] burnt 100000000|out [135750000000000000000000 0] aside [4500000000000000000000 0] burnt 100000000",
			"v2 541500 at 3; v3 543000 at 4, and half of the fee of 27000 at 3"},
		{"in 0 1 1e22", "in [10000000000000000000000 0] out [0 1783]|in [10000000000000000000000 0] out [0 1783] aside [500000000000000000000 0]",
			"27000 in: v3's fee of 3000 is at a rate of 3"},
		{"in 1 0 1000", "in [0 1000] out [4479666666666666666666 0]|in [0 1000] out [3359750000000000000000 0] aside [0 50]", "13439: at a rate of 3, or v3's of 4"},
		{"out 0 1 1000", "in [5583703703703703703705 0] out [0 1000]|in [5584000000000000000000 0] out [0 1000] aside [279333333333333333333 0]",
			"15076 at 3 and the fee on raw; v3: 16752 at 3, and half of 1676"},
		{"out 1 0 1e22", "in [0 2246] out [10000000000000000000000 0]|in [0 3004] out [10000000000000000000000 0] aside [0 150]",
			"v2: 30000 cost 20203; v3: 40000 cost 27028 and a fee of 3004"},
	}.check(t, func(r Rules) *PoolState { return tinyRate(t, r) })
}

func tinyRate(t *testing.T, r Rules) *PoolState {
	config := mixed(r)
	config.Rates = numbers("3,1e18")
	return holding(t, config, "1000000000000000000000001,200000", "1e9")
}

// TestAnExactExitAtATinyRate compares with the function of single calls: 10²² raw leave for 30000 in v2, for 40000 in v3.
func TestAnExactExitAtATinyRate(t *testing.T) {
	half, fee := numbers("0.5e18,0.5e18"), number("1e17")
	bptV3, _ := must2(V3.RemoveSingleExactOut(half, numbers("3000000,2000000"), 0, number("40000"), number("1e9"), fee))
	for r, want := range map[Rules]*big.Int{
		V2: must(V2.BptInGivenExactTokenOut(half[0], number("3000000"), number("30000"), number("1e9"), fee)),
		V3: bptV3,
	} {
		pool := tinyRate(t, r)
		result, err := pool.ExitExactToken(0, number("1e22"))
		if err != nil || result.BptIn.Cmp(want) != 0 {
			t.Errorf("%v: %v, %v, want %v", r, result.BptIn, err, want)
		}
	}
}
