// Package trial puts mutants to the test, one by one, in processes of their own, and adds up who noticed what.
//
// It relies on a binary in which one mutant at a time can be in force, and on what package properties says of one. It promises that
// a mutant which hangs, crashes or eats memory ends its own process and no other, that an interrupted run goes on
// where it stopped, and that outcomes do not depend on the number of processes.
package trial

import "github.com/trueweight/trueweight/properties"

// A Mutant is one change of one place in a source file.
type Mutant struct {
	ID       int    // from 1, of the binary that holds it
	Key      string // the same in every binary
	Function int    // the number of the function that it is in; properties.AnyFunction for what is chosen at the start of a process
	Group    string // package
	Operator string
	Place    string // file:line
	Change   string // what it was and what it became
}

// AtStart reports whether the mutant must be chosen before its process starts.
func (m *Mutant) AtStart() bool { return m.Function == properties.AnyFunction }

// An Errand asks a process to judge a mutant: against the baseline or, beyond it, by a search.
type Errand struct {
	Mutant   int  `json:"mutant"`
	Function int  `json:"function"`
	Search   bool `json:"search,omitempty"`
}

// An Answer is what became of a mutant.
type Answer struct {
	Mutant  int  `json:"mutant,omitempty"`
	Reached bool `json:"reached"` // something ran the changed code
	properties.Noticed

	// Ended is how the process ended over the mutant, if it did: by a hang, a crash or hunger for memory. Column is who asked
	// then, and Doing what.
	Ended  string `json:"ended,omitempty"`
	Column string `json:"column,omitempty"`
	Doing  string `json:"doing,omitempty"`
}

func newAnswer(mutant int) *Answer {
	return &Answer{Mutant: mutant, Noticed: properties.Noticed{Asked: map[string]uint64{}, By: map[string]properties.Notice{}}}
}

// How a process can end over a mutant.
const (
	Hang   = "hang"
	Crash  = "crash"
	Memory = "memory"
)

// Killed reports whether somebody noticed.
func (a *Answer) Killed() bool { return len(a.By) > 0 || a.Ended != "" }

// noticedBy reports whether a column noticed: one of its claims is violated, or it asked when the process ended.
func (a *Answer) noticedBy(column string) bool {
	_, noticed := a.By[column]
	return noticed || a.Ended != "" && a.Column == column
}
