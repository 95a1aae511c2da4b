// Package corpus holds the data that trueweight judges by: what deployed contracts answered, what mathematics says to 600
// bits, and the cases that are kept for ever because something went wrong there once.
//
// It relies on the standard library alone and computes none of the data. It promises that what it returns is what the files
// say: every file is read strictly, and a file with an unknown field, a wrong count, an id used twice or a number that is
// not in its one canonical spelling is an error that names file, entry and field, what was found and what was expected.
//
// The formats are described by the schemas in schema/, the origin of every file by README.md.
package corpus

import "embed"

// FS holds the data files of this directory, under the names that Vectors, Reference, Cases, WorstCases and AccumulatedHashes read.
//
//go:embed vectors/*.json reference/*.json incidents/*.json regressions/*.json accumulated/*.json worst/*.json
var FS embed.FS
