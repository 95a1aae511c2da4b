package exact

import "math/big"

// This file is what happens to a pool beside swaps, joins and exits.

// Donate takes a raw amount of token i for nothing.
func (p *PoolState) Donate(i int, amount *big.Int) (PoolResult, error) {
	return p.operate(func(s *poolStep) {
		s.needSupply()
		s.needToken(i)
		s.receive(i, amount)
	})
}

// AdvanceClock lets seconds pass. Where that changes a weight, V2's next collection takes nothing. Weights that cannot be
// read, before and after alike, do not change.
func (p *PoolState) AdvanceClock(seconds *big.Int) (PoolResult, error) {
	return p.operate(func(s *poolStep) {
		before, _ := s.Weights()
		s.clock = s.rules.add(s.clock, seconds)
		after, _ := s.Weights()
		if (before == nil) != (after == nil) {
			s.forgetInvariant()
			return
		}
		for i := range before {
			if before[i].Cmp(after[i]) != 0 {
				s.forgetInvariant()
			}
		}
	})
}

// ChangeWeights schedules a gradual change from the weights now to the end weights, between two moments in seconds. It
// fails when the pool's weights are fixed, when there is not one weight for each token, when the end is before the start
// or before now, as the weights now do, as a pool's weights do, and when the new schedule does not fit its storage; in
// this order.
func (p *PoolState) ChangeWeights(start, end *big.Int, endWeights []*big.Int) (PoolResult, error) {
	return p.operate(func(s *poolStep) { s.changeWeights(start, end, endWeights) })
}

func (s *poolStep) changeWeights(start, end *big.Int, endWeights []*big.Int) {
	r := s.rules
	if s.kind != ManagedPool && s.kind != BootstrappingPool {
		r.fail(unsupportedOperation)
	}
	s.needAll(endWeights)
	startTime := must(r.ResolveStartTime(start, end, s.clock))
	startWeights := s.weights()
	r.validateWeights(endWeights, minPoolTokens, poolKinds[r][s.kind].maxTokens, minWeight)
	s.schedule = poolSchedule{startTime, copyOf(end), startWeights, copiesOf(endWeights)}
	s.weights()
	if r == V3 {
		err := r.VerifyBootstrappingWeights(startWeights[0], startWeights[1], endWeights[0], endWeights[1])
		if err != nil {
			panic(err)
		}
	}
	s.forgetInvariant()
}

// ChangeRate sets the rate of token i.
func (p *PoolState) ChangeRate(i int, rate *big.Int) (PoolResult, error) {
	return p.operate(func(s *poolStep) {
		s.needToken(i)
		if rate.Sign() == 0 {
			s.rules.fail(zeroRate)
		}
		s.rates[i] = copyOf(rate)
		s.forgetInvariant()
	})
}

// forgetInvariant makes V2's next collection take nothing: what the invariant grew by was not earned by fees alone. In V3
// there is nothing to forget.
func (s *poolStep) forgetInvariant() {
	s.lastInvariant = new(big.Int)
}

// Collect gives the protocol what it is owed: in V2 the BPT for its part of what the invariant grew by, in V3 the fees
// set aside.
func (p *PoolState) Collect() (PoolResult, error) {
	return p.operate(func(s *poolStep) {
		s.needSupply()
		if s.rules == V2 {
			s.collectV2()
			return
		}
		s.result.ProtocolOut = s.setAside
		s.setAside = zeros(len(s.balances))
	})
}

func (s *poolStep) collectV2() {
	r := s.rules
	weights := s.weights()
	invariant := r.invariantDown(weights, s.live())
	if s.lastInvariant.Sign() != 0 {
		growth := r.divDown(invariant, s.lastInvariant)
		due := must(r.DueProtocolFees(growth, s.lastSupply, s.supply, s.protocolFee))
		s.supply = r.add(s.supply, due)
		s.result.ProtocolBpt = due
	}
	s.lastInvariant, s.lastSupply = invariant, s.supply
}
