package properties

import (
	"cmp"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/holiman/uint256"
	"github.com/trueweight/trueweight/reference/exact"
)

// num is an operation's argument or result: an unsigned 256-bit integer, or a
// signed one in two's complement where the operation says so.
type num = uint256.Int

// FixedPoint are the operations on 18-decimal fixed point (SPEC, "Fixed point").
// Arguments are passed by value; a failed operation returns an error.
type FixedPoint interface {
	Add(a, b uint256.Int) (uint256.Int, error)
	Sub(a, b uint256.Int) (uint256.Int, error)
	MulDown(a, b uint256.Int) (uint256.Int, error)
	MulUp(a, b uint256.Int) (uint256.Int, error)
	DivDown(a, b uint256.Int) (uint256.Int, error)
	DivUp(a, b uint256.Int) (uint256.Int, error)
	Complement(x uint256.Int) (uint256.Int, error)
	MulDivUp(a, b, c uint256.Int) (uint256.Int, error)
	DivUpRaw(a, b uint256.Int) (uint256.Int, error)
}

// LogExp are exponential, logarithm and powers of 18-decimal fixed point (SPEC, "exp, ln, pow").
// Exp's and Ln's argument and Ln's result are signed.
type LogExp interface {
	Exp(x uint256.Int) (uint256.Int, error)
	Ln(a uint256.Int) (uint256.Int, error)
	Pow(x, y uint256.Int) (uint256.Int, error)
	PowDown(x, y uint256.Int) (uint256.Int, error)
	PowUp(x, y uint256.Int) (uint256.Int, error)
}

// Weighted are invariants, swaps and fees (SPEC, "Weighted math"). Balances and amounts are
// 18-decimal token amounts in wei, weights, ratios and fees 18-decimal fixed point.
type Weighted interface {
	InvariantDown(weights, balances []uint256.Int) (uint256.Int, error)
	InvariantUp(weights, balances []uint256.Int) (uint256.Int, error)
	OutGivenIn(balanceIn, weightIn, balanceOut, weightOut, amountIn uint256.Int) (uint256.Int, error)
	InGivenOut(balanceIn, weightIn, balanceOut, weightOut, amountOut uint256.Int) (uint256.Int, error)
	BalanceGivenInvariantRatio(balance, weight, ratio uint256.Int) (uint256.Int, error)
	// AmountInLessFee is what is left of a given amount in after the swap fee.
	AmountInLessFee(amountIn, fee uint256.Int) (uint256.Int, error)
	// AmountInPlusFeeV2 and V3 are what a trader gives so that calculated is left after
	// the swap fee: the versions' two ways to one value, with failures of their own.
	AmountInPlusFeeV2(calculated, fee uint256.Int) (uint256.Int, error)
	AmountInPlusFeeV3(calculated, fee uint256.Int) (uint256.Int, error)
}

// Pool is the v3 pool contract (SPEC, the vectors' poolOnSwap and its kin).
type Pool interface {
	PoolOnSwap(weights, minBalances, balances []uint256.Int, indexIn, indexOut int, amount uint256.Int, givenOut bool) (uint256.Int, error)
	PoolComputeInvariant(weights, minBalances, balances []uint256.Int, roundUp bool) (uint256.Int, error)
	PoolComputeBalance(weights, minBalances, balances []uint256.Int, index int, ratio uint256.Int) (uint256.Int, error)
}

// Weights are normalization and validation of weights (SPEC, "Weight normalization").
type Weights interface {
	// Normalize returns the shares of ONE that raw weights stand for.
	Normalize(raw []uint256.Int) ([]uint256.Int, error)
	// ValidateWeights fails unless a pool of 2…maxTokens tokens may have these weights.
	ValidateWeights(weights []uint256.Int, maxTokens int) error
}

