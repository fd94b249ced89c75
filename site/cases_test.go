package site_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"sunshine/site"
	"sunshine/site/load"
	"sunshine/site/period"
	"sunshine/site/problem"
)

const caseSettings = "title: 阳光警务\norganization: 示范市公安局\nbase_url: https://example.org/\n"

// verdict writes a bureau, checks it and builds it, and gives the problems, which
// are the same of both. Those that an almost empty bureau has are left out.
func verdict(t *testing.T, files map[string]string) []string {
	t.Helper()
	dir := t.TempDir()
	if files["site.yaml"] == "" {
		files["site.yaml"] = caseSettings
	}
	for name, text := range files {
		putFile(t, filepath.Join(dir, "data", filepath.FromSlash(name)), text)
	}
	checked, err := site.Check(context.Background(), options(dir, ""))
	if err != nil {
		t.Fatal(err)
	}
	_, built, err := site.Build(context.Background(), options(dir, filepath.Join(dir, "public")))
	if err != nil {
		t.Fatal(err)
	}
	said := func(list problem.List) []string {
		var lines []string
		for _, p := range list {
			switch p.Rule.Area() {
			case "freshness", "footer", "placeholder":
				continue
			}
			if p.Rule == problem.TranslationMissing {
				continue
			}
			lines = append(lines, p.Position.String()+" "+p.Severity.String()+" "+p.Rule.String()+" "+p.Message.EN+" | "+p.Hint.EN)
		}
		return lines
	}
	if a, b := said(checked), said(built); !slices.Equal(a, b) {
		t.Errorf("check and build differ:\n%s\n\n%s", strings.Join(a, "\n"), strings.Join(b, "\n"))
	}
	return said(checked)
}

// begins holds lines against what each of them has to begin with.
func begins(t *testing.T, lines []string, want ...string) {
	t.Helper()
	ok := len(lines) == len(want)
	for i := range min(len(lines), len(want)) {
		ok = ok && strings.HasPrefix(lines[i], want[i])
	}
	if !ok {
		t.Errorf("got:\n%s\nwant:\n%s", strings.Join(lines, "\n"), strings.Join(want, "\n"))
	}
}

const casePage = "---\ntitle: 本局说明\nupdated: 2026-10-01\n---\n正文\n"

func TestClashes(t *testing.T) {
	t.Run("messages/page-named-freshness", func(t *testing.T) {
		lines := verdict(t, map[string]string{"pages/freshness.md": casePage})
		begins(t, lines, "data/pages/freshness.md error files/reserved-name")
		if len(lines) > 0 && !strings.Contains(lines[0], ", freshness, ") {
			t.Error("the names that are reserved are not said")
		}
	})
	for _, name := range []string{"stats", "Sitemap", "search", "data", "zh", "doubts"} {
		t.Run(name, func(t *testing.T) {
			begins(t, verdict(t, map[string]string{"pages/" + name + ".md": casePage}), "data/pages/"+name+".md error files/reserved-name")
		})
	}
	t.Run("two documents", func(t *testing.T) {
		begins(t, verdict(t, map[string]string{"pages/About-us.md": casePage, "pages/about_us.md": casePage}),
			"data/pages/about_us.md error files/same-address would become the same page as data/pages/About-us.md: about-us/")
	})
	t.Run("names that differ in case", func(t *testing.T) {
		begins(t, verdict(t, map[string]string{"pages/straße.md": casePage, "pages/strasse.md": casePage}), "data/pages/straße.md error write/name")
	})
	t.Run("attachments that differ in case", func(t *testing.T) {
		begins(t, verdict(t, map[string]string{"static/Form.txt": "a", "static/form.txt": "b"}), "data/static/form.txt error write/name")
	})
	t.Run("an attachment in a folder that is a file elsewhere", func(t *testing.T) {
		begins(t, verdict(t, map[string]string{"static/Form": "a", "static/form/b.txt": "b"}), "data/static/form/b.txt error write/name")
	})
	t.Run("a name of Windows", func(t *testing.T) {
		begins(t, verdict(t, map[string]string{"pages/con.md": casePage}), "data/pages/con.md error write/name")
	})
	t.Run("a name that is too long with its ending", func(t *testing.T) {
		name := strings.Repeat("a", 251)
		lines := verdict(t, map[string]string{"stats/" + name + ".csv": "期间,件数（件）\n2024年,12\n2025年,13\n"})
		begins(t, slices.DeleteFunc(lines, func(l string) bool { return strings.Contains(l, " warning ") }), "data/stats/"+name+".csv error write/name")
	})
}

