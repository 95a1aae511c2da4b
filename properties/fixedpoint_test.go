package properties

import (
	"math/big"
	"testing"

	"github.com/trueweight/trueweight/properties/domain"
	"github.com/trueweight/trueweight/reference/exact"
)

func TestFixedPointClaimsHold(t *testing.T) {
	campaignOver(t, Impl(), fp, 4000)
	campaignOver(t, Exact(exact.V2), fp[:5], 500)
	campaignOver(t, Exact(exact.V3), fp[:5], 500)
}

// The rounding that the claims compare with, on every quotient of bytes, by counting.
func TestRoundedQuotientOnEveryByte(t *testing.T) {
	for n := range int64(256) {
		for d := int64(1); d < 256; d++ {
			floor := int64(0)
			for (floor+1)*d <= n {
				floor++
			}
			ceiling := int64(0)
			for ceiling*d < n {
				ceiling++
			}
			down := roundedQuotient(big.NewInt(n), big.NewInt(d), false)
			up := roundedQuotient(big.NewInt(n), big.NewInt(d), true)
			if down.Int64() != floor || up.Int64() != ceiling {
				t.Fatalf("%d/%d: %v and %v, want %d and %d", n, d, down, up, floor, ceiling)
			}
		}
	}
}

// The contracts' own forms of rounding up, (p − 1)/d + 1 unless p = 0, in words of 8 bits with 10 for one: on
// every pair of bytes they are the ceiling where the product fits a byte, and there alone a form in words can be asked.
func TestRoundingFormsOnEveryByte(t *testing.T) {
	const one = 10
	up := func(p, d uint8) uint8 {
		if p == 0 {
			return 0
		}
		return (p-1)/d + 1
	}
	for a := range 256 {
		for b := range 256 {
			if p := a * b; p < 256 {
				if got, want := int(up(uint8(p), one)), (p+one-1)/one; got != want {
					t.Fatalf("mulUp(%d, %d) = %d, want %d", a, b, got, want)
				}
			}
			if p := a * one; p < 256 && b > 0 {
				if got, want := int(up(uint8(p), uint8(b))), (p+b-1)/b; got != want {
					t.Fatalf("divUp(%d, %d) = %d, want %d", a, b, got, want)
				}
			}
			// Solidity's test for an overflow, a·b/a = b, against the product itself.
			if a > 0 {
				if wrapped := uint8(a) * uint8(b); (int(wrapped/uint8(a)) == b) != (a*b < 256) {
					t.Fatalf("%d·%d: the test for overflow is wrong", a, b)
				}
			}
		}
	}
}

// The order of guards, where two are violated at once: what each version says first.
func TestBothReasonsToFailAtOnce(t *testing.T) {
	huge := *new(num).SetAllOne()
	c := &domain.Operands{A: huge, B: num{}, C: num{}}
	for _, row := range []struct{ operation, v2, v3 string }{
		{"DivDown", "BAL#004", "Panic(0x11)"},
		{"DivUp", "BAL#004", "ZeroDivision"},
		{"DivUpRaw", "BAL#004", "ZeroDivision"},
	} {
		err := operationNamed(row.operation).ask(Impl(), c).err
		if v2, v3 := failureName(err, exact.V2), failureName(err, exact.V3); v2 != row.v2 || v3 != row.v3 {
			t.Errorf("%s: %s | %s, want %s | %s", row.operation, v2, v3, row.v2, row.v3)
		}
	}
}

// FP-PURE looks at every list: a write into any, or behind its end, is seen on the next question.
func TestEveryListOfACaseIsFenced(t *testing.T) {
	for _, k := range []domain.Kind{domain.KindInvariant, domain.KindPool, domain.KindWeights, domain.KindPoolWeights,
		domain.KindJoin, domain.KindExit, domain.KindJoinOne, domain.KindExitOne, domain.KindGradual} {
		c := domain.At(1, k, 0)
		for i := range listsOf(c) {
			for _, behind := range []bool{false, true} {
				d := domain.Clone(c)
				fence(d)
				if !unchanged(d, c) {
					t.Fatalf("%s: a fence changes the case", k)
				}
				list := *listsOf(d)[i]
				if behind {
					_ = append(list, num{})
				} else if len(list) > 0 {
					list[0].AddUint64(&list[0], 1)
				}
				if unchanged(d, c) && (behind || len(list) > 0) {
					t.Errorf("%s, list %d, behind its end %v: a write is not seen", k, i, behind)
				}
			}
		}
	}
}
