package revert

import (
	"errors"
	"regexp"
	"slices"
	"testing"

	"github.com/holiman/uint256"
)

var all = []*Error{
	ErrAddOverflow, ErrSubUnderflow, ErrMulOverflow, ErrDivOverflow, ErrDivByZero, ErrDivByZeroOverflow, ErrZeroDivision,
	ErrInvalidExponent, ErrOutOfBounds, ErrBaseOutOfBounds, ErrExponentOutOfBounds, ErrProductOutOfBounds,
	ErrMaxInRatio, ErrMaxOutRatio, ErrZeroInvariant, ErrArrayIndex, ErrMinTokens, ErrMaxTokens, ErrMinWeight,
	ErrNormalizedWeightInvariant, ErrInvalidMinTokenBalance, TokenBalanceBelowMin(0, uint256.Int{}, uint256.Int{}),
	InvariantRatioAboveMax(uint256.Int{}, uint256.Int{}), InvariantRatioBelowMin(uint256.Int{}, uint256.Int{}), ErrDecimalsTooHigh,
	ErrPackingOutOfBounds, ErrCodecOverflow, InvalidStartTime(uint256.Int{}, uint256.Int{}),
	ErrUnsupportedPool, ErrUnsupportedOperation, ErrLengthMismatch, ErrZeroRate, ErrSwapFeeTooLow, ErrSwapFeeTooHigh, ErrProtocolFeeTooHigh,
	ErrNotInitialized, ErrAlreadyInitialized, ErrZeroAmount, ErrSameToken, ErrSupplyTooLow, ErrLockedSupply, ErrBalanceOverflow,
}

func TestNamesHaveTheContractsForms(t *testing.T) {
	v2 := regexp.MustCompile(`^(BAL#\d{3}|INVALID|[A-Z][A-Za-z]+|)$`)
	v3 := regexp.MustCompile(`^(Panic\(0x[0-9a-f]{2}\)|[A-Z][A-Za-z]+|)$`)
	for _, e := range all {
		if !v2.MatchString(e.V2()) || !v3.MatchString(e.V3()) || e.V2()+e.V3() == "" {
			t.Errorf("%v: malformed name", e)
		}
	}
}

func TestNoTwoFailuresShareBothNames(t *testing.T) {
	seen := map[[2]string]bool{}
	for _, e := range all {
		names := [2]string{e.V2(), e.V3()}
		if seen[names] {
			t.Errorf("%v is there twice", names)
		}
		seen[names] = true
	}
}

func TestEveryFailureIsOfItsKind(t *testing.T) {
	var zero uint256.Int
	kinds := map[Kind][]*Error{
		Overflow:       {ErrAddOverflow, ErrMulOverflow, ErrDivOverflow},
		Underflow:      {ErrSubUnderflow},
		DivisionByZero: {ErrDivByZero, ErrDivByZeroOverflow, ErrZeroDivision},
		Domain: {ErrInvalidExponent, ErrOutOfBounds, ErrBaseOutOfBounds, ErrExponentOutOfBounds, ErrProductOutOfBounds, ErrDecimalsTooHigh, ErrLengthMismatch, ErrZeroRate,
			ErrSwapFeeTooLow, ErrSwapFeeTooHigh, ErrProtocolFeeTooHigh, ErrZeroAmount, ErrSameToken},
		Limit:          {ErrMaxInRatio, ErrMaxOutRatio, InvariantRatioAboveMax(zero, zero), InvariantRatioBelowMin(zero, zero)},
		ZeroInvariant:  {ErrZeroInvariant},
		ArrayIndex:     {ErrArrayIndex},
		BelowMinimum:   {ErrInvalidMinTokenBalance, TokenBalanceBelowMin(0, zero, zero), ErrSupplyTooLow, ErrLockedSupply},
		InvalidWeights: {ErrMinWeight, ErrNormalizedWeightInvariant},
		TokenCount:     {ErrMinTokens, ErrMaxTokens},
		Schedule:       {InvalidStartTime(zero, zero)},
		Storage:        {ErrPackingOutOfBounds, ErrCodecOverflow, ErrBalanceOverflow},
		Unsupported:    {ErrUnsupportedPool, ErrUnsupportedOperation},
		State:          {ErrNotInitialized, ErrAlreadyInitialized},
	}
	told := 0
	for kind, list := range kinds {
		told += len(list)
		for _, e := range list {
			if e.Kind() != kind {
				t.Errorf("%v is of kind %q, want %q", e, e.Kind(), kind)
			}
		}
	}
	if told != len(all) {
		t.Errorf("%d failures have a kind here, there are %d", told, len(all))
	}
}

