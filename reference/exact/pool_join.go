package exact

import "math/big"

// minimumSupply is the BPT that initialisation locks for ever.
var minimumSupply = decimal("1e6")

// Initialise makes the first join, with any raw amounts. It fails when there was one before, when there is not one amount
// for each token, as the weights and the scaling do, when V3's minimum is more than a live balance, as the invariant does,
// when the supply is less than what is locked of it, and when the vault cannot hold an amount; in this order.
func (p *PoolState) Initialise(amounts []*big.Int) (PoolResult, error) {
	return p.operate(func(s *poolStep) { s.initialise(amounts) })
}

func (s *poolStep) initialise(amounts []*big.Int) {
	r := s.rules
	if s.supply.Sign() != 0 {
		r.fail(alreadyInitialized)
	}
	s.needAll(amounts)
	weights := s.weights()
	balances := eachOf(s.scaledDown, amounts)
	if r == V3 {
		mins := s.minimums()
		for i, balance := range balances {
			r.checkMinimum(i, balance, mins)
		}
	}
	invariant := r.invariantDown(weights, balances)
	supply := invariant
	if r == V2 {
		tokens := big.NewInt(int64(len(amounts)))
		supply = r.product(invariant, tokens, mulOverflow)
	}
	if supply.Cmp(minimumSupply) < 0 {
		r.fail(supplyTooLow)
	}

	for i, amount := range amounts {
		s.receive(i, amount)
	}
	s.supply = minimumSupply
	s.mint(minus(supply, minimumSupply))
	if r == V2 {
		s.lastInvariant, s.lastSupply = invariant, supply
	}
}

// JoinExactTokens takes exactly these raw amounts and gives BPT for them.
func (p *PoolState) JoinExactTokens(amounts []*big.Int) (PoolResult, error) {
	return p.operate(func(s *poolStep) {
		s.needSupply()
		s.needAll(amounts)
		s.joinExactTokens(amounts)
	})
}

func (s *poolStep) joinExactTokens(amounts []*big.Int) {
	weights := s.weights()
	balances := s.liveForJoin()
	scaled := eachOf(s.scaledDown, amounts)
	if s.rules == V2 {
		bpt := must(s.rules.BptOutGivenExactTokensIn(weights, balances, scaled, s.supply, s.swapFee))
		s.join(amounts, bpt, nil)
		return
	}
	bpt, fees := must2(s.rules.AddUnbalanced(weights, balances, scaled, s.supply, s.swapFee))
	s.join(amounts, bpt, fees)
}

// JoinExactToken takes exactly this raw amount of token i and gives BPT for it.
func (p *PoolState) JoinExactToken(i int, amount *big.Int) (PoolResult, error) {
	return p.operate(func(s *poolStep) {
		s.needSupply()
		s.needToken(i)
		amounts := s.only(i, amount)
		if s.rules == V3 {
			s.joinExactTokens(amounts)
			return
		}
		weights := s.weights()
		balance := s.scaledDown(i, s.balances[i])
		scaled := s.scaledDown(i, amount)
		bpt := must(s.rules.BptOutGivenExactTokenIn(weights[i], balance, scaled, s.supply, s.swapFee))
		s.join(amounts, bpt, nil)
	})
}

// JoinForBptOneToken gives exactly this BPT and takes token i for it.
func (p *PoolState) JoinForBptOneToken(i int, bpt *big.Int) (PoolResult, error) {
	return p.operate(func(s *poolStep) {
		s.needSupply()
		s.needToken(i)
		weights := s.weights()
		if s.rules == V2 {
			balance := s.scaledDown(i, s.balances[i])
			amount := must(s.rules.TokenInGivenExactBptOut(weights[i], balance, bpt, s.supply, s.swapFee))
			s.join(s.only(i, s.rawIn(i, amount)), bpt, nil)
			return
		}
		amount, fee := must2(s.rules.AddSingleExactOut(weights, s.liveForJoin(), i, bpt, s.supply, s.swapFee))
		s.join(s.only(i, s.rawIn(i, amount)), bpt, s.only(i, fee))
	})
}

// JoinForBptProportional gives exactly this BPT and takes of each token in proportion. No fee, and the weights are not
// read.
func (p *PoolState) JoinForBptProportional(bpt *big.Int) (PoolResult, error) {
	return p.operate(func(s *poolStep) {
		s.needSupply()
		scaled := must(s.rules.ProportionalAmountsIn(s.liveForJoin(), s.supply, bpt))
		amounts := eachOf(s.rawIn, scaled)
		s.join(amounts, bpt, nil)
	})
}

// join moves a join's raw amounts in, sets the protocol's share of its fees aside, and mints. There are no fees in V2
// (they stay with the pool) and in proportional joins.
func (s *poolStep) join(amounts []*big.Int, bpt *big.Int, fees []*big.Int) {
	for i, amount := range amounts {
		s.receive(i, amount)
	}
	s.mint(bpt)
	s.settle(fees)
}

// settle ends a join or an exit: V3's protocol takes its share of the fees, and V3's minimums must still be there.
func (s *poolStep) settle(fees []*big.Int) {
	for i, fee := range fees {
		s.shareFee(i, fee)
	}
	if s.rules == V3 {
		s.checkMinimums()
	}
}

// only returns a list for all tokens with value for token i and 0 for the others.
func (p *PoolState) only(i int, value *big.Int) []*big.Int {
	values := zeros(len(p.balances))
	values[i] = value
	return values
}
