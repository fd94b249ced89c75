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
		taken[Harmless(f.Name)] = true
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
	starts, ends := make([]any, len(s.Periods)+1), make([]any, len(s.Periods)+1) // as bureau.Row.When has them
	for i, p := range s.Periods {
		if ends[i+1] = p.End.String(); !p.AsOf {
			starts[i+1] = p.Start.String()
		}
	}
	when := func(row int) int { return int(s.Rows[row].When) }
	for i, f := range s.Fields {
		column := s.Column(i)
		texts := make([]any, len(column.Each))
		for n := range column.Each {
			texts[n] = text(column.Each[n].Text)
		}
		which := func(row int) int { return int(column.Of[row]) }
		c := Column{
			Name: Harmless(f.Name), Title: cmp.Or(f.Title, f.Name), Description: describe(s, i, l), Type: "string", Role: f.Role,
		}.among(texts, which)
		switch f.Role {
		case bureau.RolePeriod:
			t.Columns = append(t.Columns, c)
			beside(Column{Name: c.Name + "_start", Description: l.Text(locale.ColumnFirstDay, c.Title), Type: "date"}.among(starts, when))
			beside(Column{Name: c.Name + "_end", Description: l.Text(locale.ColumnLastDay, c.Title), Type: "date"}.among(ends, when))
		case bureau.RoleMeasure:
			c.Unit, c.Risk, c.Count = f.Unit, f.SaidRisk(), f.IsCount()
			if f.UnitField >= 0 && f.Unit == "" {
				c.UnitField = Harmless(s.Fields[f.UnitField].Name)
			}
			for _, spec := range s.Descriptor.Schema.Fields {
				if strings.TrimSpace(spec.Name.V) == f.Name {
					for _, name := range spec.Of {
						c.Of = append(c.Of, Harmless(strings.TrimSpace(name.V)))
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
			byUnit := *s
			byUnit.Columns = slices.Clone(s.Columns)
			units := byUnit.Apart(i)
			column = byUnit.Column(i)
			n := len(column.Each)
			values, sent, markers, qualifiers := make([]any, n), make([]any, n), make([]any, n), make([]any, n)
			for n, row := range column.First() {
				if row < 0 {
					continue
				}
				v := column.Each[n]
				c.Count = c.Count && !(v.Number < 0)
				qualifiers[n] = text(v.Qualifier.String())
				if !v.Has() {
					missing[v.Status] = true
					values[n] = v.Status.String()
					continue
				}
				plain, read := digits(v, units[n])
				if strings.Contains(string(plain), ".") {
					c.Type = "number"
				}
				if values[n], markers[n] = plain, text(v.Status.String()); read {
					sent[n] = v.Text
				}
			}
			t.Columns = append(t.Columns, c.among(values, which))
			some := func(values []any) bool { return slices.ContainsFunc(values, func(v any) bool { return v != nil }) }
			if some(sent) {
				beside(Column{Name: c.Name + "_sent", Description: l.Text(locale.ColumnSent, c.Title), Type: "string"}.among(sent, which))
			}
			if some(markers) {
				beside(Column{Name: c.Name + "_status", Description: l.Text(locale.ColumnMarkers, c.Title), Type: "string"}.among(markers, which))
			}
			if some(qualifiers) {
				beside(Column{Name: c.Name + "_qualifier", Description: l.Text(locale.ColumnQualifier, c.Title), Type: "string"}.among(qualifiers, which))
			}
		default:
			t.Columns = append(t.Columns, c)
		}
	}
	if slices.ContainsFunc(s.Rows, func(r bureau.Row) bool { return r.Kind != bureau.DataRow }) {
		kinds := []any{bureau.DataRow.String(), bureau.TotalRow.String(), bureau.OfWhichRow.String()}
		c := Column{Name: "row_type", Description: l.Text(locale.ColumnRowType), Type: "string", Categories: RowTypes(l)}
		beside(c.among(kinds, func(row int) int { return int(s.Rows[row].Kind) }))
	}
	if s.Elsewhere != "" {
		c := Column{Name: "place", Description: l.Text(locale.ColumnPlace), Type: "string"}
		beside(c.among([]any{s.Elsewhere}, func(int) int { return 0 }))
	}
	t.Key = key(s)
	t.Missing = missingValues(missing, l)
	return t
}

// digits gives a number that counts in unit as plain digits, all those that were sent,
// and tells whether it was sent in a form of its own (329.6万).
func digits(c bureau.Cell, unit string) (plain json.Number, read bool) {
	if math.IsInf(c.Number, 0) {
		return "", false
	}
	sent, read := number.Digits(c.Text, unit)
	if sent == "" { // it was computed
		sent = strconv.FormatFloat(c.Number, 'f', -1, 64)
	}
	return json.Number(sent), read
}

// text is nil for an empty text, so that its cell is empty.
func text(t string) any {
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
		names[i] = Harmless(s.Fields[k].Name)
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
