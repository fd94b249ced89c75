package opendata

import (
	"encoding/json"
	"strconv"

	"sunshine/site/bureau"
	"sunshine/site/locale"
)

// AnnualTitle is what an annual report is called: its title, or else one of the
// organisation and the year.
func AnnualTitle(site bureau.Site, a *bureau.Annual, l *locale.Language) string {
	if a.Title.V != "" {
		return a.Title.V
	}
	return l.Text(locale.AnnualTitle, site.Name(), strconv.Itoa(a.Year))
}

// The tables of an annual report, by the ends of their names.
const (
	AnnualDisclosed = "disclosed"
	AnnualRequests  = "requests"
	AnnualReview    = "review"
)

// Annual gives the tables of an annual report, in the words of its form: a row a figure,
// or a row of the form.
func Annual(site bureau.Site, a *bureau.Annual, l *locale.Language) []Table {
	title := AnnualTitle(site, a, l)
	made := func(name string, section int, texts, figures []string, rows [][]string) Table {
		t := list("annual-"+strconv.Itoa(a.Year)+"-"+name, title+l.Text(locale.Separator)+bureau.AnnualSections[section], a.AnnualTable(name), a.Page(), len(rows), l)
		t.Descriptor.Released = a.Published
		for i, column := range append(texts[:len(texts):len(texts)], figures...) {
			c := Column{Name: column, Title: column, Type: "string", Value: func(row int) any { return orNil(rows[row][i]) }}
			if i >= len(texts) {
				c.Type, c.Count = "number", true
				c.Value = func(row int) any { return json.Number(rows[row][i]) }
			}
			t.Columns = append(t.Columns, c)
		}
		return t
	}
	return []Table{
		made(AnnualDisclosed, 1, []string{"条款", "信息内容", "项目", "计量单位"}, []string{"数值"}, annualDisclosed(&a.Disclosed)),
		made(AnnualRequests, 2, []string{"项目", "情形"}, append(bureau.AnnualColumns[:len(bureau.AnnualColumns):len(bureau.AnnualColumns)], bureau.AnnualWhole), annualRequests(&a.Requests)),
		made(AnnualReview, 3, []string{"类别", "情形"}, append(bureau.AnnualOutcome[:len(bureau.AnnualOutcome):len(bureau.AnnualOutcome)], bureau.AnnualWhole), annualReview(&a.Review)),
	}
}

func annualDisclosed(d *bureau.AnnualDisclosed) [][]string {
	var rows [][]string
	for _, t := range d.Tables() {
		for _, r := range t.Rows {
			for i, figure := range r.Figures {
				rows = append(rows, []string{t.Article, r.Label, t.Columns[i], t.Unit, figure})
			}
		}
	}
	return rows
}

func annualRequests(r *bureau.AnnualRequests) [][]string {
	row := func(item, label string, of *bureau.AnnualApplicants) []string {
		return append([]string{item, label}, bureau.AnnualFigures(of.Cells())...)
	}
	rows := [][]string{row(bureau.AnnualNew, "", &r.New), row(bureau.AnnualCarriedIn, "", &r.CarriedIn)}
	for _, result := range r.Results.Rows() {
		rows = append(rows, row(bureau.AnnualResultsHead+result.Group, result.Label, result.Row))
	}
	return append(rows,
		append([]string{bureau.AnnualResultsHead + bureau.AnnualTotal, ""}, r.Results.Figures()...),
		row(bureau.AnnualCarriedOut, "", &r.CarriedOut))
}

func annualReview(r *bureau.AnnualReview) [][]string {
	var rows [][]string
	for _, kind := range r.Kinds() {
		rows = append(rows, append([]string{kind.Name, kind.Label}, bureau.AnnualFigures(kind.Of.Cells())...))
	}
	return rows
}
