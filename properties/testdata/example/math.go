// Package fixed is somebody's own fixed point, to be judged by trueweight.
package fixed

import (
	"errors"

	"github.com/holiman/uint256"
)

// Math is 18-decimal fixed point.
type Math struct{}

// MulDown returns ⌊a·b / 10¹⁸⌋.
func (Math) MulDown(a, b uint256.Int) (z uint256.Int, err error) {
	if _, overflow := z.MulOverflow(&a, &b); overflow {
		return z, errors.New("overflow")
	}
	z.Div(&z, uint256.NewInt(1e18))
	return z, nil
}

// Add returns a + b.
func (Math) Add(a, b uint256.Int) (z uint256.Int, err error) {
	if _, overflow := z.AddOverflow(&a, &b); overflow {
		return z, errors.New("overflow")
	}
	return z, nil
}
