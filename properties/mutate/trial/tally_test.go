package trial

import (
	"bytes"
	"reflect"
	"strings"
	"testing"

	"github.com/trueweight/trueweight/properties"
	"github.com/trueweight/trueweight/properties/report"
)

func answer(asked []string, by ...string) *Answer {
	a := &Answer{Reached: asked != nil, Noticed: properties.Noticed{Asked: map[string]uint64{}, By: map[string]properties.Notice{}}}
	for _, column := range asked {
		a.Asked[column] = 5
	}
	for _, column := range by {
		a.By[column] = properties.Notice{Claim: column + "-X", Case: "c", After: 2}
	}
	return a
}

func result() *Result {
	mutant := func(key, operator string) Mutant {
		return Mutant{Key: key, Group: "impl/x", Operator: operator, Place: "impl/x/x.go:3", Change: "< → <="}
	}
	return &Result{Target: "impl", Columns: []string{"BX", "BX-VEC", "SW"}, Oracles: true, NotBuilt: 1,
		Mutants: []Mutant{mutant("a", "swap"), mutant("b", "swap"), mutant("c", "drop"), mutant("d", "drop"), mutant("e", "drop"), mutant("f", "drop")},
		Answers: map[string]*Answer{
			"a": answer([]string{"BX", "BX-VEC", "SW"}, "BX", "BX-VEC", "SW"),
			"b": answer([]string{"BX", "SW"}, "BX"),
			"c": {Reached: true, Ended: Hang, Column: "SW", Doing: "SW-OUT on swap-in 3"},
			"d": answer([]string{"BX", "SW"}),
			"e": answer(nil),
			"f": answer([]string{"BX"}),
		},
		Equivalent: map[string]string{"f": "no input reaches it", "a": "wrongly"},
	}
}

func TestEveryMutantIsCountedOnce(t *testing.T) {
	r := result().Record()
	if r.Mutants != 7 || r.Killed != 3 || r.Equivalent != 1 || r.Survived != 2 || r.NotBuilt != 1 {
		t.Errorf("%+v", r)
	}
	for family, want := range map[string]report.FamilyKills{"BX": {Killed: 2, Asked: 4}, "BX-VEC": {Killed: 1, Asked: 1}, "SW": {Killed: 2, Asked: 4}} {
		if got := r.Families[family]; got != want {
			t.Errorf("%s: %+v, want %+v", family, got, want)
		}
	}
	for oracle, want := range map[string]report.OracleKills{"specification": {Killed: 2, Of: 5}, "contracts": {Killed: 1, Of: 5}, "mathematics": {Killed: 2, Of: 5}} {
		if got := r.Oracles[oracle]; got != want {
			t.Errorf("%s: %+v, want %+v", oracle, got, want)
		}
	}
	var n uint64
	for _, row := range r.Matrix {
		n += row.Mutants
	}
	if n != 6 || len(r.Matrix) != 2 {
		t.Errorf("the matrix has %d mutants in %d rows", n, len(r.Matrix))
	}
}

func TestWhatIsLeftIsPrintedWithItsPlace(t *testing.T) {
	r := result()
	if got := len(r.Survivors()); got != 2 {
		t.Errorf("%d survivors, want 2", got)
	}
	if got := r.Refuted(); len(got) != 1 || got[0].Key != "a" {
		t.Errorf("refuted: %v", got)
	}
	var b bytes.Buffer
	r.Print(&b)
	for _, want := range []string{
		"7 mutants: 3 killed, 1 equivalent, 2 survived, 1 not built",
		"survived: d\n  impl/x/x.go:3: < → <=\n  nobody noticed in 10 cases that run the changed code",
		"survived: e\n  impl/x/x.go:3: < → <=\n  nothing runs the changed code",
		"listed as equivalent, but noticed: a",
		"by mathematics alone: 2 of 5 (40.0 %)",
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("%q is not printed:\n%s", want, b.String())
		}
	}
}

func TestWhatAClaimNoticesAloneIsItsOwn(t *testing.T) {
	by := func(notices ...properties.Notice) *Answer {
		a := answer([]string{"BX"})
		for _, n := range notices {
			a.By[properties.FamilyOf(n.Claim)] = n
		}
		return a
	}
	r := &Result{Oracles: true, Answers: map[string]*Answer{
		"by one":             by(properties.Notice{Claim: "SW-OUT"}),
		"by two of a family": by(properties.Notice{Claim: "SW-OUT", Also: "SW-IN"}),
		"by its own test":    by(properties.Notice{Claim: "SW-OUT"}),
		"by two oracles":     by(properties.Notice{Claim: "SW-OUT"}, properties.Notice{Claim: "BX-POOL"}),
		"by two families":    by(properties.Notice{Claim: "IN-ENC"}, properties.Notice{Claim: "SW-OUT"}),
		"by nobody":          by(),
	}}
	r.Answers["by its own test"].By[Tests] = properties.Notice{Claim: "TestOut"}
	for key := range r.Answers {
		r.Mutants = append(r.Mutants, Mutant{Key: key})
	}
	want := map[string]report.ClaimKills{
		"SW-OUT":  {First: 5, Alone: 2, AloneInMathematics: 3, With: map[string]uint64{"SW-IN": 1, "BX-POOL": 1, "IN-ENC": 1}},
		"BX-POOL": {First: 1, With: map[string]uint64{"SW-OUT": 1}},
		"IN-ENC":  {First: 1, With: map[string]uint64{"SW-OUT": 1}},
		"SW-IN":   {With: map[string]uint64{}},
	}
	list := r.Record().Claims
	for _, got := range list {
		id := got.ID
		want, asked := want[id]
		if got.ID = ""; asked && !reflect.DeepEqual(got, want) || !asked && got.First > 0 {
			t.Errorf("%s: %+v, want %+v", id, got, want)
		}
	}
	if len(list) != len(properties.All()) {
		t.Errorf("%d claims are told of, of %d", len(list), len(properties.All()))
	}
}
