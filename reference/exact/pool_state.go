package exact

import "math/big"

// This file is SPEC, "A pool over time": a pool's kinds, its creation and its state. The operations are in the files
// beside it.

// PoolKind says how many tokens a pool may have, which fees, and whether its weights may change.
type PoolKind int

const (
	WeightedPool      PoolKind = iota // fixed weights; V2 and V3
	ManagedPool                       // weights that change, kept in 64 bits; V2
	BootstrappingPool                 // weights that change; V2 keeps them in 31 and 16 bits, V3 has a project token and its reserve
	LibraryPool                       // no contract: all that the functions accept; V2 and V3
)

// poolLimits are what a kind allows under one version's rules.
type poolLimits struct {
	maxTokens              int
	minSwapFee, maxSwapFee *big.Int
}

const minPoolTokens = 2

// poolKinds is SPEC's table of kinds, one map for each version.
var poolKinds = [2]map[PoolKind]poolLimits{
	V2: {
		WeightedPool:      {8, decimal("1e12"), decimal("1e17")},
		ManagedPool:       {50, decimal("1e12"), decimal("95e16")},
		BootstrappingPool: {4, decimal("1e12"), decimal("1e17")},
		LibraryPool:       {100, decimal("0"), decimal("95e16")},
	},
	V3: {
		WeightedPool:      {8, decimal("1e13"), decimal("1e17")},
		BootstrappingPool: {2, decimal("1e13"), decimal("1e17")},
		LibraryPool:       {100, decimal("0"), decimal("95e16")},
	},
}

var maxProtocolFee = decimal("50e16")

// balanceLimit is the first raw balance that a vault cannot hold: 2¹¹² in V2, 2¹²⁸ in V3.
var balanceLimit = [2]*big.Int{
	V2: new(big.Int).Lsh(big.NewInt(1), 112),
	V3: new(big.Int).Lsh(big.NewInt(1), 128),
}

// PoolConfig is what a pool is created from. There are as many tokens as weights.
type PoolConfig struct {
	Rules       Rules
	Kind        PoolKind
	Decimals    []uint8    // of each token, at most 18
	Rates       []*big.Int // value of one of each token, at least 1 wei
	Weights     []*big.Int // at least 10¹⁶ each, 10¹⁸ together
	SwapFee     *big.Int   // part of an amount
	ProtocolFee *big.Int   // part of a swap fee, at most 0.5
	Clock       *big.Int   // seconds
}

// PoolState is a pool at one moment. Every operation computes on a copy and replaces the state when it succeeds: one that
// fails changes nothing at all. Integers in it are never changed in place.
//
// Swaps, joins, exits, donations and collections fail before initialisation, then where a token does not exist, then where
// a list does not have one amount for each token; joins and exits then as the weights, the scaling and the functions they
// ask do, exits where they would burn what is locked, all where the vault cannot hold a balance, and joins and exits of V3
// last, where a live balance ends below its minimum.
type PoolState struct {
	rules       Rules
	kind        PoolKind
	decimals    []uint8
	swapFee     *big.Int
	protocolFee *big.Int

	balances []*big.Int // raw
	rates    []*big.Int
	clock    *big.Int // seconds
	schedule poolSchedule
	supply   *big.Int // of BPT; 0 before initialisation

	setAside      []*big.Int // V3: the protocol's fees, raw, not part of the balances
	lastInvariant *big.Int   // V2: at the last collection; 0 where there is none
	lastSupply    *big.Int   // V2: at the last collection
}

// poolSchedule is a gradual change of weights between two moments. Fixed weights have one moment, and are at both ends.
type poolSchedule struct {
	startTime, endTime       *big.Int // seconds
	startWeights, endWeights []*big.Int
}

// NewPool creates a pool that holds nothing. It fails, in this order, as the kind does not exist under the rules; as the
// number of tokens is out of its range; as a list is of another length; as a token's decimals, as a rate, as the swap
// fee, as the protocol fee and as the weights are out of range.
func NewPool(config PoolConfig) (pool *PoolState, err error) {
	defer caught(&err)
	config.validate()
	n := len(config.Weights)
	return &PoolState{
		rules:       config.Rules,
		kind:        config.Kind,
		decimals:    append([]uint8(nil), config.Decimals...),
		swapFee:     copyOf(config.SwapFee),
		protocolFee: copyOf(config.ProtocolFee),
		balances:    zeros(n),
		rates:       copiesOf(config.Rates),
		clock:       copyOf(config.Clock),
		schedule: poolSchedule{
			startTime:    copyOf(config.Clock),
			endTime:      copyOf(config.Clock),
			startWeights: copiesOf(config.Weights),
			endWeights:   copiesOf(config.Weights),
		},
		supply:        new(big.Int),
		setAside:      zeros(n),
		lastInvariant: new(big.Int),
		lastSupply:    new(big.Int),
	}, nil
}

