package properties_test

import (
	"encoding/json"
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The house keeps its answers independent by who may import whom. The rules are checked on every file, tests included.

const (
	ours     = "github.com/trueweight/trueweight/"
	uint256  = "github.com/holiman/uint256"
	rapid    = "pgregory.net/rapid"
	bigfloat = "github.com/ALTree/bigfloat"
)

// A rule says what the files of a directory, and of all below it that have no rule of their own, may import beyond the
// standard library and packages of that directory. A directory of ours stands for all below it, too.
type rule struct {
	dir   string
	code  []string
	tests []string // tests may import these besides
}

var rules = []rule{
	{"impl", []string{uint256}, []string{"corpus", rapid}},
	{"corpus", nil, nil},
	{"reference/exact", nil, []string{"corpus", rapid}},
	{"reference/interval", nil, []string{"corpus", rapid}},
	{"reference/intpow", nil, []string{rapid}},
	{"reference/point", []string{bigfloat}, []string{"corpus", rapid}},
	{"reference/real", []string{"reference/interval"}, []string{"reference/intpow", "reference/point", "corpus", rapid}},
	{"properties/domain", []string{uint256}, []string{rapid}},
	{"properties", []string{"impl", "reference", "corpus", uint256}, []string{rapid}},
	{"fuzz", []string{"properties"}, nil},
}

// adapter is the one file beside tests that may import rapid.
const adapter = "properties/rapid.go"

// fault says why the file, named from the top of the module, must not import the package, or nothing if it may.
func fault(file, imported string) string {
	if first, _, _ := strings.Cut(imported, "/"); !strings.Contains(first, ".") {
		return "" // the standard library
	}
	imported = strings.TrimPrefix(imported, ours)
	if file == adapter && imported == rapid {
		return ""
	}
	r := ruleOf(file)
	if r == nil {
		return fmt.Sprintf("%s: no rule says what this directory may import: add one", file)
	}
	allowed := append([]string{r.dir}, r.code...)
	if strings.HasSuffix(file, "_test.go") {
		allowed = append(allowed, r.tests...)
	}
	for _, dir := range allowed {
		if within(imported, dir) {
			return ""
		}
	}
	return fmt.Sprintf("%s imports %s: this file may import the standard library and %s only", file, imported, strings.Join(allowed, ", "))
}

// ruleOf returns the rule of the nearest directory above the file.
func ruleOf(file string) (nearest *rule) {
	for i, r := range rules {
		if within(file, r.dir) && (nearest == nil || len(r.dir) > len(nearest.dir)) {
			nearest = &rules[i]
		}
	}
	return nearest
}

func within(path, dir string) bool { return path == dir || strings.HasPrefix(path, dir+"/") }

func TestImportsGoOneWay(t *testing.T) {
	seen := map[string]bool{}
	for _, file := range sources(t) {
		source, err := parser.ParseFile(token.NewFileSet(), filepath.Join(top, file), nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		if r := ruleOf(file); r != nil {
			seen[r.dir] = true
		}
		for _, spec := range source.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			if why := fault(file, imported); why != "" {
				t.Error(why)
			}
		}
	}
	for _, r := range rules {
		if !seen[r.dir] {
			t.Errorf("no file is under the rule of %s", r.dir)
		}
	}
}

func TestDirectDependenciesAreThree(t *testing.T) {
	var module struct {
		Require []struct {
			Path     string
			Indirect bool
		}
	}
	out, err := exec.Command("go", "mod", "edit", "-json").Output()
	if err != nil {
		t.Fatalf("go mod edit -json: %v", err)
	}
	if err := json.Unmarshal(out, &module); err != nil {
		t.Fatal(err)
	}
	var direct []string
	for _, r := range module.Require {
		if !r.Indirect {
			direct = append(direct, r.Path)
		}
	}
	slices.Sort(direct)
	if want := []string{bigfloat, uint256, rapid}; !slices.Equal(direct, want) {
		t.Errorf("go.mod requires %q directly, want %q", direct, want)
	}
}

func TestImportRulesCatchWhatTheyForbid(t *testing.T) {
	const forbidden, allowed = true, false
	for _, row := range []struct {
		file, imported string
		want           bool
	}{
		{"impl/weighted/swap.go", "math/bits", allowed},
		{"impl/weighted/swap.go", uint256, allowed},
		{"impl/weighted/swap.go", ours + "impl/logexp", allowed},
		{"impl/weighted/swap.go", ours + "reference/exact", forbidden},
		{"impl/weighted/swap.go", ours + "corpus", forbidden},
		{"impl/weighted/swap.go", rapid, forbidden},
		{"impl/weighted/swap_test.go", ours + "reference/exact", forbidden},
		{"impl/weighted/swap_test.go", ours + "corpus", allowed},
		{"impl/weighted/swap_test.go", rapid, allowed},

		{"reference/exact/pool.go", ours + "impl/fixedpoint", forbidden},
		{"reference/exact/pool.go", ours + "reference/interval", forbidden},
		{"reference/exact/pool.go", uint256, forbidden},
		{"reference/exact/pool_test.go", ours + "impl/fixedpoint", forbidden},
		{"reference/interval/log.go", ours + "corpus", forbidden},
		{"reference/interval/log_test.go", ours + "corpus", allowed},
		{"reference/interval/log.go", bigfloat, forbidden},
		{"reference/point/point.go", bigfloat, allowed},
		{"reference/point/point.go", ours + "reference/interval", forbidden},
		{"reference/real/real.go", ours + "reference/interval", allowed},
		{"reference/real/real.go", ours + "reference/point", forbidden},
		{"reference/real/real_test.go", ours + "reference/point", allowed},
		{"reference/real/real_test.go", bigfloat, forbidden},
		{"corpus/corpus.go", ours + "properties/domain", forbidden},
		{"corpus/corpus_test.go", ours + "corpus", allowed},

		{"properties/domain/swap.go", uint256, allowed},
		{"properties/domain/swap.go", ours + "impl/weighted", forbidden},
		{"properties/domain/swap_test.go", ours + "reference/real", forbidden},
		{"properties/domain/swap.go", ours + "properties", forbidden},
		{"properties/swap.go", ours + "impl/weighted", allowed},
		{"properties/swap.go", ours + "reference/real", allowed},
		{"properties/swap.go", ours + "fuzz", forbidden},
		{"properties/swap.go", bigfloat, forbidden},
		{"properties/swap.go", rapid, forbidden},
		{"properties/rapid.go", rapid, allowed},
		{"properties/rapid.go", bigfloat, forbidden},
		{"properties/mutate/rapid.go", rapid, forbidden},
		{"properties/swap_test.go", rapid, allowed},
		{"properties/cmd/trueweight/main.go", ours + "properties/report", allowed},

		{"fuzz/fuzz_test.go", ours + "properties", allowed},
		{"fuzz/fuzz_test.go", ours + "impl/weighted", forbidden},
		{"fuzz/fuzz_test.go", rapid, forbidden},
		{"tools/main.go", uint256, forbidden},
		{"implement/main.go", uint256, forbidden},
		{"impl/weighted/swap.go", "golang.org/x/exp/rand", forbidden},
	} {
		if got := fault(row.file, row.imported); (got != "") != row.want {
			t.Errorf("%s importing %s: %q, want it forbidden: %t", row.file, row.imported, got, row.want)
		}
	}
}

// top is the module's top directory, seen from the tests.
const top = ".."

// sources returns the module's Go files, named from its top: those of every platform and build tag, but not those of directories
// that the go command passes over, where other modules may be.
func sources(t *testing.T) (files []string) {
	t.Helper()
	err := filepath.WalkDir(top, func(path string, entry fs.DirEntry, err error) error {
		name := entry.Name()
		switch {
		case err != nil:
			return err
		case entry.IsDir() && path != top && (name == "testdata" || name[0] == '.' || name[0] == '_'):
			return fs.SkipDir
		case !entry.IsDir() && filepath.Ext(name) == ".go":
			relative, err := filepath.Rel(top, path)
			files = append(files, filepath.ToSlash(relative))
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
