package opendata

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/problem"
)

// Statistic gives the table of a statistic. The words that we add are in language.
func Statistic(s *bureau.Statistic, language string) Table {
	t := Table{
		Name: s.Name, Title: s.Title(), Path: bureau.StatisticFile(s.Name, s.Name), Page: s.Page(),
		Descriptor: s.Descriptor, Rows: len(s.Rows),
	}
	t.First, t.Last = s.Covered()
	say := func(zh, en string, args ...any) string {
		return problem.Say(zh, en, args...).In(problem.Language(language))
	}
	taken := map[string]bool{}
	for _, f := range s.Fields {
		taken[harmless(f.Name)] = true
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
	for i, f := range s.Fields {
		cell := func(row int) *bureau.Cell { return &s.Cells[row*len(s.Fields)+i] }
		c := Column{
			Name: harmless(f.Name), Title: cmp.Or(f.Title, f.Name), Description: describe(s, f, say), Type: "string", Role: f.Role,
			Value: func(row int) any { return text(cell(row).Text) },
		}
		switch f.Role {
		case bureau.RolePeriod:
			t.Columns = append(t.Columns, c)
			beside(Column{
				Name: c.Name + "_start", Description: say("“%s”的第一天", `first day of "%s"`, c.Title), Type: "date",
				Value: func(row int) any {
					if p := s.Rows[row].Period; !p.IsZero() && !p.AsOf {
						return p.Start.String()
					}
					return nil
				},
			})
			beside(Column{
				Name: c.Name + "_end", Description: say("“%s”的最后一天", `last day of "%s"`, c.Title), Type: "date",
				Value: func(row int) any {
					if p := s.Rows[row].Period; !p.IsZero() {
						return p.End.String()
					}
					return nil
				},
			})
		case bureau.RoleMeasure:
			c.Unit, c.Risk, c.Count = f.Unit, f.Risk, f.IsCount()
			if f.UnitField >= 0 && f.Unit == "" {
				c.UnitField = harmless(s.Fields[f.UnitField].Name)
			}
			c.Type = "integer"
			if f.Type != "integer" {
				c.Type = "number"
			}
			var marked, qualified bool
			for row := range s.Rows {
				v := cell(row)
				switch {
				case !v.Has():
					missing[v.Status] = true
				case v.Number != math.Trunc(v.Number):
					c.Type = "number"
				}
				c.Count = c.Count && !(v.Number < 0)
				marked = marked || v.Has() && v.Status != 0
				qualified = qualified || v.Qualifier != bureau.Exact
			}
			c.Value = func(row int) any {
				if v := cell(row); v.Has() {
					return v.Number
				}
				return cell(row).Status.String()
			}
			t.Columns = append(t.Columns, c)
			if marked {
				beside(Column{
					Name: c.Name + "_status", Description: say("“%s”的标记", `markers of "%s"`, c.Title), Type: "string",
					Value: func(row int) any {
						if v := cell(row); v.Has() {
							return text(v.Status.String())
						}
						return nil
					},
				})
			}
			if qualified {
				beside(Column{
					Name: c.Name + "_qualifier", Description: say("“%s”前后的限定词，如约、余、近", `the word around "%s", such as 约 (about)`, c.Title), Type: "string",
					Value: func(row int) any { return text(cell(row).Qualifier.String()) },
				})
			}
		default:
			t.Columns = append(t.Columns, c)
		}
	}
	if slices.ContainsFunc(s.Rows, func(r bureau.Row) bool { return r.Kind != bureau.DataRow }) {
		beside(Column{
			Name: "row_type", Description: say("这一行是数据还是合计", "whether the row is data or a total"), Type: "string", Categories: RowTypes(language),
			Value: func(row int) any { return s.Rows[row].Kind.String() },
		})
	}
	t.Key = key(s)
	t.Missing = missingValues(missing, language)
	return t
}

// text is nil for an empty text, so that its cell is empty.
func text(t string) any {
	if t == "" {
		return nil
	}
	return t
}

// describe is what the descriptor says of a field, and how a derived one is computed.
func describe(s *bureau.Statistic, f bureau.Field, say func(zh, en string, args ...any) string) string {
	if f.Derived {
		for _, d := range s.Descriptor.Derive {
			if strings.TrimSpace(d.Name.V) == f.Name {
				return say("由本站计算：%s", "computed by this site: %s", d.Value.V)
			}
		}
	}
	for _, spec := range s.Descriptor.Schema.Fields {
		if strings.TrimSpace(spec.Name.V) == f.Name {
			return spec.Description.V
		}
	}
	return ""
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
	seen := make(map[string]bool, len(s.Rows))
	var name []byte
	for row := range s.Rows {
		name = name[:0]
		for _, k := range keys {
			text := s.Row(row)[k].Text
			if text == "" {
				return nil // a part of a key may not be missing
			}
			name = strconv.AppendInt(name, int64(len(text)), 10)
			name = append(append(name, ':'), text...)
		}
		if seen[string(name)] {
			return nil
		}
		seen[string(name)] = true
	}
	names := make([]string, len(keys))
	for i, k := range keys {
		names[i] = harmless(s.Fields[k].Name)
	}
	return names
}

// missingValues are the markers that may stand instead of a value, and those
// that do stand together.
func missingValues(seen map[bureau.Status]bool, language string) []Missing {
	all := []Missing{{"", problem.Say("空白", "blank").In(problem.Language(language))}}
	for _, m := range bureau.Markers {
		if m.Instead {
			all = append(all, Missing{m.Status.String(), meaning(m.Status, language)})
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
		all = append(all, Missing{status.String(), meaning(status, language)})
	}
	return all
}

// meaning spells out the markers of a status.
func meaning(status bureau.Status, language string) string {
	var words []string
	for _, m := range bureau.Markers {
		if status&m.Status != 0 {
			words = append(words, problem.Text{ZH: m.ZH, EN: m.EN}.In(problem.Language(language)))
		}
	}
	return strings.Join(words, problem.Say("、", ", ").In(problem.Language(language)))
}

// Markers are all markers with their meaning.
func Markers(language string) []Missing {
	all := make([]Missing, len(bureau.Markers))
	for i, m := range bureau.Markers {
		all[i] = Missing{m.Status.String(), meaning(m.Status, language)}
	}
	return all
}

// RowTypes are the words of the column row_type with their meaning.
func RowTypes(language string) []Missing {
	say := func(zh, en string) string { return problem.Text{ZH: zh, EN: en}.In(problem.Language(language)) }
	return []Missing{
		{bureau.DataRow.String(), say("数据", "data")},
		{bureau.TotalRow.String(), say("合计，由其他行相加而来，不要再与它们相加", "a total of other rows; do not add it to them")},
		{bureau.OfWhichRow.String(), say("“其中”一类，已包含在上面的行里", "a part of a row above it")},
	}
}
