package properties

import (
	"github.com/trueweight/trueweight/properties/domain"
)

// Evidence is what a campaign saw: counts come from here and from nowhere else.
// It is the same for the same subject, seed and cases on any machine and any number of cores.
type Evidence struct {
	Subject string `json:"subject"`
	Model   string `json:"model"`
	Seed    uint64 `json:"seed"`

	// Cases is the number of generated cases of each kind.
	Cases map[domain.Kind]uint64 `json:"cases"`
	// Claims are the claims judged, in the order of reports.
	Claims []*ClaimEvidence `json:"claims"`
	// NotApplicable are the claims that ask operations the subject does not have.
	NotApplicable []string `json:"notApplicable,omitempty"`
}

// ClaimEvidence is what a campaign saw of one claim.
type ClaimEvidence struct {
	ID string `json:"id"`
	Tally
	// PoolValid is the part of the tally whose cases a real pool could meet.
	PoolValid *Tally `json:"poolValid"`
	// Classes are the tallies by "kind/class".
	Classes map[string]*Tally `json:"classes"`
	// Failures counts the failures that operations ended in, by name.
	Failures map[string]uint64 `json:"failures,omitempty"`
	// Margins are how close the cases came that hold; nil for claims without a margin.
	Margins *Margins `json:"margins,omitempty"`
}

// A Tally counts verdicts and keeps the tightest margin.
type Tally struct {
	Holds     uint64            `json:"holds"`
	Violated  uint64            `json:"violated,omitempty"`
	Vacuous   uint64            `json:"vacuous,omitempty"`
	Undecided uint64            `json:"undecided,omitempty"`
	Known     map[string]uint64 `json:"known,omitempty"` // by finding
	Tightest  *Tightest         `json:"tightest,omitempty"`
}

// Tightest is the case that came closest to breaking a claim.
type Tightest struct {
	Margin string      `json:"margin"`
	Tight  bool        `json:"tight"`
	Kind   domain.Kind `json:"kind"`
	Index  uint64      `json:"index"`

	margin Margin
}

// Judged returns the number of cases on which the claim said something.
func (t *Tally) Judged() uint64 {
	n := t.Holds + t.Violated + t.Undecided
	for _, k := range t.Known {
		n += k
	}
	return n
}

// place orders cases: by kind in the order of reports, then by index.
type place struct {
	kind  int
	index uint64
}

func (a place) before(b place) bool { return a.kind < b.kind || a.kind == b.kind && a.index < b.index }

var kindOrder = func() map[domain.Kind]int {
	order := map[domain.Kind]int{}
	for i, k := range domain.Kinds() {
		order[k] = i
	}
	return order
}()

func (t *Tightest) place() place { return place{kindOrder[t.Kind], t.Index} }

// record counts a verdict on case index of a kind.
func (e *ClaimEvidence) record(v Verdict, c domain.Case, index uint64) {
	at := &Tightest{Kind: c.Kind(), Index: index, margin: v.Margin}
	class := string(c.Kind()) + "/" + c.Class()
	t := e.Classes[class]
	if t == nil {
		t = new(Tally)
		e.Classes[class] = t
	}
	e.Tally.count(v, at)
	t.count(v, at)
	if c.PoolValid() {
		e.PoolValid.count(v, at)
	}
	if v.Outcome == Holds {
		e.countMargin(v.Margin)
	}
	if v.Failure != "" {
		e.Failures[v.Failure]++
	}
	if v.Steps != nil {
		for name, n := range v.Steps.Failures {
			e.Failures[name] += n
		}
	}
}

func (t *Tally) count(v Verdict, at *Tightest) {
	if v.Steps != nil { // the steps before the one that failed, if one did
		t.Holds += v.Steps.Holds
		t.Vacuous += v.Steps.Vacuous
		t.know(v.Steps.Known)
		t.keep(at)
		switch v.Outcome {
		case Violated:
			t.Violated++
		case Undecided:
			t.Undecided++
		}
		return
	}
	switch v.Outcome {
	case Holds:
		t.Holds++
		t.keep(at)
	case Violated:
		t.Violated++
	case Vacuous:
		t.Vacuous++
	case Undecided:
		t.Undecided++
	case Known:
		t.know(map[string]uint64{v.Finding: 1})
	}
}

func (t *Tally) know(more map[string]uint64) {
	if t.Known == nil && len(more) > 0 {
		t.Known = map[string]uint64{}
	}
	for id, n := range more {
		t.Known[id] += n
	}
}

// keep holds on to the tightest margin; of equal ones to that of the first case.
func (t *Tally) keep(at *Tightest) {
	if at == nil || at.margin.kind == NoMargin {
		return
	}
	if t.Tightest == nil || at.margin.Closer(t.Tightest.margin) ||
		!t.Tightest.margin.Closer(at.margin) && at.place().before(t.Tightest.place()) {
		t.Tightest = &Tightest{Margin: at.margin.String(), Tight: at.margin.Tight(), Kind: at.Kind, Index: at.Index, margin: at.margin}
	}
}

func newClaimEvidence(id string) *ClaimEvidence {
	return &ClaimEvidence{ID: id, PoolValid: new(Tally), Classes: map[string]*Tally{}, Failures: map[string]uint64{}}
}

// merge adds what another worker saw of the same claim.
func (e *ClaimEvidence) merge(o *ClaimEvidence) {
	e.Tally.merge(&o.Tally)
	e.PoolValid.merge(o.PoolValid)
	for class, t := range o.Classes {
		if e.Classes[class] == nil {
			e.Classes[class] = new(Tally)
		}
		e.Classes[class].merge(t)
	}
	for name, n := range o.Failures {
		e.Failures[name] += n
	}
	e.mergeMargins(o.Margins)
}

func (t *Tally) merge(o *Tally) {
	t.Holds += o.Holds
	t.Violated += o.Violated
	t.Vacuous += o.Vacuous
	t.Undecided += o.Undecided
	t.know(o.Known)
	t.keep(o.Tightest)
}
