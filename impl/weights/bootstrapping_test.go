package weights

import (
	"testing"

	"github.com/holiman/uint256"

	"github.com/trueweight/trueweight/impl/revert"
)

func TestVerifyBootstrappingTestsInTheContractsOrder(t *testing.T) {
	top := *new(uint256.Int).SetAllOne()
	w := func(wei uint64) uint256.Int { return uint256.Int{wei} }
	for _, c := range []struct {
		name                                               string
		projectStart, reserveStart, projectEnd, reserveEnd uint256.Int
		want                                               error
	}{
		{"each at the minimum once", w(1e16), w(99e16), w(99e16), w(1e16), nil},
		{"light at the start", w(1e16 - 1), w(99e16 + 1), w(5e17), w(5e17), revert.ErrMinWeight},
		{"light reserve at the start", w(99e16 + 1), w(1e16 - 1), w(5e17), w(5e17), revert.ErrMinWeight},
		{"light at the end", w(5e17), w(5e17), w(1e16 - 1), w(99e16 + 1), revert.ErrMinWeight},
		{"light reserve at the end", w(5e17), w(5e17), w(99e16 + 1), w(1e16 - 1), revert.ErrMinWeight},
		{"light at the end before a wrong sum at the start", w(5e17), w(5e17 + 1), top, w(0), revert.ErrMinWeight},
		{"a wei too much at the start", w(5e17), w(5e17 + 1), w(5e17), w(5e17), revert.ErrNormalizedWeightInvariant},
		{"a wei too little at the start", w(5e17), w(5e17 - 1), w(5e17), w(5e17), revert.ErrNormalizedWeightInvariant},
		{"a wei too much at the end", w(5e17), w(5e17), w(5e17 + 1), w(5e17), revert.ErrNormalizedWeightInvariant},
		{"a wei too little at the end", w(5e17), w(5e17), w(5e17 - 1), w(5e17), revert.ErrNormalizedWeightInvariant},
		{"a sum past 2²⁵⁶ at the start", top, w(1e16), w(5e17), w(5e17 + 1), revert.ErrAddOverflow},
		{"a sum that would wrap to 1", *new(uint256.Int).SubUint64(&top, 1e17-1), w(11e17), w(5e17), w(5e17), revert.ErrAddOverflow},
		{"a wrong sum before one past 2²⁵⁶", w(5e17), w(5e17 + 1), top, w(1e16), revert.ErrNormalizedWeightInvariant},
		{"a sum past 2²⁵⁶ at the end", w(5e17), w(5e17), top, w(1e16), revert.ErrAddOverflow},
	} {
		if err := VerifyBootstrapping(c.projectStart, c.reserveStart, c.projectEnd, c.reserveEnd); err != c.want {
			t.Errorf("%s: got %v, want %v", c.name, err, c.want)
		}
	}
}
