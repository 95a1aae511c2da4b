package properties

import (
	"cmp"
	"math/big"
	"slices"

	"github.com/trueweight/trueweight/properties/domain"
)

// Each rounding of weights against the exact rational of its own inputs, and each call answered exactly where that fits 256 bits.

var wtStep = &Property{
	ID: "WT-STEP",
	Claim: "The progress of a change is the part of its time gone by, and the way a value has gone is that part of its whole way, each short of it by less than one unit and never beyond; " +
		"both fail exactly where a product does not fit 256 bits.",
	Inequality: "0 ≤ τ·10¹⁸ − p < 1; 0 ≤ q·|e−s| − |v−s|·10¹⁸ < 10¹⁸, v between s and e, q = min(p, 10¹⁸); failure ⟺ 0 < τ < 1 and (t−t₀)·10¹⁸ ≥ 2²⁵⁶, or 0 < q < 10¹⁸ and q·|e−s| ≥ 2²⁵⁶",
	T:          "τ·10¹⁸, the part of the time gone by; q·|e−s|/10¹⁸",
	Source:     "SPEC, “Gradual weight change”: progress, interpolate",
	Kinds:      onGradual,
	Needs:      []string{"ChangeProgress", "InterpolateValue", "InterpolatedValue"},
	check: func(_ *Judge, s *Subject, c domain.Case) Verdict {
		g := c.(*domain.Gradual)
		start, end := g.StartWeight(0), g.EndWeight(0)
		v := Verdict{Outcome: Vacuous}
		for _, now := range []num{g.Now, g.StartTime, saturated(g.StartTime, *newNum(1)), g.EndTime} {
			passed, fault := fixedProgress(g, now)
			progress, err := s.ChangeProgress(g.StartTime, g.EndTime, now)
			v = worst(v, floorOrFailure("progress", progress, passed, fault, err))
			there, err := s.InterpolatedValue(start, end, g.StartTime, g.EndTime, now)
			v = worst(v, wayGone("value now", start, end, there, passed, fault, err))
		}
		for _, progress := range []num{g.Progress, {}, *newNum(domain.One - 1), *newNum(domain.One), *newNum(domain.One + 1)} {
			there, err := s.InterpolateValue(start, end, progress)
			v = worst(v, wayGone("value", start, end, there, progress.ToBig(), "", err))
		}
		return v
	},
}

const noWord = "a product of more than 256 bits"

// fixedProgress returns ⌊τ·10¹⁸⌋ at a moment, and why it can't be told, or nothing.
func fixedProgress(c *domain.Gradual, now num) (passed *big.Int, fault string) {
	part := progressAt(c, now)
	if part.Sign() > 0 && part.Cmp(big.NewRat(1, 1)) < 0 {
		gone := new(big.Int).Sub(now.ToBig(), c.StartTime.ToBig())
		if productOf(gone, fixedOne).BitLen() > 256 {
			fault = noWord
		}
	}
	return floorRat(part.Mul(part, new(big.Rat).SetInt(fixedOne))), fault
}

// floorOrFailure judges a value that is exactly as given, or a failure where there is a fault.
func floorOrFailure(part string, got num, want *big.Int, fault string, err error) Verdict {
	v := answersExactly(part, fault, err)
	if err == nil && fault == "" {
		return equalWei(part, got, want)
	}
	return v
}

// wayGone judges a value that went so much of the way, 18-decimal and at most all of it.
func wayGone(part string, start, end, there num, progress *big.Int, fault string, err error) Verdict {
	from, to := start.ToBig(), end.ToBig()
	way := new(big.Int).Sub(to, from)
	rises := way.Sign() >= 0
	product := productOf(way.Abs(way), progress)
	switch {
	case progress.Cmp(fixedOne) >= 0:
		return floorOrFailure(part, there, to, fault, err)
	case product.BitLen() > 256:
		return floorOrFailure(part, there, to, noWord, err)
	}
	gone := product.Quo(product, fixedOne)
	if !rises {
		gone.Neg(gone)
	}
	return floorOrFailure(part, there, from.Add(from, gone), fault, err)
}

