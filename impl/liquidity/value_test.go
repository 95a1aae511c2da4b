package liquidity

import (
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/holiman/uint256"
)

// For weights pᵢ/10, the value V^10 = Π bᵢ^pᵢ and S^10 are integers.
func TestNoJoinOrExitLowersTheValueOfAShare(t *testing.T) {
	r := rand.New(rand.NewPCG(25, 26))
	checked := 0
	for range 2000 {
		c := anyCall(r)
		p := 1 + r.Uint64N(9)
		c.weights, c.balances, c.amounts, c.index = []uint256.Int{{p * 1e17}, {(10 - p) * 1e17}}, c.balances[:2], c.amounts[:2], 0
		weight, held, amount := c.weights[0], c.balances[0], c.amounts[0]
		room, more := make([]uint256.Int, 2), make([]uint256.Int, 2)
		keeps := func(name string, grow bool, amounts []uint256.Int, bpt uint256.Int, err error) {
			if err != nil {
				return
			}
			checked++
			move := minus
			if grow {
				move = plus
			}
			if !valueKept(p, integers(c.balances), integers(amounts), c.supply.ToBig(), bpt.ToBig(), move) {
				t.Fatalf("%s of %v: %v for %s BPT", name, c, amounts, bpt.Dec())
			}
		}
		z, err := BptOutGivenExactTokenIn(weight, held, amount, c.supply, c.fee)
		keeps("BptOutGivenExactTokenIn", true, []uint256.Int{amount, {}}, z, err)
		z, err = BptInGivenExactTokenOut(weight, held, amount, c.supply, c.fee)
		keeps("BptInGivenExactTokenOut", false, []uint256.Int{amount, {}}, z, err)
		z, err = TokenInGivenExactBptOut(weight, held, c.amount, c.supply, c.fee)
		keeps("TokenInGivenExactBptOut", true, []uint256.Int{z, {}}, c.amount, err)
		z, err = TokenOutGivenExactBptIn(weight, held, c.amount, c.supply, c.fee)
		keeps("TokenOutGivenExactBptIn", false, []uint256.Int{z, {}}, c.amount, err)
		z, err = BptOutGivenExactTokensIn(c.weights, c.balances, c.amounts, c.supply, c.fee)
		keeps("BptOutGivenExactTokensIn", true, c.amounts, z, err)
		z, err = BptInGivenExactTokensOut(c.weights, c.balances, c.amounts, c.supply, c.fee)
		keeps("BptInGivenExactTokensOut", false, c.amounts, z, err)
		z, err = AddUnbalanced(room, more, c.weights, c.balances, c.amounts, c.supply, c.fee)
		keeps("AddUnbalanced", true, c.amounts, z, err)
		z, _, err = AddSingleExactOut(c.weights, c.balances, 0, c.amount, c.supply, c.fee)
		keeps("AddSingleExactOut", true, []uint256.Int{z, {}}, c.amount, err)
		z, _, err = RemoveSingleExactOut(room, c.weights, c.balances, 0, amount, c.supply, c.fee)
		keeps("RemoveSingleExactOut", false, []uint256.Int{amount, {}}, z, err)
		z, _, err = RemoveSingleExactIn(c.weights, c.balances, 0, c.amount, c.supply, c.fee)
		keeps("RemoveSingleExactIn", false, []uint256.Int{z, {}}, c.amount, err)
		keeps("ProportionalAmountsInV2", true, room, c.amount, ProportionalAmountsInV2(room, c.balances, c.supply, c.amount))
		keeps("ProportionalAmountsInV3", true, room, c.amount, ProportionalAmountsInV3(room, c.balances, c.supply, c.amount))
		if !c.amount.Gt(&c.supply) {
			keeps("ProportionalAmountsOutV2", false, room, c.amount, ProportionalAmountsOutV2(room, c.balances, c.supply, c.amount))
			keeps("ProportionalAmountsOutV3", false, room, c.amount, ProportionalAmountsOutV3(room, c.balances, c.supply, c.amount))
		}
	}
	if checked < 12000 {
		t.Errorf("only %d operations succeed", checked)
	}
}

// valueKept reports whether V/S is at least what it was, for weights p/10 and
// 1 − p/10, when amounts and bpt are added or taken.
func valueKept(p uint64, balances, amounts []integer, supply, bpt integer, move func(a, b integer) integer) bool {
	power := func(x integer, n uint64) integer { return new(big.Int).Exp(x, new(big.Int).SetUint64(n), nil) }
	value := func(x, y integer) integer { return new(big.Int).Mul(power(x, p), power(y, 10-p)) }
	before := value(balances[0], balances[1])
	after := value(move(balances[0], amounts[0]), move(balances[1], amounts[1]))
	after.Mul(after, power(supply, 10))
	return after.Cmp(before.Mul(before, power(move(supply, bpt), 10))) >= 0
}
