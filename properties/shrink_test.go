package properties

import (
	"encoding/json"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/trueweight/trueweight/properties/domain"
	"pgregory.net/rapid"
)

// minima are the simplest cases on which planted bugs show.
var minima = []struct{ claim, bug, part, want string }{
	{"FP-MUL", "mulUp adds a wei to what is exact", "MulUp", `{"kind":"operands","a":"1","b":"1","c":"1"}`},
	{"FP-DIV", "mulDivUp rounds down", "MulDivUp", `{"kind":"operands","a":"1","b":"1","c":"2"}`},
	{"FP-GAP", "divUp rounds down", "quotients", `{"kind":"operands","a":"1","b":"3","c":"1"}`},
	{"LE-ENC", "powUp without its allowance", "powUp", `{"kind":"pow","base":"2","exponent":"500000000000000000"}`},
	{"LE-ERR", "exp of negative numbers rounds up", "exp above T", `{"kind":"exp","x":"-1000000000000000000"}`},
	{"SW-OUT", "a wei too much", "amount out", swapJSON("swap-in", `"balanceIn":"4"`, `"balanceOut":"5"`, `"amount":"1"`)},
	{"SW-OUT", "the base rounded down", "amount out", swapJSON("swap-in", `"balanceIn":"7"`, `"balanceOut":"400000000000000000"`, `"amount":"2"`)},
	{"SW-OUT", "the amount out rounded up", "amount out", swapJSON("swap-in", `"balanceIn":"4"`, `"balanceOut":"1"`, `"amount":"1"`)},
	{"SW-IN", "a wei too little", "amount in", swapJSON("swap-out", `"balanceIn":"1"`, `"balanceOut":"4"`, `"amount":"1"`)},
	{"SW-IN", "the power without its allowance", "amount in", swapJSON("swap-out", `"balanceIn":"1"`, `"balanceOut":"2000000000000000000"`, `"amount":"1"`)},
	{"SW-ZERO", "a wei out for nothing", "nothing in, nothing out", swapJSON("swap-in", `"balanceIn":"1"`, `"balanceOut":"1"`, "")},
	{"SW-INV", "the fee taken from the price that is asked", "with the fee", swapJSON("swap-out", `"balanceIn":"1"`, `"balanceOut":"4"`, `"amount":"1","fee":"500000000000000000"`)},
	{"SW-RT", "a wei too little in", "out/out", swapJSON("swap-out", `"balanceIn":"1"`, `"balanceOut":"4"`, `"piece":"1"`)},
	{"FP-PURE", "an invariant keeps its powers in the slice of balances", "InvariantDown changes no argument",
		`{"kind":"invariant","balances":["1","1"],"weights":["500000000000000000","500000000000000000"]}`},
	{"BX-NORMALIZE", "the last weight takes what is left", "value", `{"kind":"weights","raw":["1","5"]}`},
	{"JE-FREE", "v2's exit of one: a wei of BPT less", "something for nothing",
		`{"kind":"exit-one","weights":["500000000000000000","500000000000000000"],"balances":["600000","1"],"amount":"1","supply":"1000000"}`},
}

// swapJSON is a swap at 50/50 and no fee.
func swapJSON(kind, in, out, amount string) string {
	text := fmt.Sprintf(`{"kind":%q,%s,"weightIn":"500000000000000000",%s,"weightOut":"500000000000000000"`, kind, in, out)
	if amount != "" {
		text += "," + amount
	}
	return text + "}"
}

// plantedBug returns a subject with a bug, and the claim that must notice it.
func plantedBug(t *testing.T, claim, bug string) (*Property, *Subject) {
	t.Helper()
	p, err := ByID(claim)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(Planted(), func(p Plant) bool { return p.Claim == claim && p.Bug == bug })
	if i < 0 {
		t.Fatalf("no bug %q is planted for %s", bug, claim)
	}
	return p, Planted()[i].Into(Impl())
}

// From wherever shrinking begins, it ends at the same case, which is the simplest.
func TestShrinkingEndsAtTheExactMinimum(t *testing.T) {
	j := NewJudge(Enclosures)
	reached := make([]int, len(minima))
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(0, len(minima)-1).Draw(rt, "row")
		seed := rapid.Uint64().Draw(rt, "seed")
		m := minima[n]
		p, s := plantedBug(t, m.claim, m.bug)
		want, err := domain.UnmarshalJSON([]byte(m.want))
		if err != nil {
			rt.Fatal(err)
		}
		for i := range uint64(3000) {
			c := domain.At(seed, want.Kind(), i)
			v := j.Decide(p, s, c)
			if v.Outcome != Violated || v.Part != m.part {
				continue
			}
			f := newFailure(j, p, s, c, v, "drawn")
			if !domain.Equal(f.Shrunk, want) || f.ShrunkVerdict.Outcome != Violated || f.ShrunkVerdict.Part != m.part {
				rt.Fatalf("%s, %s: %s shrank to\n%s, want\n%s", m.claim, m.bug, domain.MarshalJSON(c), domain.MarshalJSON(f.Shrunk), m.want)
			}
			reached[n]++
			return
		}
		rt.Fatalf("%s, %s: no case of 3000 under seed %d violates the part %q", m.claim, m.bug, seed, m.part)
	})
	for n, m := range minima {
		if p, s := plantedBug(t, m.claim, m.bug); reached[n] == 0 { // a row that was not drawn
			c, err := domain.UnmarshalJSON([]byte(m.want))
			if err != nil {
				t.Fatal(err)
			}
			if v := j.Decide(p, s, c); v.Outcome != Violated || v.Part != m.part {
				t.Errorf("%s, %s: %s is %v in %q", m.claim, m.bug, m.want, v.Outcome, v.Part)
			}
		}
	}
}

