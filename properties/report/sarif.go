package report

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/trueweight/trueweight/properties"
	"github.com/trueweight/trueweight/properties/domain"
)

// SARIF writes a result in the Static Analysis Results Interchange Format, version 2.1.0 (OASIS): a rule for each claim;
// a result of level error for each violation, with its simplest case and the command that replays it; a note for each
// finding that a claim met. Section numbers are the standard's. It contains no times and no absolute paths: the same
// result, the same bytes.
func SARIF(r *properties.Result) ([]byte, error) {
	run := sarifRun{
		Tool:              sarifTool{sarifDriver{Name: "trueweight", Rules: []sarifRule{}}},
		Invocations:       []sarifInvocation{invocation(r)},
		OriginalURIBaseID: map[string]sarifBase{checkout: {message("the top of a checkout of trueweight")}},
		Results:           []sarifResult{},
		Properties:        sarifRunProperties{r.Evidence.Subject, r.Evidence.Model, r.Evidence.Seed, r.Evidence.Cases},
	}
	for _, p := range properties.All() {
		e := claimEvidence(r, p.ID)
		if e == nil && !slices.Contains(r.Evidence.NotApplicable, p.ID) {
			continue
		}
		index := len(run.Tool.Driver.Rules)
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, ruleFor(p, e))
		results := append(violations(r, p), notes(p, e)...)
		for i := range results {
			results[i].RuleID, results[i].RuleIndex, results[i].Locations = p.ID, index, []sarifLocation{location(p)}
		}
		run.Results = append(run.Results, results...)
	}
	var b bytes.Buffer
	w := json.NewEncoder(&b)
	w.SetEscapeHTML(false)
	w.SetIndent("", "  ")
	err := w.Encode(sarifLog{"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json", "2.1.0", []sarifRun{run}})
	return b.Bytes(), err
}

// checkout is the uriBaseId (3.4.4) that files are named from.
const checkout = "SRCROOT"

type sarifLog struct {
	Schema  string     `json:"$schema"`
	Version string     `json:"version"`
	Runs    []sarifRun `json:"runs"`
}

type sarifRun struct {
	Tool              sarifTool            `json:"tool"`
	Invocations       []sarifInvocation    `json:"invocations"`
	OriginalURIBaseID map[string]sarifBase `json:"originalUriBaseIds"`
	Results           []sarifResult        `json:"results"`
	Properties        sarifRunProperties   `json:"properties"`
}

type sarifRunProperties struct {
	Subject string                 `json:"subject"`
	Model   string                 `json:"model"`
	Seed    uint64                 `json:"seed"`
	Cases   map[domain.Kind]uint64 `json:"cases"`
}

type sarifTool struct {
	Driver sarifDriver `json:"driver"`
}

type sarifDriver struct {
	Name  string      `json:"name"`
	Rules []sarifRule `json:"rules"`
}

type sarifRule struct {
	ID         string              `json:"id"`
	Short      sarifMessage        `json:"shortDescription"`
	Full       sarifMessage        `json:"fullDescription"`
	Help       sarifMessage        `json:"help"`
	Properties sarifRuleProperties `json:"properties"`
}

type sarifRuleProperties struct {
	Tags       []string     `json:"tags"`
	Applicable bool         `json:"applicable"`
	Counts     *sarifCounts `json:"counts,omitempty"`
}

type sarifCounts struct {
	Judged    uint64 `json:"judged"`
	PoolValid uint64 `json:"poolValid"`
	Vacuous   uint64 `json:"vacuous"`
	Margin    string `json:"margin,omitempty"`
}

type sarifMessage struct {
	Text string `json:"text"`
}

type sarifBase struct {
	Description sarifMessage `json:"description"`
}

type sarifInvocation struct {
	Successful    bool                `json:"executionSuccessful"`
	ExitCode      int                 `json:"exitCode"`
	Notifications []sarifNotification `json:"toolExecutionNotifications,omitempty"`
}

type sarifNotification struct {
	Level   string       `json:"level"`
	Message sarifMessage `json:"message"`
}

type sarifResult struct {
	RuleID       string            `json:"ruleId"`
	RuleIndex    int               `json:"ruleIndex"`
	Kind         string            `json:"kind"`
	Level        string            `json:"level"`
	Message      sarifMessage      `json:"message"`
	Locations    []sarifLocation   `json:"locations"`
	Fingerprints map[string]string `json:"partialFingerprints"`
	Properties   any               `json:"properties"`
}

// sarifFailure is the property bag of a violated or undecided claim.
type sarifFailure struct {
	Part   string          `json:"part"`
	Origin string          `json:"origin"`
	Case   json.RawMessage `json:"case"`
	Replay string          `json:"replay"`
	Story  string          `json:"story"`
}

// sarifKnown is the property bag of a finding that a claim met.
type sarifKnown struct {
	Finding   string `json:"finding"`
	Part      string `json:"part"`
	Verdicts  uint64 `json:"verdicts"`
	PoolValid uint64 `json:"poolValid"`
	Severity  string `json:"severity"`
}

