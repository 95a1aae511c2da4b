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

// measuredFunctions are the contracts' functions by the names that vectors give them (SPEC, "The vectors"), with the rules
// where v2 and v3 have one name for two.
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

	"mathDivDown": {"MathDivDown", operandsOf},
	"mathDivUp":   {"MathDivUp", operandsOf},

	"calcBptOutGivenExactTokensIn":              {"BptOutGivenExactTokensIn", liquidityOf(false)},
	"calcBptInGivenExactTokensOut":              {"BptInGivenExactTokensOut", liquidityOf(true)},
	"calcBptOutGivenExactTokenIn":               {"BptOutGivenExactTokenIn", oneTokenOf(false, false)},
	"calcTokenInGivenExactBptOut":               {"TokenInGivenExactBptOut", oneTokenOf(false, true)},
	"calcBptInGivenExactTokenOut":               {"BptInGivenExactTokenOut", oneTokenOf(true, false)},
	"calcTokenOutGivenExactBptIn":               {"TokenOutGivenExactBptIn", oneTokenOf(true, true)},
	"v2 computeProportionalAmountsIn":           {"ProportionalAmountsInV2", proportionalOf(false)},
	"v2 computeProportionalAmountsOut":          {"ProportionalAmountsOutV2", proportionalOf(true)},
	"v3 computeProportionalAmountsIn":           {"ProportionalAmountsInV3", proportionalOf(false)},
	"v3 computeProportionalAmountsOut":          {"ProportionalAmountsOutV3", proportionalOf(true)},
	"computeAddLiquiditySingleTokenExactOut":    {"AddSingleExactOut", oneOfManyOf(false, true)},
	"computeRemoveLiquiditySingleTokenExactOut": {"RemoveSingleExactOut", oneOfManyOf(true, false)},
	"computeRemoveLiquiditySingleTokenExactIn":  {"RemoveSingleExactIn", oneOfManyOf(true, true)},
	"calcBptOutAddToken": {"BptOutAddToken", func(v []corpus.Value) domain.Case {
		return &domain.LiquidityOne{Supply: wordOf(v[0]), Weights: []num{wordOf(v[1])}}
	}},
	"computeAddLiquidityUnbalanced": {"AddUnbalanced", func(v []corpus.Value) domain.Case {
		return &domain.Liquidity{Weights: wordsOf(v[0].List), Balances: wordsOf(v[1].List), Amounts: wordsOf(v[2].List), Supply: wordOf(v[3]), Fee: wordOf(v[4])}
	}},
	"getProtocolOwnershipPercentage": {"OwnershipPercentage", func(v []corpus.Value) domain.Case {
		return &domain.ProtocolFees{Growth: wordOf(v[0]), SupplyGrowth: wordOf(v[1]), Fee: wordOf(v[2])}
	}},
	"bptForPoolOwnershipPercentage": {"BptForOwnership", func(v []corpus.Value) domain.Case {
		return &domain.ProtocolFees{Supply: wordOf(v[0]), Share: wordOf(v[1])}
	}},
	"calcDueProtocolFees": {"DueProtocolFees", func(v []corpus.Value) domain.Case {
		return &domain.ProtocolFees{Growth: wordOf(v[0]), PreviousSupply: wordOf(v[1]), Supply: wordOf(v[2]), Fee: wordOf(v[3])}
	}},

	"toScaled18ApplyRateRoundDown": {"ToScaled18Down", scalingOf},
	"toScaled18ApplyRateRoundUp":   {"ToScaled18Up", scalingOf},
	"toRawUndoRateRoundDown":       {"ToRawDown", scalingOf},
	"toRawUndoRateRoundUp":         {"ToRawUp", scalingOf},

	"calculateValueChangeProgress": {"ChangeProgress", timesOf},
	"resolveStartTime":             {"ResolveStartTime", timesOf},
	"interpolateValue": {"InterpolateValue", func(v []corpus.Value) domain.Case {
		return &domain.Gradual{StartWeights: []num{wordOf(v[0])}, EndWeights: []num{wordOf(v[1])}, Progress: wordOf(v[2])}
	}},
	"getInterpolatedValue": {"InterpolatedValue", func(v []corpus.Value) domain.Case {
		return &domain.Gradual{StartWeights: []num{wordOf(v[0])}, EndWeights: []num{wordOf(v[1])}, StartTime: wordOf(v[2]), EndTime: wordOf(v[3]), Now: wordOf(v[4])}
	}},
	"v2 lbpNormalizedWeights":  {"BootstrappingWeightsV2", storedOf},
	"managedNormalizedWeights": {"ManagedWeights", storedOf},
	"managedSwapFeePercentage": {"ManagedSwapFee", func(v []corpus.Value) domain.Case {
		return &domain.Gradual{StartTime: wordOf(v[0]), EndTime: wordOf(v[1]), StartWeights: []num{wordOf(v[2])}, EndWeights: []num{wordOf(v[3])}, Now: wordOf(v[4])}
	}},
	"v3 lbpNormalizedWeights": {"BootstrappingWeightsV3", func(v []corpus.Value) domain.Case {
		return &domain.Gradual{StartWeights: []num{wordOf(v[0])}, EndWeights: []num{wordOf(v[1])}, StartTime: wordOf(v[2]), EndTime: wordOf(v[3]), Now: wordOf(v[4])}
	}},
	"lbpVerifyWeights": {"VerifyBootstrappingWeights", func(v []corpus.Value) domain.Case {
		return &domain.Gradual{StartWeights: []num{wordOf(v[0]), wordOf(v[1])}, EndWeights: []num{wordOf(v[2]), wordOf(v[3])}}
	}},
	"compress":   {"Compress", packedValue},
	"decompress": {"Decompress", packedValue},
	"maxCompressionError": {"MaxCompressionError", func(v []corpus.Value) domain.Case {
		return &domain.Packing{Bits: bitsOf(v[0]), Max: wordOf(v[1])}
	}},
}

