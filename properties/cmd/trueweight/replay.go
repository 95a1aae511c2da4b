package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/trueweight/trueweight/corpus"
	"github.com/trueweight/trueweight/properties"
	"github.com/trueweight/trueweight/properties/domain"
)

// A question is one case, who is asked it, and by which claims and arithmetic the answer is judged.
type question struct {
	subject *properties.Subject
	claims  []*properties.Property
	model   properties.Model
	strict  bool
	c       domain.Case
	origin  string
}

// ask reads the flags and the case of a command about one case.
func ask(command string, args []string, std streams) (*question, error) {
	f := flags(command, "CASE.json|-", std)
	names := f.String("claims", "", "families or IDs of claims, separated by commas (default: all that apply)")
	subject := f.String("subject", "impl", "who is judged: "+subjectNames)
	model := f.String("model", "interval", "arithmetic of the verdicts: interval or point")
	strict := f.Bool("strict", false, "count what findings cover as violated")
	kind := f.String("kind", "", "judge a generated case of this kind instead of a file")
	entry := f.String("entry", "", "judge the entry of the corpus with this id instead of a file")
	index := f.Uint64("index", 0, "which generated case, with -kind")
	seed := f.Uint64("seed", gateSeed, "seed of the generated case, with -kind")
	if err := f.Parse(args); err != nil {
		return nil, err
	}
	if *kind == "" {
		for _, name := range []string{"index", "seed"} {
			if given(f, name) {
				return nil, fmt.Errorf("-%s says which generated case, so it needs -kind, one of %v", name, domain.Kinds())
			}
		}
	}
	var selected []string
	if *names != "" {
		selected = strings.Split(*names, ",")
	}
	q := &question{strict: *strict}
	var err error
	if q.claims, err = properties.Select(selected...); err != nil {
		return nil, err
	}
	if q.subject, err = subjectNamed(*subject); err != nil {
		return nil, err
	}
	if q.model, err = modelNamed(*model); err != nil {
		return nil, err
	}
	switch {
	case *entry != "":
		q.origin = "entry " + *entry + " of the corpus"
	case *kind != "":
		q.origin = fmt.Sprintf("case %d of kind %s under seed %d", *index, *kind, *seed)
	case f.Arg(0) == "-":
		q.origin = "standard input"
	default:
		q.origin = f.Arg(0)
	}
	q.c, err = caseOf(*kind, *entry, *seed, *index, f.Args(), std.in)
	return q, err
}

// replies returns what each claim says of the case.
func (q *question) replies() ([]properties.Reply, []string, error) {
	replies, alarms := properties.ReplayCase(q.subject, q.claims, q.c, q.model, q.strict)
	if len(replies) == 0 {
		return nil, alarms, fmt.Errorf("no selected claim is judged on cases of kind %s", q.c.Kind())
	}
	return replies, alarms, nil
}

func replay(_ context.Context, args []string, std streams) (int, error) {
	q, err := ask("replay", args, std)
	if err != nil {
		return exitHarness, err
	}
	replies, alarms, err := q.replies()
	if err != nil {
		return exitHarness, err
	}
	fmt.Fprintln(std.out, domain.Describe(q.c))
	if script, ok := q.c.(*domain.Sequence); ok {
		if err := properties.Transcript(std.out, q.subject, script); err != nil {
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
	worst, err := properties.WorstCases(corpus.FS)
	if err != nil {
		return nil, err
	}
	for _, w := range worst {
		if w.ID == id {
			return w.Case, nil
		}
	}
	return nil, fmt.Errorf("no entry of corpus/regressions, corpus/incidents or corpus/worst has the id %q", id)
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
