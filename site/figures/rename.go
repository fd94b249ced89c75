package figures

import "sunshine/site/bureau"

// Rename gives the values of a field that is no measure other names, one for each: in its
// cells, in what decides of them, and on its views. row is where a value first stands.
func Rename(s *bureau.Statistic, field int, name func(row int, value string) string) {
	names := map[string]string{}
	of := func(row int, value string) string {
		named, known := names[value]
		if !known {
			named = name(row, value)
			names[value] = named
		}
		return named
	}
	for i := range s.Rows {
		cell := &s.Row(i)[field]
		cell.Text = of(i, cell.Text)
	}
	if f := &s.Fields[field]; f.Whole != "" {
		f.Whole = of(0, f.Whole)
	}
	for i := range s.Views {
		if v := &s.Views[i]; v.Field == field {
			v.Name = of(v.Rows[0], v.Name)
		}
	}
}
