package site_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"sunshine/site"
	"sunshine/site/bureau"
)

// explorable writes a bureau with one statistic that has a value of every kind and
// a chart of every kind.
func explorable(t *testing.T) (page string) {
	t.Helper()
	dir := t.TempDir()
	putFile(t, filepath.Join(dir, "data/site.yaml"), "title: 阳光警务\norganization: 示范市公安局\nbase_url: https://example.org/sunshine/\nlanguage: zh-CN\ncontact: {phone: 000-86750000, address: 示范路1号}\n")
	putFile(t, filepath.Join(dir, "data/stats/marks.csv"), `期间,立案（件）,破案（件）,合计（件）
2021年,120,110,230
2022年,[x],130 [r],[x]
2023年,140,[w],[w]
2024年,150 [b],[z],150
2025年1—8月,90 [p],80,170
`)
	putFile(t, filepath.Join(dir, "data/stats/marks.yaml"), `title: 标记
frequency: yearly
released: 2026-10-12
sources: [{title: 虚构数据}]
schema:
  fields:
    - {name: 期间, type: string, role: period}
    - {name: 立案（件）, type: integer, role: measure, unit: 件, risk: event}
    - {name: 破案（件）, type: integer, role: measure, unit: 件, risk: event}
    - {name: 合计（件）, type: integer, role: measure, unit: 件, risk: event}
charts:
  - {type: grouped-bar, title: 分组, x: 期间, y: [立案（件）, 破案（件）]}
  - {type: horizontal-bar, title: 横条, x: 期间, y: [立案（件）]}
  - {type: line, title: 折线, x: 期间, y: [立案（件）, 破案（件）]}
  - {type: small-multiples, title: 小图, x: 期间, y: [立案（件）, 破案（件）]}
  - {type: bar, title: 柱, x: 期间, y: [立案（件）]}
  - {type: stacked-bar, title: 堆积, x: 期间, y: [立案（件）, 破案（件）]}
  - {type: share-bar, title: 构成, x: 期间, y: [立案（件）, 破案（件）]}
`)
	descriptor, err := os.ReadFile(filepath.Join(dir, "data/stats/marks.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range bureau.ChartTypes {
		if !strings.Contains(string(descriptor), "{type: "+w.ID+",") {
			t.Errorf("no explorer is opened on a %s", w.ID)
		}
	}
	out := filepath.Join(dir, "public")
	if _, problems, err := site.Build(context.Background(), options(dir, out)); err != nil || problems.Errors() > 0 {
		t.Fatal(err, problemsError(problems))
	}
	return filepath.Join(out, "stats", "marks", "index.html")
}

// TestBrowserExplorer (reach/interactive) steps through each explorer with the arrow keys, takes a
// series out, saves a picture and goes back, on a phone and on a desk, and runs
// axe-core over it.
func TestBrowserExplorer(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("-short leaves the browser out")
	}
	axe, err := os.ReadFile("../templates/node_modules/axe-core/axe.min.js")
	if err != nil {
		t.Fatalf("%v; make test installs axe-core", err)
	}
	page := explorable(t)
	ctx, w := tab(t, browser(t))
	text := func(selector string) (s string) {
		t.Helper()
		if err := chromedp.Run(ctx, chromedp.Evaluate(fmt.Sprintf("document.querySelector(%q)?.textContent ?? ''", selector), &s)); err != nil {
			t.Fatal(err)
		}
		return s
	}
	do := func(script string) {
		t.Helper()
		if err := chromedp.Run(ctx, chromedp.Evaluate(script+"; 0", nil), chromedp.Sleep(100*time.Millisecond)); err != nil {
			t.Fatalf("%s: %v", script, err)
		}
	}
	keys := func(keys ...string) {
		t.Helper()
		for _, key := range keys {
			if err := chromedp.Run(ctx, chromedp.KeyEvent(key)); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, width := range []int64{390, 1280} {
		if err := chromedp.Run(ctx, chromedp.EmulateViewport(width, 900), chromedp.Navigate("file://"+page)); err != nil {
			t.Fatal(err)
		}
		var names []string
		if err := chromedp.Run(ctx, chromedp.Evaluate(`[...document.querySelectorAll(".chart-interactive")].map(b => b.textContent)`, &names)); err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(names, " "); got != "显示可交互的图：分组 显示可交互的图：横条 显示可交互的图：折线 显示可交互的图：小图 显示可交互的图：柱 显示可交互的图：堆积 显示可交互的图：构成" {
			t.Errorf("the buttons are called %s", got)
		}
		for id, steps := range map[string][]struct{ key, want string }{
			"chart-1": {{kb.ArrowRight, "2021年，立案：120件，破案：110件"}, {kb.ArrowRight, "2022年，立案：[x] 无数据，破案：130件 [r] 修订数"}, {kb.ArrowDown, "2022年\n破案：130件 [r] 修订数"}, {kb.End, "2025年1—8月（不足一个统计周期），立案：90件 [p] 初步数，破案：80件"}, {kb.ArrowRight, "2025年1—8月（不足一个统计周期），立案：90件 [p] 初步数，破案：80件"}},
			"chart-2": {{kb.ArrowDown, "2021年，立案：120件"}, {kb.ArrowDown, "2022年，立案：[x] 无数据"}},
			"chart-3": {{kb.ArrowLeft, "2025年1—8月（不足一个统计周期），立案：90件 [p] 初步数，破案：80件"}, {kb.Home, "2021年，立案：120件，破案：110件"}},
			"chart-4": {{kb.ArrowRight, "2021年\n立案：120件"}, {kb.ArrowDown, "2021年\n破案：110件"}},
			"chart-5": {{kb.ArrowRight, "2021年，立案：120件"}},
			"chart-6": {{kb.ArrowRight, "2021年，立案：120件，破案：110件"}},
			"chart-7": {{kb.ArrowRight, "2021年，立案：52.17%，破案：47.83%"}},
		} {
			do(`document.querySelector("#` + id + ` .chart-interactive").click()`)
			if err := chromedp.Run(ctx, chromedp.WaitVisible("#"+id+" .chart-canvas canvas")); err != nil {
				t.Fatal(err)
			}
			for _, step := range steps {
				keys(step.key)
				if got := text("#" + id + " [aria-live]"); got != step.want {
					t.Errorf("%s at %d: %q says %q, want %q", id, width, step.key, got, step.want)
				}
			}
			if text("#"+id+" .chart-readout") == "" {
				t.Errorf("%s at %d: what is pointed at is not shown", id, width)
			}
			keys(kb.Escape)
			if text("#"+id+" .chart-canvas, #"+id+" .chart-readout") != "" || !strings.Contains(text("#"+id+" .chart-interactive"), "显示可交互的图") {
				t.Errorf("%s at %d: Escape does not bring the drawing back", id, width)
			}
		}

		// a series goes and comes, and the picture is one
		do(`document.querySelector("#chart-1 .chart-interactive").click()`)
		do(`HTMLAnchorElement.prototype.click = function () { window.saved = this.download + " " + this.href.slice(0, 22) + " " + (this.href.length > 5000) }`)
		do(`document.querySelector("#chart-1 .chart-switch").click(); document.querySelector("#chart-1 .chart-save").click()`)
		var saved, pressed string
		if err := chromedp.Run(ctx, chromedp.Evaluate("window.saved", &saved), chromedp.Evaluate(`document.querySelector("#chart-1 .chart-switch").getAttribute("aria-pressed")`, &pressed)); err != nil {
			t.Fatal(err)
		}
		if saved != "chart-1.png data:image/png;base64, true" || pressed != "false" {
			t.Errorf("at %d: saved %q, the switch is %q", width, saved, pressed)
		}
		if said, _ := w.take(); len(said) > 0 {
			t.Errorf("at %d: the console says %q", width, said)
		}
		var violations string
		if err := chromedp.Run(ctx, chromedp.Evaluate(string(axe)+";0", nil),
			chromedp.Evaluate(`axe.run("#chart-1").then(r => r.violations.map(v => v.id + ": " + v.nodes[0].html.slice(0, 160)).join("; "))`,
				&violations, func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) })); err != nil || violations != "" {
			t.Errorf("at %d: %v %s", width, err, violations)
		}
		do(`document.querySelector("#chart-1 .chart-interactive").click()`)
		if text("#chart-1 .chart-switch") != "" {
			t.Error("the legend keeps its switches")
		}
		w.take() // axe reads styles as it may not from a disk
	}
}

