package domain

import (
	"slices"

	"github.com/holiman/uint256"
)

// A Liquidity asks what BPT amounts of all tokens are worth: minted in a join,
// burnt in an exit. Balances and amounts are 18-decimal token amounts in wei, as
// many of each as there are weights where the question makes sense; the supply is in wei
// of BPT, weights and fee are 18-decimal fixed point.
type Liquidity struct {
	named
	Exit bool // the amounts leave the pool; otherwise they come in

	Weights, Balances, Amounts []uint256.Int
	Supply                     uint256.Int
	Fee                        uint256.Int
}

// A LiquidityOne asks about a join or exit of one token among a pool's: what
// BPT an Amount of the token (18 decimals, in wei) is worth, and what amount of it some Bpt (in wei)
// is. The other fields are as in Liquidity.
type LiquidityOne struct {
	named
	Exit bool

	Weights, Balances []uint256.Int
	Index             uint8 // the token's place in the lists
	Amount            uint256.Int
	Bpt               uint256.Int
	Supply            uint256.Int
	Fee               uint256.Int
}

// Kind implements Case.
func (c *Liquidity) Kind() Kind {
	if c.Exit {
		return KindExit
	}
	return KindJoin
}

// Kind implements Case.
func (c *LiquidityOne) Kind() Kind {
	if c.Exit {
		return KindExitOne
	}
	return KindJoinOne
}

// PoolValid implements Case: weights of a real pool, balances of 1 wei to 2¹¹²−1 before and after a join, at most all
// of each taken in an exit, a supply that exists, a fee up to 95 %.
func (c *Liquidity) PoolValid() bool {
	if !reserves(c.Weights, c.Balances) || len(c.Amounts) != len(c.Balances) || !poolSupply(c.Supply) || c.Fee.Gt(&maxFee) {
		return false
	}
	for i, a := range c.Amounts {
		if !movable(c.Balances[i], a, c.Exit) {
			return false
		}
	}
	return true
}

// PoolValid implements Case: as for Liquidity, of one token that is there and BPT that is.
func (c *LiquidityOne) PoolValid() bool {
	return reserves(c.Weights, c.Balances) && int(c.Index) < len(c.Balances) && poolSupply(c.Supply) && !c.Fee.Gt(&maxFee) &&
		movable(c.Balances[c.Index], c.Amount, c.Exit) && (!c.Exit || !c.Bpt.Gt(&c.Supply)) && c.Bpt.Lt(&supplyLimit)
}

// The BPT of a real pool: 10⁶ wei are locked for ever, and its value is below n·2¹¹².
var (
	lockedSupply = u(1_000_000)
	supplyLimit  = pow2(128)
)

func poolSupply(supply uint256.Int) bool {
	return !supply.Lt(&lockedSupply) && supply.Lt(&supplyLimit)
}

// reserves reports whether a real pool can hold these balances under these weights.
func reserves(weights, balances []uint256.Int) bool {
	return poolWeights(weights) && len(balances) == len(weights) &&
		!slices.ContainsFunc(balances, func(b uint256.Int) bool { return !poolBalance(b) })
}

// movable reports whether an amount can leave a balance, or be added to it.
func movable(balance, amount uint256.Int, exit bool) bool {
	if exit {
		return !amount.Gt(&balance)
	}
	_, overflow := balance.AddOverflow(&balance, &amount)
	return !overflow && !balance.Gt(&maxBalance)
}

func (c *Liquidity) fields() []field {
	return []field{
		{name: "weights", unit: fixed, list: &c.Weights},
		{name: "balances", unit: wei, list: &c.Balances},
		{name: "amounts", unit: wei, list: &c.Amounts},
		{name: "supply", unit: wei, num: &c.Supply},
		{name: "fee", unit: fixed, num: &c.Fee},
	}
}

func (c *LiquidityOne) fields() []field {
	return []field{
		{name: "weights", unit: fixed, list: &c.Weights},
		{name: "balances", unit: wei, list: &c.Balances},
		{name: "index", small: &c.Index, max: 99},
		{name: "amount", unit: wei, num: &c.Amount},
		{name: "bpt", unit: wei, num: &c.Bpt},
		{name: "supply", unit: wei, num: &c.Supply},
		{name: "fee", unit: fixed, num: &c.Fee},
	}
}

func (c *Liquidity) empty() Case    { return &Liquidity{Exit: c.Exit} }
func (c *LiquidityOne) empty() Case { return &LiquidityOne{Exit: c.Exit} }

// Weight returns the token's weight, 0 where there is none.
func (c *LiquidityOne) Weight() uint256.Int { return itemOf(c.Weights, int(c.Index)) }

// Balance returns the token's balance, 0 where there is none.
func (c *LiquidityOne) Balance() uint256.Int { return itemOf(c.Balances, int(c.Index)) }

// itemOf returns list[i], 0 where there is none.
func itemOf(list []uint256.Int, i int) uint256.Int {
	if i >= len(list) {
		return u(0)
	}
	return list[i]
}
