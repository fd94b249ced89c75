package intake

import (
	"slices"
	"strings"
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/period"
	"sunshine/site/problem"
	"sunshine/site/table"
)

func day(column int, d period.Date) table.Value {
	return table.Value{Column: column, Kind: table.DayValue, Text: "9月3日", Day: d, Shown: -1}
}

// A day that is stored as one is read as such, however it is shown; a number in the place
// of a day, and a day in the place of a number, have two readings.
func TestLedgerDays(t *testing.T) {
	head := words("编号", "收到时间", "反映内容", "承办单位", "办理情况")
	row := func(id, came table.Value) []table.Value {
		return append([]table.Value{id, came}, words("", "", "增设车位", "城关派出所", "办理中")...)
	}
	text := func(column int, s string) table.Value { return table.Value{Column: column, Text: s} }
	for _, c := range []struct {
		id, came table.Value
		want     string
	}{
		{text(0, "A-1"), day(1, period.NewDate(2026, 9, 3)), "A-1,意见建议,2026-09-03,城关派出所,增设车位,[x],[x],[x],,[x],办理中,\n"},
		{text(0, "A-1"), text(1, "9月3日"), "A-1,意见建议,2026-09-03,城关派出所,增设车位,[x],[x],[x],,[x],办理中,\n"},
		{whole(0, "20260901"), text(1, "9.10"), "20260901,意见建议,2026-09-10,城关派出所,增设车位,[x],[x],[x],,[x],办理中,\n"},
		{text(0, "A-1"), table.Value{Column: 1, Kind: table.NumberValue, Text: "9.1", Digits: "9.1", Shown: -1}, "? B3 import/period\n"},
		{text(0, "A-1"), whole(1, "46298"), "? B3 import/period\n"},
		{text(0, "A-1"), table.Value{Column: 1, Kind: table.MonthValue, Text: "9月", Day: period.NewDate(2026, 9, 1)}, "? B3 csv/date\n"},
		{day(0, period.NewDate(2026, 1, 1)), day(1, period.NewDate(2026, 9, 3)), "? A3 import/name\n"},
	} {
		w := workbook("9月", nil, words("意见建议台账（2026年9月）"), head, row(c.id, c.came))
		got := told(Read(w, Options{AsOf: today, Ledgers: []string{"意见建议"}}))
		if _, rows, _ := strings.Cut(got, "\n"); rows != c.want {
			t.Errorf("%v %v: %s", c.id, c.came, got)
		}
	}
}

// A ledger is of the time that its title says, a line above it, the name of its sheet or
// that of its file; its days have the year of it, its matters the month.
func TestLedgerTime(t *testing.T) {
	for _, c := range []struct{ file, sheet, title, line, number, came string }{
		{"台账.xlsx", "Sheet1", "2026年9月意见建议台账", "", "2026-09-1", "2026-09-03"},
		{"台账.xlsx", "Sheet1", "意见建议台账", "统计时间：2025年9月", "2025-09-1", "2025-09-03"},
		{"台账.xlsx", "2024年9月", "意见建议台账", "", "2024-09-1", "2024-09-03"},
		{"台账2023年9月.xlsx", "Sheet1", "意见建议台账", "", "2023-09-1", "2023-09-03"},
		{"台账.xlsx", "Sheet1", "2026年意见建议台账", "", "2026-1", "2026-09-03"},
		{"台账.xlsx", "Sheet1", "意见建议台账", "截至2026年10月31日", "2026-10-1", "2026-09-03"},
		{"台账.xlsx", "Sheet1", "2026年第三季度意见建议台账", "", "2026年第3季度-1", "2026-09-03"},
	} {
		w := workbook(c.sheet, nil, words(c.title), words(c.line), words("序号", "收到时间", "反映内容", "承办单位", "办理情况"),
			append([]table.Value{whole(0, "1")}, words("", "9月3日", "增设车位", "城关派出所", "办理中")...))
		w.File = c.file
		r := Read(w, Options{AsOf: today, As: "t", Ledgers: []string{"意见建议"}}).Readings[0]
		if len(r.Questions) > 0 || r.Rows[0].Cells[0].Text != "t-"+c.number || r.Rows[0].Cells[2].Text != c.came || r.Title != "意见建议台账" {
			t.Errorf("%v: %v %v %s", c, r.Rows, r.Questions, r.Title)
		}
	}
}

// What is asked about the days of several rows is asked in the words of the office's
// cells: those of the list that is made of them are no one's.
func TestLedgerDaysAreAskedInTheirCells(t *testing.T) {
	row := func(n, came string) []table.Value {
		return append([]table.Value{whole(0, n)}, words("", came, "事"+n, "城关派出所", "办理中")...)
	}
	for title, came := range map[string]string{"意见建议台账": "9月3日", "意见建议台账（2026年1月）": "2月3日"} {
		w := workbook("1月", nil, words(title), words("填报单位：法制科"), words("序号", "收到时间", "反映内容", "承办单位", "办理情况"), row("1", came), row("2", came))
		w.Sheets[0].Name = "台账"
		got := ""
		for _, q := range Read(w, Options{AsOf: today, Ledgers: []string{"意见建议"}}).Readings[0].Questions {
			got += q.At.Cell + " " + q.Rule.String() + "\n"
			if strings.Contains(q.Message.ZH, "B2") {
				t.Error(q.Message.ZH)
			}
		}
		if got != "B4 csv/date\nB5 csv/date\n" {
			t.Errorf("%s: %s", title, got)
		}
	}
}

