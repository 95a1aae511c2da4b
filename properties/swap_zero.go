package properties

import (
	"math/big"

	"github.com/holiman/uint256"
	"github.com/trueweight/trueweight/properties/domain"
)

var swZero = &Property{
	ID: "SW-ZERO",
	Claim: "Nothing in, nothing out; anything out needs something in; nothing out costs nothing; in the tokens' own decimals too. " +
		"With no balance of one token: exact-in fails for an empty side in and pays nothing from an empty side out; exact-out fails for an empty side out and asks nothing into an empty side in.",
	Inequality: "outGivenIn(0) = 0; a > 0 ⇒ inGivenOut(a) > 0; inGivenOut(0) = 0; raw amounts: out > 0 ⇒ in > 0",
	T:          "0 for an amount of 0, and 0 at a balance of 0 where a value exists",
	Source:     "SPEC, outGivenIn, inGivenOut; Scaling",
	Kinds:      bothSwaps,
	Needs:      tradeNeeds,
	check: func(j *Judge, s *Subject, c domain.Case) Verdict {
		t := tradeOf(c)
		switch {
		case t.balanceIn.Sign() == 0 || t.balanceOut.Sign() == 0:
			return t.emptySide(s)
		case t.c.GivenOut:
			return t.freeOut(s)
		default:
			return t.nothingIn(s)
		}
	},
}

// emptySide judges the stated result of a zero balance.
func (t trade) emptySide(s *Subject) Verdict {
	answer, err := t.ask(s, t.c.Amount)
	traded := t.c.Traded()
	switch {
	case traded.IsZero() && err == nil:
		return violated("an empty traded side fails", answer.Dec(), "a failure: no amount of an empty side can be traded")
	case traded.IsZero():
		return Verdict{Outcome: Holds, Failure: failureLabel(err)}
	case err != nil:
		return vacuous(err)
	case !answer.IsZero():
		return violated("an empty other side moves nothing", answer.Dec(), "0: the exact amount, a share of nothing")
	}
	return holds()
}

// nothingIn judges an exact amount in: 0 pays 0, and so does an amount of 0 in its own units.
func (t trade) nothingIn(s *Subject) Verdict {
	out, err := t.ask(s, num{})
	if err != nil {
		return vacuous(err)
	}
	if !out.IsZero() {
		return violated("nothing in, nothing out", out.Dec(), "0")
	}
	// raw in → 18 decimals → swap → raw out, rounded down
	raw, unit := inOwnUnits(t.c.Amount, t.c.DecimalsIn)
	scaled := new(num).Mul(&raw, &unit)
	out, err = t.ask(s, *scaled)
	if err != nil {
		return holds() // of the raw amount there is no answer; of nothing there was
	}
	rawOut, _ := inOwnUnits(out, t.c.DecimalsOut)
	if raw.IsZero() && !rawOut.IsZero() {
		return violated("nothing in, nothing out, in raw units", rawOut.Dec(), "0")
	}
	return holds()
}

// freeOut judges an exact amount out: it costs something unless it is nothing, in its own units too.
func (t trade) freeOut(s *Subject) Verdict {
	in, err := t.ask(s, t.c.Amount)
	if err != nil {
		return vacuous(err)
	}
	switch zero := t.c.Amount.IsZero(); {
	case !zero && in.IsZero():
		return violated("anything out needs something in", "0", "at least 1 wei")
	case zero && !in.IsZero():
		v := violated("nothing out costs nothing", in.Dec(), "0")
		v.Excess = in.ToBig()
		return v
	}
	// raw out → 18 decimals → swap → raw in, rounded up
	raw, unit := inOwnUnits(t.c.Amount, t.c.DecimalsOut)
	if raw.IsZero() {
		return holds()
	}
	in, err = t.ask(s, *new(num).Mul(&raw, &unit))
	if err != nil {
		return vacuous(err)
	}
	if in.IsZero() { // ⌈in/unit⌉ is 0 only then
		return violated("anything out needs something in, in raw units", "0", "at least 1 raw unit")
	}
	return holds()
}

// inOwnUnits returns ⌊amount/unit⌋ and the unit: 10^(18 − decimals) wei, a token's own smallest amount.
func inOwnUnits(amount num, decimals uint8) (raw, unit num) {
	unit.Exp(uint256.NewInt(10), uint256.NewInt(uint64(18-decimals)))
	raw.Div(&amount, &unit)
	return raw, unit
}

var swZeroFindings = []*Finding{{
	ID:     "F-05",
	Claims: []string{"SW-ZERO"},
	Part:   "nothing out costs nothing",
	Title:  "An exact-out swap of nothing costs something",
	Statement: "inGivenOut(0) is not 0 but ⌈bᵢ·10001/10¹⁸⌉: the base is exactly 1, pow(1, y) is exactly 1, and powUp adds its allowance ⌈10¹⁸·10⁻¹⁴⌉ + 1 = 10001 wei all the same. " +
		"Only the exponents 1, 2 and 4, which need no allowance, ask 0.",
	Condition:  "exact-out, amount 0, both balances at least 1 wei, ⌈wₒ·10¹⁸/wᵢ⌉ not 1, 2 or 4 times 10¹⁸",
	BoundText:  "⌈bᵢ·10001/10¹⁸⌉ wei, reached in every case",
	Severity:   "informational: in the pool's favour",
	Difficulty: "high: nobody gains. Anyone can ask for nothing, and pays for it.",
	Scenario:   "A trader who asks for nothing pays about 10⁻¹⁴ of the balance in; every exact-out swap pays this on top of its exact price.",
	Advice:     "Answer 0 for an amount of 0 before the power is taken.",
	holds: func(_ *Subject, c domain.Case) bool {
		swap, ok := c.(*domain.Swap)
		return ok && swap.GivenOut && swap.Amount.IsZero() && !swap.WeightIn.IsZero() && !atExactForm(tradeFrom(swap).exponent())
	},
	bound: func(c domain.Case) *big.Int {
		return ceilQuo(productOf(tradeOf(c).balanceIn, big.NewInt(10001)), fixedOne)
	},
}}
