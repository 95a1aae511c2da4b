package mutate

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

// Write writes the rewritten files below dir, which it makes if need be, and returns the overlay that puts them in the
// place of the originals:
//
//	go build -overlay=<overlay> -o mutants ./properties/cmd/trueweight
//	TRUEWEIGHT_MUTANT=17 ./mutants verify
//
// With go test it takes -vet=off: go vet suspects mutants, rightly. The overlay is written last: it never names a
// file that is not whole.
func (s *Set) Write(dir string) (overlay string, err error) {
	dir, err = filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	replace := map[string]string{}
	for i, f := range s.files {
		name := filepath.Join(dir, fmt.Sprintf("%03d", i+1), filepath.Base(f.path))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return "", err
		}
		if err := os.WriteFile(name, f.text, 0o644); err != nil {
			return "", err
		}
		replace[f.path] = name
	}
	text, err := json.MarshalIndent(map[string]any{"Replace": replace}, "", "\t")
	if err != nil {
		return "", err
	}
	overlay = filepath.Join(dir, "overlay.json")
	return overlay, os.WriteFile(overlay, append(text, '\n'), 0o644)
}
