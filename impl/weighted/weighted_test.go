package weighted

import (
	"errors"
	"math/big"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/holiman/uint256"

	"github.com/trueweight/trueweight/impl/revert"
)

// functions are those of plain numbers, as functions of five.
var functions = []struct {
	name    string
	compute func(x [5]uint256.Int) (uint256.Int, error)
	model   func(x [5]*big.Int) *big.Int
}{
	{"OutGivenIn", func(x [5]uint256.Int) (uint256.Int, error) { return OutGivenIn(x[0], x[1], x[2], x[3], x[4]) },
		func(x [5]*big.Int) *big.Int { return modelOutGivenIn(x[0], x[1], x[2], x[3], x[4]) }},
	{"InGivenOut", func(x [5]uint256.Int) (uint256.Int, error) { return InGivenOut(x[0], x[1], x[2], x[3], x[4]) },
		func(x [5]*big.Int) *big.Int { return modelInGivenOut(x[0], x[1], x[2], x[3], x[4]) }},
	{"BalanceGivenInvariantRatio", func(x [5]uint256.Int) (uint256.Int, error) { return BalanceGivenInvariantRatio(x[0], x[1], x[4]) },
		func(x [5]*big.Int) *big.Int { return modelBalance(x[0], x[1], x[4]) }},
	{"AmountInLessFee", func(x [5]uint256.Int) (uint256.Int, error) { return AmountInLessFee(x[0], x[1]) },
		func(x [5]*big.Int) *big.Int { return minus(x[0], mu(x[0], x[1])) }},
	{"AmountInPlusFeeV2", func(x [5]uint256.Int) (uint256.Int, error) { return AmountInPlusFeeV2(x[0], x[1]) },
		func(x [5]*big.Int) *big.Int { return du(x[0], complement(x[1])) }},
	{"AmountInPlusFeeV3", func(x [5]uint256.Int) (uint256.Int, error) { return AmountInPlusFeeV3(x[0], x[1]) },
		func(x [5]*big.Int) *big.Int {
			return plus(x[0], ceilDiv(x[0], x[1], complement(x[1]), revert.ErrMulOverflow))
		}},
}

func TestEveryFunctionIsItsModel(t *testing.T) {
	for _, f := range functions {
		t.Run(f.name, func(t *testing.T) {
			r := rand.New(rand.NewPCG(5, 6))
			succeeded := 0
			for range 8000 {
				x := arguments(r)
				got, err := f.compute(x)
				want, failure := evaluate(func() *big.Int {
					return f.model([5]*big.Int{x[0].ToBig(), x[1].ToBig(), x[2].ToBig(), x[3].ToBig(), x[4].ToBig()})
				})
				if !agree(got, err, want, failure) {
					t.Fatalf("%s of %v: got %s, %v; want %v, %v", f.name, x, got.Dec(), err, want, failure)
				}
				if err == nil {
					succeeded++
				}
			}
			if succeeded < 1000 {
				t.Errorf("only %d of 8000 inputs succeed", succeeded)
			}
		})
	}
}

// arguments are two balances, each with a weight, and an amount: mostly a share
// of a balance about the limit of 30 %, or a ratio, or anything; now and then
// an edge of the number range in any place.
func arguments(r *rand.Rand) (x [5]uint256.Int) {
	for i := range x {
		x[i] = balance(r)
	}
	x[1], x[3] = weight(r), weight(r)
	switch r.IntN(4) {
	case 0:
		x[4] = *new(uint256.Int).Div(&x[2*r.IntN(2)], uint256.NewInt(1+r.Uint64N(8)))
	case 1:
		limit := unsigned(new(big.Int).Div(new(big.Int).Mul(x[2*r.IntN(2)].ToBig(), big.NewInt(3)), big.NewInt(10)))
		x[4] = *new(uint256.Int).AddUint64(&limit, r.Uint64N(2))
	case 2:
		x[4] = uint256.Int{r.Uint64N(3e18)}
	}
	if r.IntN(8) == 0 {
		x[r.IntN(5)] = edge(r)
	}
	return x
}

