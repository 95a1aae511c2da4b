package properties

import (
	"math/big"

	"github.com/trueweight/trueweight/properties/domain"
)

var wtPack = &Property{
	ID: "WT-PACK",
	Claim: "A value that is stored in b bits and read back never gains, loses at most the stated error, and keeps its order among others; nothing and everything come back exactly; " +
		"the stated error is one step, rounded up.",
	Inequality: "0 ≤ v − d(c(v)) ≤ maxError = ⌈max/(2^b−1)⌉; v ≤ u ⇒ c(v) ≤ c(u) ≤ 2^b−1; x ≤ y ⇒ d(x) ≤ d(y) ≤ max; d(c(0)) = 0, d(c(max)) = max",
	T:          "⌊v·(2^b−1)/max⌋ and ⌊x·max/(2^b−1)⌋",
	Source:     "SPEC, The vectors: compress, decompress, maxCompressionError",
	Margin:     Ratio,
	Kinds:      []domain.Kind{domain.KindPacking},
	Needs:      []string{"Compress", "Decompress", "MaxCompressionError"},
	check: func(_ *Judge, s *Subject, c domain.Case) Verdict {
		p := packingOf(s, c)
		return worst(p.errorIsStated(), p.loses(), p.ordered(), p.endsExact())
	},
}

// A packing is a case with the subject that packs it.
type packing struct {
	s        *Subject
	c        *domain.Packing
	compress func(num) (num, error)
	restore  func(num) (num, error)
	top      *big.Int // 2^bits − 1
}

func packingOf(s *Subject, c domain.Case) packing {
	q := c.(*domain.Packing)
	return packing{s, q, func(v num) (num, error) { return s.Compress(v, q.Bits, q.Max) }, func(x num) (num, error) { return s.Decompress(x, q.Bits, q.Max) }, topOf(uint(q.Bits))}
}

// throughStorage returns what is read back of a value that was stored.
func (p packing) throughStorage(v num) (num, error) {
	stored, err := p.compress(v)
	if err != nil {
		return stored, err
	}
	return p.restore(stored)
}

func (p packing) errorIsStated() Verdict {
	most, err := p.s.MaxCompressionError(p.c.Bits, p.c.Max)
	if err != nil {
		return vacuous(err)
	}
	if p.top.Sign() == 0 {
		return violated("stated error", most.Dec(), "a failure: no bits")
	}
	return equalWei("stated error", most, ceilQuo(p.c.Max.ToBig(), p.top))
}

// loses judges 0 ≤ v − d(c(v)) ≤ ⌈max/M⌉, M = 2^b − 1. c(v) > v·M/max − 1, so d(c(v)) > v − max/M − 1; and what is lost is whole.
func (p packing) loses() Verdict {
	back, err := p.throughStorage(p.c.Value)
	if err != nil {
		return vacuous(err)
	}
	if p.top.Sign() == 0 || p.c.Max.IsZero() {
		return violated("loss", back.Dec(), "a failure: there is no step")
	}
	return lostAtMost("loss", back, new(big.Int).Sub(p.c.Value.ToBig(), back.ToBig()), ceilQuo(p.c.Max.ToBig(), p.top))
}

// ordered judges the value and the next, half of it, and the rest of max beyond it: what is stored, and what is read of a stored number and the next.
func (p packing) ordered() Verdict {
	at, v := p.c.Value, Verdict{Outcome: Vacuous}
	half, rest := at, p.c.Max
	half.Rsh(&half, 1)
	rest.Sub(&rest, &at)
	for _, f := range []struct {
		part string
		ask  func(num) (num, error)
		most *big.Int
	}{{"order when stored", p.compress, p.top}, {"order when read", p.restore, p.c.Max.ToBig()}} {
		got, err := f.ask(at)
		if err != nil {
			v = worst(v, vacuous(err))
			continue
		}
		if got.ToBig().Cmp(f.most) > 0 {
			return violated(f.part, got.Dec(), "at most "+f.most.String())
		}
		v = worst(v, holds())
		for _, other := range []num{saturated(at, *newNum(1)), half, rest} {
			then, err := f.ask(other)
			if err == nil && at.Cmp(&other)*got.Cmp(&then) < 0 {
				return violated(f.part, got.Dec()+" of "+at.Dec()+" and "+then.Dec()+" of "+other.Dec(), "the same order")
			}
		}
	}
	return v
}

func (p packing) endsExact() Verdict {
	v := Verdict{Outcome: Vacuous}
	for _, end := range []num{{}, p.c.Max} {
		back, err := p.throughStorage(end)
		if err != nil {
			v = worst(v, vacuous(err))
			continue
		}
		v = worst(v, equalWei("ends", back, end.ToBig()))
	}
	return v
}

var wtRepack = &Property{
	ID:         "WT-REPACK",
	Claim:      "What was read back of storage is stored and read back again without a further loss.",
	Inequality: "d(c(w)) = w for w = d(c(v))",
	T:          "w",
	Source:     "SPEC, The vectors: compress, decompress; A pool over time: weights",
	Kinds:      []domain.Kind{domain.KindPacking},
	Needs:      []string{"Compress", "Decompress"},
	check: func(_ *Judge, s *Subject, c domain.Case) Verdict {
		p := packingOf(s, c)
		once, err := p.throughStorage(p.c.Value)
		if err != nil {
			return vacuous(err)
		}
		twice, err := p.throughStorage(once)
		if err != nil {
			return vacuous(err)
		}
		return equalWei("stored again", twice, once.ToBig())
	},
}
