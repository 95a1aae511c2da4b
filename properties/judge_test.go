package properties

import (
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/trueweight/trueweight/properties/domain"
	"github.com/trueweight/trueweight/reference/interval"
	"github.com/trueweight/trueweight/reference/real"
)

var (
	half = real.Quo(real.Int64(1), real.Int64(2))
	two  = real.Int64(2)

	// rootOfFour is 2: enclosures contain it inside, and algebra knows.
	rootOfFour = real.Pow(real.Int64(4), half)
	// secretZero is e·e − e², which is 0: enclosures contain it inside, and algebra does not see it.
	secretZero = real.Sub(real.Mul(real.Exp(real.Int64(1)), real.Exp(real.Int64(1))), real.Exp(two))
)

// thirds returns x ÷ 3 · 3: x, with what rounding loses on both sides of it.
func thirds(x *real.Expr) *real.Expr {
	return real.Mul(real.Quo(x, real.Int64(3)), real.Int64(3))
}

// beyond returns n + e⁻ᵏ or n − e⁻ᵏ, which algebra tells from n.
func beyond(n, k int64, above bool) *real.Expr {
	if above {
		return real.Add(real.Int64(n), real.Exp(real.Int64(-k)))
	}
	return real.Sub(real.Int64(n), real.Exp(real.Int64(-k)))
}

// number returns n + m·2^−k.
func number(n, m float64, k int) *big.Float {
	return new(big.Float).SetPrec(1000).Add(big.NewFloat(n), new(big.Float).SetMantExp(big.NewFloat(m), -k))
}

func between(lo, hi float64) interval.Interval {
	return interval.New(big.NewFloat(lo), big.NewFloat(hi))
}

func TestAnOutcomeThatIsNoViolationIsTheVerdict(t *testing.T) {
	for _, o := range []Outcome{Holds, Vacuous, Undecided, Known} {
		for _, strict := range []bool{false, true} {
			asked := 0
			p := &Property{ID: "SW-OUT", check: func(*Judge, *Subject, domain.Case) Verdict {
				asked++
				return Verdict{Outcome: o, Part: "amount", Excess: big.NewInt(1)}
			}}
			withFindings(t, &Finding{ID: "F-99", Claims: []string{"SW-OUT"}, Part: "amount",
				holds: func(*Subject, domain.Case) bool { return true }, bound: func(domain.Case) *big.Int { return big.NewInt(1) }})
			v := (&Judge{strict: strict}).Decide(p, Impl(), domain.At(1, domain.KindSwapIn, 0))
			if v.Outcome != o || v.Finding != "" || asked != 1 {
				t.Errorf("%v becomes %v by %q, asked %d times", o, v.Outcome, v.Finding, asked)
			}
		}
	}
}

func TestAViolationIsKnownOnlyByAFindingAndSeenByBothArithmetics(t *testing.T) {
	finding := &Finding{ID: "F-99", Claims: []string{"SW-OUT"}, Part: "amount",
		holds: func(*Subject, domain.Case) bool { return true }, bound: func(domain.Case) *big.Int { return big.NewInt(1) }}
	for _, c := range []struct {
		name      string
		findings  []*Finding
		judge     Judge
		steps     *Steps
		outcome   Outcome
		witnessed []bool // at each time the claim is asked
	}{
		{"no finding", nil, Judge{}, nil, Violated, []bool{false, true}},
		{"no finding, strict", nil, Judge{strict: true}, nil, Violated, []bool{false, true}},
		{"no finding, both at once", nil, Judge{witness: true}, nil, Violated, []bool{true}},
		{"a finding", []*Finding{finding}, Judge{}, nil, Known, []bool{false}},
		{"a finding, both at once", []*Finding{finding}, Judge{witness: true}, nil, Known, []bool{true}},
		{"a finding, strict", []*Finding{finding}, Judge{strict: true}, nil, Violated, []bool{false, true}},
		{"a finding, in a script", []*Finding{finding}, Judge{}, &Steps{}, Violated, []bool{false, true}},
		{"no finding, in a script", nil, Judge{}, &Steps{}, Violated, []bool{false, true}},
	} {
		withFindings(t, c.findings...)
		var witnessed []bool
		p := &Property{ID: "SW-OUT", check: func(j *Judge, _ *Subject, _ domain.Case) Verdict {
			witnessed = append(witnessed, j.witness)
			return Verdict{Outcome: Violated, Part: "amount", Excess: big.NewInt(1), Steps: c.steps}
		}}
		j := c.judge
		v := j.Decide(p, Impl(), domain.At(1, domain.KindSwapIn, 0))
		if v.Outcome != c.outcome || (v.Finding == "F-99") != (c.outcome == Known) || v.Part != "amount" {
			t.Errorf("%s: %v by %q", c.name, v.Outcome, v.Finding)
		}
		if !slices.Equal(witnessed, c.witnessed) || j.witness != c.judge.witness {
			t.Errorf("%s: asked with a witness %v, want %v; afterwards %v", c.name, witnessed, c.witnessed, j.witness)
		}
	}
}

