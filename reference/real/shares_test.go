package real_test

import (
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/trueweight/trueweight/reference/intpow"
	"github.com/trueweight/trueweight/reference/real"
)

func TestSharesAndProtocolFeesAreTheirFractions(t *testing.T) {
	int := big.NewInt
	for _, row := range []struct {
		name string
		e    *real.Expr
		want string // "" where there is no value
	}{
		{"7 of 3/11", real.ProportionalShare(int(7), int(11), int(3)), "21/11"},
		{"nothing of it", real.ProportionalShare(int(7), int(11), int(0)), "0"},
		{"a share of no supply", real.ProportionalShare(int(7), int(0), int(3)), ""},

		{"a token of weight ¼", real.BptOutAddToken(int(90), int(25e16)), "30"},
		{"a token of no weight", real.BptOutAddToken(int(90), int(0)), "0"},
		{"a token of the weight 1 − 10⁻¹⁸", real.BptOutAddToken(int(1), int(1e18-1)), "999999999999999999"},
		{"a token of all the weight", real.BptOutAddToken(int(90), int(1e18)), ""},

		{"half the fees of a growth of 1.25", real.Ownership(int(125e16), int(1e18), int(5e17)), "100000000000000000"},
		{"the same, of a supply that grew by 1.2", real.Ownership(int(125e16), int(12e17), int(5e17)), "20000000000000000"},
		{"a supply that grew as much", real.Ownership(int(12e17), int(12e17), int(5e17)), "0"},
		{"a supply that grew more", real.Ownership(int(12e17), int(13e17), int(5e17)), "0"},
		{"no part of the fees", real.Ownership(int(12e17), int(1e18), int(0)), "0"},
		{"no growth", real.Ownership(int(0), int(0), int(5e17)), "0"},
		{"a third of a growth of 3", real.Ownership(int(3e18), int(1e18), int(1e18)), "2000000000000000000/3"},

		{"BPT for a fifth", real.BptForOwnership(int(100), int(2e17)), "25"},
		{"BPT for nothing", real.BptForOwnership(int(100), int(0)), "0"},
		{"BPT for all", real.BptForOwnership(int(100), int(1e18)), ""},
		{"BPT for more than all", real.BptForOwnership(int(100), int(1e18+1)), ""},

		{"due for a tenth", real.DueProtocolFees(int(125e16), int(90), int(90), int(5e17)), "10"},
		{"due of a supply that grew from 90 to 108", real.DueProtocolFees(int(125e16), int(90), int(108), int(5e17)), "108/49"},
		{"due for a third, unrounded", real.DueProtocolFees(int(3e18), int(100), int(200), int(1e18)), "100"},
		{"due of no earlier supply", real.DueProtocolFees(int(3e18), int(0), int(200), int(1e18)), ""},
		{"due of no supply now", real.DueProtocolFees(int(3e18), int(100), int(0), int(5e17)), "0"},
		{"due for all", real.DueProtocolFees(int(3e18), int(100), int(0), int(1e18)), ""},
	} {
		switch {
		case row.want == "" && row.e != nil:
			t.Errorf("%s has a value", row.name)
		case row.want != "" && row.e == nil:
			t.Errorf("%s has no value", row.name)
		case row.want != "":
			if got, ok := row.e.Rational(); !ok || got.Cmp(rat(row.want)) != 0 {
				t.Errorf("%s = %v, want %s", row.name, got, row.want)
			}
		}
	}
}

// The shares that were due are what minting gives: due/(S + due) is the ownership.
func TestMintingGivesTheOwnership(t *testing.T) {
	d := drawer{rand.New(rand.NewPCG(21, 22))}
	for range 200 {
		growth, fee := big.NewInt(1e18+d.Int64N(5e18)), big.NewInt(d.Int64N(1e18))
		supply := d.number(112)
		bpt, _ := real.DueProtocolFees(growth, supply, supply, fee).Rational()
		owned, _ := real.Ownership(growth, big.NewInt(1e18), fee).Rational()
		minted := quo(bpt, add(bpt, ofWei(supply)))
		if minted.Cmp(quo(owned, unit(1e18))) != 0 {
			t.Fatalf("%v of %v BPT minted are %v, owned are %v·10⁻¹⁸", bpt, supply, minted, owned)
		}
	}
}

