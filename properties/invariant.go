package properties

import (
	"math/big"
	"slices"

	"github.com/trueweight/trueweight/properties/domain"
	"github.com/trueweight/trueweight/reference/interval"
	"github.com/trueweight/trueweight/reference/real"
)

// IN · the invariant V = Π bᵢ^wᵢ. Balances and invariants are 18-decimal amounts in wei, weights 18-decimal
// fixed point. A case has more balances than it needs or fewer: more are not read, fewer have no invariant.

var inEnc = &Property{
	ID:         "IN-ENC",
	Claim:      "The two computed invariants enclose the exact one.",
	Inequality: "invariantDown(w, b) ≤ T ≤ invariantUp(w, b)",
	T:          "Π bᵢ^wᵢ",
	Source:     "SPEC, invariantDown and invariantUp",
	Margin:     Slack,
	Kinds:      []domain.Kind{domain.KindInvariant},
	Needs:      []string{"InvariantDown", "InvariantUp"},
	check: func(j *Judge, s *Subject, c domain.Case) Verdict {
		p := holdingsOf(c)
		down, errDown := p.down(s)
		up, errUp := p.up(s)
		switch {
		case errDown != nil && errUp != nil:
			return vacuous(errDown)
		case p.short():
			return violated("missing balance", "an answer", "a failure: no exact value exists")
		}
		floor, ceil, ok := j.bracket(p.value(), max(down.BitLen(), up.BitLen()))
		if !ok {
			return undecided("enclosure")
		}
		lower, upper := vacuous(errDown), vacuous(errUp)
		if errDown == nil {
			lower = slackVerdict("down", new(big.Int).Sub(floor, down.ToBig()), down, "at most ⌊T⌋ = "+floor.String())
		}
		if errUp == nil {
			upper = slackVerdict("up", new(big.Int).Sub(up.ToBig(), ceil), up, "at least ⌈T⌉ = "+ceil.String())
		}
		return worst(lower, upper)
	},
}

var inWidth = &Property{
	ID:    "IN-WIDTH",
	Claim: "Each computed invariant is no further from the exact one than the allowances of its powers and the roundings of its products imply.",
	Inequality: "up ≤ U with U₁ = t₁ + e₁, Uᵢ = Uᵢ₋₁·(tᵢ + eᵢ) + 1 wei; T − down ≤ E with E₁ = f₁, Eᵢ = Eᵢ₋₁·tᵢ + Vᵢ₋₁·fᵢ + 1 wei; " +
		"tᵢ = bᵢ^wᵢ, Vᵢ = t₁·…·tᵢ, and eᵢ, fᵢ the most by which powUp exceeds tᵢ and powDown falls short of it",
	T:      "Π bᵢ^wᵢ",
	Source: "SPEC, invariantDown, invariantUp, powUp and powDown",
	Proof:  "invariant.go, widths",
	Margin: Ratio,
	Kinds:  []domain.Kind{domain.KindInvariant},
	Needs:  []string{"InvariantDown", "InvariantUp"},
	check: func(j *Judge, s *Subject, c domain.Case) Verdict {
		p := holdingsOf(c)
		down, errDown := p.down(s)
		up, errUp := p.up(s)
		switch {
		case errDown != nil && errUp != nil:
			return vacuous(errDown)
		case p.short():
			return violated("missing balance", "an answer", "a failure: no exact value exists")
		}
		floor, ceil, ok := j.bracket(real.Mul(p.value(), real.Int(gridUnit)), max(down.BitLen(), up.BitLen())+gridBits)
		if !ok {
			return undecided("width")
		}
		most, short := j.widths(p)
		lower, upper := vacuous(errDown), vacuous(errUp)
		if errDown == nil {
			lower = gridVerdict("T − down", ceil.Sub(ceil, onGrid(down)), short)
		}
		if errUp == nil {
			upper = gridVerdict("up − T", new(big.Int).Sub(onGrid(up), floor), most.Sub(most, floor))
		}
		return worst(lower, upper)
	},
}

// Widths are counted on a grid of 2⁻⁶⁴ wei.
const gridBits = 64

