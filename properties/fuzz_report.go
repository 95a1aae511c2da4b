package properties

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// FuzzReports names the environment variable that makes Fuzz report to who runs it: a directory in which every
// process that fuzzes writes its closest call. A failing input is then not shrunk at once: Go's fuzzer calls a process hung
// that takes 10 s over an input, and runs a failing one many times. It is shrunk when the input is run again without.
const FuzzReports = "TRUEWEIGHT_FUZZ_REPORTS"

// A fuzzReport is one process's closest call: the ratio that came closest to breaking a claim.
type fuzzReport struct {
	file    string // "" reports to nobody
	nearest Margin
}

func newFuzzReport() *fuzzReport {
	dir := os.Getenv(FuzzReports)
	if dir == "" {
		return new(fuzzReport)
	}
	return &fuzzReport{file: filepath.Join(dir, strconv.Itoa(os.Getpid()))}
}

// see writes the margin of a verdict down when it is the closest so far. A report that can't be written is no reason
// to stop fuzzing: it is for the eye alone.
func (r *fuzzReport) see(p *Property, v Verdict) {
	if r.file == "" || v.Margin.kind != Ratio || !v.Margin.Closer(r.nearest) {
		return
	}
	r.nearest = v.Margin
	line := fmt.Sprintf("%d %s at %s of what it allows", v.Margin.ratio, p.ID, v.Margin)
	if err := os.WriteFile(r.file+".tmp", []byte(line), 0o600); err == nil {
		_ = os.Rename(r.file+".tmp", r.file)
	}
}

// ClosestInFuzz returns the closest call in a directory that processes reported to, "" for none.
func ClosestInFuzz(dir string) (closest string) {
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		return ""
	}
	var most uint64
	for _, name := range files {
		data, _ := os.ReadFile(name) // one that is being replaced is read next time
		ratio, text, _ := strings.Cut(string(data), " ")
		if n, err := strconv.ParseUint(ratio, 10, 64); err == nil && (closest == "" || n > most) {
			most, closest = n, text
		}
	}
	return closest
}
