package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/trueweight/trueweight/properties"
	"github.com/trueweight/trueweight/properties/domain"
)

func replay(_ context.Context, args []string, std streams) (int, error) {
	f := flags("replay", "CASE.json|-", std)
	names := f.String("claims", "", "families or IDs of claims, separated by commas (default: all that apply)")
	subject := f.String("subject", "impl", "who is judged: "+subjectNames)
	model := f.String("model", "interval", "arithmetic of the verdicts: interval or point")
	strict := f.Bool("strict", false, "count what findings cover as violated")
	kind := f.String("kind", "", "judge a generated case of this kind instead of a file")
	entry := f.String("entry", "", "judge the entry of the corpus with this id instead of a file")
	index := f.Uint64("index", 0, "which generated case, with -kind")
	seed := f.Uint64("seed", gateSeed, "seed of the generated case, with -kind")
	if err := f.Parse(args); err != nil {
		return exitHarness, err
	}
	if *kind == "" {
		for _, name := range []string{"index", "seed"} {
			if given(f, name) {
				return exitHarness, fmt.Errorf("-%s says which generated case, so it needs -kind, one of %v", name, domain.Kinds())
			}
		}
	}
	var selected []string
	if *names != "" {
		selected = strings.Split(*names, ",")
	}
	claims, err := properties.Select(selected...)
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
	c, err := caseOf(*kind, *entry, *seed, *index, f.Args(), std.in)
	if err != nil {
		return exitHarness, err
	}
	replies, alarms := properties.ReplayCase(s, claims, c, m, *strict)
	if len(replies) == 0 {
		return exitHarness, fmt.Errorf("no selected claim is judged on cases of kind %s", c.Kind())
	}
	fmt.Fprintln(std.out, domain.Describe(c))
	if script, ok := c.(*domain.Sequence); ok {
		if err := properties.Transcript(std.out, s, script); err != nil {
			return exitHarness, err
		}
		fmt.Fprintln(std.out)
	}
	code := exitHolds
	for _, r := range replies {
		printReply(std.out, r)
		switch r.Verdict.Outcome {
		case properties.Violated:
			code = exitViolated
		case properties.Undecided:
			code = max(code, exitHarness)
		}
	}
	for _, a := range alarms {
		fmt.Fprintf(std.out, "harness: %s\n", a)
		code = exitHarness
	}
	return code, nil
}

// mostOfACase is how many bytes a case may have: several times what the longest script with the longest numbers has.
const mostOfACase = 16 << 20

func caseOf(kind, entry string, seed, index uint64, args []string, in io.Reader) (domain.Case, error) {
	if (kind != "" || entry != "") && len(args) > 0 || kind != "" && entry != "" {
		return nil, errors.New("give either -kind and -index, or -entry, or a case: not both")
	}
	if entry != "" {
		return keptCase(entry)
	}
	if kind != "" {
		if len(domain.Classes(domain.Kind(kind))) == 0 {
			return nil, fmt.Errorf("no kind of case is called %q: want one of %v", kind, domain.Kinds())
		}
		return domain.At(seed, domain.Kind(kind), index), nil
	}
	if len(args) != 1 {
		return nil, errors.New("want one case: a file of JSON, or - for standard input")
	}
	name := args[0]
	if name == "-" {
		name = "standard input"
	} else {
		file, err := os.Open(name)
		if err != nil {
			return nil, fmt.Errorf("%w: want a file with one case as JSON", err)
		}
		defer file.Close()
		in = file
	}
	data, err := readLimited(in, mostOfACase)
	if err != nil {
		return nil, fmt.Errorf("%s: %w: want a file with one case as JSON", name, err)
	}
	c, err := domain.UnmarshalJSON(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return c, nil
}

// keptCase returns the case of an entry of the corpus.
func keptCase(id string) (domain.Case, error) {
	kept, err := properties.KeptCases()
	if err != nil {
		return nil, err
	}
	for _, k := range kept {
		if k.ID == id {
			return k.Case, nil
		}
	}
	return nil, fmt.Errorf("no entry of corpus/regressions or corpus/incidents has the id %q", id)
}

func printReply(w io.Writer, r properties.Reply) {
	v := r.Verdict
	fmt.Fprintf(w, "%-10s %-9s", r.Property.ID, v.Outcome)
	if v.Finding != "" {
		fmt.Fprintf(w, " %s", v.Finding)
	}
	if m := v.Margin.String(); m != "" {
		fmt.Fprintf(w, " margin %s", m)
	}
	if v.Failure != "" {
		fmt.Fprintf(w, " the operation fails: %s", v.Failure)
	}
	fmt.Fprintln(w)
	if v.Got != "" {
		fmt.Fprintf(w, "           part      %s\n           got       %s\n           expected  %s\n", v.Part, v.Got, v.Want)
		fmt.Fprintf(w, "           claim     %s   %s\n", r.Property.Claim, r.Property.Inequality)
	}
}
