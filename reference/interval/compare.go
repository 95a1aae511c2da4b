package interval

import "math/big"

// Truth is the answer of a comparison between reals of which only enclosures are known.
type Truth uint8

const (
	Unknown Truth = iota // the enclosures overlap: a higher precision, or IsOne, may decide
	False                // proved false for all reals enclosed
	True                 // proved true for all reals enclosed
)

func (t Truth) String() string {
	switch t {
	case True:
		return "true"
	case False:
		return "false"
	}
	return "unknown"
}

// LessEq decides x ≤ y.
func (x Interval) LessEq(y Interval) Truth {
	switch {
	case x.Hi().Cmp(y.Lo()) <= 0:
		return True
	case x.Lo().Cmp(y.Hi()) > 0:
		return False
	}
	return Unknown
}

// Less decides x < y: it is false exactly where y ≤ x is true.
func (x Interval) Less(y Interval) Truth {
	switch y.LessEq(x) {
	case True:
		return False
	case False:
		return True
	}
	return Unknown
}

// Floor is ⌊t⌋ for every t in x, or false when it is not the same for all of them.
func Floor(x Interval) (*big.Int, bool) {
	if width(x).Cmp(one) > 0 { // no floors agree, and the ends may be too large to be written down as integers
		return nil, false
	}
	n := floor(x.Lo())
	return n, n.Cmp(floor(x.Hi())) == 0
}

// Ceil is ⌈t⌉ for every t in x, or false when it is not the same for all of them.
func Ceil(x Interval) (*big.Int, bool) {
	n, ok := Floor(Arithmetic{}.Neg(x))
	if !ok {
		return nil, false
	}
	return n.Neg(n), true
}

// floor is ⌊x⌋; x is finite.
func floor(x *big.Float) *big.Int {
	n, accuracy := x.Int(nil)
	if accuracy == big.Above { // Int rounds towards zero
		n.Sub(n, big.NewInt(1))
	}
	return n
}

var one = big.NewFloat(1)
