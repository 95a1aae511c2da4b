package report

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/trueweight/trueweight/properties"
	"github.com/trueweight/trueweight/properties/domain"
)

// Hunt is recorded evidence: how close the closest cases came that were looked for on purpose. It is kept in
// properties/evidence/hunt.json.
type Hunt struct {
	Sources   map[string]string `json:"sources"` // what it ran on: provenance.Sources
	Go        string            `json:"go"`      // version of the compiler
	Processor string            `json:"processor"`
	Seed      uint64            `json:"seed"`
	Claims    []HuntedClaim     `json:"claims"`
	// NotHunted are the claims without a margin: nothing says how close a case of theirs came.
	NotHunted []string `json:"notHunted,omitempty"`
}

// HuntedClaim is what a hunt saw of one claim. Margins are written as properties.Margin writes them, and empty where no case had one.
type HuntedClaim struct {
	ID     string      `json:"id"`
	Cases  uint64      `json:"cases"`  // that the hunt judged
	Random string      `json:"random"` // tightest margin of the gate's random cases
	Hunted string      `json:"hunted"` // tightest margin of the hunt's
	Tight  bool        `json:"tight"`  // the hunt's leaves no room
	Kind   domain.Kind `json:"kind"`   // of the hunt's tightest case
	Class  string      `json:"class"`

	PoolValid string `json:"poolValid,omitempty"` // tightest margin of the hunt's pool-valid cases
}

// MarshalHunt writes recorded evidence of a hunt as indented JSON: the same evidence, the same bytes.
func MarshalHunt(h *Hunt) ([]byte, error) {
	data, err := json.MarshalIndent(h, "", "  ")
	return append(data, '\n'), err
}

// UnmarshalHunt reads what MarshalHunt wrote, and nothing else.
func UnmarshalHunt(data []byte) (*Hunt, error) {
	var h Hunt
	if err := readExactly(data, &h); err != nil {
		return nil, fmt.Errorf("not the record of a hunt: %w", err)
	}
	if !namesCode(h.Sources) || len(h.Claims) == 0 {
		return nil, errors.New("not the record of a hunt: no claims, or no hash of impl, reference or properties")
	}
	for _, c := range h.Claims {
		if _, err := properties.ByID(c.ID); err != nil {
			return nil, fmt.Errorf("the record of another version's hunt: %w", err)
		}
	}
	return &h, nil
}
