// Package selected is what code with mutants in it asks: which mutant, if any, this process is to be.
//
// It relies on the environment variable TRUEWEIGHT_MUTANT, read once, before any package that imports this one is
// initialised. It promises that nothing is selected when the variable is unset, empty or 0, and that a process with a
// value it does not understand ends at once, with exit code 2.
package selected

import (
	"fmt"
	"os"
	"strconv"
	"sync/atomic"

	"github.com/holiman/uint256"
)

// Variable is the environment variable that names the mutant: a decimal number, the mutant's ID.
const Variable = "TRUEWEIGHT_MUTANT"

// ID is the selected mutant, and 0 for the code as it is. Who judges many mutants of functions in one process sets it
// between them, while nothing else runs; a mutant of a variable is chosen before the process starts, and not later.
var ID = read(os.Getenv(Variable))

func read(value string) int {
	if value == "" {
		return 0
	}
	id, err := strconv.Atoi(value)
	if err != nil || id < 0 {
		fmt.Fprintf(os.Stderr, "%s=%q is no mutant: it must be the number of one, or 0 for the code as it is\n", Variable, value)
		os.Exit(2)
	}
	return id
}

var reached atomic.Bool

// Reached reports whether the declaration that the selected mutant changes has been executed: its function called, or
// its variable initialised. A mutant that was never reached was not survived.
func Reached() bool { return reached.Load() }

// In reports whether the selected mutant is one of first to last, and remembers that it was reached.
func In(first, last int) bool {
	if Listening {
		mark(first)
	}
	if ID < first || ID > last {
		return false
	}
	if !reached.Load() {
		reached.Store(true)
	}
	return true
}

// Pick returns the value of the selected mutant where that is one of these, numbered from first, and else the original's.
func Pick[T any](original func() T, first int, mutants ...func() T) T {
	if In(first, first+len(mutants)-1) {
		return mutants[ID-first]()
	}
	return original()
}

// OneMore returns x + 1 modulo 2²⁵⁶.
func OneMore(x uint256.Int) uint256.Int { return *x.AddUint64(&x, 1) }

// OneLess returns x − 1 modulo 2²⁵⁶.
func OneLess(x uint256.Int) uint256.Int { return *x.SubUint64(&x, 1) }

// OneMoreOr returns x + 1 modulo 2²⁵⁶, unless there is an error.
func OneMoreOr(x uint256.Int, err error) (uint256.Int, error) {
	if err != nil {
		return x, err
	}
	return OneMore(x), nil
}

// OneLessOr returns x − 1 modulo 2²⁵⁶, unless there is an error.
func OneLessOr(x uint256.Int, err error) (uint256.Int, error) {
	if err != nil {
		return x, err
	}
	return OneLess(x), nil
}
