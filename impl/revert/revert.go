// Package revert is the vocabulary of failure of the weighted-pool arithmetic.
//
// The two deployed systems compute the same values and name their failures
// differently: v2 has codes (BAL#003), v3 has named errors and panics
// (Panic(0x11)). One Error carries both names of one cause, so the arithmetic
// is written once, without asking which rules apply. Where v2 and v3 test two
// causes in a different order there is one Error for the pair.
//
// It relies on uint256 for the arguments that some failures carry. It promises
// that every Error is immutable and safe to share, and that returning one of
// the package's variables allocates nothing.
package revert

import (
	"slices"

	"github.com/holiman/uint256"
)

// Error is a failed computation, named as each version of the contracts names it.
type Error struct {
	kind   Kind
	v2, v3 string
	cause  string
	args   []uint256.Int
}

// Kind returns the cause, comparable across versions.
func (e *Error) Kind() Kind { return e.kind }

// V2 returns v2's name for the failure, such as "BAL#003" or "INVALID"; it is
// "" when nothing in v2 can fail so.
func (e *Error) V2() string { return e.v2 }

// V3 returns v3's name for the failure: an error's name, or a panic's code such
// as "Panic(0x11)"; it is "" when nothing in v3 can fail so.
func (e *Error) V3() string { return e.v3 }

// Args returns a copy of the values that the failure carries, in the order of
// the contract's error, and nil when it carries none.
func (e *Error) Args() []uint256.Int { return slices.Clone(e.args) }

// Error returns the names, v2's first, and the cause as a sentence; a name that
// both versions share is said once.
func (e *Error) Error() string {
	names := e.v2 + " | " + e.v3
	switch {
	case e.v2 == "" || e.v2 == e.v3:
		names = e.v3
	case e.v3 == "":
		names = e.v2
	}
	return names + ": " + e.cause
}
