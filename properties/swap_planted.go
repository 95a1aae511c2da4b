package properties

import (
	"errors"
	"math/big"

	"github.com/trueweight/trueweight/properties/domain"
)

type rounding = func(a, b num) (num, error)

// steps are the roundings of SPEC's two swap formulas, in their order.
type steps struct {
	base                    rounding // of both
	exponentOut, exponentIn rounding // of outGivenIn, inGivenOut
	power                   rounding
	amountOut, amountIn     rounding
}

// repriced plants a change of the roundings. Where the subject's own swap fails, so does the broken one.
func repriced(change func(s *Subject, f *steps)) func(*Subject) {
	return func(s *Subject) {
		f := steps{s.DivUp, s.DivDown, s.DivUp, s.PowUp, s.MulDown, s.MulUp}
		change(s, &f)
		one := num{domain.One}
		priced(s, func(bi, wi, bo, wo, a, _ num) (num, error) {
			var after num
			base, err := f.base(bi, *after.Add(&bi, &a))
			exponent, err2 := f.exponentOut(wi, wo)
			power, err3 := f.power(base, exponent)
			rest, err4 := s.Complement(power)
			out, err5 := f.amountOut(bo, rest)
			return out, errors.Join(err, err2, err3, err4, err5)
		}, func(bi, wi, bo, wo, a, _ num) (num, error) {
			var after, growth num
			base, err := f.base(bo, *after.Sub(&bo, &a))
			exponent, err2 := f.exponentIn(wo, wi)
			power, err3 := f.power(base, exponent)
			in, err4 := f.amountIn(bi, *growth.Sub(&power, &one))
			return in, errors.Join(err, err2, err3, err4)
		})
	}
}

// nowAndThen plants a bug for amounts that are multiples of 32 alone.
func nowAndThen(plant func(*Subject)) func(*Subject) {
	return func(s *Subject) {
		right := s.clone()
		plant(s)
		choose := func(right, broken func(bi, wi, bo, wo, a num) (num, error)) func(bi, wi, bo, wo, a num) (num, error) {
			return func(bi, wi, bo, wo, a num) (num, error) {
				if a[0]%32 == 0 {
					return broken(bi, wi, bo, wo, a)
				}
				return right(bi, wi, bo, wo, a)
			}
		}
		s.OutGivenIn, s.InGivenOut = choose(right.OutGivenIn, s.OutGivenIn), choose(right.InGivenOut, s.InGivenOut)
	}
}

// A mispriced swap gives what a broken swap answers where the right one answers right.
type mispriced = func(balanceIn, weightIn, balanceOut, weightOut, amount, right num) (num, error)

// priced replaces what swaps answer; nil leaves a kind as it is.
func priced(s *Subject, out, in mispriced) {
	replace := func(swap *func(bi, wi, bo, wo, a num) (num, error), broken mispriced) {
		right := *swap
		if broken == nil {
			return
		}
		*swap = func(bi, wi, bo, wo, a num) (num, error) {
			z, err := right(bi, wi, bo, wo, a)
			if err != nil {
				return z, err
			}
			return broken(bi, wi, bo, wo, a, z)
		}
	}
	replace(&s.OutGivenIn, out)
	replace(&s.InGivenOut, in)
}

// shifted plants wei more, or less, in every answer of exact-in and exact-out swaps that is not 0.
func shifted(out, in int) func(*Subject) {
	by := func(wei int) mispriced {
		if wei == 0 {
			return nil
		}
		return func(_, _, _, _, _, z num) (num, error) {
			switch {
			case z.IsZero():
			case wei < 0:
				z.SubUint64(&z, uint64(-wei))
			default:
				z.AddUint64(&z, uint64(wei))
			}
			return z, nil
		}
	}
	return func(s *Subject) { priced(s, by(out), by(in)) }
}

