package properties

import (
	"fmt"
	"math/big"
	"slices"

	"github.com/trueweight/trueweight/corpus"
	"github.com/trueweight/trueweight/properties/domain"
	"github.com/trueweight/trueweight/reference/exact"
)

// bxVec is judged on the corpus's vectors: see CheckVectors.
var bxVec = &Property{
	ID:         "BX-VEC",
	Claim:      "The subject and the specification answer as the deployed contracts did, wherever they were measured.",
	Inequality: "f(x) = exact.f(x) = what the contract answered, value or failure",
	Source:     "SPEC, The vectors",
	Margin:     NoMargin,
	vectors:    true,
	// What a contract answers to a case that was not measured is not known.
	check: func(*Judge, *Subject, domain.Case) Verdict { return Verdict{Outcome: Vacuous} },
}

// A vector is a measured call, as a case and as the answer to it.
type vector struct {
	at    string // rules and function: "v3 mulDown"
	place string // file and entry
	rules exact.Rules
	op    *operation
	c     domain.Case
	want  answer
}

// A measured function is the operation that a contract's function is, and the case that its arguments make.
type measured struct {
	operation string
	question  func([]corpus.Value) domain.Case
}

// measuredFunctions are the contracts' functions by the names that vectors give them (SPEC, "The vectors").
var measuredFunctions = map[string]measured{
	"add":        {"Add", operandsOf},
	"sub":        {"Sub", operandsOf},
	"mulDown":    {"MulDown", operandsOf},
	"mulUp":      {"MulUp", operandsOf},
	"divDown":    {"DivDown", operandsOf},
	"divUp":      {"DivUp", operandsOf},
	"complement": {"Complement", operandsOf},
	"mulDivUp":   {"MulDivUp", operandsOf},
	"divUpRaw":   {"DivUpRaw", operandsOf},

	"exp":     {"Exp", func(v []corpus.Value) domain.Case { return &domain.Exp{X: wordOf(v[0])} }},
	"ln":      {"Ln", func(v []corpus.Value) domain.Case { return &domain.Ln{A: wordOf(v[0])} }},
	"pow":     {"Pow", powOf},
	"powDown": {"PowDown", powOf},
	"powUp":   {"PowUp", powOf},

	"calculateInvariant":     {"InvariantDown", invariantOf},
	"computeInvariantDown":   {"InvariantDown", invariantOf},
	"computeInvariantUp":     {"InvariantUp", invariantOf},
	"calcOutGivenIn":         {"OutGivenIn", swapOf(false)},
	"computeOutGivenExactIn": {"OutGivenIn", swapOf(false)},
	"calcInGivenOut":         {"InGivenOut", swapOf(true)},
	"computeInGivenExactOut": {"InGivenOut", swapOf(true)},
	"computeBalanceOutGivenInvariant": {"BalanceGivenInvariantRatio", func(v []corpus.Value) domain.Case {
		return &domain.Ratio{Balance: wordOf(v[0]), Weight: wordOf(v[1]), Ratio: wordOf(v[2])}
	}},

	"poolOnSwap": {"PoolOnSwap", func(v []corpus.Value) domain.Case {
		c := measuredPool(v)
		c.IndexIn, c.IndexOut, c.Amount, c.GivenOut = flagOf(v[3]), flagOf(v[4]), wordOf(v[5]), flagOf(v[6]) == 1
		return c
	}},
	"poolComputeInvariant": {"PoolComputeInvariant", func(v []corpus.Value) domain.Case {
		c := measuredPool(v)
		c.RoundUp = flagOf(v[3]) == 1
		return c
	}},
	"poolComputeBalance": {"PoolComputeBalance", func(v []corpus.Value) domain.Case {
		c := measuredPool(v)
		c.IndexIn, c.Ratio = flagOf(v[3]), wordOf(v[4])
		return c
	}},
}

func operandsOf(v []corpus.Value) domain.Case {
	c := new(domain.Operands)
	for i, field := range []*num{&c.A, &c.B, &c.C}[:len(v)] {
		*field = wordOf(v[i])
	}
	return c
}

func powOf(v []corpus.Value) domain.Case {
	return &domain.Pow{Base: wordOf(v[0]), Exponent: wordOf(v[1])}
}

func invariantOf(v []corpus.Value) domain.Case {
	return &domain.Invariant{Weights: wordsOf(v[0].List), Balances: wordsOf(v[1].List)}
}

func swapOf(givenOut bool) func([]corpus.Value) domain.Case {
	return func(v []corpus.Value) domain.Case {
		return &domain.Swap{GivenOut: givenOut, BalanceIn: wordOf(v[0]), WeightIn: wordOf(v[1]), BalanceOut: wordOf(v[2]), WeightOut: wordOf(v[3]), Amount: wordOf(v[4])}
	}
}

