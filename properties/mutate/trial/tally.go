package trial

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/trueweight/trueweight/properties"
	"github.com/trueweight/trueweight/properties/report"
)

// A Result is what became of the mutants of one target.
type Result struct {
	Target     string
	Columns    []string // who can notice, in order
	Oracles    bool     // the columns are families of claims, which compare with different oracles
	Mutants    []Mutant // all that were judged
	Answers    map[string]*Answer
	Equivalent map[string]string // reasons, by key
	NotBuilt   uint64
	Of         uint64 // how many mutants there are, where only a sample of them is judged; else 0
}

// Survivors are the mutants that nobody noticed and nobody has listed.
func (r *Result) Survivors() []*Mutant {
	return r.those(func(m *Mutant) bool { return !r.Answers[m.Key].Killed() && r.Equivalent[m.Key] == "" })
}

// Refuted are the mutants that are listed as equivalent and were noticed.
func (r *Result) Refuted() []*Mutant {
	return r.those(func(m *Mutant) bool { return r.Answers[m.Key].Killed() && r.Equivalent[m.Key] != "" })
}

func (r *Result) those(fit func(*Mutant) bool) (list []*Mutant) {
	for i := range r.Mutants {
		if fit(&r.Mutants[i]) {
			list = append(list, &r.Mutants[i])
		}
	}
	return list
}

// Tests is the column of the tests that the code under verification has of its own.
const Tests = report.OwnTests

// oracleOf says what the claims of a family compare with.
func oracleOf(family string) string {
	switch family {
	case "BX":
		return "specification"
	case "BX-VEC":
		return "contracts"
	case Tests:
		return Tests
	}
	return "mathematics"
}

// claims says of every claim how many mutants it was the first of its family to notice, and of how many of them no other claim does.
func (r *Result) claims() (list []report.ClaimKills) {
	by := map[string]*report.ClaimKills{}
	for _, p := range properties.All() {
		by[p.ID] = &report.ClaimKills{ID: p.ID, With: map[string]uint64{}}
	}
	for i := range r.Mutants {
		a := r.Answers[r.Mutants[i].Key]
		for family, first := range a.By {
			c := by[first.Claim]
			if c == nil { // a test
				continue
			}
			c.First++
			others, mathematics := a.others(family)
			if len(others) == 0 {
				c.Alone++
			}
			if properties.ByMathematics(family) && !mathematics {
				c.AloneInMathematics++
			}
			for _, other := range others {
				c.With[other]++
			}
		}
	}
	for _, id := range slices.Sorted(maps.Keys(by)) {
		list = append(list, *by[id])
	}
	return list
}

// others are the claims that noticed besides the first of a family, and whether one of them compares with mathematics.
func (a *Answer) others(family string) (list []string, mathematics bool) {
	for f, by := range a.By {
		claim := by.Claim
		if f == family {
			claim = by.Also
		}
		if claim == "" || f == Tests {
			continue
		}
		list = append(list, claim)
		mathematics = mathematics || properties.ByMathematics(f)
	}
	return list, mathematics
}

// count adds a mutant to the score of an oracle.
func count(oracles map[string]report.OracleKills, name string, killed, equivalent bool) {
	o := oracles[name]
	if !equivalent || killed {
		o.Of++
	}
	if killed {
		o.Killed++
	}
	oracles[name] = o
}

// namesOfFailures is the package of which mathematics can say nothing: a failure has no value.
const namesOfFailures = "impl/revert"

// Record sums a result up as recorded evidence.
func (r *Result) Record() report.MutationTarget {
	t := report.MutationTarget{Name: r.Target, Mutants: uint64(len(r.Mutants)) + r.NotBuilt, NotBuilt: r.NotBuilt, Of: r.Of,
		Families: map[string]report.FamilyKills{}, Oracles: map[string]report.OracleKills{}}
	rows := map[[2]string]*report.MutationRow{}
	for i := range r.Mutants {
		m := &r.Mutants[i]
		a := r.Answers[m.Key]
		row := rows[[2]string{m.Group, m.Operator}]
		if row == nil {
			row = &report.MutationRow{Group: m.Group, Operator: m.Operator, KilledBy: map[string]uint64{}}
			rows[[2]string{m.Group, m.Operator}] = row
		}
		row.Mutants++
		reason, equivalent := r.Equivalent[m.Key]
		switch {
		case a.Killed():
			t.Killed++
		case equivalent:
			t.Equivalent++
			t.Survivors = append(t.Survivors, report.Survivor{Key: m.Key, Reason: reason})
		default:
			t.Survived++
			t.Survivors = append(t.Survivors, report.Survivor{Key: m.Key, Reason: r.why(a)})
		}
		oracles := map[string]bool{}
		for _, column := range r.Columns {
			f := t.Families[column]
			if a.Asked[column] > 0 || a.noticedBy(column) {
				f.Asked++
			}
			if a.noticedBy(column) {
				f.Killed++
				row.KilledBy[column]++
				oracles[oracleOf(column)] = true
			}
			t.Families[column] = f
		}
		if r.Oracles {
			for _, name := range []string{"mathematics", "specification", "contracts"} {
				count(t.Oracles, name, oracles[name], equivalent && !a.Killed())
			}
			if m.Group != namesOfFailures {
				count(t.Oracles, report.OfTheAlgorithm, oracles["mathematics"], equivalent && !a.Killed())
			}
		}
	}
	if r.Oracles {
		t.Claims = r.claims()
	}
	for _, key := range slices.SortedFunc(maps.Keys(rows), func(a, b [2]string) int { return slices.Compare(a[:], b[:]) }) {
		t.Matrix = append(t.Matrix, *rows[key])
	}
	slices.SortFunc(t.Survivors, func(a, b report.Survivor) int { return cmp.Compare(a.Key, b.Key) })
	return t
}

