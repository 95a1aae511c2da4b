package exact

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
)

// functions names the methods of Rules that take and return single integers and agree on every value under both rules,
// as the tables of the tests call them.
func functions(r Rules) map[string]any {
	return map[string]any{
		"add": r.Add, "sub": r.Sub, "md": r.MulDown, "mu": r.MulUp, "dd": r.DivDown, "du": r.DivUp,
		"c": r.Complement, "mulDivUp": r.MulDivUp, "divUpRaw": r.DivUpRaw, "mathDivDown": r.MathDivDown, "mathDivUp": r.MathDivUp,
		"exp": r.Exp, "ln": r.Ln, "pow": r.Pow, "powDown": r.PowDown, "powUp": r.PowUp,
		"out": r.OutGivenIn, "in": r.InGivenOut, "balance": r.BalanceGivenInvariantRatio,
		"lessFee": r.AmountInLessFee, "plusFee": r.AmountInPlusFee,
		"scaledDown": r.ToScaled18Down, "scaledUp": r.ToScaled18Up, "rawDown": r.ToRawDown, "rawUp": r.ToRawUp,
		"upscale": r.Upscale, "downscaleDown": r.DownscaleDown, "downscaleUp": r.DownscaleUp, "rateUp": r.RateUp,
		"progress": r.ChangeProgress, "interpolate": r.InterpolateValue, "interpolated": r.InterpolatedValue,
		"resolve": r.ResolveStartTime, "ownership": r.OwnershipPercentage, "bptFor": r.BptForOwnership,
	}
}

// otherFunctions names the methods that take or return something else, that rarely succeed at random, or whose value
// depends on the rules.
func otherFunctions(r Rules) map[string]any {
	return map[string]any{
		"propIn": r.ProportionalAmountsIn, "propOut": r.ProportionalAmountsOut,
		"joinTokens": r.BptOutGivenExactTokensIn, "joinToken": r.BptOutGivenExactTokenIn, "tokenIn": r.TokenInGivenExactBptOut,
		"exitTokens": r.BptInGivenExactTokensOut, "exitToken": r.BptInGivenExactTokenOut, "tokenOut": r.TokenOutGivenExactBptIn,
		"addToken": r.BptOutAddToken, "dueFees": r.DueProtocolFees,
		"addUnbalanced": r.AddUnbalanced, "addExactOut": r.AddSingleExactOut,
		"removeExactOut": r.RemoveSingleExactOut, "removeExactIn": r.RemoveSingleExactIn,
		"factor": r.Factor, "scalingFactor": r.ScalingFactor,
		"compress": r.Compress, "decompress": r.Decompress, "maxError": r.MaxCompressionError,
		"bootstrapV2": r.BootstrappingWeightsV2, "bootstrapV3": r.BootstrappingWeightsV3, "verify": r.VerifyBootstrappingWeights,
		"managed": r.ManagedWeights, "managedFee": r.ManagedSwapFee,
	}
}

// invoke calls a function of big.Ints and returns its value, or its failure as text.
func invoke(t *testing.T, function any, args []*big.Int) string {
	t.Helper()
	in := make([]reflect.Value, len(args))
	for i, arg := range args {
		in[i] = reflect.ValueOf(arg)
	}
	return outcome(t, function, in)
}

// outcome calls a function and returns its values, or its failure as text. It fails the test when an argument was changed
// or is in a result, and when a failure comes with a value.
func outcome(t *testing.T, function any, args []reflect.Value) string {
	t.Helper()
	before := fmt.Sprint(args)
	results := reflect.ValueOf(function).Call(args)
	if after := fmt.Sprint(args); after != before {
		t.Errorf("arguments changed from %s to %s", before, after)
	}
	last := len(results) - 1
	values := results[:last]
	given := integers(args)
	for integer := range integers(values) {
		if given[integer] {
			t.Errorf("an argument, %v, is in the result", integer)
		}
	}
	if err, failed := results[last].Interface().(error); failed {
		for _, value := range values {
			if !value.IsNil() {
				t.Errorf("%v came with the value %v", err, value)
			}
		}
		return err.Error()
	}
	texts := make([]string, len(values))
	for i, value := range values {
		texts[i] = fmt.Sprint(value)
	}
	return strings.Join(texts, " ")
}

// integers is the set of the big.Ints among the values and in their lists, by identity.
func integers(values []reflect.Value) map[*big.Int]bool {
	set := map[*big.Int]bool{}
	for _, value := range values {
		switch v := value.Interface().(type) {
		case *big.Int:
			set[v] = true
		case []*big.Int:
			for _, integer := range v {
				set[integer] = true
			}
		}
	}
	delete(set, nil)
	return set
}

