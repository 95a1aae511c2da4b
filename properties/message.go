package properties

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/trueweight/trueweight/properties/domain"
)

// shrinkBudget is how many simpler cases are tried for a violation.
const shrinkBudget = 3000

// A Failure is a violated or undecided claim, with everything needed to
// understand it, replay it and keep it.
type Failure struct {
	Property *Property
	Subject  *Subject
	Case     domain.Case
	Verdict  Verdict
	Origin   string // where the case came from

	Shrunk        domain.Case // the simplest case found that fails the same claim
	ShrunkVerdict Verdict

	replay string // the claim that shows the failure on its case, where Property does not
}

// Explain shrinks a case on which v is the failing verdict of a claim and returns the whole story; origin says where the case came from.
func (j *Judge) Explain(p *Property, s *Subject, c domain.Case, v Verdict, origin string) *Failure {
	return newFailure(j, p, s, c, v, origin)
}

// newFailure shrinks a failing case and returns the whole story.
func newFailure(j *Judge, p *Property, s *Subject, c domain.Case, v Verdict, origin string) *Failure {
	f := &Failure{Property: p, Subject: s, Case: c, Verdict: v, Origin: origin}
	f.Shrunk = domain.Shrink(c, shrinkBudget, func(d domain.Case) bool {
		w := j.Decide(p, s, d)
		return w.Outcome == v.Outcome && w.Part == v.Part
	})
	f.ShrunkVerdict = j.Decide(p, s, f.Shrunk)
	return f
}

// String tells the whole story in plain text.
func (f *Failure) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s by %s\n", f.Property.ID, f.Verdict.Outcome, f.Subject.Name)
	fmt.Fprintf(&b, "claim:    %s\n          %s\n", f.Property.Claim, f.Property.Inequality)
	if f.Property.T != "" {
		fmt.Fprintf(&b, "T:        %s\n", f.Property.T)
	}
	fmt.Fprintf(&b, "found in: %s\n\n", f.Origin)
	tell(&b, "case", f.Subject, f.Case, f.Verdict)
	if !domain.Equal(f.Case, f.Shrunk) {
		tell(&b, "simplest case found that fails the same way", f.Subject, f.Shrunk, f.ShrunkVerdict)
	}
	fmt.Fprintf(&b, "replay:   %s\n", f.Replay())
	claim := f.shownBy()
	fmt.Fprintf(&b, "keep:     {\"id\":\"%s-…\",\"comment\":\"…\",\"claims\":[%q],\"expect\":\"holds\",\"case\":%s}\n", strings.ToLower(claim), claim, domain.MarshalJSON(f.Shrunk))
	return b.String()
}

// Replay is a shell command, in a checkout, that judges the claim on the simplest case again, for the subject impl.
func (f *Failure) Replay() string {
	return fmt.Sprintf("echo '%s' | go run ./properties/cmd/trueweight replay -claims %s -", domain.MarshalJSON(f.Shrunk), f.shownBy())
}

// shownBy is the ID of the claim that shows the failure on its case.
func (f *Failure) shownBy() string { return cmp.Or(f.replay, f.Property.ID) }

func tell(b *strings.Builder, title string, s *Subject, c domain.Case, v Verdict) {
	fmt.Fprintf(b, "%s: %s", title, domain.Describe(c))
	switch c := c.(type) {
	case *domain.Sequence:
		tellSteps(b, s, c)
	case *domain.Market:
		if s.NewPool != nil {
			tellSteps(b, s, scriptOf(s, c))
		}
	}
	if v.Part != "" {
		fmt.Fprintf(b, "  %-12s %s\n", "part", v.Part)
	}
	if v.Got != "" {
		fmt.Fprintf(b, "  %-12s %s\n  %-12s %s\n", "got", v.Got, "expected", v.Want)
	}
	if v.Excess != nil {
		fmt.Fprintf(b, "  %-12s %s\n", "beyond by", v.Excess)
	}
	b.WriteByte('\n')
}
