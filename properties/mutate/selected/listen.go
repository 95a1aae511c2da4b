package selected

import (
	"slices"
	"sync"
)

// Listening makes every function with mutants mark that it runs. It is set before any of them does.
var Listening bool

var (
	mu    sync.Mutex
	marks []uint16
)

// mark remembers a function by its first mutant.
func mark(first int) {
	mu.Lock()
	if at, found := slices.BinarySearch(marks, uint16(first)); !found {
		marks = slices.Insert(marks, at, uint16(first))
	}
	mu.Unlock()
}

// Forget clears the marks.
func Forget() {
	mu.Lock()
	marks = nil
	mu.Unlock()
}

// Marked returns the functions that ran since Forget, each by its first mutant, in order.
func Marked() []uint16 {
	mu.Lock()
	defer mu.Unlock()
	return slices.Clone(marks)
}
