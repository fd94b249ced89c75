package figures

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"sunshine/site/bureau"
)

// cumulative are the words of what counts from the start of the year, as they stand
// in the name of a column.
var cumulative = regexp.MustCompile(`(?:本年|全年|当年|今年|年初至今|1\s*[-—–~至到]\s*(?:[Nn]|本)\s*月)?累计|年初至今|本年至今|1\s*[-—–~至到]\s*(?:[Nn]|本)\s*月|(?i:\bytd\b|year.to.date|cumulative)`)

// Cumulative tells by its name whether something counts from the start of the year.
func Cumulative(name string) bool { return cumulative.MatchString(name) }

// Accumulated is the name of a column without the words that say that it counts
// from the start of the year: 死亡 of 累计死亡. It is empty where nothing is left.
func Accumulated(name string) string {
	return strings.Trim(cumulative.ReplaceAllString(name, ""), " _-（）()")
}

// leastRuns is in how many places a count of persons has to be what another has
// more than in the period before, until that is taken to add it up.
const leastRuns = 3

// accumulate finds the columns that add up another from the start of the year,
// 累计 beside 本月, whatever they are called: in every period the one is what it was
// in the period before and the other's figure. Where its name says so, one place
// is enough.
func accumulate(s *bureau.Statistic) {
	rows := runsOfYear(s)
	if len(rows) == 0 {
		return
	}
	for i := range s.Fields {
		for j := range s.Fields {
			sum, part := &s.Fields[i], s.Fields[j]
			if i == j || !sum.IsPersonal() || !part.IsPersonal() || sum.Accumulates != "" || part.Accumulates != "" || part.Cumulative || sum.Derived || part.Derived {
				continue
			}
			if n := accumulated(s, rows, i, j); n >= leastRuns || n > 0 && sum.Cumulative {
				sum.Cumulative, sum.Accumulates = true, part.Name
			}
		}
	}
}

// run is a row, and the row of the period right before it in the same year, -1
// where it is the first of a year.
type run struct{ row, before int }

// runsOfYear gives the rows that follow each other within a year.
func runsOfYear(s *bureau.Statistic) (rows []run) {
	keys := slices.DeleteFunc(s.Keys(), func(k int) bool { return s.Fields[k].Role == bureau.RolePeriod })
	series := map[string][]int{}
	var names []string
	for r, row := range s.Rows {
		if row.Period.IsZero() || row.Period.AsOf {
			continue
		}
		name := ""
		for _, k := range keys {
			name += s.Row(r)[k].Text + "\x00"
		}
		if series[name] == nil {
			names = append(names, name)
		}
		series[name] = append(series[name], r)
	}
	for _, name := range names {
		list := series[name]
		slices.SortStableFunc(list, func(a, b int) int { return cmp.Compare(s.Rows[a].Period.End, s.Rows[b].Period.End) })
		for n, r := range list {
			start := s.Rows[r].Period.Start
			switch year := start.Time(); {
			case year.YearDay() == 1 && s.Rows[r].Period.End.Time().YearDay() < 360:
				rows = append(rows, run{r, -1})
			case n > 0 && s.Rows[list[n-1]].Period.End+1 == start:
				rows = append(rows, run{r, list[n-1]})
			}
		}
	}
	return rows
}

// accumulated counts the places in which one column is another added up, and is 0
// where any place says that it is not, or none that it is but for a year's first.
func accumulated(s *bureau.Statistic, rows []run, sum, part int) int {
	places, grown := 0, 0
	for _, r := range rows {
		a, b := s.Row(r.row)[sum], s.Row(r.row)[part]
		if !a.Has() || !b.Has() || a.Qualifier != bureau.Exact || b.Qualifier != bureau.Exact {
			continue
		}
		before := 0.0
		if r.before >= 0 {
			c := s.Row(r.before)[sum]
			if !c.Has() || c.Qualifier != bureau.Exact {
				continue
			}
			before = c.Number
		}
		if d := a.Number - before - b.Number; d > 1e-6 || d < -1e-6 {
			return 0
		}
		if b.Number > 0 {
			places++
			if before > 0 {
				grown++
			}
		}
	}
	if grown == 0 {
		return 0
	}
	return places
}
