package domain

import (
	"iter"

	"github.com/holiman/uint256"
)

// Shrink simplifies a case for as long as fails stays true of it, and returns the simplest it found: one that a real
// pool could ask if there is one, with fewer steps and tokens, equal weights, no fee, round and small numbers.
//
// The small cases of its kind are tried first, the simplest first: where one fails, the result does not depend on where
// shrinking began. From there on, or from c where none does, every move that makes the case simpler is tried,
// until no move is left that fails.
//
// It asks fails at most budget times, never twice about a case, and is deterministic.
func Shrink(c Case, budget int, fails func(Case) bool) Case {
	s := &shrinker{best: Clone(c), budget: budget, fails: fails, known: map[string]bool{}}
	s.best.setClass("")
	s.simplicity = simplicityOf(s.best)
	s.first(smallCases(c.Kind()))
	for again := true; again; {
		again = s.all(structure)
		again = s.numbers() || again
		again = s.all(together) || again
	}
	return s.best
}

type shrinker struct {
	best       Case
	simplicity simplicity // of best
	budget     int
	fails      func(Case) bool
	known      map[string]bool // cases that were asked about, by their bytes
}

// try makes a case the best if it is simpler and fails.
func (s *shrinker) try(c Case) bool {
	if s.budget <= 0 || !simplerThan(c, s.best, s.simplicity) {
		return false
	}
	key := string(Encode(c))
	if s.known[key] {
		return false
	}
	s.known[key] = true
	s.budget--
	if !s.fails(c) {
		return false
	}
	s.best, s.simplicity = c, simplicityOf(c)
	return true
}

// first makes the first of the cases that fails the best.
func (s *shrinker) first(cases []Case) {
	for _, c := range cases {
		if s.try(c) {
			return
		}
	}
}

// all makes moves, each time from the case that the last one led to, until none succeeds, and reports whether one did.
func (s *shrinker) all(moves func(Case) iter.Seq[Case]) (any bool) {
	for again := true; again; {
		again = false
		for c := range moves(s.best) {
			if s.try(c) {
				again, any = true, true
				break
			}
		}
	}
	return any
}

// numbers simplifies each number alone, from the simplest value upwards, and reports whether one could be.
func (s *shrinker) numbers() (any bool) {
	for i := range slots(s.best) {
		for again := true; again; {
			again = false
			for _, z := range simplerNumbers(slots(s.best)[i]) {
				if s.try(with(s.best, i, z)) {
					again, any = true, true
					break
				}
			}
		}
	}
	return any
}

// with returns c with z in slot i.
func with(c Case, i int, z uint256.Int) Case {
	d := Clone(c)
	slots(d)[i].set(z)
	return d
}