// TestBrowserDrawing steps through each drawing itself with the arrow keys and points at
// it, on a phone and on a desk: what is pointed at is shown, spoken, and lit in the
// table, and nothing but the chart's own script is loaded.
func TestBrowserDrawing(t *testing.T) {
	t.Parallel()
	page := explorable(t)
	ctx, w := tab(t, browser(t))
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	for _, width := range []int64{390, 1280} {
		drawing := map[int64]string{390: ".chart-narrow", 1280: ".chart-wide"}[width]
		if err := chromedp.Run(ctx, chromedp.EmulateViewport(width, 900), chromedp.Navigate("file://"+page),
			chromedp.Evaluate(`{ const keep = sunshineChart; sunshineChart = (id, plot) => { if (id === "chart-7") plot.tips[0][1] = "长：".repeat(200) + plot.tips[0][1]; keep(id, plot) } }`, nil)); err != nil {
			t.Fatal(err)
		}
		for id, steps := range map[string][]struct{ key, want, lit string }{
			"chart-1": {{kb.ArrowRight, "2021年，立案：120件，破案：110件", "r-2021"}, {kb.ArrowRight, "2022年，立案：[x] 无数据，破案：130件 [r] 修订数", "r-2022"}, {kb.ArrowDown, "2022年\n破案：130件 [r] 修订数", "r-2022"},
				{kb.PageUp, "2021年，立案：120件，破案：110件", "r-2021"}, {kb.End, "2025年1—8月（不足一个统计周期），立案：90件 [p] 初步数，破案：80件", "r-2025-01-2025-08"}, {kb.PageDown, "2025年1—8月（不足一个统计周期），立案：90件 [p] 初步数，破案：80件", "r-2025-01-2025-08"}},
			"chart-2": {{kb.ArrowDown, "2021年，立案：120件", "r-2021"}, {kb.ArrowDown, "2022年，立案：[x] 无数据", "r-2022"}},
			"chart-3": {{kb.ArrowLeft, "2025年1—8月（不足一个统计周期），立案：90件 [p] 初步数，破案：80件", "r-2025-01-2025-08"}, {kb.Home, "2021年，立案：120件，破案：110件", "r-2021"}},
			"chart-4": {{kb.ArrowRight, "2021年\n立案：120件", "r-2021"}, {kb.ArrowDown, "2021年\n破案：110件", "r-2021"}},
			"chart-6": {{kb.ArrowRight, "2021年，立案：120件，破案：110件", "r-2021"}},
			"chart-7": {{kb.Home, "2021年\n" + strings.Repeat("长：", 30) + "…：52.17%", "r-2021"}}, // a long name is cut, never the figure
		} {
			box := "#" + id + " " + drawing
			if err := chromedp.Run(ctx, chromedp.Focus(box), chromedp.WaitReady(box+" .chart-cursor")); err != nil {
				t.Fatal(err)
			}
			for _, step := range steps {
				var got struct{ Said, Lit, Cursor string }
				if err := chromedp.Run(ctx, chromedp.KeyEvent(step.key), chromedp.Evaluate(fmt.Sprintf(`({
					Said: document.querySelector("%[1]s ~ [aria-live]").textContent, Lit: [...document.querySelectorAll(".lit")].map(e => e.id).join(" "),
					Cursor: document.querySelector("%[1]s .chart-cursor").getAttribute("d") ?? "" })`, box), &got)); err != nil {
					t.Fatal(err)
				}
				if got.Said != step.want || got.Lit != step.lit || got.Cursor == "" {
					t.Errorf("%s at %d: %q gives %q, want %q in %s", id, width, step.key, got, step.want, step.lit)
				}
			}
			var gone bool
			if err := chromedp.Run(ctx, chromedp.KeyEvent(kb.Escape), chromedp.Evaluate(fmt.Sprintf(`!document.querySelector("%s .chart-cursor").hasAttribute("d")`, box), &gone)); err != nil || !gone {
				t.Errorf("%s at %d: Escape leaves the cursor (%v)", id, width, err)
			}
		}
		// The pointer over the right end is on the newest period, over the second panel on the second series.
		for id, want := range map[string]string{"chart-5": "2025年1—8月（不足一个统计周期）\n立案：90件 [p] 初步数", "chart-4": "2025年1—8月（不足一个统计周期）\n破案：80件"} {
			box := "#" + id + " " + drawing
			if err := chromedp.Run(ctx, chromedp.ActionFunc(func(ctx context.Context) error { return pointAt(ctx, box) })); err != nil {
				t.Fatal(err)
			}
			var got string
			if err := chromedp.Run(ctx, chromedp.Text(box+" ~ .chart-readout", &got)); err != nil || got != want {
				t.Errorf("%s at %d: pointed at, it shows %q, want %q (%v)", id, width, got, want, err)
			}
		}
		said, requests := w.take()
		for _, r := range requests {
			if strings.Contains(r, "echarts") {
				t.Errorf("at %d: the drawing loads %s", width, r)
			}
		}
		if len(said) > 0 {
			t.Errorf("at %d: the console says %q", width, said)
		}
	}
}

