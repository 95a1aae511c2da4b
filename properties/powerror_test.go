package properties

import (
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"
)

func TestTheGridOfPowCoversBasesAndExponentsWithoutGaps(t *testing.T) {
	bases, exponents := powGrid()
	for name, ranges := range map[string][]PowRange{"bases": bases, "exponents": exponents} {
		for i, r := range ranges {
			if r.From.Cmp(r.To) > 0 {
				t.Errorf("%s %d: from %s to %s", name, i, r.From, r.To)
			}
			if i > 0 {
				gap := new(big.Int).Sub(r.From, ranges[i-1].To)
				if two := big.NewInt(2); gap.Sign() <= 0 || gap.Cmp(two) > 0 || gap.Cmp(two) == 0 && ranges[i-1].To.Cmp(fixedOne) > 0 {
					t.Errorf("%s: %s follows %s", name, r.From, ranges[i-1].To)
				}
			}
		}
	}
}

func TestDrawsStayInTheirRangeAndReachBothEnds(t *testing.T) {
	r := PowRange{big.NewInt(7), big.NewInt(9)}
	stream := rand.New(rand.NewChaCha8([32]byte{}))
	seen := map[int64]bool{}
	for range 100 {
		seen[r.draw(stream).Int64()] = true
	}
	if len(seen) != 3 || !seen[7] || !seen[9] {
		t.Errorf("drew %v, want 7, 8 and 9", seen)
	}
}

// A cell of trades: what is measured is what the claims judge.
func TestAMeasuredShareIsTheDistanceFromTheExactPower(t *testing.T) {
	var c PowCell
	j := NewJudge(Enclosures)
	if err := c.measure(j, Impl(), big.NewInt(1.1e18), new(big.Int).Mul(big.NewInt(99), fixedOne)); err != nil {
		t.Fatal(err)
	}
	if c.Answered != 1 || c.OfAllowance == 0 || c.OfAllowance > c.OfBound || c.OfBound > 1e9 {
		t.Errorf("%+v", c)
	}
	before := c
	if err := c.measure(j, Impl(), fixedOne, new(big.Int).Lsh(fixedOne, 200)); err != nil || c != before {
		t.Errorf("where pow fails: %+v, %v; want no change", c, err)
	}
}

func TestAPowThatBreaksItsBoundIsNotMeasured(t *testing.T) {
	for _, p := range Planted() {
		if p.Claim != "LE-ERR" || !strings.Contains(p.Bug, "pow allows itself") {
			continue
		}
		if _, err := MeasurePow(p.Into(Impl())); err == nil || !strings.Contains(err.Error(), "breaks LE-ERR") {
			t.Errorf("%s: %v", p.Bug, err)
		}
		return
	}
	t.Error("no planted bug to try")
}
