package exact

import "math/big"

// PoolSwap asks for a swap of exactly Amount raw of token In, or for exactly Amount raw of token Out when GivenOut.
type PoolSwap struct {
	In, Out  int
	Amount   *big.Int
	GivenOut bool
}

// Swap makes one swap. It fails before initialisation, when a token does not exist, when the amount is 0, when both
// tokens are one, and as the scaling, the fee and the swap do; in this order.
func (p *PoolState) Swap(swap PoolSwap) (PoolResult, error) {
	return p.operate(func(s *poolStep) {
		s.needSupply()
		s.swap(swap)
	})
}

// BatchSwap makes swaps in order, each on the state that the one before left, as one operation: all of them, or none.
// What its result says to have come in and gone out is the sum over the swaps.
func (p *PoolState) BatchSwap(swaps []PoolSwap) (PoolResult, error) {
	return p.operate(func(s *poolStep) {
		s.needSupply()
		for _, swap := range swaps {
			s.swap(swap)
		}
	})
}

func (s *poolStep) swap(swap PoolSwap) {
	s.needToken(swap.In)
	s.needToken(swap.Out)
	if swap.Amount.Sign() == 0 {
		s.rules.fail(zeroAmount)
	}
	if swap.In == swap.Out {
		s.rules.fail(sameToken)
	}
	switch {
	case s.rules == V2 && !swap.GivenOut:
		s.swapGivenInV2(swap.In, swap.Out, swap.Amount)
	case s.rules == V2 && swap.GivenOut:
		s.swapGivenOutV2(swap.In, swap.Out, swap.Amount)
	case s.rules == V3 && !swap.GivenOut:
		s.swapGivenInV3(swap.In, swap.Out, swap.Amount)
	case s.rules == V3 && swap.GivenOut:
		s.swapGivenOutV3(swap.In, swap.Out, swap.Amount)
	}
}

func (s *poolStep) swapGivenInV2(i, j int, amount *big.Int) {
	r, w := s.rules, s.weights()
	fee := r.mulUp(amount, s.swapFee)
	net := r.sub(amount, fee)
	balanceIn := s.scaledDown(i, s.balances[i])
	balanceOut := s.scaledDown(j, s.balances[j])
	scaled := s.scaledDown(i, net)
	out := r.outGivenIn(balanceIn, w[i], balanceOut, w[j], scaled)
	rawOut := s.rawOut(j, out)

	s.receive(i, amount)
	s.pay(j, rawOut)
}

func (s *poolStep) swapGivenOutV2(i, j int, amount *big.Int) {
	r, w := s.rules, s.weights()
	balanceIn := s.scaledDown(i, s.balances[i])
	balanceOut := s.scaledDown(j, s.balances[j])
	scaled := s.scaledLeaving(j, amount)
	in := r.inGivenOut(balanceIn, w[i], balanceOut, w[j], scaled)
	rawIn := s.rawIn(i, in)
	gross := r.divUp(rawIn, complement(s.swapFee))

	s.receive(i, gross)
	s.pay(j, amount)
}

func (s *poolStep) swapGivenInV3(i, j int, amount *big.Int) {
	r := s.rules
	scaled := s.scaledDown(i, amount)
	fee := r.mulUp(scaled, s.swapFee)
	net := r.sub(scaled, fee)
	out := s.onSwap(i, j, net, false)
	rawOut := s.rawOut(j, out)

	s.receive(i, amount)
	s.pay(j, rawOut)
	s.shareFee(i, fee)
}

func (s *poolStep) swapGivenOutV3(i, j int, amount *big.Int) {
	r := s.rules
	scaled := s.scaledLeaving(j, amount)
	in := s.onSwap(i, j, scaled, true)
	fee := r.mulDivUp(in, s.swapFee, complement(s.swapFee))
	gross := r.add(in, fee)
	rawIn := s.rawIn(i, gross)

	s.receive(i, rawIn)
	s.pay(j, amount)
	s.shareFee(i, fee)
}

// onSwap asks V3's pool contract. The live balances of the other tokens are not read.
func (s *poolStep) onSwap(i, j int, amount *big.Int, givenOut bool) *big.Int {
	balances := make([]*big.Int, len(s.balances))
	balances[i] = s.scaledDown(i, s.balances[i])
	balances[j] = s.scaledDown(j, s.balances[j])
	return s.rules.onSwap(s.weights(), s.minimums(), balances, i, j, amount, givenOut)
}
