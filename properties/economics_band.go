package properties

import (
	"math/big"

	"github.com/trueweight/trueweight/reference/exact"
	"github.com/trueweight/trueweight/reference/real"
)

// bands are how far the shares of a pool's value can be from the weights when no swap of one unit gains. Values are in 10⁻³⁶ of
// the unit of the prices.
//
// Let a unit u of token i, in raw units, buy O of token j, and not gain: Pⱼ·O ≤ Pᵢ·u, P the price of a raw unit, so O ≤ m = ⌊Pᵢ·u/Pⱼ⌋. SPEC says what the
// pool does: it counts y for the balance of i and a for the unit after the fee, both in wei, pays o = outGivenIn(y, wᵢ, bⱼ, wⱼ, a) wei, and
// of these O = ⌊o/G⌋ raw units, G = 10^(18−dⱼ)·ρⱼ (v3: ρⱼ rounded up). So o < G·(m+1).
//
// SW-LOSS says that o ≥ T − bⱼ·ε − 1, T = bⱼ·(1 − (y/(y+a))^η), η = wᵢ/wⱼ. With x = a/y and θ = 2ηx/(2+x) ≤ η·ln(1+x),
//
//	1 − (y/(y+a))^η ≥ 1 − e^−θ ≥ κ = θ/(1 + θ/2 + θ²/12)
//
// for ln(1+x) ≥ 2x/(2+x), and t·coth t ≤ 1 + t²/3 at t = θ/2. Together bⱼ·(κ − ε) < G·(m+1) + 1. With Bⱼ·F < bⱼ + 1, F = 10^(18−dⱼ)·ρⱼ,
//
//	vⱼ = Pⱼ·Bⱼ < v̂ᵢⱼ = Pⱼ/F·(1 + (G·(m+1) + 1)/(κ − ε))
//
// which only knows the balance of i. In terms of weights vⱼ/wⱼ < ρᵢⱼ·vᵢ/wᵢ, ρᵢⱼ = v̂ᵢⱼ·wᵢ/(vᵢ·wⱼ). As the unit goes to 0 and balances grow, ρᵢⱼ goes to 1/(1−φ).
// Now Σᵢ vᵢ > vⱼ/wⱼ·Σᵢ wᵢ/ρᵢⱼ and Σᵢ vᵢ < vⱼ/wⱼ·Σᵢ wᵢ·ρⱼᵢ, where ρⱼⱼ = 1: that is the band. ∎
type bands struct {
	weights, values []*big.Int
	sum             *big.Int
	spread          [][]*big.Rat // ρᵢⱼ
}

// bands returns the bands of the pool as the arbitrageur left it. It fails where nothing follows from that.
func (e *exchange) bands() (*bands, error) {
	switch {
	case !e.end.Settled:
		return nil, errUnsettled
	case e.end.Refused != nil:
		return nil, e.end.Refused
	}
	b := &bands{weights: bigs(e.Weights), sum: e.prices.Value(e.final().Balances)}
	for i, balance := range e.final().Balances {
		if balance.IsZero() {
			return nil, errEmpty
		}
		b.values = append(b.values, new(big.Int).Mul(e.prices.rawPrice(i), balance.ToBig()))
	}
	for i := range b.weights {
		row := make([]*big.Rat, len(b.weights))
		for j := range b.weights {
			if i == j {
				continue
			}
			if row[j] = e.spread(b, i, j); row[j] == nil {
				return nil, errUnseen
			}
		}
		b.spread = append(b.spread, row)
	}
	return b, nil
}

// spread returns ρᵢⱼ, or nil where the roundings are as large as what a unit buys.
func (e *exchange) spread(b *bands, i, j int) *big.Rat {
	y, a := e.countedIn(i)
	left := new(big.Rat).Sub(leastPart(a, y, b.weights[i], b.weights[j]), swapLossMost(a, y, b.weights[i], b.weights[j]))
	if left.Sign() <= 0 {
		return nil
	}
	m := &moment{config: &e.config, before: *e.final()}
	factor := m.factor(j)
	bought := new(big.Int).Mul(e.prices.rawPrice(i), e.Units[i].ToBig())
	bought.Quo(bought, e.prices.rawPrice(j))
	paid := productOf(e.divisorOut(j), bought.Add(bought, big.NewInt(1))) // G·(m+1)·10¹⁸
	most := new(big.Rat).SetFrac(paid.Add(paid, one), one)
	most.Quo(most, left).Add(most, big.NewRat(1, 1))
	// ρ = v̂·wᵢ/(vᵢ·wⱼ), v̂ = Pⱼ·10¹⁸/factor·most
	most.Mul(most, new(big.Rat).SetFrac(productOf(e.prices.rawPrice(j), one, b.weights[i]), productOf(factor, b.values[i], b.weights[j])))
	return most
}

// countedIn returns what the pool counts for the balance of token i and for a unit of it that comes in, less the fee, in wei.
func (e *exchange) countedIn(i int) (balance, amount *big.Int) {
	m := &moment{config: &e.config, before: *e.final()}
	factor, fee := m.factor(i), e.SwapFee.ToBig()
	balance, amount = m.live(e.final(), i), e.Units[i].ToBig()
	lessFee := func(z *big.Int) *big.Int { return new(big.Int).Sub(z, ceilQuo(productOf(z, fee), one)) }
	counted := func(z *big.Int) *big.Int { return z.Quo(productOf(z, factor), one) }
	if e.config.Rules == exact.V2 {
		return balance, counted(lessFee(amount))
	}
	return balance.Add(balance, big.NewInt(1)), lessFee(counted(amount))
}

