package chart

import (
	"flag"
	"fmt"
	"html"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"sunshine/site/bureau"
)

var sheetFile = flag.String("sheet", "", "write every kind of chart to this HTML file, to be looked at")

func plot(kind ChartType, ticks string, series ...Series) Plot {
	p := Plot{Type: kind, Title: "示例", Unit: "件", Language: chinese, Series: series}
	for _, label := range strings.Split(ticks, "|") {
		short := strings.TrimPrefix(label, "20")
		p.Ticks = append(p.Ticks, Tick{Label: label, Short: short, Partial: strings.Contains(label, "—"), Row: -1})
		p.Time = p.Time || strings.Contains(label, "年")
	}
	return p
}

// values makes a series; x, c and w are markers, a value followed by b is after
// a break.
func values(name string, list ...any) Series {
	s := Series{Name: name}
	for _, v := range list {
		switch v := v.(type) {
		case int:
			s.Values = append(s.Values, PlotValue{Number: float64(v)})
		case float64:
			s.Values = append(s.Values, PlotValue{Number: v})
		case string:
			pv := PlotValue{Number: math.NaN()}
			for _, m := range bureau.Markers {
				if strings.HasSuffix(v, m.Letter) {
					pv.Status, v = m.Status, strings.TrimSuffix(v, m.Letter)
				}
			}
			fmt.Sscan(v, &pv.Number)
			s.Values = append(s.Values, pv)
		}
	}
	return s
}

func wave(name string, n, shift int) Series {
	s := Series{Name: name}
	for i := range n {
		s.Values = append(s.Values, PlotValue{Number: math.Round(1000 + 300*math.Sin(float64(i+shift*9)/8) + 90*math.Cos(float64(i*i)))})
	}
	return s
}

func months(n int) string {
	var all []string
	for i := range n {
		all = append(all, fmt.Sprintf("%d年%d月", 2015+i/12, i%12+1))
	}
	return strings.Join(all, "|")
}

func numbered(n int) []any {
	all := make([]any, n)
	for i := range all {
		all[i] = i * 7 % 41
	}
	return all
}

const years = "2003年|2004年|2005年|2006年1—8月"

