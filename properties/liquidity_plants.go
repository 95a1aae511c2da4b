package properties

import (
	"errors"
	"github.com/trueweight/trueweight/impl/revert"
	"slices"

	"github.com/trueweight/trueweight/properties/domain"
)

// A sum is a formula under way: the first failure of its steps stays.
type sum struct{ err error }

func (f *sum) of(step rounding, a, b num) num {
	z, err := step(a, b)
	if f.err == nil {
		f.err = err
	}
	return z
}

func (f *sum) plus(a, b num) num  { return *new(num).Add(&a, &b) }
func (f *sum) minus(a, b num) num { return *new(num).Sub(&a, &b) }

// rest returns 1 − x, not below 0.
func (f *sum) rest(x num) num {
	if x.Gt(&fixedNum) {
		return num{}
	}
	return f.minus(fixedNum, x)
}

// tokenIn and tokenOut are the roundings of v2's two operations with BPT given for one token, in their order.
type tokenIn struct{ ratio, exponent, power, amount, taxed, gross rounding }

type tokenOut struct{ ratio, exponent, power, amount, taxed, net rounding }

// joinedFor plants a change of the roundings of TokenInGivenExactBptOut.
func joinedFor(change func(s *Subject, f *tokenIn)) func(*Subject) {
	return func(s *Subject) {
		r := tokenIn{s.DivUp, s.DivUp, s.PowUp, s.MulUp, s.MulUp, s.DivUp}
		change(s, &r)
		right := s.TokenInGivenExactBptOut
		s.TokenInGivenExactBptOut = func(w, b, out, supply, fee num) (num, error) {
			if z, err := right(w, b, out, supply, fee); err != nil {
				return z, err
			}
			var f sum
			power := f.of(r.power, f.of(r.ratio, f.plus(supply, out), supply), f.of(r.exponent, fixedNum, w))
			amount := f.of(r.amount, b, f.minus(power, fixedNum))
			taxed := f.of(r.taxed, amount, f.rest(w))
			return f.plus(f.minus(amount, taxed), f.of(r.gross, taxed, f.rest(fee))), f.err
		}
	}
}

// leftFor plants a change of the roundings of TokenOutGivenExactBptIn.
func leftFor(change func(s *Subject, f *tokenOut)) func(*Subject) {
	return func(s *Subject) {
		r := tokenOut{s.DivUp, s.DivDown, s.PowUp, s.MulDown, s.MulUp, s.MulUp}
		change(s, &r)
		right := s.TokenOutGivenExactBptIn
		s.TokenOutGivenExactBptIn = func(w, b, in, supply, fee num) (num, error) {
			if z, err := right(w, b, in, supply, fee); err != nil {
				return z, err
			}
			var f sum
			power := f.of(r.power, f.of(r.ratio, f.minus(supply, in), supply), f.of(r.exponent, fixedNum, w))
			amount := f.of(r.amount, b, f.rest(power))
			taxed := f.of(r.taxed, amount, f.rest(w))
			return f.plus(f.minus(amount, taxed), f.of(r.net, taxed, f.rest(fee))), f.err
		}
	}
}

// manyChanged plants another answer of an operation with many amounts, where it answers.
func manyChanged(operation *func(w, b, a []num, supply, fee num) (num, error), change func(w, b, a []num, supply, fee, right num) num) {
	right := *operation
	*operation = func(w, b, a []num, supply, fee num) (num, error) {
		z, err := right(w, b, a, supply, fee)
		if err != nil {
			return z, err
		}
		return change(w, b, a, supply, fee, z), nil
	}
}

// oneChanged does the same of an operation with one token.
func oneChanged(operation *func(w, b, a, supply, fee num) (num, error), change func(w, b, a, supply, fee, right num) num) {
	right := *operation
	*operation = func(w, b, a, supply, fee num) (num, error) {
		z, err := right(w, b, a, supply, fee)
		if err != nil {
			return z, err
		}
		return change(w, b, a, supply, fee, z), nil
	}
}

// listChanged does the same of v3's operations with one token.
func listChanged(operation *func(w, b []num, i int, given, supply, fee num) (num, num, error), change func(given, supply, right, fee num) num) {
	right := *operation
	*operation = func(w, b []num, i int, given, supply, fee num) (num, num, error) {
		z, charged, err := right(w, b, i, given, supply, fee)
		if err != nil {
			return z, charged, err
		}
		return change(given, supply, z, charged), charged, nil
	}
}

