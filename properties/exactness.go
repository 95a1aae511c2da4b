package properties

var bx []*Property

var bxPlants []Plant
