package domain

import (
	"cmp"
	"slices"
	"strings"

	"github.com/holiman/uint256"
)

// What is simple. Of two cases that ask different questions exactly one is simpler: the first of these decides.
//
//   - a real pool could ask it;
//   - it has fewer steps; fewer items in its lists: tokens;
//   - more of its lists of weights are equal weights;
//   - its numbers have fewer significant digits in all (0 has none; of a fixed-point number, 1 and ½ have one);
//   - its numbers are shorter in all;
//   - its first numbers are less.

// simplicity is all but the last of these; less is simpler.
type simplicity [6]int

func simplicityOf(c Case) simplicity {
	var s simplicity
	if !c.PoolValid() {
		s[0] = 1
	}
	for _, f := range c.fields() {
		s.add(f)
	}
	return s
}

func (s *simplicity) add(f field) {
	switch {
	case f.num != nil:
		s.number(f, f.num)
	case f.list != nil:
		s[2] += len(*f.list)
		if f.weights() && !slices.Equal(*f.list, equalWeights(len(*f.list))) {
			s[3]++
		}
		for i := range *f.list {
			s.number(f, &(*f.list)[i])
		}
	case f.steps != nil:
		s[1] += len(*f.steps)
		for i := range *f.steps {
			for _, g := range (*f.steps)[i].fields() {
				s.add(g)
			}
		}
	case f.names != nil: // what is done, or who does it: none is simpler
	case f.small != nil:
		s.number(f, uint256.NewInt(uint64(*f.small)))
	case *f.flag:
		s[4]++
	}
}

func (s *simplicity) number(f field, z *uint256.Int) {
	digits, length := effort(f, z)
	s[4] += digits
	s[5] += length
}

// effort returns how many significant digits a number takes to write, and how long it is. In fixed point 1 and ½ are
// short, and come before 10⁻¹⁸.
func effort(f field, z *uint256.Int) (digits, length int) {
	text := strings.TrimPrefix(f.decimal(z), "-")
	significant := len(strings.TrimRight(text, "0"))
	switch {
	case z.IsZero():
		return 0, 0
	case f.unit != fixed:
		return significant, len(text)
	case text == uint256.NewInt(One).Dec():
		return 1, 1
	case text == uint256.NewInt(One/2).Dec():
		return 1, 2
	}
	return significant, len(text) + 2
}

// weights reports whether the field lists the weights of a pool's tokens.
func (f field) weights() bool {
	return f.list != nil && f.unit == fixed && strings.HasSuffix(strings.ToLower(f.name), "weights")
}

// simpler reports whether a is simpler than b, of the same kind.
func simpler(a, b Case) bool { return simplerThan(a, b, simplicityOf(b)) }

// simplerThan is simpler, where the simplicity of b is known.
func simplerThan(a, b Case, sb simplicity) bool {
	sa := simplicityOf(a)
	if c := slices.Compare(sa[:], sb[:]); c != 0 {
		return c < 0
	}
	return slices.CompareFunc(slots(a), slots(b), func(x, y slot) int { return x.compare(y) }) < 0
}

// A slot is a place in a case that holds one number, small number or flag; it reaches into the case.
type slot struct {
	field
	num *uint256.Int // for a list's, its item
}

// slots lists a case's numbers, in the order of its fields.
func slots(c Case) []slot { return appendSlots(nil, c.fields()) }

func appendSlots(list []slot, fields []field) []slot {
	for _, f := range fields {
		switch {
		case f.list != nil:
			for i := range *f.list {
				list = append(list, slot{f, &(*f.list)[i]})
			}
		case f.steps != nil:
			for i := range *f.steps {
				list = appendSlots(list, (*f.steps)[i].fields())
			}
		default:
			list = append(list, slot{f, f.num})
		}
	}
	return list
}

// value returns what a slot holds as a number: of a flag 0 or 1.
func (s slot) value() uint256.Int {
	switch {
	case s.num != nil:
		return *s.num
	case s.small != nil:
		return u(uint64(*s.small))
	case *s.flag:
		return u(1)
	}
	return u(0)
}

func (s slot) set(z uint256.Int) {
	switch {
	case s.num != nil:
		*s.num = z
	case s.small != nil:
		*s.small = uint8(z.Uint64())
	default:
		*s.flag = !z.IsZero()
	}
}

func (s slot) compare(t slot) int {
	x, y := s.value(), t.value()
	if s.signed && x.Sign()*y.Sign() < 0 { // a positive number is simpler
		return -cmp.Compare(x.Sign(), y.Sign())
	}
	if s.signed && x.Sign() < 0 {
		x.Neg(&x)
		y.Neg(&y)
	}
	return x.Cmp(&y)
}