func TestAPanicIsBlamedOnTheSubjectAndAFaultOfTheHarnessIsNot(t *testing.T) {
	decide := func(with any) Verdict {
		p := &Property{ID: "SW-OUT", check: func(*Judge, *Subject, domain.Case) Verdict { panic(with) }}
		return NewJudge(Enclosures).Decide(p, Impl(), domain.At(1, domain.KindSwapIn, 0))
	}
	want := Verdict{Outcome: Violated, Part: "no call panics", Got: "panic: too deep", Want: "an answer or a failure"}
	for _, with := range []any{"too deep", errors.New("too deep")} {
		if v := decide(with); v != want {
			t.Errorf("%T: %+v, want %+v", with, v, want)
		}
	}
	defer func() {
		if r := recover(); r != harnessFault("ours") {
			t.Errorf("a fault of the harness becomes %v", r)
		}
	}()
	t.Errorf("a fault of the harness becomes %+v", decide(harnessFault("ours")))
}

func TestAJudgeDecidesByItsModel(t *testing.T) {
	for _, m := range []Model{Enclosures, Points} {
		if j := NewJudge(m); j.model != m || j.strict || j.witness || j.Alarms() != nil {
			t.Errorf("%v: %+v", m, j)
		}
	}
	third := real.Quo(real.Int64(1), real.Int64(3))
	width := func(iv interval.Interval) int { return new(big.Float).Sub(iv.Hi(), iv.Lo()).MantExp(nil) }
	if iv := NewJudge(Enclosures).enclosure(third, 128); width(iv) > -120 || width(iv) < -140 {
		t.Errorf("an enclosure at 128 bits is %v", iv)
	}
	if iv := NewJudge(Points).enclosure(third, 128); width(iv) > -399 || width(iv) < -402 {
		t.Errorf("a point is widened to %v", iv)
	}
}

// The witness computes with 640 bits, so it takes (1 + e⁻⁷⁰⁰) − 1 for 0: at 2048 bits the two disagree.
func TestOnlyAWitnessedEnclosureIsCompared(t *testing.T) {
	e := real.Sub(beyond(1, 700, true), real.Int64(1))
	for _, c := range []struct {
		judge  Judge
		alarms int
	}{{Judge{}, 0}, {Judge{witness: true}, 1}, {Judge{model: Points, witness: true}, 0}} {
		j := c.judge
		j.enclosure(e, 2048)
		if len(j.Alarms()) != c.alarms {
			t.Errorf("%+v: alarms %q, want %d", c.judge, j.alarms, c.alarms)
		}
	}
}

func TestAnAlarmIsRaisedWhereTheTwoArithmeticsExcludeEachOther(t *testing.T) {
	for _, c := range []struct {
		name  string
		iv    interval.Interval
		alarm bool
	}{
		{"the value", interval.Point(number(1, 0, 0)), false},
		{"around it", between(0.5, 2), false},
		{"the upper end of the margin", interval.Point(number(1, 1, 400)), false},
		{"the lower end of the margin", interval.Point(number(1, -1, 400)), false},
		{"beyond the upper end", interval.Point(number(1, 1, 399)), true},
		{"beyond the lower end", interval.Point(number(1, -1, 399)), true},
		{"above", between(1.5, 2), true},
		{"below", between(0, 0.5), true},
		{"everything", interval.Entire(), false},
	} {
		j := NewJudge(Enclosures)
		j.confront(real.Int64(1), c.iv)
		if (len(j.alarms) > 0) != c.alarm {
			t.Errorf("%s: alarms %q", c.name, j.alarms)
		}
		if j.confront(real.Quo(real.Int64(1), real.Int64(0)), c.iv); (len(j.alarms) > 0) != c.alarm {
			t.Errorf("%s: no answer of the witness contradicts it: %q", c.name, j.alarms)
		}
	}
	j := NewJudge(Enclosures)
	j.confront(real.Quo(real.Int64(1), real.Int64(3)), between(1, 2))
	j.confront(real.Int64(7), between(8, 9))
	want := []string{
		"enclosure " + between(1, 2).String() + " does not contain the independent value 0." + strings.Repeat("3", 60),
		"enclosure " + between(8, 9).String() + " does not contain the independent value 7",
	}
	if !slices.Equal(j.Alarms(), want) {
		t.Errorf("alarms\n%q, want\n%q", j.Alarms(), want)
	}
}

