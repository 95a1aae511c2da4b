package exact

import "testing"

func TestFixedPoint(t *testing.T) {
	table := []struct{ call, want, why string }{
		{"add(2^256-1,0)", number("2^256-1").String(), "the largest sum"},
		{"add(2^256-1,1)", "BAL#000|Panic(0x11)", ""},
		{"sub(3,3)", "0", ""},
		{"sub(3,4)", "BAL#001|Panic(0x11)", ""},
		{"md(3,0.5e18)", "1", "1.5 down"},
		{"mu(3,0.5e18)", "2", "1.5 up"},
		{"md(4,0.5e18)", "2", "exact"},
		{"mu(4,0.5e18)", "2", "exact: up does not add one"},
		{"md(1,1)", "0", "1e-18 down"},
		{"mu(1,1)", "1", "1e-18 up"},
		{"mu(0,5)", "0", "0 up is 0"},
		{"md(2^256-1,1)", "115792089237316195423570985008687907853269984665640564039457", "the largest product"},
		{"md(2^128,2^128)", "BAL#003|Panic(0x11)", "2²⁵⁶ just does not fit"},
		{"mu(2^128,2^128)", "BAL#003|Panic(0x11)", "2²⁵⁶ just does not fit"},
		{"dd(1,3e18)", "0", "1/3 down"},
		{"du(1,3e18)", "1", "1/3 up"},
		{"dd(2,3)", "666666666666666666", "2/3 down"},
		{"du(2,3)", "666666666666666667", "2/3 up"},
		{"du(6,3)", "2000000000000000000", "exact: up does not add one"},
		{"du(0,3)", "0", "0 up is 0"},
		{"dd(1,0)", "BAL#004|Panic(0x12)", ""},
		{"du(1,0)", "BAL#004|ZeroDivision", ""},
		{"dd(2^255,1)", "BAL#005|Panic(0x11)", ""},
		{"du(2^255,1)", "BAL#005|Panic(0x11)", ""},
		{"dd(2^255,0)", "BAL#004|Panic(0x11)", "v2 tests the divisor first, v3 the overflow"},
		{"du(2^255,0)", "BAL#004|ZeroDivision", "both test the divisor first"},
		{"c(0)", "1000000000000000000", ""},
		{"c(1e18)", "0", ""},
		{"c(2e18)", "0", "not below 0"},
		{"c(1)", "999999999999999999", ""},
		{"mulDivUp(7,3,2)", "11", "10.5 up"},
		{"mulDivUp(7,4,2)", "14", "exact"},
		{"mulDivUp(2^255,2,0)", "ZeroDivision", "the divisor first; v3's names under v2 as well"},
		{"mulDivUp(2^255,2,4)", "Panic(0x11)", "the product first, not the quotient"},
		{"divUpRaw(7,2)", "4", "3.5 up"},
		{"divUpRaw(6,2)", "3", "exact"},
		{"divUpRaw(7,0)", "BAL#004|ZeroDivision", ""},
		{"mathDivDown(7,2)", "3", "3.5 down"},
		{"mathDivDown(7,0)", "BAL#004|Panic(0x12)", ""},
		{"mathDivUp(7,2)", "4", "3.5 up"},
		{"mathDivUp(6,2)", "3", "exact"},
		{"mathDivUp(7,0)", "BAL#004|ZeroDivision", ""},
	}
	for _, row := range table {
		checkCall(t, row.call, row.want, row.why)
	}
}
