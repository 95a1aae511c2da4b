package properties

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/trueweight/trueweight/properties/domain"
)

// Options tune Verify. The zero value is what Verify uses.
type Options struct {
	Cases  uint64 // per kind; 0 for 2,000
	Seed   uint64 // 0 for 1
	Strict bool   // findings about the deployed rules excuse nothing
}

// Verify judges a subject in a test: every claim of the named families (or IDs;
// all for none) that its methods allow, on generated cases and on the cases kept in the corpus.
//
// The test fails with a readable case when a claim is violated, when a named
// family has no claim that applies, and when a method is no operation: a
// misspelled method must never turn green. The last line lists every claim that did not apply.
func Verify(t testing.TB, subject any, families ...string) {
	t.Helper()
	Options{}.Verify(t, subject, families...)
}

// Verify is the function Verify with options.
func (o Options) Verify(t testing.TB, subject any, families ...string) {
	t.Helper()
	s, err := Resolve(subject)
	if err != nil {
		t.Fatal(err)
	}
	claims, err := Select(families...)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range s.Unrecognized {
		t.Errorf("%s: method %s is no operation: misspelled? The operations are %s", s.Name, name, strings.Join(Operations(), ", "))
	}
	if o.Cases == 0 {
		o.Cases = 2000
	}
	if o.Seed == 0 {
		o.Seed = 1
	}
	campaign := &Campaign{Subject: s, Claims: claims, Seed: o.Seed, Cases: o.Cases, Strict: o.Strict}
	campaign.Stuck = func(p *Property, c domain.Case) {
		fmt.Fprintf(os.Stderr, "%s violated by %s: no answer for %v\n%s", p.ID, s.Name, stuckAfter, domain.Describe(c))
		os.Exit(1)
	}
	result := campaign.Run(context.Background())
	kept, err := ReplayCorpus(s, claims, Enclosures, o.Strict)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range append(result.Failures, kept...) {
		t.Errorf("%v", f)
	}
	for _, a := range result.Alarms {
		t.Errorf("harness: %s", a)
	}
	missing := result.Evidence.NotApplicable
	for _, family := range families {
		if !appliesAny(s, claims, family) {
			t.Errorf("%s has no operation that a claim of %s asks", s.Name, family)
		}
	}
	var judged uint64
	for _, c := range result.Evidence.Claims {
		judged += c.Judged()
	}
	t.Logf("%s: %d claims judged on %d verdicts; did not apply: %s", s.Name, len(result.Evidence.Claims), judged, list(missing))
}

func appliesAny(s *Subject, claims []*Property, family string) bool {
	for _, p := range claims {
		if (p.ID == family || p.Family() == family) && p.AppliesTo(s) {
			return true
		}
	}
	return false
}

func list(ids []string) string {
	if len(ids) == 0 {
		return "none"
	}
	return strings.Join(ids, ", ")
}