var gridUnit = new(big.Int).Lsh(big.NewInt(1), gridBits)

func onGrid(z num) *big.Int { return new(big.Int).Lsh(z.ToBig(), gridBits) }

// gridMul returns ⌈a·b/ONE⌉ for fixed-point numbers a and b on the grid.
func gridMul(a, b *big.Int) *big.Int {
	return ceilQuo(new(big.Int).Mul(a, b), new(big.Int).Lsh(fixedOne, gridBits))
}

// widths returns what IN-WIDTH allows, on the grid and rounded up: U, and E.
//
// Let Pᵢ be a computed power and Iᵢ the running product, I₁ = P₁, as a product with ONE is exact.
//
//   - Up: Pᵢ ≤ tᵢ + eᵢ, and mulUp adds less than a wei: Iᵢ < Iᵢ₋₁·Pᵢ + 1. Both sides grow with what they are made of, so Iᵢ ≤ Uᵢ.
//   - Down: tᵢ − fᵢ ≤ Pᵢ ≤ tᵢ, and mulDown takes less than a wei. With D = Vᵢ₋₁ − Iᵢ₋₁ ≥ 0,
//     Vᵢ − Iᵢ < Vᵢ₋₁·tᵢ − Iᵢ₋₁·Pᵢ + 1 = D·Pᵢ + Vᵢ₋₁·(tᵢ − Pᵢ) + 1 ≤ D·tᵢ + Vᵢ₋₁·fᵢ + 1. No power is negative, so fᵢ ≤ tᵢ.
//
// Each tᵢ is rounded up to the grid first, and eᵢ and fᵢ grow with tᵢ, so U and E only get larger by it. What is left are sums and
// products of integers, rounded up to the grid: the bound stays a bound.
func (j *Judge) widths(p holdings) (most, short *big.Int) {
	most, short = onGrid(*wei(1e18)), new(big.Int)
	value := most
	for i, w := range p.exponents {
		t := j.gridUpper(powT(p.bases[i], w), powerBits)
		onPower := real.Quo(real.Int(t), real.Int(gridUnit))
		above := new(big.Int).Add(t, j.gridUpper(powUpExcessAt(onPower, p.bases[i], w), boundBits))
		below := j.gridUpper(powDownShortfallAt(onPower, p.bases[i], w), boundBits)
		if below.Cmp(t) > 0 {
			below = t
		}
		if i == 0 {
			most, short, value = above, below, t
			continue
		}
		most = gridMul(most, above)
		most.Add(most, gridUnit)
		short = new(big.Int).Add(gridMul(short, t), gridMul(value, below))
		short.Add(short, gridUnit)
		value = gridMul(value, t)
	}
	return most, short
}

// A power has up to 255 bits before the point, 64 on the grid, and 65 more so that rounding it costs nothing there; a bound of its error,
// which is only ever compared as a whole, is enough at 128: 2⁻¹²⁰ of it too large.
const (
	powerBits = 384
	boundBits = 128
)

// gridUpper returns e, in wei, on the grid and rounded up: the upper end of an enclosure of prec bits.
func (j *Judge) gridUpper(e *real.Expr, prec uint) *big.Int {
	n, accuracy := j.enclosure(real.Mul(e, real.Int(gridUnit)), prec).Hi().Int(nil)
	if accuracy == big.Below {
		n.Add(n, big.NewInt(1))
	}
	return n
}

// gridVerdict judges used ≤ allowed, both on the grid, with their ratio as margin. Nothing used of nothing allowed is 0.
func gridVerdict(part string, used, allowed *big.Int) Verdict {
	switch {
	case used.Sign() <= 0:
		return Verdict{Outcome: Holds, Margin: ratioMargin(0)}
	case used.Cmp(allowed) > 0:
		return Verdict{Outcome: Violated, Part: part, Excess: ceilQuo(new(big.Int).Sub(used, allowed), gridUnit),
			Got: gridText(used), Want: "at most " + gridText(allowed)}
	}
	return Verdict{Outcome: Holds, Margin: ratioMargin(ceilQuo(new(big.Int).Mul(used, big.NewInt(1e9)), allowed).Uint64())}
}

