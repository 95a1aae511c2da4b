package point

import (
	"math/big"
	"testing"
)

// The tests know exp independently: its Taylor series, unreduced, in 8192 bits. For |x| ≤ 2000 the terms of e^|x| rise to
// e^2000 < 2²⁸⁸⁶ and, all positive, lose nothing; 8000 of them reach below 2⁻¹⁰⁰⁰⁰. Logarithms are judged through it.

const referencePrecision = 8192

func reference(x *big.Float) *big.Float { return new(big.Float).SetPrec(referencePrecision).Set(x) }

// expTaylor returns eˣ for |x| ≤ 2000.
func expTaylor(x *big.Float) *big.Float {
	absolute := reference(x)
	absolute.Abs(absolute)
	sum, term := reference(big.NewFloat(1)), reference(big.NewFloat(1))
	for n := int64(1); term.MantExp(nil) > sum.MantExp(nil)-referencePrecision; n++ {
		term.Mul(term, absolute)
		term.Quo(term, new(big.Float).SetInt64(n))
		sum.Add(sum, term)
	}
	if x.Sign() < 0 {
		return sum.Quo(reference(big.NewFloat(1)), sum)
	}
	return sum
}

// promised is the package's: 480 bits.
const promised = 480

// checkRelative fails unless |got − want| ≤ 2⁻⁴⁸⁰·|want|, for want ≠ 0.
func checkRelative(t *testing.T, what string, got, want *big.Float) {
	t.Helper()
	if got == nil {
		t.Errorf("%s: no answer, want %.20g", what, want)
		return
	}
	if bits := goodBits(got, want); bits < promised {
		t.Errorf("%s = %.20g, want %.20g: %d good bits of %d", what, got, want, bits, promised)
	}
}

// goodBits returns the largest b with |got − want| ≤ 2⁻ᵇ·|want|, up to the precision of the reference.
func goodBits(got, want *big.Float) int {
	relative := reference(got)
	relative.Sub(relative, want)
	relative.Quo(relative, want)
	if relative.Sign() == 0 {
		return referencePrecision
	}
	return -relative.MantExp(nil)
}

// twoTo returns 2ⁿ.
func twoTo(n int) *big.Float {
	return new(big.Float).SetMantExp(number(precision).SetInt64(1), n)
}
