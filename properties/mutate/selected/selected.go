// Package selected says which mutant of a binary of mutants is in force, and which functions run.
package selected

import (
	"os"
	"strconv"
	"sync/atomic"
)

// Selected is the mutant in force; 0 is none of them, the original.
var Selected = fromEnvironment()

func fromEnvironment() int {
	n, _ := strconv.Atoi(os.Getenv("TRUEWEIGHT_MUTANT"))
	return n
}

// Listening makes functions mark that they run.
var Listening bool

var marks [64]atomic.Uint64

// Mark records that a function runs.
func Mark(function int) { marks[function/64].Or(1 << (function % 64)) }

// Forget clears the marks.
func Forget() {
	for i := range marks {
		marks[i].Store(0)
	}
}

// Reached returns the marks as a set of bits.
func Reached() []uint64 {
	set := make([]uint64, len(marks))
	for i := range marks {
		set[i] = marks[i].Load()
	}
	return set
}
