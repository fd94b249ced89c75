package site_test

import (
	"context"
	"flag"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"sunshine/site"
)

var proof = flag.Bool("proof", false, "run what takes minutes as well")

// pagesToOpen are one page of each kind in the demonstration bureau.
var pagesToOpen = []string{
	"index.html", "stats/index.html", "stats/cases-solved/index.html", "stats/rural-crime/index.html",
	"stats/three-ledgers/index.html", "stats/mechanisms/index.html",
	"stats/traffic-casualties/index.html", "stats/matters-handled/index.html",
	"suggestions/index.html", "suggestions/by-state/open/index.html", "suggestions/sq-2026-005/index.html",
	"guides/index.html", "guides/hukou/index.html", "notices/index.html", "about/index.html", "method/index.html",
	"registers/index.html", "registers/promises/index.html", "registers/self-reported-problems/index.html",
	"registers/mechanisms/暖心警务会客厅/index.html", "registers/glossary/index.html", "annual/2025/index.html", "disclosure/index.html", "policies/index.html", "policies/window-service/index.html", "policies/window-service-trial/index.html",
	"guides/coverage/index.html", "guides/hukou/first-id-card/case/2/index.html", "guides/hukou/first-id-card/case/2-2-2/index.html", "guides/hukou/temporary-permit/index.html", "freshness/index.html", "en/guides/hukou/index.html",
	"units/index.html", "units/chaoyanglu/index.html", "targets/index.html",
	"revisions/index.html", "releases/2026-10/index.html", "sitemap/index.html", "search/index.html", "404.html",
}

// browser starts Chromium. It is what make test installs, so its absence is a failure.
func browser(t *testing.T) context.Context {
	t.Helper()
	if testing.Short() {
		t.Skip("-short leaves the browser out")
	}
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Fatal("no chromium on the PATH; make test says what to install")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.UserDataDir(t.TempDir()), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
		chromedp.Flag("allow-file-access-from-files", false), chromedp.WSURLReadTimeout(time.Minute))
	allocator, stop := chromedp.NewExecAllocator(t.Context(), options...)
	ctx, cancel := chromedp.NewContext(allocator)
	t.Cleanup(func() { cancel(); stop() })
	if err := chromedp.Run(ctx); err != nil {
		t.Fatal(err)
	}
	return ctx
}

// watched is what a tab said and asked for while it was open.
type watched struct {
	mu       sync.Mutex
	said     []string
	requests []string
}

func (w *watched) take() (said, requests []string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	said, requests = w.said, w.requests
	w.said, w.requests = nil, nil
	return said, requests
}

// tab opens a new tab and listens to its console and its requests.
func tab(t *testing.T, browser context.Context) (context.Context, *watched) {
	t.Helper()
	ctx, cancel := chromedp.NewContext(browser)
	ctx, stop := context.WithTimeout(ctx, 10*time.Minute)
	t.Cleanup(func() { stop(); cancel() })
	w := &watched{}
	chromedp.ListenTarget(ctx, func(event any) {
		w.mu.Lock()
		defer w.mu.Unlock()
		switch e := event.(type) {
		case *log.EventEntryAdded:
			w.said = append(w.said, fmt.Sprintf("%s: %s %s", e.Entry.Level, e.Entry.Text, e.Entry.URL))
		case *runtime.EventConsoleAPICalled:
			w.said = append(w.said, fmt.Sprintf("console.%s", e.Type))
		case *runtime.EventExceptionThrown:
			w.said = append(w.said, "exception: "+e.ExceptionDetails.Error())
		case *network.EventRequestWillBeSent:
			w.requests = append(w.requests, e.Request.URL)
		}
	})
	if err := chromedp.Run(ctx, log.Enable(), network.Enable(), runtime.Enable()); err != nil {
		t.Fatal(err)
	}
	return ctx, w
}

