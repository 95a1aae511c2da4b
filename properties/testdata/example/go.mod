module example.org/fixed

go 1.26

require (
	github.com/holiman/uint256 v1.3.2
	github.com/trueweight/trueweight v0.0.0
)

require (
	github.com/ALTree/bigfloat v0.2.0 // indirect
	pgregory.net/rapid v1.3.0 // indirect
)

replace github.com/trueweight/trueweight => ../../..
