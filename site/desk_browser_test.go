package site_test

import (
	"context"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"sunshine/site"
	"sunshine/site/desk"
	"sunshine/site/problem"
	"sunshine/site/send"
)

// deskOn opens the desk on a bureau with office files in its inbox, and gives its address.
func deskOn(t *testing.T, files map[string]string) (dir, address string) {
	t.Helper()
	dir = t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "data"), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		putFile(t, filepath.Join(dir, site.Inbox, name), text)
	}
	return dir, serveDesk(t, dir)
}

// workOn is what a desk does with a bureau's folder.
func workOn(dir string) *site.Desk {
	return &site.Desk{Options: func() (site.Options, error) { return options(dir, filepath.Join(dir, "public")), nil }, Language: problem.Chinese, Workshop: site.NewWorkshop(time.Now),
		Who: send.Who{Now: time.Now}, Env: func(string) string { return "" }}
}

// serveDesk opens the desk on a bureau's folder, and gives its address.
func serveDesk(t *testing.T, dir string) (address string) {
	t.Helper()
	work := workOn(dir)
	ctx, stop := context.WithCancel(context.Background())
	ready, ended := make(chan string, 1), make(chan error, 1)
	go func() {
		ended <- desk.Serve(ctx, desk.Options{Token: "TOKEN", Session: "SESSION", Work: work, Log: io.Discard, Language: problem.Chinese, Ready: func(url string) { ready <- url }})
	}()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	select {
	case address = <-ready:
	case err := <-ended:
		t.Fatal(err)
	}
	return address
}