// A link to a download holds in a check as it does in a build.
func TestDownloadLinked(t *testing.T) {
	lines := verdict(t, map[string]string{
		"stats/a.csv":    "期间,件数（件）\n2024年,12\n2025年,13\n",
		"stats/a.yaml":   "title: 甲\nsources: [{title: 报表}]\nreleased: 2026-10-01\nschema: {fields: [{name: 期间, role: period}, {name: 件数（件）, role: measure, type: integer, risk: event}]}\n",
		"pages/about.md": "---\ntitle: 本局说明\nupdated: 2026-10-01\n---\n[下载](/stats/a/a.csv) [全部](/data/all.zip)\n",
	})
	begins(t, lines)
}

// The top of what the demonstration publishes is either reserved or a page of staff.
func TestReservedNames(t *testing.T) {
	dir, err := demonstration()
	if err != nil {
		t.Fatal(err)
	}
	b, _ := load.Bureau(t.Context(), os.DirFS(dir), 1, nil)
	for name := range tree(t, filepath.Join(dir, "public")) {
		top, _, folder := strings.Cut(name, "/")
		pages, err := filepath.Glob(filepath.Join("..", "data", "pages", top+".*"))
		if err != nil {
			t.Fatal(err)
		}
		if folder && !slices.Contains(b.ReservedNames(), top) && len(pages) == 0 {
			t.Errorf("a page of staff may be named %s, and the site has %s", top, name)
		}
	}
}

func TestAddressesOfSettings(t *testing.T) {
	t.Run("security/settings-addresses", func(t *testing.T) {
		begins(t, verdict(t, map[string]string{"site.yaml": caseSettings + "footer: {report_error: \"javascript:alert(1)\"}\nlicense: {name: x, url: \"//host.example\"}\n"}),
			"data/site.yaml:4:24 error address/form", "data/site.yaml:5:25 error address/form")
	})
	descriptor := "title: 甲\nsources: [{title: 报表, path: \"%s\"}]\nreleased: 2026-10-01\nschema: {fields: [{name: 期间, role: period}, {name: 件数（件）, role: measure, type: integer, risk: event}]}\n"
	for _, c := range []struct{ address, rule string }{
		{"https://example.org/a", ""}, {"mailto:a@example.org", ""}, {"/static/a.txt", ""}, {"static/a.txt", ""}, {"tel:110", ""},
		{"JavaScript:alert(1)", "address/form"}, {"data:text/html,x", "address/form"}, {"vbscript:x", "address/form"}, {"//example.org", "address/form"},
		{`/\\example.org`, "address/form"}, {`java\tscript:alert(1)`, "address/form"}, {"www.example.org", "address/form"}, {"file:///etc/passwd", "address/form"},
	} {
		t.Run(c.address, func(t *testing.T) {
			lines := verdict(t, map[string]string{
				"stats/a.csv": "期间,件数（件）\n2024年,12\n2025年,13\n", "stats/a.yaml": fmt.Sprintf(descriptor, c.address), "static/a.txt": "x",
			})
			if c.rule == "" {
				begins(t, lines)
			} else {
				begins(t, lines, "data/stats/a.yaml:2:29 error "+c.rule)
			}
		})
	}
}

func TestUnitsChain(t *testing.T) {
	chain := func(n int) string {
		var b strings.Builder
		b.WriteString("id,name,parent\n")
		for i := range n {
			above := ""
			if i > 0 {
				above = fmt.Sprintf("u%d", i-1)
			}
			fmt.Fprintf(&b, "u%d,单位%d,%s\n", i, i, above)
		}
		return b.String()
	}
	begins(t, verdict(t, map[string]string{"units.csv": chain(4)}))
	t.Run("security/units-chain", func(t *testing.T) {
		begins(t, verdict(t, map[string]string{"units.csv": chain(1000)}), "data/units.csv:6:8 (C6) error unit/depth")
	})
	t.Run("cost", func(t *testing.T) {
		start := time.Now()
		verdict(t, map[string]string{"units.csv": chain(5000)})
		if took := time.Since(start); took > 30*time.Second { // linear: about 1 s; with the cube, many minutes
			t.Errorf("5,000 units in a chain take %v", took)
		}
	})
}