type sarifLocation struct {
	Physical sarifPhysical `json:"physicalLocation"`
}

type sarifPhysical struct {
	Artifact sarifArtifact `json:"artifactLocation"`
	Region   sarifRegion   `json:"region"`
}

type sarifArtifact struct {
	URI     string `json:"uri"`
	URIBase string `json:"uriBaseId"`
}

type sarifRegion struct {
	StartLine int `json:"startLine"`
}

// message is a text in which no brace is a placeholder's (3.11.5).
func message(text string) sarifMessage {
	return sarifMessage{strings.NewReplacer("{", "{{", "}", "}}").Replace(text)}
}

// location is where the claim is checked: results are about numbers, and no file of the subject is known.
func location(p *properties.Property) sarifLocation {
	file, line := p.Place()
	return sarifLocation{sarifPhysical{sarifArtifact{file, checkout}, sarifRegion{line}}}
}

func ruleFor(p *properties.Property, e *properties.ClaimEvidence) sarifRule {
	full := p.Claim + " " + p.Inequality
	if p.T != "" {
		full += ", where T = " + p.T
	}
	rule := sarifRule{
		ID: p.ID, Short: message(p.Claim), Full: message(full),
		Help: message(fmt.Sprintf("Source: %s. REPORT.md, under %s, says how often the claim was judged and how close the closest case came. "+
			"A violation is replayed with the command in its property \"replay\".", strings.TrimSuffix(p.Source, "."), p.ID)),
		Properties: sarifRuleProperties{Tags: []string{p.Family()}, Applicable: e != nil},
	}
	if e != nil {
		rule.Properties.Counts = &sarifCounts{Judged: e.Judged(), PoolValid: e.PoolValid.Judged(), Vacuous: e.Vacuous}
		if e.Tightest != nil {
			rule.Properties.Counts.Margin = e.Tightest.Margin
		}
	}
	return rule
}

// invocation says how the run ended (3.20).
func invocation(r *properties.Result) sarifInvocation {
	i := sarifInvocation{ExitCode: r.ExitCode(), Successful: len(r.Alarms) == 0 && !r.Interrupted}
	for _, f := range r.Failures {
		i.Successful = i.Successful && f.Verdict.Outcome != properties.Undecided
	}
	for _, a := range r.Alarms {
		i.Notifications = append(i.Notifications, sarifNotification{"error", message(a)})
	}
	if r.Interrupted {
		i.Notifications = append(i.Notifications, sarifNotification{"error", message(interrupted)})
	}
	return i
}

// violations are the results of a claim's failures, one for each part and simplest case. One that is undecided is open, and
// so has no level (3.27.9, 3.27.10).
func violations(r *properties.Result, p *properties.Property) (list []sarifResult) {
	for _, f := range slices.Concat(failuresOf(r, p.ID, properties.Violated), failuresOf(r, p.ID, properties.Undecided)) {
		kind, level := "fail", "error"
		if f.Verdict.Outcome == properties.Undecided {
			kind, level = "open", "none"
		}
		simplest := domain.MarshalJSON(f.Shrunk)
		identity := fingerprint(p.ID, f.Verdict.Part, string(simplest))
		if slices.ContainsFunc(list, func(other sarifResult) bool { return maps.Equal(other.Fingerprints, identity) }) {
			continue
		}
		list = append(list, sarifResult{
			Kind: kind, Level: level,
			Message:      message(headline(f) + "\n\nsimplest case: " + domain.Describe(f.Shrunk) + "\nreplay: " + f.Replay()),
			Fingerprints: identity,
			Properties:   sarifFailure{f.Verdict.Part, f.Origin, simplest, f.Replay(), f.String()},
		})
	}
	return list
}

// notes are the findings that a claim met: it is false there, and known to be.
func notes(p *properties.Property, e *properties.ClaimEvidence) (list []sarifResult) {
	if e == nil {
		return nil
	}
	for _, f := range properties.Findings() {
		n := e.Known[f.ID]
		if n == 0 {
			continue
		}
		valid := e.PoolValid.Known[f.ID]
		list = append(list, sarifResult{
			Kind: "fail", Level: "note",
			Message: message(fmt.Sprintf("%s: %s. Met on %d verdicts, %d of them on pool-valid cases. %s Exactly when: %s. By at most: %s.",
				f.ID, strings.TrimSuffix(f.Title, "."), n, valid, f.Statement, strings.TrimSuffix(f.Condition, "."), strings.TrimSuffix(f.BoundText, "."))),
			Fingerprints: fingerprint(p.ID, f.Part, f.ID),
			Properties:   sarifKnown{f.ID, f.Part, n, valid, f.Severity},
		})
	}
	return list
}

// fingerprint identifies a result over runs: by the claim, its part and the case, or the finding.
func fingerprint(parts ...string) map[string]string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\n")))
	return map[string]string{"claimPartCase/v1": hex.EncodeToString(sum[:])}
}
