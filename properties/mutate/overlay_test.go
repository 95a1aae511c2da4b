package mutate

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/trueweight/trueweight/properties/mutate/selected"
)

// root is the module's top, seen from the tests.
const root = "../.."

func generate(t *testing.T, patterns ...string) (set *Set, overlay string) {
	t.Helper()
	set, err := Generate(root, patterns...)
	if err != nil {
		t.Fatal(err)
	}
	overlay, err = set.Write(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return set, overlay
}

// built runs the go command with an overlay, and the arguments after it.
func built(t *testing.T, overlay, verb string, arguments ...string) {
	t.Helper()
	command := exec.Command("go", append([]string{verb, "-overlay=" + overlay}, arguments...)...)
	command.Dir = root
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", command, err, out)
	}
}

// asMutant runs a binary as a mutant and returns all that it says.
func asMutant(binary string, id int, arguments ...string) (said string, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute) // a watchdog: a mutant may hang
	defer cancel()
	command := exec.CommandContext(ctx, binary, arguments...)
	command.Env = append(os.Environ(), fmt.Sprintf("%s=%d", selected.Variable, id))
	var out bytes.Buffer
	command.Stdout, command.Stderr = &out, &out
	err = command.Run()
	return out.String(), err
}

func TestEveryMutantIsAnotherProgramAndNoneIsTheOriginal(t *testing.T) {
	const dir = "properties/mutate/testdata/program"
	set, overlay := generate(t, dir)
	binary, plain := filepath.Join(t.TempDir(), "mutants"), filepath.Join(t.TempDir(), "plain")
	built(t, overlay, "build", "-o", binary, "./"+dir)
	built(t, emptyOverlay(t), "build", "-o", plain, "./"+dir)
	original, err := asMutant(plain, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []int{0, len(set.Mutants) + 1} {
		if said, err := asMutant(binary, id); said != original || err != nil {
			t.Errorf("mutant %d, which there is none of, says %q (%v), want %q", id, said, err, original)
		}
	}
	functions := map[string]bool{}
	for _, m := range set.Mutants {
		functions[m.Function] = true
		if said, _ := asMutant(binary, m.ID); said == original {
			t.Errorf("mutant %d is no other program: %s", m.ID, m.Key())
		}
	}
	for _, name := range []string{"base", "start", "square", "pair.grow", "pair.size", "pair.named", "fall", "main"} {
		if !functions[name] {
			t.Errorf("%s has no mutants", name)
		}
	}
}

func emptyOverlay(t *testing.T) string {
	overlay, err := (&Set{}).Write(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return overlay
}

func TestTheTestsOfAPackageNoticeItsMutants(t *testing.T) {
	const dir = "impl/fixedpoint"
	set, overlay := generate(t, dir)
	binary := filepath.Join(t.TempDir(), "fixedpoint.test")
	built(t, overlay, "test", "-c", "-o", binary, "./"+dir)
	if said, err := asMutant(binary, 0, "-test.short"); err != nil {
		t.Errorf("the code as it is fails its tests: %v\n%s", err, said)
	}
	for _, key := range []string{
		"impl/fixedpoint/fixedpoint.go Complement: move guard: x.Lt(&one) → !x.Gt(&one) #1",
		"impl/fixedpoint/fixedpoint.go MulUp: one unit off: ceilDiv(&z, &one) → OneMore(ceilDiv(&z, &one)) #1",
		"impl/fixedpoint/fixedpoint.go DivDown: swap operands: z.Div(&z, &b) → z.Div(&b, &z) #1",
		"impl/fixedpoint/fixedpoint.go one: literal by one: 1e18 → 1e18 + 1 #1",
	} {
		i := slices.IndexFunc(set.Mutants, func(m Mutant) bool { return m.Key() == key })
		if i < 0 {
			t.Errorf("there is no mutant %q", key)
			continue
		}
		_, err := asMutant(binary, set.Mutants[i].ID)
		// Complement(1) is 0 by either way: its guard may be moved, and the tests must pass.
		if equivalent := strings.Contains(key, "Complement"); (err == nil) != equivalent {
			t.Errorf("%s: the tests end with %v, want them to pass: %t", key, err, equivalent)
		}
	}
}

func TestAllMutantsOfImplCompileTogetherAndTouchNoFile(t *testing.T) {
	before := fingerprint(t)
	set, overlay := generate(t, Impl...)
	built(t, overlay, "build", "./impl/...")
	if fingerprint(t) != before {
		t.Error("a file of the checkout was changed")
	}
	for i, m := range set.Mutants {
		if m.ID != i+1 {
			t.Fatalf("mutant %d is numbered %d", i+1, m.ID)
		}
	}
	if n := len(set.Mutants); n < 1500 {
		t.Errorf("%d mutants of impl, want at least 1,500", n)
	}
}

// fingerprint hashes the names and contents of impl's files.
func fingerprint(t *testing.T) string {
	t.Helper()
	sum := sha256.New()
	err := filepath.WalkDir(filepath.Join(root, "impl"), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		fmt.Fprintf(sum, "%s %x\n", path, sha256.Sum256(data))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return string(sum.Sum(nil))
}
