package weights

import (
	"math/big"
	"math/rand/v2"

	"github.com/holiman/uint256"

	"github.com/trueweight/trueweight/impl/revert"
)

// The model of gradual change over the integers, in the words of SPEC. It
// answers in big.Int, with the failure or nil.

func modelProgress(start, end, now *big.Int) (*big.Int, *revert.Error) {
	if now.Cmp(end) >= 0 {
		return scale, nil
	}
	if now.Cmp(start) <= 0 {
		return new(big.Int), nil
	}
	elapsed, failure := fitting(new(big.Int).Mul(new(big.Int).Sub(now, start), scale), revert.ErrDivOverflow)
	if failure != nil {
		return nil, failure
	}
	return elapsed.Div(elapsed, new(big.Int).Sub(end, start)), nil
}

// modelInterpolation is s + progress·(e−s), the way signed and cut towards zero.
func modelInterpolation(s, e, progress *big.Int) (*big.Int, *revert.Error) {
	if progress.Cmp(scale) >= 0 {
		return e, nil
	}
	way := new(big.Int).Sub(e, s)
	way.Mul(way, progress)
	if _, failure := fitting(new(big.Int).Abs(way), revert.ErrMulOverflow); failure != nil {
		return nil, failure
	}
	return way.Add(s, way.Quo(way, scale)), nil
}

func modelInterpolated(s, e, start, end, now *big.Int) (*big.Int, *revert.Error) {
	progress, failure := modelProgress(start, end, now)
	if failure != nil {
		return nil, failure
	}
	return modelInterpolation(s, e, progress)
}

func modelStart(start, end, now *big.Int) (*big.Int, *revert.Error) {
	later := start
	if now.Cmp(start) > 0 {
		later = now
	}
	if later.Cmp(end) > 0 {
		return nil, revert.InvalidStartTime(*uint256.MustFromBig(later), *uint256.MustFromBig(end))
	}
	return later, nil
}

// modelTop is 2ᵇ−1, and nil for fewer than 2 bits.
func modelTop(bits uint8) *big.Int {
	if bits < 2 {
		return nil
	}
	return new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), uint(bits)), big.NewInt(1))
}

func modelCompression(value *big.Int, bits uint8, max *big.Int) (*big.Int, *revert.Error) {
	if bits < 2 || value.Cmp(max) > 0 {
		return nil, revert.ErrPackingOutOfBounds
	}
	product, failure := fitting(new(big.Int).Mul(value, modelTop(bits)), revert.ErrMulOverflow)
	switch {
	case failure != nil:
		return nil, failure
	case max.Sign() == 0:
		return nil, revert.ErrDivByZero
	}
	return product.Div(product, max), nil
}

func modelDecompression(value *big.Int, bits uint8, max *big.Int) (*big.Int, *revert.Error) {
	if bits < 2 || value.BitLen() > int(bits) {
		return nil, revert.ErrPackingOutOfBounds
	}
	product, failure := fitting(new(big.Int).Mul(value, max), revert.ErrMulOverflow)
	if failure != nil {
		return nil, failure
	}
	return product.Div(product, modelTop(bits)), nil
}

func modelCompressionError(bits uint8, max *big.Int) (*big.Int, *revert.Error) {
	if bits < 2 {
		return nil, revert.ErrPackingOutOfBounds
	}
	steps := new(big.Int).Neg(max)
	return steps.Neg(steps.Div(steps, modelTop(bits))), nil // −⌊−a/b⌋: Div is Euclidean
}

func modelManagedFee(start, end, startFee, endFee, now *big.Int) (*big.Int, *revert.Error) {
	if max(start.BitLen(), end.BitLen()) > 32 || max(startFee.BitLen(), endFee.BitLen()) > 62 {
		return nil, revert.ErrCodecOverflow
	}
	return modelInterpolated(startFee, endFee, start, end, now)
}

