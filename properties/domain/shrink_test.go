package domain

import (
	"testing"

	"github.com/holiman/uint256"
)

func TestShrinkFindsTheSimplestCaseFromEveryStart(t *testing.T) {
	limit := dec("123456789")
	fails := func(c Case) bool {
		s := c.(*Swap)
		return s.Amount.Gt(&limit) && !s.WeightIn.IsZero()
	}
	want := &Swap{BalanceIn: u(1), WeightIn: u(One / 2), BalanceOut: u(1), WeightOut: u(One / 2), Amount: u(200_000_000)}
	starts := 0
	for i := range uint64(60) {
		if c := At(1, KindSwapIn, i); fails(c) {
			starts++
			if got := Shrink(c, 3000, fails); !Equal(got, want) {
				t.Fatalf("%s shrank to %s, want %s", MarshalJSON(c), MarshalJSON(got), MarshalJSON(want))
			}
		}
	}
	if starts < 20 {
		t.Errorf("only %d starts", starts)
	}
}

func TestShrinkDropsTokensTogether(t *testing.T) {
	got := Shrink(At(1, KindInvariant, 3), 3000, func(c Case) bool {
		v := c.(*Invariant)
		return len(v.Balances) == len(v.Weights) && len(v.Weights) >= 2
	})
	halves := []uint256.Int{u(One / 2), u(One / 2)}
	if want := (&Invariant{Balances: []uint256.Int{u(1), u(1)}, Weights: halves}); !Equal(got, want) {
		t.Errorf("shrank to %s, want %s", MarshalJSON(got), MarshalJSON(want))
	}
}

// Two numbers that hold each other up are lowered together, where no small case fails.
func TestShrinkMovesSeveralNumbersAtOnce(t *testing.T) {
	least := u(12345)
	start := &Operands{A: dec("7654321000"), B: dec("7654321000"), C: u(9)}
	got := Shrink(start, 3000, func(c Case) bool {
		o := c.(*Operands)
		return o.A == o.B && !o.A.Lt(&least) && o.A.Lt(uint256.NewInt(1e12))
	})
	if want := (&Operands{A: u(100_000), B: u(100_000), C: u(1)}); !Equal(got, want) {
		t.Errorf("shrank to %s, want %s", MarshalJSON(got), MarshalJSON(want))
	}
}

func TestShrinkDropsEveryStepThatIsNotNeeded(t *testing.T) {
	donations := func(c Case) (n int) {
		for _, s := range c.(*Sequence).Steps {
			if Op(s.Op) == Donate {
				n++
			}
		}
		return n
	}
	starts := 0
	for i := range uint64(60) {
		c := At(1, KindSequence, i)
		if donations(c) < 2 {
			continue
		}
		starts++
		got := Shrink(c, 3000, func(c Case) bool { return donations(c) >= 2 }).(*Sequence)
		if len(got.Steps) != 2 || len(got.Weights) > 2 || !got.PoolValid() && c.PoolValid() {
			t.Fatalf("%s shrank to %s", MarshalJSON(c), MarshalJSON(got))
		}
	}
	if starts == 0 {
		t.Error("no script has two donations")
	}
}

func TestShrinkFindsRoundNumbers(t *testing.T) {
	for _, tc := range []struct{ least, want string }{
		{"0", "0"}, {"1", "1"}, {"7", "7"}, {"10", "10"}, {"11", "20"}, {"300", "300"}, {"999", "1000"}, {"61000", "70000"},
		{"123456789012345678901234567890", "200000000000000000000000000000"},
	} {
		least := dec(tc.least)
		start := &Operands{A: dec("987654321098765432109876543210"), B: u(3), C: u(7)}
		got := Shrink(start, 3000, func(c Case) bool { return !c.(*Operands).A.Lt(&least) })
		if want := (&Operands{A: dec(tc.want), B: u(1), C: u(1)}); !Equal(got, want) {
			t.Errorf("at least %s shrank to %s, want %s", tc.least, MarshalJSON(got), MarshalJSON(want))
		}
	}
}

func TestShrinkPrefersWhatAPoolCouldAsk(t *testing.T) {
	starts := 0
	for i := range uint64(40) {
		c := At(1, KindSwapIn, i)
		if c.PoolValid() {
			continue
		}
		starts++
		if got := Shrink(c, 3000, func(Case) bool { return true }); !got.PoolValid() {
			t.Fatalf("%s shrank to %s", MarshalJSON(c), MarshalJSON(got))
		}
	}
	if starts == 0 {
		t.Error("every swap is one that a pool could ask")
	}
}

func TestShrinkKeepsToItsBudgetAndAsksNothingTwice(t *testing.T) {
	for _, k := range Kinds() {
		for _, budget := range []int{0, 1, 50} {
			asked := map[string]bool{}
			start := At(1, k, 5)
			got := Shrink(start, budget, func(c Case) bool {
				if key := string(MarshalJSON(c)); asked[key] {
					t.Errorf("%s: asked twice about %s", k, key)
				} else {
					asked[key] = true
				}
				return len(asked)%3 == 0
			})
			if len(asked) > budget {
				t.Errorf("%s: asked %d times, at most %d were allowed", k, len(asked), budget)
			}
			if budget == 0 && !Equal(got, start) {
				t.Errorf("%s: shrank without asking", k)
			}
		}
	}
}

func TestSimplerIsAnOrder(t *testing.T) {
	for _, k := range Kinds() {
		var list []Case
		for i := range uint64(12) {
			list = append(list, At(1, k, i))
		}
		if small := smallCases(k); len(small) > 0 {
			list = append(list, small[:min(8, len(small))]...)
		}
		for _, a := range list {
			for _, b := range list {
				if simpler(a, b) && (simpler(b, a) || Equal(a, b)) {
					t.Fatalf("%s and %s are each simpler than the other", MarshalJSON(a), MarshalJSON(b))
				}
				for _, c := range list {
					if simpler(a, b) && simpler(b, c) && !simpler(a, c) {
						t.Fatalf("%s, %s, %s: simpler is not transitive", MarshalJSON(a), MarshalJSON(b), MarshalJSON(c))
					}
				}
			}
		}
	}
}

func TestSmallCasesComeFromTheSimplestUpwards(t *testing.T) {
	for _, k := range Kinds() {
		list := smallCases(k)
		if (len(list) == 0) != (k == KindSequence || k == KindMarket) {
			t.Errorf("%s has %d small cases", k, len(list))
		}
		for i := 1; i < len(list); i++ {
			if !simpler(list[i-1], list[i]) {
				t.Fatalf("%s: %s stands before %s", k, MarshalJSON(list[i-1]), MarshalJSON(list[i]))
			}
		}
	}
}

// Whatever is dropped, an index points to a token that is left, and every case keeps to its codecs.
func TestMovesMakeWholeCases(t *testing.T) {
	for _, k := range Kinds() {
		for i := range uint64(10) {
			start := At(1, k, i)
			for c := range structure(start) {
				if again, err := UnmarshalJSON(MarshalJSON(c)); err != nil || !Equal(again, c) {
					t.Fatalf("%s: %s is not read as it is written: %v", k, MarshalJSON(c), err)
				}
				if p, ok := c.(*Pool); ok && len(p.Weights) > 0 && len(p.Weights) == len(p.Balances) && len(p.Weights) < len(start.(*Pool).Weights) &&
					int(start.(*Pool).IndexIn) < len(start.(*Pool).Weights) && int(p.IndexIn) >= len(p.Weights) {
					t.Fatalf("%s points to no token", MarshalJSON(c))
				}
			}
		}
	}
}
