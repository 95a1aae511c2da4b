package domain

import (
	"slices"

	"github.com/holiman/uint256"
)

// Shrink simplifies a case for as long as fails stays true of it, and returns
// the simplest it found: fewer steps and tokens of a script, fields at zero or ONE, shorter lists, then fewer
// digits. It makes at most budget calls of fails, and is deterministic.
func Shrink(c Case, budget int, fails func(Case) bool) Case {
	best := Clone(c)
	best.setClass("")
	for again := true; again; {
		again = false
		if parts, ok := best.(interface{ simpler() []Case }); ok {
			for list := parts.simpler(); len(list) > 0; {
				if budget--; budget < 0 {
					return best
				}
				if next := list[0]; fails(next) {
					best, again = next, true
					list = next.(interface{ simpler() []Case }).simpler()
				} else {
					list = list[1:]
				}
			}
		}
		for i := range best.fields() {
			for step := 0; ; step++ {
				next, ok := simpler(best, i, step)
				if !ok {
					break
				}
				if budget--; budget < 0 {
					return best
				}
				if fails(next) {
					best, again, step = next, true, -1
				}
			}
		}
	}
	return best
}

// simpler returns candidate number step for field i of c, and false when there are no more.
func simpler(c Case, i, step int) (Case, bool) {
	f := c.fields()[i]
	switch {
	case f.num != nil:
		z, ok := simplerNumber(*f.num, f.signed, step)
		if !ok {
			return nil, false
		}
		d := Clone(c)
		*d.fields()[i].num = z
		return d, true
	case f.list != nil:
		return simplerList(c, i, step)
	case f.steps != nil:
		return simplerStep(c, i, step)
	case step > 0 || f.zero():
		return nil, false
	default:
		d := Clone(c)
		g := d.fields()[i]
		if g.small != nil {
			*g.small = 0
		} else {
			*g.flag = false
		}
		return d, true
	}
}

// simplerList drops a token from every list as long as the field's own, then simplifies items.
func simplerList(c Case, i, step int) (Case, bool) {
	list := *c.fields()[i].list
	if step < len(list) {
		d := Clone(c)
		for _, g := range d.fields() {
			if g.list != nil && len(*g.list) == len(list) {
				*g.list = append((*g.list)[:step], (*g.list)[step+1:]...)
			}
		}
		return d, true
	}
	step -= len(list)
	for j := range list {
		for k := 0; ; k, step = k+1, step-1 {
			z, ok := simplerNumber(list[j], false, k)
			if !ok {
				break
			}
			if step == 0 {
				d := Clone(c)
				(*d.fields()[i].list)[j] = z
				return d, true
			}
		}
	}
	return nil, false
}

// simplerStep simplifies one value of one step.
func simplerStep(c Case, i, step int) (Case, bool) {
	for j := range *c.fields()[i].steps {
		for k, f := range (*c.fields()[i].steps)[j].fields() {
			for n := 0; ; n, step = n+1, step-1 {
				next, ok := simplerValue(f, n)
				if !ok {
					break
				}
				if step == 0 {
					d := Clone(c)
					(*d.fields()[i].steps)[j].fields()[k].copyFrom(next)
					return d, true
				}
			}
		}
	}
	return nil, false
}

// simplerValue returns candidate n for the value of a step's field; what is done stays.
func simplerValue(f field, n int) (field, bool) {
	switch {
	case f.num != nil:
		z, ok := simplerNumber(*f.num, false, n)
		return field{num: &z}, ok
	case f.list != nil:
		if n == 0 && len(*f.list) > 0 {
			return field{list: new([]uint256.Int)}, true
		}
		for j, z := range *f.list {
			for k := 0; ; k++ {
				z, ok := simplerNumber(z, false, k)
				if !ok {
					break
				}
				if n--; n == 0 {
					list := slices.Clone(*f.list)
					list[j] = z
					return field{list: &list}, true
				}
			}
		}
		return field{}, false
	case f.names != nil || n > 0 || f.zero():
		return field{}, false
	case f.small != nil:
		return field{small: new(uint8)}, true
	default:
		return field{flag: new(bool)}, true
	}
}

// simplerNumber returns candidate k for z: 0, 1, ONE, ½, then z with all but
// its first 1, 2, 4, 8, 16 digits zero, half of z, and z − 1. Each is strictly
// simpler than z (closer to the front of that list, or smaller), so that shrinking ends.
func simplerNumber(z uint256.Int, negatives bool, k int) (uint256.Int, bool) {
	if negatives && z.Sign() < 0 {
		z.Neg(&z)
		m, ok := simplerNumber(z, false, k)
		m.Neg(&m)
		return m, ok
	}
	round := []uint256.Int{u(0), u(1), u(One), u(One / 2)}
	var list []uint256.Int
	for _, r := range round {
		if r == z {
			break
		}
		list = append(list, r)
	}
	if len(list) == len(round) {
		for _, digits := range []int{1, 2, 4, 8, 16} {
			if r := leading(z, digits); r != z {
				list = append(list, r)
			}
		}
		half := z
		half.Rsh(&half, 1)
		list = append(list, half, minus(z, 1))
	}
	if k >= len(list) {
		return z, false
	}
	return list[k], true
}

// leading returns z with all but its first n decimal digits zero.
func leading(z uint256.Int, n int) uint256.Int {
	d := []byte(z.Dec())
	for i := n; i < len(d); i++ {
		d[i] = '0'
	}
	return dec(string(d))
}
