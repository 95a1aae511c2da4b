// Package fuzz holds the native fuzz targets, one per family of claims:
//
//	go test -fuzz=FuzzSwap ./fuzz
//
// A crash prints the case, the claim and the command that replays it.
package fuzz

import (
	"testing"

	"github.com/trueweight/trueweight/properties"
)

func FuzzFixedPoint(f *testing.F) { properties.Fuzz(f, properties.Impl(), "FP") }
func FuzzLogExp(f *testing.F)     { properties.Fuzz(f, properties.Impl(), "LE") }
func FuzzInvariant(f *testing.F)  { properties.Fuzz(f, properties.Impl(), "IN") }
func FuzzSwap(f *testing.F)       { properties.Fuzz(f, properties.Impl(), "SW") }
func FuzzLiquidity(f *testing.F)  { properties.Fuzz(f, properties.Impl(), "JE") }
func FuzzScaling(f *testing.F)    { properties.Fuzz(f, properties.Impl(), "SC") }
func FuzzWeights(f *testing.F)    { properties.Fuzz(f, properties.Impl(), "WT") }
func FuzzSequence(f *testing.F)   { properties.Fuzz(f, properties.Impl(), "ST") }
