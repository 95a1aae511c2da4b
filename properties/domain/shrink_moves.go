package domain

import (
	"iter"
	"slices"
	"strings"

	"github.com/holiman/uint256"
)

// structure lists cases with fewer steps, fewer tokens or equal weights.
func structure(c Case) iter.Seq[Case] {
	return func(yield func(Case) bool) {
		if parts, ok := c.(interface{ simpler() []Case }); ok {
			for _, d := range parts.simpler() {
				if !yield(d) {
					return
				}
			}
			return
		}
		for d := range fewerTokens(c) {
			if e := withEqualWeights(d); !yield(e) || !yield(d) {
				return
			}
		}
		yield(withEqualWeights(c))
	}
}

// fewerTokens drops tokens from every list as long as the longest: all but two, then each alone. What points to a
// token beyond the last points to the last then.
func fewerTokens(c Case) iter.Seq[Case] {
	longest := 0
	for _, f := range c.fields() {
		if f.list != nil {
			longest = max(longest, len(*f.list))
		}
	}
	drop := func(from, to int) Case {
		d := Clone(c)
		for _, f := range d.fields() {
			switch {
			case f.list != nil && len(*f.list) == longest:
				*f.list = slices.Delete(*f.list, from, to)
			case f.small != nil && (f.name == "token" || strings.HasPrefix(f.name, "index")):
				if int(*f.small) >= to {
					*f.small -= uint8(to - from)
				}
				*f.small = min(*f.small, uint8(max(longest-to+from, 1)-1))
			}
		}
		return d
	}
	return func(yield func(Case) bool) {
		for n := longest - 2; n >= 1; n /= 2 { // n in a row, from the end
			for to := longest; to-n >= 0; to -= n {
				if !yield(drop(to-n, to)) {
					return
				}
			}
		}
		for token := range longest {
			if !yield(drop(token, token+1)) {
				return
			}
		}
	}
}

// withEqualWeights returns c with equal weights: of all tokens, or of the two of a swap.
func withEqualWeights(c Case) Case { return withWeights(c, equalWeights) }

// withWeights returns c with the weights that pools of n tokens get.
func withWeights(c Case, weights func(n int) []uint256.Int) Case {
	d := Clone(c)
	for _, f := range d.fields() {
		switch {
		case f.weights():
			*f.list = weights(len(*f.list))
		case f.num != nil && f.name == "weightIn":
			*f.num = weights(2)[0]
		case f.num != nil && f.name == "weightOut":
			*f.num = weights(2)[1]
		}
	}
	return d
}

// simplerNumbers lists values simpler than a slot's own, from the simplest upwards: 0, in fixed point 1 and ½, then
// round numbers, then its own first digits, rounded down and up, and one less in its last digit.
func simplerNumbers(s slot) []uint256.Int {
	z, negative := s.value(), false
	if s.signed && z.Sign() < 0 {
		negative = true
		z.Neg(&z)
	}
	if s.num == nil { // small: all there are
		var list []uint256.Int
		for n := range z.Uint64() {
			list = append(list, u(n))
		}
		return list
	}
	list := []uint256.Int{u(0)}
	if s.unit == fixed {
		list = append(list, u(One), u(One/2))
	}
	list = append(list, roundNumbers(z)...)
	for _, digits := range []int{1, 2, 3, 4, 6, 8, 12, 16, 24} {
		down := leading(z, digits)
		if down == z {
			break
		}
		var up, unit uint256.Int
		unit.Exp(uint256.NewInt(10), uint256.NewInt(uint64(len(z.Dec())-digits)))
		if _, over := up.AddOverflow(&down, &unit); !over {
			list = append(list, up)
		}
		list = append(list, down)
	}
	list = append(list, lessInLastDigit(z))
	if !negative {
		return list
	}
	positive := append(slices.Clone(list), z)
	for i := range list {
		list[i].Neg(&list[i])
	}
	return append(positive, list...)
}

// roundNumbers lists the numbers of one digit and zeros up to the length of z: every digit of the shortest and of the
// longest two, and 1, 2 and 5 between.
func roundNumbers(z uint256.Int) (list []uint256.Int) {
	length := len(z.Dec())
	power := u(1)
	for n := 1; n <= length && n < 78; n++ {
		for digit := uint64(1); digit <= 9; digit++ {
			if n > 1 && n < length-1 && digit != 1 && digit != 2 && digit != 5 {
				continue
			}
			list = append(list, *new(uint256.Int).Mul(&power, uint256.NewInt(digit)))
		}
		power.Mul(&power, uint256.NewInt(10))
	}
	return list
}

// lessInLastDigit returns z with its last digit that is not zero one less.
func lessInLastDigit(z uint256.Int) uint256.Int {
	d := []byte(z.Dec())
	for i := len(d) - 1; i >= 0; i-- {
		if d[i] != '0' {
			d[i]--
			break
		}
	}
	return dec(string(d))
}

// leading returns z with all but its first n decimal digits zero.
func leading(z uint256.Int, n int) uint256.Int {
	d := []byte(z.Dec())
	for i := n; i < len(d); i++ {
		d[i] = '0'
	}
	return dec(string(d))
}

// pairsUpTo bounds the numbers of a case of which every two are moved together.
const pairsUpTo = 10

// together lists cases that differ in several numbers: amounts all so many digits shorter, all rounded; and, where there are
// few, every two of them small.
func together(c Case) iter.Seq[Case] {
	return func(yield func(Case) bool) {
		for d := range shorterAmounts(c) {
			if !yield(d) {
				return
			}
		}
		list := slots(c)
		if len(list) > pairsUpTo {
			return
		}
		for i := range list {
			for j := range i {
				for _, x := range smallFor(list[i]) {
					for _, y := range smallFor(list[j]) {
						if !yield(with(with(c, i, x), j, y)) {
							return
						}
					}
				}
			}
		}
	}
}

// shorterAmounts divides every number that is no fixed-point number by a power of ten, leaving at least 1, and rounds every number.
func shorterAmounts(c Case) iter.Seq[Case] {
	edit := func(change func(slot, *uint256.Int)) Case {
		d := Clone(c)
		for _, s := range slots(d) {
			if s.num != nil && !s.signed {
				change(s, s.num)
			}
		}
		return d
	}
	return func(yield func(Case) bool) {
		for digits := 36; digits >= 1; digits-- {
			ten := new(uint256.Int).Exp(uint256.NewInt(10), uint256.NewInt(uint64(digits)))
			if !yield(edit(func(s slot, z *uint256.Int) {
				if s.unit != fixed && !z.IsZero() {
					if z.Div(z, ten); z.IsZero() { // what there is stays
						z.SetOne()
					}
				}
			})) {
				return
			}
		}
		for _, digits := range []int{1, 2, 4, 8} {
			if !yield(edit(func(_ slot, z *uint256.Int) { *z = leading(*z, digits) })) {
				return
			}
		}
	}
}

// smallFor lists the simplest values that a slot may hold.
func smallFor(s slot) []uint256.Int {
	switch {
	case s.names != nil:
		return []uint256.Int{s.value()}
	case s.small != nil && s.max == 18: // decimals
		return []uint256.Int{u(0), u(6), u(18)}
	case s.num == nil:
		return []uint256.Int{u(0), u(1)}
	case s.unit == fixed:
		return []uint256.Int{u(0), u(One), u(One / 2), u(2 * One), u(1)}
	}
	return []uint256.Int{u(0), u(1), u(2), u(3), u(10), u(1000), u(One)}
}
