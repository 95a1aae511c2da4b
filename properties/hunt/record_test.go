package hunt

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/trueweight/trueweight/corpus"
	"github.com/trueweight/trueweight/properties"
	"github.com/trueweight/trueweight/properties/domain"
	"github.com/trueweight/trueweight/properties/report"
	"pgregory.net/rapid"
)

// shards runs the shards of a hunt, and one of them once more for longer.
func shards(t *testing.T) (list []*Record) {
	t.Helper()
	h := Hunt{Claims: claims(t, "SC-DUST", "WT-NORM"), Seed: 2, Cases: 1500, Shards: 4}
	for h.Shard = range h.Shards {
		list = append(list, hunted(t, h))
	}
	h.Shard, h.Cases = 1, 3000
	list = append(list, hunted(t, h))
	h.Claims = claims(t, "JE-JSX") // and one of another claim
	return append(list, hunted(t, h))
}

func merged(t interface{ Fatal(...any) }, a, b *Record) *Record {
	r, err := Merge(a, b)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// However the outputs of a fleet are put together, in whatever order and how often, the same bytes come out.
func TestMergingIsAssociativeCommutativeAndIdempotent(t *testing.T) {
	list := shards(t)
	all := list[0]
	for _, r := range list[1:] {
		all = merged(t, all, r)
	}
	want := written(t, all)
	rapid.Check(t, func(t *rapid.T) {
		bytesOf := func(r *Record) string {
			data, err := r.Marshal()
			if err != nil {
				t.Fatal(err)
			}
			return string(data)
		}
		draw := func(name string) *Record { return list[rapid.IntRange(0, len(list)-1).Draw(t, name)] }
		a, b, c := draw("a"), draw("b"), draw("c")
		if bytesOf(merged(t, a, a)) != bytesOf(a) {
			t.Error("a record and itself are not that record")
		}
		if bytesOf(merged(t, a, b)) != bytesOf(merged(t, b, a)) {
			t.Error("the order of two changes what they make")
		}
		if bytesOf(merged(t, merged(t, a, b), c)) != bytesOf(merged(t, a, merged(t, b, c))) {
			t.Error("the grouping of three changes what they make")
		}
		some := a
		for _, r := range rapid.Permutation(list).Draw(t, "order") {
			some = merged(t, some, r)
		}
		if bytesOf(some) != string(want) {
			t.Error("another order of all makes something else")
		}
	})
}

// A merged record knows the closest of all, and of a shard that was gone on with the later state.
func TestAMergedRecordKnowsTheClosestOfAll(t *testing.T) {
	list := shards(t)
	all := list[0]
	for _, r := range list[1:] {
		all = merged(t, all, r)
	}
	for _, c := range all.claims {
		if n := len(c.islands); c.p.ID != "JE-JSX" && n != Islands {
			t.Fatalf("%d islands of %s, want all %d", n, c.p.ID, Islands)
		}
	}
	closest := map[string]properties.Margin{}
	for _, r := range list {
		for _, f := range r.Found() {
			if w, _ := f.Tightest(); w.Margin.Closer(closest[f.Claim.ID]) {
				closest[f.Claim.ID] = w.Margin
			}
		}
	}
	for _, f := range all.Found() {
		if w, _ := f.Tightest(); w.Margin.String() != closest[f.Claim.ID].String() {
			t.Errorf("%s: %s, want %s", f.Claim.ID, w.Margin, closest[f.Claim.ID])
		}
	}
	of := func(r *Record, id string) Tally {
		return r.Found()[slices.IndexFunc(r.Found(), func(f Found) bool { return f.Claim.ID == id })].Tally
	}
	var sum Tally
	for _, i := range []int{0, 2, 3, 4} { // 4 is 1 gone on with
		sum.add(of(list[i], "WT-NORM"))
	}
	if got := of(all, "WT-NORM"); got != sum {
		t.Errorf("%+v, want %+v", got, sum)
	}
}

func TestARecordReadsBackAsWritten(t *testing.T) {
	for _, r := range shards(t) {
		data := written(t, r)
		back, err := Read(data)
		if err != nil {
			t.Fatal(err)
		}
		if again := written(t, back); !bytes.Equal(again, data) {
			t.Errorf("%.300s\nreads back as\n%.300s", data, again)
		}
	}
}

func TestABrokenRecordIsRefused(t *testing.T) {
	data := string(written(t, hunted(t, Hunt{Claims: claims(t, "WT-NORM"), Seed: 1, Cases: 1000})))
	for _, c := range []struct{ name, text, want string }{
		{"nothing", "", "the file ends too early"},
		{"half", data[:len(data)/2], "the file ends too early"},
		{"a digit changed", strings.Replace(data, `"holds":1`, `"holds":2`, 1), "was changed since it was written"},
		{"another file", `{"schema":"trueweight-worst-1","sha256":"","hunt":{}}`, `found the schema "trueweight-worst-1"`},
		{"not JSON", "hunt", "invalid character"},
		{"more", data + "{}", "something follows its end"},
		{"an unknown field", strings.Replace(data, `"schema"`, `"scheme"`, 1), "unknown field"},
	} {
		if c.text == data {
			t.Fatalf("%s: nothing is broken", c.name)
		}
		if _, err := Read([]byte(c.text)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
	}
}

// A hunt goes on from its own state only, and merges with its own shards.
func TestARecordOfAnotherHuntIsRefused(t *testing.T) {
	mine := Hunt{Subject: properties.Impl(), Claims: claims(t, "WT-NORM"), Seed: 1, Cases: 1000, Shards: 2, Code: "a"}
	for _, c := range []struct {
		want  string
		other func(*Hunt)
	}{
		{"it is under seed 1, not 2", func(h *Hunt) { h.Seed = 2 }},
		{"it is in 2 shards, not 3", func(h *Hunt) { h.Shards = 3 }},
		{"it is not of shard 1/2", func(h *Hunt) { h.Shard = 1 }},
		{"it was made by other code", func(h *Hunt) { h.Code = "b" }},
		{"it is a hunt for [WT-NORM], not for [SC-DUST]", func(h *Hunt) { h.Claims = claims(t, "SC-DUST") }},
		{"it is a hunt of impl, not of", func(h *Hunt) { h.Subject = properties.Planted()[0].Into(h.Subject) }},
		{"there is no shard 2/2", func(h *Hunt) { h.Shard = 2 }},
		{"there is no shard 0/65", func(h *Hunt) { h.Shards = 65 }},
	} {
		h := mine
		c.other(&h)
		if err := h.Run(context.Background(), mine.Start()); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v, want %s", err, c.want)
		}
	}
	other := mine
	other.Seed = 2
	if _, err := Merge(mine.Start(), other.Start()); err == nil || !strings.Contains(err.Error(), "it is under seed 2, not 1") {
		t.Errorf("merged: %v", err)
	}
}

// Of what is kept, only closer cases replace others.
func TestLaterHuntsOnlyTighten(t *testing.T) {
	empty := fstest.MapFS{"worst/SC.json": {Data: worstFile("SC", nil)}}
	r := hunted(t, Hunt{Claims: claims(t, "WT-NORM"), Seed: 1, Cases: 2000})
	files, fresh, err := r.Tighten(empty)
	if err != nil || len(files) != 1 || fresh != len(r.Found()[0].Worst) {
		t.Fatalf("%d files, %d new entries of %d, %v", len(files), fresh, len(r.Found()[0].Worst), err)
	}
	kept := fstest.MapFS{"worst/WT.json": {Data: files["WT"]}}
	if files, fresh, err := r.Tighten(kept); err != nil || len(files) > 0 || fresh > 0 {
		t.Errorf("the same hunt again: %d files, %d new entries, %v", len(files), fresh, err)
	}
	worse := hunted(t, Hunt{Claims: claims(t, "WT-NORM"), Seed: 1, Cases: 20_000})
	files, fresh, err = worse.Tighten(kept)
	if err != nil || fresh == 0 {
		t.Fatalf("ten times as many cases: %d new entries, %v", fresh, err)
	}
	before, err := properties.WorstCases(kept)
	if err != nil {
		t.Fatal(err)
	}
	after, err := properties.WorstCases(fstest.MapFS{"worst/WT.json": {Data: files["WT"]}})
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range before {
		i := slices.IndexFunc(after, func(x properties.WorstCase) bool { return x.ID == w.ID })
		if i < 0 || w.Closest.Closer(after[i].Closest) || !w.Closest.Closer(after[i].Closest) && !after[i].Closest.Closer(w.Closest) && !domain.Equal(w.Case, after[i].Case) {
			t.Errorf("%s with a margin of %s is replaced", w.ID, w.Margin)
		}
	}
}

func TestTheWorstCasesAreInTheirCanonicalForm(t *testing.T) {
	worst, err := properties.WorstCases(corpus.FS)
	if err != nil {
		t.Fatal(err)
	}
	entries := map[string]properties.WorstCase{}
	for _, w := range worst {
		entries[w.ID] = w
	}
	files, err := corpus.WorstCases(corpus.FS)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		data, err := corpus.FS.ReadFile("worst/" + f.Family + ".json")
		if err != nil {
			t.Fatal(err)
		}
		if want := worstFile(f.Family, entries); !bytes.Equal(data, want) {
			t.Errorf("worst/%s.json is not as a hunt writes it", f.Family)
		}
	}
}

func TestEvidenceOfOtherCodeIsNotTakenOver(t *testing.T) {
	header := &report.Hunt{Sources: map[string]string{"impl": "1"}, Go: "go", Processor: "p"}
	gate := &properties.Evidence{Claims: []*properties.ClaimEvidence{{ID: "WT-NORM", Tally: properties.Tally{Tightest: &properties.Tightest{Margin: "0.500000000"}}}}}
	first := hunted(t, Hunt{Claims: claims(t, "SC-DUST"), Seed: 1, Cases: 1000}).Evidence(header, nil, gate)
	second := hunted(t, Hunt{Claims: claims(t, "WT-NORM"), Seed: 1, Cases: 1000})
	if e := second.Evidence(header, first, gate); len(e.Claims) != 2 || e.Claims[0] != first.Claims[0] || e.Claims[1].Random != "0.500000000" || e.Claims[1].Hunted == "" || e.Claims[1].Cases < 500 {
		t.Errorf("on the same code: %+v", e)
	}
	other := *header
	other.Sources = map[string]string{"impl": "2"}
	if e := second.Evidence(&other, first, gate); len(e.Claims) != 1 || !slices.Contains(e.NotHunted, "SW-INV") {
		t.Errorf("on other code: %+v", e)
	}
}