// TestBrowserExplorerThatCannotLoad says so in the page's language and leaves the
// drawing.
func TestBrowserExplorerThatCannotLoad(t *testing.T) {
	t.Parallel()
	page := explorable(t)
	if err := os.Remove(filepath.Join(filepath.Dir(page), "chart-1.js")); err != nil {
		t.Fatal(err)
	}
	ctx, _ := tab(t, browser(t))
	var said string
	var drawn bool
	err := chromedp.Run(ctx, chromedp.Navigate("file://"+page), chromedp.Click("#chart-1 .chart-interactive", chromedp.NodeVisible),
		chromedp.WaitVisible("#chart-1 .chart-failed"), chromedp.Text("#chart-1 .chart-failed", &said),
		chromedp.Evaluate(`[...document.querySelectorAll("#chart-1 svg")].some(s => s.getBoundingClientRect().height > 100)`, &drawn))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(said, "没能载入") || !drawn {
		t.Errorf("it says %q; the drawing stands: %v", said, drawn)
	}
}

// TestBrowserExplorerCutsNoLabel holds that the parts of a stack are labelled
// where a label has room, on a desk, and not where it would be cut, on a phone.
func TestBrowserExplorerCutsNoLabel(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	putFile(t, filepath.Join(dir, "data/site.yaml"), "title: 阳光警务\norganization: 示范市公安局\nbase_url: https://example.org/\n")
	putFile(t, filepath.Join(dir, "data/stats/cases.csv"), "年份,盗窃（起）,诈骗（起）,合计（起）\n2019年,1520,310,1830\n2020年,1402,420,1822\n2021年,1251,655,1906\n2022年,1100,700,1800\n2023年,1003,1180,2183\n2024年,960,1211,2171\n")
	putFile(t, filepath.Join(dir, "data/stats/cases.yaml"), `title: 立案
frequency: yearly
released: 2026-10-12
sources: [{title: 虚构数据}]
schema:
  fields:
    - {name: 年份, role: period}
    - {name: 盗窃（起）, type: integer, role: measure, unit: 起, risk: event}
    - {name: 诈骗（起）, type: integer, role: measure, unit: 起, risk: event}
    - {name: 合计（起）, type: integer, role: measure, unit: 起, risk: event}
charts:
  - {type: stacked-bar, title: 堆叠, x: 年份, y: [盗窃（起）, 诈骗（起）]}
`)
	out := filepath.Join(dir, "public")
	if _, problems, err := site.Build(context.Background(), options(dir, out)); err != nil || problems.Errors() > 0 {
		t.Fatal(err, problemsError(problems))
	}
	ctx, _ := tab(t, browser(t))
	for width, want := range map[int64]string{390: "960 310 420 655 700", 1280: "1520 1402 1251 1100 1003 960 310 420 655 700 1180 1211"} {
		var got string
		if err := chromedp.Run(ctx, chromedp.EmulateViewport(width, 900), chromedp.Navigate("file://"+filepath.Join(out, "stats", "cases", "index.html")),
			chromedp.Evaluate(`window.drawn = new Set(); const fill = CanvasRenderingContext2D.prototype.fillText;
				CanvasRenderingContext2D.prototype.fillText = function (text, ...at) { window.drawn.add(text); return fill.call(this, text, ...at) };
				document.querySelector(".chart-interactive").click(); 0`, nil),
			chromedp.WaitVisible(".chart-canvas canvas"), chromedp.Sleep(1500*time.Millisecond),
			chromedp.Evaluate(`"1520 1402 1251 1100 1003 960 310 420 655 700 1180 1211".split(" ").filter(text => window.drawn.has(text)).join(" ")`, &got)); err != nil {
			t.Fatal(err)
		}
		if got != want {
			t.Errorf("at %d the labels are %q, want %q", width, got, want)
		}
	}
}

// pointAt moves the pointer over the right end of a drawing until it answers: a single move
// may come before the page has settled where it was scrolled to.
func pointAt(ctx context.Context, box string) error {
	for {
		var at struct {
			X, Y     float64
			Answered bool
		}
		if err := chromedp.Evaluate(fmt.Sprintf(`(() => { const svg = document.querySelector("%[1]s svg"); svg.scrollIntoView({ behavior: "instant", block: "center" }); const b = svg.getBoundingClientRect();
			return { X: b.right - b.width / 20, Y: b.top + b.height / 2, Answered: document.querySelector("%[1]s .chart-cursor[d]") !== null } })()`, box), &at).Do(ctx); err != nil || at.Answered {
			return err
		}
		for _, dx := range []float64{1, 0} {
			if err := input.DispatchMouseEvent(input.MouseMoved, at.X-dx, at.Y).Do(ctx); err != nil {
				return err
			}
		}
		if err := chromedp.Sleep(50 * time.Millisecond).Do(ctx); err != nil {
			return err
		}
	}
}
