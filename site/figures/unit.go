package figures

import (
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
		part := Only(s, own)
		part.Reword(field, func(string) string { return units[unit].Name.V }) // a former name is no other unit
		parts[unit] = Part{part, own}
	}
	return parts
}

// Only gives a statistic with some of its rows alone.
func Only(s *bureau.Statistic, rows []int) *bureau.Statistic {
	part := *s
	part.Original = nil
	part.Rows, part.Columns, part.Periods, part.Notes = make([]bureau.Row, 0, len(rows)), nil, nil, nil
	for n, i := range rows {
		part.Append(s.Rows[i], s.Period(i), s.Row(i)...)
		for f := range part.Columns {
			line, column := s.Columns[f].At(i, s.Rows[i].Line)
			part.Columns[f].Put(n, s.Rows[i].Line, line, column)
		}
	}
	part.Gaps, part.Identities, part.Views, part.Unviewed = gaps(&part), nil, nil, nil
	return &part
}

// unitRows gives the rows of each unit; index has its names.
func unitRows(s *bureau.Statistic, field int, index map[string]int) map[int][]int {
	rows := map[int][]int{}
	for i := range s.Rows {
		if unit, known := index[s.Cell(i, field).Text]; known {
			rows[unit] = append(rows[unit], i)
		}
	}
	return rows
}

// People reads the population or the households of a unit, 0 where there is none.
func People(v bureau.String) float64 {
	if n, err := number.Parse(v.V, ""); v.V != "" && err == nil && n.Value > 0 {
		return n.Value
	}
	return 0
}
