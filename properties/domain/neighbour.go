package domain

import (
	"slices"
	"strings"

	"github.com/holiman/uint256"
)

// Neighbour returns a case beside c, for a search that starts from c: one value changed or a few, by a little (a wei, a
// digit, a low bit), to somewhere that matters (a round number, a boundary, another of the case's numbers), or to
// what mate has in its place. It is of c's kind and has c's class, the corner where the search began; mate may be of any
// kind, and only one of c's own kind gives anything. Neither is changed.
func Neighbour(c, mate Case, s Source) Case {
	d := c.empty()
	d.setClass(c.Class())
	fields := d.fields()
	for i, f := range c.fields() {
		fields[i].copyFrom(f)
	}
	var others []field
	if s.Choose(2) == 0 && mate.Kind() == c.Kind() {
		if others = mate.fields(); s.Choose(8) == 0 {
			cross(s, fields, others)
		}
	}
	for again := true; again; again = s.Choose(3) == 0 {
		if t, ok := d.(interface{ dropToken(int) }); ok && tokensOf(d) > 2 && s.Choose(32) == 0 {
			t.dropToken(s.Choose(tokensOf(d)))
			continue
		}
		changeOne(s, fields, others)
	}
	return d
}

// cross takes each field of the mate's or leaves it, with equal chance.
func cross(s Source, fields, others []field) {
	for i, other := range others {
		if s.Choose(2) == 0 {
			fields[i].copyFrom(other)
		}
	}
}

// tokensOf returns the number of weights of a case that has tokens to drop.
func tokensOf(c Case) int {
	switch c := c.(type) {
	case *Sequence:
		return len(c.Weights)
	case *Market:
		return len(c.Weights)
	}
	return 0
}

// changeOne changes one of the fields; others are those of the mate, in the same order, or nil. Of a script it is a step
// every other time.
func changeOne(s Source, fields, others []field) {
	i := s.Choose(len(fields))
	if last := len(fields) - 1; fields[last].steps != nil && s.Choose(2) == 0 {
		i = last
	}
	f := fields[i]
	var other *field
	if i < len(others) {
		other = &others[i]
	}
	switch {
	case other != nil && s.Choose(16) == 0:
		f.copyFrom(*other)
	case f.num != nil:
		*f.num = near(s, *f.num, f.signed, anotherNumber(s, fields, others))
	case f.list != nil:
		changeList(s, fields, i, others)
	case f.steps != nil:
		changeSteps(s, f.steps, other)
	case f.small != nil:
		*f.small = nearSmall(s, *f.small, f.max)
	default:
		*f.flag = !*f.flag
	}
}

// near returns a number beside z, or in a place that matters; other is a number of the same case.
func near(s Source, z uint256.Int, signed bool, other uint256.Int) uint256.Int {
	if signed && z.Sign() < 0 {
		z.Neg(&z)
		z = near(s, z, false, other)
		return *z.Neg(&z)
	}
	if signed && s.Choose(16) == 0 {
		return *z.Neg(&z)
	}
	switch s.Choose(9) {
	case 0, 1:
		return around(s, z, 8)
	case 2, 3: // by any share of itself
		return shifted(s, z, logUniform(s, max(1, z.BitLen())))
	case 4:
		return rounded(s, z)
	case 5:
		if s.Choose(2) == 0 {
			return *z.Rsh(&z, 1)
		}
		return mulDiv(z, u(2), u(1))
	case 6:
		return other
	case 7: // other low bits
		mask := pow2(uint(s.Choose(max(1, z.BitLen()))))
		z.Div(&z, &mask)
		low := s.Bits(mask.BitLen() - 1)
		z.Mul(&z, &mask)
		return *z.Add(&z, &low)
	default:
		return atBoundary(s)
	}
}

// shifted returns z + d or z − d, and z where that does not fit.
func shifted(s Source, z, d uint256.Int) uint256.Int {
	var moved uint256.Int
	var overflow bool
	if s.Choose(2) == 0 {
		_, overflow = moved.AddOverflow(&z, &d)
	} else {
		_, overflow = moved.SubOverflow(&z, &d)
	}
	if overflow {
		return z
	}
	return moved
}

// rounded returns z with some of its last decimal digits zero, or the same number a unit of the last digit kept higher, or a wei lower.
func rounded(s Source, z uint256.Int) uint256.Int {
	unit := tenTo(1 + s.Choose(max(1, z.BitLen()*3/10)))
	var rest uint256.Int
	rest.Mod(&z, &unit)
	z.Sub(&z, &rest)
	switch s.Choose(3) {
	case 0:
		if _, overflow := rest.AddOverflow(&z, &unit); !overflow {
			return rest
		}
	case 1:
		if !z.IsZero() {
			return minus(z, 1)
		}
	}
	return z
}

