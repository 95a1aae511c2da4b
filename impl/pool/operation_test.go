package pool

import (
	"testing"

	"github.com/holiman/uint256"
)

// Worked by hand, on balances of 10⁹ wei at rates 1 and 1.058132, weights 50/50,
// supply 2·10⁹, fee 1 %, of which the protocol's part is a half. So b₁ is
// 1058132000, and powers with exponents 1 and 2 are exact up to their rounding.
func TestOperationsWorkedByHand(t *testing.T) {
	const reserve = 1e9
	type want struct {
		result             []uint64
		balances, setAside [2]uint64
		supply             uint64
	}
	for _, row := range []struct {
		what   string
		rules  Rules
		act    act
		expect want
	}{
		// net 990; 1058132000·(1 − 10⁹/(10⁹+990)) = 1047.5, 1047/1.058132 = 989.5
		{"given in", V2, act{op: "in", i: 0, j: 1, amount: num(1000)},
			want{[]uint64{989}, [2]uint64{reserve + 1000, reserve - 989}, [2]uint64{}, 2e9}},
		// the same with 10⁹+1; the fee is 10, the share 5
		{"given in", V3, act{op: "in", i: 0, j: 1, amount: num(1000)},
			want{[]uint64{989}, [2]uint64{reserve + 995, reserve - 989}, [2]uint64{5}, 2e9}},
		// 17 scale to 17.99, taken as 17; they cost 16.1, taken as 17, and 17/0.99 = 17.2
		{"given out", V2, act{op: "out", i: 0, j: 1, amount: num(17)},
			want{[]uint64{18}, [2]uint64{reserve + 18, reserve - 17}, [2]uint64{}, 2e9}},
		// 17 scale to 18; they cost 17.01, taken as 18, and 18·0.01/0.99 = 0.2, taken as 1, the share of it 0
		{"given out", V3, act{op: "out", i: 0, j: 1, amount: num(17)},
			want{[]uint64{19}, [2]uint64{reserve + 19, reserve - 17}, [2]uint64{}, 2e9}},
		// R² = 1.0201: 21268454, half of it over 0.99: 10634227 + 10741644 = 21375871, /1.058132 = 20201516.4
		{"join for BPT", V2, act{op: "join for bpt", i: 1, amount: num(2e7)},
			want{[]uint64{20201517}, [2]uint64{reserve, reserve + 20201517}, [2]uint64{}, 2.02e9}},
		// taxed: 1079400454 − 1068713320 = 10687134, the fee on it 107951; 21376405/1.058132 = 20202021.1; half of 102020
		{"join for BPT", V3, act{op: "join for bpt", i: 1, amount: num(2e7)},
			want{[]uint64{20202022}, [2]uint64{reserve, reserve + 20202022 - 51010}, [2]uint64{0, 51010}, 2.02e9}},
		// R² = 0.9801: 21056826, half of it at 0.99: 10528413 + 10423129 = 20951542, /1.058132 = 19800499.2
		{"exit BPT", V2, act{op: "exit bpt", i: 1, amount: num(2e7)},
			want{[]uint64{19800499}, [2]uint64{reserve, reserve - 19800499}, [2]uint64{}, 1.98e9}},
		// taxed: 1047550680 − 1037075174 = 10475506, the fee on it 104756; 20952070/1.058132 = 19800998.2; half of 99000
		{"exit BPT", V3, act{op: "exit bpt", i: 1, amount: num(2e7)},
			want{[]uint64{19800998}, [2]uint64{reserve, reserve - 19800998 - 49500}, [2]uint64{0, 49500}, 1.98e9}},
		// 3.5 and 3.7 scaled: 4 and 4; 4/1.058132 = 3.8
		{"proportional join", V2, act{op: "join all for bpt", amount: num(7)},
			want{[]uint64{4, 4}, [2]uint64{reserve + 4, reserve + 4}, [2]uint64{}, 2e9 + 7}},
		{"proportional join", V3, act{op: "join all for bpt", amount: num(7)},
			want{[]uint64{4, 4}, [2]uint64{reserve + 4, reserve + 4}, [2]uint64{}, 2e9 + 7}},
		// 3.5 and 3.7 scaled: 3 and 3; 3/1.058132 = 2.8
		{"proportional exit", V2, act{op: "exit all for bpt", amount: num(7)},
			want{[]uint64{3, 2}, [2]uint64{reserve - 3, reserve - 2}, [2]uint64{}, 2e9 - 7}},
		{"proportional exit", V3, act{op: "exit all for bpt", amount: num(7)},
			want{[]uint64{3, 2}, [2]uint64{reserve - 3, reserve - 2}, [2]uint64{}, 2e9 - 7}},
		{"donate", V3, act{op: "donate", i: 1, amount: num(3)},
			want{nil, [2]uint64{reserve, reserve + 3}, [2]uint64{}, 2e9}},
	} {
		p := holding(t, pair(row.rules), 2e9, reserve, reserve)
		z, err := perform(p, row.act)
		if err != nil {
			t.Errorf("%s, rules %d: %v", row.what, row.rules, err)
			continue
		}
		got := z.amounts
		if got == nil && row.expect.result != nil {
			got = []uint256.Int{z.amount}
		}
		for i, want := range row.expect.result {
			if got[i] != num(want) {
				t.Errorf("%s, rules %d: result %d is %s, want %d", row.what, row.rules, i, got[i].Dec(), want)
			}
		}
		s := p.Snapshot()
		if !equal(s.Balances, nums(row.expect.balances[:]...)) || !equal(s.SetAside, nums(row.expect.setAside[:]...)) || s.Supply != num(row.expect.supply) {
			t.Errorf("%s, rules %d: leaves %v, %v, supply %s; want %+v", row.what, row.rules, s.Balances, s.SetAside, s.Supply.Dec(), row.expect)
		}
	}
}

