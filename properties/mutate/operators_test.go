package mutate

import (
	"slices"
	"testing"
)

func TestOperatorsMakeExactlyTheseMutants(t *testing.T) {
	want := map[string][]string{
		"rounded": {
			`return zero: { … } → return 0, 0`,
			`return argument: { … } → return a, 0`,
			`return argument: { … } → return b, 0`,
			`one unit off: fixedpoint.MulDown(a, b) → OneMoreOr(fixedpoint.MulDown(a, b))`,
			`one unit off: fixedpoint.MulDown(a, b) → OneLessOr(fixedpoint.MulDown(a, b))`,
			`swap rounding: MulDown → MulUp`,
			`swap operator: MulDown → DivDown`,
		},
		"ended": {
			`return zero: { … } → return 0`,
			`drop call: new(big.Float).SetPrec(prec).SetMode(big.ToNegativeInf) → new(big.Float).SetPrec(prec)`,
			`drop call: new(big.Float).SetPrec(prec) → new(big.Float)`,
			`swap enumerator: big.ToNegativeInf → big.ToNearestEven`,
			`swap enumerator: big.ToNegativeInf → big.AwayFromZero`,
			`swap enumerator: big.ToNegativeInf → big.ToPositiveInf`,
		},
		"guarded": {
			`return zero: { … } → return 0`,
			`return true: { … } → return true`,
			`negate guard: a.Lt(b) → !(a.Lt(b))`,
			`move guard: a.Lt(b) → !a.Gt(b)`,
		},
		"limited": {
			`return zero: { … } → return 0`,
			`negate guard: n > 7 → !(n > 7)`,
			`delete guard: n > 7 → false && (n > 7)`,
			`move guard: n > 7 → n >= 7`,
			`literal by one: 7 → 8`,
			`literal by one: 7 → 6`,
			`swallow failure: return revert.ErrMaxInRatio → return nil`,
			`swap failure: revert.ErrMaxInRatio → revert.ErrMaxOutRatio`,
		},
		"chosen": {
			`return zero: { … } → return 0`,
			`negate guard: !up → up`,
			`delete guard: !up → false && (!up)`,
		},
		"either": {
			`return zero: { … } → return 0`,
			`return true: { … } → return true`,
			`return argument: { … } → return a`,
			`return argument: { … } → return b`,
			`negate guard: a && b → !(a && b)`,
			`swap logic: a && b → a || b`,
			`drop condition: a && b → a`,
			`drop condition: a && b → b`,
		},
		"distance": {
			`return zero: { … } → return 0`,
			`return argument: { … } → return a`,
			`return argument: { … } → return b`,
			`one unit off: a - b → (a - b) + 1`,
			`one unit off: a - b → (a - b) - 1`,
			`swap operator: a - b → a + b`,
			`swap operands: a - b → b - a`,
		},
		"quotient": {
			`return zero: { … } → return`,
			`drop statement: z.Quo(x, y) → nothing`,
			`swap operands: z.Quo(x, y) → z.Quo(y, x)`,
			`swap operator: Quo → Mul`,
		},
		"failed": {
			`return zero: { … } → return 0, 0`,
			`return argument: { … } → return n, 0`,
			`delete guard: err != nil → false && (err != nil)`,
			`swallow failure: return 0, err → return 0, nil`,
			`literal by one: 0 → 1`,
			`literal by one: 0 → -1`,
			`one unit off: z → (z) + 1`,
			`one unit off: z → (z) - 1`,
		},
		"half": {
			`return zero: { … } → return 0, 0`,
			`return argument: { … } → return n, 0`,
			`swallow failure: return n, errors.ErrUnsupported → return n, nil`,
			`one unit off: n → (n) + 1`,
			`one unit off: n → (n) - 1`,
		},
		"judged": {
			`return zero: { … } → return 0`,
			`drop field: outcome: holds → nothing`,
			`drop field: count: 1 → nothing`,
			`swap enumerator: holds → violated`,
			`swap enumerator: holds → vacuous`,
			`literal by one: 1 → 2`,
			`literal by one: 1 → 0`,
		},
		"verdict.counted": {
			`return zero: { … } → return`,
			`swap operator: v.count++ → v.count--`,
			`drop statement: v.count++ → nothing`,
			`count twice: v.count++ → v.count += 2`,
		},
		"total": {
			`return zero: { … } → return 0`,
			`skip element: for i := range list → for i := range list without the first`,
			`skip element: for i := range list → for i := range list without the last`,
			`swap operator: sum += list[i] → sum -= list[i]`,
			`drop statement: sum += list[i] → nothing`,
			`one unit off: sum → (sum) + 1`,
			`one unit off: sum → (sum) - 1`,
		},
		"negative": {
			`return zero: { … } → return 0`,
			`return true: { … } → return true`,
			`skip element: for _, x := range list → for _, x := range list without the first`,
			`skip element: for _, x := range list → for _, x := range list without the last`,
			`negate guard: x == 0 → !(x == 0)`,
			`delete guard: x == 0 → false && (x == 0)`,
			`literal by one: 0 → 1`,
			`drop statement: continue → nothing`,
			`swap branch: continue → break`,
			`swap truth: true → false`,
			`swap truth: false → true`,
		},
		"table": {
			`digit: "12345" → "12346"`,
			`digit: "12345" → "12344"`,
			`digit: "12345" → "12445"`,
		},
		"bits": {
			`literal by one: 64 → 65`,
			`literal by one: 64 → 63`,
		},
		"mask": {
			`return zero: { … } → return 0`,
			`constant by one: grouped → (grouped + 1)`,
			`constant by one: grouped → (grouped - 1)`,
		},
		"precise": {
			`return zero: { … } → return 0`,
			`swap operator: float64(bits) * 0.5 → float64(bits) / 0.5`,
			`constant by one: bits → (bits + 1)`,
			`constant by one: bits → (bits - 1)`,
			`literal doubled: 0.5 → (0.5 * 2)`,
		},
		"word": {
			`return zero: { … } → return 0`,
		},
		"shown": {
			`return zero: { … } → return 0`,
		},
	}
	set, err := Generate(root, "properties/mutate/testdata/operators")
	if err != nil {
		t.Fatal(err)
	}
	got := map[string][]string{}
	for _, m := range set.Mutants {
		got[m.Function] = append(got[m.Function], m.Operator+": "+m.Original+" → "+m.Changed)
	}
	for function := range got {
		if want[function] == nil {
			t.Errorf("%s is not expected to have mutants", function)
		}
	}
	for function := range want {
		if !slices.Equal(got[function], want[function]) {
			t.Errorf("%s has the mutants\n%q, want\n%q", function, got[function], want[function])
		}
	}
}

