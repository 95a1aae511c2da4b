package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/trueweight/trueweight/properties"
	"github.com/trueweight/trueweight/properties/domain"
	"github.com/trueweight/trueweight/properties/report"
)

// A subject that hangs is told as a violation, and is not asked again by telling it: it would hang once more.
func TestAHangIsToldWithoutAskingAgain(t *testing.T) {
	p, err := properties.ByID("ST-RATE")
	if err != nil {
		t.Fatal(err)
	}
	c := &properties.Campaign{Subject: properties.Impl(), Seed: 1}
	r := hung(c, p, domain.At(1, domain.KindSequence, 0))
	if r.ExitCode() != exitViolated || r.Failures[0].Subject.NewPool != nil || r.Failures[0].Subject.Name != "impl" {
		t.Errorf("exit code %d, subject %+v", r.ExitCode(), r.Failures[0].Subject)
	}
	name := filepath.Join(t.TempDir(), "r.xml")
	if err := writeResults([]resultFile{{"-junit", name, report.JUnit}}, r); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(name)
	for _, want := range []string{`failures="1" errors="1"`, "ST-RATE violated by impl: every call returns: got no answer for 60 s"} {
		if err != nil || !strings.Contains(string(data), want) {
			t.Errorf("no %s in (%v)\n%s", want, err, data)
		}
	}
}
