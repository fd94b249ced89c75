package chart

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/bureau/bureautest"
	"sunshine/site/figures"
)

// shape says what a plot is in one line.
func shape(p Plot) string {
	var ticks, series []string
	for _, t := range p.Ticks {
		mark := ""
		if t.Partial {
			mark = "*"
		}
		ticks = append(ticks, t.Short+mark)
	}
	for _, s := range p.Series {
		var values []string
		for _, v := range s.Values {
			if math.IsNaN(v.Number) {
				values = append(values, "-")
			} else {
				values = append(values, fmt.Sprint(v.Number))
			}
		}
		series = append(series, s.Name+" "+strings.Join(values, " "))
	}
	return fmt.Sprintf("%s %s [%s] %s: %s", p.Type, p.Title, p.Unit, strings.Join(ticks, " "), strings.Join(series, "; "))
}

func TestPlotsInferred(t *testing.T) {
	months := []string{"期间:period,警情:measure:起"}
	for m := 1; m <= 13; m++ {
		months = append(months, fmt.Sprintf("%d-%02d,%d", 2005+(m-1)/12, (m-1)%12+1, 100+m))
	}
	units := []string{"单位:unit,期间:period,警情:measure:起"}
	for _, unit := range []string{"乙分局", "甲分局"} {
		units = append(units, unit+",2004年,5", unit+",2005年,9")
	}
	for _, tt := range []struct {
		name string
		s    *bureau.Statistic
		want []string
	}{
		{"periods, two units", bureautest.CasesSolved(t), []string{
			"bar 破获刑事案件 [件] 2003 2004 2005 06年1—8月*: 破获刑事案件 1713 2048 2385 1732",
			"bar 打击处理 [人] 2003 2004 2005 06年1—8月*: 打击处理 929 943 974 559"}},
		{"newest first in the file", bureautest.Table(t, "x", "yearly", "期间:period,警情:measure:起", "2005年,3", "2004年,2"), []string{"bar 警情 [起] 2004 2005: 警情 2 3"}},
		{"thirteen months", bureautest.Table(t, "x", "monthly", months...), []string{
			"line 警情 [起] 05年1月 05年2月 05年3月 05年4月 05年5月 05年6月 05年7月 05年8月 05年9月 05年10月 05年11月 05年12月 06年1月: 警情 101 102 103 104 105 106 107 108 109 110 111 112 113"}},
		{"categories", bureautest.Table(t, "x", "irregular", "类别:category,数:measure:件", "乙,1", "甲,2"), []string{"horizontal-bar 数 [件] 乙 甲: 数 1 2"}},
		{"two categories and two months: the latest, as when it was the only one", bureautest.Table(t, "x", "monthly", "期间:period,单位:category,类别:category,死亡:measure:人",
			"2026-09,甲,机动车,1", "2026-09,甲,其他,2", "2026-09,乙,机动车,3", "2026-09,乙,其他,4", "2026-10,甲,机动车,5", "2026-10,甲,其他,6", "2026-10,乙,机动车,7", "2026-10,乙,其他,8"), []string{
			"grouped-bar 2026年10月：死亡 [人] 甲 乙: 机动车 5 7; 其他 6 8"}},
		{"a measure for which there is no room in time, and the year before", bureautest.Table(t, "x", "monthly", "期间:period,类别:category,立案:measure:起,立案上年同期:measure:起,破案:measure:起,同比:measure:%,破案率:measure:%",
			"2026-09,甲,1,2,3,4,5", "2026-09,乙,6,7,8,9,10", "2026-10,甲,11,12,13,14,15", "2026-10,乙,16,17,18,19,20"), []string{
			"grouped-bar 立案 [起] 26年9月 26年10月: 甲 1 11; 乙 6 16", "grouped-bar 破案 [起] 26年9月 26年10月: 甲 3 13; 乙 8 18", "grouped-bar 同比 [%] 26年9月 26年10月: 甲 4 14; 乙 9 19",
			"grouped-bar 2026年10月：x [%] 甲 乙: 同比 14 19; 破案率 15 20"}},
		{"categories, two measures", bureautest.ThreeLedgers(t), []string{"grouped-bar three-ledgers [件] 意见建议 利益诉求 投诉举报: 收集件数 919 648 320; 办结件数 769 553 291"}},
		{"a total is not drawn", bureautest.Table(t, "x", "irregular", "类别:category,数:measure:件", "甲,2", "乙,[c]", "合计,3"), []string{"horizontal-bar 数 [件] 甲 乙: 数 2 -"}},
		{"total columns and parts of parts are not drawn", bureautest.Table(t, "x", "yearly", "期间:period,男:measure:人,其中：未成年:measure:人,女:measure:人,合计（人）:measure:人", "2004年,2,1,3,5", "2005年,4,1,5,9"),
			[]string{"grouped-bar x [人] 2004 2005: 男 2 4; 女 3 5"}},
		{"a total alone is drawn", bureautest.Table(t, "x", "yearly", "期间:period,案件合计:measure:件", "2004年,2", "2005年,4"), []string{"bar 案件合计 [件] 2004 2005: 案件合计 2 4"}},
		{"categories and periods", bureautest.Table(t, "x", "yearly", "期间:period,类别:category,数:measure:件", "2004,甲,1", "2004,乙,2", "2005,甲,3"), []string{"grouped-bar 数 [件] 2004 2005: 甲 1 3; 乙 2 -"}},
		{"units", bureautest.Table(t, "x", "yearly", units...), []string{"small-multiples 警情 [起] 2004 2005: 乙分局 5 9; 甲分局 5 9"}},
		{"units of one period are not ranked", bureautest.Table(t, "x", "yearly", "单位:unit,期间:period,警情:measure:起", "甲分局,2005,1", "乙分局,2005,2"), nil},
		{"three categories", bureautest.Table(t, "x", "irregular", "甲:category,乙:category,丙:category,数:measure:件", "a,a,a,1", "b,b,b,2"), nil},
		{"one row", bureautest.Table(t, "x", "yearly", "期间:period,数:measure:件", "2005,1"), []string{"bar 数 [件] 2005: 数 1"}},
		{"no row", bureautest.Table(t, "x", "yearly", "期间:period,数:measure:件"), nil},
		{"no value", bureautest.Table(t, "x", "yearly", "期间:period,数:measure:件", "2005,[x]"), nil},
		{"unknown units are not like each other", bureautest.Table(t, "x", "yearly", "期间:period,a,b", "2005,1,2"), []string{"bar a [] 2005: a 1", "bar b [] 2005: b 2"}},
		{"four units give three charts", bureautest.Table(t, "x", "yearly", "期间:period,a:measure:件,b:measure:人,c:measure:户,d:measure:起", "2005,1,2,3,4"), []string{
			"bar a [件] 2005: a 1", "bar b [人] 2005: b 2", "bar c [户] 2005: c 3"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			plots, problems := Plots(tt.s, chinese)
			if len(problems) > 0 {
				t.Error(problems)
			}
			var got []string
			for _, p := range plots {
				got = append(got, shape(p))
			}
			if strings.Join(got, "\n") != strings.Join(tt.want, "\n") {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(tt.want, "\n"))
			}
		})
	}
}

