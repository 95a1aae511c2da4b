package properties

import (
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/trueweight/trueweight/corpus"
)

// Every worst case is judged again, by both arithmetics. A margin that has changed means that the code, the claim or the judge has:
// it is a regression, or a reason to hunt again.
func TestWorstCasesKeepTheirMargins(t *testing.T) {
	worst, err := WorstCases(corpus.FS)
	if err != nil {
		t.Fatal(err)
	}
	if len(worst) == 0 {
		t.Fatal("no worst cases")
	}
	queue := make(chan WorstCase)
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for w := range queue {
				replies, alarms := ReplayCase(Impl(), []*Property{w.Property}, w.Case, Enclosures, false)
				if v := replies[0].Verdict; v.Outcome != Holds || v.Margin.String() != w.Margin {
					t.Errorf("%s: %v with a margin of %s, want it to hold with %s", w.ID, v.Outcome, v.Margin, w.Margin)
				}
				for _, a := range alarms {
					t.Errorf("%s: harness: %s", w.ID, a)
				}
			}
		})
	}
	for _, w := range worst {
		queue <- w
	}
	close(queue)
	wg.Wait()
}

func TestABrokenWorstCaseIsRefused(t *testing.T) {
	const good = `{"schema":"trueweight-worst-1","family":"SW","title":"t","notes":[],"count":1,"entries":[
{"id":"SW-OUT-swap-in-dust","claim":"SW-OUT","class":"swap-in/dust","margin":"1 wei","tight":false,"origin":{"seed":1,"shards":1,"cases":1,"generation":0,"island":0,"step":0},"case":{"kind":"swap-in","class":"dust","amount":"1"}}]}`
	read := func(text string) error {
		_, err := WorstCases(fstest.MapFS{"worst/SW.json": {Data: []byte(text)}})
		return err
	}
	if err := read(good); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ old, new, want string }{
		{`"tight":false`, `"tight":true`, `field "tight": found true, a margin of 1 wei says false`},
		{`SW-OUT`, `SW-NONE`, `no claim has the ID "SW-NONE"`},
		{`"kind":"swap-in"`, `"kind":"pow"`, `kind "pow" has no class "dust"`},
		{`"kind":"swap-in"`, `"kind":"swap-out"`, `SW-OUT is not judged on cases of kind swap-out`},
		{`"class":"dust"`, `"class":"large"`, `found "swap-in/dust", the case is of "swap-in/large"`},
	} {
		if err := read(strings.ReplaceAll(good, c.old, c.new)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", c.new, err, c.want)
		}
	}
	if err := read(strings.NewReplacer("swap-in/dust", PoolValidClass, "swap-in-dust", PoolValidClass).Replace(good)); err == nil || !strings.Contains(err.Error(), `found "pool-valid", the case is not`) {
		t.Errorf("a case that no pool meets is called pool-valid: %v", err)
	}
}
