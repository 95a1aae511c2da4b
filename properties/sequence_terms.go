package properties

import (
	"fmt"
	"slices"

	"github.com/trueweight/trueweight/properties/domain"
	"github.com/trueweight/trueweight/reference/exact"
)

// The creation of a pool, judged once for a script: on its config, and on configs one unit beside each bound of its kind.

var stTerms = &Property{
	ID: "ST-TERMS",
	Claim: "A pool is created exactly where the table of pool kinds says, judged one unit on each side of each bound; it begins as it was configured, with nothing in it, " +
		"and keeps no list that it was given.",
	Inequality: "created ⇔ the rules have the kind, least ≤ n ≤ most, lists of n, dᵢ ≤ 18, rateᵢ ≥ 10⁻¹⁸, min ≤ swap fee ≤ max, protocol fee ≤ ½, wᵢ ≥ 0.01, Σwᵢ = 1",
	Source:     "SPEC, A pool over time: the table of pool kinds",
	Margin:     NoMargin,
	Kinds:      onSequence,
	Needs:      []string{"NewPool"},
	check: func(_ *Judge, s *Subject, c domain.Case) Verdict {
		config := configOf(c.(*domain.Sequence))
		v := beginsAsConfigured(s, config)
		for _, beside := range besideBounds(config) {
			_, w := created(s, &beside)
			v = worst(v, w)
		}
		return v
	},
}

// poolTerms are a line of SPEC's table: how many tokens a pool may have, and its swap fee in 18 decimals.
type poolTerms struct {
	least, most    int
	minFee, maxFee uint64
	changes        bool // its weights may change
}

var poolTable = [2][4]*poolTerms{
	exact.V2: {
		domain.WeightedPool:      {2, 8, 1e12, 1e17, false},
		domain.ManagedPool:       {2, 50, 1e12, 95e16, true},
		domain.BootstrappingPool: {2, 4, 1e12, 1e17, true},
		domain.LibraryPool:       {2, 100, 0, 95e16, false},
	},
	exact.V3: {
		domain.WeightedPool:      {2, 8, 1e13, 1e17, false},
		domain.BootstrappingPool: {2, 2, 1e13, 1e17, true},
		domain.LibraryPool:       {2, 100, 0, 95e16, false},
	},
}

// termsOf returns the line of the table for a config, nil where there is none.
func termsOf(rules exact.Rules, kind uint8) *poolTerms {
	if int(rules) >= len(poolTable) || int(kind) >= len(poolTable[rules]) {
		return nil
	}
	return poolTable[rules][kind]
}

// creatable reports whether the table has a pool of the config.
func creatable(c *PoolConfig) bool {
	t, n := termsOf(c.Rules, c.Kind), len(c.Weights)
	return t != nil && t.least <= n && n <= t.most && len(c.Decimals) == n && len(c.Rates) == n &&
		!slices.ContainsFunc(c.Decimals, func(d uint8) bool { return d > 18 }) &&
		!slices.ContainsFunc(c.Rates, zeroNumber) &&
		!c.SwapFee.Lt(newNum(t.minFee)) && !c.SwapFee.Gt(newNum(t.maxFee)) &&
		!c.ProtocolFee.Gt(newNum(domain.One/2)) && poolWeights(c.Weights)
}

// poolWeights reports whether weights are at least 1 % each and sum to ONE.
func poolWeights(weights []num) bool {
	least := newNum(domain.One / 100)
	return !slices.ContainsFunc(weights, func(w num) bool { return w.Lt(least) }) && sumsToOne(weights)
}

func sumsToOne(weights []num) bool {
	var sum num
	for i := range weights {
		if _, overflow := sum.AddOverflow(&sum, &weights[i]); overflow {
			return false
		}
	}
	return sum == fixedNum
}

// created judges whether there is a pool of a config, and returns the one there is.
func created(s *Subject, config *PoolConfig) (LivePool, Verdict) {
	want := creatable(config)
	pool, err := s.NewPool(*config)
	switch {
	case want && err != nil:
		return nil, violated("creation", failureText(err)+" for "+describeConfig(config), "a pool")
	case !want && err == nil:
		return nil, violated("creation", "a pool for "+describeConfig(config), "a failure")
	case !want:
		return nil, holds()
	}
	return pool, holds()
}

// beginsAsConfigured judges a config, and the state of its pool before and after the lists that it was given are overwritten.
func beginsAsConfigured(s *Subject, config PoolConfig) Verdict {
	given := config.clone()
	pool, v := created(s, given)
	if pool == nil {
		return v
	}
	want := beginning(&config)
	if got := pool.Snapshot(); !got.Equal(want) {
		return violated("as configured", describeState(&got), describeState(want))
	}
	given.spoil()
	if got := pool.Snapshot(); !got.Equal(want) {
		return violated("no list is kept", "after they are overwritten: "+describeState(&got), describeState(want))
	}
	return v
}

// spoil overwrites the lists of a config, as one may who has passed them on.
func (c *PoolConfig) spoil() {
	for i := range c.Decimals {
		c.Decimals[i] ^= 1
	}
	for _, list := range [][]num{c.Rates, c.Weights} {
		for i := range list {
			list[i].AddUint64(&list[i], 1)
		}
	}
}

