package domain

import (
	"slices"

	"github.com/holiman/uint256"
)

// A script is drawn in three parts: the pool, how much of each token it starts with, and the mix of its steps.

// A style says what the steps of a script are: each operation as often as it stands in the list.
type style struct {
	length int // of the script, at most
	ops    []Op
	batch  int  // one in batch swaps begins a batch of two to eight
	dust   bool // amounts are a few raw units
}

var (
	swapping  = []Op{SwapGivenIn, SwapGivenOut}
	joining   = []Op{JoinExactTokens, JoinExactToken, JoinForBptOneToken, JoinForBptProportional}
	leaving   = []Op{ExitExactTokens, ExitExactToken, ExitBptForOneToken, ExitBptProportional}
	anyOp     = slices.Concat(swapping, swapping, swapping, joining, leaving, []Op{Donate, AdvanceClock, CollectProtocolFees})
	liquidity = slices.Concat(swapping, joining, joining, leaving, leaving, []Op{CollectProtocolFees})
	flashing  = slices.Concat(swapping, swapping, joining, leaving)
	dynamic   = slices.Concat(swapping, swapping, joining, leaving, []Op{AdvanceClock, AdvanceClock, AdvanceClock, ChangeWeights, CollectProtocolFees})
	moving    = slices.Concat(swapping, swapping, joining, leaving, []Op{ChangeRate, ChangeRate, Donate, CollectProtocolFees})
	collected = slices.Concat(swapping, swapping, []Op{CollectProtocolFees, CollectProtocolFees, JoinExactTokens, ExitBptProportional})
)

var sequenceClasses = []class{
	{"typical", script(weighted(anyPool, plain, typicalBalance), style{length: 40, ops: anyOp, batch: 2})},
	{"decimals", script(weighted(anyPool, inDecimals, typicalBalance), style{length: 40, ops: anyOp, batch: 2})},
	{"rates", script(weighted(anyPool, withRates, typicalBalance), style{length: 40, ops: anyOp, batch: 2})},
	{"rates-moving", script(weighted(anyPool, withRates, typicalBalance), style{length: 40, ops: moving, batch: 2})},
	{"dust", script(weighted(anyPool, withRates, dustBalance), style{length: 40, ops: anyOp, batch: 2})},
	{"few-wei", script(weighted(anyPool, withRates, typicalBalance), style{length: 40, ops: flashing, batch: 2, dust: true})},
	{"large", script(weighted(anyPool, plain, largeBalance), style{length: 40, ops: anyOp, batch: 2})},
	{"edge-weights", script(weighted(edgeWeights, inDecimals, typicalBalance), style{length: 40, ops: anyOp, batch: 2})},
	{"50/50", script(weighted(rotatedShape("50/50"), inDecimals, anyBalance), style{length: 40, ops: anyOp, batch: 2})},
	{"batches", script(weighted(anyPool, withRates, typicalBalance), style{length: 60, ops: swapping, batch: 1})},
	{"flash", script(weighted(anyPool, inDecimals, typicalBalance), style{length: 60, ops: flashing, batch: 2})},
	{"liquidity", script(weighted(anyPool, inDecimals, typicalBalance), style{length: 60, ops: liquidity, batch: 1})},
	{"collected", script(weighted(anyPool, plain, typicalBalance), style{length: 40, ops: collected, batch: 2})},
	{"long", script(weighted(anyPool, withRates, typicalBalance), style{length: 100, ops: anyOp, batch: 2})},
	{"managed", script(managed, style{length: 40, ops: dynamic, batch: 1})},
	{"bootstrapping", script(bootstrapping, style{length: 40, ops: dynamic, batch: 1})},
	{"drained", drained},
	{"no-fee", script(library(anyPool, 1), style{length: 40, ops: flashing, batch: 2})},
	{"many", script(library(manyTokens, 0), style{length: 16, ops: anyOp, batch: 1})},
	{"outside", outsideSequence},
}

// tokens draws decimals and rates for n tokens.
type tokens func(s Source, n int) (decimals, rates []uint256.Int)

