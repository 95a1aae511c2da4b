package properties

import (
	"fmt"
	"io/fs"
	"slices"

	"github.com/trueweight/trueweight/corpus"
	"github.com/trueweight/trueweight/properties/domain"
)

// A WorstCase is a case of the corpus that came closest to breaking a claim, ready to be judged.
type WorstCase struct {
	corpus.Worst
	Property *Property
	Case     domain.Case
	Closest  Margin // what Margin says
}

// WorstCases reads the worst cases of a corpus, corpus.FS or its directory.
func WorstCases(fsys fs.FS) ([]WorstCase, error) {
	files, err := corpus.WorstCases(fsys)
	if err != nil {
		return nil, err
	}
	var list []WorstCase
	for _, file := range files {
		for _, e := range file.Entries {
			w, err := worstCase(e)
			if err != nil {
				return nil, fmt.Errorf("corpus/worst/%s.json: entry %s: %w", file.Family, e.ID, err)
			}
			list = append(list, w)
		}
	}
	return list, nil
}

func worstCase(e corpus.Worst) (w WorstCase, err error) {
	w.Worst = e
	if w.Property, err = ByID(e.Claim); err != nil {
		return w, fmt.Errorf("field \"claim\": %w", err)
	}
	if w.Case, err = domain.UnmarshalJSON(e.Raw); err != nil {
		return w, fmt.Errorf("case: %w", err)
	}
	if !slices.Contains(w.Property.Kinds, w.Case.Kind()) {
		return w, fmt.Errorf("case: %s is not judged on cases of kind %s", e.Claim, w.Case.Kind())
	}
	if class := string(w.Case.Kind()) + "/" + w.Case.Class(); e.Class != PoolValidClass && e.Class != class {
		return w, fmt.Errorf("field \"class\": found %q, the case is of %q", e.Class, class)
	}
	if e.Class == PoolValidClass && !w.Case.PoolValid() {
		return w, fmt.Errorf("field \"class\": found %q, the case is not", e.Class)
	}
	if w.Closest, err = ParseMargin(e.Margin); err != nil {
		return w, fmt.Errorf("field \"margin\": %w", err)
	}
	if w.Closest.Tight() != e.Tight {
		return w, fmt.Errorf("field \"tight\": found %t, a margin of %s says %t", e.Tight, e.Margin, w.Closest.Tight())
	}
	return w, nil
}

// PoolValidClass stands for all classes, in the worst case of those that a real pool could meet.
const PoolValidClass = "pool-valid"
