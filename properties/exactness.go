package properties

import (
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"github.com/trueweight/trueweight/properties/domain"
	"github.com/trueweight/trueweight/reference/exact"
)

// BX · the code is the algorithm: one claim per operation, all made from the table of operations, and
// one about the vectors.

var bx = func() []*Property {
	var list []*Property
	for _, o := range operations {
		list = append(list, o.exactness())
	}
	return append(list, bxVec, bxPool)
}()

// exactness is the claim that an operation is its specification.
func (o *operation) exactness() *Property {
	versions := "v2's and v3's names"
	if len(o.only) > 0 {
		versions = o.only[0].String() + "'s name"
	}
	return &Property{
		ID:         o.exactnessID(),
		Claim:      fmt.Sprintf("%s gives the value of the specification, or fails where and as it does, by %s.", o.name, versions),
		Inequality: o.name + "(x) = exact." + o.name + "(x), value or failure",
		Source:     "SPEC, " + o.source,
		Margin:     NoMargin,
		Kinds:      o.kinds,
		Needs:      []string{o.name},
		check:      func(j *Judge, s *Subject, c domain.Case) Verdict { return o.judge(j, s, c) }, // a literal has a place in the source
	}
}

func (o *operation) exactnessID() string { return "BX-" + strings.ToUpper(o.name) }

// specification is SPEC as a subject, under each version's rules.
var specification = map[exact.Rules]*Subject{exact.V2: Exact(exact.V2), exact.V3: Exact(exact.V3)}

// judge compares a subject's answer with the specification's, under each of the versions the subject is
// judged by. Where both succeed the versions agree in value, so that the second is asked only after a failure.
func (o *operation) judge(_ *Judge, s *Subject, c domain.Case) Verdict {
	rules := s.rules()
	if len(o.only) > 0 {
		rules = o.only
	}
	got := o.ask(s, domain.Clone(c))
	var failed []string
	for _, r := range rules {
		want := o.ask(specification[r], c)
		if v := o.compare(got, want, r, s.Profile.Failures); v.Outcome != Holds {
			return v
		}
		if want.err == nil {
			break
		}
		failed = append(failed, failureName(want.err, r))
	}
	v := holds()
	v.Failure = strings.Join(slices.Compact(failed), " | ")
	return v
}

// compare judges got = want under a version's rules.
func (o *operation) compare(got, want answer, r exact.Rules, strictness Strictness) Verdict {
	switch {
	case want.err == nil && got.err != nil:
		return violated("fails only where it must", "failure "+got.err.Error(), o.show(want))
	case want.err != nil && got.err == nil:
		return violated("fails where it must", o.show(got), r.String()+" failure "+want.err.Error())
	case want.err == nil && !slices.Equal(got.values, want.values):
		v := violated("value", o.show(got), o.show(want))
		if len(got.values) == 1 && len(want.values) == 1 {
			d := new(big.Int).Sub(o.number(got.values[0]), o.number(want.values[0]))
			v.Excess = d.Abs(d)
		}
		return v
	case want.err == nil || strictness == OnlyThat:
		return holds()
	case failureName(got.err, r) != failureName(want.err, r):
		return violated("name of the failure", failureName(got.err, r), r.String()+"'s "+failureName(want.err, r))
	}
	gotArgs, carries := carried(got.err)
	if wantArgs, _ := carried(want.err); carries && len(wantArgs) > 0 && fmt.Sprint(gotArgs) != fmt.Sprint(wantArgs) {
		return violated("arguments of the failure", fmt.Sprint(gotArgs), fmt.Sprint(wantArgs))
	}
	return holds()
}

// carried returns the values that a failure carries, if it is of a type that can carry any.
func carried(err error) ([]*big.Int, bool) {
	var f *exact.Failure
	var carrier interface{ Args() []num }
	switch {
	case errors.As(err, &f):
		return f.Args, true
	case errors.As(err, &carrier):
		return bigs(carrier.Args()), true
	default:
		return nil, false
	}
}

// show writes an answer for a person.
func (o *operation) show(a answer) string {
	parts := make([]string, len(a.values))
	for i, z := range a.values {
		parts[i] = o.number(z).String()
	}
	switch {
	case a.values == nil:
		return "no failure"
	case len(parts) == 1:
		return parts[0]
	default:
		return "[" + strings.Join(parts, ", ") + "]"
	}
}

func (o *operation) number(z num) *big.Int {
	if o.signed {
		return signedBig(z)
	}
	return z.ToBig()
}
