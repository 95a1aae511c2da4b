package exact

import "math/big"

// This file is what the operations of a pool over time have in common: their result, their tests, and how amounts are
// scaled and moved.

// PoolResult is what one operation moved between the pool and the outside: raw amounts per token, gross (what comes in is
// not netted against what goes out), and BPT. The BPT that initialisation locks is in none of them.
type PoolResult struct {
	AmountsIn, AmountsOut []*big.Int
	BptOut, BptIn         *big.Int   // to the user, from the user
	ProtocolOut           []*big.Int // V3: fees paid out to the protocol, raw
	ProtocolBpt           *big.Int   // V2: minted to the protocol
}

// poolStep is one operation under way: the state that it makes and the amounts that it moves.
type poolStep struct {
	PoolState
	result PoolResult
}

// operate runs an operation on a copy of the pool, and replaces the pool's state by the copy if it does not fail.
func (p *PoolState) operate(operation func(*poolStep)) (result PoolResult, err error) {
	defer caught(&err)
	n := len(p.balances)
	step := &poolStep{*p.Clone(), PoolResult{
		AmountsIn:   zeros(n),
		AmountsOut:  zeros(n),
		BptOut:      new(big.Int),
		BptIn:       new(big.Int),
		ProtocolOut: zeros(n),
		ProtocolBpt: new(big.Int),
	}}
	operation(step)
	*p = step.PoolState
	return step.result, nil
}

// must returns a step's value, or ends the operation with the step's failure.
func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

// must2 is must for a step of two values.
func must2[T, U any](first T, second U, err error) (T, U) {
	if err != nil {
		panic(err)
	}
	return first, second
}

// needSupply fails before initialisation.
func (p *PoolState) needSupply() {
	if p.supply.Sign() == 0 {
		p.rules.fail(notInitialized)
	}
}

// needToken fails when the pool has no token i.
func (p *PoolState) needToken(i int) {
	p.rules.at(p.balances, i)
}

// needAll fails unless there is one value for each token.
func (p *PoolState) needAll(values []*big.Int) {
	if len(values) != len(p.balances) {
		p.rules.fail(lengthMismatch)
	}
}

// Weights returns the weights now. They can fail to be read where they do not fit the bits of their storage.
func (p *PoolState) Weights() (weights []*big.Int, err error) {
	defer caught(&err)
	return p.weights(), nil
}

func (p *PoolState) weights() []*big.Int {
	r, s := p.rules, p.schedule
	switch {
	case p.kind == ManagedPool:
		return must(r.ManagedWeights(s.startTime, s.endTime, s.startWeights, s.endWeights, p.clock))
	case p.kind == BootstrappingPool && r == V2:
		return must(r.BootstrappingWeightsV2(s.startTime, s.endTime, s.startWeights, s.endWeights, p.clock))
	case p.kind == BootstrappingPool && r == V3:
		project, reserve := must2(r.BootstrappingWeightsV3(s.startWeights[0], s.endWeights[0], s.startTime, s.endTime, p.clock))
		return []*big.Int{project, reserve}
	}
	return copiesOf(s.endWeights)
}

// scalingFactor is V2's F = 10¹⁸·10^(18−decimals)·ρ.
func (p *PoolState) scalingFactor(i int) *big.Int {
	return must(p.rules.ScalingFactor(p.decimals[i], p.rates[i]))
}

// decimalFactor is V3's f = 10^(18−decimals).
func (p *PoolState) decimalFactor(i int) *big.Int {
	return p.rules.factor(p.decimals[i])
}

// scaledDown is what a raw balance, or a raw amount that comes in, counts for.
func (p *PoolState) scaledDown(i int, raw *big.Int) *big.Int {
	if p.rules == V2 {
		return must(p.rules.Upscale(raw, p.scalingFactor(i)))
	}
	return must(p.rules.ToScaled18Down(raw, p.decimalFactor(i), p.rates[i]))
}

// scaledLeaving is what a raw amount that is to leave counts for.
func (p *PoolState) scaledLeaving(i int, raw *big.Int) *big.Int {
	if p.rules == V2 {
		return must(p.rules.Upscale(raw, p.scalingFactor(i)))
	}
	return must(p.rules.ToScaled18Up(raw, p.decimalFactor(i), must(p.rules.RateUp(p.rates[i]))))
}

