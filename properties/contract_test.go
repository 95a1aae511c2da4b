package properties

import (
	"context"
	"math/big"
	"testing"

	"github.com/trueweight/trueweight/reference/exact"
)

// The claims that state roundings and guards hold of the code and of the specification, whose failures have other names in each version.
func TestContractsAndGuardsHold(t *testing.T) {
	for _, s := range []*Subject{Impl(), Exact(exact.V2), Exact(exact.V3)} {
		t.Run(s.Name, func(t *testing.T) {
			t.Parallel()
			r := (&Campaign{Subject: s, Claims: []*Property{leEdge, leConst, inRatio, inPool, swStep, swCharge, swPool, jeStep, feStep}, Seed: 31, Cases: 1000}).Run(context.Background())
			for _, f := range r.Failures {
				t.Errorf("%v", f)
			}
			for _, c := range r.Evidence.Claims {
				if c.Vacuous > 0 {
					t.Errorf("%s says nothing of %d cases", c.ID, c.Vacuous)
				}
			}
		})
	}
}

// A quotient has a value up to the last product of 256 bits, for a divisor that is not 0.
func TestAContractFailsWhereAQuotientHasNoValue(t *testing.T) {
	half := new(big.Int).Lsh(big.NewInt(1), 128)
	least := new(big.Int).Sub(half, big.NewInt(1))
	for _, row := range []struct {
		a, b, c *big.Int
		up      bool
		want    string
	}{
		{big.NewInt(7), big.NewInt(3), big.NewInt(4), false, "5"},
		{big.NewInt(7), big.NewInt(3), big.NewInt(4), true, "6"},
		{big.NewInt(8), big.NewInt(3), big.NewInt(4), true, "6"},
		{half, least, half, true, least.String()},
		{half, half, half, true, ""},
		{big.NewInt(1), big.NewInt(1), new(big.Int), false, ""},
	} {
		k := &contract{}
		got := k.quotient(row.a, row.b, row.c, row.up)
		if k.failed != (row.want == "") || !k.failed && got.String() != row.want {
			t.Errorf("%v·%v/%v up %v: %v, failed %v, want %q", row.a, row.b, row.c, row.up, got, k.failed, row.want)
		}
		if again := k.plus(big.NewInt(1), big.NewInt(1)); k.failed && again.Sign() != 0 {
			t.Error("a failed contract has values again")
		}
	}
}
