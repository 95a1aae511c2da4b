package liquidity

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/holiman/uint256"

	"github.com/trueweight/trueweight/impl/revert"
)

// call is what any function of the package can be asked.
type call struct {
	weights, balances, amounts []uint256.Int
	index                      int
	amount, supply, fee        uint256.Int
}

// tokenFunctions are those of one token, as functions of its weight, its balance,
// an amount, the supply and the fee.
var tokenFunctions = []struct {
	name    string
	compute func(weight, balance, amount, supply, fee uint256.Int) (uint256.Int, error)
	model   func(weight, balance, amount, supply, fee integer) integer
}{
	{"BptOutGivenExactTokenIn", BptOutGivenExactTokenIn, modelJoinToken},
	{"TokenInGivenExactBptOut", TokenInGivenExactBptOut, modelJoinForBpt},
	{"BptInGivenExactTokenOut", BptInGivenExactTokenOut, modelExitToken},
	{"TokenOutGivenExactBptIn", TokenOutGivenExactBptIn, modelExitForBpt},
	{"BptOutAddToken", func(w, _, _, s, _ uint256.Int) (uint256.Int, error) { return BptOutAddToken(s, w) },
		func(w, _, _, s, _ integer) integer { return modelAddToken(s, w) }},
}

// feeFunctions are those of protocol fees, as functions of the invariant's
// growth, the supply before and now, the supply's growth, and a share.
var feeFunctions = []struct {
	name    string
	compute func(growth, previous, current, supplyGrowth, share uint256.Int) (uint256.Int, error)
	model   func(growth, previous, current, supplyGrowth, share integer) integer
}{
	{"OwnershipPercentage", func(g, _, _, s, f uint256.Int) (uint256.Int, error) { return OwnershipPercentage(g, s, f) },
		func(g, _, _, s, f integer) integer { return modelOwnership(g, s, f) }},
	{"BptForOwnership", func(_, _, c, _, p uint256.Int) (uint256.Int, error) { return BptForOwnership(c, p) },
		func(_, _, c, _, p integer) integer { return modelBptForOwnership(c, p) }},
	{"DueProtocolFees", func(g, p, c, _, f uint256.Int) (uint256.Int, error) { return DueProtocolFees(g, p, c, f) },
		func(g, p, c, _, f integer) integer { return modelDue(g, p, c, f) }},
}

// poolFunctions are those of a whole pool. Their results are put together, lists
// of them into room that the caller has.
var poolFunctions = []struct {
	name    string
	compute func(c call, room, more []uint256.Int) (results [2]uint256.Int, lists []uint256.Int, err error)
	model   func(c call) []integer
	single  int // how many results precede the list, or there are without one
}{
	{"BptOutGivenExactTokensIn", func(c call, _, _ []uint256.Int) (z [2]uint256.Int, _ []uint256.Int, err error) {
		z[0], err = BptOutGivenExactTokensIn(c.weights, c.balances, c.amounts, c.supply, c.fee)
		return
	}, modelJoinTokens, 1},
	{"BptInGivenExactTokensOut", func(c call, _, _ []uint256.Int) (z [2]uint256.Int, _ []uint256.Int, err error) {
		z[0], err = BptInGivenExactTokensOut(c.weights, c.balances, c.amounts, c.supply, c.fee)
		return
	}, modelExitTokens, 1},
	{"ProportionalAmountsInV2", proportional(ProportionalAmountsInV2), modelProportionalInV2, 0},
	{"ProportionalAmountsOutV2", proportional(ProportionalAmountsOutV2), modelProportionalOutV2, 0},
	{"ProportionalAmountsInV3", proportional(ProportionalAmountsInV3), modelProportionalInV3, 0},
	{"ProportionalAmountsOutV3", proportional(ProportionalAmountsOutV3), modelProportionalOutV3, 0},
	{"AddUnbalanced", func(c call, fees, balances []uint256.Int) (z [2]uint256.Int, _ []uint256.Int, err error) {
		z[0], err = AddUnbalanced(balances, fees, c.weights, c.balances, c.amounts, c.supply, c.fee)
		return z, fees, err
	}, modelAddUnbalanced, 1},
	{"AddSingleExactOut", func(c call, _, _ []uint256.Int) (z [2]uint256.Int, _ []uint256.Int, err error) {
		z[0], z[1], err = AddSingleExactOut(c.weights, c.balances, c.index, c.amount, c.supply, c.fee)
		return
	}, modelAddSingleExactOut, 2},
	{"RemoveSingleExactOut", func(c call, balances, _ []uint256.Int) (z [2]uint256.Int, _ []uint256.Int, err error) {
		z[0], z[1], err = RemoveSingleExactOut(balances, c.weights, c.balances, c.index, c.amount, c.supply, c.fee)
		return
	}, modelRemoveSingleExactOut, 2},
	{"RemoveSingleExactIn", func(c call, _, _ []uint256.Int) (z [2]uint256.Int, _ []uint256.Int, err error) {
		z[0], z[1], err = RemoveSingleExactIn(c.weights, c.balances, c.index, c.amount, c.supply, c.fee)
		return
	}, modelRemoveSingleExactIn, 2},
}

