package domain

import (
	"fmt"
	"slices"
	"strings"

	"github.com/holiman/uint256"
)

// A Sequence is a script: a pool, and what is done to it step by step. Weights, rates and fees are 18-decimal fixed
// point, the clock is in seconds. The pool has no tokens and no supply until a step initialises it.
type Sequence struct {
	named
	Rules    uint8 // 0 for v2, 1 for v3
	PoolKind uint8 // its place in PoolKinds

	Decimals, Rates, Weights []uint256.Int // one of each for every token
	SwapFee, ProtocolFee     uint256.Int
	Clock                    uint256.Int

	Steps []Step
}

// PoolKinds are the kinds of pools that sequences run on (SPEC, "A pool over time").
var PoolKinds = []string{"weighted", "managed", "bootstrapping", "library"}

// The places of pool kinds in PoolKinds.
const (
	WeightedPool uint8 = iota
	ManagedPool
	BootstrappingPool
	LibraryPool
)

var ruleNames = []string{"v2", "v3"}

// MaxSteps is the most steps a sequence holds: its length fits a byte.
const MaxSteps = 255

// An Op is what a step does.
type Op uint8

// The operations of a pool over time (SPEC, "A pool over time").
const (
	Initialise Op = iota
	SwapGivenIn
	SwapGivenOut
	JoinExactTokens
	JoinExactToken
	JoinForBptOneToken
	JoinForBptProportional
	ExitExactTokens
	ExitExactToken
	ExitBptForOneToken
	ExitBptProportional
	Donate
	AdvanceClock
	ChangeWeights
	ChangeRate
	CollectProtocolFees
)

var opNames = []string{"initialise", "swap-in", "swap-out", "join-tokens", "join-token", "join-for-bpt", "join-all-for-bpt",
	"exit-tokens", "exit-token", "exit-bpt", "exit-bpt-for-all", "donate", "clock", "weights", "rate", "collect"}

// String returns the operation's name in scripts.
func (o Op) String() string { return opNames[o] }

// Swaps reports whether the operation is a swap.
func (o Op) Swaps() bool { return o == SwapGivenIn || o == SwapGivenOut }

// A Step is one operation. What it moves is Amount, and besides the part Share of what there is: of the raw balance of
// the token that the amount is of, of the supply for BPT, of the rate for a rate. A script that says "a tenth of the balance" stays one when
// steps before it are dropped; one that says "17 wei" means 17.
type Step struct {
	Op      uint8 // an Op
	Chained bool  // a swap that belongs to the batch of the swap before it

	TokenIn  uint8 // the token that goes in, or whose rate changes
	TokenOut uint8 // the token that goes out

	Amount uint256.Int // raw units of a token, wei of BPT, seconds, or a rate, as the operation asks
	Share  uint256.Int // 18-decimal
	Until  uint256.Int // seconds from now to the end of a change of weights, which starts in Amount seconds
	// Amounts are raw amounts of every token, to which Share adds; or the weights at the end of a change.
	Amounts []uint256.Int
}

func (s *Step) fields() []field {
	return []field{
		{name: "op", small: &s.Op, max: uint8(len(opNames) - 1), names: opNames},
		{name: "chained", flag: &s.Chained},
		{name: "tokenIn", small: &s.TokenIn, max: MaxTokens - 1},
		{name: "tokenOut", small: &s.TokenOut, max: MaxTokens - 1},
		{name: "amount", num: &s.Amount},
		{name: "share", unit: fixed, num: &s.Share},
		{name: "until", num: &s.Until},
		{name: "amounts", list: &s.Amounts},
	}
}

func (s Step) clone() Step {
	s.Amounts = slices.Clone(s.Amounts)
	return s
}

func (s Step) equal(t Step) bool {
	a, b := s.fields(), t.fields()
	for i := range a {
		if !a[i].equal(b[i]) {
			return false
		}
	}
	return true
}

// String writes a step on one line.
func (s Step) String() string {
	var b strings.Builder
	b.WriteString(Op(s.Op).String())
	for _, f := range s.fields()[1:] {
		switch {
		case f.small == nil && f.zero(), f.small == &s.TokenIn && !s.enters(), f.small == &s.TokenOut && !s.leaves():
		default:
			fmt.Fprintf(&b, " %s %s", f.name, f.describe())
		}
	}
	return b.String()
}

// enters and leaves report whether a step has one token in, and one out.
func (s *Step) enters() bool {
	return Op(s.Op).Swaps() || slices.Contains([]Op{JoinExactToken, JoinForBptOneToken, Donate, ChangeRate}, Op(s.Op))
}

func (s *Step) leaves() bool {
	return Op(s.Op).Swaps() || Op(s.Op) == ExitExactToken || Op(s.Op) == ExitBptForOneToken
}

