package interval

import (
	"math/big"
	"sync"
)

// steps is the number of parts of [1, 2) in the logarithm's reduction, and of [0, 1) in the exponential's, which needs them up to log 2:
// 88/128 = 0.6875, and 89/128 = 0.6953 is above it.
const steps = 128

// A table holds the constants of the argument reductions at one scale, each at most 2 units wide.
type table struct {
	log [steps + 1]enclosure // log(1 + j/128); the last one is log 2
	exp [89]enclosure        // e^(j/128)
}

var tables sync.Map // uint, the bits of the scale → func() *table

// newScale is a scale of at least so many bits, a multiple of 64, and its constants.
func newScale(bits uint) (*scale, *table) {
	bits = (bits + 63) / 64 * 64
	build, ok := tables.Load(bits)
	if !ok {
		build, _ = tables.LoadOrStore(bits, sync.OnceValue(func() *table { return newTable(bits) }))
	}
	return &scale{bits: bits}, build.(func() *table)()
}

// newTable computes at 64 bits more and then cuts them off, which leaves ⌈w/2⁶⁴⌉ + 1 = 2 units.
//
//   - log(1 + (j+1)/128) = log(1 + j/128) + log((129+j)/(128+j)), and log(m/n) = 2·atanh((m−n)/(m+n)).
//     128 sums of series of fewer than W terms, at most 4 units each: fewer than 2¹⁰·W units.
//   - e^(j/128) = e^(⌊j/2⌋/128)·e^(⌈j/2⌉/128). All factors are in [1, 2), so each of 7 levels turns a width w into at most 2w + 4w + 1.
//     Fewer than 7⁷ < 2²⁰ times the width of e^(1/128), itself below 2¹⁰·W.
//
// Both are below 2⁶⁴ for every W that fits into a machine.
func newTable(bits uint) *table {
	t, s := new(table), &scale{bits: bits + 64}
	for j := range steps {
		var increment enclosure
		k := s.atanh(&increment, intOne, big.NewInt(int64(2*(steps+j)+1)), allTerms)
		s.shift(&increment, &increment, uint(k-1))
		s.add(&t.log[j+1], &t.log[j], &increment)
	}
	var x enclosure
	s.unit(&t.exp[0])
	s.unit(&x)
	s.div(&x, &x, steps)
	s.growth(&t.exp[1], &x, false, allTerms)
	s.mul(&t.exp[1], &x, &t.exp[1])
	s.add(&t.exp[1], &t.exp[1], &t.exp[0])
	for j := 2; j < len(t.exp); j++ {
		s.mul(&t.exp[j], &t.exp[j/2], &t.exp[j-j/2])
	}
	for j := range t.log {
		s.shift(&t.log[j], &t.log[j], 64)
	}
	for j := range t.exp {
		s.shift(&t.exp[j], &t.exp[j], 64)
	}
	return t
}
