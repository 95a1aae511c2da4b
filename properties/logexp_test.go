package properties

import (
	"math/big"
	"testing"

	"github.com/trueweight/trueweight/properties/domain"
	"github.com/trueweight/trueweight/reference/exact"
)

func TestLogExpClaimsHold(t *testing.T) {
	campaignOver(t, Impl(), le, 4000)
	campaignOver(t, Exact(exact.V2), le, 300)
	campaignOver(t, Exact(exact.V3), le, 300)
}

// Ties reach every ≤ and ≥: an exact power of both directions, a width that is all used, a law whose answers are the ends of their spans.
func TestLogExpClaimsOnTies(t *testing.T) {
	fixed := func(n uint64) num { return *new(num).SetUint64(n) }
	for _, row := range []struct {
		claim  *Property
		c      domain.Case
		margin string
	}{
		{leEnc, &domain.Pow{Base: fixed(3e18), Exponent: fixed(2e18)}, "0 wei"},
		{leEnc, &domain.Pow{Base: fixed(0), Exponent: fixed(5e17)}, "0 wei"},
		{leWidth, &domain.Pow{Base: fixed(2e18), Exponent: fixed(5e17)}, "0 wei"},
		{leWidth, &domain.Pow{Base: fixed(3e18), Exponent: fixed(4e18)}, "0 wei"},
		{leErr, &domain.Ln{A: fixed(1e18)}, "0.000000000"},
		{leMono, &domain.Pow{Base: fixed(1e18), Exponent: fixed(5e17)}, "0.000000000"},
		{leLaws, &domain.Powers{X: fixed(1e18), Y: fixed(1e18), A: fixed(1e18), B: fixed(2e18)}, "0.000000000"},
	} {
		if v := NewJudge(Enclosures).Decide(row.claim, Impl(), row.c); v.Outcome != Holds || v.Margin.String() != row.margin {
			t.Errorf("%s, %s: %v at %v, want margin %s", row.claim.ID, domain.MarshalJSON(row.c), v.Outcome, v.Margin, row.margin)
		}
	}
}

// The bounds of F-01 and F-02 are reached, that of F-03 to 98 %, and all of them excuse nothing that is a unit worse.
func TestLogExpFindingsAreTight(t *testing.T) {
	worst := &domain.Pow{Base: *new(num).SetUint64(11e17 - 1)}
	worst.Exponent.SetFromDecimal("1363967629343419118583")
	for _, row := range []struct {
		finding *Finding
		claim   *Property
		c       domain.Case
		percent int64 // of the bound
	}{
		{leFindings[0], leDom, &domain.Pow{Exponent: *new(num).SetUint64(5e17)}, 100},
		{leFindings[1], leDom, &domain.Pow{Base: *new(num).SetUint64(3e18)}, 100},
		{leFindings[2], leMono, worst, 98},
	} {
		v := NewJudge(Enclosures).Decide(row.claim, Impl(), row.c)
		if v.Outcome != Known || v.Finding != row.finding.ID {
			t.Errorf("%s: %v %s", row.finding.ID, v.Outcome, v.Finding)
			continue
		}
		bound := row.finding.bound(row.c)
		if productOf(v.Excess, big.NewInt(100)).Cmp(productOf(bound, big.NewInt(row.percent))) < 0 {
			t.Errorf("%s: %v of %v is reached", row.finding.ID, v.Excess, bound)
		}
		v.Excess = bound.Add(bound, big.NewInt(1))
		if findingFor(row.claim, Impl(), row.c, v) != nil {
			t.Errorf("%s excuses a unit beyond its bound", row.finding.ID)
		}
	}
}

// What F-03 says of all other places. Between two changes of its reductions every step of exp and lnWide is monotone; here they are asked at each change.
func TestExpAndLnRiseWhereTheirReductionsChange(t *testing.T) {
	s := Impl()
	rises := func(f func(num) (num, error), from, to *big.Int) {
		a, err1 := f(numOf(from))
		b, err2 := f(numOf(to))
		if err1 != nil || err2 != nil || signedBig(a).Cmp(signedBig(b)) > 0 {
			t.Errorf("from %v to %v: %v %v, %v %v", from, to, a.Dec(), err1, b.Dec(), err2)
		}
	}
	for k := int64(-163); k <= 520; k++ {
		x := productOf(big.NewInt(k), big.NewInt(25e16))
		rises(s.Exp, new(big.Int).Sub(x, big.NewInt(1)), x)
	}
	largest := new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 255), big.NewInt(1))
	last := reductions(largest)
	for a, here := fixedOne, 0; here < last; here = reductions(a) {
		from, to := a, largest // the last with the reductions of a, and the first with others
		if next := productOf(a, big.NewInt(2)); reductions(next) > here {
			to = next
		}
		for new(big.Int).Sub(to, from).Cmp(big.NewInt(1)) > 0 {
			middle := new(big.Int).Add(from, to)
			if middle.Rsh(middle, 1); reductions(middle) > here {
				to = middle
			} else {
				from = middle
			}
		}
		rises(s.Ln, from, to)
		a = to
	}
}

// reductionPowers are a2…a11, with 20 decimals.
var reductionPowers = func() (list []*big.Int) {
	for _, digits := range []string{"7896296018268069516100000000000000", "888611052050787263676000000", "298095798704172827474000", "5459815003314423907810",
		"738905609893065022723", "271828182845904523536", "164872127070012814685", "128402541668774148407", "113314845306682631683", "106449445891785942956"} {
		power, _ := new(big.Int).SetString(digits, 10)
		list = append(list, power)
	}
	return list
}()

// reductions writes which of e¹²⁸ … e^(1/16) lnWide divides a ≥ 1 by, as bits.
func reductions(a *big.Int) (bits int) {
	for i, whole := range []*big.Int{a0, a1} {
		if b := floorQuo(a, whole); b.Cmp(fixedOne) >= 0 {
			a = b
			bits |= 2 >> i
		}
	}
	a = productOf(a, big.NewInt(100))
	for _, power := range reductionPowers {
		bits <<= 1
		if a.Cmp(power) >= 0 {
			a.Quo(a.Mul(a, oneIn20), power)
			bits++
		}
	}
	return bits
}

var oneIn20 = productOf(big.NewInt(100), fixedOne) // one, with 20 decimals
