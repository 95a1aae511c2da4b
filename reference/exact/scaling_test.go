package exact

import (
	"math/big"
	"testing"
)

func TestScaling(t *testing.T) {
	table := []struct{ call, want, why string }{
		{"scaledDown(3,10,0.25e18)", "7", "7.5 down"},
		{"scaledUp(3,10,0.25e18)", "8", "7.5 up"},
		{"scaledUp(4,10,0.25e18)", "10", "exact"},
		{"scaledDown(2^255,2,0)", "BAL#003|Panic(0x11)", "the plain product must fit"},
		{"scaledUp(2^255,2,0)", "BAL#003|Panic(0x11)", "the plain product must fit"},
		{"scaledUp(2^255,1,2)", "BAL#003|Panic(0x11)", "and so must the next"},
		{"rawDown(10,2,1.5e18)", "3", "10/3 down"},
		{"rawUp(10,2,1.5e18)", "4", "10/3 up"},
		{"rawUp(9,2,1.5e18)", "3", "exact"},
		{"rawDown(1,0,5)", "BAL#004|Panic(0x12)", ""},
		{"rawUp(1,5,0)", "BAL#004|ZeroDivision", ""},
		{"rawDown(2^255,0,1)", "BAL#004|Panic(0x11)", "v2 tests the divisor first, v3 the overflow"},
		{"rawDown(0,2^255,2)", "BAL#003|Panic(0x11)", "the divisor must fit"},
		{"rawUp(0,2^255,2)", "BAL#003|Panic(0x11)", "the divisor must fit"},
		{"upscale(3,2.5e18)", "7", "7.5 down"},
		{"downscaleDown(7,2e18)", "3", "3.5 down"},
		{"downscaleUp(7,2e18)", "4", "3.5 up"},
		{"downscaleDown(7,0)", "BAL#004|Panic(0x12)", ""},
		{"downscaleUp(7,0)", "BAL#004|ZeroDivision", ""},
		{"factor(18)", "1", ""},
		{"factor(6)", "1000000000000", ""},
		{"factor(0)", "1000000000000000000", ""},
		{"factor(19)", "DecimalsTooHigh", ""},
		{"scalingFactor(18,1e18)", "1000000000000000000", "nothing to scale"},
		{"scalingFactor(16,1000000000000000001)", "100000000000000000100", "100 times the rate: nothing is rounded"},
		{"scalingFactor(19,1e18)", "DecimalsTooHigh", ""},
		{"scalingFactor(0,2^255)", "BAL#003|Panic(0x11)", ""},
		{"rateUp(0)", "0", "a whole multiple"},
		{"rateUp(1)", "2", ""},
		{"rateUp(3e18)", "3000000000000000000", "a whole multiple"},
		{"rateUp(2999999999999999999)", "3000000000000000000", ""},
		{"rateUp(2^256-1)", "BAL#000|Panic(0x11)", ""},
	}
	for _, row := range table {
		checkCall(t, row.call, row.want, row.why)
	}
}

func TestScalingUpIsScalingDownAndOneWeiForARemainder(t *testing.T) {
	// ⌈n/d⌉ = ⌊(n+d−1)/d⌋ is the other road to each ceiling, over every small amount, factor and rate.
	unit := decimal("0.1e18")
	for a := int64(0); a < 12; a++ {
		for f := int64(1); f < 12; f++ {
			for n := int64(1); n < 24; n++ {
				amount, factor, rate := big.NewInt(a), big.NewInt(f), times(big.NewInt(n), unit)
				down, _ := V3.ToScaled18Down(amount, factor, rate)
				up, _ := V3.ToScaled18Up(amount, factor, rate)
				if down.Int64() != a*f*n/10 || up.Int64() != (a*f*n+9)/10 {
					t.Errorf("%d·%d·%d/10 scaled: down %v, up %v", a, f, n, down, up)
				}
				down, _ = V3.ToRawDown(amount, factor, rate)
				up, _ = V3.ToRawUp(amount, factor, rate)
				if down.Int64() != a*10/(f*n) || up.Int64() != (a*10+f*n-1)/(f*n) {
					t.Errorf("%d·10/(%d·%d) raw: down %v, up %v", a, f, n, down, up)
				}
			}
		}
	}
}
