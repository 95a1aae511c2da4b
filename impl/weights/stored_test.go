package weights

import (
	"math/big"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/holiman/uint256"

	"github.com/trueweight/trueweight/impl/revert"
)

// pools is both pools that read weights of their storage, each with what it
// stores and how many weights it reads.
var pools = []struct {
	name     string
	compute  func(dst []uint256.Int, startTime, endTime uint256.Int, startWeights, endWeights []uint256.Int, now uint256.Int) error
	store    func(weight *big.Int, atEnd bool) (*big.Int, *revert.Error)
	most     int
	failures []string
}{
	{"BootstrappingV2", BootstrappingV2, packed, 4, []string{"BAL#100", "BAL#436", "INVALID"}},
	{"Managed", Managed, plain, 50, []string{"BAL#436", "INVALID"}},
}

func TestStoredWeightsAreTheirModel(t *testing.T) {
	for _, pool := range pools {
		t.Run(pool.name, func(t *testing.T) {
			r := rand.New(rand.NewPCG(21, 22))
			failed, answered := map[string]bool{}, map[int]bool{}
			for range 40000 {
				bits := []uint{32, 33, 60, 65, 256}[r.IntN(5)]
				starts, ends := make([]uint256.Int, r.IntN(7)), make([]uint256.Int, r.IntN(8))
				if r.IntN(8) > 0 {
					ends = make([]uint256.Int, len(starts)+r.IntN(2))
				}
				for i := range starts {
					starts[i] = number(r, max(bits, 59))
				}
				for i := range ends {
					ends[i] = number(r, max(bits, 59))
				}
				startTime, endTime, now := number(r, 32), number(r, 32), number(r, 33)
				if r.IntN(4) == 0 {
					startTime, endTime = number(r, bits), number(r, bits)
				}
				dst := slices.Repeat([]uint256.Int{{77}}, len(starts)+1)
				oldStarts, oldEnds, old := slices.Clone(starts), slices.Clone(ends), slices.Clone(dst)

				err := pool.compute(dst, startTime, endTime, starts, ends, now)
				want, failure := modelStored(startTime.ToBig(), endTime.ToBig(), starts, ends, now.ToBig(), pool.most, pool.store)
				if !slices.Equal(starts, oldStarts) || !slices.Equal(ends, oldEnds) {
					t.Fatalf("of %v %v %v %v %v: an argument changed", startTime, endTime, oldStarts, oldEnds, now)
				}
				if failure != nil {
					failed[failure.V2()] = true
					if !reflect.DeepEqual(err, error(failure)) || !slices.Equal(dst, old) {
						t.Fatalf("of %v %v %v %v %v: got %v, %v; want %v, %v", startTime, endTime, starts, ends, now, dst, err, old, failure)
					}
					continue
				}
				answered[len(starts)] = true
				for i := range want {
					old[i] = *uint256.MustFromBig(want[i])
				}
				if err != nil || !slices.Equal(dst, old) {
					t.Fatalf("of %v %v %v %v %v: got %v, %v; want %v", startTime, endTime, starts, ends, now, dst, err, old)
				}
			}
			if len(failed) != len(pool.failures) || slices.ContainsFunc(pool.failures, func(name string) bool { return !failed[name] }) {
				t.Errorf("the cases reach the failures %v, want %v", failed, pool.failures)
			}
			if len(answered) != min(pool.most, 6)+1 {
				t.Errorf("the cases have answers for %v tokens", answered)
			}
		})
	}
}

func TestStoredWeightsNeedRoomOfTheirOwn(t *testing.T) {
	memory := slices.Repeat([]uint256.Int{{3e17}}, 6)
	apart := slices.Repeat([]uint256.Int{{2e17}}, 2)
	for _, pool := range pools {
		for _, c := range []struct {
			name              string
			dst, starts, ends []uint256.Int
			want              error
		}{
			{"a short destination", memory[:1], apart, apart, revert.ErrArrayIndex},
			{"no destination", nil, apart, apart, revert.ErrArrayIndex},
			{"the start weights as destination", memory[:2], memory[:2], apart, revert.ErrArrayIndex},
			{"the end weights as destination", memory[:2], apart, memory[:2], revert.ErrArrayIndex},
			{"a destination that begins inside the start weights", memory[1:], memory[:2], apart, revert.ErrArrayIndex},
			{"a destination that ends inside the end weights", memory[:2], apart, memory[1:], revert.ErrArrayIndex},
			{"neighbours in memory", memory[2:4], memory[:2], memory[4:], nil},
			{"no weights and no destination", nil, nil, nil, nil},
		} {
			before := slices.Clone(memory)
			err := pool.compute(c.dst, uint256.Int{10}, uint256.Int{20}, c.starts, c.ends, uint256.Int{13})
			if err != c.want || err != nil && !slices.Equal(memory, before) {
				t.Errorf("%s, %s: got %v, want %v", pool.name, c.name, err, c.want)
			}
			copy(memory, before)
		}
	}
}

// Neither 31 bits nor 16 hold a half, and each holds another number below it.
func TestWeightsReadBackNeedNotSumToOne(t *testing.T) {
	half := []uint256.Int{{5e17}, {5e17}}
	for _, c := range []struct{ now, want uint64 }{
		{0, 499999999767169356},  // ⌊(2³⁰−1)·10¹⁸ / (2³¹−1)⌋
		{20, 499992370489051651}, // ⌊(2¹⁵−1)·10¹⁸ / (2¹⁶−1)⌋
	} {
		dst := make([]uint256.Int, 2)
		err := BootstrappingV2(dst, uint256.Int{10}, uint256.Int{20}, half, half, uint256.Int{c.now})
		if err != nil || !slices.Equal(dst, []uint256.Int{{c.want}, {c.want}}) {
			t.Errorf("at %d s: %v, %v; want %d twice", c.now, dst, err, c.want)
		}
	}
}
