package intake

import (
	"flag"
	"os"
	"strconv"
	"strings"
	"testing"
	"unsafe"

	"github.com/rogpeppe/go-internal/txtar"

	"sunshine/site/bureau"
	"sunshine/site/period"
	"sunshine/site/table"
)

var today = period.NewDate(2026, 10, 31)

// read reads a CSV as an office file, and gives its statistics as CSV, the questions
// as cell rule, and what was left out.
func read(t *testing.T, file, text string, o Options, merged ...string) (Result, string) {
	t.Helper()
	w, problems := table.Open(file, []byte(text))
	if problems.Errors() > 0 {
		t.Fatal(problems)
	}
	for _, m := range merged {
		w.Sheets[0].Merged = append(w.Sheets[0].Merged, rangeOf(m))
	}
	if o.AsOf == 0 {
		o.AsOf = today
	}
	result := Read(w, o)
	return result, told(result)
}

// rangeOf reads A3:B4.
func rangeOf(s string) table.Range {
	from, to, _ := strings.Cut(s, ":")
	at := func(cell string) (column, row int) { return int(cell[0] - 'A'), int(cell[1]-'0') - 1 }
	var r table.Range
	r.Column, r.Row = at(from)
	r.LastColumn, r.LastRow = at(to)
	return r
}

func told(result Result) string {
	var b strings.Builder
	for _, q := range result.Questions {
		b.WriteString("? " + q.At.Cell + " " + q.Rule.String() + "\n")
	}
	for _, p := range result.Problems {
		b.WriteString("! " + p.Cell + " " + p.Rule.String() + "\n")
	}
	for n, r := range result.Readings {
		if n > 0 {
			b.WriteString("--\n")
		}
		csv, _ := r.CSV()
		b.Write(csv)
		for _, q := range r.Questions {
			b.WriteString("? " + q.At.Cell + " " + q.Rule.String() + "\n")
		}
		for _, s := range r.Skipped {
			b.WriteString("# " + s.Range + " " + s.Why.EN + "\n")
		}
	}
	for _, s := range result.Skipped {
		b.WriteString("# " + s.Range + " " + s.Why.EN + "\n")
	}
	return b.String()
}

var update = flag.Bool("update", false, "write the readings of today into testdata")

// TestReadings holds how tables are read against testdata/readings.txtar, and those that
// become ledgers and registers against testdata/lists.txtar.
func TestReadings(t *testing.T) {
	for _, name := range []string{"readings", "lists"} {
		t.Run(name, func(t *testing.T) { testReadings(t, "testdata/"+name+".txtar") })
	}
}

