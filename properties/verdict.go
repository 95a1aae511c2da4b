package properties

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"
)

// An Outcome is what a verdict says.
type Outcome uint8

// The five outcomes.
const (
	Holds     Outcome = iota
	Violated          // the claim is false of this case
	Vacuous           // the claim's precondition is not met: it says nothing of this case
	Undecided         // no enclosure was tight enough to tell; a fault of the harness
	Known             // false, within the exact condition and bound of a finding
)

func (o Outcome) String() string {
	return [...]string{"holds", "violated", "vacuous", "undecided", "known"}[o]
}

// A Verdict is the outcome of one claim on one case, and what a person needs to
// see why.
type Verdict struct {
	Outcome Outcome
	Margin  Margin
	Finding string // Known: the finding's ID

	// For a case that is not judged to hold:
	Part   string   // which part of the claim
	Got    string   // what the subject answered
	Want   string   // what the claim allows, as an interval or a value
	Excess *big.Int // how far beyond, in wei or in the unit of Got; nil where no distance exists

	// Failure is the name of the failure that the case's operation ended in, if it did.
	Failure string

	// Steps are the verdicts on the steps of a script, each of which counts as a case; nil for any other case.
	Steps *Steps
}

// Steps counts the verdicts on the operations of a script.
type Steps struct {
	Holds, Vacuous uint64
	Known          map[string]uint64 // by finding
	Failures       map[string]uint64 // operations that failed, by the name of the failure
}

// A MarginKind says what a claim's margin measures.
type MarginKind uint8

// The kinds of margins.
const (
	NoMargin MarginKind = iota // equality, failure or structure: judged by planted bugs
	Slack                      // whole wei between the answer and the limit
	Ratio                      // used ÷ allowed, in units of 10⁻⁹, rounded up
)

func (k MarginKind) String() string { return [...]string{"none", "slack", "ratio"}[k] }

// A Margin says how close a case came to breaking a claim. Its zero value is no margin.
type Margin struct {
	kind  MarginKind
	slack *big.Int
	ratio uint64
}

func slackOf(wei *big.Int) Margin { return Margin{kind: Slack, slack: wei} }

func ratioMargin(billionths uint64) Margin { return Margin{kind: Ratio, ratio: billionths} }

// Closer reports whether m is strictly closer to breaking than n; any margin is closer than none.
func (m Margin) Closer(n Margin) bool {
	switch {
	case m.kind == NoMargin:
		return false
	case n.kind == NoMargin:
		return true
	case m.kind == Slack:
		return m.slack.Cmp(n.slack) < 0
	default:
		return m.ratio > n.ratio
	}
}

// Tight reports whether the margin shows that the claim can't be sharpened: slack 0 or a ratio of at least 0.99.
func (m Margin) Tight() bool {
	return m.kind == Slack && m.slack.Sign() == 0 || m.kind == Ratio && m.ratio >= 990_000_000
}

// ParseMargin reads what String writes.
func ParseMargin(text string) (Margin, error) {
	m := Margin{}
	if wei, ok := strings.CutSuffix(text, " wei"); ok {
		if n, ok := new(big.Int).SetString(wei, 10); ok {
			m = slackOf(n)
		}
	} else if whole, billionths, ok := strings.Cut(text, "."); ok && len(billionths) == 9 {
		if ratio, err := strconv.ParseUint(whole+billionths, 10, 64); err == nil {
			m = ratioMargin(ratio)
		}
	}
	if text != m.String() {
		return Margin{}, fmt.Errorf("found the margin %q: want whole wei such as \"17 wei\", or a share such as \"0.990000000\"", text)
	}
	return m, nil
}

// String writes a margin with its unit.
func (m Margin) String() string {
	switch m.kind {
	case Slack:
		return m.slack.String() + " wei"
	case Ratio:
		return fmt.Sprintf("%d.%09d", m.ratio/1e9, m.ratio%1e9)
	default:
		return ""
	}
}

// holds is the verdict for a claim that has no margin.
func holds() Verdict { return Verdict{Outcome: Holds} }

// vacuous is the verdict where the operation failed, so that there is no answer to judge.
func vacuous(err error) Verdict { return Verdict{Outcome: Vacuous, Failure: failureLabel(err)} }

// violated is the verdict for a part of a claim that is false, with no distance to give.
func violated(part, got, want string) Verdict {
	return Verdict{Outcome: Violated, Part: part, Got: got, Want: want}
}

func undecided(part string) Verdict { return Verdict{Outcome: Undecided, Part: part} }

// worst returns the verdict on several parts of a claim: the first that is violated, else the
// first undecided, else what holds with the tightest margin; vacuous only if all parts are.
func worst(parts ...Verdict) Verdict {
	rank := func(o Outcome) int { return [...]int{Vacuous: 0, Holds: 1, Known: 2, Undecided: 3, Violated: 4}[o] }
	best := parts[0]
	for _, v := range parts[1:] {
		switch r, b := rank(v.Outcome), rank(best.Outcome); {
		case r > b:
			best = v
		case r == b && v.Margin.Closer(best.Margin):
			best = v
		}
	}
	return best
}