func gridText(n *big.Int) string { return new(big.Rat).SetFrac(n, gridUnit).FloatString(6) + " wei" }

// That a computed invariant never falls is no part of the claim: the right code breaks it, so a fall is not excused but bounded, and the margin says
// how much of the bound is used. The falls found are at a balance of 1.1, where ln36 hands over to lnWide: the power loses 1 or 2 units of 10⁻¹⁸.
var inMono = &Property{
	ID: "IN-MONO",
	Claim: "The exact invariant grows with each balance, and a computed one falls by no more than the error of the grown balance's power implies. " +
		"The worst fall found is 1.98·10⁻¹⁸ of the invariant, at a balance of 1.1, where ln changes algorithm.",
	Inequality: "T(b + g) > T(b); down(b) − down(b + g) and up(b) − up(b + g) ≤ Φₙ, with Φₖ = ⌈Uₖ₋₁·φ/ONE⌉ for the grown token k, Φᵢ = ⌈Φᵢ₋₁·(tᵢ + eᵢ)/ONE⌉ after it, " +
		"φ the most by which powDown or powUp falls from (bₖ, wₖ) to (bₖ + g, wₖ), and U, t, e as in IN-WIDTH",
	T:      "Π bᵢ^wᵢ",
	Source: "SPEC, invariantDown and invariantUp",
	Proof:  "invariant.go, fallAllowed",
	Margin: Ratio,
	Kinds:  []domain.Kind{domain.KindInvariant},
	Needs:  []string{"InvariantDown", "InvariantUp"},
	check: func(j *Judge, s *Subject, c domain.Case) Verdict {
		p, growth := holdingsOf(c), c.(*domain.Invariant).Growth
		if p.short() || len(p.balances) == 0 || growth.IsZero() {
			return Verdict{Outcome: Vacuous}
		}
		balance, overflow := new(num).AddOverflow(&p.balances[p.token], &growth)
		if overflow {
			return Verdict{Outcome: Vacuous}
		}
		grown := p.with(*balance)
		return worst(
			j.grows(p, grown),
			j.falls("fall of down", s, p, grown, holdings.down, powDownFallBound),
			j.falls("fall of up", s, p, grown, holdings.up, powUpFallBound))
	},
}

// grows judges T(b + g) > T(b). All other balances being alike, that is ((b + g)/b)^w > 1, and its logarithm, which no weight makes too large, more
// than 0; there is nothing to compare at b = 0 and w = 0.
func (j *Judge) grows(p, grown holdings) Verdict {
	before, after, w := p.bases[p.token], grown.bases[p.token], p.exponents[p.token]
	if before.Sign() == 0 || w.Sign() == 0 {
		return Verdict{Outcome: Vacuous}
	}
	growth := real.Mul(real.Fixed(w), real.Log(real.Quo(real.Int(after), real.Int(before))))
	switch sign, ok := j.sign(growth, new(big.Int)); {
	case !ok:
		return undecided("growth of T")
	case sign <= 0:
		return violated("growth of T", "none", "T(b + g) > T(b)")
	}
	return holds()
}

// A fallBound says by how much a computed power may fall, in wei, while the exact one grows.
type fallBound func(base, exponent, nextBase, nextExponent *big.Int) *real.Expr

// powDownFallBound is powFallBound where powDown calls pow. Its exact forms never fall.
func powDownFallBound(base, exponent, nextBase, nextExponent *big.Int) *real.Expr {
	if atExactForm(exponent) {
		return real.Int64(0)
	}
	return powFallBound(base, exponent, nextBase, nextExponent)
}

// falls judges by how much a computed invariant falls as a balance grows.
func (j *Judge) falls(part string, s *Subject, p, grown holdings, invariant func(holdings, *Subject) (num, error), powers fallBound) Verdict {
	before, err := invariant(p, s)
	if err != nil {
		return vacuous(err)
	}
	after, err := invariant(grown, s)
	if err != nil {
		return vacuous(err)
	}
	if !after.Lt(&before) {
		return Verdict{Outcome: Holds, Margin: ratioMargin(0)}
	}
	fall := new(num).Sub(&before, &after)
	return gridVerdict(part, onGrid(*fall), new(big.Int).Lsh(j.fallAllowed(p, grown, powers), gridBits))
}