// LiquidityV2 are v2's joins, exits and protocol fees (SPEC, "Liquidity, v2"). Balances, amounts and supply are 18-decimal amounts in
// wei, weights, fees, growths and shares 18-decimal fixed point.
type LiquidityV2 interface {
	BptOutGivenExactTokensIn(weights, balances, amountsIn []uint256.Int, supply, fee uint256.Int) (uint256.Int, error)
	BptOutGivenExactTokenIn(weight, balance, amountIn, supply, fee uint256.Int) (uint256.Int, error)
	TokenInGivenExactBptOut(weight, balance, bptOut, supply, fee uint256.Int) (uint256.Int, error)
	BptInGivenExactTokensOut(weights, balances, amountsOut []uint256.Int, supply, fee uint256.Int) (uint256.Int, error)
	BptInGivenExactTokenOut(weight, balance, amountOut, supply, fee uint256.Int) (uint256.Int, error)
	TokenOutGivenExactBptIn(weight, balance, bptIn, supply, fee uint256.Int) (uint256.Int, error)
	// BptOutAddToken is what is minted for a new token that gets a weight.
	BptOutAddToken(supply, weight uint256.Int) (uint256.Int, error)
	ProportionalAmountsInV2(balances []uint256.Int, supply, bptOut uint256.Int) ([]uint256.Int, error)
	ProportionalAmountsOutV2(balances []uint256.Int, supply, bptIn uint256.Int) ([]uint256.Int, error)
	// OwnershipPercentage is the share of a pool that a protocol is due for its growth.
	OwnershipPercentage(growth, supplyGrowth, protocolFee uint256.Int) (uint256.Int, error)
	// BptForOwnership is what must be minted for a share of the pool after it is minted.
	BptForOwnership(supply, share uint256.Int) (uint256.Int, error)
	DueProtocolFees(growth, previousSupply, currentSupply, protocolFee uint256.Int) (uint256.Int, error)
}

// LiquidityV3 are v3's joins and exits, with the fee that is in each (SPEC, "Liquidity, v3"); units as in LiquidityV2.
type LiquidityV3 interface {
	ProportionalAmountsInV3(balances []uint256.Int, supply, bptOut uint256.Int) ([]uint256.Int, error)
	ProportionalAmountsOutV3(balances []uint256.Int, supply, bptIn uint256.Int) ([]uint256.Int, error)
	AddUnbalanced(weights, balances, amountsIn []uint256.Int, supply, fee uint256.Int) (bptOut uint256.Int, fees []uint256.Int, err error)
	AddSingleExactOut(weights, balances []uint256.Int, index int, bptOut, supply, fee uint256.Int) (amountIn, feeAmount uint256.Int, err error)
	RemoveSingleExactOut(weights, balances []uint256.Int, index int, amountOut, supply, fee uint256.Int) (bptIn, feeAmount uint256.Int, err error)
	RemoveSingleExactIn(weights, balances []uint256.Int, index int, bptIn, supply, fee uint256.Int) (amountOut, feeAmount uint256.Int, err error)
}

// Scaling brings amounts from a token's own units to 18 decimals and back (SPEC, "Scaling, fees around a swap, rates").
type Scaling interface {
	MathDivDown(a, b uint256.Int) (uint256.Int, error) // of plain integers, v2
	MathDivUp(a, b uint256.Int) (uint256.Int, error)
	// v3: the factor is the plain 10^(18−decimals), the rate 18-decimal.
	ToScaled18Down(amount, factor, rate uint256.Int) (uint256.Int, error)
	ToScaled18Up(amount, factor, rate uint256.Int) (uint256.Int, error)
	ToRawDown(amount, factor, rate uint256.Int) (uint256.Int, error)
	ToRawUp(amount, factor, rate uint256.Int) (uint256.Int, error)
	// RateUp is the rate of what leaves a v3 pool: a wei more where it is not whole.
	RateUp(rate uint256.Int) (uint256.Int, error)
	// v2: the factor is ScalingFactor, 10¹⁸·10^(18−decimals) times the rate.
	Upscale(amount, factor uint256.Int) (uint256.Int, error)
	DownscaleDown(amount, factor uint256.Int) (uint256.Int, error)
	DownscaleUp(amount, factor uint256.Int) (uint256.Int, error)
	ScalingFactor(decimals uint8, rate uint256.Int) (uint256.Int, error)
}

// GradualWeights are weights that change with time, and how pools store them (SPEC, "Gradual weight change"). Times are in seconds.
type GradualWeights interface {
	ChangeProgress(start, end, now uint256.Int) (uint256.Int, error)
	InterpolateValue(start, end, progress uint256.Int) (uint256.Int, error)
	InterpolatedValue(startValue, endValue, startTime, endTime, now uint256.Int) (uint256.Int, error)
	ResolveStartTime(start, end, now uint256.Int) (uint256.Int, error)
	Compress(value uint256.Int, bits uint8, max uint256.Int) (uint256.Int, error)
	Decompress(value uint256.Int, bits uint8, max uint256.Int) (uint256.Int, error)
	MaxCompressionError(bits uint8, max uint256.Int) (uint256.Int, error)
	BootstrappingWeightsV2(startTime, endTime uint256.Int, startWeights, endWeights []uint256.Int, now uint256.Int) ([]uint256.Int, error)
	ManagedWeights(startTime, endTime uint256.Int, startWeights, endWeights []uint256.Int, now uint256.Int) ([]uint256.Int, error)
	ManagedSwapFee(startTime, endTime, startFee, endFee, now uint256.Int) (uint256.Int, error)
	VerifyBootstrappingWeights(projectStart, reserveStart, projectEnd, reserveEnd uint256.Int) error
	BootstrappingWeightsV3(projectStart, projectEnd, startTime, endTime, now uint256.Int) (project, reserve uint256.Int, err error)
}

