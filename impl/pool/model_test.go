package pool

import (
	"math/big"
	"reflect"
	"slices"

	"github.com/holiman/uint256"

	"github.com/trueweight/trueweight/impl/liquidity"
	"github.com/trueweight/trueweight/impl/revert"
	"github.com/trueweight/trueweight/impl/weighted"
	"github.com/trueweight/trueweight/impl/weights"
)

// The model is SPEC "A pool over time" on a snapshot, one rounding per line, on
// integers of any size. Amounts of scaled numbers are those of liquidity and
// weighted, whose own tests answer for them. A step that fails panics with its
// *revert.Error, and the caller forgets the snapshot.
type model struct {
	config Config
	Snapshot
}

// An act is an operation with its arguments, and moved what it returns.
type act struct {
	op         string
	i, j       int
	amount     uint256.Int
	amounts    []uint256.Int
	start, end uint256.Int
	hops       []Hop
}

type moved struct {
	amount  uint256.Int
	amounts []uint256.Int
	flows   []Flow
}

// do returns what an act returns and the state that it leaves.
func (m model) do(a act) (z moved, after Snapshot, failure error) {
	before := m.Snapshot
	m.Balances, m.SetAside, m.Rates = slices.Clone(m.Balances), slices.Clone(m.SetAside), slices.Clone(m.Rates)
	defer func() {
		if r := recover(); r != nil {
			z, after, failure = moved{}, before, r.(*revert.Error)
		}
	}()
	z = m.step(a)
	return z, m.Snapshot, nil
}