// fallAllowed returns Φₙ, in wei.
//
// The powers before the grown token's are the same in both states, with a product I ≤ U. Its own power falls by a whole number of wei, at most ⌊φ⌋.
// As ⌊x⌋ − ⌊x − y⌋ ≤ ⌈y⌉ and ⌈x⌉ − ⌈x − y⌉ ≤ ⌈y⌉, I times it falls by at most ⌈U·⌊φ⌋/ONE⌉, and every product after it, with a power P ≤ t + e that
// is the same in both states, by at most ⌈Φ·(t + e)/ONE⌉.
func (j *Judge) fallAllowed(p, grown holdings, powers fallBound) *big.Int {
	running, fall := onGrid(*wei(1e18)), new(big.Int)
	for i, w := range p.exponents {
		if i == p.token {
			fall.Rsh(j.gridUpper(powers(p.bases[i], w, grown.bases[i], w), boundBits), gridBits)
			fall = gridMul(running, fall)
		}
		t := j.gridUpper(powT(p.bases[i], w), powerBits)
		above := t.Add(t, j.gridUpper(powUpExcessAt(real.Quo(real.Int(t), real.Int(gridUnit)), p.bases[i], w), boundBits))
		if i > p.token {
			fall = gridMul(fall, above)
		}
		if running = gridMul(running, above); i > 0 {
			running.Add(running, gridUnit)
		}
	}
	return fall
}

// Holdings are an invariant case in the integers that formulas are written in.
type holdings struct {
	weights, balances []num // balances beyond the weights left out
	exponents, bases  []*big.Int
	token             int // singled out by the case
}

func holdingsOf(c domain.Case) holdings {
	i := c.(*domain.Invariant)
	p := holdings{weights: i.Weights, balances: i.Balances[:min(len(i.Balances), len(i.Weights))]}
	p.exponents, p.bases = bigs(p.weights), bigs(p.balances)
	if n := len(p.balances); n > 0 {
		p.token = int(i.Token) % n
	}
	return p
}

func (p holdings) short() bool { return len(p.balances) < len(p.weights) }

// value is T, in wei; the holdings must not be short.
func (p holdings) value() *real.Expr { return real.Invariant(p.bases, p.exponents) }

func (p holdings) down(s *Subject) (num, error) {
	return s.InvariantDown(slices.Clone(p.weights), slices.Clone(p.balances))
}

func (p holdings) up(s *Subject) (num, error) {
	return s.InvariantUp(slices.Clone(p.weights), slices.Clone(p.balances))
}

// with returns the holdings with another balance of the token that the case singles out.
func (p holdings) with(balance num) holdings {
	p.balances = slices.Clone(p.balances)
	p.balances[p.token] = balance
	p.bases = bigs(p.balances)
	return p
}

// bracket returns ⌊e⌋ and ⌈e⌉, decided exactly, for the price of one enclosure. bits is about their length.
func (j *Judge) bracket(e *real.Expr, bits int) (floor, ceil *big.Int, decided bool) {
	decided = j.climb(bits, func(prec uint, tie bool) bool {
		iv := j.enclosure(e, prec)
		var below, above bool
		floor, below = interval.Floor(iv)
		if ceil, above = interval.Ceil(iv); below && above {
			return true
		}
		n := integerIn(iv)
		if !tie || n == nil {
			return false
		}
		if equal, known := e.Equals(new(big.Rat).SetInt(n)); !known || !equal {
			return false
		}
		floor, ceil = n, new(big.Int).Set(n)
		return true
	})
	return floor, ceil, decided
}

// slackVerdict judges slack ≥ 0, in wei.
func slackVerdict(part string, slack *big.Int, got num, want string) Verdict {
	if slack.Sign() >= 0 {
		return Verdict{Outcome: Holds, Margin: slackOf(slack)}
	}
	return Verdict{Outcome: Violated, Part: part, Margin: slackOf(slack), Excess: new(big.Int).Neg(slack), Got: got.Dec(), Want: want}
}
