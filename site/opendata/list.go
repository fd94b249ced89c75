package opendata

import (
	"cmp"
	"encoding/json"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/locale"
	"sunshine/site/period"
	"sunshine/site/say"
	"sunshine/site/text"
)

// The lists that are published beside the statistics. In a list of days, a cell
// without one is empty; so is any other cell without a text.

// Register gives the table of a register, without the references of consents; where it
// has promises or claims, with how each stands as of a day, and by what.
func Register(b *bureau.Bureau, r *bureau.Register, asOf period.Date, l *locale.Language) Table {
	d := r.Descriptor
	t := list("register-"+r.Name, r.Title(), bureau.RegisterFile(r.Name, r.Name), r.Page(), r.Rows(), l)
	t.Descriptor.Description, t.Descriptor.DataNotice, t.Descriptor.Sources, t.Descriptor.Released = d.Description, d.DataNotice, d.Sources, d.Updated
	for i, c := range r.Columns {
		if !c.Public() {
			continue
		}
		cell := func(row int) string { return r.Cells[row*len(r.Columns)+i].V }
		column := Column{Name: text.Harmless(c.Name), Title: cmp.Or(c.Title, c.Name), Type: "string", Value: func(row int) any { return orNil(cell(row)) }}
		if c.Type == bureau.DateColumn && dates(t.Rows, cell) {
			column.Type = "date"
		}
		t.Columns = append(t.Columns, column)
	}
	if !figures.Judges(r) {
		return t
	}
	all := make([]figures.Judgement, r.Rows())
	for i := range all {
		all[i] = figures.Judge(b, r, i, asOf)
	}
	add := func(name string, value func(figures.Judgement) string) {
		if !slices.ContainsFunc(t.Columns, func(c Column) bool { return c.Name == name }) {
			t.Columns = append(t.Columns, Column{Name: name, Title: name, Type: "string", Value: func(row int) any { return orNil(value(all[row])) }})
		}
	}
	add(l.Text(locale.JudgedVerdict), func(j figures.Judgement) string { return say.Verdict(j.Outcome, j.Claim, l) })
	add(l.Text(locale.Judged), func(j figures.Judgement) string { return strings.Join(say.Judgement(j, l), "\n") })
	return t
}

// dates tells whether all cells that are not empty hold ISO dates.
func dates(rows int, cell func(row int) string) bool {
	for row := range rows {
		if _, ok := period.ParseDate(cell(row)); !ok && cell(row) != "" {
			return false
		}
	}
	return true
}

// Units gives the table of the bureau's units.
func Units(units []bureau.Unit, l *locale.Language) Table {
	t := list("units", l.Text(locale.TableUnits), bureau.UnitsSection.ListFile(), bureau.UnitsSection.Page(), len(units), l)
	t.Descriptor.Description.V = l.Text(locale.TableUnitsLead)
	t.Columns = tagged(units, l)
	t.Key = []string{t.Columns[0].Name}
	return t
}

// Targets gives the table of the targets that figures are held against, each with
// the days that it is for, the row of its figure, and the verdict.
func Targets(targets []figures.Target, l *locale.Language) Table {
	t := list("targets", l.Text(locale.TableTargets), bureau.TargetsSection.ListFile(), bureau.TargetsSection.Page(), len(targets), l)
	t.Descriptor.Description.V = l.Text(locale.TableTargetsLead)
	written := make([]bureau.Target, len(targets))
	for i := range targets {
		written[i] = targets[i].Target
	}
	t.Columns = tagged(written, l)
	day := func(suffix string, lead locale.Key, of func(p period.Period) period.Date) {
		c := t.Columns[slices.IndexFunc(t.Columns, func(c Column) bool { return c.Key == "period" })]
		t.Columns = append(t.Columns, Column{Key: c.Key + suffix, Name: c.Name + suffix, Description: l.Text(lead, c.Name), Type: "date", Value: func(row int) any {
			if p := targets[row].Interval; !p.IsZero() && !(p.AsOf && suffix == "_start") {
				return of(p).String()
			}
			return nil
		}})
	}
	day("_start", locale.ColumnFirstDay, func(p period.Period) period.Date { return p.Start })
	day("_end", locale.ColumnLastDay, func(p period.Period) period.Date { return p.End })
	t.add("row", Column{Type: "integer", Description: l.Text(locale.ColumnRow), Value: func(row int) any {
		if targets[row].Of.Computed != nil { // of a list; its figures are in no file
			return nil
		}
		return fileRow(targets[row].Row)
	}}, l)
	t.add("verdict", Column{
		Categories: []Missing{{"reached", l.Text(locale.TargetReached)}, {"missed", l.Text(locale.TargetMissed)}, {"undecided", l.Text(locale.NotCompared)}},
		Value: func(row int) any {
			switch reached, decided := targets[row].Verdict(); {
			case !decided:
				return "undecided"
			case reached:
				return "reached"
			}
			return "missed"
		},
	}, l)
	return t
}

