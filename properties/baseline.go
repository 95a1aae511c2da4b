package properties

import (
	"encoding/gob"
	"fmt"
	"io"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/trueweight/trueweight/corpus"
	"github.com/trueweight/trueweight/properties/domain"
)

// A Baseline is what the claims ask a sound subject on the kept cases, on the first drawn cases of each kind and on the
// vectors, and what it answers. Against it broken copies of the subject are judged quickly: see Notice. A copy must remember
// nothing between questions, as every operation is a function (FP-PURE).
type Baseline struct {
	seed, drawn uint64
	search      uint64              // cases of each kind on which answers are kept
	answers     map[string][]uint32 // digests, by kind and claim, of the cases beyond the drawn ones
	probed      bool
	traces      []*trace // kept cases, drawn cases by index, vectors
	kept        []Kept
	files       map[string][]vector // vectors that were read again, by file
}

// A trace is all that claims ask on one case.
type trace struct {
	Kind  domain.Kind
	Index uint64 // among the drawn cases, the kept ones, or the vectors of File
	Kept  bool
	File  string // of a vector: rules and function

	Questions []*question
	Claims    []heard
	Reaches   []uint16 // by any question
}

// heard are a claim's questions.
type heard struct {
	Claim     string
	Questions []uint16 // places in the trace
}

// A Probe tells which functions run.
type Probe interface {
	// Forget starts over.
	Forget()
	// Reached returns the numbers of the functions that ran since, in order.
	Reached() []uint16
}

// NewBaseline judges every claim on the kept cases and on the given number of drawn cases of each kind, and listens. Of more
// cases, up to search, it keeps what each operation answers. It fails when a claim does not hold of the subject: a broken
// subject is no baseline.
func NewBaseline(s *Subject, seed, cases, search uint64, workers int, probe Probe) (*Baseline, error) {
	b := &Baseline{seed: seed, drawn: cases, search: search}
	if err := b.plan(s); err != nil {
		return nil, err
	}
	faults := make([]error, len(b.traces))
	var wg sync.WaitGroup
	for w := range max(1, workers) {
		wg.Go(func() {
			j := NewJudge(Enclosures)
			for i := w; i < len(b.traces); i += max(1, workers) {
				faults[i] = b.listen(j, s, b.traces[i])
			}
		})
	}
	wg.Wait()
	b.probed = probe != nil
	for _, err := range faults {
		if err != nil {
			return nil, err
		}
	}
	b.answerBeyond(s, workers)
	return b, b.probe(s, probe)
}

// answerBeyond keeps the answers to what a search will ask.
func (b *Baseline) answerBeyond(s *Subject, workers int) {
	b.answers = map[string][]uint32{}
	type ask struct {
		p       *Property
		kind    domain.Kind
		answers []uint32
	}
	var asks []ask
	for _, k := range domain.Kinds() {
		for _, p := range bx {
			if n := b.searched(k); p.AppliesTo(s) && slices.Contains(p.Kinds, k) && n > b.drawn {
				a := ask{p, k, make([]uint32, n-b.drawn)}
				asks = append(asks, a)
				b.answers[string(k)+" "+p.ID] = a.answers
			}
		}
	}
	var next atomic.Int64
	var wg sync.WaitGroup
	for range max(1, workers) {
		wg.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(asks)); i = next.Add(1) - 1 {
				for n := range asks[i].answers {
					asks[i].answers[n] = askedBy(asks[i].p, s, domain.At(b.seed, asks[i].kind, b.drawn+uint64(n)))
				}
			}
		})
	}
	wg.Wait()
}

// searched is how many cases of a kind a search goes through. A script is many questions in one.
func (b *Baseline) searched(k domain.Kind) uint64 {
	if k == domain.KindSequence {
		return b.search / 8
	}
	return b.search
}

// plan lists the cases.
func (b *Baseline) plan(s *Subject) (err error) {
	if b.kept, err = KeptCases(); err != nil {
		return err
	}
	for i := range b.kept {
		b.traces = append(b.traces, &trace{Kind: b.kept[i].Case.Kind(), Index: uint64(i), Kept: true})
	}
	for i := range b.drawn {
		for _, k := range domain.Kinds() {
			b.traces = append(b.traces, &trace{Kind: k, Index: i})
		}
	}
	files, err := corpus.Vectors(corpus.FS)
	if err != nil {
		return err
	}
	b.files = map[string][]vector{}
	for _, f := range files {
		list, err := vectorsOf(f)
		if err != nil {
			return err
		}
		name := f.Rules + " " + f.Function
		b.files[name] = list
		for i := range list {
			if list[i].asked(s) {
				b.traces = append(b.traces, &trace{Kind: list[i].c.Kind(), Index: uint64(i), File: name})
			}
		}
	}
	return nil
}

