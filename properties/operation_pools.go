package properties

import (
	"github.com/trueweight/trueweight/properties/domain"
	"github.com/trueweight/trueweight/reference/exact"
)

// The operations of joins and exits, scaling and changing weights: the rest of the table.

// failStartTime is the one failure here that both versions have, by v2's name | v3's; the others have the name of the one version
// that the operation belongs to.
const failStartTime = "BAL#326 | InvalidStartTime"

var (
	onJoin         = []domain.Kind{domain.KindJoin}
	onExit         = []domain.Kind{domain.KindExit}
	onJoinOne      = []domain.Kind{domain.KindJoinOne}
	onExitOne      = []domain.Kind{domain.KindExitOne}
	onProtocolFees = []domain.Kind{domain.KindProtocolFees}
	onScaling      = []domain.Kind{domain.KindScaling}
	onGradual      = []domain.Kind{domain.KindGradual}
	onPacking      = []domain.Kind{domain.KindPacking}

	onlyV2 = exactVersions{exact.V2}
	onlyV3 = exactVersions{exact.V3}
)

const (
	inLiquidityV2 = "Liquidity, v2"
	inLiquidityV3 = "Liquidity, v3"
	inScaling     = "Scaling, fees around a swap, rates"
	inGradual     = "Gradual weight change"
)

// asksList is asks for a call that returns a list, asksPair for one that returns two numbers.
func asksList[C domain.Case](call func(*Subject, C) ([]num, error)) func(*Subject, domain.Case) answer {
	return func(s *Subject, c domain.Case) answer {
		list, err := call(s, c.(C))
		return answer{list, err}
	}
}

func asksPair[C domain.Case](call func(*Subject, C) (y, z num, err error)) func(*Subject, domain.Case) answer {
	return func(s *Subject, c domain.Case) answer {
		y, z, err := call(s, c.(C))
		return answer{[]num{y, z}, err}
	}
}

// asksOne asks an operation on one token of a join or exit, given an amount of the token or BPT.
func asksOne(of func(*Subject) func(weight, balance, given, supply, fee num) (num, error), given func(*domain.LiquidityOne) num) func(*Subject, domain.Case) answer {
	return asks(func(s *Subject, c *domain.LiquidityOne) (num, error) {
		return of(s)(c.Weight(), c.Balance(), given(c), c.Supply, c.Fee)
	})
}

func amountOf(c *domain.LiquidityOne) num { return c.Amount }
func bptOf(c *domain.LiquidityOne) num    { return c.Bpt }

