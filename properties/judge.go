package properties

import (
	"fmt"
	"math/big"

	"github.com/trueweight/trueweight/properties/domain"
	"github.com/trueweight/trueweight/reference/interval"
	"github.com/trueweight/trueweight/reference/point"
	"github.com/trueweight/trueweight/reference/real"
)

// A Model is the arithmetic that verdicts are based on.
type Model uint8

const (
	// Enclosures decides by interval arithmetic: verdicts are proofs.
	Enclosures Model = iota
	// Points decides by the independent high-precision arithmetic, taken to be
	// right within 2⁻⁴⁰⁰: a second opinion on a whole campaign.
	Points
)

// ladder are the precisions, in bits, at which a comparison is tried in turn.
var ladder = []uint{128, 256, 512, 1024, 2048, 4096}

// witnessBits bounds how far the witness may lie outside an enclosure, relative
// to its size: the witness promises 2⁻⁴⁸⁰ per operation, and no formula loses 80 bits on top.
const witnessBits = 400

// A Judge decides claims. It is used by one goroutine.
type Judge struct {
	model  Model
	strict bool // findings excuse nothing

	// witness makes every enclosure be compared with the independent arithmetic.
	witness bool
	alarms  []string
}

// NewJudge returns a judge for a model.
func NewJudge(model Model) *Judge { return &Judge{model: model} }

// Alarms are the disagreements of the two arithmetics that the judge has met: faults of the harness.
func (j *Judge) Alarms() []string { return j.alarms }

// Decide judges one claim on one case: a panic of the subject is a violation, and a
// violation inside the condition and bound of a finding is Known.
func (j *Judge) Decide(p *Property, s *Subject, c domain.Case) Verdict {
	v := j.attempt(p, s, c)
	if v.Outcome != Violated {
		return v
	}
	if f := findingFor(p, s, c, v); f != nil && !j.strict && v.Steps == nil {
		v.Outcome, v.Finding = Known, f.ID
		return v
	}
	if !j.witness { // every violation is seen by both arithmetics
		j.witness = true
		j.attempt(p, s, c) // for the alarms alone: a subject that remembers may answer otherwise now
		j.witness = false
	}
	return v
}

func (j *Judge) attempt(p *Property, s *Subject, c domain.Case) (v Verdict) {
	defer func() {
		if r := recover(); r != nil {
			if _, ours := r.(harnessFault); ours {
				panic(r)
			}
			v = violated("no call panics", fmt.Sprintf("panic: %v", r), "an answer or a failure")
		}
	}()
	return p.check(j, s, c)
}

// A harnessFault is a panic of the machinery itself, never blamed on a subject.
type harnessFault string

// enclosure returns an interval that contains the exact value of e.
func (j *Judge) enclosure(e *real.Expr, prec uint) interval.Interval {
	if j.model == Points {
		return widened(real.Eval(real.Arithmetic[*big.Float](point.New()), e))
	}
	iv := real.Eval(real.Arithmetic[interval.Interval](interval.At(prec)), e)
	if j.witness {
		j.confront(e, iv)
	}
	return iv
}

// confront compares an enclosure with the independent arithmetic. They can only disagree by a fault of one.
func (j *Judge) confront(e *real.Expr, iv interval.Interval) {
	x := real.Eval(real.Arithmetic[*big.Float](point.New()), e)
	near := widened(x)
	if near.Hi().Cmp(iv.Lo()) < 0 || near.Lo().Cmp(iv.Hi()) > 0 {
		j.alarms = append(j.alarms, fmt.Sprintf("enclosure %v does not contain the independent value %s", iv, x.Text('g', 60)))
	}
}

// widened returns the interval of relative half-width 2⁻⁴⁰⁰ around x, and for no answer the whole line.
func widened(x *big.Float) interval.Interval {
	if x == nil {
		return interval.Entire()
	}
	margin := new(big.Float).SetMantExp(new(big.Float).Abs(x), -witnessBits)
	lo := new(big.Float).SetMode(big.ToNegativeInf).SetPrec(x.Prec()).Sub(x, margin)
	hi := new(big.Float).SetMode(big.ToPositiveInf).SetPrec(x.Prec()).Add(x, margin)
	return interval.New(lo, hi)
}

