package site_test

import (
	"context"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"sunshine/site"
	"sunshine/site/attack"
	"sunshine/site/problem"
	"sunshine/site/sweep"
)

// bigTable is the bureau of reach/big-monthly-table: a statistic of units, categories
// and months, of which change may say otherwise.
func bigTable(t *testing.T, units, years int, change func(unit, category string, month int) string) map[string]string {
	t.Helper()
	var list, rows strings.Builder
	list.WriteString("id,name,level,parent\nb,示范市公安局,bureau,\n")
	for u := range units {
		fmt.Fprintf(&list, "s%02d,站%02d派出所,station,示范市公安局\n", u+1, u+1)
	}
	rows.WriteString("月份,单位,类别,立案（件）,破案（件）\n")
	for m := range 12*years - 3 {
		for u := range units {
			for c, category := range []string{"盗窃", "诈骗", "抢劫", "故意伤害", "交通肇事", "赌博", "毒品", "其他"} {
				unit := fmt.Sprintf("站%02d派出所", u+1)
				cells := fmt.Sprintf("%d,%d", 20+(m*7+u*11+c*5)%40, 2+(m*3+u*5+c*7)%18)
				if change != nil {
					if other := change(unit, category, m); other != "" {
						cells = other
					}
				}
				fmt.Fprintf(&rows, "%d年%d月,%s,%s,%s\n", 2027-years+m/12, m%12+1, unit, category, cells)
			}
		}
	}
	return map[string]string{
		"site.yaml": caseSettings, "units.csv": list.String(), "stats/big.csv": rows.String(),
		"stats/big.yaml": `title: 各单位分类别立案与破案
description: 测试。
sources: [{title: 测试}]
contributors: [{title: 测试支队, roles: [compiler]}]
frequency: monthly
released: 2026-10-12
next_release: 2026-11-12
schema:
  fields:
    - {name: 月份, type: string, role: period}
    - {name: 单位, type: string, role: unit}
    - {name: 类别, type: string, role: category}
    - {name: "立案（件）", type: integer, role: measure, unit: "件", risk: event}
    - {name: "破案（件）", type: integer, role: measure, unit: "件", risk: event}
`}
}

// laidOut builds a bureau of files below data/, and gives those of its site.
func laidOut(t *testing.T, files map[string]string) (out string, all map[string][]byte) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		putFile(t, filepath.Join(dir, "data", filepath.FromSlash(name)), text)
	}
	out = filepath.Join(dir, "public")
	if err := buildInto(out, dir); err != nil {
		t.Fatal(err)
	}
	return out, tree(t, out)
}

