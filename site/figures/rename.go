package figures

import (
	"slices"

	"sunshine/site/bureau"
)

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
	c := s.Column(field)
	first := c.First()
	var order []int
	for i := range c.Each {
		if first[i] >= 0 {
			order = append(order, i)
		}
	}
	slices.SortFunc(order, func(a, b int) int { return first[a] - first[b] })
	for _, i := range order {
		of(first[i], c.Each[i].Text)
	}
	s.Reword(field, func(text string) string { return names[text] })
	if f := &s.Fields[field]; f.Whole != "" {
		f.Whole = of(0, f.Whole)
	}
	for i := range s.Views {
		if v := &s.Views[i]; v.Field == field {
			v.Name = of(v.Rows[0], v.Name)
		}
	}
}
