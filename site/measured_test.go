package site_test

import (
	"context"
	"strings"
	"testing"

	"sunshine/site"
	"sunshine/site/period"
)

const (
	measuredMatters = "编号,账本,收到日期,承办单位,摘要,商议,方案,督办,反馈,公开,状态,答复\n" +
		"1,意见建议,2026-08-03,治安支队,路灯不亮,2026-08-05,2026-08-10,2026-08-20,2026-09-01,2026-09-10,已办结,已修复\n"
	measuredPromises = "title: 公开承诺\ncolumns:\n  - {name: 编号, role: id}\n  - {name: 承诺, role: title}\n  - {name: 数字怎么说, type: figure}\n"
)

// built builds a bureau of some files as of 31 October 2026, wants no problem but what
// an almost empty bureau has, and gives its pages by path.
func built(t *testing.T, files map[string]string) map[string]string {
	t.Helper()
	begins(t, verdict(t, files)) // writes the files' settings, too
	dir := t.TempDir()
	for name, text := range files {
		putFile(t, dir+"/data/"+name, text)
	}
	o := options(dir, "")
	o.AsOf = period.NewDate(2026, 10, 31)
	made, _, err := site.Make(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	pages := map[string]string{}
	for _, f := range made.Files {
		pages[f.Path] = string(f.Bytes)
	}
	return pages
}

// TestComputedRateInPromise is the case figures/computed-rate-in-promise: what the site
// computes of its own lists is cited as a published figure is.
func TestComputedRateInPromise(t *testing.T) {
	for _, reference := range []string{"suggestions/意见建议/五步齐全率", "@suggestions/意见建议/五步齐全率", "@suggestions/complete-share", "@suggestions/2026年8月/complete-share"} {
		pages := built(t, map[string]string{
			"suggestions/2026.csv": measuredMatters, "registers/promises.yaml": measuredPromises,
			"registers/promises.csv": "编号,承诺,数字怎么说\nP01,所有事项做到五个一," + reference + "\n",
		})
		if page := pages["registers/promises/index.html"]; !strings.Contains(page, `">100.00%</a>`) || !strings.Contains(page, `href="../../suggestions/index.html#r-`) {
			t.Errorf("%s is not shown with its way:\n%s", reference, page)
		}
		if page := pages["suggestions/index.html"]; !strings.Contains(page, "五步齐全率 = 五步齐全件数 ÷ 办结件数") {
			t.Error("the page of the lists does not say how the share comes about")
		}
	}
}

// TestMeasuresAreCited holds that texts, the home page and charts take what the site
// computes, and that what there is none of is named with what was meant.
func TestMeasuresAreCited(t *testing.T) {
	pages := built(t, map[string]string{
		"site.yaml":            caseSettings + "home_figures: ['@suggestions/平均反馈天数']\n",
		"suggestions/2026.csv": measuredMatters,
		"pages/how.md":         "---\ntitle: 怎么样\nupdated: 2026-10-01\n---\n收到{{@suggestions/received}}，清单{{@registers/list/条数}}。\n\n```chart\nstatistic: \"@suggestions\"\ntype: grouped-bar\nx: 期间\nby: 账本\ny: [received]\n```\n",
		"registers/list.csv":   "名称\n甲\n乙\n", "registers/list.yaml": "title: 清单\ncolumns: [{name: 名称, role: title}]\n",
	})
	for path, want := range map[string]string{
		"index.html":     "平均反馈天数", // 1 September less 3 August
		"how/index.html": `清单<a class="figure" href="../registers/list/index.html">2条</a>`,
	} {
		if !strings.Contains(pages[path], want) {
			t.Errorf("%s lacks %s:\n%s", path, want, pages[path])
		}
	}
	if !strings.Contains(pages["how/index.html"], "<figure") {
		t.Error("the chart is not drawn")
	}
	list := "title: 清单\ncolumns: [{name: 名称, role: title}, {name: 数, type: figure}, {name: 同意, role: consent}]\n"
	for reference, want := range map[string]string{
		"@suggestions/五步齐全": "五步齐全率", "@suggestion/received": "@suggestions", "@suggestions/2025年1月/received": "2026年",
		"@registers/list/rows": "the register",
	} {
		lines := verdict(t, map[string]string{
			"suggestions/2026.csv": measuredMatters, "registers/list.csv": "名称,数,同意\n甲," + reference + ",1号\n", "registers/list.yaml": list,
		})
		if len(lines) != 1 || !strings.Contains(lines[0], "registers/figure") || !strings.Contains(lines[0], want) {
			t.Errorf("%s: %q", reference, lines)
		}
	}
}

// TestPromisesJudgeThemselves holds that a register of promises says of each how it
// stands, by which formula, and why where nothing can be said: of a source's claim, too,
// and of a figure that disclosure control withholds.
func TestPromisesJudgeThemselves(t *testing.T) {
	pages := built(t, map[string]string{
		"site.yaml":            caseSettings + "suggestions: {complete: true}\n",
		"suggestions/2026.csv": measuredMatters,
		"stats/solved.csv":     "期间,打击处理（人）,受伤（人）\n2003年,929,3\n2004年,943,12\n2005年,974,13\n2006年1-8月,559,14\n",
		"stats/solved.yaml": "title: 打击处理\nfrequency: yearly\nreleased: 2006-10-01\nsources: [{title: 报告}]\ncontributors: [{title: 支队, roles: [compiler]}]\ncharts: []\nschema:\n  fields:\n    - {name: 期间, role: period}\n" +
			"    - {name: 打击处理（人）, role: measure, unit: 人, risk: person}\n    - {name: 受伤（人）, role: measure, unit: 人, risk: person}\n",
		"registers/promises.yaml": "title: 公开承诺\ncolumns:\n  - {name: 编号, role: id}\n  - {name: 承诺, role: title}\n  - {name: 目标, role: target}\n  - {name: 现状, role: baseline}\n" +
			"  - {name: 数字, role: figure}\n  - {name: 地区, role: place}\n  - {name: 说法, role: claim}\n",
		"registers/promises.csv": "编号,承诺,目标,现状,数字,地区,说法\n" +
			"P1,五个一,≥100%,,@suggestions/五步齐全率,,\n" +
			"P2,别处的承诺,≥100%,,,西安,\n" +
			"P3,更正,,3个月至半年,,,\n" +
			"P4,不出事,不超过5人,,solved/2003年/受伤（人）,,\n" +
			"S1,打击力度逐年增强,,,,,solved/打击处理（人） 逐期上升\n",
	})
	page := pages["registers/promises/index.html"]
	for _, want := range []string{
		`<span>兑现1条</span><span class="hidden">；</span> <span>不成立1条</span><span class="hidden">；</span> <span>无从核验3条</span>`,
		`<span class="tag verdict-kept">兑现</span>`, "= 五步齐全件数 ÷ 办结件数 = 1 ÷ 1 = 100.00%，目标不低于100%，兑现",
		"没有可核验的数字，无从核验", "来源没有给出目标值，无从核验", "<dt>现状</dt><dd>3个月至半年</dd>",
		"受伤，这个数字不公布，以免认出具体的人，无从核验",
		`<span class="tag verdict-broken">不成立</span>`, "81.2人（2005年）、69.9人（2006年1—8月）（各期月份不同，没有剔除季节影响），说法是逐期上升，不成立",
		`<a href="../../stats/solved/index.html">打击处理 · 打击处理</a>`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if csv := pages["registers/promises/promises.csv"]; !strings.Contains(csv, "核验结论,怎么核验") || !strings.Contains(csv, ",不成立,打击处理的月均数：") || !strings.Contains(csv, ",兑现,五步齐全率") {
		t.Errorf("the download does not tell how they stand:\n%s", csv)
	}
	if strings.Count(page, "尚无数据") != 2 { // of P2 and P3: a claim has no figure of its own
		t.Error("what has no figure is not said")
	}
	if t.Failed() {
		t.Log(page)
	}
}

// TestPromisesKeepToTheirPlace holds that neither a promise nor a claim of another place
// is held against the bureau's own lists, whichever period it names.
func TestPromisesKeepToTheirPlace(t *testing.T) {
	for column, cell := range map[string]string{"figure": "@suggestions/五步齐全率", "claim": "@suggestions/received 逐期上升"} {
		lines := verdict(t, map[string]string{
			"suggestions/2026.csv": measuredMatters, "registers/promises.csv": "承诺,地区,数字\n甲,西安," + cell + "\n",
			"registers/promises.yaml": "title: 公开承诺\ncolumns:\n  - {name: 承诺, role: title}\n  - {name: 地区, role: place}\n  - {name: 数字, role: " + column + "}\n",
		})
		begins(t, lines, "data/registers/promises.csv:2:6 (C2) error registers/place")
	}
}
