package properties

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/trueweight/trueweight/corpus"
	"github.com/trueweight/trueweight/properties/domain"
	"github.com/trueweight/trueweight/reference/exact"
	"pgregory.net/rapid"
)

func TestEveryClaimIsWhole(t *testing.T) {
	form := regexp.MustCompile(`^[A-Z]{2}-[A-Z0-9]+$`)
	seen := map[string]bool{}
	for _, p := range All() {
		if seen[p.ID] || !form.MatchString(p.ID) {
			t.Errorf("%s: the ID is taken or malformed", p.ID)
		}
		seen[p.ID] = true
		for what, text := range map[string]string{"claim": p.Claim, "inequality": p.Inequality, "source": p.Source} {
			if text == "" {
				t.Errorf("%s has no %s", p.ID, what)
			}
		}
		if len(p.Kinds) == 0 && p.ID != "BX-VEC" {
			t.Errorf("%s is judged on no kind of case", p.ID)
		}
		if p.Margin != NoMargin && p.T == "" {
			t.Errorf("%s has a margin and no exact value it is measured from", p.ID)
		}
		if !p.AppliesTo(Impl()) {
			t.Errorf("%s does not apply to impl", p.ID)
		}
	}
}

// A claim that is called proven says where, and the place is there.
func TestProofsAreWhereClaimsSay(t *testing.T) {
	proven := 0
	for _, p := range All() {
		if p.Proof == "" {
			continue
		}
		proven++
		file, places, _ := strings.Cut(p.Proof, ", ")
		text, err := os.ReadFile(file)
		if err != nil {
			t.Errorf("%s: %v", p.ID, err)
		}
		for _, place := range strings.Split(strings.ReplaceAll(places, " and ", ", "), ", ") {
			if place == "" || !strings.Contains(string(text), "// "+place) {
				t.Errorf("%s: %s has no comment that begins with %q", p.ID, file, place)
			}
		}
	}
	if proven == 0 {
		t.Error("no claim says where it is proved")
	}
}

func TestFindingsAreWhole(t *testing.T) {
	form := regexp.MustCompile(`^F-[0-9]{2}$`)
	seen := map[string]bool{}
	for _, f := range Findings() {
		if seen[f.ID] || !form.MatchString(f.ID) {
			t.Errorf("%s: the ID is taken or malformed", f.ID)
		}
		seen[f.ID] = true
		for _, text := range []string{f.Title, f.Statement, f.Condition, f.BoundText, f.Severity, f.Difficulty, f.Scenario, f.Advice, f.Part} {
			if text == "" {
				t.Errorf("%s: a field is empty", f.ID)
			}
		}
		if !slices.Contains(Levels(), f.Level()) {
			t.Errorf("%s: the severity begins with %q, want one of %v", f.ID, f.Level(), Levels())
		}
		if !slices.Contains([]string{"low", "medium", "high"}, f.Hardness()) {
			t.Errorf("%s: the difficulty begins with %q, want low, medium or high", f.ID, f.Hardness())
		}
		for _, id := range f.Claims {
			if _, err := ByID(id); err != nil {
				t.Errorf("%s: %v", f.ID, err)
			}
		}
		kept, err := KeptCases()
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(kept, func(k Kept) bool { return k.Expect == "known:"+f.ID }) {
			t.Errorf("%s: no case is kept that shows it", f.ID)
		}
	}
}

// plantedCases is the budget in which a planted bug must be caught, of each kind.
const plantedCases = 2000

func TestEveryClaimCatchesItsPlantedBugs(t *testing.T) {
	planted := map[string]bool{}
	for _, plant := range Planted() {
		planted[plant.Claim] = true
		t.Run(plant.Claim+"/"+plant.Bug, func(t *testing.T) {
			t.Parallel()
			p, err := ByID(plant.Claim)
			if err != nil {
				t.Fatal(err)
			}
			if s := plant.Into(Impl()); !notices(t, p, s) {
				t.Errorf("%s does not notice within %d cases of each kind", plant.Claim, plantedCases)
			}
		})
	}
	for _, p := range All() {
		if !planted[p.ID] && p.ImpliedBy == "" {
			t.Errorf("%s: no bug is planted that it catches, so nothing shows that it can fail", p.ID)
		}
		if by := p.ImpliedBy; by != "" && !planted[by] {
			t.Errorf("%s is planted through %s, which has no planted bug", p.ID, by)
		}
	}
}

// notices reports whether a claim is violated by some case within the budget.
func notices(t *testing.T, p *Property, s *Subject) bool {
	if p.vectors {
		files, err := corpus.Vectors(corpus.FS)
		if err != nil {
			t.Fatal(err)
		}
		_, failures := CheckVectors(s, files)
		return len(failures) > 0
	}
	j := NewJudge(Enclosures)
	for i := range uint64(plantedCases) {
		for _, k := range p.Kinds {
			if v := j.Decide(p, s, domain.At(1, k, i)); v.Outcome == Violated {
				return true
			}
		}
	}
	return false
}

