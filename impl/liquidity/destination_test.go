package liquidity

import (
	"slices"
	"testing"

	"github.com/holiman/uint256"

	"github.com/trueweight/trueweight/impl/revert"
)

func TestDestinationsNeedRoomOfTheirOwn(t *testing.T) {
	memory := make([]uint256.Int, 12)
	for i := range memory {
		memory[i] = uint256.Int{5e17}
	}
	weights, balances, amounts := memory[0:2], memory[2:4], memory[4:6]
	supply, fee := uint256.Int{1e18}, uint256.Int{1e16}
	bpt := uint256.Int{1e17}
	add := func(scratch, fees []uint256.Int) (err error) {
		_, err = AddUnbalanced(scratch, fees, weights, balances, amounts, supply, fee)
		return
	}
	for _, c := range []struct {
		name string
		run  func(destination []uint256.Int) error
		read [][]uint256.Int
	}{
		{"ProportionalAmountsInV2", func(d []uint256.Int) error { return ProportionalAmountsInV2(d, balances, supply, bpt) }, [][]uint256.Int{balances}},
		{"ProportionalAmountsOutV2", func(d []uint256.Int) error { return ProportionalAmountsOutV2(d, balances, supply, bpt) }, [][]uint256.Int{balances}},
		{"ProportionalAmountsInV3", func(d []uint256.Int) error { return ProportionalAmountsInV3(d, balances, supply, bpt) }, [][]uint256.Int{balances}},
		{"ProportionalAmountsOutV3", func(d []uint256.Int) error { return ProportionalAmountsOutV3(d, balances, supply, bpt) }, [][]uint256.Int{balances}},
		{"AddUnbalanced's balances", func(d []uint256.Int) error { return add(d, memory[10:]) }, [][]uint256.Int{weights, balances, amounts, memory[10:]}},
		{"AddUnbalanced's fees", func(d []uint256.Int) error { return add(memory[10:], d) }, [][]uint256.Int{weights, balances, amounts, memory[10:]}},
		{"RemoveSingleExactOut's balances", func(d []uint256.Int) (err error) {
			_, _, err = RemoveSingleExactOut(d, weights, balances, 1, bpt, supply, fee)
			return
		}, [][]uint256.Int{weights, balances}},
	} {
		if err := c.run(memory[6:8]); err != nil {
			t.Errorf("%s beside the amounts: %v", c.name, err)
		}
		if err := c.run(memory[6:7:7]); err != revert.ErrArrayIndex {
			t.Errorf("%s too short: %v", c.name, err)
		}
		for _, list := range c.read {
			before := slices.Clone(memory[:6])
			if err := c.run(list); err != revert.ErrArrayIndex || !slices.Equal(memory[:6], before) {
				t.Errorf("%s in place of what is read: %v", c.name, err)
			}
		}
	}
	shifted := memory[1:3]
	if err := ProportionalAmountsInV3(shifted, balances, supply, bpt); err != revert.ErrArrayIndex {
		t.Errorf("a destination that ends inside the balances: %v", err)
	}
	if shifted = memory[3:5]; ProportionalAmountsInV3(shifted, balances, supply, bpt) != revert.ErrArrayIndex {
		t.Error("a destination that begins inside the balances is taken")
	}
}
