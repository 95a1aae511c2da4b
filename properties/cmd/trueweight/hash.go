package main

import (
	"context"
	"fmt"
	"runtime"

	"github.com/trueweight/trueweight/properties"
)

func hash(ctx context.Context, args []string, std streams) (int, error) {
	f := flags("hash", "[FAMILY ...]", std)
	subject := f.String("subject", "impl", "who is asked: "+subjectNames)
	seed := f.Uint64("seed", 1, "seed of the expansion")
	cases := f.Uint64("cases", 1_000_000, "cases of each family, a multiple of 1,000")
	if err := f.Parse(args); err != nil {
		return exitHarness, err
	}
	s, err := subjectNamed(*subject)
	if err != nil {
		return exitHarness, err
	}
	families := f.Args()
	if len(families) == 0 {
		families = properties.AccumulatedFamilies()
	}
	if *cases == 0 || *cases > mostHashed {
		return exitHarness, fmt.Errorf("-cases %d: want 1000…%d", *cases, uint64(mostHashed))
	}
	for _, family := range families {
		sum, err := accumulate(ctx, s, family, *seed, *cases)
		if err != nil {
			return exitHarness, err
		}
		fmt.Fprintf(std.out, "%s %x\n", family, sum)
	}
	return exitHolds, nil
}

// mostHashed is the greatest number of cases that is no slip: hours of them.
const mostHashed = 1_000_000_000

// accumulate is interrupted with its context: half a hash is none.
func accumulate(ctx context.Context, s *properties.Subject, family string, seed, cases uint64) (sum [32]byte, err error) {
	type answer struct {
		sum [32]byte
		err error
	}
	done := make(chan answer, 1)
	go func() {
		sum, err := properties.Accumulate(s, family, seed, cases, runtime.GOMAXPROCS(0))
		done <- answer{sum, err}
	}()
	select {
	case a := <-done:
		return a.sum, a.err
	case <-ctx.Done():
		return [32]byte{}, fmt.Errorf("interrupted in family %s: its hash is of all cases or none; run it again", family)
	}
}