func TestEveryKindHasANameOfItsOwnAndIsUsed(t *testing.T) {
	used := map[Kind]bool{}
	for _, e := range all {
		used[e.Kind()] = true
	}
	names := map[string]bool{Kind(0).String(): true}
	for k := Overflow; k <= State; k++ {
		if names[k.String()] {
			t.Errorf("kind %d is named %q, as another is", k, k)
		}
		if !used[k] {
			t.Errorf("no failure is of kind %q", k)
		}
		names[k.String()] = true
	}
}

func TestErrorNamesBothVersionsAndTheCause(t *testing.T) {
	below := TokenBalanceBelowMin(1, *uint256.NewInt(999), *uint256.NewInt(1000000))
	for want, e := range map[string]error{
		"BAL#003 | Panic(0x11): a product needs more than 256 bits":                                            ErrMulOverflow,
		"TokenBalanceBelowMin: token 1 has 999 wei, its minimum is 1000000 wei":                                below,
		"InvalidMinTokenBalance: a token's minimum balance is below 10⁶ wei":                                   ErrInvalidMinTokenBalance,
		"INVALID | Panic(0x32): an array is too short for the index":                                           ErrArrayIndex,
		"BAL#307 | InvariantRatioAboveMax: the invariant would be 9·10⁻¹⁸ of what it is, the most is 8·10⁻¹⁸":  InvariantRatioAboveMax(*uint256.NewInt(9), *uint256.NewInt(8)),
		"BAL#306 | InvariantRatioBelowMin: the invariant would be 7·10⁻¹⁸ of what it is, the least is 8·10⁻¹⁸": InvariantRatioBelowMin(*uint256.NewInt(7), *uint256.NewInt(8)),
		"DecimalsTooHigh: a token has more than 18 decimals":                                                   ErrDecimalsTooHigh,
		"BAL#436: a value needs more bits than it is stored in":                                                ErrCodecOverflow,
		"BAL#326 | InvalidStartTime: a change would start at 5 s, after its end at 4 s":                        InvalidStartTime(*uint256.NewInt(5), *uint256.NewInt(4)),
	} {
		if got := e.Error(); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

func TestArgsCannotBeChangedFromOutside(t *testing.T) {
	var e *Error
	if !errors.As(error(TokenBalanceBelowMin(2, *uint256.NewInt(7), *uint256.NewInt(8))), &e) {
		t.Fatal("TokenBalanceBelowMin is not an *Error")
	}
	e.Args()[0].SetUint64(99)
	for i, want := range []uint64{2, 7, 8} {
		if got := e.Args()[i]; !got.Eq(uint256.NewInt(want)) {
			t.Errorf("argument %d is %s, want %d", i, got.Dec(), want)
		}
	}
	if ErrMulOverflow.Args() != nil {
		t.Error("ErrMulOverflow carries arguments")
	}
}

func TestInvalidStartTimeCarriesTheStartAndThenTheEnd(t *testing.T) {
	start, end := *uint256.NewInt(5), *uint256.NewInt(4)
	if got := InvalidStartTime(start, end).Args(); !slices.Equal(got, []uint256.Int{start, end}) {
		t.Errorf("got %v", got)
	}
}

// A failure that no contract has, for its types or its callers rule it out, has the same name of ours under both rules.
func TestFailuresOfOursHaveOneName(t *testing.T) {
	for name, e := range map[string]*Error{
		"DecimalsTooHigh": ErrDecimalsTooHigh, "UnsupportedPool": ErrUnsupportedPool, "UnsupportedOperation": ErrUnsupportedOperation, "LengthMismatch": ErrLengthMismatch,
		"ZeroRate": ErrZeroRate, "SwapFeeTooLow": ErrSwapFeeTooLow, "SwapFeeTooHigh": ErrSwapFeeTooHigh, "ProtocolFeeTooHigh": ErrProtocolFeeTooHigh,
		"NotInitialized": ErrNotInitialized, "AlreadyInitialized": ErrAlreadyInitialized, "ZeroAmount": ErrZeroAmount, "SameToken": ErrSameToken,
		"SupplyTooLow": ErrSupplyTooLow, "LockedSupply": ErrLockedSupply, "BalanceOverflow": ErrBalanceOverflow,
	} {
		if e.V2() != name || e.V3() != name {
			t.Errorf("%s is called %q and %q", name, e.V2(), e.V3())
		}
	}
}
