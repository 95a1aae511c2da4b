// Package properties holds the claims about weighted-pool math and the
// machinery that judges them.
//
// A claim is judged on one case at a time, on a subject: anything that can be
// asked for the operations of a weighted pool. The verdict on a case is a proof,
// not a tolerance: what the subject answered is compared with an enclosure of the exact
// real value, at rising precision until the comparison is decided, and exact ties by algebra.
//
// Check your own implementation with Verify in a test and Fuzz in a fuzz target:
//
//	func TestWeightedMath(t *testing.T) { properties.Verify(t, myMath{}, "SW", "IN") }
//	func FuzzSwap(f *testing.F)         { properties.Fuzz(f, myMath{}, "SW") }
//
// where myMath has methods named and typed as in FixedPoint, LogExp, Weighted, Pool,
// LiquidityV2, LiquidityV3, Scaling, Weights, GradualWeights and PoolMaker; any subset will do.
package properties

import (
	"fmt"
	"slices"
	"strings"

	"github.com/trueweight/trueweight/properties/domain"
)

// A Property is a claim with an identity.
type Property struct {
	ID         string // never changes meaning
	Claim      string // in one sentence
	Inequality string // the same as a formula
	T          string // the exact value that is compared with
	Source     string // where the claim comes from
	Margin     MarginKind
	Kinds      []domain.Kind // the cases it is judged on
	Needs      []string      // the subject's operations it asks, by method name

	// Versions are lists of operations, v2's and v3's, that it asks besides: a subject that has one list whole is judged by it.
	Versions [][]string

	// ImpliedBy names the claim this one follows from, for claims that no
	// planted bug can break alone.
	ImpliedBy string

	// Proof is where the inequality is derived for every input, of SPEC's algorithm: a file of this package and the place in it. It is
	// empty where the claim rests on the cases it was judged on.
	Proof string

	vectors  bool // it is judged on the vectors of the corpus, not on generated cases
	eachSwap bool // of a batch in a script each swap is judged alone

	// cases are the operations of a script that the claim is about; nil for all.
	cases func(*moment) bool

	check func(*Judge, *Subject, domain.Case) Verdict
}

// Family returns the part of the ID before the dash.
func (p *Property) Family() string {
	family, _, _ := strings.Cut(p.ID, "-")
	return family
}

// Standing says what a claim rests on, besides the cases it was judged on: "proven", "inherited" from the claim it follows from, or
// "tested" where there is nothing besides.
func (p *Property) Standing() string {
	switch {
	case p.Proof != "":
		return "proven"
	case p.ImpliedBy != "":
		return "inherited"
	}
	return "tested"
}

// AppliesTo reports whether a subject has every operation the claim asks.
func (p *Property) AppliesTo(s *Subject) bool {
	return s.hasAll(p.Needs) && (p.Versions == nil || slices.ContainsFunc(p.Versions, s.hasAll))
}

// families are the claims, by family, in the order of reports.
var families = [][]*Property{bx, fp, le, in, sw, je, fe, sc, wt, st, ec}

// All lists every claim in the order of reports.
func All() []*Property { return slices.Concat(families...) }

// Families lists the names of the families of claims.
func Families() []string {
	names := make([]string, len(families))
	for i, f := range families {
		names[i] = f[0].Family()
	}
	return names
}

// ByID returns the claim with an ID.
func ByID(id string) (*Property, error) {
	for _, p := range All() {
		if p.ID == id {
			return p, nil
		}
	}
	return nil, fmt.Errorf("no claim has the ID %q", id)
}

// Select returns the claims of the named families, or the claims named by ID, in the order
// of reports; all of them for no names.
func Select(names ...string) ([]*Property, error) {
	if len(names) == 0 {
		return All(), nil
	}
	var list []*Property
	used := make([]bool, len(names))
	for _, p := range All() {
		for i, name := range names {
			if name == p.ID || name == p.Family() {
				used[i] = true
				if !slices.Contains(list, p) {
					list = append(list, p)
				}
			}
		}
	}
	for i, name := range names {
		if !used[i] {
			return nil, fmt.Errorf("%q is neither a family (%s) nor the ID of a claim", name, strings.Join(Families(), ", "))
		}
	}
	return list, nil
}
