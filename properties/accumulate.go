package properties

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"sync"
	"sync/atomic"

	"github.com/holiman/uint256"
)

// An accumulated hash pins every answer to a million questions in 32 bytes. The
// questions come from an expansion of (family, seed, index) that is independent of the
// generators and never changes, so that the hash says: this code still computes exactly that.
//
// Words. Word j of case i is SHA-256("trueweight accumulated 1" ‖ family ‖ 0 ‖ seed ‖ i ‖ j), the three
// numbers as 8 bytes, big endian; it is read as a 256-bit big-endian integer, and words are
// used in the order of the layouts below. From a word w come
//
//	any(k)       w >> (256 − k + w mod k)      a number of 1…k bits, each length alike (or 0)
//	from(a, m)   a + w mod m                   a number of a…a+m−1
//
// Layouts, with the operations asked in order:
//
//	fixedpoint  a, b, c: any(256). Add Sub MulDown MulUp DivDown DivUp Complement(a) MulDivUp DivUpRaw.
//	logexp      x: from(0, 171e18+3) − 41e18 − 1; a: any(255); two powers, base any(128) with exponent
//	            from(0, 4e18), and base from(9e17, 2e17) with exponent from(0, 1e20). Exp(x) Ln(a), and Pow PowDown PowUp of each.
//	invariant   n: from(2, 7); n−1 weights from(1e16, 1e18/n − 1e16), the last what is left of 1e18; n balances any(112). InvariantDown InvariantUp.
//	swap        two balances any(112), weights from(1e16, 48e16), amount from(0, ⌊0.3·bₒ⌋+2), amount from(0, ⌊0.3·bᵢ⌋+2), ratio from(7e17, 23e17+1),
//	            fee from(0, 1e17+1). InGivenOut of the first amount, OutGivenIn of the second, BalanceGivenInvariantRatio(bᵢ, wᵢ, ratio), AmountInLessFee AmountInPlusFeeV2 AmountInPlusFeeV3 of
//	            the second amount.
//	weights     n: from(1, 8); n raw weights any(256). Normalize, and ValidateWeights for 8 tokens of what Normalize gave, or of the raw weights where it failed.
//
// Answers. A number answers 0 ‖ 32 bytes big endian, a list 0 ‖ its items, success without a value 0, and a failure 1 (its name is BX's business).
// A thousand cases are a chunk; the accumulated hash is SHA-256 of the chunks' SHA-256 in order.

// AccumulatedFamilies are the families of accumulated hashes.
func AccumulatedFamilies() []string {
	return []string{"fixedpoint", "logexp", "invariant", "swap", "weights"}
}

const accumulatedChunk = 1000

// Accumulate returns the accumulated hash of a subject's answers to the first n
// cases of a family, n a multiple of 1,000, on the given number of goroutines.
func Accumulate(s *Subject, family string, seed, n uint64, workers int) ([32]byte, error) {
	ask, ok := map[string]func(*Subject, *expansion, *answers){
		"fixedpoint": askFixedPoint, "logexp": askLogExp, "invariant": askInvariant, "swap": askSwap, "weights": askWeights,
	}[family]
	if !ok {
		return [32]byte{}, fmt.Errorf("no accumulated family is called %q: want one of %v", family, AccumulatedFamilies())
	}
	if n%accumulatedChunk != 0 {
		return [32]byte{}, errors.New("the number of cases must be a multiple of 1,000")
	}
	chunks := make([][32]byte, n/accumulatedChunk)
	var next atomic.Int64
	var wg sync.WaitGroup
	for range max(1, workers) {
		wg.Go(func() {
			for {
				c := int(next.Add(1)) - 1
				if c >= len(chunks) {
					return
				}
				a := &answers{h: sha256.New()}
				for i := range uint64(accumulatedChunk) {
					ask(s, &expansion{family: family, seed: seed, index: uint64(c)*accumulatedChunk + i}, a)
				}
				a.h.Sum(chunks[c][:0])
			}
		})
	}
	wg.Wait()
	total := sha256.New()
	for _, c := range chunks {
		total.Write(c[:])
	}
	return [32]byte(total.Sum(nil)), nil
}

// expansion yields the words of one case.
type expansion struct {
	family      string
	seed, index uint64
	next        uint64
}

func (e *expansion) word() (w num) {
	buffer := make([]byte, 0, 80)
	buffer = append(buffer, "trueweight accumulated 1"...)
	buffer = append(buffer, e.family...)
	buffer = append(buffer, 0)
	buffer = binary.BigEndian.AppendUint64(buffer, e.seed)
	buffer = binary.BigEndian.AppendUint64(buffer, e.index)
	buffer = binary.BigEndian.AppendUint64(buffer, e.next)
	e.next++
	sum := sha256.Sum256(buffer)
	w.SetBytes32(sum[:])
	return w
}

