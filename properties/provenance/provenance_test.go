package provenance

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
	"testing"
	"testing/fstest"
)

// checkout is a module of a few files.
func checkout() fstest.MapFS {
	files := fstest.MapFS{}
	for name, text := range map[string]string{
		"go.mod":                            "module m\n",
		"go.sum":                            "",
		"README.md":                         "read me\n",
		"REPORT.md":                         "the report\n",
		"impl/a.go":                         "package impl\n\nvar a = 1\n",
		"impl/deep/b.go":                    "package deep\n",
		"impl/a_test.go":                    "package impl\n",
		"reference/r.go":                    "package reference\n",
		"reference/SPEC.md":                 "# SPEC\n",
		"properties/p.go":                   "package properties\n",
		"properties/cmd/c/c.go":             "package main\n",
		"properties/report/page.go":         "package report\n",
		"properties/reporter/r.go":          "package reporter\n",
		"properties/evidence/gate.json":     "{}\n",
		"properties/testdata/x/x.go":        "package x\n",
		"properties/example/go.mod":         "module other\n",
		"properties/example/e.go":           "package e\n",
		"corpus/corpus.go":                  "package corpus\n",
		"corpus/vectors/v.json":             "[]\n",
		"corpus/README.md":                  "the corpus\n",
		"fuzz/testdata/fuzz/FuzzSwap/12345": "go test fuzz v1\n",
	} {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return files
}

func sources(t *testing.T, root fs.FS) map[string]string {
	t.Helper()
	sums, err := Sources(root)
	if err != nil {
		t.Fatal(err)
	}
	return sums
}

func TestAByteOfASourceChangesItsPartAndNoOther(t *testing.T) {
	before := sources(t, checkout())
	for name, part := range map[string]string{
		"impl/a.go": "impl", "impl/deep/b.go": "impl", "reference/r.go": "reference", "properties/p.go": "properties",
		"properties/cmd/c/c.go": "tools", "properties/report/page.go": "tools", "properties/reporter/r.go": "properties",
		"corpus/corpus.go": "corpus", "corpus/vectors/v.json": "corpus", "go.mod": "modules", "go.sum": "modules",
	} {
		files := checkout()
		files[name].Data = append(files[name].Data, '/')
		after := sources(t, files)
		for _, p := range Names() {
			if changed := before[p] != after[p]; changed != (p == part) {
				t.Errorf("a byte more in %s: the hash of %s changed: %v", name, p, changed)
			}
		}
	}
}

func TestTestsEvidenceAndTextsChangeNoHash(t *testing.T) {
	before := sources(t, checkout())
	for _, name := range []string{
		"impl/a_test.go", "REPORT.md", "README.md", "reference/SPEC.md", "properties/evidence/gate.json", "properties/testdata/x/x.go",
		"properties/example/e.go", "corpus/README.md", "fuzz/testdata/fuzz/FuzzSwap/12345",
	} {
		files := checkout()
		files[name].Data = append(files[name].Data, '/')
		if after := sources(t, files); !maps.Equal(before, after) {
			t.Errorf("a byte more in %s changes a hash", name)
		}
	}
}

func TestAFileThatMovesOrAppearsChangesTheHash(t *testing.T) {
	before := sources(t, checkout())
	moved := checkout()
	moved["impl/c.go"] = moved["impl/a.go"]
	delete(moved, "impl/a.go")
	if sources(t, moved)["impl"] == before["impl"] {
		t.Error("a file under another name has the same hash")
	}
	grown := checkout()
	grown["impl/empty.go"] = &fstest.MapFile{}
	if sources(t, grown)["impl"] == before["impl"] {
		t.Error("an empty file more has the same hash")
	}
}

func TestEndsOfLinesDoNotCount(t *testing.T) {
	files := checkout()
	files["impl/a.go"].Data = []byte("package impl\r\n\r\nvar a = 1\r\n")
	if !maps.Equal(sources(t, files), sources(t, checkout())) {
		t.Error("a checkout with other ends of lines has other hashes")
	}
}

func TestAHashIsThatOfAListingAsSha256sumPrintsIt(t *testing.T) {
	line := func(text, name string) string { return fmt.Sprintf("%x  %s\n", sha256.Sum256([]byte(text)), name) }
	want := fmt.Sprintf("%x", sha256.Sum256([]byte(line("package impl\n\nvar a = 1\n", "impl/a.go")+line("package deep\n", "impl/deep/b.go"))))
	if got := sources(t, checkout())["impl"]; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestAPartWithoutSourcesIsAnError(t *testing.T) {
	if sums, err := Sources(fstest.MapFS{"go.mod": {}}); err == nil {
		t.Errorf("hashes of nothing: %v", sums)
	}
}

func TestTheModuleHasEveryPart(t *testing.T) {
	sums := sources(t, os.DirFS("../.."))
	if names := slices.Sorted(maps.Keys(sums)); len(names) != len(Names()) {
		t.Errorf("parts %v, want %v", names, Names())
	}
}
