package exact

import (
	"fmt"
	"math/big"
	"reflect"
	"strconv"
	"strings"
	"testing"
)

// mixed is the pool of the hand-worked tables. One raw wei of token 0 counts for 1.5 wei, of token 1 for 11.3 (17 decimals
// and a rate of 1.13), so that every scaling has something to round; fee 10 %, of which half is the protocol's in V3.
func mixed(r Rules) PoolConfig {
	return PoolConfig{
		Rules: r, Kind: WeightedPool,
		Decimals: []uint8{18, 17}, Rates: numbers("1.5e18,1.13e18"), Weights: numbers("0.5e18,0.5e18"),
		SwapFee: number("1e17"), ProtocolFee: number("50e16"), Clock: number("1000"),
	}
}

// holding creates a pool and puts it in the middle of its life.
func holding(t *testing.T, config PoolConfig, balances, supply string) *PoolState {
	t.Helper()
	pool, err := NewPool(config)
	if err != nil {
		t.Fatal(err)
	}
	pool.balances, pool.supply = numbers(balances), number(supply)
	return pool
}

// mixedHolding holds 2000001 raw of each token: live 3000001.5 and 22600011.3 before rounding. The supply is 1000000007.
func mixedHolding(t *testing.T, r Rules) *PoolState {
	t.Helper()
	return holding(t, mixed(r), "2000001,2000001", "1000000007")
}

// run makes the operations of a script such as "clock 5; in 0 1 100" in order, and returns what the last one moved, or the
// failure of the first that failed, as text. It fails the test when a token or BPT appears or vanishes, when a failed
// operation changes anything, and when an argument is changed.
func run(t *testing.T, pool *PoolState, script string) string {
	t.Helper()
	moved := ""
	for _, text := range strings.Split(script, "; ") {
		before := pool.Snapshot()
		result, err := perform(t, pool, text)
		after := pool.Snapshot()
		if err != nil {
			if !reflect.DeepEqual(result, PoolResult{}) {
				t.Errorf("%s: %v came with the result %v", text, err, result)
			}
			if fmt.Sprint(after) != fmt.Sprint(before) {
				t.Errorf("%s: %v changed %v to %v", text, err, before, after)
			}
			return err.Error()
		}
		checkConserved(t, text, before, after, result)
		moved = describe(before, after, result)
	}
	return moved
}

func perform(t *testing.T, pool *PoolState, text string) (PoolResult, error) {
	t.Helper()
	name, rest, _ := strings.Cut(text, " ")
	if name == "batch" {
		var swaps []PoolSwap
		for _, swap := range strings.Split(rest, " + ") {
			swaps = append(swaps, swapOf(t, swap))
		}
		return pool.BatchSwap(swaps)
	}
	words := strings.Fields(rest)
	list := func(i int) []*big.Int { return numbers(words[i]) }
	switch name {
	case "initialise":
		return pool.Initialise(list(0))
	case "in", "out":
		return pool.Swap(swapOf(t, text))
	case "join":
		return pool.JoinExactTokens(list(0))
	case "joinToken":
		return pool.JoinExactToken(index(t, words[0]), number(words[1]))
	case "joinBpt":
		return pool.JoinForBptOneToken(index(t, words[0]), number(words[1]))
	case "joinAll":
		return pool.JoinForBptProportional(number(words[0]))
	case "exit":
		return pool.ExitExactTokens(list(0))
	case "exitToken":
		return pool.ExitExactToken(index(t, words[0]), number(words[1]))
	case "exitBpt":
		return pool.ExitBptForOneToken(index(t, words[0]), number(words[1]))
	case "exitAll":
		return pool.ExitBptProportional(number(words[0]))
	case "donate":
		return pool.Donate(index(t, words[0]), number(words[1]))
	case "clock":
		return pool.AdvanceClock(number(words[0]))
	case "weights":
		return pool.ChangeWeights(number(words[0]), number(words[1]), list(2))
	case "rate":
		return pool.ChangeRate(index(t, words[0]), number(words[1]))
	case "collect":
		return pool.Collect()
	}
	t.Fatalf("no operation %q", text)
	return PoolResult{}, nil
}

// swapOf reads "in 0 1 100" and "out 0 1 100".
func swapOf(t *testing.T, text string) PoolSwap {
	t.Helper()
	words := strings.Fields(text)
	return PoolSwap{index(t, words[1]), index(t, words[2]), number(words[3]), words[0] == "out"}
}

func index(t *testing.T, text string) int {
	t.Helper()
	i, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return i
}

// checkConserved fails the test unless the balances and the supply changed by what the result says, and by nothing else.
func checkConserved(t *testing.T, text string, before, after PoolSnapshot, result PoolResult) {
	t.Helper()
	for i := range before.Balances {
		had := plus(before.Balances[i], before.SetAside[i])
		has := plus(after.Balances[i], after.SetAside[i])
		came := plus(had, result.AmountsIn[i])
		left := plus(plus(has, result.AmountsOut[i]), result.ProtocolOut[i])
		if came.Cmp(left) != 0 {
			t.Errorf("%s: token %d had %v and was given %v, but has %v and gave %v and %v",
				text, i, had, result.AmountsIn[i], has, result.AmountsOut[i], result.ProtocolOut[i])
		}
	}
	supply := plus(minus(plus(before.Supply, result.BptOut), result.BptIn), result.ProtocolBpt)
	if before.Supply.Sign() == 0 && after.Supply.Sign() != 0 {
		supply = plus(supply, number("1e6"))
	}
	if supply.Cmp(after.Supply) != 0 {
		t.Errorf("%s: the supply is %v, not %v", text, after.Supply, supply)
	}
}

// describe writes what was not zero, as "in [5 0] out [0 4] aside [1 0]"; "nothing" where all was.
func describe(before, after PoolSnapshot, result PoolResult) string {
	var text []string
	list := func(name string, values []*big.Int) {
		for _, value := range values {
			if value.Sign() != 0 {
				text = append(text, fmt.Sprintf("%s %v", name, values))
				return
			}
		}
	}
	one := func(name string, value *big.Int) {
		if value.Sign() != 0 {
			text = append(text, fmt.Sprintf("%s %v", name, value))
		}
	}
	aside := make([]*big.Int, len(before.SetAside))
	for i := range aside {
		aside[i] = plus(minus(after.SetAside[i], before.SetAside[i]), result.ProtocolOut[i])
	}
	list("in", result.AmountsIn)
	list("out", result.AmountsOut)
	list("aside", aside)
	one("minted", result.BptOut)
	one("burnt", result.BptIn)
	list("collected", result.ProtocolOut)
	one("collected", result.ProtocolBpt)
	if len(text) == 0 {
		return "nothing"
	}
	return strings.Join(text, " ")
}

// scripts is a table of scripts on a pool; want is of both rules, or "v2|v3".
type scripts []struct{ script, want, why string }

func (rows scripts) check(t *testing.T, pool func(Rules) *PoolState) {
	t.Helper()
	for _, row := range rows {
		for r, want := range wantOf(row.want) {
			if got := run(t, pool(r), row.script); got != want {
				t.Errorf("%v %s: %s, want %s: %s", r, row.script, got, want, row.why)
			}
		}
	}
}

// checkMixed runs the rows on the mixed pool.
func (rows scripts) checkMixed(t *testing.T) {
	t.Helper()
	rows.check(t, func(r Rules) *PoolState { return mixedHolding(t, r) })
}
