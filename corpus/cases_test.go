package corpus

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

func readCaseFiles(t *testing.T) []CaseFile {
	t.Helper()
	var all []CaseFile
	for _, dir := range []string{"incidents", "regressions"} {
		files, err := Cases(FS, dir)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, files...)
	}
	return all
}

func TestIDsAreUniqueInTheWholeCorpus(t *testing.T) {
	seen := map[string]bool{}
	claim := func(id string) {
		if seen[id] {
			t.Errorf("%s is used twice", id)
		}
		seen[id] = true
	}
	for _, file := range readVectorFiles(t) {
		for _, v := range file.Entries {
			claim(v.ID)
		}
	}
	for _, file := range readReferenceFiles(t) {
		for _, v := range file.Entries {
			claim(v.ID)
		}
	}
	for _, file := range readCaseFiles(t) {
		for _, c := range file.Entries {
			claim(c.ID)
		}
	}
	worst, err := WorstCases(FS)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range worst {
		for _, w := range file.Entries {
			claim(w.ID)
		}
	}
}

func TestACaseIsNamedAfterItsFile(t *testing.T) {
	for _, file := range readCaseFiles(t) {
		for _, c := range file.Entries {
			if !strings.HasPrefix(c.ID, file.Name+"-") {
				t.Errorf("%s is in %s", c.ID, file.Name)
			}
		}
	}
}

// The raw case is exactly the bytes of the file, so nothing is lost on the way to the package that decodes it.
func TestARawCaseIsAsWritten(t *testing.T) {
	files, err := Cases(FS, "incidents")
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(files, func(f CaseFile) bool { return f.Name == "weight-normalization-half-up" })
	if i < 0 {
		t.Fatal("weight-normalization-half-up is missing")
	}
	c := files[i].Entries[0]
	if want := `{"kind":"weights","raw":["1","1","1","3"]}`; string(c.Raw) != want || c.Kind != "weights" {
		t.Errorf("%s: %s", c.Kind, c.Raw)
	}
}

// A field that is absent is zero, as a case that was simplified is written.
func TestCasesHaveNoFieldsButThoseOfTheirKind(t *testing.T) {
	swap := []string{"kind", "balanceIn", "weightIn", "balanceOut", "weightOut", "amount", "fee", "piece", "decimalsIn", "decimalsOut"}
	fieldsOf := map[string][]string{
		"swap-in": swap, "swap-out": swap,
		"pow":       {"kind", "base", "exponent"},
		"invariant": {"kind", "balances", "weights", "token", "growth", "factor"},
		"weights":   {"kind", "raw"},
	}
	for _, file := range readCaseFiles(t) {
		for _, c := range file.Entries {
			var fields map[string]any
			if err := json.Unmarshal(c.Raw, &fields); err != nil {
				t.Fatal(err)
			}
			for name := range fields {
				if known := fieldsOf[c.Kind]; known != nil && !slices.Contains(known, name) {
					t.Errorf("%s: a case of kind %s has no field %q", c.ID, c.Kind, name)
				}
			}
		}
	}
}