// rawIn is the raw amount to ask for a scaled one.
func (p *PoolState) rawIn(i int, scaled *big.Int) *big.Int {
	if p.rules == V2 {
		return must(p.rules.DownscaleUp(scaled, p.scalingFactor(i)))
	}
	return must(p.rules.ToRawUp(scaled, p.decimalFactor(i), p.rates[i]))
}

// rawOut is the raw amount to pay for a scaled one.
func (p *PoolState) rawOut(i int, scaled *big.Int) *big.Int {
	if p.rules == V2 {
		return must(p.rules.DownscaleDown(scaled, p.scalingFactor(i)))
	}
	return must(p.rules.ToRawDown(scaled, p.decimalFactor(i), must(p.rules.RateUp(p.rates[i]))))
}

// eachOf applies a scaling to a list of one value for each token.
func eachOf(scale func(int, *big.Int) *big.Int, values []*big.Int) []*big.Int {
	scaled := make([]*big.Int, len(values))
	for i, value := range values {
		scaled[i] = scale(i, value)
	}
	return scaled
}

// live returns the live balances.
func (p *PoolState) live() []*big.Int {
	return eachOf(p.scaledDown, p.balances)
}

// liveForJoin returns the live balances as joins see them: V3 rounds them up.
func (p *PoolState) liveForJoin() []*big.Int {
	if p.rules == V2 {
		return p.live()
	}
	return eachOf(func(i int, balance *big.Int) *big.Int {
		return must(p.rules.ToScaled18Up(balance, p.decimalFactor(i), p.rates[i]))
	}, p.balances)
}

// minimums returns V3's minimum live balances: max(10⁶, 10^(18−decimals)).
func (p *PoolState) minimums() []*big.Int {
	mins := make([]*big.Int, len(p.balances))
	for i := range mins {
		mins[i] = minTokenBalance
		if factor := p.decimalFactor(i); factor.Cmp(mins[i]) > 0 {
			mins[i] = factor
		}
	}
	return mins
}

// receive moves a raw amount of token i into the pool. It fails when the vault cannot hold the new balance.
func (s *poolStep) receive(i int, amount *big.Int) {
	balance := s.rules.add(s.balances[i], amount)
	if balance.Cmp(balanceLimit[s.rules]) >= 0 {
		s.rules.fail(balanceOverflow)
	}
	s.balances[i] = balance
	s.result.AmountsIn[i] = plus(s.result.AmountsIn[i], amount)
}

// pay moves a raw amount of token i out of the pool.
func (s *poolStep) pay(i int, amount *big.Int) {
	s.balances[i] = s.rules.sub(s.balances[i], amount)
	s.result.AmountsOut[i] = plus(s.result.AmountsOut[i], amount)
}

// mint gives BPT to the user.
func (s *poolStep) mint(bpt *big.Int) {
	s.supply = s.rules.add(s.supply, bpt)
	s.result.BptOut = plus(s.result.BptOut, bpt)
}

// burn takes BPT from the user. What initialisation locked cannot be burnt.
func (s *poolStep) burn(bpt *big.Int) {
	if bpt.Cmp(minus(s.supply, minimumSupply)) > 0 {
		s.rules.fail(lockedSupply)
	}
	s.supply = minus(s.supply, bpt)
	s.result.BptIn = plus(s.result.BptIn, bpt)
}

// shareFee sets the protocol's share of a fee of V3 aside. The fee is an 18-decimal amount of token i.
func (s *poolStep) shareFee(i int, fee *big.Int) {
	rawFee := must(s.rules.ToRawDown(fee, s.decimalFactor(i), s.rates[i]))
	share := s.rules.mulDown(rawFee, s.protocolFee)
	s.balances[i] = s.rules.sub(s.balances[i], share)
	s.setAside[i] = s.rules.add(s.setAside[i], share)
}

// checkMinimums fails when V3's minimum is more than the live balance of a token, the lowest index first.
func (s *poolStep) checkMinimums() {
	mins := s.minimums()
	for i, balance := range s.balances {
		s.rules.checkMinimum(i, s.scaledDown(i, balance), mins)
	}
}
