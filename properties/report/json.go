package report

import (
	"encoding/json"

	"github.com/trueweight/trueweight/properties"
	"github.com/trueweight/trueweight/properties/domain"
)

// The machine-readable report: what REPORT.md says of the code, of claims and of findings. It is described by
// properties/evidence/schema/report.schema.json; classes, failures and histograms are in gate.json.
type (
	jsonReport struct {
		Schema   string                 `json:"schema"`
		Subject  string                 `json:"subject"`
		Model    string                 `json:"model"`
		Seed     uint64                 `json:"seed"`
		Go       string                 `json:"go"`
		Sources  map[string]string      `json:"sources"`
		Cases    map[domain.Kind]uint64 `json:"cases"`
		Claims   []jsonClaim            `json:"claims"`
		Findings []jsonFinding          `json:"findings"`
	}

	jsonClaim struct {
		ID         string        `json:"id"`
		Family     string        `json:"family"`
		Claim      string        `json:"claim"`
		Inequality string        `json:"inequality"`
		T          string        `json:"t,omitempty"`
		Source     string        `json:"source"`
		Kinds      []domain.Kind `json:"kinds"`
		Margin     string        `json:"margin"`
		RestsOn    string        `json:"restsOn"`
		Proof      string        `json:"proof,omitempty"`
		ImpliedBy  string        `json:"impliedBy,omitempty"`
		Planted    []string      `json:"planted"`

		Judged    uint64               `json:"judged"`
		PoolValid uint64               `json:"poolValid"`
		Vacuous   uint64               `json:"vacuous"`
		Violated  uint64               `json:"violated"`
		Undecided uint64               `json:"undecided"`
		Known     map[string]uint64    `json:"known,omitempty"`
		Tightest  *properties.Tightest `json:"tightest,omitempty"`
	}

	jsonFinding struct {
		ID         string `json:"id"`
		Title      string `json:"title"`
		Level      string `json:"level"`
		Severity   string `json:"severity"`
		Hardness   string `json:"hardness"`
		Difficulty string `json:"difficulty"`

		Claims         []string   `json:"claims"`
		Part           string     `json:"part"`
		Statement      string     `json:"statement"`
		Condition      string     `json:"condition"`
		Bound          string     `json:"bound"`
		Scenario       string     `json:"scenario"`
		Recommendation string     `json:"recommendation"`
		Met            uint64     `json:"met"`
		MetPoolValid   uint64     `json:"metPoolValid"`
		Cases          []jsonKept `json:"cases"`
	}

	jsonKept struct {
		ID        string          `json:"id"`
		File      string          `json:"file"`
		Comment   string          `json:"comment"`
		Claims    []string        `json:"claims"`
		PoolValid bool            `json:"poolValid"`
		Replay    string          `json:"replay"`
		Case      json.RawMessage `json:"case"`
	}
)

// JSON writes the machine-readable report: the same document, the same bytes.
func (d *Document) JSON() ([]byte, error) {
	e := d.Evidence
	r := jsonReport{Schema: "trueweight-report-1", Subject: e.Subject, Model: e.Model, Seed: e.Seed, Go: d.Go, Sources: d.Sources, Cases: e.Cases, Claims: []jsonClaim{}}
	p := page{Document: d, evidence: e}
	p.each(func(claim *properties.Property, c *properties.ClaimEvidence) {
		r.Claims = append(r.Claims, claimJSON(claim, c))
	})
	if p.err != nil {
		return nil, p.err
	}
	kept, err := properties.KeptCases()
	if err != nil {
		return nil, err
	}
	met := p.met()
	for _, f := range properties.Findings() {
		r.Findings = append(r.Findings, findingJSON(f, met[f.ID], kept))
	}
	data, err := json.MarshalIndent(r, "", "  ")
	return append(data, '\n'), err
}

func claimJSON(p *properties.Property, c *properties.ClaimEvidence) jsonClaim {
	return jsonClaim{
		ID: p.ID, Family: p.Family(), Claim: p.Claim, Inequality: p.Inequality, T: p.T, Source: p.Source, Kinds: append([]domain.Kind{}, p.Kinds...),
		Margin: p.Margin.String(), RestsOn: p.Standing(), Proof: p.Proof, ImpliedBy: p.ImpliedBy, Planted: append([]string{}, plants(p.ID)...),
		Judged: c.Judged(), PoolValid: c.PoolValid.Judged(), Vacuous: c.Vacuous, Violated: c.Violated, Undecided: c.Undecided, Known: c.Known, Tightest: c.Tightest,
	}
}

func findingJSON(f *properties.Finding, met matches, kept []properties.Kept) jsonFinding {
	j := jsonFinding{
		ID: f.ID, Title: f.Title, Level: f.Level(), Severity: f.Severity, Hardness: f.Hardness(), Difficulty: f.Difficulty,
		Claims: f.Claims, Part: f.Part, Statement: f.Statement, Condition: f.Condition, Bound: f.BoundText, Scenario: f.Scenario, Recommendation: f.Advice,
		Met: met.all, MetPoolValid: met.valid, Cases: []jsonKept{},
	}
	for _, k := range kept {
		if k.Expect == "known:"+f.ID {
			j.Cases = append(j.Cases, jsonKept{k.ID, k.File, k.Comment, k.Claims, k.Case.PoolValid(), replay(k), domain.MarshalJSON(k.Case)})
		}
	}
	return j
}
