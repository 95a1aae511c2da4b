package pool

import (
	"github.com/holiman/uint256"

	"github.com/trueweight/trueweight/impl/scaling"
)

// A token is how raw amounts of a token become 18-decimal amounts of value.
type token struct {
	decimals uint8
	factor   uint256.Int // 10^(18−decimals)
	rate     uint256.Int // 18 decimals, at least 1 wei
}

// A rounding takes an amount of a token from raw to scaled, or back.
type rounding func(t *token, amount uint256.Int) (uint256.Int, error)

// scales is how rules round each amount between the pool's books, which are raw,
// and its mathematics, which is scaled (SPEC "A pool over time").
type scales struct {
	live        rounding // a balance
	liveForJoin rounding // a balance that a join grows
	in          rounding // a given amount that comes in
	out         rounding // a given amount that goes out
	ask         rounding // back to raw: a computed amount that comes in
	pay         rounding // back to raw: a computed amount that goes out
}

var scalesOf = [...]scales{
	V2: {
		live: v2(scaling.Upscale), liveForJoin: v2(scaling.Upscale),
		in: v2(scaling.Upscale), out: v2(scaling.Upscale),
		ask: v2(scaling.DownscaleUp), pay: v2(scaling.DownscaleDown),
	},
	V3: {
		live: v3(scaling.ToScaled18Down), liveForJoin: v3(scaling.ToScaled18Up),
		in: v3(scaling.ToScaled18Down), out: v3RateUp(scaling.ToScaled18Up),
		ask: v3(scaling.ToRawUp), pay: v3RateUp(scaling.ToRawDown),
	},
}

// v2 applies the one factor of decimals and rate together.
func v2(round func(amount, factor uint256.Int) (uint256.Int, error)) rounding {
	return func(t *token, amount uint256.Int) (uint256.Int, error) {
		factor, err := scaling.ScalingFactor(t.decimals, t.rate)
		if err != nil {
			return uint256.Int{}, err
		}
		return round(amount, factor)
	}
}

// v3 applies factor and rate.
func v3(round func(amount, factor, rate uint256.Int) (uint256.Int, error)) rounding {
	return func(t *token, amount uint256.Int) (uint256.Int, error) {
		return round(amount, t.factor, t.rate)
	}
}

// v3RateUp applies the rate rounded up, as for all that leaves the pool.
func v3RateUp(round func(amount, factor, rate uint256.Int) (uint256.Int, error)) rounding {
	return func(t *token, amount uint256.Int) (uint256.Int, error) {
		rate, err := scaling.RateUp(t.rate)
		if err != nil {
			return uint256.Int{}, err
		}
		return round(amount, t.factor, rate)
	}
}
