package figures

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"sunshine/site/bureau"
)

// Alike gives the rows that differ in one key alone, group by group, in the order of
// the table.
func Alike(s *bureau.Statistic, key int) (groups [][]int) {
	keys := slices.DeleteFunc(s.Keys(), func(k int) bool { return k == key })
	of := map[string]int{}
	var name strings.Builder
	for r := range s.Rows {
		name.Reset()
		for _, k := range keys {
			name.WriteString(strconv.Quote(s.Row(r)[k].Text))
		}
		i, known := of[name.String()]
		if !known {
			i = len(groups)
			of[name.String()] = i
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], r)
	}
	return groups
}

// Series gives the rows that differ in their period alone, group by group, in the
// order of their periods; those without a period are left out.
func Series(s *bureau.Statistic) (series [][]int) {
	period := s.FieldOf(bureau.RolePeriod)
	if period < 0 {
		return nil
	}
	for _, rows := range Alike(s, period) {
		rows = slices.DeleteFunc(rows, func(r int) bool { return s.Rows[r].Period.IsZero() })
		slices.SortStableFunc(rows, func(a, b int) int {
			return cmp.Or(cmp.Compare(s.Rows[a].Period.End, s.Rows[b].Period.End), cmp.Compare(s.Rows[a].Period.Start, s.Rows[b].Period.Start))
		})
		if len(rows) > 0 {
			series = append(series, rows)
		}
	}
	return series
}
