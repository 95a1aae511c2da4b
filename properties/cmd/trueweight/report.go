package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/trueweight/trueweight/properties"
	"github.com/trueweight/trueweight/properties/report"
)

// gateCampaign is the campaign whose evidence is committed.
func gateCampaign() *properties.Campaign {
	return &properties.Campaign{Subject: properties.Impl(), Seed: gateSeed}
}

func makeReport(ctx context.Context, args []string, std streams) (int, error) {
	f := flags("report", "", std)
	check := f.Bool("check", false, "write nothing: exit 1 if REPORT.md, a chart or its data is not what the evidence and the code render to")
	release := f.Bool("release", false, "with -check: exit 1, too, where evidence was recorded on other code")
	render := f.Bool("render", false, "judge nothing: render the committed evidence again, as when a text has changed")
	if err := f.Parse(args); err != nil {
		return exitHarness, err
	}
	if f.NArg() > 0 {
		return exitHarness, fmt.Errorf("takes no arguments, found %q", f.Args())
	}
	if *release && !*check {
		return exitHarness, errors.New("-release is of -check: trueweight report -check -release")
	}
	dir, err := root()
	if err != nil {
		return exitHarness, err
	}
	if !*check && !*render {
		if code, err := judgeGate(ctx, dir, std); code != exitHolds || err != nil {
			return code, err
		}
	}
	d, err := report.Open(os.DirFS(dir))
	if err != nil {
		return exitHarness, err
	}
	files, err := rendered(d)
	if err != nil {
		return exitHarness, err
	}
	if *check {
		code, err := checkReport(d, files, dir, std)
		if outdated := d.Outdated(); *release && err == nil && len(outdated) > 0 {
			fmt.Fprintf(std.out, "not for a release: properties/evidence has no %s of this code; make hunt and make mutate record them\n", strings.Join(outdated, " and no "))
			code = exitViolated
		}
		return code, err
	}
	for _, f := range files {
		if err := replaceFile(filepath.Join(dir, filepath.FromSlash(f.Name)), f.Data); err != nil {
			return exitHarness, err
		}
		fmt.Fprintf(std.out, "wrote %s\n", f.Name)
	}
	return exitHolds, nil
}

// rendered measures what is charted besides the evidence, and renders all files.
func rendered(d *report.Document) ([]report.File, error) {
	shares, err := properties.Converge(gateCampaign().Subject)
	if err != nil {
		return nil, err
	}
	powers, err := properties.MeasurePow(gateCampaign().Subject)
	if err != nil {
		return nil, err
	}
	return d.Files(shares, powers)
}

// judgeGate runs the gate's campaign and writes its evidence, unless a claim is violated.
func judgeGate(ctx context.Context, dir string, std streams) (int, error) {
	result := watched(ctx, gateCampaign(), std)
	if code := result.ExitCode(); code != exitHolds {
		printResult(std.out, result)
		return code, nil
	}
	data, err := report.Marshal(result.Evidence)
	if err == nil {
		err = replaceFile(filepath.Join(dir, "properties", "evidence", "gate.json"), data)
	}
	if err != nil {
		return exitHarness, err
	}
	fmt.Fprintln(std.out, "wrote properties/evidence/gate.json")
	return exitHolds, nil
}

// checkReport compares every file of the report with what the committed evidence and the code render to. It names all that
// differ, and judges nothing: whether the evidence is what comes out is the test's to see.
func checkReport(d *report.Document, files []report.File, dir string, std streams) (int, error) {
	code := exitHolds
	for _, f := range files {
		got, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(f.Name)))
		switch {
		case errors.Is(err, fs.ErrNotExist):
			fmt.Fprintf(std.out, "%s is missing\n", f.Name)
		case err != nil:
			return exitHarness, err
		case bytes.Equal(got, f.Data):
			continue
		default:
			fmt.Fprintf(std.out, "%s is stale: line %d is not what comes out\n", f.Name, firstDifference(got, f.Data))
		}
		if parts := d.StaleParts(got); f.Name == "REPORT.md" && len(parts) > 0 {
			fmt.Fprintf(std.out, "it was rendered on other sources: %s changed since\n", strings.Join(parts, ", "))
		}
		code = exitViolated
	}
	if code != exitHolds {
		fmt.Fprintln(std.out, "make report writes the evidence and all of these again; commit them with the change of the code")
		return code, nil
	}
	fmt.Fprintln(std.out, "REPORT.md, its charts and its data are what the committed evidence and the code render to")
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
