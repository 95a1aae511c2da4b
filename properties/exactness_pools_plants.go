package properties

// The bugs that are planted for BX of joins and exits, scaling and weights: a rounding the other way where there is a twin that
// rounds so, and else an answer that is a unit off.

// unitMore and unitLess are an answer that is off by one where there is one.
func unitMore(z num, err error) (num, error) {
	if err == nil {
		z.AddUint64(&z, 1)
	}
	return z, err
}

func unitLess(z num, err error) (num, error) {
	if err == nil && !z.IsZero() {
		z.SubUint64(&z, 1)
	}
	return z, err
}

type (
	manyTokens   = func(weights, balances, amounts []num, supply, fee num) (num, error)
	oneTokenCall = func(weight, balance, given, supply, fee num) (num, error)
	sharesCall   = func(balances []num, supply, bpt num) ([]num, error)
	threeCall    = func(a, b, c num) (num, error)
	twoCall      = func(a, b num) (num, error)
	oneOfMany    = func(weights, balances []num, index int, given, supply, fee num) (num, num, error)
	storedCall   = func(startTime, endTime num, startWeights, endWeights []num, now num) ([]num, error)
)

// wrong plants an answer edited by a slip into one operation of a subject.
func wrong[F any](operation func(*Subject) *F, wrap func(F) F) func(*Subject) {
	return func(s *Subject) {
		f := operation(s)
		*f = wrap(*f)
	}
}

func manyOff(slip func(num, error) (num, error)) func(manyTokens) manyTokens {
	return func(f manyTokens) manyTokens {
		return func(w, b, a []num, supply, fee num) (num, error) { return slip(f(w, b, a, supply, fee)) }
	}
}

func oneOff(slip func(num, error) (num, error)) func(oneTokenCall) oneTokenCall {
	return func(f oneTokenCall) oneTokenCall {
		return func(w, b, given, supply, fee num) (num, error) { return slip(f(w, b, given, supply, fee)) }
	}
}

func threeOff(slip func(num, error) (num, error)) func(threeCall) threeCall {
	return func(f threeCall) threeCall {
		return func(a, b, c num) (num, error) { return slip(f(a, b, c)) }
	}
}

func twoOff(slip func(num, error) (num, error)) func(twoCall) twoCall {
	return func(f twoCall) twoCall { return func(a, b num) (num, error) { return slip(f(a, b)) } }
}

// lastOff changes the last item of a list.
func lastOff(slip func(num, error) (num, error)) func([]num, error) ([]num, error) {
	return func(list []num, err error) ([]num, error) {
		if n := len(list); err == nil && n > 0 {
			list[n-1], _ = slip(list[n-1], nil)
		}
		return list, err
	}
}

func sharesOff(slip func(num, error) (num, error)) func(sharesCall) sharesCall {
	return func(f sharesCall) sharesCall {
		return func(b []num, supply, bpt num) ([]num, error) { return lastOff(slip)(f(b, supply, bpt)) }
	}
}

func storedOff(slip func(num, error) (num, error)) func(storedCall) storedCall {
	return func(f storedCall) storedCall {
		return func(a, b num, start, end []num, now num) ([]num, error) {
			return lastOff(slip)(f(a, b, start, end, now))
		}
	}
}

// feeOff answers with a fee that is off, which the first number shows nothing of.
func feeOff(f oneOfMany) oneOfMany {
	return func(w, b []num, i int, given, supply, fee num) (num, num, error) {
		z, charged, err := f(w, b, i, given, supply, fee)
		charged, err = unitMore(charged, err)
		return z, charged, err
	}
}

