package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/trueweight/trueweight/properties"
	"github.com/trueweight/trueweight/properties/domain"
	"github.com/trueweight/trueweight/properties/report"
)

// gateSeed is the seed of gate evidence.
const gateSeed = 1

func verify(ctx context.Context, args []string, std streams) (int, error) {
	f := flags("verify", "[FAMILY|ID ...]", std)
	seed := f.Uint64("seed", gateSeed, "seed of the generated cases")
	cases := f.Uint64("cases", 0, "cases of each kind (0: enough for 20,000 judged cases a claim)")
	subject := f.String("subject", "impl", "who is judged: "+subjectNames)
	model := f.String("model", "interval", "arithmetic of the verdicts: interval, or point for the independent one")
	strict := f.Bool("strict", false, "count what findings cover as violated")
	workers := f.Int("workers", 0, "goroutines (0: one a core); decides nothing but speed")
	evidence := f.String("evidence", "", "write the evidence to this file as JSON")
	if err := f.Parse(args); err != nil {
		return exitHarness, err
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
	c := &properties.Campaign{Subject: s, Claims: claims, Seed: *seed, Cases: *cases, Model: m, Strict: *strict, Workers: *workers}
	kept, err := properties.ReplayCorpus(s, claims, m, *strict)
	if err != nil {
		return exitHarness, err
	}
	result := watched(ctx, c, std)
	result.Failures = append(kept, result.Failures...)
	if *evidence != "" {
		data, err := report.Marshal(result.Evidence)
		if err == nil {
			err = replaceFile(*evidence, data)
		}
		if err != nil {
			printResult(std.out, result)
			return exitHarness, fmt.Errorf("the verdicts are above, but the evidence was not written: %w", err)
		}
	}
	printResult(std.out, result)
	return result.ExitCode(), nil
}

// watched runs a campaign with its progress on standard error, and ends the process with the
// story of a subject that hangs.
func watched(ctx context.Context, c *properties.Campaign, std streams) *properties.Result {
	show := progressPrinter(std.err)
	c.Progress = show
	c.Stuck = func(p *properties.Property, q domain.Case) {
		fmt.Fprintf(std.out, "\n%s violated by %s: no answer for 60 s\nclaim:    %s\ncase:     %sreplay:   echo '%s' | go run ./properties/cmd/trueweight replay -claims %s -\n",
			p.ID, c.Subject.Name, p.Claim, domain.Describe(q), domain.MarshalJSON(q), p.ID)
		os.Exit(exitViolated)
	}
	return c.Run(ctx)
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
