package pool

import (
	"github.com/holiman/uint256"

	"github.com/trueweight/trueweight/impl/revert"
	"github.com/trueweight/trueweight/impl/weights"
)

// Rules says which of the deployed systems a pool follows.
type Rules uint8

// The rules that a pool can follow.
const (
	V2 Rules = iota
	V3
)

// Kind says how many tokens a pool may have, whether its weights change with
// time and how they are stored, and what swap fees it takes.
type Kind uint8

// The kinds of pools. No contract is a Library pool: it is the domain of the
// arithmetic that the others share.
const (
	Weighted Kind = iota
	Managed
	Bootstrapping
	Library
)

// terms is what a kind of pool asks under some rules; both fees are allowed
// themselves, with 18 decimals.
type terms struct {
	limits         weights.Limits
	minFee, maxFee uint256.Int
	read           func(dst []uint256.Int, s schedule, now uint256.Int) error // weights at now
	gradual        bool                                                       // weights may change
}

// termsOf returns the terms of SPEC "A pool over time", its table of pool kinds.
func termsOf(rules Rules, kind Kind) (*terms, error) {
	if rules > V3 || kind > Library || kinds[rules][kind].read == nil {
		return nil, revert.ErrUnsupportedPool
	}
	return &kinds[rules][kind], nil
}

var kinds = [...][Library + 1]terms{
	V2: {
		Weighted:      {limits: weights.V2Weighted, minFee: uint256.Int{1e12}, maxFee: uint256.Int{1e17}, read: fixed},
		Managed:       {limits: weights.V2Managed, minFee: uint256.Int{1e12}, maxFee: uint256.Int{95e16}, read: managed, gradual: true},
		Bootstrapping: {limits: between(2, 4), minFee: uint256.Int{1e12}, maxFee: uint256.Int{1e17}, read: bootstrappingV2, gradual: true},
		Library:       {limits: between(2, 100), maxFee: uint256.Int{95e16}, read: fixed},
	},
	V3: {
		Weighted:      {limits: weights.V3Weighted, minFee: uint256.Int{1e13}, maxFee: uint256.Int{1e17}, read: fixed},
		Bootstrapping: {limits: between(2, 2), minFee: uint256.Int{1e13}, maxFee: uint256.Int{1e17}, read: bootstrappingV3, gradual: true},
		Library:       {limits: between(2, 100), maxFee: uint256.Int{95e16}, read: fixed},
	},
}

func between(least, most int) weights.Limits {
	return weights.Limits{MinTokens: least, MaxTokens: most, MinWeight: weights.V2Weighted.MinWeight}
}
