package site_test

import (
	"fmt"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// stands tells of the page that is open what is wider than it, and what is too small to
// be touched. Links in a sentence are let be, as WCAG 2.2 lets them.
const stands = `((large) => {
	document.documentElement.style.fontSize = large;
	const wrong = [], width = document.documentElement.clientWidth;
	const name = e => e.tagName.toLowerCase() + "." + e.className + " " + e.textContent.trim().slice(0, 30);
	if (document.documentElement.scrollWidth > width) wrong.push("moves sideways: " + document.documentElement.scrollWidth);
	for (const e of document.body.querySelectorAll("*")) {
		if (e.closest(".scroll, svg, .hidden, .skip, pre") || !e.checkVisibility()) continue;
		const box = e.getBoundingClientRect();
		if (box.right > width + 1 || box.left < -1) wrong.push("stands out to " + Math.round(box.right) + ": " + name(e));
		else if (e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX != "visible") wrong.push("is cut: " + name(e));
	}
	const inText = e => [...e.parentElement.childNodes].some(n => n.nodeType == 3 && n.data.trim().length > 1) || e.closest("p, dd, .prose li, .cautions");
	for (const e of document.querySelectorAll("a, button, summary, select, input")) {
		if (!e.checkVisibility() || e.closest(".skip")) continue;
		const box = e.getBoundingClientRect();
		if ((box.height < 24 || box.width < 24) && !(getComputedStyle(e).display == "inline" && inText(e))) wrong.push("is " + Math.round(box.width) + " × " + Math.round(box.height) + ": " + name(e));
	}
	document.documentElement.style.fontSize = "";
	return wrong.slice(0, 6);
})`

// TestBrowserLargeText reads a page of each kind, and the case, on the smallest phone, at
// its own size of text and at twice that: nothing is cut, nothing but a table moves
// sideways, and all that is touched is large enough.
func TestBrowserLargeText(t *testing.T) {
	t.Parallel()
	base, _ := served(t)
	ctx, _ := tab(t, browser(t))
	look := func(t *testing.T, address string) {
		t.Helper()
		for _, c := range []struct {
			width int64
			text  string
		}{{320, "100%"}, {320, "200%"}, {390, "200%"}} {
			var wrong []string
			if err := chromedp.Run(ctx, chromedp.EmulateViewport(c.width, 800), chromedp.Navigate(address), chromedp.Evaluate(fmt.Sprintf("%s(%q)", stands, c.text), &wrong)); err != nil {
				t.Fatal(address, err)
			}
			for _, w := range wrong {
				t.Errorf("%s at %d, text at %s: %s", strings.TrimPrefix(address, base), c.width, c.text, w)
			}
		}
	}
	for _, name := range append(slices.Clone(pagesToPrint), "en/index.html", "en/guides/index.html", "releases/index.html", "about/index.html",
		"en/stats/three-ledgers/index.html", "units/index.html", "data/index.html", "data/dictionary/index.html", "doubts/index.html",
		"search/index.html?q="+url.QueryEscape("身份证"), "search/index.html?q=zzz") {
		look(t, base+name)
	}
	t.Run("reach/text-200", func(t *testing.T) {
		out := builtFrom(t, caseFiles(t, "../../shared/cases/reach/text-200/data"))
		for _, name := range []string{"index.html", "stats/index.html", "stats/calls/index.html", "data/index.html"} {
			look(t, fileURL(out, name))
		}
	})
}

// TestBrowserReading presses the two buttons at the foot of a page: text grows and colours
// part, here and on the next page, until they are pressed again. Without script there are
// none.
func TestBrowserReading(t *testing.T) {
	t.Parallel()
	base, folder := served(t)
	ctx, w := tab(t, browser(t))
	const state = `[...document.querySelectorAll("[data-reading]")].map(b => b.checkVisibility() + " " + b.ariaPressed).join() + " " + document.documentElement.className + " " + getComputedStyle(document.documentElement).fontSize`
	const press = `document.querySelectorAll("[data-reading]").forEach(b => b.click())`
	for _, site := range []string{base, fileURL(folder, "") + "/"} {
		var fresh, pressed, next, again string
		if err := chromedp.Run(ctx, chromedp.Navigate(site+"index.html"), chromedp.Evaluate(state, &fresh), chromedp.Evaluate(press, nil), chromedp.Evaluate(state, &pressed),
			chromedp.Navigate(site+"guides/index.html"), chromedp.Evaluate(state, &next), chromedp.Evaluate(press, nil),
			chromedp.Navigate(site+"index.html"), chromedp.Evaluate(state, &again)); err != nil {
			t.Fatal(err)
		}
		if fresh != "true false,true false  16px" || pressed != "true true,true true large contrast 22.4px" || next != pressed || again != fresh {
			t.Errorf("%s: %q, pressed %q, on the next page %q, pressed again %q", site, fresh, pressed, next, again)
		}
	}
	if said, _ := w.take(); len(said) > 0 && !strings.Contains(said[0], "favicon") {
		t.Errorf("the console says %q", said)
	}
	var without string
	if err := chromedp.Run(ctx, emulation.SetScriptExecutionDisabled(true), chromedp.Navigate(base+"index.html"), chromedp.Evaluate(state, &without)); err != nil {
		t.Fatal(err)
	}
	if without != "false false,false false  16px" {
		t.Errorf("without script: %q", without)
	}
	script, err := os.ReadFile("../templates/reading.js")
	if err != nil || len(script) > 600 {
		t.Errorf("reading.js is of %d bytes, on every page; %v", len(script), err)
	}
}
