package properties

import (
	"fmt"
	"slices"

	"github.com/trueweight/trueweight/properties/domain"
)

// What may be asked of changing weights at all: each call answers exactly where the documented ranges say, judged on the case and on neighbours of it
// that lie at each bound and one unit beyond.

// answersExactly judges whether a call answered exactly where it must: fault says why it must fail, or is empty.
func answersExactly(part, fault string, err error) Verdict {
	switch {
	case fault == "" && err != nil:
		return violated(part, "failure: "+failureLabel(err), "an answer")
	case fault != "" && err == nil:
		return violated(part, "an answer", "a failure: "+fault)
	}
	return holds()
}

// largestOf returns 2^bits − 1.
func largestOf(bits uint) num { return word(topOf(bits)) }

// The bits in which v2's pools store times and fees, and the most tokens of its bootstrapping pools (SPEC, The vectors).
const (
	storedTimeBits = 32
	storedFeeBits  = 62

	mostBootstrapping = 4
)

var wtStored = &Property{
	ID: "WT-STORED",
	Claim: "The weights of v2's pools are read exactly where their storage can hold what was given: times in 32 bits, a managed pool's weights in 64, a bootstrapping pool's up to 1 and for at most four tokens, " +
		"and an end weight for every start weight.",
	Inequality: "answered, with n weights ⟺ t₀, t₁ < 2³² and len(e) ≥ n = len(s) and: managed sᵢ, eᵢ < 2⁶⁴; bootstrapping sᵢ, eᵢ ≤ ONE, n ≤ 4",
	T:          "2³², 2⁶⁴, ONE, 4",
	Source:     "SPEC, The vectors: lbpNormalizedWeights, managedNormalizedWeights",
	Kinds:      onGradual,
	Needs:      []string{"BootstrappingWeightsV2", "ManagedWeights"},
	check: func(_ *Judge, s *Subject, c domain.Case) Verdict {
		v := Verdict{Outcome: Vacuous}
		for _, p := range storages(s) {
			for _, d := range p.around(c.(*domain.Gradual)) {
				v = worst(v, p.admits(d))
			}
		}
		return v
	},
}

// A storage is how a v2 pool keeps what changes with time.
type storage struct {
	name    string
	largest num // weight
	most    int // tokens; 0 for any number
	read    func(startTime, endTime num, startWeights, endWeights []num, now num) ([]num, error)
}

func storages(s *Subject) []storage {
	return []storage{
		{readManaged, largestOf(64), 0, s.ManagedWeights},
		{readBootstrapping, word(fixedOne), mostBootstrapping, s.BootstrappingWeightsV2},
	}
}

// A variant is a case or a neighbour of it.
type variant struct {
	name string // what is beside the case
	*domain.Gradual
}

// around returns a case and its neighbours: a time, or the weight of one token, at its bound and one beyond; as many tokens as are held and one more; an end weight
// too few and one too many.
func (p storage) around(c *domain.Gradual) []variant {
	list := []variant{{"as given", c}}
	edit := func(name string, change func(*domain.Gradual)) {
		d := &domain.Gradual{StartTime: c.StartTime, EndTime: c.EndTime, Now: c.Now, StartWeights: slices.Clone(c.StartWeights), EndWeights: slices.Clone(c.EndWeights)}
		change(d)
		list = append(list, variant{name, d})
	}
	for _, bound := range []num{largestOf(storedTimeBits), saturated(largestOf(storedTimeBits), *newNum(1))} {
		edit("start time", func(d *domain.Gradual) { d.StartTime = bound })
		edit("end time", func(d *domain.Gradual) { d.EndTime = bound })
	}
	n := min(len(c.StartWeights), len(c.EndWeights))
	if n == 0 {
		return list
	}
	i := int(c.Now[0] % uint64(n))
	for _, bound := range []num{p.largest, saturated(p.largest, *newNum(1))} {
		edit("start weight", func(d *domain.Gradual) { d.StartWeights[i] = bound })
		edit("end weight", func(d *domain.Gradual) { d.EndWeights[i] = bound })
	}
	tokens := func(start, end int) func(*domain.Gradual) {
		return func(d *domain.Gradual) {
			d.StartWeights, d.EndWeights = cycled(c.StartWeights[:n], start), cycled(c.EndWeights[:n], end)
		}
	}
	few := min(n, mostBootstrapping)
	edit("an end weight too few", tokens(few, few-1))
	edit("an end weight too many", tokens(few, few+1))
	if p.most > 0 {
		edit("as many tokens as are held", tokens(p.most, p.most))
		edit("as many tokens as are held, an end weight too few", tokens(p.most, p.most-1))
		edit("a token too many", tokens(p.most+1, p.most+1))
	}
	return list
}