var poolOperations = []*operation{
	{name: "BptOutGivenExactTokensIn", source: inLiquidityV2, kinds: onJoin, only: onlyV2,
		failures: []string{"BAL#000", "BAL#001", "BAL#003", "BAL#004", "BAL#005", "BAL#006", "BAL#007", "BAL#008", "INVALID"},
		ask: asks(func(s *Subject, c *domain.Liquidity) (num, error) {
			return s.BptOutGivenExactTokensIn(c.Weights, c.Balances, c.Amounts, c.Supply, c.Fee)
		})},
	{name: "BptInGivenExactTokensOut", source: inLiquidityV2, kinds: onExit, only: onlyV2,
		failures: []string{"BAL#000", "BAL#001", "BAL#003", "BAL#004", "BAL#005", "BAL#007", "BAL#008", "INVALID"},
		ask: asks(func(s *Subject, c *domain.Liquidity) (num, error) {
			return s.BptInGivenExactTokensOut(c.Weights, c.Balances, c.Amounts, c.Supply, c.Fee)
		})},
	{name: "BptOutGivenExactTokenIn", source: inLiquidityV2, kinds: onJoinOne, only: onlyV2,
		failures: []string{"BAL#000", "BAL#001", "BAL#003", "BAL#004", "BAL#005", "BAL#006", "BAL#007", "BAL#008"},
		ask:      asksOne(func(s *Subject) func(w, b, g, sup, f num) (num, error) { return s.BptOutGivenExactTokenIn }, amountOf)},
	{name: "TokenInGivenExactBptOut", source: inLiquidityV2, kinds: onJoinOne, only: onlyV2,
		failures: []string{"BAL#000", "BAL#003", "BAL#004", "BAL#005", "BAL#008", "BAL#307"},
		ask:      asksOne(func(s *Subject) func(w, b, g, sup, f num) (num, error) { return s.TokenInGivenExactBptOut }, bptOf)},
	{name: "BptInGivenExactTokenOut", source: inLiquidityV2, kinds: onExitOne, only: onlyV2,
		failures: []string{"BAL#000", "BAL#001", "BAL#003", "BAL#004", "BAL#005", "BAL#007", "BAL#008"},
		ask:      asksOne(func(s *Subject) func(w, b, g, sup, f num) (num, error) { return s.BptInGivenExactTokenOut }, amountOf)},
	{name: "TokenOutGivenExactBptIn", source: inLiquidityV2, kinds: onExitOne, only: onlyV2,
		failures: []string{"BAL#001", "BAL#003", "BAL#004", "BAL#005", "BAL#008", "BAL#306"},
		ask:      asksOne(func(s *Subject) func(w, b, g, sup, f num) (num, error) { return s.TokenOutGivenExactBptIn }, bptOf)},
	{name: "BptOutAddToken", source: inLiquidityV2, kinds: onJoinOne, only: onlyV2,
		failures: []string{"BAL#001", "BAL#003", "BAL#004"},
		ask:      asks(func(s *Subject, c *domain.LiquidityOne) (num, error) { return s.BptOutAddToken(c.Supply, c.Weight()) })},
	{name: "ProportionalAmountsInV2", source: inLiquidityV2, kinds: onJoinOne, only: onlyV2,
		failures: []string{"BAL#003", "BAL#004", "BAL#005"},
		ask: asksList(func(s *Subject, c *domain.LiquidityOne) ([]num, error) {
			return s.ProportionalAmountsInV2(c.Balances, c.Supply, c.Bpt)
		})},
	{name: "ProportionalAmountsOutV2", source: inLiquidityV2, kinds: onExitOne, only: onlyV2,
		failures: []string{"BAL#003", "BAL#004", "BAL#005"},
		ask: asksList(func(s *Subject, c *domain.LiquidityOne) ([]num, error) {
			return s.ProportionalAmountsOutV2(c.Balances, c.Supply, c.Bpt)
		})},
	{name: "OwnershipPercentage", source: inLiquidityV2, kinds: onProtocolFees, only: onlyV2,
		failures: []string{"BAL#003", "BAL#005"},
		ask: asks(func(s *Subject, c *domain.ProtocolFees) (num, error) {
			return s.OwnershipPercentage(c.Growth, c.SupplyGrowth, c.Fee)
		})},
	{name: "BptForOwnership", source: inLiquidityV2, kinds: onProtocolFees, only: onlyV2,
		failures: []string{"BAL#003", "BAL#004"},
		ask:      asks(func(s *Subject, c *domain.ProtocolFees) (num, error) { return s.BptForOwnership(c.Supply, c.Share) })},
	{name: "DueProtocolFees", source: inLiquidityV2, kinds: onProtocolFees, only: onlyV2,
		failures: []string{"BAL#003", "BAL#004", "BAL#005"},
		ask: asks(func(s *Subject, c *domain.ProtocolFees) (num, error) {
			return s.DueProtocolFees(c.Growth, c.PreviousSupply, c.Supply, c.Fee)
		})},

	{name: "ProportionalAmountsInV3", source: inLiquidityV3, kinds: onJoinOne, only: onlyV3,
		failures: []string{"Panic(0x11)", "ZeroDivision"},
		ask: asksList(func(s *Subject, c *domain.LiquidityOne) ([]num, error) {
			return s.ProportionalAmountsInV3(c.Balances, c.Supply, c.Bpt)
		})},
	{name: "ProportionalAmountsOutV3", source: inLiquidityV3, kinds: onExitOne, only: onlyV3,
		failures: []string{"Panic(0x11)", "Panic(0x12)"},
		ask: asksList(func(s *Subject, c *domain.LiquidityOne) ([]num, error) {
			return s.ProportionalAmountsOutV3(c.Balances, c.Supply, c.Bpt)
		})},
	{name: "AddUnbalanced", source: inLiquidityV3, kinds: onJoin, only: onlyV3,
		failures: []string{"BaseOutOfBounds", "ExponentOutOfBounds", "InvariantRatioAboveMax", "Panic(0x11)", "Panic(0x32)", "ProductOutOfBounds", "ZeroInvariant"},
		ask: asksList(func(s *Subject, c *domain.Liquidity) ([]num, error) {
			bpt, fees, err := s.AddUnbalanced(c.Weights, c.Balances, c.Amounts, c.Supply, c.Fee)
			return append([]num{bpt}, fees...), err
		})},
	{name: "AddSingleExactOut", source: inLiquidityV3, kinds: onJoinOne, only: onlyV3,
		failures: []string{"InvariantRatioAboveMax", "Panic(0x11)", "Panic(0x12)", "Panic(0x32)", "ProductOutOfBounds", "ZeroDivision"},
		ask: asksPair(func(s *Subject, c *domain.LiquidityOne) (num, num, error) {
			return s.AddSingleExactOut(c.Weights, c.Balances, int(c.Index), c.Bpt, c.Supply, c.Fee)
		})},
	{name: "RemoveSingleExactOut", source: inLiquidityV3, kinds: onExitOne, only: onlyV3,
		failures: []string{"BaseOutOfBounds", "ExponentOutOfBounds", "InvariantRatioBelowMin", "Panic(0x11)", "Panic(0x32)", "ProductOutOfBounds", "ZeroDivision", "ZeroInvariant"},
		ask: asksPair(func(s *Subject, c *domain.LiquidityOne) (num, num, error) {
			return s.RemoveSingleExactOut(c.Weights, c.Balances, int(c.Index), c.Amount, c.Supply, c.Fee)
		})},
	{name: "RemoveSingleExactIn", source: inLiquidityV3, kinds: onExitOne, only: onlyV3,
		failures: []string{"InvariantRatioBelowMin", "Panic(0x11)", "Panic(0x12)", "Panic(0x32)", "ProductOutOfBounds", "ZeroDivision"},
		ask: asksPair(func(s *Subject, c *domain.LiquidityOne) (num, num, error) {
			return s.RemoveSingleExactIn(c.Weights, c.Balances, int(c.Index), c.Bpt, c.Supply, c.Fee)
		})},

	{name: "MathDivDown", source: "Fixed point", kinds: onOperands, only: onlyV2,
		failures: []string{"BAL#004"},
		ask:      asks(func(s *Subject, c *domain.Operands) (num, error) { return s.MathDivDown(c.A, c.B) })},
	{name: "MathDivUp", source: "Fixed point", kinds: onOperands, only: onlyV2,
		failures: []string{"BAL#004"},
		ask:      asks(func(s *Subject, c *domain.Operands) (num, error) { return s.MathDivUp(c.A, c.B) })},
	{name: "ToScaled18Down", source: inScaling, kinds: onScaling, only: onlyV3,
		failures: []string{"Panic(0x11)"},
		ask:      asks(func(s *Subject, c *domain.Scaling) (num, error) { return s.ToScaled18Down(c.Amount, c.Factor, c.Rate) })},
	{name: "ToScaled18Up", source: inScaling, kinds: onScaling, only: onlyV3,
		failures: []string{"Panic(0x11)"},
		ask:      asks(func(s *Subject, c *domain.Scaling) (num, error) { return s.ToScaled18Up(c.Amount, c.Factor, c.Rate) })},
	{name: "ToRawDown", source: inScaling, kinds: onScaling, only: onlyV3,
		failures: []string{"Panic(0x11)", "Panic(0x12)"},
		ask:      asks(func(s *Subject, c *domain.Scaling) (num, error) { return s.ToRawDown(c.Amount, c.Factor, c.Rate) })},
	{name: "ToRawUp", source: inScaling, kinds: onScaling, only: onlyV3,
		failures: []string{"Panic(0x11)", "ZeroDivision"},
		ask:      asks(func(s *Subject, c *domain.Scaling) (num, error) { return s.ToRawUp(c.Amount, c.Factor, c.Rate) })},
	{name: "RateUp", source: "A pool over time", kinds: onScaling, only: onlyV3,
		failures: []string{"Panic(0x11)"},
		ask:      asks(func(s *Subject, c *domain.Scaling) (num, error) { return s.RateUp(c.Rate) })},
	{name: "Upscale", source: inScaling, kinds: onScaling, only: onlyV2,
		failures: []string{"BAL#003"},
		ask:      asks(func(s *Subject, c *domain.Scaling) (num, error) { return s.Upscale(c.Amount, c.Factor) })},
	{name: "DownscaleDown", source: inScaling, kinds: onScaling, only: onlyV2,
		failures: []string{"BAL#004", "BAL#005"},
		ask:      asks(func(s *Subject, c *domain.Scaling) (num, error) { return s.DownscaleDown(c.Amount, c.Factor) })},
	{name: "DownscaleUp", source: inScaling, kinds: onScaling, only: onlyV2,
		failures: []string{"BAL#004", "BAL#005"},
		ask:      asks(func(s *Subject, c *domain.Scaling) (num, error) { return s.DownscaleUp(c.Amount, c.Factor) })},
	{name: "ScalingFactor", source: "A pool over time", kinds: onScaling, only: onlyV2,
		failures: []string{"BAL#003"},
		ask:      asks(func(s *Subject, c *domain.Scaling) (num, error) { return s.ScalingFactor(c.Decimals, c.Rate) })},

	{name: "ChangeProgress", source: inGradual, kinds: onGradual,
		failures: []string{failDivOverflow},
		ask: asks(func(s *Subject, c *domain.Gradual) (num, error) {
			return s.ChangeProgress(c.StartTime, c.EndTime, c.Now)
		})},
	{name: "InterpolateValue", source: inGradual, kinds: onGradual,
		failures: []string{failMulOverflow},
		ask: asks(func(s *Subject, c *domain.Gradual) (num, error) {
			return s.InterpolateValue(c.StartWeight(0), c.EndWeight(0), c.Progress)
		})},
	{name: "InterpolatedValue", source: inGradual, kinds: onGradual,
		failures: []string{failMulOverflow, failDivOverflow},
		ask: asks(func(s *Subject, c *domain.Gradual) (num, error) {
			return s.InterpolatedValue(c.StartWeight(0), c.EndWeight(0), c.StartTime, c.EndTime, c.Now)
		})},
	{name: "ResolveStartTime", source: inGradual, kinds: onGradual,
		failures: []string{failStartTime},
		ask: asks(func(s *Subject, c *domain.Gradual) (num, error) {
			return s.ResolveStartTime(c.StartTime, c.EndTime, c.Now)
		})},
	{name: "BootstrappingWeightsV2", source: inGradual, kinds: onGradual, only: onlyV2,
		failures: []string{"BAL#100", "BAL#436", "INVALID"},
		ask: asksList(func(s *Subject, c *domain.Gradual) ([]num, error) {
			return s.BootstrappingWeightsV2(c.StartTime, c.EndTime, c.StartWeights, c.EndWeights, c.Now)
		})},
	{name: "ManagedWeights", source: inGradual, kinds: onGradual, only: onlyV2,
		failures: []string{"BAL#436", "INVALID"},
		ask: asksList(func(s *Subject, c *domain.Gradual) ([]num, error) {
			return s.ManagedWeights(c.StartTime, c.EndTime, c.StartWeights, c.EndWeights, c.Now)
		})},
	{name: "ManagedSwapFee", source: inGradual, kinds: onGradual, only: onlyV2,
		failures: []string{"BAL#436"},
		ask: asks(func(s *Subject, c *domain.Gradual) (num, error) {
			return s.ManagedSwapFee(c.StartTime, c.EndTime, c.StartWeight(0), c.EndWeight(0), c.Now)
		})},
	{name: "VerifyBootstrappingWeights", source: inGradual, kinds: onGradual, only: onlyV3,
		failures: []string{"MinWeight", "NormalizedWeightInvariant", "Panic(0x11)"},
		ask: func(s *Subject, c domain.Case) answer {
			g := c.(*domain.Gradual) // the contract answers 1
			return answer{[]num{*newNum(1)}, s.VerifyBootstrappingWeights(g.StartWeight(0), g.StartWeight(1), g.EndWeight(0), g.EndWeight(1))}
		}},
	{name: "BootstrappingWeightsV3", source: inGradual, kinds: onGradual, only: onlyV3,
		failures: []string{"Panic(0x11)"},
		ask: asksPair(func(s *Subject, c *domain.Gradual) (num, num, error) {
			return s.BootstrappingWeightsV3(c.StartWeight(0), c.EndWeight(0), c.StartTime, c.EndTime, c.Now)
		})},
	{name: "Compress", source: inGradual, kinds: onPacking, only: onlyV2,
		failures: []string{"BAL#003", "BAL#004", "BAL#100"},
		ask:      asks(func(s *Subject, c *domain.Packing) (num, error) { return s.Compress(c.Value, c.Bits, c.Max) })},
	{name: "Decompress", source: inGradual, kinds: onPacking, only: onlyV2,
		failures: []string{"BAL#003", "BAL#100"},
		ask:      asks(func(s *Subject, c *domain.Packing) (num, error) { return s.Decompress(c.Value, c.Bits, c.Max) })},
	{name: "MaxCompressionError", source: inGradual, kinds: onPacking, only: onlyV2,
		failures: []string{"BAL#100"},
		ask:      asks(func(s *Subject, c *domain.Packing) (num, error) { return s.MaxCompressionError(c.Bits, c.Max) })},
}
