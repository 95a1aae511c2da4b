package logexp

import (
	"math/big"
	"testing"

	"github.com/holiman/uint256"
)

func TestUnitsArePowersOfTen(t *testing.T) {
	for exponent, unit := range map[int64]uint256.Int{18: one18, 20: one20, 36: one36} {
		want := new(big.Int).Exp(big.NewInt(10), big.NewInt(exponent), nil)
		if unit.ToBig().Cmp(want) != 0 {
			t.Errorf("10^%d is %s", exponent, unit.Dec())
		}
	}
}
