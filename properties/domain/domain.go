// Package domain holds the cases that claims are judged on: typed values with
// their generators, their JSON and byte forms, and the steps that simplify them.
//
// A case is a value. It knows its kind ("swap-in"), the class it was drawn for
// ("dust"), and whether a real pool could be in that state (pool-valid) or only
// the bare function can be asked (function-only). Every integer in a case is an
// unsigned 256-bit number, as in a contract call, unless its field says signed.
//
// One table of fields per case type drives everything that treats cases alike:
// equality, JSON, bytes, printing and simplification.
//
// The package knows no arithmetic of pools: it imports neither the code under
// verification nor the reference.
package domain

import (
	"fmt"
	"slices"
	"strings"

	"github.com/holiman/uint256"
)

// A Case is one question that a subject can be asked.
type Case interface {
	// Kind names the type of question; it is the key of generators and codecs.
	Kind() Kind
	// Class is the generator class the case was drawn for, or Given for a case
	// that came from a file or from a fuzzer's bytes.
	Class() string
	// PoolValid reports whether a real pool, within its limits, could ask this.
	PoolValid() bool

	// fields lists the case's values in the order of its codecs. The pointers
	// reach into the case, so a copy can be edited through them.
	fields() []field
	setClass(string)
	// empty returns a new zero case of the same kind.
	empty() Case
}

// Given is the class of a case that no generator drew.
const Given = "given"

// A Kind is a type of case and the name of its generated stream.
type Kind string

// The kinds of cases, in the order of reports.
const (
	KindOperands    Kind = "operands"
	KindExp         Kind = "exp"
	KindLn          Kind = "ln"
	KindPow         Kind = "pow"
	KindPowers      Kind = "powers"
	KindInvariant   Kind = "invariant"
	KindRatio       Kind = "ratio"
	KindSwapIn      Kind = "swap-in"
	KindSwapOut     Kind = "swap-out"
	KindPool        Kind = "pool"
	KindWeights     Kind = "weights"
	KindPoolWeights Kind = "pool-weights"

	KindJoin         Kind = "join"
	KindExit         Kind = "exit"
	KindJoinOne      Kind = "join-one"
	KindExitOne      Kind = "exit-one"
	KindProtocolFees Kind = "protocol-fees"
	KindScaling      Kind = "scaling"
	KindRawSwap      Kind = "raw-swap"
	KindGradual      Kind = "gradual"
	KindPacking      Kind = "packing"
	KindSequence     Kind = "sequence"
	KindMarket       Kind = "market"
)

// kindInfo is what the package knows of a kind.
type kindInfo struct {
	kind    Kind
	new     func() Case
	classes []class
}

// A class is a named corner of a kind's domain and the way to draw from it.
type class struct {
	name string
	draw func(Source) Case
}

var kinds = []kindInfo{
	{KindOperands, func() Case { return new(Operands) }, operandClasses},
	{KindExp, func() Case { return new(Exp) }, expClasses},
	{KindLn, func() Case { return new(Ln) }, lnClasses},
	{KindPow, func() Case { return new(Pow) }, powClasses},
	{KindPowers, func() Case { return new(Powers) }, powersClasses},
	{KindInvariant, func() Case { return new(Invariant) }, invariantClasses},
	{KindRatio, func() Case { return new(Ratio) }, ratioClasses},
	{KindSwapIn, func() Case { return &Swap{} }, swapInClasses},
	{KindSwapOut, func() Case { return &Swap{GivenOut: true} }, swapOutClasses},
	{KindPool, func() Case { return new(Pool) }, poolClasses},
	{KindWeights, func() Case { return new(Weights) }, weightsClasses},
	{KindPoolWeights, func() Case { return new(PoolWeights) }, poolWeightsClasses},
	{KindJoin, func() Case { return &Liquidity{} }, joinClasses},
	{KindExit, func() Case { return &Liquidity{Exit: true} }, exitClasses},
	{KindJoinOne, func() Case { return &LiquidityOne{} }, joinOneClasses},
	{KindExitOne, func() Case { return &LiquidityOne{Exit: true} }, exitOneClasses},
	{KindProtocolFees, func() Case { return new(ProtocolFees) }, protocolFeesClasses},
	{KindScaling, func() Case { return new(Scaling) }, scalingClasses},
	{KindRawSwap, func() Case { return new(RawSwap) }, rawSwapClasses},
	{KindGradual, func() Case { return new(Gradual) }, gradualClasses},
	{KindPacking, func() Case { return new(Packing) }, packingClasses},
	{KindSequence, func() Case { return new(Sequence) }, sequenceClasses},
	{KindMarket, func() Case { return new(Market) }, marketClasses},
}

