package pool

import (
	"testing"

	"github.com/holiman/uint256"

	"github.com/trueweight/trueweight/impl/revert"
	"github.com/trueweight/trueweight/impl/weighted"
)

func num(z uint64) uint256.Int { return uint256.Int{z} }

func nums(list ...uint64) (z []uint256.Int) {
	for _, n := range list {
		z = append(z, num(n))
	}
	return z
}

func powerOfTwo(n uint) uint256.Int { return *new(uint256.Int).Lsh(uint256.NewInt(1), n) }

// pair returns the config of two tokens of 18 decimals at 50/50, the second with
// a rate of 1.058132; the swap fee is 1 %, the protocol's part of it a half.
func pair(rules Rules) Config {
	return Config{
		Rules: rules, Decimals: []uint8{18, 18}, Rates: nums(1e18, 1.058132e18), Weights: nums(5e17, 5e17),
		SwapFee: num(1e16), ProtocolFee: num(5e17), Clock: num(1e6),
	}
}

// gradual returns pair's config as a pool whose weights may change, all rates 1.
func gradual(rules Rules, kind Kind) Config {
	c := pair(rules)
	c.Kind, c.Rates = kind, nums(1e18, 1e18)
	return c
}

func create(t testing.TB, config Config) *Pool {
	p, err := New(config)
	if err != nil {
		t.Fatalf("%+v: %v", config, err)
	}
	return p
}

// holding returns a pool that holds the balances, with a supply.
func holding(t testing.TB, config Config, supply uint64, balances ...uint64) *Pool {
	p := create(t, config)
	copy(p.books.balances, nums(balances...))
	p.books.supply = num(supply)
	return p
}

func TestAPoolIsRefusedForTheFirstFaultInOrder(t *testing.T) {
	short := func(n int) func(*Config) {
		return func(c *Config) {
			c.Weights, c.Rates, c.Decimals = make([]uint256.Int, n), make([]uint256.Int, n), make([]uint8, n)
		}
	}
	kind := func(k Kind) func(*Config) { return func(c *Config) { c.Kind = k } }
	fee := func(z uint64) func(*Config) { return func(c *Config) { c.SwapFee = num(z) } }
	// Latest in the order first: each row adds its fault to those above it, and is the one that is named.
	faults := []struct {
		what  string
		fault func(*Config)
		want  *revert.Error
	}{
		{"weights that sum to more than 1", func(c *Config) { c.Weights[1] = num(5e17 + 1) }, revert.ErrNormalizedWeightInvariant},
		{"a weight below 1 %", func(c *Config) { c.Weights[0] = num(1e16 - 1) }, revert.ErrMinWeight},
		{"a protocol fee above 50 %", func(c *Config) { c.ProtocolFee = num(5e17 + 1) }, revert.ErrProtocolFeeTooHigh},
		{"a swap fee too high", fee(1e17 + 1), revert.ErrSwapFeeTooHigh},
		{"a swap fee too low", fee(1e12 - 1), revert.ErrSwapFeeTooLow},
		{"a rate of 0", func(c *Config) { c.Rates[1] = num(0) }, revert.ErrZeroRate},
		{"19 decimals of the last token", func(c *Config) { c.Decimals[1] = 19 }, revert.ErrDecimalsTooHigh},
		{"19 decimals of the first token", func(c *Config) { c.Decimals[0], c.Decimals[1] = 19, 18 }, revert.ErrDecimalsTooHigh},
		{"too many rates", func(c *Config) { c.Rates = append(c.Rates, num(1e18)) }, revert.ErrLengthMismatch},
		{"too few rates", func(c *Config) { c.Rates = c.Rates[:1] }, revert.ErrLengthMismatch},
		{"too few decimals", func(c *Config) { c.Decimals = c.Decimals[:1] }, revert.ErrLengthMismatch},
		{"9 tokens", short(9), revert.ErrMaxTokens},
		{"1 token", short(1), revert.ErrMinTokens},
		{"no such kind", kind(Library + 1), revert.ErrUnsupportedPool},
	}
	for _, rules := range []Rules{V2, V3} {
		c := pair(rules)
		for _, f := range faults {
			f.fault(&c)
			if p, err := New(c); p != nil || err != error(f.want) {
				t.Errorf("rules %d, %s: got %v, want %v", rules, f.what, err, f.want)
			}
		}
	}
	for _, c := range []Config{{Rules: V3, Kind: Managed}, {Rules: V3 + 1}, {Kind: 255}, {Rules: 255, Kind: 255}} {
		if _, err := New(c); err != error(revert.ErrUnsupportedPool) {
			t.Errorf("%+v: got %v", c, err)
		}
	}
}

