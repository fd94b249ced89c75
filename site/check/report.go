package check

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/problem"
)

// reportParts are the fixed parts of an annual report on open government, after
// the form of the General Office of the State Council; a heading that holds all
// the words of a part is its heading.
var reportParts = []struct {
	name  string
	words []string
}{
	{"总体情况", []string{"总体情况"}},
	{"主动公开政府信息情况", []string{"主动公开政府信息情况"}},
	{"收到和处理政府信息公开申请情况", []string{"收到和处理政府信息公开申请情况"}},
	{"政府信息公开行政复议、行政诉讼情况", []string{"行政复议", "行政诉讼"}},
	{"存在的主要问题及改进情况", []string{"存在的主要问题及改进情况"}},
	{"其他需要报告的事项", []string{"其他需要报告的事项"}},
}

// AnnualReport wants the fixed parts of an annual report, and that the
// applications balance: those that are new and those of last year are those that
// were dealt with and those that go on. They stand in a table of the page, or in
// the statistic annual-report-<year>-applications.
func AnnualReport(b *bureau.Bureau, p *bureau.Page) problem.List {
	var problems problem.List
	year := p.AnnualReport()
	if year == 0 || p.Language != b.Site.MainLanguage() {
		return nil
	}
	headings, rows := reportLines(p.Body)
	top := problem.Position{File: p.File, Line: 1}
	for i, part := range reportParts {
		found := false
		for _, h := range headings {
			found = found || containsAll(h, part.words)
		}
		if !found {
			problems.Error(top, problem.ReportPart,
				problem.Say("年度报告缺少“%s”这一部分", "the annual report lacks the part \"%s\"", part.name),
				problem.Say("加一个小标题“## %s、%s”，没有内容也要写明“无”", "add a heading \"## %s、%s\"; where there is nothing to report, say so", [...]string{"一", "二", "三", "四", "五", "六"}[i], part.name))
		}
	}
	name := fmt.Sprintf("annual-report-%d-applications", year)
	if s, fault := figures.Statistic(b, name); fault == nil {
		rows = statisticRows(s)
	}
	return append(problems, applications(rows, top, name)...)
}

// application is a row of the table of applications.
type application struct {
	label string
	cells []applicationCell
}

// applicationCell is one of its figures; NaN where it is none.
type applicationCell struct {
	number float64
	at     problem.Position
}

// applications holds the identity of the table for each of its columns.
func applications(rows []application, top problem.Position, statistic string) problem.List {
	var problems problem.List
	// The results that end in a total stand between the applications and what is
	// carried over; other tables of the report have totals of their own.
	start := slices.IndexFunc(rows, func(r application) bool { return len(r.cells) > 0 && strings.Contains(r.label, "本年新收") })
	hint := problem.Say("在第三部分的表里补上，或者把表放到 data/stats/%s.csv", "add it to the table of the third part, or keep the table as data/stats/%s.csv", statistic)
	if start < 0 {
		problems.Error(top, problem.ReportApplications,
			problem.Say("没有政府信息公开申请情况表：找不到“本年新收”一行", "there is no table of the applications: there is no row \"本年新收\""), hint)
		return problems
	}
	rows = rows[start:]
	find := func(word string) *application {
		i := slices.IndexFunc(rows, func(r application) bool { return len(r.cells) > 0 && strings.Contains(r.label, word) })
		if i < 0 {
			return nil
		}
		return &rows[i]
	}
	added, before, done, carried := find("本年新收"), find("上年结转"), find("总计"), find("结转下年")
	for _, wanted := range []struct {
		row  *application
		name string
	}{{before, "上年结转"}, {done, "办理结果总计"}, {carried, "结转下年度"}} {
		if wanted.row == nil {
			problems.Error(top, problem.ReportApplications,
				problem.Say("政府信息公开申请情况表里没有“%s”一行", "the table of applications has no row \"%s\"", wanted.name), hint)
		}
	}
	if len(problems) > 0 {
		return problems
	}
	for i, cell := range done.cells {
		if i >= len(added.cells) || i >= len(before.cells) || i >= len(carried.cells) {
			break
		}
		in, out := added.cells[i].number+before.cells[i].number, cell.number+carried.cells[i].number
		if in == out || math.IsNaN(in) || math.IsNaN(out) {
			continue
		}
		problems.Error(cell.at, problem.ReportBalance,
			problem.Say("申请件数对不上：本年新收%[1]s件加上年结转%[2]s件是%[3]s件，办理结果%[4]s件加结转下年度%[5]s件是%[6]s件", "the applications do not balance: %[1]s new and %[2]s of last year are %[3]s, but %[4]s dealt with and %[5]s carried over are %[6]s",
				digits(added.cells[i].number), digits(before.cells[i].number), digits(in), digits(cell.number), digits(carried.cells[i].number), digits(out)),
			problem.Say("核对这一列的四个数值", "check the four figures of this column"))
	}
	return problems
}

// reportLines gives the headings of a body, and the rows of its tables: the last
// text before the figures is the label.
func reportLines(body bureau.Body) (headings []string, rows []application) {
	fenced := false
	number := body.Line - 1
	for text := range strings.Lines(string(body.Text)) {
		number++
		trimmed := strings.TrimSpace(text)
		switch {
		case strings.HasPrefix(trimmed, "```") || strings.HasPrefix(trimmed, "~~~"):
			fenced = !fenced
		case fenced:
		case strings.HasPrefix(trimmed, "#"):
			headings = append(headings, trimmed)
		case strings.HasPrefix(trimmed, "|"):
			rows = append(rows, tableRow(text, body, number))
		}
	}
	return headings, rows
}

// tableRow reads one line of a table.
func tableRow(text string, body bureau.Body, number int) application {
	var row application
	column := 1 + body.Indent
	for _, part := range strings.Split(strings.TrimRight(text, "\r\n"), "|") {
		cell := strings.TrimSpace(part)
		lead := utf8.RuneCountInString(part) - utf8.RuneCountInString(strings.TrimLeft(part, " \t"))
		at := problem.Position{File: body.File, Line: number, Column: column + lead}
		column += utf8.RuneCountInString(part) + 1
		if n, err := strconv.ParseUint(strings.ReplaceAll(cell, ",", ""), 10, 53); err == nil && len(row.label) > 0 {
			row.cells = append(row.cells, applicationCell{float64(n), at})
		} else if cell != "" && len(row.cells) == 0 {
			row.label += cell
		} else if cell != "" {
			row.cells = append(row.cells, applicationCell{math.NaN(), at})
		}
	}
	return row
}

// statisticRows gives the rows of a statistic in the same form.
func statisticRows(s *bureau.Statistic) []application {
	var rows []application
	for i := range s.Rows {
		var row application
		for n, cell := range s.Row(i) {
			switch s.Fields[n].Role {
			case bureau.RoleMeasure:
				row.cells = append(row.cells, applicationCell{cell.Number, s.Position(i, n)})
			case bureau.RoleCategory:
				row.label += cell.Text
			}
		}
		rows = append(rows, row)
	}
	return rows
}

func containsAll(text string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}
