package properties

import (
	"path"
	"reflect"
	"runtime"
)

// Place returns the source file of the claim's check, named from the top of the module, and the line where the
// check begins. Claims that share a check, such as those of one operation each, share its place.
func (p *Property) Place() (file string, line int) {
	f := runtime.FuncForPC(reflect.ValueOf(p.check).Pointer())
	file, line = f.FileLine(f.Entry())
	return "properties/" + path.Base(file), line
}