func TestChineseWords(t *testing.T) {
	t.Run("messages/area-hint", func(t *testing.T) {
		guide := `---
事项名称: 夫妻投靠迁入
类别: 户口办理
状态: 现行
主管部门: 示范县公安局治安大队
摘要: 配偶是本地户籍的，可以把户口迁来。
设定依据:
  - {法律: 中华人民共和国户口登记条例, 条款: 第十三条}
适用对象: [个人]
申请条件:
  - 夫妻一方户口在本地
办理材料:
  - {名称: 居民户口簿, 原件: 1, 复印件: 0}
办理流程:
  - {环节: 申请, 办理者: 申请人, 天数: 0}
办理时限: {法定: 20, 承诺: 10, 单位: 工作日}
收费: {免费: true, 依据: 财税〔2018〕37号}
办理地点:
  - {名称: 城关派出所户籍窗口, 地址: 示范县东街3号, 办理时间: 周一至周五 9:00—17:00, 联系电话: 000-00000111}
办理结果: 户口簿
监督投诉: {电话: 000-00000101}
发布日期: 2026-10-25
更新日期: 2026-10-25
核实日期: 2026-10-25
现场次数: {次数: 1, 原因: 交验原件}
---
请本人到场。
`
		begins(t, verdict(t, map[string]string{"guides/hukou/move-in.md": guide}))
		begins(t, verdict(t, map[string]string{"guides/fire/move-in.md": guide}), "data/guides/fire/move-in.md:3:5 error guide/area")
		lines := verdict(t, map[string]string{"guides/hukou/move-in.md": strings.Replace(guide, "现行", "现型", 1)})
		begins(t, lines, "data/guides/hukou/move-in.md:4:5 error guide/word")
		if len(lines) == 1 && !strings.HasSuffix(lines[0], `did you mean "in-force"?`) {
			t.Error(lines)
		}
	})
	t.Run("reading/chinese-values", func(t *testing.T) {
		begins(t, verdict(t, map[string]string{
			"stats/crime-monthly.csv": "月份,立案（起）,破案（起）,破案率\n2026年1月,125,59,47.2%\n2026年2月,135,70,51.9%\n2026年3月,115,47,40.9%\n",
			"stats/crime-monthly.yaml": `标题: 刑事案件立案破案（月）
来源: [{title: 刑侦大队月报}]
频率: 月
发布日期: 2026-10-25
隐私保护: 隐去
结构:
  字段:
    - {名称: 月份, 角色: 期间}
    - {名称: 立案（起）, 类型: 整数, 角色: 数值, 计量单位: 起, 计数对象: 事}
    - {名称: 破案（起）, 类型: 整数, 角色: 数值, 计量单位: 起, 计数对象: 事}
    - {名称: 破案率, 类型: 百分数, 角色: 数值, 计量单位: "%"}
派生:
  - {名称: 未破率, 算式: '1 - $["破案（起）"] / $["立案（起）"]', 格式: 百分数}
图表:
  - {类型: 折线, title: 立案与破案, x: 月份, y: [立案（起）, 破案（起）]}
`,
			"registers/list.csv":  "名称,完成\n甲,2026-10-01\n",
			"registers/list.yaml": "标题: 清单\n列: [{名称: 名称, 角色: 标题}, {名称: 完成, 角色: 完成日期, 类型: 日期}]\n",
		}))
		begins(t, verdict(t, map[string]string{
			"stats/a.csv": "期间,件数（件）\n2024年,12\n2025年,13\n", "stats/a.yaml": "标题: 甲\n来源: [{title: 报表}]\n发布日期: 2026-10-01\n频率: 年度\n结构: {字段: [{名称: 期间, 角色: 期间}, {名称: 件数（件）, 角色: 数值, 类型: 整数, 计数对象: 事}]}\n",
			"targets.csv": "统计,字段,期间,目标,方向,制定\na,件数（件）,2025年,10,不低于,市公安局\n",
		}))
	})
}

