package exact

import "math/big"

// This file is SPEC, "Gradual weight change": values that move in a straight line of time, and V3's bootstrapping pools.
// Times are whole seconds, values and progress have 18 decimals.

// ChangeProgress returns how much of the time from start to end has gone by: 1 from end on, 0 until start, which end comes
// before, else ⌊(now−start)/(end−start)⌋ in fixed point. It fails as DivDown.
func (r Rules) ChangeProgress(start, end, now *big.Int) (progress *big.Int, err error) {
	defer caught(&err)
	return r.changeProgress(start, end, now), nil
}

func (r Rules) changeProgress(start, end, now *big.Int) *big.Int {
	switch {
	case now.Cmp(end) >= 0:
		return new(big.Int).Set(one)
	case now.Cmp(start) <= 0:
		return new(big.Int)
	}
	return r.divDown(minus(now, start), minus(end, start)) // start < now < end
}

// InterpolateValue returns the value at progress on the way from start to end, the distance from start rounded down. It
// fails when progress·|end−start| overflows, but not where the value is one of the two.
func (r Rules) InterpolateValue(start, end, progress *big.Int) (value *big.Int, err error) {
	defer caught(&err)
	return r.interpolateValue(start, end, progress), nil
}

func (r Rules) interpolateValue(start, end, progress *big.Int) *big.Int {
	switch {
	case progress.Cmp(one) >= 0 || start.Cmp(end) == 0:
		return new(big.Int).Set(end)
	case progress.Sign() == 0:
		return new(big.Int).Set(start)
	case start.Cmp(end) > 0:
		distance := r.mulDown(progress, minus(start, end))
		return minus(start, distance) // progress < 1, so the distance is below start − end
	}
	distance := r.mulDown(progress, minus(end, start))
	return plus(start, distance) // ≤ end
}

// InterpolatedValue returns InterpolateValue at the ChangeProgress of now. It fails as these do.
func (r Rules) InterpolatedValue(startValue, endValue, startTime, endTime, now *big.Int) (value *big.Int, err error) {
	defer caught(&err)
	return r.interpolatedValue(startValue, endValue, startTime, endTime, now), nil
}

func (r Rules) interpolatedValue(startValue, endValue, startTime, endTime, now *big.Int) *big.Int {
	progress := r.changeProgress(startTime, endTime, now)
	return r.interpolateValue(startValue, endValue, progress)
}

// ResolveStartTime returns when a change asked for at now begins: the later of start and now. It fails when that is after
// end.
func (r Rules) ResolveStartTime(start, end, now *big.Int) (resolved *big.Int, err error) {
	defer caught(&err)
	later := new(big.Int).Set(start)
	if now.Cmp(start) > 0 {
		later.Set(now)
	}
	if later.Cmp(end) > 0 {
		r.fail(startAfterEnd, later, new(big.Int).Set(end))
	}
	return later, nil
}

// VerifyBootstrappingWeights fails unless each weight of V3's bootstrapping pool is at least 10¹⁶ and both pairs sum to
// exactly 10¹⁸; tested in this order, the start before the end. A sum of more than 256 bits fails as Add. V2 has no such
// function; under V2 it fails with V2's names.
func (r Rules) VerifyBootstrappingWeights(projectStart, reserveStart, projectEnd, reserveEnd *big.Int) (err error) {
	defer caught(&err)
	for _, weight := range []*big.Int{projectStart, reserveStart, projectEnd, reserveEnd} {
		if weight.Cmp(minWeight) < 0 {
			r.fail(weightTooSmall)
		}
	}
	for _, pair := range [][2]*big.Int{{projectStart, reserveStart}, {projectEnd, reserveEnd}} {
		if r.add(pair[0], pair[1]).Cmp(one) != 0 {
			r.fail(weightSum)
		}
	}
	return nil
}

// BootstrappingWeightsV3 returns the weights of V3's bootstrapping pool: the project's, interpolated, and 1 less that for
// the reserve. It fails as InterpolatedValue, and when the project's weight is above 1.
func (r Rules) BootstrappingWeightsV3(projectStart, projectEnd, startTime, endTime, now *big.Int) (project, reserve *big.Int, err error) {
	defer caught(&err)
	weight := r.interpolatedValue(projectStart, projectEnd, startTime, endTime, now)
	return weight, r.sub(one, weight), nil
}
