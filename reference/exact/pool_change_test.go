package exact

import (
	"fmt"
	"math/big"
	"testing"
)

// managed is a V2 pool of half and half at second 1000, and bootstrapping its like under both rules.
func managed(t *testing.T) *PoolState {
	config := mixed(V2)
	config.Kind = ManagedPool
	return holding(t, config, "2000001,2000001", "1000000007")
}

func bootstrapping(t *testing.T, r Rules) *PoolState {
	config := mixed(r)
	config.Kind = BootstrappingPool
	return holding(t, config, "2000001,2000001", "1000000007")
}

func TestDonate(t *testing.T) {
	scripts{
		{"donate 1 7", "in [0 7]", "for no BPT"},
		{"donate 1 0", "nothing", ""},
		{"donate 2 7", "INVALID|Panic(0x32)", ""},
	}.checkMixed(t)
}

func TestWeightsNow(t *testing.T) {
	table := []struct {
		pool         *PoolState
		script, want string
		why          string
	}{
		{mixedHolding(t, V2), "clock 5", "[500000000000000000 500000000000000000]", "fixed"},
		{mixedHolding(t, V3), "clock 5", "[500000000000000000 500000000000000000]", "fixed"},
		{managed(t), "clock 5", "[500000000000000000 500000000000000000]", "kept plainly"},
		{bootstrapping(t, V3), "clock 5", "[500000000000000000 500000000000000000]", "kept plainly"},
		{bootstrapping(t, V2), "clock 5", "[499992370489051651 499992370489051651]", "32767/65535: the end weights' 16 bits, since no change is under way"},
		{managed(t), "weights 1000 1003 0.8e18,0.2e18; clock 1", "[599999999999999999 400000000000000001]", "0.5 + ⌊0.3·⅓⌋, 0.5 − ⌊0.3·⅓⌋"},
		{managed(t), "weights 0 1003 0.8e18,0.2e18; clock 1", "[599999999999999999 400000000000000001]", "a start in the past is now"},
		{managed(t), "weights 1001 1003 0.8e18,0.2e18; clock 1", "[500000000000000000 500000000000000000]", "not yet begun"},
		{managed(t), "weights 1000 1003 0.8e18,0.2e18; clock 9", "[800000000000000000 200000000000000000]", "over"},
		{managed(t), "weights 0 1000 0.8e18,0.2e18", "[800000000000000000 200000000000000000]", "at once"},
		{managed(t), "weights 1000 1002 0.8e18,0.2e18; clock 1; weights 1001 1003 0.8e18,0.2e18; clock 1", "[725000000000000000 275000000000000000]",
			"the second change starts from 0.65 and 0.35"},
		{bootstrapping(t, V3), "weights 1000 1003 0.8e18,0.2e18; clock 1", "[599999999999999999 400000000000000001]", "the reserve has what the project has not"},
		{bootstrapping(t, V2), "weights 1000 1002 0.8e18,0.2e18; clock 0", "[499992370372634553 499992370372634553]",
			"the start weights are those read back, through 31 bits: 1073725439/2147483647"},
		{bootstrapping(t, V2), "weights 1000 1002 0.8e18,0.2e18; clock 2", "[800000000000000000 200000000000000000]", "52428/65535 and 13107/65535 are exact"},
	}
	for _, row := range table {
		run(t, row.pool, row.script)
		weights, err := row.pool.Weights()
		if got := fmt.Sprint(weights); err != nil || got != row.want {
			t.Errorf("%v kind %v %s: %s, %v, want %s: %s", row.pool.rules, row.pool.kind, row.script, got, err, row.want, row.why)
		}
	}
}

func TestASwapIsAtTheWeightsNow(t *testing.T) {
	scripts{
		{"in 0 1 11", "in [11 0] out [0 34]|in [11 0] out [0 37]",
			"0.8 against 0.2 is the fourth power of 3000001/3000014, or 3000002/3000016: 391 or 421"},
		{"out 1 0 3", "in [0 13] out [3 0]|in [0 15] out [3 0]", "3000001/2999997 to the fourth less one costs 121, 11 raw, with the fee 13; v3: 151 for 5, 168 with the fee, 15 raw"},
	}.check(t, func(r Rules) *PoolState {
		pool := bootstrapping(t, r)
		run(t, pool, "weights 1000 1002 0.8e18,0.2e18; clock 2")
		return pool
	})
}

