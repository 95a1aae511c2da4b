package properties

var le []*Property

var lePlants []Plant

var leFindings []*Finding
