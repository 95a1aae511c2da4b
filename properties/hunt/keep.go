package hunt

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/trueweight/trueweight/corpus"
	"github.com/trueweight/trueweight/properties"
	"github.com/trueweight/trueweight/properties/domain"
)

// Tighten returns the files of worst cases, by family, after a hunt: for each claim and class the closer of what the corpus holds and
// what was found, and of equals the corpus's. Families for which nothing was found have no file. fresh is the number of entries that are new.
func (r *Record) Tighten(fsys fs.FS) (files map[string][]byte, fresh int, err error) {
	kept, err := properties.WorstCases(fsys)
	if err != nil {
		return nil, 0, err
	}
	entries := map[string]properties.WorstCase{}
	for _, w := range kept {
		entries[w.ID] = w
	}
	touched := map[string]bool{}
	for _, found := range r.Found() {
		for _, w := range found.Worst {
			id := corpus.WorstID(w.Claim.ID, w.Class)
			if old, ok := entries[id]; ok && !w.Margin.Closer(old.Closest) {
				continue
			}
			fresh++
			touched[w.Claim.Family()] = true
			entries[id] = properties.WorstCase{Property: w.Claim, Case: w.Case, Closest: w.Margin, Worst: corpus.Worst{
				ID: id, Claim: w.Claim.ID, Class: w.Class, Margin: w.Margin.String(), Tight: w.Margin.Tight(), Raw: domain.MarshalJSON(w.Case),
				Origin: corpus.HuntOrigin{Seed: r.Seed, Shards: uint64(r.Shards), Cases: found.Tally.Judged(), Generation: w.Generation, Island: uint64(w.Island), Step: w.Step},
			}}
		}
	}
	files = map[string][]byte{}
	for family := range touched {
		files[family] = worstFile(family, entries)
	}
	return files, fresh, nil
}

// worstFile writes the entries of a family, one a line, by claim and class.
func worstFile(family string, entries map[string]properties.WorstCase) []byte {
	var lines []string
	for _, p := range properties.All() {
		var ids []string
		for id, w := range entries {
			if w.Property == p && p.Family() == family {
				ids = append(ids, id)
			}
		}
		slices.Sort(ids)
		for _, id := range ids {
			lines = append(lines, worstLine(entries[id].Worst))
		}
	}
	return fmt.Appendf(nil, `{
 "schema": "trueweight-worst-1",
 "family": %q,
 "title": "The cases that came closest to breaking the claims of %s",
 "notes": [
  "found by trueweight hunt; margins are those of impl, and a later hunt replaces a case only by a closer one",
  "a class is that of the case from which a hunt set out; what it came to may look otherwise"
 ],
 "count": %d,
 "entries": [
  %s
 ]
}
`, family, family, len(lines), strings.Join(lines, ",\n  "))
}

func worstLine(w corpus.Worst) string {
	line, err := json.Marshal(struct {
		ID     string            `json:"id"`
		Claim  string            `json:"claim"`
		Class  string            `json:"class"`
		Margin string            `json:"margin"`
		Tight  bool              `json:"tight"`
		Origin corpus.HuntOrigin `json:"origin"`
		Case   json.RawMessage   `json:"case"`
	}{w.ID, w.Claim, w.Class, w.Margin, w.Tight, w.Origin, w.Raw})
	if err != nil {
		panic(err) // strings, numbers and JSON that was read or written before
	}
	return string(line)
}
