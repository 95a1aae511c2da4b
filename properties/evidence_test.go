package properties

import (
	"encoding/json"
	"math/big"
	"testing"

	"github.com/trueweight/trueweight/properties/domain"
)

// drawn returns the first case of a kind that a real pool could meet, or the first that none could.
func drawn(t *testing.T, k domain.Kind, poolValid bool) domain.Case {
	t.Helper()
	for i := range uint64(10_000) {
		if c := domain.At(1, k, i); c.PoolValid() == poolValid {
			return c
		}
	}
	t.Fatalf("no case of kind %s", k)
	return nil
}

// asJSON writes a value as evidence is written.
func asJSON(t *testing.T, v any) string {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestEveryVerdictIsCounted(t *testing.T) {
	valid, other := drawn(t, domain.KindSwapIn, true), drawn(t, domain.KindSwapIn, false)
	slack := func(wei int64) Margin { return slackOf(big.NewInt(wei)) }
	script := func(o Outcome, wei int64) Verdict {
		return Verdict{Outcome: o, Margin: slack(wei), Steps: &Steps{Holds: 10, Vacuous: 20,
			Known: map[string]uint64{"F-01": 30, "F-02": 1}, Failures: map[string]uint64{"A": 2, "B": 5}}}
	}
	for _, c := range []struct {
		name    string
		v       Verdict
		tally   string
		margins string
		failed  string
	}{
		{"holds", Verdict{Outcome: Holds, Margin: slack(4), Failure: "A"},
			`{"holds":1,"tightest":{"margin":"4 wei","tight":false,"kind":"swap-in","index":7}}`, `{"kind":"slack","counts":[0,0,0,1]}`, `{"A":1}`},
		{"holds, tight", Verdict{Outcome: Holds, Margin: slack(0)},
			`{"holds":1,"tightest":{"margin":"0 wei","tight":true,"kind":"swap-in","index":7}}`, `{"kind":"slack","counts":[1]}`, `{}`},
		{"holds, without a margin", holds(), `{"holds":1}`, `null`, `{}`},
		{"violated", Verdict{Outcome: Violated, Margin: slack(-1)}, `{"holds":0,"violated":1}`, `null`, `{}`},
		{"vacuous", Verdict{Outcome: Vacuous, Margin: slack(1), Failure: "B"}, `{"holds":0,"vacuous":1}`, `null`, `{"B":1}`},
		{"undecided", Verdict{Outcome: Undecided, Margin: slack(1)}, `{"holds":0,"undecided":1}`, `null`, `{}`},
		{"known", Verdict{Outcome: Known, Finding: "F-03", Margin: slack(1)}, `{"holds":0,"known":{"F-03":1}}`, `null`, `{}`},
		{"a script that holds", script(Holds, 4),
			`{"holds":10,"vacuous":20,"known":{"F-01":30,"F-02":1},"tightest":{"margin":"4 wei","tight":false,"kind":"swap-in","index":7}}`, `{"kind":"slack","counts":[0,0,0,1]}`, `{"A":2,"B":5}`},
		{"a script that is vacuous", script(Vacuous, 4),
			`{"holds":10,"vacuous":20,"known":{"F-01":30,"F-02":1},"tightest":{"margin":"4 wei","tight":false,"kind":"swap-in","index":7}}`, `null`, `{"A":2,"B":5}`},
		{"a script that is known", script(Known, 4),
			`{"holds":10,"vacuous":20,"known":{"F-01":30,"F-02":1},"tightest":{"margin":"4 wei","tight":false,"kind":"swap-in","index":7}}`, `null`, `{"A":2,"B":5}`},
		{"a script that is violated", script(Violated, 4),
			`{"holds":10,"violated":1,"vacuous":20,"known":{"F-01":30,"F-02":1},"tightest":{"margin":"4 wei","tight":false,"kind":"swap-in","index":7}}`, `null`, `{"A":2,"B":5}`},
		{"a script that is undecided", script(Undecided, 4),
			`{"holds":10,"vacuous":20,"undecided":1,"known":{"F-01":30,"F-02":1},"tightest":{"margin":"4 wei","tight":false,"kind":"swap-in","index":7}}`, `null`, `{"A":2,"B":5}`},
	} {
		for _, q := range []domain.Case{valid, other} {
			e := newClaimEvidence("SW-OUT")
			e.record(c.v, q, 7)
			pool := `{"holds":0}`
			if q.PoolValid() {
				pool = c.tally
			}
			for what, pair := range map[string][2]string{
				"the tally":        {asJSON(t, e.Tally), c.tally},
				"that of pools":    {asJSON(t, e.PoolValid), pool},
				"that of classes":  {asJSON(t, e.Classes), `{"swap-in/` + q.Class() + `":` + c.tally + `}`},
				"the margins":      {asJSON(t, e.Margins), c.margins},
				"the failures":     {asJSON(t, e.Failures), c.failed},
				"what it is about": {e.ID, "SW-OUT"},
			} {
				if pair[0] != pair[1] {
					t.Errorf("%s: %s is %s, want %s", c.name, what, pair[0], pair[1])
				}
			}
		}
	}
}

func TestCountsAddUpOverCasesAndWorkers(t *testing.T) {
	valid := drawn(t, domain.KindSwapIn, true)
	twice := func(e *ClaimEvidence, index uint64) {
		e.record(Verdict{Outcome: Holds, Margin: slackOf(big.NewInt(3)), Failure: "A"}, valid, index)
		e.record(Verdict{Outcome: Violated}, valid, index+1)
		e.record(Verdict{Outcome: Vacuous, Failure: "A"}, valid, index+2)
		e.record(undecided(""), valid, index+3)
		e.record(Verdict{Outcome: Known, Finding: "F-01"}, valid, index+4)
		e.record(Verdict{Outcome: Known, Finding: "F-02"}, valid, index+5)
		e.record(Verdict{Outcome: Known, Finding: "F-01"}, valid, index+6)
	}
	one, two, fresh := newClaimEvidence("SW-OUT"), newClaimEvidence("SW-OUT"), newClaimEvidence("SW-OUT")
	twice(one, 10)
	twice(two, 0)
	if n := one.Judged(); n != 6 {
		t.Errorf("%d cases are judged, want 6 of 7", n)
	}
	two.Classes["of another worker"] = &Tally{Holds: 5}
	one.merge(two)
	fresh.merge(one)
	tally := `{"holds":2,"violated":2,"vacuous":2,"undecided":2,"known":{"F-01":4,"F-02":2},"tightest":{"margin":"3 wei","tight":false,"kind":"swap-in","index":0}}`
	class := `{"of another worker":{"holds":5},"swap-in/` + valid.Class() + `":` + tally + `}`
	for name, e := range map[string]*ClaimEvidence{"merged": one, "merged into nothing": fresh} {
		if asJSON(t, e.Tally) != tally || asJSON(t, e.PoolValid) != tally || asJSON(t, e.Classes) != class ||
			asJSON(t, e.Failures) != `{"A":4}` || asJSON(t, e.Margins) != `{"kind":"slack","counts":[0,0,2]}` {
			t.Errorf("%s: %s", name, asJSON(t, e))
		}
	}
	if n := one.Judged(); n != 12 {
		t.Errorf("%d cases are judged, want 12 of 14", n)
	}
}

func TestATallyKnowsNothingUntilSomethingIsKnown(t *testing.T) {
	tally := new(Tally)
	if tally.know(nil); tally.Known != nil {
		t.Errorf("nothing becomes %v", tally.Known)
	}
	tally.know(map[string]uint64{"F-01": 1})
	tally.know(map[string]uint64{"F-02": 5})
	if tally.know(nil); asJSON(t, tally.Known) != `{"F-01":1,"F-02":5}` {
		t.Errorf("known are %v", tally.Known)
	}
}

func TestTheTightestOfEqualMarginsIsThatOfTheFirstCase(t *testing.T) {
	at := func(k domain.Kind, index uint64, m Margin) *Tightest {
		return &Tightest{Kind: k, Index: index, margin: m}
	}
	slack := func(wei int64) Margin { return slackOf(big.NewInt(wei)) }
	for _, c := range []struct {
		name string
		list []*Tightest
		kept string
	}{
		{"none", []*Tightest{nil, at(domain.KindPow, 1, Margin{})}, "null"},
		{"the only", []*Tightest{at(domain.KindPow, 1, ratioMargin(990_000_000)), nil, at(domain.KindPow, 0, Margin{})},
			`{"margin":"0.990000000","tight":true,"kind":"pow","index":1}`},
		{"the closer, after", []*Tightest{at(domain.KindPow, 1, slack(5)), at(domain.KindPow, 2, slack(4))},
			`{"margin":"4 wei","tight":false,"kind":"pow","index":2}`},
		{"the closer, before", []*Tightest{at(domain.KindPow, 2, slack(4)), at(domain.KindPow, 1, slack(5))},
			`{"margin":"4 wei","tight":false,"kind":"pow","index":2}`},
		{"the first of equal ones", []*Tightest{at(domain.KindPow, 1, slack(4)), at(domain.KindPow, 2, slack(4))},
			`{"margin":"4 wei","tight":false,"kind":"pow","index":1}`},
		{"the first of equal ones, seen last", []*Tightest{at(domain.KindPow, 2, slack(4)), at(domain.KindPow, 1, slack(4))},
			`{"margin":"4 wei","tight":false,"kind":"pow","index":1}`},
		{"the first kind of equal ones", []*Tightest{at(domain.KindPow, 1, slack(4)), at(domain.KindLn, 2, slack(4))},
			`{"margin":"4 wei","tight":false,"kind":"ln","index":2}`},
	} {
		tally := new(Tally)
		for _, x := range c.list {
			tally.keep(x)
		}
		if got := asJSON(t, tally.Tightest); got != c.kept {
			t.Errorf("%s: %s, want %s", c.name, got, c.kept)
		}
		if tally.Tightest != nil && tally.Tightest.margin.String() != tally.Tightest.Margin {
			t.Errorf("%s: the margin %q is kept as %q", c.name, tally.Tightest.margin, tally.Tightest.Margin)
		}
	}
}

func TestCasesAreOrderedByKindThenIndex(t *testing.T) {
	for i, k := range domain.Kinds() {
		if at := (&Tightest{Kind: k, Index: 5}).place(); at != (place{i, 5}) {
			t.Errorf("case 5 of kind %s is at %+v, want kind %d", k, at, i)
		}
	}
	order := []place{{0, 0}, {0, 1}, {0, 9}, {1, 0}, {1, 8}, {2, 0}}
	for i, a := range order {
		for k, b := range order {
			if a.before(b) != (i < k) {
				t.Errorf("%+v before %+v: %v", a, b, a.before(b))
			}
		}
	}
}
