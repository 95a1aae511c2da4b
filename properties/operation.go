package properties

import (
	"slices"

	"github.com/trueweight/trueweight/properties/domain"
	"github.com/trueweight/trueweight/reference/exact"
)

// An operation is one method of a subject and how a case asks it. One table of them drives the claims
// that code is its specification, the replay of vectors, and the claim that nothing is changed.
type operation struct {
	name   string        // of the method
	source string        // where SPEC states it
	kinds  []domain.Kind // the cases that ask it
	only   exactVersions // whose failures it has; both for none
	signed bool          // its value is in two's complement
	// failures are those it can end in, on any 256-bit input, as evidence labels them: v2's name | v3's.
	failures []string
	// ask passes on the case's own slices.
	ask func(*Subject, domain.Case) answer
}

type exactVersions []exact.Rules

// An answer is what an operation returned: one value, a list for Normalize, none for ValidateWeights.
type answer struct {
	values []num
	err    error
}

// asks makes an operation's question of a call on one type of case.
func asks[C domain.Case](call func(*Subject, C) (num, error)) func(*Subject, domain.Case) answer {
	return func(s *Subject, c domain.Case) answer {
		z, err := call(s, c.(C))
		return answer{[]num{z}, err}
	}
}

// The failures of SPEC, v2's name | v3's. What only v3 has is called by v3's name.
const (
	failAddOverflow     = "BAL#000 | Panic(0x11)"
	failSubUnderflow    = "BAL#001 | Panic(0x11)"
	failMulOverflow     = "BAL#003 | Panic(0x11)"
	failDivByZero       = "BAL#004 | Panic(0x12)"
	failZeroAndOverflow = "BAL#004 | Panic(0x11)" // divDown where v2 sees the divisor first, v3 the product
	failZeroDivision    = "BAL#004 | ZeroDivision"
	failDivOverflow     = "BAL#005 | Panic(0x11)"
	failBaseRange       = "BAL#006 | BaseOutOfBounds"
	failExponentRange   = "BAL#007 | ExponentOutOfBounds"
	failProductRange    = "BAL#008 | ProductOutOfBounds"
	failExpRange        = "BAL#009 | InvalidExponent"
	failLnRange         = "BAL#100 | OutOfBounds"
	failTooFewTokens    = "BAL#200 | MinTokens"
	failTooManyTokens   = "BAL#201 | MaxTokens"
	failWeightTooSmall  = "BAL#302 | MinWeight"
	failMaxInRatio      = "BAL#304 | MaxInRatio"
	failMaxOutRatio     = "BAL#305 | MaxOutRatio"
	failWeightSum       = "BAL#308 | NormalizedWeightInvariant"
	failZeroInvariant   = "BAL#311 | ZeroInvariant"
	failArrayIndex      = "INVALID | Panic(0x32)"
	failV3Overflow      = "Panic(0x11)"
	failV3ZeroDivision  = "ZeroDivision"
	failLowMinimum      = "InvalidMinTokenBalance"
	failBelowMinimum    = "TokenBalanceBelowMin"
)

var (
	onOperands    = []domain.Kind{domain.KindOperands}
	onExp         = []domain.Kind{domain.KindExp}
	onLn          = []domain.Kind{domain.KindLn}
	onPow         = []domain.Kind{domain.KindPow}
	onInvariant   = []domain.Kind{domain.KindInvariant}
	onRatio       = []domain.Kind{domain.KindRatio}
	onSwapIn      = []domain.Kind{domain.KindSwapIn}
	onSwapOut     = []domain.Kind{domain.KindSwapOut}
	onSwaps       = []domain.Kind{domain.KindSwapIn, domain.KindSwapOut}
	onPool        = []domain.Kind{domain.KindPool}
	onWeights     = []domain.Kind{domain.KindWeights}
	onPoolWeights = []domain.Kind{domain.KindPoolWeights}
)

// operations are all of them, in the order of the interfaces that subjects implement; a pool over time is no single call (see bxPool).
var operations = slices.Concat(coreOperations, poolOperations)

