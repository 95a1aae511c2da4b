package properties

var in []*Property

var inPlants []Plant

var inFindings []*Finding
