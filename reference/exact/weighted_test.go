package exact

import (
	"math/big"
	"testing"
)

// The swaps below use weights 50/50, whose exponent 1 is exact: each rounding that shows is one of the formula's own.

func TestSwapsRoundInThePoolsFavour(t *testing.T) {
	table := []struct{ call, want, why string }{
		{"out(10,0.5e18,10,0.5e18,3)", "2", "base ⌈10/13⌉, 10·3/13 = 2.3 down"},
		{"out(3e18,0.5e18,1e18,0.5e18,0.1e18)", "32258064516129032", "1/31 = …032.2 down, base up"},
		{"out(7e18,0.5e18,7e18,0.5e18,2e18)", "1555555555555555554", "14/9 = …555.6: base 7/9 up costs 7·2/9 wei, then down"},
		{"in(10,0.5e18,10,0.5e18,3)", "5", "10·(10/7 − 1) = 4.3 up"},
		{"in(7e18,0.5e18,7e18,0.5e18,2e18)", "2800000000000000000", "base 7/5 is exact"},
		{"in(9e18,0.5e18,9e18,0.5e18,2e18)", "2571428571428571435", "18/7 = …428.57; base 9/7 up to …715 costs 9·5/7 wei"},
		{"out(100e18,0.8e18,100e18,0.2e18,25e18)", "59040000000000000000", "exponent 4: 100·(1 − 0.8⁴)"},
		{"out(7e18,0.8e18,7e18,0.2e18,2e18)", "4438347812833409531", "…541.6 exactly; base and both squares up cost 10 wei"},
		{"in(100e18,0.2e18,100e18,0.4e18,20e18)", "56250000000000000000", "exponent 2: 100·(1.25² − 1)"},
		{"out(10,1,10,3,3)", "0", "exponent ⌊1/3⌋"},
		{"in(1e18,0.7e18,1e18,0.3e18,0)", "10001", "nothing out still costs pow's allowance: exponent 3/7 is not exact"},
		{"out(1e18,0.7e18,1e18,0.3e18,0)", "0", "nothing in, nothing out"},
		{"out(9,0.5e18,9,0.5e18,2)", "1", "⌊0.3·9⌋ = 2 is allowed; 9·2/11 = 1.6 down"},
		{"in(9,0.5e18,9,0.5e18,2)", "3", "⌊0.3·9⌋ = 2 is allowed; 9·2/7 = 2.6 up"},
		{"out(9,0.5e18,9,0.5e18,3)", "BAL#304|MaxInRatio", "2.7 is rounded down"},
		{"in(9,0.5e18,9,0.5e18,3)", "BAL#305|MaxOutRatio", "2.7 is rounded down"},
		{"out(10,0.5e18,10,0.5e18,4)", "BAL#304|MaxInRatio", "more than ⌊0.3·10⌋"},
		{"in(10,0.5e18,10,0.5e18,4)", "BAL#305|MaxOutRatio", "more than ⌊0.3·10⌋"},
		{"out(0,0.5e18,10,0.5e18,0)", "BAL#004|ZeroDivision", "0/0"},
		{"in(10,0.5e18,0,0.5e18,0)", "BAL#004|ZeroDivision", "0/0"},
		{"out(10,0.5e18,10,0,3)", "BAL#004|Panic(0x12)", "exponent rounds down, so divDown's failure"},
		{"in(10,0,10,0.5e18,3)", "BAL#004|ZeroDivision", "exponent rounds up, so divUp's failure"},
		{"balance(3,1e18,1.5e18)", "5", "3·1.5 = 4.5 up"},
		{"balance(3,0.5e18,1.5e18)", "7", "3·1.5² = 6.75 up"},
		{"balance(10,0.5e18,0.7e18)", "5", "10·0.7² = 4.9 up"},
		{"balance(10,0,2e18)", "BAL#004|ZeroDivision", "ratio above 1: divUp's failure"},
		{"balance(10,0,1e18)", "BAL#004|Panic(0x12)", "ratio 1: divDown's failure"},
	}
	for _, row := range table {
		checkCall(t, row.call, row.want, row.why)
	}
}

