package properties

import (
	"errors"
	"slices"

	"github.com/holiman/uint256"
	"github.com/trueweight/trueweight/properties/domain"
)

var errPlanted = errors.New("a planted failure")

// feeRead plants a change of the fee that v2's managed pools read.
func feeRead(change func(right func(startTime, endTime, start, end, now num) (num, error), startTime, endTime, start, end, now num) (num, error)) func(*Subject) {
	return func(s *Subject) {
		read := s.ManagedSwapFee
		s.ManagedSwapFee = func(a, b, c, d, e num) (num, error) { return change(read, a, b, c, d, e) }
	}
}

// bootstrappingRead and managedRead plant a refusal of what is stored, or an answer where it is refused.
func bootstrappingRead(refuses func(c *domain.Gradual) bool) func(*Subject) {
	return func(s *Subject) { s.BootstrappingWeightsV2 = refusingStored(s.BootstrappingWeightsV2, refuses) }
}

func managedRead(refuses func(c *domain.Gradual) bool) func(*Subject) {
	return func(s *Subject) { s.ManagedWeights = refusingStored(s.ManagedWeights, refuses) }
}

type readStored = func(startTime, endTime num, start, end []num, now num) ([]num, error)

func refusingStored(read readStored, refuses func(c *domain.Gradual) bool) readStored {
	return func(startTime, endTime num, start, end []num, now num) ([]num, error) {
		if refuses(&domain.Gradual{StartTime: startTime, EndTime: endTime, StartWeights: start, EndWeights: end, Now: now}) {
			return nil, errPlanted
		}
		return read(startTime, endTime, start, end, now)
	}
}

// acceptingStored plants an answer, of the start weights, where the right call fails and a condition says so.
func acceptingStored(read readStored, accepts func(c *domain.Gradual) bool) readStored {
	return func(startTime, endTime num, start, end []num, now num) ([]num, error) {
		weights, err := read(startTime, endTime, start, end, now)
		if err != nil && accepts(&domain.Gradual{StartTime: startTime, EndTime: endTime, StartWeights: start, EndWeights: end, Now: now}) {
			return slices.Clone(start), nil
		}
		return weights, err
	}
}

// verifying plants other conditions of a v3 bootstrapping pool.
func verifying(accepts func(pairs) bool) func(*Subject) {
	return func(s *Subject) {
		s.VerifyBootstrappingWeights = func(a, b, c, d num) error {
			if accepts(pairs{a, b, c, d}) {
				return nil
			}
			return errPlanted
		}
	}
}

func enough(least uint64, weights ...num) bool {
	return !slices.ContainsFunc(weights, func(w num) bool { return w.LtUint64(least) })
}

// sumsWrapped reports whether both pairs sum to ONE modulo 2²⁵⁶.
func (p pairs) sumsWrapped() bool {
	return new(uint256.Int).Add(&p[0], &p[1]).Eq(newNum(domain.One)) && new(uint256.Int).Add(&p[2], &p[3]).Eq(newNum(domain.One))
}

func (p pairs) sumsExact() bool {
	return total(p[:2]).Cmp(fixedOne) == 0 && total(p[2:]).Cmp(fixedOne) == 0
}

