package properties

import (
	"github.com/holiman/uint256"
	"github.com/trueweight/trueweight/properties/domain"
	"pgregory.net/rapid"
)

// FromRapid returns a source whose draws rapid makes and shrinks. Every bit is
// drawn alone: rapid's integer ranges favour small numbers, its single bits are
// fair, and clearing bits is a good way to shrink.
func FromRapid(t *rapid.T) domain.Source { return rapidSource{t} }

type rapidSource struct{ t *rapid.T }

var bit = rapid.Bool()

// Choose draws 16 bits beyond what n needs, so that the remainder favours no choice by more than 2⁻¹⁶.
func (s rapidSource) Choose(n int) int {
	if n == 1 {
		return 0
	}
	z := s.Bits(16 + uint256.NewInt(uint64(n)).BitLen())
	return int(z.Uint64() % uint64(n))
}

func (s rapidSource) Bits(n int) uint256.Int {
	var z uint256.Int
	for i := n - 1; i >= 0; i-- {
		if bit.Draw(s.t, "") {
			z[i/64] |= 1 << (i % 64)
		}
	}
	return z
}