// add gives a list a column, whose name is a word of the language.
func (t *Table) add(key string, c Column, l *locale.Language) {
	c.Key, c.Name = key, l.Text(locale.Columns[key])
	c.Title, c.Type = c.Name, cmp.Or(c.Type, "string")
	var words []string
	for _, w := range c.Categories {
		words = append(words, l.Text(locale.Remark, w.Value, w.Label))
	}
	c.Description = cmp.Or(c.Description, strings.Join(words, l.Text(locale.Comma)))
	t.Columns = append(t.Columns, c)
}

// fileRow is the number of a row in the CSV of its table, as a spreadsheet counts,
// or nil where there is none.
func fileRow(row int) any {
	if row < 0 {
		return nil
	}
	return json.Number(strconv.Itoa(row + 2))
}

// Matters gives the table of the suggestions, claims and complaints with the
// days of their steps.
func Matters(matters []bureau.Matter, l *locale.Language) Table {
	t := list("suggestions", l.Text(locale.TableMatters), bureau.MattersSection.ListFile(), bureau.MattersSection.Page(), len(matters), l)
	t.Descriptor.Description.V = l.Text(locale.TableMattersLead)
	add := func(key locale.Key, value func(m *bureau.Matter) bureau.String) {
		name := l.Text(key)
		t.Columns = append(t.Columns, Column{Name: name, Title: name, Type: "string", Value: func(row int) any { return orNil(value(&matters[row]).V) }})
	}
	day := func(key locale.Key, value func(m *bureau.Matter) bureau.Date) {
		name := l.Text(key)
		t.Columns = append(t.Columns, Column{Name: name, Title: name, Type: "date", Value: func(row int) any {
			if d := value(&matters[row]); d.Given() {
				return d.V.String()
			}
			return nil
		}})
	}
	add(locale.ListID, func(m *bureau.Matter) bureau.String { return m.ID })
	add(locale.ListLedger, func(m *bureau.Matter) bureau.String { return m.Ledger })
	day(locale.ListReceived, func(m *bureau.Matter) bureau.Date { return m.Received })
	add(locale.ListResponsible, func(m *bureau.Matter) bureau.String { return m.Unit })
	add(locale.ListSummary, func(m *bureau.Matter) bureau.String { return m.Summary })
	for i, key := range locale.StepColumns {
		day(key, func(m *bureau.Matter) bureau.Date { return m.Steps[i] })
	}
	add(locale.ListStatus, func(m *bureau.Matter) bureau.String { return m.Status })
	add(locale.ListAnswer, func(m *bureau.Matter) bureau.String { return m.Answer })
	for i, key := range locale.NoteColumns {
		if slices.ContainsFunc(matters, func(m bureau.Matter) bool { return m.Notes[i].V != "" }) {
			add(key, func(m *bureau.Matter) bureau.String { return m.Notes[i] })
		}
	}
	t.Key = []string{t.Columns[0].Name}
	return t
}

// list is a table that has no period and no figures.
func list(name, title, path, page string, rows int, l *locale.Language) Table {
	return Table{Name: name, Title: title, Path: path, Page: page, Rows: rows, Missing: missingValues(nil, l)[:1]}
}

// tagged gives a column for each field of a row's struct that has a csv tag.
func tagged[T any](rows []T, l *locale.Language) []Column {
	var columns []Column
	for i := range reflect.TypeFor[T]().NumField() {
		tag, ok := reflect.TypeFor[T]().Field(i).Tag.Lookup("csv")
		id, _, _ := strings.Cut(tag, ",")
		if !ok || id == "-" {
			continue
		}
		name := l.Text(locale.Columns[id])
		columns = append(columns, Column{Key: id, Name: name, Title: name, Type: "string", Value: func(row int) any {
			return orNil(reflect.ValueOf(&rows[row]).Elem().Field(i).Interface().(bureau.String).V)
		}})
	}
	return columns
}
