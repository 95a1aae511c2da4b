package main

import (
	"strings"
	"testing"
)

func TestShrinkTellsTheSimplestCaseOrThatThereIsNothingToShrink(t *testing.T) {
	const swap = `{"kind":"swap-in","balanceIn":"123456789","weightIn":"300000000000000000","balanceOut":"987654321","weightOut":"600000000000000000","amount":"12345","fee":"3000000000000000"}`
	for _, tc := range []struct {
		name string
		args []string
		code int
		want string
	}{
		{"a violation", []string{"-claims", "SW-OUT", "-subject", "planted:SW-OUT", "-"}, 1,
			`replay:   echo '{"kind":"swap-in","balanceIn":"4","weightIn":"500000000000000000","balanceOut":"5","weightOut":"500000000000000000","amount":"1"}'`},
		{"no violation", []string{"-claims", "SW-OUT", "-"}, 0, "nothing to shrink: impl violates none of the 1 claims that judge the case"},
		{"no claim on the kind", []string{"-claims", "WT", "-"}, 2, "no selected claim is judged on cases of kind swap-in"},
		{"no case", nil, 2, "want one case: a file of JSON, or - for standard input"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			code, out, errors := ran(swap, append([]string{"shrink"}, tc.args...)...)
			if code != tc.code || !strings.Contains(out+errors, tc.want) {
				t.Errorf("exit code %d, want %d; printed\n%s%s\nwant in it: %s", code, tc.code, out, errors, tc.want)
			}
		})
	}
}
