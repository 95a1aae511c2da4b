package properties

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/trueweight/trueweight/properties/domain"
)

// smallBaseline is shared by the tests of this file.
var smallBaseline = sync.OnceValues(func() (*Baseline, error) { return NewBaseline(Impl(), 1, 4, 1000, 2, nil) })

func baselineOf(t testing.TB) *Baseline {
	t.Helper()
	b, err := smallBaseline()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestTheBaselinesOwnSubjectIsNoticedByNobody(t *testing.T) {
	n := baselineOf(t).Notice(Impl(), AnyFunction, nil)
	for family, by := range n.By {
		t.Errorf("%s notices: %+v", family, by)
	}
	for _, family := range append(Families(), bxVec.ID) {
		if n.Asked[family] == 0 {
			t.Errorf("%s is asked on no case", family)
		}
	}
}

// The verdict against a baseline is the verdict: what a family's claims say when they are judged outright.
func TestPlantedBugsAreNoticedAsTheirClaimsWould(t *testing.T) {
	b := baselineOf(t)
	for i, plant := range Planted() {
		if i%48 != 0 || plant.Claim == fpPure.ID { // a subject that remembers is outside a baseline's promise
			continue
		}
		broken := plant.Into(Impl())
		n := b.Notice(broken, AnyFunction, nil)
		outright := map[string]string{}
		j := NewJudge(Enclosures)
		for _, c := range b.traces {
			for _, p := range b.claims(broken, c) {
				if family := FamilyOf(p.ID); outright[family] == "" && b.judge(j, p, broken, c) != "" {
					outright[family] = p.ID + " on " + b.name(c)
				}
			}
		}
		for _, family := range append(Families(), bxVec.ID) {
			got := ""
			if by, ok := n.By[family]; ok {
				got = by.Claim + " on " + by.Case
			}
			if got != outright[family] {
				t.Errorf("%s, %s: family %s notices through %q, outright through %q", plant.Claim, plant.Bug, family, got, outright[family])
			}
		}
	}
}

func TestABrokenSubjectIsNoBaseline(t *testing.T) {
	broken := *Impl()
	broken.Add = broken.Sub
	if _, err := NewBaseline(&broken, 1, 1, 0, 1, nil); err == nil || !strings.Contains(err.Error(), "only a sound subject is a baseline") {
		t.Errorf("the error is %v", err)
	}
}

func TestABaselineIsReadAsItWasWritten(t *testing.T) {
	b := baselineOf(t)
	var data bytes.Buffer
	if err := b.Write(&data); err != nil {
		t.Fatal(err)
	}
	again, err := ReadBaseline(&data)
	if err != nil {
		t.Fatal(err)
	}
	broken := *Impl()
	broken.MulUp = broken.MulDown
	want, got := b.Notice(&broken, AnyFunction, nil), again.Notice(&broken, AnyFunction, nil)
	if len(want.By) == 0 || fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("read again it says %v, before %v", got, want)
	}
}

// oneFunction is a probe that sees one function, MulUp.
type oneFunction struct{ ran bool }

func (p *oneFunction) Forget() { p.ran = false }
func (p *oneFunction) Reached() []uint16 {
	if p.ran {
		return []uint16{7}
	}
	return nil
}

func TestOnlyQuestionsThatReachTheFunctionAreAsked(t *testing.T) {
	probe := new(oneFunction)
	watched := *Impl()
	mulUp := watched.MulUp
	watched.MulUp = func(a, b num) (num, error) { probe.ran = true; return mulUp(a, b) }
	b, err := NewBaseline(&watched, 1, 2, 0, 1, probe)
	if err != nil {
		t.Fatal(err)
	}
	n := b.Notice(Impl(), 7, nil)
	if n.Asked["BX"] == 0 || n.Asked["FP"] == 0 || n.Asked["JE"] != 0 || n.Asked["ST"] != 0 {
		t.Errorf("asked: %v; of the families only those that ask MulUp itself should be", n.Asked)
	}
	if n = b.Notice(Impl(), 8, nil); len(n.Asked) != 0 {
		t.Errorf("asked about a function that nothing reaches: %v", n.Asked)
	}
}