func TestBalanceRoundsTheExponentUpExactlyAboveRatioOne(t *testing.T) {
	table := []struct{ ratio, exponent string }{ // 1/0.7 = 1.428…571|428…
		{"1.5e18", "1428571428571428572"},
		{"0.9e18", "1428571428571428571"},
	}
	for _, row := range table {
		power, _ := V3.PowUp(number(row.ratio), number(row.exponent))
		checkCall(t, "balance(1e18,0.7e18,"+row.ratio+")", power.String(), "a balance of one is the power itself")
	}
}

func TestFees(t *testing.T) {
	table := []struct{ call, want, why string }{
		{"lessFee(10,0.25e18)", "7", "10 − ⌈2.5⌉"},
		{"lessFee(1,1e12)", "0", "any fee takes at least one wei"},
		{"lessFee(10,1e18)", "0", "all of it"},
		{"lessFee(10,1.1e18)", "BAL#001|Panic(0x11)", "more than all of it"},
		{"plusFee(10,0.25e18)", "14", "10/0.75 = 13.3 up; 10 + ⌈3.3⌉"},
		{"plusFee(3,0.25e18)", "4", "exact"},
		{"plusFee(10,1e18)", "BAL#004|ZeroDivision", "nothing is left of the amount"},
		{"plusFee(2^200,0.25e18)", "BAL#005|Panic(0x11)", "v2 inflates by 1e18, v3 by the fee"},
	}
	for _, row := range table {
		checkCall(t, row.call, row.want, row.why)
	}
}

func TestInvariants(t *testing.T) {
	table := []struct {
		weights, balances string
		down, up          string
		why               string
	}{
		{"1e18", "7", "7", "7", "one token is its own invariant"},
		{"1e18,2e18", "3e18,0.5e18", "750000000000000000", "750000000000000000", "3·0.5² is exact"},
		{"1e18,2e18", "3,1", "BAL#311|ZeroInvariant", "1", "3e-18·(1e-18)²: 0 and 1e-18"},
		{"1e18,1e18", "0,5", "BAL#311|ZeroInvariant", "BAL#311|ZeroInvariant", "an exact power of 0 is 0 both ways"},
		{"0.5e18,0.5e18", "1e18,1e18", "999999999999979998", "1000000000000020003", "two allowances of 10001, their product down and up"},
		{"0.5e18,0.5e18", "1e18", "INVALID|Panic(0x32)", "INVALID|Panic(0x32)", "a balance is missing"},
		{"1e18", "7,0", "7", "7", "balances beyond the weights are not read"},
	}
	for _, row := range table {
		weights, balances := numbers(row.weights), numbers(row.balances)
		checkOutcome(t, row.why+", down", row.down, func(r Rules) (*big.Int, error) { return r.InvariantDown(weights, balances) })
		checkOutcome(t, row.why+", up", row.up, func(r Rules) (*big.Int, error) { return r.InvariantUp(weights, balances) })
	}
}

func TestAmountInPlusFeeIsTheSameCeilingByTwoRoads(t *testing.T) {
	// a/(1−f) = a + a·f/(1−f), and a is whole: the ceilings agree wherever neither form overflows.
	for fee := int64(0); fee < 50; fee++ {
		for amount := int64(0); amount < 50; amount++ {
			a, f := big.NewInt(amount), times(big.NewInt(fee), decimal("19e15"))
			v2, err2 := V2.AmountInPlusFee(a, f)
			v3, err3 := V3.AmountInPlusFee(a, f)
			if err2 != nil || err3 != nil || v2.Cmp(v3) != 0 {
				t.Errorf("%v at fee %v: v2 %v %v, v3 %v %v", a, f, v2, err2, v3, err3)
			}
		}
	}
}