func balance(r *rand.Rand) uint256.Int {
	z := uint256.Int{r.Uint64(), r.Uint64(), r.Uint64(), r.Uint64()}
	z.Rsh(&z, uint(256-r.IntN(150)))
	return z
}

func weight(r *rand.Rand) uint256.Int { return uint256.Int{1e16 + r.Uint64N(98e16)} }

func edge(r *rand.Rand) uint256.Int {
	edges := []uint256.Int{{}, {1}, {1e18 - 1}, {1e18}, {1e18 + 1}, *new(uint256.Int).SetAllOne(), {0, 0, 0, 1 << 63},
		{r.Uint64(), r.Uint64(), r.Uint64(), r.Uint64()}}
	return edges[r.IntN(len(edges))]
}

// For weights q:p, a swap on the curve keeps bᵢ^p·bₒ^q: powers of integers.
func TestSwapsStayOnOrAboveTheCurve(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for _, p := range []int64{1, 2, 3, 4, 9} {
		for _, q := range []int64{1, 2, 3, 4, 9} {
			weightIn, weightOut := uint256.Int{uint64(p) * 1e16}, uint256.Int{uint64(q) * 1e16}
			keeps := func(balanceIn, balanceOut, in, out uint256.Int) bool {
				value := func(x, y *big.Int) *big.Int {
					return x.Mul(x.Exp(x, big.NewInt(p), nil), y.Exp(y, big.NewInt(q), nil))
				}
				before := value(balanceIn.ToBig(), balanceOut.ToBig())
				return value(plus(balanceIn.ToBig(), in.ToBig()), minus(balanceOut.ToBig(), out.ToBig())).Cmp(before) >= 0
			}
			for range 300 {
				balanceIn, balanceOut := balance(r), balance(r)
				amount := *new(uint256.Int).Div(&balanceIn, uint256.NewInt(4+r.Uint64N(1e6)))
				if out, err := OutGivenIn(balanceIn, weightIn, balanceOut, weightOut, amount); err == nil && !keeps(balanceIn, balanceOut, amount, out) {
					t.Fatalf("%s for %s of balances %s, %s and weights %d:%d lowers the value", out.Dec(), amount.Dec(), balanceIn.Dec(), balanceOut.Dec(), p, q)
				}
				amount = *new(uint256.Int).Div(&balanceOut, uint256.NewInt(4+r.Uint64N(1e6)))
				if in, err := InGivenOut(balanceIn, weightIn, balanceOut, weightOut, amount); err == nil && !keeps(balanceIn, balanceOut, in, amount) {
					t.Fatalf("%s in for %s out of balances %s, %s and weights %d:%d lowers the value", in.Dec(), amount.Dec(), balanceIn.Dec(), balanceOut.Dec(), p, q)
				}
			}
		}
	}
}

func TestExactly30PercentIsAccepted(t *testing.T) {
	for _, b := range []uint64{1, 3, 4, 9, 10, 11, 999, 1e18, 12345678901234567890} {
		held, limit := uint256.Int{b}, unsigned(new(big.Int).Div(new(big.Int).Mul(new(big.Int).SetUint64(b), big.NewInt(3)), big.NewInt(10)))
		over := *new(uint256.Int).AddUint64(&limit, 1)
		half := uint256.Int{5e17}
		for _, c := range []struct {
			amount  uint256.Int
			in, out error
		}{{limit, nil, nil}, {over, revert.ErrMaxInRatio, revert.ErrMaxOutRatio}} {
			if _, err := OutGivenIn(held, half, held, half, c.amount); err != c.in {
				t.Errorf("%s in at a balance of %d: %v, want %v", c.amount.Dec(), b, err, c.in)
			}
			if _, err := InGivenOut(held, half, held, half, c.amount); err != c.out {
				t.Errorf("%s out at a balance of %d: %v, want %v", c.amount.Dec(), b, err, c.out)
			}
		}
	}
}

