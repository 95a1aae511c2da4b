package liquidity

import (
	"github.com/holiman/uint256"

	"github.com/trueweight/trueweight/impl/fixedpoint"
	"github.com/trueweight/trueweight/impl/logexp"
	"github.com/trueweight/trueweight/impl/revert"
	"github.com/trueweight/trueweight/impl/weighted"
)

// steps carries out a formula one rounding at a time and keeps the first
// failure: every step after it is 0 and fails no more. So a formula reads as the
// specification's, and fails as its first failing step does, innermost first.
type steps struct{ failure error }

// result returns z, or 0 and the first failure.
func (s *steps) result(z uint256.Int) (uint256.Int, error) {
	if s.failure != nil {
		return uint256.Int{}, s.failure
	}
	return z, nil
}

// results returns y and z, or zeros and the first failure.
func (s *steps) results(y, z uint256.Int) (uint256.Int, uint256.Int, error) {
	if s.failure != nil {
		return uint256.Int{}, uint256.Int{}, s.failure
	}
	return y, z, nil
}

func (s *steps) do(f func(a, b uint256.Int) (uint256.Int, error), a, b uint256.Int) (z uint256.Int) {
	if s.failure == nil {
		z, s.failure = f(a, b)
	}
	return z
}

func (s *steps) add(a, b uint256.Int) uint256.Int     { return s.do(fixedpoint.Add, a, b) }
func (s *steps) sub(a, b uint256.Int) uint256.Int     { return s.do(fixedpoint.Sub, a, b) }
func (s *steps) mulDown(a, b uint256.Int) uint256.Int { return s.do(fixedpoint.MulDown, a, b) }
func (s *steps) mulUp(a, b uint256.Int) uint256.Int   { return s.do(fixedpoint.MulUp, a, b) }
func (s *steps) divDown(a, b uint256.Int) uint256.Int { return s.do(fixedpoint.DivDown, a, b) }
func (s *steps) divUp(a, b uint256.Int) uint256.Int   { return s.do(fixedpoint.DivUp, a, b) }
func (s *steps) powDown(x, y uint256.Int) uint256.Int { return s.do(logexp.PowDown, x, y) }
func (s *steps) powUp(x, y uint256.Int) uint256.Int   { return s.do(logexp.PowUp, x, y) }

// mulDivDown returns ⌊a·b / c⌋ of plain integers. It fails when a·b ≥ 2²⁵⁶, and
// then when c = 0.
func (s *steps) mulDivDown(a, b, c uint256.Int) uint256.Int {
	if _, overflow := a.MulOverflow(&a, &b); overflow && s.failure == nil {
		s.failure = revert.ErrMulOverflow
	}
	return s.do(fixedpoint.MathDivDown, a, c)
}

// mulDivUp returns ⌈a·b / c⌉ of plain integers. It fails when c = 0, and then
// when a·b ≥ 2²⁵⁶.
func (s *steps) mulDivUp(a, b, c uint256.Int) (z uint256.Int) {
	if s.failure == nil {
		z, s.failure = fixedpoint.MulDivUp(a, b, c)
	}
	return z
}

func (s *steps) invariantDown(weights, balances []uint256.Int) (z uint256.Int) {
	if s.failure == nil {
		z, s.failure = weighted.InvariantDown(weights, balances)
	}
	return z
}

func (s *steps) invariantUp(weights, balances []uint256.Int) (z uint256.Int) {
	if s.failure == nil {
		z, s.failure = weighted.InvariantUp(weights, balances)
	}
	return z
}

// balanceAtRatio returns the balance of one token, rounded up, at which the
// invariant is ratio times what it is.
func (s *steps) balanceAtRatio(balance, weight, ratio uint256.Int) (z uint256.Int) {
	if s.failure == nil {
		z, s.failure = weighted.BalanceGivenInvariantRatio(balance, weight, ratio)
	}
	return z
}

// at returns the element of a list. It fails when the list has none there.
func (s *steps) at(list []uint256.Int, index int) uint256.Int {
	if 0 <= index && index < len(list) {
		return list[index]
	}
	if s.failure == nil {
		s.failure = revert.ErrArrayIndex
	}
	return uint256.Int{}
}

// joinLimit fails when an invariant ratio is more than one join may reach.
func (s *steps) joinLimit(ratio uint256.Int) {
	if s.failure == nil && ratio.Gt(&maxInvariantRatio) {
		s.failure = revert.InvariantRatioAboveMax(ratio, maxInvariantRatio)
	}
}

// exitLimit fails when an invariant ratio is less than one exit may leave.
func (s *steps) exitLimit(ratio uint256.Int) {
	if s.failure == nil && ratio.Lt(&minInvariantRatio) {
		s.failure = revert.InvariantRatioBelowMin(ratio, minInvariantRatio)
	}
}
