package corpus

import (
	"fmt"
	"strings"
)

// A signature gives the parameters and results of a contract function.
type signature struct{ in, out []parameter }

// A parameter is an unsigned 256-bit integer, a signed one, or a list of unsigned ones.
type parameter struct {
	name         string
	list, signed bool
}

// signatures holds every function with vectors, keyed by rules and name. In the source a name ends in [] for a list and
// starts with ± for a signed integer.
var signatures = parseSignatures(map[string]string{
	"v2 add":         "a b → sum",
	"v2 sub":         "a b → difference",
	"v2 mulDown":     "a b → product",
	"v2 mulUp":       "a b → product",
	"v2 divDown":     "a b → quotient",
	"v2 divUp":       "a b → quotient",
	"v2 complement":  "x → complement",
	"v2 mathDivDown": "a b → quotient",
	"v2 mathDivUp":   "a b → quotient",
	"v2 powDown":     "x y → power",
	"v2 powUp":       "x y → power",
	"v2 exp":         "±x → power",
	"v2 ln":          "±a → ±logarithm",
	"v2 pow":         "x y → power",

	"v2 calculateInvariant": "weights[] balances[] → invariant",
	"v2 calcOutGivenIn":     "balanceIn weightIn balanceOut weightOut amountIn → amountOut",
	"v2 calcInGivenOut":     "balanceIn weightIn balanceOut weightOut amountOut → amountIn",

	"v2 calcBptOutGivenExactTokensIn":   "balances[] weights[] amountsIn[] supply swapFee → bptOut",
	"v2 calcBptOutGivenExactTokenIn":    "balance weight amountIn supply swapFee → bptOut",
	"v2 calcTokenInGivenExactBptOut":    "balance weight bptOut supply swapFee → amountIn",
	"v2 calcBptInGivenExactTokensOut":   "balances[] weights[] amountsOut[] supply swapFee → bptIn",
	"v2 calcBptInGivenExactTokenOut":    "balance weight amountOut supply swapFee → bptIn",
	"v2 calcTokenOutGivenExactBptIn":    "balance weight bptIn supply swapFee → amountOut",
	"v2 calcBptOutAddToken":             "supply weight → bptOut",
	"v2 computeProportionalAmountsIn":   "balances[] supply bptOut → amountsIn[]",
	"v2 computeProportionalAmountsOut":  "balances[] supply bptIn → amountsOut[]",
	"v2 getProtocolOwnershipPercentage": "invariantGrowth supplyGrowth protocolFee → ownership",
	"v2 bptForPoolOwnershipPercentage":  "supply ownership → bpt",
	"v2 calcDueProtocolFees":            "invariantGrowth previousSupply currentSupply protocolFee → bpt",

	"v2 calculateValueChangeProgress": "startTime endTime now → progress",
	"v2 interpolateValue":             "startValue endValue progress → value",
	"v2 getInterpolatedValue":         "startValue endValue startTime endTime now → value",
	"v2 resolveStartTime":             "startTime endTime now → startTime",
	"v2 compress":                     "value bits maximum → compressed",
	"v2 decompress":                   "compressed bits maximum → value",
	"v2 maxCompressionError":          "bits maximum → largestError",
	"v2 lbpNormalizedWeights":         "startTime endTime startWeights[] endWeights[] now → weights[]",
	"v2 managedNormalizedWeights":     "startTime endTime startWeights[] endWeights[] now → weights[]",
	"v2 managedSwapFeePercentage":     "startTime endTime startSwapFee endSwapFee now → swapFee",

	"v3 mulDown":    "a b → product",
	"v3 mulUp":      "a b → product",
	"v3 divDown":    "a b → quotient",
	"v3 divUp":      "a b → quotient",
	"v3 mulDivUp":   "a b c → quotient",
	"v3 divUpRaw":   "a b → quotient",
	"v3 complement": "x → complement",
	"v3 powDown":    "x y → power",
	"v3 powUp":      "x y → power",
	"v3 exp":        "±x → power",
	"v3 ln":         "±a → ±logarithm",
	"v3 pow":        "x y → power",

	"v3 computeInvariantDown":            "weights[] balances[] → invariant",
	"v3 computeInvariantUp":              "weights[] balances[] → invariant",
	"v3 computeOutGivenExactIn":          "balanceIn weightIn balanceOut weightOut amountIn → amountOut",
	"v3 computeInGivenExactOut":          "balanceIn weightIn balanceOut weightOut amountOut → amountIn",
	"v3 computeBalanceOutGivenInvariant": "balance weight invariantRatio → balance",

	"v3 computeProportionalAmountsIn":              "balances[] supply bptOut → amountsIn[]",
	"v3 computeProportionalAmountsOut":             "balances[] supply bptIn → amountsOut[]",
	"v3 computeAddLiquidityUnbalanced":             "weights[] balances[] amountsIn[] supply swapFee → bptOut fees[]",
	"v3 computeAddLiquiditySingleTokenExactOut":    "weights[] balances[] index bptOut supply swapFee → amountIn fees[]",
	"v3 computeRemoveLiquiditySingleTokenExactOut": "weights[] balances[] index amountOut supply swapFee → bptIn fees[]",
	"v3 computeRemoveLiquiditySingleTokenExactIn":  "weights[] balances[] index bptIn supply swapFee → amountOut fees[]",

	"v3 toScaled18ApplyRateRoundDown": "amount factor rate → scaled",
	"v3 toScaled18ApplyRateRoundUp":   "amount factor rate → scaled",
	"v3 toRawUndoRateRoundDown":       "scaled factor rate → amount",
	"v3 toRawUndoRateRoundUp":         "scaled factor rate → amount",

	"v3 calculateValueChangeProgress": "startTime endTime now → progress",
	"v3 interpolateValue":             "startValue endValue progress → value",
	"v3 getInterpolatedValue":         "startValue endValue startTime endTime now → value",
	"v3 resolveStartTime":             "startTime endTime now → startTime",
	"v3 lbpVerifyWeights":             "projectStart reserveStart projectEnd reserveEnd → valid",
	"v3 lbpNormalizedWeights":         "projectStart projectEnd startTime endTime now → projectWeight reserveWeight",

	"v3 poolOnSwap":           "weights[] minimumBalances[] balances[] indexIn indexOut amount kind → amount",
	"v3 poolComputeInvariant": "weights[] minimumBalances[] balances[] roundUp → invariant",
	"v3 poolComputeBalance":   "weights[] minimumBalances[] balances[] index invariantRatio → balance",
})

func parseSignatures(source map[string]string) map[string]signature {
	parsed := make(map[string]signature, len(source))
	for function, text := range source {
		in, out, _ := strings.Cut(text, "→")
		parsed[function] = signature{parseParameters(in), parseParameters(out)}
	}
	return parsed
}

func parseParameters(text string) (parameters []parameter) {
	for _, word := range strings.Fields(text) {
		name, list := strings.CutSuffix(word, "[]")
		name, signed := strings.CutPrefix(name, "±")
		parameters = append(parameters, parameter{name, list, signed})
	}
	return parameters
}

// names joins the names of parameters for a message.
func names(parameters []parameter) string {
	all := make([]string, len(parameters))
	for i, p := range parameters {
		all[i] = p.name
	}
	return strings.Join(all, ", ")
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
