package exact

import "math/big"

// This file is SPEC, "Gradual weight change", as V2 stores it: values packed into fields of so many bits, some compressed.
// V3 has no such functions; what only they can fail with keeps V2's name under V3 rules.

// The fields of V2's storage, in bits.
const (
	timeBits          = 32
	startWeightBits   = 31 // bootstrapping, compressed
	endWeightBits     = 16 // bootstrapping, compressed
	managedWeightBits = 64
	managedFeeBits    = 62
)

// maxStoredTokens is how many tokens of a bootstrapping pool one storage word holds.
const maxStoredTokens = 4

// Compress returns value, of at most max, in so many bits: ⌊value·(2^bits−1) / max⌋. It fails when bits < 2, when value >
// max, when the product overflows and when max = 0; in this order.
func (r Rules) Compress(value *big.Int, bits uint8, max *big.Int) (compressed *big.Int, err error) {
	defer caught(&err)
	return r.compress(value, bits, max), nil
}

func (r Rules) compress(value *big.Int, bits uint8, max *big.Int) *big.Int {
	maxCompressed := r.maxCompressed(bits)
	if value.Cmp(max) > 0 {
		r.fail(compressionRange)
	}
	product := r.product(value, maxCompressed, mulOverflow)
	return r.mathDivDown(product, max)
}

// Decompress returns the value that so many bits stand for: ⌊compressed·max / (2^bits−1)⌋. It fails when bits < 2, when
// compressed ≥ 2^bits and when the product overflows; in this order.
func (r Rules) Decompress(compressed *big.Int, bits uint8, max *big.Int) (value *big.Int, err error) {
	defer caught(&err)
	return r.decompress(compressed, bits, max), nil
}

func (r Rules) decompress(compressed *big.Int, bits uint8, max *big.Int) *big.Int {
	maxCompressed := r.maxCompressed(bits)
	if compressed.Cmp(maxCompressed) > 0 {
		r.fail(compressionRange)
	}
	product := r.product(compressed, max, mulOverflow)
	return r.mathDivDown(product, maxCompressed)
}

// MaxCompressionError returns ⌈max / (2^bits−1)⌉, which bounds what a value loses on the way through storage. It fails when
// bits < 2.
func (r Rules) MaxCompressionError(bits uint8, max *big.Int) (loss *big.Int, err error) {
	defer caught(&err)
	return r.mathDivUp(max, r.maxCompressed(bits)), nil
}

// maxCompressed returns 2^bits − 1. It fails when bits < 2.
func (r Rules) maxCompressed(bits uint8) *big.Int {
	if bits < 2 {
		r.fail(compressionRange)
	}
	return minus(new(big.Int).Lsh(small[1], uint(bits)), small[1])
}

// checkFits fails when value needs more than so many bits.
func (r Rules) checkFits(value *big.Int, bits int) {
	if value.BitLen() > bits {
		r.fail(fieldOverflow)
	}
}

// BootstrappingWeightsV2 returns the weights of V2's bootstrapping pool as they are read back: start weights through 31
// bits, end weights through 16, then interpolated. They need not sum to 1. It fails when a time needs more than 32 bits,
// then per token when it is the fifth, and when its start or end weight is above 1. End weights beyond the start weights
// are not read.
func (r Rules) BootstrappingWeightsV2(startTime, endTime *big.Int, startWeights, endWeights []*big.Int, now *big.Int) (weights []*big.Int, err error) {
	defer caught(&err)
	r.checkFits(startTime, timeBits)
	r.checkFits(endTime, timeBits)
	read := make([]*big.Int, len(startWeights))
	for i, startWeight := range startWeights {
		if i >= maxStoredTokens {
			r.fail(compressionRange)
		}
		start := r.decompress(r.compress(startWeight, startWeightBits, one), startWeightBits, one)
		end := r.decompress(r.compress(r.at(endWeights, i), endWeightBits, one), endWeightBits, one)
		read[i] = r.interpolatedValue(start, end, startTime, endTime, now)
	}
	return read, nil
}

// ManagedWeights returns the weights of V2's managed pool, interpolated. It fails when a time needs more than 32 bits, then
// per token when a weight needs more than 64. End weights beyond the start weights are not read.
func (r Rules) ManagedWeights(startTime, endTime *big.Int, startWeights, endWeights []*big.Int, now *big.Int) (weights []*big.Int, err error) {
	defer caught(&err)
	r.checkFits(startTime, timeBits)
	r.checkFits(endTime, timeBits)
	read := make([]*big.Int, len(startWeights))
	for i, start := range startWeights {
		r.checkFits(start, managedWeightBits)
		end := r.at(endWeights, i)
		r.checkFits(end, managedWeightBits)
		read[i] = r.interpolatedValue(start, end, startTime, endTime, now)
	}
	return read, nil
}

// ManagedSwapFee returns the swap fee of V2's managed pool, interpolated. It fails when a time needs more than 32 bits, or
// a fee more than 62.
func (r Rules) ManagedSwapFee(startTime, endTime, startFee, endFee, now *big.Int) (fee *big.Int, err error) {
	defer caught(&err)
	r.checkFits(startTime, timeBits)
	r.checkFits(endTime, timeBits)
	r.checkFits(startFee, managedFeeBits)
	r.checkFits(endFee, managedFeeBits)
	return r.interpolatedValue(startFee, endFee, startTime, endTime, now), nil
}
