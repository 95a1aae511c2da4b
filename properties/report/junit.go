package report

import (
	"encoding/xml"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/trueweight/trueweight/properties"
)

// JUnit writes a result as JUnit XML, as continuous-integration servers read it: a testsuite for each family of claims
// with a testcase for each claim, and one more for the run itself. A violated claim is a failure with its whole story, an
// undecided one an error, and one that says nothing about any case is skipped; the counts are properties. It contains no
// times and no names of machines: the same result, the same bytes.
func JUnit(r *properties.Result) ([]byte, error) {
	all := junitSuites{Name: "trueweight verify: " + r.Evidence.Subject}
	for _, family := range properties.Families() {
		if s := familySuite(r, family); len(s.Cases) > 0 {
			all.Suites = append(all.Suites, s)
		}
	}
	all.Suites = append(all.Suites, runSuite(r))
	for i := range all.Suites {
		all.Suites[i].count()
		all.Tests += all.Suites[i].Tests
		all.Failures += all.Suites[i].Failures
		all.Errors += all.Suites[i].Errors
	}
	data, err := xml.MarshalIndent(all, "", "  ")
	if err != nil {
		return nil, err
	}
	return append([]byte(xml.Header), append(data, '\n')...), nil
}

type junitSuites struct {
	XMLName  xml.Name     `xml:"testsuites"`
	Name     string       `xml:"name,attr"`
	Tests    int          `xml:"tests,attr"`
	Failures int          `xml:"failures,attr"`
	Errors   int          `xml:"errors,attr"`
	Suites   []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name       string          `xml:"name,attr"`
	Tests      int             `xml:"tests,attr"`
	Failures   int             `xml:"failures,attr"`
	Errors     int             `xml:"errors,attr"`
	Skipped    int             `xml:"skipped,attr"`
	Properties []junitProperty `xml:"properties>property"`
	Cases      []junitCase     `xml:"testcase"`
}

type junitProperty struct {
	Name  string `xml:"name,attr"`
	Value string `xml:"value,attr"`
}

type junitCase struct {
	Class      string        `xml:"classname,attr"`
	Name       string        `xml:"name,attr"`
	Assertions uint64        `xml:"assertions,attr"` // judged cases
	Skipped    *string       `xml:"skipped"`
	Error      *junitProblem `xml:"error"`
	Failure    *junitProblem `xml:"failure"`
	Out        string        `xml:"system-out,omitempty"`
}

type junitProblem struct {
	Type    string `xml:"type,attr"`
	Message string `xml:"message,attr"`
	Text    string `xml:",chardata"`
}

func (s *junitSuite) count() {
	s.Tests = len(s.Cases)
	for _, c := range s.Cases {
		switch {
		case c.Failure != nil:
			s.Failures++
		case c.Error != nil:
			s.Errors++
		case c.Skipped != nil:
			s.Skipped++
		}
	}
}

func (s *junitSuite) property(name, value string) {
	s.Properties = append(s.Properties, junitProperty{name, value})
}

// familySuite is the testsuite of a family: a testcase for each of its claims that was asked for, applicable or not.
func familySuite(r *properties.Result, family string) junitSuite {
	s := junitSuite{Name: "trueweight." + family}
	for _, p := range properties.All() {
		if p.Family() != family {
			continue
		}
		c := junitCase{Class: s.Name, Name: p.ID, Out: p.Claim + "\n" + p.Inequality + "\n"}
		if e := claimEvidence(r, p.ID); e != nil {
			s.counts(e)
			c.Assertions = e.Judged()
			c.verdict(r, e)
		} else if slices.Contains(r.Evidence.NotApplicable, p.ID) {
			s.property(p.ID+".applicable", "false")
			c.skip("not applicable: %s does not have every operation that the claim asks", r.Evidence.Subject)
		} else {
			continue
		}
		s.Cases = append(s.Cases, c)
	}
	return s
}

// counts writes what was counted of a claim as properties.
func (s *junitSuite) counts(e *properties.ClaimEvidence) {
	for _, n := range []struct {
		name  string
		count uint64
	}{{"judged", e.Judged()}, {"poolValid", e.PoolValid.Judged()}, {"vacuous", e.Vacuous}, {"violated", e.Violated}, {"undecided", e.Undecided}} {
		s.property(e.ID+"."+n.name, strconv.FormatUint(n.count, 10))
	}
	for _, f := range properties.Findings() {
		if n := e.Known[f.ID]; n > 0 {
			s.property(e.ID+".known."+f.ID, strconv.FormatUint(n, 10))
		}
	}
	if e.Tightest != nil {
		s.property(e.ID+".margin", e.Tightest.Margin)
	}
}

func (c *junitCase) verdict(r *properties.Result, e *properties.ClaimEvidence) {
	stories := failuresOf(r, e.ID, properties.Violated)
	undecided := failuresOf(r, e.ID, properties.Undecided)
	switch {
	case len(stories) > 0:
		c.Failure = problem("violated", append(stories, undecided...))
	case len(undecided) > 0:
		c.Error = problem("undecided", undecided)
	case e.Judged() > 0:
	case e.Vacuous > 0:
		c.skip("vacuous: the claim's precondition is not met by any of %d cases", e.Vacuous)
	default:
		c.skip("not judged: the run met no case of it")
	}
}

func (c *junitCase) skip(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	c.Skipped = &text
}

// problem is what failures amount to: the first one's headline, and the story of each.
func problem(kind string, failures []*properties.Failure) *junitProblem {
	var stories []string
	for _, f := range failures {
		stories = append(stories, f.String())
	}
	return &junitProblem{Type: kind, Message: headline(failures[0]), Text: strings.Join(stories, "\n")}
}

// runSuite is the testsuite of the run itself, whose errors are faults of the harness.
func runSuite(r *properties.Result) junitSuite {
	s := junitSuite{Name: "trueweight.run"}
	s.property("subject", r.Evidence.Subject)
	s.property("model", r.Evidence.Model)
	s.property("seed", strconv.FormatUint(r.Evidence.Seed, 10))
	for _, k := range kindsOf(r) {
		s.property("cases."+string(k), strconv.FormatUint(r.Evidence.Cases[k], 10))
	}
	agree := junitCase{Class: s.Name, Name: "the two arithmetics agree"}
	if len(r.Alarms) > 0 {
		agree.Error = &junitProblem{Type: "harness", Message: r.Alarms[0], Text: strings.Join(r.Alarms, "\n") + "\n"}
	}
	ended := junitCase{Class: s.Name, Name: "the run reached its end"}
	if r.Interrupted {
		ended.Error = &junitProblem{Type: "harness", Message: interrupted}
	}
	s.Cases = []junitCase{agree, ended}
	return s
}
