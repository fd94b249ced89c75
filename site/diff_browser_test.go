package site_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// A month of six statistics, each with six offices, with a revision, a notice and what
// waits, prints on one sheet of A4; nothing in it is refused by its own policy.
func TestMonthPrintsOnOnePage(t *testing.T) {
	ctx := browser(t)
	offices := strings.Fields("城关派出所 东门派出所 西门派出所 北河派出所 朝阳路派出所 南关派出所")
	month := func(m int) (rows string) {
		for i, o := range offices {
			rows += fmt.Sprintf("2026年%d月,%s,%d,%d\n", m, o, 300+17*i+m, 200+13*i+m)
		}
		return rows
	}
	files, table := map[string]string{}, "月份,派出所,受理（件）,办结（件）\n"+month(7)+month(8)
	for i := range 6 {
		files[fmt.Sprintf("stats/s%d.csv", i)] = table
		fields := fmt.Sprintf("concept: c%d\nschema:\n  fields:\n    - {name: 月份, type: string, role: period}\n    - {name: 派出所, type: string, role: category}\n    - {name: 受理（件）, type: integer, role: measure, unit: 件, risk: event}\n    - {name: 办结（件）, type: integer, role: measure, unit: 件, risk: event}\n", i)
		title := fmt.Sprintf("各派出所第%d类业务受理和办结情况", i+1)
		files[fmt.Sprintf("stats/s%d.yaml", i)] = strings.Replace(fmt.Sprintf(officeDescriptor, title, fields), "yearly", "monthly", 1)
	}
	o := officeOf(t, files)
	for i := range 6 {
		o.put(fmt.Sprintf("stats/s%d.csv", i), table+month(9))
	}
	o.put("notices/2026-10-20-a.md", "---\ntitle: 窗口时间\ndate: 2026-10-20\nsource: 示范市公安局\n---\n照常。\n")
	o.put("notices/2026-11-20-b.md", "---\ntitle: 冬季\ndate: 2026-11-20\nsource: 示范市公安局\n---\n照常。\n")
	p := o.diff()
	if n := len(p.Sheet.Figures); n != 72 {
		t.Fatalf("%d figures are new", n)
	}
	file := filepath.Join(t.TempDir(), "sheet.html")
	if err := os.WriteFile(file, []byte(o.forms(p)["html zh"]), 0o644); err != nil {
		t.Fatal(err)
	}
	var pdf []byte
	var align string
	if err := chromedp.Run(ctx,
		chromedp.Navigate("file://"+filepath.ToSlash(file)),
		chromedp.Evaluate(`getComputedStyle(document.querySelector("h1")).textAlign`, &align),
		chromedp.ActionFunc(func(ctx context.Context) (err error) {
			pdf, _, err = page.PrintToPDF().WithPreferCSSPageSize(true).Do(ctx)
			return err
		}),
	); err != nil {
		t.Fatal(err)
	}
	if err := chromedp.Cancel(ctx); err != nil { // its folder is let go before it is removed
		t.Error(err)
	}
	if align != "center" {
		t.Error("its own style is not let be")
	}
	if count := regexp.MustCompile(`/Type /Pages\s[^>]*/Count 1\b|/Count 1\b[^>]*/Type /Pages`); !count.Match(pdf) {
		t.Error("it is not one page")
	}
}
