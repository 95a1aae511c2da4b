package report

// sampleMutation is a made-up record, of the shape of a real one.
func sampleMutation() *Mutation {
	return &Mutation{
		Sources: map[string]string{"impl": "0f", "reference": "1f", "properties": "2f", "corpus": "3f", "modules": "4f"}, Go: "go1.26", Processor: "a processor", Budget: 2000,
		Targets: []MutationTarget{{
			Name: "impl", Mutants: 120, Killed: 112, Equivalent: 5, Survived: 1, NotBuilt: 2,
			Families: map[string]FamilyKills{"BX": {110, 118}, "SW": {55, 80}, "IN": {40, 60}, "tests": {2, 8}},
			Oracles:  map[string]OracleKills{"mathematics": {90, 118}, "specification": {110, 118}, "contracts": {71, 118}},
			Matrix: []MutationRow{
				{"impl/fixedpoint", "rounding turned", 30, map[string]uint64{"BX": 30, "SW": 20, "IN": 10}},
				{"impl/fixedpoint", "constant ± 1", 20, map[string]uint64{"BX": 19, "SW": 5}},
				{"impl/weighted", "rounding turned", 40, map[string]uint64{"BX": 38, "SW": 30, "IN": 20}},
				{"impl/weighted", "comparison < for ≤", 30, map[string]uint64{"BX": 23, "IN": 10}},
			},
			Survivors: []Survivor{{"impl/weighted/swap.go: < for ≤ in limit", "both sides are equal | nobody can tell"}, {"impl/x.go: 1", "equivalent: the value is never read"}},
			Claims: []ClaimKills{
				{ID: "BX-POOL", First: 110, Alone: 22, With: map[string]uint64{"SW-OUT": 55, "IN-ENC": 40, "JE-OUT": 3, "FE-PROT": 3}},
				{ID: "IN-ENC", First: 40, AloneInMathematics: 4, With: map[string]uint64{"BX-POOL": 40}},
				{ID: "SW-ZERO"},
			},
		}},
	}
}
