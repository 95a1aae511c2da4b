package report

import (
	"bytes"
	"context"
	"testing"

	"github.com/trueweight/trueweight/properties"
	"github.com/trueweight/trueweight/properties/domain"
)

// planted runs a few claims on impl with the bug that a claim must notice.
func planted(t *testing.T, id string, workers int, claims ...string) *properties.Result {
	t.Helper()
	list, err := properties.Select(claims...)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range properties.Planted() {
		if p.Claim == id {
			c := properties.Campaign{Subject: p.Into(properties.Impl()), Claims: list, Seed: 1, Cases: 600, Workers: workers}
			return c.Run(context.Background())
		}
	}
	t.Fatalf("no bug is planted for %s", id)
	return nil
}

// failing is a failure of a claim with given words in it.
func failing(t *testing.T, id string, outcome properties.Outcome, part, got string) *properties.Failure {
	t.Helper()
	p, err := properties.ByID(id)
	if err != nil {
		t.Fatal(err)
	}
	c := domain.At(1, p.Kinds[0], 0)
	v := properties.Verdict{Outcome: outcome, Part: part, Got: got, Want: "another"}
	return &properties.Failure{Property: p, Subject: properties.Impl(), Case: c, Verdict: v, Origin: "a test", Shrunk: c, ShrunkVerdict: v}
}

// resultOf is a result with a tally for each claim, as if it were all that a run saw.
func resultOf(tallies map[string]properties.Tally, failures ...*properties.Failure) *properties.Result {
	e := &properties.Evidence{Subject: "impl", Model: "enclosures", Seed: 1}
	for _, p := range properties.All() {
		if t, ok := tallies[p.ID]; ok {
			e.Claims = append(e.Claims, &properties.ClaimEvidence{ID: p.ID, Tally: t, PoolValid: &t})
		}
	}
	return &properties.Result{Evidence: e, Failures: failures}
}

// hostile has what XML 1.0 forbids, what it and JSON escape, and bytes that are no UTF-8.
const hostile = "\x00\x07\x1b[31m\ufffe <a href=\"x\">&amp;</a> ]]> {0} \xff\xfe\r\n\u2028"

func TestTheSameRunGivesTheSameBytes(t *testing.T) {
	one, four := planted(t, "SW-OUT", 1, "SW-OUT", "SW-IN"), planted(t, "SW-OUT", 4, "SW-OUT", "SW-IN")
	for name, render := range map[string]func(*properties.Result) ([]byte, error){"JUnit": JUnit, "SARIF": SARIF} {
		a, err := render(one)
		if err != nil {
			t.Fatal(err)
		}
		b, err := render(four)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(a, b) {
			t.Errorf("%s differs between one worker and four", name)
		}
	}
}
