package corpus

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
)

// One whole file of each format, to be broken in one place at a time.
const (
	goodVectors = `{"schema":"trueweight-vectors-1","rules":"v2","function":"calculateInvariant","count":2,
"origin":{"contract":"c","commit":"d","compiler":"e","evm":"f"},"notes":["n"],"entries":[
{"id":"i-1","in":[["5","6"],["7","8"]],"out":["9"]},
{"id":"i-2","in":[["5","6"],["7"]],"failure":"BAL#311","args":["4"]}]}`
	goodReference = `{"schema":"trueweight-reference-1","function":"pow","bits":600,"rounding":"nearest",
"tools":{"mpfr":"1","gmp":"2","compiler":"3"},"count":1,"origin":"o","notes":[],"entries":[
{"id":"p-1","class":"ends","x":"0x.8p+2","y":"0x.8p+1","value":"0x.8p+2"}]}`
	goodCases = `{"schema":"trueweight-cases-1","title":"t","origin":"o","effect":"e","notes":["n"],"count":1,"entries":[
{"id":"c-1","comment":"why","claims":["SW-OUT"],"expect":"known:F-01","case":{"kind":"weights","raw":["1","-2"]}}]}`
	goodAccumulated = `{"schema":"trueweight-accumulated-1","cases":1000,"seed":1,"origin":"o","command":"c","layout":"l","count":1,"entries":[
{"id":"swap","sha256":"0000000000000000000000000000000000000000000000000000000000000000"}]}`
	goodWorst = `{"schema":"trueweight-worst-1","family":"SW","title":"t","notes":["n"],"count":1,"entries":[
{"id":"SW-OUT-swap-in-50-50","claim":"SW-OUT","class":"swap-in/50/50","margin":"17 wei","tight":false,"origin":{"seed":1,"shards":2,"cases":3000,"generation":4,"island":5,"step":6},"case":{"kind":"swap-in","class":"50/50","amount":"1"}}]}`
)

// readEverything reads the good files, of which one or none was replaced by other text.
func readEverything(replaced, text string) error {
	files := fstest.MapFS{
		"vectors/v2-calculateInvariant.json": {Data: []byte(goodVectors)},
		"reference/pow.json":                 {Data: []byte(goodReference)},
		"incidents/a.json":                   {Data: []byte(goodCases)},
		"accumulated/answers.json":           {Data: []byte(goodAccumulated)},
		"worst/SW.json":                      {Data: []byte(goodWorst)},
	}
	if replaced != "" {
		files[replaced] = &fstest.MapFile{Data: []byte(text)}
	}
	return readSets(files)
}

func readSets(files fs.FS) error {
	if _, err := Vectors(files); err != nil {
		return err
	}
	if _, err := Reference(files); err != nil {
		return err
	}
	if _, err := AccumulatedHashes(files); err != nil {
		return err
	}
	if _, err := WorstCases(files); err != nil {
		return err
	}
	_, err := Cases(files, "incidents")
	return err
}

func TestTheUnbrokenFilesAreRead(t *testing.T) {
	if err := readEverything("", ""); err != nil {
		t.Fatal(err)
	}
}