// A link that leads nowhere is named as staff wrote it, wherever it stands: in the
// text, in the front matter, in settings; and so is a heading of another page.
func TestDeadLinks(t *testing.T) {
	lines := verdict(t, map[string]string{
		"site.yaml":      caseSettings + "footer: {report_error: /nowhere/}\n",
		"static/有.txt":   "表格\n",
		"pages/about.md": "---\ntitle: 关于\n---\n## 电话\n\n[表](/static/没有.docx) [有](/static/有.txt) [甲](other.md#地址) [乙](/other/#没有) [丙](/other/#地址) [丁](about.md#电话) [戊](about.md#传真)\n\n[己](/static/表.html#填法) [庚](/static/表.html#没有)\n",
		"static/表.html":  "<!DOCTYPE html>\n<html lang=\"zh-CN\"><title>表</title><h1 id=\"填法\">填法</h1></html>\n",
		"pages/other.md": "---\ntitle: 其他\n---\n## 地址\n\n[数](../stats/t.csv#row-9)\n",
		"stats/t.csv":    "年份,件数\n2024年,120\n2025年,130\n",
		"stats/t.yaml":   "title: 表\nreleased: 2026-10-01\nsources: [{title: 某, path: /static/没有.pdf}]\nschema: {fields: [{name: 年份, role: period}, {name: 件数, role: measure, unit: 件, risk: event}]}\n",
		"guides/hukou/a.md": `---
title: 迁入
area: hukou
status: transferred
moved_to: /guides/nowhere/
materials: [{name: 甲, form: /static/没有.docx}, {name: 乙, form: /static/有.txt}]
published: 2026-10-01
---
`,
		"guides/hukou/draft.md": "---\ntitle: 草稿\narea: hukou\nstatus: draft\nmoved_to: /nowhere/\n---\n",
	})
	begins(t, lines,
		`data/guides/hukou/a.md:5:11 error link/dead the link "/guides/nowhere/"`,
		`data/guides/hukou/a.md:6:29 error link/dead the link "/static/没有.docx"`,
		`data/pages/about.md:6:1 error link/dead the link "/static/没有.docx"`,
		`data/pages/about.md:6:58 error link/anchor the page of the link "/other/#没有" has no heading "没有"`,
		`data/pages/about.md:6:107 error link/anchor the page of the link "about.md#传真" has no heading "传真"`,
		`data/pages/about.md:8:24 error link/anchor the page of the link "/static/表.html#没有" has no heading "没有"`,
		`data/pages/other.md:6:1 error link/anchor`,
		`data/site.yaml:4:24 error link/dead the link "/nowhere/"`,
		`data/stats/t.yaml:3:28 error link/dead the link "/static/没有.pdf"`,
	)
}

// What stands there and cannot be read is not said to be missing as well.
func TestUnreadIsNotMissing(t *testing.T) {
	lines := verdict(t, map[string]string{
		"stats/t.csv":    "年份,件数（件）\n2024年,120\n2025年,130\n",
		"stats/t.yaml":   "title: 表\nreleased: 2026-11-32\nsources: {title: [某]}\nschema: {fields: [{name: 年份, role: period}, {name: 件数（件）, role: measure, unit: 件, risk: event}]}\n",
		"stats/tab.csv":  "年份,件数（件）\n2024年,120\n2025年,130\n",
		"stats/tab.yaml": "title: 表\n\treleased: 2026-10-01\n",
		"guides/hukou/a.md": `---
title: 迁入
area: hukou
status: in-force
legal_basis: [{law: 条例}]
audience: [individual]
conditions: [有住所]
materials: [{name: 户口簿}]
steps: [{action: 申请}]
time_limit: 20天
fee: 免费
places: [{name: 窗口, address: 某路1号, hours: 周一至周五, phone: [000-00000010]}]
result: 户口簿
complaint: 12389
published: 2026-10-01
verified: 2026.10.32
visits: {count: 1, reason: 交验原件}
---
`,
	})
	begins(t, lines,
		`data/guides/hukou/a.md:10:13 error yaml/type`,
		`data/guides/hukou/a.md:11:6 error yaml/type`,
		`data/guides/hukou/a.md:12:57 error yaml/type`,
		`data/guides/hukou/a.md:14:12 error yaml/type`,
		`data/guides/hukou/a.md:16:11 error yaml/type`,
		`data/stats/t.yaml:2:11 error yaml/type`,
		`data/stats/t.yaml:3:18 error yaml/type`,
		`data/stats/tab.yaml:2:1 error yaml/indent`,
	)
}