func TestPlotsGiven(t *testing.T) {
	s := bureautest.RuralCrime(t)
	s.Descriptor.ChartsGiven = true
	if plots, problems := Plots(s, chinese); len(plots) != 0 || len(problems) != 0 {
		t.Errorf("charts: [] gives %v %v", plots, problems)
	}
	average := bureautest.Chart("bar", "期间", "农村发刑案（件）")
	average.Average.V = true
	s.Descriptor.Charts = []bureau.Chart{bureautest.Chart("bar", "期间", "农村发刑案（件）"), average, bureautest.Chart("bra", "", "农村发刑案")}
	plots, problems := Plots(s, english)
	if len(plots) != 2 || problems.Errors() != 2 {
		t.Fatal(plots, problems)
	}
	if got := shape(plots[1]); got != "bar 农村发刑案 (monthly average) [件] 2004 2005 Jan–Aug 06*: 农村发刑案 96.6 62.8 50.4" || !plots[1].Average {
		t.Error(got)
	}
	if v := plots[0].Series[0].Values[2]; v.Row != 2 || v.Field != 1 {
		t.Errorf("the value does not cite its cell: %+v", v)
	}
	for _, p := range problems {
		if p.Line == 0 || p.Hint.ZH == "" || p.Hint.EN == "" {
			t.Errorf("%+v", p)
		}
	}
}

func TestTotalColumnIsNotDrawnWithItsParts(t *testing.T) {
	s := bureautest.Table(t, "x", "yearly", "期间:period,男:measure:人,女:measure:人,合计（人）:measure:人", "2004年,2,3,5", "2005年,4,5,9")
	for _, tt := range []struct {
		y    []string
		rule string
	}{
		{[]string{"男", "女"}, ""},
		{[]string{"男", "女", "合计（人）"}, "chart/total"},
		{[]string{"合计（人）"}, ""},
		{nil, ""},
	} {
		p, problems := PlotOf(s, bureautest.Chart("", "期间", tt.y...), chinese)
		got := ""
		if len(problems) > 0 {
			got = problems[0].Rule.String()
		}
		if got != tt.rule || tt.y == nil && shape(p) != "grouped-bar x [人] 2004 2005: 男 2 4; 女 3 5" {
			t.Errorf("%v: %v %s", tt.y, problems, shape(p))
		}
	}
}

