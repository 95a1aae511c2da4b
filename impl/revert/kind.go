package revert

// Kind is the cause of a failure, in one word that is the same for v2 and v3.
type Kind uint8

const (
	Overflow       Kind = iota + 1 // a result needs more than 256 bits
	Underflow                      // a difference is negative
	DivisionByZero                 // a divisor is zero
	Domain                         // an argument is outside a function's domain
	Limit                          // a trade, a join or an exit is larger than the pool allows
	ZeroInvariant                  // the invariant is zero
	ArrayIndex                     // an array is too short for the index
	BelowMinimum                   // a balance, or a pool's own minimum, is too low
	InvalidWeights                 // weights do not make a pool
	TokenCount                     // a pool has too few or too many tokens
	Schedule                       // a gradual change would start after its end
	Storage                        // a value does not fit where it is stored
	Unsupported                    // the rules have no such pool, or the pool no such operation
	State                          // the pool has no tokens yet, or has them already
)

// String returns the kind's name in plain words.
func (k Kind) String() string {
	switch k {
	case Overflow:
		return "overflow"
	case Underflow:
		return "underflow"
	case DivisionByZero:
		return "division by zero"
	case Domain:
		return "outside the domain"
	case Limit:
		return "above a limit"
	case ZeroInvariant:
		return "zero invariant"
	case ArrayIndex:
		return "array index"
	case BelowMinimum:
		return "below a minimum"
	case InvalidWeights:
		return "invalid weights"
	case TokenCount:
		return "token count"
	case Schedule:
		return "schedule"
	case Storage:
		return "storage"
	case Unsupported:
		return "unsupported"
	case State:
		return "state"
	}
	return "unknown kind"
}