// cycled returns n items, of a list over and over.
func cycled(list []num, n int) []num {
	out := make([]num, n)
	for i := range out {
		out[i] = list[i%len(list)]
	}
	return out
}

// admits judges one call.
func (p storage) admits(d variant) Verdict {
	n := len(d.StartWeights)
	weights, err := p.read(d.StartTime, d.EndTime, slices.Clone(d.StartWeights), slices.Clone(d.EndWeights), d.Now)
	part := p.name + ": " + d.name
	if err == nil && len(weights) != n {
		return violated(part, fmt.Sprint(len(weights), " weights"), fmt.Sprint(n, ", or a failure"))
	}
	return answersExactly(part, p.fault(d.Gradual), err)
}

// fault says why a case can't be stored, or nothing.
func (p storage) fault(c *domain.Gradual) string {
	n := len(c.StartWeights)
	switch above := func(w num) bool { return w.Gt(&p.largest) }; {
	case longTimes(c.StartTime, c.EndTime):
		return "a time of more than 32 bits"
	case p.most > 0 && n > p.most:
		return fmt.Sprint(n, " tokens, more than ", p.most)
	case len(c.EndWeights) < n:
		return "a start weight that has no end weight"
	case slices.ContainsFunc(c.StartWeights, above) || slices.ContainsFunc(c.EndWeights[:n], above):
		return "a weight above " + p.largest.Dec()
	}
	return ""
}

// longTimes reports whether either time needs more bits than are stored.
func longTimes(start, end num) bool {
	return start.BitLen() > storedTimeBits || end.BitLen() > storedTimeBits
}

var wtFee = &Property{
	ID: "WT-FEE",
	Claim: "The swap fee of v2's managed pools is what is stored at both ends, moves in one straight way between, never ahead of it and by no more than two roundings behind it, " +
		"and is read exactly where times fit in 32 bits and fees in 62.",
	Inequality: "answered ⟺ t₀, t₁ < 2³² and s, e < 2⁶²; 0 ≤ τ·|e−s| − |f−s| < 1 + |e−s|/10¹⁸, f = s for τ = 0, f = e for τ = 1",
	T:          "s + τ·(e−s), τ the part of the time gone by",
	Source:     "SPEC, “Gradual weight change”; The vectors: managedSwapFeePercentage",
	Kinds:      onGradual,
	Needs:      []string{"ManagedSwapFee"},
	check: func(_ *Judge, s *Subject, c domain.Case) Verdict {
		g := c.(*domain.Gradual)
		given := feeChange{g.StartTime, g.EndTime, g.StartWeight(0), g.EndWeight(0)}
		v := given.judge(s, "as given", g.Now)
		for i, name := range []string{"start time", "end time", "start fee", "end fee"} {
			bits := uint(storedTimeBits)
			if i >= 2 {
				bits = storedFeeBits
			}
			for _, bound := range []num{largestOf(bits), saturated(largestOf(bits), *newNum(1))} {
				d := given
				d[i] = bound
				v = worst(v, d.judge(s, name, g.Now))
			}
		}
		return v
	},
}

// A feeChange is start time, end time, start fee and end fee.
type feeChange [4]num

func (f feeChange) judge(s *Subject, part string, now num) Verdict {
	fee, err := s.ManagedSwapFee(f[0], f[1], f[2], f[3], now)
	fault := ""
	switch {
	case longTimes(f[0], f[1]):
		fault = "a time of more than 32 bits"
	case f[2].BitLen() > storedFeeBits || f[3].BitLen() > storedFeeBits:
		fault = "a fee of more than 62 bits"
	}
	v := answersExactly(part, fault, err)
	if err == nil && fault == "" {
		v = straightWay(part, f[2].ToBig(), f[3].ToBig(), fee.ToBig(), timeGone(f[0], f[1], now))
		v.Margin = Margin{}
	}
	return v
}

