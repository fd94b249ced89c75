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
