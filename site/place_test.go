package site_test

import (
	"context"
	"maps"
	"path/filepath"
	"strings"
	"testing"

	"sunshine/site"
)

const (
	matterHeader = "编号,账本,收到日期,承办单位,摘要,商议,方案,督办,反馈,公开,状态,答复\n"
	placeTable   = "期间,破获（件）\n2003年,1713\n2004年,2048\n"
	placeOf      = "title: 破获刑事案件\ncoverage: {place: 江津, organisation: 江津市公安局}\nhistorical: true\n"
	placeRest    = "sources: [{title: 关于服务发展的几点思考, author: 江津市公安局, issued: 2006-09-16, path: 'https://example.org/essay'}]\nfrequency: yearly\nreleased: 2026-09-10\nschema: {fields: [{name: 期间, role: period}, {name: 破获（件）, role: measure, type: integer, unit: 件, risk: event}]}\n"
)

// placeFiles is a bureau with a closed series of another place and one of its own.
func placeFiles() map[string]string {
	own := strings.NewReplacer("coverage: {place: 江津, organisation: 江津市公安局}\nhistorical: true\n", "", "破获刑事案件", "立案", "江津市公安局", "业务系统").Replace(placeOf + placeRest)
	return map[string]string{
		"stats/solved.csv": placeTable, "stats/solved.yaml": placeOf + placeRest,
		"stats/own.csv": strings.NewReplacer("破获", "立案", "1713", "300", "2048", "310", "2003", "2024", "2004", "2025").Replace(placeTable), "stats/own.yaml": strings.Replace(own, "破获（件）", "立案（件）", 1),
	}
}

