package pool

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/holiman/uint256"

	"github.com/trueweight/trueweight/impl/weighted"
)

var sink uint256.Int

// sample is one call of each operation that succeeds on its pool over and over.
type sample struct {
	name string
	run  func() error
}

func samples(t testing.TB, rules Rules) []sample {
	kind := map[Rules]Kind{V2: Managed, V3: Bootstrapping}[rules]
	config := gradual(rules, kind)
	config.Rates = nums(1e18, 1.058132e18)
	p := create(t, config)
	if _, err := p.Initialise(nums(1e18, 2e18)); err != nil {
		t.Fatal(err)
	}
	fresh := create(t, config)
	amounts, flows := make([]uint256.Int, 2), make([]Flow, 2)
	some, few, end := nums(1e12, 1e12), nums(1e9, 1e9), powerOfTwo(31)
	hops := []Hop{{weighted.GivenIn, 0, 1, num(1e12)}, {weighted.GivenOut, 1, 0, num(1e12)}}
	list := []sample{
		{"initialise", func() (err error) {
			fresh.books.supply = uint256.Int{}
			sink, err = fresh.Initialise(some)
			return err
		}},
		{"swap given in", func() (err error) { sink, err = p.Swap(weighted.GivenIn, 0, 1, num(1e9)); return }},
		{"swap given out", func() (err error) { sink, err = p.Swap(weighted.GivenOut, 1, 0, num(1e9)); return }},
		{"batch of two", func() error { return p.BatchSwap(flows, hops) }},
		{"join exact tokens", func() (err error) { sink, err = p.JoinExactTokens(some); return }},
		{"join exact token", func() (err error) { sink, err = p.JoinExactToken(0, num(1e12)); return }},
		{"join for BPT, one token", func() (err error) { sink, err = p.JoinForBptOneToken(0, num(1e12)); return }},
		{"join for BPT, proportional", func() error { return p.JoinForBptProportional(amounts, num(1e12)) }},
		{"exit exact token", func() (err error) { sink, err = p.ExitExactToken(0, num(1e9)); return }},
		{"exit BPT for one token", func() (err error) { sink, err = p.ExitBptForOneToken(0, num(1e9)); return }},
		{"exit BPT, proportional", func() error { return p.ExitBptProportional(amounts, num(1e9)) }},
		{"donate", func() error { return p.Donate(0, num(1)) }},
		{"advance", func() error { return p.Advance(num(1)) }},
		{"change weights", func() error { return p.ChangeWeights(num(0), end, config.Weights) }},
		{"change rate", func() error { return p.ChangeRate(0, num(1e18)) }},
		{"collect", func() (err error) { sink, err = p.Collect(amounts); return }},
	}
	if rules == V2 {
		list = append(list, sample{"exit exact tokens", func() (err error) { sink, err = p.ExitExactTokens(few); return }})
	}
	return list
}

func TestNoOperationAllocatesOnSuccess(t *testing.T) {
	for _, rules := range []Rules{V2, V3} {
		for _, s := range samples(t, rules) {
			if n := testing.AllocsPerRun(100, func() { s.run() }); n != 0 || s.run() != nil {
				t.Errorf("rules %d, %s: %v allocations, %v", rules, s.name, n, s.run())
			}
		}
	}
}

func BenchmarkOperation(b *testing.B) {
	for _, rules := range []Rules{V2, V3} {
		for _, s := range samples(b, rules) {
			b.Run(fmt.Sprintf("v%d/%s", rules+2, s.name), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if err := s.run(); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// script does steps operations of a trader and an investor.
func script(b *testing.B, p *Pool, r *rand.Rand, steps int) {
	n := p.Tokens()
	for i := range steps {
		var err error
		amount := num(1e12 + r.Uint64N(1e12))
		switch in := r.IntN(n); i % 4 {
		case 0:
			_, err = p.Swap(weighted.GivenIn, in, (in+1)%n, amount)
		case 1:
			_, err = p.JoinExactToken(in, amount)
		case 2:
			_, err = p.Swap(weighted.GivenOut, in, (in+1)%n, amount)
		default:
			_, err = p.ExitBptForOneToken(in, amount)
		}
		if err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkScript(b *testing.B) {
	for _, rules := range []Rules{V2, V3} {
		for _, steps := range []int{10, 30, 100} {
			benchmarkScript(b, rules, 3, steps)
		}
		for _, tokens := range []int{2, 4, 8, 50, 100} {
			benchmarkScript(b, rules, tokens, 30)
		}
	}
}

func benchmarkScript(b *testing.B, rules Rules, tokens, steps int) {
	c := Config{Rules: rules, Kind: Library, SwapFee: num(3e15), ProtocolFee: num(5e17)}
	var amounts []uint256.Int
	for range tokens {
		c.Decimals, c.Rates = append(c.Decimals, 18), append(c.Rates, num(1.058132e18))
		c.Weights = append(c.Weights, num(1e18/uint64(tokens)))
		amounts = append(amounts, num(1e18))
	}
	c.Weights[0].AddUint64(&c.Weights[0], 1e18%uint64(tokens))
	p := create(b, c)
	if _, err := p.Initialise(amounts); err != nil {
		b.Fatal(err)
	}
	start := newBooks(tokens)
	start.set(&p.books)
	source := rand.NewPCG(1, 1)
	r := rand.New(source)
	b.Run(fmt.Sprintf("v%d/tokens=%d/steps=%d", rules+2, tokens, steps), func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			p.books.set(&start)
			source.Seed(1, 1)
			script(b, p, r, steps)
		}
	})
}