var wtBits = &Property{
	ID: "WT-BITS",
	Claim: "A value is stored as the part of the largest number of its bits that it is of the largest value, and read back as that part of the largest value, both rounded down; " +
		"both answer exactly where there are at least two bits, where what is asked for is no more than the largest, and where the product fits 256 bits.",
	Inequality: "0 ≤ v·M − c·max < max, answered ⟺ b ≥ 2, v ≤ max, max > 0, v·M < 2²⁵⁶; 0 ≤ x·max − d·M < M, answered ⟺ b ≥ 2, x ≤ M, x·max < 2²⁵⁶; maxError answered ⟺ b ≥ 2; M = 2^b−1",
	T:          "v·M/max, x·max/M",
	Source:     "SPEC, “Gradual weight change”; The vectors: compress, decompress, maxCompressionError",
	Kinds:      onPacking,
	Needs:      []string{"Compress", "Decompress", "MaxCompressionError"},
	check: func(_ *Judge, s *Subject, c domain.Case) Verdict {
		given := c.(*domain.Packing)
		v := packed(s, given)
		edit := func(change func(*domain.Packing)) {
			d := domain.Clone(given).(*domain.Packing)
			change(d)
			v = worst(v, packed(s, d))
		}
		for bits := range uint8(4) {
			edit(func(d *domain.Packing) { d.Bits = bits; d.Value.Mod(&d.Value, newNum(4)) })
		}
		for _, most := range []num{given.Max, word(topOf(uint(given.Bits)))} {
			edit(func(d *domain.Packing) { d.Value = most })
			edit(func(d *domain.Packing) { d.Value = saturated(most, *newNum(1)) })
		}
		return v
	},
}

// packed judges a value that is stored, and a stored number that is read back.
func packed(s *Subject, c *domain.Packing) Verdict {
	top, most, value := topOf(uint(c.Bits)), c.Max.ToBig(), c.Value.ToBig()
	stored, err := s.Compress(c.Value, c.Bits, c.Max)
	v := rescaled("stored", stored, value, top, most, c.Bits, err)
	back, err := s.Decompress(c.Value, c.Bits, c.Max)
	v = worst(v, rescaled("read back", back, value, most, top, c.Bits, err))
	fault := ""
	if c.Bits < 2 {
		fault = fewBits
	}
	_, err = s.MaxCompressionError(c.Bits, c.Max)
	return worst(v, answersExactly("stated error", fault, err))
}

const fewBits = "fewer than two bits"

// rescaled judges ⌊value·to/from⌋.
func rescaled(part string, got num, value, to, from *big.Int, bits uint8, err error) Verdict {
	product := productOf(value, to)
	switch {
	case bits < 2:
		return floorOrFailure(part, got, nil, fewBits, err)
	case value.Cmp(from) > 0:
		return floorOrFailure(part, got, nil, "more than the largest, "+from.String(), err)
	case from.Sign() == 0:
		return floorOrFailure(part, got, nil, "the largest is 0", err)
	case product.BitLen() > 256:
		return floorOrFailure(part, got, nil, noWord, err)
	}
	return floorOrFailure(part, got, product.Quo(product, from), "", err)
}

var wtRest = &Property{
	ID: "WT-REST",
	Claim: "A normalized weight is its exact share rounded down, or that and one of the wei left over; " +
		"nobody gets such a wei before a token whose share lost more by rounding, nor, where they lost the same, before an earlier token.",
	Inequality: "wᵢ − ⌊Tᵢ⌋ ∈ {0, 1}; wᵢ > ⌊Tᵢ⌋ and wⱼ = ⌊Tⱼ⌋ ⟹ Tᵢ − ⌊Tᵢ⌋ > Tⱼ − ⌊Tⱼ⌋, or they are equal and i < j",
	T:          "Tᵢ = rᵢ·ONE/Σr",
	Source:     "SPEC, “Weight normalization”",
	Kinds:      onWeights,
	Needs:      []string{"Normalize"},
	check: func(_ *Judge, s *Subject, c domain.Case) Verdict {
		raw := c.(*domain.Weights).Raw
		weights, err := s.Normalize(slices.Clone(raw))
		if err != nil || len(weights) != len(raw) {
			return vacuous(err)
		}
		return fairlyServed(raw, weights)
	},
}

// A claimant is a token with what its share lost by rounding down, times Σr.
type claimant struct {
	at   int
	lost *big.Int
}

// before orders claimants as they are served.
func (a claimant) before(b claimant) bool {
	return cmp.Or(b.lost.Cmp(a.lost), cmp.Compare(a.at, b.at)) < 0
}

// fairlyServed compares the last who got a wei with the first who got none.
func fairlyServed(raw, weights []num) Verdict {
	sum := total(raw)
	var last, first *claimant
	for i := range raw {
		floor, lost := new(big.Int).QuoRem(productOf(raw[i].ToBig(), fixedOne), sum, new(big.Int))
		more := new(big.Int).Sub(weights[i].ToBig(), floor)
		who := claimant{i, lost}
		switch {
		case !more.IsUint64() || more.Uint64() > 1:
			return violated("share", weights[i].Dec(), floor.String()+" or a wei more")
		case more.Sign() > 0 && (last == nil || last.before(who)):
			last = &who
		case more.Sign() == 0 && (first == nil || who.before(*first)):
			first = &who
		}
	}
	if last != nil && first != nil && first.before(*last) {
		return violated("wei left over", "one for token "+big.NewInt(int64(last.at)).String(), "one for token "+big.NewInt(int64(first.at)).String()+" before it")
	}
	return holds()
}
