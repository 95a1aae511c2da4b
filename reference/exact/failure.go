package exact

import (
	"math/big"
	"strings"
)

// Failure is the error of every function here: the name under which the deployed contract fails.
//
// Name is "BAL#nnn" or "INVALID" under V2; a custom error's name, "Panic(0x11)" (overflow), "Panic(0x12)" (division by
// zero) or "Panic(0x32)" (array index) under V3. Args are the custom error's arguments, if it has any.
type Failure struct {
	Name string
	Args []*big.Int
}

// Error returns the name with its arguments, as "TokenBalanceBelowMin(1, 17, 1000000)".
func (f *Failure) Error() string {
	if len(f.Args) == 0 {
		return f.Name
	}
	args := make([]string, len(f.Args))
	for i, arg := range f.Args {
		args[i] = arg.String()
	}
	return f.Name + "(" + strings.Join(args, ", ") + ")"
}

// names is one failure's name in V2 and in V3: SPEC's [A | B], indexed by Rules.
type names [2]string

var (
	addOverflow    = names{"BAL#000", "Panic(0x11)"}
	subUnderflow   = names{"BAL#001", "Panic(0x11)"}
	mulOverflow    = names{"BAL#003", "Panic(0x11)"}
	divOverflow    = names{"BAL#005", "Panic(0x11)"}
	divDownByZero  = names{"BAL#004", "Panic(0x12)"}
	zeroDivision   = names{"BAL#004", "ZeroDivision"}
	indexTooLarge  = names{"INVALID", "Panic(0x32)"}
	baseRange      = names{"BAL#006", "BaseOutOfBounds"}
	exponentRange  = names{"BAL#007", "ExponentOutOfBounds"}
	productRange   = names{"BAL#008", "ProductOutOfBounds"}
	expRange       = names{"BAL#009", "InvalidExponent"}
	lnRange        = names{"BAL#100", "OutOfBounds"}
	zeroInvariant  = names{"BAL#311", "ZeroInvariant"}
	maxInRatio     = names{"BAL#304", "MaxInRatio"}
	maxOutRatio    = names{"BAL#305", "MaxOutRatio"}
	tooFewTokens   = names{"BAL#200", "MinTokens"}
	tooManyTokens  = names{"BAL#201", "MaxTokens"}
	weightTooSmall = names{"BAL#302", "MinWeight"}
	weightSum      = names{"BAL#308", "NormalizedWeightInvariant"}
	ratioAboveMax  = names{"BAL#307", "InvariantRatioAboveMax"}
	ratioBelowMin  = names{"BAL#306", "InvariantRatioBelowMin"}
	startAfterEnd  = names{"BAL#326", "InvalidStartTime"}

	// What only V2 has keeps V2's name under V3 rules.
	compressionRange = names{"BAL#100", "BAL#100"}
	fieldOverflow    = names{"BAL#436", "BAL#436"}

	// What only V3 has keeps V3's name under V2 rules.
	mulDivByZero    = names{"ZeroDivision", "ZeroDivision"}
	mulDivOverflow  = names{"Panic(0x11)", "Panic(0x11)"}
	minimumTooSmall = names{"InvalidMinTokenBalance", "InvalidMinTokenBalance"}
	balanceTooSmall = names{"TokenBalanceBelowMin", "TokenBalanceBelowMin"}
)

// What only a pool over time has is named by this project, alike under both rules.
var (
	unsupportedPool      = named("UnsupportedPool")
	unsupportedOperation = named("UnsupportedOperation")
	lengthMismatch       = named("LengthMismatch")
	decimalsTooHigh      = named("DecimalsTooHigh")
	zeroRate             = named("ZeroRate")
	swapFeeTooLow        = named("SwapFeeTooLow")
	swapFeeTooHigh       = named("SwapFeeTooHigh")
	protocolFeeTooHigh   = named("ProtocolFeeTooHigh")
	alreadyInitialized   = named("AlreadyInitialized")
	notInitialized       = named("NotInitialized")
	supplyTooLow         = named("SupplyTooLow")
	lockedSupply         = named("LockedSupply")
	balanceOverflow      = named("BalanceOverflow")
	zeroAmount           = named("ZeroAmount")
	sameToken            = named("SameToken")
)

func named(name string) names { return names{name, name} }

// fail ends the computation with a failure; a deferred caught turns it into the error of the exported function. So the
// steps between read as the formulas of SPEC do. A code of V2 carries no arguments.
func (r Rules) fail(n names, args ...*big.Int) {
	if strings.HasPrefix(n[r], "BAL#") {
		args = nil
	}
	panic(&Failure{Name: n[r], Args: args})
}

// caught stores in err the failure that ended the computation, if one did. Any other panic goes on.
func caught(err *error) {
	switch raised := recover().(type) {
	case nil:
	case *Failure:
		*err = raised
	default:
		panic(raised)
	}
}

// at returns values[i], or fails as the contracts do outside the array.
func (r Rules) at(values []*big.Int, i int) *big.Int {
	if i < 0 || i >= len(values) {
		r.fail(indexTooLarge)
	}
	return values[i]
}