func plain(_ Source, n int) (decimals, rates []uint256.Int) {
	return slices.Repeat([]uint256.Int{u(18)}, n), slices.Repeat([]uint256.Int{u(One)}, n)
}

func inDecimals(s Source, n int) (decimals, rates []uint256.Int) {
	decimals, rates = plain(s, n)
	for i := range decimals {
		decimals[i] = u(oneOf(s, []uint64{18, 18, 6, 8, 0, 2, 12, 17}))
		if s.Choose(4) == 0 {
			decimals[i] = u(uint64(s.Choose(19)))
		}
	}
	return decimals, rates
}

func withRates(s Source, n int) (decimals, rates []uint256.Int) {
	decimals, rates = inDecimals(s, n)
	for i := range rates {
		if s.Choose(4) > 0 {
			rates[i] = tokenRate(s)
		}
		if s.Choose(2) == 0 { // dust shows where a unit is a wei
			decimals[i] = u(18)
		}
	}
	return decimals, rates
}

// tokenRate draws what a token's unit is worth in its underlying: near 1, as an interest-bearing token's, or 10⁻³ to 10³.
func tokenRate(s Source) uint256.Int {
	switch s.Choose(4) {
	case 0:
		return oneOf(s, []uint256.Int{u(One), plus(u(One), 1), minus(u(One), 1), u(1058132000000000000), u(2 * One), u(One / 2)})
	case 1:
		return between(s, u(One/1000), mostRate)
	default:
		return between(s, u(One), u(2*One))
	}
}

// drawnPool is a pool and the raw amounts it starts with.
type drawnPool struct {
	*Sequence
	start []uint256.Int
}

func weighted(weights func(Source) []uint256.Int, of tokens, balance func(Source) uint256.Int) func(Source) drawnPool {
	return func(s Source) drawnPool {
		c := &Sequence{Rules: uint8(s.Choose(2)), PoolKind: WeightedPool, Weights: weights(s)}
		c.SwapFee = oneOf(s, []uint256.Int{u(1e12), u(1e13), u(1e15), u(3e15), u(1e16), u(1e17)})
		if c.V3() && c.SwapFee == u(1e12) {
			c.SwapFee = u(1e13)
		}
		return finished(s, c, of, balance)
	}
}

// finished draws what every pool has besides weights and swap fee.
func finished(s Source, c *Sequence, of tokens, balance func(Source) uint256.Int) drawnPool {
	n := len(c.Weights)
	c.Decimals, c.Rates = of(s, n)
	c.ProtocolFee = oneOf(s, []uint256.Int{u(0), u(One / 10), u(One / 4), u(One / 2)})
	c.Clock = u(1_700_000_000 + uint64(s.Choose(100_000_000)))
	p := drawnPool{c, make([]uint256.Int, n)}
	for i := range p.start {
		p.start[i] = rawOf(balance(s), c.Decimals[i])
		for c.V3() && belowMinimum(p.start[i], c.Decimals[i], c.Rates[i]) {
			p.start[i].Add(p.start[i].Lsh(&p.start[i], 1), uint256.NewInt(1))
		}
	}
	return p
}

// belowMinimum reports whether v3 refuses a raw balance: live, it is less than 10⁶ wei or than one unit of the token.
func belowMinimum(raw, decimals, rate uint256.Int) bool {
	unit := unitOf(decimals)
	live := mulDiv(raw, unit, u(1))
	live = mulDiv(live, rate, u(One))
	return live.Lt(&minTokenBalance) || live.Lt(&unit)
}

// unitOf returns a token's own unit in wei of 18 decimals.
func unitOf(decimals uint256.Int) uint256.Int {
	unit := u(1)
	for i := decimals.Uint64(); i < 18; i++ {
		unit.Mul(&unit, uint256.NewInt(10))
	}
	return unit
}

// rawOf returns an 18-decimal amount in a token's own units, at least 1.
func rawOf(amount, decimals uint256.Int) uint256.Int {
	unit := unitOf(decimals)
	if amount.Div(&amount, &unit); amount.IsZero() {
		return u(1)
	}
	return amount
}

