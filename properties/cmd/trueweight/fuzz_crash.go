package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

var (
	writtenInput = regexp.MustCompile(`(?m)^\s*Failing input written to testdata[/\\]fuzz[/\\]\w+[/\\](\S+)$`)
	seedInput    = regexp.MustCompile(`(?m)failure while testing seed corpus entry: \w+/(\S+)$`)
)

// failingInput returns the name of the input that Go's fuzzer says it failed on.
func failingInput(out string) (name string, ok bool) {
	for _, form := range []*regexp.Regexp{writtenInput, seedInput} {
		if m := form.FindStringSubmatch(out); m != nil {
			return m[1], true
		}
	}
	return "", false
}

// judge runs a failing input again, alone. Only the story of a violated claim makes it a violation: an input that
// passes now, or that ends the process, is an event of the harness.
func (z *fuzzing) judge(t *target, dir, name string) {
	kept := z.keepInput(t, dir, name)
	ctx, stop := context.WithTimeout(context.Background(), z.patience) // a violation is told even if the user stops the others
	defer stop()
	out, err := z.command(ctx, dir, "-test.run=^"+t.name+"$/^"+regexp.QuoteMeta(name)+"$").CombinedOutput()
	switch story, e, told := readStory(string(out), t.name); {
	case ctx.Err() != nil:
		t.fault = fmt.Sprintf("no answer for %v on an input that failed: the subject hangs, or the process was starved; %s", z.patience, kept)
	case err == nil:
		t.fault = "an input that failed passes when it is run again: the failure was of the process, or the subject remembers; " + kept
	case !told:
		t.fault = fmt.Sprintf("an input ends the process with %v and no claim violated; %s\n%s", err, kept, tail(string(out)))
	default:
		t.story, t.found = story, e
	}
}

// keepInput copies a failing input to where the others are kept, and says how to run it.
func (z *fuzzing) keepInput(t *target, dir, name string) string {
	data, err := os.ReadFile(filepath.Join(dir, "testdata", "fuzz", t.name, name))
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Sprintf("it is a seed: go test -run='^%s$/^%s$' ./fuzz runs it", t.name, name)
	}
	kept := filepath.Join(z.keep, "failing", t.name, name)
	if err == nil {
		err = os.MkdirAll(filepath.Dir(kept), 0o755)
	}
	if err == nil {
		err = replaceFile(kept, data)
	}
	if err != nil {
		return fmt.Sprintf("the input is lost: %v", err)
	}
	return fmt.Sprintf("the input is %s: copy it to fuzz/testdata/fuzz/%s and run go test -run='^%s$/^%s$' ./fuzz", kept, t.name, t.name, name)
}

// An entry is a case ready for corpus/regressions.
type entry struct {
	ID      string          `json:"id"`
	Comment string          `json:"comment"`
	Claims  []string        `json:"claims"`
	Expect  string          `json:"expect"`
	Case    json.RawMessage `json:"case"`
}

func (e *entry) String() string { return plainJSON(e) }

// readStory takes the story of a violated claim out of a test's output, and makes its last line, the case to keep, an
// entry with a name of its own: the claim and the hash of the case.
func readStory(out, target string) (story string, e *entry, ok bool) {
	var lines []string
	for line := range strings.Lines(out) {
		line = strings.TrimPrefix(strings.TrimRight(line, "\r\n"), strings.Repeat(" ", 8))
		if _, first, found := strings.Cut(line, ".go:"); found && len(lines) == 0 {
			if _, first, _ = strings.Cut(first, ": "); strings.Contains(first, " violated by ") {
				lines = append(lines, first)
			}
			continue
		}
		if len(lines) == 0 {
			continue
		}
		line = strings.TrimPrefix(line, "    ")
		kept, last := strings.CutPrefix(line, "keep:")
		if !last {
			lines = append(lines, line)
			continue
		}
		e = new(entry)
		if err := json.Unmarshal([]byte(kept), e); err != nil || len(e.Claims) == 0 {
			return "", nil, false
		}
		e.ID = fmt.Sprintf("%s-%.4x", strings.ToLower(e.Claims[0]), sha256.Sum256(e.Case))
		e.Comment = fmt.Sprintf("found by %s, and simplified: %s was violated", target, strings.Join(e.Claims, ", "))
		return strings.Join(lines, "\n"), e, true
	}
	return "", nil, false
}

// caseFile is a file of corpus/regressions.
type caseFile struct {
	Schema  string   `json:"schema"`
	Title   string   `json:"title"`
	Origin  string   `json:"origin"`
	Effect  string   `json:"effect"`
	Notes   []string `json:"notes"`
	Count   int      `json:"count"`
	Entries []entry  `json:"entries"`
}

// addEntries writes entries to a file of regressions, beside those that it has.
func addEntries(name string, more []entry) error {
	file := caseFile{Schema: "trueweight-cases-1", Title: "What fuzzing found", Origin: "found by trueweight fuzz and simplified",
		Effect: "each violated a claim when it was found", Notes: []string{"an id ends with the claim and the start of the SHA-256 of the case"}}
	data, err := os.ReadFile(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return err
	default:
		d := json.NewDecoder(bytes.NewReader(data))
		d.DisallowUnknownFields()
		if err := d.Decode(&file); err != nil {
			return fmt.Errorf("%s is there, and no file of regressions to add to: %w", name, err)
		}
	}
	stem := strings.TrimSuffix(filepath.Base(name), ".json")
	for _, e := range more {
		e.ID = stem + "-" + e.ID // the corpus names a case after its file
		if !slices.ContainsFunc(file.Entries, func(f entry) bool { return f.ID == e.ID }) {
			file.Entries = append(file.Entries, e)
		}
	}
	return replaceFile(name, file.render())
}

// render writes a file as those of the corpus are: an entry a line.
func (f *caseFile) render() []byte {
	var b bytes.Buffer
	notes := make([]string, len(f.Notes))
	for i, n := range f.Notes {
		notes[i] = "\n  " + plainJSON(n)
	}
	fmt.Fprintf(&b, "{\n \"schema\": %s,\n \"title\": %s,\n \"origin\": %s,\n \"effect\": %s,\n \"notes\": [%s\n ],\n \"count\": %d,\n \"entries\": [",
		plainJSON(f.Schema), plainJSON(f.Title), plainJSON(f.Origin), plainJSON(f.Effect), strings.Join(notes, ","), len(f.Entries))
	for i := range f.Entries {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, "\n  %v", &f.Entries[i])
	}
	b.WriteString("\n ]\n}\n")
	return b.Bytes()
}

// plainJSON is JSON with <, > and & as they are. What it is given can always be written.
func plainJSON(value any) string {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		panic(err)
	}
	return strings.TrimSpace(b.String())
}