func TestBothVersionsChargeTheSameFee(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	for range 5000 {
		amount, fee := balance(r), uint256.Int{r.Uint64N(1e18)}
		v2, err2 := AmountInPlusFeeV2(amount, fee)
		v3, err3 := AmountInPlusFeeV3(amount, fee)
		if err2 != nil || err3 != nil || v2 != v3 {
			t.Fatalf("%s at fee %s: v2 %s, %v; v3 %s, %v", amount.Dec(), fee.Dec(), v2.Dec(), err2, v3.Dec(), err3)
		}
	}
}

// pool is one call of a function of slices.
type pool struct {
	weights, minimums, balances []uint256.Int
	indexIn, indexOut           int
	amount                      uint256.Int
	up                          bool
}

var poolFunctions = []struct {
	name    string
	compute func(p pool) (uint256.Int, error)
	model   func(p pool) *big.Int
}{
	{"InvariantDown", func(p pool) (uint256.Int, error) { return InvariantDown(p.weights, p.balances) },
		func(p pool) *big.Int { return modelInvariant(p, pd, md) }},
	{"InvariantUp", func(p pool) (uint256.Int, error) { return InvariantUp(p.weights, p.balances) },
		func(p pool) *big.Int { return modelInvariant(p, pu, mu) }},
	{"PoolOnSwap", func(p pool) (uint256.Int, error) {
		return PoolOnSwap(p.weights, p.minimums, p.balances, p.indexIn, p.indexOut, p.amount, SwapKind(p.up))
	}, modelPoolOnSwap},
	{"PoolComputeInvariant", func(p pool) (uint256.Int, error) {
		return PoolComputeInvariant(p.weights, p.minimums, p.balances, p.up)
	}, modelPoolInvariant},
	{"PoolComputeBalance", func(p pool) (uint256.Int, error) {
		return PoolComputeBalance(p.weights, p.minimums, p.balances, p.indexIn, p.amount)
	}, modelPoolBalance},
}

func TestEveryPoolFunctionIsItsModelAndOnlyReads(t *testing.T) {
	for _, f := range poolFunctions {
		t.Run(f.name, func(t *testing.T) {
			r := rand.New(rand.NewPCG(11, 12))
			succeeded := 0
			for range 6000 {
				p := anyPool(r)
				before := pool{slices.Clone(p.weights), slices.Clone(p.minimums), slices.Clone(p.balances), p.indexIn, p.indexOut, p.amount, p.up}
				got, err := f.compute(p)
				if !slices.Equal(p.weights, before.weights) || !slices.Equal(p.minimums, before.minimums) || !slices.Equal(p.balances, before.balances) {
					t.Fatalf("%s of %v changed it to %v", f.name, before, p)
				}
				want, failure := evaluate(func() *big.Int { return f.model(p) })
				if !agree(got, err, want, failure) {
					t.Fatalf("%s of %v: got %s, %v; want %v, %v", f.name, p, got.Dec(), err, want, failure)
				}
				if err == nil {
					succeeded++
				}
			}
			if succeeded < 1000 {
				t.Errorf("only %d of 6000 inputs succeed", succeeded)
			}
		})
	}
}

