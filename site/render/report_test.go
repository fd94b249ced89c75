package render

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"sunshine/site/period"
	"sunshine/site/problem"
)

// The day in a page's meta PubDate is one that the page shows.
func TestPubDateIsShown(t *testing.T) {
	meta := regexp.MustCompile(`<meta name="PubDate" content="([^"]*)">`)
	pages := 0
	for name, page := range build(t, fixture(t)) {
		if m := meta.FindSubmatch(page); m != nil {
			pages++
			if _, body, _ := bytes.Cut(page, []byte("<main")); !bytes.Contains(body, []byte(`<time datetime="`+string(m[1])+`">`)) {
				t.Errorf("%s does not show %s", name, m[1])
			}
		}
	}
	if pages < 5 {
		t.Errorf("only %d pages have a PubDate", pages)
	}
}

// The page for staff has rules with errors first, lists at most so many problems
// of one rule and says how many are left out, and escapes what it quotes.
func TestStaffReport(t *testing.T) {
	var problems problem.List
	for i := range reportProblems + 7 {
		problems.Warn(problem.Position{File: "data/stats/a.csv", Line: i + 1}, problem.FiguresRepeat, problem.Say("重复", "repeat"), problem.Say("核对", "compare"))
	}
	problems.Error(problem.Position{File: "data/b.md", Line: 3, Column: 4}, problem.GuideFee, problem.Say("“<script>”", "\"<script>\""), problem.Text{})
	problems.Error(problem.Position{File: "data/c"}, problem.StatsNoRows, problem.Say("新", "new"), problem.Text{})
	page, faults, err := StaffReport(problems, period.NewDate(2026, 10, 31), problem.English)
	if err != nil || len(faults) > 0 {
		t.Fatal(err, faults)
	}
	text := string(page)
	for _, want := range []string{"data/b.md:3:4", "&#34;&lt;script&gt;&#34;", "<code>stats/no-rows</code>", "not listed: 7", "Hint: compare", "31 October 2026", "<code>link/dead</code>", "<b>2 errors</b>", "<b>107 warnings</b>"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s", want)
		}
	}
	if strings.Index(text, "guide/fee") > strings.Index(text, "figures/repeat") {
		t.Error("a rule with warnings comes before one with errors")
	}
	if n := strings.Count(text, "data/stats/a.csv"); n != reportProblems {
		t.Errorf("%d problems are listed, want %d", n, reportProblems)
	}
	if strings.Contains(text, "<script") {
		t.Error("a script")
	}
}

// A guide without an English version is offered in Chinese on English lists,
// and says so; one that is no longer in force is not.
func TestBorrowedGuides(t *testing.T) {
	all := build(t, fixture(t))
	page := string(all["en/guides/vehicle/index.html"])
	for _, want := range []string{`<a href="../../../guides/vehicle/plate/index.html" hreflang="zh-CN" lang="zh-CN">机动车注册登记</a> <span class="tag">in Chinese only</span>`, "Guides that are not translated are offered in Chinese."} {
		if !strings.Contains(page, want) {
			t.Errorf("no %s", want)
		}
	}
	if page := string(all["en/guides/hukou/index.html"]); strings.Contains(page, "old-card") || strings.Contains(page, "in Chinese only") {
		t.Error(page)
	}
	if page := string(all["guides/hukou/old-card/index.html"]); !strings.Contains(page, `<a href="../../../guides/hukou/id-card/index.html">首次申领居民身份证</a>`) || strings.Contains(page, "GovernmentService") {
		t.Error(page)
	}
}