// Every claim on cases that rapid draws, and shrinks when one fails. rapid's
// seed is RAPID_SEED; nothing here feeds evidence.
func TestEveryClaimUnderRapid(t *testing.T) {
	s := Impl()
	for _, p := range All() {
		for _, k := range p.Kinds {
			t.Run(p.ID+"/"+string(k), func(t *testing.T) {
				t.Parallel()
				j := NewJudge(Enclosures)
				rapid.Check(t, func(rt *rapid.T) {
					c := domain.Generate(k, FromRapid(rt))
					if v := j.Decide(p, s, c); v.Outcome == Violated || v.Outcome == Undecided {
						rt.Fatalf("%v", newFailure(j, p, s, c, v, "rapid"))
					}
				})
			})
		}
	}
}

func TestEveryKeptCaseAnswersAsExpected(t *testing.T) {
	kept, err := KeptCases()
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range kept {
		t.Run(k.ID, func(t *testing.T) {
			j := NewJudge(Enclosures)
			for _, f := range k.judge(j, Impl(), All()) {
				t.Errorf("%v", f)
			}
			for _, a := range j.alarms {
				t.Errorf("harness: %s", a)
			}
			for _, id := range k.Claims {
				if p, _ := ByID(id); !slices.Contains(p.Kinds, k.Case.Kind()) {
					t.Errorf("kept for %s, which is not judged on cases of kind %s", id, k.Case.Kind())
				}
			}
		})
	}
}

func TestAccumulatedAnswersAreTheSpecifications(t *testing.T) {
	files, err := corpus.AccumulatedHashes(corpus.FS)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		cases := file.Cases
		if testing.Short() {
			t.Skip("a million cases a family are not a short test")
		}
		var families []string
		for _, e := range file.Entries {
			families = append(families, e.Family)
			t.Run(e.Family, func(t *testing.T) {
				sum, err := Accumulate(Impl(), e.Family, uint64(file.Seed), uint64(cases), runtime.GOMAXPROCS(0))
				if err != nil {
					t.Fatal(err)
				}
				if got := fmt.Sprintf("%x", sum); got != e.SHA256 {
					t.Errorf("impl answers with hash\n  %s\nthe specification with\n  %s\nover %d cases: BX claims tell which operation differs", got, e.SHA256, cases)
				}
			})
		}
		if !slices.Equal(families, AccumulatedFamilies()) {
			t.Errorf("hashes of %v, want of %v", families, AccumulatedFamilies())
		}
	}
}

// The hash must depend on every operation: a thousand cases and one wrong answer of each.
func TestAccumulatedHashSeesEveryOperation(t *testing.T) {
	var good map[string][32]byte
	sums := func(s *Subject) map[string][32]byte {
		m := map[string][32]byte{}
		for _, family := range AccumulatedFamilies() {
			sum, err := Accumulate(s, family, 1, accumulatedChunk, 1)
			if err != nil {
				t.Fatal(err)
			}
			m[family] = sum
		}
		return m
	}
	good = sums(Impl())
	for _, r := range []exact.Rules{exact.V2, exact.V3} {
		for family, sum := range sums(Exact(r)) {
			if sum != good[family] {
				t.Errorf("%s: exact %v and impl differ", family, r)
			}
		}
	}
	for _, operation := range []struct {
		family string
		breaks func(*Subject)
	}{
		{"fixedpoint", func(s *Subject) { s.DivUpRaw = s.DivUp }},
		{"logexp", func(s *Subject) { s.PowDown = s.Pow }},
		{"invariant", func(s *Subject) { s.InvariantUp = s.InvariantDown }},
		{"swap", func(s *Subject) { s.AmountInPlusFeeV3 = s.AmountInLessFee }},
		{"weights", func(s *Subject) { s.Normalize = func(raw []num) ([]num, error) { return raw, nil } }},
	} {
		s := Impl()
		operation.breaks(s)
		if sums(s)[operation.family] == good[operation.family] {
			t.Errorf("%s: the hash does not see a broken operation", operation.family)
		}
	}
}

func TestEvidenceIsTheSameOnAnyNumberOfWorkers(t *testing.T) {
	claims, err := Select("SW-OUT", "FP-GAP")
	if err != nil {
		t.Fatal(err)
	}
	var first string
	for _, workers := range []int{1, 2, 7} {
		r := (&Campaign{Subject: Impl(), Claims: claims, Seed: 3, Cases: 3000, Workers: workers}).Run(context.Background())
		text := ""
		for _, c := range r.Evidence.Claims {
			text += fmt.Sprintf("%s %d %+v %v\n", c.ID, c.Judged(), c.Tightest, c.Failures)
		}
		text = regexp.MustCompile(`0x[0-9a-f]+`).ReplaceAllString(text, "")
		if first == "" {
			first = text
		} else if text != first {
			t.Errorf("%d workers:\n%swant\n%s", workers, text, first)
		}
	}
}

