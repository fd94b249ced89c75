package check

import (
	"math"
	"strconv"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/problem"
)

// Figures holds the figures of a statistic against each other. Derived fields
// are there already, and are passed over: they hold by how they are made.
func Figures(s *bureau.Statistic) problem.List {
	if len(s.Rows) == 0 || len(s.Fields) == 0 {
		return nil
	}
	var problems problem.List
	problems = append(problems, TotalRows(s)...)
	problems = append(problems, TotalColumns(s)...)
	problems = append(problems, Balance(s)...)
	problems = append(problems, Cumulative(s)...)
	problems = append(problems, GivenChanges(s)...)
	problems = append(problems, Repeats(s)...)
	return problems
}

// additive tells whether the values of a field may be added up: counts, and no
// rates or averages.
func additive(f bureau.Field) bool {
	if f.Role != bureau.RoleMeasure || f.Derived || !f.IsCount() || f.Unit == "%" || f.Unit == "‰" {
		return false
	}
	for _, word := range [...]string{"率", "平均", "人均", "户均", "月均", "年均", "日均", "比例", "占比", "比重", "排名", "位次"} {
		if strings.Contains(f.Name, word) {
			return false
		}
	}
	return true
}

// cumulative tells by its name whether a field counts from the start of the year.
func cumulative(name string) bool { return strings.Contains(name, "累计") }

// digits writes a number as a clerk would find it in the table.
func digits(number float64) string { return strconv.FormatFloat(number, 'f', -1, 64) }

// lastDigit is the size of the last digit that staff wrote: 0.01 for 1.25, 1000
// for 1.5万 with its one decimal.
func lastDigit(c bureau.Cell) float64 {
	decimals, after := 0, false
	scale := 1.0
	for _, r := range c.Text {
		switch {
		case r == '.' || r == '．':
			after = true
		case r == '万':
			scale *= 1e4
		case r == '亿':
			scale *= 1e8
		case after && (r >= '0' && r <= '9' || r >= '０' && r <= '９'):
			decimals++
		}
	}
	return scale * math.Pow10(-decimals)
}

// rounding is by how much a figure may have been rounded: half of its last digit,
// but nothing where that counts single things.
func rounding(c bureau.Cell) float64 {
	if digit := lastDigit(c); digit != 1 {
		return digit / 2
	}
	return 0
}

// names joins the keys that name a row, without its period.
func names(s *bureau.Statistic, keys []int, row int) string {
	var b strings.Builder
	for _, k := range keys {
		if s.Fields[k].Role != bureau.RolePeriod {
			b.WriteString(s.Row(row)[k].Text)
			b.WriteByte(0)
		}
	}
	return b.String()
}
