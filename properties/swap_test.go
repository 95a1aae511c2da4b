package properties

import (
	"context"
	"math/big"
	"testing"

	"github.com/trueweight/trueweight/properties/domain"
)

func TestSwapClaimsHoldOnGeneratedSwaps(t *testing.T) {
	r := (&Campaign{Subject: Impl(), Claims: sw, Seed: 1, Cases: 4000}).Run(context.Background())
	for _, f := range r.Failures {
		t.Error(f)
	}
	for _, a := range r.Alarms {
		t.Error(a)
	}
}

func TestNothingCostsExactlyWhatTheFindingSays(t *testing.T) {
	j, f, met := NewJudge(Enclosures), swFindings[0], 0
	j.strict = true
	for i := range uint64(20_000) {
		c := domain.At(1, domain.KindSwapOut, i)
		v := j.Decide(swZero, Impl(), c)
		if v.Outcome != Violated {
			continue
		}
		met++
		if !f.holds(Impl(), c) || v.Excess.Cmp(f.bound(c)) != 0 {
			t.Fatalf("costs %v, the finding says %v: %s", v.Excess, f.bound(c), domain.MarshalJSON(c))
		}
	}
	if met < 500 {
		t.Errorf("%s: met %d times in 20,000 cases", f.ID, met)
	}
}

// The exact answer to a tied swap is a whole number of wei: the answer equal to it is the last that holds.
func TestTiesHoldAndAWeiBeyondDoesNot(t *testing.T) {
	equality := func(wei int) *Subject {
		exact := func(givenOut bool) func(bi, wi, bo, wo, a num) (num, error) {
			return func(bi, wi, bo, wo, a num) (num, error) {
				tr := tradeFrom(&domain.Swap{GivenOut: givenOut, BalanceIn: bi, WeightIn: wi, BalanceOut: bo, WeightOut: wo, Amount: a})
				n, ok := NewJudge(Enclosures).floor(tr.exact(tr.amount), 256)
				if !ok {
					t.Fatal("T is undecided")
				}
				if n.Add(n, big.NewInt(int64(wei))).Sign() < 0 {
					return num{}, nil
				}
				return result(n, nil)
			}
		}
		return &Subject{Name: "exact at ties", OutGivenIn: exact(false), InGivenOut: exact(true)}
	}
	claims := map[*Property][]domain.Kind{swOut: {domain.KindSwapIn}, swIn: {domain.KindSwapOut}, swInv: bothSwaps, swSplit: bothSwaps, swSpot: bothSwaps, sw5050: bothSwaps}
	j := NewJudge(Enclosures)
	for p, kinds := range claims {
		for _, k := range kinds {
			beyond := map[domain.Kind]int{domain.KindSwapIn: 1, domain.KindSwapOut: -1}[k]
			ties := 0
			for i := range uint64(3000) {
				c := domain.At(1, k, i).(*domain.Swap)
				if c.Class() != "tie" || p == sw5050 && c.WeightIn != c.WeightOut {
					continue
				}
				ties++
				c.Fee.Clear()
				c.Piece.Clear()
				if v := j.Decide(p, equality(0), c); v.Outcome != Holds || v.Margin.kind == Slack && v.Margin.slack.Sign() != 0 {
					t.Fatalf("%s at a tie: %v %s: %s", p.ID, v.Outcome, v.Part, domain.MarshalJSON(c))
				}
				if v := j.Decide(p, equality(beyond), c); v.Outcome != Violated {
					t.Fatalf("%s a wei beyond a tie: %v: %s", p.ID, v.Outcome, domain.MarshalJSON(c))
				}
			}
			if ties < 50 {
				t.Errorf("%s: %d ties", p.ID, ties)
			}
		}
	}
}

func BenchmarkSwapVerdicts(b *testing.B) {
	cases := make([]domain.Case, 4096)
	for i := range cases {
		cases[i] = domain.At(1, domain.KindSwapIn, uint64(i))
	}
	j, s := NewJudge(Enclosures), Impl()
	for i := 0; b.Loop(); i++ {
		c := cases[i%len(cases)]
		for _, p := range []*Property{swOut, swInv} {
			if v := j.Decide(p, s, c); v.Outcome != Holds && v.Outcome != Vacuous {
				b.Fatalf("%s %v: %s", p.ID, v.Outcome, domain.MarshalJSON(c))
			}
		}
	}
	b.ReportMetric(2*float64(b.N)/b.Elapsed().Seconds(), "verdicts/s")
}
