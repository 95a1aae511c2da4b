module github.com/trueweight/trueweight

go 1.26

require (
	github.com/ALTree/bigfloat v0.2.0
	github.com/holiman/uint256 v1.3.2
	pgregory.net/rapid v1.3.0
)
