package main

import (
	"context"
	"fmt"

	"github.com/trueweight/trueweight/properties"
)

func shrink(_ context.Context, args []string, std streams) (int, error) {
	q, err := ask("shrink", args, std)
	if err != nil {
		return exitHarness, err
	}
	replies, alarms, err := q.replies()
	if err != nil {
		return exitHarness, err
	}
	code := exitHolds
	for _, r := range replies {
		switch r.Verdict.Outcome {
		case properties.Violated:
			code = exitViolated
		case properties.Undecided:
			if code != exitViolated {
				code = exitHarness
			}
		default:
			continue
		}
		fmt.Fprintf(std.out, "%v\n", r.Shrink(q.subject, q.c, q.model, q.strict, q.origin))
	}
	for _, a := range alarms {
		fmt.Fprintf(std.out, "harness: %s\n", a)
		code = exitHarness
	}
	if code == exitHolds {
		fmt.Fprintf(std.out, "nothing to shrink: %s violates none of the %d claims that judge the case\n", q.subject.Name, len(replies))
	}
	return code, nil
}
