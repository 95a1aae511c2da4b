package exact

import (
	"math/big"
	"testing"
)

func TestProportionalAmounts(t *testing.T) {
	table := []struct{ call, want, why string }{
		{"propIn([3e18 1],3,1)", "[1000000000000000002 1]|[1000000000000000000 1]", "v2's ratio ⌈1/3⌉ costs 3·⅔ wei; v3 divides last"},
		{"propOut([3e18 1],3,1)", "[999999999999999999 0]|[1000000000000000000 0]", "v2's ratio ⌊1/3⌋ costs a wei; v3 divides last"},
		{"propIn([10],4,1)", "[3]", "2.5 up"},
		{"propOut([10],4,1)", "[2]", "2.5 down"},
		{"propIn([],0,1)", "BAL#004|[]", "v2 divides before the tokens, v3 at each"},
		{"propOut([],0,1)", "BAL#004|[]", "v2 divides before the tokens, v3 at each"},
		{"propIn([1],0,1)", "BAL#004|ZeroDivision", ""},
		{"propOut([1],0,1)", "BAL#004|Panic(0x12)", ""},
		{"propIn([2],0,2^255)", "BAL#004|ZeroDivision", "the divisor before the product"},
		{"propOut([2],0,2^255)", "BAL#004|Panic(0x11)", "v3's product before the divisor"},
		{"propIn([2^255],1,2)", "BAL#003|Panic(0x11)", ""},
		{"propOut([2^255],1,2)", "BAL#003|Panic(0x11)", ""},
		{"propIn([1],1,2^255)", "BAL#005|[" + limit255.String() + "]", "only v2 inflates the ratio"},
	}
	for _, row := range table {
		checkCall(t, row.call, row.want, row.why)
	}
}

func TestProportionalAmountsOfV3AreOneFractionUpAndDown(t *testing.T) {
	// ⌈b·n/S⌉ + ⌊b·(S−n)/S⌋ = b: what joins for n and what leaves for the rest are the two roads to one quotient.
	for supply := int64(1); supply < 20; supply++ {
		for n := int64(0); n <= supply; n++ {
			for b := int64(0); b < 20; b++ {
				balances := []*big.Int{big.NewInt(b)}
				in, errIn := V3.ProportionalAmountsIn(balances, big.NewInt(supply), big.NewInt(n))
				out, errOut := V3.ProportionalAmountsOut(balances, big.NewInt(supply), big.NewInt(supply-n))
				if errIn != nil || errOut != nil || plus(in[0], out[0]).Int64() != b {
					t.Errorf("balance %d, supply %d, %d: in %v %v, out %v %v", b, supply, n, in, errIn, out, errOut)
				}
			}
		}
	}
}