// A figure of another place is set against nothing of the bureau's own, and a closed
// series is not the latest; each hint cures its fault.
func TestInItsPlace(t *testing.T) {
	const promises = "title: 公开承诺\ncolumns: [{name: 承诺, role: title}, {name: 数字怎么说, type: figure}]\n"
	const placed = "title: 公开承诺\ncolumns: [{name: 承诺, role: title}, {name: 地区, role: place}, {name: 数字怎么说, type: figure}]\n"
	const suggestions = "suggestions: {ledgers: [意见建议], statistic: ledgers, ledger: 账本, received: 收集, completed: 办结}\n"
	const ledgers = "账本,期间,收集,办结\n意见建议,2023年1月9日至3月17日,919,769\n"
	ledgersOf := strings.Replace(placeOf+strings.Replace(placeRest, "yearly", "irregular", 1), "{name: 期间, role: period}, {name: 破获（件）, role: measure, type: integer, unit: 件, risk: event}",
		"{name: 账本, role: category}, {name: 期间, role: period}, {name: 收集, role: measure, type: integer, unit: 件, risk: event}, {name: 办结, role: measure, type: integer, unit: 件, risk: event}", 1)
	for name, c := range map[string]struct {
		wrong, right map[string]string
		want         string
	}{
		"a target of the bureau": {
			wrong: map[string]string{"targets.csv": "统计,字段,期间,目标,方向,制定\nsolved,破获（件）,2004年,2000,不低于,市政府\n"},
			right: map[string]string{"targets.csv": "统计,字段,期间,目标,方向,制定,地区\nsolved,破获（件）,2004年,2000,不低于,江津市政府,江津\nown,立案（件）,2025年,400,不高于,市政府,\nown,立案（件）,2024年,400,不高于,市政府,示范市\n"},
			want:  "data/targets.csv:2:1 (A2) error target/place this is about the bureau (示范市), and the figures of the statistic \"solved\" are those of \"江津\"",
		},
		"a target of a third place": {
			wrong: map[string]string{"targets.csv": "统计,字段,期间,目标,方向,制定,地区\nsolved,破获（件）,2004年,2000,不低于,市政府,固始\n"},
			right: map[string]string{"targets.csv": "统计,字段,期间,目标,方向,制定,地区\nsolved,破获（件）,2004年,2000,不低于,市政府,江津市公安局\n"},
			want:  "data/targets.csv:2:33 (G2) error target/place",
		},
		"a target of another place, against the bureau's figures": {
			wrong: map[string]string{"targets.csv": "统计,字段,期间,目标,方向,制定,地区\nown,立案（件）,2025年,400,不高于,市政府,江津\n"},
			want:  "data/targets.csv:2:29 (G2) error target/place",
		},
		"a promise of the bureau": {
			wrong: map[string]string{"registers/promises.csv": "承诺,数字怎么说\n有案必破,solved/2004年/破获（件）\n", "registers/promises.yaml": promises},
			right: map[string]string{"registers/promises.csv": "承诺,地区,数字怎么说\n有案必破,江津,solved/2004年/破获（件）\n有案必立,,own/2025年/立案（件）\n", "registers/promises.yaml": placed},
			want:  "data/registers/promises.csv:2:6 (B2) error registers/place",
		},
		"a promise of one place and the figure of another": {
			wrong: map[string]string{"registers/promises.csv": "承诺,地区,数字怎么说\n有案必破,西安,solved/2004年/破获（件）\n", "registers/promises.yaml": placed},
			want:  "data/registers/promises.csv:2:9 (C2) error registers/place",
		},
		"the lists of the bureau's suggestions": {
			wrong: map[string]string{"site.yaml": caseSettings + suggestions, "stats/ledgers.csv": ledgers, "stats/ledgers.yaml": ledgersOf, "suggestions/2026.csv": matterHeader + "1,意见建议,2026-09-01,治安支队,建议,,,,,,办理中,\n"},
			right: map[string]string{"site.yaml": caseSettings + "suggestions: {ledgers: [意见建议]}\n", "stats/ledgers.csv": ledgers, "stats/ledgers.yaml": ledgersOf, "suggestions/2026.csv": matterHeader + "1,意见建议,2026-10-30,治安支队,建议,,,,,,办理中,\n"},
			want:  "data/site.yaml:4:43 error matter/statistic",
		},
		"a closed series on the home page": {
			wrong: map[string]string{"site.yaml": caseSettings + "home_figures: [solved, own]\n"},
			right: map[string]string{"site.yaml": caseSettings + "home_figures: [own]\n"},
			want:  "data/site.yaml:4:16 error site/home-figures \"破获刑事案件（江津）\" is a closed series",
		},
		"a closed series with a next release": {
			wrong: map[string]string{"stats/solved.yaml": placeOf + placeRest + "next_release: 2027-09-10\n"},
			right: map[string]string{"stats/solved.yaml": strings.Replace(placeOf, "historical: true\n", "", 1) + placeRest + "next_release: 2027-09-10\n"},
			want:  "data/stats/solved.yaml:8:15 error stats/historical",
		},
		"a file name for a source": {
			wrong: map[string]string{"stats/solved.yaml": strings.Replace(placeOf+placeRest, "关于服务发展的几点思考", "003_5055cf871bfdb5ef.txt", 1)},
			want:  "data/stats/solved.yaml:4:19 warning stats/source-title",
		},
		"a spreadsheet for a source of a register": {
			wrong: map[string]string{"registers/promises.csv": "承诺,数字怎么说\n有案必破,\n", "registers/promises.yaml": promises + "sources: [{title: 报表 2026.XLSX}]\n"},
			right: map[string]string{"registers/promises.csv": "承诺,数字怎么说\n有案必破,\n", "registers/promises.yaml": promises + "sources: [{title: 2026年报表, path: 'https://example.org/2026.xlsx'}]\n"},
			want:  "data/registers/promises.yaml:3:19 warning stats/source-title",
		},
	} {
		said := func(with map[string]string) []string {
			files := placeFiles()
			maps.Copy(files, with)
			return verdict(t, files)
		}
		if lines := said(c.wrong); len(lines) != 1 || !strings.HasPrefix(lines[0], c.want) {
			t.Errorf("%s: got\n%s\nwant %s", name, strings.Join(lines, "\n"), c.want)
		}
		if c.right != nil {
			if lines := said(c.right); len(lines) > 0 {
				t.Errorf("%s: not cured:\n%s", name, strings.Join(lines, "\n"))
			}
		}
	}
}