// A Subject is an implementation under judgement, operation by operation. An
// operation it does not have is nil; claims that need it do not apply.
type Subject struct {
	Name    string
	Profile Profile

	Add, Sub, MulDown, MulUp, DivDown, DivUp, DivUpRaw func(a, b num) (num, error)
	Complement                                         func(x num) (num, error)
	MulDivUp                                           func(a, b, c num) (num, error)

	Exp, Ln             func(x num) (num, error)
	Pow, PowDown, PowUp func(x, y num) (num, error)

	InvariantDown, InvariantUp func(weights, balances []num) (num, error)
	OutGivenIn, InGivenOut     func(balanceIn, weightIn, balanceOut, weightOut, amount num) (num, error)
	BalanceGivenInvariantRatio func(balance, weight, ratio num) (num, error)

	AmountInLessFee, AmountInPlusFeeV2, AmountInPlusFeeV3 func(amount, fee num) (num, error)

	PoolOnSwap           func(weights, minBalances, balances []num, indexIn, indexOut int, amount num, givenOut bool) (num, error)
	PoolComputeInvariant func(weights, minBalances, balances []num, roundUp bool) (num, error)
	PoolComputeBalance   func(weights, minBalances, balances []num, index int, ratio num) (num, error)

	BptOutGivenExactTokensIn, BptInGivenExactTokensOut func(weights, balances, amounts []num, supply, fee num) (num, error)
	BptOutGivenExactTokenIn, TokenInGivenExactBptOut   func(weight, balance, given, supply, fee num) (num, error)
	BptInGivenExactTokenOut, TokenOutGivenExactBptIn   func(weight, balance, given, supply, fee num) (num, error)
	BptOutAddToken                                     func(supply, weight num) (num, error)
	ProportionalAmountsInV2, ProportionalAmountsOutV2  func(balances []num, supply, bpt num) ([]num, error)
	ProportionalAmountsInV3, ProportionalAmountsOutV3  func(balances []num, supply, bpt num) ([]num, error)
	OwnershipPercentage                                func(growth, supplyGrowth, protocolFee num) (num, error)
	BptForOwnership                                    func(supply, share num) (num, error)
	DueProtocolFees                                    func(growth, previousSupply, currentSupply, protocolFee num) (num, error)

	AddUnbalanced                                                func(weights, balances, amountsIn []num, supply, fee num) (bptOut num, fees []num, err error)
	AddSingleExactOut, RemoveSingleExactOut, RemoveSingleExactIn func(weights, balances []num, index int, given, supply, fee num) (answer, feeAmount num, err error)

	MathDivDown, MathDivUp                           func(a, b num) (num, error)
	ToScaled18Down, ToScaled18Up, ToRawDown, ToRawUp func(amount, factor, rate num) (num, error)
	Upscale, DownscaleDown, DownscaleUp              func(amount, factor num) (num, error)
	RateUp                                           func(rate num) (num, error)
	ScalingFactor                                    func(decimals uint8, rate num) (num, error)

	ChangeProgress, InterpolateValue, ResolveStartTime func(a, b, c num) (num, error)
	InterpolatedValue, ManagedSwapFee                  func(a, b, c, d, e num) (num, error)
	Compress, Decompress                               func(value num, bits uint8, max num) (num, error)
	MaxCompressionError                                func(bits uint8, max num) (num, error)
	BootstrappingWeightsV2, ManagedWeights             func(startTime, endTime num, startWeights, endWeights []num, now num) ([]num, error)
	VerifyBootstrappingWeights                         func(projectStart, reserveStart, projectEnd, reserveEnd num) error
	BootstrappingWeightsV3                             func(projectStart, projectEnd, startTime, endTime, now num) (project, reserve num, err error)

	Normalize       func(raw []num) ([]num, error)
	ValidateWeights func(weights []num, maxTokens int) error

	// NewPool creates a pool whose state is followed over time.
	NewPool func(PoolConfig) (LivePool, error)

	// Unrecognized are exported methods of the value it was made from that are no operation: perhaps misspelled.
	Unrecognized []string
}

