package trial

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// A State keeps answers in a file, one JSON object a line, so that an interrupted run can go on. Answers
// belong to the binary and budget that gave them: others are left alone.
type State struct {
	file    *os.File
	run     string
	answers map[string]*Answer
}

// a line of a state
type kept struct {
	Run string `json:"run"` // binary and budget
	Key string `json:"key"`
	*Answer
}

// OpenState reads a state and opens it for appending; it is created if there is none. A last line that an interruption
// cut short is taken off; any other fault is an error.
func OpenState(name, run string) (*State, error) {
	s := &State{run: run, answers: map[string]*Answer{}}
	data, err := os.ReadFile(name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	whole := bytes.LastIndexByte(data, '\n') + 1
	lines := bufio.NewScanner(bytes.NewReader(data[:whole]))
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		var k kept
		if err := json.Unmarshal(lines.Bytes(), &k); err != nil || k.Run == "" || k.Answer == nil {
			return nil, fmt.Errorf("%s: line %d is no answer of a mutation run; delete the file to start over", name, n)
		}
		if k.Run == run {
			s.answers[k.Key] = k.Answer
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if s.file, err = os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o644); err != nil {
		return nil, err
	}
	if err = s.file.Truncate(int64(whole)); err == nil {
		_, err = s.file.Seek(int64(whole), 0)
	}
	return s, err
}

// Answer returns what is known of a mutant, or nil.
func (s *State) Answer(key string) *Answer { return s.answers[key] }

// Keep appends an answer.
func (s *State) Keep(key string, a *Answer) error {
	line, err := json.Marshal(kept{s.run, key, a})
	if err != nil {
		return err
	}
	if _, err = s.file.Write(append(line, '\n')); err != nil {
		return fmt.Errorf("keeping an answer: %w", err)
	}
	s.answers[key] = a
	return nil
}

// Close ends writing.
func (s *State) Close() error { return s.file.Close() }