// listen judges the claims of a trace and fills in what they ask.
func (b *Baseline) listen(j *Judge, s *Subject, t *trace) error {
	var l listener
	ear := l.listen(s)
	places := map[uint64]uint16{}
	for _, p := range b.claims(s, t) {
		if fault := b.judge(j, p, ear, t); fault != "" {
			return fmt.Errorf("%s does not hold of %s on %s: %s; only a sound subject is a baseline", p.ID, s.Name, b.name(t), fault)
		}
		h := heard{Claim: p.ID}
		for _, q := range l.take() {
			place, known := places[q.key()]
			if !known {
				place = uint16(len(t.Questions))
				places[q.key()] = place
				t.Questions = append(t.Questions, q)
			}
			if !slices.Contains(h.Questions, place) {
				h.Questions = append(h.Questions, place)
			}
		}
		if h.Questions != nil {
			t.Claims = append(t.Claims, h)
		}
	}
	return nil
}

// claims are those judged on a trace.
func (b *Baseline) claims(s *Subject, t *trace) []*Property {
	if t.File != "" {
		return []*Property{bxVec}
	}
	return slices.DeleteFunc(All(), func(p *Property) bool { return !p.AppliesTo(s) || !slices.Contains(p.Kinds, t.Kind) })
}

// judge returns why a claim fails on a trace's case, and "" if it does not.
func (b *Baseline) judge(j *Judge, p *Property, s *Subject, t *trace) (fault string) {
	defer func() {
		if r := recover(); r != nil {
			fault = fmt.Sprintf("the judge fails: %v", r)
		}
	}()
	if t.File != "" {
		return b.vectors(t.File)[t.Index].faultOf(s)
	}
	v := j.Decide(p, s, b.caseOf(t))
	switch {
	case v.Outcome == Violated || v.Outcome == Undecided:
		return v.Outcome.String() + ": " + v.Part
	case t.Kept && slices.Contains(b.kept[t.Index].Claims, p.ID) && expectation(v) != b.kept[t.Index].Expect:
		return expectation(v) + ", expected " + b.kept[t.Index].Expect
	}
	return ""
}

// faultOf returns why a subject's answer is not the measured one, and "" if it is.
func (v *vector) faultOf(s *Subject) (fault string) {
	defer func() {
		if r := recover(); r != nil {
			fault = fmt.Sprintf("no call panics: %v", r)
		}
	}()
	if verdict := v.op.compare(v.op.ask(s, domain.Clone(v.c)), v.want, v.rules, s.Profile.Failures); verdict.Outcome != Holds {
		return verdict.Part
	}
	return ""
}

func (b *Baseline) caseOf(t *trace) domain.Case {
	if t.Kept {
		return b.kept[t.Index].Case
	}
	return domain.At(b.seed, t.Kind, t.Index)
}

// name tells a person which case a trace is of.
func (b *Baseline) name(t *trace) string {
	switch {
	case t.File != "":
		return fmt.Sprintf("vector %d of %s", t.Index, t.File)
	case t.Kept:
		return "kept case " + b.kept[t.Index].ID
	default:
		return fmt.Sprintf("%s %d", t.Kind, t.Index)
	}
}

// vectors are the vectors of a file, read when first needed.
func (b *Baseline) vectors(name string) []vector {
	if b.files[name] == nil {
		file, err := corpus.VectorsOf(corpus.FS, name)
		if err != nil {
			panic(harnessFault(err.Error()))
		}
		list, err := vectorsOf(file)
		if err != nil {
			panic(harnessFault(err.Error()))
		}
		b.files[name] = list
	}
	return b.files[name]
}

// probe asks every question again for the functions that it reaches, and checks that the answer is the same.
func (b *Baseline) probe(s *Subject, probe Probe) error {
	for _, t := range b.traces {
		for _, q := range t.Questions {
			if probe != nil {
				probe.Forget()
			}
			if !q.answeredBy(s) {
				return fmt.Errorf("%s answers a question of %s otherwise when it is asked again: it remembers", s.Name, b.name(t))
			}
			if probe != nil {
				q.Reaches = probe.Reached()
				t.Reaches = union(t.Reaches, q.Reaches)
			}
		}
	}
	return nil
}

// union returns what is in one of two ordered sets.
func union(a, b []uint16) []uint16 {
	list := slices.Concat(a, b)
	slices.Sort(list)
	return slices.Compact(list)
}

// stored is a baseline as it is written.
type stored struct {
	Seed, Drawn, Search uint64
	Answers             map[string][]uint32
	Probed              bool
	Traces              []*trace
}

func init() {
	gob.Register(num{})
	gob.Register([]num{})
}

// Write keeps a baseline for other processes of the same program.
func (b *Baseline) Write(w io.Writer) error {
	return gob.NewEncoder(w).Encode(stored{b.seed, b.drawn, b.search, b.answers, b.probed, b.traces})
}

// ReadBaseline reads what Write wrote.
func ReadBaseline(r io.Reader) (*Baseline, error) {
	var s stored
	if err := gob.NewDecoder(r).Decode(&s); err != nil {
		return nil, fmt.Errorf("not a baseline of this program: %w", err)
	}
	kept, err := KeptCases()
	return &Baseline{seed: s.Seed, drawn: s.Drawn, search: s.Search, answers: s.Answers, probed: s.Probed, traces: s.Traces, kept: kept, files: map[string][]vector{}}, err
}