// A point's margin is 2⁻⁴⁰⁰ of its size, and its ends are the nearest numbers of its precision beyond.
func TestAPointIsWidenedOutward(t *testing.T) {
	rational := func(x *big.Float) *big.Rat { r, _ := x.Rat(nil); return r }
	beyondBy := func(x *big.Float, ulps int64) *big.Rat { // x and some units of its last place
		ulp := new(big.Float).SetMantExp(big.NewFloat(1), x.MantExp(nil)-int(x.Prec()))
		return new(big.Rat).Add(rational(x), new(big.Rat).Mul(rational(ulp), big.NewRat(ulps, 1)))
	}
	for d := int64(3); d < 20; d += 2 {
		for _, sign := range []int64{-1, 1} {
			x := new(big.Float).SetPrec(640).Quo(big.NewFloat(float64(sign*d*d+1)), big.NewFloat(float64(d)))
			margin := new(big.Rat).Mul(rational(new(big.Float).Abs(x)), new(big.Rat).SetFrac(big.NewInt(1), new(big.Int).Lsh(big.NewInt(1), 400)))
			lo, hi := new(big.Rat).Sub(rational(x), margin), new(big.Rat).Add(rational(x), margin)
			iv := widened(x)
			if rational(iv.Lo()).Cmp(lo) > 0 || beyondBy(iv.Lo(), 1).Cmp(lo) <= 0 || iv.Lo().Prec() != 640 {
				t.Errorf("%v: the lower end is not rounded down from %v", x, lo)
			}
			if rational(iv.Hi()).Cmp(hi) < 0 || beyondBy(iv.Hi(), -1).Cmp(hi) >= 0 || iv.Hi().Prec() != 640 {
				t.Errorf("%v: the upper end is not rounded up from %v", x, hi)
			}
		}
	}
	if iv := widened(nil); !iv.Lo().IsInf() || !iv.Hi().IsInf() {
		t.Errorf("no answer is widened to %v", iv)
	}
	if iv := widened(new(big.Float).SetPrec(640)); iv.Lo().Sign() != 0 || iv.Hi().Sign() != 0 {
		t.Errorf("0 is widened to %v", iv)
	}
}

func TestAComparisonClimbsFromTheLengthOfTheQuestion(t *testing.T) {
	for _, c := range []struct {
		bits   int
		decide uint // the precision that decides; 0 for none
		rungs  []uint
	}{
		{0, 0, []uint{128, 256, 512, 1024, 2048, 4096}},
		{-64, 0, []uint{128, 256, 512, 1024, 2048, 4096}},
		{64, 0, []uint{128, 256, 512, 1024, 2048, 4096}},
		{65, 0, []uint{192, 256, 512, 1024, 2048, 4096}},
		{128, 0, []uint{192, 256, 512, 1024, 2048, 4096}},
		{129, 0, []uint{256, 512, 1024, 2048, 4096}},
		{193, 0, []uint{320, 512, 1024, 2048, 4096}},
		{5000, 0, []uint{5120}},
		{0, 128, []uint{128}},
		{0, 256, []uint{128, 256}},
		{65, 4096, []uint{192, 256, 512, 1024, 2048, 4096}},
	} {
		var rungs []uint
		decided := NewJudge(Enclosures).climb(c.bits, func(prec uint, tie bool) bool {
			if tie != (len(rungs) > 0) {
				t.Errorf("%d bits: at %d bits ties are asked for: %v", c.bits, prec, tie)
			}
			rungs = append(rungs, prec)
			return prec == c.decide
		})
		if !slices.Equal(rungs, c.rungs) || decided != (c.decide > 0) {
			t.Errorf("%d bits: decided %v after %d, want %d", c.bits, decided, rungs, c.rungs)
		}
	}
}

