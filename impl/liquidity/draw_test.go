package liquidity

import (
	"math/rand/v2"

	"github.com/holiman/uint256"
)

// anyCall is a pool of 2 to 8 tokens, amounts of every size for each, among them
// none, all, and one share of all balances; and one amount that is a share of a
// balance or of the supply, also at the limits of a join and of an exit.
func anyCall(r *rand.Rand) (c call) {
	n := 2 + r.IntN(7)
	left := uint64(1e18)
	common := uint256.Int{1 + r.Uint64N(9)}
	bits := 1 + r.IntN(149)
	for i := range n {
		w := left
		if i < n-1 {
			w = 1e16 + r.Uint64N(2*(left-uint64(n-i)*1e16)/uint64(n-i))
		}
		left -= w
		if r.IntN(3) == 0 {
			bits = 1 + r.IntN(149)
		}
		b := uint256.Int{r.Uint64(), r.Uint64(), r.Uint64(), r.Uint64()}
		b.Rsh(&b, uint(256-bits))
		b.AddUint64(&b, 1)
		a := *new(uint256.Int).Div(&b, &common)
		switch r.IntN(6) {
		case 0:
			a.Clear()
		case 1:
			a.Div(&b, uint256.NewInt(1+r.Uint64N(1e6)))
		case 2:
			a = uint256.Int{r.Uint64N(3)}
		}
		c.weights, c.balances, c.amounts = append(c.weights, uint256.Int{w}), append(c.balances, b), append(c.amounts, a)
	}
	c.index, c.supply, c.fee = r.IntN(n), balance(r), anyFee(r)
	c.supply.AddUint64(&c.supply, 1)
	switch r.IntN(5) {
	case 0:
		c.amount = *new(uint256.Int).Div(&c.balances[c.index], uint256.NewInt(2+r.Uint64N(1e3)))
	case 1: // a ratio of 3, 0.7, or the wei next to it
		limit := []uint64{20, 3}[r.IntN(2)]
		c.amount = *new(uint256.Int).Div(new(uint256.Int).Mul(&c.supply, uint256.NewInt(limit)), uint256.NewInt(10))
		c.amount.AddUint64(&c.amount, r.Uint64N(2))
	default:
		c.amount = *new(uint256.Int).Div(&c.supply, uint256.NewInt(1+r.Uint64N(1e3)))
	}
	return c
}

// spoil, one time in five, makes a length, an index or a number wrong.
func spoil(r *rand.Rand, c *call) {
	lists := []*[]uint256.Int{&c.weights, &c.balances, &c.amounts}
	list := lists[r.IntN(3)]
	switch r.IntN(25) {
	case 0:
		*list = (*list)[:r.IntN(len(*list))]
	case 1:
		*list = append(*list, edge(r))
	case 2:
		(*list)[r.IntN(len(*list))] = edge(r)
	case 3:
		c.index = r.IntN(100) - 50
	case 4:
		*[]*uint256.Int{&c.amount, &c.supply, &c.fee}[r.IntN(3)] = edge(r)
	}
}

func balance(r *rand.Rand) uint256.Int {
	z := uint256.Int{r.Uint64(), r.Uint64(), r.Uint64(), r.Uint64()}
	z.Rsh(&z, uint(256-r.IntN(150)))
	return z
}

func anyFee(r *rand.Rand) uint256.Int {
	return []uint256.Int{{}, {1e12}, {1e13}, {r.Uint64N(1e17)}, {1e17}, {r.Uint64N(1e18)}, {95e16}}[r.IntN(7)]
}

func edge(r *rand.Rand) uint256.Int {
	edges := []uint256.Int{{}, {1}, {1e18 - 1}, {1e18}, {1e18 + 1}, {1.5e18}, *new(uint256.Int).SetAllOne(), {0, 0, 0, 1 << 63},
		{r.Uint64(), r.Uint64(), r.Uint64(), r.Uint64()}}
	return edges[r.IntN(len(edges))]
}
