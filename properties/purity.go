package properties

import (
	"fmt"
	"slices"
	"sync"

	"github.com/trueweight/trueweight/properties/domain"
)

var fpPure = &Property{
	ID:         "FP-PURE",
	Claim:      "No operation changes its arguments, returns memory of theirs, or remembers: asked alone or by several at once, it answers the same.",
	Inequality: "x after f(x) = x before, f(x) shares no memory with x, and f(x) = f(x)",
	Source:     "SPEC: every operation is a function",
	Margin:     NoMargin,
	Kinds:      slices.DeleteFunc(domain.Kinds(), askedOtherwise),
	check: func(_ *Judge, s *Subject, c domain.Case) Verdict {
		asked := operationsOn(c.Kind(), s)
		if len(asked) == 0 {
			return Verdict{Outcome: Vacuous}
		}
		alone := make([]answer, len(asked))
		for i, o := range asked {
			var v Verdict
			if alone[i], v = askAlone(o, s, c); v.Outcome != Holds {
				return v
			}
		}
		return askTogether(asked, alone, s, c)
	},
}

// askedOtherwise reports whether cases of a kind ask no operation of their own: powers ask of pow what pow's own kind does, and the others
// ask whole pools, or swaps by more than one operation.
func askedOtherwise(k domain.Kind) bool {
	return slices.Contains([]domain.Kind{domain.KindPowers, domain.KindRawSwap, domain.KindSequence, domain.KindMarket}, k)
}

// askAlone asks one operation and judges that its arguments are as before, even after its result is overwritten.
func askAlone(o *operation, s *Subject, c domain.Case) (answer, Verdict) {
	d := domain.Clone(c)
	fence(d)
	a := o.ask(s, d)
	if !unchanged(d, c) {
		return a, violated(o.name+" changes no argument", string(domain.MarshalJSON(d)), string(domain.MarshalJSON(c)))
	}
	kept := answer{slices.Clone(a.values), a.err}
	for i := range a.values[:cap(a.values)] {
		a.values[:cap(a.values)][i].SetAllOne()
	}
	if !unchanged(d, c) {
		return kept, violated(o.name+"'s result is its own", "memory of an argument", "memory of its own")
	}
	return kept, holds()
}

// sharers is how many goroutines ask at once.
const sharers = 3

// askTogether asks all operations of several goroutines at once, each in an order of its own and all with the
// same arguments, and judges that every answer is the one given alone.
func askTogether(asked []*operation, alone []answer, s *Subject, c domain.Case) Verdict {
	d := domain.Clone(c)
	fence(d)
	verdicts := make([]Verdict, sharers)
	var wg sync.WaitGroup
	for g := 1; g < sharers; g++ {
		wg.Go(func() { verdicts[g] = askAgain(asked, alone, s, d, g) })
	}
	verdicts[0] = askAgain(asked, alone, s, d, 0)
	wg.Wait()
	if v := worst(verdicts...); v.Outcome != Holds {
		return v
	}
	if !unchanged(d, c) {
		return violated("no argument is changed", string(domain.MarshalJSON(d)), string(domain.MarshalJSON(c)))
	}
	return holds()
}

// askAgain asks all operations, beginning with one, and judges that each answers as it did alone.
func askAgain(asked []*operation, alone []answer, s *Subject, c domain.Case, first int) (v Verdict) {
	defer func() { // in another goroutine, a panic would end the process before the judge sees it
		if r := recover(); r != nil {
			v = violated("no call panics", fmt.Sprintf("panic: %v", r), "an answer or a failure")
		}
	}()
	for i := range asked {
		i = (i + first) % len(asked)
		if again := asked[i].ask(s, c); !again.equal(alone[i]) {
			return violated(asked[i].name+" answers the same again", asked[i].tell(again), asked[i].tell(alone[i]))
		}
	}
	return holds()
}

// equal reports whether two answers say the same, value or failure.
func (a answer) equal(b answer) bool {
	if a.err == nil || b.err == nil {
		return a.err == nil && b.err == nil && slices.Equal(a.values, b.values)
	}
	return a.err.Error() == b.err.Error()
}

// tell writes an answer or a failure for a person.
func (o *operation) tell(a answer) string {
	if a.err != nil {
		return "failure " + a.err.Error()
	}
	return o.show(a)
}

// fenced marks the memory behind an argument: whoever appends to the argument, or writes past its end, destroys it.
var fenced = *new(num).SetAllOne()

// fence moves the lists of a case into memory with a mark behind each.
func fence(c domain.Case) {
	for _, list := range listsOf(c) {
		n := len(*list)
		*list = append(slices.Grow(*list, 1), fenced)[:n]
	}
}

// unchanged reports whether a fenced case is still what it was made from, and its marks stand.
func unchanged(c, before domain.Case) bool {
	for _, list := range listsOf(c) {
		if n := len(*list); (*list)[:n+1][n] != fenced {
			return false
		}
	}
	return domain.Equal(c, before)
}

// listsOf returns the lists of a case that are arguments.
func listsOf(c domain.Case) []*[]num {
	switch c := c.(type) {
	case *domain.Invariant:
		return []*[]num{&c.Weights, &c.Balances}
	case *domain.Pool:
		return []*[]num{&c.Weights, &c.MinBalances, &c.Balances}
	case *domain.Weights:
		return []*[]num{&c.Raw}
	case *domain.PoolWeights:
		return []*[]num{&c.Weights}
	case *domain.Liquidity:
		return []*[]num{&c.Weights, &c.Balances, &c.Amounts}
	case *domain.LiquidityOne:
		return []*[]num{&c.Weights, &c.Balances}
	case *domain.Gradual:
		return []*[]num{&c.StartWeights, &c.EndWeights}
	default:
		return nil
	}
}