// powerOfTwo is 2ⁿ as the square root of 4ⁿ, which only algebra knows to be an integer.
func powerOfTwo(n int64) *real.Expr { return real.Pow(real.Int(powerOf(big.NewInt(4), n)), half) }

func TestFloorAndCeilingAreExact(t *testing.T) {
	for _, c := range []struct {
		name        string
		e           *real.Expr
		bits        int
		floor, ceil int64
		undecided   bool
		points      bool // are of the same mind
	}{
		{"an integer", real.Int64(5), 3, 5, 5, false, true},
		{"a fraction", real.Quo(real.Int64(7), two), 3, 3, 4, false, true},
		{"a negative fraction", real.Quo(real.Int64(-7), two), 3, -4, -3, false, true},
		{"a tie", rootOfFour, 2, 2, 2, false, true},
		{"a negative tie", real.Sub(real.Int64(0), rootOfFour), 2, -2, -2, false, true},
		{"just above, seen at 512 bits", thirds(beyond(5, 250, true)), 3, 5, 6, false, true},
		{"just below, seen at 512 bits", thirds(beyond(5, 250, false)), 3, 4, 5, false, true},
		{"above by less than is ever seen", beyond(5, 3000, true), 3, 5, 6, false, false},
		{"below by less than is ever seen", beyond(5, 3000, false), 3, 4, 5, false, false},
		{"a tie that algebra does not see", secretZero, 2, 0, 0, true, false},
		{"a tie at the last rung but one", rootOfFour, 3968, 2, 2, false, true},
		{"a tie where there is no second rung", rootOfFour, 3969, 2, 2, true, true},
	} {
		for _, m := range []Model{Enclosures, Points} {
			if m == Points && !c.points {
				continue
			}
			j := NewJudge(m)
			if n, ok := j.floor(c.e, c.bits); ok == c.undecided || ok && n.Int64() != c.floor {
				t.Errorf("%s, by %v: ⌊e⌋ = %v, decided %v, want %d", c.name, m, n, ok, c.floor)
			}
			if n, ok := j.ceil(c.e, c.bits); ok == c.undecided || ok && n.Int64() != c.ceil {
				t.Errorf("%s, by %v: ⌈e⌉ = %v, decided %v, want %d", c.name, m, n, ok, c.ceil)
			}
		}
	}
}

func TestASignIsExact(t *testing.T) {
	for _, c := range []struct {
		name      string
		e         *real.Expr
		n         *big.Int
		sign      int
		undecided bool
	}{
		{"an integer above", real.Int64(5), big.NewInt(4), 1, false},
		{"an integer below", real.Int64(5), big.NewInt(6), -1, false},
		{"the integer itself", real.Int64(5), big.NewInt(5), 0, false},
		{"a tie", rootOfFour, big.NewInt(2), 0, false},
		{"a tie at an end of every enclosure", real.Max0(real.Sub(rootOfFour, two)), new(big.Int), 0, false},
		{"above, seen at 512 bits", thirds(beyond(1, 250, true)), big.NewInt(1), 1, false},
		{"below, seen at 512 bits", thirds(beyond(1, 250, false)), big.NewInt(1), -1, false},
		{"above by less than is ever seen", beyond(1, 3000, true), big.NewInt(1), 1, false},
		{"below by less than is ever seen", beyond(1, 3000, false), big.NewInt(1), -1, false},
		{"a tie that algebra does not see", secretZero, new(big.Int), 0, true},
		{"a tie that algebra does not see, at an end", real.Max0(secretZero), new(big.Int), 0, true},
		{"a tie of 4032 bits", powerOfTwo(4031), powerOf(big.NewInt(2), 4031), 0, false},
		{"a tie of 4033 bits, where there is no second rung", powerOfTwo(4032), powerOf(big.NewInt(2), 4032), 0, true},
	} {
		sign, ok := NewJudge(Enclosures).sign(c.e, c.n)
		if ok == c.undecided || ok && sign != c.sign {
			t.Errorf("%s: sign %d, decided %v, want %d", c.name, sign, ok, c.sign)
		}
	}
}

