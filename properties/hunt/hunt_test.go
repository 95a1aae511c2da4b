package hunt

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/holiman/uint256"
	"github.com/trueweight/trueweight/properties"
	"github.com/trueweight/trueweight/properties/domain"
)

func claims(t testing.TB, names ...string) []*properties.Property {
	t.Helper()
	list, err := properties.Select(names...)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// hunted runs a hunt from its start and returns what it found.
func hunted(t testing.TB, h Hunt) *Record {
	t.Helper()
	if h.Shards == 0 {
		h.Shards = 1
	}
	if h.Subject == nil {
		h.Subject = properties.Impl()
	}
	r := h.Start()
	if err := h.Run(context.Background(), r); err != nil {
		t.Fatal(err)
	}
	return r
}

func written(t testing.TB, r *Record) []byte {
	t.Helper()
	data, err := r.Marshal()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestAHuntIsTheSameOnAnyNumberOfWorkers(t *testing.T) {
	h := Hunt{Claims: claims(t, "SW-MONO", "SC-DUST", "WT-NORM"), Seed: 7, Cases: 4000, Workers: 1}
	one := written(t, hunted(t, h))
	h.Workers = 4
	if four := written(t, hunted(t, h)); !bytes.Equal(one, four) {
		t.Errorf("one worker and four find different cases:\n%.300s\n%.300s", one, four)
	}
	h.Seed = 8
	if other := written(t, hunted(t, h)); bytes.Equal(one, other) {
		t.Error("another seed finds the same")
	}
}

// What a hunt finds for a claim does not depend on what else is hunted: a fleet may share claims, too.
func TestClaimsAreHuntedApart(t *testing.T) {
	alone := hunted(t, Hunt{Claims: claims(t, "WT-NORM"), Seed: 1, Cases: 3000})
	both := hunted(t, Hunt{Claims: claims(t, "WT-NORM", "SC-DIR"), Seed: 1, Cases: 3000})
	both.claims = slices.DeleteFunc(both.claims, func(c *claim) bool { return c.p.ID != "WT-NORM" })
	if a, b := written(t, alone), written(t, both); !bytes.Equal(a, b) {
		t.Errorf("alone\n%.300s\nwith another claim\n%.300s", a, b)
	}
}

// An interruption at any generation, with the state written and read in between, changes nothing of the result.
func TestAnInterruptedHuntGoesOn(t *testing.T) {
	h := Hunt{Subject: properties.Impl(), Claims: claims(t, "SW-MONO", "WT-NORM"), Seed: 3, Cases: 4000, Shards: 1}
	want := written(t, hunted(t, h))
	r, runs := h.Start(), 0
	for again := true; again; runs++ {
		ctx, cancel := context.WithCancel(context.Background())
		again = false
		h.Checkpoint = func(*Record) error {
			cancel()
			again = true
			return nil
		}
		if err := h.Run(ctx, r); err != nil {
			t.Fatal(err)
		}
		var err error
		if r, err = Read(written(t, r)); err != nil {
			t.Fatal(err)
		}
		cancel()
	}
	if runs < 4 {
		t.Fatalf("%d runs, want several", runs)
	}
	if got := written(t, r); !bytes.Equal(got, want) {
		t.Errorf("in %d runs\n%.300s\nin one\n%.300s", runs, got, want)
	}
	h.Checkpoint = nil
	h.Cases *= 2 // and a hunt that is done can be made longer
	if err := h.Run(context.Background(), r); err != nil {
		t.Fatal(err)
	}
	if got, want := written(t, r), written(t, hunted(t, h)); !bytes.Equal(got, want) {
		t.Errorf("made longer\n%.300s\nfrom the start\n%.300s", got, want)
	}
}

func margin(t testing.TB, text string) properties.Margin {
	t.Helper()
	m, err := properties.ParseMargin(text)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// hidden is a claim whose worst case no generator draws: an amount with its own digits. The margin is how many bits of it differ.
func hidden(_ *properties.Property, c domain.Case) properties.Verdict {
	secret := uint256.MustFromDecimal("48611766702991209066")
	amount := c.(*domain.Swap).Amount
	secret.Xor(secret, &amount)
	m, err := properties.ParseMargin(new(uint256.Int).SetUint64(uint64(secret.BitLen())).Dec() + " wei")
	if err != nil {
		panic(err)
	}
	return properties.Verdict{Outcome: properties.Holds, Margin: m}
}

func TestAHuntFindsWhatDrawingDoesNot(t *testing.T) {
	const n = 300_000
	p := claims(t, "SW-OUT")
	var drawn properties.Margin
	for i := range uint64(n) {
		if m := hidden(nil, domain.At(1, domain.KindSwapIn, i)).Margin; m.Closer(drawn) {
			drawn = m
		}
	}
	found := hunted(t, Hunt{Claims: p, Seed: 1, Cases: n, decide: hidden}).Found()[0]
	all, pool := found.Tightest()
	if far := margin(t, "40 wei"); !all.Margin.Tight() || !pool.Margin.Tight() || drawn.Closer(far) {
		t.Errorf("by hunting %s (%s where pool-valid), by drawing %s; want 0 wei, and at least %s", all.Margin, pool.Margin, drawn, far)
	}
	if len(found.Worst) != len(domain.Classes(domain.KindSwapIn))+1 {
		t.Errorf("%d classes of worst cases, want all %d and the pool-valid", len(found.Worst), len(domain.Classes(domain.KindSwapIn)))
	}
}

// The same with a real subject, whose fault is one wei at one distance in many: violations are found, kept, counted and told.
func TestAViolationIsKeptAndTold(t *testing.T) {
	planted := properties.Planted()[slices.IndexFunc(properties.Planted(), func(p properties.Plant) bool { return p.Claim == "SW-OUT" })]
	subject := planted.Into(properties.Impl())
	h := Hunt{Subject: subject, Claims: claims(t, "SW-OUT"), Seed: 1, Cases: 3000}
	r, err := Read(written(t, hunted(t, h)))
	if err != nil {
		t.Fatal(err)
	}
	if n := r.Found()[0].Tally.Violated; n == 0 {
		t.Fatal("no violation")
	}
	failures := r.Failures(subject)
	if len(failures) == 0 {
		t.Fatal("no failure")
	}
	if story := failures[0].String(); !strings.Contains(story, "SW-OUT violated") || !strings.Contains(story, "a hunt under seed 1, 1 shards: generation ") {
		t.Errorf("the story is\n%s", story)
	}
}

// Findings excuse what they cover, in a hunt too: it is counted and not kept.
func TestKnownAndVacuousCasesAreCountedOnly(t *testing.T) {
	for _, outcome := range []properties.Outcome{properties.Known, properties.Vacuous} {
		r := hunted(t, Hunt{Claims: claims(t, "SW-OUT"), Cases: 3000, decide: func(_ *properties.Property, c domain.Case) properties.Verdict {
			v := hidden(nil, c)
			v.Outcome = outcome
			return v
		}})
		f := r.Found()[0]
		if f.Tally.asked() < 3000 || f.Tally.Known+f.Tally.Vacuous != f.Tally.asked() || len(f.Worst) > 0 || len(r.Failures(properties.Impl())) > 0 {
			t.Errorf("%v: %+v, %d worst cases", outcome, f.Tally, len(f.Worst))
		}
	}
}

func TestClaimsWithoutAMarginAreToldApart(t *testing.T) {
	guided, blind := Huntable(properties.Impl(), claims(t, "SW", "BX-VEC"))
	for _, p := range guided {
		if p.Margin == properties.NoMargin {
			t.Errorf("%s has no margin to be guided by", p.ID)
		}
	}
	if !slices.Contains(blind, claims(t, "SW-INV")[0]) || slices.Contains(blind, claims(t, "BX-VEC")[0]) || len(guided)+len(blind) != len(claims(t, "SW")) {
		t.Errorf("%d guided, %d blind", len(guided), len(blind))
	}
}

// BenchmarkHunt measures what a hunt adds to a verdict, here that of a claim that is no work.
func BenchmarkHunt(b *testing.B) {
	for _, id := range []string{"SW-OUT", "IN-ENC", "JE-ENC"} {
		b.Run(id, func(b *testing.B) {
			p := claims(b, id)
			m := margin(b, "5 wei")
			b.ReportAllocs()
			h := Hunt{Claims: p, Seed: 1, Cases: uint64(b.N), Workers: 1, decide: func(_ *properties.Property, c domain.Case) properties.Verdict {
				return properties.Verdict{Outcome: properties.Holds, Margin: m}
			}}
			asked := hunted(b, h).Found()[0].Tally.asked()
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(asked), "ns/case")
		})
	}
}
