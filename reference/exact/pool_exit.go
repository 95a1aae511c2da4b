package exact

import "math/big"

// ExitExactTokens pays exactly these raw amounts and takes BPT for them. V3 has no such exit.
func (p *PoolState) ExitExactTokens(amounts []*big.Int) (PoolResult, error) {
	return p.operate(func(s *poolStep) {
		s.needSupply()
		s.needAll(amounts)
		if s.rules == V3 {
			s.rules.fail(unsupportedOperation)
		}
		weights := s.weights()
		balances := s.live()
		scaled := eachOf(s.scaledLeaving, amounts)
		bpt := must(s.rules.BptInGivenExactTokensOut(weights, balances, scaled, s.supply, s.swapFee))
		s.exit(amounts, bpt, nil)
	})
}

// ExitExactToken pays exactly this raw amount of token i and takes BPT for it.
func (p *PoolState) ExitExactToken(i int, amount *big.Int) (PoolResult, error) {
	return p.operate(func(s *poolStep) {
		s.needSupply()
		s.needToken(i)
		weights := s.weights()
		amounts := s.only(i, amount)
		if s.rules == V2 {
			balance := s.scaledDown(i, s.balances[i])
			scaled := s.scaledLeaving(i, amount)
			bpt := must(s.rules.BptInGivenExactTokenOut(weights[i], balance, scaled, s.supply, s.swapFee))
			s.exit(amounts, bpt, nil)
			return
		}
		scaled := s.scaledLeaving(i, amount)
		bpt, fee := must2(s.rules.RemoveSingleExactOut(weights, s.live(), i, scaled, s.supply, s.swapFee))
		s.exit(amounts, bpt, s.only(i, fee))
	})
}

// ExitBptForOneToken takes exactly this BPT and pays token i for it.
func (p *PoolState) ExitBptForOneToken(i int, bpt *big.Int) (PoolResult, error) {
	return p.operate(func(s *poolStep) {
		s.needSupply()
		s.needToken(i)
		weights := s.weights()
		if s.rules == V2 {
			balance := s.scaledDown(i, s.balances[i])
			amount := must(s.rules.TokenOutGivenExactBptIn(weights[i], balance, bpt, s.supply, s.swapFee))
			s.exit(s.only(i, s.rawOut(i, amount)), bpt, nil)
			return
		}
		amount, fee := must2(s.rules.RemoveSingleExactIn(weights, s.live(), i, bpt, s.supply, s.swapFee))
		s.exit(s.only(i, s.rawOut(i, amount)), bpt, s.only(i, fee))
	})
}

// ExitBptProportional takes exactly this BPT and pays of each token in proportion. No fee, and the weights are not read.
func (p *PoolState) ExitBptProportional(bpt *big.Int) (PoolResult, error) {
	return p.operate(func(s *poolStep) {
		s.needSupply()
		scaled := must(s.rules.ProportionalAmountsOut(s.live(), s.supply, bpt))
		amounts := eachOf(s.rawOut, scaled)
		s.exit(amounts, bpt, nil)
	})
}

// exit burns an exit's BPT, moves its raw amounts out, and sets the protocol's share of its fees aside.
func (s *poolStep) exit(amounts []*big.Int, bpt *big.Int, fees []*big.Int) {
	s.burn(bpt)
	for i, amount := range amounts {
		s.pay(i, amount)
	}
	s.settle(fees)
}
