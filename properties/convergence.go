package properties

import (
	"fmt"
	"math/big"
	"slices"

	"github.com/trueweight/trueweight/properties/domain"
	"github.com/trueweight/trueweight/reference/real"
)

// A Convergence shows EC-SHARE at work: the shares of a pool's value, trade by trade, as an arbitrageur follows prices that move.
// Shares, weights and bands are whole billionths, rounded down, so that the same subject gives the same file on any machine.
type Convergence struct {
	Subject string             `json:"subject"`
	Weights []uint64           `json:"weights"`
	Panels  []ConvergencePanel `json:"panels"`
}

// A ConvergencePanel is the story of one pool.
type ConvergencePanel struct {
	SwapFee uint64             `json:"swapFee"` // billionths
	Bands   [][2]uint64        `json:"bands"`   // of each token, as EC-SHARE's band is after the last trade
	Points  []ConvergencePoint `json:"points"`
}

// A ConvergencePoint is the pool after prices moved or a trade was made.
type ConvergencePoint struct {
	Event  string   `json:"event"` // "prices", or the trade
	Shares []uint64 `json:"shares"`
}

// convergenceWeights are those of the pool, in tenths; convergencePrices are 18-decimal prices in turn: at the first the pool starts
// at rest. Each token is counted in a unit of 10⁻⁶ of what the pool starts with.
var (
	convergenceWeights = []uint64{4, 3, 2, 1}
	convergencePrices  = [][]uint64{{1000, 1000, 1000, 1000}, {1500, 1000, 700, 1000}, {1500, 1400, 1600, 500}, {900, 1400, 1200, 1300}}
	convergenceFees    = []uint64{0, 1e16}
)

// Converge lets an arbitrageur trade on a subject's pools, one without and one with a fee, as prices move.
func Converge(s *Subject) (*Convergence, error) {
	if s.NewPool == nil {
		return nil, fmt.Errorf("%s has no pools to trade on", s.Name)
	}
	c := &Convergence{Subject: s.Name}
	for _, w := range convergenceWeights {
		c.Weights = append(c.Weights, w*1e8)
	}
	for _, fee := range convergenceFees {
		p, err := convergencePanel(s, fee)
		if err != nil {
			return nil, fmt.Errorf("a pool with four tokens and a fee of %d·10⁻¹⁸: %w", fee, err)
		}
		c.Panels = append(c.Panels, *p)
	}
	return c, nil
}

func convergencePanel(s *Subject, fee uint64) (*ConvergencePanel, error) {
	m := &domain.Market{Rules: 1, PoolKind: domain.LibraryPool, SwapFee: *newNum(fee)}
	for _, w := range convergenceWeights {
		m.Weights = append(m.Weights, *newNum(w * (domain.One / 10)))
		m.Balances = append(m.Balances, *newNum(w * 1e18))
		m.Units = append(m.Units, *newNum(w * 1e12))
		m.Decimals, m.Rates = append(m.Decimals, *newNum(18)), append(m.Rates, *newNum(domain.One))
	}
	p := &ConvergencePanel{SwapFee: fee / 1e9}
	for _, prices := range convergencePrices {
		m.Prices = nil
		for _, price := range prices {
			m.Prices = append(m.Prices, *new(num).Mul(newNum(price), newNum(domain.One)))
		}
		e, err := exchangeOf(s, m)
		if err != nil {
			return nil, err
		}
		p.add("prices", e, m.Balances)
		for _, t := range e.end.Trades {
			p.add(t.Action.describe(), e, t.After.Balances)
		}
		b, err := e.bands()
		if err != nil {
			return nil, err
		}
		p.Bands = b.billionths()
		m.Balances = slices.Clone(e.final().Balances)
	}
	return p, nil
}

// add appends a state.
func (p *ConvergencePanel) add(event string, e *exchange, balances []num) {
	sum := e.prices.Value(balances)
	point := ConvergencePoint{Event: event}
	for i, balance := range balances {
		share := productOf(e.prices.rawPrice(i), balance.ToBig(), big.NewInt(1e9))
		point.Shares = append(point.Shares, share.Quo(share, sum).Uint64())
	}
	p.Points = append(p.Points, point)
}

// billionths returns the ends of every token's band.
func (b *bands) billionths() (list [][2]uint64) {
	j := NewJudge(Enclosures)
	for i := range b.weights {
		lowest, _ := j.floor(real.Mul(b.lowest(i), real.Int64(1e9)), 32)
		highest, _ := j.floor(real.Mul(b.highest(i), real.Int64(1e9)), 32)
		list = append(list, [2]uint64{lowest.Uint64(), highest.Uint64()})
	}
	return list
}