// reach/big-monthly-table: 11,000 rows are a page with the total by month and its picture,
// and pages by unit and by category, three taps from the home page.
func TestBigTable(t *testing.T) {
	out, files := laidOut(t, bigTable(t, 24, 5, nil))
	main := string(files["stats/big/index.html"])
	for _, want := range []string{"各单位分类别立案与破案：全部合计", "2026年9月", "按类别", "按单位", "全部10,944行", `href="../../stats/big/by-%e5%8d%95%e4%bd%8d/s01/index.html"`, `id="r-2026-09"`} {
		if !strings.Contains(main, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if files["stats/big/chart-1.svg"] == nil {
		t.Error("there is no picture")
	}
	views := 0
	for name, page := range files {
		if !strings.HasSuffix(name, "index.html") {
			continue
		}
		if strings.HasPrefix(name, "stats/big/by-") {
			if views++; len(page) >= 20_000 {
				t.Errorf("%s has %d bytes", name, len(page))
			}
			if !strings.Contains(string(page), `rel="canonical"`) || !strings.Contains(string(page), "测试支队") || !strings.Contains(string(page), "big.csv") {
				t.Errorf("%s lacks its address, who compiled it, or the download", name)
			}
		}
		if len(page) >= 100_000 {
			t.Errorf("%s has %d bytes", name, len(page))
		}
	}
	if views < 24+8 || views > 2000 {
		t.Errorf("%d views", views)
	}
	// This station, this kind, this month.
	home, list := string(files["index.html"]), string(files["stats/index.html"])
	if !strings.Contains(home, `href="stats/index.html"`) || !strings.Contains(list, `href="../stats/big/index.html"`) {
		t.Error("the way from the home page")
	}
	view := string(files["stats/big/by-单位/s07/index.html"])
	row := regexp.MustCompile(`<tr id="r-2026-09"><th scope="row">9月</th>(<td>\d+</td>){8}</tr>`).FindString(view)
	if m := 56; !strings.Contains(row, fmt.Sprintf("<td>%d</td>", 20+(m*7+6*11+1*5)%40)) { // 诈骗 is the second
		t.Errorf("the row of September is %s", row)
	}
	for other := range 24 {
		if name := fmt.Sprintf("站%02d派出所", other+1); other != 6 && strings.Contains(view, name) {
			t.Errorf("the page of a unit speaks of %s", name)
		}
	}
	sitemap := string(files["sitemap.xml"])
	if n := strings.Count(sitemap, "/by-"); n != views {
		t.Errorf("sitemap.xml has %d of %d views", n, views)
	}
	if strings.Contains(string(files["sitemap/index.html"]), "/by-") {
		t.Error("the map of the site lists views")
	}
	for _, fault := range sweep.Site(files) {
		t.Error(fault)
	}
	if got := attack.Sites([]fs.FS{os.DirFS(out)}); len(got.Unread) > 0 || !got.Clean() {
		t.Error(got.Unread, got.Findings)
	}
	citeLeads(t, files)
}

// citeLeads holds that lines of cite.txt lead to ids that are there.
func citeLeads(t *testing.T, files map[string][]byte) {
	t.Helper()
	address := regexp.MustCompile(`https://example.org/(stats/\S*?)#(\S+)`)
	all := address.FindAllStringSubmatch(string(files["stats/big/cite.txt"]), 40)
	for _, m := range all {
		page, err := url.PathUnescape(m[1])
		if err != nil {
			t.Fatal(err)
		}
		if page := string(files[page+"index.html"]); !strings.Contains(page, ` id="`+m[2]+`"`) {
			t.Errorf("nothing is at %s", m[0])
		}
	}
	if len(all) == 0 {
		t.Error("no figure has an address of its own")
	}
}

// A figure that is missing or withheld goes into no total, and no highest is told then.
func TestBigTableWithheld(t *testing.T) {
	files := bigTable(t, 4, 3, func(unit, category string, month int) string {
		switch {
		case unit == "站02派出所" && category == "抢劫" && month == 20:
			return "[c],9"
		case unit == "站03派出所" && category == "赌博" && month == 22:
			return "[w],9"
		}
		return ""
	})
	_, built := laidOut(t, files)
	main := string(built["stats/big/index.html"])
	row := func(id string) string {
		return regexp.MustCompile(`<tr id="` + id + `">.*</tr>`).FindString(main)
	}
	if got := row("r-2025-09"); !strings.Contains(got, `<td class="n">[c]</td>`) {
		t.Error(got)
	}
	if got := row("r-2025-11"); !strings.Contains(got, `<td class="n">[w]</td>`) {
		t.Error(got)
	}
	sum := 0
	for u := range 4 {
		for c := range 8 {
			sum += 20 + (21*7+u*11+c*5)%40
		}
	}
	if got := row("r-2025-10"); !strings.Contains(got, fmt.Sprintf(`<td class="n">%d</td>`, sum)) {
		t.Errorf("%s, want %d", got, sum)
	}
	strip, _, _ := strings.Cut(main[strings.Index(main, `<div class="strip">`):], "</div>\n<div class=\"strip\">")
	if !strings.Contains(strip, "立案（全部合计）") || strings.Contains(strip, "最高") {
		t.Error(strip)
	}
}

// Long names of categories do not stand across, and each period keeps its line.
func TestBigTableOfLongNames(t *testing.T) {
	files := bigTable(t, 8, 1, nil)
	files["stats/big.csv"] = strings.ReplaceAll(files["stats/big.csv"], "故意伤害", "侵犯公民人身权利、民主权利的其他各类案件")
	_, built := laidOut(t, files)
	citeLeads(t, built)
}

// charts: [] means no picture, the default one neither.
func TestBigTableWithoutPicture(t *testing.T) {
	files := bigTable(t, 4, 3, nil)
	files["stats/big.yaml"] += "charts: []\n"
	_, built := laidOut(t, files)
	for name := range built {
		if ok, _ := path.Match("stats/big/chart-*", name); ok {
			t.Error(name)
		}
	}
	if !strings.Contains(string(built["stats/big/index.html"]), "全部") {
		t.Error("the totals are gone with the picture")
	}
}

// Where units stand beside those below them nothing is added up, and the page says so.
func TestBigTableNested(t *testing.T) {
	files := bigTable(t, 4, 3, nil)
	files["units.csv"] = strings.Replace(files["units.csv"], "s02,站02派出所,station,示范市公安局", "s02,站02派出所,station,站01派出所", 1)
	files["units.csv"] = strings.Replace(files["units.csv"], "s01,站01派出所,station", "s01,站01派出所,sub-bureau", 1)
	_, built := laidOut(t, files)
	main := string(built["stats/big/index.html"])
	if strings.Contains(main, "全部合计</") || !strings.Contains(main, "所以这里没有全部合计") || !strings.Contains(main, "按单位") {
		t.Error("a total over units that are below each other")
	}
}

// A view that is gone, as that of a unit with another id, leads on to the statistic, and
// stops nothing.
func TestViewsComeAndGo(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "public")
	put := func(files map[string]string) {
		for name, text := range files {
			putFile(t, filepath.Join(dir, "data", filepath.FromSlash(name)), text)
		}
	}
	files := bigTable(t, 4, 4, nil)
	put(files)
	if _, problems, err := site.Release(context.Background(), options(dir, ""), "2026-10"); err != nil || problems.Errors() > 0 {
		t.Fatal(err, problemsError(problems))
	}
	put(map[string]string{
		"units.csv":     strings.Replace(files["units.csv"], "s04,", "s40,", 1),
		"addresses.csv": "old,new,date,reason\nunits/s04/,units/s40/,2026-10-31,换了编号\n",
	})
	if err := buildInto(out, dir); err != nil {
		t.Fatal(err)
	}
	built := tree(t, out)
	for _, gone := range []string{"stats/big/by-单位/s04/index.html", "stats/big/by-单位/s04/2023/index.html"} {
		up := strings.Repeat("../", strings.Count(gone, "/"))
		if page := string(built[gone]); !strings.Contains(page, up+"stats/big/index.html") || strings.Contains(page, "<table") {
			t.Errorf("%s does not lead on to the statistic", gone)
		}
	}
	if built["stats/big/by-单位/s40/index.html"] == nil {
		t.Error("the unit has no view under its new id")
	}
	p, problems, err := site.Diff(context.Background(), options(dir, out))
	if err != nil || p == nil {
		t.Fatal(err, problemsError(problems))
	}
	lines := 0
	for _, part := range p.Sheet.View(problem.Chinese).Parts {
		for _, line := range part.Lines {
			if strings.Contains(line, "分项页面") {
				lines++
			}
			if strings.Contains(line, "站03派出所") {
				t.Error(line)
			}
		}
	}
	if lines == 0 {
		t.Error("the sheet of changes does not tell of the new views")
	}
}

// A view by a column that has another name now leads on to the statistic; with --hold-back
// the views of what is held back stand as they were published.
func TestViewsOfARenamedColumn(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "public")
	put := func(files map[string]string) {
		for name, text := range files {
			putFile(t, filepath.Join(dir, "data", filepath.FromSlash(name)), text)
		}
	}
	files := bigTable(t, 4, 4, nil)
	put(files)
	if err := buildInto(out, dir); err != nil {
		t.Fatal(err)
	}
	if _, problems, err := site.Release(context.Background(), options(dir, ""), "2026-10"); err != nil || problems.Errors() > 0 {
		t.Fatal(err, problemsError(problems))
	}
	before := tree(t, out)
	const old, now = "stats/big/by-类别/盗窃/index.html", "stats/big/by-案件类别/盗窃/index.html"
	if before[old] == nil {
		t.Fatal("there is no view by the column")
	}
	renamed := map[string]string{}
	for _, name := range []string{"stats/big.csv", "stats/big.yaml"} {
		renamed[name] = strings.Replace(strings.Replace(files[name], ",类别,", ",案件类别,", 1), "name: 类别", "name: 案件类别", 1)
	}
	put(renamed)
	if err := buildInto(out, dir); err != nil {
		t.Fatal(err)
	}
	built := tree(t, out)
	if page := string(built[old]); built[now] == nil || !strings.Contains(page, "../../../../stats/big/index.html") || strings.Contains(page, "<table") {
		t.Errorf("the view under the new name: %v; the old address leads on: %v", built[now] != nil, page != "")
	}

	// The same with a figure that cannot be read.
	renamed["stats/big.csv"] = strings.Replace(renamed["stats/big.csv"], ",盗窃,20,", ",盗窃,二十多,", 1)
	put(renamed)
	if err := os.RemoveAll(out); err != nil {
		t.Fatal(err)
	}
	for name, content := range before {
		putFile(t, filepath.Join(out, filepath.FromSlash(name)), string(content))
	}
	o := options(dir, out)
	o.HoldBack = true
	if _, problems, err := site.Build(context.Background(), o); err != nil || problems.Errors() == 0 {
		t.Fatal(err, problemsError(problems))
	}
	held := tree(t, out)
	for _, fault := range sweep.Site(held) {
		t.Error(fault)
	}
	if page := string(held[old]); !strings.Contains(page, "<table") || held[now] != nil {
		t.Errorf("held back, the view stands as it was published: %v; there is one under the new name: %v", strings.Contains(page, "<table"), held[now] != nil)
	}
}

