package site_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// frontBureau has an area of 251 guides, one of 24 in three subjects, and 23 units.
func frontBureau(t testing.TB) string {
	dir := t.TempDir()
	put := func(name, text string) { putFile(t, filepath.Join(dir, "data", filepath.FromSlash(name)), text) }
	put("site.yaml", caseSettings+"home_guides: [hukou/g07, hukou/none]\n")
	subjects := []string{"出生", "迁入", ""}
	for i := range 24 {
		put(fmt.Sprintf("guides/hukou/g%02d.md", i), fmt.Sprintf("---\ntitle: 事项%02d\nsubject: %s\n---\n", i, subjects[i%3]))
	}
	for i := range 251 {
		put(fmt.Sprintf("guides/other/o%03d.md", i), fmt.Sprintf("---\ntitle: 其他事项之%s\nfee: {amount: 0}\n---\n", strings.Repeat("长", 40)+fmt.Sprint(i)))
	}
	units := "编号,名称,级别,上级,地址,电话,办公时间,管辖范围\nju,示范市公安局,市局,,示范路1号,000-00000000,,\nfenju,城东分局,分县局,示范市公安局,,,,\n"
	for i := range 21 {
		units += fmt.Sprintf("s%d,第%d派出所,派出所,城东分局,东路%d号,000-000000%02d,24小时,%s\n", i, i, i, i, []string{"", "桂花社区、上河村"}[i%2])
	}
	put("units.csv", units)
	return dir
}

// The front door: what is wanted most, the stations, and long lists that are grouped and
// leave no page over 100 KB.
func TestFrontDoor(t *testing.T) {
	pages, problems, err := siteOf(frontBureau(t))
	if err != nil {
		t.Fatal(err)
	}
	told := false
	for _, p := range problems {
		told = told || p.Rule.String() == "site/home-guides" && strings.Contains(p.Message.ZH, "hukou/none")
	}
	if !told {
		t.Errorf("a wanted guide that is not there is not told: %v", problems)
	}
	for name, text := range pages {
		if strings.HasSuffix(name, ".html") && len(text) > 100_000 {
			t.Errorf("%s has %d bytes", name, len(text))
		}
	}
	has := func(page string, wants ...string) {
		t.Helper()
		rest := pages[page]
		for _, want := range wants {
			i := strings.Index(rest, want)
			if i < 0 {
				t.Fatalf("%s has no %s in its place", page, want)
			}
			rest = rest[i+len(want):]
		}
	}
	has("index.html", "常办事项", `<a href="guides/hukou/g07/index.html">事项07</a>`, "找我的派出所", `<a href="units/index.html">全部单位`)
	if strings.Contains(pages["index.html"], "第3派出所") {
		t.Error("home names each of many stations")
	}
	has("guides/hukou/index.html", `<h2 id="subject-1">出生</h2>`, "事项00", "事项03", "事项21", `<h2 id="subject-2">迁入</h2>`, "事项01", `<h2 id="subject-3">其他</h2>`, "事项02")
	has("guides/other/index.html", `<nav class="pager"`, `href="../../guides/other/list/2/index.html"`)
	if strings.Count(pages["guides/other/index.html"], "其他事项之")+strings.Count(pages["guides/other/list/2/index.html"], "其他事项之") != 251 {
		t.Error("the pages of a list have not all of it")
	}
	has("units/index.html", `class="filter narrow"`, "第1派出所", "东路1号", "管辖范围：桂花社区、上河村", "24小时")
	has("units/s1/index.html", "管辖范围", "桂花社区、上河村")
}

// A list narrows while one types: units with those above them, guides with their heading.
func TestBrowserFind(t *testing.T) {
	t.Parallel()
	pages, _, err := siteOf(frontBureau(t))
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	for name, text := range pages {
		if strings.HasPrefix(name, "units/") || strings.HasPrefix(name, "assets/") || name == "guides/hukou/index.html" {
			putFile(t, filepath.Join(folder, filepath.FromSlash(name)), text)
		}
	}
	ctx, said := tab(t, browser(t))
	shown := `[...document.querySelectorAll("main .unit-tree li, main .guide-list li, main h2")].filter(e => e.checkVisibility()).map(e => e.querySelector("a")?.textContent ?? e.textContent).join(" ") + " | " + document.querySelector(".narrow [role=status]").textContent`
	for _, c := range []struct{ page, typed, want string }{
		{"units/index.html", "东路3号", "示范市公安局 城东分局 第3派出所 | 显示1项"},
		{"units/index.html", "上河村 １１", "示范市公安局 城东分局 第11派出所 | 显示1项"},
		{"guides/hukou/index.html", "事项07", "迁入 事项07 | 显示1项"},
		{"guides/hukou/index.html", "<script>", " | 显示0项"},
	} {
		var got string
		if err := chromedp.Run(ctx, chromedp.Navigate(fileURL(folder, c.page)), chromedp.SendKeys(".narrow input", c.typed), chromedp.Evaluate(shown, &got)); err != nil {
			t.Fatal(err)
		}
		if got != c.want {
			t.Errorf("%s: %q shows %q, want %q", c.page, c.typed, got, c.want)
		}
	}
	var got string
	if err := chromedp.Run(ctx, chromedp.KeyEvent(strings.Repeat(kb.Backspace, 8)), chromedp.Evaluate(shown, &got)); err != nil || strings.Count(got, "事项") != 24 || !strings.HasSuffix(got, "| ") {
		t.Errorf("what is cleared shows %q (%v)", got, err)
	}
	if errors, _ := said.take(); len(errors) > 0 {
		t.Error(errors)
	}
}
