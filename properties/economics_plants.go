package properties

import (
	"slices"

	"github.com/trueweight/trueweight/properties/domain"
)

// A tampered pool does operations in another way than the subject's own.
type tampered struct {
	LivePool
	do func(LivePool, Action) (Moved, error)
}

func (p tampered) Do(a Action) (Moved, error) { return p.do(p.LivePool, a) }

func (p tampered) Clone() LivePool { return tampered{p.LivePool.Clone(), p.do} }

// reconfigured plants pools that are created from something else than what was asked for.
func reconfigured(change func(*PoolConfig)) func(*Subject) {
	return func(s *Subject) {
		create := s.NewPool
		s.NewPool = func(c PoolConfig) (LivePool, error) {
			c.Weights = slices.Clone(c.Weights)
			change(&c)
			return create(c)
		}
	}
}

// afterSwaps plants pools that do something besides when a swap succeeds, and may change what it says has moved.
func afterSwaps(besides func(LivePool, Action, *Moved) error) func(*Subject) {
	return func(s *Subject) {
		create := s.NewPool
		s.NewPool = func(c PoolConfig) (LivePool, error) {
			pool, err := create(c)
			if err != nil {
				return nil, err
			}
			return tampered{pool, func(p LivePool, a Action) (Moved, error) {
				moved, err := p.Do(a)
				if err == nil && a.Op.Swaps() {
					err = besides(p, a, &moved)
				}
				return moved, err
			}}, nil
		}
	}
}

// paidShort keeps 1/1024 of what a swap pays in the pool.
var paidShort = afterSwaps(func(p LivePool, a Action, moved *Moved) error {
	kept := moved.Out[a.TokenOut]
	if kept.Rsh(&kept, 10); kept.IsZero() {
		return nil
	}
	moved.Out = slices.Clone(moved.Out)
	moved.Out[a.TokenOut].Sub(&moved.Out[a.TokenOut], &kept)
	_, err := p.Do(Action{Op: domain.Donate, TokenIn: a.TokenOut, Amount: kept})
	return err
})

// shiftedWeight moves 10⁻⁴ of weight from the second token to the first.
func shiftedWeight(c *PoolConfig) {
	c.Weights[0].AddUint64(&c.Weights[0], 1e14)
	c.Weights[1].SubUint64(&c.Weights[1], 1e14)
	c.Kind = domain.LibraryPool
}

var ecPlants = []Plant{
	{"EC-SHARE", "a pool charges its fee twice", reconfigured(func(c *PoolConfig) {
		c.SwapFee.Lsh(&c.SwapFee, 1)
		c.Kind = domain.LibraryPool
	})},
	{"EC-SHARE", "a ten-thousandth of weight belongs to another token", reconfigured(shiftedWeight)},
	{"EC-SHARE", "a swap pays a thousandth less", paidShort},
	{"EC-VALUE", "the invariant is rounded up", func(s *Subject) { s.InvariantDown = s.InvariantUp }},
	{"EC-VALUE", "a pool charges all but a thousandth of its fee", reconfigured(func(c *PoolConfig) {
		less := c.SwapFee
		c.SwapFee.Sub(&c.SwapFee, less.Rsh(&less, 10))
		c.Kind = domain.LibraryPool
	})},
	{"EC-VALUE", "half of the fee leaves the pool", reconfigured(func(c *PoolConfig) { c.ProtocolFee.SetUint64(domain.One / 2) })},
	{"EC-VALUE", "a swap pays a thousandth less", paidShort},
	{"EC-INDEX", "a swap adds a unit of a third token", afterSwaps(func(p LivePool, a Action, _ *Moved) error {
		for i := range p.Snapshot().Balances {
			if i != a.TokenIn && i != a.TokenOut {
				_, err := p.Do(Action{Op: domain.Donate, TokenIn: i, Amount: *newNum(1)})
				return err
			}
		}
		return nil
	})},
	{"EC-INDEX", "a pool refuses to pay more than a quarter of what it has left", afterSwaps(func(p LivePool, a Action, moved *Moved) error {
		if left := p.Snapshot().Balances[a.TokenOut]; left.Lt(new(num).Lsh(&moved.Out[a.TokenOut], 2)) {
			return errBalance
		}
		return nil
	})},
	{"EC-INDEX", "the fee is 10⁻¹⁸ higher", reconfigured(func(c *PoolConfig) {
		c.SwapFee.AddUint64(&c.SwapFee, 1)
		c.Kind = domain.LibraryPool
	})},
	{"EC-INDEX", "a pool counts a wei more of the balance in", func(s *Subject) {
		right := s.InGivenOut
		s.InGivenOut = func(bi, wi, bo, wo, a num) (num, error) { // for the pair, so that the pool seems to count more
			return right(*bi.SubUint64(&bi, 1), wi, bo, wo, a)
		}
	}},
}