// The descriptor of a register gets the day of its change, and keeps a later one.
func TestUpdate(t *testing.T) {
	for source, want := range map[string]string{
		"title: 甲\nupdated: 2026-09-01 # 手写\norder: 1\n": "title: 甲\nupdated: 2026-10-31 # 手写\norder: 1\n",
		"更新日期: \"2026-09-01\"\n":                         "更新日期: \"2026-10-31\"\n",
		"updated: 2026-11-01\n":                          "updated: 2026-11-01\n",
		"title: 甲\n":                                     "title: 甲\n",
	} {
		if got := string(Update([]byte(source), today)); got != want {
			t.Errorf("%q: %q", source, got)
		}
	}
}

// Sheets of one ledger are one: of other months, and of other ledgers, whose names tell
// their rows apart.
func TestLedgerSheets(t *testing.T) {
	sheet := func(name, title string) table.Sheet {
		w := workbook(name, nil, words(title), words("序号", "收到时间", "反映内容", "承办单位", "办理情况"),
			append([]table.Value{whole(0, "1")}, words("", "9月3日", name+"一件", "城关派出所", "办理中")...))
		return w.Sheets[0]
	}
	for _, c := range []struct {
		sheets []table.Sheet
		want   string
	}{
		{[]table.Sheet{sheet("9月", "2026年9月意见建议台账"), sheet("10月", "2026年10月意见建议台账")},
			"意见建议台账-2026-09-1,意见建议,2026-09-03,城关派出所,9月一件,[x],[x],[x],,[x],办理中,\n意见建议台账-2026-10-1,意见建议,2026-09-03,城关派出所,10月一件,[x],[x],[x],,[x],办理中,\n"},
		{[]table.Sheet{sheet("意见建议", "2026年9月台账"), sheet("投诉举报", "2026年9月台账")},
			"台账-2026-09-意见建议-1,意见建议,2026-09-03,城关派出所,意见建议一件,[x],[x],[x],,[x],办理中,\n台账-2026-09-投诉举报-1,投诉举报,2026-09-03,城关派出所,投诉举报一件,[x],[x],[x],,[x],办理中,\n"},
	} {
		w := &table.Workbook{File: "台账.xlsx", Sheets: c.sheets}
		result := Read(w, Options{AsOf: today, Ledgers: []string{"意见建议", "投诉举报"}})
		if _, rows, _ := strings.Cut(told(result), "\n"); rows != c.want || len(result.Readings) != 1 {
			t.Errorf("%s", told(result))
		}
	}
}

// What a recipe says goes before what a table looks like: a list with numbers is a register
// where somebody wrote so, and a ledger's columns are a statistic's where somebody read them
// so. Beside figures a table of texts is read where its recipe says so.
func TestRecipeSaysWhatBecomes(t *testing.T) {
	recipe := func(kind, title string, header ...string) bureau.Recipe {
		r := bureau.Recipe{Name: "r", Kind: bureau.String{V: kind}, Title: bureau.String{V: title}}
		for _, h := range header {
			r.Header = append(r.Header, bureau.String{V: h})
			r.Columns = append(r.Columns, bureau.String{V: h})
		}
		return r
	}
	file := func(text string) []table.Sheet {
		w, problems := table.Open("表.csv", []byte(text))
		if problems.Errors() > 0 {
			t.Fatal(problems)
		}
		return w.Sheets
	}
	stock, matters := file("装备一览\n名称,数\n警车,5\n"), file("意见\n收到时间,反映内容,办理情况,数（件）\n2026年9月3日,车位,办理中,1\n")
	calls := file("2026年9月接警（起）\n辖区,接警\n城区,402\n")
	windows, wider := append(file("窗口一览\n派出所,地址\n城关派出所,人民路\n"), calls...), append(file("窗口一览\n派出所,地址,业务\n城关派出所,人民路,户籍\n"), calls...)
	for n, c := range []struct {
		sheets []table.Sheet
		recipe bureau.Recipe
		want   string
	}{
		{stock, bureau.Recipe{Name: "r"}, "statistic"},
		{stock, recipe("register", "装备一览", "名称", "数"), "register"},
		{matters, bureau.Recipe{Name: "r"}, "ledger"},
		{matters, recipe("statistic", "意见", "收到时间", "反映内容", "办理情况", "数（件）"), "statistic?"},
		{windows, bureau.Recipe{Name: "r"}, "statistic"},
		{windows, recipe("register", "窗口一览", "派出所", "地址"), "register statistic"},
		{wider, recipe("register", "窗口一览", "派出所", "地址"), "register? statistic"},
		{windows[:1], bureau.Recipe{Name: "r"}, "register"},
	} {
		result := Read(&table.Workbook{File: "表.xlsx", Sheets: c.sheets}, Options{AsOf: today, Recipes: []bureau.Recipe{c.recipe}})
		var got []string
		for _, r := range result.Readings {
			word := r.Becomes
			if slices.ContainsFunc(r.Questions, func(q Question) bool { return q.Rule == problem.ImportLayout }) {
				word += "?" // its columns are not those of the recipe
			}
			got = append(got, word)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%d: %q, want %s", n, got, c.want)
		}
	}
}

// The notes on a step are read where the office has them, and make no columns where not.
func TestLedgerNotes(t *testing.T) {
	head := words("编号", "收到时间", "反映内容", "承办单位", "办理情况", "商议单位", "督办情况")
	row := words("A-1", "9月3日", "增设车位", "城关派出所", "办理中", "派出所与居委会", "分局查看")
	w := workbook("9月", nil, words("意见建议台账（2026年9月）"), head, row)
	got := told(Read(w, Options{AsOf: today, Ledgers: []string{"意见建议"}}))
	if _, rows, _ := strings.Cut(got, "\n"); rows != "A-1,意见建议,2026-09-03,城关派出所,增设车位,[x],[x],[x],,[x],办理中,,派出所与居委会,分局查看\n" {
		t.Error(got)
	}
}