// A width is rounded up to 64 bits.
func TestAnIntegerIsTakenFromIntervalsShorterThanOne(t *testing.T) {
	none := int64(-99)
	for _, c := range []struct {
		iv   interval.Interval
		want int64
	}{
		{between(4.5, 5.25), 5}, {between(4.75, 5), 5}, {between(5, 5.5), 5}, {between(5, 5), 5}, {between(5.25, 5.5), 5},
		{between(-5.25, -4.5), -5}, {between(-5.5, -5), -5}, {between(-0.5, 0.25), 0}, {between(-0.5, -0.25), -1}, {between(-0.5, 0), 0},
		{between(4, 5), none}, {between(4.5, 6), none}, {between(-2, 2), none}, {interval.Entire(), none},
		{interval.New(number(0, 0, 0), new(big.Float).SetInf(false)), none},
		{interval.New(new(big.Float).SetInf(true), number(0, 0, 0)), none},
		{interval.New(number(0, 1, 64), number(1, 0, 0)), 1},
		{interval.New(number(0, 1, 65), number(1, 0, 0)), none},
		{interval.New(number(0, 3, 66), number(1, 0, 0)), none},
	} {
		n := integerIn(c.iv)
		if got := n == nil; got != (c.want == none) || !got && n.Int64() != c.want {
			t.Errorf("%v: %v, want %d", c.iv, n, c.want)
		}
	}
}

func TestTheIntegerBesideIsDecidedByAlgebra(t *testing.T) {
	e := real.Exp(real.Int64(1)) // 2.718…, of which any enclosure may be given
	for _, c := range []struct {
		name       string
		model      Model
		e          *real.Expr
		iv         interval.Interval
		down, tie  bool
		want       int64
		notDecided bool
	}{
		{"ends at it, down", Enclosures, e, between(2.5, 3), true, true, 2, false},
		{"begins at it, up", Enclosures, e, between(2, 2.8), false, true, 3, false},
		{"ends at it, up", Enclosures, e, between(2.5, 3), false, true, 0, true},
		{"begins at it, down", Enclosures, e, between(2, 2.8), true, true, 0, true},
		{"contains it, down", Enclosures, e, between(2.5, 3.25), true, true, 0, true},
		{"contains it, up", Enclosures, e, between(1.5, 2.25), false, true, 0, true},
		{"no tie asked for", Enclosures, e, between(2.5, 3), true, false, 0, true},
		{"is it", Enclosures, rootOfFour, between(1.5, 2.25), true, true, 2, false},
		{"is it, no tie asked for", Enclosures, rootOfFour, between(1.5, 2.25), true, false, 0, true},
		{"too long", Enclosures, rootOfFour, between(1, 2.25), true, true, 0, true},
		{"unknown to algebra, ends at it", Enclosures, secretZero, between(-0.5, 0), true, true, 0, true},
		{"unknown to algebra, begins at it", Enclosures, secretZero, between(0, 0.5), false, true, 0, true},
		{"points look again, down", Points, e, between(2.5, 3.25), true, true, 2, false},
		{"points look again, up", Points, e, between(1.5, 2.25), false, true, 3, false},
		{"points look again at more than 128 bits", Points, thirds(beyond(1, 120, true)), between(0.5, 1.25), false, true, 2, false},
		{"points look again at no more than 256 bits", Points, thirds(beyond(1, 250, true)), between(0.5, 1.25), false, true, 0, true},
	} {
		n, ok := NewJudge(c.model).beside(c.e, c.iv, c.down, c.tie)
		if ok == c.notDecided || ok && n.Int64() != c.want {
			t.Errorf("%s: %v, decided %v, want %d", c.name, n, ok, c.want)
		}
	}
}

func same(v, w Verdict) bool { return fmt.Sprintf("%+v", v) == fmt.Sprintf("%+v", w) }

