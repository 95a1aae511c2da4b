package report

import (
	"encoding/xml"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/trueweight/trueweight/properties"
)

// readJUnit renders a result and reads it as any XML reader would.
func readJUnit(t *testing.T, r *properties.Result) junitSuites {
	t.Helper()
	data, err := JUnit(r)
	if err != nil {
		t.Fatal(err)
	}
	var s junitSuites
	if err := xml.Unmarshal(data, &s); err != nil {
		t.Fatalf("%v in\n%s", err, data)
	}
	return s
}

func (s junitSuites) testcase(t *testing.T, name string) junitCase {
	t.Helper()
	for _, suite := range s.Suites {
		for _, c := range suite.Cases {
			if c.Name == name {
				return c
			}
		}
	}
	t.Fatalf("no testcase is called %q", name)
	return junitCase{}
}

func TestJUnitTellsAViolationWhole(t *testing.T) {
	r := planted(t, "SW-OUT", 0, "SW-OUT", "SW-IN")
	s := readJUnit(t, r)
	c := s.testcase(t, "SW-OUT")
	if c.Failure == nil || c.Failure.Type != "violated" || !strings.Contains(c.Failure.Text, r.Failures[0].String()) {
		t.Errorf("the story of SW-OUT is not in %+v", c.Failure)
	}
	if c.Assertions != r.Evidence.Claims[0].Judged() || c.Assertions == 0 {
		t.Errorf("%d assertions, judged %d", c.Assertions, r.Evidence.Claims[0].Judged())
	}
	if c := s.testcase(t, "SW-IN"); c.Failure != nil || c.Error != nil || c.Skipped != nil {
		t.Errorf("SW-IN holds, but its testcase is %+v", c)
	}
	want := junitProperty{"SW-OUT.violated", strconv.FormatUint(r.Evidence.Claims[0].Violated, 10)}
	if !slices.Contains(s.Suites[0].Properties, want) {
		t.Errorf("no property %v among %v", want, s.Suites[0].Properties)
	}
}

func TestJUnitSaysWhatBecameOfEachClaim(t *testing.T) {
	r := resultOf(map[string]properties.Tally{"SW-OUT": {Holds: 1}, "SW-IN": {Vacuous: 7}, "SW-LOSS": {}, "FP-MUL": {Undecided: 1}, "FP-DIV": {Violated: 1, Undecided: 1}},
		failing(t, "FP-MUL", properties.Undecided, "mulDown", ""),
		failing(t, "FP-DIV", properties.Undecided, "divDown", ""), failing(t, "FP-DIV", properties.Violated, "divUp", "1"))
	r.Evidence.NotApplicable = []string{"EC-SHARE"}
	s := readJUnit(t, r)
	for name, want := range map[string]string{"SW-IN": "vacuous: ", "SW-LOSS": "not judged: ", "EC-SHARE": "not applicable: impl"} {
		if c := s.testcase(t, name); c.Skipped == nil || !strings.HasPrefix(*c.Skipped, want) {
			t.Errorf("%s: %+v is not skipped as %q", name, c, want)
		}
	}
	if c := s.testcase(t, "FP-MUL"); c.Error == nil || c.Error.Type != "undecided" || c.Failure != nil {
		t.Errorf("an undecided claim is no error: %+v", c)
	}
	if c := s.testcase(t, "FP-DIV"); c.Error != nil || c.Failure == nil || !strings.Contains(c.Failure.Text, "FP-DIV undecided") {
		t.Errorf("a claim that is violated and undecided tells not both in a failure: %+v", c)
	}
	if s.Tests != 8 || s.Failures != 1 || s.Errors != 1 || s.Suites[1].Skipped != 2 {
		t.Errorf("the counts do not add up: %+v", s)
	}
}

func TestFaultsOfTheHarnessAreJUnitErrors(t *testing.T) {
	r := resultOf(nil)
	r.Alarms, r.Interrupted = []string{"an enclosure is wrong"}, true
	s := readJUnit(t, r)
	if c := s.testcase(t, "the two arithmetics agree"); c.Error == nil || c.Error.Message != r.Alarms[0] {
		t.Errorf("an alarm is no error: %+v", c)
	}
	if c := s.testcase(t, "the run reached its end"); c.Error == nil {
		t.Errorf("an interrupted run is no error: %+v", c)
	}
	if s := readJUnit(t, resultOf(nil)); s.Errors != 0 || s.Tests != 2 {
		t.Errorf("a run without a fault has errors: %+v", s)
	}
}

func TestJUnitIsWellFormedWhateverASubjectAnswers(t *testing.T) {
	s := readJUnit(t, resultOf(map[string]properties.Tally{"SW-OUT": {Violated: 1}}, failing(t, "SW-OUT", properties.Violated, hostile, hostile)))
	c := s.testcase(t, "SW-OUT")
	for _, text := range []string{c.Failure.Text, c.Failure.Message} {
		if !strings.Contains(text, `<a href="x">&amp;</a> ]]> {0}`) || !strings.Contains(text, "\ufffd[31m") {
			t.Errorf("%q does not carry %q", text, hostile)
		}
	}
}
