package load

import (
	"sunshine/site/bureau"
	"sunshine/site/problem"
	"sunshine/site/table"
)

// Revisions reads revisions.csv.
func Revisions(file string, data []byte) ([]bureau.Revision, problem.List) {
	t, problems := table.Read(file, data, table.Options{})
	if t == nil {
		return nil, problems
	}
	rows, more := table.Decode[bureau.Revision](t)
	return rows, append(problems, more...)
}
