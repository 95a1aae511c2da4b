package pool

import (
	"slices"

	"github.com/holiman/uint256"

	"github.com/trueweight/trueweight/impl/weights"
)

// A schedule is a change of all weights from one moment to another, in seconds.
type schedule struct {
	start, end               uint256.Int
	startWeights, endWeights []uint256.Int
}

// newSchedule returns the schedule that stays at the weights since now.
func newSchedule(now uint256.Int, weights []uint256.Int) schedule {
	return schedule{now, now, slices.Clone(weights), slices.Clone(weights)}
}

func (s *schedule) clone() schedule {
	return schedule{s.start, s.end, slices.Clone(s.startWeights), slices.Clone(s.endWeights)}
}

// set makes s a copy of from, which has as many weights.
func (s *schedule) set(from *schedule) {
	s.start, s.end = from.start, from.end
	copy(s.startWeights, from.startWeights)
	copy(s.endWeights, from.endWeights)
}

// The functions below set dst to the weights at now as a kind of pool reads them
// back; on failure dst is unchanged.

func fixed(dst []uint256.Int, s schedule, _ uint256.Int) error {
	copy(dst, s.startWeights)
	return nil
}

func managed(dst []uint256.Int, s schedule, now uint256.Int) error {
	return weights.Managed(dst, s.start, s.end, s.startWeights, s.endWeights, now)
}

func bootstrappingV2(dst []uint256.Int, s schedule, now uint256.Int) error {
	return weights.BootstrappingV2(dst, s.start, s.end, s.startWeights, s.endWeights, now)
}

// bootstrappingV3 interpolates the weight of token 0, the project's; token 1, the
// reserve, has the rest.
func bootstrappingV3(dst []uint256.Int, s schedule, now uint256.Int) error {
	project, reserve, err := weights.BootstrappingV3(s.startWeights[0], s.endWeights[0], s.start, s.end, now)
	if err == nil {
		dst[0], dst[1] = project, reserve
	}
	return err
}
