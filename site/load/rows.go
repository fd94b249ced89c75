package load

import (
	"sunshine/site/problem"
	"sunshine/site/table"
)

// Rows reads a list of rows of a kind: units.csv, whose order is that of every list
// of units, targets.csv, revisions.csv.
func Rows[T any](file string, data []byte) ([]T, problem.List) {
	t, problems := table.Read(file, data, table.Options{})
	rows, more := table.Decode[T](t)
	return rows, append(problems, more...)
}
