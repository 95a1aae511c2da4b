package main

import (
	"context"
	"path/filepath"

	"github.com/trueweight/trueweight/properties/mutate/trial"
)

// judge judges the mutants of the judge by tests.
func (run *mutation) judge(ctx context.Context) (*trial.Result, error) {
	set, err := run.generate("judge")
	if err != nil {
		return nil, err
	}
	suites := &trial.Suites{Workers: run.workers}
	budget, columns, binaries := "judge", []string{}, []string{}
	for _, s := range judgeSuites {
		suite := s
		suite.Dir = filepath.Join(run.root, s.Column)
		suite.Binary = filepath.Join(run.dir, filepath.Base(s.Column)+".test")
		if err := run.goTool(ctx, "test", "-c", "-overlay", set.overlay, "-o", suite.Binary, "./"+s.Column); err != nil {
			return nil, err
		}
		suites.Suites = append(suites.Suites, &suite)
		columns, binaries = append(columns, s.Column), append(binaries, suite.Binary)
	}
	id, err := runID(budget, binaries...)
	if err != nil {
		return nil, err
	}
	if err := suites.Prepare(ctx, run.dir); err != nil {
		return nil, err
	}
	return run.try(ctx, &trial.Result{Target: "judge", Columns: columns, NotBuilt: set.notBuilt}, set, id, suites.Run)
}

// judgeSuites are the tests that must notice a broken judge. Slow ones run a second or more.
var judgeSuites = []trial.Suite{
	{Column: "reference/interval", Slow: []string{
		"TestLogRatioContainsTheLogarithmWithinItsPromise", "TestDirectedOperationsGiveTheNearestNumberOnTheirSide",
		"TestIsOneAgreesWithRationalsOnASmallDomain", "TestGrowthContainsTheValueHoweverFewTermsAreSummed",
		"TestAtanhContainsTheValueHoweverFewTermsAreSummed",
	}},
	{Column: "reference/real", Slow: []string{"TestEqualsDecidesEveryChange"}},
	{Column: "properties", Slow: []string{
		"TestEveryClaimCatchesItsPlantedBugs", "TestErrorBoundsHoldOnDrawnCasesAndAreNearlyReached", "TestInvariantClaimsHold",
		"TestPowFallsByNoMoreThanItsBounds", "TestPowUpAndPowDownEncloseWithinTheirBounds", "TestGradualWeightFindingsAreTight",
		"TestScalingFindingsAreTight", "TestSwapClaimsHoldOnGeneratedSwaps", "TestASubjectOfOneVersionIsJudged",
	}, Never: []string{
		"TestEveryFailureOfSPECIsMet", "TestTheCodeIsTheSpecification", "TestOnlyThatItFailsIsAskedOfAForgivingProfile",
		"TestLiquidityClaimsHoldOnGeneratedCases", "TestTheSpecificationIsItself", "TestFixedPointClaimsHold", "TestLogExpClaimsHold",
		"TestEconomicClaimsHoldOnGeneratedMarkets", "TestEveryVectorCanFail", "TestVectors",
		"TestAccumulatedAnswersAreTheSpecifications", "TestAStrangersModuleCanUseIt", "TestDirectDependenciesAreThree",
		"TestImportsGoOneWay", "TestImportRulesCatchWhatTheyForbid",
		"TestTheBaselinesOwnSubjectIsNoticedByNobody", "TestPlantedBugsAreNoticedAsTheirClaimsWould",
	}},
}