// A sheet of 20,000 rows is drawn row by row as it is scrolled, goes to the cell that is asked
// about, and what is said in a form stays there. A click on a header opens the form about it,
// and what is said there is taken.
func TestDeskReading(t *testing.T) {
	var large strings.Builder
	large.WriteString("2026年9月各所接警（起）\n所,社区,接警,处警\n")
	for i := range 20000 {
		figure := fmt.Sprint(i%90 + 3)
		if i == 14999 {
			figure = "1O"
		}
		fmt.Fprintf(&large, "第%d所,第%d社区<b>,%s,%d\n", i/200, i, figure, i%80+2)
	}
	dir, address := deskOn(t, map[string]string{"大表.csv": large.String(), "罚款.csv": "2026年9月查处情况,,\n所,治安案件（起）,罚款金额\n城关,15,3\n西河,20,5\n"})
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
	page := func(file string) string { return home + "reading?file=" + url.QueryEscape("inbox/"+file) }
	const rows = `document.querySelectorAll(".grid tbody tr").length`
	// seen are the numbers of the rows that are in sight, and what the first holds.
	const seen = `(() => {
		const box = document.querySelector(".grid").getBoundingClientRect();
		return [...document.querySelectorAll(".grid tbody tr:not(.space)")].filter(tr => { const r = tr.getBoundingClientRect(); return r.top >= box.top + 30 && r.bottom <= box.bottom; }).map(tr => tr.cells[0].textContent + " " + tr.cells[2].textContent);
	})()`
	var n int
	var in []string
	run(chromedp.EmulateViewport(1280, 900), chromedp.Navigate(address), chromedp.Navigate(page("大表.csv")), chromedp.WaitReady(`.grid tr.space`, chromedp.ByQuery), chromedp.Evaluate(rows, &n), chromedp.Evaluate(seen, &in))
	if n > 200 || len(in) < 5 || in[3] != "4 第1社区<b>" {
		t.Errorf("%d rows are drawn, in sight are %q", n, in)
	}
	for _, share := range []float64{0.5, 0.25, 1, 0} {
		run(chromedp.Evaluate(fmt.Sprintf(`{ const g = document.querySelector(".grid"); g.scrollTop = g.scrollHeight * %g; }`, share), nil),
			chromedp.Poll(`[...document.querySelectorAll(".grid tbody tr:not(.space)")].every(tr => tr.cells[0].textContent !== "…") && `+seen+`.length > 5`, nil),
			chromedp.Evaluate(rows, &n), chromedp.Evaluate(seen, &in))
		var first, want int
		fmt.Sscan(in[1], &first)
		if want = int(share * 20002); n > 200 || first < want-40 || first > want+40 {
			t.Errorf("at %g: %d rows are drawn, in sight are %q", share, n, in)
		}
	}
	var marked, typed string
	run(chromedp.Evaluate(`{ const d = document.querySelector("#column-3").closest("details"); d.open = true; d.querySelector("[name=called]").value = "接到的"; }`, nil),
		chromedp.Click(`.problems a`, chromedp.ByQuery), chromedp.WaitVisible(`.grid td.target`, chromedp.ByQuery), chromedp.Sleep(300*time.Millisecond),
		chromedp.Evaluate(`[...document.querySelectorAll(".grid td.target")].map(td => td.parentElement.cells[0].textContent + " " + td.textContent).join()`, &marked),
		chromedp.Evaluate(seen, &in), chromedp.Evaluate(`document.querySelector("#column-3 [name=called]").value`, &typed))
	if marked != "15002 1O" || !strings.Contains(strings.Join(in, "\n"), "15002 第14999社区<b>") || typed != "接到的" {
		t.Errorf("marked is %q, in sight are %q, typed was %q", marked, in, typed)
	}
	// Two columns beside each other, and one below the other on a telephone.
	const beside = `(() => { const a = document.querySelector(".words").getBoundingClientRect(), b = document.querySelector(".sheet").getBoundingClientRect(); return [a.width, b.left >= a.right ? 1 : 0, b.top >= a.bottom ? 1 : 0, document.documentElement.scrollWidth > innerWidth ? 1 : 0]; })()`
	var wide, narrow []float64
	run(chromedp.Evaluate(beside, &wide), chromedp.EmulateViewport(390, 844), chromedp.Navigate(page("罚款.csv")), chromedp.Evaluate(beside, &narrow))
	if wide[0] != 384 || wide[1] != 1 || wide[3] != 0 || narrow[1] != 0 || narrow[2] != 1 || narrow[3] != 0 {
		t.Errorf("the words are beside the sheet: at 1280 %v, at 390 %v", wide, narrow)
	}
	var focused, told string
	var open bool
	run(chromedp.EmulateViewport(1280, 900), chromedp.Navigate(page("罚款.csv")),
		chromedp.Click(`.grid a[href="#column-2"]`, chromedp.ByQuery), chromedp.Evaluate(`document.activeElement.id`, &focused), chromedp.Evaluate(`document.querySelector("#column-2").closest("details").open`, &open),
		chromedp.Evaluate(`document.querySelector("#column-3 [name=unit]").value = "万元"`, nil),
		chromedp.Click(`button[value=look]`, chromedp.ByQuery), chromedp.WaitVisible(`//button[text()="照此读入"]`, chromedp.BySearch),
		chromedp.Click(`//button[text()="照此读入"]`, chromedp.BySearch), chromedp.WaitVisible(`.good`, chromedp.ByQuery), chromedp.Text(`.good`, &told, chromedp.ByQuery))
	if focused != "role-2" || !open || !strings.Contains(told, "已经读入") {
		t.Errorf("focused is %q, open %v, told %q", focused, open, told)
	}
	// A corrected file is put in the place of one: when the button says so, and not by its choice.
	corrected := filepath.Join(t.TempDir(), "更正.csv")
	if err := os.WriteFile(corrected, []byte("2026年9月查处情况,,\n所,治安案件（起）,罚款金额\n城关,16,3\n西河,20,5\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	run(chromedp.Navigate(home+"file?file="+url.QueryEscape("inbox/罚款.csv")), chromedp.SetUploadFiles("#with", []string{corrected}, chromedp.ByQuery), chromedp.Sleep(300*time.Millisecond),
		chromedp.Click(`button[value=put]`, chromedp.ByQuery), chromedp.WaitVisible(`.good`, chromedp.ByQuery), chromedp.Text(`.good`, &told, chromedp.ByQuery))
	if data, err := os.ReadFile(filepath.Join(dir, "inbox/罚款.csv")); err != nil || !strings.Contains(told, "已经换上") || !strings.Contains(string(data), "城关,16") {
		t.Errorf("%v: told %q\n%s", err, told, data)
	}
	recipes, err := filepath.Glob(filepath.Join(dir, "data/imports/*.yaml"))
	if err != nil || len(recipes) != 1 {
		t.Fatal(recipes, err)
	}
	recipe, err := os.ReadFile(recipes[0])
	if err != nil || !strings.Contains(string(recipe), `- {header: "罚款金额", unit: "万元"}`) {
		t.Errorf("%v: %s", err, recipe)
	}
	if said, _ := watched.take(); len(said) > 0 {
		t.Errorf("the console: %q", said)
	}
}