// anyPool is mostly a pool of 2 to 8 tokens with balances that reach their
// minimums; sometimes one has a minimum within 2 wei of its balance, or a
// length, an index, a weight or a number is wrong.
func anyPool(r *rand.Rand) (p pool) {
	n := 2 + r.IntN(7)
	left := uint64(1e18)
	for i := range n {
		w := left
		if i < n-1 {
			w = 1e16 + r.Uint64N(2*(left-uint64(n-i)*1e16)/uint64(n-i))
		}
		left -= w
		p.weights = append(p.weights, uint256.Int{w})
		p.minimums = append(p.minimums, uint256.Int{1e6})
		b := balance(r)
		p.balances = append(p.balances, *b.AddUint64(&b, 1e6))
	}
	p.indexIn, p.indexOut, p.up = r.IntN(n), r.IntN(n), r.IntN(2) == 1
	p.amount = *new(uint256.Int).Div(&p.balances[p.indexIn], uint256.NewInt(3+r.Uint64N(1e3)))
	if r.IntN(2) == 0 {
		p.amount = uint256.Int{7e17 + r.Uint64N(23e17)}
	}
	lists := []*[]uint256.Int{&p.weights, &p.minimums, &p.balances}
	list := lists[r.IntN(3)]
	switch r.IntN(20) {
	case 0:
		*list = (*list)[:r.IntN(n)]
	case 1:
		*list = append(*list, edge(r))
	case 2:
		(*list)[r.IntN(n)] = edge(r)
	case 3:
		p.indexIn = r.IntN(100) - 50
	case 4:
		p.indexOut = r.IntN(100) - 50
	case 5:
		p.amount = edge(r)
	case 6:
		p.minimums[p.indexIn] = p.balances[p.indexIn]
		p.minimums[p.indexIn].AddUint64(&p.minimums[p.indexIn], r.Uint64N(3))
	}
	return p
}

// Every function of the v3 pool checks its construction before anything else.
func TestPoolFailuresComeInOrder(t *testing.T) {
	half, top := []uint256.Int{{5e17}, {5e17}}, *new(uint256.Int).SetAllOne()
	least, held := []uint256.Int{{1e6}, {1e6}}, []uint256.Int{{9e6}, {9e6}}
	invariant := func(p pool) (uint256.Int, error) {
		return PoolComputeInvariant(p.weights, p.minimums, p.balances, p.up)
	}
	swap := func(p pool) (uint256.Int, error) {
		return PoolOnSwap(p.weights, p.minimums, p.balances, p.indexIn, p.indexOut, p.amount, GivenIn)
	}
	balance := func(p pool) (uint256.Int, error) {
		return PoolComputeBalance(p.weights, p.minimums, p.balances, p.indexIn, one)
	}
	for _, c := range []struct {
		name    string
		compute func(p pool) (uint256.Int, error)
		pool    pool
		want    error
	}{
		{"all is well", swap, pool{weights: half, minimums: least, balances: held, indexOut: 1}, nil},
		{"weight and minimum of one token", swap, pool{weights: []uint256.Int{{1e16 - 1}, {99e16 + 1}}, minimums: []uint256.Int{{1}, {1}}}, revert.ErrMinWeight},
		{"minimum of the first, weight of the second", swap, pool{weights: []uint256.Int{{1e18 - 1}, {1}}, minimums: []uint256.Int{{1e6 - 1}, {1e6}}}, revert.ErrInvalidMinTokenBalance},
		{"a weight of 1 % is enough", swap, pool{weights: []uint256.Int{{1e16}, {99e16}}, minimums: least, balances: held}, nil},
		{"sum and index", swap, pool{weights: []uint256.Int{{5e17}, {5e17 + 1}}, minimums: least, indexIn: 7}, revert.ErrNormalizedWeightInvariant},
		{"no tokens", invariant, pool{}, revert.ErrNormalizedWeightInvariant},
		{"sum past 2²⁵⁶", invariant, pool{weights: []uint256.Int{top, {1e16}}, minimums: least}, revert.ErrAddOverflow},
		{"a minimum is missing", invariant, pool{weights: half, minimums: least[:1], balances: held}, revert.ErrArrayIndex},
		{"a balance is missing, and the other has no power", invariant, pool{weights: half, minimums: least, balances: []uint256.Int{top}}, revert.ErrBaseOutOfBounds},
		{"a balance is missing", invariant, pool{weights: half, minimums: least, balances: held[:1]}, revert.ErrArrayIndex},
		{"a balance beyond the minimums", invariant, pool{weights: half, minimums: least, balances: []uint256.Int{{9e6}, {9e6}, {9e6}}}, revert.ErrArrayIndex},
		{"a balance is missing, and the other is low", invariant, pool{weights: half, minimums: least, balances: []uint256.Int{{7}}}, revert.TokenBalanceBelowMin(0, uint256.Int{7}, uint256.Int{1e6})},
		{"the second is low", invariant, pool{weights: half, minimums: least, balances: []uint256.Int{top, {7}}}, revert.TokenBalanceBelowMin(1, uint256.Int{7}, uint256.Int{1e6})},
		{"a negative index", balance, pool{weights: half, minimums: least, balances: held, indexIn: -1}, revert.ErrArrayIndex},
		{"an index past the end", balance, pool{weights: half, minimums: least, balances: held, indexIn: 2}, revert.ErrArrayIndex},
		{"balance in one wei short of its minimum is counted as enough", swap, pool{weights: half, minimums: least, balances: []uint256.Int{{1e6 - 1}, {9e6}}, indexOut: 1}, nil},
		{"balance in two wei short, and too much", swap, pool{weights: half, minimums: least, balances: []uint256.Int{{1e6 - 2}, {9e6}}, indexOut: 1, amount: top}, revert.TokenBalanceBelowMin(0, uint256.Int{1e6 - 1}, uint256.Int{1e6})},
		{"too much, and balance out low", swap, pool{weights: half, minimums: least, balances: []uint256.Int{{9e6}, {7}}, indexOut: 1, amount: top}, revert.ErrMaxInRatio},
		{"balance in past 2²⁵⁶", swap, pool{weights: half, minimums: least, balances: []uint256.Int{top, {7}}, indexOut: 1}, revert.ErrAddOverflow},
	} {
		if _, err := c.compute(c.pool); !reflect.DeepEqual(err, c.want) {
			t.Errorf("%s: got %v, want %v", c.name, err, c.want)
		}
	}
}

