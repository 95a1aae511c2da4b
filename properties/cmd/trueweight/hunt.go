package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/trueweight/trueweight/properties"
	"github.com/trueweight/trueweight/properties/hunt"
	"github.com/trueweight/trueweight/properties/provenance"
)

// huntWorst looks for worst cases on purpose.
func huntWorst(ctx context.Context, args []string, std streams) (int, error) {
	f := flags("hunt", "[FAMILY|ID ...]", std)
	cases := f.Uint64("cases", 100_000, "cases of each family, divided among its claims; a script counts as many as it has steps")
	seed := f.Uint64("seed", gateSeed, "seed of the hunt")
	shard := f.String("shard", "0/1", "`i/n`: run the islands whose number is i modulo n; trueweight merge puts n outputs together")
	state := f.String("state", "", "go on from this `file` if it exists, and keep it up to date, so that an interrupted hunt can be gone on with")
	blind := f.Bool("blind", false, "also judge the claims without a margin, on fresh cases: nothing says which come close")
	subject := f.String("subject", "impl", "who is hunted: "+subjectNames)
	workers := f.Int("workers", 0, "goroutines (0: one a core); decides nothing but speed")
	keep := keepFlags(f)
	if err := f.Parse(args); err != nil {
		return exitHarness, err
	}
	if *cases == 0 || *cases > mostCases {
		return exitHarness, fmt.Errorf("-cases %d: want 1…%d", *cases, uint64(mostCases))
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
	if err := keep.check(s.Name); err != nil {
		return exitHarness, err
	}
	if *state != "" {
		if err := replaceable(*state); err != nil {
			return exitHarness, err
		}
	}
	guided, without := hunt.Huntable(s, claims)
	if *blind {
		guided, without = append(guided, without...), nil
	}
	printNotHunted(std.out, without)
	if len(guided) == 0 {
		return exitHarness, errors.New("no claim is left to hunt for; -blind judges those without a margin too")
	}
	h := &hunt.Hunt{Subject: s, Claims: guided, Seed: *seed, Cases: *cases, Workers: *workers, Code: codeHash(), Progress: progressPrinter(std.err), Stuck: hangs(&properties.Campaign{Subject: s, Seed: *seed}, std)}
	if h.Shard, h.Shards, err = parseShard(*shard); err != nil {
		return exitHarness, err
	}
	r, err := runHunt(ctx, h, *state)
	if err != nil {
		return exitHarness, err
	}
	code, err := keep.finish(r, s, std)
	if ctx.Err() != nil && err == nil {
		fmt.Fprintln(std.out, "interrupted: the table shows what was done; the same command with -state goes on from its file")
		code = max(code, exitHarness)
	}
	return code, err
}

// parseShard reads i/n.
func parseShard(text string) (i, n int, err error) {
	if _, err := fmt.Sscanf(text, "%d/%d", &i, &n); err != nil || fmt.Sprintf("%d/%d", i, n) != text || i < 0 || i >= n || n > hunt.Islands {
		return 0, 0, fmt.Errorf("there is no shard %q: want i/n with 0 ≤ i < n ≤ %d, such as 3/16", text, hunt.Islands)
	}
	return i, n, nil
}

// codeHash names the code that this command was built from, where it is run in a checkout. The corpus is no part of it: a hunt does not read it.
func codeHash() string {
	sources, err := huntSources()
	if err != nil {
		return ""
	}
	return fmt.Sprintf("%x", sha256.Sum256(fmt.Append(nil, sources)))
}

// huntSources are the hashes of what a hunt runs on.
func huntSources() (map[string]string, error) {
	dir, err := root()
	if err != nil {
		return nil, err
	}
	sources, err := provenance.Sources(os.DirFS(dir))
	delete(sources, "corpus")
	delete(sources, "tools")
	return sources, err
}

// checkpointEvery is how often the state is written, besides at the end.
const checkpointEvery = 10 * time.Second

// runHunt runs a hunt, from its state's file if there is one, and keeps that up to date.
func runHunt(ctx context.Context, h *hunt.Hunt, state string) (*hunt.Record, error) {
	if state == "" {
		r := h.Start()
		return r, h.Run(ctx, r)
	}
	r := h.Start()
	switch data, err := os.ReadFile(state); {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return nil, err
	default:
		if r, err = hunt.Read(data); err != nil {
			return nil, fmt.Errorf("%s: %w; remove the file to begin anew", state, err)
		}
	}
	write := func(r *hunt.Record) error {
		data, err := r.Marshal()
		if err != nil {
			return err
		}
		return replaceFile(state, data)
	}
	last := time.Now()
	h.Checkpoint = func(r *hunt.Record) error {
		if time.Since(last) < checkpointEvery {
			return nil
		}
		err := write(r)
		last = time.Now()
		return err
	}
	if err := h.Run(ctx, r); err != nil {
		return nil, fmt.Errorf("%s: %w", state, err)
	}
	return r, write(r)
}

// mergeHunts puts the shards of a hunt together.
func mergeHunts(_ context.Context, args []string, std streams) (int, error) {
	f := flags("merge", "FILE ...", std)
	keep := keepFlags(f)
	if err := f.Parse(args); err != nil {
		return exitHarness, err
	}
	if f.NArg() == 0 {
		return exitHarness, errors.New("want the files that trueweight hunt wrote with -out or -state")
	}
	var merged *hunt.Record
	for _, name := range f.Args() {
		data, err := os.ReadFile(name)
		if err != nil {
			return exitHarness, err
		}
		r, err := hunt.Read(data)
		if err != nil {
			return exitHarness, fmt.Errorf("%s: %w", name, err)
		}
		if merged == nil {
			merged = r
		} else if merged, err = hunt.Merge(merged, r); err != nil {
			return exitHarness, fmt.Errorf("%s: %w", name, err)
		}
	}
	s, err := properties.Impl(), error(nil)
	if name := merged.Subject; name != s.Name {
		if s, err = subjectTold(name); err != nil {
			return exitHarness, err
		}
	}
	if err := keep.check(merged.Subject); err != nil {
		return exitHarness, err
	}
	return keep.finish(merged, s, std)
}

// subjectTold finds the subject of a record by the name it calls itself.
func subjectTold(name string) (*properties.Subject, error) {
	names := strings.Split("impl exact-v2 exact-v3", " ")
	for _, p := range properties.Planted() {
		names = append(names, "planted:"+p.Claim)
	}
	for _, n := range names {
		if s, err := subjectNamed(n); err == nil && s.Name == name {
			return s, nil
		}
	}
	return nil, fmt.Errorf("this command does not know the subject %q that was hunted", name)
}
