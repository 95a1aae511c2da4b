package exact

import (
	"fmt"
	"math/big"
	"testing"
)

func TestNormalize(t *testing.T) {
	table := []struct{ raw, want, why string }{
		{"1", "[1000000000000000000]", "one token has it all"},
		{"1,1,1", "[333333333333333334 333333333333333333 333333333333333333]", "a tie goes to the lowest index"},
		{"1,1,1,3", "[166666666666666667 166666666666666667 166666666666666666 500000000000000000]", "two wei for three sixths, none for the exact half"},
		{"1,2", "[333333333333333333 666666666666666667]", "the larger remainder, not the lower index"},
		{"0,7,0", "[0 1000000000000000000 0]", "no minimum is applied"},
		{"2^255,2^254,2^254", "BAL#000|Panic(0x11)", "sum 2²⁵⁶ is one too much"},
		{"2^255,2^254,2^254-1", "[500000000000000000 250000000000000000 250000000000000000]", "the largest sum: products of 316 bits"},
		{"0,0", "BAL#004|ZeroDivision", "no weight at all"},
	}
	for _, row := range table {
		for r, want := range wantOf(row.want) {
			weights, err := r.Normalize(numbers(row.raw))
			got := fmt.Sprint(weights)
			if err != nil {
				got = err.Error()
			}
			if got != want {
				t.Errorf("%v Normalize(%s) = %s, want %s: %s", r, row.raw, got, want, row.why)
			}
		}
	}
}

func TestNormalizedWeightsSumToOneAndStayWithinOneWeiOfTheirShare(t *testing.T) {
	for a := int64(0); a < 12; a++ {
		for b := int64(0); b < 12; b++ {
			for c := int64(1); c < 12; c++ {
				raw := []*big.Int{big.NewInt(a), big.NewInt(b), big.NewInt(c)}
				weights, err := V3.Normalize(raw)
				if err != nil {
					t.Fatal(err)
				}
				if sum := V3.sum(weights); sum.Cmp(one) != 0 {
					t.Errorf("%v sum to %v", weights, sum)
				}
				total := big.NewInt(a + b + c)
				for i := range raw {
					distance := minus(times(weights[i], total), times(raw[i], one))
					if distance.CmpAbs(total) >= 0 {
						t.Errorf("%v: %v is a wei or more from the share of %v", raw, weights[i], raw[i])
					}
				}
			}
		}
	}
}

func TestValidateWeights(t *testing.T) {
	table := []struct{ weights, want, why string }{
		{"0.5e18,0.5e18", "", "valid"},
		{"0.5e18,0.3e18,0.2e18", "", "the most tokens"},
		{"1e16,0.99e18", "", "the smallest weight"},
		{"1e18", "BAL#200|MinTokens", ""},
		{"0,0,0,0", "BAL#201|MaxTokens", "the count is tested first"},
		{"9999999999999999,0.99e18", "BAL#302|MinWeight", "each weight is tested before the sum"},
		{"0.5e18,0.6e18", "BAL#308|NormalizedWeightInvariant", ""},
		{"0.5e18,499999999999999999", "BAL#308|NormalizedWeightInvariant", "one wei short"},
		{"2^255,2^255", "BAL#000|Panic(0x11)", "the sum overflows"},
		{"2^255,2^255,0", "BAL#000|Panic(0x11)", "before the next weight is tested"},
	}
	for _, row := range table {
		for r, want := range wantOf(row.want) {
			got := ""
			if err := r.ValidateWeights(numbers(row.weights), 2, 3, number("1e16")); err != nil {
				got = err.Error()
			}
			if got != want {
				t.Errorf("%v %s: %q, want %q: %s", r, row.weights, got, want, row.why)
			}
		}
	}
}