func TestEachKindHasItsLimits(t *testing.T) {
	for _, k := range []struct {
		rules        Rules
		kind         Kind
		tokens       int
		least, above uint64 // swap fees
	}{
		{V2, Weighted, 8, 1e12, 1e17 + 1}, {V3, Weighted, 8, 1e13, 1e17 + 1},
		{V2, Managed, 50, 1e12, 95e16 + 1},
		{V2, Bootstrapping, 4, 1e12, 1e17 + 1}, {V3, Bootstrapping, 2, 1e13, 1e17 + 1},
		{V2, Library, 100, 0, 95e16 + 1}, {V3, Library, 100, 0, 95e16 + 1},
	} {
		try := func(tokens int, fee uint64) error {
			c := Config{Rules: k.rules, Kind: k.kind, SwapFee: num(fee)}
			for range tokens {
				c.Decimals, c.Rates = append(c.Decimals, 0), append(c.Rates, num(1))
				c.Weights = append(c.Weights, num(1e18/uint64(tokens)))
			}
			if tokens > 0 {
				c.Weights[0].AddUint64(&c.Weights[0], 1e18%uint64(tokens))
			}
			_, err := New(c)
			return err
		}
		for _, tokens := range []int{2, k.tokens} {
			for _, fee := range []uint64{k.least, k.above - 1} {
				if err := try(tokens, fee); err != nil {
					t.Errorf("%+v: %d tokens, fee %d: %v", k, tokens, fee, err)
				}
			}
		}
		for want, err := range map[*revert.Error]error{
			revert.ErrMaxTokens: try(k.tokens+1, k.least), revert.ErrMinTokens: try(1, k.least), revert.ErrSwapFeeTooHigh: try(2, k.above),
		} {
			if err != error(want) {
				t.Errorf("%+v: got %v, want %v", k, err, want)
			}
		}
		if k.least > 0 && try(2, k.least-1) != error(revert.ErrSwapFeeTooLow) {
			t.Errorf("%+v: a fee of %d: %v", k, k.least-1, try(2, k.least-1))
		}
	}
}

func TestAPoolKeepsNothingOfItsConfig(t *testing.T) {
	c := pair(V2)
	p := create(t, c)
	before := p.Snapshot()
	c.Rates[0], c.Weights[0], c.Decimals[0] = num(7), num(7), 7
	if !equal(p.Snapshot(), before) {
		t.Errorf("%+v is now %+v", before, p.Snapshot())
	}
	before.Balances[0], before.Weights[0], before.StartWeights[0], before.Rates[0] = num(7), num(7), num(7), num(7)
	if after := create(t, pair(V2)).Snapshot(); !equal(p.Snapshot(), after) {
		t.Errorf("writing to a snapshot made %+v of %+v", p.Snapshot(), after)
	}
}

