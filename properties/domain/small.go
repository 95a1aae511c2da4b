package domain

import (
	"slices"
	"sync"

	"github.com/holiman/uint256"
)

// smallCasesPerKind is how many small cases are drawn of a kind.
const smallCasesPerKind = 600

// smallCases lists small cases of a kind from the simplest upwards: drawn as cases are, but of two tokens of weights
// 50/50, 1/99 or 80/20, and of few round numbers. Scripts and markets have too many parts to be met by chance, and have none.
func smallCases(k Kind) []Case {
	smallOnce.Lock()
	defer smallOnce.Unlock()
	if list, ok := smallOf[k]; ok {
		return list
	}
	var list []Case
	if k != KindSequence && k != KindMarket {
		for i := range uint64(smallCasesPerKind) {
			list = append(list, smallCase(k, Stream(0, "small", i)))
		}
	}
	slices.SortStableFunc(list, func(a, b Case) int {
		switch {
		case simpler(a, b):
			return -1
		case simpler(b, a):
			return 1
		}
		return 0
	})
	smallOf[k] = slices.CompactFunc(list, Equal)
	return smallOf[k]
}

var (
	smallOnce sync.Mutex
	smallOf   = map[Kind][]Case{}
)

func smallCase(k Kind, s Source) Case {
	info, err := lookup(k)
	if err != nil {
		panic(err)
	}
	c := info.new()
	for _, f := range c.fields() {
		if f.list != nil {
			*f.list = make([]uint256.Int, 2)
		}
	}
	for _, t := range slots(c) {
		t.set(oneOf(s, smallValues(t)))
	}
	first := oneOf(s, []uint256.Int{u(One / 2), u(One / 2), u(One / 100), u(One / 5), u(One / 5 * 4), u(One / 100 * 99)})
	return withWeights(c, func(n int) []uint256.Int {
		if n != 2 {
			return equalWeights(n)
		}
		return []uint256.Int{first, *new(uint256.Int).Sub(uint256.NewInt(One), &first)}
	})
}

// smallValues lists what a slot of a small case may hold.
func smallValues(s slot) []uint256.Int {
	switch {
	case s.names != nil, s.num == nil && s.small == nil:
		return []uint256.Int{u(0), u(1)}
	case s.small != nil && s.max == 18: // decimals
		return []uint256.Int{u(0), u(6), u(18), u(18)}
	case s.small != nil:
		return []uint256.Int{u(0), u(0), u(1)}
	case s.unit == fixed:
		return []uint256.Int{u(0), u(One), u(One), u(One / 2), u(2 * One), u(One / 10), u(3 * One / 10), u(1)}
	}
	return []uint256.Int{u(0), u(1), u(2), u(3), u(5), u(10), u(100), u(1000), u(1000000), u(One), dec("1000000000000000000000")}
}