func TestAnInterruptedCampaignKeepsWhatItFound(t *testing.T) {
	claims, err := Select("SW-OUT")
	if err != nil {
		t.Fatal(err)
	}
	var plant Plant
	for _, p := range Planted() {
		if p.Claim == "SW-OUT" {
			plant = p
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	c := Campaign{Subject: plant.Into(Impl()), Claims: claims, Seed: 1, Cases: 1 << 40, Workers: 1}
	judged := 0
	out := c.Subject.OutGivenIn
	c.Subject.OutGivenIn = func(a, b, x, d, e num) (num, error) {
		if judged++; judged == 5000 {
			cancel()
		}
		return out(a, b, x, d, e)
	}
	r := c.Run(ctx)
	if !r.Interrupted || len(r.Failures) == 0 || r.Evidence.Cases[domain.KindSwapIn] == 0 || r.Evidence.Cases[domain.KindSwapIn] > 10_000 {
		t.Errorf("interrupted %v, %d failures, %d cases", r.Interrupted, len(r.Failures), r.Evidence.Cases[domain.KindSwapIn])
	}
}

func TestAPanicOfASubjectIsAViolation(t *testing.T) {
	s := Impl()
	s.OutGivenIn = func(_, _, _, _, _ num) (num, error) { panic("division by zero") }
	p, err := ByID("SW-OUT")
	if err != nil {
		t.Fatal(err)
	}
	v := NewJudge(Enclosures).Decide(p, s, domain.At(1, domain.KindSwapIn, 0))
	if v.Outcome != Violated || !strings.Contains(v.Got, "division by zero") {
		t.Errorf("verdict %+v", v)
	}
}

// onlySwaps has one operation, as a stranger's package might.
type onlySwaps struct{}

func (onlySwaps) OutGivenIn(a, b, c, d, e num) (num, error) { return Impl().OutGivenIn(a, b, c, d, e) }

type misspelled struct{ onlySwaps }

func (misspelled) InGivenOutt(a, b, c, d, e num) (num, error) { return num{}, nil }

type mistyped struct{}

func (mistyped) OutGivenIn(a, b num) (num, error) { return num{}, nil }

// recorder is a testing.TB that remembers instead of failing.
type recorder struct {
	testing.TB
	errors, logs []string
}

func (r *recorder) Helper() {}
func (r *recorder) Errorf(format string, a ...any) {
	r.errors = append(r.errors, fmt.Sprintf(format, a...))
}
func (r *recorder) Logf(format string, a ...any) { r.logs = append(r.logs, fmt.Sprintf(format, a...)) }
func (r *recorder) Fatal(a ...any)               { r.errors = append(r.errors, fmt.Sprint(a...)); runtime.Goexit() }

func verified(subject any, families ...string) *recorder {
	r := &recorder{}
	done := make(chan bool)
	go func() {
		defer close(done)
		Options{Cases: 300}.Verify(r, subject, families...)
	}()
	<-done
	return r
}

func TestVerifyNeverTurnsGreenUnasked(t *testing.T) {
	if r := verified(onlySwaps{}, "SW"); len(r.errors) > 0 || !strings.Contains(r.logs[0], "did not apply: SW-IN") {
		t.Errorf("a subject with one right operation: errors %q, logs %q", r.errors, r.logs)
	}
	for _, tc := range []struct {
		name    string
		subject any
		family  string
		want    string
	}{
		{"misspelled method", misspelled{}, "SW", "method InGivenOutt is no operation: misspelled?"},
		{"method of another type", mistyped{}, "SW", "method OutGivenIn is a func("},
		{"no operation at all", struct{}{}, "SW", "has no method that is an operation"},
		{"nil", nil, "SW", "the subject is nil"},
		{"family without a claim that applies", onlySwaps{}, "WT", "has no operation that a claim of WT asks"},
		{"unknown family", onlySwaps{}, "XX", `"XX" is neither a family`},
	} {
		if r := verified(tc.subject, tc.family); !slices.ContainsFunc(r.errors, func(e string) bool { return strings.Contains(e, tc.want) }) {
			t.Errorf("%s: errors %q, want one with %q", tc.name, r.errors, tc.want)
		}
	}
}

// The module under testdata is a stranger's: it sees only what is exported.
func TestAStrangersModuleCanUseIt(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a module of its own")
	}
	command := exec.Command("go", "test", "./...")
	command.Dir = "testdata/example"
	command.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOWORK=off")
	var out bytes.Buffer
	command.Stdout, command.Stderr = &out, &out
	if err := command.Run(); err != nil {
		t.Errorf("%v\n%s", err, out.String())
	}
}