// demonstration builds the repository's own bureau once and serves it under a
// sub-path; it gives the server's address and the folder.
var demonstration = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "sunshine-demo-")
	if err != nil {
		return "", err
	}
	o := options("..", filepath.Join(dir, "public"))
	o.BaseURL = "https://example.org/bureau/" // 404.html, shown at any depth, links from its path
	_, problems, err := site.Build(context.Background(), o)
	if err == nil && problems.Errors() > 0 {
		err = problemsError(problems)
	}
	return dir, err
})

func served(t *testing.T) (base, folder string) {
	t.Helper()
	dir, err := demonstration()
	if err != nil {
		t.Fatal(err)
	}
	folder = filepath.Join(dir, "public")
	handler := http.StripPrefix("/bureau", http.FileServer(http.Dir(folder)))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		// The server redirects …/index.html to …/; a page's own links are tried as they stand.
		if strings.HasSuffix(r.URL.Path, "/index.html") {
			http.ServeContent(w, r, "index.html", time.Time{}, open(t, filepath.Join(folder, filepath.FromSlash(strings.TrimPrefix(r.URL.Path, "/bureau/")))))
			return
		}
		handler.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	return server.URL + "/bureau/", folder
}

func open(t *testing.T, path string) *os.File {
	f, err := os.Open(path)
	if err != nil {
		t.Error(err)
	} else {
		t.Cleanup(func() { f.Close() })
	}
	return f
}

func fileURL(folder, page string) string {
	return (&url.URL{Scheme: "file", Path: filepath.ToSlash(filepath.Join(folder, filepath.FromSlash(page)))}).String()
}

