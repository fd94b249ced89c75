package intake

import (
	"testing"

	"sunshine/site/table"
)

// What is hidden and can be computed from a total that is seen is asked about at the total.
func TestHiddenParts(t *testing.T) {
	column := func(c int) table.Range { return table.Range{Column: c, LastRow: 1<<20 - 1, LastColumn: c} }
	row := func(r int) table.Range { return table.Range{Row: r, LastRow: r, LastColumn: 1<<14 - 1} }
	cell := func(r, c int) table.Range { return table.Range{Row: r, Column: c, LastRow: r, LastColumn: c} }
	head := words("2026年9月抓获（人）")
	line := func(name string, figures ...table.Value) []table.Value {
		return append([]table.Value{{Text: name}}, figures...)
	}
	for _, c := range []struct {
		name   string
		hidden table.Range
		rows   [][]table.Value
		want   string
	}{
		{"a column beside one part", column(2), [][]table.Value{words("所", "男", "", "总数"), line("甲", whole(1, "10"), whole(3, "15"))}, "? D3 import/total\n"},
		{"a column behind the parts", column(3), [][]table.Value{words("所", "合计", "男"), line("甲", whole(1, "15"), whole(2, "10"))}, "? B3 import/total\n"},
		{"a column that is no part", column(3), [][]table.Value{words("所", "合计", "男"), line("甲", whole(1, "15"), whole(2, "15"))}, ""},
		{"a column far away", column(9), [][]table.Value{words("所", "合计", "男"), line("甲", whole(1, "15"), whole(2, "10"))}, ""},
		{"a column under the whole bureau", column(2), [][]table.Value{words("所", "男", "", "全县"), line("甲", whole(1, "10"), whole(3, "15"))}, "? D3 import/total\n"},
		{"a month beside its quarter", column(3), [][]table.Value{words("所", "1月", "2月", "", "一季度"), line("甲", whole(1, "10"), whole(2, "15"), whole(4, "40"))}, "? E3 import/total\n"},
		{"a month of a total that is left out", column(2), [][]table.Value{words("所", "1月", "", "合计"), line("甲", whole(1, "10"), whole(3, "40"))}, ""},
		{"a row", row(3), [][]table.Value{words("所", "男"), line("甲", whole(1, "10")), nil, line("合计", whole(1, "15"))}, "? B5 import/total\n"},
		{"a row of the whole bureau", row(3), [][]table.Value{words("所", "男"), line("甲", whole(1, "10")), nil, line("全县", whole(1, "15"))}, "? B5 import/total\n"},
		{"all rows", row(2), [][]table.Value{words("所", "男"), nil, line("合计", whole(1, "15"))}, "? B4 import/total\n"},
		{"all rows of a total without figures", row(2), [][]table.Value{words("所", "备案", "男"), nil, line("甲", table.Value{Column: 1, Text: "是"}, whole(2, "15")), line("合计", table.Value{Column: 1, Text: "是"})}, ""},
		{"a cell", cell(2, 2), [][]table.Value{words("所", "男", "女", "合计"), line("甲", whole(1, "10"), whole(3, "15"))}, "? D3 import/total\n"},
		{"a column that a rate gives away", column(2), [][]table.Value{words("所", "立案", "", "破案率（%）"), line("甲", whole(1, "10"), whole(3, "50"))}, "? D2 import/total\n"},
		{"a column that a balance gives away", column(2), [][]table.Value{words("所", "上年结转", "", "新收"), line("甲", whole(1, "10"), whole(3, "50"))}, "? B2 import/total\n"},
		{"a column behind a rate", column(4), [][]table.Value{words("所", "立案", "破案", "破案率（%）"), line("甲", whole(1, "10"), whole(2, "5"), whole(3, "50"))}, ""},
		{"a cell below the table", cell(7, 2), [][]table.Value{words("所", "合计", "男"), line("甲", whole(1, "15"), whole(2, "10"))}, ""},
	} {
		w := workbook("Sheet1", nil, append([][]table.Value{head}, c.rows...)...)
		w.Sheets[0].Hidden = []table.Range{c.hidden}
		got := ""
		for _, r := range Read(w, Options{AsOf: today}).Readings {
			for _, q := range r.Questions {
				got += "? " + q.At.Cell + " " + q.Rule.String() + "\n"
			}
		}
		if got != c.want {
			t.Errorf("%s: %swant %s", c.name, got, c.want)
		}
	}
}

// A month that is typed as a number with a point heads a column; a figure that looks like one heads
// none.
func TestMonthsAsNumbers(t *testing.T) {
	month := func(column int, text string) table.Value {
		return table.Value{Column: column, Kind: table.NumberValue, Text: text, Digits: text, Shown: 2}
	}
	w := workbook("Sheet1", nil, words("接警（起）"), []table.Value{{Text: "所"}, month(1, "2026.08"), month(2, "2026.09")}, []table.Value{{Text: "甲"}, whole(1, "5"), whole(2, "6")})
	if got := told(Read(w, Options{AsOf: today})); got != "期间,所,数量（起）\n2026年8月,甲,5\n2026年9月,甲,6\n" {
		t.Error(got)
	}
	w = workbook("Sheet1", nil, words("2026年9月罚款（元）"), words("所", "罚款", "收缴"), []table.Value{{Text: "甲"}, month(1, "2026.08"), month(2, "2031.09")})
	if got := told(Read(w, Options{AsOf: today})); got != "期间,所,罚款（元）,收缴（元）\n2026年9月,甲,2026.08,2031.09\n" {
		t.Error(got)
	}
}
