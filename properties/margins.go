package properties

// Margins is the histogram of a claim's margins: one count for each case that holds, of a script one for the closest of its steps.
type Margins struct {
	Kind string `json:"kind"` // "slack" or "ratio"

	// Counts has an entry for each bin, up to the last that is not empty. Of ratios, bin i holds those in (i/20, (i+1)/20], and bin 0 also 0;
	// of slacks, bin i holds those of i bits: 0, 1, 2 to 3, 4 to 7 wei and so on.
	Counts []uint64 `json:"counts"`
}

// RatioBins is the number of bins for ratios.
const RatioBins = 20

// bin returns the bin of a margin.
func (m Margin) bin() int {
	if m.kind == Slack {
		return m.slack.BitLen()
	}
	const width = 1e9 / RatioBins
	return int((max(m.ratio, 1) - 1) / width)
}

// countMargin adds a margin to the histogram, if it is one.
func (e *ClaimEvidence) countMargin(m Margin) {
	if m.kind == NoMargin {
		return
	}
	if e.Margins == nil {
		e.Margins = &Margins{Kind: m.kind.String()}
	}
	e.Margins.add(m.bin(), 1)
}

func (h *Margins) add(bin int, n uint64) {
	for len(h.Counts) <= bin {
		h.Counts = append(h.Counts, 0)
	}
	h.Counts[bin] += n
}

// mergeMargins adds the histogram of another worker.
func (e *ClaimEvidence) mergeMargins(o *Margins) {
	if o == nil {
		return
	}
	if e.Margins == nil {
		e.Margins = &Margins{Kind: o.Kind}
	}
	for bin, n := range o.Counts {
		if n > 0 {
			e.Margins.add(bin, n)
		}
	}
}