func TestASearchGoesOnWhereTheBaselineEnds(t *testing.T) {
	b := baselineOf(t)
	broken := *Impl()
	mulUp := broken.MulUp
	target := domain.At(1, domain.KindOperands, 900).(*domain.Operands)
	broken.MulUp = func(x, y num) (num, error) {
		if x == target.A && y == target.B {
			return num{1}, nil
		}
		return mulUp(x, y)
	}
	if n := b.Notice(&broken, AnyFunction, nil); len(n.By) > 0 {
		t.Fatalf("noticed before the search: %v", n.By)
	}
	n := b.Search(&broken, AnyFunction, nil)
	if by := n.By["BX"]; by.Claim != "BX-MULUP" || by.Case != "operands 900" {
		t.Errorf("the search notices %+v", by)
	}
	if n = b.Search(Impl(), AnyFunction, nil); len(n.By) > 0 || n.Asked["BX"] < 20_000 {
		t.Errorf("of the sound subject it asked %d times and noticed %v", n.Asked["BX"], n.By)
	}
}

// lender lends the memory of its state with every snapshot.
type lender struct {
	LivePool
	state *Snapshot
}

func (p lender) Snapshot() Snapshot {
	s := p.LivePool.Snapshot()
	if p.state.Balances == nil {
		*p.state = s
	}
	copy(p.state.Balances, s.Balances)
	s.Balances = p.state.Balances
	return s
}

func TestAPoolThatLendsItsMemoryAnswersOtherwise(t *testing.T) {
	lending := *Impl()
	create := lending.NewPool
	lending.NewPool = func(c PoolConfig) (LivePool, error) {
		p, err := create(c)
		if err != nil {
			return nil, err
		}
		return lender{p, new(Snapshot)}, nil
	}
	b := baselineOf(t)
	same := func(s *Subject) bool {
		return !slices.ContainsFunc(b.traces, func(c *trace) bool {
			return c.Kind == domain.KindSequence && slices.ContainsFunc(c.Questions, func(q *question) bool { return !q.answeredBy(s) })
		})
	}
	if !same(Impl()) || same(&lending) {
		t.Errorf("impl answers the same: %v, a lender: %v; want true and false", same(Impl()), same(&lending))
	}
}

func BenchmarkNoticeNothing(b *testing.B) {
	base := baselineOf(b)
	for b.Loop() {
		base.Notice(Impl(), AnyFunction, nil)
	}
}

func BenchmarkReadBaseline(b *testing.B) {
	base := baselineOf(b)
	var data bytes.Buffer
	if err := base.Write(&data); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(data.Len()), "bytes")
	for b.Loop() {
		if _, err := ReadBaseline(bytes.NewReader(data.Bytes())); err != nil {
			b.Fatal(err)
		}
	}
}

// Without the one claim that noticed, who would? The next of its family that fails outright; it is asked for where no other family,
// or no other that compares with mathematics, noticed.
func TestASecondClaimIsLookedForWhereOneIsAlone(t *testing.T) {
	b := baselineOf(t)
	j := NewJudge(Enclosures)
	alone, also := 0, 0
	for i, plant := range Planted() {
		if i%31 != 0 || plant.Claim == fpPure.ID { // a subject that remembers is outside a baseline's promise
			continue
		}
		broken := plant.Into(Impl())
		n := b.Notice(broken, AnyFunction, nil)
		mathematics := 0
		for family := range n.By {
			if ByMathematics(family) {
				mathematics++
			}
		}
		for family, by := range n.By {
			want := ""
			if len(n.By) == 1 || mathematics == 1 && ByMathematics(family) {
				alone++
				for _, c := range b.traces {
					for _, p := range b.claims(broken, c) {
						if want == "" && FamilyOf(p.ID) == family && p.ID != by.Claim && b.judge(j, p, broken, c) != "" {
							want = p.ID
							also++
						}
					}
				}
			}
			if by.Also != want {
				t.Errorf("%s, %s: %s notices, and also %q, want %q", plant.Claim, plant.Bug, by.Claim, by.Also, want)
			}
		}
	}
	if also == 0 || also == alone {
		t.Errorf("of %d that are alone, %d have a second claim: want some, and not all", alone, also)
	}
}