var wtAdmissionPlants = []Plant{
	{"WT-STORED", "a time of 33 bits is stored", func(s *Subject) {
		s.ManagedWeights = acceptingStored(s.ManagedWeights, func(c *domain.Gradual) bool {
			return c.EndTime.BitLen() == 33 && len(c.EndWeights) >= len(c.StartWeights)
		})
	}},
	{"WT-STORED", "the last second of 32 bits is refused", bootstrappingRead(func(c *domain.Gradual) bool { return c.StartTime == largestOf(32) })},
	{"WT-STORED", "a managed pool's weight a wei beyond 64 bits is stored", func(s *Subject) {
		s.ManagedWeights = acceptingStored(s.ManagedWeights, func(c *domain.Gradual) bool {
			return len(c.StartWeights) > 0 && len(c.EndWeights) >= len(c.StartWeights) && c.StartWeights[0] == saturated(largestOf(64), *newNum(1))
		})
	}},
	{"WT-STORED", "a managed pool's largest weight is refused", managedRead(func(c *domain.Gradual) bool { return slices.Contains(c.EndWeights, largestOf(64)) })},
	{"WT-STORED", "a bootstrapping pool's weight of 1 is refused", bootstrappingRead(func(c *domain.Gradual) bool { return slices.Contains(c.StartWeights, *newNum(domain.One)) })},
	{"WT-STORED", "a bootstrapping pool has five tokens", func(s *Subject) {
		s.BootstrappingWeightsV2 = acceptingStored(s.BootstrappingWeightsV2, func(c *domain.Gradual) bool { return len(c.StartWeights) == 5 && len(c.EndWeights) == 5 })
	}},
	{"WT-STORED", "a bootstrapping pool has three tokens at most", bootstrappingRead(func(c *domain.Gradual) bool { return len(c.StartWeights) == 4 })},
	{"WT-STORED", "an end weight that is not given is 0", func(s *Subject) {
		s.BootstrappingWeightsV2 = acceptingStored(s.BootstrappingWeightsV2, func(c *domain.Gradual) bool {
			return len(c.EndWeights) == len(c.StartWeights)-1 && len(c.StartWeights) <= 4
		})
	}},
	{"WT-STORED", "an end weight too many is refused", managedRead(func(c *domain.Gradual) bool { return len(c.EndWeights) > len(c.StartWeights) })},
	{"WT-STORED", "the last weight is not read", func(s *Subject) {
		read := s.ManagedWeights
		s.ManagedWeights = func(startTime, endTime num, start, end []num, now num) ([]num, error) {
			weights, err := read(startTime, endTime, start, end, now)
			return weights[:max(0, len(weights)-1)], err
		}
	}},

	{"WT-FEE", "a fee of 63 bits is stored", feeRead(func(read func(a, b, c, d, e num) (num, error), a, b, c, d, e num) (num, error) {
		if c.BitLen() == 63 {
			return c, nil
		}
		return read(a, b, c, d, e)
	})},
	{"WT-FEE", "the largest fee of 62 bits is refused", feeRead(func(read func(a, b, c, d, e num) (num, error), a, b, c, d, e num) (num, error) {
		if d == largestOf(62) {
			return num{}, errPlanted
		}
		return read(a, b, c, d, e)
	})},
	{"WT-FEE", "a time of 33 bits is stored", feeRead(func(read func(a, b, c, d, e num) (num, error), a, b, c, d, e num) (num, error) {
		if z, err := read(a, b, c, d, e); err == nil || b.BitLen() != 33 {
			return z, err
		}
		return c, nil
	})},
	{"WT-FEE", "the fee is a wei higher", feeRead(func(read func(a, b, c, d, e num) (num, error), a, b, c, d, e num) (num, error) {
		z, err := read(a, b, c, d, e)
		return saturated(z, *newNum(1)), err
	})},
	{"WT-FEE", "the fee falls while it should rise", feeRead(func(read func(a, b, c, d, e num) (num, error), a, b, c, d, e num) (num, error) {
		return read(a, b, d, c, e)
	})},
	{"WT-FEE", "the fee is a second late", feeRead(func(read func(a, b, c, d, e num) (num, error), a, b, c, d, e num) (num, error) {
		if !e.IsZero() {
			e.SubUint64(&e, 1)
		}
		return read(a, b, c, d, e)
	})},

	{"WT-START", "a change begins in the past", func(s *Subject) {
		resolve := s.ResolveStartTime
		s.ResolveStartTime = func(start, end, now num) (num, error) {
			if z, err := resolve(start, end, now); err != nil {
				return z, err
			}
			return start, nil
		}
	}},
	{"WT-START", "a change of no time is refused", func(s *Subject) {
		resolve := s.ResolveStartTime
		s.ResolveStartTime = func(start, end, now num) (num, error) {
			z, err := resolve(start, end, now)
			if err == nil && z == end {
				return z, errPlanted
			}
			return z, err
		}
	}},
	{"WT-START", "a change ends a second before it begins", func(s *Subject) {
		resolve := s.ResolveStartTime
		s.ResolveStartTime = func(start, end, now num) (num, error) { return resolve(start, saturated(end, *newNum(1)), now) }
	}},

	{"WT-PAIR", "a weight a wei below 1 % is accepted", verifying(func(p pairs) bool { return enough(1e16-1, p[:]...) && p.sumsExact() })},
	{"WT-PAIR", "a weight of exactly 1 % is refused", verifying(func(p pairs) bool { return enough(1e16+1, p[:]...) && p.sumsExact() })},
	{"WT-PAIR", "the reserve at the end is not looked at", verifying(func(p pairs) bool { return enough(1e16, p[:3]...) && p.sumsExact() })},
	{"WT-PAIR", "the pair at the end is not summed", verifying(func(p pairs) bool { return enough(1e16, p[:]...) && total(p[:2]).Cmp(fixedOne) == 0 })},
	{"WT-PAIR", "sums wrap at 256 bits", verifying(func(p pairs) bool { return enough(1e16, p[:]...) && p.sumsWrapped() })},
}