// everyPage gives the path of every page in a built site.
func everyPage(t *testing.T, folder string) []string {
	t.Helper()
	var pages []string
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && strings.HasSuffix(path, ".html") {
			relative, _ := filepath.Rel(folder, path)
			pages = append(pages, filepath.ToSlash(relative))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return pages
}

// TestBrowserSilent opens a page of each kind, with -proof every page, over HTTP
// and from disk: the console stays silent under the strict policy, and nothing is
// asked of another origin.
func TestBrowserSilent(t *testing.T) {
	t.Parallel()
	base, folder := served(t)
	ctx, w := tab(t, browser(t))
	pages := pagesToOpen
	if *proof {
		pages = everyPage(t, folder)
	}
	for _, p := range pages {
		for _, address := range []string{base + p, fileURL(folder, p)} {
			if strings.HasPrefix(address, "file:") && p == "404.html" {
				continue // it is only ever served, and links from the site's address
			}
			w.take()
			if err := chromedp.Run(ctx, chromedp.Navigate(address), chromedp.WaitReady("main")); err != nil {
				t.Fatalf("%s: %v", address, err)
			}
			said, requests := w.take()
			for _, s := range said {
				if !strings.Contains(s, "favicon") {
					t.Errorf("%s: the console says %s", address, s)
				}
			}
			for _, r := range requests {
				if !strings.HasPrefix(r, base) && !strings.HasPrefix(r, "file://") && !strings.HasPrefix(r, "data:") && !strings.Contains(r, "favicon") {
					t.Errorf("%s: asks for %s", address, r)
				}
			}
		}
	}
}

// TestBrowserWithoutScript reads the statistics with JavaScript off, on a phone
// and on a desk: every chart shows one drawing, and every table its rows.
func TestBrowserWithoutScript(t *testing.T) {
	t.Parallel()
	base, folder := served(t)
	ctx, _ := tab(t, browser(t))
	charts, tables := 0, 0
	for _, width := range []int64{390, 1280} {
		for _, p := range everyPage(t, folder) {
			if !strings.HasPrefix(p, "stats/") && p != "method/index.html" {
				continue
			}
			var seen struct {
				Charts, Drawn, Tables, Rows int
				Wider                       bool
			}
			err := chromedp.Run(ctx,
				emulation.SetScriptExecutionDisabled(true),
				chromedp.EmulateViewport(width, 900),
				chromedp.Navigate(base+p),
				chromedp.Evaluate(`(() => {
					const shown = e => { const b = e.getBoundingClientRect(); return b.width > 100 && b.height > 60 };
					const figures = [...document.querySelectorAll("figure.chart")];
					const tables = [...document.querySelectorAll("main table")];
					return {
						Charts: figures.length,
						Drawn: figures.filter(f => [...f.querySelectorAll(".chart-wide svg, .chart-narrow svg")].filter(shown).length == 1).length,
						Tables: tables.length,
						Rows: tables.filter(t => t.rows.length > 1 && shown(t)).length,
						Wider: document.documentElement.scrollWidth > innerWidth,
					} })()`, &seen))
			if err != nil {
				t.Fatalf("%s: %v", p, err)
			}
			if seen.Drawn != seen.Charts {
				t.Errorf("%s at %d: %d of %d charts show exactly one drawing", p, width, seen.Drawn, seen.Charts)
			}
			if seen.Rows != seen.Tables {
				t.Errorf("%s at %d: %d of %d tables show rows", p, width, seen.Rows, seen.Tables)
			}
			if seen.Wider {
				t.Errorf("%s at %d: the page scrolls sideways", p, width)
			}
			charts += seen.Charts
			tables += seen.Tables
		}
	}
	if charts == 0 || tables == 0 {
		t.Errorf("saw %d charts and %d tables", charts, tables)
	}
	t.Logf("%d charts and %d tables seen without script", charts, tables)
}

// TestBrowserInteractive asks for the interactive chart with a click and with
// Enter, over HTTP and from disk.
func TestBrowserInteractive(t *testing.T) {
	t.Parallel()
	base, folder := served(t)
	ctx, w := tab(t, browser(t))
	const p = "stats/cases-solved/index.html"
	const button = "figure.chart button.chart-interactive"
	press := map[string]chromedp.Action{
		"click": chromedp.Click(button, chromedp.NodeVisible),
		"Enter": chromedp.SendKeys(button, kb.Enter, chromedp.NodeVisible),
	}
	for _, address := range []string{base + p, fileURL(folder, p)} {
		for name, action := range press {
			w.take()
			err := chromedp.Run(ctx, chromedp.Navigate(address), action,
				chromedp.WaitVisible("figure.chart [_echarts_instance_]"), chromedp.Sleep(300*time.Millisecond))
			said, _ := w.take()
			if err != nil {
				t.Errorf("%s, %s: %v; the console says %q", address, name, err, said)
				continue
			}
			for _, s := range said {
				if !strings.Contains(s, "favicon") {
					t.Errorf("%s, %s: the console says %s", address, name, s)
				}
			}
		}
	}
}

// A look is how a page is shown: the width of its window, and what its reader chose.
type look struct {
	width         int64
	scheme, force string // of prefers-color-scheme and forced-colors
}

func (l look) shown() chromedp.Tasks {
	return chromedp.Tasks{
		chromedp.EmulateViewport(l.width, 900),
		emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: l.scheme}, {Name: "forced-colors", Value: l.force}}),
	}
}

// axeScript runs axe-core, which the page has to hold.
const axeScript = `axe.run().then(r => r.violations.flatMap(v => v.nodes.slice(0, 3).map(n => v.id + " (" + v.help + "): " + n.html.slice(0, 160) + " | " + (n.any[0]?.message ?? ""))))`

// forcedScript tells what cannot be seen in a page with forced colours: a mark of a drawing
// has to be painted, and not in the colour of the page; a button that is pressed looks so.
const forcedScript = `(() => {
	const pressed = document.querySelector("[data-reading]"), ground = e => getComputedStyle(e).backgroundColor;
	pressed.ariaPressed = "true";
	const alike = ground(pressed) == ground(document.body) ? ["a pressed button looks like one that is not"] : [];
	pressed.ariaPressed = "false";
	return alike.concat([...document.querySelectorAll("[data-bars] path, [data-lines] > path, [data-lines] circle")].filter(m => m.checkVisibility()).map(m => {
	const style = getComputedStyle(m), seen = [style.fill, style.stroke].filter(c => c != "none");
	return seen.length && seen.some(c => c != getComputedStyle(document.body).backgroundColor) ? "" : "not seen: " + m.outerHTML.slice(0, 120);
}).filter(Boolean).slice(0, 3));
})()`

