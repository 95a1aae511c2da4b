package exact

import (
	"math/big"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
)

// functions names the methods of Rules that take and return single integers, as the tables of the tests call them.
func functions(r Rules) map[string]any {
	return map[string]any{
		"add": r.Add, "sub": r.Sub, "md": r.MulDown, "mu": r.MulUp, "dd": r.DivDown, "du": r.DivUp,
		"c": r.Complement, "mulDivUp": r.MulDivUp, "divUpRaw": r.DivUpRaw,
		"exp": r.Exp, "ln": r.Ln, "pow": r.Pow, "powDown": r.PowDown, "powUp": r.PowUp,
		"out": r.OutGivenIn, "in": r.InGivenOut, "balance": r.BalanceGivenInvariantRatio,
		"lessFee": r.AmountInLessFee, "plusFee": r.AmountInPlusFee,
	}
}

// invoke calls a function of big.Ints and returns its value, or its failure as text. It fails the test when an argument
// was changed or is the result, and when a failure comes with a value.
func invoke(t *testing.T, function any, args []*big.Int) string {
	t.Helper()
	in := make([]reflect.Value, len(args))
	before := make([]*big.Int, len(args))
	for i, arg := range args {
		in[i], before[i] = reflect.ValueOf(arg), new(big.Int).Set(arg)
	}
	out := reflect.ValueOf(function).Call(in)
	for i := range args {
		if args[i].Cmp(before[i]) != 0 {
			t.Errorf("argument %d changed from %v to %v", i, before[i], args[i])
		}
		if out[0].Interface() == args[i] {
			t.Errorf("argument %d is the result", i)
		}
	}
	if err, failed := out[1].Interface().(error); failed {
		if !out[0].IsNil() {
			t.Errorf("%v came with the value %v", err, out[0])
		}
		return err.Error()
	}
	return out[0].Interface().(*big.Int).String()
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

// checkCall makes a call such as md(1,2e18) under both rules. want is the value or failure of both, or "v2|v3".
func checkCall(t *testing.T, call, want, why string) {
	t.Helper()
	name, args, _ := strings.Cut(strings.TrimSuffix(call, ")"), "(")
	for r, want := range wantOf(want) {
		if got := invoke(t, functions(r)[name], numbers(args)); got != want {
			t.Errorf("%v %s = %s, want %s: %s", r, call, got, want, why)
		}
	}
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
