package properties

import (
	"github.com/trueweight/trueweight/properties/domain"
)

var scPlants = []Plant{
	{"SC-ENC", "what goes out is scaled down", func(s *Subject) { s.ToScaled18Up = s.ToScaled18Down }},
	{"SC-ENC", "the rate is applied before the decimals", func(s *Subject) {
		s.ToScaled18Down = func(amount, factor, rate num) (num, error) {
			value, err := s.Upscale(amount, rate)
			if err == nil {
				value, err = s.Upscale(value, *new(num).Mul(&factor, newNum(domain.One)))
			}
			return value, err
		}
	}},
	{"SC-ENC", "a wei is added to every amount asked for", func(s *Subject) {
		down := s.ToRawDown
		s.ToRawUp = func(amount, factor, rate num) (num, error) {
			z, err := down(amount, factor, rate)
			return saturated(z, *newNum(1)), err
		}
	}},
	{"SC-ENC", "v2 brings back what it asks for rounded down", func(s *Subject) { s.DownscaleUp = s.DownscaleDown }},
	{"SC-ENC", "v2 rounds what it scales to the nearest wei", func(s *Subject) {
		s.Upscale = func(amount, factor num) (num, error) {
			if rest := new(num).MulMod(&amount, &factor, newNum(domain.One)); rest.GtUint64(domain.One / 2) {
				return s.MulUp(amount, factor)
			}
			return s.MulDown(amount, factor)
		}
	}},
	{"SC-ENC", "what is paid is rounded up", func(s *Subject) { s.ToRawDown = s.ToRawUp }},
	{"SC-ENC", "the rate of what leaves is the rate", func(s *Subject) { s.RateUp = func(rate num) (num, error) { return rate, nil } }},
	{"SC-ENC", "a whole rate goes up too", func(s *Subject) { s.RateUp = func(rate num) (num, error) { return s.Add(rate, *newNum(1)) } }},
	{"SC-ENC", "v2's factor forgets the rate", func(s *Subject) {
		factor := s.ScalingFactor
		s.ScalingFactor = func(decimals uint8, _ num) (num, error) { return factor(decimals, *newNum(domain.One)) }
	}},

	{"SC-DIR", "v3 scales as v2 does", v3AsV2},
	{"SC-DIR", "what is paid is rounded up", succeeded(is(domain.SwapGivenIn), paysOneMore)},
	{"SC-DIR", "what is asked for is rounded down", succeeded(is(domain.SwapGivenOut), func(a Action, t *tale) {
		if in := &t.moved.In[a.TokenIn]; !in.IsZero() {
			in.SubUint64(in, 1)
		}
	})},
	{"SC-DIR", "a price is asked without its fee", func(s *Subject) {
		make := s.NewPool
		s.NewPool = func(c PoolConfig) (LivePool, error) {
			fee := c.SwapFee
			pool, err := make(c)
			if err != nil {
				return nil, err
			}
			return &brokenPool{LivePool: pool, bug: func(_ LivePool, done []Action, t *tale) {
				if t.err == nil && done[0].Op == domain.SwapGivenOut {
					rest, _ := s.Complement(fee)
					t.moved.In[done[0].TokenIn] = shareOfNumber(t.moved.In[done[0].TokenIn], rest)
				}
			}}, nil
		}
	}},
	{"SC-DIR", "an amount out is a wei more than was given", succeeded(is(domain.SwapGivenOut), paysOneMore)},

	{"SC-DUST", "v2 loads a wei less", func(s *Subject) { s.Upscale = oneShort(s.Upscale) }},
	{"SC-DUST", "v2 loads rounded up", func(s *Subject) {
		s.Upscale = func(amount, factor num) (num, error) { return s.MulUp(amount, factor) }
	}},
	{"SC-DUST", "v3 loads rounded up", func(s *Subject) { s.ToScaled18Down = s.ToScaled18Up }},
	{"SC-DUST", "v3 loads what goes out rounded down", func(s *Subject) { s.ToScaled18Up = s.ToScaled18Down }},
	{"SC-DUST", "v3 loads without the rate", func(s *Subject) {
		down := s.ToScaled18Down
		s.ToScaled18Down = func(amount, factor, _ num) (num, error) { return down(amount, factor, *newNum(domain.One)) }
	}},
}

// oneShort plants an answer that is a wei short, where it is not 0.
func oneShort(f func(a, b num) (num, error)) func(a, b num) (num, error) {
	return func(a, b num) (num, error) {
		z, err := f(a, b)
		if !z.IsZero() {
			z.SubUint64(&z, 1)
		}
		return z, err
	}
}
