package trial

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/trueweight/trueweight/properties"
)

// The test binary is its own child: with the variable set it answers errands as its mutants would have it.
func TestMain(m *testing.M) {
	if os.Getenv("TRIAL_CHILD") == "" {
		os.Exit(m.Run())
	}
	in := bufio.NewScanner(os.Stdin)
	for in.Scan() {
		var e Errand
		if err := json.Unmarshal(in.Bytes(), &e); err != nil {
			fmt.Fprintln(os.Stderr, harness+err.Error())
			os.Exit(2)
		}
		json.NewEncoder(os.Stdout).Encode(childAnswer(e))
	}
	os.Exit(0)
}

// What the child does with each mutant.
const (
	survives = iota + 1
	isNoticed
	panics
	fails
	hangs
	isChosenAtStart
)

func childAnswer(e Errand) Answer {
	a := Answer{Mutant: e.Mutant, Reached: true, Noticed: properties.Noticed{Asked: map[string]uint64{"BX": 3}}}
	switch e.Mutant {
	case isNoticed:
		a.By = map[string]properties.Notice{"BX": {Claim: "BX-ADD", Case: "operands 2", Part: "value", After: 3}}
	case panics:
		panic("the mutant panics")
	case fails:
		fmt.Fprintln(os.Stderr, harness+"the disk is full")
		os.Exit(2)
	case hangs:
		a = Answer{Mutant: e.Mutant, Reached: true, Ended: Hang, Column: "EC", Doing: "EC-SHARE on market 3"}
	case isChosenAtStart:
		a.Reached = os.Getenv(Selector) == fmt.Sprint(e.Mutant)
	}
	return a
}

func run(t *testing.T, workers int, ids ...int) (map[int]*Answer, error) {
	t.Helper()
	t.Setenv("TRIAL_CHILD", "1")
	var mutants []Mutant
	for _, id := range ids {
		m := Mutant{ID: id, Key: fmt.Sprint("key ", id), Function: 1}
		if id == isChosenAtStart {
			m.Function = properties.AnyFunction
		}
		mutants = append(mutants, m)
	}
	answers := map[int]*Answer{}
	p := Claims{Binary: os.Args[0], Workers: workers}
	err := p.Run(t.Context(), mutants, func(m *Mutant, a *Answer) error { answers[m.ID] = a; return nil })
	return answers, err
}

func TestAMutantThatEndsItsProcessEndsNoOther(t *testing.T) {
	for _, workers := range []int{1, 3} {
		answers, err := run(t, workers, survives, panics, isNoticed, hangs, isChosenAtStart)
		if err != nil {
			t.Fatal(err)
		}
		if len(answers) != 5 {
			t.Fatalf("%d workers: %d answers, want 5", workers, len(answers))
		}
		if answers[survives].Killed() || !answers[isNoticed].noticedBy("BX") {
			t.Errorf("%d workers: mutants that end nothing are not told as the child does: %+v %+v", workers, answers[survives], answers[isNoticed])
		}
		if a := answers[panics]; a.Ended != Crash || !strings.Contains(a.Doing, "the mutant panics") {
			t.Errorf("%d workers: a panic is told as %+v", workers, a)
		}
		if a := answers[hangs]; a.Ended != Hang || !a.noticedBy("EC") {
			t.Errorf("%d workers: a hang is told as %+v", workers, a)
		}
		if !answers[isChosenAtStart].Reached {
			t.Errorf("%d workers: a mutant that must be chosen at the start was not", workers)
		}
	}
}

func TestAFaultOfTheChildIsNoKill(t *testing.T) {
	answers, err := run(t, 1, survives, fails)
	if err == nil || !strings.Contains(err.Error(), "the disk is full") {
		t.Errorf("the error is %v", err)
	}
	if answers[fails] != nil {
		t.Errorf("an answer is given: %+v", answers[fails])
	}
}

func TestACancelledRunEndsWithoutInventedAnswers(t *testing.T) {
	t.Setenv("TRIAL_CHILD", "1")
	ctx, cancel := context.WithCancel(t.Context())
	p := Claims{Binary: os.Args[0], Workers: 2}
	var answered []int
	err := p.Run(ctx, []Mutant{{ID: survives, Function: 1}, {ID: isNoticed, Function: 1}, {ID: panics, Function: 1}}, func(m *Mutant, a *Answer) error {
		answered = append(answered, m.ID)
		cancel()
		return nil
	})
	if !errors.Is(err, context.Canceled) || slices.Contains(answered, panics) {
		t.Errorf("error %v, answers to %v", err, answered)
	}
}