func TestABrokenFileIsRefusedByName(t *testing.T) {
	const unsigned = "expected a decimal integer from 0 to 2²⁵⁶ − 1, without sign or leading zeros"
	const signed = "expected a decimal integer from −2²⁵⁵ to 2²⁵⁵ − 1, without plus sign or leading zeros"
	const dyadic = "expected 0 or ±0x.HHHHp±E of at most 600 bits, as big.Float writes it with format 'p'"
	const two256 = "115792089237316195423570985008687907853269984665640564039457584007913129639936"
	vectors := []struct{ old, new, message string }{
		{`"evm":"f"`, `"evm":"f","gas":"g"`, `origin: found the unknown field "gas", expected only contract, commit, compiler, evm`},
		{`"evm":"f"`, `"evm":""`, `origin.evm: found "", expected text`},
		{`"count":2`, `"Count":2`, `count: found nothing, expected the field`},
		{`"count":2`, `"count":3`, `count: found 3, expected 2, the number of entries`},
		{`"count":2`, `"count":"2"`, `count: found "2", expected a number`},
		{`"count":2`, `"count":-2`, `count: found the number -2, expected an integer from 0 to 2³¹ − 1`},
		{`"count":2`, `"count":2e0`, `count: found the number 2e0, expected an integer from 0 to 2³¹ − 1`},
		{`"count":2`, `"count":2,"count":2`, `count: found the field twice, expected it once`},
		{`-vectors-1`, `-vectors-2`, `schema: found "trueweight-vectors-2", expected "trueweight-vectors-1"`},
		{`"v2"`, `"v4"`, `rules: found "v4", expected one of v2, v3`},
		{`"v2"`, `"v3"`, `function: found "calculateInvariant", expected the function of rules v3 that the file is named after`},
		{`"i-2"`, `"i-1"`, `entries[1] "i-1": id: found an id that is taken by vectors/v2-calculateInvariant.json: entries[0], expected an id of its own`},
		{`"id":"i-2",`, ``, `entries[1]: id: found nothing, expected the field`},
		{`{"id":"i-1","in":[["5","6"],["7","8"]],"out":["9"]}`, `null`, `entries[0]: found null, expected an object`},
		{`["n"]`, `["n",null]`, `notes[1]: found null, expected text`},
		{`["n"]`, `"n"`, `notes: found "n", expected an array`},
		{`"out":["9"]`, `"out":[9]`, `entries[0] "i-1": out[0] (invariant): found the number 9, ` + unsigned},
		{`"out":["9"]`, `"out":[["9"]]`, `entries[0] "i-1": out[0] (invariant): found an array, ` + unsigned},
		{`"out":["9"]`, `"out":["09"]`, `entries[0] "i-1": out[0] (invariant): found "09", ` + unsigned},
		{`"out":["9"]`, `"out":["+9"]`, `entries[0] "i-1": out[0] (invariant): found "+9", ` + unsigned},
		{`"out":["9"]`, `"out":["0x9"]`, `entries[0] "i-1": out[0] (invariant): found "0x9", ` + unsigned},
		{`"out":["9"]`, `"out":["` + two256 + `"]`, `entries[0] "i-1": out[0] (invariant): found "` + two256 + `", ` + unsigned},
		{`"out":["9"]`, `"out":["9","9"]`, `entries[0] "i-1": out: found 2 values, expected 1 value: invariant`},
		{`["7","8"]`, `["7","-8"]`, `entries[0] "i-1": in[1] (balances)[1]: found "-8", ` + unsigned},
		{`["7","8"]`, `"7"`, `entries[0] "i-1": in[1] (balances): found "7", expected an array`},
		{`,["7","8"]`, ``, `entries[0] "i-1": in: found 1 value, expected 2 values: weights, balances`},
		{`"out":["9"]`, `"out":["9"],"failure":"BAL#003"`, `entries[0] "i-1": found both out and failure, expected one of them`},
		{`"out":["9"]`, `"out":["9"],"args":[]`, `entries[0] "i-1": args: found the arguments of a failure, expected none beside out`},
		{`,"out":["9"]`, ``, `entries[0] "i-1": found neither out nor failure, expected one of them`},
		{`"BAL#311"`, `"BAL311"`, `entries[1] "i-2": failure: found "BAL311", expected a failure of v2`},
		{`"args":["4"]`, `"args":["four"]`, `entries[1] "i-2": args[0]: found "four", ` + unsigned},
		{`"args":["4"]}]}`, `"args":["4"]}]`, `found broken JSON: unexpected end of JSON input in line 4, expected one complete JSON value`},
		{`"args":["4"]}]}`, `"args":["4"]}]} {}`, `found broken JSON: invalid character '{' after top-level value in line 4, expected one complete JSON value`},
		{`"notes":["n"],`, `"notes":["n",],`, `found broken JSON: invalid character ']' looking for beginning of value in line 2, expected one complete JSON value`},
	}
	reference := []struct{ old, new, message string }{
		{`"pow"`, `"log"`, `function: found "log", expected the function that the file is named after`},
		{`"pow"`, `"sin"`, `function: found "sin", expected one of log, exp, pow`},
		{`"nearest"`, `"down"`, `rounding: found "down", expected "nearest"`},
		{`"gmp":"2",`, ``, `tools.gmp: found nothing, expected the field`},
		{`"ends"`, `"end"`, `entries[0] "p-1": class: found "end", expected one of near-one, ends, spread`},
		{`,"y":"0x.8p+1"`, ``, `entries[0] "p-1": y: found nothing, expected the field`},
		{`"value":"0x.8p+2"`, `"value":2`, `entries[0] "p-1": value: found the number 2, ` + dyadic},
		{`"value":"0x.8p+2"`, `"value":"0x.80p+2"`, `entries[0] "p-1": value: found "0x.80p+2", ` + dyadic},
		{`"bits":600`, `"bits":0`, `entries[0] "p-1": value: found "0x.8p+2", ` + strings.Replace(dyadic, "600", "0", 1)},
	}
	cases := []struct{ old, new, message string }{
		{`"effect":"e",`, ``, `effect: found nothing, expected the field`},
		{`"known:F-01"`, `"known"`, `entries[0] "c-1": expect: found "known", expected holds, vacuous or known:F-nn`},
		{`["SW-OUT"]`, `[]`, `entries[0] "c-1": claims: found no claim, expected at least one`},
		{`["SW-OUT"]`, `["SW_OUT"]`, `entries[0] "c-1": claims[0]: found "SW_OUT", expected the ID of a claim, such as SW-OUT`},
		{`"kind":"weights",`, ``, `entries[0] "c-1": case.kind: found nothing, expected the field`},
		{`{"kind":"weights","raw":["1","-2"]}`, `["weights"]`, `entries[0] "c-1": case: found an array, expected an object`},
		{`"raw":`, `"raw":[],"raw":`, `entries[0] "c-1": case.raw: found the field twice, expected it once`},
		{`"-2"`, `"02"`, `entries[0] "c-1": case.raw[1]: found "02", ` + unsigned},
		{`"-2"`, `"-02"`, `entries[0] "c-1": case.raw[1]: found "-02", ` + signed},
		{`"-2"`, `1000000000000000`, `entries[0] "c-1": case.raw[1]: found the number 1000000000000000, expected an integer of at most 15 characters; larger ones are decimal strings`},
		{`"-2"`, `1e18`, `entries[0] "c-1": case.raw[1]: found the number 1e18, expected an integer of at most 15 characters; larger ones are decimal strings`},
	}
	accumulated := []struct{ old, new, message string }{
		{`"sha256":"00`, `"sha256":"0G`, `entries[0] "swap": sha256: found "0G00000000000000000000000000000000000000000000000000000000000000", expected 64 lower-case hexadecimal digits`},
		{`"count":1`, `"count":2`, `count: found 2, expected 1, the number of entries`},
		{`"seed":1`, `"seed":-1`, `seed: found the number -1, expected an integer from 0 to 2³¹ − 1`},
	}
	worst := []struct{ old, new, message string }{
		{`"title":"t",`, ``, `title: found nothing, expected the field`},
		{`"family":"SW"`, `"family":"IN"`, `family: found "IN", expected the family that the file is named after`},
		{`"claim":"SW-OUT"`, `"claim":"IN-ENC"`, `entries[0] "SW-OUT-swap-in-50-50": claim: found "IN-ENC", expected the ID of a claim of SW`},
		{`"SW-OUT-swap-in-50-50"`, `"SW-OUT-dust"`, `entries[0] "SW-OUT-dust": id: found "SW-OUT-dust", expected "SW-OUT-swap-in-50-50", the claim and the class`},
		{`"17 wei"`, `"17"`, `entries[0] "SW-OUT-swap-in-50-50": margin: found "17", expected whole wei, such as 17 wei, or a share of nine decimals`},
		{`"17 wei"`, `"-1 wei"`, `entries[0] "SW-OUT-swap-in-50-50": margin: found "-1 wei", expected whole wei, such as 17 wei, or a share of nine decimals`},
		{`false`, `0`, `entries[0] "SW-OUT-swap-in-50-50": tight: found the number 0, expected true or false`},
		{`"step":6`, `"step":-6`, `entries[0] "SW-OUT-swap-in-50-50": origin.step: found the number -6, expected an integer from 0 to 2⁵³ − 1`},
		{`"kind":"swap-in",`, ``, `entries[0] "SW-OUT-swap-in-50-50": case.kind: found nothing, expected the field`},
		{`"amount":"1"`, `"amount":"1.0"`, `entries[0] "SW-OUT-swap-in-50-50": case.amount: found "1.0", ` + unsigned},
	}
	for _, set := range []struct {
		file, good string
		broken     []struct{ old, new, message string }
	}{
		{"vectors/v2-calculateInvariant.json", goodVectors, vectors},
		{"reference/pow.json", goodReference, reference},
		{"incidents/a.json", goodCases, cases},
		{"accumulated/answers.json", goodAccumulated, accumulated},
		{"worst/SW.json", goodWorst, worst},
	} {
		for _, c := range set.broken {
			if strings.Count(set.good, c.old) != 1 {
				t.Fatalf("%s is in %s %d times", c.old, set.file, strings.Count(set.good, c.old))
			}
			want := "corpus: " + set.file + ": " + c.message
			if err := readEverything(set.file, strings.Replace(set.good, c.old, c.new, 1)); err == nil || err.Error() != want {
				t.Errorf("%s for %s:\n got %v\nwant %s", c.new, c.old, err, want)
			}
		}
	}
}