// Of balances of 1 each power is 1 − 10001 wei, and so V = 1 − 20002 wei.
func TestInitialiseWorkedByHand(t *testing.T) {
	const invariant = 1e18 - 20002
	for _, row := range []struct {
		rules                                     Rules
		bpt, supply, lastInvariant, remembersSame uint64
	}{
		{V2, 2*invariant - 1e6, 2 * invariant, invariant, 2 * invariant},
		{V3, invariant - 1e6, invariant, 0, 0},
	} {
		c := pair(row.rules)
		c.Decimals, c.Rates = []uint8{6, 18}, nums(1e18, 2e18)
		p := create(t, c)
		bpt, err := p.Initialise(nums(1e6, 5e17))
		s := p.Snapshot()
		if err != nil || bpt != num(row.bpt) || s.Supply != num(row.supply) || s.LastInvariant != num(row.lastInvariant) || s.LastSupply != num(row.remembersSame) {
			t.Errorf("rules %d: %s, %v; leaves %+v", row.rules, bpt.Dec(), err, s)
		}
	}
}

// Of balances this small a power loses a wei or two: V is 500,000 of 500,001 each, and 1,000,000 of 1,000,001.
func TestASupplyOfNoMoreThanWhatIsLockedIsOne(t *testing.T) {
	for _, row := range []struct {
		rules Rules
		each  uint64
	}{{V2, 500_001}, {V3, 1_000_001}} {
		p := create(t, gradual(row.rules, Weighted))
		bpt, err := p.Initialise(nums(row.each, row.each))
		if s := p.Snapshot(); err != nil || !bpt.IsZero() || s.Supply != num(1e6) {
			t.Errorf("rules %d: %s, %v; a supply of %s, want the locked 10⁶ and nothing to give", row.rules, bpt.Dec(), err, s.Supply.Dec())
		}
	}
}

func TestV3PaysOutWhatIsSetAside(t *testing.T) {
	p := holding(t, pair(V3), 2e9, 1e9, 1e9)
	copy(p.books.setAside, nums(5, 7))
	for _, want := range [][]uint256.Int{nums(5, 7), nums(0, 0)} {
		got := make([]uint256.Int, 2)
		if bpt, err := p.Collect(got); !bpt.IsZero() || err != nil || !equal(got, want) {
			t.Errorf("got %v, %s, %v, want %v", got, bpt.Dec(), err, want)
		}
	}
	if s := p.Snapshot(); !equal(s.SetAside, nums(0, 0)) || !equal(s.Balances, nums(1e9, 1e9)) || s.Supply != num(2e9) {
		t.Errorf("leaves %+v", s)
	}
}

// v2's protocol is due a part of what fees added, once, and nothing of what came
// of a rate, of weights or of time.
func TestV2ChargesForFeesAlone(t *testing.T) {
	amounts := make([]uint256.Int, 2)
	for _, row := range []struct {
		what   string
		change []act
		due    bool
	}{
		{"a donation", []act{{op: "donate", amount: num(1e8)}}, true},
		{"time", []act{{op: "advance", amount: num(50)}, {op: "donate", amount: num(1e8)}}, true},
		{"a rate", []act{{op: "rate", amount: num(3e18)}, {op: "donate", amount: num(1e8)}}, false},
		{"new weights", []act{{op: "weights", end: num(1e6 + 100), amounts: nums(6e17, 4e17)}, {op: "donate", amount: num(1e8)}}, false},
	} {
		p := holding(t, gradual(V2, Managed), 2e9, 1e9, 1e9)
		if due, err := p.Collect(amounts); !due.IsZero() || err != nil {
			t.Fatalf("the first collection takes %s, %v", due.Dec(), err)
		}
		for _, a := range row.change {
			if _, err := perform(p, a); err != nil {
				t.Fatal(err)
			}
		}
		if due, err := p.Collect(amounts); due.IsZero() == row.due || err != nil {
			t.Errorf("after %s: %s, %v", row.what, due.Dec(), err)
		}
		if due, err := p.Collect(amounts); !due.IsZero() || err != nil {
			t.Errorf("after %s, again: %s, %v", row.what, due.Dec(), err)
		}
	}
}