// joinTokens is v2's join with amounts given, untaxed, whose powers and whose end a plant rounds as it likes.
func joinTokens(power, end rounding, s *Subject) func(w, b, a []num, supply, fee num) (num, error) {
	right := s.BptOutGivenExactTokensIn
	return func(w, b, a []num, supply, fee num) (num, error) {
		z, err := right(w, b, a, supply, fee)
		if err != nil || !fee.IsZero() {
			return z, err
		}
		var f sum
		growth := fixedNum
		for i := range b {
			if !a[i].IsZero() {
				growth = f.of(s.MulDown, growth, f.of(power, f.of(s.DivDown, f.plus(b[i], a[i]), b[i]), w[i]))
			}
		}
		if !growth.Gt(&fixedNum) {
			return num{}, f.err
		}
		return f.of(end, supply, f.minus(growth, fixedNum)), f.err
	}
}

// exitTokens is v2's exit with amounts given likewise.
func exitTokens(power, end rounding, s *Subject) func(w, b, a []num, supply, fee num) (num, error) {
	right := s.BptInGivenExactTokensOut
	return func(w, b, a []num, supply, fee num) (num, error) {
		z, err := right(w, b, a, supply, fee)
		if err != nil || !fee.IsZero() {
			return z, err
		}
		var f sum
		left := fixedNum
		for i := range b {
			if !a[i].IsZero() {
				left = f.of(s.MulDown, left, f.of(power, f.of(s.DivDown, f.minus(b[i], a[i]), b[i]), w[i]))
			}
		}
		return f.of(end, supply, f.rest(left)), f.err
	}
}

// noFee plants operations that charge no fee where they should.
func noFee(operations ...string) func(*Subject) {
	return func(s *Subject) {
		for _, name := range operations {
			switch name {
			case "BptOutGivenExactTokensIn":
				f := s.BptOutGivenExactTokensIn
				s.BptOutGivenExactTokensIn = func(w, b, a []num, supply, _ num) (num, error) { return f(w, b, a, supply, num{}) }
			case "BptInGivenExactTokensOut":
				f := s.BptInGivenExactTokensOut
				s.BptInGivenExactTokensOut = func(w, b, a []num, supply, _ num) (num, error) { return f(w, b, a, supply, num{}) }
			case "AddUnbalanced":
				f := s.AddUnbalanced
				s.AddUnbalanced = func(w, b, a []num, supply, _ num) (num, []num, error) { return f(w, b, a, supply, num{}) }
			case "AddSingleExactOut":
				f := s.AddSingleExactOut
				s.AddSingleExactOut = func(w, b []num, i int, out, supply, _ num) (num, num, error) { return f(w, b, i, out, supply, num{}) }
			case "RemoveSingleExactOut":
				f := s.RemoveSingleExactOut
				s.RemoveSingleExactOut = func(w, b []num, i int, a, supply, _ num) (num, num, error) { return f(w, b, i, a, supply, num{}) }
			}
		}
	}
}

// v3ByV2 measures v3's untaxed part by the mean of the ratios.
func v3ByV2(s *Subject) {
	right := s.AddUnbalanced
	s.AddUnbalanced = func(w, b, a []num, supply, fee num) (num, []num, error) {
		z, fees, err := right(w, b, a, supply, fee)
		if err != nil || fee.IsZero() {
			return z, fees, err
		}
		mean, err := s.BptOutGivenExactTokensIn(w, b, a, supply, fee)
		return mean, fees, err
	}
}

// halfUp rounds a product to the nearest.
func halfUp(s *Subject) rounding {
	return func(a, b num) (num, error) {
		down, err := s.MulDown(a, b)
		if err != nil {
			return down, err
		}
		if rest := new(num).MulMod(&a, &b, &fixedNum); !rest.Lt(&num{domain.One / 2}) {
			return plusOne(down), nil
		}
		return down, nil
	}
}