// A Profile says by which rules a subject is judged.
type Profile struct {
	// Rules are the versions whose failures the subject must reproduce; none means V2 and V3.
	Rules []exact.Rules
	// Failures says how strictly failures are compared.
	Failures Strictness
}

// A Strictness says how failures are compared with the specification's.
type Strictness uint8

const (
	// ByName wants the version's own name of the failure: "BAL#003", "Panic(0x11)".
	ByName Strictness = iota
	// OnlyThat wants a failure where the specification fails, whatever its name.
	OnlyThat
)

// rules returns the versions whose failures are compared.
func (s *Subject) rules() []exact.Rules {
	if len(s.Profile.Rules) == 0 {
		return []exact.Rules{exact.V2, exact.V3}
	}
	return s.Profile.Rules
}

// Profiled is implemented by subjects that say by which rules they are judged.
type Profiled interface{ Profile() Profile }

// Resolve finds the operations of a value by the names of its methods. A method
// with an operation's name and another type is an error; a value without any operation too.
func Resolve(value any) (*Subject, error) {
	if s, ok := value.(*Subject); ok {
		return s, nil
	}
	s := &Subject{Name: fmt.Sprintf("%T", value)}
	if p, ok := value.(Profiled); ok {
		s.Profile = p.Profile()
	}
	from, to := reflect.ValueOf(value), reflect.ValueOf(s).Elem()
	if !from.IsValid() {
		return nil, errors.New("the subject is nil")
	}
	found := 0
	for i := range from.NumMethod() {
		name := from.Type().Method(i).Name
		operation := to.FieldByName(name)
		if name == "Profile" || name == "String" {
			continue
		}
		if !operation.IsValid() || operation.Kind() != reflect.Func {
			s.Unrecognized = append(s.Unrecognized, name)
			continue
		}
		method := from.Method(i)
		if !method.Type().AssignableTo(operation.Type()) {
			return nil, fmt.Errorf("%T: method %s is a %v, want %v", value, name, method.Type(), operation.Type())
		}
		operation.Set(method)
		found++
	}
	if found == 0 {
		return nil, fmt.Errorf("%T has no method that is an operation: want some of %s", value, strings.Join(Operations(), ", "))
	}
	return s, nil
}

// Operations lists the names of all operations.
func Operations() []string {
	var names []string
	t := reflect.TypeFor[Subject]()
	for i := range t.NumField() {
		if t.Field(i).Type.Kind() == reflect.Func {
			names = append(names, t.Field(i).Name)
		}
	}
	return names
}

// Has reports whether the subject has an operation. It panics on a name that is none.
func (s *Subject) Has(operation string) bool {
	f := reflect.ValueOf(s).Elem().FieldByName(operation)
	if !f.IsValid() || f.Kind() != reflect.Func {
		panic(harnessFault("no operation is called " + operation))
	}
	return !f.IsNil()
}

// hasAll reports whether the subject has every one of some operations.
func (s *Subject) hasAll(operations []string) bool {
	return !slices.ContainsFunc(operations, func(op string) bool { return !s.Has(op) })
}

// clone returns a copy whose operations can be replaced one by one.
func (s *Subject) clone() *Subject {
	c := *s
	c.Unrecognized = slices.Clone(s.Unrecognized)
	return &c
}

// named is implemented by failures that know their name in each version.
type named interface {
	V2() string
	V3() string
}

// failureName returns a failure's name under a version's rules: what the error says of itself,
// and the other version's name for what a version does not know.
func failureName(err error, rules exact.Rules) string {
	var n named
	var f *exact.Failure
	switch {
	case err == nil:
		return ""
	case errors.As(err, &f):
		return f.Name
	case errors.As(err, &n):
		if v2 := n.V2(); rules == exact.V2 && v2 != "" {
			return v2
		}
		return cmp.Or(n.V3(), n.V2())
	default:
		return err.Error()
	}
}

// failureLabel writes a failure's names in both versions, as evidence counts them.
func failureLabel(err error) string {
	v2, v3 := failureName(err, exact.V2), failureName(err, exact.V3)
	switch {
	case v2 == v3 || v3 == "":
		return v2
	case v2 == "":
		return v3
	default:
		return v2 + " | " + v3
	}
}
