package properties

import (
	"runtime"
	"slices"
	"sync/atomic"

	"github.com/holiman/uint256"
	"github.com/trueweight/trueweight/impl/revert"
	"github.com/trueweight/trueweight/properties/domain"
)

// The bugs that are planted for FP.

var fpPlants = []Plant{
	{"FP-MUL", "mulUp adds a wei to what is exact", func(s *Subject) { s.MulUp = downPlusOne(s.MulDown) }},
	{"FP-MUL", "mulDown rounds to the nearest", func(s *Subject) {
		good := s.MulDown
		s.MulDown = func(a, b num) (num, error) {
			z, err := good(a, b)
			var rest num
			if err == nil && !rest.MulMod(&a, &b, &plantedOne).Lt(uint256.NewInt(domain.One/2)) {
				z.AddUint64(&z, 1)
			}
			return z, err
		}
	}},
	{"FP-DIV", "divUp adds a wei to what is exact", func(s *Subject) { s.DivUp = downPlusOne(s.DivDown) }},
	{"FP-DIV", "mulDivUp rounds down", plantFloor},
	{"FP-DIV", "divUpRaw of a multiple is a wei too much", func(s *Subject) {
		good := s.DivUpRaw
		s.DivUpRaw = func(a, b num) (z num, err error) {
			if z, err = good(a, b); err == nil {
				z.Div(&a, &b)
				z.AddUint64(&z, 1)
			}
			return z, err
		}
	}},
	{"FP-FAIL", "mulDown multiplies in 512 bits", func(s *Subject) {
		s.MulDown = func(a, b num) (z num, err error) {
			if _, overflow := z.MulDivOverflow(&a, &b, &plantedOne); overflow {
				return num{}, revert.ErrMulOverflow
			}
			return z, nil
		}
	}},
	{"FP-FAIL", "divDown by zero: v3 sees the divisor first", func(s *Subject) {
		good := s.DivDown
		s.DivDown = func(a, b num) (num, error) {
			if b.IsZero() {
				return num{}, revert.ErrDivByZero
			}
			return good(a, b)
		}
	}},
	{"FP-FAIL", "divUp sees the overflow first", func(s *Subject) {
		good, down := s.DivUp, s.DivDown
		s.DivUp = func(a, b num) (num, error) {
			if _, err := down(a, weiOf(1)); err != nil {
				return num{}, err
			}
			return good(a, b)
		}
	}},
	{"FP-FAIL", "a sum of 2²⁵⁶ − 1 fails", func(s *Subject) {
		good := s.Add
		s.Add = func(a, b num) (num, error) {
			z, err := good(a, b)
			if err == nil && z == fenced {
				return num{}, revert.ErrAddOverflow
			}
			return z, err
		}
	}},
	{"FP-GAP", "mulUp adds a wei to what is exact", func(s *Subject) { s.MulUp = downPlusOne(s.MulDown) }},
	{"FP-GAP", "divUp rounds down", func(s *Subject) { s.DivUp = s.DivDown }},
	{"FP-COMP", "one's complement is one", func(s *Subject) {
		good := s.Complement
		s.Complement = func(x num) (num, error) {
			if x == plantedOne {
				return x, nil
			}
			return good(x)
		}
	}},
	{"FP-COMP", "fails above one", func(s *Subject) {
		s.Complement = func(x num) (num, error) { return s.Sub(plantedOne, x) }
	}},
	{"FP-PURE", "an invariant keeps its powers in the slice of balances", func(s *Subject) {
		good := s.InvariantDown
		s.InvariantDown = func(w, b []num) (num, error) {
			z, err := good(w, b)
			for i := range min(len(w), len(b)) {
				if power, _ := s.PowDown(b[i], w[i]); power != b[i] {
					b[i] = power
				}
			}
			return z, err
		}
	}},
	{"FP-PURE", "a pool appends to the slice of its weights", func(s *Subject) {
		good := s.PoolComputeInvariant
		s.PoolComputeInvariant = func(w, mins, b []num, up bool) (num, error) {
			_ = append(w, num{})
			return good(w, mins, b, up)
		}
	}},
	{"FP-PURE", "weights that are normal already are returned as they are", func(s *Subject) {
		good := s.Normalize
		s.Normalize = func(raw []num) ([]num, error) {
			if s.ValidateWeights(raw, len(raw)) == nil {
				return raw, nil
			}
			return good(raw)
		}
	}},
	{"FP-PURE", "a join writes its fees where the amounts were", func(s *Subject) {
		right := s.AddUnbalanced
		s.AddUnbalanced = func(w, b, a []num, supply, fee num) (num, []num, error) {
			bpt, fees, err := right(w, b, a, supply, fee)
			if err == nil {
				copy(a, fees)
			}
			return bpt, fees, err
		}
	}},
	{"FP-PURE", "a change keeps the weights at its start in their own slice", func(s *Subject) {
		right := s.ManagedWeights
		s.ManagedWeights = func(startTime, endTime num, start, end []num, now num) ([]num, error) {
			list, err := right(startTime, endTime, start, end, now)
			if err == nil && slices.Equal(list, start) {
				list = start
			}
			return list, err
		}
	}},
	{"FP-PURE", "shares live in one buffer", func(s *Subject) {
		good := s.Normalize
		var buffer atomic.Pointer[[]num]
		s.Normalize = func(raw []num) ([]num, error) {
			if kept := buffer.Load(); kept != nil && len(*kept) == len(raw) && len(raw) > 0 {
				return *kept, nil
			}
			list, err := good(raw)
			if err == nil {
				buffer.Store(&list)
			}
			return list, err
		}
	}},
	{"FP-PURE", "every 97th swap rounds up", func(s *Subject) {
		good := s.OutGivenIn
		var calls atomic.Uint64
		s.OutGivenIn = func(bi, wi, bo, wo, a num) (num, error) {
			z, err := good(bi, wi, bo, wo, a)
			if calls.Add(1)%97 == 0 {
				z.AddUint64(&z, 1)
			}
			return z, err
		}
	}},
	{"FP-PURE", "two operations share their scratch", func(s *Subject) {
		var scratch atomic.Pointer[num]
		through := func(good func(a, b num) (num, error)) func(a, b num) (num, error) {
			return func(a, b num) (num, error) {
				z, err := good(a, b)
				scratch.Store(&z)
				runtime.Gosched() // here another call may come in
				return *scratch.Load(), err
			}
		}
		s.MulDown, s.MulUp = through(s.MulDown), through(s.MulUp)
	}},
}

// plantFloor makes mulDivUp round down.
func plantFloor(s *Subject) {
	good := s.MulDivUp
	s.MulDivUp = func(a, b, c num) (num, error) {
		z, err := good(a, b, c)
		if err == nil {
			z.MulDivOverflow(&a, &b, &c)
		}
		return z, err
	}
}
