package pool

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/holiman/uint256"

	"github.com/trueweight/trueweight/impl/revert"
	"github.com/trueweight/trueweight/impl/weighted"
)

// untouched is what destinations hold before an operation.
var untouched = uint256.Int{77}

// perform does an act on a pool. Destinations have one element too many.
func perform(p *Pool, a act) (z moved, err error) {
	amounts := slices.Repeat([]uint256.Int{untouched}, p.Tokens()+1)
	flows := slices.Repeat([]Flow{{untouched, untouched}}, p.Tokens()+1)
	switch a.op {
	case "initialise":
		z.amount, err = p.Initialise(a.amounts)
	case "in":
		z.amount, err = p.Swap(weighted.GivenIn, a.i, a.j, a.amount)
	case "out":
		z.amount, err = p.Swap(weighted.GivenOut, a.i, a.j, a.amount)
	case "batch":
		err = p.BatchSwap(flows, a.hops)
		z.flows = flows
	case "join tokens":
		z.amount, err = p.JoinExactTokens(a.amounts)
	case "join token":
		z.amount, err = p.JoinExactToken(a.i, a.amount)
	case "join for bpt":
		z.amount, err = p.JoinForBptOneToken(a.i, a.amount)
	case "join all for bpt":
		err = p.JoinForBptProportional(amounts, a.amount)
		z.amounts = amounts
	case "exit tokens":
		z.amount, err = p.ExitExactTokens(a.amounts)
	case "exit token":
		z.amount, err = p.ExitExactToken(a.i, a.amount)
	case "exit bpt":
		z.amount, err = p.ExitBptForOneToken(a.i, a.amount)
	case "exit all for bpt":
		err = p.ExitBptProportional(amounts, a.amount)
		z.amounts = amounts
	case "donate":
		err = p.Donate(a.i, a.amount)
	case "collect":
		z.amount, err = p.Collect(amounts)
		z.amounts = amounts
	case "advance":
		err = p.Advance(a.amount)
	case "weights":
		err = p.ChangeWeights(a.start, a.end, a.amounts)
	case "rate":
		err = p.ChangeRate(a.i, a.amount)
	}
	return z, err
}

var operations = []string{"in", "out", "batch", "join tokens", "join token", "join for bpt", "join all for bpt", "exit tokens", "exit token",
	"exit bpt", "exit all for bpt", "donate", "collect", "advance", "weights", "rate", "initialise"}

// shapes are pools of every kind: what is drawn is all but the number of tokens.
var shapes = []struct {
	rules  Rules
	kind   Kind
	tokens int
}{
	{V2, Weighted, 2}, {V3, Weighted, 2}, {V2, Weighted, 3}, {V3, Weighted, 3}, {V2, Managed, 5}, {V3, Weighted, 8},
	{V2, Bootstrapping, 2}, {V3, Bootstrapping, 2}, {V2, Library, 4}, {V3, Library, 4},
}

func number(r *rand.Rand, bits int) uint256.Int {
	z := uint256.Int{r.Uint64(), r.Uint64(), r.Uint64(), r.Uint64()}
	return *z.Rsh(&z, uint(256-r.IntN(bits+1)))
}

// drawnWeights returns n weights of at least 1 % that sum to 1, half of the time equal.
func drawnWeights(r *rand.Rand, n int) []uint256.Int {
	list := make([]uint256.Int, n)
	left := uint64(1e18)
	for i := range n - 1 {
		w := left / uint64(n-i)
		if r.IntN(2) == 0 {
			w = 1e16 + r.Uint64N(w)
		}
		list[i] = uint256.Int{min(w, left-1e16*uint64(n-1-i))}
		left -= list[i].Uint64()
	}
	list[n-1] = uint256.Int{left}
	return list
}

func drawnConfig(r *rand.Rand) Config {
	shape := shapes[r.IntN(len(shapes))]
	c := Config{Rules: shape.rules, Kind: shape.kind, Weights: drawnWeights(r, shape.tokens), Clock: uint256.Int{1e6}}
	for range shape.tokens {
		c.Decimals = append(c.Decimals, uint8([]int{0, 6, 8, 18}[r.IntN(4)]))
		c.Rates = append(c.Rates, uint256.Int{[]uint64{1e18, 2e18, 1.058132e18 + 1, 0.3e18 - 7}[r.IntN(4)]})
	}
	c.SwapFee = uint256.Int{[]uint64{1e13, 3e15, 1e17}[r.IntN(3)]}
	c.ProtocolFee = uint256.Int{[]uint64{0, 25e16, 50e16}[r.IntN(3)]}
	return c
}

// part returns at most a 2⁻ᵏ of z, k up to 6, or dust.
func part(r *rand.Rand, z uint256.Int) uint256.Int {
	if r.IntN(4) == 0 {
		return uint256.Int{r.Uint64N(40)}
	}
	z.Rsh(&z, uint(r.IntN(7)))
	if !z.IsZero() {
		drawn := number(r, z.BitLen())
		z.Mod(&drawn, &z)
	}
	return z
}