// Kinds lists every kind in the order of reports.
func Kinds() []Kind {
	list := make([]Kind, len(kinds))
	for i := range kinds {
		list[i] = kinds[i].kind
	}
	return list
}

// Classes lists the declared classes of a kind in the order they are drawn.
func Classes(k Kind) []string {
	info, err := lookup(k)
	if err != nil {
		return nil
	}
	names := make([]string, len(info.classes))
	for i := range info.classes {
		names[i] = info.classes[i].name
	}
	return names
}

func lookup(k Kind) (*kindInfo, error) {
	for i := range kinds {
		if kinds[i].kind == k {
			return &kinds[i], nil
		}
	}
	return nil, fmt.Errorf("unknown kind %q: want one of %s", k, joinKinds())
}

func joinKinds() string {
	names := make([]string, len(kinds))
	for i := range kinds {
		names[i] = string(kinds[i].kind)
	}
	return strings.Join(names, ", ")
}

// Generate draws a case of kind k: the class first, then the digits. Every
// class has the same share. It panics on a kind that does not exist.
func Generate(k Kind, s Source) Case {
	info, err := lookup(k)
	if err != nil {
		panic(err)
	}
	c := info.classes[s.Choose(len(info.classes))]
	drawn := c.draw(s)
	drawn.setClass(c.name)
	return drawn
}

// At returns case i of kind k under a seed: a pure function of the three.
func At(seed uint64, k Kind, i uint64) Case {
	return Generate(k, Stream(seed, string(k), i))
}

// named carries the class; every case type embeds it.
type named struct{ class string }

// Class implements Case.
func (n *named) Class() string {
	if n.class == "" {
		return Given
	}
	return n.class
}

func (n *named) setClass(name string) { n.class = name }

// Clone returns a deep copy of c.
func Clone(c Case) Case {
	d := c.empty()
	d.setClass(c.Class())
	from, to := c.fields(), d.fields()
	for i := range from {
		to[i].copyFrom(from[i])
	}
	return d
}

// Equal reports whether two cases ask the same question. The class is where a
// case came from, not what it asks, and is not compared.
func Equal(a, b Case) bool {
	if a.Kind() != b.Kind() {
		return false
	}
	fa, fb := a.fields(), b.fields()
	for i := range fa {
		if !fa[i].equal(fb[i]) {
			return false
		}
	}
	return true
}

// A field is one value of a case: exactly one of num, list, small, flag and steps is set.
type field struct {
	name   string
	unit   unit
	num    *uint256.Int
	signed bool // num holds two's complement
	list   *[]uint256.Int
	small  *uint8
	flag   *bool
	steps  *[]Step
	max    uint8    // small is at most max
	names  []string // small is the place of one of these, and written by it
}

// unit says what a number counts, for the people who read it.
type unit string

const (
	wei     unit = "wei"        // 18-decimal token amount, in units of 10⁻¹⁸
	fixed   unit = "18-decimal" // fixed point with 18 decimals
	integer unit = ""           // a plain integer
)

func (f field) copyFrom(g field) {
	switch {
	case f.num != nil:
		*f.num = *g.num
	case f.list != nil:
		*f.list = slices.Clone(*g.list)
	case f.small != nil:
		*f.small = *g.small
	case f.steps != nil:
		*f.steps = make([]Step, len(*g.steps))
		for i := range *f.steps {
			(*f.steps)[i] = (*g.steps)[i].clone()
		}
	default:
		*f.flag = *g.flag
	}
}

func (f field) equal(g field) bool {
	switch {
	case f.num != nil:
		return *f.num == *g.num
	case f.list != nil:
		return slices.Equal(*f.list, *g.list)
	case f.small != nil:
		return *f.small == *g.small
	case f.steps != nil:
		return slices.EqualFunc(*f.steps, *g.steps, func(a, b Step) bool { return a.equal(b) })
	default:
		return *f.flag == *g.flag
	}
}

// zero reports whether the field holds its zero value.
func (f field) zero() bool {
	switch {
	case f.num != nil:
		return f.num.IsZero()
	case f.list != nil:
		return len(*f.list) == 0
	case f.small != nil:
		return *f.small == 0
	case f.steps != nil:
		return len(*f.steps) == 0
	default:
		return !*f.flag
	}
}
