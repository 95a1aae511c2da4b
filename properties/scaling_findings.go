package properties

import (
	"math/big"

	"github.com/trueweight/trueweight/properties/domain"
)

// missedV2Text is the bound of missedV2: T at the loaded amounts beside T.
const missedV2Text = "⌈T − T̃⌉ raw units in, resp. ⌈T̃ − T⌉ out, T̃ the T of b = ⌊B·F/10¹⁸⌋ and a = ⌊A·F/10¹⁸⌋ for balances and amount; relative to T at most as SC-DUST says: "

// What v2's roundings on load cost a pool. What v3 does instead is on the pool's side at every step: floors of what comes in and of the balance out, ceilings of what goes out and
// one wei more of the balance in, the rate up for what leaves; T grows with the amount and falls with the balance in (exact-in), or grows with both and falls with the
// balance out (exact-out), the swap and powUp are on the pool's side of it, and so are fee and last division. So v3 needs no finding.
var scFindings = []*Finding{
	{
		ID: "F-18", Claims: []string{"SC-DIR"}, Part: rawAmountPart,
		Title: "v2 asks too little for an amount out that it scales down",
		Statement: "An amount out that the trader gives is multiplied by the token's factor and rounded down, as every amount is under v2's rules; the pool asks the price of up to one wei of value less than it pays. " +
			"Of 17 wei at rate 1.058132, worth 17.988, it counts 17 and asks 5.5 % too little; of 1 wei at rate 0.9 it counts nothing, and asks nothing but powUp's allowance.",
		Condition:  "v2, exact-out, A·Fₒ mod 10¹⁸ ≠ 0, Fₒ = 10^(18−d)·rate of the token out, balance in worth at least a wei",
		BoundText:  missedV2Text + "1 − bᵢ/(bᵢ+1)·(a/(a+1))^(m/(1−v))",
		Severity:   "high where a token has a rate and 18 decimals: the rule behind the loss of 3 November 2025, there in stable pools",
		Difficulty: "medium: one swap of a chosen amount, open to anyone; it takes a v2 pool that holds such a token, and pays only where 17 wei are a part of its balance.",
		Scenario: "Any v2 weighted pool with such a token; the gain of a swap is a part of what it pays, so it matters where 17 wei are a part of the pool. 50/50, fee 10⁻⁶, 17 wei at rate 1.058132, short of T by, in parts of T and of the whole balance in, for a balance out of " +
			"60 wei: 6.5 %, 2.6 %; 100: 5.7 %, 1.2 %; 1,000: 5.6 %, 9.6·10⁻⁴; 10⁶: 5.5 %, 9.3·10⁻⁷; 10⁹: 5.5 %, 9.3·10⁻¹⁰; 10¹²: 5.5 %, 9.3·10⁻¹³. An exponent that is no exact form pays powUp's allowance of 10⁻¹⁴ of the balance in: 80/20 gains from 10¹³ wei down only. " +
			"A fee takes its part of the price: 0.3 % leaves 5.2 %, and from 5.5 % on nothing is gained. So the trader first buys the balance out down to dust, in one batch and with nothing of his own; the pool from which that is cheapest is the one in which the token has little weight. See F-09.",
		Advice: "Scale what leaves the pool up, as v3 does.",
		holds: func(_ *Subject, c domain.Case) bool {
			return rawSwapV2(c, func(t rawTrade) bool { return t.givenShort() && !t.loadedAsNothing() })
		},
		bound: missedV2,
	},
	{
		ID: "F-19", Claims: []string{"SC-DIR"}, Part: rawAmountPart,
		Title: "v2 trades at a price of a balance in that it loads short",
		Statement: "The balance of the token in is multiplied by its factor and rounded down, and so is up to one wei smaller than what it stands for: each wei of the amount counts for more of it, whichever amount is given. " +
			"The balance out, rounded down too, moves the price the other way.",
		Condition:  "v2, Bᵢ·Fᵢ mod 10¹⁸ ≠ 0, and neither F-18 nor F-20",
		BoundText:  missedV2Text + "1/bᵢ out, 1/(bᵢ+1) in",
		Severity:   "informational: below 10⁻¹² wherever the balance in is above 10¹² wei; a pool of dust loses dust",
		Difficulty: "medium: anyone may sell into a balance of dust, but must find it, or bring it there as in F-09 and F-20.",
		Scenario: "Who sells into a balance of dust gets up to one part in bᵢ too much: 2 wei at rate 1.5 into 7 wei, which are loaded as 10 and not as 10.5, buy 3.8 % too much; into 10⁶ wei, 10⁻⁶ too much. The other token is the one that is worth something, and so it is here that a drained " +
			"balance is filled again at the pool's cost; no fee stands against it but its own part.",
		Advice: "Count one wei more of the balance in, and keep minimum balances, as v3 does.",
		holds: func(_ *Subject, c domain.Case) bool {
			return rawSwapV2(c, func(t rawTrade) bool {
				return t.loadedShort() && !t.givenShort() && !(t.c.GivenOut && t.loadedAsNothing())
			})
		},
		bound: missedV2,
	},
	{
		ID: "F-20", Claims: []string{"SC-DIR"}, Part: rawAmountPart,
		Title:      "v2 sells for nothing against a balance that is worth less than a wei",
		Statement:  "A balance in that is worth less than one wei, such as 1 wei at a rate below 1, is loaded as 0. The price of an exact amount out is a part of that balance, and so 0, whatever is bought, up to 30 % of the other balance in every swap.",
		Condition:  "v2, exact-out, Bᵢ > 0, Bᵢ·Fᵢ < 10¹⁸",
		BoundText:  "⌈T⌉ raw units: the whole price",
		Severity:   "critical for a v2 weighted pool with a token of 18 decimals and a rate below 1",
		Difficulty: "medium: one batch of ordinary swaps, open to anyone and with no capital; it takes a v2 pool that holds a token of 18 decimals at a rate below 1, which a rate that only grows from 1 never is.",
		Scenario: "In one batch, and with nothing of his own, a trader buys such a token out of the pool down to 5 wei; takes the next four one by one, which scale down to 0 and are asked 0 for, or powUp's allowance (F-18); and then takes the other token, 30 % at a time, for nothing. " +
			"80/20, the 20 % token at rate 0.9, 10²⁴ wei of each, fee 0.3 %: 152 swaps, 4 of one wei, and 191 that cost nothing leave the pool with 3 wei and 1 wei. v3's minimum balances stop the first step.",
		Advice: "Fail where a balance is loaded as 0, and keep minimum balances, as v3 does.",
		holds: func(_ *Subject, c domain.Case) bool {
			return rawSwapV2(c, func(t rawTrade) bool { return t.c.GivenOut && t.loadedAsNothing() })
		},
		bound: missedV2,
	},
}

func missedV2(c domain.Case) *big.Int { return rawTradeOf(c).missedV2() }
