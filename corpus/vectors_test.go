package corpus

import (
	"maps"
	"testing"
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

// The counts are those of the measured calls: 450 for each of 35 functions.
func TestEveryMeasuredAnswerAndFailureIsHere(t *testing.T) {
	want := map[string]int{
		"v2": 5713, "v2 BAL#000": 83, "v2 BAL#001": 139, "v2 BAL#003": 259, "v2 BAL#004": 34, "v2 BAL#005": 94,
		"v2 BAL#006": 21, "v2 BAL#007": 58, "v2 BAL#008": 156, "v2 BAL#009": 31, "v2 BAL#100": 9, "v2 BAL#304": 78,
		"v2 BAL#305": 61, "v2 BAL#311": 9, "v2 INVALID": 5,
		"v3": 7583, "v3 BaseOutOfBounds": 29, "v3 ExponentOutOfBounds": 58, "v3 InvalidExponent": 31,
		"v3 InvalidMinTokenBalance": 16, "v3 MaxInRatio": 103, "v3 MaxOutRatio": 79, "v3 MinWeight": 4,
		"v3 NormalizedWeightInvariant": 6, "v3 OutOfBounds": 9, "v3 Panic(0x11)": 404, "v3 Panic(0x12)": 26,
		"v3 Panic(0x32)": 17, "v3 ProductOutOfBounds": 186, "v3 TokenBalanceBelowMin": 387, "v3 ZeroDivision": 53,
		"v3 ZeroInvariant": 9,
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