// drawnAct returns an operation that often succeeds in the state, and sometimes
// is given a token, a list or a number that can't be.
func drawnAct(r *rand.Rand, s *Snapshot) act {
	n := len(s.Balances)
	a := act{op: operations[r.IntN(len(operations))], i: r.IntN(n), j: r.IntN(n), amounts: make([]uint256.Int, n)}
	switch a.op {
	case "in", "join token", "donate":
		a.amount = part(r, s.Balances[a.i])
	case "exit token":
		a.amount = part(r, s.Balances[a.i])
	case "out":
		a.amount = part(r, s.Balances[a.j])
	case "batch":
		for range r.IntN(5) {
			h := Hop{In: r.IntN(n), Out: r.IntN(n), Kind: r.IntN(2) == 0}
			h.Amount = part(r, s.Balances[h.In])
			a.hops = append(a.hops, h)
		}
	case "join for bpt", "join all for bpt", "exit bpt", "exit all for bpt":
		a.amount = part(r, s.Supply)
	case "advance":
		a.amount = uint256.Int{r.Uint64N(1000)}
	case "rate":
		a.amount = uint256.Int{1e17 + r.Uint64N(2e18)}
	case "join tokens", "exit tokens", "initialise":
		for i := range a.amounts {
			a.amounts[i] = part(r, s.Balances[i])
		}
	case "weights":
		a.amounts = drawnWeights(r, n)
		a.start.AddUint64(&s.Clock, r.Uint64N(100))
		a.end.AddUint64(&s.Clock, r.Uint64N(1000))
	}
	switch r.IntN(60) {
	case 0:
		a.i = r.IntN(n+2) - 1
	case 1:
		a.amount = number(r, 256)
	case 2:
		a.amounts = a.amounts[:r.IntN(n)]
	case 3:
		a.amounts[r.IntN(n)] = number(r, 256)
	}
	return a
}

// begun returns a pool and the amounts it starts with; some fail.
func begun(t *testing.T, r *rand.Rand) (*Pool, Config, act) {
	config := drawnConfig(r)
	p, err := New(config)
	if err != nil {
		t.Fatalf("%+v: %v", config, err)
	}
	start := act{op: "initialise"}
	for i := range config.Weights {
		bits := 20 + r.IntN(60)
		if config.Decimals[i] < 18 && r.IntN(8) > 0 {
			bits = 20 + r.IntN(30)
		}
		start.amounts = append(start.amounts, number(r, bits))
		start.amounts[i].AddUint64(&start.amounts[i], 1e6)
	}
	return p, config, start
}

func TestEveryOperationIsItsModel(t *testing.T) {
	done, failed := map[string]int{}, map[string]bool{}
	for seed := range uint64(600) {
		r := rand.New(rand.NewPCG(seed, 1))
		p, config, a := begun(t, r)
		for range 60 {
			before := p.Snapshot()
			args := clone(a)
			want, after, failure := model{config, before}.do(a)
			got, err := perform(p, a)
			if !equal(a, args) {
				t.Fatalf("%+v: an argument is now %+v", args, a)
			}
			clear(a.amounts) // which the pool has not kept
			clear(a.hops)
			if failure == nil {
				done[a.op]++
			} else {
				failed[name(config.Rules, failure)] = true
			}
			if !equal(err, failure) || !agree(got, want, err) || !equal(p.Snapshot(), after) {
				t.Fatalf("seed %d, %+v\nin %+v\nof %+v\nreturns %+v, %v; want %+v, %v\nleaves %+v\nwant   %+v", seed, args, before, config, got, err, want, failure, p.Snapshot(), after)
			}
			a = drawnAct(r, &after)
		}
	}
	for _, op := range operations {
		if done[op] < 100 {
			t.Errorf("%s succeeded %d times only", op, done[op])
		}
	}
	for _, name := range []string{"BAL#001", "BAL#304", "BAL#306", "INVALID", "MaxOutRatio", "TokenBalanceBelowMin", "InvariantRatioBelowMin",
		"Panic(0x11)", "Panic(0x32)", "LengthMismatch", "LockedSupply", "BalanceOverflow", "AlreadyInitialized", "UnsupportedOperation", "BAL#302"} {
		if !failed[name] {
			t.Errorf("nothing failed with %s", name)
		}
	}
}

func name(rules Rules, err error) string {
	if e := err.(*revert.Error); rules == V2 {
		return e.V2()
	} else {
		return e.V3()
	}
}

func clone(a act) act {
	a.amounts, a.hops = slices.Clone(a.amounts), slices.Clone(a.hops)
	return a
}

// agree reports whether an operation returned what is wanted, left what is beyond
// the n tokens of a destination, and all of it on failure.
func agree(got, want moved, err error) bool {
	if err != nil {
		flow := Flow{untouched, untouched}
		return got.amount.IsZero() && !slices.ContainsFunc(got.amounts, func(z uint256.Int) bool { return z != untouched }) &&
			!slices.ContainsFunc(got.flows, func(f Flow) bool { return f != flow })
	}
	if want.amounts != nil {
		want.amounts = append(slices.Clone(want.amounts), untouched)
	}
	if want.flows != nil {
		want.flows = append(want.flows, Flow{untouched, untouched})
	}
	return equal(got, want)
}