// builtPlace builds a bureau and gives its files as text.
func builtPlace(t *testing.T, files map[string]string, labels ...string) map[string]string {
	t.Helper()
	dir := t.TempDir()
	if files["site.yaml"] == "" {
		files["site.yaml"] = caseSettings
	}
	for name, text := range files {
		putFile(t, filepath.Join(dir, "data", filepath.FromSlash(name)), text)
	}
	for _, label := range labels {
		if _, problems, err := site.Release(context.Background(), options(dir, ""), label); err != nil {
			t.Fatal(problems, err)
		}
		if text := files["after/"+label]; text != "" {
			putFile(t, filepath.Join(dir, "data", "stats", "solved.csv"), text)
		}
	}
	out := filepath.Join(dir, "public")
	if err := buildInto(out, dir); err != nil {
		t.Fatal(err)
	}
	pages := map[string]string{}
	for name, data := range tree(t, out) {
		pages[name] = string(data)
	}
	return pages
}

// The place of a figure stands wherever the figure does, and that of the bureau
// itself nowhere but beside its source.
func TestPlaceTravels(t *testing.T) {
	files := placeFiles()
	files["stats/solved.yaml"] = strings.Replace(files["stats/solved.yaml"], "historical: true\n", "", 1)
	files["targets.csv"] = "统计,字段,期间,目标,方向,制定,地区\nsolved,破获（件）,2004年,2000,不低于,江津市政府,江津\n"
	files["pages/about.md"] = "---\ntitle: 关于\nupdated: 2026-10-01\n---\n当年破获{{solved/2004年/破获（件）}}，立案{{own/2025年/立案（件）}}。\n"
	files["registers/promises.csv"] = "承诺,地区,数字怎么说\n有案必破,江津,solved/2004年/破获（件）\n"
	files["registers/promises.yaml"] = "title: 公开承诺\ncolumns: [{name: 承诺, role: title}, {name: 地区, role: place}, {name: 数字怎么说, type: figure}]\n"
	pages := builtPlace(t, files)
	for _, c := range []struct{ page, has string }{
		{"stats/solved/index.html", "<title>破获刑事案件（江津） - 阳光警务</title>"},
		{"stats/solved/index.html", "<h1>破获刑事案件（江津）</h1>"},
		{"stats/solved/index.html", `<figcaption id="chart-1-title">破获（江津）</figcaption>`},
		{"stats/solved/index.html", "江津：2004年，破获2048件"},
		{"stats/solved/index.html", `<dt>地区</dt><dd>江津</dd>`},
		{"stats/solved/index.html", `<dt>统计机构</dt><dd>江津市公安局</dd>`},
		{"stats/solved/index.html", `<a href="https://example.org/essay">关于服务发展的几点思考</a> <span class="note">江津市公安局，2006年9月16日</span>`},
		{"stats/solved/index.html", `"spatialCoverage":{"@type":"Place","name":"江津"}`},
		{"stats/solved/chart-1.svg", "破获（江津）"},
		{"stats/solved/solved.csv", "2004年,2004-01-01,2004-12-31,2048,江津\r\n"},
		{"stats/solved/solved.json", `"coverage":{"place":"江津","organisation":"江津市公安局"}`},
		{"stats/solved/solved.json", `"author":"江津市公安局","issued":"2006-09-16"`},
		{"stats/solved/solved.json", `"破获（件）":2048,"place":"江津"}`},
		{"stats/solved/cite.txt", "地区和机构：江津，江津市公安局"},
		{"datapackage.json", `"place": "江津"`},
		{"index.html", `<p class="when">江津 · 2004年</p>`},
		{"stats/index.html", ">破获刑事案件（江津）</a>"},
		{"about/index.html", ">2048件（江津）</a>，立案"},
		{"registers/promises/index.html", `<span class="note">江津 · 2004年</span>`},
		{"targets/index.html", "<span>江津 · 2004年</span>"},
		{"stats/own/index.html", `<dt>地区</dt><dd>示范市</dd>`},
		{"stats/own/own.csv", "期间,期间_start,期间_end,立案（件）\r\n"},
		{"stats/own/own.json", `"coverage":{"place":"示范市","organisation":"示范市公安局"}`},
		{"index.html", `<p class="when">2025年</p>`},
	} {
		if !strings.Contains(pages[c.page], c.has) {
			t.Errorf("%s lacks %s", c.page, c.has)
		}
	}
	if main := pages["stats/own/index.html"]; strings.Contains(main, "（示范市）") || strings.Contains(main, "示范市：") || strings.Contains(main, "江津") {
		t.Error("the bureau's own figures say more than their source")
	}
}