// described writes the descriptor of a statistic: fields are name:role, or name:measure
// with its unit 件.
func described(title, frequency string, fields ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "title: %s\nsources: [{title: 测试}]\nfrequency: %s\nreleased: 2026-10-12\nschema:\n  fields:\n", title, frequency)
	for _, f := range fields {
		name, role, _ := strings.Cut(f, ":")
		if role == "measure" {
			fmt.Fprintf(&b, "    - {name: %q, type: integer, role: measure, unit: 件, risk: event}\n", name)
		} else {
			fmt.Fprintf(&b, "    - {name: %q, type: string, role: %s}\n", name, role)
		}
	}
	return b.String()
}

// TestBrowserTables reads tables on a phone and on a desk. reach/phone-table: all four
// figures of a row are in sight, and what is the same in every row stands in the caption.
func TestBrowserTables(t *testing.T) {
	t.Parallel()
	files := bigTable(t, 4, 4, nil)
	files["stats/ledgers.csv"] = "账本,期间,收集件数,办结件数,未结件数\n意见建议,2023年1月9日至3月17日,919,769,150\n利益诉求,2023年1月9日至3月17日,648,553,95\n投诉举报,2023年1月9日至3月17日,320,291,29\n"
	files["stats/ledgers.yaml"] = described("社情民意三本账", "irregular", "账本:category", "期间:period", "收集件数:measure", "办结件数:measure", "未结件数:measure") +
		"derive:\n  - {name: 办结率, value: \"办结件数 / 收集件数\", format: percent}\n"
	var list, wide, mixed strings.Builder
	list.WriteString("月份,单位,类别,立案（件）\n")
	wide.WriteString("月份")
	mixed.WriteString("月份,单位,立案（件）\n")
	for i := range 60 {
		fmt.Fprintf(&wide, ",名称比较长的第%d项", i)
	}
	wide.WriteString("\n")
	for m := range 24 {
		month := fmt.Sprintf("%d年%d月", 2024+m/12, m%12+1)
		for _, rest := range []string{"甲所,盗窃,41", "甲所,诈骗,52", "乙所,盗窃,33", "乙所,诈骗,24"} {
			list.WriteString(month + "," + rest + "\n")
		}
		for _, name := range []string{"Supercalifragilisticexpialidocious", "قسم شرطة المدينة", "站😀派出所", strings.Repeat("很长的", 20)} {
			fmt.Fprintf(&mixed, "%s,%s,%d\n", month, name, 30+m)
		}
		wide.WriteString(month)
		for i := range 60 {
			fmt.Fprintf(&wide, ",%d", 100+m*7+i)
		}
		wide.WriteString("\n")
	}
	columns := []string{"月份:period"}
	for i := range 60 {
		columns = append(columns, fmt.Sprintf("名称比较长的第%d项:measure", i))
	}
	files["stats/list.csv"], files["stats/list.yaml"] = list.String(), described("长表", "monthly", "月份:period", "单位:category", "类别:category", "立案（件）:measure")
	files["stats/mixed.csv"], files["stats/mixed.yaml"] = mixed.String(), described(strings.Repeat("长", 300), "monthly", "月份:period", "单位:category", "立案（件）:measure")
	files["stats/wide.csv"], files["stats/wide.yaml"] = wide.String(), described("六十列", "monthly", columns...)
	files["stats/none.csv"], files["stats/none.yaml"] = "月份,立案（件）\n", described("还没有", "monthly", "月份:period", "立案（件）:measure")+"layout: {rows: none-yet}\n"
	files["stats/one.csv"], files["stats/one.yaml"] = "月份,立案（件）\n2026年9月,41\n", described("一行", "monthly", "月份:period", "立案（件）:measure")
	out, built := laidOut(t, files)
	for _, fault := range sweep.Site(built) {
		t.Error(fault)
	}
	page := string(built["stats/ledgers/index.html"])
	if caption := regexp.MustCompile(`<caption>.*</caption>`).FindString(page); !strings.Contains(caption, `期间：<span data-field="期间">2023年1月9日—3月17日</span>`) {
		t.Error(caption)
	}
	axe, err := os.ReadFile("../templates/node_modules/axe-core/axe.min.js")
	if err != nil {
		t.Fatalf("%v; make test installs axe-core", err)
	}
	ctx, w := tab(t, browser(t))
	at := func(page string) string { return fileURL(out, page) }
	run := func(actions ...chromedp.Action) {
		t.Helper()
		if err := chromedp.Run(ctx, actions...); err != nil {
			t.Fatal(err)
		}
	}
	for _, width := range []int64{390, 320} {
		var hidden []string
		run(chromedp.EmulateViewport(width, 900), chromedp.Navigate(at("stats/ledgers/index.html")),
			chromedp.Evaluate(`[...document.querySelectorAll("td.n")].filter(c => c.getBoundingClientRect().right > innerWidth - 16 || c.scrollWidth > c.clientWidth).map(c => c.textContent)`, &hidden))
		if len(hidden) > 0 || !strings.Contains(page, ">83.68%<") {
			t.Errorf("at %d px out of sight: %q", width, hidden)
		}
	}
	for _, name := range []string{"big/index.html", "big/by-单位/s01/index.html", "big/by-类别/盗窃/index.html", "list/index.html", "mixed/index.html", "wide/index.html", "none/index.html", "one/index.html"} {
		for _, width := range []int64{320, 1280} {
			var wider bool
			run(chromedp.EmulateViewport(width, 900), chromedp.Navigate(at("stats/"+name)), chromedp.Evaluate(`document.documentElement.scrollWidth > innerWidth`, &wider))
			if wider {
				t.Errorf("%s moves sideways at %d px", name, width)
			}
			var wrong []string
			if run(chromedp.Evaluate(stands+`("200%")`, &wrong)); width == 320 && strings.Contains(name, "/by-") {
				for _, w := range wrong {
					t.Errorf("%s at %d px, text at 200%%: %s", name, width, w)
				}
			}
			if name != "list/index.html" && name != "big/by-单位/s01/index.html" && name != "mixed/index.html" {
				continue
			}
			var violations string
			run(chromedp.Evaluate(string(axe)+";0", nil),
				chromedp.Evaluate(`axe.run().then(r => r.violations.map(v => v.id + ": " + v.nodes[0].html.slice(0, 160)).join("; "))`, &violations, awaited))
			if violations != "" {
				t.Errorf("%s at %d px: %s", name, width, violations)
			}
		}
	}
	// The filter, and the order of a list; figures over several units have none.
	w.take()
	var rows []string
	var sorts int
	choose := `{ const s = document.querySelector("[data-column='1']"); s.value = "乙所"; s.dispatchEvent(new Event("change", {bubbles: true})) }`
	var said, sorted string
	run(chromedp.Navigate(at("stats/list/index.html")+"#%"), chromedp.WaitVisible(".filter"), chromedp.Evaluate(choose, nil),
		chromedp.Evaluate(`[...document.querySelectorAll("tbody tr")].filter(r => r.checkVisibility()).map(r => r.cells[1].textContent)`, &rows),
		chromedp.Text(".filter [role=status]", &said),
		chromedp.Evaluate(`document.querySelectorAll("th.n .sort").length`, &sorts),
		chromedp.Click("th:first-child .sort"), chromedp.Click("th:first-child .sort"),
		chromedp.Evaluate(`document.querySelector("th:first-child").ariaSort + " " + document.querySelector("tbody tr").cells[0].textContent`, &sorted))
	if len(rows) != 48 || slices.ContainsFunc(rows, func(r string) bool { return r != "乙所" }) || strings.TrimSpace(said) != "显示48项" || sorts != 0 || sorted != "descending 2025年12月" {
		t.Errorf("rows of %q; it says %q; %d figures can be put in order; %q", rows, said, sorts, sorted)
	}
	// An address that points into a year that is folded opens it.
	var shown bool
	run(chromedp.Navigate(at("stats/big/by-单位/s01/index.html")+"#r-2025-03"), chromedp.WaitVisible("#r-2025-03"), chromedp.Evaluate(`document.getElementById("r-2025-03").closest("details").open`, &shown))
	if console, _ := w.take(); len(console) > 0 || !shown {
		t.Errorf("the console says %q", console)
	}
}

func awaited(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }

// TestUnlikePanels is the case reach/small-multiples: where one station leaves the others
// flat on their common scale, each panel says its first and last value, whole names stand
// over them, and the sentence names figures.
func TestUnlikePanels(t *testing.T) {
	page := builtCase(t, caseFiles(t, "../../shared/cases/reach/small-multiples/data"), "stats/unit-cases/index.html")
	values := regexp.MustCompile(`<g [^>]*data-values="?(\d)[^>]*>(?:<text[^>]*>([^<]*)</text>)`)
	ends := map[string][]string{}
	for _, m := range values.FindAllStringSubmatch(page, -1) {
		ends[m[1]] = append(ends[m[1]], m[2])
	}
	// In the wide drawing and in the narrow one.
	for k, want := range map[string]string{"0": "1,426 218 1,426 218", "4": "12,197 13,061 12,197 13,061"} {
		if got := strings.Join(ends[k], " "); got != want {
			t.Errorf("panel %s says %q, want %q", k, got, want)
		}
	}
	for _, want := range []string{"青石高新技术产业开发区派出所</text>", ">青石高新技术产<", "东湖派出所：2025年12月，218件，比2024年12月（2,211件）减少"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
}