func (r *Result) why(a *Answer) string {
	if !a.Reached {
		return "nothing runs the changed code"
	}
	var n uint64
	for _, asked := range a.Asked {
		n += asked
	}
	return fmt.Sprintf("nobody noticed in %d cases that run the changed code", n)
}

// Print writes the kill matrix by package and by operator, the scores, and what is left.
func (r *Result) Print(w io.Writer) {
	t := r.Record()
	fmt.Fprintf(w, "%s: %d mutants: %d killed, %d equivalent, %d survived", r.Target, t.Mutants, t.Killed, t.Equivalent, t.Survived)
	if t.NotBuilt > 0 {
		fmt.Fprintf(w, ", %d not built", t.NotBuilt)
	}
	if t.Of > 0 {
		fmt.Fprintf(w, "; a sample of %d", t.Of)
	}
	fmt.Fprintln(w)
	r.matrix(w, "package", func(m *Mutant) string { return m.Group })
	r.matrix(w, "operator", func(m *Mutant) string { return m.Operator })
	for _, name := range []string{"mathematics", "specification", "contracts"} {
		if o, ok := t.Oracles[name]; ok {
			fmt.Fprintf(w, "by %s alone: %s\n", name, share(o.Killed, o.Of))
		}
	}
	if o, ok := t.Oracles[report.OfTheAlgorithm]; ok {
		fmt.Fprintf(w, "by mathematics alone, but for %s: %s\n", namesOfFailures, share(o.Killed, o.Of))
	}
	var alone []string
	for _, c := range t.Claims {
		if c.Alone > 0 {
			alone = append(alone, fmt.Sprintf("%s %d", c.ID, c.Alone))
		}
	}
	if alone != nil {
		fmt.Fprintf(w, "noticed by one claim and no other: %s\n", strings.Join(alone, ", "))
	}
	for _, m := range r.Refuted() {
		fmt.Fprintf(w, "listed as equivalent, but noticed: %s\n  %s\n  %s\n", m.Key, m.Place, r.Answers[m.Key].tell())
	}
	for _, m := range r.Survivors() {
		fmt.Fprintf(w, "survived: %s\n  %s: %s\n  %s\n", m.Key, m.Place, m.Change, r.why(r.Answers[m.Key]))
	}
}

// matrix prints for each group of mutants how many each column killed of those it was asked about.
func (r *Result) matrix(w io.Writer, title string, group func(*Mutant) string) {
	type cell struct{ killed, asked int }
	rows := map[string]map[string]*cell{}
	add := func(row, column string, asked, killed bool) {
		if rows[row] == nil {
			rows[row] = map[string]*cell{}
		}
		c := rows[row][column]
		if c == nil {
			c = new(cell)
			rows[row][column] = c
		}
		if asked {
			c.asked++
		}
		if killed {
			c.killed++
		}
	}
	for i := range r.Mutants {
		m := &r.Mutants[i]
		a := r.Answers[m.Key]
		for _, row := range []string{group(m), "all"} {
			add(row, "", r.Equivalent[m.Key] == "" || a.Killed(), a.Killed())
			for _, column := range r.Columns {
				add(row, column, a.Asked[column] > 0 || a.noticedBy(column), a.noticedBy(column))
			}
		}
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(t, "%s\tkilled\t%s\t\n", title, strings.Join(r.Columns, "\t"))
	names := slices.Sorted(maps.Keys(rows))
	slices.SortStableFunc(names, func(a, b string) int { return compareBool(a == "all", b == "all") })
	for _, name := range names {
		fmt.Fprintf(t, "%s\t%d/%d", name, rows[name][""].killed, rows[name][""].asked)
		for _, column := range r.Columns {
			c := rows[name][column]
			if c.asked == 0 {
				fmt.Fprint(t, "\t·")
				continue
			}
			fmt.Fprintf(t, "\t%d/%d", c.killed, c.asked)
		}
		fmt.Fprintln(t, "\t")
	}
	t.Flush()
	fmt.Fprintln(w)
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// tell says in one line who noticed a mutant.
func (a *Answer) tell() string {
	if a.Ended != "" {
		return strings.TrimSpace(fmt.Sprintf("%s: %s", a.Ended, a.Doing))
	}
	for _, column := range slices.Sorted(maps.Keys(a.By)) {
		by := a.By[column]
		return fmt.Sprintf("%s on %s: %s", by.Claim, by.Case, by.Part)
	}
	return "nobody noticed"
}

// share writes k of n, in per cent to one decimal.
func share(k, n uint64) string {
	if n == 0 {
		return "0 of 0"
	}
	return fmt.Sprintf("%d of %d (%d.%d %%)", k, n, k*100/n, k*1000/n%10)
}
