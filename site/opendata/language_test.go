package opendata

import (
	"sunshine/site/locale"
	"sunshine/site/problem"
)

var chinese, english = locale.Builtin(problem.Chinese), locale.Builtin(problem.English)