// TestBrowserAccessible runs axe-core over a page of each kind, light on a phone and dark
// on a desk. The pages that differ most are looked at in all looks, with -proof every one.
func TestBrowserAccessible(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("-short leaves the browser out")
	}
	axe, err := os.ReadFile("../templates/node_modules/axe-core/axe.min.js")
	if err != nil {
		t.Fatalf("%v; make test installs axe-core", err)
	}
	base, folder := served(t)
	ctx, _ := tab(t, browser(t))
	found, none := "search/index.html?q="+url.QueryEscape("身份证"), "search/index.html?q=zzz"
	pages := append(slices.Clone(pagesToOpen), found, none, "data/index.html", "data/dictionary/index.html", "doubts/index.html", "releases/index.html")
	most := len(pages) + 5
	for _, p := range everyPage(t, folder) {
		if (strings.HasPrefix(p, "guides/") && strings.Count(p, "/") == 3 || strings.HasPrefix(p, "notices/2")) && len(pages) < most {
			pages = append(pages, p)
		}
	}
	few := []look{{390, "light", "none"}, {1280, "dark", "none"}}
	all := append(slices.Clone(few), look{1280, "light", "none"}, look{390, "dark", "none"}, look{390, "light", "active"}, look{1280, "dark", "active"})
	thorough := []string{"index.html", "stats/three-ledgers/index.html", found, "suggestions/sq-2026-005/index.html"}
	for _, p := range pages {
		if err := chromedp.Run(ctx, chromedp.Navigate(base+p), chromedp.Evaluate(string(axe)+";0", nil)); err != nil {
			t.Fatalf("%s: %v", p, err)
		}
		if strings.Contains(p, "?q=") {
			var a answer
			if err := chromedp.Run(ctx, chromedp.EvaluateAsDevTools(answerScript, &a, awaited)); err != nil || (len(a.Links) > 0) != (p == found) {
				t.Fatalf("%s: %d results, %v", p, len(a.Links), err)
			}
		}
		looks := few
		if *proof || slices.Contains(thorough, p) {
			looks = all
		}
		for _, l := range looks {
			var violations, unseen []string
			if err := chromedp.Run(ctx, l.shown(), chromedp.Evaluate(axeScript, &violations, awaited)); err != nil {
				t.Fatalf("%s: %v", p, err)
			}
			if l.force == "active" {
				if err := chromedp.Run(ctx, chromedp.Evaluate(forcedScript, &unseen)); err != nil {
					t.Fatalf("%s: %v", p, err)
				}
			}
			for _, v := range append(violations, unseen...) {
				t.Errorf("%s as %v: %s", p, l, v)
			}
		}
	}
}

// TestBrowserKeyboardAndPrint reaches the content with the keyboard first, and
// prints a guide.
func TestBrowserKeyboardAndPrint(t *testing.T) {
	t.Parallel()
	base, folder := served(t)
	ctx, _ := tab(t, browser(t))
	var guide string
	for _, p := range everyPage(t, folder) {
		if strings.HasPrefix(p, "guides/hukou/") && strings.Count(p, "/") == 3 {
			guide = p
			break
		}
	}
	var target string
	var pdf []byte
	err := chromedp.Run(ctx,
		chromedp.Navigate(base+guide),
		chromedp.KeyEvent(kb.Tab),
		chromedp.Evaluate(`document.activeElement.getAttribute("href")`, &target),
		chromedp.ActionFunc(func(ctx context.Context) (err error) {
			pdf, _, err = page.PrintToPDF().WithPreferCSSPageSize(true).Do(ctx)
			return err
		}))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(target, "#") {
		t.Errorf("the first Tab in %s reaches %q, not the link that skips to the content", guide, target)
	}
	if pages := strings.Count(string(pdf), "/Type /Page\n") + strings.Count(string(pdf), "/Type /Page "); pages > 3 {
		t.Errorf("%s prints on %d sheets", guide, pages)
	}
	if len(pdf) < 5000 {
		t.Errorf("%s prints as %d bytes", guide, len(pdf))
	}
}
