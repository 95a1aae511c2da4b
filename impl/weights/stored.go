package weights

import (
	"math"

	"github.com/holiman/uint256"

	"github.com/trueweight/trueweight/impl/revert"
)

// The bits in which v2's pools store what changes over time (SPEC "Gradual
// weight change", "The vectors"). A bootstrapping pool compresses its weights; a
// managed pool stores them and its fees as they are.
const (
	timeBits        = 32
	startWeightBits = 31
	endWeightBits   = 16
	managedFeeBits  = 62

	maxBootstrappingTokens = 4
)

var largestManagedWeight = uint256.Int{math.MaxUint64}

// BootstrappingV2 sets dst[:len(startWeights)] to the weights at now that v2's
// bootstrapping pool reads of its storage: both ends compressed and decompressed,
// each rounded down, and interpolated, so they need not sum to 10¹⁸. Times are
// in seconds, weights have 18 decimals (SPEC "The vectors", lbpNormalizedWeights
// v2).
//
// It fails when a time needs more than 32 bits, then at the first weight above
// 1, then when there are more than 4 tokens; and as an array index when there
// are fewer end weights, or when dst has no room of its own for every weight. On
// failure dst is unchanged.
func BootstrappingV2(dst []uint256.Int, startTime, endTime uint256.Int, startWeights, endWeights []uint256.Int, now uint256.Int) error {
	read := startWeights[:min(len(startWeights), maxBootstrappingTokens)]
	if err := checkStored(dst, startTime, endTime, read, endWeights, &one, revert.ErrPackingOutOfBounds); err != nil {
		return err
	}
	if len(startWeights) > maxBootstrappingTokens {
		return revert.ErrPackingOutOfBounds
	}
	progress, err := ChangeProgress(startTime, endTime, now)
	if err != nil {
		return err
	}
	for i := range startWeights {
		start, err := reread(startWeights[i], startWeightBits)
		if err != nil {
			return err
		}
		end, err := reread(endWeights[i], endWeightBits)
		if err != nil {
			return err
		}
		if dst[i], err = InterpolateValue(start, end, progress); err != nil {
			return err
		}
	}
	return nil
}

// Managed sets dst[:len(startWeights)] to the weights at now that v2's managed
// pool reads of its storage: each interpolated, the way it has gone rounded
// down, so they need not sum to 10¹⁸. Times are in seconds, weights have 18
// decimals (SPEC "The vectors", managedNormalizedWeights).
//
// It fails when a time needs more than 32 bits or a weight more than 64; and as
// an array index when there are fewer end weights, or when dst has no room of
// its own for every weight. On failure dst is unchanged.
func Managed(dst []uint256.Int, startTime, endTime uint256.Int, startWeights, endWeights []uint256.Int, now uint256.Int) error {
	if err := checkStored(dst, startTime, endTime, startWeights, endWeights, &largestManagedWeight, revert.ErrCodecOverflow); err != nil {
		return err
	}
	progress, err := ChangeProgress(startTime, endTime, now)
	if err != nil {
		return err
	}
	for i := range startWeights {
		if dst[i], err = InterpolateValue(startWeights[i], endWeights[i], progress); err != nil {
			return err
		}
	}
	return nil
}

// ManagedSwapFee returns the swap fee (18 decimals) of v2's managed pool at now,
// in seconds (SPEC "The vectors", managedSwapFeePercentage). It fails when a
// time needs more than 32 bits or a fee more than 62.
func ManagedSwapFee(startTime, endTime, startFee, endFee, now uint256.Int) (uint256.Int, error) {
	if err := checkTimes(startTime, endTime); err != nil {
		return uint256.Int{}, err
	}
	if startFee.BitLen() > managedFeeBits || endFee.BitLen() > managedFeeBits {
		return uint256.Int{}, revert.ErrCodecOverflow
	}
	return InterpolatedValue(startFee, endFee, startTime, endTime, now)
}

// checkStored fails when dst has no room of its own for every weight, when a
// time needs more than 32 bits, and, as told, at the first weight above largest.
//
// After it nothing can fail: now−start is below 2³², a change of weight times
// the progress below 2⁶⁴·2⁶⁰, and a weight up to 10¹⁸ times 2³¹ below 2⁹¹.
func checkStored(dst []uint256.Int, startTime, endTime uint256.Int, startWeights, endWeights []uint256.Int, largest *uint256.Int, above *revert.Error) error {
	n := len(startWeights)
	if len(dst) < n || overlap(dst[:n], startWeights) {
		return revert.ErrArrayIndex
	}
	if err := checkTimes(startTime, endTime); err != nil {
		return err
	}
	for i := range startWeights {
		if startWeights[i].Gt(largest) {
			return above
		}
		if i >= len(endWeights) {
			return revert.ErrArrayIndex
		}
		if endWeights[i].Gt(largest) {
			return above
		}
	}
	if overlap(dst[:n], endWeights[:n]) {
		return revert.ErrArrayIndex
	}
	return nil
}

func checkTimes(start, end uint256.Int) error {
	if start.BitLen() > timeBits || end.BitLen() > timeBits {
		return revert.ErrCodecOverflow
	}
	return nil
}

// reread returns what is read back of a weight that is stored in b bits.
func reread(weight uint256.Int, bits uint8) (uint256.Int, error) {
	stored, err := Compress(weight, bits, one)
	if err != nil {
		return uint256.Int{}, err
	}
	return Decompress(stored, bits, one)
}
