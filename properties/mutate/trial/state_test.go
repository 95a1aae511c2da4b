package trial

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/trueweight/trueweight/properties"
)

func keep(t *testing.T, name, run string, keys ...string) {
	t.Helper()
	s, err := OpenState(name, run)
	if err != nil {
		t.Fatal(err)
	}
	for i, key := range keys {
		if err := s.Keep(key, &Answer{Mutant: i, Noticed: properties.Noticed{Asked: map[string]uint64{"BX": 7}}}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestAnInterruptedRunGoesOn(t *testing.T) {
	name := filepath.Join(t.TempDir(), "state")
	keep(t, name, "run", "a", "b", "c")
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, data[:len(data)-9], 0o644); err != nil { // in the middle of the line of c
		t.Fatal(err)
	}
	keep(t, name, "run", "d")
	s, err := OpenState(name, "run")
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for key, known := range map[string]bool{"a": true, "b": true, "c": false, "d": true} {
		if a := s.Answer(key); (a != nil) != known || known && a.Asked["BX"] != 7 {
			t.Errorf("answer to %s: %+v", key, a)
		}
	}
}

func TestAnswersOfAnotherBinaryAreNotTaken(t *testing.T) {
	name := filepath.Join(t.TempDir(), "state")
	keep(t, name, "before", "a")
	s, err := OpenState(name, "after")
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if s.Answer("a") != nil {
		t.Error("an answer of another run is taken")
	}
}

func TestABrokenStateIsSaidToBeBroken(t *testing.T) {
	name := filepath.Join(t.TempDir(), "state")
	if err := os.WriteFile(name, []byte("{\"run\":\"r\",\"key\":\"a\",\"asked\":{}}\nnonsense\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenState(name, "r"); err == nil || !strings.Contains(err.Error(), "line 2") {
		t.Errorf("the error is %v", err)
	}
}