// coreOperations are arithmetic, invariants, swaps and weights.
var coreOperations = []*operation{
	{name: "Add", source: "Fixed point", kinds: onOperands, failures: []string{failAddOverflow},
		ask: asks(func(s *Subject, c *domain.Operands) (num, error) { return s.Add(c.A, c.B) })},
	{name: "Sub", source: "Fixed point", kinds: onOperands, failures: []string{failSubUnderflow},
		ask: asks(func(s *Subject, c *domain.Operands) (num, error) { return s.Sub(c.A, c.B) })},
	{name: "MulDown", source: "Fixed point", kinds: onOperands, failures: []string{failMulOverflow},
		ask: asks(func(s *Subject, c *domain.Operands) (num, error) { return s.MulDown(c.A, c.B) })},
	{name: "MulUp", source: "Fixed point", kinds: onOperands, failures: []string{failMulOverflow},
		ask: asks(func(s *Subject, c *domain.Operands) (num, error) { return s.MulUp(c.A, c.B) })},
	{name: "DivDown", source: "Fixed point", kinds: onOperands, failures: []string{failDivByZero, failZeroAndOverflow, failDivOverflow},
		ask: asks(func(s *Subject, c *domain.Operands) (num, error) { return s.DivDown(c.A, c.B) })},
	{name: "DivUp", source: "Fixed point", kinds: onOperands, failures: []string{failZeroDivision, failDivOverflow},
		ask: asks(func(s *Subject, c *domain.Operands) (num, error) { return s.DivUp(c.A, c.B) })},
	{name: "Complement", source: "Fixed point", kinds: onOperands,
		ask: asks(func(s *Subject, c *domain.Operands) (num, error) { return s.Complement(c.A) })},
	{name: "MulDivUp", source: "Fixed point", kinds: onOperands, only: exactVersions{exact.V3}, failures: []string{failV3ZeroDivision, failV3Overflow},
		ask: asks(func(s *Subject, c *domain.Operands) (num, error) { return s.MulDivUp(c.A, c.B, c.C) })},
	{name: "DivUpRaw", source: "Fixed point", kinds: onOperands, failures: []string{failZeroDivision},
		ask: asks(func(s *Subject, c *domain.Operands) (num, error) { return s.DivUpRaw(c.A, c.B) })},

	{name: "Exp", source: "exp, ln, pow", kinds: onExp, failures: []string{failExpRange},
		ask: asks(func(s *Subject, c *domain.Exp) (num, error) { return s.Exp(c.X) })},
	{name: "Ln", source: "exp, ln, pow", kinds: onLn, signed: true, failures: []string{failLnRange},
		ask: asks(func(s *Subject, c *domain.Ln) (num, error) { return s.Ln(c.A) })},
	{name: "Pow", source: "exp, ln, pow", kinds: onPow, failures: []string{failBaseRange, failExponentRange, failProductRange},
		ask: asks(func(s *Subject, c *domain.Pow) (num, error) { return s.Pow(c.Base, c.Exponent) })},
	// failMulOverflow in the exact forms and in the allowance; r plus its allowance never overflows, as r < 2²⁴³ by then.
	{name: "PowDown", source: "exp, ln, pow", kinds: onPow, failures: []string{failBaseRange, failExponentRange, failProductRange, failMulOverflow},
		ask: asks(func(s *Subject, c *domain.Pow) (num, error) { return s.PowDown(c.Base, c.Exponent) })},
	{name: "PowUp", source: "exp, ln, pow", kinds: onPow, failures: []string{failBaseRange, failExponentRange, failProductRange, failMulOverflow},
		ask: asks(func(s *Subject, c *domain.Pow) (num, error) { return s.PowUp(c.Base, c.Exponent) })},

	{name: "InvariantDown", source: "Weighted math, invariantDown", kinds: onInvariant,
		failures: []string{failBaseRange, failExponentRange, failProductRange, failMulOverflow, failZeroInvariant, failArrayIndex},
		ask:      asks(func(s *Subject, c *domain.Invariant) (num, error) { return s.InvariantDown(c.Weights, c.Balances) })},
	{name: "InvariantUp", source: "Weighted math, invariantUp", kinds: onInvariant,
		failures: []string{failBaseRange, failExponentRange, failProductRange, failMulOverflow, failZeroInvariant, failArrayIndex},
		ask:      asks(func(s *Subject, c *domain.Invariant) (num, error) { return s.InvariantUp(c.Weights, c.Balances) })},
	{name: "OutGivenIn", source: "Weighted math, outGivenIn", kinds: onSwapIn,
		failures: []string{failMaxInRatio, failMulOverflow, failZeroDivision, failDivOverflow, failDivByZero, failZeroAndOverflow, failExponentRange, failProductRange},
		ask: asks(func(s *Subject, c *domain.Swap) (num, error) {
			return s.OutGivenIn(c.BalanceIn, c.WeightIn, c.BalanceOut, c.WeightOut, c.Amount)
		})},
	{name: "InGivenOut", source: "Weighted math, inGivenOut", kinds: onSwapOut,
		failures: []string{failMaxOutRatio, failMulOverflow, failZeroDivision, failDivOverflow, failExponentRange, failProductRange},
		ask: asks(func(s *Subject, c *domain.Swap) (num, error) {
			return s.InGivenOut(c.BalanceIn, c.WeightIn, c.BalanceOut, c.WeightOut, c.Amount)
		})},
	{name: "BalanceGivenInvariantRatio", source: "Weighted math, balanceGivenInvariantRatio", kinds: onRatio,
		failures: []string{failZeroDivision, failDivByZero, failBaseRange, failProductRange, failMulOverflow},
		ask: asks(func(s *Subject, c *domain.Ratio) (num, error) {
			return s.BalanceGivenInvariantRatio(c.Balance, c.Weight, c.Ratio)
		})},
	{name: "AmountInLessFee", source: "Scaling, fees around a swap, rates", kinds: onSwaps, failures: []string{failMulOverflow, failSubUnderflow},
		ask: asks(func(s *Subject, c *domain.Swap) (num, error) { return s.AmountInLessFee(c.Amount, c.Fee) })},
	{name: "AmountInPlusFeeV2", source: "Scaling, fees around a swap, rates", kinds: onSwaps, only: exactVersions{exact.V2}, failures: []string{"BAL#004", "BAL#005"},
		ask: asks(func(s *Subject, c *domain.Swap) (num, error) { return s.AmountInPlusFeeV2(c.Amount, c.Fee) })},
	{name: "AmountInPlusFeeV3", source: "Scaling, fees around a swap, rates", kinds: onSwaps, only: exactVersions{exact.V3}, failures: []string{failV3ZeroDivision, failV3Overflow},
		ask: asks(func(s *Subject, c *domain.Swap) (num, error) { return s.AmountInPlusFeeV3(c.Amount, c.Fee) })},

	{name: "PoolOnSwap", source: "The vectors, poolOnSwap", kinds: onPool,
		failures: []string{failWeightTooSmall, failLowMinimum, failAddOverflow, failWeightSum, failArrayIndex, failBelowMinimum, failMaxInRatio, failMaxOutRatio, failMulOverflow, failDivOverflow, failZeroDivision},
		ask: asks(func(s *Subject, c *domain.Pool) (num, error) {
			return s.PoolOnSwap(c.Weights, c.MinBalances, c.Balances, int(c.IndexIn), int(c.IndexOut), c.Amount, c.GivenOut)
		})},
	{name: "PoolComputeInvariant", source: "The vectors, poolComputeInvariant", kinds: onPool,
		failures: []string{failWeightTooSmall, failLowMinimum, failAddOverflow, failWeightSum, failArrayIndex, failBelowMinimum, failBaseRange, failProductRange, failMulOverflow},
		ask: asks(func(s *Subject, c *domain.Pool) (num, error) {
			return s.PoolComputeInvariant(c.Weights, c.MinBalances, c.Balances, c.RoundUp)
		})},
	{name: "PoolComputeBalance", source: "The vectors, poolComputeBalance", kinds: onPool,
		failures: []string{failWeightTooSmall, failLowMinimum, failAddOverflow, failWeightSum, failArrayIndex, failBelowMinimum, failBaseRange, failProductRange, failMulOverflow},
		ask: asks(func(s *Subject, c *domain.Pool) (num, error) {
			return s.PoolComputeBalance(c.Weights, c.MinBalances, c.Balances, int(c.IndexIn), c.Ratio)
		})},

	{name: "Normalize", source: "Weight normalization", kinds: onWeights, failures: []string{failAddOverflow, failZeroDivision},
		ask: func(s *Subject, c domain.Case) answer {
			shares, err := s.Normalize(c.(*domain.Weights).Raw)
			return answer{shares, err}
		}},
	{name: "ValidateWeights", source: "Weight normalization", kinds: onPoolWeights,
		failures: []string{failTooFewTokens, failTooManyTokens, failWeightTooSmall, failAddOverflow, failWeightSum},
		ask: func(s *Subject, c domain.Case) answer {
			w := c.(*domain.PoolWeights)
			return answer{nil, s.ValidateWeights(w.Weights, int(w.MaxTokens))}
		}},
}

// operationNamed returns the operation of a method.
func operationNamed(name string) *operation {
	for _, o := range operations {
		if o.name == name {
			return o
		}
	}
	panic(harnessFault("no operation is called " + name))
}

// operationsOn lists what a subject can be asked by cases of a kind.
func operationsOn(k domain.Kind, s *Subject) []*operation {
	var list []*operation
	for _, o := range operations {
		if slices.Contains(o.kinds, k) && s.Has(o.name) {
			list = append(list, o)
		}
	}
	return list
}
