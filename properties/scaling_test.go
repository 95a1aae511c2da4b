package properties

import (
	"context"
	"math/big"
	"testing"

	"github.com/trueweight/trueweight/properties/domain"
)

func TestScalingClaimsHold(t *testing.T) { holdOnGenerated(t, sc, 21) }

func holdOnGenerated(t *testing.T, claims []*Property, seed uint64) {
	r := (&Campaign{Subject: Impl(), Claims: claims, Seed: seed, Cases: 4000}).Run(context.Background())
	for _, f := range r.Failures {
		t.Errorf("%v", f)
	}
	for _, a := range r.Alarms {
		t.Error(a)
	}
}

// Every violation is one that a finding allows, and some reaches the finding's bound to a part in a hundred.
func TestScalingFindingsAreTight(t *testing.T) {
	boundsAreReached(t, map[*Property][]*Finding{scDir: scFindings}, 40_000)
}

func boundsAreReached(t *testing.T, claims map[*Property][]*Finding, cases uint64) {
	j := NewJudge(Enclosures)
	j.strict = true
	for p, list := range claims {
		closest := map[string]*big.Rat{}
		for i := range cases {
			c := domain.At(5, p.Kinds[0], i)
			v := j.Decide(p, Impl(), c)
			if v.Outcome != Violated {
				continue
			}
			f := findingFor(p, Impl(), c, v)
			if f == nil {
				t.Fatalf("%s: no finding covers %q, beyond by %v: %s", p.ID, v.Part, v.Excess, domain.MarshalJSON(c))
			}
			if share := new(big.Rat).SetFrac(v.Excess, f.bound(c)); closest[f.ID] == nil || share.Cmp(closest[f.ID]) > 0 {
				closest[f.ID] = share
			}
		}
		for _, f := range list {
			if share := closest[f.ID]; share == nil || share.Cmp(big.NewRat(99, 100)) < 0 {
				t.Errorf("%s is at most %v of its bound", f.ID, share)
			}
		}
	}
}

// A trader with nothing takes a whole pool: what F-18 and F-20 tell together.
func TestAWeightedPoolIsTakenForNothing(t *testing.T) {
	amount := word(pow10(24))
	pool, err := Impl().NewPool(PoolConfig{Kind: domain.WeightedPool, Decimals: []uint8{18, 18}, Rates: []num{*newNum(1e18), *newNum(9e17)},
		Weights: []num{*newNum(8e17), *newNum(2e17)}, SwapFee: *newNum(3e15)})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := pool.Do(Action{Op: domain.Initialise, Amounts: []num{amount, amount}}); err != nil {
		t.Fatal(err)
	}
	swaps := 0
	take := func(out int, share num, atLeast uint64) (in num) {
		a := Action{Op: domain.SwapGivenOut, TokenIn: 1 - out, TokenOut: out, Amount: shareOfNumber(pool.Snapshot().Balances[out], share)}
		if a.Amount.LtUint64(atLeast) {
			a.Amount = *newNum(atLeast)
		}
		moved, err := pool.Do(a)
		if err != nil {
			t.Fatal(err)
		}
		swaps++
		return moved.In[1-out]
	}
	for pool.Snapshot().Balances[1] != *newNum(1) {
		take(1, *newNum(299e15), 1)
	}
	for balance := pool.Snapshot().Balances[0]; balance.GtUint64(3); balance = pool.Snapshot().Balances[0] {
		if in := take(0, *newNum(3e17), 1); !in.IsZero() {
			t.Fatalf("costs %v", in.Dec())
		}
	}
	if swaps != 152+4+191 {
		t.Errorf("%d swaps", swaps)
	}
}

// What the parts of SC-ENC allow, and a wei beyond: 3 wei at rate ⅔ are worth 2.
func TestScalingIsJudgedToTheWei(t *testing.T) {
	c := &domain.Scaling{Amount: *newNum(3), Factor: *newNum(1), Rate: *newNum(666_666_666_666_666_667), Decimals: 18}
	for _, row := range []struct {
		part  string
		spoil func(*Subject)
	}{
		{"", func(*Subject) {}},
		{"scaled down", func(s *Subject) { s.ToScaled18Down = s.ToScaled18Up }},
		{"scaled up", func(s *Subject) { s.ToScaled18Up = s.ToScaled18Down }},
		{"brought back down", func(s *Subject) { s.DownscaleDown = oneShort(s.DownscaleDown) }},
		{"v2's factor", func(s *Subject) { s.ScalingFactor = func(uint8, num) (num, error) { return *newNum(1), nil } }},
		{"the rate of what leaves", func(s *Subject) { s.RateUp = func(rate num) (num, error) { return rate, nil } }},
	} {
		s := Impl()
		row.spoil(s)
		if v := NewJudge(Enclosures).Decide(scEnc, s, c); v.Part != row.part {
			t.Errorf("%v in %q, want %q", v.Outcome, v.Part, row.part)
		}
	}
}

// 25 into 100 are worth 20 of 100, and 20 of 100 cost 25: the amounts equal to T are the last that hold.
func TestRawAmountsAtTiesHold(t *testing.T) {
	for _, row := range []struct {
		givenOut bool
		answer   uint64
		want     Outcome
	}{{false, 19, Holds}, {false, 20, Holds}, {false, 21, Violated}, {true, 26, Holds}, {true, 25, Holds}, {true, 24, Violated}} {
		one, half := *newNum(domain.One), *newNum(domain.One / 2)
		c := &domain.RawSwap{BalanceIn: *newNum(100), BalanceOut: *newNum(100), RateIn: one, RateOut: one, WeightIn: half, DecimalsIn: 18, DecimalsOut: 18, Amount: *newNum(25)}
		moved := Moved{In: []num{c.Amount, {}}, Out: []num{{}, *newNum(row.answer)}}
		if c.GivenOut = row.givenOut; c.GivenOut {
			c.Amount = *newNum(20)
			moved = Moved{In: []num{*newNum(row.answer), {}}, Out: []num{{}, c.Amount}}
		}
		s := Impl()
		breakPools(func(_ LivePool, done []Action, t *tale) {
			if done[0].Op.Swaps() {
				t.moved = moved
			}
		})(s)
		v := NewJudge(Enclosures).Decide(scDir, s, c)
		if v.Outcome != row.want || row.answer%5 == 0 && v.Margin.slack.Sign() != 0 {
			t.Errorf("given out %v, %d: %v, margin %v", row.givenOut, row.answer, v.Outcome, v.Margin)
		}
	}
}
