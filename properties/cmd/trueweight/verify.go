package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/trueweight/trueweight/properties"
	"github.com/trueweight/trueweight/properties/domain"
)

// gateSeed is the seed of gate evidence.
const gateSeed = 1

// The greatest numbers that are no slip: years of cases, and more goroutines than any machine has cores.
const (
	mostCases   = 1 << 40
	mostWorkers = 1 << 10
)

func verify(ctx context.Context, args []string, std streams) (int, error) {
	f := flags("verify", "[FAMILY|ID ...]", std)
	seed := f.Uint64("seed", gateSeed, "seed of the generated cases")
	cases := f.Uint64("cases", 0, "cases of each kind (0: enough for 20,000 judged cases a claim)")
	subject := f.String("subject", "impl", "who is judged: "+subjectNames)
	model := f.String("model", "interval", "arithmetic of the verdicts: interval, or point for the independent one")
	strict := f.Bool("strict", false, "count what findings cover as violated")
	workers := f.Int("workers", 0, "goroutines (0: one a core); decides nothing but speed")
	evidence := f.String("evidence", "", "write the evidence to this file as JSON")
	junit := f.String("junit", "", "write the result to this file as JUnit XML")
	sarif := f.String("sarif", "", "write the result to this file as SARIF 2.1.0")
	if err := f.Parse(args); err != nil {
		return exitHarness, err
	}
	if *cases > mostCases {
		return exitHarness, fmt.Errorf("-cases %d: want at most %d", *cases, uint64(mostCases))
	}
	if *workers < 0 || *workers > mostWorkers {
		return exitHarness, fmt.Errorf("-workers %d: want 0…%d", *workers, mostWorkers)
	}
	claims, err := properties.Select(f.Args()...)
	if err != nil {
		return exitHarness, err
	}
	s, err := subjectNamed(*subject)
	if err != nil {
		return exitHarness, err
	}
	m, err := modelNamed(*model)
	if err != nil {
		return exitHarness, err
	}
	files, err := resultFiles(*junit, *sarif, *evidence)
	if err != nil {
		return exitHarness, err
	}
	c := &properties.Campaign{Subject: s, Claims: claims, Seed: *seed, Cases: *cases, Model: m, Strict: *strict, Workers: *workers}
	if err := writeResults(files, unfinished(c)); err != nil {
		return exitHarness, err
	}
	kept, err := properties.ReplayCorpus(s, claims, m, *strict)
	if err != nil {
		return exitHarness, err
	}
	result := watched(ctx, c, std, files...)
	result.Failures = append(kept, result.Failures...)
	err = writeResults(files, result) // first: what is printed may have nowhere to go
	if *evidence != "" {
		err = errors.Join(writeEvidence(*evidence, result.Evidence), err)
	}
	printResult(std.out, result)
	if err != nil {
		return exitHarness, fmt.Errorf("the verdicts are above, but %w", err)
	}
	return result.ExitCode(), nil
}

// watched runs a campaign with its progress on standard error, and ends the process with the
// story of a subject that hangs, which it writes to the files of results, too.
func watched(ctx context.Context, c *properties.Campaign, std streams, files ...resultFile) *properties.Result {
	show := progressPrinter(std.err)
	c.Progress = show
	c.Stuck = hangs(c, std, files...)
	return c.Run(ctx)
}

// hangs tells the story of a subject that does not answer, writes it to the files of results, and ends the process.
func hangs(c *properties.Campaign, std streams, files ...resultFile) func(*properties.Property, domain.Case) {
	return func(p *properties.Property, q domain.Case) {
		result := hung(c, p, q)
		if err := writeResults(files, result); err != nil {
			fmt.Fprintf(std.err, "trueweight: the story is below, but %v\n", err)
		}
		fmt.Fprintf(std.out, "\n%v\n", result.Failures[0])
		os.Exit(exitViolated)
	}
}

// isTerminal reports whether lines can be rewritten in place.
func isTerminal(w io.Writer) bool {
	file, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// progressPrinter rewrites one line on a terminal, and elsewhere prints a plain line every ten seconds.
func progressPrinter(w io.Writer) func(properties.Progress) {
	terminal := isTerminal(w)
	var last time.Duration
	return func(p properties.Progress) {
		done := p.Kind == ""
		if !terminal && !done && p.Elapsed-last < 10*time.Second {
			return
		}
		last = p.Elapsed
		rate := float64(p.Done) / max(p.Elapsed.Seconds(), 1e-3)
		left := ""
		if !done && rate > 0 {
			left = fmt.Sprintf(", about %s left", time.Duration(float64(p.Total-p.Done)/rate*float64(time.Second)).Round(time.Second))
		}
		text := fmt.Sprintf("%d of %d cases, %.0f cases/s, %s%s", p.Done, p.Total, rate, p.Elapsed.Round(time.Second), left)
		if p.Closest != "" {
			text += "; closest call: " + p.Closest
		}
		if p.Violations > 0 {
			text += fmt.Sprintf("; %d violated", p.Violations)
		}
		switch {
		case terminal && done:
			fmt.Fprintf(w, "\r\x1b[K%s\n", text)
		case terminal:
			fmt.Fprintf(w, "\r\x1b[K%s", text)
		default:
			fmt.Fprintln(w, text)
		}
	}
}

// printResult prints every failure's story, then the verdict table and one line of summary.
func printResult(w io.Writer, r *properties.Result) {
	for _, f := range r.Failures {
		fmt.Fprintf(w, "%v\n", f)
	}
	for _, a := range r.Alarms {
		fmt.Fprintf(w, "harness: %s\n", a)
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "claim\tjudged\tpool-valid\tvacuous\tknown\tviolated\tundecided\ttightest margin")
	for _, c := range r.Evidence.Claims {
		var known []string
		for _, f := range properties.Findings() {
			if n := c.Known[f.ID]; n > 0 {
				known = append(known, fmt.Sprintf("%s: %d", f.ID, n))
			}
		}
		margin := ""
		if c.Tightest != nil {
			margin = fmt.Sprintf("%s (%s %d)", c.Tightest.Margin, c.Tightest.Kind, c.Tightest.Index)
		}
		fmt.Fprintf(t, "%s\t%d\t%d\t%d\t%s\t%d\t%d\t%s\n", c.ID, c.Judged(), c.PoolValid.Judged(), c.Vacuous, strings.Join(known, ", "), c.Violated, c.Undecided, margin)
	}
	t.Flush()
	if len(r.Evidence.NotApplicable) > 0 {
		fmt.Fprintf(w, "did not apply to %s: %s\n", r.Evidence.Subject, strings.Join(r.Evidence.NotApplicable, ", "))
	}
	if r.Interrupted {
		fmt.Fprintln(w, "interrupted: the table shows what was done")
	}
	switch r.ExitCode() {
	case exitHolds:
		fmt.Fprintf(w, "%s: every claim holds\n", r.Evidence.Subject)
	case exitViolated:
		fmt.Fprintf(w, "%s: claims are violated, see above\n", r.Evidence.Subject)
	default:
		fmt.Fprintln(w, "the harness failed, see above")
	}
}
