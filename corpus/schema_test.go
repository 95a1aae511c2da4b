package corpus

import (
	"encoding/json"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// A schema checks values by the keywords of JSON Schema 2020-12 that schema/*.schema.json use.
type schema struct {
	t        *testing.T
	defs     map[string]any
	patterns map[string]*regexp.Regexp
}

func readSchema(t *testing.T, name string) (schema, map[string]any) {
	t.Helper()
	data, err := os.ReadFile("schema/" + name + ".schema.json")
	if err != nil {
		t.Fatal(err)
	}
	var root map[string]any
	if err := json.Unmarshal(data, &root); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	defs, _ := root["$defs"].(map[string]any)
	return schema{t, defs, map[string]*regexp.Regexp{}}, root
}

// allows reports whether the rules allow a value. An unknown keyword fails the test: it would allow anything.
func (s schema) allows(rules map[string]any, value any) bool {
	for keyword, rule := range rules {
		if !s.keywordAllows(keyword, rule, rules, value) {
			return false
		}
	}
	return true
}

func (s schema) keywordAllows(keyword string, rule any, rules map[string]any, value any) bool {
	object, isObject := value.(map[string]any)
	text, isText := value.(string)
	list, isList := value.([]any)
	switch keyword {
	case "$schema", "$defs", "title", "description":
		return true
	case "$ref":
		return s.allows(s.defs[strings.TrimPrefix(rule.(string), "#/$defs/")].(map[string]any), value)
	case "const":
		return value == rule
	case "enum":
		return slices.ContainsFunc(rule.([]any), func(option any) bool { return option == value })
	case "type":
		number, isNumber := value.(float64)
		return map[string]bool{"object": isObject, "string": isText, "array": isList, "boolean": value == true || value == false,
			"integer": isNumber && number == float64(int64(number))}[rule.(string)]
	case "minLength":
		return !isText || len(text) >= int(rule.(float64))
	case "minItems":
		return !isList || len(list) >= int(rule.(float64))
	case "minimum":
		number, isNumber := value.(float64)
		return !isNumber || number >= rule.(float64)
	case "pattern":
		return !isText || s.pattern(rule.(string)).MatchString(text)
	case "items":
		return !slices.ContainsFunc(list, func(element any) bool { return !s.allows(rule.(map[string]any), element) })
	case "oneOf":
		matches := 0
		for _, option := range rule.([]any) {
			if s.allows(option.(map[string]any), value) {
				matches++
			}
		}
		return matches == 1
	case "required":
		return !isObject || !slices.ContainsFunc(rule.([]any), func(key any) bool { _, ok := object[key.(string)]; return !ok })
	case "dependentRequired":
		for key, needed := range rule.(map[string]any) {
			if _, ok := object[key]; ok && !s.keywordAllows("required", needed, nil, value) {
				return false
			}
		}
		return true
	case "properties":
		for key, property := range rule.(map[string]any) {
			if field, ok := object[key]; ok && !s.allows(property.(map[string]any), field) {
				return false
			}
		}
		return true
	case "additionalProperties": // always false here
		properties := rules["properties"].(map[string]any)
		for key := range object {
			if _, ok := properties[key]; !ok {
				return false
			}
		}
		return true
	}
	s.t.Fatalf("unknown keyword %q", keyword)
	return false
}

func (s schema) pattern(text string) *regexp.Regexp {
	if s.patterns[text] == nil {
		s.patterns[text] = regexp.MustCompile(text)
	}
	return s.patterns[text]
}

func TestEveryFileFollowsItsSchema(t *testing.T) {
	for dir, name := range map[string]string{"vectors": "vectors", "reference": "reference", "incidents": "cases", "regressions": "cases",
		"accumulated": "accumulated", "worst": "worst"} {
		s, root := readSchema(t, name)
		names, err := fs.Glob(FS, dir+"/*.json")
		if err != nil || len(names) == 0 {
			t.Fatalf("%s: %v, %v", dir, names, err)
		}
		for _, file := range names {
			data, err := fs.ReadFile(FS, file)
			if err != nil {
				t.Fatal(err)
			}
			var value any
			if err := json.Unmarshal(data, &value); err != nil {
				t.Fatalf("%s: %v", file, err)
			}
			if !s.allows(root, value) {
				t.Errorf("%s breaks the schema %s", file, name)
			}
		}
	}
}

// Each line breaks a rule that a schema can state (a count or a repeated id is beyond it).
func TestASchemaRefusesWhatTheReaderRefuses(t *testing.T) {
	for _, c := range []struct{ name, good, old, new string }{
		{"vectors", goodVectors, `"evm":"f"`, `"evm":"f","gas":"g"`},
		{"vectors", goodVectors, `"count":2`, `"count":"2"`},
		{"vectors", goodVectors, `"count":2`, `"count":-2`},
		{"vectors", goodVectors, `-vectors-1`, `-vectors-2`},
		{"vectors", goodVectors, `"v2"`, `"v4"`},
		{"vectors", goodVectors, `"out":["9"]`, `"out":["09"]`},
		{"vectors", goodVectors, `"out":["9"]`, `"out":["9"],"failure":"BAL#003"`},
		{"vectors", goodVectors, `"out":["9"]`, `"out":["9"],"args":[]`},
		{"vectors", goodVectors, `,"out":["9"]`, ``},
		{"vectors", goodVectors, `"BAL#311"`, `"BAL311"`},
		{"reference", goodReference, `"ends"`, `"end"`},
		{"reference", goodReference, `"gmp":"2",`, ``},
		{"reference", goodReference, `"value":"0x.8p+2"`, `"value":"0x.80p+2"`},
		{"cases", goodCases, `["SW-OUT"]`, `[]`},
		{"cases", goodCases, `["SW-OUT"]`, `["SW_OUT"]`},
		{"cases", goodCases, `"known:F-01"`, `"known"`},
		{"cases", goodCases, `"kind":"weights",`, ``},
		{"cases", goodCases, `"effect":"e"`, `"effect":""`},
		{"accumulated", goodAccumulated, `"layout":"l"`, `"layout":""`},
		{"accumulated", goodAccumulated, `"sha256":"00`, `"sha256":"0G`},
		{"worst", goodWorst, `"family":"SW"`, `"family":"sw"`},
		{"worst", goodWorst, `"17 wei"`, `"017 wei"`},
		{"worst", goodWorst, `"17 wei"`, `"0.99"`},
		{"worst", goodWorst, `false`, `"false"`},
		{"worst", goodWorst, `,"step":6`, ``},
		{"worst", goodWorst, `"kind":"swap-in",`, ``},
	} {
		s, root := readSchema(t, c.name)
		for text, want := range map[string]bool{c.good: true, strings.Replace(c.good, c.old, c.new, 1): false} {
			var value any
			if err := json.Unmarshal([]byte(text), &value); err != nil {
				t.Fatal(err)
			}
			if got := s.allows(root, value); got != want {
				t.Errorf("%s for %s: allowed is %v", c.new, c.old, got)
			}
		}
	}
}