// sharedBy plants another rounding of proportional amounts of v3, b·bpt/S.
func sharedBy(round func(b, bpt, supply num) num) sharing {
	return func(balances []num, supply, bpt num) ([]num, error) {
		if supply.IsZero() {
			return nil, errors.New("no supply")
		}
		list := make([]num, len(balances))
		for i, b := range balances {
			if b.BitLen()+bpt.BitLen() > 256 {
				return nil, errors.New("too much")
			}
			list[i] = round(b, bpt, supply)
		}
		return list, nil
	}
}

func floorShare(b, bpt, supply num) num {
	z := new(num).Mul(&b, &bpt)
	return *z.Div(z, &supply)
}

// nestedShares are proportional amounts of v2, with other roundings.
func nestedShares(ratio, amount rounding) sharing {
	return func(balances []num, supply, bpt num) ([]num, error) {
		var f sum
		q := f.of(ratio, bpt, supply)
		list := make([]num, len(balances))
		for i, b := range balances {
			list[i] = f.of(amount, b, q)
		}
		return list, f.err
	}
}

// atLimit plants a limit of its own for the supply: the BPT that decide whether the right operation is asked.
func atLimit(decides func(bpt num) num) func(*Subject) {
	return func(s *Subject) {
		for _, operation := range []*func(w, b, bpt, supply, fee num) (num, error){&s.TokenInGivenExactBptOut, &s.TokenOutGivenExactBptIn} {
			right := *operation
			*operation = func(w, b, bpt, supply, fee num) (num, error) {
				if z, err := right(w, b, decides(bpt), supply, fee); err != nil {
					return z, err
				}
				if z, err := right(w, b, bpt, supply, fee); err == nil {
					return z, nil
				}
				return num{}, nil
			}
		}
	}
}

// amountAtLimit plants another limit of an invariant's ratio in v3: the amount that decides.
func amountAtLimit(decides func(amount num) num) func(*Subject) {
	return func(s *Subject) {
		add, remove := s.AddUnbalanced, s.RemoveSingleExactOut
		s.AddUnbalanced = func(w, b, a []num, supply, fee num) (num, []num, error) {
			if len(a) != 1 {
				return add(w, b, a, supply, fee)
			}
			if z, fees, err := add(w, b, []num{decides(a[0])}, supply, fee); err != nil {
				return z, fees, err
			}
			if z, fees, err := add(w, b, a, supply, fee); err == nil {
				return z, fees, nil
			}
			return num{}, make([]num, 1), nil
		}
		s.RemoveSingleExactOut = func(w, b []num, i int, a, supply, fee num) (num, num, error) {
			if len(b) != 1 {
				return remove(w, b, i, a, supply, fee)
			}
			if z, charged, err := remove(w, b, i, decides(a), supply, fee); err != nil {
				return z, charged, err
			}
			if z, charged, err := remove(w, b, i, a, supply, fee); err == nil {
				return z, charged, nil
			}
			return supply, num{}, nil
		}
	}
}

func less1(_, _, _, _, _, z num) num { return minusOne(z) }

func less1Listed(_, _, z, _ num) num { return minusOne(z) }

func more1Listed(_, _, z, _ num) num { return plusOne(z) }

