package selected

import (
	"errors"
	"testing"

	"github.com/holiman/uint256"
)

// as makes the process a mutant that was not reached, for one test.
func as(t *testing.T, id int) {
	ID = id
	reached.Store(false)
	t.Cleanup(func() { ID = 0; reached.Store(false) })
}

func TestAMutantIsReachedWhereItIsAndNowhereElse(t *testing.T) {
	as(t, 5)
	if In(1, 4) || In(6, 9) || Reached() {
		t.Error("mutant 5 is not in 1 to 4 or 6 to 9")
	}
	for _, ends := range [][2]int{{5, 5}, {1, 5}, {5, 9}} {
		reached.Store(false)
		if !In(ends[0], ends[1]) || !Reached() {
			t.Errorf("mutant 5 is in %d to %d", ends[0], ends[1])
		}
	}
}

func TestNothingIsSelectedByDefault(t *testing.T) {
	if ID != 0 || read("") != 0 || read("0") != 0 || read("17") != 17 {
		t.Errorf("ID = %d, want none; \"17\" is mutant %d", ID, read("17"))
	}
}

func TestPickTakesTheSelectedValueOnly(t *testing.T) {
	text := func(s string) func() string { return func() string { return s } }
	for id, want := range map[int]string{0: "original", 6: "original", 7: "a", 8: "b", 9: "original"} {
		as(t, id)
		if got := Pick(text("original"), 7, text("a"), text("b")); got != want {
			t.Errorf("mutant %d picks %s, want %s", id, got, want)
		}
	}
}

func TestOneMoreAndOneLessAreModular(t *testing.T) {
	zero, most := uint256.Int{}, *new(uint256.Int).SetAllOne()
	if OneMore(most) != zero || OneLess(zero) != most || OneMore(zero) != (uint256.Int{1}) {
		t.Error("(2²⁵⁶−1)+1 is 0, 0−1 is 2²⁵⁶−1, 0+1 is 1")
	}
	failure := errors.New("failure")
	if z, err := OneMoreOr(zero, failure); z != zero || err != failure {
		t.Error("a failure is passed on as it is")
	}
	if z, err := OneLessOr(uint256.Int{2}, nil); z != (uint256.Int{1}) || err != nil {
		t.Error("2−1 is 1")
	}
}
