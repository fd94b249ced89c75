package load

import (
	"sunshine/site/bureau"
	"sunshine/site/problem"
	"sunshine/site/table"
)

// Targets reads targets.csv.
func Targets(file string, data []byte) ([]bureau.Target, problem.List) {
	t, problems := table.Read(file, data, table.Options{})
	if t == nil {
		return nil, problems
	}
	rows, more := table.Decode[bureau.Target](t)
	return rows, append(problems, more...)
}
