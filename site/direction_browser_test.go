package site_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"sunshine/site"
)

// mirrored tells of the page that is open what does not stand where it has to be read:
// links to other languages that lie upon each other or upon the way to the page, a heading
// that does not begin at the edge where lines begin, texts of a drawing outside of it.
const mirrored = `(() => {
	const wrong = [], rtl = document.documentElement.dir == "rtl";
	const text = e => { const r = document.createRange(); r.selectNodeContents(e); return r.getBoundingClientRect() };
	const apart = [...document.querySelectorAll(".switch, .crumbs a, main h1")].map(e => [e.textContent, text(e)]);
	apart.forEach(([a, x], i) => apart.slice(i + 1).forEach(([b, y]) => {
		if (x.left < y.right && y.left < x.right && x.top < y.bottom && y.top < x.bottom) wrong.push(a + " lies upon " + b);
	}));
	const h1 = document.querySelector("main h1").getBoundingClientRect(), main = document.querySelector("main").getBoundingClientRect(), line = text(document.querySelector("main h1"));
	if (rtl ? h1.right - line.right > 4 : line.left - h1.left > 4) wrong.push("the heading is at " + line.left + " to " + line.right + " of " + h1.left + " to " + h1.right);
	for (const svg of document.querySelectorAll(".chart-svg")) {
		if (!svg.checkVisibility()) continue;
		const box = svg.getBoundingClientRect();
		for (const t of svg.querySelectorAll("text")) {
			const b = t.getBoundingClientRect();
			if (b.left < box.left - 1 || b.right > box.right + 1) wrong.push("outside of its drawing: " + t.textContent);
		}
		const zero = svg.querySelector("[data-texts=scale] text"), bars = svg.querySelector("[data-grid]");
		if (zero && bars && svg.querySelector("[data-bars]") && zero.getBoundingClientRect().left > bars.getBoundingClientRect().left) wrong.push("the scale stands in the drawing");
	}
	return wrong.slice(0, 6);
})()`

// TestBrowserDirection reads a site in three languages, one of them from right to left: its
// pages are the mirror of the others, at any width and size of text.
func TestBrowserDirection(t *testing.T) {
	t.Parallel()
	ctx, _ := tab(t, browser(t))
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "data"), os.DirFS("../data")); err != nil {
		t.Fatal(err)
	}
	settings, err := os.ReadFile("../data/site.yaml")
	if err != nil {
		t.Fatal(err)
	}
	putFile(t, filepath.Join(dir, "data", "site.yaml"), strings.Replace(string(settings), "languages: [en]", "languages: [en, ar]", 1))
	putFile(t, filepath.Join(dir, "templates", "messages.ar.json"), arabic(t))
	out := filepath.Join(dir, "public")
	if _, problems, err := site.Build(t.Context(), options(dir, out)); err != nil || problems.Errors() > 0 {
		t.Fatal(err, problemsError(problems))
	}
	for _, page := range []string{"ar/index.html", "ar/stats/index.html", "ar/stats/rural-crime/index.html", "ar/stats/three-ledgers/index.html", "ar/guides/index.html", "ar/registers/promises/index.html", "ar/units/chaoyanglu/index.html", "ar/search/index.html", "en/stats/three-ledgers/index.html", "stats/three-ledgers/index.html"} {
		for _, c := range []struct {
			width int64
			text  string
		}{{320, "200%"}, {390, "100%"}, {1280, "100%"}} {
			var wrong, misplaced []string
			if err := chromedp.Run(ctx, chromedp.EmulateViewport(c.width, 800), chromedp.Navigate(fileURL(out, page)),
				chromedp.Evaluate(fmt.Sprintf("%s(%q)", stands, c.text), &wrong), chromedp.Evaluate(mirrored, &misplaced)); err != nil {
				t.Fatal(page, err)
			}
			for _, w := range append(wrong, misplaced...) {
				t.Errorf("%s at %d, text at %s: %s", page, c.width, c.text, w)
			}
		}
	}
}