func (c PoolConfig) validate() {
	if c.Rules != V2 && c.Rules != V3 {
		V3.fail(unsupportedPool)
	}
	r := c.Rules
	limits, exists := poolKinds[r][c.Kind]
	if !exists {
		r.fail(unsupportedPool)
	}
	n := len(c.Weights)
	if n < minPoolTokens {
		r.fail(tooFewTokens)
	}
	if n > limits.maxTokens {
		r.fail(tooManyTokens)
	}
	if len(c.Decimals) != n || len(c.Rates) != n {
		r.fail(lengthMismatch)
	}
	for _, decimals := range c.Decimals {
		if decimals > maxDecimals {
			r.fail(decimalsTooHigh)
		}
	}
	for _, rate := range c.Rates {
		if rate.Sign() == 0 {
			r.fail(zeroRate)
		}
	}
	if c.SwapFee.Cmp(limits.minSwapFee) < 0 {
		r.fail(swapFeeTooLow)
	}
	if c.SwapFee.Cmp(limits.maxSwapFee) > 0 {
		r.fail(swapFeeTooHigh)
	}
	if c.ProtocolFee.Cmp(maxProtocolFee) > 0 {
		r.fail(protocolFeeTooHigh)
	}
	r.validateWeights(c.Weights, minPoolTokens, limits.maxTokens, minWeight)
}

// Clone returns a copy that shares nothing with the pool.
func (p *PoolState) Clone() *PoolState {
	copied := *p
	copied.decimals = append([]uint8(nil), p.decimals...)
	copied.swapFee = copyOf(p.swapFee)
	copied.protocolFee = copyOf(p.protocolFee)
	copied.balances = copiesOf(p.balances)
	copied.rates = copiesOf(p.rates)
	copied.clock = copyOf(p.clock)
	copied.schedule = p.schedule.clone()
	copied.supply = copyOf(p.supply)
	copied.setAside = copiesOf(p.setAside)
	copied.lastInvariant = copyOf(p.lastInvariant)
	copied.lastSupply = copyOf(p.lastSupply)
	return &copied
}

func (s poolSchedule) clone() poolSchedule {
	return poolSchedule{copyOf(s.startTime), copyOf(s.endTime), copiesOf(s.startWeights), copiesOf(s.endWeights)}
}

// PoolSnapshot is all of a pool's state that can change. It shares nothing with the pool.
type PoolSnapshot struct {
	Balances     []*big.Int // raw
	Rates        []*big.Int
	Weights      []*big.Int // now; nil where they cannot be read
	WeightsError error      // why they cannot be read
	Clock        *big.Int   // seconds

	StartTime, EndTime       *big.Int // seconds
	StartWeights, EndWeights []*big.Int

	Supply        *big.Int   // of BPT
	SetAside      []*big.Int // V3: raw, owed to the protocol; zeros in V2
	LastInvariant *big.Int   // V2: at the last collection, 0 where there is none; 0 in V3
	LastSupply    *big.Int   // V2: at the last collection; 0 in V3
}

// Snapshot returns the pool's state.
func (p *PoolState) Snapshot() PoolSnapshot {
	copied := p.Clone()
	weights, err := copied.Weights()
	return PoolSnapshot{
		Balances:      copied.balances,
		Rates:         copied.rates,
		Weights:       weights,
		WeightsError:  err,
		Clock:         copied.clock,
		StartTime:     copied.schedule.startTime,
		EndTime:       copied.schedule.endTime,
		StartWeights:  copied.schedule.startWeights,
		EndWeights:    copied.schedule.endWeights,
		Supply:        copied.supply,
		SetAside:      copied.setAside,
		LastInvariant: copied.lastInvariant,
		LastSupply:    copied.lastSupply,
	}
}

func copyOf(value *big.Int) *big.Int { return new(big.Int).Set(value) }

func copiesOf(values []*big.Int) []*big.Int {
	copies := make([]*big.Int, len(values))
	for i, value := range values {
		copies[i] = copyOf(value)
	}
	return copies
}

func zeros(n int) []*big.Int {
	values := make([]*big.Int, n)
	for i := range values {
		values[i] = new(big.Int)
	}
	return values
}