func TestChangeWeightsFails(t *testing.T) {
	scripts{
		{"weights 1000 1002 0.5e18", "LengthMismatch", ""},
		{"weights 1000 999 0.5e18", "LengthMismatch", "tested before the times"},
		{"weights 1000 999 1,1", "BAL#326|InvalidStartTime(1000, 999)", "the end before the start"},
		{"weights 0 999 1,1", "BAL#326|InvalidStartTime(1000, 999)", "the end before now"},
		{"weights 1000 1002 9999999999999999,990000000000000001", "BAL#302|MinWeight", ""},
		{"weights 1000 1002 0.5e18,499999999999999999", "BAL#308|NormalizedWeightInvariant", ""},
		{"weights 1000 2^32-1 0.5e18,0.5e18", "nothing", "the last second that 32 bits hold"},
		{"weights 1000 2^32 0.5e18,0.5e18", "BAL#436|nothing", "V3 has room for more"},
		{"weights 1000 2^32 0.5e18,0.6e18", "BAL#308|NormalizedWeightInvariant", "the weights are tested before their storage"},
	}.check(t, func(r Rules) *PoolState { return bootstrapping(t, r) })
	scripts{
		{"weights 1000 2^32 0.5e18,0.5e18", "BAL#436", ""},
		{"weights 2^32 2^33 0.5e18,0.5e18", "BAL#436", ""},
		{"weights 1000 1001 1", "LengthMismatch", ""},
	}.check(t, func(Rules) *PoolState { return managed(t) })
	scripts{
		{"weights 1000 999 1", "UnsupportedOperation", "tested first"},
	}.checkMixed(t)
}

func TestWeightsThatCannotBeReadFailWhatReadsThem(t *testing.T) {
	config := mixed(V2)
	config.Kind, config.Clock = ManagedPool, number("2^32")
	scripts{
		{"initialise 1e18,1e18", "BAL#436", ""},
		{"clock 5", "nothing", "a weight that can't be read doesn't change"},
		{"weights 2^32 2^33 0.5e18,0.5e18", "BAL#436", "no change starts from weights that can't be read"},
	}.check(t, func(Rules) *PoolState { return holding(t, config, "0,0", "0") })
	scripts{
		{"in 0 1 11", "BAL#436", ""},
		{"joinToken 0 11", "BAL#436", ""},
		{"collect", "BAL#436", ""},
		{"joinAll 1000", "in [3 3] minted 1000", "proportional joins and exits read no weights"},
		{"exitAll 1000", "out [2 1] burnt 1000", ""},
		{"donate 0 1", "in [1 0]", ""},
	}.check(t, func(Rules) *PoolState { return holding(t, config, "2000001,2000001", "1000000007") })
	if snapshot := holding(t, config, "0,0", "0").Snapshot(); snapshot.Weights != nil || fmt.Sprint(snapshot.WeightsError) != "BAL#436" {
		t.Errorf("the snapshot has %v, %v", snapshot.Weights, snapshot.WeightsError)
	}
}

func TestClockAndRates(t *testing.T) {
	scripts{
		{"clock 0", "nothing", ""},
		{"clock 2^256-1", "BAL#000|Panic(0x11)", "second 1000 is over"},
		{"rate 0 0", "ZeroRate", ""},
		{"rate 2 0", "INVALID|Panic(0x32)", "the token is tested first"},
		{"rate -1 0", "INVALID|Panic(0x32)", ""},
		{"rate 0 1", "nothing", "the smallest"},
		{"rate 0 2^256-1", "nothing", "the largest"},
	}.checkMixed(t)
	for _, r := range []Rules{V2, V3} {
		pool := mixedHolding(t, r)
		run(t, pool, "clock 7; clock 5; rate 1 3e18")
		if pool.clock.String() != "1012" || fmt.Sprint(pool.rates) != "[1500000000000000000 3000000000000000000]" {
			t.Errorf("%v: second %v, rates %v", r, pool.clock, pool.rates)
		}
	}
}

