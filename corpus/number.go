package corpus

import (
	"math/big"
	"strings"
)

// parseInteger reads a decimal integer that is spelled as big.Int spells it. Unsigned, it is at most 2²⁵⁶ − 1; signed, it
// fits 256 bits in two's complement.
func parseInteger(text string, signed bool) (*big.Int, bool) {
	if len(text) > 78 { // 2²⁵⁶ has 78 digits; −2²⁵⁵ has 77 and a sign
		return nil, false
	}
	value, ok := new(big.Int).SetString(text, 10)
	if !ok || value.String() != text {
		return nil, false
	}
	if signed {
		// −2²⁵⁵ ≤ value < 2²⁵⁵ exactly when the larger of value and −value−1 has at most 255 bits.
		magnitude := value
		if value.Sign() < 0 {
			magnitude = new(big.Int).Not(value)
		}
		return value, magnitude.BitLen() <= 255
	}
	return value, value.Sign() >= 0 && value.BitLen() <= 256
}

// parseDyadic reads a number that is spelled as big.Float's format 'p' spells it, exactly. Its mantissa needs at most the
// given number of bits, which is the precision it gets.
func parseDyadic(text string, bits uint) (*big.Float, bool) {
	digits := text[strings.IndexByte(text, '.')+1:]
	if p := strings.IndexByte(digits, 'p'); p >= 0 {
		digits = digits[:p]
	}
	if uint(len(digits)) > (bits+3)/4 {
		return nil, false
	}
	value, _, err := big.ParseFloat(text, 0, 4*uint(len(digits))+4, big.ToNearestEven)
	if err != nil || value.Text('p', 0) != text || text == "-0" || value.IsInf() || value.MinPrec() > bits {
		return nil, false
	}
	return value.SetPrec(bits), true
}
