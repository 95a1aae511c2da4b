package report

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/trueweight/trueweight/properties"
)

func TestRecordsSurviveTheirFiles(t *testing.T) {
	m, err := MarshalMutation(sampleMutation())
	if err != nil {
		t.Fatal(err)
	}
	mutation, err := UnmarshalMutation(m)
	if err != nil {
		t.Fatal(err)
	}
	h, err := MarshalHunt(everything().Hunt)
	if err != nil {
		t.Fatal(err)
	}
	hunt, err := UnmarshalHunt(h)
	if err != nil {
		t.Fatal(err)
	}
	d := everything()
	want := rendered(t, d)
	d.Mutation, d.Hunt = mutation, hunt
	if rendered(t, d) != want {
		t.Error("the report of records and of the files they were written to differ")
	}
}

func TestBrokenRecordsAreRefused(t *testing.T) {
	for data, want := range map[string]string{
		``:                 "not the record of a mutation run",
		`{"targets":[{}]}`: "no hash",
		`{"sources":{"impl":"b","reference":"b","properties":"b"}}`: "no targets",
		`{"colour":1}`: "unknown field",
		`{"sources":{"impl":"b","reference":"b","properties":"b"},"targets":[{"name":"impl","mutants":3,"killed":1,"survived":1}]}`: "of the 3 mutants of impl, 2 are told",
	} {
		if _, err := UnmarshalMutation([]byte(data)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", data, err, want)
		}
	}
	for data, want := range map[string]string{
		``: "not the record of a hunt", `{"claims":[{"id":"SW-OUT"}]}`: "no hash", `{"sources":{"impl":"b","reference":"b","properties":"b"}}`: "no claims",
		`{"sources":{"impl":"b","reference":"b","properties":"b"},"claims":[{"id":"XX-NO"}]}`: "another version",
	} {
		if _, err := UnmarshalHunt([]byte(data)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", data, err, want)
		}
	}
}

func TestADocumentIsGatheredFromACheckout(t *testing.T) {
	record, err := MarshalMutation(sampleMutation())
	if err != nil {
		t.Fatal(err)
	}
	gate, err := Marshal(&properties.Evidence{Subject: "impl"})
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{
		"impl/a.go": {}, "reference/a.go": {}, "properties/a.go": {}, "properties/report/a.go": {}, "corpus/a.go": {}, "go.mod": {Data: []byte("module m\n\ngo 1.26\n")},
		"properties/evidence/mutation.json": {Data: record}, "properties/evidence/gate.json": {Data: gate},
	}
	d, err := Open(files)
	if err != nil {
		t.Fatal(err)
	}
	if d.Go != "1.26" || d.Mutation == nil || d.Hunt != nil || len(d.Sources) != 6 || d.Evidence.Subject != "impl" {
		t.Errorf("%+v", d)
	}
	page := rendered(t, d)
	if stale := d.StaleParts([]byte(page)); len(stale) != 0 {
		t.Errorf("a page just rendered is stale in %q", stale)
	}
	files["impl/a.go"] = &fstest.MapFile{Data: []byte("package impl\n")}
	if d, err = Open(files); err != nil {
		t.Fatal(err)
	}
	if stale := d.StaleParts([]byte(page)); len(stale) != 1 || stale[0] != "impl" {
		t.Errorf("stale in %q, want impl", stale)
	}
	files["properties/evidence/mutation.json"] = &fstest.MapFile{Data: record[:20]}
	if _, err := Open(files); err == nil || !strings.Contains(err.Error(), "mutation.json") {
		t.Errorf("with a truncated record: %v", err)
	}
	delete(files, "properties/evidence/mutation.json")
	delete(files, "properties/evidence/gate.json")
	if _, err := Open(files); err == nil {
		t.Error("a document without evidence")
	}
}