// TestCollectV2 has 2e22 raw of each token at rates of one and 18 decimals: V grows by the square root of what a
// donation makes of one token, fourfold for twice. M = S = 1e9 at the first collection.
func TestCollectV2(t *testing.T) {
	config := mixed(V2)
	config.Decimals, config.Rates = []uint8{18, 18}, numbers("1e18,1e18")
	table := []struct {
		script string
		bpt    string
		why    string
	}{
		{"collect", "0", "nothing to compare with"},
		{"collect; collect", "0", "nothing grew"},
		{"collect; donate 0 6e22; collect", "333333333", "V doubles: half of half is the protocol's, 1e9·0.25/0.75"},
		{"collect; donate 0 6e22; collect; collect", "0", "only once"},
		{"collect; joinAll 1e9; collect", "0", "V and S double together"},
		{"collect; joinAll 1e9; donate 0 12e22; collect", "666666666", "V of fourfold, S doubled: 2e9·0.25/0.75"},
		{"collect; exitAll 5e8; donate 0 3e22; collect", "166666666", "5e8·0.25/0.75"},
		{"collect; donate 0 6e22; rate 0 1e18; collect", "0", "a rate step forgets, even one that changes nothing"},
		{"collect; donate 0 6e22; rate 0 2e18; collect; donate 1 6e22; collect", "333333333", "and the next collection starts anew"},
		{"collect; donate 0 6e22; clock 9; collect", "333333333", "no weight changed"},
	}
	for _, row := range table {
		pool := holding(t, config, "2e22,2e22", "1e9")
		want := "collected " + row.bpt
		if row.bpt == "0" {
			want = "nothing"
		}
		if got := run(t, pool, row.script); got != want {
			t.Errorf("%s: %s, want %s: %s", row.script, got, want, row.why)
		}
		if pool.lastSupply.Cmp(pool.supply) != 0 {
			t.Errorf("%s: M = %v, the supply %v", row.script, pool.lastSupply, pool.supply)
		}
	}
}

// TestTheGrowthCollectedOnIsRoundedDown has a supply so large that a wei of the growth shows.
func TestTheGrowthCollectedOnIsRoundedDown(t *testing.T) {
	config := mixed(V2)
	config.Decimals, config.Rates = []uint8{18, 18}, numbers("1e18,1e18")
	before := V2.invariantDown(config.Weights, numbers("2e22,2e22"))
	after := V2.invariantDown(config.Weights, numbers("2.0005e22,2e22"))
	due := func(growth *big.Int) *big.Int {
		return must(V2.DueProtocolFees(growth, number("1e27"), number("1e27"), config.ProtocolFee))
	}
	down, up := due(V2.divDown(after, before)), due(V2.divUp(after, before))
	if down.Cmp(up) == 0 {
		t.Fatalf("both roundings give %v", down)
	}
	pool := holding(t, config, "2e22,2e22", "1e27")
	want := "collected " + down.String()
	if got := run(t, pool, "collect; donate 0 5e18; collect"); got != want {
		t.Errorf("%s, want %s, not %v", got, want, up)
	}
}

func TestWhatIsNotEarnedByFeesIsNotCollected(t *testing.T) {
	table := []struct{ script, want, why string }{
		{"collect; donate 0 4000000; weights 1000 1002 0.5e18,0.5e18; collect", "nothing", "a weights step forgets, even one that changes nothing"},
		{"weights 1001 1003 0.8e18,0.2e18; collect; donate 0 4000000; clock 2; collect", "nothing", "a weight changed with the clock"},
	}
	for _, row := range table {
		if got := run(t, managed(t), row.script); got != row.want {
			t.Errorf("%s: %s, want %s: %s", row.script, got, row.want, row.why)
		}
	}
	pool := managed(t)
	run(t, pool, "weights 1001 1003 0.8e18,0.2e18; collect; donate 0 4000000; clock 1")
	if pool.lastInvariant.Sign() == 0 {
		t.Error("a clock step before the change's start forgot the invariant")
	}
}

func TestCollectV3PaysWhatWasSetAside(t *testing.T) {
	table := []struct{ script, want, why string }{
		{"collect", "nothing", ""},
		{"in 0 1 101001; collect", "collected [5050 0]", ""},
		{"in 0 1 101001; in 1 0 101001; in 0 1 101001; collect", "collected [10100 5050]", "shares add up"},
		{"in 0 1 101001; collect; collect", "nothing", "only once"},
		{"in 0 1 101001; rate 0 3e18; clock 9; collect", "collected [5050 0]", "raw, whatever the rate"},
	}
	for _, row := range table {
		if got := run(t, mixedHolding(t, V3), row.script); got != row.want {
			t.Errorf("%s: %s, want %s: %s", row.script, got, row.want, row.why)
		}
	}
}
