package exact

import (
	"fmt"
	"math/big"
	"testing"
)

// equal is a valid config of n tokens alike: 18 decimals, a rate of one, the weights 10¹⁸/n, which must divide.
func equal(r Rules, kind PoolKind, n int) PoolConfig {
	config := mixed(r)
	config.Kind, config.Decimals, config.Rates, config.Weights = kind, make([]uint8, n), zeros(n), zeros(n)
	for i := range n {
		config.Rates[i], config.Weights[i] = number("1e18"), floorDiv(one, big.NewInt(int64(n)))
	}
	return config
}

func creation(config PoolConfig) string {
	pool, err := NewPool(config)
	switch {
	case err == nil:
		return "created"
	case pool != nil:
		return "a pool with " + err.Error()
	}
	return err.Error()
}

func TestPoolKindsHaveTheirLimits(t *testing.T) {
	type limits struct{ maxTokens, minFee, maxFee string }
	table := []struct {
		kind PoolKind
		want map[Rules]limits
	}{
		{WeightedPool, map[Rules]limits{V2: {"8", "1e12", "1e17"}, V3: {"8", "1e13", "1e17"}}},
		{ManagedPool, map[Rules]limits{V2: {"50", "1e12", "95e16"}}},
		{BootstrappingPool, map[Rules]limits{V2: {"4", "1e12", "1e17"}, V3: {"2", "1e13", "1e17"}}},
		{LibraryPool, map[Rules]limits{V2: {"100", "0", "95e16"}, V3: {"100", "0", "95e16"}}},
		{PoolKind(4), nil},
		{PoolKind(-1), nil},
	}
	for _, row := range table {
		for _, r := range []Rules{V2, V3} {
			check := func(what, want string, config PoolConfig) {
				t.Helper()
				if got := creation(config); got != want {
					t.Errorf("%v kind %d, %s: %s, want %s", r, row.kind, what, got, want)
				}
			}
			of, exists := row.want[r]
			if !exists {
				check("two tokens", "UnsupportedPool", equal(r, row.kind, 2))
				continue
			}
			most := int(number(of.maxTokens).Int64())
			check("two tokens", "created", equal(r, row.kind, 2))
			check("the most tokens", "created", equal(r, row.kind, most))
			check("one token", r.tooFew(), equal(r, row.kind, 1))
			check("too many tokens", r.tooMany(), equal(r, row.kind, most+1))
			for fee, want := range map[string]string{
				of.minFee: "created", of.maxFee: "created", of.maxFee + "+1": "SwapFeeTooHigh", of.minFee + "-1": "SwapFeeTooLow",
			} {
				if fee == "0-1" {
					continue // no fee is below 0
				}
				config := equal(r, row.kind, 2)
				config.SwapFee = oneOff(fee)
				check("fee "+fee, want, config)
			}
		}
	}
}

func (r Rules) tooFew() string  { return tooFewTokens[r] }
func (r Rules) tooMany() string { return tooManyTokens[r] }

// oneOff reads a number, or one beside it: 1e12+1, 1e12-1.
func oneOff(s string) *big.Int {
	if n := len(s); n > 2 && s[n-2:] == "+1" {
		return plus(number(s[:n-2]), small[1])
	}
	return number(s)
}

// TestCreationIsTestedInOrder breaks a config from the last test to the first: each fault is found before those already
// there.
func TestCreationIsTestedInOrder(t *testing.T) {
	faults := []struct {
		fault func(*PoolConfig)
		want  string
	}{
		{func(c *PoolConfig) {}, "created"},
		{func(c *PoolConfig) { c.Weights = numbers("0.5e18,499999999999999999") }, "BAL#308|NormalizedWeightInvariant"},
		{func(c *PoolConfig) { c.Weights[1] = number("9999999999999999") }, "BAL#302|MinWeight"},
		{func(c *PoolConfig) { c.ProtocolFee = number("500000000000000001") }, "ProtocolFeeTooHigh"},
		{func(c *PoolConfig) { c.SwapFee = number("2e17") }, "SwapFeeTooHigh"},
		{func(c *PoolConfig) { c.SwapFee = number("0") }, "SwapFeeTooLow"},
		{func(c *PoolConfig) { c.Rates[1] = number("0") }, "ZeroRate"},
		{func(c *PoolConfig) { c.Decimals[1] = 19 }, "DecimalsTooHigh"},
		{func(c *PoolConfig) { c.Rates = c.Rates[:1] }, "LengthMismatch"},
		{func(c *PoolConfig) { c.Decimals = append(c.Decimals, 18) }, "LengthMismatch"},
		{func(c *PoolConfig) { c.Weights = zeros(9) }, "BAL#201|MaxTokens"},
		{func(c *PoolConfig) { c.Weights = zeros(1) }, "BAL#200|MinTokens"},
		{func(c *PoolConfig) { c.Kind = PoolKind(9) }, "UnsupportedPool"},
		{func(c *PoolConfig) { c.Rules = Rules(7) }, "UnsupportedPool"},
	}
	for _, r := range []Rules{V2, V3} {
		config := mixed(r)
		for i, row := range faults {
			row.fault(&config)
			if got, want := creation(config), wantOf(row.want)[r]; got != want {
				t.Errorf("%v, fault %d: %s, want %s", r, i, got, want)
			}
		}
	}
}