func TestPlotTypes(t *testing.T) {
	s := bureautest.ThreeLedgers(t)
	figures.Derive(s)
	for _, tt := range []struct {
		c    bureau.Chart
		want string
	}{
		{bureautest.Chart("share-bar", "账本", "办结件数", "未结件数"), "share-bar three-ledgers [件] 意见建议 利益诉求 投诉举报: 办结件数 769 553 291; 未结件数 150 95 29"},
		{bureautest.Chart("stacked-bar", "账本", "办结件数", "未结件数"), "stacked-bar three-ledgers [件] 意见建议 利益诉求 投诉举报: 办结件数 769 553 291; 未结件数 150 95 29"},
		{bureautest.Chart("bar", "账本", "收集件数", "办结件数"), "grouped-bar three-ledgers [件] 意见建议 利益诉求 投诉举报: 收集件数 919 648 320; 办结件数 769 553 291"},
		{bureautest.Chart("small-multiples", "账本", "收集件数", "办结件数"), "small-multiples three-ledgers [件] 意见建议 利益诉求 投诉举报: 收集件数 919 648 320; 办结件数 769 553 291"},
		{bureautest.Chart("", "账本", "办结率"), "horizontal-bar 办结率 [%] 意见建议 利益诉求 投诉举报: 办结率 83.68 85.34 90.94"},
	} {
		p, problems := PlotOf(s, tt.c, chinese)
		if len(problems) > 0 || shape(p) != tt.want {
			t.Errorf("%s\nwant %s\n%v", shape(p), tt.want, problems)
		}
	}
	// A total row is the whole that series of categories add up to.
	by := bureautest.Table(t, "x", "yearly", "期间:period,类别:category,数:measure:件", "2004,甲,1", "2004,乙,2", "2004,合计,3", "2005,甲,3", "2005,乙,4", "2005,合计,7")
	c := bureautest.Chart("share-bar", "期间", "数")
	c.By = bureautest.Text("类别")
	if p, problems := PlotOf(by, c, chinese); len(problems) > 0 || shape(p) != "share-bar 数 [件] 2004 2005: 甲 1 3; 乙 2 4" {
		t.Error(shape(p), problems)
	}
	total := by.Cell(5, 2)
	total.Number = 8
	by.Set(5, 2, total)
	if _, problems := PlotOf(by, c, chinese); problems.Errors() != 1 {
		t.Error("parts that miss the total are drawn as shares")
	}
}

