package real_test

import (
	"fmt"
	"math/big"

	"github.com/trueweight/trueweight/reference/interval"
	"github.com/trueweight/trueweight/reference/real"
)

// A swap of 1 token into an 80/20 pool of 100 and 400 tokens: 400·(1 − (100/101)⁴) tokens come out. An
// enclosure of 128 bits proves what that is in whole wei.
func ExampleOutGivenIn() {
	tokens := func(n int64) *big.Int { return new(big.Int).Mul(big.NewInt(n), big.NewInt(1e18)) }
	out := real.OutGivenIn(tokens(100), big.NewInt(0.8e18), tokens(400), big.NewInt(0.2e18), tokens(1))

	enclosure := real.Eval(real.Arithmetic[interval.Interval](interval.At(128)), out)
	atMost, _ := interval.Floor(enclosure)
	fmt.Println(atMost, "wei at most")
	// Output: 15607862206873486870 wei at most
}

// No enclosure decides an equality. Algebra does: the square root of 4 is 2.
func ExampleExpr_Equals() {
	root := real.Pow(real.Int64(4), real.Quo(real.Int64(1), real.Int64(2)))
	equal, decided := root.Equals(big.NewRat(2, 1))
	fmt.Println(equal, decided)
	// Output: true true
}