func TestAnIDIsUniqueOverTheFilesOfASet(t *testing.T) {
	err := readEverything("incidents/b.json", goodCases)
	want := `corpus: incidents/b.json: entries[0] "c-1": id: found an id that is taken by incidents/a.json: entries[0], expected an id of its own`
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestAFunctionWithoutASignatureIsRefused(t *testing.T) {
	err := readEverything("vectors/v2-sqrt.json", strings.Replace(goodVectors, "calculateInvariant", "sqrt", 1))
	want := `corpus: vectors/v2-sqrt.json: function: found "sqrt", expected a function with a known signature`
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestAnEmptySetIsRefused(t *testing.T) {
	_, err := Cases(fstest.MapFS{}, "incidents")
	if want := "corpus: incidents: found no file, expected at least one *.json"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestAFileThatIsNoDocumentIsRefusedByName(t *testing.T) {
	const broken = "found broken JSON: "
	for _, c := range []struct{ name, text, message string }{
		{"nothing", "", broken + "unexpected end of JSON input"},
		{"blanks", " \n", broken + "unexpected end of JSON input"},
		{"NUL bytes", "\x00\x00", broken + `invalid character '\x00'`},
		{"a NUL byte in a string", strings.Replace(goodVectors, `"c"`, "\"c\x00\"", 1), broken + `invalid character '\x00'`},
		{"bytes that are no UTF-8", strings.Replace(goodVectors, `"c"`, "\"c\xff\"", 1), broken + "it is not UTF-8"},
		{"a byte order mark", "\ufeff" + goodVectors, broken + "invalid character"},
		{"deep nesting", strings.Repeat(`{"entries":[`, 100_000), broken + "invalid character '{' exceeded max depth"},
		{"the first half", goodVectors[:len(goodVectors)/2], broken + "unexpected end of JSON input in line 2"},
		{"an array", "[]", "found an array, expected an object"},
		{"a number of a million digits", strings.Replace(goodVectors, `"9"`, `"`+strings.Repeat("9", 1_000_000)+`"`, 1), "(1000000 characters), expected a decimal integer from 0"},
		{"a float", strings.Replace(goodVectors, `"9"`, `9.0`, 1), "found the number 9.0, expected a decimal integer from 0"},
	} {
		err := readEverything("vectors/v2-calculateInvariant.json", c.text)
		if err == nil || !strings.HasPrefix(err.Error(), "corpus: vectors/v2-calculateInvariant.json: ") || !strings.Contains(err.Error(), c.message) {
			t.Errorf("%s: %.300v\nwant in it: %s", c.name, err, c.message)
		}
	}
}

func TestADirectoryInPlaceOfAFileIsRefused(t *testing.T) {
	files := fstest.MapFS{"incidents/a.json/b.json": {Data: []byte(goodCases)}}
	if _, err := Cases(files, "incidents"); err == nil || !strings.Contains(err.Error(), "incidents/a.json") {
		t.Error(err)
	}
}