// v2's joins and exits name balances before weights.
func liquidityOf(exit bool) func([]corpus.Value) domain.Case {
	return func(v []corpus.Value) domain.Case {
		return &domain.Liquidity{Exit: exit, Balances: wordsOf(v[0].List), Weights: wordsOf(v[1].List), Amounts: wordsOf(v[2].List), Supply: wordOf(v[3]), Fee: wordOf(v[4])}
	}
}

func oneTokenOf(exit, bpt bool) func([]corpus.Value) domain.Case {
	return func(v []corpus.Value) domain.Case {
		c := &domain.LiquidityOne{Exit: exit, Balances: []num{wordOf(v[0])}, Weights: []num{wordOf(v[1])}, Supply: wordOf(v[3]), Fee: wordOf(v[4])}
		return given(c, bpt, wordOf(v[2]))
	}
}

func oneOfManyOf(exit, bpt bool) func([]corpus.Value) domain.Case {
	return func(v []corpus.Value) domain.Case {
		c := &domain.LiquidityOne{Exit: exit, Weights: wordsOf(v[0].List), Balances: wordsOf(v[1].List), Index: flagOf(v[2]), Supply: wordOf(v[4]), Fee: wordOf(v[5])}
		return given(c, bpt, wordOf(v[3]))
	}
}

func given(c *domain.LiquidityOne, bpt bool, z num) domain.Case {
	if bpt {
		c.Bpt = z
	} else {
		c.Amount = z
	}
	return c
}

func proportionalOf(exit bool) func([]corpus.Value) domain.Case {
	return func(v []corpus.Value) domain.Case {
		return &domain.LiquidityOne{Exit: exit, Balances: wordsOf(v[0].List), Supply: wordOf(v[1]), Bpt: wordOf(v[2])}
	}
}

func scalingOf(v []corpus.Value) domain.Case {
	return &domain.Scaling{Amount: wordOf(v[0]), Factor: wordOf(v[1]), Rate: wordOf(v[2])}
}

func timesOf(v []corpus.Value) domain.Case {
	return &domain.Gradual{StartTime: wordOf(v[0]), EndTime: wordOf(v[1]), Now: wordOf(v[2])}
}

func storedOf(v []corpus.Value) domain.Case {
	return &domain.Gradual{StartTime: wordOf(v[0]), EndTime: wordOf(v[1]), StartWeights: wordsOf(v[2].List), EndWeights: wordsOf(v[3].List), Now: wordOf(v[4])}
}

func packedValue(v []corpus.Value) domain.Case {
	return &domain.Packing{Value: wordOf(v[0]), Bits: bitsOf(v[1]), Max: wordOf(v[2])}
}

// bitsOf reads a number of bits. The contracts take no more than 255; what is more is 0 here, and fails like it.
func bitsOf(v corpus.Value) uint8 {
	if !v.Int.IsUint64() || v.Int.Uint64() > 255 {
		return 0
	}
	return uint8(v.Int.Uint64())
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
	f, ok := measuredFunctions[file.Rules+" "+file.Function]
	if !ok {
		f, ok = measuredFunctions[file.Function]
	}
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
		v.want.values = v.op.answerOf(v.c, e.Out)
		list[i] = v
	}
	return list, nil
}

// answerOf reads what a contract returned as what the operation answers: numbers and lists one after the other. A
// contract that returns v3's fees of all tokens returns that of the one token that the case is about.
func (o *operation) answerOf(c domain.Case, out []corpus.Value) (values []num) {
	for _, v := range out {
		switch one, about := c.(*domain.LiquidityOne); {
		case v.List == nil:
			values = append(values, wordOf(v))
		case about && len(out) > 1:
			values = append(values, wordsOf(v.List)[one.Index])
		default:
			values = append(values, wordsOf(v.List)...)
		}
	}
	return values
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
