package properties

import "slices"

// A Plant is a bug put into a subject on purpose, to show that a claim would notice it.
type Plant struct {
	Claim string // the ID of the claim that must notice
	Bug   string // what is broken, in a few words
	plant func(*Subject)
}

// Into returns a copy of a subject with the bug in it.
func (p Plant) Into(s *Subject) *Subject {
	broken := s.clone()
	broken.Name = s.Name + " with a planted bug: " + p.Bug
	p.plant(broken)
	return broken
}

// Planted lists all planted bugs, in the order of the claims that must notice them.
func Planted() []Plant {
	return slices.Concat(bxPlants, bxPoolsPlants, bxSlipsPlants, bxPoolPlants, fpPlants, lePlants, leStepPlants, inPlants, inStepPlants, swPlants, swStepPlants, jePlants, jeStepPlants, fePlants, feStepPlants, scPlants,
		wtPlants, wtGradualPlants, wtAdmissionPlants, wtStepsPlants, stPlants, stTermsPlants, ecPlants)
}
