package properties

import (
	"math/big"
	"slices"

	"github.com/trueweight/trueweight/properties/domain"
	"github.com/trueweight/trueweight/reference/interval"
	"github.com/trueweight/trueweight/reference/real"
)

// What a join or exit costs, against swaps and a proportional join or exit that come to the same.
//
// Let a deal multiply the balances by rᵢ and the supply by k, w the weights, Σ wᵢ = 1, and φ the swap fee, ψ = 1 − φ. Equivalent is: swaps that bring
// the balances to bᵢ·uᵢ, uᵢ = rᵢ/k, and all of them times k in proportion, which pays no fee; for an exit the other way round. Of what comes in by a swap, a balance
// grows by all, and ψ of it counts: the pool agrees to the swaps exactly where
//
//	F(k) = Σ wᵢ·ln h(uᵢ) ≥ 0,  h(u) = min(u, φ + ψ·u)
//
// F falls in ln k, with a slope between ψ and 1, as u·h'/h is 1 for u ≤ 1 and ψu/(φ + ψu) ≥ ψ for u ≥ 1. So a deal with F ≥ 0 pays at least the fee of the swaps, and
// with F < 0 its supply is too large, relatively, by between −F and −F/ψ for them. Let R = Π rᵢ^wᵢ be the ratio without a fee, and t = Σ wᵢ·rᵢ ≥ R.
//
//   - v3, BPT given for one token: r = P + φ/ψ·(P − k) with P = k^(1/w), so φ + ψu = P/k and F = w·ln k^(1/w−1) − (1−w)·ln k = 0: exactly the swaps' fee.
//   - v2, BPT given for one token: the taxed part is (1−w)·(P−1) instead of P − k, smaller by t − k with t = 1 + w·(P−1): F = w·ln(1 − x) ≥ −w·x/(1−x), x = φ·(t−k)/P.
//   - v3, amounts given: k = R·Π h(rᵢ/R)^wᵢ, so ln(k/R) = F(R) ≤ 0, and F(k) ≥ F(R) − ψ·F(R) = −φ·|F(R)|. As ln h(u) ≥ ψ·ln u for u ≥ 1, by concavity,
//     |F(R)| ≤ φ·A with A = Σ_{rᵢ>R} wᵢ·ln(rᵢ/R): F(k) ≥ −φ²·A. The fee falls short of the swaps' in the second order only.
//   - v2, amounts given: k = R·e^−G with G = −Σ wᵢ·ln(1 − φ·max(0, rᵢ−t)/rᵢ), so F(k) ≥ F(R) + ψ·G ≥ −(φ·A − ψ·G), and also F(k) ≥ F(R) ≥ −φ·A: in the first order, as what is taxed is measured
//     from t instead of R.
//   - An exit with amounts given taxes what goes out. With u = zᵢ/R and v the balance after the fee, u = φ + ψv, ln v ≤ ln u/ψ: the fee lowers ln k by at least φ/ψ·A', A' = Σ_{u<1} −w·ln u
//     = Σ_{u>1} w·ln u ≥ |F(R)|/φ. So ln k ≤ ln R − |F(R)|/ψ, and F(k) ≥ 0; v2 taxes more, as t ≥ R, but for tokens less than 10⁻¹⁸ below t, which its rounding of z does not see:
//     F(k) ≥ −Σ wᵢ·ln(zᵢ/z'ᵢ) over these, z' = z − φ/ψ·(t − z).
//   - An exit with BPT given, for one token: v3 leaves z = φk + ψP, where the swaps would need z/k ≥ (φ + ψ/k)^−s, s = (1−w)/w; x^−s is convex, so (φ + ψ/k)^−s ≤ φ + ψ·k^s = z/k, and F(k) ≥ 0;
//     v2 taxes more, as (1−w)·(1−P) ≥ k − P, but may pay up to a wei more than that leaves: F(k) ≥ −w·ln((b'+1)/b') for the balance b' that is left.
//
// Joins by v2's rules pay less than the swaps would: F-14 says what that is worth. All exits pay at least as much.

