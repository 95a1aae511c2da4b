package revert

// Pools over time (SPEC "A pool over time"). The contracts fail there too; the
// names are ours, alike in both versions.
var (
	ErrUnsupportedPool      = ours(Unsupported, "UnsupportedPool", "no pool of this kind exists under these rules")
	ErrUnsupportedOperation = ours(Unsupported, "UnsupportedOperation", "no such operation exists for this pool")

	ErrLengthMismatch     = ours(Domain, "LengthMismatch", "a list has not one item for each of the pool's tokens")
	ErrZeroRate           = ours(Domain, "ZeroRate", "a rate is zero")
	ErrSwapFeeTooLow      = ours(Domain, "SwapFeeTooLow", "the swap fee is below the least of this kind of pool")
	ErrSwapFeeTooHigh     = ours(Domain, "SwapFeeTooHigh", "the swap fee is above the most of this kind of pool")
	ErrProtocolFeeTooHigh = ours(Domain, "ProtocolFeeTooHigh", "the protocol's share of the fees is above 50 %")

	ErrNotInitialized     = ours(State, "NotInitialized", "the pool has no tokens yet")
	ErrAlreadyInitialized = ours(State, "AlreadyInitialized", "the pool has tokens already")

	ErrZeroAmount = ours(Domain, "ZeroAmount", "the amount of a swap is zero")
	ErrSameToken  = ours(Domain, "SameToken", "a swap has the same token on both sides")

	ErrSupplyTooLow    = ours(BelowMinimum, "SupplyTooLow", "the first supply is below the 10⁶ wei of BPT that stay locked")
	ErrLockedSupply    = ours(BelowMinimum, "LockedSupply", "an exit would burn BPT of the 10⁶ wei that stay locked")
	ErrBalanceOverflow = ours(Storage, "BalanceOverflow", "a balance needs more bits than it is stored in")
)

func ours(kind Kind, name, cause string) *Error {
	return &Error{kind: kind, v2: name, v3: name, cause: cause}
}