func TestAtMostAndAtLeastAreJudgedToTheWei(t *testing.T) {
	slack := func(wei int64) Margin { return slackOf(big.NewInt(wei)) }
	holding := func(wei int64) Verdict { return Verdict{Outcome: Holds, Margin: slack(wei)} }
	third := real.Quo(real.Int64(16), real.Int64(3)) // 5⅓
	j := NewJudge(Enclosures)
	for _, c := range []struct {
		name          string
		got           int64
		t             *real.Expr
		most, atLeast Verdict
	}{
		{"below", 3, third, holding(2), Verdict{Outcome: Violated, Part: "amount", Margin: slack(-3), Excess: big.NewInt(3), Got: "3", Want: "at least T = " + j.show(third)}},
		{"at the floor", 5, third, holding(0), Verdict{Outcome: Violated, Part: "amount", Margin: slack(-1), Excess: big.NewInt(1), Got: "5", Want: "at least T = " + j.show(third)}},
		{"at the ceiling", 6, third, Verdict{Outcome: Violated, Part: "amount", Margin: slack(-1), Excess: big.NewInt(1), Got: "6", Want: "at most T = " + j.show(third)}, holding(0)},
		{"above", 9, third, Verdict{Outcome: Violated, Part: "amount", Margin: slack(-4), Excess: big.NewInt(4), Got: "9", Want: "at most T = " + j.show(third)}, holding(3)},
		{"a tie", 2, rootOfFour, holding(0), holding(0)},
		{"an integer", 7, real.Int64(4), Verdict{Outcome: Violated, Part: "amount", Margin: slack(-3), Excess: big.NewInt(3), Got: "7", Want: "at most T = 4"}, holding(3)},
		{"no exact value", 3, nil, violated("amount", "3", "a failure: no exact value exists"), violated("amount", "3", "a failure: no exact value exists")},
		{"undecided", 3, secretZero, undecided("amount"), undecided("amount")},
	} {
		if v := j.atMost("amount", big.NewInt(c.got), c.t); !same(v, c.most) {
			t.Errorf("%s: at most: %+v, want %+v", c.name, v, c.most)
		}
		if v := j.atLeast("amount", big.NewInt(c.got), c.t); !same(v, c.atLeast) {
			t.Errorf("%s: at least: %+v, want %+v", c.name, v, c.atLeast)
		}
	}
}

func TestAShareIsRoundedUpAndATieIsAllThatIsAllowed(t *testing.T) {
	j := NewJudge(Enclosures)
	using := func(billionths uint64) Verdict {
		return Verdict{Outcome: Holds, Margin: ratioMargin(billionths)}
	}
	over := func(used, allowed *real.Expr, excess *big.Int) Verdict {
		return Verdict{Outcome: Violated, Part: "error", Excess: excess, Got: j.show(used), Want: "at most " + j.show(allowed)}
	}
	third := real.Quo(real.Int64(1), real.Int64(3))
	// enclosed at 4096 bits by [0, 2⁻¹⁰⁹⁵], and at fewer by nothing that tells it from 1
	cancelled := real.Sub(real.Add(real.Int(powerOf(big.NewInt(2), 3000)), real.Exp(real.Int64(-3000))), real.Int(powerOf(big.NewInt(2), 3000)))
	root := real.Pow(two, half)
	product := func() *real.Expr { // 3^(1/5) ÷ 2^(1/2) = 0.88
		return real.Quo(real.Pow(real.Int64(3), real.Quo(real.Int64(1), real.Int64(5))), real.Pow(two, half))
	}
	secret, square := real.Mul(real.Exp(real.Int64(1)), real.Exp(real.Int64(1))), real.Exp(two)
	for _, c := range []struct {
		name          string
		used, allowed *real.Expr
		want          Verdict
	}{
		{"a third", real.Int64(1), real.Int64(3), using(333_333_334)},
		{"a half", real.Int64(1), real.Int64(2), using(500_000_000)},
		{"all", real.Int64(3), real.Int64(3), using(1e9)},
		{"nothing", real.Int64(0), real.Int64(3), using(0)},
		{"less than nothing", real.Int64(-2), real.Int64(3), using(0)},
		{"nothing of nothing", real.Int64(0), real.Int64(0), using(0)},
		{"nothing of nothing, known by algebra", real.Sub(rootOfFour, two), real.Int64(0), using(0)},
		{"less than nothing, seen at 256 bits", real.Sub(thirds(beyond(1, 120, false)), real.Int64(1)), real.Int64(0), using(0)},
		{"half, a tie", rootOfFour, real.Int64(4), using(500_000_000)},
		{"half and less than 128 bits show", thirds(beyond(2, 120, true)), real.Int64(4), using(500_000_001)},
		{"all, known by algebra", rootOfFour, two, using(1e9)},
		{"all of two irrational numbers, known by their quotient", product(), product(), using(1e9)},
		{"all of two irrational numbers, known by their difference", real.Add(real.Int64(1), root), real.Add(root, real.Int64(1)), using(1e9)},
		{"a share too small to be seen", cancelled, real.Exp(real.Int64(1)), using(1)},
		{"too much", real.Int64(7), real.Int64(3), over(real.Int64(7), real.Int64(3), big.NewInt(4))},
		{"too much by a fraction", real.Quo(real.Int64(7), two), real.Int64(3), over(real.Quo(real.Int64(7), two), real.Int64(3), big.NewInt(1))},
		{"a little of nothing", third, real.Int64(0), over(third, real.Int64(0), big.NewInt(1))},
		{"too much, by an unknown distance", real.Add(secret, real.Int64(1)), square, over(real.Add(secret, real.Int64(1)), square, nil)},
		{"as much, unknown to algebra", secret, square, undecided("error")},
		{"nothing, unknown to algebra", secretZero, real.Int64(1), undecided("error")},
		{"half, unknown to algebra", real.Quo(secret, two), square, undecided("error")},
	} {
		if v := j.within("error", c.used, c.allowed); !same(v, c.want) {
			t.Errorf("%s: %+v, want %+v", c.name, v, c.want)
		}
	}
}