func managed(s Source) drawnPool {
	n := poolTokens(s)
	if s.Choose(4) == 0 {
		n = oneOf(s, []int{9, 20, 50})
	}
	c := &Sequence{PoolKind: ManagedPool, Weights: simplex(s, n), SwapFee: oneOf(s, []uint256.Int{u(1e12), u(3e15), u(1e17), maxFee})}
	return finished(s, c, inDecimals, typicalBalance)
}

func bootstrapping(s Source) drawnPool {
	c := &Sequence{Rules: uint8(s.Choose(2)), PoolKind: BootstrappingPool, SwapFee: oneOf(s, []uint256.Int{u(1e13), u(1e16), u(1e17)})}
	c.Weights = simplex(s, 2)
	if !c.V3() {
		c.Weights = simplex(s, 2+s.Choose(3))
	}
	return finished(s, c, inDecimals, typicalBalance)
}

// library draws a pool that no contract has; free of fees in one of freeIn, or always for 1, with a fee for 0.
func library(weights func(Source) []uint256.Int, freeIn int) func(Source) drawnPool {
	return func(s Source) drawnPool {
		c := &Sequence{Rules: uint8(s.Choose(2)), PoolKind: LibraryPool, Weights: weights(s)}
		if freeIn == 0 || s.Choose(freeIn) > 0 {
			c.SwapFee = u(3e15)
		}
		return finished(s, c, inDecimals, typicalBalance)
	}
}

func manyTokens(s Source) []uint256.Int {
	n := oneOf(s, []int{20, 50, 50, 100})
	return simplex(s, n)
}

// script draws the steps: initialise, and then the style's mix.
func script(pool func(Source) drawnPool, of style) func(Source) Case {
	return func(s Source) Case {
		p := pool(s)
		p.Steps = append(p.Steps, Step{Op: uint8(Initialise), Amounts: p.start})
		for n := of.length/2 + s.Choose(of.length/2); len(p.Steps) < n; {
			p.Steps = append(p.Steps, p.step(s, of, oneOf(s, of.ops)))
			if !Op(p.Steps[len(p.Steps)-1].Op).Swaps() || s.Choose(of.batch) > 0 {
				continue
			}
			for range 1 + s.Choose(7) {
				next := p.step(s, of, oneOf(s, swapping))
				next.Chained = true
				p.Steps = append(p.Steps, next)
			}
		}
		return p.Sequence
	}
}

// step draws one step of a style.
func (p drawnPool) step(s Source, of style, op Op) Step {
	n := len(p.Weights)
	in := s.Choose(n)
	step := Step{Op: uint8(op), TokenIn: uint8(in), TokenOut: uint8((in + 1 + s.Choose(n-1)) % n)}
	if !step.enters() {
		step.TokenIn = 0
	}
	if !step.leaves() {
		step.TokenOut = 0
	}
	switch op {
	case SwapGivenIn, SwapGivenOut:
		step.Share = shareUpTo(s, u(3*One/10))
	case JoinExactTokens, ExitExactTokens:
		step.Share = shareUpTo(s, u(One/4))
		if s.Choose(2) == 0 { // besides, more of some
			step.Amounts = make([]uint256.Int, n)
			for i := range step.Amounts {
				if s.Choose(2) == 0 {
					step.Amounts[i] = fraction(s, p.start[i])
				}
			}
		}
	case JoinExactToken, ExitExactToken, Donate:
		step.Share = shareUpTo(s, u(One/4))
	case JoinForBptOneToken, JoinForBptProportional:
		step.Share = shareUpTo(s, u(One/4))
		if s.Choose(8) == 0 {
			step.Share = shareUpTo(s, u(2*One))
		}
	case ExitBptForOneToken, ExitBptProportional:
		step.Share = shareUpTo(s, u(3*One/10))
		if s.Choose(16) == 0 { // all, or nearly: more than is not locked
			step.Share = minus(u(One), oneOf(s, []uint64{0, 1, One / 100}))
		}
	case AdvanceClock:
		step.Amount = logUniform(s, 22)
	case ChangeWeights:
		step.Amount, step.Amounts = u(uint64(s.Choose(1000))), simplex(s, n)
		step.Until = plus(logUniform(s, 22), step.Amount.Uint64())
	case ChangeRate:
		step.Share = between(s, u(99*One/100), u(102*One/100))
	}
	if of.dust && op <= Donate && op != JoinExactTokens && op != ExitExactTokens {
		step.Share, step.Amount = u(0), u(uint64(1+s.Choose(100)))
	}
	return step
}