// climb runs try at rising precision until it decides. The first rung holds the
// integers of the question and leaves 64 bits for the fraction.
func (j *Judge) climb(bits int, try func(prec uint, tie bool) bool) bool {
	first := max(ladder[0], uint(bits+64+63)/64*64)
	if try(first, false) {
		return true
	}
	for _, prec := range ladder {
		if prec > first && try(prec, true) {
			return true
		}
	}
	return false
}

// floor returns ⌊e⌋, decided exactly: by an enclosure within one wei, or by
// proving that e is the integer that the enclosure contains. bits is about the length of the result.
func (j *Judge) floor(e *real.Expr, bits int) (n *big.Int, decided bool) {
	decided = j.climb(bits, func(prec uint, tie bool) bool {
		iv := j.enclosure(e, prec)
		var ok bool
		if n, ok = interval.Floor(iv); ok {
			return true
		}
		n, ok = j.beside(e, iv, true, tie)
		return ok
	})
	return n, decided
}

// ceil returns ⌈e⌉, as floor does.
func (j *Judge) ceil(e *real.Expr, bits int) (n *big.Int, decided bool) {
	decided = j.climb(bits, func(prec uint, tie bool) bool {
		iv := j.enclosure(e, prec)
		var ok bool
		if n, ok = interval.Ceil(iv); ok {
			return true
		}
		n, ok = j.beside(e, iv, false, tie)
		return ok
	})
	return n, decided
}

// sign returns the sign of e − n, decided exactly: by an enclosure on one side of n, or by
// algebra where n is in it, or is its end.
func (j *Judge) sign(e *real.Expr, n *big.Int) (sign int, decided bool) {
	target := new(big.Float).SetInt(n)
	decided = j.climb(n.BitLen()-64, func(prec uint, tie bool) bool {
		iv := j.enclosure(e, prec)
		lo, hi := iv.Lo().Cmp(target), iv.Hi().Cmp(target)
		switch {
		case lo == hi: // both below, both above, or both at n
			sign = lo
			return true
		case !tie:
			return false
		}
		equal, known := e.Equals(new(big.Rat).SetInt(n))
		if known && !equal && (lo == 0 || hi == 0) { // an end is n, and e is not
			sign = lo + hi
			return true
		}
		return known && equal
	})
	return sign, decided
}

// integerIn returns the greatest integer of an interval shorter than one, or nil.
func integerIn(iv interval.Interval) *big.Int {
	width := new(big.Float).SetMode(big.ToPositiveInf).SetPrec(64).Sub(iv.Hi(), iv.Lo())
	if width.Cmp(big.NewFloat(1)) >= 0 {
		return nil
	}
	n, accuracy := iv.Hi().Int(nil)
	if accuracy == big.Above { // towards zero is up, below zero
		n.Sub(n, big.NewInt(1))
	}
	return n
}

// beside decides ⌊e⌋ (down) or ⌈e⌉ by algebra, where an enclosure shorter than one contains an
// integer n: e is n; or it is not, and the enclosure ends at n, as that of a difference does of
// which too little is taken to see.
func (j *Judge) beside(e *real.Expr, iv interval.Interval, down, tie bool) (n *big.Int, decided bool) {
	if n = integerIn(iv); n == nil || !tie {
		return nil, false
	}
	equal, known := e.Equals(new(big.Rat).SetInt(n))
	if !known || equal {
		return n, known
	}
	if j.model == Points { // its margin reaches beyond n, whatever the side
		iv = real.Eval(real.Arithmetic[interval.Interval](interval.At(ladder[1])), e)
	}
	limit := new(big.Float).SetInt(n)
	switch {
	case down && iv.Hi().Cmp(limit) <= 0:
		return n.Sub(n, big.NewInt(1)), true
	case !down && iv.Lo().Cmp(limit) >= 0:
		return n.Add(n, big.NewInt(1)), true
	}
	return nil, false
}

// atMost judges got ≤ T, with the slack ⌊T⌋ − got; T is nil where no exact value exists.
func (j *Judge) atMost(part string, got *big.Int, t *real.Expr) Verdict {
	if t == nil {
		return violated(part, got.String(), "a failure: no exact value exists")
	}
	limit, ok := j.floor(t, got.BitLen())
	if !ok {
		return undecided(part)
	}
	slack := new(big.Int).Sub(limit, got)
	if slack.Sign() >= 0 {
		return Verdict{Outcome: Holds, Margin: slackOf(slack)}
	}
	return Verdict{Outcome: Violated, Part: part, Margin: slackOf(slack), Excess: new(big.Int).Neg(slack),
		Got: got.String(), Want: "at most T = " + j.show(t)}
}

