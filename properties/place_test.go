package properties

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestEveryClaimHasAPlaceInItsSource: where a claim is said to be, a function begins.
func TestEveryClaimHasAPlaceInItsSource(t *testing.T) {
	for _, p := range All() {
		file, line := p.Place()
		source, err := os.ReadFile(filepath.Join("..", filepath.FromSlash(file)))
		if err != nil {
			t.Errorf("%s: %v", p.ID, err)
			continue
		}
		lines := strings.Split(string(source), "\n")
		if line < 1 || line > len(lines) || !strings.Contains(lines[line-1], "func") {
			t.Errorf("%s: no function begins at %s:%d", p.ID, file, line)
		}
	}
}
