package figures

import (
	"cmp"
	"slices"

	"sunshine/site/bureau"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// HomeFigure finds what a home figure names: a statistic, one of its fields, or
// a figure as Lookup reads it.
func HomeFigure(b *bureau.Bureau, reference string) (s *bureau.Statistic, row, field int, fault *problem.Fault) {
	name, rest := cutName(b, reference)
	if s, _ = Statistic(b, name); s != nil && s.Computed == nil {
		field = s.FieldOf(bureau.RoleMeasure)
		if fault = Reported(s); fault != nil {
			return nil, 0, 0, fault
		}
		if rest != "" {
			field = s.Field(rest)
		}
		if field >= 0 && s.Fields[field].IsMeasure() {
			row, fault = NewestRow(s, field)
			return s, row, field, fault
		}
	}
	return Find(b, reference)
}

// NewestRow is the row of the newest period with a value: the total, where there
// are several.
func NewestRow(s *bureau.Statistic, field int) (int, *problem.Fault) {
	none := problem.Refuse(problem.Say("统计“%s”没有可作首页指标的数值", `the statistic "%s" has no figure for the home page`, s.Name), problem.Say("换一个统计或字段", "choose another statistic or field"))
	if field < 0 {
		return 0, none
	}
	var rows []int
	for i := range s.Rows {
		if !s.Cell(i, field).Has() || s.Period(i).IsZero() {
			continue
		}
		if len(rows) > 0 {
			newest := s.Period(rows[0])
			switch c := cmp.Or(cmp.Compare(s.Period(i).End, newest.End), cmp.Compare(s.Period(i).Start, newest.Start)); {
			case c < 0:
				continue
			case c > 0:
				rows = rows[:0]
			}
		}
		rows = append(rows, i)
	}
	if len(rows) > 1 {
		var totals []int
		for _, i := range rows {
			if s.Rows[i].Kind == bureau.TotalRow {
				totals = append(totals, i)
			}
		}
		if len(totals) != 1 {
			choices := references(s, s.Fields[field].Name, rows)
			return 0, problem.Refuse(problem.Say("统计“%s”的最新一期有%d行，没有写明是哪一行", `the newest period of the statistic "%s" has %d rows, and it is not said which one`, s.Name, len(rows)),
				problem.Text{ZH: "请写明是哪一行，如：" + problem.Names(choices, "；"), EN: "say which, such as: " + problem.Names(choices, "; ")})
		}
		rows = totals
	}
	if len(rows) == 0 {
		return 0, none
	}
	return rows[0], nil
}

// History gives the observations of the rows that have the same categories as a row,
// in order of time, and the place of that row among them.
func History(s *bureau.Statistic, row, field int) (all []Observation, at int) {
	var rows []int
	keys := s.Keys()
	for i := range s.Rows {
		same := !slices.ContainsFunc(keys, func(k int) bool {
			return s.Fields[k].Role != bureau.RolePeriod && s.Cell(i, k).Text != s.Cell(row, k).Text
		})
		if same {
			rows = append(rows, i)
		}
	}
	slices.SortStableFunc(rows, func(a, b int) int { return period.Compare(s.Period(a), s.Period(b)) })
	for n, i := range rows {
		if i == row {
			at = n
		}
		all = append(all, ObservationAt(s, i, field))
	}
	return all, at
}