var jeFee = &Property{
	ID: "JE-FEE",
	Claim: "An exit pays at least the fee of the swaps that bring the same amounts into proportion. So does v3's join for given BPT; its join with given amounts pays less in the second order of the fee, " +
		"v2's joins in the first, by no more than a stated amount.",
	Inequality: "F = Σ wᵢ·ln min(uᵢ, φ + (1−φ)·uᵢ) ≥ −D, uᵢ = rᵢ/k, for balances multiplied by rᵢ and a supply by k; D = 0 but for joins, v3, amounts given: φ²·A; v2, amounts given: min(φ·A, φ·A − (1−φ)·G); " +
		"v2, BPT given: w·x/(1−x), x = φ·(1 + w·(P−1) − k)/P; and for v2's exit with BPT given w·ln(1 + 1/b'), a wei of the balance b' left; v2's exits with amounts given: Σ wᵢ·ln(zᵢ/z'ᵢ) over tokens less than 10⁻¹⁸ below t, z' what the tax would leave; A = Σ wᵢ·max(0, ln(rᵢ/R)), R = Π rᵢ^wᵢ, G = −Σ wᵢ·ln(1 − φ·max(0, rᵢ−t)/rᵢ), t = Σ wᵢ·rᵢ, P = k^(1/w)",
	T:        "F, of the exact balances and supplies after what the operation answers; weights that sum to 1",
	Source:   "SPEC, Liquidity, v2 and v3; Scaling, fees around a swap, rates",
	Margin:   Ratio,
	Kinds:    onDeals,
	Versions: [][]string{v2Deals, v3Deals},
	check: func(j *Judge, s *Subject, c domain.Case) Verdict {
		d := dealOf(c)
		if !d.isWhole() || d.supply.IsZero() {
			return Verdict{Outcome: Vacuous}
		}
		return eachDealing("JE-FEE", s, d, func(o *dealing, d deal, answer num) Verdict {
			if o.name == "BptOutAddToken" {
				return Verdict{Outcome: Vacuous}
			}
			amounts, bpt := d.moved(o, answer)
			next, ok := d.after(amounts, bpt)
			switch {
			case !ok || d.growsFromNothing(next):
				return Verdict{Outcome: Vacuous}
			case next.supply.IsZero(): // all BPT for less than all tokens
				return Verdict{Outcome: Holds, Margin: ratioMargin(0)}
			}
			return j.paysSwapFee(o, d, next)
		})
	},
}

// moved returns the amounts and the BPT of a deal that an operation answers.
func (d deal) moved(o *dealing, answer num) (amounts []num, bpt num) {
	switch {
	case d.many:
		return d.amounts, answer
	case o.gives == (o.kind == domain.KindJoinOne): // BPT are answered
		return d.only(d.amount), answer
	}
	return d.only(answer), d.bpt
}

// paysSwapFee judges F ≥ −D for a deal and the state after it.
func (j *Judge) paysSwapFee(o *dealing, d, next deal) Verdict {
	powers, empty := d.swapped(next)
	if empty {
		return violated(o.name, "a balance of 0 for less than all BPT", "some balance left")
	}
	sign, _, ok := j.powersSign(powers)
	switch {
	case !ok:
		return undecided(o.name)
	case sign >= 0:
		return Verdict{Outcome: Holds, Margin: ratioMargin(0)}
	}
	return j.withinBounds(o.name, func(prec uint) (used, allowed interval.Interval) {
		return interval.At(prec).Neg(j.logOf(powers, prec)), j.feeShortfall(o.name, d, next, prec)
	})
}

// A root is (n/d)^weight with positive integers, the weight in units of 10⁻¹⁸.
type root struct{ n, d, weight *big.Int }

// swapped returns the factors h(uᵢ)^wᵢ; those of tokens that don't move are joined into one. A balance after of 0 makes them 0.
func (d deal) swapped(next deal) (powers []root, empty bool) {
	before, after, unmoved := d.supply.ToBig(), next.supply.ToBig(), new(big.Int)
	for i, w := range d.weights {
		switch {
		case w.IsZero():
		case d.balances[i] == next.balances[i]:
			unmoved.Add(unmoved, w.ToBig())
		case next.balances[i].IsZero():
			return nil, true
		default:
			n, m := productOf(next.balances[i].ToBig(), before), productOf(d.balances[i].ToBig(), after)
			powers = append(powers, d.counted(n, m, w.ToBig()))
		}
	}
	if unmoved.Sign() > 0 {
		powers = append(powers, d.counted(before, after, unmoved))
	}
	return powers, false
}

