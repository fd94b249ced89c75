package render

import (
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"sunshine/site/bureau"
	"sunshine/site/period"
	"sunshine/site/sweep"
)

// withMatters gives a bureau n matters of two units and two ledgers, received one
// day after another, the last of them on the day of the build. One in two is
// completed.
func withMatters(in Input, n int) Input {
	b := *in.Bureau
	b.Site.Suggestions = bureau.Suggestions{
		Ledgers: strs("意见建议", "投诉举报"), Note: str("虚构的事项"),
		Days: bureau.MatterDays{Discuss: num(7), Plan: num(15), Supervise: num(30), Answer: num(60), Publish: num(70)},
	}
	for i := range n {
		received := bureau.Date{V: in.AsOf - period.Date(i), At: str("").At}
		m := bureau.Matter{
			Name: fmt.Sprintf("m-%04d", i), ID: str(fmt.Sprintf("M-%04d", i)), Ledger: b.Site.Suggestions.Ledgers[i%2], Received: received,
			Unit: str([]string{"城东分局", "城西分局"}[i/2%2]), Summary: str(fmt.Sprintf("建议第%d条 <b>", i)), Status: str("办理中"),
		}
		if i%4 == 3 {
			m.State, m.Status, m.Answer = bureau.CompletedMatter, str("已办结"), str("采纳\n已经落实")
			for k := range m.Steps {
				m.Steps[k] = received
			}
		}
		b.Matters = append(b.Matters, m)
	}
	in.Bureau = &b
	return in
}

func TestMatters(t *testing.T) {
	in := withMatters(fixture(t), 450)
	files := build(t, in)
	for _, name := range []string{"forms/id-card.pdf", "stats/cases-solved/cases-solved.csv", "stats/cases-solved/cases-solved.json", "suggestions/suggestions.csv", "suggestions/suggestions.json"} {
		files[name] = nil
	}
	for _, fault := range sweep.Site(files) {
		t.Error(fault)
	}
	listed := map[string]int{}
	for path := range maps.Keys(files) {
		if strings.HasPrefix(path, "suggestions/by-") {
			page := string(files[path])
			if n := strings.Count(page, `class="matter-list"`); n > 1 {
				t.Errorf("%s: %d lists", path, n)
			}
			n := strings.Count(page, "<time datetime=") - 2*strings.Count(page, `<div class="paper">`) // the day of the site
			if n > mattersPerPage {
				t.Errorf("%s: %d matters", path, n)
			}
			listed[strings.Split(path, "/")[1]] += n
		}
	}
	// In three ways each matter is listed once; those that are overdue twice by state.
	late := strings.Count(string(files["suggestions/by-state/overdue/index.html"]), "逾期") // the page's heading and the links besides
	if listed["by-ledger"] != 450 || listed["by-unit"] != 450 || listed["by-state"] <= 450 || late == 0 {
		t.Error(listed, late)
	}
	for path, want := range map[string][]string{
		"suggestions/index.html": {
			">意见建议</a>", "225件", `<th scope="col" class="n">0—30天</th>`, `href="../suggestions/by-ledger/%e6%84%8f%e8%a7%81%e5%bb%ba%e8%ae%ae/index.html"`, "虚构的事项", "件数不能当作总数",
			`href="../suggestions/by-state/overdue/index.html"`,
		},
		"suggestions/by-ledger/意见建议/2/index.html": {`aria-current="page">2</a>`, `rel="prev"`, "第2页，共2页"},
		"suggestions/m-0001/index.html": {
			"办理中，收到至今1天。下一步是商议，期限为2026年11月6日。", `<li class="waiting" aria-current="step"><span class="what">一事一商议</span> <span class="state">待完成</span>`,
			"建议第1条 &lt;b&gt;", `<meta name="PubDate" content="2026-10-30">`,
		},
		"suggestions/m-0008/index.html": {"下一步是商议，期限为2026年10月30日，已逾期1天。", `<li class="late" aria-current="step">`, `<span class="tag late">已逾期1天</span>`},
		"suggestions/m-0003/index.html": {"已办结，自收到至反馈历时0天。", `<li class="done">`, "采纳\n已经落实"},
		"sitemap/index.html":            {`href="../suggestions/index.html"`},
	} {
		for _, text := range want {
			if !strings.Contains(string(files[path]), text) {
				t.Errorf("%s: no %s", path, text)
			}
		}
	}
}

// A step without a date before one that has a date was left out, in words.
func TestMatterSkipped(t *testing.T) {
	in := withMatters(fixture(t), 4)
	in.Bureau.Matters[3].Steps[bureau.Answered-1] = bureau.Date{}
	page := string(build(t, in)["suggestions/m-0003/index.html"])
	if want := `<li class="skipped"><span class="what">一事一督办</span> <span class="state">没有登记日期</span></li>`; !strings.Contains(page, want) {
		t.Errorf("no %s in %s", want, page)
	}
}

// In English the interface is English.
func TestMattersEnglish(t *testing.T) {
	in := withMatters(Input{Bureau: &bureau.Bureau{Site: bureau.Site{Language: str("en"), Title: str("Police")}}, AsOf: period.NewDate(2026, time.October, 31)}, 12)
	in.Bureau.Site.Language, in.Bureau.Site.Title = str("en"), str("Police")
	files := build(t, in)
	if page := string(files["suggestions/m-0008/index.html"]); !strings.Contains(page, "Open, 8 days since receipt. Next step: Discussed, due 30 October 2026, 1 day overdue.") {
		t.Error(page)
	}
}

func BenchmarkMatters(b *testing.B) {
	templates := load(b, nil)
	in := withMatters(fixture(b), 5000)
	for b.Loop() {
		if _, problems := pages(templates, in); len(problems) > 0 {
			b.Fatal(problems)
		}
	}
}
