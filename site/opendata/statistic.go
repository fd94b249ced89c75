package opendata

import (
	"cmp"
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/locale"
	"sunshine/site/number"
	"sunshine/site/period"
	"sunshine/site/text"
)

// Statistic gives the table of a statistic. The words that we add are in the language.
func Statistic(s *bureau.Statistic, l *locale.Language) Table {
	t := Table{
		Name: s.Name, Title: s.Title(), Path: bureau.StatisticFile(s.Name, s.Name), Page: s.Page(),
		Descriptor: s.Descriptor, Coverage: s.Descriptor.Coverage, Rows: len(s.Rows), Workbook: true,
	}
	t.First, t.Last = s.Covered()
	taken := map[string]bool{}
	for _, f := range s.Fields {
		taken[text.Harmless(f.Name)] = true
	}
	// A column of ours keeps out of the way of one that staff gave the same name.
	beside := func(c Column) {
		for taken[c.Name] {
			c.Name += "_"
		}
		taken[c.Name] = true
		t.Columns = append(t.Columns, c)
	}
	missing := map[bureau.Status]bool{}
	days := map[period.Date]any{} // as they are written, each once
	for _, p := range s.Periods {
		for _, d := range [...]period.Date{p.Start, p.End} {
			if _, known := days[d]; !known {
				days[d] = d.String()
			}
		}
	}
	dated := func() Alike {
		first := make([]int, len(s.Periods)+1) // as bureau.Row.When has them
		for i := range first {
			first[i] = -1
		}
		for row, r := range s.Rows {
			if first[r.When] < 0 {
				first[r.When] = row
			}
		}
		return Alike{first, func(row int) int { return int(s.Rows[row].When) }}
	}
	for i, f := range s.Fields {
		cell := func(row int) bureau.Cell { return s.Cell(row, i) }
		alike := func() Alike {
			byUnit := *s
			byUnit.Columns = slices.Clone(s.Columns)
			byUnit.Apart(i) // a figure may be written otherwise in another unit
			column := byUnit.Column(i)
			return Alike{column.First(), func(row int) int { return int(column.Of[row]) }}
		}
		c := Column{
			Name: text.Harmless(f.Name), Title: cmp.Or(f.Title, f.Name), Description: describe(s, i, l), Type: "string", Role: f.Role,
			Value: func(row int) any { return orNil(cell(row).Text) }, Alike: alike,
		}
		switch f.Role {
		case bureau.RolePeriod:
			t.Columns = append(t.Columns, c)
			beside(Column{
				Name: c.Name + "_start", Description: l.Text(locale.ColumnFirstDay, c.Title), Type: "date", Alike: dated,
				Value: func(row int) any {
					if p := s.Period(row); !p.IsZero() && !p.AsOf {
						return days[p.Start]
					}
					return nil
				},
			})
			beside(Column{
				Name: c.Name + "_end", Description: l.Text(locale.ColumnLastDay, c.Title), Type: "date", Alike: dated,
				Value: func(row int) any {
					if p := s.Period(row); !p.IsZero() {
						return days[p.End]
					}
					return nil
				},
			})
		case bureau.RoleMeasure:
			c.Unit, c.Risk, c.Count = f.Unit, f.SaidRisk(), f.IsCount()
			if f.UnitField >= 0 && f.Unit == "" {
				c.UnitField = text.Harmless(s.Fields[f.UnitField].Name)
			}
			for _, spec := range s.Descriptor.Schema.Fields {
				if strings.TrimSpace(spec.Name.V) == f.Name {
					for _, name := range spec.Of {
						c.Of = append(c.Of, text.Harmless(strings.TrimSpace(name.V)))
					}
				}
			}
			if f.Derived {
				_, c.Formula = s.Definition(i)
				c.Scale, c.Decimals = figures.Precision(f)
			}
			c.Type = "integer"
			if f.Type != "integer" {
				c.Type = "number"
			}
			var marked, qualified, sent bool
			for _, row := range alike().First {
				if row < 0 {
					continue
				}
				v := cell(row)
				if v.Has() {
					plain, read := digits(s, row, i)
					if strings.Contains(string(plain), ".") {
						c.Type = "number"
					}
					sent = sent || read
				} else {
					missing[v.Status] = true
				}
				c.Count = c.Count && !(v.Number < 0)
				marked = marked || v.Has() && v.Status != 0
				qualified = qualified || v.Qualifier != bureau.Exact
			}
			c.Value = func(row int) any {
				if v := cell(row); v.Has() {
					plain, _ := digits(s, row, i)
					return plain
				}
				return cell(row).Status.String()
			}
			t.Columns = append(t.Columns, c)
			if sent {
				beside(Column{
					Name: c.Name + "_sent", Description: l.Text(locale.ColumnSent, c.Title), Type: "string", Alike: alike,
					Value: func(row int) any {
						if _, read := digits(s, row, i); cell(row).Has() && read {
							return cell(row).Text
						}
						return nil
					},
				})
			}
			if marked {
				beside(Column{
					Name: c.Name + "_status", Description: l.Text(locale.ColumnMarkers, c.Title), Type: "string", Alike: alike,
					Value: func(row int) any {
						if v := cell(row); v.Has() {
							return orNil(v.Status.String())
						}
						return nil
					},
				})
			}
			if qualified {
				beside(Column{
					Name: c.Name + "_qualifier", Description: l.Text(locale.ColumnQualifier, c.Title), Type: "string", Alike: alike,
					Value: func(row int) any { return orNil(cell(row).Qualifier.String()) },
				})
			}
		default:
			t.Columns = append(t.Columns, c)
		}
	}
	if slices.ContainsFunc(s.Rows, func(r bureau.Row) bool { return r.Kind != bureau.DataRow }) {
		beside(Column{
			Name: "row_type", Description: l.Text(locale.ColumnRowType), Type: "string", Categories: RowTypes(l),
			Value: func(row int) any { return s.Rows[row].Kind.String() },
		})
	}
	if s.Elsewhere != "" {
		beside(Column{Name: "place", Description: l.Text(locale.ColumnPlace), Type: "string", Value: func(int) any { return s.Elsewhere }})
	}
	t.Key = key(s)
	t.Missing = missingValues(missing, l)
	return t
}

