package properties

import (
	"math/big"

	"github.com/trueweight/trueweight/properties/domain"
	"github.com/trueweight/trueweight/reference/real"
)

// mintIsDue judges a mint of protocol fees as a part of ST-RATE: of S + m BPT the m minted are no larger a share than the protocol's
// part f of what the value per BPT has grown by since the last collection, when the pool had the invariant L and the supply M.
//
// With s = S/M, u = 10⁻¹⁸ and G = V/L the exact growth, the growth g that the pool computes is at most G: it takes the lower invariant of balances
// scaled down, and rounds the quotient down. OwnershipPercentage rounds s and then s/g down, by less than u each: it answers at most f·(1 + u − (s − u)/g), which for s > u is
// no more at G than at g; and for s ≤ u it answers at most f, as it always does. So
//
//	m/(S+m) ≤ f·(1 + u) − f·L·(S/M − u)/V
func (j *Judge) mintIsDue(m *moment) Verdict {
	const part = "a mint of protocol fees"
	unit, fee := big.NewInt(domain.One), m.config.ProtocolFee.ToBig()
	supply, last := m.before.Supply.ToBig(), m.before.LastSupply.ToBig()
	after := m.after.Supply.ToBig()
	minted := new(big.Int).Sub(after, supply)
	if last.Sign() == 0 || m.before.LastInvariant.IsZero() {
		return violated(part, minted.String()+" wei of BPT", "nothing: no collection has been made that value could have grown since")
	}

	value := real.ValueAtRates(bigs(m.before.Balances), m.config.Decimals, bigs(m.before.Rates), bigs(m.before.Weights))
	whole := real.Quo(real.Int(productOf(fee, new(big.Int).Add(unit, big.NewInt(1)))), real.Int(productOf(unit, unit)))
	grown := new(big.Int).Sub(productOf(supply, unit), last) // (S/M − u)·M·10¹⁸
	old := real.Quo(real.Int(productOf(productOf(fee, m.before.LastInvariant.ToBig()), grown)), real.Int(productOf(productOf(unit, unit), last)))
	allowed := real.Sub(whole, real.Quo(old, value))
	left := real.Sub(real.Sub(whole, real.Quo(real.Int(minted), real.Int(after))), real.Quo(old, value))
	sign, ok := j.sign(left, new(big.Int))
	switch {
	case !ok:
		return undecided(part)
	case sign >= 0:
		return Verdict{Outcome: Holds, Margin: slackOf(lowerWei(j, left, sign))}
	}
	excess, ok := j.ceil(real.Mul(left, real.Int64(-domain.One)), 64)
	if !ok {
		return undecided(part)
	}
	return Verdict{Outcome: Violated, Part: part, Got: minted.String() + " wei of BPT, a share of " + j.show(real.Quo(real.Int(minted), real.Int(after))),
		Want: "a share of at most " + j.show(allowed), Excess: excess}
}
