package exact

import "testing"

func TestGradualChange(t *testing.T) {
	table := []struct{ call, want, why string }{
		{"progress(10,13,11)", "333333333333333333", "1/3 down"},
		{"progress(10,13,12)", "666666666666666666", "2/3 down"},
		{"progress(10,13,10)", "0", "not begun"},
		{"progress(10,13,0)", "0", "not begun"},
		{"progress(10,13,13)", "1000000000000000000", "over"},
		{"progress(10,10,10)", "1000000000000000000", "the end comes before the start"},
		{"progress(13,10,11)", "1000000000000000000", "also where it lies before it"},
		{"progress(13,10,9)", "0", "before both"},
		{"progress(0,2^256-1,2^255)", "BAL#005|Panic(0x11)", ""},
		{"interpolate(10,0,0.25e18)", "8", "10 − 2.5 down"},
		{"interpolate(0,10,0.25e18)", "2", "0 + 2.5 down"},
		{"interpolate(0,10,0)", "0", ""},
		{"interpolate(0,10,1e18)", "10", ""},
		{"interpolate(0,10,2e18)", "10", "not beyond the end"},
		{"interpolate(7,7,5)", "7", ""},
		{"interpolate(3,2^256-1,0)", "3", "no product"},
		{"interpolate(2^256-1,2^256-1,2)", limit256Less1, "no product"},
		{"interpolate(0,2^256-1,1e18)", limit256Less1, "no product"},
		{"interpolate(2^256-1,0,2)", "BAL#003|Panic(0x11)", ""},
		{"interpolate(0,2^256-1,2)", "BAL#003|Panic(0x11)", ""},
		{"interpolated(0,3e18,0,3,1)", "999999999999999999", "the progress ⌊1/3⌋ costs a wei"},
		{"interpolated(5,6,0,3,3)", "6", "over"},
		{"resolve(5,9,3)", "5", "now is before the start"},
		{"resolve(5,9,7)", "7", "now is after it"},
		{"resolve(5,7,7)", "7", "no time is left"},
		{"resolve(5,6,7)", "BAL#326|InvalidStartTime(7, 6)", "now is after the end"},
		{"resolve(8,6,7)", "BAL#326|InvalidStartTime(8, 6)", "the start is after the end"},
	}
	for _, row := range table {
		checkCall(t, row.call, row.want, row.why)
	}
}

var limit256Less1 = number("2^256-1").String()

func TestBootstrappingOfV3(t *testing.T) {
	table := []struct{ call, want, why string }{
		{"verify(0.9e18,0.1e18,1e16,0.99e18)", "", "valid, with the smallest weight"},
		{"verify(0.9e18,0.1e18,0.99e18,9999999999999999)", "BAL#302|MinWeight", "each weight is tested before the sums"},
		{"verify(9999999999999999,1,0.5e18,0.5e18)", "BAL#302|MinWeight", ""},
		{"verify(0.5e18,9999999999999999,0.5e18,0.5e18)", "BAL#302|MinWeight", ""},
		{"verify(0.5e18,0.5e18,9999999999999999,0.5e18)", "BAL#302|MinWeight", ""},
		{"verify(0.9e18,0.2e18,0.5e18,0.5e18)", "BAL#308|NormalizedWeightInvariant", "the start"},
		{"verify(0.9e18,0.1e18,0.5e18,499999999999999999)", "BAL#308|NormalizedWeightInvariant", "the end"},
		{"verify(2^255,2^255,0.5e18,0.5e18)", "BAL#000|Panic(0x11)", "the sum must fit"},
		{"verify(0.5e18,0.6e18,2^255,2^255)", "BAL#308|NormalizedWeightInvariant", "the start's sum before the end's"},
		{"bootstrapV3(0.9e18,0.1e18,0,4,1)", "700000000000000000 300000000000000000", "0.9 − 0.8/4"},
		{"bootstrapV3(0.9e18,0.1e18,0,3,1)", "633333333333333334 366666666666666666", "0.9 − ⌊0.8·⌊1/3⌋⌋, 0.26…66.4"},
		{"bootstrapV3(1e18,0,0,4,0)", "1000000000000000000 0", ""},
		{"bootstrapV3(1000000000000000001,0,0,4,0)", "BAL#001|Panic(0x11)", "no reserve below 0"},
	}
	for _, row := range table {
		checkCall(t, row.call, row.want, row.why)
	}
}