// What staff write for Markdown and what is none is said line by line, each with the
// line to paste; boxes and footnotes are read.
func TestMarkdownOfStaff(t *testing.T) {
	const cases = "../../shared/cases/reading/"
	for name, want := range map[string][]string{
		"markdown-as-staff-write": {
			`data/pages/t.md:6:1 warning markdown/typed-list "1、带齐材料" runs together with the lines beside it and is no list | write 1. 带齐材料 `,
			`data/pages/t.md:7:1 warning markdown/typed-list "2、到窗口取号" runs together with the lines beside it and is no list | write 2. 到窗口取号 `,
			`data/pages/t.md:8:1 warning markdown/typed-list "3、现场采集" runs together with the lines beside it and is no list | write 3. 现场采集 `,
			`data/pages/t.md:10:11 warning markdown/typed-mark the marks of "H~2~" are printed as they are | write H₂;`,
			`data/pages/t.md:15:5 warning markdown/typed-address "www.example.org" is printed as it is and is no link | write it as a link: [www.example.org](https://www.example.org) `,
			`data/pages/t.md:15:22 warning markdown/typed-address "http://例子.example/路径/说明" is printed as it is and is no link | write it as a link: <http://例子.example/路径/说明> `,
		},
		"markdown-as-typed": {
			`data/notices/2026-10-25-a.md:6:1 error markdown/image "![照片](/static/局 徽 图.png)" is no image, and none is shown | `,
			`data/notices/2026-10-25-a.md:8:1 warning markdown/typed-heading "＃注意事项" `,
			`data/notices/2026-10-25-a.md:9:1 warning markdown/typed-heading "##没有空格的标题" `,
			`data/notices/2026-10-25-a.md:11:1 warning markdown/typed-list "一、办理条件" `,
			`data/notices/2026-10-25-a.md:12:1 warning markdown/typed-list "（一）夫妻一方在本县" `,
			`data/notices/2026-10-25-a.md:13:1 warning markdown/typed-list "·\t户口簿" `,
			`data/notices/2026-10-25-a.md:14:1 warning markdown/typed-list "●　结婚证" `,
			`data/notices/2026-10-25-a.md:15:1 warning markdown/typed-list "①身份证" `,
			`data/notices/2026-10-25-a.md:16:1 warning markdown/typed-list "②照片" `,
			`data/notices/2026-10-25-a.md:18:1 warning markdown/typed-table "|材料|份数|" `,
			`data/notices/2026-10-25-a.md:21:1 warning markdown/typed-link "[链接]（https://www.gov.cn/）" `,
		},
	} {
		t.Run("reading/"+name, func(t *testing.T) {
			files := map[string]string{}
			for file, text := range caseFiles(t, cases+name+"/data") { // whose notice is of a later day than that of the tests
				files[strings.Replace(file, "2026-11-25", "2026-10-25", 1)] = strings.Replace(text, "date: 2026-11-25", "date: 2026-10-25", 1)
			}
			begins(t, verdict(t, files), want...)
		})
	}
	t.Run("what is printed", func(t *testing.T) {
		page := builtCase(t, caseFiles(t, cases+"markdown-as-staff-write/data"), "t/index.html")
		for _, want := range []string{"<li>☐ 户口簿</li>", "<li>☑ 身份证</li>", "H~2~O", `<a href="#fn:1">[1]</a>`, `<li id="fn:1">`, "自签发之日起计算。"} {
			if !strings.Contains(page, want) {
				t.Errorf("%q is missing", want)
			}
		}
		if strings.Contains(page, "<del>") {
			t.Error("one tilde strikes")
		}
	})
}

// caseFiles are the files of a case, by their paths in data/.
func caseFiles(t *testing.T, folder string) map[string]string {
	t.Helper()
	if _, err := os.Stat("../../shared/cases"); err != nil {
		t.Skip("the shared cases are not here:", err)
	}
	files := map[string]string{}
	if err := filepath.WalkDir(folder, func(name string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		inside, err := filepath.Rel(folder, name)
		files[filepath.ToSlash(inside)] = string(text)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return files
}

// builtCase builds a bureau that has no error, and gives one of its pages.
func builtCase(t *testing.T, files map[string]string, page string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		putFile(t, filepath.Join(dir, "data", filepath.FromSlash(name)), text)
	}
	if _, problems, err := site.Build(context.Background(), options(dir, filepath.Join(dir, "public"))); err != nil || problems.Errors() > 0 {
		t.Fatal(err, problems)
	}
	text, err := os.ReadFile(filepath.Join(dir, "public", filepath.FromSlash(page)))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// A list of matters as an office keeps it lacks one thing, the answer to a matter that is
// answered, and that is the one error.
func TestLedgerOfAnOffice(t *testing.T) {
	t.Run("reading/ledger-synonyms", func(t *testing.T) {
		dir := t.TempDir()
		for name, text := range caseFiles(t, "../../shared/cases/reading/ledger-synonyms/data") {
			putFile(t, filepath.Join(dir, "data", filepath.FromSlash(name)), text)
		}
		o := options(dir, "")
		o.AsOf = period.NewDate(2026, time.November, 26)
		problems, err := site.Check(context.Background(), o)
		if err != nil {
			t.Fatal(err)
		}
		var said []string
		for _, p := range problems {
			if p.Severity == problem.Error {
				said = append(said, p.Position.String()+" "+p.Rule.String())
			}
		}
		begins(t, said, "data/suggestions/f.csv:5:54 (K5) matter/answer")
	})
}
