package report

import (
	"encoding/json"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/trueweight/trueweight/properties"
)

// reportSchema is report.schema.json, as far as it is read here; a validator of JSON Schema is for the gate.
func reportSchema(t *testing.T) (root map[string]any, defs map[string]any) {
	t.Helper()
	data, err := os.ReadFile("../evidence/schema/report.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &root); err != nil {
		t.Fatal(err)
	}
	return root, root["$defs"].(map[string]any)
}

func TestTheSchemaNamesEveryFieldAndNoOther(t *testing.T) {
	root, defs := reportSchema(t)
	for name, tc := range map[string]struct {
		rules any
		value any
	}{
		"report": {root, jsonReport{}}, "claim": {defs["claim"], jsonClaim{}}, "finding": {defs["finding"], jsonFinding{}},
		"kept": {defs["kept"], jsonKept{}}, "tightest": {defs["tightest"], properties.Tightest{}},
	} {
		rules := tc.rules.(map[string]any)
		var fields, required, named, must []string
		for field := range reflect.TypeOf(tc.value).Fields() {
			tag, options, _ := strings.Cut(field.Tag.Get("json"), ",")
			if tag == "" {
				continue
			}
			fields = append(fields, tag)
			if options != "omitempty" {
				required = append(required, tag)
			}
		}
		for field := range rules["properties"].(map[string]any) {
			named = append(named, field)
		}
		for _, field := range rules["required"].([]any) {
			must = append(must, field.(string))
		}
		for _, list := range [][]string{fields, required, named, must} {
			slices.Sort(list)
		}
		if !slices.Equal(fields, named) || !slices.Equal(required, must) || rules["additionalProperties"] != false {
			t.Errorf("%s: the schema names %q and requires %q, written are %q and always %q", name, named, must, fields, required)
		}
	}
}

// allowed lists the values that an enum of the schema allows.
func allowed(t *testing.T, rules any, field string) (values []string) {
	t.Helper()
	for _, v := range rules.(map[string]any)["properties"].(map[string]any)[field].(map[string]any)["enum"].([]any) {
		values = append(values, v.(string))
	}
	return values
}

func TestTheMachineReadableReportHasEveryClaimAndFindingOnce(t *testing.T) {
	_, defs := reportSchema(t)
	d := everything()
	data, err := d.JSON()
	if err != nil {
		t.Fatal(err)
	}
	var r jsonReport
	if err := readExactly(data, &r); err != nil {
		t.Fatal(err)
	}
	if len(r.Claims) != len(properties.All()) || len(r.Findings) != len(properties.Findings()) {
		t.Fatalf("%d claims and %d findings", len(r.Claims), len(r.Findings))
	}
	for i, p := range properties.All() {
		c := r.Claims[i]
		if c.ID != p.ID || c.Claim != p.Claim || c.Inequality != p.Inequality || c.Judged != d.Evidence.Claims[i].Judged() || c.RestsOn != p.Standing() {
			t.Errorf("claim %s: %+v", p.ID, c)
		}
		if !slices.Contains(allowed(t, defs["claim"], "margin"), c.Margin) || !slices.Contains(allowed(t, defs["claim"], "restsOn"), c.RestsOn) {
			t.Errorf("%s: the schema does not allow the margin %q, or that it rests on %q", c.ID, c.Margin, c.RestsOn)
		}
	}
	for i, want := range properties.Findings() {
		f := r.Findings[i]
		if f.ID != want.ID || f.Bound != want.BoundText || f.Recommendation != want.Advice || len(f.Cases) == 0 {
			t.Errorf("finding %s: %+v", want.ID, f)
		}
		if !slices.Contains(allowed(t, defs["finding"], "level"), f.Level) || !slices.Contains(allowed(t, defs["finding"], "hardness"), f.Hardness) {
			t.Errorf("%s: the schema does not allow the level %q, or the hardness %q", f.ID, f.Level, f.Hardness)
		}
	}
	again, err := d.JSON()
	if err != nil || string(again) != string(data) {
		t.Errorf("the same document gives other bytes (%v)", err)
	}
}