// gallery is one plot of each kind, and those that are hard to lay out.
func gallery() map[string]Plot {
	long := "盗窃案件|抢劫抢夺案件|故意伤害致人重伤或者死亡案件|诈骗案件（含电信网络诈骗）|涉及危险物质的其他刑事案件"
	g := map[string]Plot{
		"01-bar":         plot(Bar, years, values("破获刑事案件", 1159, 2385, 1732, "753p")),
		"02-grouped":     plot(GroupedBar, years, values("破获刑事案件", 1159, 2385, 1732, 753), values("打击处理人数", 974, 1204, 0, "c")),
		"03-stacked":     plot(StackedBar, years, values("盗窃", 1159, 1385, 1032, 453), values("抢劫抢夺", 374, 504, 600, 220), values("诈骗", 80, 140, 320, 290)),
		"04-horizontal":  plot(HorizontalBar, long, values("立案", 1159, 385, 32, "x", 0)),
		"05-line":        plot(Line, years+"|2007年|2008年", values("农村", 1159, 753, 603, 403, "640b", 700), values("城区", 1800, 1912, 1700, 1100, "x", 1500)),
		"06-line120":     plot(Line, months(120), wave("立案", 120, 0), wave("破案", 120, 1)),
		"07-share":       plot(ShareBar, years, values("盗窃", 1159, 1385, 1032, 453), values("抢劫抢夺", 374, 504, 600, "c"), values("诈骗", 80, 140, 320, 290)),
		"08-multiples":   plot(SmallMultiples, "2001年|2002年|"+years, values("东城派出所", 120, 130, 110, 90, 84, 40), values("西城派出所", 220, 230, 190, 170, "x", 80), values("北关派出所", 20, 30, 10, 9, 4, 0), values("高新技术产业开发区派出所", 99, 98, 97, 92, 91, 52)),
		"09-multi-lines": plot(SmallMultiples, months(48), wave("东城派出所", 48, 0), wave("西城派出所", 48, 2), wave("北关派出所", 48, 3), wave("南湖派出所", 48, 5)),
		"10-bar24":       plot(Bar, months(24), wave("立案", 24, 0)),
		"11-cut":         plot(Line, "2019年|2020年|2021年|2022年|2023年", values("办结率", 91.2, 92.5, 93.1, "x", 95.25)),
		"12-huge":        plot(Bar, "甲|乙|丙", values("金额", 123456789, 98765432, -3456789)),
		"13-six":         plot(Line, "2019年|2020年|2021年|2022年|2023年", values("盗窃", 500, 480, 470, 430, 400), values("诈骗", 200, 260, 330, 420, 410), values("抢劫", 90, 80, 60, 50, 30), values("伤害", 150, 145, 140, 120, 118), values("涉毒", 70, 60, 40, 30, 29), values("其他", 300, 310, 305, 290, 300)),
		"14-empty":       plot(Bar, "甲|乙", Series{Values: []PlotValue{{Number: math.NaN()}, {Number: math.NaN()}}}),
		"15-one":         plot(Line, "2006年", values("破案", 1732)),
		"16-hostile":     plot(Bar, `</script><script>alert(1)</script>|"'&amp;|`+"a\x00b\x1b|"+strings.Repeat("很长的名称", 60), values("x", 1, 2, 3, 4)),
		"17-stack-wide":  plot(HorizontalBar, long, values("受理", 1159, 385, 32, 88, 0), values("办结", 1100, 300, 30, "x", 0)),
	}
	en := plot(Bar, "2003|2004|2005|Jan–Aug 2006", values("Cases solved", 1159, 2385, 1732, 753))
	en.Language, en.Unit, en.Title = english, "cases", "Cases solved"
	en.Ticks[3].Partial, en.Time = true, true
	g["18-english"] = en
	avg := plot(Line, "2003年|2004年|2005年|2006年1—8月", values("农村", 96.583, 62.75, 50.375, 48.1))
	avg.Average = true
	g["19-average"] = avg

	desk := "青石市公安局交通警察支队车辆管理所机动车登记业务受理窗口"
	// reach/tail-labels: names that differ at their ends alone.
	g["20-tails"] = plot(HorizontalBar, desk+"（东区）|"+desk+"（西区）|"+desk+"（南区）", values("收到", 120, 340, 55))
	g["21-tails-six"] = plot(Line, "2021年|2022年|2023年|2024年",
		values(desk+"（东区）", 12, 13, 14, 15), values(desk+"（西区）", 22, 23, 24, 25), values(desk+"（南区）", 32, 33, 34, 35),
		values(desk+"（东区）"+desk, 42, 43, 44, 45), values("西区", 52, 53, 54, 55), values("南区", 62, 63, 64, "x"))
	g["22-line60"] = plot(Line, months(60), wave("立案", 60, 0))
	g["23-line400"] = plot(Line, months(400), wave("立案", 400, 0), wave("破案", 400, 3))
	g["24-bar400"] = plot(Bar, months(400), wave("立案", 400, 0))
	g["25-lying-periods"] = plot(HorizontalBar, years, values("立案", 1159, 2385, 1732, "753p"), values("破案", 900, "w", "z", 300))
	g["26-markers"] = plot(GroupedBar, years+"|2007年", values("立案", "x", "1385b", "w", 453, "12r"), values("破案", "c", "z", 1100, "c", 17), values("结案", 33, 44, "x", "w", 0))
	g["27-stack-missing"] = plot(StackedBar, years, values("盗窃", 1159, "x", 1032, 453), values("抢劫抢夺", 374, 504, "w", 220), values("诈骗", 80, 140, 320, "c"))
	g["28-panels-names"] = plot(SmallMultiples, long, values("2021年", 120, 130, 110, 90, 84), values("2022年", 220, 230, 190, 170, "x"), values("2023年", 20, 30, 10, 9, 4), values("青石市公安局高新技术产业开发区派出所", 20, 30, 10, 9, 4))
	g["29-negative"] = plot(GroupedBar, years, values("增加", -11, 23, -17, 7), values("减少", 9, -4, 0, -3))
	g["30-panels-tails"] = plot(SmallMultiples, months(13), wave(desk+"（东区）", 13, 0), wave(desk+"（西区）", 13, 1), wave(desk+"（南区）", 13, 2))
	g["31-one-bar"] = plot(Bar, "2006年", values("破案", 1732))
	g["32-line-markers"] = plot(Line, months(24), values("平均到场时间", 6.4, 7.2, "x", 5.7, 5.7, 6.3, "w", 7, 6.8, "6.2b", 5.8, 5.8, 7, "z", "c", 6.3, 5.5, 5.9, 6.1, 6, 6, 6.2, 6.3, "6.4p"))
	g["33-bars-apart"] = plot(HorizontalBar, strings.Join(strings.Split(strings.Repeat("某", 90), ""), "区|"), values("立案", numbered(90)...))
	for t := range g["33-bars-apart"].Ticks {
		tick := &g["33-bars-apart"].Ticks[t]
		tick.Label = fmt.Sprintf("第%d号警务区", t+1)
		tick.Short = tick.Label
	}
	group := plot(GroupedBar, "Theft|Robbery and snatching in public|Fraud (telecommunication and internet fraud included)", values("Cases recorded", 12345, 234, 4567), values("Cases solved", 10234, "x", 3456))
	group.Language, group.Unit, group.Title = english, "cases", "Cases"
	g["34-english-groups"] = group
	return g
}

