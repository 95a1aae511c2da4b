package selected

import (
	"fmt"
	"os"
	"slices"
	"sync"
)

// Listening makes every function with mutants mark that it runs. It is set before any of them does.
var Listening = reach != nil

var (
	mu    sync.Mutex
	marks []uint16
)

// mark remembers a function by its first mutant.
func mark(first int) {
	mu.Lock()
	if at, found := slices.BinarySearch(marks, uint16(first)); !found {
		marks = slices.Insert(marks, at, uint16(first))
		if reach != nil {
			fmt.Fprintln(reach, first)
		}
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

// Reach is the environment variable that names a file for the functions that run, each by its first mutant on a line of its own.
const Reach = "TRUEWEIGHT_REACH"

var reach = openReach(os.Getenv(Reach))

func openReach(name string) *os.File {
	if name == "" {
		return nil
	}
	file, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o644)
	if err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n", Reach, err)
		os.Exit(2)
	}
	return file
}