// number reads 12, -3, 0.3e18, 2^255, 2^256-1 and 2^254/1e20-1.
func number(s string) *big.Int {
	if head, ok := strings.CutSuffix(s, "-1"); ok && head != "" {
		return minus(number(head), big.NewInt(1))
	}
	if head, ok := strings.CutSuffix(s, "/1e20"); ok {
		return truncDiv(number(head), one20)
	}
	if exponent, ok := strings.CutPrefix(s, "2^"); ok {
		return new(big.Int).Lsh(big.NewInt(1), uint(decimal(exponent).Uint64()))
	}
	return decimal(s)
}

func numbers(s string) []*big.Int {
	var values []*big.Int
	for _, field := range strings.Split(s, ",") {
		values = append(values, number(field))
	}
	return values
}

// checkCall makes a call such as md(1,2e18) or propIn([1 2e18],3,4) under both rules. want is the value or failure of both,
// or "v2|v3".
func checkCall(t *testing.T, call, want, why string) {
	t.Helper()
	name, args, _ := strings.Cut(strings.TrimSuffix(call, ")"), "(")
	for r, want := range wantOf(want) {
		function, ok := functions(r)[name]
		if !ok {
			function = otherFunctions(r)[name]
		}
		if got := outcome(t, function, arguments(function, args)); got != want {
			t.Errorf("%v %s = %s, want %s: %s", r, call, got, want, why)
		}
	}
}

// arguments reads each argument as the type that the function takes it as.
func arguments(function any, text string) []reflect.Value {
	var args []reflect.Value
	for i, field := range strings.Split(text, ",") {
		kind := reflect.TypeOf(function).In(i)
		switch kind.Kind() {
		case reflect.Slice:
			list := []*big.Int{}
			for _, item := range strings.Fields(strings.Trim(field, "[]")) {
				list = append(list, number(item))
			}
			args = append(args, reflect.ValueOf(list))
		case reflect.Pointer:
			args = append(args, reflect.ValueOf(number(field)))
		default:
			args = append(args, reflect.ValueOf(number(field).Int64()).Convert(kind))
		}
	}
	return args
}

// checkOutcome evaluates under both rules. want is as in checkCall; what is for the reader.
func checkOutcome(t *testing.T, what, want string, evaluate func(Rules) (*big.Int, error)) {
	t.Helper()
	for r, want := range wantOf(want) {
		if got := invoke(t, func() (*big.Int, error) { return evaluate(r) }, nil); got != want {
			t.Errorf("%v %s: %s, want %s", r, what, got, want)
		}
	}
}

// wantOf splits "v2|v3"; a text without the bar stands for both.
func wantOf(want string) map[Rules]string {
	v2, v3, differ := strings.Cut(want, "|")
	if !differ {
		v3 = v2
	}
	return map[Rules]string{V2: v2, V3: v3}
}

// randomInt is uniform in bit length up to 256 bits, and often at or beside a power of ten, where the branches are.
func randomInt(random *rand.Rand) *big.Int {
	if random.IntN(3) == 0 {
		power := new(big.Int).Exp(big.NewInt(10), big.NewInt(random.Int64N(40)), nil)
		return plus(times(power, big.NewInt(1+random.Int64N(4))), big.NewInt(random.Int64N(2)))
	}
	value := new(big.Int)
	for bits := random.IntN(257); bits > 0; bits-- {
		value.SetBit(value.Lsh(value, 1), 0, random.UintN(2))
	}
	return value
}

func TestV2AndV3AgreeOnEveryValueWhereBothSucceed(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	v2, v3 := functions(V2), functions(V3)
	for name := range v2 {
		both := 0
		for range 1000 {
			args := make([]*big.Int, reflect.TypeOf(v2[name]).NumIn())
			for i := range args {
				args[i] = randomInt(random)
			}
			a, b := invoke(t, v2[name], args), invoke(t, v3[name], args)
			if !isValue(a) || !isValue(b) {
				continue
			}
			both++
			if a != b {
				t.Errorf("%s%v: v2 %s, v3 %s", name, args, a, b)
			}
		}
		if both < 100 {
			t.Errorf("%s: both succeed on only %d of 1000 calls", name, both)
		}
	}
}

func isValue(s string) bool {
	_, ok := new(big.Int).SetString(s, 10)
	return ok
}

func TestRulesAreNamed(t *testing.T) {
	if V2.String() != "v2" || V3.String() != "v3" || Rules(7).String() != "Rules(7)" {
		t.Errorf("got %v, %v, %v", V2, V3, Rules(7))
	}
}
