// Command trueweight judges weighted-pool math.
//
//	trueweight verify   judge claims on generated cases and on the corpus
//	trueweight fuzz     run the fuzz targets side by side, and keep what they find
//	trueweight hunt     look for the cases that come closest to breaking claims
//	trueweight merge    put the shards of a hunt together
//	trueweight replay   judge one case
//	trueweight shrink   reduce a case that violates a claim to the simplest that does
//	trueweight report   write properties/evidence and REPORT.md again, or check them
//	trueweight mutate   break the code in one place at a time and see which claims notice
//	trueweight hash     the accumulated hash of a subject's answers, as corpus/accumulated.json keeps it
//
// It exits with 0 when every claim holds, 1 when one is violated, and 2 when
// the harness failed: bad flags, unreadable files, an interrupted run, or the two arithmetics in disagreement.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"

	"github.com/trueweight/trueweight/properties"
	"github.com/trueweight/trueweight/reference/exact"
)

const (
	exitHolds    = 0
	exitViolated = 1
	exitHarness  = 2
)

func main() {
	signal.Ignore(syscall.SIGPIPE) // a closed pipe is an error to tell, not a reason to die before files are written
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second interrupt ends what can't be asked to end
	code := run(ctx, os.Args[1:], streams{os.Stdin, os.Stdout, os.Stderr})
	stop()
	os.Exit(code)
}

// streams are where a command reads and writes.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

const usage = `usage: trueweight COMMAND [flags] [arguments]

  verify [FAMILY|ID ...]   judge claims on generated cases and on the corpus
  fuzz                     run the fuzz targets side by side, and keep what they find
  hunt [FAMILY|ID ...]     look for the cases that come closest to breaking claims
  merge FILE ...           put the shards of a hunt together
  replay CASE.json|-       judge one case
  shrink CASE.json|-       the simplest case that violates what a case violates
  report                   write properties/evidence and REPORT.md again
  mutate [impl|judge]      break the code in one place at a time and see who notices
  hash                     accumulated hashes of a subject's answers

trueweight COMMAND -h lists a command's flags.
`

// run executes one command and returns the exit code.
func run(ctx context.Context, args []string, std streams) int {
	commands := map[string]func(context.Context, []string, streams) (int, error){
		"verify": verify, "fuzz": fuzz, "hunt": huntWorst, "merge": mergeHunts, "replay": replay, "shrink": shrink, "report": makeReport, "hash": hash,
		"mutate": mutateCommand, "notice": notice,
	}
	if len(args) == 0 || slices.Contains([]string{"-h", "-help", "--help", "help"}, args[0]) {
		fmt.Fprint(std.err, usage)
		if len(args) == 0 {
			return exitHarness
		}
		return exitHolds
	}
	command, ok := commands[args[0]]
	if !ok {
		fmt.Fprintf(std.err, "trueweight: no command is called %q\n\n%s", args[0], usage)
		return exitHarness
	}
	out := &faithful{w: std.out}
	std.out = out
	code, err := command(ctx, args[1:], std)
	if out.err != nil && err == nil {
		err = fmt.Errorf("not everything could be printed: %w", out.err)
		if code == exitViolated { // which is still true
			fmt.Fprintf(std.err, "trueweight %s: %v\n", args[0], err)
			return code
		}
	}
	switch {
	case errors.Is(err, flag.ErrHelp):
		return exitHolds
	case err != nil:
		fmt.Fprintf(std.err, "trueweight %s: %v\n", args[0], err)
		return max(code, exitHarness)
	}
	return code
}

// faithful is a writer that remembers the first error, and writes nothing after it.
type faithful struct {
	w   io.Writer
	err error
}

func (f *faithful) Write(p []byte) (n int, err error) {
	if f.err == nil {
		n, f.err = f.w.Write(p)
	}
	return n, f.err
}

// flags returns a flag set of a command's own: no library's flags leak in.
func flags(name, arguments string, std streams) *flag.FlagSet {
	f := flag.NewFlagSet(name, flag.ContinueOnError)
	f.SetOutput(std.err)
	f.Usage = func() {
		fmt.Fprintf(std.err, "usage: trueweight %s [flags] %s\n", name, arguments)
		f.PrintDefaults()
	}
	return f
}

// given reports whether a flag stood on the command line.
func given(set *flag.FlagSet, name string) (found bool) {
	set.Visit(func(f *flag.Flag) { found = found || f.Name == name })
	return found
}

// subjectNames are the subjects that the command knows by name; others are judged with properties.Verify in a test.
const subjectNames = "impl, exact-v2, exact-v3, or planted:ID for impl with the bug that the claim must notice"

func subjectNamed(name string) (*properties.Subject, error) {
	switch name {
	case "impl":
		return properties.Impl(), nil
	case "exact-v2":
		return properties.Exact(exact.V2), nil
	case "exact-v3":
		return properties.Exact(exact.V3), nil
	}
	if id, ok := strings.CutPrefix(name, "planted:"); ok {
		for _, p := range properties.Planted() {
			if p.Claim == id {
				return p.Into(properties.Impl()), nil
			}
		}
		return nil, fmt.Errorf("no bug is planted for claim %q", id)
	}
	return nil, fmt.Errorf("no subject is called %q: want %s", name, subjectNames)
}

func modelNamed(name string) (properties.Model, error) {
	for _, m := range []properties.Model{properties.Enclosures, properties.Points} {
		if m.String() == name || name == "point" && m == properties.Points || name == "interval" && m == properties.Enclosures {
			return m, nil
		}
	}
	return 0, fmt.Errorf("no model is called %q: want interval or point", name)
}
