package load

import (
	"sunshine/site/bureau"
	"sunshine/site/problem"
	"sunshine/site/table"
)

// Units reads units.csv. Its order is the order of every list of units.
func Units(file string, data []byte) ([]bureau.Unit, problem.List) {
	t, problems := table.Read(file, data, table.Options{})
	if t == nil {
		return nil, problems
	}
	rows, more := table.Decode[bureau.Unit](t)
	return rows, append(problems, more...)
}