func (m *model) step(a act) (z moved) {
	n, v2 := len(m.Balances), m.config.Rules == V2
	if !slices.Contains([]string{"initialise", "advance", "weights", "rate"}, a.op) && m.Supply.IsZero() {
		panic(revert.ErrNotInitialized)
	}
	if slices.Contains([]string{"in", "out", "join token", "join for bpt", "exit token", "exit bpt", "donate", "rate"}, a.op) {
		m.token(a.i)
	}
	switch a.op {
	case "in", "out":
		z.amount = m.swap(weighted.SwapKind(a.op == "out"), a.i, a.j, a.amount)
	case "batch":
		z.flows = make([]Flow, n)
		for _, h := range a.hops {
			in := h.Amount
			out := m.swap(h.Kind, h.In, h.Out, h.Amount)
			if h.Kind == weighted.GivenOut {
				in, out = out, in
			}
			z.flows[h.In].In.Add(&z.flows[h.In].In, &in)
			z.flows[h.Out].Out.Add(&z.flows[h.Out].Out, &out)
		}
	case "initialise":
		z.amount = m.initialise(a.amounts)
	case "join tokens":
		m.length(a.amounts)
		z.amount = m.joinTokens(a.amounts)
	case "join token":
		if v2 {
			z.amount = got(liquidity.BptOutGivenExactTokenIn(m.Weights[a.i], m.live(a.i), m.scaled(a.i, a.amount), m.Supply, m.config.SwapFee))
			m.Supply = sum(m.Supply, z.amount)
			m.receive(a.i, a.amount)
			break
		}
		amounts := make([]uint256.Int, n)
		amounts[a.i] = a.amount
		z.amount = m.joinTokens(amounts)
	case "join for bpt":
		var value, fee uint256.Int
		if v2 {
			value = got(liquidity.TokenInGivenExactBptOut(m.Weights[a.i], m.live(a.i), a.amount, m.Supply, m.config.SwapFee))
		} else {
			value, fee = both(liquidity.AddSingleExactOut(m.Weights, m.joinLives(), a.i, a.amount, m.Supply, m.config.SwapFee))
		}
		z.amount = m.asked(a.i, value)
		m.Supply = sum(m.Supply, a.amount)
		m.receive(a.i, z.amount)
		m.share(a.i, fee)
		m.reach()
	case "join all for bpt":
		z.amounts = m.proportional(a.amount, m.joinLives(), liquidity.ProportionalAmountsInV2, liquidity.ProportionalAmountsInV3, m.asked)
		m.Supply = sum(m.Supply, a.amount)
		for i := range n {
			m.receive(i, z.amounts[i])
		}
		m.reach()
	case "exit tokens":
		m.length(a.amounts)
		if !v2 {
			panic(revert.ErrUnsupportedOperation)
		}
		scaled := make([]uint256.Int, n)
		for i := range n {
			scaled[i] = m.scaled(i, a.amounts[i])
		}
		z.amount = got(liquidity.BptInGivenExactTokensOut(m.Weights, m.lives(), scaled, m.Supply, m.config.SwapFee))
		m.burn(z.amount)
		for i := range n {
			m.Balances[i] = difference(m.Balances[i], a.amounts[i])
		}
	case "exit token":
		var fee uint256.Int
		if v2 {
			z.amount = got(liquidity.BptInGivenExactTokenOut(m.Weights[a.i], m.live(a.i), m.scaled(a.i, a.amount), m.Supply, m.config.SwapFee))
		} else {
			z.amount, fee = both(liquidity.RemoveSingleExactOut(make([]uint256.Int, n), m.Weights, m.lives(), a.i, m.scaledOut(a.i, a.amount), m.Supply, m.config.SwapFee))
		}
		m.burn(z.amount)
		m.Balances[a.i] = difference(m.Balances[a.i], a.amount)
		m.share(a.i, fee)
		m.reach()
	case "exit bpt":
		var value, fee uint256.Int
		if v2 {
			value = got(liquidity.TokenOutGivenExactBptIn(m.Weights[a.i], m.live(a.i), a.amount, m.Supply, m.config.SwapFee))
		} else {
			value, fee = both(liquidity.RemoveSingleExactIn(m.Weights, m.lives(), a.i, a.amount, m.Supply, m.config.SwapFee))
		}
		z.amount = m.paid(a.i, value)
		m.burn(a.amount)
		m.Balances[a.i] = difference(m.Balances[a.i], z.amount)
		m.share(a.i, fee)
		m.reach()
	case "exit all for bpt":
		z.amounts = m.proportional(a.amount, m.lives(), liquidity.ProportionalAmountsOutV2, liquidity.ProportionalAmountsOutV3, m.paid)
		m.burn(a.amount)
		for i := range n {
			m.Balances[i] = difference(m.Balances[i], z.amounts[i])
		}
		m.reach()
	case "donate":
		m.receive(a.i, a.amount)
	case "collect":
		z.amounts = m.SetAside
		m.SetAside = make([]uint256.Int, n)
		if v2 {
			z.amount = m.collect()
		}
	case "advance":
		m.Clock = sum(m.Clock, a.amount)
		m.reweigh()
	case "weights":
		m.change(a)
	case "rate":
		if a.amount.IsZero() {
			panic(revert.ErrZeroRate)
		}
		m.Rates[a.i], m.LastInvariant = a.amount, uint256.Int{}
	}
	return z
}

func (m *model) initialise(amounts []uint256.Int) uint256.Int {
	if !m.Supply.IsZero() {
		panic(revert.ErrAlreadyInitialized)
	}
	m.length(amounts)
	m.Balances = slices.Clone(amounts)
	live := m.lives()
	m.reach()
	m.Supply = got(weighted.InvariantDown(m.Weights, live))
	if m.config.Rules == V2 {
		m.LastInvariant = m.Supply
		m.Supply = fit(new(big.Int).Mul(m.Supply.ToBig(), big.NewInt(int64(len(live)))), revert.ErrMulOverflow)
		m.LastSupply = m.Supply
	}
	if m.Supply.Lt(&locked) {
		panic(revert.ErrSupplyTooLow)
	}
	for i := range amounts {
		m.receive(i, uint256.Int{})
	}
	return difference(m.Supply, locked)
}

