package properties

import (
	"math/big"

	"github.com/holiman/uint256"
	"github.com/trueweight/trueweight/properties/domain"
)

// A Market is what a pool's tokens are worth outside of it, and the smallest amount of each that is traded. It has an item
// of each list for every token of the pool; prices and units are positive.
type Market struct {
	Decimals []uint8
	Prices   []uint256.Int // 18-decimal, of one whole token
	Units    []uint256.Int // raw
}

// rawPrice returns what one raw unit of a token is worth, in 10⁻³⁶ of the unit of the prices: p·10^(18−d).
func (m *Market) rawPrice(i int) *big.Int {
	return new(big.Int).Mul(m.Prices[i].ToBig(), pow10(18-int(m.Decimals[i])))
}

// Value returns what raw amounts are worth, in 10⁻³⁶ of the unit of the prices.
func (m *Market) Value(amounts []uint256.Int) *big.Int {
	sum := new(big.Int)
	for i := range amounts {
		sum.Add(sum, new(big.Int).Mul(m.rawPrice(i), amounts[i].ToBig()))
	}
	return sum
}

// A Trade is one swap that an arbitrageur made, with the pool's state before and after it.
type Trade struct {
	Action        Action
	Moved         Moved
	Before, After Snapshot
}

// An Arbitraged pool is what an arbitrageur leaves.
type Arbitraged struct {
	Pool   LivePool // after the last trade
	Trades []Trade  // each of them gained
	// Settled says that no swap of one unit gains any more: not one of those that the pool agrees to make.
	Settled bool
	// Refused is the first failure of a swap of one unit in the end, if the pool refuses one.
	Refused error
}

// Arbitrage trades on a copy of a pool until no swap of one unit of a token for another gains at the prices of a market.
// Weights and fee, which is less than 1, are the pool's; they only serve to aim. Whether a swap gains is decided in integers: what came out is worth more
// than what went in.
//
// It ends: every trade that is made lowers Σ pᵢ·Bᵢ, a whole number of 10⁻³⁶ that is never negative. As there is no telling how
// long that takes, it makes at most most trades, and then leaves the pool unsettled.
func Arbitrage(pool LivePool, weights []uint256.Int, fee uint256.Int, m *Market, most int) *Arbitraged {
	a := &arbitrageur{
		Arbitraged: Arbitraged{Pool: pool.Clone()}, market: m, weights: bigs(weights), kept: new(big.Int).Sub(one, fee.ToBig()),
		now: pool.Snapshot(), value: make([]*big.Int, len(weights)),
	}
	for i := range weights {
		a.price = append(a.price, m.rawPrice(i))
	}
	for len(a.Trades) < most {
		if !a.aimed() && !a.byUnits() {
			a.Settled = true
			break
		}
	}
	return &a.Arbitraged
}

// arbitrageur is an arbitrage under way.
type arbitrageur struct {
	Arbitraged
	market  *Market
	weights []*big.Int
	kept    *big.Int // what the fee leaves of an amount, 18-decimal
	now     Snapshot
	price   []*big.Int // of a raw unit, in 10⁻³⁶
	value   []*big.Int // of each balance now, in 10⁻³⁶
}

// aimed makes the trade that brings a token to where it would rest, or of its halves the first that gains more than the next. It
// reports false where none of at least a unit gains.
func (a *arbitrageur) aimed() bool {
	in, out, amount := a.aim()
	var best *offer
	for unit := a.market.Units[in].ToBig(); amount.Cmp(unit) >= 0; amount.Rsh(amount, 1) {
		next := a.ask(in, out, word(amount))
		if best != nil && !next.better(best) {
			break
		}
		if next.gains() {
			best = next
		}
	}
	return a.take(best)
}

// byUnits makes the first swap of one unit that gains, or of its doubles the first that gains more than the next.
func (a *arbitrageur) byUnits() bool {
	a.Refused = nil
	for in := range a.weights {
		for out := range a.weights {
			if in == out {
				continue
			}
			best := a.ask(in, out, a.market.Units[in])
			if best.err != nil && a.Refused == nil {
				a.Refused = best.err
			}
			if !best.gains() {
				continue
			}
			for amount := a.market.Units[in]; ; {
				amount.Lsh(&amount, 1)
				next := a.ask(in, out, amount)
				if !next.better(best) {
					return a.take(best)
				}
				best = next
			}
		}
	}
	return false
}

// An offer is a swap that is tried on a copy of the pool.
type offer struct {
	pool   LivePool // as the swap would leave it
	action Action
	moved  Moved
	gain   *big.Int // in 10⁻³⁶
	err    error
}

func (o *offer) gains() bool { return o.err == nil && o.gain.Sign() > 0 }

func (o *offer) better(than *offer) bool { return o.gains() && o.gain.Cmp(than.gain) > 0 }