// Each failure that is not one of a formula, at the edge where there is one. The
// operation changes nothing.
func TestAFailedOperationChangesNothing(t *testing.T) {
	const supply = 2e9
	begun := func(rules Rules) func(testing.TB) *Pool {
		return func(t testing.TB) *Pool { return holding(t, pair(rules), supply, 1e9, 1e9) }
	}
	empty := func(rules Rules) func(testing.TB) *Pool {
		return func(t testing.TB) *Pool { return create(t, pair(rules)) }
	}
	changing := func(c Config) func(testing.TB) *Pool {
		return func(t testing.TB) *Pool { return holding(t, c, supply, 1e9, 1e9) }
	}
	lateV2, endless := gradual(V2, Managed), gradual(V3, Bootstrapping)
	lateV2.Clock = powerOfTwo(32)

	type row struct {
		pool func(testing.TB) *Pool
		act  act
		want error
	}
	rows := []row{
		{empty(V3), act{op: "initialise", amounts: nums(1e9, 945061)}, revert.TokenBalanceBelowMin(1, num(999999), num(1e6))},
		{empty(V2), act{op: "initialise", amounts: nums(4e5, 4e5)}, revert.ErrSupplyTooLow},
		{empty(V2), act{op: "initialise", amounts: nums(0, 1e9)}, revert.ErrZeroInvariant},
		{empty(V2), act{op: "initialise", amounts: append(nums(1e9), powerOfTwo(112))}, revert.ErrBalanceOverflow},
		{empty(V3), act{op: "initialise", amounts: append(nums(1e9), powerOfTwo(128))}, revert.ErrBalanceOverflow},
		{empty(V2), act{op: "initialise", amounts: []uint256.Int{powerOfTwo(112), num(1e9)}}, revert.ErrBalanceOverflow},
		{empty(V3), act{op: "initialise", amounts: []uint256.Int{powerOfTwo(128), num(1e9)}}, revert.ErrBalanceOverflow},
		{begun(V3), act{op: "exit tokens", amounts: nums(1, 1)}, revert.ErrUnsupportedOperation},
		{begun(V2), act{op: "exit all for bpt", amount: num(supply - 1e6 + 1)}, revert.ErrLockedSupply},
		{begun(V3), act{op: "exit all for bpt", amount: num(supply - 1e6 + 1)}, revert.ErrLockedSupply},
		{begun(V3), act{op: "exit all for bpt", amount: num(supply - 1e6)}, revert.TokenBalanceBelowMin(0, num(500000), num(1e6))},
		{begun(V2), act{op: "batch", hops: []Hop{{In: 0, Out: 1, Amount: num(1e6)}, {In: 0, Out: 2, Amount: num(1)}}}, revert.ErrArrayIndex},
		{begun(V2), act{op: "batch", hops: []Hop{{In: 0, Out: 1, Amount: num(1e6)}, {Kind: weighted.GivenOut, In: 1, Out: 0, Amount: num(4e8)}}}, revert.ErrMaxOutRatio},
		{changing(gradual(V2, Managed)), act{op: "weights", start: num(0), end: num(1e6 - 1), amounts: nums(5e17, 5e17)}, revert.InvalidStartTime(num(1e6), num(1e6-1))},
		{changing(gradual(V2, Managed)), act{op: "weights", end: powerOfTwo(32), amounts: nums(5e17, 5e17)}, revert.ErrCodecOverflow},
		{changing(lateV2), act{op: "weights", end: powerOfTwo(33), amounts: nums(5e17, 5e17)}, revert.ErrCodecOverflow},
		{changing(lateV2), act{op: "in", i: 0, j: 1, amount: num(9)}, revert.ErrCodecOverflow},
		{changing(endless), act{op: "weights", end: num(2e6), amounts: nums(1e16-1, 1e18-1e16+1)}, revert.ErrMinWeight},
		{changing(endless), act{op: "weights", end: num(2e6), amounts: nums(5e17, 5e17+1)}, revert.ErrNormalizedWeightInvariant},
	}
	for _, rules := range []Rules{V2, V3} {
		limit := map[Rules]uint256.Int{V2: powerOfTwo(112), V3: powerOfTwo(128)}[rules]
		limit.SubUint64(&limit, 1e9) // what would make the balance one too many
		rows = append(rows,
			row{begun(rules), act{op: "initialise"}, revert.ErrAlreadyInitialized},
			row{empty(rules), act{op: "initialise", amounts: nums(1)}, revert.ErrLengthMismatch},
			row{begun(rules), act{op: "donate", amount: limit}, revert.ErrBalanceOverflow},
			row{begun(rules), act{op: "in", i: 1, j: 1, amount: num(1)}, revert.ErrSameToken},
			row{begun(rules), act{op: "out", i: 1, j: 1}, revert.ErrZeroAmount},
			row{begun(rules), act{op: "in", i: 0, j: 2, amount: num(1)}, revert.ErrArrayIndex},
			row{begun(rules), act{op: "in", i: 0, j: 1, amount: num(4e8)}, revert.ErrMaxInRatio},
			row{begun(rules), act{op: "weights", end: num(2e6), amounts: nums(1)}, revert.ErrUnsupportedOperation},
			row{changing(gradual(rules, Bootstrapping)), act{op: "weights", end: num(2e6), amounts: nums(1)}, revert.ErrLengthMismatch},
			row{begun(rules), act{op: "rate", i: 1}, revert.ErrZeroRate},
			row{begun(rules), act{op: "advance", amount: *new(uint256.Int).SetAllOne()}, revert.ErrAddOverflow},
		)
		for _, op := range []string{"join token", "join for bpt", "exit token", "exit bpt", "donate", "rate"} {
			rows = append(rows,
				row{begun(rules), act{op: op, i: 2, amount: num(1)}, revert.ErrArrayIndex},
				row{begun(rules), act{op: op, i: -1, amount: num(1)}, revert.ErrArrayIndex})
		}
		for _, op := range []string{"join tokens", "exit tokens"} {
			rows = append(rows, row{begun(rules), act{op: op, amounts: nums(1, 1, 1)}, revert.ErrLengthMismatch})
		}
		for _, op := range operations {
			if op != "initialise" && op != "advance" && op != "weights" && op != "rate" {
				rows = append(rows, row{empty(rules), act{op: op, i: 9, j: 9}, revert.ErrNotInitialized})
			}
		}
	}
	for _, r := range rows {
		p := r.pool(t)
		before := p.Snapshot()
		got, err := perform(p, r.act)
		if !equal(err, r.want) || !agree(got, moved{}, err) {
			t.Errorf("rules %d, %+v: got %+v, %v, want %v", p.rules, r.act, got, err, r.want)
		}
		if !equal(p.Snapshot(), before) {
			t.Errorf("rules %d, %+v: %+v is now %+v", p.rules, r.act, before, p.Snapshot())
		}
	}
}