func TestEveryListOfAConfigIsOfItsTokens(t *testing.T) {
	for _, r := range []Rules{V2, V3} {
		for name, shorten := range map[string]func(*PoolConfig){
			"decimals": func(c *PoolConfig) { c.Decimals = c.Decimals[:2] },
			"rates":    func(c *PoolConfig) { c.Rates = c.Rates[:2] },
			"weights":  func(c *PoolConfig) { c.Weights = c.Weights[:2] },
		} {
			config := equal(r, LibraryPool, 4)
			shorten(&config)
			if got := creation(config); got != "LengthMismatch" {
				t.Errorf("%v with fewer %s: %s", r, name, got)
			}
		}
	}
}

func TestANewPoolIsEmpty(t *testing.T) {
	config := mixed(V3)
	pool, err := NewPool(config)
	if err != nil {
		t.Fatal(err)
	}
	scrambleConfig(config)
	want := PoolSnapshot{
		Balances: zeros(2), Rates: numbers("1.5e18,1.13e18"), Weights: numbers("0.5e18,0.5e18"), Clock: number("1000"),
		StartTime: number("1000"), EndTime: number("1000"),
		StartWeights: numbers("0.5e18,0.5e18"), EndWeights: numbers("0.5e18,0.5e18"),
		Supply: new(big.Int), SetAside: zeros(2), LastInvariant: new(big.Int), LastSupply: new(big.Int),
	}
	if got := fmt.Sprint(pool.Snapshot()); got != fmt.Sprint(want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// scramble changes every integer in place that a caller of the pool can reach.
func scramble(lists ...[]*big.Int) {
	for _, list := range lists {
		for _, value := range list {
			value.Add(times(value, two), small[1])
		}
	}
}

func scrambleConfig(config PoolConfig) {
	scramble(config.Rates, config.Weights, []*big.Int{config.SwapFee, config.ProtocolFee, config.Clock})
	config.Decimals[0]++
}

func TestAPoolSharesNothing(t *testing.T) {
	const script = "joinAll 1000; collect; exitAll 5; in 0 1 101001"
	moves := map[Rules]string{V2: "in [101001 0] out [0 86948]", V3: "in [101001 0] out [0 86948] aside [5050 0]"}
	for _, r := range []Rules{V2, V3} {
		config := mixed(r)
		pool, err := NewPool(config)
		if err != nil {
			t.Fatal(err)
		}
		scrambleConfig(config) // the fees and decimals show in what the script moves
		amounts := numbers("2e6,2e6")
		if _, err := pool.Initialise(amounts); err != nil {
			t.Fatal(err)
		}
		clone := pool.Clone()
		before := fmt.Sprint(pool.Snapshot())

		scramble(amounts)
		s := pool.Snapshot()
		scramble(s.Balances, s.Rates, s.Weights, s.StartWeights, s.EndWeights, s.SetAside)
		scramble([]*big.Int{s.Clock, s.StartTime, s.EndTime, s.Supply, s.LastInvariant, s.LastSupply})
		weights, _ := pool.Weights()
		scramble(weights)
		if after := fmt.Sprint(pool.Snapshot()); after != before {
			t.Errorf("%v: the pool changed with what was given to it or taken from it: %s, then %s", r, before, after)
		}

		first := run(t, pool, script)
		if want := moves[r]; first != want {
			t.Errorf("%v: the last swap moved %s, want %s", r, first, want)
		}
		if after := fmt.Sprint(clone.Snapshot()); after != before {
			t.Errorf("%v: the clone changed with the pool: %s, then %s", r, before, after)
		}
		if second := run(t, clone, script); first != second {
			t.Errorf("%v: the pool answers %s, its clone %s", r, first, second)
		}
		if a, b := fmt.Sprint(pool.Snapshot()), fmt.Sprint(clone.Snapshot()); a != b {
			t.Errorf("%v: the pool ends as %s, its clone as %s", r, a, b)
		}
	}
}

func TestAChangeSharesNothingWithItsArguments(t *testing.T) {
	pool := bootstrapping(t, V3)
	start, end, weights, rate := number("1001"), number("1003"), numbers("0.8e18,0.2e18"), number("2e18")
	changes := map[string]func() (PoolResult, error){
		"weights": func() (PoolResult, error) { return pool.ChangeWeights(start, end, weights) },
		"rate":    func() (PoolResult, error) { return pool.ChangeRate(1, rate) },
	}
	for name, change := range changes {
		if _, err := change(); err != nil {
			t.Fatal(err)
		}
		before := fmt.Sprint(pool.Snapshot())
		scramble(weights, []*big.Int{start, end, rate})
		if after := fmt.Sprint(pool.Snapshot()); after != before {
			t.Errorf("%s: %s became %s", name, before, after)
		}
		start, end, weights, rate = number("1001"), number("1003"), numbers("0.8e18,0.2e18"), number("2e18")
	}
}

func TestAResultSharesNothingWithItsPool(t *testing.T) {
	for _, r := range []Rules{V2, V3} {
		for _, script := range []string{"in 0 1 101001", "out 1 0 3", "joinAll 1000", "exitAll 1000", "joinBpt 0 1000", "donate 0 5", "collect"} {
			pool := mixedHolding(t, r)
			run(t, pool, "collect; in 0 1 500000; joinAll 7")
			result, err := perform(t, pool, script)
			if err != nil {
				t.Fatal(err)
			}
			before := fmt.Sprint(pool.Snapshot())
			scramble(result.AmountsIn, result.AmountsOut, result.ProtocolOut)
			scramble([]*big.Int{result.BptIn, result.BptOut, result.ProtocolBpt})
			if after := fmt.Sprint(pool.Snapshot()); after != before {
				t.Errorf("%v %s: %s became %s", r, script, before, after)
			}
		}
	}
}
