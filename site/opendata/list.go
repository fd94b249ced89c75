package opendata

import (
	"cmp"
	"reflect"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// The lists that are published beside the statistics. In a list of days, a cell
// without one is empty; so is any other cell without a text.

// Register gives the table of a register, without the references of consents.
func Register(r *bureau.Register, language string) Table {
	d := r.Descriptor
	t := list("register-"+r.Name, r.Title(), bureau.RegisterFile(r.Name, r.Name), r.Page(), r.Rows(), language)
	t.Descriptor.Description, t.Descriptor.Sources, t.Descriptor.Released = d.Description, d.Sources, d.Updated
	for i, c := range r.Columns {
		if !c.Public() {
			continue
		}
		cell := func(row int) string { return r.Cells[row*len(r.Columns)+i].V }
		column := Column{Name: harmless(c.Name), Title: cmp.Or(c.Title, c.Name), Type: "string", Value: func(row int) any { return text(cell(row)) }}
		if c.Type == bureau.DateColumn && dates(t.Rows, cell) {
			column.Type = "date"
		}
		t.Columns = append(t.Columns, column)
	}
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
func Units(units []bureau.Unit, language string) Table {
	t := list("units", problem.Say("机构", "Units").In(problem.Language(language)), bureau.UnitsSection.ListFile(), bureau.UnitsSection.Page(), len(units), language)
	t.Descriptor.Description.V = problem.Say("市局、分县局和派出所，次序固定，不作排名。", "The bureau, its sub-bureaus and stations, in a fixed order that is no ranking.").In(problem.Language(language))
	t.Columns = tagged(units, language)
	t.Key = []string{t.Columns[0].Name}
	return t
}

// Targets gives the table of the targets that figures are held against.
func Targets(targets []bureau.Target, language string) Table {
	t := list("targets", problem.Say("目标", "Targets").In(problem.Language(language)), bureau.TargetsSection.ListFile(), bureau.TargetsSection.Page(), len(targets), language)
	t.Descriptor.Description.V = problem.Say("各项数字的目标值、期间和制定单位。", "The targets of figures, for when, and who set them.").In(problem.Language(language))
	t.Columns = tagged(targets, language)
	return t
}

// Matters gives the table of the suggestions, claims and complaints with the
// days of their steps.
func Matters(matters []bureau.Matter, language string) Table {
	say := func(zh, en string) string { return problem.Text{ZH: zh, EN: en}.In(problem.Language(language)) }
	t := list("suggestions", say("三本账逐件办理情况", "Suggestions, claims and complaints"), bureau.MattersSection.ListFile(), bureau.MattersSection.Page(), len(matters), language)
	t.Descriptor.Description.V = say("意见建议、利益诉求、投诉举报，一件一行，写明每一步的日期。", "One row a matter, with the day of each step.")
	add := func(zh, en string, value func(m *bureau.Matter) bureau.String) {
		name := say(zh, en)
		t.Columns = append(t.Columns, Column{Name: name, Title: name, Type: "string", Value: func(row int) any { return text(value(&matters[row]).V) }})
	}
	day := func(zh, en string, value func(m *bureau.Matter) bureau.Date) {
		name := say(zh, en)
		t.Columns = append(t.Columns, Column{Name: name, Title: name, Type: "date", Value: func(row int) any {
			if d := value(&matters[row]); d.Given() {
				return d.V.String()
			}
			return nil
		}})
	}
	add("编号", "id", func(m *bureau.Matter) bureau.String { return m.ID })
	add("账本", "ledger", func(m *bureau.Matter) bureau.String { return m.Ledger })
	day("收到日期", "received", func(m *bureau.Matter) bureau.Date { return m.Received })
	add("承办单位", "unit", func(m *bureau.Matter) bureau.String { return m.Unit })
	add("摘要", "summary", func(m *bureau.Matter) bureau.String { return m.Summary })
	for i, step := range bureau.MatterSteps {
		day(step.ZH, step.ID, func(m *bureau.Matter) bureau.Date { return m.Steps[i] })
	}
	add("状态", "status", func(m *bureau.Matter) bureau.String { return m.Status })
	add("答复", "answer", func(m *bureau.Matter) bureau.String { return m.Answer })
	t.Key = []string{t.Columns[0].Name}
	return t
}

// list is a table that has no period and no figures.
func list(name, title, path, page string, rows int, language string) Table {
	return Table{Name: name, Title: title, Path: path, Page: page, Rows: rows, Missing: missingValues(nil, language)[:1]}
}

// tagged gives a column for each field of a row's struct that has a csv tag,
// under the name that the tag gives it in the language.
func tagged[T any](rows []T, language string) []Column {
	var columns []Column
	for i := range reflect.TypeFor[T]().NumField() {
		tag, ok := reflect.TypeFor[T]().Field(i).Tag.Lookup("csv")
		names := strings.Split(tag, ",")
		if !ok || names[0] == "-" {
			continue
		}
		name := names[0]
		if language == "zh" && len(names) > 1 {
			name = names[1]
		}
		columns = append(columns, Column{Name: name, Title: name, Type: "string", Value: func(row int) any {
			return text(reflect.ValueOf(&rows[row]).Elem().Field(i).Interface().(bureau.String).V)
		}})
	}
	return columns
}