// atFee plants another fee in every fee operation.
func atFee(change func(fee num) num) func(*Subject) {
	return func(s *Subject) {
		less, v2, v3 := s.AmountInLessFee, s.AmountInPlusFeeV2, s.AmountInPlusFeeV3
		s.AmountInLessFee = func(a, fee num) (num, error) { return less(a, change(fee)) }
		s.AmountInPlusFeeV2 = func(a, fee num) (num, error) { return v2(a, change(fee)) }
		s.AmountInPlusFeeV3 = func(a, fee num) (num, error) { return v3(a, change(fee)) }
	}
}

// onNet is the price plus the fee's share of the price, where its share of the whole is due.
func onNet(s *Subject) rounding {
	return func(a, fee num) (num, error) {
		charge, err := s.MulUp(a, fee)
		if err != nil {
			return charge, err
		}
		return s.Add(a, charge)
	}
}

// limited plants a limit of its own: the amount that decides whether the right one is asked, and the failure beyond it.
func limited(decides func(amount num) num) func(*Subject) {
	return func(s *Subject) {
		out, in := s.OutGivenIn, s.InGivenOut
		refuse := func(swap func(bi, wi, bo, wo, a num) (num, error)) func(bi, wi, bo, wo, a num) (num, error) {
			return func(bi, wi, bo, wo, a num) (num, error) {
				if z, err := swap(bi, wi, bo, wo, decides(a)); err != nil {
					return z, err
				}
				if z, err := swap(bi, wi, bo, wo, a); err == nil {
					return z, nil
				}
				return num{}, nil
			}
		}
		s.OutGivenIn, s.InGivenOut = refuse(out), refuse(in)
	}
}

func plusOne(z num) num {
	z.AddUint64(&z, 1)
	return z
}

func minusOne(z num) num {
	if !z.IsZero() {
		z.SubUint64(&z, 1)
	}
	return z
}

