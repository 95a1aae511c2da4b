// Package operators has a function or a variable for each operator.
package operators

import (
	"errors"
	"math/big"

	"github.com/holiman/uint256"

	"github.com/trueweight/trueweight/impl/fixedpoint"
	"github.com/trueweight/trueweight/impl/revert"
)

func rounded(a, b uint256.Int) (uint256.Int, error) { return fixedpoint.MulDown(a, b) }

func ended(prec uint) *big.Float {
	return new(big.Float).SetPrec(prec).SetMode(big.ToNegativeInf)
}

func guarded(a, b *uint256.Int) bool { return a.Lt(b) }

func limited(n int) error {
	if n > 7 {
		return revert.ErrMaxInRatio
	}
	return nil
}

func chosen(up bool) string {
	switch {
	case !up:
		return "floor"
	}
	return "ceiling"
}

func either(a, b bool) bool { return a && b }

func distance(a, b int) int { return a - b }

func quotient(z, x, y *big.Int) { z.Quo(x, y) }

func failed(n int) (int, error) {
	z, err := half(n)
	if err != nil {
		return 0, err
	}
	return z, nil
}

func half(n int) (int, error) { return n, errors.ErrUnsupported }

type outcome uint8

const (
	holds outcome = iota
	violated
	vacuous
)

type verdict struct {
	outcome outcome
	count   uint
}

func judged() verdict { return verdict{outcome: holds, count: 1} }

func (v *verdict) counted() { v.count++ }

func total(list []uint) (sum uint) {
	for i := range list {
		sum += list[i]
	}
	return sum
}

func negative(list []uint) bool {
	for _, x := range list {
		if x == 0 {
			continue
		}
		return true
	}
	return false
}

var table = uint256.MustFromDecimal("12345")

const bits = 64

const (
	grouped = 1 << 3
	more
)

func mask() uint { return grouped }

func precise(w []float64) float64 { return float64(bits) * 0.5 }

const width = 8

func word() (w [width]byte) { return w }

func shown(o outcome) string {
	switch o {
	case holds:
		return "holds"
	case violated, vacuous:
	}
	return "does not"
}

// Limit is exported.
const Limit = 3
