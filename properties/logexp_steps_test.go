package properties

import (
	"math/big"
	"testing"
)

// The digits that enclosures give are those of SPEC's table, which has them as text.
func TestPowersOfEAreTheDigitsOfTheTable(t *testing.T) {
	decimals := powerOf(big.NewInt(10), 18) // from 10⁻³⁸ to the table's 20 decimals
	want := []string{
		"", "", "7896296018268069516100000000000000", "888611052050787263676000000", "298095798704172827474000", "5459815003314423907810",
		"738905609893065022723", "271828182845904523536", "164872127070012814685", "128402541668774148407", "113314845306682631683", "106449445891785942956",
	}
	table := powersOfE()
	if len(table) != len(want) {
		t.Fatalf("%d powers, want %d", len(table), len(want))
	}
	want[0], want[1] = a0.String()+"00000000000000000000", a1.String()+"00000000000000000000"
	for n, e := range table {
		digits, rest := new(big.Int).QuoRem(e.power, decimals, new(big.Int))
		if digits.String() != want[n] || rest.Sign() != 0 {
			t.Errorf("n = %d: %v with %v left, want %s", n, digits, rest, want[n])
		}
	}
}
