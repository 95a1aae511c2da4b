package liquidity

import (
	"reflect"
	"testing"

	"github.com/holiman/uint256"

	"github.com/trueweight/trueweight/impl/revert"
)

// A token of weight 1 makes every ratio an exact quotient.
func TestExactlyTheLimitsAreAccepted(t *testing.T) {
	whole, held := []uint256.Int{{1e18}}, []uint256.Int{{1e18}}
	one := uint256.Int{1e18}
	for _, c := range []struct {
		name    string
		compute func(x uint256.Int) error
		limit   uint256.Int
		beyond  *revert.Error
	}{
		{"TokenInGivenExactBptOut", func(x uint256.Int) (err error) {
			_, err = TokenInGivenExactBptOut(one, one, x, one, uint256.Int{})
			return
		}, uint256.Int{2e18}, revert.InvariantRatioAboveMax(uint256.Int{3e18 + 1}, uint256.Int{3e18})},
		{"TokenOutGivenExactBptIn", func(x uint256.Int) (err error) {
			_, err = TokenOutGivenExactBptIn(one, one, x, one, uint256.Int{})
			return
		}, uint256.Int{3e17}, revert.InvariantRatioBelowMin(uint256.Int{7e17 - 1}, uint256.Int{7e17})},
		{"AddUnbalanced", func(x uint256.Int) (err error) {
			_, err = AddUnbalanced(make([]uint256.Int, 1), make([]uint256.Int, 1), whole, held, []uint256.Int{x}, one, uint256.Int{})
			return
		}, uint256.Int{2e18 + 1}, revert.InvariantRatioAboveMax(uint256.Int{3e18 + 1}, uint256.Int{3e18})},
		{"AddSingleExactOut", func(x uint256.Int) (err error) {
			_, _, err = AddSingleExactOut(whole, held, 0, x, one, uint256.Int{})
			return
		}, uint256.Int{2e18}, revert.InvariantRatioAboveMax(uint256.Int{3e18 + 1}, uint256.Int{3e18})},
		{"RemoveSingleExactOut", func(x uint256.Int) (err error) {
			_, _, err = RemoveSingleExactOut(make([]uint256.Int, 1), whole, held, 0, x, one, uint256.Int{})
			return
		}, uint256.Int{3e17 - 1}, revert.InvariantRatioBelowMin(uint256.Int{7e17 - 1}, uint256.Int{7e17})},
		{"RemoveSingleExactIn", func(x uint256.Int) (err error) {
			_, _, err = RemoveSingleExactIn(whole, held, 0, x, one, uint256.Int{})
			return
		}, uint256.Int{3e17}, revert.InvariantRatioBelowMin(uint256.Int{7e17 - 1}, uint256.Int{7e17})},
	} {
		if err := c.compute(c.limit); err != nil {
			t.Errorf("%s at the limit: %v", c.name, err)
		}
		if err := c.compute(*new(uint256.Int).AddUint64(&c.limit, 1)); !reflect.DeepEqual(err, error(c.beyond)) {
			t.Errorf("%s a wei beyond the limit: got %v, want %v", c.name, err, c.beyond)
		}
	}
}

