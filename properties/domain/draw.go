package domain

import "github.com/holiman/uint256"

// One is 1 in 18-decimal fixed point.
const One = 1_000_000_000_000_000_000

func u(n uint64) uint256.Int { return *uint256.NewInt(n) }

// dec reads a decimal constant; it panics on a malformed one.
func dec(s string) uint256.Int { return *uint256.MustFromDecimal(s) }

func pow2(n uint) uint256.Int {
	var z uint256.Int
	z.Lsh(uint256.NewInt(1), n)
	return z
}

func plus(a uint256.Int, n uint64) uint256.Int {
	a.AddUint64(&a, n)
	return a
}

func minus(a uint256.Int, n uint64) uint256.Int {
	a.SubUint64(&a, n)
	return a
}

var maxUint = minus(u(0), 1) // 2²⁵⁶ − 1

// logUniform draws a number of 1…maxBits bits, each length equally likely, with its top bit set.
func logUniform(s Source, maxBits int) uint256.Int {
	return ofLength(s, 1+s.Choose(maxBits))
}

// ofLength draws a number of exactly n bits; n ≥ 1.
func ofLength(s Source, n int) uint256.Int {
	z := s.Bits(n)
	top := pow2(uint(n - 1))
	z.Or(&z, &top)
	return z
}

// below draws a number in 0…max. A draw is rejected with probability below ½; a source
// that rejects 64 in a row (only a degenerate one does) is answered by the remainder.
func below(s Source, max uint256.Int) uint256.Int {
	var z uint256.Int
	for range 64 {
		z = s.Bits(max.BitLen())
		if !z.Gt(&max) {
			return z
		}
	}
	if max == maxUint {
		return z
	}
	limit := plus(max, 1)
	z.Mod(&z, &limit)
	return z
}

// between draws a number in lo…hi.
func between(s Source, lo, hi uint256.Int) uint256.Int {
	hi.Sub(&hi, &lo)
	z := below(s, hi)
	z.Add(&z, &lo)
	return z
}

// around draws centre − radius … centre + radius, clipped to what 256 bits hold.
func around(s Source, centre uint256.Int, radius int) uint256.Int {
	d := s.Choose(2*radius+1) - radius
	var z uint256.Int
	if d < 0 {
		if _, underflow := z.SubOverflow(&centre, uint256.NewInt(uint64(-d))); underflow {
			return u(0)
		}
		return z
	}
	if _, overflow := z.AddOverflow(&centre, uint256.NewInt(uint64(d))); overflow {
		return maxUint
	}
	return z
}

func oneOf[T any](s Source, list []T) T { return list[s.Choose(len(list))] }

// mulDiv returns ⌊a·b/c⌋ (or 2²⁵⁶−1 where that does not fit); c > 0.
func mulDiv(a, b, c uint256.Int) uint256.Int {
	var z uint256.Int
	if _, overflow := z.MulDivOverflow(&a, &b, &c); overflow {
		return maxUint
	}
	return z
}