// counted returns h(n/m)^weight: what counts of a balance that grew by n/m in a swap.
func (d deal) counted(n, m, weight *big.Int) root {
	if n.Cmp(m) <= 0 || d.fee.IsZero() {
		return root{n, m, weight}
	}
	fee := d.fee.ToBig()
	whole := new(big.Int).Add(productOf(m, fee), productOf(n, new(big.Int).Sub(fixedOne, fee)))
	return root{whole, productOf(m, fixedOne), weight}
}

// logOf returns an enclosure of the logarithm of a product of roots.
func (j *Judge) logOf(powers []root, prec uint) interval.Interval {
	ar := interval.At(prec)
	sum := ar.Int(new(big.Int))
	for _, p := range powers {
		log := j.enclosure(real.Log(real.Quo(real.Int(p.n), real.Int(p.d))), prec)
		sum = ar.Add(sum, ar.Mul(log, ar.Quo(ar.Int(p.weight), ar.Int(fixedOne))))
	}
	return sum
}

// powersSign returns the sign of a product of roots less 1, by its logarithm, which it returns too, and where that is close by algebra.
func (j *Judge) powersSign(powers []root) (sign int, log interval.Interval, decided bool) {
	log = j.logOf(powers, ladder[0])
	if j.model == Enclosures {
		switch {
		case log.Lo().Sign() > 0:
			return 1, log, true
		case log.Hi().Sign() < 0:
			return -1, log, true
		}
	}
	product := real.Pow(real.Int64(1), real.Int64(1))
	for _, p := range powers {
		product = real.Mul(product, real.Pow(real.Quo(real.Int(p.n), real.Int(p.d)), real.Fixed(p.weight)))
	}
	sign, decided = j.sign(product, big.NewInt(1))
	return sign, log, decided
}

// withinBounds judges used ≤ allowed, both given by enclosures, with their ratio as margin. They are never equal where it is asked: used is positive.
func (j *Judge) withinBounds(part string, both func(prec uint) (used, allowed interval.Interval)) Verdict {
	for _, prec := range ladder {
		used, allowed := both(prec)
		switch {
		case used.Lo().Sign() <= 0:
		case allowed.Lo().Cmp(used.Hi()) >= 0:
			ar := interval.At(ladder[0])
			if m, ok := upperShare(ar.Mul(ar.Quo(used, allowed), ar.Int(big.NewInt(1e9)))); ok {
				return Verdict{Outcome: Holds, Margin: m}
			}
		case allowed.Hi().Cmp(used.Lo()) < 0:
			return Verdict{Outcome: Violated, Part: part, Got: "less than the swaps' fee by " + used.String() + " of the value", Want: "by at most " + allowed.String()}
		}
	}
	return undecided(part)
}

// feeShortfall returns an enclosure of D: what an operation's fee may be short of the swaps', as a part of the pool's value.
func (j *Judge) feeShortfall(operation string, d, next deal, prec uint) interval.Interval {
	ar := interval.At(prec)
	fee := ar.Quo(ar.Int(d.fee.ToBig()), ar.Int(fixedOne))
	switch operation {
	case "AddUnbalanced":
		return ar.Mul(ar.Mul(fee, fee), j.aboveMean(d, next, prec))
	case "BptOutGivenExactTokensIn", "BptOutGivenExactTokenIn":
		short := ar.Mul(fee, j.aboveMean(d, next, prec))
		paid := j.logOf(d.taxedGrowth(next), prec) // −G
		kept := ar.Sub(ar.Int(big.NewInt(1)), fee)
		return ar.Add(short, ar.Mul(kept, paid))
	case "BptInGivenExactTokensOut", "BptInGivenExactTokenOut":
		missed, all := d.untaxed(next)
		if all {
			return interval.Entire()
		}
		return j.logOf(missed, prec)
	case "TokenOutGivenExactBptIn":
		left := next.balance.ToBig()
		wei := real.Log(real.Quo(real.Int(new(big.Int).Add(left, big.NewInt(1))), real.Int(left)))
		return ar.Mul(j.enclosure(wei, prec), ar.Quo(ar.Int(d.weight.ToBig()), ar.Int(fixedOne)))
	case "TokenInGivenExactBptOut":
		k := real.Quo(real.Int(next.supply.ToBig()), real.Int(d.supply.ToBig()))
		weight := real.Fixed(d.weight.ToBig())
		growth := real.Sub(real.Pow(k, real.Quo(real.Int64(1), weight)), real.Int64(1)) // P − 1
		supply := real.Quo(real.Int(new(big.Int).Sub(next.supply.ToBig(), d.supply.ToBig())), real.Int(d.supply.ToBig()))
		gap := real.Sub(real.Mul(weight, growth), supply) // t − k
		short := real.Mul(real.Fixed(d.fee.ToBig()), gap)
		rest := real.Sub(real.Add(real.Int64(1), growth), short)
		return j.enclosure(real.Mul(weight, real.Quo(short, rest)), prec)
	}
	return ar.Int(new(big.Int))
}

