package exact

import "math/big"

// This file is SPEC, "Fixed point". Each exported function is the unexported one with its failure as an error.

// Add returns a + b. It fails when the sum ≥ 2²⁵⁶.
func (r Rules) Add(a, b *big.Int) (sum *big.Int, err error) {
	defer caught(&err)
	return r.add(a, b), nil
}

func (r Rules) add(a, b *big.Int) *big.Int {
	sum := plus(a, b)
	if sum.Cmp(limit256) >= 0 {
		r.fail(addOverflow)
	}
	return sum
}

// Sub returns a − b. It fails when b > a.
func (r Rules) Sub(a, b *big.Int) (difference *big.Int, err error) {
	defer caught(&err)
	return r.sub(a, b), nil
}

func (r Rules) sub(a, b *big.Int) *big.Int {
	if b.Cmp(a) > 0 {
		r.fail(subUnderflow)
	}
	return minus(a, b)
}

// MulDown returns ⌊a·b / 10¹⁸⌋. It fails when a·b ≥ 2²⁵⁶.
func (r Rules) MulDown(a, b *big.Int) (product *big.Int, err error) {
	defer caught(&err)
	return r.mulDown(a, b), nil
}

func (r Rules) mulDown(a, b *big.Int) *big.Int {
	product := r.product(a, b, mulOverflow)
	return floorDiv(product, one)
}

// MulUp returns ⌈a·b / 10¹⁸⌉. It fails when a·b ≥ 2²⁵⁶.
func (r Rules) MulUp(a, b *big.Int) (product *big.Int, err error) {
	defer caught(&err)
	return r.mulUp(a, b), nil
}

func (r Rules) mulUp(a, b *big.Int) *big.Int {
	product := r.product(a, b, mulOverflow)
	return ceilDiv(product, one)
}

// DivDown returns ⌊a·10¹⁸ / b⌋. It fails when b = 0 and when a·10¹⁸ ≥ 2²⁵⁶; V2 tests b first, V3 the overflow.
func (r Rules) DivDown(a, b *big.Int) (quotient *big.Int, err error) {
	defer caught(&err)
	return r.divDown(a, b), nil
}

func (r Rules) divDown(a, b *big.Int) *big.Int {
	if r == V2 && b.Sign() == 0 {
		r.fail(divDownByZero)
	}
	inflated := r.product(a, one, divOverflow)
	if b.Sign() == 0 {
		r.fail(divDownByZero)
	}
	return floorDiv(inflated, b)
}

// DivUp returns ⌈a·10¹⁸ / b⌉. It fails when b = 0, tested first, and when a·10¹⁸ ≥ 2²⁵⁶.
func (r Rules) DivUp(a, b *big.Int) (quotient *big.Int, err error) {
	defer caught(&err)
	return r.divUp(a, b), nil
}

func (r Rules) divUp(a, b *big.Int) *big.Int {
	if b.Sign() == 0 {
		r.fail(zeroDivision)
	}
	inflated := r.product(a, one, divOverflow)
	return ceilDiv(inflated, b)
}

// Complement returns max(0, 10¹⁸ − x). It never fails; the error is always nil.
func (r Rules) Complement(x *big.Int) (*big.Int, error) {
	return complement(x), nil
}

func complement(x *big.Int) *big.Int {
	if x.Cmp(one) >= 0 {
		return new(big.Int)
	}
	return minus(one, x)
}

// MulDivUp returns ⌈a·b / c⌉, no scaling. It fails when c = 0, tested first, and when a·b ≥ 2²⁵⁶. V2 has no such
// function: under V2 it fails with V3's names.
func (r Rules) MulDivUp(a, b, c *big.Int) (quotient *big.Int, err error) {
	defer caught(&err)
	return r.mulDivUp(a, b, c), nil
}

func (r Rules) mulDivUp(a, b, c *big.Int) *big.Int {
	if c.Sign() == 0 {
		r.fail(mulDivByZero)
	}
	product := r.product(a, b, mulDivOverflow)
	return ceilDiv(product, c)
}

// DivUpRaw returns ⌈a / b⌉, no scaling. It fails when b = 0. V2 calls it Math.divUp.
func (r Rules) DivUpRaw(a, b *big.Int) (quotient *big.Int, err error) {
	return r.MathDivUp(a, b)
}

// MathDivDown returns ⌊a / b⌋, no scaling: V2's Math.divDown. It fails when b = 0.
func (r Rules) MathDivDown(a, b *big.Int) (quotient *big.Int, err error) {
	defer caught(&err)
	return r.mathDivDown(a, b), nil
}

func (r Rules) mathDivDown(a, b *big.Int) *big.Int {
	if b.Sign() == 0 {
		r.fail(divDownByZero)
	}
	return floorDiv(a, b)
}

// MathDivUp returns ⌈a / b⌉, no scaling: V2's Math.divUp, and V3's DivUpRaw. It fails when b = 0.
func (r Rules) MathDivUp(a, b *big.Int) (quotient *big.Int, err error) {
	defer caught(&err)
	return r.mathDivUp(a, b), nil
}

func (r Rules) mathDivUp(a, b *big.Int) *big.Int {
	if b.Sign() == 0 {
		r.fail(zeroDivision)
	}
	return ceilDiv(a, b)
}

// product returns a·b, or fails as overflow says when it does not fit 256 bits.
func (r Rules) product(a, b *big.Int, overflow names) *big.Int {
	product := times(a, b)
	if product.Cmp(limit256) >= 0 {
		r.fail(overflow)
	}
	return product
}