// Of every planted bug's shrunk case nothing can be left out: no amount, step or token, and no amount can be a digit shorter. The
// simplifications are made here, on the JSON, so that they do not depend on the shrinker's.
func TestNothingCanBeLeftOutOfAShrunkCase(t *testing.T) {
	for _, plant := range Planted() {
		p, err := ByID(plant.Claim)
		if err != nil {
			t.Fatal(err)
		}
		if p.vectors || slices.Contains(p.Kinds, domain.KindMarket) { // whose judgements are thousands of trades: the budget ends first
			continue
		}
		if p.ID == "FP-PURE" { // whose bugs remember: what failed once need not fail again
			continue
		}
		t.Run(plant.Claim+"/"+plant.Bug, func(t *testing.T) {
			t.Parallel()
			s, j := plant.Into(Impl()), NewJudge(Enclosures)
			c, v := firstViolation(j, p, s)
			if c == nil {
				t.Fatalf("no violation in %d cases of each kind", plantedCases)
			}
			f := newFailure(j, p, s, c, v, "drawn")
			if f.ShrunkVerdict.Outcome != Violated || f.ShrunkVerdict.Part != v.Part {
				t.Fatalf("the shrunk case is %v in %q, want %q violated", f.ShrunkVerdict.Outcome, f.ShrunkVerdict.Part, v.Part)
			}
			for _, d := range leftOut(t, f.Shrunk) {
				if f.Shrunk.PoolValid() && !d.PoolValid() {
					continue
				}
				if w := j.Decide(p, s, d); w.Outcome == Violated && w.Part == v.Part {
					t.Errorf("%s\nis simpler than\n%s, and fails as it does", domain.MarshalJSON(d), domain.MarshalJSON(f.Shrunk))
				}
			}
		})
	}
}

func firstViolation(j *Judge, p *Property, s *Subject) (domain.Case, Verdict) {
	for i := range uint64(plantedCases) {
		for _, k := range p.Kinds {
			c := domain.At(1, k, i)
			if v := j.Decide(p, s, c); v.Outcome == Violated {
				return c, v
			}
		}
	}
	return nil, Verdict{}
}

// leftOut returns the cases that differ from c by one thing less.
func leftOut(t *testing.T, c domain.Case) (list []domain.Case) {
	t.Helper()
	text := domain.MarshalJSON(c)
	edit := func(change func(fields map[string]any)) {
		var fields map[string]any
		if err := json.Unmarshal(text, &fields); err != nil {
			t.Fatal(err)
		}
		change(fields)
		data, err := json.Marshal(fields)
		if err != nil {
			t.Fatal(err)
		}
		if d, err := domain.UnmarshalJSON(data); err == nil && !domain.Equal(c, d) {
			list = append(list, d)
		}
	}
	var fields map[string]any
	if err := json.Unmarshal(text, &fields); err != nil {
		t.Fatal(err)
	}
	for name, value := range fields {
		switch value := value.(type) {
		case bool:
			edit(func(m map[string]any) { m[name] = false })
		case string:
			for _, less := range lessThan(name, value) {
				edit(func(m map[string]any) { m[name] = less })
			}
		case []any:
			for i := range value {
				if name == "steps" {
					edit(func(m map[string]any) { m[name] = slices.Delete(m[name].([]any), i, i+1) })
				}
				if number, ok := value[i].(string); ok {
					for _, less := range lessThan(name, number) {
						edit(func(m map[string]any) { m[name].([]any)[i] = less })
					}
				}
			}
		}
	}
	return list
}

// lessThan returns simpler amounts than a number: nothing, and a digit less. Weights, rates and fees are none.
func lessThan(name, number string) (list []string) {
	amount := slices.ContainsFunc([]string{"amount", "balance", "supply", "piece", "bpt"}, func(prefix string) bool { return strings.HasPrefix(name, prefix) })
	if z, ok := new(big.Int).SetString(number, 10); ok && amount && !strings.HasSuffix(name, "Growth") && z.Sign() > 0 {
		list = append(list, "0")
		if shorter, cut := strings.CutSuffix(number, "0"); cut {
			list = append(list, shorter)
		}
	}
	return list
}
