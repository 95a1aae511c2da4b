package trial

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// suiteOf compiles the tests of testdata/suite.
func suiteOf(t *testing.T, slow, never []string) *Suite {
	t.Helper()
	s := &Suite{Package: "suite", Column: "suite", Dir: "testdata/suite", Binary: filepath.Join(t.TempDir(), "suite.test"), Slow: slow, Never: never}
	c := exec.Command("go", "test", "-c", "-o", s.Binary)
	c.Dir = s.Dir
	if said, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	return s
}

func TestTestsJudgeTheMutantsThatTheyReach(t *testing.T) {
	s := suiteOf(t, []string{"TestSlow"}, []string{"TestNever"})
	if err := Prepare(t.Context(), []*Suite{s}, 2, t.TempDir()); err != nil {
		t.Fatal(err)
	}
	var mutants []Mutant
	for id, function := range map[int]int{2: 1, 4: 1, 5: 3, 6: 1, 7: 3, 8: 9, 9: 1} {
		mutants = append(mutants, Mutant{ID: id, Function: function, Group: "suite"})
	}
	answers := map[int]*Answer{}
	suites := Suites{Suites: []*Suite{s}, Workers: 2}
	if err := suites.Run(t.Context(), mutants, func(m *Mutant, a *Answer) error { answers[m.ID] = a; return nil }); err != nil {
		t.Fatal(err)
	}
	for id, want := range map[int]string{
		2: "TestQuick: mutant 2 is wrong",
		4: "TestQuick: ",
		5: "TestSlow: mutant 5 is wrong",
		6: "crash",
		7: "survived",
		8: "not reached",
		9: "hang",
	} {
		a, got := answers[id], "survived"
		switch by, noticed := a.By["suite"]; {
		case noticed:
			got = by.Claim + ": " + by.Part
		case a.Ended != "":
			got = a.Ended
		case !a.Reached:
			got = "not reached"
		}
		if got != want {
			t.Errorf("mutant %d: %s, want %s", id, got, want)
		}
	}
	other := Mutant{ID: 5, Function: 3, Group: "another"}
	if a, err := suites.judge(t.Context(), &other); err == nil || !strings.Contains(err.Error(), "no tests judge mutants of another") {
		t.Errorf("a mutant of a package without tests is judged by others: %+v, %v", a, err)
	}
}

func TestQuickTestsAreAskedFirstAndAllAreAsked(t *testing.T) {
	var tests []test
	for _, took := range []time.Duration{900, 1, 30, 2, 15, 1, 300, 5000, 60} {
		tests = append(tests, test{took: took * time.Millisecond})
	}
	got := fmt.Sprint(func() (list [][]time.Duration) {
		for _, tier := range inTiers(tests) {
			var times []time.Duration
			for _, test := range tier {
				times = append(times, test.took)
			}
			list = append(list, times)
		}
		return list
	}())
	if want := "[[1ms 1ms 2ms 15ms 30ms] [60ms 300ms] [900ms] [5s]]"; got != want {
		t.Errorf("tiers %s, want %s", got, want)
	}
	if inTiers(nil) != nil {
		t.Errorf("no tests make tiers")
	}
}

func TestATestThatFailsWithoutMutantsIsNoJudge(t *testing.T) {
	err := Prepare(t.Context(), []*Suite{suiteOf(t, nil, nil)}, 1, t.TempDir())
	if err == nil || !strings.Contains(err.Error(), "TestNever of suite fails without any mutant") {
		t.Errorf("the error is %v", err)
	}
}

func TestANameOfNoTestIsAnError(t *testing.T) {
	err := Prepare(t.Context(), []*Suite{suiteOf(t, []string{"TestSlwo"}, nil)}, 1, t.TempDir())
	if err == nil || !strings.Contains(err.Error(), "suite has no test TestSlwo") {
		t.Errorf("the error is %v", err)
	}
}
