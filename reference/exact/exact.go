// Package exact is the specification, executable: SPEC.md in this directory on math/big.Int, naive on purpose, one named
// rounding per line. It has every section of SPEC: the calls of both contracts, and a pool over time.
//
// It answers the question "is the code the algorithm?". It relies on math/big alone and shares nothing with the code it
// judges: no bit tricks, no early exits, no memory reuse. An intermediate that the contracts keep in 256 bits is compared
// with 2²⁵⁶ explicitly, where SPEC says that it fails.
//
// It promises, for arguments in range (unsigned values in [0, 2²⁵⁶), signed ones in [−2²⁵⁵, 2²⁵⁵)): the value, or the
// failure with the name the deployed contract gives it; no argument changed, no result shared with an argument.
//
// Amounts, balances, weights, fees and ratios are 18-decimal fixed point, 10¹⁸ is one, unless a function says otherwise;
// times are whole seconds.
package exact

import (
	"fmt"
	"math/big"
)

// Rules says whose failures, and whose order of testing for them, apply. Where both versions succeed they agree on every
// value but those of ProportionalAmountsIn and ProportionalAmountsOut; AmountInPlusFee, which they compute in two ways,
// fails at different amounts. A single call that only one version has is computed alike under both rules.
type Rules int

const (
	V2 Rules = iota // Balancer V2 (Solidity 0.7)
	V3              // Balancer V3 (Solidity 0.8)
)

// String returns "v2" or "v3".
func (r Rules) String() string {
	switch r {
	case V2:
		return "v2"
	case V3:
		return "v3"
	}
	return fmt.Sprintf("Rules(%d)", int(r))
}

// one is 1 in 18-decimal fixed point.
var one = decimal("1e18")

// limit256 is 2²⁵⁶, the first value that an unsigned word cannot hold; limit255 the same for a signed word.
var (
	limit256 = new(big.Int).Lsh(big.NewInt(1), 256)
	limit255 = new(big.Int).Lsh(big.NewInt(1), 255)
)

// decimal reads an integer written as digits, or as digits and a decimal exponent.
func decimal(s string) *big.Int {
	value, ok := new(big.Rat).SetString(s)
	if !ok || !value.IsInt() {
		panic("exact: not an integer: " + s)
	}
	return value.Num()
}

func plus(a, b *big.Int) *big.Int  { return new(big.Int).Add(a, b) }
func minus(a, b *big.Int) *big.Int { return new(big.Int).Sub(a, b) }
func times(a, b *big.Int) *big.Int { return new(big.Int).Mul(a, b) }

// truncDiv returns a/b rounded toward zero, the contracts' signed division. For a, b ≥ 0 it is the floor.
func truncDiv(a, b *big.Int) *big.Int { return new(big.Int).Quo(a, b) }

// truncMod returns a − b·truncDiv(a, b): it takes the sign of a.
func truncMod(a, b *big.Int) *big.Int { return new(big.Int).Rem(a, b) }

// floorDiv returns ⌊a/b⌋ for a ≥ 0, b > 0.
func floorDiv(a, b *big.Int) *big.Int { return new(big.Int).Quo(a, b) }

// ceilDiv returns ⌈a/b⌉ for a ≥ 0, b > 0.
func ceilDiv(a, b *big.Int) *big.Int {
	quotient, remainder := new(big.Int).QuoRem(a, b, new(big.Int))
	if remainder.Sign() != 0 {
		quotient.Add(quotient, big.NewInt(1))
	}
	return quotient
}