var swPlants = []Plant{
	{"SW-OUT", "a wei too much", shifted(1, 0)},
	{"SW-OUT", "the base rounded down", repriced(func(s *Subject, f *steps) { f.base = s.DivDown })},
	{"SW-OUT", "the amount out rounded up", repriced(func(s *Subject, f *steps) { f.amountOut = s.MulUp })},
	{"SW-OUT", "the power without its allowance", repriced(func(s *Subject, f *steps) { f.power = s.Pow })},
	{"SW-IN", "a wei too little", shifted(0, -1)},
	{"SW-IN", "the base rounded down", repriced(func(s *Subject, f *steps) { f.base = s.DivDown })},
	{"SW-IN", "the amount in rounded down", repriced(func(s *Subject, f *steps) { f.amountIn = s.MulDown })},
	{"SW-IN", "the series of pow is cut, with no envelope", repriced(func(_ *Subject, f *steps) { f.power = cutSeries })},
	{"SW-IN", "the power without its allowance", repriced(func(s *Subject, f *steps) { f.power = s.Pow })},
	{"SW-LOSS", "a wei less out than the algorithm pays", nowAndThen(shifted(-1, 0))},
	{"SW-LOSS", "a wei more in than the algorithm asks", nowAndThen(shifted(0, 1))},
	{"SW-LOSS", "the base rounded up twice", nowAndThen(repriced(func(s *Subject, f *steps) {
		f.base = func(a, b num) (num, error) {
			z, err := s.DivUp(a, b)
			return plusOne(z), err
		}
	}))},
	{"SW-LOSS", "the allowance taken twice", nowAndThen(repriced(func(s *Subject, f *steps) {
		f.power = func(x, y num) (num, error) {
			z, err := s.PowUp(x, y)
			var allowance num
			if raw, err := s.Pow(x, y); err == nil {
				allowance.Sub(&z, &raw)
			}
			return *z.Add(&z, &allowance), err
		}
	}))},
	{"SW-INV", "a wei too much out", shifted(1, 0)},
	{"SW-INV", "a wei too little in", shifted(0, -1)},
	{"SW-INV", "the fee added to the amount in that is traded", func(s *Subject) { s.AmountInLessFee = onNet(s) }},
	{"SW-INV", "the fee taken from the price that is asked", func(s *Subject) {
		s.AmountInPlusFeeV2, s.AmountInPlusFeeV3 = s.AmountInLessFee, s.AmountInLessFee
	}},
	{"SW-ZERO", "a wei out for nothing", func(s *Subject) {
		priced(s, func(_, _, _, _, a, z num) (num, error) {
			if a.IsZero() {
				z.AddUint64(&z, 1)
			}
			return z, nil
		}, nil)
	}},
	{"SW-ZERO", "the amount in rounded down", repriced(func(s *Subject, f *steps) { f.amountIn = s.MulDown })},
	{"SW-ZERO", "nothing costs a wei more than powUp's allowance", func(s *Subject) {
		priced(s, nil, func(_, _, _, _, a, z num) (num, error) {
			if a.IsZero() {
				z.AddUint64(&z, 1)
			}
			return z, nil
		})
	}},
	{"SW-ZERO", "a wei for what is taken against an empty side", func(s *Subject) {
		priced(s, nil, func(bi, _, _, _, _, z num) (num, error) {
			if bi.IsZero() {
				z.AddUint64(&z, 1)
			}
			return z, nil
		})
	}},
	{"SW-ZERO", "an empty side answers 0 instead of failing", func(s *Subject) {
		out := s.OutGivenIn
		s.OutGivenIn = func(bi, wi, bo, wo, a num) (num, error) {
			if bi.IsZero() {
				return num{}, nil
			}
			return out(bi, wi, bo, wo, a)
		}
	}},
	{"SW-RT", "a wei too much out", shifted(1, 0)},
	{"SW-RT", "a wei too little in", shifted(0, -1)},
	{"SW-RT", "the base rounded down", repriced(func(s *Subject, f *steps) { f.base = s.DivDown })},
	{"SW-SPLIT", "a wei too much out", shifted(1, 0)},
	{"SW-SPLIT", "a wei too little in", shifted(0, -1)},
	{"SW-SPLIT", "the base rounded down", repriced(func(s *Subject, f *steps) { f.base = s.DivDown })},
	{"SW-SPLIT", "the power without its allowance", repriced(func(s *Subject, f *steps) { f.power = s.Pow })},
	{"SW-MONO", "10⁻¹² less out beyond a ninth of the balance in, at equal weights", func(s *Subject) {
		priced(s, func(bi, wi, bo, wo, a, z num) (num, error) {
			var ninefold, loss num
			ninefold.Mul(&a, &num{9})
			loss.Div(&bo, &num{1e12})
			if wi == wo && !ninefold.Lt(&bi) && !z.Lt(&loss) {
				z.Sub(&z, &loss)
			}
			return z, nil
		}, nil)
	}},
	{"SW-MONO", "2·10⁻¹³ less in from base 1.1 on, where ln changes its algorithm", nowAndThen(func(s *Subject) {
		priced(s, nil, func(bi, _, bo, _, a, z num) (num, error) {
			var after, base, loss num
			base.Mul(after.Sub(&bo, &a), &num{11})
			loss.Div(loss.Mul(&bi, &num{2}), &num{1e13})
			if !after.Mul(&bo, &num{10}).Lt(&base) && !z.Lt(&loss) {
				z.Sub(&z, &loss)
			}
			return z, nil
		})
	})},
	{"SW-MONO", "one fee in 16 is not charged", atFee(func(fee num) num {
		if fee[0]%16 == 1 {
			return num{}
		}
		return fee
	})},
	{"SW-SPOT", "a wei too much out", shifted(1, 0)},
	{"SW-SPOT", "a wei too little in", shifted(0, -1)},
	{"SW-SPOT", "the spot price for any size", func(s *Subject) {
		priced(s, func(bi, wi, bo, wo, a, right num) (num, error) {
			ratio, err := s.DivDown(wi, wo)
			if err != nil {
				return right, nil
			}
			share, err := s.DivDown(a, bi)
			if err != nil {
				return right, nil
			}
			if share, err = s.MulDown(share, ratio); err != nil {
				return right, nil
			}
			return s.MulDown(bo, share)
		}, nil)
	}},
	{"SW-LIMIT", "the limit itself is refused", limited(plusOne)},
	{"SW-LIMIT", "a wei beyond the limit is accepted", limited(minusOne)},
	{"SW-LIMIT", "another failure beyond the limit", func(s *Subject) {
		out := s.OutGivenIn
		s.OutGivenIn = func(bi, wi, bo, wo, a num) (num, error) {
			z, err := out(bi, wi, bo, wo, a)
			if err != nil {
				err = errors.New("too much")
			}
			return z, err
		}
	}},
	{"SW-LIMIT", "exponents above 64 fail", func(s *Subject) {
		priced(s, nil, func(_, wi, _, wo, _, z num) (num, error) {
			if wi.Mul(&wi, &num{64}); wo.Gt(&wi) {
				return num{}, errors.New("exponent")
			}
			return z, nil
		})
	}},
	{"SW-LIMIT", "the whole balance out", func(s *Subject) {
		priced(s, func(_, _, bo, _, a, z num) (num, error) {
			if !a.IsZero() {
				return bo, nil
			}
			return z, nil
		}, nil)
	}},
	{"SW-5050", "a wei too much out", shifted(1, 0)},
	{"SW-5050", "a wei too little in", shifted(0, -1)},
	{"SW-5050", "two wei more in than the algorithm asks", shifted(0, 2)},
	{"SW-5050", "exponent 1 without its exact form", repriced(func(s *Subject, f *steps) {
		f.power = func(x, y num) (num, error) {
			if y == (num{domain.One}) {
				y.SubUint64(&y, 1)
			}
			return s.PowUp(x, y)
		}
	})},
	{"SW-FEE", "exact-in's fee rounded down", func(s *Subject) {
		s.AmountInLessFee = func(a, fee num) (num, error) {
			charge, err := s.MulDown(a, fee)
			if err != nil {
				return charge, err
			}
			return s.Sub(a, charge)
		}
	}},
	{"SW-FEE", "v2's fee on the price, not on the whole", func(s *Subject) { s.AmountInPlusFeeV2 = onNet(s) }},
	{"SW-FEE", "v3's fee on the price, not on the whole", func(s *Subject) { s.AmountInPlusFeeV3 = onNet(s) }},
	{"SW-FEE", "v2's whole rounded down", func(s *Subject) {
		s.AmountInPlusFeeV2 = func(a, fee num) (num, error) {
			share, err := s.Complement(fee)
			if err != nil {
				return share, err
			}
			return s.DivDown(a, share)
		}
	}},
}

