package revert

import (
	"strconv"

	"github.com/holiman/uint256"
)

// Fixed point (SPEC "Fixed point").
var (
	ErrAddOverflow  = &Error{kind: Overflow, v2: "BAL#000", v3: "Panic(0x11)", cause: "a sum needs more than 256 bits"}
	ErrSubUnderflow = &Error{kind: Underflow, v2: "BAL#001", v3: "Panic(0x11)", cause: "a difference is negative"}
	ErrMulOverflow  = &Error{kind: Overflow, v2: "BAL#003", v3: "Panic(0x11)", cause: "a product needs more than 256 bits"}
	ErrDivOverflow  = &Error{kind: Overflow, v2: "BAL#005", v3: "Panic(0x11)", cause: "a dividend times 10¹⁸ needs more than 256 bits"}

	// ErrDivByZero and ErrDivByZeroOverflow are the two failures of divDown by
	// zero: v2 looks at the divisor first, v3 at the product first.
	ErrDivByZero         = &Error{kind: DivisionByZero, v2: "BAL#004", v3: "Panic(0x12)", cause: "a divisor is zero"}
	ErrDivByZeroOverflow = &Error{kind: DivisionByZero, v2: "BAL#004", v3: "Panic(0x11)", cause: "a divisor is zero, and the dividend times 10¹⁸ needs more than 256 bits"}

	// ErrZeroDivision is the failure of the divisions that round up: both
	// versions look at the divisor first.
	ErrZeroDivision = &Error{kind: DivisionByZero, v2: "BAL#004", v3: "ZeroDivision", cause: "a divisor is zero"}
)

// exp, ln, pow (SPEC "exp, ln, pow").
var (
	ErrInvalidExponent     = &Error{kind: Domain, v2: "BAL#009", v3: "InvalidExponent", cause: "exp needs an exponent in [−41, 130]"}
	ErrOutOfBounds         = &Error{kind: Domain, v2: "BAL#100", v3: "OutOfBounds", cause: "ln needs a positive argument"}
	ErrBaseOutOfBounds     = &Error{kind: Domain, v2: "BAL#006", v3: "BaseOutOfBounds", cause: "pow needs a base below 2²⁵⁵"}
	ErrExponentOutOfBounds = &Error{kind: Domain, v2: "BAL#007", v3: "ExponentOutOfBounds", cause: "pow needs an exponent below 2²⁵⁴ / 10²⁰"}
	ErrProductOutOfBounds  = &Error{kind: Domain, v2: "BAL#008", v3: "ProductOutOfBounds", cause: "pow needs exponent · ln(base) in [−41, 130]"}
)

// Weighted math (SPEC "Weighted math").
var (
	ErrMaxInRatio    = &Error{kind: Limit, v2: "BAL#304", v3: "MaxInRatio", cause: "the amount in is more than 30 % of its balance"}
	ErrMaxOutRatio   = &Error{kind: Limit, v2: "BAL#305", v3: "MaxOutRatio", cause: "the amount out is more than 30 % of its balance"}
	ErrZeroInvariant = &Error{kind: ZeroInvariant, v2: "BAL#311", v3: "ZeroInvariant", cause: "the invariant is zero"}
)

// Pools (SPEC "Weight normalization", "The vectors").
var (
	// ErrArrayIndex is an index past an array's end.
	ErrArrayIndex = &Error{kind: ArrayIndex, v2: "INVALID", v3: "Panic(0x32)", cause: "an array is too short for the index"}

	ErrMinTokens                 = &Error{kind: TokenCount, v2: "BAL#200", v3: "MinTokens", cause: "the pool has too few tokens"}
	ErrMaxTokens                 = &Error{kind: TokenCount, v2: "BAL#201", v3: "MaxTokens", cause: "the pool has too many tokens"}
	ErrMinWeight                 = &Error{kind: InvalidWeights, v2: "BAL#302", v3: "MinWeight", cause: "a weight is below the pool's minimum"}
	ErrNormalizedWeightInvariant = &Error{kind: InvalidWeights, v2: "BAL#308", v3: "NormalizedWeightInvariant", cause: "the weights do not sum to exactly 10¹⁸"}

	// ErrInvalidMinTokenBalance refuses a v3 pool whose own minimum is too low.
	ErrInvalidMinTokenBalance = &Error{kind: BelowMinimum, v3: "InvalidMinTokenBalance", cause: "a token's minimum balance is below 10⁶ wei"}
)

// TokenBalanceBelowMin returns v3's failure of a token whose balance, actual,
// is below the pool's minimum for it; both are 18-decimal amounts in wei. Its
// arguments are (index, actual, min).
func TokenBalanceBelowMin(index int, actual, min uint256.Int) *Error {
	return &Error{
		kind:  BelowMinimum,
		v3:    "TokenBalanceBelowMin",
		cause: "token " + strconv.Itoa(index) + " has " + actual.Dec() + " wei, its minimum is " + min.Dec() + " wei",
		args:  []uint256.Int{*uint256.NewInt(uint64(index)), actual, min},
	}
}

// InvariantRatioAboveMax returns the failure of a join that would make the
// invariant more than max times what it is; both have 18 decimals. Its arguments
// are (ratio, max) in v3; v2 carries none (SPEC "Liquidity, v2", "Liquidity, v3").
func InvariantRatioAboveMax(ratio, max uint256.Int) *Error {
	return &Error{
		kind:  Limit,
		v2:    "BAL#307",
		v3:    "InvariantRatioAboveMax",
		cause: "the invariant would be " + ratio.Dec() + "·10⁻¹⁸ of what it is, the most is " + max.Dec() + "·10⁻¹⁸",
		args:  []uint256.Int{ratio, max},
	}
}

// InvariantRatioBelowMin returns the failure of an exit that would leave less
// than min of the invariant; both have 18 decimals. Its arguments are
// (ratio, min) in v3; v2 carries none (SPEC "Liquidity, v2", "Liquidity, v3").
func InvariantRatioBelowMin(ratio, min uint256.Int) *Error {
	return &Error{
		kind:  Limit,
		v2:    "BAL#306",
		v3:    "InvariantRatioBelowMin",
		cause: "the invariant would be " + ratio.Dec() + "·10⁻¹⁸ of what it is, the least is " + min.Dec() + "·10⁻¹⁸",
		args:  []uint256.Int{ratio, min},
	}
}

// ErrDecimalsTooHigh refuses a token that has more decimals than fixed point
// (SPEC "A pool over time"). The contracts refuse it too; the name is ours.
var ErrDecimalsTooHigh = &Error{kind: Domain, v2: "DecimalsTooHigh", v3: "DecimalsTooHigh", cause: "a token has more than 18 decimals"}

// Gradual weight change (SPEC "Gradual weight change"). Only v2 stores in less than whole words.
var (
	ErrPackingOutOfBounds = &Error{kind: Storage, v2: "BAL#100", cause: "packing needs 2 to 255 bits, a value within its maximum, and at most 4 tokens"}
	ErrCodecOverflow      = &Error{kind: Storage, v2: "BAL#436", cause: "a value needs more bits than it is stored in"}
)

// InvalidStartTime returns the failure of a gradual change whose start, already
// moved up to now, is after its end; both are in seconds. Its arguments are
// (start, end) in v3; v2 carries none.
func InvalidStartTime(start, end uint256.Int) *Error {
	return &Error{
		kind:  Schedule,
		v2:    "BAL#326",
		v3:    "InvalidStartTime",
		cause: "a change would start at " + start.Dec() + " s, after its end at " + end.Dec() + " s",
		args:  []uint256.Int{start, end},
	}
}