// growsFromNothing reports whether an empty balance gets something: it has no rᵢ.
func (d deal) growsFromNothing(next deal) bool {
	for i := range d.balances {
		if d.balances[i].IsZero() && !next.balances[i].IsZero() {
			return true
		}
	}
	return false
}

// growth returns rᵢ: 1 for a balance that stays, be it 0.
func (d deal) growth(next deal, i int) *big.Rat {
	if next.balances[i] == d.balances[i] {
		return big.NewRat(1, 1)
	}
	return new(big.Rat).SetFrac(next.balances[i].ToBig(), d.balances[i].ToBig())
}

// aboveMean returns an enclosure of A = Σ wᵢ·max(0, ln(rᵢ/R)).
func (j *Judge) aboveMean(d, next deal, prec uint) interval.Interval {
	ar := interval.At(prec)
	logs, weights := []interval.Interval{}, []interval.Interval{}
	mean := ar.Int(new(big.Int))
	for i, w := range d.weights {
		if w.IsZero() || d.balances[i] == next.balances[i] {
			continue // ln 1, which is not above the mean of a join
		}
		log := j.enclosure(real.Log(real.Quo(real.Int(next.balances[i].ToBig()), real.Int(d.balances[i].ToBig()))), prec)
		weight := ar.Quo(ar.Int(w.ToBig()), ar.Int(fixedOne))
		logs, weights = append(logs, log), append(weights, weight)
		mean = ar.Add(mean, ar.Mul(weight, log))
	}
	sum := ar.Int(new(big.Int))
	for i, log := range logs {
		sum = ar.Add(sum, ar.Mul(weights[i], ar.Max0(ar.Sub(log, mean))))
	}
	return sum
}

// untaxed returns the factors (zᵢ/z'ᵢ)^wᵢ of the tokens that v2's exit should tax, zᵢ < t, and doesn't, as its rounded ratio is not below its rounded mean; all reports
// that a tax would have taken all that is left.
func (d deal) untaxed(next deal) (powers []root, all bool) {
	mean, seen, ratios := new(big.Rat), new(big.Int), make([]*big.Int, len(d.weights))
	for i, w := range d.weights {
		r := d.growth(next, i)
		ratios[i] = ceilQuo(productOf(r.Num(), fixedOne), r.Denom())
		mean.Add(mean, r.Mul(r, new(big.Rat).SetFrac(w.ToBig(), fixedOne)))
		seen.Add(seen, ceilQuo(productOf(ratios[i], w.ToBig()), fixedOne))
	}
	rate := new(big.Rat).SetFrac(d.fee.ToBig(), new(big.Int).Sub(fixedOne, d.fee.ToBig()))
	for i, w := range d.weights {
		r := d.growth(next, i)
		if r.Cmp(mean) >= 0 || ratios[i].Cmp(seen) < 0 || w.IsZero() {
			continue
		}
		tax := new(big.Rat).Sub(mean, r)
		left := tax.Sub(r, tax.Mul(tax, rate))
		if left.Sign() <= 0 {
			return nil, true
		}
		lost := r.Quo(r, left)
		powers = append(powers, root{lost.Num(), lost.Denom(), w.ToBig()})
	}
	return powers, false
}