// A closed series is listed apart, stands on the home page under no circumstances,
// and keeps nothing up to date.
func TestHistorical(t *testing.T) {
	pages := builtPlace(t, placeFiles())
	if page := pages["index.html"]; strings.Contains(page, "江津") || !strings.Contains(page, "310") {
		t.Error("the home page shows a closed series, or not the latest")
	}
	list := pages["stats/index.html"]
	before, after, found := strings.Cut(list, `<h2 id="section-historical">历史数据</h2>`)
	if !found || strings.Contains(before, "江津") || !strings.Contains(after, "江津") || strings.Contains(after, "最新") || !strings.Contains(after, "数据期间：2003年 至 2004年") {
		t.Error(list)
	}
	if page := pages["stats/solved/index.html"]; !strings.Contains(page, "<dt>下次发布</dt><dd>历史数据，不再更新</dd>") || strings.Contains(page, "最新") {
		t.Error(page)
	}
	if strings.Contains(pages["freshness/index.html"], "江津") || strings.Contains(pages["freshness/index.html"], "2项") {
		t.Error(pages["freshness/index.html"])
	}
	if !strings.Contains(pages["stats/solved/solved.json"], `"historical":true`) {
		t.Error("the download does not say that the series is closed")
	}
}

// Each figure has its line, with the newest release that holds it as it stands.
func TestCitation(t *testing.T) {
	files := placeFiles()
	files["after/2026-09"] = "期间,破获（件）\n2003年,1713\n2004年,2048\n2005年,2385 [p]\n"
	files["after/2026-10"] = "期间,破获（件）\n2003年,1713\n2004年,2048\n2005年,2385\n2006年1-8月,1732 [p]\n"
	pages := builtPlace(t, files, "2026-09", "2026-10")
	lines := strings.Split(strings.TrimSpace(strings.TrimPrefix(pages["stats/solved/cite.txt"], "\ufeff")), "\n")
	if len(lines) != 4 {
		t.Fatal(lines)
	}
	for i, want := range []struct{ begins, holds, ends string }{
		{"破获刑事案件（江津），2003年，破获：1713件；来源：关于服务发展的几点思考（江津市公安局，2006年9月16日）；地区和机构：江津，江津市公安局；数据文件校验值：", "；发布记录：2026-10。", " https://example.org/stats/solved/#r-2003"},
		{"破获刑事案件（江津），2004年，破获：2048件；", "；发布记录：2026-10。", "#r-2004"},
		{"破获刑事案件（江津），2005年，破获：2385件；", "；发布记录：尚未列入。", "#r-2005"}, // it was provisional there
		{"破获刑事案件（江津），2006年1—8月，破获：1732件（初步数）；", "；发布记录：尚未列入。", "#r-2006-01-2006-08"},
	} {
		if l := lines[i]; !strings.HasPrefix(l, want.begins) || !strings.Contains(l, want.holds) || !strings.HasSuffix(l, want.ends) {
			t.Errorf("got %s, want %v", l, want)
		}
	}
	page := pages["stats/solved/index.html"]
	if !strings.Contains(page, "<p>"+lines[3]+"</p>") || strings.Contains(page, lines[0]) || !strings.Contains(page, `href="../../stats/solved/cite.txt"`) {
		t.Error(page)
	}
}

// What is withheld is not cited, nor the checksum of its table.
func TestCitationWithheld(t *testing.T) {
	files := map[string]string{
		"stats/hurt.csv":  "期间,类别,受伤（人）\n2025年,甲,3\n2025年,乙,4\n2025年,丙,20\n2025年,合计,27\n",
		"stats/hurt.yaml": "title: 受伤\nsources: [{title: 年报}]\nreleased: 2026-09-10\nfrequency: yearly\nschema: {fields: [{name: 期间, role: period}, {name: 类别, role: category}, {name: 受伤（人）, role: measure, type: integer, unit: 人, risk: person}]}\n",
	}
	pages := builtPlace(t, files)
	text := pages["stats/hurt/cite.txt"]
	if strings.Contains(text, "甲") || strings.Contains(text, "校验值") || !strings.Contains(text, "合计，受伤：27人") {
		t.Error(text)
	}
	if !strings.Contains(pages["stats/hurt/hurt.csv"], "[c]") {
		t.Error("nothing is withheld")
	}
}