func TestAMomentThatChangesAWeightForgetsTheInvariant(t *testing.T) {
	amounts := make([]uint256.Int, 2)
	p := holding(t, gradual(V2, Managed), 2e9, 1e9, 1e9)
	if err := p.ChangeWeights(num(1e6+10), num(1e6+20), nums(6e17, 4e17)); err != nil {
		t.Fatal(err)
	}
	for _, moment := range []struct {
		seconds   uint64
		weight    uint64
		remembers bool
	}{{10, 5e17, true}, {1, 51e16, false}, {4, 55e16, false}, {90, 6e17, false}, {1, 6e17, true}} {
		if _, err := p.Collect(amounts); err != nil {
			t.Fatal(err)
		}
		if err := p.Advance(num(moment.seconds)); err != nil {
			t.Fatal(err)
		}
		s := p.Snapshot()
		if s.Weights[0] != num(moment.weight) || s.LastInvariant.IsZero() == moment.remembers {
			t.Errorf("at %s: %v, invariant %s, want weight %d", s.Clock.Dec(), s.Weights, s.LastInvariant.Dec(), moment.weight)
		}
	}
}

// A v2 bootstrapping pool reads its weights back of 31 and 16 bits from its
// creation on; v3's sum to 1 at every moment.
func TestBootstrappingWeightsAreReadAsTheyAreStored(t *testing.T) {
	c := gradual(V2, Bootstrapping)
	c.Weights = nums(2e17, 8e17)
	// At the end of a change, and with no change under way, it is the end weights
	// that are read: ⌊w·(2¹⁶−1)/10¹⁸⌋ = 13107 and 52428, both exact fifths.
	if s := create(t, c).Snapshot(); !equal(s.Weights, nums(2e17, 8e17)) {
		t.Errorf("fifths are read as %v", s.Weights)
	}
	c.Weights = nums(5e17, 5e17) // 32767.5, stored as 32767: 0.49999237…
	if s := create(t, c).Snapshot(); !equal(s.Weights, nums(499992370489051651, 499992370489051651)) {
		t.Errorf("halves are read as %v", s.Weights)
	}
	p := create(t, gradual(V3, Bootstrapping))
	if err := p.ChangeWeights(num(0), num(1e6+3), nums(6e17, 4e17)); err != nil {
		t.Fatal(err)
	}
	if err := p.Advance(num(1)); err != nil {
		t.Fatal(err)
	}
	if s := p.Snapshot(); !equal(s.Weights, nums(533333333333333333, 466666666666666667)) || s.StartTime != num(1e6) {
		t.Errorf("a third of the way: %+v", s)
	}
}

// A change so long that the way gone overflows can't be read, until it is over.
func TestUnreadableWeightsFailWhatNeedsThem(t *testing.T) {
	p := holding(t, gradual(V3, Bootstrapping), 2e9, 1e9, 1e9)
	if err := p.ChangeWeights(num(0), *new(uint256.Int).SetAllOne(), nums(6e17, 4e17)); err != nil {
		t.Fatal(err)
	}
	if err := p.Advance(powerOfTwo(255)); err != nil {
		t.Fatal(err)
	}
	before := p.Snapshot()
	if before.Weights != nil || before.Unreadable == nil {
		t.Errorf("the weights are %v, %v", before.Weights, before.Unreadable)
	}
	for _, a := range []act{
		{op: "in", j: 1, amount: num(9)}, {op: "out", j: 1, amount: num(9)}, {op: "join tokens", amounts: nums(9, 9)},
		{op: "join token", amount: num(9)}, {op: "join for bpt", amount: num(9)}, {op: "exit token", amount: num(9)}, {op: "exit bpt", amount: num(9)},
		{op: "weights", end: *new(uint256.Int).SetAllOne(), amounts: nums(5e17, 5e17)},
	} {
		if _, err := perform(p, a); err != before.Unreadable || !equal(p.Snapshot(), before) {
			t.Errorf("%s: got %v", a.op, err)
		}
	}
	for _, a := range []act{{op: "exit all for bpt", amount: num(9)}, {op: "join all for bpt", amount: num(9)}, {op: "donate", amount: num(9)}, {op: "collect"}} {
		if _, err := perform(p, a); err != nil {
			t.Errorf("%s, which needs no weights: %v", a.op, err)
		}
	}
}

func TestAccessorsAreTheSnapshots(t *testing.T) {
	p := holding(t, pair(V2), 2e9, 5, 7)
	if p.Tokens() != 2 || p.Balance(0) != num(5) || p.Balance(1) != num(7) || p.Supply() != num(2e9) || p.Clock() != num(1e6) {
		t.Errorf("%+v", p.Snapshot())
	}
	none := uint256.Int{}
	if p.Balance(-1) != none || p.Balance(2) != none {
		t.Error("a token that the pool has not has a balance")
	}
}
