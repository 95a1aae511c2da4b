package properties

import (
	"github.com/holiman/uint256"
	"github.com/trueweight/trueweight/properties/domain"
	"github.com/trueweight/trueweight/reference/exact"
)

// eachWeight plants a change of every weight that v2's managed pools read, where they can be read.
func eachWeight(change func(s *Subject, start, end, startTime, endTime, now, right num) num) func(*Subject) {
	return func(s *Subject) {
		read := s.ManagedWeights
		s.ManagedWeights = func(startTime, endTime num, starts, ends []num, now num) ([]num, error) {
			weights, err := read(startTime, endTime, starts, ends, now)
			for i := range weights {
				if err == nil {
					weights[i] = change(s, starts[i], ends[i], startTime, endTime, now, weights[i])
				}
			}
			return weights, err
		}
	}
}

// storedIn plants other bits in v2's bootstrapping pools.
func storedIn(startBits, endBits uint) func(*Subject) {
	return func(s *Subject) {
		read := s.BootstrappingWeightsV2
		s.BootstrappingWeightsV2 = func(startTime, endTime num, starts, ends []num, now num) ([]num, error) {
			weights, err := read(startTime, endTime, starts, ends, now)
			for i := range weights {
				if err == nil {
					weights[i], err = s.InterpolatedValue(word(through(starts[i].ToBig(), startBits)), word(through(ends[i].ToBig(), endBits)), startTime, endTime, now)
				}
			}
			return weights, err
		}
	}
}

// fallsDown plants a fall that is rounded down, as a rise is.
var fallsDown = eachWeight(func(_ *Subject, start, end, _, _, _, right num) num {
	if end.Lt(&right) && right.Lt(&start) {
		right.SubUint64(&right, 1)
	}
	return right
})

// reserveBehind plants a reserve of v3's that is read a second late.
func reserveBehind(s *Subject) {
	read := s.BootstrappingWeightsV3
	s.BootstrappingWeightsV3 = func(projectStart, projectEnd, startTime, endTime, now num) (project, reserve num, err error) {
		if project, reserve, err = read(projectStart, projectEnd, startTime, endTime, now); err == nil && !now.IsZero() {
			_, reserve, err = read(projectStart, projectEnd, startTime, endTime, *now.SubUint64(&now, 1))
		}
		return project, reserve, err
	}
}

var wtGradualPlants = []Plant{
	{"WT-GRAD", "a weight that falls is rounded down too", fallsDown},
	{"WT-GRAD", "a weight is a second ahead", func(s *Subject) {
		read := s.ManagedWeights
		s.ManagedWeights = func(startTime, endTime num, starts, ends []num, now num) ([]num, error) {
			return read(startTime, endTime, starts, ends, saturated(now, *newNum(1)))
		}
	}},
	{"WT-GRAD", "at the end the start is read", eachWeight(func(_ *Subject, start, _, _, endTime, now, right num) num {
		if now == endTime {
			return start
		}
		return right
	})},
	{"WT-GRAD", "progress is told in hundredths", eachWeight(func(s *Subject, start, end, startTime, endTime, now, right num) num {
		progress, err := s.ChangeProgress(startTime, endTime, now)
		progress.Div(&progress, newNum(domain.One/100))
		progress.Mul(&progress, newNum(domain.One/100))
		z, err2 := s.InterpolateValue(start, end, progress)
		if err != nil || err2 != nil {
			return right
		}
		return z
	})},
	{"WT-GRAD", "both ends are stored in 16 bits", storedIn(16, 16)},
	{"WT-GRAD", "both ends are stored in 31 bits", storedIn(31, 31)},
	{"WT-GRAD", "v3's reserve is a second behind", reserveBehind},
	{"WT-GRAD", "swaps forget the weights", func(s *Subject) {
		swap := s.OutGivenIn
		s.OutGivenIn = func(bi, wi, bo, wo, a num) (num, error) { return swap(bi, *newNum(5e17), bo, *newNum(5e17), a) }
	}},

	{"WT-READ", "v3's reserve is a second behind", reserveBehind},
	{"WT-READ", "start weights are stored in 16 bits", storedIn(16, 16)},
	{"WT-READ", "a weight that falls is rounded down too", fallsDown},

	{"WT-STILL", "weights move a raw unit as time goes by", succeeded(is(domain.AdvanceClock), func(_ Action, t *tale) {
		t.after.Balances[0].AddUint64(&t.after.Balances[0], 1)
	})},
	{"WT-STILL", "a change of weights pays a raw unit", succeeded(is(domain.ChangeWeights), func(_ Action, t *tale) {
		t.moved.Out = make([]num, len(t.before.Balances))
		t.moved.Out[0] = *newNum(1)
	})},
	{"WT-STILL", "a swap moves the weights", succeeded(is(domain.SwapGivenIn), func(a Action, t *tale) {
		t.after.Weights[a.TokenIn].AddUint64(&t.after.Weights[a.TokenIn], 1)
		t.after.Weights[a.TokenOut].SubUint64(&t.after.Weights[a.TokenOut], 1)
	})},
	{"WT-STILL", "v3's weights miss ONE by a wei at a new moment", breakPools(func(_ LivePool, done []Action, t *tale) {
		if done[0].Op == domain.AdvanceClock && t.err == nil {
			t.after.Weights[0].AddUint64(&t.after.Weights[0], 1)
		}
	})},

	{"WT-PACK", "a stored number is rounded up", func(s *Subject) {
		compress := s.Compress
		s.Compress = func(v num, bits uint8, most num) (num, error) {
			z, err := compress(v, bits, most)
			if err != nil {
				return z, err
			}
			return word(ceilQuo(productOf(v.ToBig(), topOf(uint(bits))), most.ToBig())), nil
		}
	}},
	{"WT-PACK", "what is read back is rounded up", func(s *Subject) {
		restore := s.Decompress
		s.Decompress = func(x num, bits uint8, most num) (num, error) {
			z, err := restore(x, bits, most)
			if err != nil || z.Eq(&most) || x.IsZero() {
				return z, err
			}
			return saturated(z, *newNum(1)), nil
		}
	}},
	{"WT-PACK", "b bits hold 2^b", func(s *Subject) {
		compress := s.Compress
		s.Compress = func(v num, bits uint8, most num) (num, error) {
			z, err := compress(v, bits, most)
			if err != nil {
				return z, err
			}
			if _, overflow := z.MulDivOverflow(&v, new(uint256.Int).Lsh(newNum(1), uint(bits)), &most); overflow {
				return compress(v, bits, most)
			}
			return z, nil
		}
	}},
	{"WT-PACK", "the stated error is rounded down", func(s *Subject) {
		s.MaxCompressionError = func(bits uint8, most num) (num, error) {
			if bits < 2 {
				return num{}, &exact.Failure{Name: "BAL#100"}
			}
			top := word(topOf(uint(bits)))
			return *new(num).Div(&most, &top), nil
		}
	}},

	{"WT-REPACK", "a stored number is two steps short", func(s *Subject) {
		compress := s.Compress
		s.Compress = func(v num, bits uint8, most num) (num, error) {
			z, err := compress(v, bits, most)
			if err == nil && z.GtUint64(1) {
				z.SubUint64(&z, 2)
			}
			return z, err
		}
	}},
}
