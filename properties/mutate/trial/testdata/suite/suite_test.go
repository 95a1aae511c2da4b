// Package suite stands for tests that have mutants in them: each test says which functions it reaches, and fails on some mutants.
package suite

import (
	"os"
	"testing"
)

func mutant(t *testing.T, reaches string, does map[string]func()) {
	if name := os.Getenv("TRUEWEIGHT_REACH"); name != "" {
		if err := os.WriteFile(name, []byte(reaches), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if do := does[os.Getenv("TRUEWEIGHT_MUTANT")]; do != nil {
		do()
	}
}

func TestQuick(t *testing.T) {
	mutant(t, "1\n3\n", map[string]func(){
		"2": func() { t.Error("mutant 2 is wrong") },
		"4": func() { panic("mutant 4 panics") },
		"6": func() { os.Exit(3) },
		"9": func() {
			for {
			}
		},
	})
}

func TestSlow(t *testing.T) {
	mutant(t, "3\n", map[string]func(){"5": func() { t.Error("mutant 5 is wrong") }})
}

func TestNever(t *testing.T) { t.Error("this test is never asked") }
