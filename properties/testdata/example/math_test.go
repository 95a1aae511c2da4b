package fixed

import (
	"testing"

	"github.com/trueweight/trueweight/properties"
)

func (Math) Profile() properties.Profile {
	return properties.Profile{Failures: properties.OnlyThat} // its failures have names of their own
}

func TestFixedPoint(t *testing.T) { properties.Verify(t, Math{}, "BX") }

func FuzzFixedPoint(f *testing.F) { properties.Fuzz(f, Math{}, "BX") }