// TestGallery holds that no kind of chart that staff may ask for lacks its plot.
func TestGallery(t *testing.T) {
	shown := map[ChartType]bool{}
	for _, p := range gallery() {
		shown[p.Type] = true
	}
	for _, w := range bureau.ChartTypes {
		if !shown[ChartType(w.ID)] {
			t.Errorf("no plot of the gallery is a %s", w.ID)
		}
	}
}

// A kind of chart of whose marks nothing is known is not given out, whatever draws it.
func TestUnknownKindIsRefused(t *testing.T) {
	p := gallery()["01-bar"]
	d, err := Draw("c", p)
	if err != nil {
		t.Fatal(err)
	}
	p.Type = "pie"
	if readBack(d.Wide, p) == nil {
		t.Error("a drawing of no kind is read back")
	}
	if _, err := prepare(p); err == nil {
		t.Error("a plot of no kind is drawn")
	}
}

// TestSheet draws the gallery; with -sheet it also leaves a page to look at.
func TestSheet(t *testing.T) {
	css, _ := os.ReadFile("../../templates/chart.css")
	var b strings.Builder
	b.WriteString("<!doctype html><meta charset=utf-8><style>body{font-family:'Noto Sans CJK SC',sans-serif;margin:16px} .pair{display:grid;grid-template-columns:720px 320px;gap:24px;align-items:start} h2{font-size:14px}.chart-wide,.chart-narrow{display:block!important} @media(prefers-color-scheme:dark){body{background:#14181d;color:#e8ecf0}}\n" + string(css) + "</style>")
	g := gallery()
	var names []string
	for name := range g {
		names = append(names, name)
	}
	slices.Sort(names)
	for i, name := range names {
		d, err := Draw(fmt.Sprintf("chart-%d", i+1), g[name])
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		fmt.Fprintf(&b, "<h2>%s</h2><figure class=chart><figcaption>%s</figcaption><div class=chart-legend>%s</div><div class=pair><div class=chart-wide>%s</div><div class=chart-narrow>%s</div></div></figure>\n",
			name, html.EscapeString(g[name].Title), d.Legend, d.Wide, d.Narrow)
	}
	if *sheetFile != "" {
		if err := os.WriteFile(*sheetFile, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
