package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/trueweight/trueweight/properties"
	"github.com/trueweight/trueweight/properties/report"
)

// GateCampaign is the campaign whose evidence is committed.
func gateCampaign() *properties.Campaign {
	return &properties.Campaign{Subject: properties.Impl(), Seed: gateSeed}
}

func makeReport(ctx context.Context, args []string, std streams) (int, error) {
	f := flags("report", "", std)
	check := f.Bool("check", false, "write nothing: exit 1 if REPORT.md or its chart is not what comes out")
	if err := f.Parse(args); err != nil {
		return exitHarness, err
	}
	if f.NArg() > 0 {
		return exitHarness, fmt.Errorf("takes no arguments, found %q", f.Args())
	}
	dir, err := root()
	if err != nil {
		return exitHarness, err
	}
	evidenceFile, reportFile := filepath.Join(dir, "properties", "evidence", "gate.json"), filepath.Join(dir, "REPORT.md")
	shares, err := drawShares(filepath.Join(dir, "properties", "evidence"))
	if err != nil {
		return exitHarness, err
	}
	if *check {
		if code, err := checkReport(evidenceFile, reportFile, std); code != exitHolds {
			return code, err
		}
		return checkShares(shares, std), nil
	}
	result := watched(ctx, gateCampaign(), std)
	if code := result.ExitCode(); code != exitHolds {
		printResult(std.out, result)
		return code, nil
	}
	data, err := report.Marshal(result.Evidence)
	if err != nil {
		return exitHarness, err
	}
	page, err := report.Render(result.Evidence)
	if err != nil {
		return exitHarness, err
	}
	if err := replaceFile(evidenceFile, data); err != nil {
		return exitHarness, err
	}
	if err := replaceFile(reportFile, page); err != nil {
		return exitHarness, err
	}
	for _, f := range shares {
		if err := replaceFile(f.path, f.data); err != nil {
			return exitHarness, err
		}
	}
	fmt.Fprintln(std.out, "wrote properties/evidence/gate.json, shares.json and shares.svg, and REPORT.md")
	return exitHolds, nil
}

// A drawn file is a part of the report that is computed anew each time.
type drawn struct {
	path string
	data []byte
}

// drawShares returns the data of the chart of value shares, and the chart.
func drawShares(dir string) ([]drawn, error) {
	c, err := properties.Converge(gateCampaign().Subject)
	if err != nil {
		return nil, err
	}
	data, err := report.MarshalConvergence(c)
	if err != nil {
		return nil, err
	}
	chart, err := report.Chart(c)
	if err != nil {
		return nil, err
	}
	return []drawn{{filepath.Join(dir, "shares.json"), data}, {filepath.Join(dir, "shares.svg"), chart}}, nil
}

func checkShares(shares []drawn, std streams) int {
	for _, f := range shares {
		if got, err := os.ReadFile(f.path); err != nil || !bytes.Equal(got, f.data) {
			fmt.Fprintf(std.out, "properties/evidence/%s is not what comes out; make report writes it again\n", filepath.Base(f.path))
			return exitViolated
		}
	}
	fmt.Fprintln(std.out, "the chart of value shares and its data are what comes out")
	return exitHolds
}

func checkReport(evidenceFile, reportFile string, std streams) (int, error) {
	data, err := os.ReadFile(evidenceFile)
	if err != nil {
		return exitHarness, err
	}
	e, err := report.Unmarshal(data)
	if err != nil {
		return exitHarness, fmt.Errorf("%s: %w; make report writes it again", evidenceFile, err)
	}
	want, err := report.Render(e)
	if err != nil {
		return exitHarness, err
	}
	got, err := os.ReadFile(reportFile)
	if err != nil {
		return exitHarness, err
	}
	if !bytes.Equal(got, want) {
		fmt.Fprintf(std.out, "REPORT.md is stale: line %d is not what the evidence says; make report writes it again\n", firstDifference(got, want))
		return exitViolated, nil
	}
	fmt.Fprintln(std.out, "REPORT.md is what the committed evidence renders to")
	return exitHolds, nil
}

// firstDifference returns the number of the first line that differs.
func firstDifference(a, b []byte) int {
	la, lb := bytes.Split(a, []byte("\n")), bytes.Split(b, []byte("\n"))
	for i := range min(len(la), len(lb)) {
		if !bytes.Equal(la[i], lb[i]) {
			return i + 1
		}
	}
	return min(len(la), len(lb)) + 1
}
