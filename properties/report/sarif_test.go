package report

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/trueweight/trueweight/properties"
	"github.com/trueweight/trueweight/properties/domain"
)

// readSARIF renders a result and returns its one run.
func readSARIF(t *testing.T, r *properties.Result) sarifRun {
	t.Helper()
	data, err := SARIF(r)
	if err != nil {
		t.Fatal(err)
	}
	var log sarifLog
	if err := json.Unmarshal(data, &log); err != nil {
		t.Fatalf("%v in\n%s", err, data)
	}
	if log.Version != "2.1.0" || len(log.Runs) != 1 {
		t.Fatalf("version %q with %d runs", log.Version, len(log.Runs))
	}
	return log.Runs[0]
}

func TestSARIFTellsAViolationWithItsSimplestCase(t *testing.T) {
	r := planted(t, "SW-OUT", 0, "SW-OUT", "SW-IN")
	run := readSARIF(t, r)
	if len(run.Results) != 1 {
		t.Fatalf("%d results, want one for the violation: %+v", len(run.Results), run.Results)
	}
	result := run.Results[0]
	if result.RuleID != "SW-OUT" || run.Tool.Driver.Rules[result.RuleIndex].ID != "SW-OUT" || result.Level != "error" || result.Kind != "fail" {
		t.Errorf("the violation is told as %+v", result)
	}
	bag := result.Properties.(map[string]any)
	simplest, err := json.Marshal(bag["case"])
	if err != nil {
		t.Fatal(err)
	}
	if c, err := domain.UnmarshalJSON(simplest); err != nil || !domain.Equal(c, r.Failures[0].Shrunk) {
		t.Errorf("the case %s is not the simplest one (%v)", simplest, err)
	}
	if bag["replay"] != r.Failures[0].Replay() || bag["story"] != r.Failures[0].String() {
		t.Errorf("the story and its replay command are not in %v", bag)
	}
	if at := result.Locations[0].Physical; at.Artifact != (sarifArtifact{"properties/swap.go", checkout}) || at.Region.StartLine < 1 {
		t.Errorf("the claim is at %+v", at)
	}
	if i := run.Invocations[0]; !i.Successful || i.ExitCode != 1 {
		t.Errorf("the run is told as %+v", i)
	}
}

func TestSARIFTellsKnownFindingsAsNotes(t *testing.T) {
	run := readSARIF(t, resultOf(map[string]properties.Tally{"LE-DOM": {Holds: 5, Known: map[string]uint64{"F-01": 3}}}))
	if len(run.Results) != 1 {
		t.Fatalf("results %+v, want one note", run.Results)
	}
	note := run.Results[0]
	if note.Level != "note" || note.RuleID != "LE-DOM" || !strings.HasPrefix(note.Message.Text, "F-01: ") || !strings.Contains(note.Message.Text, "on 3 verdicts") {
		t.Errorf("the finding is told as %+v", note)
	}
}

func TestSARIFTellsFaultsOfTheHarnessApart(t *testing.T) {
	r := resultOf(map[string]properties.Tally{"FP-MUL": {Undecided: 1}}, failing(t, "FP-MUL", properties.Undecided, "mulDown", ""))
	run := readSARIF(t, r)
	if len(run.Results) != 1 || run.Results[0].Kind != "open" || run.Results[0].Level != "none" {
		t.Errorf("an undecided claim is told as %+v", run.Results)
	}
	if i := run.Invocations[0]; i.Successful || i.ExitCode != 2 {
		t.Errorf("the run is told as %+v", i)
	}
	r = resultOf(nil)
	r.Alarms, r.Interrupted = []string{"an enclosure {is} wrong"}, true
	i := readSARIF(t, r).Invocations[0]
	if i.Successful || len(i.Notifications) != 2 || i.Notifications[0].Message.Text != "an enclosure {{is}} wrong" {
		t.Errorf("the run is told as %+v", i)
	}
}

func TestAFingerprintIsOfTheClaimThePartAndTheCase(t *testing.T) {
	of := func(id, part string) string {
		run := readSARIF(t, resultOf(map[string]properties.Tally{id: {Violated: 2}}, failing(t, id, properties.Violated, part, "1"), failing(t, id, properties.Violated, part, "2")))
		if len(run.Results) != 1 {
			t.Fatalf("%d results for one part and case", len(run.Results))
		}
		return run.Results[0].Fingerprints["claimPartCase/v1"]
	}
	if a := of("SW-OUT", "a"); a != of("SW-OUT", "a") || a == of("SW-OUT", "b") || a == of("SW-LOSS", "a") {
		t.Error("equal results differ, or different ones are equal")
	}
}

func TestSARIFIsReadableWhateverASubjectAnswers(t *testing.T) {
	run := readSARIF(t, resultOf(map[string]properties.Tally{"SW-OUT": {Violated: 1}}, failing(t, "SW-OUT", properties.Violated, hostile, hostile)))
	if text := run.Results[0].Message.Text; !strings.Contains(text, `<a href="x">&amp;</a> ]]> {{0}}`) {
		t.Errorf("%q does not carry %q", text, hostile)
	}
}