func TestABalanceMayHaveAllItsBits(t *testing.T) {
	for rules, room := range map[Rules]uint256.Int{V2: powerOfTwo(112), V3: powerOfTwo(128)} {
		p := holding(t, pair(rules), 2e9, 1e9, 1e9)
		room.SubUint64(&room, 1e9+1)
		if err := p.Donate(1, room); err != nil {
			t.Errorf("rules %d: %v", rules, err)
		}
		if err := p.Donate(1, num(1)); err != error(revert.ErrBalanceOverflow) {
			t.Errorf("rules %d, one wei more: %v", rules, err)
		}
	}
}

func TestADestinationTooShortFails(t *testing.T) {
	for _, rules := range []Rules{V2, V3} {
		p := holding(t, pair(rules), 2e9, 1e9, 1e9)
		before := p.Snapshot()
		amounts := make([]uint256.Int, 1)
		_, err := p.Collect(amounts)
		for _, err := range []error{
			err, p.JoinForBptProportional(amounts, num(1)), p.ExitBptProportional(amounts, num(1)), p.BatchSwap(make([]Flow, 1), nil),
		} {
			if err != error(revert.ErrArrayIndex) || !equal(p.Snapshot(), before) {
				t.Errorf("rules %d: %v", rules, err)
			}
		}
	}
}

func TestDecimalsAreForEveryTokenAndNoMore(t *testing.T) {
	for _, decimals := range [][]uint8{{18}, {18, 18, 18}, nil} {
		c := pair(V2)
		c.Decimals = decimals
		if _, err := New(c); err != error(revert.ErrLengthMismatch) {
			t.Errorf("decimals %v: got %v", decimals, err)
		}
	}
}

// Of a list that is too short and a pool without tokens, the pool is named: it is what a caller can mend.
func TestAPoolWithoutTokensSaysSoWhateverTheList(t *testing.T) {
	for _, rules := range []Rules{V2, V3} {
		p := create(t, pair(rules))
		_, collected := p.Collect(nil)
		for what, err := range map[string]error{
			"a batch": p.BatchSwap(nil, nil), "a join": p.JoinForBptProportional(nil, num(1)), "an exit": p.ExitBptProportional(nil, num(1)), "a collection": collected,
		} {
			if err != error(revert.ErrNotInitialized) {
				t.Errorf("rules %d, %s: %v", rules, what, err)
			}
		}
	}
}