func TestPlotRefuses(t *testing.T) {
	ledgers := bureautest.ThreeLedgers(t)
	figures.Derive(ledgers)
	by := func(c bureau.Chart, field string) bureau.Chart { c.By = bureautest.Text(field); return c }
	average := func(c bureau.Chart) bureau.Chart { c.Average = bureau.Bool{V: true}; return c }
	mixed := bureautest.Table(t, "x", "irregular", "指标:category,数值:measure,单位:category", "a,20,名", "b,3,个")
	mixed.Fields[1].UnitField = 2
	many := []string{"期间:period,类别:category,数:measure:件"}
	for i := range 7 {
		many = append(many, fmt.Sprintf("2005,类%d,1", i))
	}
	columns, numbers, all := "期间:period", "2005", []string{}
	for i := range maxPanels + 1 {
		columns, numbers, all = columns+fmt.Sprintf(",数%d:measure:件", i), numbers+",1", append(all, fmt.Sprintf("数%d", i))
	}
	broad := bureautest.Table(t, "x", "yearly", columns, numbers)
	wide := []string{"类别:category,数:measure:件"}
	for i := range maxTicks + 1 {
		wide = append(wide, fmt.Sprintf("类%d,1", i))
	}
	for _, tt := range []struct {
		name          string
		s             *bureau.Statistic
		c             bureau.Chart
		rule          string
		message, hint string
	}{
		{"unknown type", bureautest.CasesSolved(t), bureautest.Chart("stackedbar", "期间", "打击处理（人）"), "chart/type", "没有“stackedbar”", "stacked-bar"},
		{"pie", bureautest.CasesSolved(t), bureautest.Chart("pie", "期间", "打击处理（人）"), "chart/type", "不提供饼图", "share-bar"},
		{"unknown y", bureautest.CasesSolved(t), bureautest.Chart("bar", "期间", "打击处理"), "chart/field", "没有“打击处理”", "打击处理（人）"},
		{"unknown x", bureautest.CasesSolved(t), bureautest.Chart("bar", "期闻", "打击处理（人）"), "chart/field", "没有“期闻”", "期间"},
		{"x is a measure", bureautest.CasesSolved(t), bureautest.Chart("bar", "打击处理（人）", "打击处理（人）"), "chart/field", "不能作 x", "期间"},
		{"y is a period", bureautest.CasesSolved(t), bureautest.Chart("bar", "期间", "期间"), "chart/field", "不能作 y", ""},
		{"y twice", bureautest.CasesSolved(t), bureautest.Chart("bar", "期间", "打击处理（人）", "打击处理（人）"), "chart/field", "两次", ""},
		{"unlike units", bureautest.CasesSolved(t), bureautest.Chart("grouped-bar", "期间", "破获刑事案件（件）", "打击处理（人）"), "chart/units", "“件”", "各画一张"},
		{"stack of unlike units", bureautest.CasesSolved(t), bureautest.Chart("stacked-bar", "期间", "破获刑事案件（件）", "打击处理（人）"), "chart/units", "“人”", ""},
		{"rows of unlike units", mixed, bureautest.Chart("bar", "指标", "数值"), "chart/units", "各行的单位不同（名、个）", "charts: []"},
		{"a part and its whole", ledgers, bureautest.Chart("share-bar", "账本", "收集件数", "办结件数"), "chart/parts", "不是一个整体的全部部分", "grouped-bar"},
		{"a stack of a part and its whole", ledgers, bureautest.Chart("stacked-bar", "账本", "收集件数", "办结件数"), "chart/parts", "", ""},
		{"one part", ledgers, bureautest.Chart("share-bar", "账本", "办结件数"), "chart/parts", "至少", ""},
		{"line over categories", ledgers, bureautest.Chart("line", "账本", "办结件数"), "chart/type", "“账本”不是期间", "bar"},
		{"seven series", bureautest.Table(t, "x", "yearly", many...), by(bureautest.Chart("grouped-bar", "期间", "数"), "类别"), "chart/size", "7个系列", "small-multiples"},
		{"more columns than small charts", broad, bureautest.Chart("small-multiples", "期间", all...), "chart/size", "小图有37幅", "y 少写几列"},
		{"more series than small charts", broad, bureautest.Chart("bar", "期间", all...), "chart/size", "37个系列", "y 少写几列"},
		{"401 ticks", bureautest.Table(t, "x", "irregular", wide...), bureautest.Chart("bar", "类别", "数"), "chart/size", "400", ""},
		{"several rows a tick", ledgers, bureautest.Chart("bar", "期间", "办结件数"), "chart/rows", "不止一行", "账本"},
		{"by with two y", ledgers, by(bureautest.Chart("bar", "期间", "收集件数", "办结件数"), "账本"), "chart/field", "只能有一个", ""},
		{"by is x", ledgers, by(bureautest.Chart("bar", "账本", "办结件数"), "账本"), "chart/field", "同一个字段", ""},
		{"average of a rate", ledgers, average(bureautest.Chart("bar", "账本", "办结率")), "chart/average", "百分比没有月均", ""},
		{"average of broken months", ledgers, average(bureautest.Chart("bar", "账本", "办结件数")), "chart/average", "2023年1月9日—3月17日", ""},
		{"average of a stock", bureautest.Table(t, "x", "monthly", "期间:period,数:measure:人", "截至2026年5月,3"), average(bureautest.Chart("bar", "期间", "数")), "chart/average", "截至2026年5月31日", ""},
		{"no axis", bureautest.Table(t, "x", "monthly", "数:measure:人", "3"), bureautest.Chart("bar", "", "数"), "chart/field", "横轴", ""},
		{"no measure", bureautest.Table(t, "x", "monthly", "期间:period", "2005年"), bureautest.Chart("bar", ""), "chart/field", "没有数值字段", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, problems := PlotOf(tt.s, tt.c, chinese)
			if problems.Errors() != 1 {
				t.Fatalf("%d problems: %v", len(problems), problems)
			}
			p := problems[0]
			if p.Rule.String() != tt.rule || !strings.Contains(p.Message.ZH, tt.message) || !strings.Contains(p.Hint.ZH, tt.hint) {
				t.Errorf("%+v", p)
			}
			if p.Line == 0 || p.Message.EN == "" || p.Hint.EN == "" || p.Hint.ZH == "" {
				t.Errorf("no place, English or hint: %+v", p)
			}
		})
	}
}

func BenchmarkPlots(b *testing.B) {
	lines := []string{"期间:period,警情:measure:起"}
	for m := range 120 {
		lines = append(lines, fmt.Sprintf("%d-%02d,%d", 2005+m/12, m%12+1, 100+m*37%41))
	}
	for name, s := range map[string]*bureau.Statistic{"4 years": bureautest.CasesSolved(b), "120 months": bureautest.Table(b, "x", "monthly", lines...)} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Plots(s, chinese)
			}
		})
	}
}