var jePlants = []Plant{
	{"JE-DUST", "v2's join with one token refuses amounts below a thousand wei", func(s *Subject) {
		right := s.BptOutGivenExactTokenIn
		s.BptOutGivenExactTokenIn = func(w, b, a, supply, fee num) (num, error) {
			if a.LtUint64(1000) {
				return num{}, revert.ErrZeroAmount
			}
			return right(w, b, a, supply, fee)
		}
	}},
	{"JE-DUST", "v3's join for BPT fails where a fee is taken", func(s *Subject) {
		right := s.AddSingleExactOut
		s.AddSingleExactOut = func(w, b []num, i int, bpt, supply, fee num) (num, num, error) {
			in, charged, err := right(w, b, i, bpt, supply, fee)
			if err == nil && !charged.IsZero() {
				return num{}, num{}, revert.ErrSubUnderflow
			}
			return in, charged, err
		}
	}},
	{"JE-ENC", "v2's join of many: powers rounded up", func(s *Subject) { s.BptOutGivenExactTokensIn = joinTokens(s.PowUp, s.MulDown, s) }},
	{"JE-ENC", "v2's join of many: BPT rounded up", func(s *Subject) { s.BptOutGivenExactTokensIn = joinTokens(s.PowDown, s.MulUp, s) }},
	{"JE-ENC", "v2's exit of many: powers without their allowance", func(s *Subject) { s.BptInGivenExactTokensOut = exitTokens(s.Pow, s.MulUp, s) }},
	{"JE-ENC", "v2's exit of many: BPT rounded down", func(s *Subject) { s.BptInGivenExactTokensOut = exitTokens(s.PowDown, s.MulDown, s) }},
	{"JE-ENC", "v2's join of one: BPT out a wei too much", func(s *Subject) {
		oneChanged(&s.BptOutGivenExactTokenIn, func(_, _, _, _, _, z num) num { return plusOne(z) })
	}},
	{"JE-ENC", "v2's exit of one: BPT in a wei too little", func(s *Subject) { oneChanged(&s.BptInGivenExactTokenOut, less1) }},
	{"JE-ENC", "v2's amount in: the power without its allowance", joinedFor(func(s *Subject, f *tokenIn) { f.power = s.Pow })},
	{"JE-ENC", "v2's amount in: half up on dust, 1.4998 wei cost 1", joinedFor(func(s *Subject, f *tokenIn) { f.amount = halfUp(s) })},
	{"JE-ENC", "v2's amount in: the whole with its fee rounded down", joinedFor(func(s *Subject, f *tokenIn) { f.gross = s.DivDown })},
	{"JE-ENC", "v2's amount out: the power without its allowance", leftFor(func(s *Subject, f *tokenOut) { f.power = s.Pow })},
	{"JE-ENC", "v2's amount out: the amount rounded up", leftFor(func(s *Subject, f *tokenOut) { f.amount = s.MulUp })},
	{"JE-ENC", "v2's new token: the ratio rounded up", func(s *Subject) {
		s.BptOutAddToken = func(supply, w num) (num, error) {
			var f sum
			ratio := f.of(s.DivUp, fixedNum, f.minus(fixedNum, w))
			return f.of(s.MulDown, supply, f.minus(ratio, fixedNum)), f.err
		}
	}},
	{"JE-ENC", "v3's join with amounts: a wei of BPT too much", func(s *Subject) {
		right := s.AddUnbalanced
		s.AddUnbalanced = func(w, b, a []num, supply, fee num) (num, []num, error) {
			z, fees, err := right(w, b, a, supply, fee)
			return plusOne(z), fees, err
		}
	}},
	{"JE-ENC", "v3's join with amounts: the old invariant rounded down", func(s *Subject) {
		right := s.AddUnbalanced
		s.AddUnbalanced = func(w, b, a []num, supply, fee num) (num, []num, error) {
			z, fees, err := right(w, b, a, supply, fee)
			if err != nil || !fee.IsZero() {
				return z, fees, err
			}
			after := slices.Clone(b)
			for i := range after {
				after[i].Add(&after[i], &a[i])
			}
			old, err := s.InvariantDown(w, b)
			grown, err2 := s.InvariantUp(w, after)
			if err != nil || err2 != nil {
				return z, fees, nil
			}
			z.MulDivOverflow(&supply, grown.Sub(&grown, &old), &old)
			return z, fees, nil
		}
	}},
	{"JE-ENC", "v3's join for BPT: the fee rounded down", func(s *Subject) {
		listChanged(&s.AddSingleExactOut, func(_, _, z, charged num) num {
			if charged.IsZero() {
				return z
			}
			return minusOne(z)
		})
	}},
	{"JE-ENC", "v3's exit with an amount: a wei of BPT too little", func(s *Subject) { listChanged(&s.RemoveSingleExactOut, less1Listed) }},
	{"JE-ENC", "v3's exit with BPT: a wei too much", func(s *Subject) { listChanged(&s.RemoveSingleExactIn, more1Listed) }},
	{"JE-ENC", "v3's join with amounts charges no fee", noFee("AddUnbalanced")},

	{"JE-FEE", "v3's join with amounts charges no fee", noFee("AddUnbalanced")},
	{"JE-FEE", "v3's join with amounts taxes beyond the mean of the ratios", v3ByV2},
	{"JE-FEE", "v3's join for BPT charges no fee", noFee("AddSingleExactOut")},
	{"JE-FEE", "v3's exit with an amount charges no fee", noFee("RemoveSingleExactOut")},
	{"JE-FEE", "v2's join of many charges no fee", noFee("BptOutGivenExactTokensIn")},
	{"JE-FEE", "v2's exit of many charges no fee", noFee("BptInGivenExactTokensOut")},
	{"JE-FEE", "v2's amount in: the fee on what is left, not on the whole", joinedFor(func(s *Subject, f *tokenIn) {
		f.gross = func(taxed, kept num) (num, error) {
			fee := *new(num).Sub(&fixedNum, &kept)
			return onNet(s)(taxed, fee)
		}
	})},
	{"JE-FEE", "v2's amount in: the other part is taxed", joinedFor(func(s *Subject, f *tokenIn) {
		f.taxed = func(amount, rest num) (num, error) { return s.MulUp(amount, *new(num).Sub(&fixedNum, &rest)) }
	})},
	{"JE-FEE", "v2's amount out: no fee", leftFor(func(s *Subject, f *tokenOut) {
		f.net = func(taxed, _ num) (num, error) { return taxed, nil }
	})},

	{"JE-PROP", "v3's amounts in rounded down", func(s *Subject) { s.ProportionalAmountsInV3 = sharedBy(floorShare) }},
	{"JE-PROP", "v3's amounts out rounded up", func(s *Subject) { s.ProportionalAmountsOutV3 = s.ProportionalAmountsInV3 }},
	{"JE-PROP", "v3's amounts by v2's nested form", func(s *Subject) { s.ProportionalAmountsOutV3 = s.ProportionalAmountsOutV2 }},
	{"JE-PROP", "v2's ratio in rounded down", func(s *Subject) { s.ProportionalAmountsInV2 = nestedShares(s.DivDown, s.MulUp) }},
	{"JE-PROP", "v2's amounts out rounded up", func(s *Subject) { s.ProportionalAmountsOutV2 = nestedShares(s.DivDown, s.MulUp) }},

	{"JE-FREE", "the first join divides without scaling: 10¹⁸ − 1 BPT for nothing", func(s *Subject) {
		manyChanged(&s.BptOutGivenExactTokensIn, func(_, _, a []num, _, _, z num) num {
			for i := range a {
				if !a[i].IsZero() {
					return z
				}
			}
			return minusOne(fixedNum)
		})
	}},
	{"JE-FREE", "v2's amount in rounded down", joinedFor(func(s *Subject, f *tokenIn) { f.amount = s.MulDown })},
	{"JE-FREE", "v2's exit of many: BPT rounded down", func(s *Subject) { s.BptInGivenExactTokensOut = exitTokens(s.PowDown, s.MulDown, s) }},
	{"JE-FREE", "v2's exit of one: a wei of BPT less", func(s *Subject) { oneChanged(&s.BptInGivenExactTokenOut, less1) }},
	{"JE-FREE", "a wei out for no BPT", func(s *Subject) { listChanged(&s.RemoveSingleExactIn, more1Listed) }},
	{"JE-FREE", "v3's exit with an amount: a wei of BPT less", func(s *Subject) { listChanged(&s.RemoveSingleExactOut, less1Listed) }},
	{"JE-FREE", "proportional amounts in rounded down", func(s *Subject) { s.ProportionalAmountsInV3 = sharedBy(floorShare) }},

	{"JE-RT", "v2's join of many: powers rounded up", func(s *Subject) { s.BptOutGivenExactTokensIn = joinTokens(s.PowUp, s.MulDown, s) }},
	{"JE-RT", "v2's exit of many: powers rounded up", func(s *Subject) { s.BptInGivenExactTokensOut = exitTokens(s.PowUp, s.MulUp, s) }},
	{"JE-RT", "v2's amount in: rounded down", joinedFor(func(s *Subject, f *tokenIn) { f.amount = s.MulDown })},
	{"JE-RT", "v2's amount out: the power rounded down", leftFor(func(s *Subject, f *tokenOut) { f.power = s.PowDown })},
	{"JE-RT", "v3's exit with BPT: a wei too much", func(s *Subject) { listChanged(&s.RemoveSingleExactIn, more1Listed) }},
	{"JE-RT", "v3's join for BPT: two wei too little", func(s *Subject) {
		listChanged(&s.AddSingleExactOut, func(_, _, z, _ num) num { return minusOne(minusOne(z)) })
	}},

	{"JE-JSX", "v2's amount in: the power rounded down", joinedFor(func(s *Subject, f *tokenIn) { f.power = s.PowDown })},
	{"JE-JSX", "v2's amount out: the power rounded down", leftFor(func(s *Subject, f *tokenOut) { f.power = s.PowDown })},
	{"JE-JSX", "swaps pay a thousandth more", func(s *Subject) {
		priced(s, func(_, _, _, _, _, z num) (num, error) {
			return *z.Add(&z, new(num).Div(&z, &num{1000})), nil
		}, nil)
	}},

	{"JE-EQUIV", "one token alone: a wei of BPT more for more than the balance", func(s *Subject) {
		oneChanged(&s.BptOutGivenExactTokenIn, func(_, b, a, _, fee, z num) num {
			if a.Gt(&b) && !fee.IsZero() {
				return plusOne(z)
			}
			return z
		})
	}},
	{"JE-EQUIV", "one token among many: powers without their allowance", func(s *Subject) {
		s.BptInGivenExactTokensOut = exitTokens(s.Pow, s.MulUp, s)
	}},

	{"JE-SWAP", "v2's join charges no fee", func(s *Subject) {
		f := s.BptOutGivenExactTokenIn
		s.BptOutGivenExactTokenIn = func(w, b, a, supply, _ num) (num, error) { return f(w, b, a, supply, num{}) }
	}},
	{"JE-SWAP", "v3's join with amounts taxes beyond the mean of the ratios", v3ByV2},
	{"JE-SWAP", "v2's amount in: the power rounded down", joinedFor(func(s *Subject, f *tokenIn) { f.power = s.PowDown })},
	{"JE-SWAP", "v3's join for BPT charges no fee", noFee("AddSingleExactOut")},
	{"JE-SWAP", "v3's amounts out rounded up", func(s *Subject) { s.ProportionalAmountsOutV3 = s.ProportionalAmountsInV3 }},

	{"JE-RATIO", "the supply's limit itself is refused", atLimit(plusOne)},
	{"JE-RATIO", "a wei of BPT beyond the limit is accepted", atLimit(minusOne)},
	{"JE-RATIO", "v3's limit of the invariant itself is refused", amountAtLimit(plusOne)},
	{"JE-RATIO", "v3's amount a wei beyond the limit is accepted", amountAtLimit(minusOne)},
	{"JE-RATIO", "another failure beyond the limit", func(s *Subject) {
		right := s.AddUnbalanced
		s.AddUnbalanced = func(w, b, a []num, supply, fee num) (num, []num, error) {
			z, fees, err := right(w, b, a, supply, fee)
			if err != nil {
				err = errors.New("too much")
			}
			return z, fees, err
		}
	}},
}