// digits gives a number as plain digits, all those that were sent, and tells
// whether it was sent in a form of its own (329.6万).
func digits(s *bureau.Statistic, row, field int) (plain json.Number, read bool) {
	c := s.Cell(row, field)
	if math.IsInf(c.Number, 0) {
		return "", false
	}
	sent, read := number.Digits(c.Text, s.Unit(row, field))
	if sent == "" { // it was computed
		sent = strconv.FormatFloat(c.Number, 'f', -1, 64)
	}
	return json.Number(sent), read
}

// orNil is nil for an empty text, so that its cell is empty.
func orNil(t string) any {
	if t == "" {
		return nil
	}
	return t
}

// describe is what the descriptor says of a field, or how a derived one is computed.
func describe(s *bureau.Statistic, field int, l *locale.Language) string {
	description, formula := s.Definition(field)
	if formula != "" {
		return l.Text(locale.ColumnComputed, formula)
	}
	return description
}

// key gives the columns that name a row, those of the descriptor where it names
// any, as long as they are another text in each row.
func key(s *bureau.Statistic) []string {
	keys := s.Keys()
	if given := s.Descriptor.Schema.PrimaryKey; len(given) > 0 {
		keys = keys[:0]
		for _, name := range given {
			if i := s.Field(strings.TrimSpace(name.V)); i >= 0 {
				keys = append(keys, i)
			}
		}
	}
	if len(keys) == 0 {
		return nil
	}
	for _, k := range keys {
		c := s.Column(k)
		for i, row := range c.First() {
			if row >= 0 && c.Each[i].Text == "" {
				return nil // a part of a key may not be missing
			}
		}
	}
	if _, count := s.Number(keys); count < len(s.Rows) {
		return nil
	}
	names := make([]string, len(keys))
	for i, k := range keys {
		names[i] = text.Harmless(s.Fields[k].Name)
	}
	return names
}

// missingValues are the markers that may stand instead of a value, and those
// that do stand together.
func missingValues(seen map[bureau.Status]bool, l *locale.Language) []Missing {
	all := []Missing{{"", l.Text(locale.Blank)}}
	for _, m := range bureau.Markers {
		if m.Status&bureau.Instead != 0 {
			all = append(all, Missing{m.Status.String(), locale.Meaning(m.Status, l)})
			delete(seen, m.Status)
		}
	}
	delete(seen, 0)
	together := make([]bureau.Status, 0, len(seen))
	for status := range seen {
		together = append(together, status)
	}
	slices.Sort(together)
	for _, status := range together {
		all = append(all, Missing{status.String(), locale.Meaning(status, l)})
	}
	return all
}

// Markers are all markers with their meaning.
func Markers(l *locale.Language) []Missing {
	all := make([]Missing, len(bureau.Markers))
	for i, m := range bureau.Markers {
		all[i] = Missing{m.Status.String(), locale.Meaning(m.Status, l)}
	}
	return all
}

// RowTypes are the words of the column row_type with their meaning.
func RowTypes(l *locale.Language) []Missing {
	return []Missing{
		{bureau.DataRow.String(), l.Text(locale.RowData)},
		{bureau.TotalRow.String(), l.Text(locale.RowTotal)},
		{bureau.OfWhichRow.String(), l.Text(locale.RowOfWhich)},
	}
}
