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

// judgeSuites are the tests that must notice a broken judge: those of its own code. Tests of claims on campaigns of cases, which take longer than
// all others together, are not asked.
var judgeSuites = []trial.Suite{
	{Package: "reference/interval", Column: "reference/interval"},
	{Package: "reference/real", Column: "reference/real", Slow: []string{"TestEqualsDecidesEveryChange"}},
	{Package: "properties", Column: "properties", Never: []string{
		"TestABaselineIsReadAsItWasWritten", "TestABrokenSubjectIsNoBaseline", "TestAPoolThatLendsItsMemoryAnswersOtherwise",
		"TestASearchGoesOnWhereTheBaselineEnds", "TestASecondClaimIsLookedForWhereOneIsAlone", "TestAStrangersModuleCanUseIt",
		"TestASubjectOfOneVersionIsJudged", "TestAccumulatedAnswersAreTheSpecifications", "TestAccumulatedHashSeesEveryOperation",
		"TestAdmissionOfWeightsHolds", "TestAdmissionOfWeightsHoldsOfTheSpecification", "TestClaimsAboutAPoolHoldOfTheSpecifications",
		"TestDirectDependenciesAreThree", "TestEconomicClaimsHoldOnGeneratedMarkets", "TestErrorBoundsHoldOnDrawnCasesAndAreNearlyReached",
		"TestEveryClaimCatchesItsPlantedBugs", "TestEveryFailureOfSPECIsMet", "TestEveryKeptCaseAnswersAsExpected", "TestEveryVectorCanFail",
		"TestExpAndLnRiseWhereTheirReductionsChange", "TestFindingsAreWhole", "TestFixedPointClaimsHold", "TestGradualWeightFindingsAreTight",
		"TestImportRulesCatchWhatTheyForbid", "TestImportsGoOneWay", "TestInvariantClaimsHold", "TestLiquidityClaimsHoldOnGeneratedCases",
		"TestLogExpClaimsHold", "TestNothingCanBeLeftOutOfAShrunkCase", "TestOnlyQuestionsThatReachTheFunctionAreAsked", "TestOnlyThatItFailsIsAskedOfAForgivingProfile",
		"TestPlantedBugsAreNoticedAsTheirClaimsWould", "TestPowFallsByNoMoreThanItsBounds", "TestPowUpAndPowDownEncloseWithinTheirBounds",
		"TestScalingClaimsHold", "TestScalingFindingsAreTight", "TestShrinkingEndsAtTheExactMinimum", "TestSwapClaimsHoldOnGeneratedSwaps",
		"TestTheBaselinesOwnSubjectIsNoticedByNobody", "TestTheCodeIsTheSpecification", "TestTheSpecificationIsItself", "TestTiesHoldAndAWeiBeyondDoesNot",
		"TestVectors", "TestWorstCasesKeepTheirMargins",
	}},
}