func measuredPool(v []corpus.Value) *domain.Pool {
	return &domain.Pool{Weights: wordsOf(v[0].List), MinBalances: wordsOf(v[1].List), Balances: wordsOf(v[2].List)}
}

// wordOf brings an integer of a vector, which fits, to 256 bits, in two's complement if it is negative.
func wordOf(v corpus.Value) num {
	z, _ := result(v.Int, nil)
	return z
}

func wordsOf(list []*big.Int) []num {
	out := make([]num, len(list))
	for i := range list {
		out[i], _ = result(list[i], nil)
	}
	return out
}

// flagOf reads an index or a flag.
func flagOf(v corpus.Value) uint8 {
	if !v.Int.IsUint64() || v.Int.Uint64() > 99 {
		panic(harnessFault("a vector's index or flag is " + v.Int.String()))
	}
	return uint8(v.Int.Uint64())
}

// vectorsOf reads the calls of a file as questions to operations. It fails on a function that is none.
func vectorsOf(file corpus.VectorFile) ([]vector, error) {
	f, ok := measuredFunctions[file.Function]
	if !ok {
		return nil, fmt.Errorf("corpus/vectors: no operation is %s's function %s", file.Rules, file.Function)
	}
	rules := exact.V2
	if file.Rules == exact.V3.String() {
		rules = exact.V3
	}
	list := make([]vector, len(file.Entries))
	for i, e := range file.Entries {
		v := vector{
			at:    file.Rules + " " + file.Function,
			place: fmt.Sprintf("corpus/vectors/%s-%s.json, entry %s", file.Rules, file.Function, e.ID),
			rules: rules, op: operationNamed(f.operation), c: f.question(e.In),
		}
		if e.Failure != "" {
			v.want.err = &exact.Failure{Name: e.Failure, Args: e.Args}
		}
		for _, out := range e.Out {
			v.want.values = append(v.want.values, wordOf(out))
		}
		list[i] = v
	}
	return list, nil
}

// asked reports whether a vector is a question to a subject: it has the operation, and follows the rules.
func (v *vector) asked(s *Subject) bool {
	return s.Has(v.op.name) && slices.Contains(s.rules(), v.rules)
}

// judge compares the answers of a subject and of the specification with the measured one.
func (v *vector) judge(s *Subject) Verdict {
	of := func(who string, s *Subject) Verdict {
		verdict := v.op.compare(v.op.ask(s, domain.Clone(v.c)), v.want, v.rules, s.Profile.Failures)
		if verdict.Outcome == Violated {
			verdict.Part = fmt.Sprintf("%s %s: %s", v.at, who, verdict.Part)
		}
		return verdict
	}
	verdict := worst(of("by the subject", s), of("by the specification", specification[v.rules]))
	if v.want.err != nil {
		verdict.Failure = failureName(v.want.err, v.rules)
	}
	return verdict
}

// CheckVectors judges BX-VEC: every vector of the files that a subject has the operation for, under the
// rules of its file. It returns what it counted, and a failure for each vector that is not met.
// It panics on a function that is no operation.
func CheckVectors(s *Subject, files []corpus.VectorFile) (*ClaimEvidence, []*Failure) {
	return checkVectors(NewJudge(Enclosures), s, files, func(*Property, domain.Case) {})
}

// checkVectors is CheckVectors, telling begin what is asked next.
func checkVectors(j *Judge, s *Subject, files []corpus.VectorFile, begin func(*Property, domain.Case)) (*ClaimEvidence, []*Failure) {
	evidence := newClaimEvidence(bxVec.ID)
	var failures []*Failure
	for _, file := range files {
		list, err := vectorsOf(file)
		if err != nil {
			panic(harnessFault(err.Error()))
		}
		for i, v := range list {
			if !v.asked(s) {
				break // nor is any other of the file
			}
			claim := *bxVec
			claim.check = func(_ *Judge, s *Subject, _ domain.Case) Verdict { return v.judge(s) }
			begin(bxVec, v.c)
			verdict := j.Decide(&claim, s, v.c)
			evidence.record(verdict, v.c, uint64(i))
			if verdict.Outcome != Holds {
				failures = append(failures, &Failure{Property: bxVec, Subject: s, Case: v.c, Verdict: verdict, Origin: v.place,
					Shrunk: v.c, ShrunkVerdict: verdict, replay: v.op.exactnessID()})
			}
		}
	}
	return evidence, failures
}