func (a *arbitrageur) ask(in, out int, amount num) *offer {
	o := &offer{pool: a.Pool.Clone(), action: Action{Op: domain.SwapGivenIn, TokenIn: in, TokenOut: out, Amount: amount}}
	if o.moved, o.err = o.pool.Do(o.action); o.err == nil {
		o.gain = a.market.Value(o.moved.Out)
		o.gain.Sub(o.gain, a.market.Value(o.moved.In))
	}
	return o
}

// take makes a swap that gains.
func (a *arbitrageur) take(o *offer) bool {
	if o == nil {
		return false
	}
	after := o.pool.Snapshot()
	a.Trades = append(a.Trades, Trade{o.action, o.moved, a.now, after})
	a.Pool, a.now = o.pool, after
	return true
}

// scale keeps the digits of quotients by weights.
const scale = 64

// aim returns the token whose value is lowest for its weight, of those of which at least a unit is wanted; the token whose value is highest; and how
// much of the first to give for the second so that one of them comes to rest. The amount is 0 where no token is wanted.
//
// Tokens rest where the fee eats what is left to gain: at values per weight from a level ℓ to ℓ/(1−φ). With the value of the pool as it
// is, and L and H the tokens below and above, ℓ·(Σ_L w + Σ_H w/(1−φ)) = Σ_L v + Σ_H v. A trade takes value away, so
// that the level is lower in the end: a second look corrects the first.
func (a *arbitrageur) aim() (in, out int, amount *big.Int) {
	low, high := 0, 0
	for i := range a.value {
		a.value[i] = new(big.Int).Mul(a.price[i], a.now.Balances[i].ToBig())
		if a.perWeight(i, low) < 0 {
			low = i
		}
		if a.perWeight(i, high) > 0 {
			high = i
		}
	}
	level := a.restingLevel(low, high)
	in, amount = low, new(big.Int)
	over := a.over(high, level)
	for i := range a.value {
		if amount.Sign() > 0 && a.perWeight(i, in) >= 0 {
			continue
		}
		if wanted := a.wanted(i, level, over); wanted.Cmp(a.market.Units[i].ToBig()) >= 0 {
			in, amount = i, wanted
		}
	}
	return in, high, amount
}

// wanted is how much of a token a trade brings that is worth what it lacks, or over if that is less, within the limit of 30 %.
func (a *arbitrageur) wanted(i int, level, over *big.Int) *big.Int {
	worth := a.short(i, level)
	if over.Cmp(worth) < 0 {
		worth.Set(over)
	}
	worth.Quo(worth, a.price[i])
	limit := new(big.Int).Mul(a.now.Balances[i].ToBig(), big.NewInt(3))
	if limit.Quo(limit, big.NewInt(10)); worth.Cmp(limit) > 0 {
		return limit
	}
	return worth
}

// restingLevel finds the level and the sets of tokens below and above it by turns.
func (a *arbitrageur) restingLevel(low, high int) (level *big.Int) {
	below, above := make([]bool, len(a.value)), make([]bool, len(a.value))
	below[low], above[high] = true, true
	for again := true; again; {
		again = false
		level = a.level(below, above)
		for i := range a.value {
			if !below[i] && a.short(i, level).Sign() > 0 {
				below[i], again = true, true
			}
			if !above[i] && a.over(i, level).Sign() > 0 {
				above[i], again = true, true
			}
		}
	}
	return level
}

// perWeight compares two tokens' values per weight.
func (a *arbitrageur) perWeight(i, j int) int {
	return new(big.Int).Mul(a.value[i], a.weights[j]).Cmp(new(big.Int).Mul(a.value[j], a.weights[i]))
}

// level returns ℓ·2^scale for the tokens below and above.
func (a *arbitrageur) level(below, above []bool) *big.Int {
	value, weight := new(big.Int), new(big.Int)
	for i := range a.weights {
		if below[i] {
			value.Add(value, a.value[i])
			weight.Add(weight, new(big.Int).Mul(a.weights[i], a.kept))
		}
		if above[i] {
			value.Add(value, a.value[i])
			weight.Add(weight, new(big.Int).Mul(a.weights[i], one))
		}
	}
	value.Mul(value, a.kept).Lsh(value, scale)
	return value.Quo(value, weight)
}

// short returns by how much a token's value is below its weight's at a level, over by how much it is above 1/(1−φ) times that.
func (a *arbitrageur) short(i int, level *big.Int) *big.Int {
	z := new(big.Int).Mul(level, a.weights[i])
	return z.Sub(z.Rsh(z, scale), a.value[i])
}

func (a *arbitrageur) over(i int, level *big.Int) *big.Int {
	z := productOf(level, a.weights[i], one)
	z.Quo(z.Rsh(z, scale), a.kept)
	return z.Sub(a.value[i], z)
}