// fePlants are bugs in protocol fees.
var fePlants = []Plant{
	{"FE-DUE", "the share's product rounded up", func(s *Subject) {
		s.OwnershipPercentage = func(g, growth, f num) (num, error) {
			if !growth.Lt(&g) || f.IsZero() {
				return num{}, nil
			}
			var c sum
			return c.of(s.MulUp, c.rest(c.of(s.DivDown, growth, g)), f), c.err
		}
	}},
	{"FE-DUE", "BPT for a share rounded up", func(s *Subject) {
		right := s.BptForOwnership
		s.BptForOwnership = func(supply, p num) (num, error) {
			z, err := right(supply, p)
			return plusOne(z), err
		}
	}},
	{"FE-DUE", "the growth of the supply not taken out", func(s *Subject) {
		right := s.DueProtocolFees
		s.DueProtocolFees = func(g, previous, _, f num) (num, error) { return right(g, previous, previous, f) }
	}},
	{"FE-MINT", "a wei more than the share", func(s *Subject) {
		right := s.BptForOwnership
		s.BptForOwnership = func(supply, p num) (num, error) {
			z, err := right(supply, p)
			return plusOne(z), err
		}
	}},
	{"FE-MINT", "the share of the supply before", func(s *Subject) {
		s.BptForOwnership = func(supply, p num) (num, error) { return s.MulDown(supply, p) }
	}},
	{"FE-MINT", "what is due taken twice", func(s *Subject) {
		right := s.DueProtocolFees
		s.DueProtocolFees = func(g, previous, supply, f num) (num, error) {
			z, err := right(g, previous, supply, f)
			return *z.Lsh(&z, 1), err
		}
	}},
}