func proportional(f func(amounts, balances []uint256.Int, supply, bpt uint256.Int) error) func(c call, room, _ []uint256.Int) ([2]uint256.Int, []uint256.Int, error) {
	return func(c call, room, _ []uint256.Int) ([2]uint256.Int, []uint256.Int, error) {
		return [2]uint256.Int{}, room, f(room, c.balances, c.supply, c.amount)
	}
}

// agree reports whether a call gave what the model gives.
func agree(got []uint256.Int, err error, want []integer, failure *revert.Error) bool {
	if failure != nil {
		return reflect.DeepEqual(err, error(failure))
	}
	return err == nil && slices.EqualFunc(got, want, func(g uint256.Int, w integer) bool { return g.ToBig().Cmp(w) == 0 })
}

func TestEveryTokenFunctionIsItsModel(t *testing.T) {
	for _, f := range tokenFunctions {
		t.Run(f.name, func(t *testing.T) {
			isItsModel(t, f.compute, f.model, func(r *rand.Rand) [5]uint256.Int {
				c := anyCall(r)
				amount := c.amounts[0]
				if r.IntN(2) == 0 {
					amount = c.amount
				}
				x := [5]uint256.Int{c.weights[0], c.balances[0], amount, c.supply, c.fee}
				if r.IntN(8) == 0 {
					x[r.IntN(5)] = edge(r)
				}
				return x
			})
		})
	}
}

func TestEveryFeeFunctionIsItsModel(t *testing.T) {
	for _, f := range feeFunctions {
		t.Run(f.name, func(t *testing.T) {
			isItsModel(t, f.compute, f.model, func(r *rand.Rand) [5]uint256.Int {
				supply := balance(r)
				minted := *new(uint256.Int).Div(&supply, uint256.NewInt(1+r.Uint64N(1000)))
				x := [5]uint256.Int{{9e17 + r.Uint64N(12e17)}, supply, *minted.Add(&supply, &minted), {9e17 + r.Uint64N(6e17)}, anyFee(r)}
				if r.IntN(8) == 0 {
					x[r.IntN(5)] = edge(r)
				}
				if r.IntN(8) == 0 {
					x[3] = x[0]
				}
				return x
			})
		})
	}
}

func isItsModel(t *testing.T, compute func(a, b, c, d, e uint256.Int) (uint256.Int, error), model func(a, b, c, d, e integer) integer, draw func(r *rand.Rand) [5]uint256.Int) {
	r := rand.New(rand.NewPCG(21, 22))
	succeeded := 0
	for range 6000 {
		x := draw(r)
		got, err := compute(x[0], x[1], x[2], x[3], x[4])
		want, failure := evaluate(func() []integer {
			z := integers(x[:])
			return []integer{model(z[0], z[1], z[2], z[3], z[4])}
		})
		if !agree([]uint256.Int{got}, err, want, failure) || err != nil && !got.IsZero() {
			t.Fatalf("of %v: got %s, %v; want %v, %v", x, got.Dec(), err, want, failure)
		}
		if err == nil {
			succeeded++
		}
	}
	if succeeded < 1500 {
		t.Errorf("only %d of 6000 inputs succeed", succeeded)
	}
}

