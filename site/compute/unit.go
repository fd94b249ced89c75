package compute

import (
	"math"

	"sunshine/site/bureau"
	"sunshine/site/number"
)

// Part is a unit's own rows of a statistic.
type Part struct {
	Statistic *bureau.Statistic // with the unit's rows alone
	Rows      []int             // where each stands in the whole statistic
}

// ByUnit takes a statistic apart by its unit field: the rows of each unit, by its
// place in units. A row may name its unit by name, id or former name. Totals over
// units belong to none. A statistic without a unit field has no parts.
func ByUnit(s *bureau.Statistic, units []bureau.Unit) map[int]Part {
	field := s.FieldOf(bureau.RoleUnit)
	if field < 0 || len(units) == 0 {
		return nil
	}
	rows := unitRows(s, field, bureau.UnitIndex(units))
	parts := make(map[int]Part, len(rows))
	for unit, own := range rows {
		part := *s
		part.Rows, part.Cells, part.Notes = make([]bureau.Row, 0, len(own)), make([]bureau.Cell, 0, len(own)*len(s.Fields)), nil
		for _, i := range own {
			part.Rows = append(part.Rows, s.Rows[i])
			part.Cells = append(part.Cells, s.Row(i)...)
			part.Cells[len(part.Cells)-len(s.Fields)+field].Text = units[unit].Name.V // a former name is no other unit
		}
		parts[unit] = Part{&part, own}
	}
	return parts
}

// unitRows gives the rows of each unit; index has its names.
func unitRows(s *bureau.Statistic, field int, index map[string]int) map[int][]int {
	rows := map[int][]int{}
	for i := range s.Rows {
		if unit, known := index[s.Row(i)[field].Text]; known {
			rows[unit] = append(rows[unit], i)
		}
	}
	return rows
}

// Trend gives the one chart of a unit's own past, or reports false where there is
// none: fewer than two periods, or figures that no chart can hold. The unit stands
// beside no other, so that nothing is ranked.
func (p Part) Trend(lang string) (Plot, bool) {
	for _, plot := range inferred(p.Statistic, lang) {
		if plot.Time && len(plot.Ticks) > 1 {
			return plot, true
		}
	}
	return Plot{}, false
}

// Rate says the unit's latest full count per 10,000 of its population. It is empty
// where the rows hold categories, or no count.
func (p Part) Rate(population float64, lang string) string {
	s := p.Statistic
	if population <= 0 {
		return ""
	}
	for _, k := range s.Keys() {
		if s.Fields[k].Role == bureau.RoleCategory {
			return ""
		}
	}
	last := -1
	for _, i := range drawn(s) {
		if !s.Rows[i].Partial && (last < 0 || s.Rows[i].Period.End > s.Rows[last].Period.End) {
			last = i
		}
	}
	for f, field := range s.Fields {
		if last < 0 || !isMeasure(field) || !field.IsCount() || field.Derived || !s.Row(last)[f].Has() {
			continue
		}
		rate := Format(math.Round(1e5*s.Row(last)[f].Number/population)/10, s.Unit(last, f), lang)
		label := s.Rows[last].Period.Label(lang)
		return pick(lang == "zh", label+"，每万人口"+titleOf(field)+rate+"。", capital(label)+": "+titleOf(field)+" "+rate+" per 10,000 population.")
	}
	return ""
}

// People reads the population or the households of a unit, 0 where there is none.
func People(v bureau.String) float64 {
	if n, err := number.Parse(v.V, ""); v.V != "" && err == nil && n.Value > 0 {
		return n.Value
	}
	return 0
}