// Kind implements Case.
func (c *Sequence) Kind() Kind { return KindSequence }

// V3 reports whether the pool follows v3's rules.
func (c *Sequence) V3() bool { return c.Rules == 1 }

// PoolValid implements Case: a pool that can be made of contracts, with at most 18 decimals and rates between 10⁻³ and 10³.
func (c *Sequence) PoolValid() bool {
	return c.PoolKind != LibraryPool && len(c.Weights) <= 50 && (c.PoolKind == ManagedPool || poolWeights(c.Weights)) &&
		!slices.ContainsFunc(c.Decimals, func(d uint256.Int) bool { return d.Gt(uint256.NewInt(18)) }) &&
		!slices.ContainsFunc(c.Rates, func(r uint256.Int) bool { return r.Lt(uint256.NewInt(One/1000)) || r.Gt(&mostRate) })
}

var mostRate = dec("1000000000000000000000")

func (c *Sequence) fields() []field {
	return []field{
		{name: "rules", small: &c.Rules, max: 1, names: ruleNames},
		{name: "pool", small: &c.PoolKind, max: uint8(len(PoolKinds) - 1), names: PoolKinds},
		{name: "decimals", list: &c.Decimals},
		{name: "rates", unit: fixed, list: &c.Rates},
		{name: "weights", unit: fixed, list: &c.Weights},
		{name: "swapFee", unit: fixed, num: &c.SwapFee},
		{name: "protocolFee", unit: fixed, num: &c.ProtocolFee},
		{name: "clock", num: &c.Clock},
		{name: "steps", steps: &c.Steps},
	}
}

func (c *Sequence) empty() Case { return new(Sequence) }

// simpler lists simpler scripts than c that differ in more than one field: fewer steps, fewer tokens, equal weights.
func (c *Sequence) simpler() []Case {
	var list []Case
	edit := func(change func(*Sequence)) {
		d := Clone(c).(*Sequence)
		change(d)
		list = append(list, d)
	}
	for n := max(1, len(c.Steps)/2); n >= 1; n /= 2 { // drop n steps in a row, from the end
		for last := len(c.Steps); last-n >= 0; last -= n {
			edit(func(d *Sequence) { d.Steps = slices.Delete(d.Steps, last-n, last) })
		}
	}
	if len(c.Weights) > 2 {
		for token := len(c.Weights) - 1; token >= 0; token-- {
			edit(func(d *Sequence) { d.dropToken(token) })
		}
	}
	equal := equalWeights(len(c.Weights))
	if !slices.Equal(c.Weights, equal) {
		edit(func(d *Sequence) { d.Weights = equal })
	}
	for i := range c.Steps {
		if s := &c.Steps[i]; Op(s.Op) == ChangeWeights && !slices.Equal(s.Amounts, c.Weights) {
			edit(func(d *Sequence) { d.Steps[i].Amounts = slices.Clone(c.Weights) })
		}
	}
	return list
}

// dropToken takes a token out of the pool and of every step; its weight goes to the first that is left.
func (c *Sequence) dropToken(token int) {
	spread := func(list *[]uint256.Int) {
		if token < len(*list) {
			w := (*list)[token]
			*list = slices.Delete(*list, token, token+1)
			if len(*list) > 0 {
				(*list)[0].Add(&(*list)[0], &w)
			}
		}
	}
	drop := func(list *[]uint256.Int) {
		if token < len(*list) {
			*list = slices.Delete(*list, token, token+1)
		}
	}
	drop(&c.Decimals)
	drop(&c.Rates)
	spread(&c.Weights)
	c.Steps = slices.DeleteFunc(c.Steps, func(s Step) bool {
		return slices.Contains(s.tokens(), uint8(token))
	})
	for i := range c.Steps {
		s := &c.Steps[i]
		if Op(s.Op) == ChangeWeights {
			spread(&s.Amounts)
		} else {
			drop(&s.Amounts)
		}
		for _, index := range []*uint8{&s.TokenIn, &s.TokenOut} {
			if int(*index) > token {
				*index--
			}
		}
	}
}

// tokens lists the tokens that a step is about, if it is not about all.
func (s *Step) tokens() (list []uint8) {
	if s.enters() {
		list = append(list, s.TokenIn)
	}
	if s.leaves() {
		list = append(list, s.TokenOut)
	}
	return list
}

// equalWeights returns n weights that sum to ONE; the first takes what n does not divide.
func equalWeights(n int) []uint256.Int {
	if n == 0 {
		return nil
	}
	list := slices.Repeat([]uint256.Int{u(One / uint64(n))}, n)
	list[0] = plus(list[0], One%uint64(n))
	return list
}
