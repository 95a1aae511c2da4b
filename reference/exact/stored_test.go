package exact

import (
	"math/big"
	"testing"
)

func TestCompression(t *testing.T) {
	table := []struct{ call, want, why string }{
		{"compress(0.5e18,2,1e18)", "1", "0.5·3 down"},
		{"compress(1e18,2,1e18)", "3", "the largest"},
		{"compress(1,255,1)", minus(limit255, small[1]).String(), "the most bits"},
		{"compress(1,1,1)", "BAL#100", "too few bits"},
		{"compress(2,1,1)", "BAL#100", ""},
		{"compress(1,2,0)", "BAL#100", "above the largest, before the division"},
		{"compress(0,2,0)", "BAL#004|Panic(0x12)", "0/0"},
		{"compress(2^255,2,2^255)", "BAL#003|Panic(0x11)", ""},
		{"decompress(1,2,1e18)", "333333333333333333", "1/3 down"},
		{"decompress(3,2,1e18)", "1000000000000000000", "the largest"},
		{"decompress(4,2,1e18)", "BAL#100", "not of 2 bits"},
		{"decompress(0,1,1e18)", "BAL#100", "too few bits"},
		{"decompress(2,2,2^255)", "BAL#003|Panic(0x11)", ""},
		{"maxError(2,10)", "4", "10/3 up"},
		{"maxError(2,9)", "3", "exact"},
		{"maxError(1,9)", "BAL#100", "too few bits"},
	}
	for _, row := range table {
		checkCall(t, row.call, row.want, row.why)
	}
}

func TestCompressionLosesAtMostItsMaxErrorAndReachesIt(t *testing.T) {
	for bits := uint8(2); bits < 7; bits++ {
		reached := false
		for most := int64(1); most < 100; most++ {
			bound, _ := V2.MaxCompressionError(bits, big.NewInt(most))
			for value := int64(0); value <= most; value++ {
				compressed, _ := V2.Compress(big.NewInt(value), bits, big.NewInt(most))
				back, _ := V2.Decompress(compressed, bits, big.NewInt(most))
				loss := minus(big.NewInt(value), back)
				if loss.Sign() < 0 || loss.Cmp(bound) > 0 {
					t.Errorf("%d of %d in %d bits comes back as %v, bound %v", value, most, bits, back, bound)
				}
				reached = reached || loss.Cmp(bound) == 0
			}
		}
		if !reached {
			t.Errorf("%d bits never lose their bound", bits)
		}
	}
}

func TestStoredWeights(t *testing.T) {
	table := []struct{ call, want, why string }{
		{"bootstrapV2(10,20,[1e18 0],[0 1e18],10)", "[1000000000000000000 0]", "0 and 1 come back exactly"},
		{"bootstrapV2(10,20,[1e18 0],[0 1e18],15)", "[500000000000000000 500000000000000000]", "half way"},
		{"bootstrapV2(10,20,[0.5e18],[0.5e18],10)", "[499999999767169356]", "(2³⁰−1)/(2³¹−1): 31 bits at the start"},
		{"bootstrapV2(10,20,[0.5e18],[0.5e18],20)", "[499992370489051651]", "(2¹⁵−1)/(2¹⁶−1): 16 bits at the end"},
		{"bootstrapV2(4294967295,4294967295,[],[],9)", "[]", "the last second"},
		{"bootstrapV2(4294967296,0,[],[],9)", "BAL#436", "one more does not fit"},
		{"bootstrapV2(0,4294967296,[2e18],[0],9)", "BAL#436", "the times before the weights"},
		{"bootstrapV2(0,9,[1e18 0 0 0],[0 0 0 1e18],9)", "[0 0 0 1000000000000000000]", "four fit"},
		{"bootstrapV2(0,9,[0 0 0 0 0],[0 0 0 0],9)", "BAL#100", "the fifth does not, whatever it is"},
		{"bootstrapV2(0,9,[1000000000000000001],[0],9)", "BAL#100", "above 1"},
		{"bootstrapV2(0,9,[0],[1000000000000000001],9)", "BAL#100", "above 1"},
		{"bootstrapV2(0,9,[0 0],[0],9)", "INVALID|Panic(0x32)", "an end weight is missing"},
		{"bootstrapV2(0,9,[0],[0 2e18],9)", "[0]", "end weights beyond the start weights are not read"},
		{"managed(0,3,[0.9e18 0.1e18],[0.1e18 0.9e18],1)", "[633333333333333334 366666666666666666]", "0.8·⌊1/3⌋ = 0.26…66.4 down, plainly stored"},
		{"managed(0,3,[18446744073709551615],[18446744073709551615],9)", "[18446744073709551615]", "64 bits"},
		{"managed(0,3,[18446744073709551616],[0],9)", "BAL#436", "65 bits"},
		{"managed(0,3,[0],[18446744073709551616],9)", "BAL#436", "65 bits"},
		{"managed(4294967296,3,[],[],9)", "BAL#436", "33 bits"},
		{"managed(0,4294967296,[0],[],9)", "BAL#436", "33 bits"},
		{"managed(0,3,[0],[],9)", "INVALID|Panic(0x32)", "an end weight is missing"},
		{"managedFee(0,4,0.1e18,0.02e18,1)", "80000000000000000", "0.1 − 0.08/4"},
		{"managedFee(0,4,4611686018427387903,4611686018427387903,1)", "4611686018427387903", "62 bits"},
		{"managedFee(0,4,4611686018427387904,0,1)", "BAL#436", "63 bits"},
		{"managedFee(0,4,0,4611686018427387904,1)", "BAL#436", "63 bits"},
		{"managedFee(0,4294967296,0,0,1)", "BAL#436", "33 bits"},
		{"managedFee(4294967296,0,0,0,1)", "BAL#436", "33 bits"},
	}
	for _, row := range table {
		checkCall(t, row.call, row.want, row.why)
	}
}
