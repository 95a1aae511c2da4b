package properties

import (
	"math/big"
	"slices"

	"github.com/trueweight/trueweight/properties/domain"
	"github.com/trueweight/trueweight/reference/real"
)

var leFindings = []*Finding{
	{
		ID: "F-01", Claims: []string{"LE-DOM"}, Part: zeroBasePart,
		Title:      "powUp(0, y) is 1 unit, where 0ʸ is 0",
		Statement:  "powUp adds its allowance ⌈pow/10¹⁴⌉ + 1 to a power that is exactly 0, and answers 1 unit. powDown answers 0.",
		Condition:  "base = 0, and the exponent is none of 0, 1, 2, 4",
		BoundText:  "1 unit (10⁻¹⁸), reached by every such case",
		Severity:   "informational",
		Difficulty: "high: nobody gains. Any caller of the function meets it with base 0, which no swap has.",
		Scenario:   "None in swaps, whose bases are positive. V3's invariant rounded up is not 0 when a balance is 0 (IN-ZERO).",
		Advice:     "Short term: nothing. Long term: return 0 for base 0 before the allowance is added.",
		holds: func(_ *Subject, c domain.Case) bool {
			p, ok := c.(*domain.Pow)
			return ok && p.Base.IsZero() && !p.Exponent.IsZero() && !atExactForm(p.Exponent.ToBig())
		},
		bound: func(domain.Case) *big.Int { return big.NewInt(1) },
	},
	{
		ID: "F-02", Claims: []string{"LE-DOM"}, Part: zeroExponentPart,
		Title:      "powDown(x, 0) and powUp(x, 0) are not 1",
		Statement:  "x⁰ is exactly 1, yet both widen it by the allowance: powDown(x, 0) = 1 − 10001·10⁻¹⁸ and powUp(x, 0) = 1 + 10001·10⁻¹⁸.",
		Condition:  "exponent = 0",
		BoundText:  "⌈10¹⁸/10¹⁴⌉ + 1 = 10001 units (10⁻¹⁸), reached by every such case",
		Severity:   "informational",
		Difficulty: "high: nobody gains, and no pool has a weight of 0.",
		Scenario:   "No pool has a weight of 0; a weight ratio that rounds to 0 needs weights beyond any pool's. The error is against the one who trades.",
		Advice:     "Short term: nothing. Long term: treat the exponent 0 as an exact form.",
		holds:      func(_ *Subject, c domain.Case) bool { p, ok := c.(*domain.Pow); return ok && p.Exponent.IsZero() },
		bound:      func(domain.Case) *big.Int { return big.NewInt(10_001) },
	},
	{
		ID: "F-03", Claims: []string{"LE-MONO"}, Part: neverFallsPart,
		Title: "pow falls as its base reaches 1.1",
		Statement: "At 1.1 the logarithm changes algorithm, and the one that serves from there on answers 1.044·10⁻¹⁸ too little, while the base's last unit adds but 0.909·10⁻¹⁸: " +
			"pow(1.1, 99) is 162,831 units less than pow(1.1 − 10⁻¹⁸, 99), and pow(1.1, 1363.967…) less by 1.86·10⁻¹⁶ of itself. Both answers are within their errors " +
			"(LE-ERR), and so within the allowance of powDown and powUp. No other fall was found, at 0.9 neither: between changes of its " +
			"reductions each algorithm is a chain of monotone steps, and a test asks exp and ln on both sides of every change. A fall elsewhere would be a violation.",
		Condition:  "the bases are 1.1 − 10⁻¹⁸ and 1.1",
		BoundText:  "T − T′ + 1.3·10⁻²¹·T + (y·δ + 3.04·10⁻¹⁸)·T′ + 1 units (10⁻¹⁸), δ = ln 1.1 − 0.095310179804324859; less than 1.9·10⁻¹⁶·T + 1",
		Severity:   "low",
		Difficulty: "high: nobody gains. Anyone can choose the one amount whose base is 1.1, and gets less for it, not more.",
		Scenario: "A trade of one unit more may get less, by up to the fall times the balance (SW-MONO). Nobody gains by it: powDown and powUp still enclose the exact " +
			"power.",
		Advice: "Short term: integrators must not assume monotony, as a binary search for an amount does. Long term: keep more decimals of the logarithm in both algorithms.",
		holds:  func(_ *Subject, c domain.Case) bool { return slices.ContainsFunc(risesOf(c), rise.reachesSwitch) },
		bound: func(c domain.Case) *big.Int {
			greatest := new(big.Int)
			for _, r := range risesOf(c) {
				if r.reachesSwitch() && r.from.finite() {
					if fall := r.fallAtSwitch(); fall.Cmp(greatest) > 0 {
						greatest = fall
					}
				}
			}
			return greatest
		},
	},
}

// lnAtSwitch is SPEC's ln of 1.1, a unit less than the digits of ln 1.1.
const lnAtSwitch = 95_310_179_804_324_859

// reachesSwitch reports that the bases are 1.1 − 10⁻¹⁸, the last of ln36, and 1.1, the first of lnWide.
func (r rise) reachesSwitch() bool {
	return r.to.base.Cmp(big.NewInt(11e17)) == 0 && r.from.base.Cmp(big.NewInt(11e17-1)) == 0
}

// fallAtSwitch bounds the fall there, rounded down as falls are whole. It is the derivation of powErrorBounds with the error that the logarithm of 1.1
// has, δ, in place of the greatest that lnWide can have: pow ≤ T·(1 + gain) and pow′ > T′·(1 − y·δ − 10⁻¹⁸ − 2.04·10⁻¹⁸) − 1.
func (r rise) fallAtSwitch() *big.Int {
	y := r.to.exponent
	t, next := powT(r.from.base, y), powT(r.to.base, y)
	_, above := powErrorBounds(r.from.base, y)
	delta := real.Sub(lnT(r.to.base), real.Int64(lnAtSwitch)) // in units
	loss := real.Mul(real.Int(y), delta)                      // in parts, as the constants are
	loss = real.Add(loss, real.Int64(expLossMost))
	loss = real.Quo(real.Add(loss, real.Int(fixedOne)), real.Int(part))
	below := real.Add(real.Mul(next, loss), real.Int64(1))
	fall, _ := NewJudge(Enclosures).floor(real.Add(real.Sub(real.Add(t, above), next), below), 256)
	return fall
}
