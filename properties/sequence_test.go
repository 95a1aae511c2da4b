package properties

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/trueweight/trueweight/properties/domain"
	"pgregory.net/rapid"
)

// A state machine that rapid drives does nothing but write a script, which is then judged like any other.
func TestScriptsOfAStateMachineHold(t *testing.T) {
	claims := append([]*Property{bxPool}, st...)
	rapid.Check(t, func(t *rapid.T) {
		script := domain.Generate(domain.KindSequence, FromRapid(t)).(*domain.Sequence)
		script.Steps = script.Steps[:min(1, len(script.Steps))]
		actions := map[string]func(*rapid.T){}
		for op := domain.Initialise; op <= domain.CollectProtocolFees; op++ {
			actions[op.String()] = func(t *rapid.T) {
				if len(script.Steps) < 40 {
					script.Steps = append(script.Steps, drawnStep(t, op, len(script.Weights)))
				}
			}
		}
		t.Repeat(actions)
		j := NewJudge(Enclosures)
		for _, p := range claims {
			if v := j.Decide(p, Impl(), script); v.Outcome == Violated || v.Outcome == Undecided {
				t.Fatalf("%v", newFailure(j, p, Impl(), script, v, "a state machine"))
			}
		}
	})
}

func drawnStep(t *rapid.T, op domain.Op, tokens int) domain.Step {
	in := rapid.IntRange(0, tokens-1).Draw(t, "in")
	step := domain.Step{Op: uint8(op), TokenIn: uint8(in), TokenOut: uint8((in + 1) % tokens), Chained: op.Swaps() && rapid.Bool().Draw(t, "chained")}
	switch op {
	case domain.AdvanceClock:
		step.Amount = *newNum(rapid.Uint64Range(0, 1<<22).Draw(t, "seconds"))
	case domain.ChangeRate:
		step.Share = *newNum(rapid.Uint64Range(domain.One/2, 2*domain.One).Draw(t, "share"))
	default:
		step.Share = *newNum(rapid.Uint64Range(0, domain.One/4).Draw(t, "share"))
		step.Amount = *newNum(rapid.Uint64Range(0, 100).Draw(t, "amount"))
	}
	return step
}

// A story is what an auditor reads: each step with what moved and the state it leaves.
func TestAFailingScriptTellsItsStory(t *testing.T) {
	i := slices.IndexFunc(stPlants, func(p Plant) bool { return strings.Contains(p.Bug, "exact amount pays one raw unit more") })
	s := stPlants[i].Into(Impl())
	j := NewJudge(Enclosures)
	for i := uint64(0); ; i++ {
		c := domain.At(1, domain.KindSequence, i)
		v := j.Decide(stRate, s, c)
		if v.Outcome != Violated {
			continue
		}
		f := newFailure(j, stRate, s, c, v, "a test")
		story := f.String()
		for _, want := range []string{"ST-RATE violated", "1  initialise:", "exit-token: ", "→ balances [", "supply ", "replay:", "keep:"} {
			if !strings.Contains(story, want) {
				t.Errorf("no %q in\n%s", want, story)
			}
		}
		if n := len(f.Shrunk.(*domain.Sequence).Steps); n != 2 {
			t.Errorf("%d steps in the simplest script, want 2: initialise and the exit\n%s", n, story)
		}
		return
	}
}