// anotherNumber draws one of the numbers of the fields, or of the mate's.
func anotherNumber(s Source, fields, others []field) uint256.Int {
	if len(others) > 0 && s.Choose(2) == 0 {
		fields = others
	}
	switch f := fields[s.Choose(len(fields))]; {
	case f.num != nil:
		return *f.num
	case f.list != nil && len(*f.list) > 0:
		return oneOf(s, *f.list)
	}
	return u(One)
}

func nearSmall(s Source, n, max uint8) uint8 {
	switch s.Choose(4) {
	case 0:
		return min(n+1, max)
	case 1:
		return n - min(n, 1)
	case 2:
		return uint8(s.Choose(int(min(max, 3)) + 1))
	default:
		return uint8(s.Choose(int(max) + 1))
	}
}

// changeList changes an item of list i, moves a part of one to another, or gives a token more or fewer to all lists that are as long.
func changeList(s Source, fields []field, i int, others []field) {
	list := *fields[i].list
	n := len(list)
	if n == 0 {
		return
	}
	a, b := s.Choose(n), s.Choose(n)
	kind := s.Choose(16)
	switch {
	case kind == 0 && n > 1 || kind == 1 && n < MaxTokens:
		resize(fields, n, a, kind == 1)
	case kind < 4:
		list[a], list[b] = list[b], list[a]
	case kind < 8 || kind < 15 && sumsToOne(fields[i]): // the sum stays
		d := below(s, list[a])
		if s.Choose(2) == 0 {
			d = uint256Min(list[a], logUniform(s, max(1, list[a].BitLen())))
		}
		if _, overflow := d.AddOverflow(&list[b], &d); !overflow && a != b {
			moved := d
			moved.Sub(&d, &list[b])
			list[a].Sub(&list[a], &moved)
			list[b] = d
		}
	case kind == 8:
		list[a] = list[b]
	default:
		list[a] = near(s, list[a], false, anotherNumber(s, fields, others))
	}
}

// sumsToOne reports whether a list is of weights, which mean little unless they sum to ONE.
func sumsToOne(f field) bool { return strings.HasSuffix(strings.ToLower(f.name), "weights") }

func uint256Min(a, b uint256.Int) uint256.Int {
	if b.Lt(&a) {
		return b
	}
	return a
}

// resize drops token k of every list of n, or puts it there twice. The sum of weights stays.
func resize(fields []field, n, k int, twice bool) {
	for _, f := range fields {
		if f.list == nil || len(*f.list) != n {
			continue
		}
		item := (*f.list)[k]
		if twice {
			half := item
			if sumsToOne(f) {
				half.Rsh(&half, 1)
				(*f.list)[k].Sub(&item, &half)
			}
			*f.list = append(*f.list, half)
			continue
		}
		*f.list = slices.Delete(*f.list, k, k+1)
		if sumsToOne(f) {
			(*f.list)[0].Add(&(*f.list)[0], &item)
		}
	}
}

// changeSteps drops a step, repeats one, takes one of the mate, swaps two, or changes one.
func changeSteps(s Source, steps *[]Step, other *field) {
	n := len(*steps)
	var theirs []Step
	if other != nil {
		theirs = *other.steps
	}
	switch kind := s.Choose(12); {
	case n == 0:
		if len(theirs) > 0 {
			*steps = []Step{oneOf(s, theirs).clone()}
		}
	case kind == 0 && n > 1:
		at := s.Choose(n)
		*steps = slices.Delete(*steps, at, at+1)
	case kind == 1 && n < MaxSteps:
		*steps = slices.Insert(*steps, s.Choose(n+1), oneOf(s, *steps).clone())
	case kind == 2 && n < MaxSteps && len(theirs) > 0:
		*steps = slices.Insert(*steps, s.Choose(n+1), oneOf(s, theirs).clone())
	case kind == 3:
		a, b := s.Choose(n), s.Choose(n)
		(*steps)[a], (*steps)[b] = (*steps)[b], (*steps)[a]
	case kind == 4: // what comes later may not matter
		*steps = (*steps)[:1+s.Choose(n)]
	default:
		var fields []field
		if len(theirs) > 0 {
			fields = theirs[s.Choose(len(theirs))].fields()
		}
		changeOne(s, (*steps)[s.Choose(n)].fields(), fields)
	}
}