var bxPoolsPlants = []Plant{
	{"BX-BPTOUTGIVENEXACTTOKENSIN", "mints a wei more", wrong(func(s *Subject) *manyTokens { return &s.BptOutGivenExactTokensIn }, manyOff(unitMore))},
	{"BX-BPTINGIVENEXACTTOKENSOUT", "burns a wei less", wrong(func(s *Subject) *manyTokens { return &s.BptInGivenExactTokensOut }, manyOff(unitLess))},
	{"BX-BPTOUTGIVENEXACTTOKENIN", "mints a wei more", wrong(func(s *Subject) *oneTokenCall { return &s.BptOutGivenExactTokenIn }, oneOff(unitMore))},
	{"BX-TOKENINGIVENEXACTBPTOUT", "asks a wei less", wrong(func(s *Subject) *oneTokenCall { return &s.TokenInGivenExactBptOut }, oneOff(unitLess))},
	{"BX-BPTINGIVENEXACTTOKENOUT", "burns a wei less", wrong(func(s *Subject) *oneTokenCall { return &s.BptInGivenExactTokenOut }, oneOff(unitLess))},
	{"BX-TOKENOUTGIVENEXACTBPTIN", "pays a wei more", wrong(func(s *Subject) *oneTokenCall { return &s.TokenOutGivenExactBptIn }, oneOff(unitMore))},
	{"BX-BPTOUTADDTOKEN", "mints a wei more", wrong(func(s *Subject) *twoCall { return &s.BptOutAddToken }, twoOff(unitMore))},
	{"BX-PROPORTIONALAMOUNTSINV2", "rounds as v3's, once", func(s *Subject) { s.ProportionalAmountsInV2 = s.ProportionalAmountsInV3 }},
	{"BX-PROPORTIONALAMOUNTSOUTV2", "rounds as v3's, once", func(s *Subject) { s.ProportionalAmountsOutV2 = s.ProportionalAmountsOutV3 }},
	{"BX-PROPORTIONALAMOUNTSINV3", "rounds as v2's, twice", func(s *Subject) { s.ProportionalAmountsInV3 = s.ProportionalAmountsInV2 }},
	{"BX-PROPORTIONALAMOUNTSINV3", "rounds the last amount down", wrong(func(s *Subject) *sharesCall { return &s.ProportionalAmountsInV3 }, sharesOff(unitLess))},
	{"BX-PROPORTIONALAMOUNTSOUTV3", "rounds the last amount up", wrong(func(s *Subject) *sharesCall { return &s.ProportionalAmountsOutV3 }, sharesOff(unitMore))},
	{"BX-OWNERSHIPPERCENTAGE", "a part in 10¹⁸ more", wrong(func(s *Subject) *threeCall { return &s.OwnershipPercentage }, threeOff(unitMore))},
	{"BX-BPTFOROWNERSHIP", "mints a wei more", wrong(func(s *Subject) *twoCall { return &s.BptForOwnership }, twoOff(unitMore))},
	{"BX-DUEPROTOCOLFEES", "mints a wei more", func(s *Subject) {
		good := s.DueProtocolFees
		s.DueProtocolFees = func(g, before, now, fee num) (num, error) { return unitMore(good(g, before, now, fee)) }
	}},
	{"BX-ADDUNBALANCED", "the last token's fee a wei less", func(s *Subject) {
		good := s.AddUnbalanced
		s.AddUnbalanced = func(w, b, a []num, supply, fee num) (num, []num, error) {
			z, fees, err := good(w, b, a, supply, fee)
			fees, err = lastOff(unitLess)(fees, err)
			return z, fees, err
		}
	}},
	{"BX-ADDSINGLEEXACTOUT", "the fee a wei more", wrong(func(s *Subject) *oneOfMany { return &s.AddSingleExactOut }, feeOff)},
	{"BX-REMOVESINGLEEXACTOUT", "the fee a wei more", wrong(func(s *Subject) *oneOfMany { return &s.RemoveSingleExactOut }, feeOff)},
	{"BX-REMOVESINGLEEXACTIN", "the fee a wei more", wrong(func(s *Subject) *oneOfMany { return &s.RemoveSingleExactIn }, feeOff)},

	{"BX-MATHDIVDOWN", "rounds up", func(s *Subject) { s.MathDivDown = s.MathDivUp }},
	{"BX-MATHDIVUP", "rounds down", func(s *Subject) { s.MathDivUp = s.MathDivDown }},
	{"BX-TOSCALED18DOWN", "rounds up", func(s *Subject) { s.ToScaled18Down = s.ToScaled18Up }},
	{"BX-TOSCALED18UP", "rounds down", func(s *Subject) { s.ToScaled18Up = s.ToScaled18Down }},
	{"BX-TORAWDOWN", "rounds up", func(s *Subject) { s.ToRawDown = s.ToRawUp }},
	{"BX-TORAWUP", "rounds down", func(s *Subject) { s.ToRawUp = s.ToRawDown }},
	{"BX-RATEUP", "leaves the rate as it is", func(s *Subject) { s.RateUp = func(rate num) (num, error) { return rate, nil } }},
	{"BX-UPSCALE", "rounds up", func(s *Subject) { s.Upscale = s.MulUp }},
	{"BX-DOWNSCALEDOWN", "rounds up", func(s *Subject) { s.DownscaleDown = s.DownscaleUp }},
	{"BX-DOWNSCALEUP", "rounds down", func(s *Subject) { s.DownscaleUp = s.DownscaleDown }},
	{"BX-SCALINGFACTOR", "forgets the rate", func(s *Subject) {
		good := s.ScalingFactor
		s.ScalingFactor = func(decimals uint8, _ num) (num, error) { return good(decimals, plantedOne) }
	}},

	{"BX-CHANGEPROGRESS", "a part in 10¹⁸ more", wrong(func(s *Subject) *threeCall { return &s.ChangeProgress }, threeOff(unitMore))},
	{"BX-INTERPOLATEVALUE", "a part in 10¹⁸ more", wrong(func(s *Subject) *threeCall { return &s.InterpolateValue }, threeOff(unitMore))},
	{"BX-INTERPOLATEDVALUE", "a second late", func(s *Subject) {
		good := s.InterpolatedValue
		s.InterpolatedValue = func(a, b, start, end, now num) (num, error) {
			now, _ = unitMore(now, nil)
			return good(a, b, start, end, now)
		}
	}},
	{"BX-RESOLVESTARTTIME", "a start at the end is too late", func(s *Subject) {
		good := s.ResolveStartTime
		s.ResolveStartTime = func(start, end, now num) (num, error) {
			earlier, _ := unitLess(end, nil)
			return good(start, earlier, now)
		}
	}},
	{"BX-BOOTSTRAPPINGWEIGHTSV2", "the last weight a part in 10¹⁸ more", wrong(func(s *Subject) *storedCall { return &s.BootstrappingWeightsV2 }, storedOff(unitMore))},
	{"BX-MANAGEDWEIGHTS", "the last weight a part in 10¹⁸ more", wrong(func(s *Subject) *storedCall { return &s.ManagedWeights }, storedOff(unitMore))},
	{"BX-MANAGEDSWAPFEE", "keeps fees in 64 bits", func(s *Subject) { s.ManagedSwapFee = feesIn64Bits(s) }},
	{"BX-VERIFYBOOTSTRAPPINGWEIGHTS", "does not look at the end", func(s *Subject) {
		good := s.VerifyBootstrappingWeights
		s.VerifyBootstrappingWeights = func(a, b, _, _ num) error { return good(a, b, a, b) }
	}},
	{"BX-BOOTSTRAPPINGWEIGHTSV3", "the reserve weight goes its own way", func(s *Subject) {
		good := s.BootstrappingWeightsV3
		s.BootstrappingWeightsV3 = func(a, b, start, end, now num) (num, num, error) {
			p, r, err := good(a, b, start, end, now)
			r, err = unitMore(r, err)
			return p, r, err
		}
	}},
	{"BX-COMPRESS", "a value at its maximum is too much", func(s *Subject) {
		good := s.Compress
		s.Compress = func(v num, bits uint8, max num) (num, error) {
			if v == max {
				v.AddUint64(&v, 1)
			}
			return good(v, bits, max)
		}
	}},
	{"BX-DECOMPRESS", "rounds up", func(s *Subject) {
		good := s.Decompress
		s.Decompress = func(v num, bits uint8, max num) (num, error) { return unitMore(good(v, bits, max)) }
	}},
	{"BX-MAXCOMPRESSIONERROR", "rounds down", func(s *Subject) {
		good := s.MaxCompressionError
		s.MaxCompressionError = func(bits uint8, max num) (num, error) { return unitLess(good(bits, max)) }
	}},
}

// feesIn64Bits takes fees of up to 64 bits, as weights are kept, where the contract keeps 62.
func feesIn64Bits(s *Subject) func(startTime, endTime, startFee, endFee, now num) (num, error) {
	managed := s.ManagedWeights
	return func(startTime, endTime, startFee, endFee, now num) (num, error) {
		list, err := managed(startTime, endTime, []num{startFee}, []num{endFee}, now)
		if err != nil {
			return num{}, err
		}
		return list[0], nil
	}
}