// swap moves a trade and returns the amount that is not given.
func (m *model) swap(kind weighted.SwapKind, in, out int, amount uint256.Int) (calculated uint256.Int) {
	m.token(in)
	m.token(out)
	if amount.IsZero() {
		panic(revert.ErrZeroAmount)
	}
	if in == out {
		panic(revert.ErrSameToken)
	}
	amountIn, amountOut := &amount, &calculated
	var fee uint256.Int
	wIn, wOut, keep := m.Weights[in], m.Weights[out], complement(m.config.SwapFee)
	switch {
	case m.config.Rules == V2 && kind == weighted.GivenIn:
		net := difference(amount, mulUp(amount, m.config.SwapFee))
		calculated = m.paid(out, got(weighted.OutGivenIn(m.live(in), wIn, m.live(out), wOut, m.scaled(in, net))))
	case m.config.Rules == V2:
		amountIn, amountOut = &calculated, &amount
		raw := m.asked(in, got(weighted.InGivenOut(m.live(in), wIn, m.live(out), wOut, m.scaled(out, amount))))
		calculated = divUp(raw, keep)
	case kind == weighted.GivenIn:
		value := m.scaled(in, amount)
		fee = mulUp(value, m.config.SwapFee)
		calculated = m.paid(out, m.onSwap(kind, in, out, difference(value, fee)))
	default:
		amountIn, amountOut = &calculated, &amount
		value := m.onSwap(kind, in, out, m.scaledOut(out, amount))
		fee = ratioUp(value, m.config.SwapFee, keep)
		calculated = m.asked(in, sum(value, fee))
	}
	m.receive(in, *amountIn)
	m.Balances[out] = difference(m.Balances[out], *amountOut)
	m.share(in, fee)
	return calculated
}

// onSwap asks v3's pool, made anew each time.
func (m *model) onSwap(kind weighted.SwapKind, in, out int, value uint256.Int) uint256.Int {
	live := make([]uint256.Int, len(m.Balances))
	live[in], live[out] = m.live(in), m.live(out)
	return got(weighted.PoolOnSwap(m.Weights, m.minimums(), live, in, out, value, kind))
}

func (m *model) joinTokens(amounts []uint256.Int) (bpt uint256.Int) {
	n := len(amounts)
	live, scaled, fees := m.joinLives(), make([]uint256.Int, n), make([]uint256.Int, n)
	for i := range n {
		scaled[i] = m.scaled(i, amounts[i])
	}
	if m.config.Rules == V2 {
		bpt = got(liquidity.BptOutGivenExactTokensIn(m.Weights, live, scaled, m.Supply, m.config.SwapFee))
	} else {
		bpt = got(liquidity.AddUnbalanced(make([]uint256.Int, n), fees, m.Weights, live, scaled, m.Supply, m.config.SwapFee))
	}
	m.Supply = sum(m.Supply, bpt)
	for i := range n {
		m.receive(i, amounts[i])
	}
	for i := range n {
		m.share(i, fees[i])
	}
	m.reach()
	return bpt
}

type proportional = func(amounts, balances []uint256.Int, supply, bpt uint256.Int) error

func (m *model) proportional(bpt uint256.Int, live []uint256.Int, v2, v3 proportional, toRaw func(int, uint256.Int) uint256.Int) []uint256.Int {
	amounts, f := make([]uint256.Int, len(live)), v2
	if m.config.Rules == V3 {
		f = v3
	}
	must(f(amounts, live, m.Supply, bpt))
	for i := range amounts {
		amounts[i] = toRaw(i, amounts[i])
	}
	return amounts
}

func (m *model) collect() (due uint256.Int) {
	invariant := got(weighted.InvariantDown(m.Weights, m.lives()))
	if !m.LastInvariant.IsZero() {
		due = got(liquidity.DueProtocolFees(divDown(invariant, m.LastInvariant), m.LastSupply, m.Supply, m.config.ProtocolFee))
	}
	m.Supply = sum(m.Supply, due)
	m.LastInvariant, m.LastSupply = invariant, m.Supply
	return due
}

