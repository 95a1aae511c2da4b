// Package weights makes weights of numbers, says whether weights make a pool, and
// what they are while they change with time.
//
// Weights have 18 decimals and a pool's sum to exactly 10¹⁸, the 1 of fixed
// point; v2's, once they change, only nearly do. SPEC "Weight normalization",
// "Weighted math" (limits) and "Gradual weight change" are its source. It relies
// on uint256, fixedpoint and revert. It promises, for every 256-bit input and
// slices of any length: the exact answer or a *revert.Error, never a panic;
// arguments only read, but for the destination; and no allocation on success.
package weights

import (
	"slices"

	"github.com/holiman/uint256"

	"github.com/trueweight/trueweight/impl/fixedpoint"
	"github.com/trueweight/trueweight/impl/revert"
)

var one = fixedpoint.One()

// Normalize sets dst[:len(raw)] to weights proportional to raw that sum to
// exactly 10¹⁸: the floors of raw[i]·10¹⁸ / Σraw, and then one of the wei left
// over to each of the largest remainders, equal ones from the lowest index. So
// each weight is within one wei of its exact share.
//
// It fails when Σraw = 0 or Σraw ≥ 2²⁵⁶, and as an array index when dst has no
// room of its own for every weight: when it is shorter than raw or overlaps it.
// On failure dst is unchanged.
func Normalize(dst, raw []uint256.Int) error {
	if len(dst) < len(raw) || overlap(dst[:len(raw)], raw) {
		return revert.ErrArrayIndex
	}
	var total uint256.Int
	var err error
	for i := range raw {
		if total, err = fixedpoint.Add(total, raw[i]); err != nil {
			return err
		}
	}
	if total.IsZero() {
		return revert.ErrZeroDivision
	}

	dst = dst[:len(raw)]
	left := one // becomes Σ remainder / Σraw: less than len(raw), as each is less than 1
	for i := range raw {
		floor, remainder := share(&raw[i], &total)
		left.Sub(&left, &floor)
		dst[i] = remainder
	}
	unserved, ties := firstUnserved(dst, int(left.Uint64()))
	for i := range raw {
		floor, remainder := share(&raw[i], &total)
		tie := ties > 0 && remainder.Eq(&unserved)
		if tie {
			ties--
		}
		if tie || remainder.Gt(&unserved) {
			floor.AddUint64(&floor, 1)
		}
		dst[i] = floor
	}
	return nil
}

// share returns ⌊raw·10¹⁸ / total⌋ and the remainder, for raw ≤ total ≠ 0. The
// product has up to 316 bits; the floor is at most 10¹⁸.
func share(raw, total *uint256.Int) (floor, remainder uint256.Int) {
	floor.MulDivOverflow(raw, &one, total)
	// Exact modulo 2²⁵⁶, and so exact: 0 ≤ remainder < total < 2²⁵⁶.
	var taken uint256.Int
	taken.Mul(&floor, total)
	remainder.Mul(raw, &one)
	remainder.Sub(&remainder, &taken)
	return floor, remainder
}

// firstUnserved sorts the remainders and returns the largest that follows the
// first n < len(remainders), and how many of those n are equal to it.
func firstUnserved(remainders []uint256.Int, n int) (unserved uint256.Int, ties int) {
	slices.SortFunc(remainders, func(a, b uint256.Int) int { return b.Cmp(&a) })
	unserved = remainders[n]
	for ties < n && remainders[n-1-ties].Eq(&unserved) {
		ties++
	}
	return unserved, ties
}

// overlap reports whether two slices of one length share an element.
func overlap(a, b []uint256.Int) bool {
	for i := range a {
		if &a[i] == &b[0] || &b[i] == &a[0] {
			return true
		}
	}
	return false
}
