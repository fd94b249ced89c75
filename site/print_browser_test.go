package site_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"golang.org/x/text/unicode/norm"

	"sunshine/site/attachment"
	"sunshine/site/bureau"
)

// screenOnly is what paper has no use for: what is pressed, what leads to another place
// of the page or to a page of the menu, and what is said to screen readers.
const screenOnly = "button, .filter, .contents, .more, .pager ul, .switch, .hidden, .chart-narrow, section:has(> .downloads), .ask, .chosen a, .full"

// shown gives every text that a page shows when all that is closed has been opened.
const shown = `(() => {
	const closed = [...document.querySelectorAll("details:not([open])")];
	closed.forEach(d => d.open = true);
	const texts = [], nodes = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
	while (nodes.nextNode()) {
		const element = nodes.currentNode.parentElement;
		if (nodes.currentNode.data.trim() && !element.closest("` + screenOnly + `") && element.checkVisibility()) texts.push(nodes.currentNode.data);
	}
	closed.forEach(d => d.open = false);
	return texts;
})()`

// pagesToPrint are one page of each kind in the demonstration bureau.
var pagesToPrint = []string{
	"index.html", "stats/index.html", "stats/cases-solved/index.html", "stats/unit-visits/index.html", "suggestions/index.html",
	"suggestions/by-state/open/index.html", "suggestions/sq-2026-005/index.html", "guides/index.html", "guides/hukou/index.html",
	"guides/hukou/first-id-card/index.html", "guides/hukou/first-id-card/case/2-2-2/index.html", "guides/vehicle/registration/index.html", "guides/exit-entry/hong-kong-macao-permit/case/1-2-2-2/index.html", "guides/vehicle/registration/case/1-2-2/index.html", "guides/coverage/index.html", "notices/index.html", "method/index.html",
	"registers/index.html", "registers/promises/index.html", "registers/mechanisms/暖心警务会客厅/index.html", "annual/2025/index.html", "disclosure/index.html", "policies/index.html", "policies/window-service/index.html", "policies/window-service-trial/index.html",
	"freshness/index.html", "en/guides/hukou/first-id-card/index.html", "units/chaoyanglu/index.html", "targets/index.html", "revisions/index.html", "sitemap/index.html", "404.html",
}

// printed is a page on paper.
type printed struct {
	text   string // folded
	sheets int
}

func printPage(t *testing.T, ctx context.Context, address string) (texts []string, p printed) {
	t.Helper()
	var pdf []byte
	if err := chromedp.Run(ctx, chromedp.EmulateViewport(1280, 900), chromedp.Navigate(address), chromedp.Evaluate(shown, &texts),
		chromedp.ActionFunc(func(ctx context.Context) (err error) {
			pdf, _, err = page.PrintToPDF().WithPreferCSSPageSize(true).Do(ctx)
			return err
		})); err != nil {
		t.Fatal(address, err)
	}
	var text strings.Builder
	for _, u := range new(attachment.Reader).Read("page.pdf", pdf, func(x attachment.Text) {
		if strings.HasPrefix(x.Place.EN, "page ") {
			p.sheets++
			text.Write(x.Words)
		}
	}) {
		t.Error(address, u)
	}
	p.text = folded(text.String())
	return texts, p
}

// radicals are the characters that a font draws as others are drawn, and that a PDF may
// say in their place. Those that Unicode itself takes for the same are not among them.
var radicals = strings.NewReplacer("⼾", "户", "⺠", "民", "⻋", "车", "⻔", "门", "⻓", "长", "⻅", "见", "⻢", "马", "⻝", "食", "⻚", "页", "⻆", "角", "⻛", "风", "⻜", "飞", "⻘", "青", "⻩", "黄", "⻬", "齐", "⻄", "西", "⺟", "母", "⻉", "贝", "⻥", "鱼", "⻦", "鸟")

// folded leaves of a text its letters and digits.
func folded(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, norm.NFKC.String(radicals.Replace(text)))
}

// holds tells whether a text stands on paper, at most parted by the end of a sheet.
func (p printed) holds(text string) bool {
	text = folded(text)
	if strings.Contains(p.text, text) {
		return true
	}
	for i := range text {
		if i > 0 && strings.Contains(p.text, text[:i]) && strings.Contains(p.text, text[i:]) {
			return p.sheets > 1
		}
	}
	return false
}

// onPaper holds a printed page against its text on a screen, and every sheet of it against
// the foot that it must have.
func onPaper(t *testing.T, ctx context.Context, address string, foot ...string) printed {
	t.Helper()
	texts, p := printPage(t, ctx, address)
	missing := 0
	for _, text := range texts {
		if !p.holds(text) {
			if missing++; missing < 5 {
				t.Errorf("%s: %q is not on paper", address, strings.TrimSpace(text))
			}
		}
	}
	if missing > 4 {
		t.Errorf("%s: %d of %d texts are not on paper", address, missing, len(texts))
	}
	if len(texts) == 0 || p.sheets == 0 {
		t.Errorf("%s: %d texts on %d sheets", address, len(texts), p.sheets)
	}
	for _, f := range foot {
		if n := strings.Count(p.text, folded(f)); n < p.sheets {
			t.Errorf("%s: %q stands on %d of %d sheets", address, f, n, p.sheets)
		}
	}
	return p
}

