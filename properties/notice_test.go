package properties

import (
	"bytes"
	"sync"
	"testing"
)

// smallBaseline is shared by the tests of this file.
var smallBaseline = sync.OnceValues(func() (*Baseline, error) { return NewBaseline(Impl(), 1, 20, 2, nil) })

func TestTheBaselinesOwnSubjectIsNoticedByNobody(t *testing.T) {
	b, err := smallBaseline()
	if err != nil {
		t.Fatal(err)
	}
	n := b.Notice(Impl(), AnyFunction, nil)
	for family, by := range n.By {
		t.Errorf("%s notices: %+v", family, by)
	}
	for _, family := range append(Families(), bxVec.ID) {
		if n.Asked[family] == 0 {
			t.Errorf("%s is asked on no case", family)
		}
	}
}

func BenchmarkNoticeNothing(b *testing.B) {
	base, err := smallBaseline()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		base.Notice(Impl(), AnyFunction, nil)
	}
}

func BenchmarkReadBaseline(b *testing.B) {
	base, err := smallBaseline()
	if err != nil {
		b.Fatal(err)
	}
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

// The verdict against a baseline is the verdict: what a family's claims say when they are judged outright.
func TestPlantedBugsAreNoticedAsTheirClaimsWould(t *testing.T) {
	b, err := smallBaseline()
	if err != nil {
		t.Fatal(err)
	}
	judged, noticed := 0, 0
	for i, plant := range Planted() {
		if i%4 != 0 {
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
				noticed++
			}
			if got != outright[family] {
				t.Errorf("%s, %s: family %s notices through %q, outright through %q", plant.Claim, plant.Bug, family, got, outright[family])
			}
			judged++
		}
	}
	t.Logf("%d of %d", noticed, judged)
}
