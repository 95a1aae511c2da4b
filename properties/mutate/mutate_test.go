package mutate

import (
	"reflect"
	"strings"
	"testing"
)

func TestTheSameSourcesGiveTheSameMutants(t *testing.T) {
	patterns := []string{"impl/weighted", "impl/logexp", "reference/interval/exp.go"}
	once, err := Generate(root, patterns...)
	if err != nil {
		t.Fatal(err)
	}
	again, err := Generate(root, patterns[2], patterns[1], patterns[0])
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(once, again) {
		t.Error("two runs, and patterns in another order, give other mutants, numbers or files")
	}
}

func TestKeysAreUnique(t *testing.T) {
	set, err := Generate(root, append(Impl[:len(Impl):len(Impl)], Judge...)...)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]int{}
	for _, m := range set.Mutants {
		if other := seen[m.Key()]; other != 0 {
			t.Errorf("mutants %d and %d have one key: %s", other, m.ID, m.Key())
		}
		seen[m.Key()] = m.ID
	}
}

func TestOnlyTheFilesNamedAreMutated(t *testing.T) {
	set, err := Generate(root, "impl/weighted/swap.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range set.Mutants {
		if m.File != "impl/weighted/swap.go" {
			t.Fatalf("a mutant in %s", m.File)
		}
	}
	if len(set.Mutants) == 0 {
		t.Error("no mutants")
	}
}

func TestAPatternThatMatchesNothingIsAnError(t *testing.T) {
	for _, patterns := range [][]string{{"impl/weighted/swop.go"}, {"impl/nothing"}, {"impl/weighted", "impl/logexp/weighted.go"}} {
		_, err := Generate(root, patterns...)
		if err == nil || !strings.Contains(err.Error(), strings.TrimSuffix(patterns[len(patterns)-1], ".go")) {
			t.Errorf("%q: %v, want an error that names the pattern", patterns, err)
		}
	}
}