func TestValueAtRatesIsTheInvariantOfWhatTheTokensAreWorth(t *testing.T) {
	whole18 := func(n int64) *big.Int { return times(big.NewInt(n), big.NewInt(1e18)) }
	weights := []*big.Int{big.NewInt(25e16), big.NewInt(75e16)}
	for _, row := range []struct {
		name     string
		raw      []*big.Int
		decimals []uint8
		rates    []*big.Int
		want     string
	}{
		{"18 decimals", []*big.Int{whole18(81), whole18(16)}, []uint8{18, 18}, []*big.Int{whole18(1), whole18(1)}, "24000000000000000000"},
		{"6 and 0 decimals", []*big.Int{big.NewInt(81e6), big.NewInt(16)}, []uint8{6, 0}, []*big.Int{whole18(1), whole18(1)}, "24000000000000000000"},
		{"rates", []*big.Int{big.NewInt(27e6), big.NewInt(32)}, []uint8{6, 0}, []*big.Int{whole18(3), big.NewInt(5e17)}, "24000000000000000000"},
		{"nothing held", []*big.Int{big.NewInt(27e6), big.NewInt(0)}, []uint8{6, 0}, []*big.Int{whole18(3), whole18(1)}, "0"},
	} {
		e := real.ValueAtRates(row.raw, row.decimals, row.rates, weights)
		if equal, decided := e.Equals(rat(row.want)); !equal || !decided {
			t.Errorf("%s: the value is %v, want %s", row.name, enclose(e, 128), row.want)
		}
	}
}

func TestShareGrowthIsTheQuotientOfValuesPerBpt(t *testing.T) {
	d := drawer{rand.New(rand.NewPCG(23, 24))}
	rates := []*big.Int{big.NewInt(1e18), big.NewInt(12e17), big.NewInt(7e16), big.NewInt(3e18), big.NewInt(1e18)}
	decimals := []uint8{18, 6, 0, 8, 18}
	for i := range 60 {
		c := d.change()
		after, supplyAfter := make([]*big.Int, len(c.balances)), plus(c.supply, c.bpt)
		for i, b := range c.balances {
			after[i] = plus(b, c.amounts[i])
		}
		n := len(after)
		perBpt := func(raw []*big.Int, supply *big.Int) *real.Expr {
			return real.Quo(real.ValueAtRates(raw, decimals[:n], rates[:n], c.weights), real.Int(supply))
		}
		want := enclose(real.Quo(perBpt(after, supplyAfter), perBpt(c.balances, c.supply)), 512)
		if got := enclose(real.ShareGrowth(c.weights, c.balances, after, c.supply, supplyAfter), 512); !meet(got, want) || goodBits(got) < 480 {
			t.Fatalf("change %d: the growth is %v, want %v", i, got, want)
		}
	}
}

func TestShareGrowthIsOneWhereNothingChangesAndWhereAllIsInProportion(t *testing.T) {
	d := drawer{rand.New(rand.NewPCG(25, 26))}
	for range 200 {
		c := d.change()
		same := real.ShareGrowth(c.weights, c.balances, c.balances, c.supply, c.supply)
		if got := enclose(same, 64); got.Lo().Cmp(big.NewFloat(1)) != 0 || got.Hi().Cmp(big.NewFloat(1)) != 0 {
			t.Fatalf("nothing changed, and the growth is %v", got)
		}
		factor, sum := whole(2+d.UintN(9)), new(big.Int)
		grown := make([]*big.Int, len(c.balances))
		for i, b := range c.balances {
			grown[i] = times(b, factor)
			sum.Add(sum, c.weights[i])
		}
		for extra := int64(-1); extra <= 1; extra++ {
			growth := real.ShareGrowth(c.weights, c.balances, grown, c.supply, plus(times(c.supply, factor), big.NewInt(extra)))
			equal, decided := growth.Equals(unit(1))
			if want := extra == 0 && sum.Cmp(big.NewInt(1e18)) == 0; equal != want || !decided {
				t.Fatalf("all balances %v-fold for as many BPT and %d more: growth %v is 1: %t, decided %t", factor, extra, enclose(growth, 128), equal, decided)
			}
		}
	}
}

func TestShareGrowthOfASwapHasTheOraclesSign(t *testing.T) {
	d := drawer{rand.New(rand.NewPCG(27, 28))}
	for i := range 300 {
		s := d.swap(i%3 == 0)
		if s.out.Cmp(s.balanceOut) >= 0 {
			continue
		}
		third := d.number(90)
		supply := d.number(90)
		growth := real.ShareGrowth([]*big.Int{s.weightIn(), s.weightOut(), big.NewInt(1e16)}, []*big.Int{s.balanceIn, s.balanceOut, third},
			[]*big.Int{plus(s.balanceIn, s.in), minus(s.balanceOut, s.out), third}, supply, supply)
		want := intpow.SwapSign(s.balanceIn, s.in, s.balanceOut, s.out, s.p, s.q)
		if got := signOf(t, real.Sub(growth, one), new(big.Int)); got != want {
			t.Fatalf("swap %d: the growth less 1 has the sign %d, in whole numbers %d", i, got, want)
		}
	}
}

