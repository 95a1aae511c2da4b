package properties

import (
	"math/big"
	"testing"
)

func TestAMarginReadsBackAsWritten(t *testing.T) {
	for _, m := range []Margin{{}, slackOf(big.NewInt(0)), slackOf(big.NewInt(-3)), slackOf(new(big.Int).Lsh(big.NewInt(1), 300)), ratioMargin(0), ratioMargin(990_000_000), ratioMargin(1e9)} {
		read, err := ParseMargin(m.String())
		if err != nil || read.String() != m.String() || read.Closer(m) || m.Closer(read) {
			t.Errorf("%q reads back as %q, %v", m, read, err)
		}
	}
	for _, text := range []string{"17", "wei", " wei", "1.5 wei", "01 wei", "+1 wei", "0.5", "0.9900000000", "-0.990000000", "1e9", "00.990000000"} {
		if m, err := ParseMargin(text); err == nil {
			t.Errorf("%q reads as %q", text, m)
		}
	}
}
