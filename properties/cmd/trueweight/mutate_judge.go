package main

import (
	"context"
	"slices"

	"github.com/trueweight/trueweight/properties/mutate/trial"
)

// judge judges the mutants of the judge by tests.
func (run *mutation) judge(ctx context.Context) (*trial.Result, error) {
	set, err := run.generate("judge")
	if err != nil {
		return nil, err
	}
	earlier, err := run.list(earlierFile, set)
	if err != nil {
		return nil, err
	}
	asked := map[string]bool{}
	for _, m := range run.chosen(set, earlier) {
		asked[m.Group] = true
	}
	list := slices.DeleteFunc(slices.Clone(judgeSuites), func(s trial.Suite) bool { return !asked[s.Package] })
	suites, err := run.suites(ctx, set, list)
	if err != nil {
		return nil, err
	}
	var columns, binaries []string
	for _, s := range suites {
		columns, binaries = append(columns, s.Column), append(binaries, s.Binary)
	}
	id, err := runID("judge", binaries...)
	if err != nil {
		return nil, err
	}
	judges := &trial.Suites{Suites: suites, Workers: run.workers}
	return run.try(ctx, &trial.Result{Target: "judge", Columns: columns, NotBuilt: set.notBuilt}, set, id, judges.Run)
}

// judgeSuites are the tests that must notice a broken judge. Slow ones run a second or more.
var judgeSuites = []trial.Suite{
	{Package: "reference/interval", Column: "reference/interval"},
	{Package: "reference/real", Column: "reference/real", Slow: []string{"TestEqualsDecidesEveryChange"}},
	{Package: "properties", Column: "properties", Slow: []string{
		"TestEveryClaimCatchesItsPlantedBugs", "TestErrorBoundsHoldOnDrawnCasesAndAreNearlyReached", "TestInvariantClaimsHold",
		"TestPowFallsByNoMoreThanItsBounds", "TestPowUpAndPowDownEncloseWithinTheirBounds", "TestGradualWeightFindingsAreTight",
		"TestScalingFindingsAreTight", "TestSwapClaimsHoldOnGeneratedSwaps", "TestASubjectOfOneVersionIsJudged",
	}, Never: []string{
		"TestEveryFailureOfSPECIsMet", "TestTheCodeIsTheSpecification", "TestOnlyThatItFailsIsAskedOfAForgivingProfile",
		"TestLiquidityClaimsHoldOnGeneratedCases", "TestTheSpecificationIsItself", "TestFixedPointClaimsHold", "TestLogExpClaimsHold",
		"TestEconomicClaimsHoldOnGeneratedMarkets", "TestEveryVectorCanFail", "TestVectors",
		"TestAccumulatedAnswersAreTheSpecifications", "TestAStrangersModuleCanUseIt", "TestDirectDependenciesAreThree",
		"TestImportsGoOneWay", "TestImportRulesCatchWhatTheyForbid",
		"TestTheBaselinesOwnSubjectIsNoticedByNobody", "TestPlantedBugsAreNoticedAsTheirClaimsWould", "TestABrokenSubjectIsNoBaseline",
		"TestABaselineIsReadAsItWasWritten", "TestOnlyQuestionsThatReachTheFunctionAreAsked", "TestASearchGoesOnWhereTheBaselineEnds",
		"TestAPoolThatLendsItsMemoryAnswersOtherwise",
	}},
}
