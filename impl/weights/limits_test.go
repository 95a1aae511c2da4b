package weights

import "testing"

func TestLimitsAreTheContracts(t *testing.T) {
	for _, row := range []struct {
		kind   string
		got    Limits
		most   int
		weight uint64
	}{{"v2 weighted", V2Weighted, 8, 1e16}, {"v2 managed", V2Managed, 50, 1e16}, {"v3 weighted", V3Weighted, 8, 1e16}} {
		if row.got.MinTokens != 2 || row.got.MaxTokens != row.most || !row.got.MinWeight.IsUint64() || row.got.MinWeight.Uint64() != row.weight {
			t.Errorf("%s pools: %+v", row.kind, row.got)
		}
	}
}
