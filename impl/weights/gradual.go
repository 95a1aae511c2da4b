package weights

import (
	"github.com/holiman/uint256"

	"github.com/trueweight/trueweight/impl/fixedpoint"
	"github.com/trueweight/trueweight/impl/revert"
)

// ChangeProgress returns how much of a change from start to end has happened at
// now: ⌊(now−start)·10¹⁸ / (end−start)⌋, in [0, 10¹⁸]; all of it from end on,
// even when start is later, and nothing before start (SPEC "Gradual weight
// change", progress). Times are in seconds. It fails when start < now < end and
// (now−start)·10¹⁸ ≥ 2²⁵⁶.
func ChangeProgress(start, end, now uint256.Int) (uint256.Int, error) {
	switch {
	case !now.Lt(&end):
		return one, nil
	case !now.Gt(&start):
		return uint256.Int{}, nil
	}
	// start < now < end: neither difference wraps and the divisor is at least 2.
	now.Sub(&now, &start)
	end.Sub(&end, &start)
	return fixedpoint.DivDown(now, end)
}

// InterpolateValue returns the value that has gone the fraction progress (18
// decimals) of the way from start to end, the way gone rounded down: never past
// end, which it is when progress ≥ 1. The values may be of any unit (SPEC
// "Gradual weight change", interpolate). It fails when 0 < progress < 1 and
// progress·|end−start| ≥ 2²⁵⁶.
func InterpolateValue(start, end, progress uint256.Int) (uint256.Int, error) {
	switch {
	case !progress.Lt(&one) || start.Eq(&end):
		return end, nil
	case progress.IsZero():
		return start, nil
	}
	// progress < 1: the way gone is at most |end−start|, so no result wraps.
	falls := start.Gt(&end)
	var way uint256.Int
	if falls {
		way.Sub(&start, &end)
	} else {
		way.Sub(&end, &start)
	}
	gone, err := fixedpoint.MulDown(progress, way)
	if err != nil {
		return uint256.Int{}, err
	}
	if falls {
		way.Sub(&start, &gone)
	} else {
		way.Add(&start, &gone)
	}
	return way, nil
}

// InterpolatedValue returns InterpolateValue at the ChangeProgress of now, and
// fails as they do.
func InterpolatedValue(startValue, endValue, startTime, endTime, now uint256.Int) (uint256.Int, error) {
	progress, err := ChangeProgress(startTime, endTime, now)
	if err != nil {
		return uint256.Int{}, err
	}
	return InterpolateValue(startValue, endValue, progress)
}

// ResolveStartTime returns when a change asked for at now begins: max(now,
// start), as none begins in the past. It fails when that is after end (SPEC
// "Gradual weight change", resolveStart).
func ResolveStartTime(start, end, now uint256.Int) (uint256.Int, error) {
	if now.Gt(&start) {
		start = now
	}
	if start.Gt(&end) {
		return uint256.Int{}, revert.InvalidStartTime(start, end)
	}
	return start, nil
}
