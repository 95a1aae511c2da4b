package properties

import (
	"context"
	"maps"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/trueweight/trueweight/corpus"
	"github.com/trueweight/trueweight/reference/exact"
)

// campaignOver judges claims on n cases of each kind, and fails on anything but what holds.
func campaignOver(t *testing.T, s *Subject, claims []*Property, n uint64) *Result {
	t.Helper()
	r := (&Campaign{Subject: s, Claims: claims, Seed: 1, Cases: n}).Run(context.Background())
	for _, f := range r.Failures {
		t.Errorf("%v", f)
	}
	for _, a := range r.Alarms {
		t.Errorf("harness: %s", a)
	}
	return r
}

func TestTheCodeIsTheSpecification(t *testing.T) {
	campaignOver(t, Impl(), bx, 4000)
}

// Each version's own specification is a subject like any other, and an error's text is its name.
func TestTheSpecificationIsItself(t *testing.T) {
	for _, r := range []exact.Rules{exact.V2, exact.V3} {
		campaignOver(t, Exact(r), bx, 500)
	}
}

func TestOnlyThatItFailsIsAskedOfAForgivingProfile(t *testing.T) {
	s := Exact(exact.V2)
	s.Profile = Profile{Rules: []exact.Rules{exact.V3}, Failures: OnlyThat}
	campaignOver(t, s, bx, 500)
	s.Profile.Failures = ByName
	r := (&Campaign{Subject: s, Claims: bx, Seed: 1, Cases: 500}).Run(context.Background())
	if !slices.ContainsFunc(r.Failures, func(f *Failure) bool { return f.Verdict.Part == "name of the failure" }) {
		t.Error("v2's names pass for v3's")
	}
}

// A campaign meets every failure that SPEC lets an operation end in, and no other.
func TestEveryFailureOfSPECIsMet(t *testing.T) {
	const times = 40                                                                             // the rarest take two faults at once
	claims := slices.DeleteFunc(slices.Clone(bx), func(p *Property) bool { return p == bxPool }) // whose steps fail in ways of their own
	r := campaignOver(t, Impl(), claims, 0)
	for i, o := range operations {
		met := r.Evidence.Claims[i]
		if met.ID != o.exactnessID() {
			t.Fatalf("claim %d is %s, want that of %s", i, met.ID, o.name)
		}
		for _, failure := range o.failures {
			if n := met.Failures[failure]; n < times {
				t.Errorf("%s: %s is met %d times, want at least %d", o.name, failure, n, times)
			}
		}
		for failure := range met.Failures {
			if !slices.Contains(o.failures, failure) {
				t.Errorf("%s ends in %s, which is not among its failures %q", o.name, failure, o.failures)
			}
		}
	}
}

func TestEveryOperationOfASubjectIsInTheTable(t *testing.T) {
	var names []string
	for _, o := range operations {
		names = append(names, o.name)
	}
	names = append(names, "NewPool") // which is no single call: BX-POOL
	if got, want := slices.Sorted(slices.Values(names)), slices.Sorted(slices.Values(Operations())); !slices.Equal(got, want) {
		t.Errorf("the table has %q, want %q", got, want)
	}
}

// Every measured call, by name: go test -run TestVectors/v3-poolOnSwap/v3-poolOnSwap-003.
func TestVectors(t *testing.T) {
	files, err := corpus.Vectors(corpus.FS)
	if err != nil {
		t.Fatal(err)
	}
	functions := map[string]bool{}
	for _, file := range files {
		functions[file.Function], functions[file.Rules+" "+file.Function] = true, true
		list, err := vectorsOf(file)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(file.Rules+"-"+file.Function, func(t *testing.T) {
			for i, v := range list {
				t.Run(file.Entries[i].ID, func(t *testing.T) {
					if !v.asked(Impl()) {
						t.Fatal("impl is not asked")
					}
					if verdict := v.judge(Impl()); verdict.Outcome != Holds { // of impl and of exact
						t.Errorf("%s: %s\n got  %s\n want %s", v.place, verdict.Part, verdict.Got, verdict.Want)
					}
				})
			}
		})
	}
	for name := range measuredFunctions {
		if !functions[name] {
			t.Errorf("no file has vectors of %s", name)
		}
	}
}

// otherThan returns n with its last bit flipped: as many bits, and another number.
func otherThan(n *big.Int) *big.Int { return new(big.Int).Xor(n, big.NewInt(1)) }

// otherAnswer changes a number, the last of a list, or a list of nothing.
func otherAnswer(v corpus.Value) corpus.Value {
	if v.List == nil {
		return corpus.Value{Int: otherThan(v.Int)}
	}
	list := append(slices.Clone(v.List), big.NewInt(1))
	if n := len(v.List); n > 0 {
		list = append(slices.Clone(v.List[:n-1]), otherThan(v.List[n-1]))
	}
	return corpus.Value{List: list}
}

// A vector must bite: each of them with another answer, and each failure with another name or argument.
func TestEveryVectorCanFail(t *testing.T) {
	files, err := corpus.Vectors(corpus.FS)
	if err != nil {
		t.Fatal(err)
	}
	bitten := map[string]int{}
	for _, file := range files {
		for i, e := range file.Entries {
			switch {
			case len(e.Args) > 0:
				file.Entries[i].Args = append(slices.Clone(e.Args[:len(e.Args)-1]), otherThan(e.Args[len(e.Args)-1]))
			case e.Failure != "":
				file.Entries[i].Failure += "0"
			default:
				file.Entries[i].Out = append([]corpus.Value{otherAnswer(e.Out[0])}, e.Out[1:]...)
			}
		}
		evidence, failures := CheckVectors(Impl(), []corpus.VectorFile{file})
		if evidence.Violated != uint64(len(file.Entries)) || len(failures) != len(file.Entries) {
			t.Errorf("%s %s: %d of %d wrong vectors are noticed", file.Rules, file.Function, evidence.Violated, len(file.Entries))
		}
		for _, f := range failures {
			_, what, _ := strings.Cut(f.Verdict.Part, ": ")
			bitten[what]++
		}
		if text := failures[0].String(); !strings.Contains(text, file.Entries[0].ID) || !strings.Contains(text, "-claims "+failures[0].replay+" ") {
			t.Errorf("the story names neither the entry nor a claim to replay:\n%s", text)
		}
	}
	want := []string{"arguments of the failure", "name of the failure", "value"}
	if got := slices.Sorted(maps.Keys(bitten)); !slices.Equal(got, want) {
		t.Errorf("noticed in %q, want %q", got, want)
	}
}
