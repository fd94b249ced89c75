package check

import (
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/problem"
)

// Figures holds the figures of a statistic against each other. Derived fields
// are there already, and are passed over: they hold by how they are made.
func Figures(s *bureau.Statistic) problem.List {
	if len(s.Rows) == 0 || len(s.Fields) == 0 {
		return nil
	}
	var problems problem.List
	problems = append(problems, Periods(s)...)
	problems = append(problems, Identities(s)...)
	problems = append(problems, Cumulative(s)...)
	problems = append(problems, GivenChanges(s)...)
	problems = append(problems, Repeats(s)...)
	return problems
}

// digits writes a number as a clerk would find it in the table.
func digits(number float64) string { return figures.Digits(number) }

// rounding is by how much a figure may have been rounded.
func rounding(c bureau.Cell) float64 { return figures.Rounding(c) }

// names joins the keys that name a row, without its period.
func names(s *bureau.Statistic, keys []int, row int) string {
	var b strings.Builder
	for _, k := range keys {
		if s.Fields[k].Role != bureau.RolePeriod {
			b.WriteString(s.Cell(row, k).Text)
			b.WriteByte(0)
		}
	}
	return b.String()
}
