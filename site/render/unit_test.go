package render

import (
	"math"
	"strings"
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/sweep"
)

// withUnits adds three units, the bureau last, figures of one of them, and two targets.
func withUnits(t *testing.T) Input {
	in := fixture(t)
	b := in.Bureau
	b.Units = []bureau.Unit{
		{ID: str("cd"), Name: str("城东分局"), Level: str("分局"), Parent: str("sj"), Population: str("82000"), Source: str("统计公报"), Address: str("东街1号"), Phone: str("0100-1100001"), Hours: str("全天")},
		{ID: str("zh"), Name: str("中华派出所"), Level: str("station"), Parent: str("城东分局")},
		{ID: str("sj"), Name: str("示范市公安局"), Level: str("市局")},
		{ID: str("nasty"), Name: str(`<b>"'`), Parent: str("sj")},
	}
	b.Guides[1].Places[0].Name = str("中华派出所户籍窗口")
	s := &bureau.Statistic{
		Name: "visits", File: "data/stats/visits.csv", Descriptor: bureau.Descriptor{Title: str("窗口办件")},
		Fields: []bureau.Field{
			{Name: "期间", Title: "期间", Role: bureau.RolePeriod, UnitField: -1},
			{Name: "单位", Title: "单位", Role: bureau.RoleUnit, UnitField: -1},
			{Name: "办件", Title: "办件", Role: bureau.RoleMeasure, Type: "integer", Unit: "件", Risk: "event", UnitField: -1},
		},
	}
	names := []string{"中华派出所", "城东分局", "中华派出所"}
	for i, p := range years(t, "2024年", "2025年", "2025年") {
		s.Append(bureau.Row{Sheet: int32(i + 1)}, p, bureau.Cell{Text: p.Text, Number: math.NaN()}, bureau.Cell{Text: names[i], Number: math.NaN()}, bureau.Cell{Number: float64(710 + i)})
	}
	b.Statistics = append(b.Statistics, s)
	in.Statistics["visits"] = Statistic{Anchors: map[int]string{0: "r-a", 1: "r-b", 2: "r-c"}}
	in.Units = map[int][]UnitStatistic{}
	for i, part := range figures.ByUnit(s, b.Units) {
		in.Units[i] = []UnitStatistic{{Of: s, Part: part}}
	}
	chart := in.Statistics["cases-solved"].Charts[0]
	in.Units[1][0].Chart = &chart
	year := s.Period(2)
	in.Targets = []figures.Target{
		{Target: bureau.Target{SetBy: str("城东分局"), Basis: str("年度计划")}, Of: s, OfField: 2, Unit: 1, Interval: year, Value: 800, AtLeast: true, Row: 2, Past: 0},
		{Target: bureau.Target{SetBy: str("市局")}, Of: b.Statistics[0], OfField: 1, Unit: -1, Interval: year, Value: 9, Row: -1, Past: -1},
	}
	return in
}

func TestUnits(t *testing.T) {
	files := build(t, withUnits(t))
	for path, parts := range map[string][]string{
		"units/index.html": {
			`<a href="../units/sj/index.html">示范市公安局</a> <span class="tag">市局</span>`, "下属单位2个", "<details open>",
			`<a href="../units/cd/index.html">城东分局</a> <span class="unit-phone">`, `href="tel:01001100001"`,
			`<a href="../units/nasty/index.html">&lt;b&gt;&#34;&#39;</a>`, `<a href="../targets/index.html">绩效目标</a>`,
		},
		"units/cd/index.html": {
			"<dd>东街1号</dd>", "<dd>全天</dd>", "82,000人", "统计公报", `<a href="../../units/index.html">各单位</a>`,
			`<a href="../../stats/visits/index.html#r-b">窗口办件</a>`, `<a href="../../units/zh/index.html">中华派出所</a>`,
			"2025年，每万人口办件86.7件。",
		},
		"units/sj/index.html": { // which has none of its own
			"只有下属单位才有的数据", `<a href="../../stats/visits/index.html">窗口办件</a> <span class="facts"><a href="../../units/cd/index.html#unit-visits">城东分局</a> <a href="../../units/zh/index.html#unit-visits">中华派出所</a>`,
		},
		"units/zh/index.html": {
			`<a href="../../units/cd/index.html">城东分局</a></li>`, `<a href="../../stats/visits/index.html#r-c">窗口办件</a>`, `data-script="chart-1.js"`,
			"不低于800件", "712件", "未达到目标", "2024年：710件", "年度计划", `guides/hukou/id-card/index.html">首次申领居民身份证</a> <span class="facts">中华派出所户籍窗口`,
		},
		"targets/index.html":            {`<a href="../units/zh/index.html">中华派出所</a>`, "不高于9件", "同一期间还没有数值，不作对照"},
		"stats/visits/index.html":       {`<a href="../../units/index.html">按单位查看`, "未达到目标"},
		"stats/cases-solved/index.html": {"不高于9件"},
		"sitemap/index.html":            {`<a href="../units/zh/index.html">中华派出所</a>`, `<a href="../targets/index.html">绩效目标</a>`},
	} {
		for _, part := range parts {
			if !strings.Contains(string(files[path]), part) {
				t.Errorf("%s lacks %s:\n%s", path, part, files[path])
			}
		}
	}
	if strings.Contains(string(files["units/zh/index.html"]), "711") {
		t.Error("the page of a unit holds the figure of another one")
	}
	for _, name := range []string{"chart-1.svg", "chart-1.js"} {
		if _, ok := files["units/zh/"+name]; !ok {
			t.Errorf("%s is missing", name)
		}
	}
	for _, name := range []string{"forms/id-card.pdf", "stats/cases-solved/cases-solved.csv", "stats/cases-solved/cases-solved.json"} {
		files[name] = nil // what other packages write
	}
	for _, fault := range sweep.Site(files) {
		t.Error(fault)
	}
	for path := range build(t, fixture(t)) {
		if strings.HasPrefix(path, "units/") || strings.HasPrefix(path, "targets/") {
			t.Errorf("%s without units", path)
		}
	}
}

// The tree keeps the order of units.csv, and one that goes in a circle, which is
// an error elsewhere, ends.
func TestUnitOrder(t *testing.T) {
	in := withUnits(t)
	b := in.Bureau
	b.Units = append(b.Units, bureau.Unit{ID: str("a"), Name: str("甲局"), Parent: str("b")}, bureau.Unit{ID: str("b"), Name: str("乙局"), Parent: str("a")})
	page := string(build(t, in)["units/index.html"])
	if one, two := strings.Index(page, "城东分局"), strings.Index(page, "nasty"); one < 0 || two < one {
		t.Errorf("%d, %d", one, two)
	}
}