func TestFailuresComeInOrder(t *testing.T) {
	top := *new(uint256.Int).SetAllOne()
	half, held := []uint256.Int{{5e17}, {5e17}}, []uint256.Int{{9e18}, {9e18}}
	good := call{weights: half, balances: held, amounts: []uint256.Int{{1e18}, {}}, amount: uint256.Int{1e17}, supply: uint256.Int{1e18}, fee: uint256.Int{1e16}}
	above, below := revert.InvariantRatioAboveMax(uint256.Int{4e18}, uint256.Int{3e18}), revert.InvariantRatioBelowMin(uint256.Int{5e17}, uint256.Int{7e17})
	for _, x := range []struct {
		function, name string
		change         func(c *call)
		want           error
	}{
		{"BptOutGivenExactTokensIn", "an amount is missing", func(c *call) { c.amounts = c.amounts[:1] }, revert.ErrArrayIndex},
		{"BptOutGivenExactTokensIn", "no balance, and an amount is missing", func(c *call) { c.amounts, c.balances = nil, []uint256.Int{{}} }, revert.ErrArrayIndex},
		{"BptOutGivenExactTokensIn", "no balance, and the weight is missing", func(c *call) { c.weights, c.balances = nil, []uint256.Int{{}} }, revert.ErrDivByZero},
		{"BptOutGivenExactTokensIn", "the weight is missing", func(c *call) { c.weights = half[:1] }, revert.ErrArrayIndex},
		{"BptOutGivenExactTokensIn", "weights and amounts beyond the balances", func(c *call) { c.balances = held[:1] }, nil},
		{"BptOutGivenExactTokensIn", "no tokens", func(c *call) { c.balances = nil }, nil},
		{"BptInGivenExactTokensOut", "an amount is missing", func(c *call) { c.amounts = c.amounts[:1] }, revert.ErrArrayIndex},
		{"BptInGivenExactTokensOut", "more out than there is, of none", func(c *call) { c.balances = []uint256.Int{{}} }, revert.ErrSubUnderflow},
		{"BptInGivenExactTokensOut", "no balance, and no weight", func(c *call) { c.amounts, c.balances, c.weights = []uint256.Int{{}}, []uint256.Int{{}}, nil }, revert.ErrZeroDivision},
		{"ProportionalAmountsInV2", "no supply, and no tokens", func(c *call) { c.supply, c.balances = uint256.Int{}, nil }, revert.ErrZeroDivision},
		{"ProportionalAmountsInV3", "no supply, and no tokens", func(c *call) { c.supply, c.balances = uint256.Int{}, nil }, nil},
		{"ProportionalAmountsInV3", "no supply, and too much", func(c *call) { c.supply, c.amount = uint256.Int{}, top }, revert.ErrZeroDivision},
		{"ProportionalAmountsOutV2", "no supply, and no tokens", func(c *call) { c.supply, c.balances = uint256.Int{}, nil }, revert.ErrDivByZero},
		{"ProportionalAmountsOutV3", "no supply, and no tokens", func(c *call) { c.supply, c.balances = uint256.Int{}, nil }, nil},
		{"ProportionalAmountsOutV3", "no supply, and too much", func(c *call) { c.supply, c.amount = uint256.Int{}, top }, revert.ErrMulOverflow},
		{"AddUnbalanced", "nothing held and added, and an amount is missing", func(c *call) { c.balances, c.amounts = []uint256.Int{{}, {}}, []uint256.Int{{}} }, revert.ErrSubUnderflow},
		{"AddUnbalanced", "an amount is missing, and a balance", func(c *call) { c.balances, c.amounts = held[:1], nil }, revert.ErrArrayIndex},
		{"AddUnbalanced", "a balance is missing", func(c *call) { c.balances = held[:1] }, revert.ErrArrayIndex},
		{"AddSingleExactOut", "no supply, and an index past the end", func(c *call) { c.supply, c.index = uint256.Int{}, 2 }, revert.ErrZeroDivision},
		{"AddSingleExactOut", "beyond the limit, and an index past the end", func(c *call) { c.amount, c.index = uint256.Int{3e18}, 2 }, above},
		{"AddSingleExactOut", "an index past the end", func(c *call) { c.index = 2 }, revert.ErrArrayIndex},
		{"AddSingleExactOut", "a negative index", func(c *call) { c.index = -1 }, revert.ErrArrayIndex},
		{"AddSingleExactOut", "a weight is missing", func(c *call) { c.index, c.weights = 1, half[:1] }, revert.ErrArrayIndex},
		{"AddSingleExactOut", "a fee of 1", func(c *call) { c.fee = uint256.Int{1e18} }, revert.ErrZeroDivision},
		{"RemoveSingleExactOut", "an empty balance, and an index past the end", func(c *call) { c.balances, c.index = []uint256.Int{{9e18}, {}}, 2 }, revert.ErrSubUnderflow},
		{"RemoveSingleExactOut", "an index past the end", func(c *call) { c.index = 2 }, revert.ErrArrayIndex},
		{"RemoveSingleExactOut", "a negative index", func(c *call) { c.index = -1 }, revert.ErrArrayIndex},
		{"RemoveSingleExactOut", "all of a balance", func(c *call) { c.amount = uint256.Int{9e18} }, revert.ErrSubUnderflow},
		{"RemoveSingleExactOut", "a balance is missing", func(c *call) { c.balances = held[:1] }, revert.ErrArrayIndex},
		{"RemoveSingleExactIn", "more than the supply, and an index past the end", func(c *call) { c.amount, c.index = uint256.Int{2e18}, 2 }, revert.ErrSubUnderflow},
		{"RemoveSingleExactIn", "beyond the limit, and an index past the end", func(c *call) { c.amount, c.index = uint256.Int{5e17}, 2 }, below},
		{"RemoveSingleExactIn", "an index past the end", func(c *call) { c.index = 2 }, revert.ErrArrayIndex},
		{"RemoveSingleExactIn", "a negative index", func(c *call) { c.index = -1 }, revert.ErrArrayIndex},
	} {
		c := good
		x.change(&c)
		for _, f := range poolFunctions {
			if f.name != x.function {
				continue
			}
			if _, _, err := f.compute(good, make([]uint256.Int, 2), make([]uint256.Int, 2)); err != nil {
				t.Fatalf("%s of the unchanged call: %v", f.name, err)
			}
			if _, _, err := f.compute(c, make([]uint256.Int, 2), make([]uint256.Int, 2)); !reflect.DeepEqual(err, x.want) {
				t.Errorf("%s, %s: got %v, want %v", x.function, x.name, err, x.want)
			}
		}
	}
}

// An answer of 0 that is known at once does not ask what would fail on the way.
func TestNothingIsNothingAtAnySize(t *testing.T) {
	wide := *new(uint256.Int).Lsh(uint256.NewInt(1), 190) // no exponent of pow, and no dividend
	wider := *new(uint256.Int).Lsh(uint256.NewInt(1), 200)
	widest, ten := *new(uint256.Int).AddUint64(&wider, 1), uint256.Int{10}
	for name, compute := range map[string]func() (uint256.Int, error){
		"no amount in at a weight of 2¹⁹⁰":  func() (uint256.Int, error) { return BptOutGivenExactTokenIn(wide, ten, uint256.Int{}, ten, ten) },
		"no share of a growth of 2²⁰⁰ wei":  func() (uint256.Int, error) { return OwnershipPercentage(widest, wider, uint256.Int{}) },
		"no growth beyond a supply's, 2²⁰⁰": func() (uint256.Int, error) { return OwnershipPercentage(wider, wider, ten) },
	} {
		if z, err := compute(); err != nil || !z.IsZero() {
			t.Errorf("%s: %s, %v", name, z.Dec(), err)
		}
	}
}
