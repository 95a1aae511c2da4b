package corpus_test

import (
	"fmt"

	"github.com/trueweight/trueweight/corpus"
)

func ExampleVectors() {
	files, err := corpus.Vectors(corpus.FS)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, file := range files {
		if file.Rules == "v2" && file.Function == "mulDown" {
			v := file.Entries[0]
			fmt.Println(v.ID, v.In[0].Int, v.In[1].Int, "→", v.Out[0].Int)
		}
	}
	// Output: v2-mulDown-001 4000000000000000001 2000000000000000000 → 8000000000000000002
}

func ExampleCases() {
	files, err := corpus.Cases(corpus.FS, "incidents")
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, file := range files {
		if file.Name == "pow-zero-exponent" {
			fmt.Printf("%s (%s): %s\n", file.Title, file.Origin, file.Effect)
			fmt.Printf("%s %s: %s\n", file.Entries[0].ID, file.Entries[0].Claims, file.Entries[0].Raw)
		}
	}
	// Output:
	// x⁰ returns 0 in a pow (osmosis commit e61ab781e0): a join priced at nothing
	// pow-zero-exponent-01 [LE-DOM]: {"kind":"pow","base":"1500000000000000000","exponent":"0"}
}