// modelReserve is 1 less the project's weight; modelProject that weight, where
// there is a reserve.
func modelReserve(projectStart, projectEnd, start, end, now *big.Int) (*big.Int, *revert.Error) {
	project, failure := modelInterpolated(projectStart, projectEnd, start, end, now)
	if failure != nil {
		return nil, failure
	}
	return fitting(new(big.Int).Sub(scale, project), revert.ErrSubUnderflow)
}

func modelProject(projectStart, projectEnd, start, end, now *big.Int) (*big.Int, *revert.Error) {
	if _, failure := modelReserve(projectStart, projectEnd, start, end, now); failure != nil {
		return nil, failure
	}
	return modelInterpolated(projectStart, projectEnd, start, end, now)
}

// modelStored is what a pool reads at now of weights that it stores, by store,
// one by one before any is read; it stores no more than most of them.
func modelStored(startTime, endTime *big.Int, starts, ends []uint256.Int, now *big.Int, most int,
	store func(weight *big.Int, atEnd bool) (*big.Int, *revert.Error)) (read []*big.Int, failure *revert.Error) {
	if startTime.BitLen() > 32 || endTime.BitLen() > 32 {
		return nil, revert.ErrCodecOverflow
	}
	stored := make([][2]*big.Int, len(starts))
	for i := range starts {
		if i == most {
			return nil, revert.ErrPackingOutOfBounds
		}
		if stored[i][0], failure = store(starts[i].ToBig(), false); failure != nil {
			return nil, failure
		}
		if i == len(ends) {
			return nil, revert.ErrArrayIndex
		}
		if stored[i][1], failure = store(ends[i].ToBig(), true); failure != nil {
			return nil, failure
		}
	}
	for _, weight := range stored {
		value, failure := modelInterpolated(weight[0], weight[1], startTime, endTime, now)
		if failure != nil {
			return nil, failure
		}
		read = append(read, value)
	}
	return read, nil
}

// packed is a weight after it was compressed into 31 or 16 bits, and back.
func packed(weight *big.Int, atEnd bool) (*big.Int, *revert.Error) {
	bits := uint8(31)
	if atEnd {
		bits = 16
	}
	stored, failure := modelCompression(weight, bits, scale)
	if failure != nil {
		return nil, failure
	}
	return modelDecompression(stored, bits, scale)
}

func plain(weight *big.Int, _ bool) (*big.Int, *revert.Error) {
	if weight.BitLen() > 64 {
		return nil, revert.ErrCodecOverflow
	}
	return weight, nil
}

func fitting(z *big.Int, failure *revert.Error) (*big.Int, *revert.Error) {
	if z.Sign() < 0 || z.BitLen() > 256 {
		return nil, failure
	}
	return z, nil
}

// number is of at most the bits, and in equal parts near where something
// changes, of any length, and below 1.
func number(r *rand.Rand, bits uint) uint256.Int {
	var z uint256.Int
	switch r.IntN(3) {
	case 0:
		z = uint256.Int{1e18}
		if power := []uint{0, 31, 32, 60, 62, 64, 196, 255, 256}[r.IntN(9)]; r.IntN(4) > 0 {
			z.Lsh(uint256.NewInt(1), power)
		}
		z.Add(&z, uint256.NewInt(uint64(r.IntN(3))))
		z.SubUint64(&z, 1)
	case 1:
		z = uint256.Int{r.Uint64(), r.Uint64(), r.Uint64(), r.Uint64()}
		z.Rsh(&z, uint(r.IntN(257)))
	case 2:
		z = uint256.Int{r.Uint64N(1e18)}
	}
	if shift := uint(z.BitLen()); shift > bits {
		z.Rsh(&z, shift-bits)
	}
	return z
}

// numbers are of one common limit of bits; some are neighbours of another.
func numbers(r *rand.Rand) (x [5]uint256.Int) {
	bits := []uint{33, 60, 63, 65, 200, 256}[r.IntN(6)]
	for i := range x {
		x[i] = number(r, bits)
		if i > 0 && r.IntN(5) == 0 {
			x[i].Add(&x[r.IntN(i)], uint256.NewInt(uint64(r.IntN(2))))
		}
	}
	return x
}
