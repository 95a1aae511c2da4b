package report

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/trueweight/trueweight/properties"
)

// Mutation is recorded evidence: small bugs put into the code under verification and into the judge, one at a
// time, and which families of claims noticed. It is kept in properties/evidence/mutation.json.
type Mutation struct {
	Sources   map[string]string `json:"sources"` // what it ran on: provenance.Sources
	Go        string            `json:"go"`      // version of the compiler
	Processor string            `json:"processor"`
	Budget    uint64            `json:"budget"` // cases of each kind that a mutant has to survive
	Targets   []MutationTarget  `json:"targets"`
}

// A MutationTarget is the code that bugs are put into. Every mutant is killed, equivalent, survived or not built.
type MutationTarget struct {
	Name       string `json:"name"` // "impl", or "judge" for the code that judges
	Mutants    uint64 `json:"mutants"`
	Of         uint64 `json:"of,omitempty"` // how many there are, where only a sample of them was judged
	Killed     uint64 `json:"killed"`       // some claim is violated
	Equivalent uint64 `json:"equivalent"`   // no input tells it from the original
	Survived   uint64 `json:"survived"`
	NotBuilt   uint64 `json:"notBuilt"` // the compiler refuses it

	Families  map[string]FamilyKills `json:"families"` // by family of claims
	Oracles   map[string]OracleKills `json:"oracles"`  // by what claims compare with: "mathematics", "specification", "contracts", and OfTheAlgorithm
	Matrix    []MutationRow          `json:"matrix"`
	Survivors []Survivor             `json:"survivors"` // survived and equivalent mutants, each with its reason
	Claims    []ClaimKills           `json:"claims,omitempty"`
}

// ClaimKills says what would be missed without a claim: mutants that it was the first of its family to notice, and those of them
// that no other claim notices, none at all or none that compares with mathematics.
type ClaimKills struct {
	ID                 string            `json:"id"`
	First              uint64            `json:"first"`
	Alone              uint64            `json:"alone"`
	AloneInMathematics uint64            `json:"aloneInMathematics,omitempty"`
	With               map[string]uint64 `json:"with,omitempty"` // the other claims that noticed: the first of each other family, and the second of its own where it was asked
}

// columns are those who were asked, the families of claims in their order and then others.
func (t *MutationTarget) columns() []string {
	families := properties.Families()
	place := func(column string) int {
		if i := slices.Index(families, column[:min(2, len(column))]); i >= 0 {
			return i
		}
		return len(families)
	}
	return slices.SortedFunc(maps.Keys(t.Families), func(a, b string) int { return cmp.Or(cmp.Compare(place(a), place(b)), cmp.Compare(a, b)) })
}

// FamilyKills says how many of the mutants that a family was asked about it noticed.
type FamilyKills struct {
	Killed uint64 `json:"killed"`
	Asked  uint64 `json:"asked"`
}

// OracleKills says how many of the mutants the claims noticed that compare with one kind of answer.
type OracleKills struct {
	Killed uint64 `json:"killed"`
	Of     uint64 `json:"of"`
}

// A MutationRow counts the mutants of one operator in one group of code, and those that each family killed.
type MutationRow struct {
	Group    string            `json:"group"` // of code, such as impl/weighted
	Operator string            `json:"operator"`
	Mutants  uint64            `json:"mutants"`
	KilledBy map[string]uint64 `json:"killedBy"` // by family
}

// A Survivor is a mutant that no claim noticed, and why.
type Survivor struct {
	Key    string `json:"key"` // which mutant
	Reason string `json:"reason"`
}

// MarshalMutation writes recorded mutation evidence as indented JSON: the same evidence, the same bytes.
func MarshalMutation(m *Mutation) ([]byte, error) {
	data, err := json.MarshalIndent(m, "", "  ")
	return append(data, '\n'), err
}

// UnmarshalMutation reads what MarshalMutation wrote, and nothing else.
func UnmarshalMutation(data []byte) (*Mutation, error) {
	var m Mutation
	if err := readExactly(data, &m); err != nil {
		return nil, fmt.Errorf("not the record of a mutation run: %w", err)
	}
	if !namesCode(m.Sources) || len(m.Targets) == 0 {
		return nil, errors.New("not the record of a mutation run: no targets, or no hash of impl, reference or properties")
	}
	for _, t := range m.Targets {
		if sum := t.Killed + t.Equivalent + t.Survived + t.NotBuilt; sum != t.Mutants {
			return nil, fmt.Errorf("not the record of a mutation run: of the %d mutants of %s, %d are told", t.Mutants, t.Name, sum)
		}
	}
	return &m, nil
}

// OfTheAlgorithm is the score of mathematics on the mutants of the algorithm itself: those of impl/revert change what a failure is
// called, of which mathematics says nothing.
const OfTheAlgorithm = "mathematics of the algorithm"

// OwnTests is the column of the tests that the code under verification has of its own: they are asked of what no claim notices.
const OwnTests = "tests"

// namesCode reports whether a record says which code it is of: what is judged, and what judges.
func namesCode(sources map[string]string) bool {
	return sources["impl"] != "" && sources["reference"] != "" && sources["properties"] != ""
}

// readExactly decodes JSON that has the fields of v and no others.
func readExactly(data []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	return d.Decode(v)
}
