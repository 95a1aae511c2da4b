package properties

import (
	"math/big"

	"github.com/holiman/uint256"
	"github.com/trueweight/trueweight/properties/domain"
)

// storing plants a change of what is stored, readBack of what is read back, where the right call answers.
func storing(change func(value num, bits uint8, most, right num) num) func(*Subject) {
	return func(s *Subject) {
		compress := s.Compress
		s.Compress = func(value num, bits uint8, most num) (num, error) {
			z, err := compress(value, bits, most)
			if err == nil {
				z = change(value, bits, most, z)
			}
			return z, err
		}
	}
}

// inFewBits plants answers for fewer than two bits.
func inFewBits(of func(*Subject) *func(num, uint8, num) (num, error)) func(*Subject) {
	return func(s *Subject) {
		f := of(s)
		right := *f
		*f = func(value num, bits uint8, most num) (num, error) {
			if bits == 1 {
				return num{}, nil
			}
			return right(value, bits, most)
		}
	}
}

var wtStepsPlants = []Plant{
	{"WT-STEP", "progress is rounded up", func(s *Subject) {
		progress := s.ChangeProgress
		s.ChangeProgress = func(start, end, now num) (num, error) {
			z, err := progress(start, end, now)
			if err == nil && !z.IsZero() && z.LtUint64(domain.One) {
				past, length := new(num).Sub(&now, &start), new(num).Sub(&end, &start)
				return word(ceilQuo(productOf(past.ToBig(), fixedOne), length.ToBig())), nil
			}
			return z, err
		}
	}},
	{"WT-STEP", "progress is one unit more than all of it", func(s *Subject) {
		progress := s.ChangeProgress
		s.ChangeProgress = func(start, end, now num) (num, error) {
			z, err := progress(start, end, now)
			if z.Eq(newNum(domain.One)) {
				z.AddUint64(&z, 1)
			}
			return z, err
		}
	}},
	{"WT-STEP", "a value that went all of its way goes on", func(s *Subject) {
		interpolate := s.InterpolateValue
		s.InterpolateValue = func(start, end, progress num) (num, error) {
			z, err := interpolate(start, end, progress)
			if err == nil && progress.GtUint64(domain.One) && end.Gt(&start) {
				z = saturated(z, *newNum(1))
			}
			return z, err
		}
	}},
	{"WT-STEP", "a wide way fails though all of it is gone", func(s *Subject) {
		interpolate := s.InterpolateValue
		s.InterpolateValue = func(start, end, progress num) (num, error) {
			way := new(num).Sub(&end, &start)
			if end.Lt(&start) {
				way.Neg(way)
			}
			if progress.Eq(newNum(domain.One)) && way.BitLen() > 200 {
				return num{}, errPlanted
			}
			return interpolate(start, end, progress)
		}
	}},
	{"WT-STEP", "the way is rounded up", func(s *Subject) {
		interpolate := s.InterpolateValue
		s.InterpolateValue = func(start, end, progress num) (num, error) {
			z, err := interpolate(start, end, progress)
			if err == nil && z.Gt(&start) && z.Lt(&end) {
				z.AddUint64(&z, 1)
			}
			return z, err
		}
	}},
	{"WT-STEP", "what fails to be progress is none", func(s *Subject) {
		now := s.InterpolatedValue
		s.InterpolatedValue = func(start, end, startTime, endTime, at num) (num, error) {
			if _, err := s.ChangeProgress(startTime, endTime, at); err != nil {
				return start, nil
			}
			return now(start, end, startTime, endTime, at)
		}
	}},

	{"WT-BITS", "a stored number is rounded to the nearest", storing(func(value num, bits uint8, most, right num) num {
		twice := productOf(big.NewInt(2), value.ToBig(), topOf(uint(bits)))
		twice.Add(twice, most.ToBig())
		return word(twice.Quo(twice, productOf(big.NewInt(2), most.ToBig())))
	})},
	{"WT-BITS", "a value a wei beyond the largest is stored", func(s *Subject) {
		compress := s.Compress
		s.Compress = func(value num, bits uint8, most num) (num, error) {
			if less := new(uint256.Int).SubUint64(&value, 1); less.Eq(&most) && !value.IsZero() {
				return compress(most, bits, most)
			}
			return compress(value, bits, most)
		}
	}},
	{"WT-BITS", "one bit stores", inFewBits(func(s *Subject) *func(num, uint8, num) (num, error) { return &s.Compress })},
	{"WT-BITS", "one bit is read back", inFewBits(func(s *Subject) *func(num, uint8, num) (num, error) { return &s.Decompress })},
	{"WT-BITS", "two bits store nothing", func(s *Subject) {
		compress := s.Compress
		s.Compress = func(value num, bits uint8, most num) (num, error) {
			if bits == 2 {
				return num{}, errPlanted
			}
			return compress(value, bits, most)
		}
	}},
	{"WT-BITS", "the error of one bit is stated", func(s *Subject) {
		stated := s.MaxCompressionError
		s.MaxCompressionError = func(bits uint8, most num) (num, error) {
			if bits == 1 {
				return most, nil
			}
			return stated(bits, most)
		}
	}},

	{"WT-REST", "what is left over goes to the smallest remainders", normalizing(func(raw []num, sum *big.Int) []*big.Int {
		return served(raw, sum, func(a, b claimant) bool { return b.before(a) })
	})},
	{"WT-REST", "of equal remainders the last is served first", normalizing(func(raw []num, sum *big.Int) []*big.Int {
		return served(raw, sum, func(a, b claimant) bool {
			if order := a.lost.Cmp(b.lost); order != 0 {
				return order > 0
			}
			return a.at > b.at
		})
	})},
	{"WT-REST", "the first token takes all that is left over", normalizing(func(raw []num, sum *big.Int) []*big.Int {
		list, left := floors(raw, sum)
		list[0].Add(list[0], left)
		return list
	})},
}

// served returns shares rounded down and what is left over one wei each in an order.
func served(raw []num, sum *big.Int, before func(a, b claimant) bool) []*big.Int {
	list, left := floors(raw, sum)
	got := make([]bool, len(raw))
	for range left.Int64() {
		var next *claimant
		for i := range raw {
			lost := productOf(raw[i].ToBig(), fixedOne)
			who := claimant{i, lost.Rem(lost, sum)}
			if !got[i] && (next == nil || before(who, *next)) {
				next = &who
			}
		}
		got[next.at] = true
		list[next.at].Add(list[next.at], big.NewInt(1))
	}
	return list
}
