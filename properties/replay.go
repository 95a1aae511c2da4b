package properties

import (
	"fmt"
	"slices"

	"github.com/trueweight/trueweight/corpus"
	"github.com/trueweight/trueweight/properties/domain"
)

// A Kept is a case of the corpus, ready to be judged.
type Kept struct {
	File, ID string
	Comment  string
	Case     domain.Case
	Claims   []string // the claims it is kept for
	Expect   string   // "holds", "vacuous" or "known:F-nn"
}

// KeptCases reads the regressions and incidents of the corpus.
func KeptCases() ([]Kept, error) {
	var list []Kept
	for _, dir := range []string{"regressions", "incidents"} {
		files, err := corpus.Cases(corpus.FS, dir)
		if err != nil {
			return nil, err
		}
		for _, file := range files {
			name := "corpus/" + dir + "/" + file.Name + ".json"
			for _, e := range file.Entries {
				c, err := domain.UnmarshalJSON(e.Raw)
				if err != nil {
					return nil, fmt.Errorf("%s: entry %s: case: %w", name, e.ID, err)
				}
				for _, id := range e.Claims {
					if _, err := ByID(id); err != nil {
						return nil, fmt.Errorf("%s: entry %s: field \"claims\": %w", name, e.ID, err)
					}
				}
				list = append(list, Kept{name, e.ID, e.Comment, c, e.Claims, e.Expect})
			}
		}
	}
	return list, nil
}

// judge judges the claims on a kept case, with both arithmetics: those it is
// kept for must answer what it expects, all others must not be violated.
func (k *Kept) judge(j *Judge, s *Subject, claims []*Property) (failures []*Failure) {
	for _, p := range claims {
		if !p.AppliesTo(s) || !slices.Contains(p.Kinds, k.Case.Kind()) {
			continue
		}
		j.witness = true
		v := j.Decide(p, s, k.Case)
		if v.Outcome == Violated || v.Outcome == Undecided {
			failures = append(failures, newFailure(j, p, s, k.Case, v, k.File+", entry "+k.ID))
			continue
		}
		if answer := expectation(v); slices.Contains(k.Claims, p.ID) && answer != k.Expect {
			failures = append(failures, &Failure{Property: p, Subject: s, Case: k.Case, Shrunk: k.Case,
				Verdict: Verdict{Outcome: Violated, Part: "what the corpus expects", Got: answer, Want: k.Expect}, Origin: k.File + ", entry " + k.ID})
		}
	}
	return failures
}

// expectation writes a verdict as corpus entries do.
func expectation(v Verdict) string {
	if v.Outcome == Known {
		return "known:" + v.Finding
	}
	return v.Outcome.String()
}

// ReplayCorpus judges claims on every kept case.
func ReplayCorpus(s *Subject, claims []*Property, model Model, strict bool) ([]*Failure, error) {
	kept, err := KeptCases()
	if err != nil {
		return nil, err
	}
	j := &Judge{model: model, strict: strict}
	var failures []*Failure
	for _, k := range kept {
		failures = append(failures, k.judge(j, s, claims)...)
	}
	for _, a := range j.alarms {
		return failures, fmt.Errorf("harness: %s", a)
	}
	return failures, nil
}

// ReplayCase judges claims on one case with both arithmetics and returns what each said, in
// order; claims that do not apply to its kind or subject are left out.
func ReplayCase(s *Subject, claims []*Property, c domain.Case, model Model, strict bool) (replies []Reply, alarms []string) {
	j := &Judge{model: model, strict: strict, witness: true}
	for _, p := range claims {
		if p.AppliesTo(s) && slices.Contains(p.Kinds, c.Kind()) {
			replies = append(replies, Reply{p, j.Decide(p, s, c)})
			j.witness = true
		}
	}
	return replies, j.alarms
}

// A Reply is the verdict of one claim on a replayed case.
type Reply struct {
	Property *Property
	Verdict  Verdict
}

// Shrink tells the story of a claim that is violated by a case, or undecided on it, with the simplest case of which
// the same part of the claim says the same. Origin is where the case came from.
func (r Reply) Shrink(s *Subject, c domain.Case, model Model, strict bool, origin string) *Failure {
	return newFailure(&Judge{model: model, strict: strict}, r.Property, s, c, r.Verdict, origin)
}