// What a script comes to does not depend on who writes it down.
func TestATranscriptIsWhatHappened(t *testing.T) {
	script := &domain.Sequence{
		Decimals: []num{*newNum(18), *newNum(6)}, Rates: []num{*newNum(domain.One), *newNum(domain.One)},
		Weights: []num{*newNum(domain.One / 2), *newNum(domain.One / 2)}, SwapFee: *newNum(1e15),
		Steps: []domain.Step{
			{Op: uint8(domain.Initialise), Amounts: []num{*newNum(domain.One), *newNum(1e6)}},
			{Op: uint8(domain.SwapGivenIn), TokenIn: 0, TokenOut: 1, Share: *newNum(domain.One / 10)},
			{Op: uint8(domain.SwapGivenIn), TokenIn: 0, TokenOut: 1, Share: *newNum(domain.One / 2)},
		},
	}
	var b bytes.Buffer
	if err := Transcript(&b, Impl(), script); err != nil {
		t.Fatal(err)
	}
	want := `  what happens (raw units of each token, wei of BPT; tokens counted from 0):
        1  initialise: [1000000000000000000 1000000]
           in [1000000000000000000 1000000], BPT minted 1999999999998959996
           → balances [1000000000000000000 1000000], supply 1999999999999959996, weights [500000000000000000 500000000000000000], rates [1000000000000000000 1000000000000000000], clock 0
        2  swap-in: 100000000000000000 of token 0 for token 1
           in [100000000000000000 0], out [0 90826]
           → balances [1100000000000000000 909174], supply 1999999999999959996, weights [500000000000000000 500000000000000000], rates [1000000000000000000 1000000000000000000], clock 0
        3  swap-in: 550000000000000000 of token 0 for token 1
           fails: BAL#304 | MaxInRatio; nothing changes
`
	if got := b.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// The incident of 3 November 2025 in our own pool: who owns nothing leaves with 217 of 1000 tokens where amounts out are scaled
// down, and with nothing where they are not.
func TestTheBatchOfNovember2025(t *testing.T) {
	kept, err := KeptCases()
	if err != nil {
		t.Fatal(err)
	}
	left := func(id string) (net []string, err error) {
		i := slices.IndexFunc(kept, func(k Kept) bool { return k.ID == id })
		script := kept[i].Case.(*domain.Sequence)
		trader := new(flash)
		created := replayed(Impl(), script, func(m *moment) bool {
			trader.judge(m)
			return true
		})
		for _, n := range trader.net {
			net = append(net, n.String())
		}
		return net, created
	}
	net, err := left("scaled-exact-out-02")
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"217140506964191401176", "0", "0"}; !slices.Equal(net, want) {
		t.Errorf("the trader ends with %v, want %v", net, want)
	}
	for _, id := range []string{"scaled-exact-out-03", "scaled-exact-out-04"} {
		net, err := left(id)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(net, func(n string) bool { return strings.HasPrefix(n, "-") }) {
			t.Errorf("%s: the trader owes nothing: %v", id, net)
		}
	}
}

// BenchmarkSequence judges scripts by the whole family ST: the cost grows linearly with the length and with the tokens.
func BenchmarkSequence(b *testing.B) {
	run := func(tokens, steps int) func(*testing.B) {
		return func(b *testing.B) {
			script, s, j := benchmarkScript(tokens, steps), Impl(), NewJudge(Enclosures)
			b.ReportAllocs()
			for b.Loop() {
				for _, p := range st {
					if v := j.Decide(p, s, script); v.Outcome == Violated || v.Outcome == Undecided {
						b.Fatal(p.ID, v)
					}
				}
			}
			b.ReportMetric(float64(b.N*steps)/b.Elapsed().Seconds(), "steps/s")
		}
	}
	for _, steps := range []int{10, 30, 100, 250} {
		b.Run(fmt.Sprintf("steps=%d", steps), run(3, steps))
	}
	for _, tokens := range []int{2, 4, 8, 50, 100} {
		b.Run(fmt.Sprintf("tokens=%d", tokens), run(tokens, 30))
	}
}

// benchmarkScript does each operation that any pool has in turn, all of which succeed.
func benchmarkScript(tokens, steps int) *domain.Sequence {
	c := &domain.Sequence{PoolKind: domain.LibraryPool, SwapFee: *newNum(3e15), ProtocolFee: *newNum(5e17)}
	start := domain.Step{Op: uint8(domain.Initialise)}
	for range tokens {
		c.Decimals, c.Rates = append(c.Decimals, *newNum(18)), append(c.Rates, *newNum(1.1e18))
		c.Weights = append(c.Weights, *newNum(domain.One / uint64(tokens)))
		start.Amounts = append(start.Amounts, shareOfNumber(*newNum(domain.One), *newNum(1e21 / 1000)))
	}
	c.Weights[0].AddUint64(&c.Weights[0], domain.One%uint64(tokens))
	c.Steps = []domain.Step{start}
	ops := []domain.Op{domain.SwapGivenIn, domain.SwapGivenOut, domain.JoinExactTokens, domain.SwapGivenIn, domain.ExitBptProportional,
		domain.SwapGivenOut, domain.JoinForBptOneToken, domain.SwapGivenIn, domain.ExitBptForOneToken, domain.CollectProtocolFees}
	for i := 1; i < steps; i++ {
		c.Steps = append(c.Steps, domain.Step{Op: uint8(ops[i%len(ops)]), TokenIn: uint8(i % tokens), TokenOut: uint8((i + 1) % tokens), Share: *newNum(domain.One / 100)})
	}
	return c
}