// atLeast judges got ≥ T, with the slack got − ⌈T⌉.
func (j *Judge) atLeast(part string, got *big.Int, t *real.Expr) Verdict {
	if t == nil {
		return violated(part, got.String(), "a failure: no exact value exists")
	}
	limit, ok := j.ceil(t, got.BitLen())
	if !ok {
		return undecided(part)
	}
	slack := new(big.Int).Sub(got, limit)
	if slack.Sign() >= 0 {
		return Verdict{Outcome: Holds, Margin: slackOf(slack)}
	}
	return Verdict{Outcome: Violated, Part: part, Margin: slackOf(slack), Excess: new(big.Int).Neg(slack),
		Got: got.String(), Want: "at least T = " + j.show(t)}
}

// within judges used ≤ allowed, with their ratio as margin; allowed must not be negative.
// Where nothing is allowed, nothing may be used.
func (j *Judge) within(part string, used, allowed *real.Expr) Verdict {
	if margin, ok := j.shareOf(used, allowed); ok {
		return Verdict{Outcome: Holds, Margin: margin}
	}
	zero := new(big.Int)
	u, ok := j.sign(used, zero)
	if !ok {
		return undecided(part)
	}
	if u <= 0 {
		return Verdict{Outcome: Holds, Margin: ratioMargin(0)}
	}
	s, ok := j.sign(real.Sub(allowed, used), zero)
	if !ok {
		// equality that Equals can't see through a difference may show in the quotient
		if s, ok = j.sign(real.Quo(allowed, used), big.NewInt(1)); !ok {
			return undecided(part)
		}
	}
	switch {
	case s < 0:
		excess, ok := j.ceil(real.Sub(used, allowed), 0)
		if !ok {
			excess = nil
		}
		return Verdict{Outcome: Violated, Part: part, Excess: excess, Got: j.show(used), Want: "at most " + j.show(allowed)}
	case s == 0: // all that is allowed, even where no quotient shows it
		return Verdict{Outcome: Holds, Margin: ratioMargin(1e9)}
	}
	share := real.Mul(real.Quo(used, allowed), real.Int64(1e9))
	if ratio, ok := j.ceil(share, 0); ok {
		return Verdict{Outcome: Holds, Margin: ratioMargin(ratio.Uint64())}
	}
	if m, ok := upperShare(j.enclosure(share, ladder[len(ladder)-1])); ok {
		return Verdict{Outcome: Holds, Margin: m}
	}
	return undecided(part)
}

// shareOf returns the margin of used ≤ allowed where one enclosure of each tells it, as it nearly always does.
func (j *Judge) shareOf(used, allowed *real.Expr) (m Margin, ok bool) {
	u := j.enclosure(used, ladder[0])
	if u.Hi().Sign() <= 0 {
		return ratioMargin(0), true
	}
	a := j.enclosure(allowed, ladder[0])
	if u.Lo().Sign() <= 0 || a.Lo().Cmp(u.Hi()) < 0 {
		return m, false
	}
	ar := interval.At(ladder[0])
	return upperShare(ar.Mul(ar.Quo(u, a), ar.Int(big.NewInt(1e9))))
}

// upperShare rounds the enclosure of a positive number of billionths up. It is at least
// one, however much more is allowed than used.
func upperShare(billionths interval.Interval) (m Margin, ok bool) {
	share, ok := interval.Ceil(billionths)
	switch {
	case ok:
		return ratioMargin(min(share.Uint64(), 1e9)), true
	case billionths.Hi().Cmp(big.NewFloat(1)) <= 0:
		return ratioMargin(1), true
	}
	return m, false
}

// show writes the enclosure of an expression for a person.
func (j *Judge) show(e *real.Expr) string {
	if r, ok := e.Rational(); ok && r.IsInt() {
		return r.Num().String()
	}
	return real.Eval(real.Arithmetic[interval.Interval](interval.At(256)), e).String()
}
