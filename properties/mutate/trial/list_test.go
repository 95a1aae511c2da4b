package trial

import (
	"strings"
	"testing"
)

func TestListsAreReadStrictly(t *testing.T) {
	mutants := []Mutant{{Key: "impl/a"}, {Key: "impl/b"}}
	belongs := func(key string) bool { return strings.HasPrefix(key, "impl/") }
	for _, c := range []struct{ data, want string }{
		{`[]`, ""},
		{`[{"key":"impl/a","reason":"r"},{"key":"other","reason":"r"}]`, ""},
		{`[{"key":"impl/c","reason":"r"}]`, "stale"},
		{`[{"key":"impl/a","reason":"r"},{"key":"impl/a","reason":"s"}]`, "twice"},
		{`[{"key":"other","reason":"r"},{"key":"other","reason":"s"}]`, "twice"},
		{`[{"key":"impl/a"}]`, "reason"},
		{`[{"key":"impl/a","reason":"r","why":"?"}]`, "why"},
		{`[] []`, "more"},
		{`{}`, "cannot unmarshal"},
	} {
		reasons, err := ReadList("list", []byte(c.data), mutants, belongs)
		if c.want == "" {
			if err != nil || reasons["other"] != "" {
				t.Errorf("%s: %v, %v", c.data, reasons, err)
			}
			continue
		}
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: the error is %v, want one about %q", c.data, err, c.want)
		}
	}
}