func TestShareGrowthOfEmptyPools(t *testing.T) {
	half := []*big.Int{big.NewInt(5e17), big.NewInt(5e17)}
	list := func(a, b int64) []*big.Int { return []*big.Int{big.NewInt(a), big.NewInt(b)} }
	for _, row := range []struct {
		name                      string
		before, after             []*big.Int
		supplyBefore, supplyAfter int64
		want                      string
	}{
		{"a balance of 0 before", list(0, 1), list(1, 1), 1, 1, ""},
		{"a balance of 0 before and after", list(0, 1), list(0, 1), 1, 1, ""},
		{"no supply before", list(1, 1), list(1, 1), 0, 1, ""},
		{"no supply after", list(1, 1), list(1, 1), 1, 0, ""},
		{"a balance of 0 after", list(1, 1), list(0, 5), 1, 1, "0"},
	} {
		e := real.ShareGrowth(half, row.before, row.after, big.NewInt(row.supplyBefore), big.NewInt(row.supplyAfter))
		switch {
		case e == nil != (row.want == ""):
			t.Errorf("%s: the growth has a value: %t", row.name, e != nil)
		case e != nil:
			if equal, decided := e.Equals(rat(row.want)); !equal || !decided {
				t.Errorf("%s: the growth is %v, want %s", row.name, enclose(e, 64), row.want)
			}
		}
	}
}

// Weights of a half; a token of weight 0 counts for nothing, whatever becomes of it.
func TestShareGrowthOfHalvesIsARoot(t *testing.T) {
	weights := []*big.Int{big.NewInt(5e17), new(big.Int), big.NewInt(5e17)}
	before := []*big.Int{big.NewInt(100), big.NewInt(100), big.NewInt(100)}
	for _, row := range []struct {
		after    [3]int64
		supplies [2]int64
		want     string
	}{
		{[3]int64{100, 100, 100}, [2]int64{7, 7}, "1"},
		{[3]int64{400, 100, 100}, [2]int64{7, 7}, "2"},
		{[3]int64{400, 100, 100}, [2]int64{8, 4}, "4"},
		{[3]int64{400, 100, 100}, [2]int64{4, 8}, "1"},
		{[3]int64{100, 100, 100}, [2]int64{8, 4}, "2"},
		{[3]int64{100, 100, 100}, [2]int64{4, 8}, "1/2"},
		{[3]int64{100, 0, 100}, [2]int64{7, 7}, "1"},
		{[3]int64{25, 0, 100}, [2]int64{7, 7}, "1/2"},
		{[3]int64{0, 0, 100}, [2]int64{7, 7}, "0"},
		{[3]int64{100, 0, 0}, [2]int64{7, 7}, "0"},
		{[3]int64{0, 100, 100}, [2]int64{8, 4}, "0"},
	} {
		var after []*big.Int
		for _, n := range row.after {
			after = append(after, big.NewInt(n))
		}
		e := real.ShareGrowth(weights, before, after, big.NewInt(row.supplies[0]), big.NewInt(row.supplies[1]))
		if equal, _ := e.Equals(rat(row.want)); !equal {
			t.Errorf("%v of 100 each, supply from %d to %d: %v, want %s", row.after, row.supplies[0], row.supplies[1], enclose(e, 128), row.want)
		}
	}
}

// A whole number is no quotient: it is known exactly at a precision that its digits exceed.
func TestWholeSharesArePoints(t *testing.T) {
	for name, e := range map[string]*real.Expr{
		"BPT for a half":        real.BptForOwnership(beyond(200), big.NewInt(5e17)),
		"half of a growth of 2": real.Ownership(big.NewInt(2e18), big.NewInt(1e18), times(big.NewInt(1e18), beyond(100))),
		"due for a half":        real.DueProtocolFees(big.NewInt(2e18), beyond(200), beyond(200), big.NewInt(1e18)),
	} {
		if got := enclose(e, 64); got.Lo().Cmp(got.Hi()) != 0 || !got.Lo().IsInt() || got.Lo().MinPrec() < 100 {
			t.Errorf("%s = %v", name, got)
		}
	}
}
