package figures

import (
	"cmp"
	"slices"

	"sunshine/site/bureau"
)

// Alike gives the rows that differ in one key alone, group by group, in the order of
// the table.
func Alike(s *bureau.Statistic, key int) [][]int {
	return s.Groups(slices.DeleteFunc(s.Keys(), func(k int) bool { return k == key }))
}

// Series gives the rows that differ in their period alone, group by group, in the
// order of their periods; those without a period are left out.
func Series(s *bureau.Statistic) (series [][]int) {
	period := s.FieldOf(bureau.RolePeriod)
	if period < 0 {
		return nil
	}
	for _, rows := range Alike(s, period) {
		rows = slices.DeleteFunc(rows, func(r int) bool { return s.Period(r).IsZero() })
		byPeriod := func(a, b int) int {
			return cmp.Or(cmp.Compare(s.Period(a).End, s.Period(b).End), cmp.Compare(s.Period(a).Start, s.Period(b).Start))
		}
		if !slices.IsSortedFunc(rows, byPeriod) {
			slices.SortStableFunc(rows, byPeriod)
		}
		if len(rows) > 0 {
			series = append(series, rows)
		}
	}
	return series
}
