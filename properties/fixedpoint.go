package properties

var fp []*Property

var fpPlants []Plant