// What is conserved: of each token, what came in less what went out is what the
// pool and the protocol's share hold; of BPT, what was minted less what was burnt
// is the supply, the locked part included.
func TestTokensAndBptAreConserved(t *testing.T) {
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 2))
		p, _, a := begun(t, r)
		n := p.Tokens()
		held := make([]uint256.Int, n)
		var supply uint256.Int
		move := func(i int, in, out uint256.Int) {
			held[i].Add(&held[i], &in)
			held[i].Sub(&held[i], &out)
		}
		for range 60 {
			before := p.Snapshot()
			z, err := perform(p, a)
			if err == nil {
				var minted, burnt uint256.Int
				none := uint256.Int{}
				switch a.op {
				case "initialise":
					minted.Add(&z.amount, &locked)
				case "in":
					move(a.i, a.amount, none)
					move(a.j, none, z.amount)
				case "out":
					move(a.i, z.amount, none)
					move(a.j, none, a.amount)
				case "join tokens", "join token", "collect":
					minted = z.amount
				case "join for bpt", "join all for bpt":
					minted = a.amount
				case "exit tokens", "exit token":
					burnt = z.amount
				case "exit bpt", "exit all for bpt":
					burnt = a.amount
				}
				switch a.op {
				case "join token", "donate":
					move(a.i, a.amount, none)
				case "exit token":
					move(a.i, none, a.amount)
				case "join for bpt":
					move(a.i, z.amount, none)
				case "exit bpt":
					move(a.i, none, z.amount)
				}
				for i := range n {
					switch a.op {
					case "initialise", "join tokens":
						move(i, a.amounts[i], none)
					case "exit tokens":
						move(i, none, a.amounts[i])
					case "join all for bpt":
						move(i, z.amounts[i], none)
					case "exit all for bpt", "collect":
						move(i, none, z.amounts[i])
					case "batch":
						move(i, z.flows[i].In, z.flows[i].Out)
					}
				}
				supply.Add(&supply, &minted)
				supply.Sub(&supply, &burnt)
			}
			s := p.Snapshot()
			for i := range n {
				if both := sum(s.Balances[i], s.SetAside[i]); both != held[i] {
					t.Fatalf("seed %d, %+v in %+v: token %d: the pool holds %s, came to it %s", seed, a, before, i, both.Dec(), held[i].Dec())
				}
			}
			if s.Supply != supply || p.Supply() != supply {
				t.Fatalf("seed %d, %+v in %+v: the supply is %s, minted less burnt %s", seed, a, before, s.Supply.Dec(), supply.Dec())
			}
			a = drawnAct(r, &s)
		}
	}
}

func TestABatchIsItsSwapsOneAfterTheOther(t *testing.T) {
	whole := 0
	for seed := range uint64(400) {
		r := rand.New(rand.NewPCG(seed, 3))
		p, _, a := begun(t, r)
		if _, err := perform(p, a); err != nil {
			continue
		}
		s := p.Snapshot()
		for a.op != "batch" {
			a = drawnAct(r, &s)
		}
		single := p.Clone()
		_, err := perform(p, a)
		var failure error
		for _, h := range a.hops {
			if _, failure = single.Swap(h.Kind, h.In, h.Out, h.Amount); failure != nil {
				break
			}
		}
		if !equal(err, failure) {
			t.Fatalf("%+v: %v, one by one %v", a, err, failure)
		}
		if err == nil {
			whole++
			if !equal(p.Snapshot(), single.Snapshot()) {
				t.Fatalf("%+v: leaves %+v, one by one %+v", a, p.Snapshot(), single.Snapshot())
			}
		}
	}
	if whole < 50 {
		t.Errorf("%d batches succeeded", whole)
	}
}

func TestClonesAreIndependent(t *testing.T) {
	for seed := range uint64(100) {
		r := rand.New(rand.NewPCG(seed, 4))
		p, _, a := begun(t, r)
		if _, err := perform(p, a); err != nil {
			continue
		}
		before := p.Snapshot()
		c, d := p.Clone(), p.Clone()
		if !equal(c.Snapshot(), before) {
			t.Fatalf("a clone of %+v is %+v", before, c.Snapshot())
		}
		for range 30 {
			s := c.Snapshot()
			a = drawnAct(r, &s)
			y, err := perform(c, a)
			z, failure := perform(d, a)
			if !equal(y, z) || !equal(err, failure) || !equal(c.Snapshot(), d.Snapshot()) {
				t.Fatalf("%+v differs between clones", a)
			}
		}
		if !equal(p.Snapshot(), before) {
			t.Fatalf("what clones did left the pool %+v, want %+v", p.Snapshot(), before)
		}
		cloned := c.Snapshot()
		for range 30 {
			s := p.Snapshot()
			perform(p, drawnAct(r, &s))
			perform(d, drawnAct(r, &s))
		}
		if !equal(c.Snapshot(), cloned) {
			t.Fatalf("what others did left a clone %+v, want %+v", c.Snapshot(), cloned)
		}
	}
}
