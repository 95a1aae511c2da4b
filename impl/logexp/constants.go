// Package logexp is exp, ln and pow in integers, step by step as the deployed
// contracts compute them: SPEC "exp, ln, pow".
//
// A number x stands for x / 10¹⁸. The contracts work on signed 256-bit integers
// without overflow checks, with division that truncates toward zero. Truncation
// commutes with the sign, so here a magnitude is computed unsigned and the sign
// kept beside it; each function says why nothing can wrap.
//
// It relies on uint256 and, for the bounds of pow, on fixedpoint. It promises,
// for every 256-bit input: the contracts' value or a *revert.Error, never a
// panic; and no allocation.
package logexp

import "github.com/holiman/uint256"

// Scales: 18 decimals outside, 20 and 36 decimals inside.
var (
	one18   = uint256.Int{1e18}
	two18   = uint256.Int{2e18}
	four18  = uint256.Int{4e18}
	one20   = decimal("100000000000000000000")
	one36   = decimal("1000000000000000000000000000000000000")
	hundred = uint256.Int{100}
)

// Limits of the domain (SPEC "exp, ln, pow").
var (
	maxExponent = decimal("130000000000000000000") // e¹³⁰·10¹⁸ < 2²⁵⁵
	maxNegative = decimal("41000000000000000000")  // e⁻⁴¹·10¹⁸ ≥ 1
	nearOneLow  = uint256.Int{0.9e18}
	nearOneHigh = uint256.Int{1.1e18}
	maxFactor   = *new(uint256.Int).Div(new(uint256.Int).Lsh(uint256.NewInt(1), 254), &one20) // pow: y is less
)

// allowance is pow's relative error allowance, 10⁻¹⁴ with 18 decimals.
var allowance = uint256.Int{10000}

// step is one binary digit of an exponent and its power: a = eˣ.
type step struct{ x, a uint256.Int }

// coarse are the digits 128 and 64: x has 18 decimals, a has none.
var coarse = [2]step{
	{decimal("128000000000000000000"), decimal("38877084059945950922200000000000000000000000000000000000")},
	{decimal("64000000000000000000"), decimal("6235149080811616882910000000")},
}

// fine are the digits 32, 16, … 2⁻⁴: x and a have 20 decimals.
var fine = [10]step{
	{decimal("3200000000000000000000"), decimal("7896296018268069516100000000000000")},
	{decimal("1600000000000000000000"), decimal("888611052050787263676000000")},
	{decimal("800000000000000000000"), decimal("298095798704172827474000")},
	{decimal("400000000000000000000"), decimal("5459815003314423907810")},
	{decimal("200000000000000000000"), decimal("738905609893065022723")},
	{decimal("100000000000000000000"), decimal("271828182845904523536")},
	{decimal("50000000000000000000"), decimal("164872127070012814685")},
	{decimal("25000000000000000000"), decimal("128402541668774148407")},
	{decimal("12500000000000000000"), decimal("113314845306682631683")},
	{decimal("6250000000000000000"), decimal("106449445891785942956")},
}

func decimal(s string) uint256.Int { return *uint256.MustFromDecimal(s) }
