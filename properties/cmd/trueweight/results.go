package main

import (
	"errors"
	"fmt"
	"path/filepath"

	"github.com/trueweight/trueweight/properties"
	"github.com/trueweight/trueweight/properties/domain"
	"github.com/trueweight/trueweight/properties/report"
)

// A resultFile is a file that verify was asked to write a machine-readable result to.
type resultFile struct {
	flag, name string
	render     func(*properties.Result) ([]byte, error)
}

// resultFiles lists the files that were asked for, and refuses names that can't be.
func resultFiles(junit, sarif, evidence string) ([]resultFile, error) {
	var list []resultFile
	taken := map[string]string{}
	for _, f := range []resultFile{
		{"-evidence", evidence, nil},
		{"-junit", junit, report.JUnit},
		{"-sarif", sarif, report.SARIF},
	} {
		if f.name == "" {
			continue
		}
		if f.name == "-" {
			return nil, fmt.Errorf("%s -: want the name of a file: standard output has the verdicts; ./- is a file of that name", f.flag)
		}
		path := filepath.Clean(f.name)
		if other := taken[path]; other != "" {
			return nil, fmt.Errorf("%s and %s both name %s: want a file for each", other, f.flag, f.name)
		}
		taken[path] = f.flag
		if f.render != nil {
			list = append(list, f)
		}
	}
	return list, nil
}

// writeResults writes a result to every file. verify does it twice: before the first case, with a result that says that
// the run has not ended, so that nobody takes an older run's file for that of a run that was killed, and at the end.
func writeResults(files []resultFile, r *properties.Result) error {
	var faults []error
	for _, f := range files {
		data, err := f.render(r)
		if err == nil {
			err = replaceFile(f.name, data)
		}
		if err != nil {
			faults = append(faults, fmt.Errorf("the file of %s was not written: %w", f.flag, err))
		}
	}
	return errors.Join(faults...)
}

func writeEvidence(name string, e *properties.Evidence) error {
	data, err := report.Marshal(e)
	if err == nil {
		err = replaceFile(name, data)
	}
	if err != nil {
		return fmt.Errorf("the evidence was not written: %w", err)
	}
	return nil
}

// unfinished is the result of a campaign that has not ended.
func unfinished(c *properties.Campaign) *properties.Result {
	return &properties.Result{Evidence: &properties.Evidence{Subject: c.Subject.Name, Model: c.Model.String(), Seed: c.Seed}, Interrupted: true}
}

// hung is the result of a campaign whose subject does not answer. Its failure has the subject's name alone, so that
// nothing asks it again.
func hung(c *properties.Campaign, p *properties.Property, q domain.Case) *properties.Result {
	r := unfinished(c)
	r.Evidence.Claims = []*properties.ClaimEvidence{{ID: p.ID, Tally: properties.Tally{Violated: 1}, PoolValid: new(properties.Tally)}}
	r.Failures = []*properties.Failure{{
		Property: p, Subject: &properties.Subject{Name: c.Subject.Name}, Case: q, Shrunk: q, Origin: "the case in flight, not shrunk",
		Verdict: properties.Verdict{Outcome: properties.Violated, Part: "every call returns", Got: "no answer for 60 s", Want: "an answer or a failure"},
	}}
	return r
}