func (m *model) change(a act) {
	limits := map[Kind]weights.Limits{Managed: weights.V2Managed, Bootstrapping: weights.V2Weighted}[m.config.Kind]
	if m.config.Kind != Managed && m.config.Kind != Bootstrapping {
		panic(revert.ErrUnsupportedOperation)
	}
	m.length(a.amounts)
	start := got(weights.ResolveStartTime(a.start, a.end, m.Clock))
	must(weights.Validate(a.amounts, limits))
	m.StartTime, m.EndTime, m.StartWeights, m.EndWeights = start, a.end, m.Weights, slices.Clone(a.amounts)
	m.reweigh()
	if m.Unreadable != nil {
		panic(m.Unreadable)
	}
	m.LastInvariant = uint256.Int{}
}

// reweigh reads the weights of the schedule at the clock; the invariant is
// forgotten when they are others.
func (m *model) reweigh() {
	before := m.Weights
	m.Weights = make([]uint256.Int, len(m.StartWeights))
	switch {
	case m.config.Kind == Managed:
		m.Unreadable = weights.Managed(m.Weights, m.StartTime, m.EndTime, m.StartWeights, m.EndWeights, m.Clock)
	case m.config.Kind == Bootstrapping && m.config.Rules == V2:
		m.Unreadable = weights.BootstrappingV2(m.Weights, m.StartTime, m.EndTime, m.StartWeights, m.EndWeights, m.Clock)
	case m.config.Kind == Bootstrapping:
		m.Weights[0] = got(weights.InterpolatedValue(m.StartWeights[0], m.EndWeights[0], m.StartTime, m.EndTime, m.Clock))
		m.Weights[1] = complement(m.Weights[0])
	default:
		m.Weights = m.StartWeights
	}
	if !slices.Equal(before, m.Weights) {
		m.LastInvariant = uint256.Int{}
	}
}

func (m *model) token(i int) {
	if i < 0 || i >= len(m.Balances) {
		panic(revert.ErrArrayIndex)
	}
}

func (m *model) length(list []uint256.Int) {
	if len(list) != len(m.Balances) {
		panic(revert.ErrLengthMismatch)
	}
}

func (m *model) receive(i int, amount uint256.Int) {
	m.Balances[i] = sum(m.Balances[i], amount)
	if m.Balances[i].BitLen() > map[Rules]int{V2: 112, V3: 128}[m.config.Rules] {
		panic(revert.ErrBalanceOverflow)
	}
}

func (m *model) burn(bpt uint256.Int) {
	if left := new(big.Int).Sub(m.Supply.ToBig(), bpt.ToBig()); left.Cmp(big.NewInt(1e6)) < 0 {
		panic(revert.ErrLockedSupply)
	}
	m.Supply = difference(m.Supply, bpt)
}

func (m *model) share(i int, fee uint256.Int) {
	if m.config.Rules == V3 {
		part := mulDown(divDown(fee, product(m.factor(i), m.Rates[i])), m.config.ProtocolFee)
		m.Balances[i] = difference(m.Balances[i], part)
		m.SetAside[i] = sum(m.SetAside[i], part)
	}
}

func (m *model) reach() {
	if m.config.Rules == V2 {
		return
	}
	for i, least := range m.minimums() {
		if b := m.live(i); b.Lt(&least) {
			panic(revert.TokenBalanceBelowMin(i, b, least))
		}
	}
}

func (m *model) minimums() (list []uint256.Int) {
	for i := range m.config.Decimals {
		f := m.factor(i)
		list = append(list, *uint256.NewInt(max(1e6, f.Uint64())))
	}
	return list
}

// factor is 10^(18−decimals), times 10¹⁸ and the rate in v2.
func (m *model) factor(i int) uint256.Int {
	z := fit(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(18-m.config.Decimals[i])), nil), nil)
	if m.config.Rules == V2 {
		return mulDown(product(z, one), m.Rates[i])
	}
	return z
}

