package say

import (
	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/locale"
	"sunshine/site/period"
)

// Rate says the unit's latest full count per 10,000 of its population. It is empty
// where the rows hold categories, or no count, and where only a part of the unit is
// counted: the rest of the population would make the rate too low.
func Rate(s *bureau.Statistic, population float64, l *locale.Language) string {
	if population <= 0 || s.Descriptor.Coverage.Part.V {
		return ""
	}
	for _, k := range s.Keys() {
		if s.Fields[k].Role == bureau.RoleCategory {
			return ""
		}
	}
	last := -1
	for _, i := range figures.DataRows(s) {
		if s.Rows[i].Span == period.Whole && (last < 0 || s.Period(i).End > s.Period(last).End) {
			last = i
		}
	}
	for f, field := range s.Fields {
		if last < 0 || !field.IsMeasure() || !field.IsCount() || field.Derived || !s.Cell(last, f).Has() {
			continue
		}
		rate := locale.Format(figures.Ratio(1e4, s.Cell(last, f).Number, population, 1), s.Unit(last, f), l)
		return l.Text(locale.Rate, l.Label(s.Period(last)), field.Label(), rate)
	}
	return ""
}
