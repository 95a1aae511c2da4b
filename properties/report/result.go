package report

import (
	"fmt"

	"github.com/trueweight/trueweight/properties"
	"github.com/trueweight/trueweight/properties/domain"
)

// interrupted is what machine-readable results say of a run that was stopped, or has not ended yet.
const interrupted = "the run did not reach its end: counts are of what was done before; run it again"

// headline tells a failure in one line.
func headline(f *properties.Failure) string {
	text := fmt.Sprintf("%s %s by %s", f.Property.ID, f.Verdict.Outcome, f.Subject.Name)
	v := f.ShrunkVerdict
	if v.Got == "" {
		v = f.Verdict
	}
	text += ": " + v.Part
	if v.Got != "" {
		text += ": got " + v.Got + ", expected " + v.Want
	}
	return text
}

// claimEvidence returns what a run saw of a claim, or nil.
func claimEvidence(r *properties.Result, id string) *properties.ClaimEvidence {
	for _, e := range r.Evidence.Claims {
		if e.ID == id {
			return e
		}
	}
	return nil
}

// failuresOf returns a claim's failures of one outcome, in the order they are told.
func failuresOf(r *properties.Result, id string, outcome properties.Outcome) (list []*properties.Failure) {
	for _, f := range r.Failures {
		if f.Property.ID == id && f.Verdict.Outcome == outcome {
			list = append(list, f)
		}
	}
	return list
}

// kindsOf returns the kinds of cases that a run drew, in the order of reports.
func kindsOf(r *properties.Result) (list []domain.Kind) {
	for _, k := range domain.Kinds() {
		if r.Evidence.Cases[k] > 0 {
			list = append(list, k)
		}
	}
	return list
}
