package site_test

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestBrowserNarrow narrows a list of matters, from disk: only those of the chosen
// ledger stay, and their number is said.
func TestBrowserNarrow(t *testing.T) {
	t.Parallel()
	_, folder := served(t)
	ctx, w := tab(t, browser(t))
	var before, after int
	var others []string
	var said string
	err := chromedp.Run(ctx, chromedp.Navigate(fileURL(folder, "suggestions/by-state/open/index.html")), chromedp.WaitVisible(".filter"),
		chromedp.Evaluate(`document.querySelectorAll(".matter-list > li").length`, &before),
		chromedp.Evaluate(`(() => { const s = document.querySelector(".filter [name=ledger]"); s.value = "投诉举报"; s.dispatchEvent(new Event("change", {bubbles: true})) })()`, nil),
		chromedp.Evaluate(`[...document.querySelectorAll(".matter-list > li")].filter(li => li.checkVisibility()).length`, &after),
		chromedp.Evaluate(`[...document.querySelectorAll(".matter-list > li")].filter(li => li.checkVisibility() && li.dataset.ledger != "投诉举报").map(li => li.textContent)`, &others),
		chromedp.Text(".filter [role=status]", &said),
		chromedp.WaitNotPresent(".filter [name=state]")) // all of them are open
	if err != nil {
		t.Fatal(err)
	}
	if after == 0 || after >= before || len(others) > 0 || strings.TrimSpace(said) != "显示2项" {
		t.Errorf("%d matters, %d after it, %q of other ledgers; it says %q", before, after, others, said)
	}
	if console, _ := w.take(); len(console) > 0 {
		t.Errorf("the console says %q", console)
	}
}