// taxedGrowth returns the factors (1 − φ·max(0, rᵢ−t)/rᵢ)^wᵢ.
func (d deal) taxedGrowth(next deal) (powers []root) {
	mean := new(big.Rat)
	for i, w := range d.weights {
		r := d.growth(next, i)
		mean.Add(mean, r.Mul(r, new(big.Rat).SetFrac(w.ToBig(), fixedOne)))
	}
	fee := new(big.Rat).SetFrac(d.fee.ToBig(), fixedOne)
	for i, w := range d.weights {
		r := d.growth(next, i)
		if r.Cmp(mean) <= 0 || w.IsZero() {
			continue
		}
		tax := new(big.Rat).Sub(r, mean)
		tax.Mul(tax, fee)
		left := tax.Quo(tax.Sub(r, tax), r)
		powers = append(powers, root{left.Num(), left.Denom(), w.ToBig()})
	}
	return powers
}

var jeSwap = &Property{
	ID: "JE-SWAP",
	Claim: "To join with one token and leave in proportion is a swap into all others: without a fee equal to it over the real numbers, and never better as computed; " +
		"with a fee not better than the swaps that pay it.",
	Inequality: "Π (b'ᵢ/bᵢ)^wᵢ ≥ 1 for the balances after, of what came in only 1 − φ counted",
	T:          "the invariant after ÷ before, as swaps count it; weights that sum to 1",
	Source:     "SPEC, Liquidity, v2 and v3; Scaling, fees around a swap, rates",
	Kinds:      onJoinOne,
	Versions:   [][]string{versions[0].asks, versions[1].asks},
	check: func(j *Judge, s *Subject, c domain.Case) Verdict {
		d := dealOf(c)
		parts := []Verdict{{Outcome: Vacuous}}
		if !d.isPools() || !d.isWhole() {
			return parts[0]
		}
		for _, w := range versionsOf(s) {
			bpt, err := w.joinAmount(s, d, d.amount)
			parts = append(parts, j.throughPool(s, w, " amount", d, d.amount, bpt, err))
			amount, err := w.joinBpt(s, d, d.bpt)
			parts = append(parts, j.throughPool(s, w, " BPT", d, amount, d.bpt, err))
		}
		return foremost("JE-SWAP", s, c, parts)
	},
}

// throughPool judges a join with an amount for BPT, and the proportional exit. The join leaves F as JE-FEE has it, and the exit divides all balances by k: what is left
// of b'ᵢ/bᵢ is uᵢ, and the product is e^F, but for what the exit rounds down.
func (j *Judge) throughPool(s *Subject, w *ways, how string, d deal, amount, bpt num, err error) Verdict {
	if err != nil {
		return vacuous(err)
	}
	joined, ok := d.after(d.only(amount), bpt)
	if !ok {
		return Verdict{Outcome: Vacuous}
	}
	amounts, err := w.shares(s)(slices.Clone(joined.balances), joined.supply, bpt)
	if err != nil {
		return vacuous(err)
	}
	joined.exit = true
	left, ok := joined.after(amounts, bpt)
	if !ok {
		return violated(w.version+how, describeList(amounts), "no more than there is")
	}
	powers, empty := d.swapped(left)
	if empty {
		return violated(w.version+how, "a balance of 0", "some balance left")
	}
	sign, log, ok := j.powersSign(powers)
	switch {
	case !ok:
		return undecided(w.version + how)
	case sign >= 0:
		return holds()
	}
	part := w.version + " with a fee"
	if d.fee.IsZero() {
		part = w.version + how
	}
	v := violated(part, "takes "+amount.Dec()+" less "+amounts[d.index].Dec()+" and gives "+describeList(amounts), "no more than swaps would")
	v.Excess = partsOfValue(interval.At(ladder[0]).Neg(log))
	return v
}

// partsOfValue returns the least integer of 10⁻¹⁸ that is no less than an enclosed number.
func partsOfValue(x interval.Interval) *big.Int {
	ar := interval.At(ladder[0])
	n, accuracy := ar.Mul(x, ar.Int(fixedOne)).Hi().Int(nil)
	if accuracy == big.Below {
		n.Add(n, big.NewInt(1))
	}
	return n
}
