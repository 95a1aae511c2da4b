package main

import (
	"context"
	"fmt"
	"runtime"

	"github.com/trueweight/trueweight/properties"
)

func hash(_ context.Context, args []string, std streams) (int, error) {
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
	for _, family := range families {
		sum, err := properties.Accumulate(s, family, *seed, *cases, runtime.GOMAXPROCS(0))
		if err != nil {
			return exitHarness, err
		}
		fmt.Fprintf(std.out, "%s %x\n", family, sum)
	}
	return exitHolds, nil
}