func (m *model) rateUp(i int) uint256.Int {
	if new(big.Int).Mod(m.Rates[i].ToBig(), scale).Sign() == 0 {
		return m.Rates[i]
	}
	return sum(m.Rates[i], uint256.Int{1})
}

func (m *model) live(i int) uint256.Int { return m.scaled(i, m.Balances[i]) }

func (m *model) lives() (list []uint256.Int) {
	for i := range m.Balances {
		list = append(list, m.live(i))
	}
	return list
}

func (m *model) joinLives() (list []uint256.Int) {
	if m.config.Rules == V2 {
		return m.lives()
	}
	for i, b := range m.Balances {
		list = append(list, mulUp(product(b, m.factor(i)), m.Rates[i]))
	}
	return list
}

func (m *model) scaled(i int, raw uint256.Int) uint256.Int {
	if m.config.Rules == V2 {
		return mulDown(raw, m.factor(i))
	}
	return mulDown(product(raw, m.factor(i)), m.Rates[i])
}

func (m *model) scaledOut(i int, raw uint256.Int) uint256.Int {
	return mulUp(product(raw, m.factor(i)), m.rateUp(i))
}

func (m *model) asked(i int, value uint256.Int) uint256.Int {
	if m.config.Rules == V2 {
		return divUp(value, m.factor(i))
	}
	return divUp(value, product(m.factor(i), m.Rates[i]))
}

func (m *model) paid(i int, value uint256.Int) uint256.Int {
	if m.config.Rules == V2 {
		return divDown(value, m.factor(i))
	}
	return divDown(value, product(m.factor(i), m.rateUp(i)))
}

var scale = big.NewInt(1e18)

func fit(z *big.Int, failure *revert.Error) uint256.Int {
	if z.Sign() < 0 || z.BitLen() > 256 {
		panic(failure)
	}
	return *uint256.MustFromBig(z)
}

func sum(a, b uint256.Int) uint256.Int {
	return fit(new(big.Int).Add(a.ToBig(), b.ToBig()), revert.ErrAddOverflow)
}

func difference(a, b uint256.Int) uint256.Int {
	return fit(new(big.Int).Sub(a.ToBig(), b.ToBig()), revert.ErrSubUnderflow)
}

func product(a, b uint256.Int) uint256.Int {
	return fit(new(big.Int).Mul(a.ToBig(), b.ToBig()), revert.ErrMulOverflow)
}

func complement(x uint256.Int) uint256.Int {
	if !x.Lt(&one) {
		return uint256.Int{}
	}
	return difference(one, x)
}

// The divisors of a pool are never 0.
func mulDown(a, b uint256.Int) uint256.Int { return floor(product(a, b), one) }
func mulUp(a, b uint256.Int) uint256.Int   { return ratioUp(a, b, one) }
func divDown(a, b uint256.Int) uint256.Int { return floor(tall(a), b) }
func divUp(a, b uint256.Int) uint256.Int   { return ceiling(tall(a), b) }

func ratioUp(a, b, c uint256.Int) uint256.Int { return ceiling(product(a, b), c) }

func tall(a uint256.Int) uint256.Int {
	return fit(new(big.Int).Mul(a.ToBig(), scale), revert.ErrDivOverflow)
}

func floor(a, b uint256.Int) uint256.Int {
	return fit(new(big.Int).Div(a.ToBig(), b.ToBig()), nil)
}

func ceiling(a, b uint256.Int) uint256.Int {
	up := new(big.Int).Sub(b.ToBig(), big.NewInt(1))
	return fit(up.Add(up, a.ToBig()).Div(up, b.ToBig()), nil)
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func got(z uint256.Int, err error) uint256.Int {
	must(err)
	return z
}

func both(y, z uint256.Int, err error) (uint256.Int, uint256.Int) {
	must(err)
	return y, z
}

func equal(a, b any) bool { return reflect.DeepEqual(a, b) }