// shareUpTo draws a part of something, of any size, or just at the limit or one raw unit beyond.
func shareUpTo(s Source, limit uint256.Int) uint256.Int {
	switch s.Choose(8) {
	case 0:
		return limit
	case 1, 2, 3:
		return below(s, limit)
	default:
		z := logUniform(s, limit.BitLen())
		if z.Gt(&limit) {
			return limit
		}
		return z
	}
}

// drained draws a script that buys one token out of a pool down to a few wei, trades the dust in whole wei, and sells it back:
// now and then in one batch.
func drained(s Source) Case {
	p := weighted(func(s Source) []uint256.Int { return rotated(s, oneOf(s, []string{"50/50", "80/20"})) }, withRates, dustBalance)(s)
	p.Decimals = slices.Repeat([]uint256.Int{u(18)}, 2)
	if p.Rates[1] == u(One) {
		p.Rates[1] = u(1058132000000000000)
	}
	p.start = []uint256.Int{ofLength(s, 40+s.Choose(20)), ofLength(s, 22+s.Choose(14))}
	p.Steps = []Step{{Op: uint8(Initialise), Amounts: p.start}}
	batched := s.Choose(4) == 0
	swap := func(op Op, in uint8, share, amount uint256.Int) {
		p.Steps = append(p.Steps, Step{Op: uint8(op), TokenIn: in, TokenOut: 1 - in, Share: share, Amount: amount, Chained: batched && len(p.Steps) > 1})
	}
	for range 16 + 3*s.Choose(9) { // 0.71¹⁶ … 0.71⁴⁰
		swap(SwapGivenOut, 0, u(29*One/100), u(0))
	}
	for range 10 + s.Choose(30) {
		if s.Choose(3) > 0 {
			swap(SwapGivenOut, 0, shareUpTo(s, u(One/4)), u(uint64(s.Choose(4))))
		} else {
			swap(SwapGivenIn, 1, shareUpTo(s, u(One/4)), u(uint64(1+s.Choose(20))))
		}
	}
	for range s.Choose(20) {
		swap(SwapGivenIn, 1, u(29*One/100), u(0))
	}
	return p.Sequence
}

// outsideSequence draws a script with something no pool takes: a pool that can't be made, tokens that do not
// exist, lists too short, numbers beyond every limit, operations before there is anything.
func outsideSequence(s Source) Case {
	c := script(weighted(anyPool, withRates, anyBalance), style{length: 40, ops: anyOp, batch: 1})(s).(*Sequence)
	i := 1 + s.Choose(len(c.Steps)/2)
	step := &c.Steps[i]
	switch s.Choose(9) {
	case 8:
		for j := range c.Steps {
			c.Steps[j].TokenOut = c.Steps[j].TokenIn
		}
	case 0:
		c.Weights[0] = around(s, c.Weights[0], 1)
	case 1:
		c.Decimals[0] = u(19)
	case 2:
		c.Rates = oneOf(s, [][]uint256.Int{c.Rates[1:], append([]uint256.Int{u(0)}, c.Rates[1:]...)})
	case 3:
		c.SwapFee, c.ProtocolFee = oneOf(s, []uint256.Int{u(0), u(1e17 + 1), maxUint}), oneOf(s, []uint256.Int{u(0), u(One/2 + 1)})
	case 4:
		step.TokenIn, step.TokenOut = uint8(s.Choose(len(c.Weights)+2)), uint8(s.Choose(len(c.Weights)+2))
	case 5:
		step.Amount, step.Share = logUniform(s, 256), u(0)
	case 6:
		step.Amounts = slices.Repeat([]uint256.Int{logUniform(s, 256)}, s.Choose(len(c.Weights)+2))
	default:
		c.Steps[0], c.Steps[i] = c.Steps[i], c.Steps[0]
	}
	return c
}
