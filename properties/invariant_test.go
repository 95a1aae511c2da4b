package properties

import (
	"context"
	"math/big"
	"testing"

	"github.com/trueweight/trueweight/properties/domain"
)

func TestInvariantClaimsHold(t *testing.T) {
	r := (&Campaign{Subject: Impl(), Claims: in, Seed: 11, Cases: 4000}).Run(context.Background())
	for _, f := range r.Failures {
		t.Errorf("%v", f)
	}
	for _, a := range r.Alarms {
		t.Error(a)
	}
	for _, e := range r.Evidence.Claims {
		if e.Vacuous > e.Judged() {
			t.Errorf("%s is vacuous on %d of %d cases", e.ID, e.Vacuous, e.Vacuous+e.Judged())
		}
		if e.ID == "IN-WIDTH" && !e.Tightest.Tight {
			t.Errorf("IN-WIDTH allows more than is used: the tightest is %s", e.Tightest.Margin)
		}
	}
}

func TestUpperInvariantOfAnEmptyTokenReachesItsBound(t *testing.T) {
	f, j, s := inFindings[0], NewJudge(Enclosures), Impl()
	reached := new(big.Rat)
	for i := range uint64(4000) {
		c := domain.At(11, domain.KindInvariant, i)
		p := holdingsOf(c)
		up, err := p.up(s)
		answers := err == nil && !p.short() && p.empty()
		if answers && !f.holds(s, c) || f.holds(s, c) && err == nil && up.IsZero() {
			t.Fatalf("the condition is wrong of %s", domain.Describe(c))
		}
		if v := j.Decide(inZero, s, c); answers != (v.Outcome == Known && v.Finding == f.ID) {
			t.Fatalf("%v of %s", v.Outcome, domain.Describe(c))
		}
		if !answers {
			continue
		}
		if ratio := new(big.Rat).SetFrac(up.ToBig(), f.bound(c)); ratio.Cmp(reached) > 0 {
			reached = ratio
		}
	}
	if reached.Cmp(big.NewRat(1, 1)) != 0 {
		t.Errorf("the bound is not reached: at most %s of it", reached.FloatString(9))
	}
}

// A subject that answers the limit itself holds; one wei beyond, the claim is violated.
func TestInvariantLimitsAreInside(t *testing.T) {
	half, unit, two := *wei(5e17), *wei(1e18), *wei(2e18)
	pair := &domain.Invariant{Balances: []num{*wei(4), *wei(9)}, Weights: []num{half, half}, Growth: *wei(1), Factor: *wei(3)}
	alone := &domain.Invariant{Balances: []num{*wei(7)}, Weights: []num{unit}, Growth: *wei(1), Factor: *wei(3)}
	square := &domain.Invariant{Balances: []num{*wei(7e18)}, Weights: []num{two}, Growth: *wei(1), Factor: *wei(3)}
	for _, row := range []struct {
		claim     *Property
		c         domain.Case
		down, up  uint64
		downAfter uint64 // down once the balance has grown
		want      Outcome
	}{
		{inEnc, pair, 6, 6, 6, Holds}, {inEnc, pair, 7, 6, 7, Violated}, {inEnc, pair, 6, 5, 6, Violated},
		{in2Tok, pair, 6, 6, 6, Holds}, {in2Tok, pair, 7, 6, 7, Violated}, {in2Tok, pair, 6, 5, 6, Violated},
		{inWidth, alone, 7, 7, 7, Holds}, {inWidth, alone, 6, 7, 6, Violated}, {inWidth, alone, 7, 8, 7, Violated},
		{inHom, alone, 21, 7, 21, Holds}, {inHom, alone, 22, 7, 22, Violated},
		{inPerm, pair, 6, 6, 6, Holds}, {inPerm, pair, 7, 6, 7, Violated},
		{inMono, square, 49, 49, 49, Holds}, {inMono, square, 49, 49, 48, Violated},
	} {
		s := &Subject{
			InvariantDown: func(_, b []num) (num, error) {
				if b[0] == row.c.(*domain.Invariant).Balances[0] {
					return *wei(row.down), nil
				}
				return *wei(row.downAfter), nil
			},
			InvariantUp: func(_, _ []num) (num, error) { return *wei(row.up), nil },
		}
		if v := NewJudge(Enclosures).Decide(row.claim, s, row.c); v.Outcome != row.want {
			t.Errorf("%s on %d and %d: %v, %s", row.claim.ID, row.down, row.up, v.Outcome, v.Part)
		}
	}
}