func testReadings(t *testing.T, file string) {
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range archive.Files {
		name, isTable := strings.CutSuffix(f.Name, ".csv")
		if !isTable {
			continue
		}
		want := &archive.Files[i+1]
		if want.Name != name+".want" {
			t.Fatalf("%s stands where %s.want should", want.Name, name)
		}
		t.Run(name, func(t *testing.T) {
			_, got := read(t, "报表.csv", string(f.Data), Options{Ledgers: []string{"意见建议", "利益诉求", "投诉举报"}})
			if *update {
				want.Data = []byte(got)
			} else if got != string(want.Data) {
				t.Errorf("got:\n%s\nwant:\n%s", got, want.Data)
			}
		})
	}
	if *update {
		if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// cell makes a filled cell.
func cell(column int, v table.Value) table.Value {
	v.Column = column
	return v
}

// workbook makes a sheet of rows of cells.
func workbook(name string, merged []table.Range, rows ...[]table.Value) *table.Workbook {
	s := table.Sheet{Name: name, Merged: merged}
	for i, cells := range rows {
		if len(cells) > 0 {
			s.Rows = append(s.Rows, table.SheetRow{Row: i, Cells: cells})
		}
	}
	return &table.Workbook{File: "报表.xlsx", Sheets: []table.Sheet{s}}
}

func words(texts ...string) (cells []table.Value) {
	for i, s := range texts {
		if s != "" {
			cells = append(cells, table.Value{Column: i, Text: s})
		}
	}
	return cells
}

func whole(column int, digits string) table.Value {
	return table.Value{Column: column, Kind: table.NumberValue, Text: digits, Digits: digits, Shown: -1}
}

// A cell whose formula failed or was never computed is told, each of them; so is a
// figure in a cell that is merged with another.
func TestBrokenCells(t *testing.T) {
	w := workbook("勤务", []table.Range{{Row: 2, Column: 2, LastRow: 3, LastColumn: 2}},
		words("2026年9月勤务（起）"), words("班组", "出勤", "出警", "处警"),
		[]table.Value{{Column: 0, Text: "甲"}, cell(1, table.Value{Kind: table.ErrorValue, Text: "#REF!"}), whole(2, "5"), whole(3, "6")},
		[]table.Value{{Column: 0, Text: "乙"}, cell(1, table.Value{Kind: table.EmptyFormula}), whole(3, "7")})
	const want = "! B3 import/formula\n! B4 import/formula\n期间,班组,出勤（起）,出警（起）,处警（起）\n2026年9月,甲,,5,6\n2026年9月,乙,,,7\n? C4 import/merged\n"
	if got := told(Read(w, Options{AsOf: today})); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

// Days and months are read by what they are, under whatever format they are shown; a
// figure is what the office shows of it.
func TestDaysAndFormats(t *testing.T) {
	day := func(column, d int) table.Value {
		return table.Value{Column: column, Kind: table.DayValue, Text: "9月3日", Day: period.NewDate(2026, 9, d), Shown: -1}
	}
	month := func(column, m int) table.Value {
		return table.Value{Column: column, Kind: table.MonthValue, Text: "9月", Day: period.NewDate(2026, 9, 1), Shown: -1}
	}
	w := workbook("Sheet1", nil, words("日报"), words("日期", "检查（次）", "占比"),
		[]table.Value{day(0, 3), whole(1, "5"), {Column: 2, Kind: table.PercentValue, Text: "46.4%", Digits: "46.42857142857143", Shown: 1}},
		[]table.Value{day(0, 4), whole(1, "6"), {Column: 2, Kind: table.PercentValue, Text: "50.0%", Digits: "50", Shown: 1}})
	want := "期间,检查（次）,占比（%）\n2026年9月3日,5,46.4%\n2026年9月4日,6,50.0%\n"
	if got := told(Read(w, Options{AsOf: today})); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
	w = workbook("Sheet1", nil, words("月报"), []table.Value{{Column: 0, Text: "类别"}, month(1, 9)}, []table.Value{{Column: 0, Text: "盗窃（起）"}, {Column: 1, Kind: table.NumberValue, Text: "7.0", Digits: "7", Shown: 1}})
	want = "期间,类别,数量（起）\n2026年9月,盗窃,7.0\n"
	if got := told(Read(w, Options{AsOf: today})); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

// The name of a sheet that says another month than its title is a slip of one of them.
func TestSheetOfAnotherMonth(t *testing.T) {
	w := workbook("8月", nil, words("2026年9月勤务（起）"), words("班组", "出勤"), []table.Value{{Column: 0, Text: "甲"}, whole(1, "5")})
	if got := told(Read(w, Options{AsOf: today})); !strings.Contains(got, "? A1 import/period\n") {
		t.Error(got)
	}
	w = workbook("8月", nil, words("2026年勤务（起）"), words("班组", "出勤"), []table.Value{{Column: 0, Text: "甲"}, whole(1, "5")})
	if got := told(Read(w, Options{AsOf: today})); !strings.Contains(got, "2026年8月,甲,5\n") {
		t.Error(got)
	}
}

// What is merged is bounded, and so are the columns; more is told and not read.
func TestBounds(t *testing.T) {
	rows := [][]table.Value{words("2026年9月勤务（起）"), words("班组", "出勤")}
	for range 2001 {
		rows = append(rows, []table.Value{{Column: 0, Text: "甲"}, whole(1, "5")})
	}
	var merged []table.Range
	for c := range 2000 {
		merged = append(merged, table.Range{Row: 0, Column: 10 + c, LastRow: 1 << 40, LastColumn: 10 + c})
	}
	if got := told(Read(workbook("9月", merged, rows...), Options{AsOf: today})); got != "?  import/merged\n" {
		t.Error(got)
	}
	wide := [][]table.Value{words("2026年9月勤务（起）"), {{Column: 0, Text: "班组"}}, {{Column: 0, Text: "甲"}}}
	for c := 1; c <= table.MaxColumns; c++ {
		wide[1] = append(wide[1], table.Value{Column: c, Text: "出勤" + strings.Repeat("勤", c)})
		wide[2] = append(wide[2], whole(c, "5"))
	}
	if got := told(Read(workbook("9月", nil, wide...), Options{AsOf: today})); !strings.Contains(got, "? A2 import/table\n") {
		t.Error(got[max(0, len(got)-200):])
	}
}

// Two hundred thousand rows are read at once.
func TestManyRows(t *testing.T) {
	rows := 200_000
	if testing.Short() {
		rows = 20_000
	}
	var b strings.Builder
	b.WriteString("活动台账\n日期,所,主题,参加（人次）\n")
	for i := range rows {
		d := period.NewDate(2020, 1, 1) + period.Date(i%2000)
		b.WriteString(d.String() + ",所" + strconv.Itoa(i/2000) + ",反诈," + strconv.Itoa(i%97) + "\n")
	}
	result, _ := read(t, "台账.csv", b.String(), Options{})
	if n := len(result.Readings[0].Rows); n != rows {
		t.Error(n)
	}
}

// A cell of the table that a reading becomes is found again in the office file; what is
// none of its cells is told at the header. Places are small, since there are millions.
func TestPlace(t *testing.T) {
	result, _ := read(t, "报表.csv", "2026年9月勤务\n班组,出勤（起）\n甲,5\n", Options{})
	r := result.Readings[0]
	for cell, want := range map[string]string{"B2": "报表.csv:3:1 (A3)", "C2": "报表.csv:3:3 (B3)", "C1": "报表.csv:2:4 (B2)", "A1": "报表.csv:2:1 (A2)", "Z9": "报表.csv:2:1 (A2)", "": "报表.csv:2:1 (A2)"} {
		if got := r.Place(cell).String(); got != want {
			t.Errorf("%s: %s, want %s", cell, got, want)
		}
	}
	if n := unsafe.Sizeof(Cell{}); n > 40 {
		t.Errorf("a cell takes %d bytes", n)
	}
}

// Words that are merged over their columns stand above a whole header, names and all.
func TestMergedOverHeader(t *testing.T) {
	over := func(c int) table.Range { return table.Range{Row: 1, Column: c, LastRow: 1, LastColumn: c + 1} }
	w := workbook("Sheet1", []table.Range{over(1), over(3)}, words("2026年9月（起）"), words("", "刑事", "", "治安"), words("所", "立案", "破案", "受理", "查处"),
		[]table.Value{{Text: "甲"}, whole(1, "6"), whole(2, "5"), whole(3, "4"), whole(4, "3")})
	const want = "期间,所,刑事·立案（起）,刑事·破案（起）,治安·受理（起）,治安·查处（起）\n2026年9月,甲,6,5,4,3\n"
	if got := told(Read(w, Options{AsOf: today})); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

// A sheet that sums the others up is none beside them.
func TestSummarySheet(t *testing.T) {
	w := &table.Workbook{File: "报表.xlsx"}
	for _, name := range []string{"汇总", "甲", "乙"} {
		one := workbook(name, nil, words("2026年9月接警（起）"), words("类别", "接警"), []table.Value{{Text: "盗窃"}, whole(1, "5")})
		w.Sheets = append(w.Sheets, one.Sheets...)
	}
	if got := told(Read(w, Options{AsOf: today})); !strings.Contains(got, "? A2 import/total\n") {
		t.Error(got)
	}
	w.Sheets = w.Sheets[1:]
	if got := told(Read(w, Options{AsOf: today})); got != "期间,单位,类别,接警（起）\n2026年9月,甲,盗窃,5\n2026年9月,乙,盗窃,5\n" {
		t.Error(got)
	}
}

// The last line of a table, with who filled it in and when, is left out, once and without a
// question, though a colon was forgotten; a row with a figure in it is none.
func TestFooter(t *testing.T) {
	for footer, want := range map[string]string{
		"填表人：何静,,制表时间,2026年10月3日": "# A4:D4 who filled in and checked the table, and their telephones, are not read\n",
		"填报人：刘明,,,2026年10月3日":     "# A4:D4 who filled in and checked the table, and their telephones, are not read\n",
		"填表人：何静,负责人,李明,2026-10-3": "# A4:D4 who filled in and checked the table, and their telephones, are not read\n",
		"审核人：何静,受理,制证,2026年10月3日": "? B4 import/number\n",
		"填表人：何静,12,11,10":         "2026年9月,填表人：何静,12,11,10\n",
	} {
		_, got := read(t, "报表.csv", "2026年9月业务受理情况\n证件,受理（件）,制证（件）,邮寄（件）\n护照,143,139,5\n"+footer+"\n", Options{})
		for _, line := range strings.SplitAfter(want, "\n") {
			if !strings.Contains(got, line) {
				t.Errorf("%s: %q is not in\n%s", footer, line, got)
			}
		}
		if strings.HasPrefix(want, "# A4:D4 who") && got != "期间,证件,受理（件）,制证（件）,邮寄（件）\n2026年9月,护照,143,139,5\n"+want {
			t.Errorf("%s:\n%s", footer, got)
		}
	}
}

// A title that says its year and its month apart is of that month, and keeps neither; where
// it says several months, a day or until nobody knows when, it is not of the year.
func TestYearApart(t *testing.T) {
	for title, want := range map[string]struct{ period, title string }{
		"禁毒大队9月破案情况（2026年）":        {"2026年9月", "禁毒大队破案情况"},
		"2026年禁毒大队9月份破案情况":         {"2026年9月", "禁毒大队破案情况"},
		"2026年禁毒大队三季度破案情况":         {"2026年第3季度", "禁毒大队破案情况"},
		"禁毒大队上半年破案情况（2026）年":       {"", ""},
		"禁毒大队上半年破案情况（2026年度）":      {"2026年上半年", "禁毒大队破案情况"},
		"禁毒大队1月至9月破案情况（2026年）":     {"2026年1-9月", "禁毒大队破案情况"},
		"2026年破案情况（8月26日至9月25日）":   {"2026-08-26/2026-09-25", "破案情况"},
		"2026年破案情况（截至9月）":          {"截至2026年9月30日", ""},
		"2026年9月破案情况（10月3日印发）":     {"2026年9月", ""},
		"四季青派出所破案情况（2026年）":        {"2026年", "四季青派出所破案情况"},
		"2026年破案情况（10月修订）":         {"2026年", ""},
		"2026年破案情况（8月、9月）":         {"", ""},
		"2026年破案情况（9月至今）":          {"", ""},
		"2026年“5月20日”专项行动破案情况":     {"", ""},
		"2025年破案情况（上半年）和2026年9月情况": {"", ""},
	} {
		r, _ := read(t, "报表.csv", title+"\n类别,破案（起）\n甲,11\n乙,13\n", Options{AsOf: period.NewDate(2027, 1, 31)})
		first, _, _ := r.Readings[0].Periods()
		if written(first) != want.period || want.title != "" && r.Readings[0].Title != want.title {
			t.Errorf("%s: %q %q", title, written(first), r.Readings[0].Title)
		}
		if asked := strings.Contains(told(r), "import/period"); asked != (want.period == "") && !strings.Contains(title, "截至") {
			t.Errorf("%s: asked: %v", title, asked)
		}
	}
	for file, want := range map[string]string{"禁毒9月破案（2026年）.csv": "2026年9月", "禁毒破案2026年（10月3日）.csv": "2026年", "四季青破案2026年.csv": "2026年"} {
		r, _ := read(t, file, "类别,破案（起）\n甲,11\n", Options{AsOf: period.NewDate(2027, 1, 31)})
		if first, _, _ := r.Readings[0].Periods(); written(first) != want {
			t.Errorf("%s: %s", file, written(first))
		}
	}
}

// The name of a sheet is cut out of a title where it parts several sheets, and one of these
// that comes alone later is still known; a table that is alone keeps its title.
func TestSheetInTitle(t *testing.T) {
	book := func(month string, names ...string) *table.Workbook {
		w := &table.Workbook{File: "报表.xlsx"}
		for _, name := range names {
			one := workbook(name, nil, words("刑侦大队2026年"+month+name+"情况统计表"), words("类别", "案件（起）"), []table.Value{{Text: "盗窃"}, whole(1, "5")})
			w.Sheets = append(w.Sheets, one.Sheets...)
		}
		return w
	}
	var recipes []bureau.Recipe
	for _, c := range []struct {
		month string
		names []string
		title string
		known bool
	}{
		{"8月", []string{"破案"}, "刑侦大队破案情况统计表", false},
		{"8月", []string{"城关中队", "谢炉中队"}, "刑侦大队情况统计表", false},
		{"9月", []string{"破案"}, "刑侦大队破案情况统计表", true},
		{"9月", []string{"谢炉中队", "城关中队"}, "刑侦大队情况统计表", true},
		{"9月", []string{"谢炉中队"}, "刑侦大队情况统计表", true},
	} {
		result := Read(book(c.month, c.names...), Options{AsOf: today, Recipes: recipes, Units: map[string]bool{}})
		r := result.Readings[0]
		if c.known { // nothing is asked
			csv, _ := r.CSV()
			if r.Title != c.title || r.Known == nil || r.Known.Title.V != c.title || len(r.Questions) > 0 || !strings.Contains(string(csv), "2026年9月,"+map[bool]string{true: "谢炉中队,"}[len(recipes) > 0 && c.names[0] != "破案"]) {
				t.Errorf("%v: %q %v %v\n%s", c.names, r.Title, r.Known, r.Questions, csv)
			}
			continue
		}
		if len(result.Readings) != 1 || r.Title != c.title || r.BySheet != (len(c.names) > 1) {
			t.Errorf("%v: %q, by sheet: %v", c.names, r.Title, r.BySheet)
		}
		recipe := bureau.Recipe{Name: r.Title, Title: bureau.String{V: r.Title}, Header: []bureau.String{{V: "类别"}, {V: "案件（起）"}}}
		recipe.BySheet.V = r.BySheet
		for _, f := range r.Fields {
			recipe.Columns = append(recipe.Columns, bureau.String{V: f.Name})
		}
		recipes = append(recipes, recipe)
	}
	w := workbook("台账", nil, words("2026年9月意见建议台账"), words("序号", "收到时间", "反映内容", "承办单位", "办理情况"),
		append([]table.Value{whole(0, "1")}, words("", "9月3日", "夜间噪声", "城关派出所", "办理中")...))
	if r := Read(w, Options{AsOf: today, Ledgers: []string{"意见建议"}}).Readings[0]; r.Title != "意见建议台账" {
		t.Error(r.Title)
	}
}

// Tables of one header and unlike titles count unlike things, and their descriptors say so.
func TestApart(t *testing.T) {
	result, _ := read(t, "报表.csv", "2026年9月刑事案件（起）\n所,立案\n甲,52\n\n2026年9月治安案件（起）\n所,立案\n甲,50\n\n2026年9月治安处罚（人）\n所,拘留\n甲,50\n", Options{})
	for n, want := range []string{"concept: \"刑事案件\"\n", "concept: \"治安案件\"\n", ""} {
		if got := string(result.Readings[n].Descriptor(today, "")); !strings.Contains(got, want) || want == "" && strings.Contains(got, "concept") {
			t.Errorf("%s\nwant %q", got, want)
		}
	}
	old := bureau.Recipe{Name: "a", Title: bureau.String{V: "刑事案件"}, Header: []bureau.String{{V: "所"}, {V: "立案"}}}
	result, _ = read(t, "报表.csv", "2026年9月治安案件（起）\n所,立案\n甲,50\n", Options{As: "b", Recipes: []bureau.Recipe{old}})
	if got := string(result.Readings[0].Descriptor(today, "")); !strings.Contains(got, "concept: \"治安案件\"\n") {
		t.Error(got)
	}
}
