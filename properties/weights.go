package properties

var wt []*Property

var wtPlants []Plant