// Room beyond the tokens stays as it was, and what was in the rest is no input.
func TestEveryPoolFunctionIsItsModelAndOnlyReads(t *testing.T) {
	for _, f := range poolFunctions {
		t.Run(f.name, func(t *testing.T) {
			r := rand.New(rand.NewPCG(23, 24))
			succeeded := 0
			for range 4000 {
				c := anyCall(r)
				spoil(r, &c)
				before := c
				before.weights, before.balances, before.amounts = slices.Clone(c.weights), slices.Clone(c.balances), slices.Clone(c.amounts)
				n := len(c.balances)
				room, more := garbage(n+1), garbage(n+1)

				results, list, err := f.compute(c, room, more)
				if !reflect.DeepEqual(c, before) || room[n] != garbage(n + 1)[n] || more[n] != garbage(n + 1)[n] {
					t.Fatalf("of %v changed it to %v, or wrote %v, %v", before, c, room[n], more[n])
				}
				got := slices.Clone(results[:f.single])
				if list != nil {
					got = append(got, list[:n]...)
				}
				want, failure := evaluate(func() []integer { return f.model(c) })
				if !agree(got, err, want, failure) || err != nil && results != [2]uint256.Int{} {
					t.Fatalf("of %v: got %v, %v; want %v, %v", c, got, err, want, failure)
				}
				if err == nil {
					succeeded++
				}
			}
			if succeeded < 800 {
				t.Errorf("only %d of 4000 inputs succeed", succeeded)
			}
		})
	}
}

func garbage(n int) []uint256.Int {
	return slices.Repeat([]uint256.Int{{0xdead, 0xbeef, 0xdead, 0xbeef}}, n)
}

var sink uint256.Int

// samples are every function of the package at a call that succeeds.
func samples() map[string]func() error {
	token := [5]uint256.Int{{333333333333333333}, {0x9e3779b97f4a7c15, 77}, {0x7f4a7c15, 5}, {0x9e3779b97f4a7c15, 100}, {3e15}}
	growth := [5]uint256.Int{{11e17}, {0x9e3779b97f4a7c15, 100}, {0x9e3779b97f4a7c15, 101}, {1.05e18}, {5e17}}
	c := call{index: 3, amount: uint256.Int{0x7f4a7c15, 5}, supply: token[3], fee: token[4]}
	for i := range uint64(8) {
		c.weights = append(c.weights, uint256.Int{12e16})
		c.balances = append(c.balances, uint256.Int{0x9e3779b97f4a7c15, 1000 * (i + 1)})
		c.amounts = append(c.amounts, uint256.Int{0x7f4a7c15, 60 * (i % 3)})
	}
	c.weights[3] = uint256.Int{16e16}
	room, more := make([]uint256.Int, 8), make([]uint256.Int, 8)
	calls := map[string]func() error{}
	for _, f := range tokenFunctions {
		calls[f.name] = func() (err error) {
			sink, err = f.compute(token[0], token[1], token[2], token[3], token[4])
			return
		}
	}
	for _, f := range feeFunctions {
		calls[f.name] = func() (err error) {
			sink, err = f.compute(growth[0], growth[1], growth[2], growth[3], growth[4])
			return
		}
	}
	for _, f := range poolFunctions {
		calls[f.name] = func() (err error) { _, _, err = f.compute(c, room, more); return }
	}
	return calls
}

func TestNoFunctionAllocatesOnSuccess(t *testing.T) {
	for name, run := range samples() {
		if n := testing.AllocsPerRun(100, func() { run() }); n != 0 || run() != nil {
			t.Errorf("%s: %v allocations, %v", name, n, run())
		}
	}
}

func BenchmarkFunction(b *testing.B) {
	calls := samples()
	for _, f := range tokenFunctions {
		b.Run(f.name, func(b *testing.B) { measure(b, calls[f.name]) })
	}
	for _, f := range feeFunctions {
		b.Run(f.name, func(b *testing.B) { measure(b, calls[f.name]) })
	}
	for _, f := range poolFunctions {
		b.Run(f.name, func(b *testing.B) { measure(b, calls[f.name]) })
	}
}

func measure(b *testing.B, run func() error) {
	b.ReportAllocs()
	for b.Loop() {
		run()
	}
}
