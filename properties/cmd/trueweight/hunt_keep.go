package main

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/trueweight/trueweight/properties"
	"github.com/trueweight/trueweight/properties/hunt"
	"github.com/trueweight/trueweight/properties/report"
)

// huntKeep is where the findings of a hunt go.
type huntKeep struct {
	out  *string
	keep *bool
}

func keepFlags(f *flag.FlagSet) huntKeep {
	return huntKeep{
		f.String("out", "", "write what was found to this `file`, for trueweight merge"),
		f.Bool("keep", false, "write what is closer than before into corpus/worst, and all into properties/evidence/hunt.json"),
	}
}

// check refuses before the work what could not be kept after it.
func (k huntKeep) check(subject string) error {
	if *k.out != "" {
		if err := replaceable(*k.out); err != nil {
			return err
		}
	}
	if !*k.keep {
		return nil
	}
	if subject != properties.Impl().Name {
		return fmt.Errorf("-keep is for worst cases of impl, and %s is hunted", subject)
	}
	_, err := root()
	return err
}

// finish prints what was found and keeps it as the flags say.
func (k huntKeep) finish(r *hunt.Record, s *properties.Subject, std streams) (int, error) {
	failures := r.Failures(s)
	for _, f := range failures {
		fmt.Fprintf(std.out, "%v\n", f)
	}
	for _, a := range r.Alarms {
		fmt.Fprintf(std.out, "harness: %s\n", a)
	}
	gate := gateEvidence()
	printFound(std.out, r, gate)
	code := (&properties.Result{Failures: failures, Alarms: r.Alarms}).ExitCode()
	if *k.out != "" {
		data, err := r.Marshal()
		if err != nil {
			return exitHarness, err
		}
		if err := replaceFile(*k.out, data); err != nil {
			return exitHarness, err
		}
	}
	if !*k.keep {
		return code, nil
	}
	if code != exitHolds {
		fmt.Fprintln(std.out, "nothing is kept of a hunt that failed")
		return code, nil
	}
	return code, keepFound(r, gate, std.out)
}

// gateEvidence reads the committed evidence, to compare with; nil where there is none.
func gateEvidence() *properties.Evidence {
	dir, err := root()
	if err != nil {
		return nil
	}
	data, err := os.ReadFile(filepath.Join(dir, "properties", "evidence", "gate.json"))
	if err != nil {
		return nil
	}
	e, err := report.Unmarshal(data)
	if err != nil {
		return nil
	}
	return e
}

func keepFound(r *hunt.Record, gate *properties.Evidence, out io.Writer) error {
	dir, err := root()
	if err != nil {
		return err
	}
	files, fresh, err := r.Tighten(os.DirFS(filepath.Join(dir, "corpus")))
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Join(dir, "corpus", "worst"), 0o755); err != nil {
		return err
	}
	for family, data := range files {
		if err := replaceFile(filepath.Join(dir, "corpus", "worst", family+".json"), data); err != nil {
			return err
		}
	}
	fmt.Fprintf(out, "corpus/worst: %d cases are new or closer than before\n", fresh)
	return recordHunt(r, gate, filepath.Join(dir, "properties", "evidence", "hunt.json"), out)
}

// recordHunt writes the evidence of a hunt, with what an earlier one on the same code saw of other claims.
func recordHunt(r *hunt.Record, gate *properties.Evidence, name string, out io.Writer) error {
	var before *report.Hunt
	switch data, err := os.ReadFile(name); {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return err
	default:
		if before, err = report.UnmarshalHunt(data); err != nil {
			return fmt.Errorf("%s: %w; remove the file to begin anew", filepath.Base(name), err)
		}
	}
	sources, err := huntSources()
	if err != nil {
		return err
	}
	e := r.Evidence(&report.Hunt{Sources: sources, Go: runtime.Version(), Processor: processor()}, before, gate)
	if before != nil {
		for _, c := range before.Claims {
			if !slices.ContainsFunc(e.Claims, func(d report.HuntedClaim) bool { return c.ID == d.ID }) {
				fmt.Fprintf(out, "properties/evidence/hunt.json: %s is dropped, it was hunted on other code, under another seed or on another machine\n", c.ID)
			}
		}
	}
	data, err := report.MarshalHunt(e)
	if err != nil {
		return err
	}
	return replaceFile(name, data)
}

// processor names the machine's processor, as well as the system says.
func processor() string {
	f, err := os.Open("/proc/cpuinfo")
	if err != nil {
		return runtime.GOARCH
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if key, value, ok := strings.Cut(lines.Text(), ":"); ok && strings.TrimSpace(key) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return runtime.GOARCH
}

// printFound prints a line for each claim: how close the gate's random cases came, and how close the hunt's.
func printFound(w io.Writer, r *hunt.Record, gate *properties.Evidence) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "claim\tjudged\tvacuous\tknown\tviolated\tundecided\trandom testing\thunt\tpool-valid\ttight classes\tclass of the closest")
	for _, f := range r.Found() {
		all, pool := f.Tightest()
		closest, valid, class := "", "", ""
		if all != nil {
			closest, class = all.Margin.String(), all.Class
		}
		if pool != nil {
			valid = pool.Margin.String()
		}
		tight, classes := 0, 0
		for _, worst := range f.Worst {
			if worst.Class != properties.PoolValidClass {
				classes++
				if worst.Margin.Tight() {
					tight++
				}
			}
		}
		fmt.Fprintf(t, "%s\t%d\t%d\t%d\t%d\t%d\t%s\t%s\t%s\t%d of %d\t%s\n", f.Claim.ID, f.Tally.Judged(), f.Tally.Vacuous, f.Tally.Known, f.Tally.Violated, f.Tally.Undecided,
			hunt.Random(gate, f.Claim.ID), closest, valid, tight, classes, class)
	}
	t.Flush()
}

func printNotHunted(w io.Writer, claims []*properties.Property) {
	if len(claims) == 0 {
		return
	}
	ids := make([]string, len(claims))
	for i, p := range claims {
		ids[i] = p.ID
	}
	fmt.Fprintf(w, "not hunted, for they have no margin: %s\n", strings.Join(ids, ", "))
}
