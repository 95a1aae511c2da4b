package liquidity

import (
	"testing"

	"github.com/holiman/uint256"

	"github.com/trueweight/trueweight/impl/revert"
)

// A destination is the caller's own: of the length asked for, and apart from all that is read, be it a single item.
func TestADestinationIsApartFromWhatIsRead(t *testing.T) {
	memory := make([]uint256.Int, 4)
	for _, row := range []struct {
		what        string
		destination []uint256.Int
		n           int
		read        []uint256.Int
		apart       bool
	}{
		{"the same item", memory[:1], 1, memory[:1], false},
		{"its end is read", memory[:2], 2, memory[1:3], false},
		{"its begin is read", memory[1:3], 2, memory[:2], false},
		{"an item inside what is read", memory[2:3], 1, memory, false},
		{"what is read is inside it", memory, 4, memory[3:], false},
		{"what is asked for ends before", memory, 2, memory[2:], true},
		{"beside it", memory[:2], 2, memory[2:], true},
		{"nothing is read", memory, 4, nil, true},
		{"too short", memory[:1], 2, nil, false},
	} {
		got, err := own(row.destination, row.n, row.read)
		switch {
		case row.apart && (err != nil || len(got) != row.n):
			t.Errorf("%s: %d items, %v", row.what, len(got), err)
		case !row.apart && err != error(revert.ErrArrayIndex):
			t.Errorf("%s: %v, want %v", row.what, err, revert.ErrArrayIndex)
		}
	}
}
