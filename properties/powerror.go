package properties

import (
	"fmt"
	"math/big"
	"math/rand/v2"

	"github.com/trueweight/trueweight/reference/real"
)

// PowErrors shows how far a subject's pow lies from the exact power, over its domain: on a fixed grid of cells, and in
// each on fixed samples. All shares are in billionths, rounded up, so that the same subject gives the same file on any machine.
type PowErrors struct {
	Subject   string     `json:"subject"`
	Samples   int        `json:"samples"`   // asked in each cell
	Bases     []PowRange `json:"bases"`     // columns
	Exponents []PowRange `json:"exponents"` // rows
	Cells     []PowCell  `json:"cells"`     // those in which pow answers, row by row
}

// A PowRange is a range of bases or of exponents, From to To, in 10⁻¹⁸ and both included.
type PowRange struct {
	From *big.Int `json:"from"`
	To   *big.Int `json:"to"`
}

// A PowCell is what was seen in one cell, at its worst sample.
type PowCell struct {
	Base        int    `json:"base"`
	Exponent    int    `json:"exponent"`
	Answered    int    `json:"answered"`    // samples on which pow does not fail
	OfAllowance uint64 `json:"ofAllowance"` // |pow − T| ÷ (⌈pow/10¹⁴⌉ + 1), which powDown takes off and powUp adds
	OfBound     uint64 `json:"ofBound"`     // T − pow ÷ below, or pow − T ÷ above: the bounds of LE-ERR
}

// powSamples are asked in each cell, of which the first is its lowest corner.
const powSamples = 12

// powGrid returns the columns and rows: bases by decades, from a wei to 0.1, from there to one by decades of 1 − x, then of x − 1 up
// to 1.1, and to 10¹⁸ by decades again; exponents by decades from 10⁻³ to 10²¹, beyond all that pow takes.
func powGrid() (bases, exponents []PowRange) {
	ten := func(n int) *big.Int { return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil) }
	one := big.NewInt(1)
	decade := func(n int) PowRange { return PowRange{ten(n), new(big.Int).Sub(ten(n+1), one)} }
	for n := range 17 {
		bases = append(bases, decade(n))
	}
	bases = append(bases, PowRange{ten(17), new(big.Int).Sub(fixedOne, ten(17))})
	for n := 16; n >= 0; n-- {
		d := decade(n)
		bases = append(bases, PowRange{new(big.Int).Sub(fixedOne, d.To), new(big.Int).Sub(fixedOne, d.From)})
	}
	for n := range 17 {
		d := decade(n)
		bases = append(bases, PowRange{new(big.Int).Add(fixedOne, d.From), new(big.Int).Add(fixedOne, d.To)})
	}
	bases = append(bases, PowRange{new(big.Int).Add(fixedOne, ten(17)), new(big.Int).Sub(ten(19), one)})
	for n := 19; n < 36; n++ {
		bases = append(bases, decade(n))
	}
	for n := 15; n < 39; n++ {
		exponents = append(exponents, decade(n))
	}
	return bases, exponents
}

// MeasurePow asks a subject's pow over the grid. It fails where the subject has no pow, or where an answer is farther from T than LE-ERR allows.
func MeasurePow(s *Subject) (*PowErrors, error) {
	if s.Pow == nil {
		return nil, fmt.Errorf("%s has no Pow to measure", s.Name)
	}
	p := &PowErrors{Subject: s.Name, Samples: powSamples}
	p.Bases, p.Exponents = powGrid()
	j := NewJudge(Enclosures)
	for y := range p.Exponents {
		for x := range p.Bases {
			cell := PowCell{Base: x, Exponent: y}
			stream := rand.New(rand.NewChaCha8([32]byte{byte(x), byte(y)}))
			for i := range powSamples {
				base, exponent := p.Bases[x].From, p.Exponents[y].From
				if i > 0 {
					base, exponent = p.Bases[x].draw(stream), p.Exponents[y].draw(stream)
				}
				if err := cell.measure(j, s, base, exponent); err != nil {
					return nil, err
				}
			}
			if cell.Answered > 0 {
				p.Cells = append(p.Cells, cell)
			}
		}
	}
	return p, nil
}

// draw returns a number of the range, from 128 bits: even but for less than 2⁻⁶⁴ of the range.
func (r PowRange) draw(stream *rand.Rand) *big.Int {
	n := new(big.Int).SetUint64(stream.Uint64())
	n.Lsh(n, 64).Or(n, new(big.Int).SetUint64(stream.Uint64()))
	size := new(big.Int).Sub(r.To, r.From)
	n.Mul(n, size.Add(size, big.NewInt(1)))
	return n.Add(n.Rsh(n, 128), r.From)
}

// measure adds one sample to a cell, if pow answers.
func (c *PowCell) measure(j *Judge, s *Subject, base, exponent *big.Int) error {
	x, y := new(num), new(num)
	x.SetFromBig(base)
	y.SetFromBig(exponent)
	answer, err := s.Pow(*x, *y)
	if err != nil {
		return nil
	}
	c.Answered++
	got, t := answer.ToBig(), powT(base, exponent)
	below, above := powErrorBounds(base, exponent)
	v := j.near("pow", got, t, below, above)
	if v.Outcome != Holds {
		return fmt.Errorf("pow(%s, %s)·10⁻¹⁸ = %s breaks LE-ERR (%s): judge it with trueweight replay", base, exponent, got, v.Outcome)
	}
	off := real.Sub(real.Int(got), t)
	if side, ok := j.sign(t, got); ok && side > 0 {
		off = real.Sub(t, real.Int(got))
	}
	allowance := new(big.Int).Add(ceilQuo(got, big.NewInt(1e14)), big.NewInt(1))
	share := j.within("pow", off, real.Int(allowance))
	if share.Outcome != Holds {
		return fmt.Errorf("pow(%s, %s)·10⁻¹⁸ = %s is farther from the power than powDown and powUp allow for (%s)", base, exponent, got, share.Outcome)
	}
	c.OfBound = max(c.OfBound, v.Margin.ratio)
	c.OfAllowance = max(c.OfAllowance, share.Margin.ratio)
	return nil
}