// TestBrowserPrint prints a page of each kind: all that its screen shows or folds is on
// paper, and each sheet says its address and the day of the site. No script runs.
func TestBrowserPrint(t *testing.T) {
	t.Parallel()
	_, folder := served(t)
	ctx, _ := tab(t, browser(t))
	pages := pagesToPrint
	if *proof {
		pages = everyPage(t, folder)
	}
	if err := chromedp.Run(ctx, emulation.SetScriptExecutionDisabled(true)); err != nil {
		t.Fatal(err)
	}
	for _, name := range pages {
		foot := []string{"https://example.org/bureau/" + strings.TrimSuffix(name, "index.html"), "2026年10月30日"}
		switch {
		case name == "404.html":
			foot = nil
		case strings.HasPrefix(name, "en/"):
			foot[1] = "30 October 2026"
		}
		p := onPaper(t, ctx, fileURL(folder, name), foot...)
		if (name == "guides/vehicle/registration/index.html" || bureau.IsCase(name)) && p.sheets != 1 {
			t.Errorf("%s is pinned up on %d sheets", name, p.sheets)
		}
	}
	t.Run("reach/print-of-closed-parts", func(t *testing.T) {
		out := builtFrom(t, caseFiles(t, "../../shared/cases/reach/print-of-closed-parts/data"))
		for name, closed := range map[string]string{"units/index.html": "西河派出所", "units/u1/index.html": "2026年1月407"} {
			p := onPaper(t, ctx, fileURL(out, name), "https://example.org/sunshine/"+strings.TrimSuffix(name, "index.html"), "2026年10月12日")
			if !strings.Contains(p.text, closed) {
				t.Errorf("%s: %s is not on paper", name, closed)
			}
		}
	})
	t.Run("60 columns", func(t *testing.T) {
		out := builtFrom(t, wideBureau())
		name := "stats/wide/index.html"
		p := onPaper(t, ctx, fileURL(out, name), "/stats/wide/")
		for _, month := range []string{"2024年1月", "2026年9月"} {
			if n := strings.Count(p.text, month); n < 6 {
				t.Errorf("%s heads its row %d times", month, n)
			}
		}
	})
}

// wideBureau has one statistic of 60 columns and 33 months.
func wideBureau() map[string]string {
	var rows, fields strings.Builder
	rows.WriteString("月份")
	for i := range 60 {
		fmt.Fprintf(&rows, ",第%d类警情（起）", i+1)
		fmt.Fprintf(&fields, "    - {name: 第%d类警情（起）, type: integer, role: measure, unit: 起, risk: event}\n", i+1)
	}
	for m := range 33 {
		fmt.Fprintf(&rows, "\n%d年%d月", 2024+m/12, m%12+1)
		for i := range 60 {
			fmt.Fprintf(&rows, ",%d", 10000+m*1777+i*131)
		}
	}
	return map[string]string{
		"site.yaml":       caseSettings,
		"stats/wide.csv":  rows.String() + "\n",
		"stats/wide.yaml": "title: 各类警情\nsources: [{title: 虚构数据}]\nfrequency: monthly\nreleased: 2026-10-12\ncharts: []\nschema:\n  fields:\n    - {name: 月份, role: period}\n" + fields.String(),
	}
}

// builtFrom builds a bureau and gives the folder of its site.
func builtFrom(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		putFile(t, filepath.Join(dir, "data", filepath.FromSlash(name)), text)
	}
	out := filepath.Join(dir, "public")
	if err := buildInto(out, dir); err != nil {
		t.Fatal(err)
	}
	return out
}

// TestBrowserFootOfPaper prints a page whose title is very long: of it the foot of a sheet
// has two lines, and the address after it is whole.
func TestBrowserFootOfPaper(t *testing.T) {
	t.Parallel()
	table := "年份,立案（件）\n2024年,60\n2025年,70\n"
	out := builtFrom(t, map[string]string{
		"stats/long.csv": table, "stats/long.yaml": described(strings.Repeat("很长的名称", 60), "yearly", "年份:period", "立案（件）:measure"),
		"stats/short.csv": strings.Replace(table, "立案", "警情", 1), "stats/short.yaml": described("警情", "yearly", "年份:period", "警情（件）:measure"),
		"site.yaml": caseSettings,
	})
	ctx, _ := tab(t, browser(t))
	for page, want := range map[string]float64{"stats/long/index.html": 2, "stats/short/index.html": 1} {
		var got struct {
			Lines   float64
			Address bool
		}
		if err := chromedp.Run(ctx, emulation.SetEmulatedMedia().WithMedia("print"), chromedp.EmulateViewport(690, 1000), chromedp.Navigate(fileURL(out, page)), chromedp.Evaluate(`(() => {
			const foot = document.querySelector(".paper"), address = foot.querySelector("span").getBoundingClientRect();
			const title = foot.querySelector("b").getBoundingClientRect().height / parseFloat(getComputedStyle(foot).lineHeight);
			return { Lines: Math.round(title), Address: address.height > 0 && address.bottom <= foot.getBoundingClientRect().bottom + 1 } })()`, &got)); err != nil {
			t.Fatal(err)
		}
		if got.Lines != want || !got.Address {
			t.Errorf("%s: the title takes %v lines, the address is seen: %v", page, got.Lines, got.Address)
		}
	}
}