func TestTokenBalanceBelowMinSaysWhichTokenHasHowMuchAndNeedsHowMuch(t *testing.T) {
	half := []uint256.Int{{5e17}, {5e17}}
	_, err := PoolComputeInvariant(half, []uint256.Int{{1e6}, {2e6}}, []uint256.Int{{1e6}, {2e6 - 1}}, false)
	var failure *revert.Error
	if !errors.As(err, &failure) || failure.Kind() != revert.BelowMinimum || failure.V3() != "TokenBalanceBelowMin" ||
		!slices.Equal(failure.Args(), []uint256.Int{{1}, {2e6 - 1}, {2e6}}) {
		t.Errorf("got %v", err)
	}
}

var sink uint256.Int

// samples are every function of the package at a call that succeeds.
func samples() map[string]func() error {
	x := [5]uint256.Int{{0x9e3779b97f4a7c15, 77}, {333333333333333333}, {0x7f4a7c15, 5}, {2e17}, {123456789012345678}}
	p := pool{up: true, amount: uint256.Int{123456789012345678}, indexOut: 3}
	for i := range uint64(8) {
		p.weights = append(p.weights, uint256.Int{12e16})
		p.minimums = append(p.minimums, uint256.Int{1e6})
		p.balances = append(p.balances, uint256.Int{0x9e3779b97f4a7c15, 1000 * (i + 1)})
	}
	p.weights[3] = uint256.Int{16e16}
	calls := map[string]func() error{}
	for _, f := range functions {
		calls[f.name] = func() (err error) { sink, err = f.compute(x); return }
	}
	for _, f := range poolFunctions {
		call := p
		if f.name == "PoolComputeBalance" {
			call.amount = uint256.Int{12e17}
		}
		calls[f.name] = func() (err error) { sink, err = f.compute(call); return }
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
	for _, f := range functions {
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