// beginning is the state of a pool that was just created.
func beginning(c *PoolConfig) *Snapshot {
	n := len(c.Weights)
	return &Snapshot{
		Balances: make([]num, n), SetAside: make([]num, n), Rates: c.Rates, Weights: weightsAtEnd(c, c.Clock, c.Weights), Clock: c.Clock,
		StartTime: c.Clock, EndTime: c.Clock, StartWeights: c.Weights, EndWeights: c.Weights,
	}
}

// weightsAtEnd returns what a pool reads of the weights at the end of a change, at end or later: the weights as they are stored. They can't be
// read where the time does not fit the 32 bits that v2 keeps it in.
func weightsAtEnd(c *PoolConfig, end num, weights []num) []num {
	changes := c.Rules == exact.V2 && termsOf(c.Rules, c.Kind).changes
	switch {
	case changes && end.BitLen() > 32:
		return nil
	case changes && c.Kind == domain.BootstrappingPool:
		return wordsOf(throughAll(bigs(weights), bootstrappingBits[1]))
	}
	return weights
}

// bootstrappingBits are what v2's bootstrapping pool keeps the weights at the start and at the end in.
var bootstrappingBits = [2]uint{31, 16}

// besideBounds are configs at the bounds of a config's kind and one unit beside, one thing changed at a time; and the config as another kind of pool.
func besideBounds(config PoolConfig) (list []PoolConfig) {
	edit := func(change func(*PoolConfig)) {
		c := config.clone()
		change(c)
		list = append(list, *c)
	}
	for rules := range exact.V3 + 2 {
		for kind := range domain.LibraryPool + 2 {
			edit(func(c *PoolConfig) { c.Rules, c.Kind = rules, kind })
		}
	}
	t := termsOf(config.Rules, config.Kind)
	if t == nil || !creatable(&config) {
		return list
	}
	for _, fee := range []uint64{t.minFee - 1, t.minFee, t.maxFee, t.maxFee + 1} { // 0 less 1 is above every fee
		edit(func(c *PoolConfig) { c.SwapFee = *newNum(fee) })
	}
	for _, fee := range []uint64{domain.One / 2, domain.One/2 + 1} {
		edit(func(c *PoolConfig) { c.ProtocolFee = *newNum(fee) })
	}
	for _, n := range []int{t.least - 1, t.least, t.most, t.most + 1} {
		if n <= 100 { // of more tokens some are below 1 %
			edit(func(c *PoolConfig) { c.resize(n) })
		}
	}
	last := len(config.Weights) - 1
	for _, i := range []int{0, last} {
		for _, decimals := range []uint8{0, 18, 19} {
			edit(func(c *PoolConfig) { c.Decimals[i] = decimals })
		}
		for _, rate := range []uint64{0, 1} {
			edit(func(c *PoolConfig) { c.Rates[i] = *newNum(rate) })
		}
	}
	edit(func(c *PoolConfig) { c.Decimals = c.Decimals[:last] })
	edit(func(c *PoolConfig) { c.Decimals = append(c.Decimals, 18) })
	edit(func(c *PoolConfig) { c.Rates = c.Rates[:last] })
	edit(func(c *PoolConfig) { c.Rates = append(c.Rates, *newNum(domain.One)) })
	edit(func(c *PoolConfig) { c.Weights[last].AddUint64(&c.Weights[last], 1) })
	edit(func(c *PoolConfig) { c.Weights[0].SubUint64(&c.Weights[0], 1) })
	for _, weight := range []uint64{domain.One/100 - 1, domain.One / 100} { // the rest goes to the last, or comes from it
		edit(func(c *PoolConfig) {
			c.Weights[last].Add(&c.Weights[last], &c.Weights[0])
			c.Weights[0] = *newNum(weight)
			c.Weights[last].Sub(&c.Weights[last], &c.Weights[0])
		})
	}
	return list
}

// resize makes the config one for n tokens of equal weight, the first with what n does not divide, and the last like the ones before.
func (c *PoolConfig) resize(n int) {
	decimals, rates := c.Decimals, c.Rates
	c.Decimals, c.Rates, c.Weights = make([]uint8, n), make([]num, n), make([]num, n)
	for i := range n {
		c.Decimals[i], c.Rates[i] = decimals[i%len(decimals)], rates[i%len(rates)]
		c.Weights[i] = *newNum(domain.One / uint64(n))
	}
	c.Weights[0].AddUint64(&c.Weights[0], domain.One%uint64(n))
}

func describeConfig(c *PoolConfig) string {
	kind := fmt.Sprint("kind ", c.Kind)
	if int(c.Kind) < len(domain.PoolKinds) {
		kind = domain.PoolKinds[c.Kind]
	}
	return fmt.Sprintf("%v %s: decimals %v, rates %v, weights %v, swap fee %s, protocol fee %s", c.Rules, kind, c.Decimals, bigs(c.Rates), bigs(c.Weights), c.SwapFee.Dec(), c.ProtocolFee.Dec())
}
