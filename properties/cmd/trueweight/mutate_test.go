package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/trueweight/trueweight/properties"
	"github.com/trueweight/trueweight/properties/mutate/trial"
)

func TestMutateSaysWhatItNeeds(t *testing.T) {
	for _, c := range []struct {
		name, want string
		args       []string
		prepare    func(*testing.T)
	}{
		{"a target that is none", `no target is called "fuzz"`, []string{"fuzz"}, nil},
		{"a record of a part", "-out is for whole runs", []string{"-out", "x.json", "-sample", "3"}, nil},
		{"no toolchain", "no Go toolchain was found", nil, func(t *testing.T) { t.Setenv("PATH", t.TempDir()) }},
		{"no checkout", "not inside a checkout", nil, func(t *testing.T) { t.Chdir(t.TempDir()) }},
		{"no temporary directory", "TMPDIR names another", nil, func(t *testing.T) { t.Setenv("TMPDIR", filepath.Join(t.TempDir(), "none")) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.prepare != nil {
				c.prepare(t)
			}
			var out, errs bytes.Buffer
			code := run(context.Background(), append([]string{"mutate"}, c.args...), streams{strings.NewReader(""), &out, &errs})
			if code != exitHarness || !strings.Contains(errs.String(), c.want) {
				t.Errorf("exit code %d, %q; want 2 and %q", code, errs.String(), c.want)
			}
		})
	}
}

func TestASampleIsAlwaysTheSameAndHasTheEarlierSurvivors(t *testing.T) {
	var list []trial.Mutant
	for i := range 40 {
		list = append(list, trial.Mutant{ID: i + 1, Key: fmt.Sprintf("impl/x/x.go F: swap #%d", i)})
	}
	m := &mutation{sample: 5}
	keys := func(list []trial.Mutant) (keys []string) {
		for _, m := range list {
			keys = append(keys, m.Key)
		}
		return keys
	}
	sample := keys(m.chosen(&mutants{target: "impl", list: list}, nil))
	slices.Reverse(list)
	if again := keys(m.chosen(&mutants{target: "impl", list: list}, nil)); len(sample) != 5 || !slices.Equal(sample, again) {
		t.Errorf("samples of one set: %v and %v", sample, again)
	}
	left := slices.IndexFunc(list, func(m trial.Mutant) bool { return !slices.Contains(sample, m.Key) })
	if more := keys(m.chosen(&mutants{target: "impl", list: list}, map[string]string{list[left].Key: "was noticed by nobody"})); len(more) != 6 || more[5] != list[left].Key {
		t.Errorf("with an earlier survivor: %v", more)
	}
	if only := keys((&mutation{only: "#7"}).chosen(&mutants{target: "impl", list: list}, nil)); !slices.Equal(only, []string{"impl/x/x.go F: swap #7"}) {
		t.Errorf("only #7: %v", only)
	}
}

func TestErrandsAreAnsweredLineByLine(t *testing.T) {
	baseline := filepath.Join(t.TempDir(), "baseline")
	if err := recordBaseline(baseline, gateSeed, 1, 3); err != nil {
		t.Fatal(err)
	}
	var out, errs bytes.Buffer
	in := strings.NewReader("{\"mutant\":0,\"function\":0}\n{\"mutant\":0,\"function\":0,\"search\":true}\n")
	if code := run(context.Background(), []string{"notice", "-baseline", baseline}, streams{in, &out, &errs}); code != exitHolds {
		t.Fatalf("exit code %d: %s", code, errs.String())
	}
	lines := json.NewDecoder(&out)
	for i, want := range []int{len(properties.Families()) + 1, 1} { // every family and the vectors; then BX alone
		var a trial.Answer
		if err := lines.Decode(&a); err != nil {
			t.Fatal(err)
		}
		if a.Killed() || len(a.Asked) != want {
			t.Errorf("errand %d: %+v, want nobody to notice out of %d", i, a, want)
		}
	}
	if lines.More() {
		t.Error("there are more answers than errands")
	}
}