func TestWhatDoesNotCompileIsListedWithItsReason(t *testing.T) {
	set, err := Generate(root, "properties/mutate/testdata/operators")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, u := range set.Unviable {
		got = append(got, u.Function+": "+u.Original+" → "+u.Changed+": "+u.Reason)
	}
	want := []string{
		"width: 8 → 9: the constant can't be a variable: invalid array length width",
		"width: 8 → 7: the constant can't be a variable: invalid array length width",
		"Limit: 3 → 4: the constant can't be a variable: other packages may use it as a constant",
		"Limit: 3 → 2: the constant can't be a variable: other packages may use it as a constant",
		"negative: 0 → (-1): (-1) (untyped int constant -1) overflows uint",
		"shown: holds → violated: duplicate case violated (constant 1 of uint8 type outcome) in expression switch",
		"shown: holds → vacuous: duplicate case vacuous (constant 2 of uint8 type outcome) in expression switch",
		"shown: violated → holds: duplicate case holds (constant 0 of uint8 type outcome) in expression switch",
		"shown: violated → vacuous: duplicate case vacuous (constant 2 of uint8 type outcome) in expression switch",
		"shown: vacuous → holds: duplicate case holds (constant 0 of uint8 type outcome) in expression switch",
		"shown: vacuous → violated: duplicate case violated (constant 1 of uint8 type outcome) in expression switch",
	}
	if !slices.Equal(got, want) {
		t.Errorf("not viable: %q, want %q", got, want)
	}
}
