package domain

import (
	"encoding/binary"
	"math/bits"
	"math/rand/v2"

	"github.com/holiman/uint256"
)

// A Source is where generators draw from: a seeded stream, a fuzzer's bytes or
// a property-testing library.
type Source interface {
	// Choose returns one of 0…n−1, each equally likely; n ≥ 1.
	Choose(n int) int
	// Bits returns n unbiased bits as a number below 2ⁿ; 0 ≤ n ≤ 256.
	Bits(n int) uint256.Int
}

// words is a source of 64-bit words; it gives every word-based Source the same
// reading of its words, which is part of what a recorded seed means.
type words struct{ next func() uint64 }

// Choose takes the high word of w·n and rejects the w whose low word would make
// some choice likelier (Lemire 2019, "Fast random integer generation in an interval").
func (s words) Choose(n int) int {
	bound := uint64(n)
	hi, lo := bits.Mul64(s.next(), bound)
	if lo < bound {
		for reject := -bound % bound; lo < reject; {
			hi, lo = bits.Mul64(s.next(), bound)
		}
	}
	return int(hi)
}

func (s words) Bits(n int) uint256.Int {
	var z uint256.Int
	for i := 0; n > 0; i, n = i+1, n-64 {
		z[i] = s.next()
		if n < 64 {
			z[i] &= 1<<n - 1
		}
	}
	return z
}

// Stream returns the source of case i of a stream under a seed: ChaCha8 (the
// generator of math/rand/v2, whose output is specified) under the key
//
//	seed (8 bytes, little endian) ‖ i (8 bytes) ‖ the stream's name (16 bytes, zero-filled)
//
// so that a case depends on these three alone, in whatever order and on however
// many cores cases are drawn. The name must fit its 16 bytes.
func Stream(seed uint64, name string, i uint64) Source {
	var key [32]byte
	binary.LittleEndian.PutUint64(key[0:], seed)
	binary.LittleEndian.PutUint64(key[8:], i)
	if copy(key[16:], name) < len(name) {
		panic("domain: stream name longer than 16 bytes: " + name)
	}
	return words{rand.NewChaCha8(key).Uint64}
}

// FromBytes returns a source that reads data as little-endian words and then
// zeros for ever: every input is a case, and a prefix of the input is the case
// it starts with. Choose never rejects on zeros, since 0 is its first choice.
func FromBytes(data []byte) Source {
	return &byteSource{data: data}
}

type byteSource struct{ data []byte }

// Choose takes two bytes, so that a mutation of one choice leaves the rest alone.
// The bias of the remainder is at most n/65536: it guides a fuzzer, not evidence.
func (s *byteSource) Choose(n int) int {
	w := s.Bits(16)
	return int(w.Uint64() % uint64(n))
}

func (s *byteSource) Bits(n int) uint256.Int {
	var buf [32]byte
	taken := copy(buf[:(n+7)/8], s.data)
	s.data = s.data[taken:]
	var z uint256.Int
	for i := range z {
		z[i] = binary.LittleEndian.Uint64(buf[8*i:])
	}
	mask := new(uint256.Int).Lsh(uint256.NewInt(1), uint(n))
	if n < 256 {
		z.And(&z, mask.SubUint64(mask, 1))
	}
	return z
}
