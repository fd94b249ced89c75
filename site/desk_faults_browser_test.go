package site_test

import (
	"context"
	"fmt"
	"maps"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// TestDeskRooms: each page on which a fault is mended stands on a telephone and on a desk
// without a bar to scroll it sideways, has nothing that axe-core objects to, and what is wrong
// is in sight where the page of problems leads to it.
func TestDeskRooms(t *testing.T) {
	axe, err := os.ReadFile("../templates/node_modules/axe-core/axe.min.js")
	if err != nil {
		t.Fatalf("%v; make test installs axe-core", err)
	}
	s := seed(t)
	s.office(t)
	changes := map[string]string{}
	for _, one := range []map[string]string{
		s.in("stats/cases.csv", "2385", "23O5"), s.in("stats/patrol.csv", "220", "221"), s.in("stats/windows.yaml", "monthly", "sometimes"),
		s.in("guides/hukou/move.md", "result: 居民身份证\r\n", ""), s.in("pages/forms.md", "/stats/cases/", "/stats/case/"),
		file("stats/cases (1).csv", s.files["stats/cases.csv"]), file("stats/people.csv", "<html>"), file("static/forms/form.txt", "联系13812345678\n"), file("pages/about.md", ""),
	} {
		maps.Copy(changes, one)
	}
	dir := t.TempDir()
	s.write(t, dir, changes)
	address := serveDesk(t, dir)
	home, _, _ := strings.Cut(address, "?")
	ctx, watched := tab(t, browser(t))
	run := func(actions ...chromedp.Action) {
		t.Helper()
		step, cancel := context.WithTimeout(ctx, time.Minute)
		defer cancel()
		if err := chromedp.Run(step, actions...); err != nil {
			said, _ := watched.take()
			t.Fatalf("%v: %v", err, said)
		}
	}
	at := func(room, file, rest string) string { return room + "?file=" + url.QueryEscape("data/"+file) + rest }
	run(chromedp.Navigate(address))
	for _, p := range []struct{ address, marked string }{
		{"mend", ""}, {"changes", ""},
		{at("grid", "stats/patrol.csv", "&cell=C7#C7"), "#C7"}, {at("grid", "stats/people.csv", ""), ""},
		{at("form", "guides/hukou/move.md", "&key=result#here"), "#here"}, {at("form", "stats/windows.yaml", "&line=2&column=12#here"), "#here"},
		{at("edit", "pages/forms.md", "&line=5#here"), "#here"},
		{at("file", "stats/cases (1).csv", ""), ""}, {at("file", "stats/none.yaml", ""), ""}, {at("file", "static/forms/form.txt", ""), ""},
	} {
		for _, width := range []int64{1280, 390} {
			if width == 1280 && !*proof {
				continue
			}
			where := fmt.Sprintf("%s at %d", p.address, width)
			var wide, seen bool
			var violations []string
			run(chromedp.EmulateViewport(width, 844), chromedp.Navigate("about:blank"), chromedp.Navigate(home+p.address), chromedp.Evaluate(string(axe)+";0", nil),
				chromedp.Evaluate(`document.documentElement.scrollWidth > innerWidth`, &wide), chromedp.Evaluate(axeScript, &violations, awaited),
				chromedp.Evaluate(fmt.Sprintf(`%[1]q === "" || (r => r.bottom > 0 && r.top < innerHeight)(document.querySelector(%[1]q).getBoundingClientRect())`, p.marked), &seen))
			if wide || !seen {
				t.Errorf("%s: too wide %v, in sight %v", where, wide, seen)
			}
			for _, v := range violations {
				t.Errorf("%s: %s", where, v)
			}
		}
	}
}
