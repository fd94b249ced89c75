package disclose

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// statistic makes a statistic of lines as a file has them: the header, then a
// row a line. A header is 名称:role or 名称:risk for a count; "[c]" and "[x]" stand
// alone.
func statistic(t testing.TB, name string, lines ...string) *bureau.Statistic {
	t.Helper()
	s := &bureau.Statistic{Name: name, File: "data/stats/" + name + ".csv", Described: true}
	for i, h := range strings.Split(lines[0], ",") {
		name, role, _ := strings.Cut(h, ":")
		f := bureau.Field{Name: name, Title: name, Role: bureau.Role(role), UnitField: -1, Column: i, At: problem.Position{File: s.File, Line: 1, Column: i + 1}}
		switch role {
		case "person", "organisation", "event", "none", "measure":
			f.Role, f.Type, f.Risk = bureau.RoleMeasure, "integer", strings.TrimPrefix(role, "measure")
		}
		s.Fields = append(s.Fields, f)
	}
	for n, line := range lines[1:] {
		row := bureau.Row{Line: uint32(n + 2), Sheet: int32(n + 1)}
		var when period.Period
		var cells []bureau.Cell
		texts := strings.Split(line, ",")
		for i, text := range texts {
			f := s.Fields[i]
			c := bureau.Cell{Text: text, Number: math.NaN()}
			switch {
			case f.Role == bureau.RolePeriod && bureau.KindOf(text) == bureau.DataRow:
				p, err := period.Parse(text, period.Options{})
				if err != nil {
					t.Fatal(err)
				}
				when = p
			case f.Role == bureau.RoleMeasure && text == "[c]":
				c.Text, c.Status = "", bureau.Confidential
			case f.Role == bureau.RoleMeasure && text == "[x]":
				c.Text, c.Status = "", bureau.NotAvailable
			case f.Role == bureau.RoleMeasure:
				v, err := strconv.ParseFloat(text, 64)
				if err != nil {
					t.Fatal(err)
				}
				c.Number = v
			}
			cells = append(cells, c)
		}
		s.Append(row, when, cells...)
		for i := range cells {
			s.Columns[i].Put(n, row.Line, row.Line, uint32(i+1))
		}
	}
	return s
}

// protected protects statistics with the default thresholds.
func protected(t testing.TB, statistics ...*bureau.Statistic) problem.List {
	t.Helper()
	return Bureau(bureauOf(statistics...))
}

func bureauOf(statistics ...*bureau.Statistic) *bureau.Bureau {
	b := &bureau.Bureau{Statistics: statistics}
	figures.Decide(b)
	b.Site.Disclosure.Threshold.V, b.Site.Disclosure.Sensitive.V = 5, 10
	return b
}

// column writes a field as readers see it: "12 [c] 0".
func column(s *bureau.Statistic, field string) string {
	var texts []string
	for r := range s.Rows {
		c := s.Cell(r, s.Field(field))
		if c.Has() {
			texts = append(texts, figures.Digits(c.Number))
		} else {
			texts = append(texts, c.Status.String())
		}
	}
	return strings.Join(texts, " ")
}
