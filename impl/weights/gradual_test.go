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

// scalars is every function of numbers to a number, of up to five arguments,
// with its model and v2's names of the failures it has.
var scalars = []struct {
	name     string
	compute  func(x [5]uint256.Int) (uint256.Int, error)
	model    func(x [5]*big.Int) (*big.Int, *revert.Error)
	failures []string
}{
	{"ChangeProgress",
		func(x [5]uint256.Int) (uint256.Int, error) { return ChangeProgress(x[0], x[1], x[2]) },
		func(x [5]*big.Int) (*big.Int, *revert.Error) { return modelProgress(x[0], x[1], x[2]) },
		[]string{"BAL#005"}},
	{"InterpolateValue",
		func(x [5]uint256.Int) (uint256.Int, error) { return InterpolateValue(x[0], x[1], x[2]) },
		func(x [5]*big.Int) (*big.Int, *revert.Error) { return modelInterpolation(x[0], x[1], x[2]) },
		[]string{"BAL#003"}},
	{"InterpolatedValue",
		func(x [5]uint256.Int) (uint256.Int, error) {
			return InterpolatedValue(x[0], x[1], x[2], x[3], x[4])
		},
		func(x [5]*big.Int) (*big.Int, *revert.Error) {
			return modelInterpolated(x[0], x[1], x[2], x[3], x[4])
		},
		[]string{"BAL#003", "BAL#005"}},
	{"ResolveStartTime",
		func(x [5]uint256.Int) (uint256.Int, error) { return ResolveStartTime(x[0], x[1], x[2]) },
		func(x [5]*big.Int) (*big.Int, *revert.Error) { return modelStart(x[0], x[1], x[2]) },
		[]string{"BAL#326"}},
	{"Compress",
		func(x [5]uint256.Int) (uint256.Int, error) { return Compress(x[0], uint8(x[1].Uint64()), x[2]) },
		func(x [5]*big.Int) (*big.Int, *revert.Error) {
			return modelCompression(x[0], uint8(x[1].Uint64()), x[2])
		},
		[]string{"BAL#003", "BAL#004", "BAL#100"}},
	{"Decompress",
		func(x [5]uint256.Int) (uint256.Int, error) { return Decompress(x[0], uint8(x[1].Uint64()), x[2]) },
		func(x [5]*big.Int) (*big.Int, *revert.Error) {
			return modelDecompression(x[0], uint8(x[1].Uint64()), x[2])
		},
		[]string{"BAL#003", "BAL#100"}},
	{"MaxCompressionError",
		func(x [5]uint256.Int) (uint256.Int, error) { return MaxCompressionError(uint8(x[0].Uint64()), x[1]) },
		func(x [5]*big.Int) (*big.Int, *revert.Error) {
			return modelCompressionError(uint8(x[0].Uint64()), x[1])
		},
		[]string{"BAL#100"}},
	{"ManagedSwapFee",
		func(x [5]uint256.Int) (uint256.Int, error) { return ManagedSwapFee(x[0], x[1], x[2], x[3], x[4]) },
		func(x [5]*big.Int) (*big.Int, *revert.Error) { return modelManagedFee(x[0], x[1], x[2], x[3], x[4]) },
		[]string{"BAL#436"}},
	{"BootstrappingV3's project",
		func(x [5]uint256.Int) (uint256.Int, error) {
			project, _, err := BootstrappingV3(x[0], x[1], x[2], x[3], x[4])
			return project, err
		},
		func(x [5]*big.Int) (*big.Int, *revert.Error) { return modelProject(x[0], x[1], x[2], x[3], x[4]) },
		[]string{"BAL#001", "BAL#003", "BAL#005"}},
	{"BootstrappingV3's reserve",
		func(x [5]uint256.Int) (uint256.Int, error) {
			_, reserve, err := BootstrappingV3(x[0], x[1], x[2], x[3], x[4])
			return reserve, err
		},
		func(x [5]*big.Int) (*big.Int, *revert.Error) { return modelReserve(x[0], x[1], x[2], x[3], x[4]) },
		[]string{"BAL#001", "BAL#003", "BAL#005"}},
}

func TestEveryGradualFunctionIsItsModel(t *testing.T) {
	for _, f := range scalars {
		t.Run(f.name, func(t *testing.T) {
			r := rand.New(rand.NewPCG(15, 16))
			failed, answered := map[string]bool{}, false
			for range 40000 {
				x := numbers(r)
				got, err := f.compute(x)
				var wide [5]*big.Int
				for i := range x {
					wide[i] = x[i].ToBig()
				}
				want, failure := f.model(wide)
				switch {
				case failure != nil:
					failed[failure.V2()] = true
					if !reflect.DeepEqual(err, error(failure)) || !got.IsZero() {
						t.Fatalf("%s%v: got %s, %v; want %v", f.name, wide, got.Dec(), err, failure)
					}
				case err != nil || got.ToBig().Cmp(want) != 0:
					t.Fatalf("%s%v: got %s, %v; want %s", f.name, wide, got.Dec(), err, want)
				default:
					answered = true
				}
			}
			if len(failed) != len(f.failures) || !answered || slices.ContainsFunc(f.failures, func(name string) bool { return !failed[name] }) {
				t.Errorf("the numbers reach the failures %v and an answer: %v; want %v and an answer", failed, answered, f.failures)
			}
		})
	}
}

func TestValuesMoveOneWayBetweenTheirEnds(t *testing.T) {
	r := rand.New(rand.NewPCG(17, 18))
	for range 2000 {
		start, end := number(r, 64), number(r, 64)
		begin, length := number(r, 32), 1+r.Uint64N(1<<32)
		finish := *new(uint256.Int).AddUint64(&begin, length)
		low, high := start, end
		if start.Gt(&end) {
			low, high = end, start
		}
		moments := []uint64{0, 1, length - 1, length, length + 1, r.Uint64N(length), r.Uint64N(length)}
		slices.Sort(moments)
		last := start
		for _, moment := range moments {
			value, err := InterpolatedValue(start, end, begin, finish, *new(uint256.Int).AddUint64(&begin, moment))
			backwards := value.Lt(&last) && start.Lt(&end) || value.Gt(&last) && start.Gt(&end)
			if err != nil || value.Lt(&low) || value.Gt(&high) || backwards {
				t.Fatalf("from %s to %s, %d of %d s: %s after %s, %v", start.Dec(), end.Dec(), moment, length, value.Dec(), last.Dec(), err)
			}
			if last = value; moment == 0 && !value.Eq(&start) || moment >= length && !value.Eq(&end) {
				t.Fatalf("from %s to %s, %d of %d s: %s", start.Dec(), end.Dec(), moment, length, value.Dec())
			}
		}
	}
}