func TestOneEnclosureOfEachTellsMostShares(t *testing.T) {
	for _, c := range []struct {
		name          string
		used, allowed *real.Expr
		share         uint64
		ok            bool
	}{
		{"half", real.Int64(1), two, 500_000_000, true},
		{"all", two, two, 1e9, true},
		{"nothing", real.Int64(0), two, 0, true},
		{"less", real.Int64(-1), two, 0, true},
		{"nothing or a little", real.Max0(real.Sub(rootOfFour, two)), two, 0, false},
		{"nothing, a little more or less", real.Sub(rootOfFour, two), two, 0, false},
		{"more than allowed", real.Int64(3), two, 0, false},
		{"about all", rootOfFour, two, 0, false},
		{"all, or about", two, rootOfFour, 0, false},
		{"about half", rootOfFour, real.Int64(4), 0, false},
	} {
		m, ok := NewJudge(Enclosures).shareOf(c.used, c.allowed)
		if ok != c.ok || ok && m.String() != ratioMargin(c.share).String() || !ok && m.String() != "" {
			t.Errorf("%s: %q, told %v", c.name, m, ok)
		}
	}
}

func TestAnEnclosureOfBillionthsIsRoundedUp(t *testing.T) {
	for _, c := range []struct {
		iv    interval.Interval
		share uint64
		ok    bool
	}{
		{between(5e8, 5e8), 500_000_000, true}, {between(4.25, 4.75), 5, true}, {between(4.25, 5), 5, true}, {between(4.25, 5.5), 0, false},
		{between(0.25, 0.5), 1, true}, {between(0, 0.5), 1, true}, {between(-0.5, 1), 1, true}, {between(-0.5, 1.25), 0, false}, {between(0.5, 1.5), 0, false},
		{between(0, 0), 0, true}, {between(1e9, 1e9), 1e9, true}, {between(1e9-0.5, 1e9-0.25), 1e9, true}, {between(2e9, 2e9), 1e9, true},
		{interval.Entire(), 0, false},
	} {
		m, ok := upperShare(c.iv)
		if ok != c.ok || ok && m.String() != ratioMargin(c.share).String() || !ok && m.String() != "" {
			t.Errorf("%v: %q, told %v", c.iv, m, ok)
		}
	}
}

func TestAnIntegerIsShownAsOneAndAllElseByItsEnclosureAt256Bits(t *testing.T) {
	j := NewJudge(Enclosures)
	for _, c := range []struct {
		e    *real.Expr
		text string
	}{{real.Int64(-17), "-17"}, {real.Int(powerOf(big.NewInt(10), 30)), "1" + strings.Repeat("0", 30)}, {real.Quo(real.Int64(6), two), "3"}, {real.Quo(real.Int64(3), two), "1.5"}} {
		if got := j.show(c.e); got != c.text {
			t.Errorf("shown as %q, want %q", got, c.text)
		}
	}
	for d := int64(3); d < 60; d += 4 {
		e := real.Exp(real.Quo(real.Int64(1), real.Int64(d)))
		if want := real.Eval(real.Arithmetic[interval.Interval](interval.At(256)), e).String(); j.show(e) != want {
			t.Errorf("exp(1/%d) is shown as %s, want %s", d, j.show(e), want)
		}
	}
}
