package properties

import (
	"slices"
	"testing"

	"github.com/trueweight/trueweight/properties/domain"
)

// Fuzz lets Go's fuzzer look for cases that break the claims of a family on a
// subject, and the specification (BX) on the same cases.
//
// Inputs are bytes of any length, and every input is judged. The first byte
// chooses the kind of case among the family's; the second, when even, says that the rest is
// the case's own fields (32 bytes a number, zero-filled), and when odd that the rest feeds the
// generators. The seeds are the corpus and the first case of every class.
//
// Weighted math has hardly a branch for coverage to see, so the distance of each
// verdict from breaking is turned into branches of its own: an input that comes closer than any before is
// new coverage, and is kept.
func Fuzz(f *testing.F, subject any, family string) {
	f.Helper()
	s, err := Resolve(subject)
	if err != nil {
		f.Fatal(err)
	}
	claims, err := Select(family)
	if err != nil {
		f.Fatal(err)
	}
	claims = slices.DeleteFunc(claims, func(p *Property) bool { return !p.AppliesTo(s) })
	if len(claims) == 0 {
		f.Fatalf("%s has no operation that a claim of %s asks", s.Name, family)
	}
	kinds := kindsOf(claims)
	for _, p := range bx { // the algorithm itself, on the same questions
		if family != p.Family() && p.AppliesTo(s) && slices.ContainsFunc(p.Kinds, func(k domain.Kind) bool { return slices.Contains(kinds, k) }) {
			claims = append(claims, p)
		}
	}
	for _, seed := range fuzzSeeds(f, kinds) {
		f.Add(seed)
	}
	j, report := NewJudge(Enclosures), newFuzzReport()
	f.Fuzz(func(t *testing.T, data []byte) {
		c := decodeFuzz(kinds, data)
		for i, p := range claims {
			if !slices.Contains(p.Kinds, c.Kind()) {
				continue
			}
			v := j.Decide(p, s, c)
			if v.Outcome == Violated || v.Outcome == Undecided {
				if report.file != "" {
					t.Fatalf("%s %s by %s: run the input again for the story", p.ID, v.Outcome, s.Name)
				}
				t.Fatalf("%v", newFailure(j, p, s, c, v, "fuzzing"))
			}
			report.see(p, v)
			climbLadder(i, v)
		}
	})
}

func kindsOf(claims []*Property) []domain.Kind {
	var list []domain.Kind
	for _, k := range domain.Kinds() {
		if slices.ContainsFunc(claims, func(p *Property) bool { return slices.Contains(p.Kinds, k) }) {
			list = append(list, k)
		}
	}
	return list
}

func decodeFuzz(kinds []domain.Kind, data []byte) domain.Case {
	var head [2]byte
	n := copy(head[:], data)
	k := kinds[int(head[0])%len(kinds)]
	if head[1]&1 == 0 {
		return domain.DecodeKind(k, data[n:])
	}
	return domain.Generate(k, domain.FromBytes(data[n:]))
}

// encodeFuzz is the input that decodeFuzz reads as c.
func encodeFuzz(kinds []domain.Kind, c domain.Case) []byte {
	return append([]byte{byte(slices.Index(kinds, c.Kind())), 0}, domain.Encode(c)[2:]...)
}

// fuzzSeeds are the kept cases of the kinds and one case of every class.
func fuzzSeeds(f *testing.F, kinds []domain.Kind) (seeds [][]byte) {
	f.Helper()
	kept, err := KeptCases()
	if err != nil {
		f.Fatal(err)
	}
	for _, k := range kept {
		if slices.Contains(kinds, k.Case.Kind()) {
			seeds = append(seeds, encodeFuzz(kinds, k.Case))
		}
	}
	for _, k := range kinds {
		missing := domain.Classes(k)
		for i := uint64(0); len(missing) > 0; i++ {
			c := domain.At(1, k, i)
			if at := slices.Index(missing, c.Class()); at >= 0 {
				missing = slices.Delete(missing, at, at+1)
				seeds = append(seeds, encodeFuzz(kinds, c))
			}
		}
	}
	return seeds
}