// cutSeries is a power as a binomial series that ends where a term is below 10⁻⁸: whole exponents by products, the rest by
// Σ C(y,k)·(x−1)ᵏ, each term rounded towards zero.
func cutSeries(x, y num) (num, error) {
	var whole, part num
	whole.DivMod(&y, &plantedOne, &part)
	if !whole.IsUint64() || whole.Uint64() > 1000 {
		return num{}, nil
	}
	product := new(big.Int).Set(one)
	for range whole.Uint64() {
		product.Quo(product.Mul(product, x.ToBig()), one)
	}
	sum, term := new(big.Int).Set(one), new(big.Int).Set(one)
	base, exponent := new(big.Int).Sub(x.ToBig(), one), part.ToBig()
	for k := int64(1); k < 1000 && new(big.Int).Abs(term).Cmp(big.NewInt(1e10)) >= 0; k++ {
		left := new(big.Int).Sub(exponent, new(big.Int).Mul(big.NewInt(k-1), one))
		term.Quo(term.Mul(term, left), one)
		term.Quo(term.Mul(term, base), one)
		term.Quo(term, big.NewInt(k))
		sum.Add(sum, term)
	}
	product.Quo(product.Mul(product, sum), one)
	if product.Sign() < 0 || product.BitLen() > 256 {
		return num{}, nil
	}
	return word(product), nil
}
