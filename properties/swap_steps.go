package properties

import (
	"math/big"

	"github.com/trueweight/trueweight/properties/domain"
)

var swStep = &Property{
	ID: "SW-STEP",
	Claim: "Each rounding between a swap's inputs, its power and its answer is one, of the exact quotient, on the pool's side: the power is taken of the least base that is not below the exact one and of the exponent's " +
		"neighbour that makes it larger. A swap answers exactly where these have values and the amount is at most 30 % of its balance.",
	Inequality: "out = ⌊bₒ·max(0, 1 − p)⌋, p = powUp(⌈bᵢ/(bᵢ+a)⌉, ⌊wᵢ/wₒ⌋); in = ⌈bᵢ·(p − 1)⌉, p = powUp(⌈bₒ/(bₒ−a)⌉, ⌈wₒ/wᵢ⌉); ⌊ ⌋ and ⌈ ⌉ in 10⁻¹⁸ and wei, powUp the subject's own",
	Source:     "SPEC, outGivenIn, inGivenOut",
	Kinds:      bothSwaps,
	Needs:      []string{"OutGivenIn", "InGivenOut", "PowUp"},
	check: func(_ *Judge, s *Subject, c domain.Case) Verdict {
		t, k := tradeOf(c), &contract{s: s}
		want := t.stepped(k)
		got, err := t.ask(s, t.c.Amount)
		return k.judge("roundings", []num{got}, err, want)
	},
}

// stepped returns what the trade's contract says.
func (t trade) stepped(k *contract) *big.Int {
	limited := t.balanceIn
	if t.c.GivenOut {
		limited = t.balanceOut
	}
	k.minus(k.mulDown(limited, big.NewInt(3e17)), t.amount)
	if t.c.GivenOut {
		base := k.divUp(t.balanceOut, k.minus(t.balanceOut, t.amount))
		p := k.power(k.s.PowUp, base, k.divUp(t.weightOut, t.weightIn))
		return k.mulUp(t.balanceIn, k.minus(p, fixedOne))
	}
	base := k.divUp(t.balanceIn, k.plus(t.balanceIn, t.amount))
	p := k.power(k.s.PowUp, base, k.divDown(t.weightIn, t.weightOut))
	return k.mulDown(t.balanceOut, restOf(p))
}

var swCharge = &Property{
	ID: "SW-CHARGE",
	Claim: "The swap fee is the exact one rounded up to a wei, and no wei more: of an amount in, and on top of what is to be left of one. It is charged exactly where that is a number of 256 bits, and not where it takes more than " +
		"there is.",
	Inequality: "a·φ ≤ a − net < a·φ + 1; v2 and v3: in·φ/(1−φ) ≤ gross − in < in·φ/(1−φ) + 1; net fails where ⌈a·φ⌉ > a, gross where φ ≥ 1",
	T:          "a·φ and in·φ/(1 − φ)",
	Source:     "SPEC, Scaling, fees around a swap",
	Kinds:      bothSwaps,
	Needs:      []string{"AmountInLessFee"},
	check: func(_ *Judge, s *Subject, c domain.Case) Verdict {
		t := tradeOf(c)
		v := Verdict{Outcome: Vacuous}
		for _, fee := range feesBeside(t.c.Fee) {
			v = worst(v, charged(s, t.c.Amount, fee))
		}
		return v
	},
}

// feesBeside returns a fee and, where it is an odd one, the fee of everything and its neighbours.
func feesBeside(fee num) []num {
	if fee[0]%2 == 0 {
		return []num{fee}
	}
	return []num{fee, {domain.One - 1}, fixedNum, {domain.One + 1}}
}

// charged judges the three ways to charge a fee on an amount.
func charged(s *Subject, amount, fee num) Verdict {
	a, rate := amount.ToBig(), fee.ToBig()
	k := &contract{s: s}
	net := k.minus(a, k.mulUp(a, rate))
	got, err := s.AmountInLessFee(amount, fee)
	v := k.judge("exact-in", []num{got}, err, net)
	if s.AmountInPlusFeeV2 != nil {
		k = &contract{s: s}
		gross := k.toGive(a, rate)
		got, err = s.AmountInPlusFeeV2(amount, fee)
		v = worst(v, k.judge("exact-out, v2", []num{got}, err, gross))
	}
	if s.AmountInPlusFeeV3 != nil {
		k = &contract{s: s}
		gross := k.plus(a, k.up(a, rate, restOf(rate)))
		got, err = s.AmountInPlusFeeV3(amount, fee)
		v = worst(v, k.judge("exact-out, v3", []num{got}, err, gross))
	}
	return v
}
