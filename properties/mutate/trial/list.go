package trial

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
)

// A Listed mutant is one that people have looked at.
type Listed struct {
	Key    string `json:"key"`
	Reason string `json:"reason"`
}

// ReadList reads a JSON array of listed mutants: each has a key of its own and a reason, and nothing else. It returns the reasons
// of those that belong, by their keys, to the target in question. Of these, a key of no mutant is an error, for what it spoke of is gone.
func ReadList(name string, data []byte, mutants []Mutant, belongs func(key string) bool) (map[string]string, error) {
	var list []Listed
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&list); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, fmt.Errorf("%s: found more after the array", name)
	}
	known := map[string]bool{}
	for _, m := range mutants {
		known[m.Key] = true
	}
	reasons := map[string]string{}
	for i, l := range list {
		switch _, twice := reasons[l.Key]; {
		case l.Key == "" || l.Reason == "":
			return nil, fmt.Errorf("%s: entry %d: want a key and a reason", name, i)
		case twice:
			return nil, fmt.Errorf("%s: entry %d: %q is listed twice", name, i, l.Key)
		case !belongs(l.Key):
		case !known[l.Key]:
			return nil, fmt.Errorf("%s: entry %d: no mutant has the key %q: it is stale, remove it", name, i, l.Key)
		}
		reasons[l.Key] = l.Reason
	}
	maps.DeleteFunc(reasons, func(key, _ string) bool { return !belongs(key) })
	return reasons, nil
}
