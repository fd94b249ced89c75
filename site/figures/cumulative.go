package figures

import (
	"regexp"
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

// accumulate finds the columns that add up another from the start of the year, 累计
// beside 本月, or from the beginning on, whatever they are called: in every period the
// one is what it was in the period before and the other's figure. Where its name says
// so, one place is enough.
func accumulate(s *bureau.Statistic) {
	if len(s.FieldNames(bureau.Field.IsPersonal)) < 2 {
		return
	}
	steps := Steps(s)
	if len(steps) == 0 {
		return
	}
	var yearly []Step
	for _, step := range steps {
		start, end := s.Period(step.Row).Start.Time(), s.Period(step.Row).End.Time()
		if start.YearDay() == 1 {
			if step.Before = -1; end.YearDay() >= wholeYear {
				continue
			}
		}
		yearly = append(yearly, step)
	}
	for i := range s.Fields {
		for j := range s.Fields {
			sum, part := &s.Fields[i], s.Fields[j]
			if i == j || !sum.IsPersonal() || !part.IsPersonal() || sum.Accumulates != "" || part.Accumulates != "" || part.Cumulative || sum.Derived || part.Derived {
				continue
			}
			enough := func(n int) bool { return n >= leastRuns || n > 0 && sum.Cumulative }
			if enough(accumulated(s, yearly, i, j)) {
				sum.Cumulative, sum.Accumulates = true, part.Name
			} else if enough(accumulated(s, steps, i, j)) {
				sum.Cumulative, sum.Accumulates = false, part.Name
			}
		}
	}
}

// wholeYear is the day of the year from which on a period that began with it is the
// year.
const wholeYear = 360

// Step is a row and that of the period right before it, -1 where there is none.
type Step struct{ Row, Before int }

// Steps gives each row of a period with the one before it.
func Steps(s *bureau.Statistic) (steps []Step) {
	for _, rows := range Series(s) {
		before := -1
		for _, r := range rows {
			p := s.Period(r)
			if p.AsOf {
				continue
			}
			if before >= 0 && s.Period(before).End+1 != p.Start {
				before = -1
			}
			steps = append(steps, Step{r, before})
			before = r
		}
	}
	return steps
}

// accumulated counts the places in which one column is another added up, and is 0
// where any place says that it is not, or none that it is but for a year's first.
func accumulated(s *bureau.Statistic, steps []Step, sum, part int) int {
	places, grown := 0, 0
	for _, step := range steps {
		a, b := s.Cell(step.Row, sum), s.Cell(step.Row, part)
		if !a.Has() || !b.Has() || a.Qualifier != bureau.Exact || b.Qualifier != bureau.Exact {
			continue
		}
		before := 0.0
		if yearBegins := s.Period(step.Row).Start.Time().YearDay() == 1 && s.Period(step.Row).End.Time().YearDay() < wholeYear; step.Before < 0 && !yearBegins {
			continue // nobody knows what it was before
		}
		if step.Before >= 0 {
			c := s.Cell(step.Before, sum)
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
