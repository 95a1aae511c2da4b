package weights

import (
	"github.com/holiman/uint256"

	"github.com/trueweight/trueweight/impl/fixedpoint"
	"github.com/trueweight/trueweight/impl/revert"
)

// VerifyBootstrapping fails unless v3's bootstrapping pool can be made of the
// weights (18 decimals) of its two tokens, the one it sells and the one it takes
// in, at its start and at its end: each is at least 1 %, and then the pair at the
// start sums to 10¹⁸, and the pair at the end (SPEC "The vectors",
// lbpVerifyWeights).
func VerifyBootstrapping(projectStart, reserveStart, projectEnd, reserveEnd uint256.Int) error {
	for _, weight := range [...]*uint256.Int{&projectStart, &reserveStart, &projectEnd, &reserveEnd} {
		if weight.Lt(&V3Weighted.MinWeight) {
			return revert.ErrMinWeight
		}
	}
	if err := verifySum(projectStart, reserveStart); err != nil {
		return err
	}
	return verifySum(projectEnd, reserveEnd)
}

// verifySum fails when a + b ≥ 2²⁵⁶, and unless a + b = 10¹⁸.
func verifySum(a, b uint256.Int) error {
	sum, err := fixedpoint.Add(a, b)
	if err != nil {
		return err
	}
	if !sum.Eq(&one) {
		return revert.ErrNormalizedWeightInvariant
	}
	return nil
}

// BootstrappingV3 returns the weights of v3's bootstrapping pool at now, in
// seconds: the project's is interpolated and the reserve's is what it leaves of
// 1, so they sum to exactly 10¹⁸ (SPEC "Gradual weight change", v3). It fails as
// InterpolatedValue does, and when the project's weight is above 1.
func BootstrappingV3(projectStart, projectEnd, startTime, endTime, now uint256.Int) (project, reserve uint256.Int, err error) {
	if project, err = InterpolatedValue(projectStart, projectEnd, startTime, endTime, now); err != nil {
		return uint256.Int{}, uint256.Int{}, err
	}
	if reserve, err = fixedpoint.Sub(one, project); err != nil {
		return uint256.Int{}, uint256.Int{}, err
	}
	return project, reserve, nil
}