// divisorOut is G·10¹⁸: what a raw unit of token j counts for when the pool pays it.
func (e *exchange) divisorOut(j int) *big.Int {
	rate := e.Rates[j].ToBig()
	if e.config.Rules == exact.V3 && new(big.Int).Rem(rate, one).Sign() != 0 {
		rate.Add(rate, big.NewInt(1))
	}
	return rate.Mul(rate, pow10(18-int(e.config.Decimals[j])))
}

// leastPart returns κ, a lower bound of the part of the balance out that an amount a buys: θ = 2·wᵢ·a/(wⱼ·(2y+a)).
func leastPart(a, y, weightIn, weightOut *big.Int) *big.Rat {
	whole := new(big.Int).Add(new(big.Int).Lsh(y, 1), a)
	theta := new(big.Rat).SetFrac(productOf(big.NewInt(2), weightIn, a), productOf(weightOut, whole))
	divisor := new(big.Rat).Mul(theta, big.NewRat(1, 12))
	divisor.Add(divisor, big.NewRat(1, 2)).Mul(divisor, theta).Add(divisor, big.NewRat(1, 1))
	return theta.Quo(theta, divisor)
}

// swapLossMost returns ε, an upper bound of SW-LOSS's bound for given in as a part of the balance out, less its last rounding. In trade.loss's terms, and with
// δ = 10⁻¹⁸, β = 1/(1+x): the power moves by x̂^ŷ − β^η = x̂^ŷ·(1 − x̂^(η−ŷ)) + x̂^η − β^η ≤ δ·|ln β| + δ·η·β⁻¹ ≤ δ·(x + η·(1+x)),
// since z^(η−1) ≤ β⁻¹ between β and 1; and E grows with the power, which is at most 1.
func swapLossMost(a, y, weightIn, weightOut *big.Int) *big.Rat {
	x, eta := new(big.Rat).SetFrac(a, y), new(big.Rat).SetFrac(weightIn, weightOut)
	after := new(big.Int).Add(y, a)
	base := ceilQuo(productOf(y, fixedOne), after)
	exponent := new(big.Int).Quo(productOf(weightIn, fixedOne), weightOut)
	excess, _ := powUpExcessAt(real.Int(fixedOne), base, exponent).Rational()
	sum := new(big.Rat).Mul(eta, new(big.Rat).SetFrac(after, y))
	sum.Add(sum, x).Add(sum, excess)
	return sum.Mul(sum, big.NewRat(1, 1e18))
}

// highest and lowest are the ends of a token's band.
func (b *bands) highest(j int) *real.Expr {
	sum := real.Int(b.weights[j])
	for i := range b.weights {
		if i != j {
			sum = real.Add(sum, real.Quo(real.Int(b.weights[i]), ratio(b.spread[i][j])))
		}
	}
	return real.Quo(real.Int(b.weights[j]), sum)
}

func (b *bands) lowest(j int) *real.Expr {
	sum := real.Int(b.weights[j])
	for i := range b.weights {
		if i != j {
			sum = real.Add(sum, real.Mul(real.Int(b.weights[i]), ratio(b.spread[j][i])))
		}
	}
	return real.Quo(real.Int(b.weights[j]), sum)
}

// excess is by how much more the pool is worth than V·Π (pᵢ/wᵢ)^wᵢ = Π (vᵢ/wᵢ)^wᵢ, relatively: Π (Σv·wᵢ/vᵢ)^wᵢ − 1.
func (b *bands) excess() *real.Expr {
	var product *real.Expr
	for i, value := range b.values {
		power := real.Pow(real.Quo(real.Int(productOf(b.sum, b.weights[i])), real.Int(productOf(value, one))), real.Fixed(b.weights[i]))
		if product == nil {
			product = power
		} else {
			product = real.Mul(product, power)
		}
	}
	return real.Sub(product, real.Int64(1))
}

// excessAllowed is how large that can be with shares sᵢ in their bands, lᵢ ≤ sᵢ ≤ uᵢ. With sᵢ = wᵢ·(1+eᵢ), Σ wᵢ·eᵢ = 0, so
//
//	ln Π (wᵢ/sᵢ)^wᵢ = Σ wᵢ·(eᵢ − ln(1+eᵢ)) ≤ K = Σ max((uᵢ−wᵢ)²/2wᵢ, (wᵢ−lᵢ)²/2lᵢ)
//
// for e − ln(1+e) ≤ e²/2 where e ≥ 0, and ≤ e²/(2·(1+e)) where e ≤ 0: with 1+e = exp(−t) that says t ≤ sinh t. Either grows as s leaves w. It is e^K − 1.
func (b *bands) excessAllowed() *real.Expr {
	sum := real.Int64(0)
	for i := range b.weights {
		weight, high, low := real.Fixed(b.weights[i]), b.highest(i), b.lowest(i)
		over, under := real.Sub(high, weight), real.Sub(weight, low)
		over, under = real.Quo(real.Mul(over, over), weight), real.Quo(real.Mul(under, under), low)
		larger := real.Add(over, real.Max0(real.Sub(under, over)))
		sum = real.Add(sum, real.Quo(larger, real.Int64(2)))
	}
	return real.ExpM1(sum)
}