var wtStart = &Property{
	ID:         "WT-START",
	Claim:      "A change of weights begins when it was asked to, or now if that is later, and is refused exactly where that would be after its end.",
	Inequality: "t₀' = max(t₀, t); refused ⟺ max(t₀, t) > t₁",
	T:          "max(t₀, t)",
	Source:     "SPEC, “Gradual weight change”: resolveStart",
	Kinds:      onGradual,
	Needs:      []string{"ResolveStartTime"},
	check: func(_ *Judge, s *Subject, c domain.Case) Verdict {
		g := c.(*domain.Gradual)
		v := resolvedStart(s, "as given", g.StartTime, g.EndTime, g.Now)
		for _, end := range []num{g.StartTime, g.EndTime} {
			later, earlier := saturated(end, *newNum(1)), end
			if !end.IsZero() {
				earlier.SubUint64(&end, 1)
			}
			for _, at := range []num{earlier, end, later} {
				v = worst(v, resolvedStart(s, "now at the end", num{}, end, at), resolvedStart(s, "start at the end", at, end, num{}))
			}
		}
		return v
	},
}

func resolvedStart(s *Subject, part string, start, end, now num) Verdict {
	got, err := s.ResolveStartTime(start, end, now)
	latest, fault := start.ToBig(), ""
	if now.Gt(&start) {
		latest = now.ToBig()
	}
	if latest.Cmp(end.ToBig()) > 0 {
		fault = "the start is after the end"
	}
	v := answersExactly(part, fault, err)
	if err == nil && fault == "" {
		return equalWei(part, got, latest)
	}
	return v
}

var wtPair = &Property{
	ID:         "WT-PAIR",
	Claim:      "v3's bootstrapping pool is accepted exactly where each of its two weights is at least 1 %, at the start and at the end, and they sum to exactly ONE at both.",
	Inequality: "accepted ⟺ p₀, r₀, p₁, r₁ ≥ 10¹⁶ and p₀+r₀ = p₁+r₁ = ONE",
	T:          "p+r, min(p, r)",
	Source:     "SPEC, The vectors: lbpVerifyWeights",
	Kinds:      onGradual,
	Needs:      []string{"VerifyBootstrappingWeights"},
	check: func(_ *Judge, s *Subject, c domain.Case) Verdict {
		g := c.(*domain.Gradual)
		given := pairs{g.StartWeight(0), g.StartWeight(1), g.EndWeight(0), g.EndWeight(1)}
		v := given.judge(s, "as given")
		whole := given.whole()
		for i := range whole {
			for _, d := range whole.around(i) {
				v = worst(v, d.judge(s, []string{"project at the start", "reserve at the start", "project at the end", "reserve at the end"}[i]))
			}
		}
		return v
	},
}

// pairs are the weights of a v3 bootstrapping pool: project and reserve at the start, then at the end.
type pairs [4]num

// whole returns pairs that a pool can have, by what the projects' weights are modulo those between 1 % and 99 %.
func (p pairs) whole() pairs {
	for _, project := range []int{0, 2} {
		p[project].Mod(&p[project], newNum(98e16+1))
		p[project].AddUint64(&p[project], 1e16)
		p[project+1].Sub(newNum(domain.One), &p[project])
	}
	return p
}

// around returns pairs beside whole ones: a weight a wei more and less, at the minimum and a wei below it with a partner that makes up for it, and one that
// makes the sum ONE modulo 2²⁵⁶.
func (p pairs) around(i int) []pairs {
	partner := i ^ 1
	with := func(w, other num) pairs { q := p; q[i], q[partner] = w, other; return q }
	more, less, wraps := p[i], p[i], *new(num).SetAllOne()
	more.AddUint64(&more, 1)
	less.SubUint64(&less, 1)
	wraps.Sub(&wraps, &p[i])
	rest := *new(num).Sub(newNum(domain.One), &wraps)
	return []pairs{p, with(more, p[partner]), with(less, p[partner]), with(*newNum(1e16), *newNum(99e16)), with(*newNum(1e16 - 1), *newNum(99e16 + 1)), with(wraps, rest)}
}

func (p pairs) judge(s *Subject, part string) Verdict {
	fault := ""
	for i, w := range p {
		switch sum, overflow := new(num).AddOverflow(&p[i&^1], &p[i|1]); {
		case w.Lt(newNum(1e16)):
			fault = "a weight below 1 %"
		case overflow || !sum.Eq(newNum(domain.One)):
			fault = "weights that do not sum to ONE"
		}
	}
	return answersExactly(part, fault, s.VerifyBootstrappingWeights(p[0], p[1], p[2], p[3]))
}
