package domain

import (
	"slices"

	"github.com/holiman/uint256"
)

// The limits of real pools (SPEC, "Weighted math": Limits).
var (
	minWeight     = u(One / 100)
	maxBalance    = minus(pow2(112), 1) // v2 packs a raw balance into 112 bits
	maxFee        = dec("950000000000000000")
	maxInOutRatio = u(3 * One / 10)
	minRatio      = u(7 * One / 10)
	maxRatio      = dec("3000000000000000000")
)

const maxPoolTokens = 8

// boundaries are the numbers at which SPEC's algorithms change course, and the
// edges of the types they pass through.
var boundaries = []uint256.Int{
	u(0), u(1), u(2), u(10000), u(1_000_000),
	minWeight, u(One / 2), u(7 * One / 10), u(9 * One / 10), u(One), u(11 * One / 10),
	u(2 * One), dec("3000000000000000000"), dec("4000000000000000000"),
	dec("41000000000000000000"), dec("130000000000000000000"),
	dec("10000000000000000000000"), // 10⁴·10¹⁸: where ⌈r/10¹⁴⌉ reaches a wei more for whole tokens
	pow2(112), pow2(128), dec("1000000000000000000000000000000000000"),
	dec("289480223093290488558927462521719769633174961664101410098"),                     // 2²⁵⁴/10²⁰: pow's exponent limit
	dec("115792089237316195423570985008687907853269984665640564039457"),                  // ⌊(2²⁵⁶−1)/10¹⁸⌋: mul and div overflow
	dec("11579208923731619542357098500868790785326998466564056403945758400791312963993"), // ⌊(2²⁵⁶−1)/10⁴… of pow's allowance⌋
	pow2(254), pow2(255), maxUint,
}

// atBoundary draws a boundary, or a number up to two away from one.
func atBoundary(s Source) uint256.Int { return around(s, oneOf(s, boundaries), 2) }

// simplex draws n weights that sum to ONE, each at least 1 %, spread evenly
// over all such weights: gaps between sorted uniform cuts.
func simplex(s Source, n int) []uint256.Int {
	spare := uint64(One - n*(One/100))
	cuts := make([]uint64, n+1)
	for i := 1; i < n; i++ {
		cut := below(s, u(spare))
		cuts[i] = cut.Uint64()
	}
	cuts[n] = spare
	slices.Sort(cuts)
	weights := make([]uint256.Int, n)
	for i := range weights {
		weights[i] = u(cuts[i+1] - cuts[i] + One/100)
	}
	return weights
}

// poolTokens draws a token count of a real pool.
func poolTokens(s Source) int { return 2 + s.Choose(maxPoolTokens-1) }

// shapes are the weights of pools as they are deployed.
var shapes = map[string][]uint256.Int{
	"50/50":    {u(One / 2), u(One / 2)},
	"80/20":    {u(8 * One / 10), u(2 * One / 10)},
	"33/33/34": {u(33 * One / 100), u(33 * One / 100), u(34 * One / 100)},
	"8-tokens": slices.Repeat([]uint256.Int{u(One / 8)}, 8),
}

// rotated returns the shape's weights from a drawn token on, so that each weight stands in each place.
func rotated(s Source, shape string) []uint256.Int {
	w := shapes[shape]
	k := s.Choose(len(w))
	return append(slices.Clone(w[k:]), w[:k]...)
}

// edgeWeights draws weights with every token but one at, or a wei above, the minimum.
func edgeWeights(s Source) []uint256.Int {
	n := poolTokens(s)
	weights := make([]uint256.Int, n)
	rest := u(One)
	heavy := s.Choose(n)
	for i := range weights {
		if i != heavy {
			weights[i] = plus(minWeight, uint64(s.Choose(2)))
			rest.Sub(&rest, &weights[i])
		}
	}
	weights[heavy] = rest
	return weights
}

// anyWeight draws a weight no pool has: from 1 wei to 100 ONE.
func anyWeight(s Source) uint256.Int { return logUniform(s, 67) }

// typicalBalance draws 10⁻³ to 10¹² tokens, each bit length equally likely.
func typicalBalance(s Source) uint256.Int { return ofLength(s, 50+s.Choose(51)) }

func dustBalance(s Source) uint256.Int { return plus(below(s, u(999_999)), 1) }

func weiBalance(s Source) uint256.Int { return u(uint64(1 + s.Choose(10))) }

// largeBalance draws a balance of 100…112 bits, or one at the very limit of what v2 stores.
func largeBalance(s Source) uint256.Int {
	if s.Choose(4) == 0 {
		return minus(maxBalance, uint64(s.Choose(3)))
	}
	return ofLength(s, 100+s.Choose(13))
}

func wideBalance(s Source) uint256.Int { return logUniform(s, 256) }

// fee draws a swap fee: none, a limit of v2 or v3, or anything up to 10 %.
func fee(s Source) uint256.Int {
	switch s.Choose(4) {
	case 0:
		return u(0)
	case 1:
		return oneOf(s, []uint256.Int{u(1), u(1e12), u(1e13), u(1e17), maxFee})
	default:
		return below(s, u(1e17))
	}
}

// normalizedWeight reports whether a token of a real pool can have this weight.
func normalizedWeight(w uint256.Int) bool { return !w.Lt(&minWeight) && w.Lt(uint256.NewInt(One)) }

// poolWeights reports whether weights are those of a real pool: 2 to 8, each at least 1 %, summing to ONE.
func poolWeights(weights []uint256.Int) bool {
	if len(weights) < 2 || len(weights) > maxPoolTokens {
		return false
	}
	var sum uint256.Int
	for _, w := range weights {
		if !normalizedWeight(w) {
			return false
		}
		sum.Add(&sum, &w)
	}
	return sum == u(One)
}

// poolBalance reports whether a real pool can hold this balance: 1 wei to 2¹¹²−1.
func poolBalance(b uint256.Int) bool { return !b.IsZero() && !b.Gt(&maxBalance) }
