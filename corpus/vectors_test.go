package corpus

import (
	"fmt"
	"maps"
	"testing"
	"testing/fstest"
)

func readVectorFiles(t *testing.T) []VectorFile {
	t.Helper()
	files, err := Vectors(FS)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestEverySignatureHasAFileOfAtLeast200Vectors(t *testing.T) {
	found := map[string]bool{}
	for _, file := range readVectorFiles(t) {
		found[file.Rules+" "+file.Function] = true
		if len(file.Entries) < 200 {
			t.Errorf("%s %s: %d vectors", file.Rules, file.Function, len(file.Entries))
		}
	}
	for function := range signatures {
		if !found[function] {
			t.Errorf("%s has no file", function)
		}
	}
}

// The counts are those of the measured calls: 450 for each of 75 functions.
func TestEveryMeasuredAnswerAndFailureIsHere(t *testing.T) {
	want := map[string]int{
		"v2": 16021, "v2 BAL#000": 83, "v2 BAL#001": 215, "v2 BAL#003": 299, "v2 BAL#004": 134, "v2 BAL#005": 107,
		"v2 BAL#006": 21, "v2 BAL#007": 58, "v2 BAL#008": 161, "v2 BAL#009": 31, "v2 BAL#100": 70, "v2 BAL#304": 78,
		"v2 BAL#305": 61, "v2 BAL#306": 34, "v2 BAL#307": 32, "v2 BAL#311": 9, "v2 BAL#326": 113, "v2 BAL#436": 18,
		"v2 INVALID": 5,
		"v3":         13823, "v3 BaseOutOfBounds": 29, "v3 ExponentOutOfBounds": 58, "v3 InvalidExponent": 31,
		"v3 InvalidMinTokenBalance": 16, "v3 InvalidStartTime": 113, "v3 InvariantRatioAboveMax": 33,
		"v3 InvariantRatioBelowMin": 100, "v3 MaxInRatio": 103, "v3 MaxOutRatio": 79, "v3 MinWeight": 25,
		"v3 NormalizedWeightInvariant": 298, "v3 OutOfBounds": 9, "v3 Panic(0x11)": 713, "v3 Panic(0x12)": 49,
		"v3 Panic(0x32)": 37, "v3 ProductOutOfBounds": 186, "v3 TokenBalanceBelowMin": 387, "v3 ZeroDivision": 99,
		"v3 ZeroInvariant": 12,
	}
	got := map[string]int{}
	for _, file := range readVectorFiles(t) {
		for _, v := range file.Entries {
			outcome := file.Rules
			if v.Failure != "" {
				outcome += " " + v.Failure
			}
			got[outcome]++
		}
	}
	if !maps.Equal(got, want) {
		t.Errorf("got %v,\nwant %v", got, want)
	}
}

func TestAVectorHasResultsOrAFailure(t *testing.T) {
	for _, file := range readVectorFiles(t) {
		for _, v := range file.Entries {
			if (v.Out == nil) != (v.Failure != "") {
				t.Errorf("%s: results %v, failure %q", v.ID, v.Out, v.Failure)
			}
		}
	}
}

// A call may answer with several results, some of them lists; one list is one result, however long.
func TestResultsAreReadInTheTypesOfTheSignature(t *testing.T) {
	const add, share = "computeAddLiquidityUnbalanced", "computeProportionalAmountsIn"
	const unsigned = "expected a decimal integer from 0 to 2²⁵⁶ − 1, without sign or leading zeros"
	for _, c := range []struct{ function, in, out, want string }{
		{add, `["1"],["2"],["3"],"4","5"`, `"6",["7"]`, "6 [7]"},
		{add, `[],[],[],"4","5"`, `"6",[]`, "6 []"},
		{add, `["1"],["2"],["3"],"4","5"`, `"6"`, "out: found 1 value, expected 2 values: bptOut, fees"},
		{add, `["1"],["2"],["3"],"4","5"`, `"6","7"`, `out[1] (fees): found "7", expected an array`},
		{add, `["1"],["2"],["3"],"4","5"`, `["6"],["7"]`, "out[0] (bptOut): found an array, " + unsigned},
		{add, `["1"],["2"],["3"],"4","5"`, `"6",["-7"]`, `out[1] (fees)[0]: found "-7", ` + unsigned},
		{share, `["1","2"],"3","4"`, `["5","6"]`, "[5 6]"},
		{share, `[],"3","4"`, `[]`, "[]"},
		{share, `["1","2"],"3","4"`, `"5","6"`, "out: found 2 values, expected 1 value: amountsIn"},
		{share, `["1","2"],"3","4"`, ``, "out: found 0 values, expected 1 value: amountsIn"},
	} {
		name := "vectors/v3-" + c.function + ".json"
		text := fmt.Sprintf(`{"schema":"trueweight-vectors-1","rules":"v3","function":%q,"count":1,"origin":{"contract":"c","commit":"d",
"compiler":"e","evm":"f"},"notes":[],"entries":[{"id":"i-1","in":[%s],"out":[%s]}]}`, c.function, c.in, c.out)
		files, err := Vectors(fstest.MapFS{name: {Data: []byte(text)}})
		got := ""
		if err != nil {
			c.want = "corpus: " + name + `: entries[0] "i-1": ` + c.want
			got = err.Error()
		} else {
			got = written(files[0].Entries[0].Out)
		}
		if got != c.want {
			t.Errorf("%s answered [%s]:\n got %s\nwant %s", c.function, c.out, got, c.want)
		}
	}
}

// written spells results apart: 6 [7] is an integer and a list, which is [] when empty and never nil.
func written(values []Value) (text string) {
	for i, v := range values {
		if i > 0 {
			text += " "
		}
		if v.List != nil {
			text += fmt.Sprint(v.List)
		} else {
			text += fmt.Sprint(v.Int)
		}
	}
	return text
}
