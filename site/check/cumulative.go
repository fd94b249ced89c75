package check

import (
	"cmp"
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// Cumulative holds that what is counted from the start of the year (累计, in the
// name of a column or the text of a period) does not fall within the year. Each
// category is held against itself, and a break in series begins anew.
func Cumulative(s *bureau.Statistic) problem.List {
	said := map[string]bool{} // by the text of a period
	cumulative := func(p period.Period) bool {
		is, known := said[p.Text]
		if !known {
			is = figures.Cumulative(p.Text)
			said[p.Text] = is
		}
		return is
	}
	var fields []int // those with the name
	byPeriod := slices.ContainsFunc(s.Periods, cumulative)
	for i, f := range s.Fields {
		if f.Additive && (byPeriod || f.Cumulative) {
			fields = append(fields, i)
		}
	}
	if len(fields) == 0 || s.FieldOf(bureau.RolePeriod) < 0 {
		return nil
	}
	keys := s.Keys()
	rows := make([]int, 0, len(s.Rows))
	series := make([]string, len(s.Rows))
	for i := range s.Rows {
		if !s.Period(i).IsZero() {
			rows = append(rows, i)
			series[i] = names(s, keys, i)
		}
	}
	slices.SortStableFunc(rows, func(a, b int) int {
		return cmp.Or(strings.Compare(series[a], series[b]), period.Compare(s.Period(a), s.Period(b)))
	})
	var problems problem.List
	for _, f := range fields {
		last := -1
		for _, i := range rows {
			c, p := s.Cell(i, f), s.Period(i)
			if !c.Has() || !s.Fields[f].Cumulative && !cumulative(p) {
				continue
			}
			before := last
			last = i
			if before < 0 || series[before] != series[i] || c.Status&bureau.Break != 0 {
				continue
			}
			old, q := s.Cell(before, f), s.Period(before)
			sameYear := p.Start.Time().Year() == q.Start.Time().Year()
			if !s.Fields[f].Cumulative {
				sameYear = p.Start == q.Start
			}
			if !sameYear || old.Number <= c.Number+rounding(c)+rounding(old) {
				continue
			}
			problems.Error(s.Position(i, f), problem.FiguresCumulative,
				problem.Say("累计数从%[1]s的%[2]s降到%[3]s，累计数在一年内不会减少", "the cumulative figure falls from %[2]s (%[1]s) to %[3]s, which it cannot within a year", problem.Quote(q.Text), digits(old.Number), digits(c.Number)),
				problem.Say("核对这两期；口径变了的，在数值后面写 [b]；不是累计数的，名称不要写“累计”", "check the two periods; mark a changed definition with [b]; do not use 累计 in the name of a figure that is not cumulative"))
		}
	}
	return problems
}