func (e *expansion) any(bits uint64) num {
	w := e.word()
	k := uint256.NewInt(bits)
	var shift num
	shift.Mod(&w, k)
	w.Rsh(&w, uint(256-bits+shift.Uint64()))
	return w
}

func (e *expansion) from(a, m num) num {
	w := e.word()
	w.Mod(&w, &m)
	w.Add(&w, &a)
	return w
}

// small is from for numbers of 64 bits.
func (e *expansion) small(a, m uint64) num { return e.from(*uint256.NewInt(a), *uint256.NewInt(m)) }

// answers hashes what a subject answers.
type answers struct{ h hash.Hash }

func (a *answers) number(z num, err error) {
	if a.status(err) {
		b := z.Bytes32()
		a.h.Write(b[:])
	}
}

func (a *answers) status(err error) bool {
	if err != nil {
		a.h.Write([]byte{1})
		return false
	}
	a.h.Write([]byte{0})
	return true
}

func askFixedPoint(s *Subject, e *expansion, out *answers) {
	a, b, c := e.any(256), e.any(256), e.any(256)
	for _, op := range []func(a, b num) (num, error){s.Add, s.Sub, s.MulDown, s.MulUp, s.DivDown, s.DivUp} {
		out.number(op(a, b))
	}
	out.number(s.Complement(a))
	out.number(s.MulDivUp(a, b, c))
	out.number(s.DivUpRaw(a, b))
}

func askLogExp(s *Subject, e *expansion, out *answers) {
	x := e.from(num{}, *uint256.MustFromDecimal("171000000000000000003"))
	x.Sub(&x, uint256.MustFromDecimal("41000000000000000001"))
	a := e.any(255)
	wide, exponent := e.any(128), e.small(0, 4e18)
	near, large := e.small(9e17, 2e17), e.from(num{}, *uint256.MustFromDecimal("100000000000000000000"))
	out.number(s.Exp(x))
	out.number(s.Ln(a))
	for _, op := range []func(x, y num) (num, error){s.Pow, s.PowDown, s.PowUp} {
		out.number(op(wide, exponent))
		out.number(op(near, large))
	}
}

func askInvariant(s *Subject, e *expansion, out *answers) {
	count := e.small(2, 7)
	n := count.Uint64()
	weights, balances := make([]num, n), make([]num, n)
	rest := *uint256.NewInt(1e18)
	for i := range n - 1 {
		weights[i] = e.small(1e16, 1e18/n-1e16)
		rest.Sub(&rest, &weights[i])
	}
	weights[n-1] = rest
	for i := range balances {
		balances[i] = e.any(112)
	}
	out.number(s.InvariantDown(weights, balances))
	out.number(s.InvariantUp(weights, balances))
}

func askSwap(s *Subject, e *expansion, out *answers) {
	balanceIn, balanceOut := e.any(112), e.any(112)
	weightIn, weightOut := e.small(1e16, 48e16), e.small(1e16, 48e16)
	tradable := func(balance num) num {
		balance.Mul(&balance, uint256.NewInt(3))
		balance.Div(&balance, uint256.NewInt(10))
		balance.AddUint64(&balance, 2)
		return balance
	}
	amountOut, amountIn := e.from(num{}, tradable(balanceOut)), e.from(num{}, tradable(balanceIn))
	ratio, fee := e.small(7e17, 23e17+1), e.small(0, 1e17+1)
	out.number(s.InGivenOut(balanceIn, weightIn, balanceOut, weightOut, amountOut))
	out.number(s.OutGivenIn(balanceIn, weightIn, balanceOut, weightOut, amountIn))
	out.number(s.BalanceGivenInvariantRatio(balanceIn, weightIn, ratio))
	out.number(s.AmountInLessFee(amountIn, fee))
	out.number(s.AmountInPlusFeeV2(amountIn, fee))
	out.number(s.AmountInPlusFeeV3(amountIn, fee))
}

func askWeights(s *Subject, e *expansion, out *answers) {
	count := e.small(1, 8)
	raw := make([]num, count.Uint64())
	for i := range raw {
		raw[i] = e.any(256)
	}
	shares, err := s.Normalize(raw)
	if out.status(err) {
		for _, z := range shares {
			out.number(z, nil)
		}
		raw = shares
	}
	out.status(s.ValidateWeights(raw, 8))
}
